"""The days on which a recurring deadline falls.

A rule (RFC 5545, without DTSTART, UNTIL and COUNT) says how often; the plan it stands in says from when to when:

- Counting starts with the year of the plan: every quarter means March, June, September, December; every five years
  of 2021-2025 means 2025.
- A rule without a day is due on the last day of its week (Sunday), month or year.
- Nothing is due before the plan was issued and its period begins, nor after the period ends; only a rule of fixed
  months may fall into the month after it, when the old year is reported ("trước ngày 10/01").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
AFTERWARDS = dt.timedelta(days=31)
"""How long after the end of its plan a rule may still have a day."""

_AHEAD = 12  # years: one more than the longest interval that plans have, ten years


def occurrences(
    rule: str, since: dt.date, until: dt.date | None, *, begins: dt.date | None, ends: dt.date | None
) -> Iterator[dt.date]:
    """The days of a rule from `since` to `until`, both included; `begins` and `ends` bound the plan.

    Without `until` and `ends`, twelve years ahead. Raises ValueError for what is no rule.
    """
    from dateutil.rrule import rrulestr  # not needed by who only saves

    frequency, written, first = _counted(rule, begins or since)
    last = [since.replace(year=since.year + _AHEAD, day=1)] if until is None else [until]
    if ends:
        last.append(_last(frequency, ends))
    earliest = max(since, begins or since)
    stop = f"{min(last):%Y%m%d}T000000"
    start = dt.datetime.combine(first, dt.time())
    days = rrulestr(f"{written};UNTIL={stop}", dtstart=start)
    for moment in days:
        if moment.date() >= earliest:
            yield moment.date()


def first_of(issue_date: str | None, period_start: dt.date | None) -> dt.date | None:
    """The day before which nothing of a plan is due: when it was issued (ISO 8601, counted where it is a whole day) or
    when its period begins, whichever is later."""
    issued = dt.date.fromisoformat(issue_date) if issue_date and len(issue_date) == len("2022-03-17") else None
    return max((day for day in (issued, period_start) if day), default=None)


def series(rule: str, *, begins: dt.date, ends: dt.date | None) -> tuple[dt.date, str] | None:
    """All days of a rule as a calendar wants them: the first one on or after `begins`, and the rule that gives all
    others when counted from it, with UNTIL where the plan ends. None where there is no day; ValueError as above."""
    first = next(occurrences(rule, begins, None, begins=begins, ends=ends), None)
    if first is None:
        return None
    frequency, written, _ = _counted(rule, begins)
    return first, f"{written};UNTIL={_last(frequency, ends):%Y%m%d}" if ends else written


def _last(frequency: str, ends: dt.date) -> dt.date:
    return ends + AFTERWARDS if frequency == "YEARLY" else ends


def _counted(rule: str, begins: dt.date) -> tuple[str, str, dt.date]:
    """The frequency of a rule, the rule with its day and interval, and the day from which it is counted."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "FREQ" not in parts:
        raise ValueError(f"no frequency in {rule!r}")
    frequency, interval = parts["FREQ"], int(parts.pop("INTERVAL", "1"))
    first = dt.date(begins.year, 1, 1)
    if frequency == "YEARLY":
        first = first.replace(year=first.year + interval - 1)
    elif frequency == "MONTHLY":
        if "BYMONTH" in parts:
            interval = 1  # the months are named: counting to them again could only lose some
        first = first.replace(year=first.year + (interval - 1) // 12, month=(interval - 1) % 12 + 1)
    elif frequency == "WEEKLY":
        first -= dt.timedelta(days=first.weekday())
        first += dt.timedelta(weeks=interval - 1)
    if not any(day in parts for day in _DAYS):
        parts |= _last_day(frequency, parts)
    return frequency, ";".join(f"{name}={value}" for name, value in {**parts, "INTERVAL": interval}.items()), first


def _last_day(frequency: str, parts: dict[str, str]) -> dict[str, str]:
    match frequency:
        case "YEARLY" if "BYMONTH" not in parts:
            return {"BYMONTH": "12", "BYMONTHDAY": "31"}
        case "YEARLY" | "MONTHLY":
            return {"BYMONTHDAY": "-1"}
        case "WEEKLY":
            return {"BYDAY": "SU"}
    return {}
