"""`kehoach review`: what people decided about facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli.base import DB, FORMS, LIMIT, Option, command
from pipeline.cli.forms import day, line, number
from pipeline.cli.output import Column, answer, print_text
from pipeline.cli.words import say, term

if TYPE_CHECKING:
    from pipeline.store.review import Check

FIELDS = (
    "plan", "fact", "decided.kind", "decided.verdict", "by", "at", "note", "there",
)  # fmt: skip


@command(
    "review",
    Option(["--plan"], metavar="plan"),
    Option(["--export-gold", "gold"], metavar="folder", key="export_gold"),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach review",
        "kehoach review --plan 463/KH-SYT --json",
        "kehoach review --export-gold gold",
    ),
)
def review(plan: str | None, gold: str | None, db: str, limit: int | None, form: str | None) -> None:
    """List decisions, the newest first, or write checked plans as gold."""
    from pipeline.store import open_store
    from pipeline.store.lists.conflicts import count_decided
    from pipeline.store.lists.cut import ALL
    from pipeline.store.lists.plans import named
    from pipeline.store.review import checks

    about_documents = 0
    with open_store(db, create=False) as store:
        if gold:
            from pipeline.store.gold import export_gold

            print_text(say("say.gold_written", n=len(export_gold(store, Path(gold))), folder=gold))
            return
        key = store.find(plan).key if plan else None
        with store.reading() as connection:
            rows = checks(connection, key, limit=ALL)
            about_documents = 0 if rows or key else count_decided(connection)
            plans = named(connection, {row.plan for row in rows})

    def code(row: Check) -> str:
        plan = plans.get(row.plan)
        return (plan and plan.code) or row.plan

    columns: Sequence[Column[Check]] = (
        Column("verdict", lambda row: term("verdict", row.decided.verdict)),
        Column("words", lambda row: line(str((row.decided.read or {}).get("text", row.fact))), share=5),
        Column("corrected", _corrected, share=5),
        Column("decided_by", lambda row: f"{row.by}, {day(row.at.date())}", share=2),
        Column("plan", lambda row: code(row) if row.there else f"{code(row)} ({say('say.fact_gone')})", share=2),
    )
    answer(rows, columns, FIELDS, form, limit=limit, title=say("label.decisions"), none=_none(about_documents))


def _none(about_documents: int) -> str:
    none = say("say.no_decisions")
    return f"{none} {say('say.see_decided', n=number(about_documents))}" if about_documents else none


def _corrected(row: Check) -> str:
    read: dict[str, Any] = row.decided.read or {}
    changed = ((name, read.get(name), value) for name, value in row.decided.fields.items())
    return "; ".join(f"{name}: {before} → {value}" for name, before, value in changed if before != value)
