"""What people said of facts: accepted, corrected or rejected, by whom and when.

A decision (`decisions`, kind "fact", subject the plan's key and the fact's id) holds however often the plan is read
again, since ids hang on words. What was decided is laid over what was read whenever a plan is written: the tables hold
the corrected values, rejected facts are not among them, and so every answer, view and export has them without knowing
of it. What extraction said stays in the decision, and comes back when it is withdrawn. A decision whose fact is no more
in the text stays and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from models import tables as t
from models.plan import Plan
from pipeline.errors import KehoachError
from pipeline.moments import aware
from pipeline.store import decisions
from pipeline.store.corrections import (
    FIELDS,
    Decided,
    Verdict,
    as_read,
    corrected,
    corrected_fact,
    fact_of,
    kind_of,
    noted,
)
from pipeline.store.lists.plans import plan_id_of
from pipeline.store.rows import read_plan

KIND: decisions.Kind = "fact"
SEPARATOR = " "
PLAN_KEY = 12
"""Hex digits of a plan's public id: among a million plans one clash in 500 databases."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about a fact. `there`: the plan still has the fact's words; `read` is what extraction says of it."""

    plan: str
    fact: str
    decided: Decided
    by: str
    at: dt.datetime
    note: str | None
    there: bool


def subject_of(plan: str, fact_id: str) -> str:
    """What a decision about a fact is kept under."""
    return f"{plan}{SEPARATOR}{fact_id}"


def plans_decided(connection: Connection) -> set[str]:
    """The keys of the plans of which some fact was decided."""
    subjects = connection.execute(select(t.Decision.subject).where(t.Decision.kind == KIND)).scalars()
    return {subject.partition(SEPARATOR)[0] for subject in subjects}


def decisions_of(connection: Connection, plan: str) -> dict[str, Decided]:
    """What was decided about the facts of a plan."""
    start = f"{plan}{SEPARATOR}"
    query = select(t.Decision.subject, t.Decision.value).where(
        t.Decision.kind == KIND, func.substr(t.Decision.subject, 1, len(start)) == start
    )
    return {row.subject[len(start) :]: msgspec.convert(row.value, Decided) for row in connection.execute(query)}


def reviewed(connection: Connection, plan_key: str, plan: Plan) -> Plan:
    """A plan that was just read, with what was decided about it; what extraction says now is noted in the decisions."""
    before = decisions_of(connection, plan_key)
    now = noted(plan, before)
    for fact_id, decided in now.items():
        if decided != before[fact_id]:
            same = (t.Decision.kind == KIND, t.Decision.subject == subject_of(plan_key, fact_id))
            connection.execute(update(t.Decision).where(*same).values(value=msgspec.to_builtins(decided)))
    return corrected(plan, now)


def decide_fact(
    connection: Connection,
    plan_key: str,
    fact_id: str,
    verdict: Verdict,
    fields: Mapping[str, Any] | None = None,
    *,
    by: str,
    note: str | None = None,
) -> None:
    """Keeps a decision about a fact, in the place of an earlier one, and brings the plan's rows in line with it.

    `settle` has to follow. Raises KehoachError: plan_unknown, fact_unknown, or review_field for values that can't be.
    """
    plan_id, before, plan = _as_read(connection, plan_key)
    kind, fact = kind_of(plan, fact_id), fact_of(plan, fact_id)
    if kind is None or fact is None:
        raise KehoachError("fact_unknown", ref=fact_id)
    changed: dict[str, Any] = {}
    if verdict == "correct":
        made, known = (
            msgspec.to_builtins(corrected_fact(fact, kind, dict(fields or {}), plan)),
            msgspec.to_builtins(fact),
        )
        _check_indicator(connection, made.get("indicator_id"))
        changed = {name: made[name] for name in FIELDS[kind]}
        if all(known[name] == value for name, value in changed.items()):
            verdict, changed = "accept", {}
    decided = Decided(verdict=verdict, kind=kind, fields=changed)
    now = noted(plan, {**before, fact_id: decided})
    value = msgspec.to_builtins(now[fact_id])
    decisions.decide(connection, KIND, subject_of(plan_key, fact_id), value, by=by, note=note)
    try:
        _rewrite(connection, plan_id, corrected(plan, now))
    except (ValueError, IntegrityError) as error:  # no day, or what the tables refuse: an end before its beginning
        raise KehoachError(
            "review_field", field=", ".join(fields or ()), reason=str(error).partition("\n")[0]
        ) from error


def withdraw_fact(connection: Connection, plan_key: str, fact_id: str) -> None:
    """Forgets a decision about a fact, which has again what extraction says. `settle` has to follow.

    Raises KehoachError (fact_unknown) where nothing was decided.
    """
    if fact_id not in decisions_of(connection, plan_key):
        raise KehoachError("fact_unknown", ref=fact_id)
    if plan_id_of(connection, plan_key) is not None:
        plan_id, before, plan = _as_read(connection, plan_key)
        _rewrite(connection, plan_id, corrected(plan, {i: d for i, d in before.items() if i != fact_id}))
    decisions.withdraw(connection, KIND, subject_of(plan_key, fact_id))


def checks(connection: Connection, plan_key: str | None = None, *, limit: int = 100, offset: int = 0) -> list[Check]:
    """Decisions about facts, of one plan or of all, the newest first."""
    query = select(t.Decision).where(t.Decision.kind == KIND)
    if plan_key is not None:
        start = f"{plan_key}{SEPARATOR}"
        query = query.where(func.substr(t.Decision.subject, 1, len(start)) == start)
    query = query.order_by(t.Decision.decided_at.desc(), t.Decision.id.desc()).limit(limit).offset(offset)
    found = []
    for row in connection.execute(query):
        plan, _, fact = row.subject.partition(SEPARATOR)
        decided = msgspec.convert(row.value, Decided)
        at = aware(row.decided_at)
        there = decided.there and plan_id_of(connection, plan) is not None
        found.append(Check(plan=plan, fact=fact, decided=decided, by=row.decided_by, at=at, note=row.note, there=there))
    return found


def count_checks(connection: Connection) -> int:
    """How many facts were decided."""
    return connection.execute(select(func.count()).select_from(t.Decision).where(t.Decision.kind == KIND)).scalar_one()


def whole_plans(connection: Connection) -> list[str]:
    """The keys of the plans whose references, deadlines and targets were all looked at, and that have some."""
    found = []
    for key in sorted(plans_decided(connection)):
        plan_id = plan_id_of(connection, key)
        if plan_id is not None:
            decided = decisions_of(connection, key)
            tables = (t.Citation, t.Deadline, t.Target)
            ids = [i for table in tables for i in connection.execute(_ids(table, plan_id)).scalars()]
            if ids and decided.keys() >= set(ids):
                found.append(key)
    return found


def _ids(table: Any, plan_id: int) -> Any:
    return select(table.fact_id).where(table.plan_id == plan_id)


def _as_read(connection: Connection, plan_key: str) -> tuple[int, dict[str, Decided], Plan]:
    """A plan's row id, what was decided about it, and the plan without that."""
    plan_id = plan_id_of(connection, plan_key)
    if plan_id is None:
        raise KehoachError("plan_unknown", ref=plan_key)
    before = decisions_of(connection, plan_key)
    return plan_id, before, as_read(read_plan(connection, plan_id, ""), before)


def _check_indicator(connection: Connection, indicator: str | None) -> None:
    if indicator and connection.execute(select(t.Indicator.id).where(t.Indicator.id == indicator)).first() is None:
        raise KehoachError("review_field", field="indicator_id", reason=indicator)


def _rewrite(connection: Connection, plan_id: int, plan: Plan) -> None:
    from pipeline.store.writing import rewrite  # which asks this module for what was decided

    rewrite(connection, plan_id, plan)
