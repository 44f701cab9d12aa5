"""Tổng quan: what there is, what is due, what waits."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.rendering import render, say
from dashboard.tiles import SCHEMES, tiles
from pipeline.cli import forms
from pipeline.cli.words import language
from pipeline.errors import noted_reason
from pipeline.moments import today
from pipeline.store.lists import overview
from pipeline.store.lists.cut import Window
from pipeline.store.lists.deadlines import deadline_list
from pipeline.store.lists.documents import document_list
from pipeline.store.lists.plans import plan_list, years_with_plans
from pipeline.store.queries import SOON, FailureRow, failures

router = APIRouter()
_FEW = Window(1, 8)


@router.get("/")
def show(request: Request) -> Response:
    asked = Asked(request)
    year = asked.number("year")
    which = asked.choice("map", SCHEMES, "now")
    now = today()
    with database(request).read() as connection:
        counted = overview.plans_by_province(connection, scheme=SCHEMES[which], year=year)  # type: ignore[index]
        waiting = failures(connection)
        values: dict[str, Any] = {
            "held": overview.held(connection),
            "by_year": overview.plans_by_year(connection),
            "years": years_with_plans(connection),
            "newest": plan_list(connection, window=_FEW),
            "due": deadline_list(connection, since=now, until=now + SOON, window=_FEW),
            "cited": document_list(connection, window=_FEW),
        }
    return render(
        request,
        "overview.html",
        at="overview",
        year=year,
        which=which,
        tiles=tiles(
            which,  # type: ignore[arg-type]
            dict(counted),
            forms.number,
            lambda name: asked.here("/plans", map=None, province=name),
            from_zero=True,
        ),
        failures=[_unread(row) for row in waiting[: _FEW.size]],
        failed=len(waiting),
        since=now,
        until=now + dt.timedelta(days=SOON.days),
        **values,
    )


def _unread(row: FailureRow) -> tuple[str, str]:
    """The name of a file that could not be read, without the folders of the server, and why."""
    name = re.split(r"[/\\]", row.path)[-1]
    return name, noted_reason(row.code, row.values, language()) or say("overview.unread")
