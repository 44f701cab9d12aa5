"""What a time expression is worth: dates, spans of days, rounds. Pure values, no text."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from extractors.confidence import left
from models.plan import Bound, Context, DeadlineKind, Precision


class When(NamedTuple):
    """The value of one expression: the time fields of a `Deadline`; `confidence` is the share of a clean reading's.

    `start` and `end` stay None where the text leaves that side open; `impossible` marks a day that no calendar has
    ("31/11/2025") and `rolled` a year that was taken from the plan's date and not from its words.
    """

    kind: DeadlineKind
    bound: Bound | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None
    offset_unit: str | None = None
    approximate: bool = False
    confidence: float = 1.0
    impossible: bool = False


class Days(NamedTuple):
    """The first and last day of a stretch of time; None on both sides of a day that does not exist."""

    first: date | None
    last: date | None
    precision: Precision
    approximate: bool = False


class Reckoning(NamedTuple):
    """What a year-less time is counted from: the plan's date, and the year or years that it is for."""

    issued: date | None  # None unless known to the day
    year: int | None  # of the plan's period, else of its date
    first_year: int | None
    last_year: int | None

    @classmethod
    def of(cls, context: Context) -> Reckoning:
        meta = context.metadata
        issued = date.fromisoformat(meta.issue_date) if meta.issue_date and len(meta.issue_date) == 10 else None
        first = int(meta.period_start[:4]) if meta.period_start else None
        last = int(meta.period_end[:4]) if meta.period_end else None
        year = context.year
        if year is None and meta.issue_date:
            year = int(meta.issue_date[:4])
        return cls(issued, year, first, last)

    @property
    def one_year(self) -> bool:
        """Whether the plan is for one year that its own words name."""
        return self.first_year is not None and self.first_year == self.last_year

    @property
    def issue_year(self) -> int | None:
        return self.issued.year if self.issued else self.year

    def year_of(self, month: int, day: int) -> tuple[int | None, float]:
        """The year of a day that the text leaves without one, and the share of confidence that is left.

        The year of a one-year plan; else the year of the plan's date, or the next one where the day had passed by
        more than a month when the plan was signed ("trước ngày 31/3" in a plan of December).
        """
        if self.one_year:
            return self.first_year, left("deadlines.year_of_plan")
        year = self.issue_year
        if year is None:
            return None, left("deadlines.year_untold")
        if self.first_year is not None and year < self.first_year:
            year = self.first_year
        elif self.issued and self.last_year is None:
            asked = day_of(year, month, day) or month_days(year, month).last
            if asked is not None and asked < self.issued - timedelta(days=31):
                year += 1
        return year, left("deadlines.year_of_issue")


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_days(year: int, month: int, place: str = "") -> Days:
    """A month, its first, middle or last third ("cuối tháng 12": from the 21st), or a half of it (from the 16th)."""
    last = _month_end(year, month)
    if place == "nửa đầu":
        return Days(date(year, month, 1), date(year, month, 15), "month", True)
    if place in ("nửa cuối", "nửa sau"):
        return Days(date(year, month, 16), last, "month", True)
    if place == "đầu":
        return Days(date(year, month, 1), date(year, month, 10), "month", True)
    if place == "giữa":
        return Days(date(year, month, 11), date(year, month, 20), "month", True)
    if place == "cuối":
        return Days(date(year, month, 21), last, "month", True)
    return Days(date(year, month, 1), last, "month")


def quarter_days(year: int, quarter: int, place: str = "") -> Days:
    """A quarter, or its first, middle or last month."""
    months = range(quarter * 3 - 2, quarter * 3 + 1)
    if place:
        month = months[{"đầu": 0, "giữa": 1, "cuối": 2}[place]]
        return Days(date(year, month, 1), _month_end(year, month), "quarter", True)
    return Days(date(year, months[0], 1), _month_end(year, months[2]), "quarter")


def year_days(year: int, place: str = "") -> Days:
    """A year; "đầu năm" is its first quarter, "giữa năm" May to August, "cuối năm" its last quarter."""
    if place:
        first, last = {"đầu": (1, 3), "giữa": (5, 8), "cuối": (10, 12)}[place]
        return Days(date(year, first, 1), _month_end(year, last), "year", True)
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def months_days(year: int, count: int, place: str) -> Days:
    """The first or last so many months of a year ("6 tháng đầu năm", "9 tháng đầu năm", "3 tháng cuối năm")."""
    if not 1 <= count <= 12:
        return Days(None, None, "half")
    first, last = (1, count) if place == "đầu" else (13 - count, 12)
    return Days(date(year, first, 1), _month_end(year, last), "half" if count == 6 else "period")


def week_days(year: int, month: int, week: int, last: int = 1) -> Days:
    """The first to fourth week of a month, or all from `week` to `last`: days 1-7, 8-14, 15-21 and the rest."""
    last = max(week, last)
    end = _month_end(year, month) if last == 4 else date(year, month, last * 7)
    return Days(date(year, month, week * 7 - 6), end, "week", True)


def iso_offset(count: int, unit: str) -> str:
    """An ISO 8601 duration: (10, "ngày") -> "P10D", (48, "giờ") -> "PT48H"."""
    letter = {"giờ": "H", "h": "H", "tiếng": "H", "ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y"}[unit]
    return f"PT{count}H" if letter == "H" else f"P{count}{letter}"
