"""What waits for a person's eye: facts that extraction was least sure of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, exists, func, select

from models import tables as t
from pipeline.store.lists.cut import Cut, Row, Window, in_province
from pipeline.store.review import KIND, PLAN_KEY, SEPARATOR

DOUBTFUL = 0.9
"""A fact below this waits for a look."""

KINDS: dict[str, Any] = {"reference": t.Citation, "deadline": t.Deadline, "target": t.Target}


def doubtful_facts(
    connection: Connection,
    *,
    kind: str | None = None,
    province: str | None = None,
    plan: str | None = None,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """Facts about which nobody decided, the least sure first: `plan` (key), `code`, `province`, `kind`, `fact`,
    `confidence`. With a `plan`, all of its facts whatever their confidence."""
    end = window.page * window.size
    found: list[Row] = []
    total = 0
    for name in [kind] if kind else KINDS:
        table = KINDS[name]
        asked = [t.Plan.key == plan] if plan else [table.confidence < DOUBTFUL]
        if province:
            # The sum keeps SQLite from going plan by plan through all of their facts: few facts are doubtful, and the
            # index that names them names their plans, too.
            asked.append((table.plan_id + 0).in_(select(t.Plan.id).where(in_province(province))))
        rows = connection.execute(_waiting(table).where(*asked).limit(end)).mappings()
        found += [{**row, "kind": name} for row in rows]
        total += _count(connection, table, asked, of_plan=plan is not None)
    found.sort(key=lambda row: (row["confidence"], row["plan_id"], row["fact"]))
    return Cut(found[end - window.size : end], total, window)


def _waiting(table: Any) -> Any:
    """In the order of the index by confidence, so that the first rows are there at once."""
    decided = exists().where(t.Decision.kind == KIND, t.Decision.subject == _subject(table))
    columns = (t.Plan.key.label("plan"), t.Plan.code, t.Province.name.label("province"), table.fact_id.label("fact"))
    return (
        select(*columns, table.confidence, table.plan_id)
        .join(t.Plan, t.Plan.id == table.plan_id)
        .outerjoin(t.Province, t.Province.id == t.Plan.province_id)
        .where(~decided)
        .order_by(table.confidence, table.plan_id, table.fact_id)
    )


def _count(connection: Connection, table: Any, asked: list[Any], *, of_plan: bool) -> int:
    """All that is asked for but what was decided: decisions are few, and are counted by themselves."""
    every = select(func.count()).select_from(table)
    if of_plan:
        every = every.join(t.Plan, t.Plan.id == table.plan_id)
    decided = (
        select(func.count())
        .select_from(t.Decision)
        .join(t.Plan, t.Plan.key == func.substr(t.Decision.subject, 1, PLAN_KEY))
        .join(table, (table.plan_id == t.Plan.id) & (t.Decision.subject == _subject(table)))
        .where(t.Decision.kind == KIND, *asked)
    )
    return connection.execute(every.where(*asked)).scalar_one() - connection.execute(decided).scalar_one()


def _subject(table: Any) -> Any:
    return t.Plan.key + SEPARATOR + table.fact_id
