"""Facts as a person reads them: days as 31/12/2025, numbers as 1.234,5 in Vietnamese, times and bounds in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Protocol

from pipeline.cli.words import language, say, term


class Timed(Protocol):
    """What says when: a deadline of a plan, or a row of the answers that carries the same fields."""

    @property
    def kind(self) -> str: ...
    @property
    def bound(self) -> str | None: ...
    @property
    def start_date(self) -> date | str | None: ...
    @property
    def end_date(self) -> date | str | None: ...
    @property
    def rrule(self) -> str | None: ...
    @property
    def anchor(self) -> str | None: ...
    @property
    def offset(self) -> str | None: ...
    @property
    def offset_unit(self) -> str | None: ...
    @property
    def approximate(self) -> bool: ...


class Measured(Protocol):
    """What says how much: a target of a plan, or a row of the answers that carries the same fields."""

    @property
    def comparator(self) -> str: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def approximate(self) -> bool: ...
    @property
    def change(self) -> str | None: ...


def day(day: date | str | None) -> str:
    """A day, or an ISO day, month or year, as 31/12/2025, 12/2025 or 2025; nothing for None."""
    return "/".join(reversed(str(day).split("-"))) if day else ""


def counted(name: str, count: int) -> str:
    """So many of something: "1 plan", "2 plans"."""
    return say(f"{'one' if count == 1 else 'count'}.{name}", n=number(count))


def number(value: float, decimals: int | None = None) -> str:
    """A number in the user's language, with so many decimals or as many as it needs (at most four): 1.200 and 8,5 in
    Vietnamese."""
    plain = f"{value:,.4f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    return plain.translate(str.maketrans(",.", ".,")) if language() == "vi" else plain


def period(start: date | str | None, end: date | str | None) -> str:
    """The span of time from `start` to `end`: whole years, a quarter or a month by name, else both days."""
    if start and end:
        return _calendar_span(date.fromisoformat(str(start)), date.fromisoformat(str(end))) or (
            day(start) if start == end else f"{day(start)} – {day(end)}"
        )
    if end:
        return say("when.until", day=day(end))
    return say("when.from", day=day(start)) if start else ""


def _calendar_span(first: date, last: date) -> str | None:
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return None
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year != last.year:
        return None
    if first.month == last.month:
        return f"{first:%m/%Y}"
    if first.month % 3 == 1 and last.month == first.month + 2:
        return say("when.quarter", quarter=("I", "II", "III", "IV")[first.month // 3], year=first.year)
    return None


def when(time: Timed) -> str:
    """The time of a deadline in words: "trước 31/03/2022", "01/01/2022 – 31/03/2022", "hằng năm, 15/12"."""
    if time.kind == "recurring":
        words = recurrence(time.rrule or "")
    elif time.kind == "relative":
        words = say("when.relative", offset=duration(time.offset, time.offset_unit), anchor=time.anchor or "…")
    elif time.kind == "deadline":
        end = day(time.end_date) or (f"“{time.anchor}”" if time.anchor else "…")
        words = f"{term('bound', time.bound or 'by')} {end}"
    elif time.start_date or time.end_date:
        words = period(time.start_date, time.end_date)
    else:
        words = f"“{time.anchor}”" if time.anchor else ""
    return say("when.about", when=words) if time.approximate and words else words


class Due(Timed, Protocol):
    """A deadline on a day: of a recurring one the next."""

    @property
    def due(self) -> date | None: ...


def next_time(time: Due) -> str:
    """The time of a deadline with its next day in front where it comes again: "31/03/2026 · hằng quý"."""
    return join(" · ", day(time.due), when(time)) if time.kind == "recurring" else when(time)


_PART = re.compile(r"(\d+)([YMWDH])")


def duration(iso: str | None, unit: str | None) -> str:
    """An ISO 8601 duration in words ("P10D" is "10 ngày"); with the unit "workday" its days are working days."""
    return " ".join(
        f"{count} {term('duration', 'workday' if unit == 'workday' and letter == 'D' else letter)}"
        for count, letter in _PART.findall(iso or "")
    )


def recurrence(rrule: str) -> str:
    """An RFC 5545 rule in words: "hằng năm, 15/12", "hằng quý", "6 tháng một lần"; the rule itself where it says more
    than words for it exist."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    frequency, interval = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")
    months, days, weekdays = (_values(parts.pop(name, "")) for name in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    plain = all(day == "-1" or day.isdecimal() for day in days) and all(day in _WEEKDAYS for day in weekdays)
    if parts or not plain or frequency not in {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}:
        return rrule
    if interval == "1":
        words = [term("frequency", frequency)]
    elif (frequency, interval) == ("MONTHLY", "3"):
        words = [term("frequency", "QUARTERLY")]
    else:
        words = [say("when.every", count=interval, unit=term("duration", frequency[0]))]
    if months and days:
        words += [
            say("when.end_of_month", month=month) if day == "-1" else f"{int(day):02}/{int(month):02}"
            for month in months
            for day in days
        ]
    elif months:
        words.append(say("when.month", months=", ".join(months)))
    else:
        words += [say("when.last_day") if day == "-1" else say("when.month_day", day=day) for day in days]
    words += [term("weekday", day) for day in weekdays]
    return ", ".join(words)


_WEEKDAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}


def _values(listed: str) -> list[str]:
    return listed.split(",") if listed else []


_SIGNS = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "=": "", "range": ""}


def amount(measure: Measured) -> str:
    """The number of a target with its bound and unit: "≥ 95%", "10–15%", "tăng > 3%", "khoảng 22 ca/năm"."""
    if measure.comparator == "range" and measure.low is not None and measure.high is not None:
        words = f"{number(measure.low)}–{number(measure.high)}"
    else:
        value = measure.low if measure.low is not None else measure.high
        words = _SIGNS.get(measure.comparator, "") + ("" if value is None else number(value))
    words += _unit(measure.unit)
    if measure.change:
        words = f"{term('change', measure.change)} {words}"
    return say("when.about", when=words) if measure.approximate else words


def measure(value: float, unit: str | None) -> str:
    """A number with its unit: "95,5%", "12 ca"."""
    return number(value) + _unit(unit)


def _unit(unit: str | None) -> str:
    if not unit:
        return ""
    return unit if unit[0] in "%‰/" else f" {term('unit', unit)}"


def people(responsible: str | None, recipient: str | None) -> str:
    """Who has to do it and, behind an arrow, whom it goes to."""
    return join(" ", responsible, f"→ {recipient}" if recipient else "")


def join(between: str, *parts: str | None) -> str:
    """The parts that there are, joined."""
    return between.join(part for part in parts if part)


def line(words: str) -> str:
    """Words of a document on one line, without the control characters that would steer a terminal."""
    return "".join(c for c in " ".join(words.split()) if not unicodedata.category(c).startswith("C"))
