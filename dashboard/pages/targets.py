"""Chỉ tiêu: one indicator over provinces and years."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.downloads import ALL, Form, download
from dashboard.rendering import render, say, word_for
from dashboard.tiles import tiles
from pipeline.cli import forms
from pipeline.cli.words import language
from pipeline.store.lists import measures
from pipeline.store.lists.cut import SIZE, Row
from pipeline.store.lists.plans import provinces_with_plans

router = APIRouter()
COLUMNS = (
    "indicator_id", "indicator_name", "year", "rank", "province", "province_now", "comparator", "value", "unit",
    "baseline_value", "baseline_year", "apart", "subject", "code", "issue_date", "text", "page", "confidence",
    "checked_by", "plan", "target",
)  # fmt: skip
CHARTED = 60


def _asked(request: Request, asked: Asked) -> dict[str, Any]:
    """The indicator that is asked for, else the most frequent one, and the year, else its latest."""
    with database(request).read() as connection:
        indicators = measures.measured_indicators(connection)
        by_id = {each.id: each for each in indicators}
        chosen = by_id.get(asked.text("indicator") or "") or (indicators[0] if indicators else None)
        years = measures.years_measured(connection, chosen.id) if chosen else []
    whole = asked.text("year") == "all"
    year = None if whole else asked.number("year") or (max(years, key=lambda y: (y[1], y[0]))[0] if years else None)
    return {
        "indicators": indicators,
        "chosen": chosen,
        "years": years,
        "year": year,
        "province": asked.province(),
    }


@router.get("/targets")
def compared(request: Request) -> Response:
    asked = Asked(request)
    values = _asked(request, asked)
    chosen, year = values["chosen"], values["year"]
    if chosen is None:
        return render(request, "targets.html", at="targets", found=None, **values)
    with database(request).read() as connection:
        found = measures.compared_list(
            connection, chosen.id, year, province=values["province"], window=asked.window(SIZE)
        )
        places = measures.by_place(connection, chosen.id, year) if year else []
        over_years = measures.by_year(connection, chosen.id)
        provinces = provinces_with_plans(connection)
    name = (chosen.name_en if language() == "en" else None) or chosen.name
    return render(
        request,
        "targets.html",
        at="targets",
        found=found,
        provinces=provinces,
        name=name,
        over_years=over_years,
        chart=_chart(name, chosen.unit, found.rows, over_years),
        tiles=tiles(
            "now",
            {place.province: place.mean for place in places},
            lambda value: _short(value, chosen.unit),
            lambda place: asked.here(province=place, page=None),
            from_zero=False,
            exact=lambda value: forms.measure(round(value, 2), chosen.unit),
        ),
        families=_families(values["indicators"]),
        **values,
    )


@router.get("/targets.{form}")
def downloaded(request: Request, form: Form) -> Response:
    values = _asked(request, Asked(request, strict=True))
    chosen = values["chosen"]
    with database(request).read() as connection:
        rows = (
            measures.compared_list(connection, chosen.id, values["year"], province=values["province"], window=ALL).rows
            if chosen
            else []
        )
    return download(form, "targets", COLUMNS, rows)


def _short(value: float, unit: str | None) -> str:
    """A level that fits a tile: the heading names its unit."""
    return forms.number(round(value, 1 if abs(value) < 1000 else 0)) + ("%" if unit == "%" else "")


def _families(indicators: list[measures.Measured]) -> dict[str, list[measures.Measured]]:
    found: dict[str, list[measures.Measured]] = {}
    for each in sorted(indicators, key=lambda one: (one.family or "~", one.name)):
        found.setdefault(each.family or "", []).append(each)
    return found


def _chart(name: str, unit: str | None, rows: Any, over_years: list[Row]) -> dict[str, Any]:
    """What the script draws: a dot for each target that compares, and the years. The table has the same in words."""
    dots = [
        {
            "label": forms.join(" · ", row["province_now"] or row["province"] or "?", row["code"]),
            "value": row["value"],
            "sign": word_for("comparator", row["comparator"]),
            "comparator": row["comparator"],
            "words": forms.measure(row["value"], unit),
        }
        for row in rows
        if row["apart"] is None and row["value"] is not None
    ]
    years = [
        {**year, "label": str(year["year"]), "low": float(year["low"]), "mean": float(year["mean"])}
        for year in over_years
    ]
    return {
        "name": name,
        "unit": unit or "",
        "dots": dots[:CHARTED],
        "years": [{**year, "high": float(year["high"])} for year in years],
        "words": {key: say(f"targets.{key}") for key in ("lowest", "mean", "highest")},
    }
