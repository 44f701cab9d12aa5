"""Deadlines as a calendar (RFC 5545) that Outlook, Google Calendar or a telephone takes in.

- Every event is whole days and leaves its days free (TRANSPARENT): a deadline is no meeting.
- An interval lasts from its first day to its last; everything else stands on the day that it is due.
- A rule is one event: on its first day in the plan's time, with the rule that gives the others (`recurrence.series`).
- The UID is the plan's key and the fact's id, which stay when a plan is read again: a calendar changes the event that
  it has instead of adding another.
- The alarm comes some days before the last day; before what comes every week one day, before what comes daily none.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, select

from data import load
from models import tables as t
from pipeline.store.queries import DeadlineRow
from pipeline.store.recurrence import first_of, series

if TYPE_CHECKING:
    from icalendar import Alarm, Event

ALARM_DAYS = 7
_SUMMARY = 120  # characters of an event's title; its description has the whole task
_ALARM_AT_MOST = {"DAILY": 0, "WEEKLY": 1}  # days, by how often something comes


class CalendarFile(NamedTuple):
    """A calendar as it stands in a file, how many events it has, and how many deadlines it leaves out without a day."""

    content: bytes
    events: int
    without_day: int


class _Days(NamedTuple):
    """When an event is: its first and last day, and the rule by which it comes again."""

    first: dt.date
    last: dt.date
    rule: str | None


def calendar(
    connection: Connection,
    rows: Iterable[DeadlineRow],
    *,
    written: dt.datetime,
    alarm_days: int = ALARM_DAYS,
    language: str = "vi",
) -> CalendarFile:
    """These deadlines (`queries.deadlines`) as a calendar. `written` is the moment it is made, in any time zone: of two
    states of an event, calendars keep the one that was written later."""
    from icalendar import Calendar

    words = {name: entry[language] for name, entry in load("messages")["calendar"].items()}
    plan = t.Plan
    times = {
        row.key: (first_of(row.issue_date, row.period_start), row.period_end)
        for row in connection.execute(select(plan.key, plan.issue_date, plan.period_start, plan.period_end))
    }
    made = Calendar()
    made.add("prodid", "-//kehoach//deadlines//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", words["name"])
    events = without_day = 0
    for row in rows:
        days = _days(row, *times[row.plan.key], written.date())
        if days is None:
            without_day += 1
            continue
        made.add_component(_event(row, days, words, written.astimezone(dt.UTC), alarm_days))
        events += 1
    return CalendarFile(made.to_ical(), events, without_day)


def _days(row: DeadlineRow, begins: dt.date | None, ends: dt.date | None, today: dt.date) -> _Days | None:
    if row.rrule:
        try:
            found = series(row.rrule, begins=begins or (ends or today).replace(month=1, day=1), ends=ends)
        except ValueError:
            return None  # a rule that nobody can read has no day
        return _Days(found[0], found[0], found[1]) if found else None
    last = row.end_date or row.start_date
    if last is None:
        return None
    first = row.start_date if row.kind == "interval" and row.start_date else last
    return _Days(min(first, last), last, None)


def _event(row: DeadlineRow, days: _Days, words: dict[str, str], written: dt.datetime, alarm_days: int) -> Event:
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", f"{row.plan.key}.{row.id}@kehoach")
    event.add("dtstamp", written)
    event.add("dtstart", days.first)
    event.add("dtend", days.last + dt.timedelta(days=1))  # the first day after it
    if days.rule:
        event.add("rrule", vRecur.from_ical(days.rule))
    title = _plain(row.work[0] if row.work else row.place.heading or row.text)
    event.add("summary", shorten(title, _SUMMARY, placeholder=" …") + (f" ({row.plan.code})" if row.plan.code else ""))
    event.add("description", _description(row, words))
    if row.plan.province:
        event.add("categories", [row.plan.province])
    event.add("transp", "TRANSPARENT")
    if lead := _lead(days.rule, alarm_days):
        event.add_component(_alarm(title, lead))
    return event


def _description(row: DeadlineRow, words: dict[str, str]) -> str:
    plan = row.plan
    named = " - ".join(part for part in (plan.code, plan.title, plan.issuer or plan.province) if part)
    lines = (
        ("work", "; ".join(row.work)),
        ("responsible", row.responsible),
        ("recipient", row.recipient),
        ("words", row.text),
        ("plan", named or plan.key),
        ("section", " ".join(part for part in (row.place.section, row.place.heading) if part)),
    )
    return "\n".join(f"{words[name]}: {_plain(text)}" for name, text in lines if text)


def _lead(rule: str | None, alarm_days: int) -> int:
    """How many days before the last day the alarm comes."""
    frequency = dict(part.split("=", 1) for part in rule.split(";"))["FREQ"] if rule else ""
    return min(alarm_days, _ALARM_AT_MOST.get(frequency, alarm_days))


def _alarm(title: str, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", shorten(title, _SUMMARY, placeholder=" …"))
    # Counted from the end, which is the midnight after the last day.
    alarm.add("trigger", -dt.timedelta(days=days + 1), parameters={"RELATED": "END"})
    return alarm


def _plain(words: str) -> str:
    """Words on one line, without control characters, which RFC 5545 forbids."""
    return "".join(c for c in " ".join(words.split()) if not unicodedata.category(c).startswith("C"))
