"""Kế hoạch: the list, and one plan with its facts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.downloads import ALL, Form, download
from dashboard.facts import facts_of
from dashboard.highlight import HEADING, Mark, pieces
from dashboard.page_images import page_image, sheets_of
from dashboard.rendering import path_of, render
from models.plan import Plan, SectionFact
from pipeline.cli import forms
from pipeline.errors import KehoachError
from pipeline.store.finding import find_plan
from pipeline.store.lists import plans
from pipeline.store.lists.cut import SIZE
from pipeline.store.review import checks

router = APIRouter()
COLUMNS = (
    "code", "title", "issuer", "province", "province_now", "issue_date", "year", "period_start", "period_end",
    "signer_name", "reference_count", "deadline_count", "target_count", "task_count", "warning_count", "confidence",
    "plan",
)  # fmt: skip


def _filters(asked: Asked) -> dict[str, Any]:
    return {
        "province": asked.province(),
        "year": asked.number("year"),
        "topic": asked.text("topic"),
        "issuer": asked.text("issuer"),
        "words": asked.text("q"),
        "sort": asked.choice("sort", plans.SORTS, "newest"),
    }


@router.get("/plans")
def listed(request: Request) -> Response:
    asked = Asked(request)
    filters = _filters(asked)
    with database(request).read() as connection:
        found = plans.plan_list(connection, **filters, window=asked.window(SIZE))
        provinces, years, topics = (
            ask(connection) for ask in (plans.provinces_with_plans, plans.years_with_plans, plans.topics)
        )
    return render(
        request,
        "plans.html",
        at="plans",
        found=found,
        filters=filters,
        provinces=provinces,
        years=years,
        topics=topics,
        sorts=list(plans.SORTS),
    )


@router.get("/plans.{form}")
def downloaded(request: Request, form: Form) -> Response:
    with database(request).read() as connection:
        found = plans.plan_list(connection, **_filters(Asked(request, strict=True)), window=ALL)
    return download(form, "plans", COLUMNS, found.rows)


@router.get("/plans/{key}")
def shown(request: Request, key: str) -> Response:
    from pipeline.store.rows import read_plan

    asked = Asked(request)
    with database(request).read() as connection:
        plan_id = plans.plan_id_of(connection, key)
        if plan_id is None:  # a code, or the beginning of a key, as people type it
            _, found = find_plan(connection, key)
            return RedirectResponse(path_of("plans", found.key), 303)
        plan = read_plan(connection, plan_id, "")
        text = plans.text_of(connection, plan_id)
        files = plans.files_of(connection, plan_id)
        decided = {check.fact: check for check in checks(connection, key, limit=100_000)}
    facts = facts_of(plan, decided)
    sheets = sheets_of(files, plan.source.sha256) if plan.source.pages else []
    as_pages = bool(sheets) and asked.text("view") == "pages"
    return render(
        request,
        "plan.html",
        at="plans",
        key=key,
        plan=plan,
        pieces=[] if as_pages else pieces(text, _marks(plan, facts)),
        facts=facts,
        tree=_tree(plan),
        files=files,
        sheets=sheets,
        as_pages=as_pages,
        lost=[check for check in decided.values() if check.decided.verdict == "reject" or not check.there],
        period=forms.period(plan.metadata.period_start, plan.metadata.period_end),
    )


@router.get("/plans/{key}/pages/{number}.png")
def pictured(request: Request, key: str, number: int) -> Response:
    with database(request).read() as connection:
        plan_id = plans.plan_id_of(connection, key)
        if plan_id is None:
            raise KehoachError("plan_unknown", ref=key)
        files, content = plans.files_of(connection, plan_id), plans.content_of(connection, plan_id)
    return Response(
        page_image(files, content, number), media_type="image/png", headers={"cache-control": "private, max-age=3600"}
    )


@router.get("/plans/{number}/{symbol:path}")
def called(request: Request, number: str, symbol: str) -> Response:
    """A plan by its code, of which the slash parts an address."""
    with database(request).read() as connection:
        _, found = find_plan(connection, f"{number}/{symbol}")
    return RedirectResponse(path_of("plans", found.key), 303)


def _marks(plan: Plan, facts: dict[Any, Any]) -> list[Mark]:
    marks = [Mark(view.span.start, view.span.end, view.id, kind) for kind, views in facts.items() for view in views]
    headings = ((section.heading_span, section.id) for section in plan.sections)
    return marks + [Mark(span.start, span.end, section_id, HEADING) for span, section_id in headings if span]


def _tree(plan: Plan) -> list[tuple[int, SectionFact]]:
    """The headings with how deep each lies, in the order of the text."""
    depths: dict[str, int] = {}
    found = []
    for section in plan.sections:
        depths[section.id] = depths.get(section.parent or "", -1) + 1
        if section.heading:
            found.append((min(depths[section.id], 4), section))
    return found
