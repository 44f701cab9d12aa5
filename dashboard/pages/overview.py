"""Tổng quan: what there is, what is due, what waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.rendering import render
from dashboard.tiles import SCHEMES, tiles
from pipeline.cli import forms
from pipeline.moments import today
from pipeline.store.lists import overview
from pipeline.store.lists.cut import Window
from pipeline.store.lists.deadlines import deadline_list
from pipeline.store.lists.documents import document_list
from pipeline.store.lists.plans import plan_list, years_with_plans
from pipeline.store.queries import SOON, failures

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
        failures=waiting[:8],
        failed=len(waiting),
        since=now,
        until=now + dt.timedelta(days=SOON.days),
        **values,
    )
