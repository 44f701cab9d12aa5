"""Soát xét: what waits for a look, a person's decision, and what was decided."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.deciding import decided_by, withdraws, word_of
from dashboard.downloads import ALL, Form, download
from dashboard.facts import view_of
from dashboard.inputs import given_fields, inputs_of
from dashboard.rendering import render
from models.plan import Plan, Target
from pipeline.errors import KehoachError
from pipeline.markdown import unmarked
from pipeline.store import indicators
from pipeline.store.corrections import fact_of
from pipeline.store.indicators import Direction
from pipeline.store.lists.conflicts import conflict_list, count_decided
from pipeline.store.lists.cut import Cut, Row, Window
from pipeline.store.lists.doubts import KINDS, doubtful_facts
from pipeline.store.lists.plans import Named, named, plan_id_of, provinces_with_plans, text_of
from pipeline.store.review import Check, checks, count_checks, decide_fact, withdraw_fact
from pipeline.store.rows import read_plan

router = APIRouter()
ON_PAGE = 10
FIRST_CONFLICTS = 3
AROUND = 220
VERDICTS = ("accept", "correct", "reject")
DECIDED = (
    "code", "title", "kind", "verdict", "text", "read", "corrected", "by", "at", "note", "there", "plan", "fact",
)  # fmt: skip


class Decided(NamedTuple):
    """How many facts and how many questions about documents were decided."""

    facts: int
    documents: int


def _filters(asked: Asked) -> dict[str, Any]:
    return {
        "kind": asked.one_of("kind", KINDS),
        "province": asked.province(),
        "plan": asked.text("plan"),
    }


@router.get("/review")
def waiting(request: Request) -> Response:
    asked = Asked(request)
    filters = _filters(asked)
    with database(request).read() as connection:
        found = doubtful_facts(connection, **filters, window=asked.window(ON_PAGE))
        plans = {
            plan_id: (read_plan(connection, plan_id, ""), text_of(connection, plan_id))
            for plan_id in {row["plan_id"] for row in found.rows}
        }
        items = [item for row in found.rows if (item := _item(row, *plans[row["plan_id"]]))]
        # What the catalogue leaves to a person stands before what one plan may have been misread in.
        first = found.window.page == 1 and not any(filters.values())
        conflicts = conflict_list(connection, window=Window(1, FIRST_CONFLICTS)) if first else None
        provinces = provinces_with_plans(connection)
        decided = Decided(count_checks(connection), count_decided(connection))
    return render(
        request,
        "review.html",
        at="review",
        found=found,
        items=items,
        filters=filters,
        kinds=list(KINDS),
        directions=get_args(Direction),
        conflicts=conflicts,
        provinces=provinces,
        decided=decided,
    )


def _item(row: Row, plan: Plan, text: str) -> dict[str, Any] | None:
    fact = fact_of(plan, row["fact"])
    if fact is None:
        return None
    start, end = fact.span
    return {
        "row": row,
        "view": view_of(row["kind"], fact),
        "before": unmarked(text[max(start - AROUND, 0) : start]),
        "words": unmarked(text[start:end]),
        "after": unmarked(text[end : end + AROUND]),
        "inputs": inputs_of(row["kind"], fact),
        "unnamed": fact.indicator if isinstance(fact, Target) and fact.indicator_id is None else None,
    }


@router.get("/review/decided")
def decided(request: Request) -> Response:
    asked = Asked(request)
    window = asked.window(50)
    with database(request).read() as connection:
        rows = checks(connection, limit=window.size, offset=(window.page - 1) * window.size)
        total = count_checks(connection)
        plans = named(connection, {check.plan for check in rows})
    found = Cut([{"check": check, "plan": plans.get(check.plan)} for check in rows], total, window)
    return render(request, "decided.html", at="review", found=found)


@router.get("/review/decided.{form}")
def downloaded(request: Request, form: Form) -> Response:
    with database(request).read() as connection:
        rows = checks(connection, limit=ALL.size)
        plans = named(connection, {check.plan for check in rows})
    found = [_decided_row(check, plans.get(check.plan)) for check in rows]
    return download(form, "decisions", DECIDED, found)


def _decided_row(check: Check, plan: Named | None) -> Row:
    d = check.decided
    read = d.read or {}
    return {
        "code": plan and plan.code, "title": plan and plan.title, "plan": check.plan, "fact": check.fact,
        "kind": d.kind, "verdict": d.verdict, "text": read.get("text"),
        "read": "; ".join(f"{name}={read.get(name)}" for name in d.fields if d.fields[name] != read.get(name)),
        "corrected": "; ".join(f"{name}={value}" for name, value in d.fields.items() if value != read.get(name)),
        "by": check.by, "at": check.at.isoformat(timespec="seconds"), "note": check.note, "there": check.there,
    }  # fmt: skip


@router.post("/review")
async def decide(request: Request) -> Response:
    return await decided_by(request, _decide)


def _decide(connection: Any, form: FormData, name: str) -> None:
    plan, fact, verdict = (word_of(form, key) for key in ("plan", "fact", "verdict"))
    if withdraws(form):
        withdraw_fact(connection, plan, fact)
        return
    if verdict == "name":
        _name(connection, plan, fact, form, name)
        return
    if verdict not in VERDICTS:
        raise KehoachError("review_field", field="verdict", reason=verdict)
    if plan_id_of(connection, plan) is None:
        raise KehoachError("plan_unknown", ref=plan)
    fields = given_fields(word_of(form, "kind"), form) if verdict == "correct" else None
    note = word_of(form, "note").strip() or None
    decide_fact(connection, plan, fact, verdict, fields, by=name, note=note)  # type: ignore[arg-type]


def _name(connection: Any, plan: str, fact: str, form: FormData, by: str) -> None:
    """Names what a target measures as a new indicator: all targets with these words are of it."""
    plan_id = plan_id_of(connection, plan)
    target = fact_of(read_plan(connection, plan_id, ""), fact) if plan_id is not None else None
    if not isinstance(target, Target) or target.indicator is None:
        raise KehoachError("fact_unknown", ref=fact)
    direction = word_of(form, "direction")
    if direction not in get_args(Direction):
        raise KehoachError("review_field", field="direction", reason=direction)
    title = " ".join(word_of(form, "title").split()) or None
    entry = indicators.Entry(name=title, unit=target.unit, direction=direction)  # type: ignore[arg-type]
    indicators.name(connection, target.indicator, entry, by=by, note=word_of(form, "note").strip() or None)
