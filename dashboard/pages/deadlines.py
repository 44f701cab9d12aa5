"""Thời hạn: calendar and list, rules expanded; ICS and workbooks."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.downloads import ALL, Form, download
from dashboard.rendering import render
from pipeline.cli.words import language
from pipeline.moments import today
from pipeline.store import queries
from pipeline.store.calendar import calendar as make_calendar
from pipeline.store.lists.cut import SIZE
from pipeline.store.lists.deadlines import count_days, days_counted, deadline_list
from pipeline.store.lists.plans import provinces_with_plans

router = APIRouter()
VIEWS = ("list", "month")
WHEN = ("upcoming", "overdue", "all")
_YEARS = dt.timedelta(days=366)
_SHOWN = range(1900, 2200)  # the years that have a calendar
COLUMNS = (
    "day", "working_day", "work", "text", "kind", "responsible", "recipient", "province", "province_now", "code",
    "title", "section", "heading", "page", "confidence", "checked_by", "plan", "deadline",
)  # fmt: skip


class _When:
    """Which days are asked for: a month, else those to come, those gone by or all."""

    def __init__(self, asked: Asked) -> None:
        self.today = today()
        self.view = asked.choice("view", VIEWS, "list")
        self.month = _month(asked.text("month")) or (self.today.replace(day=1) if self.view == "month" else None)
        self.on = asked.day("day")
        self.which = asked.choice("when", WHEN, "upcoming")

    @property
    def days(self) -> dict[str, Any]:
        if self.on:
            return {"since": self.on, "until": self.on}
        if self.month:
            return {"since": self.month, "until": _last(self.month)}
        if self.which == "overdue":
            return {"since": self.today - _YEARS, "until": self.today - dt.timedelta(days=1), "latest_first": True}
        return {"since": self.today} if self.which == "upcoming" else {}


def _filters(asked: Asked) -> dict[str, Any]:
    return {"province": asked.province(), "unit": asked.text("unit")}


@router.get("/deadlines")
def listed(request: Request) -> Response:
    asked = Asked(request)
    when, filters = _When(asked), _filters(asked)
    days = when.days
    with database(request).read() as connection:
        found = deadline_list(connection, **days, **filters, window=asked.window(SIZE))
        provinces = provinces_with_plans(connection)
        weeks = []
        if when.view == "month" and when.month:
            counted = days_counted(connection, when.month, _last(when.month), **filters)
            weeks = _weeks(when.month, counted)
        overdue = count_days(connection, since=when.today - _YEARS, until=when.today - dt.timedelta(days=1), **filters)
    first = when.month or when.today.replace(day=1)
    return render(
        request,
        "deadlines.html",
        at="deadlines",
        found=found,
        filters=filters,
        when=when,
        whens=WHEN,
        weeks=weeks,
        overdue=overdue,
        provinces=provinces,
        before=_shift(first, -1),
        after=_shift(first, 1),
    )


@router.get("/deadlines.ics")
def calendar_file(request: Request) -> Response:
    asked = Asked(request, strict=True)
    when, filters = _When(asked), _filters(asked)
    days = {name: day for name, day in when.days.items() if name in ("since", "until")}
    with database(request).read() as connection:
        rows = queries.deadlines(connection, as_of=when.today, **days, **filters)
        made = make_calendar(connection, rows, written=dt.datetime.now(dt.UTC), language=language())
    headers = {"content-disposition": 'attachment; filename="deadlines.ics"'}
    return Response(made.content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/deadlines.{form}")
def downloaded(request: Request, form: Form) -> Response:
    asked = Asked(request, strict=True)
    with database(request).read() as connection:
        found = deadline_list(connection, **_When(asked).days, **_filters(asked), window=ALL)
    return download(form, "deadlines", COLUMNS, found.rows)


def _month(words: str | None) -> dt.date | None:
    try:
        first = dt.date.fromisoformat(f"{words}-01") if words else None
    except ValueError:
        return None
    return first if first and first.year in _SHOWN else None


def _last(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _shift(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first.replace(year=year, month=month + 1) if year in _SHOWN else first


def _weeks(first: dt.date, counted: dict[dt.date, int]) -> list[list[tuple[dt.date, int | None]]]:
    """The weeks of a month, Monday first; None beside days of other months."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[(day, counted.get(day, 0) if day.month == first.month else None) for day in week] for week in weeks]
