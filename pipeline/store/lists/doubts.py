"""What waits for a person's eye: facts that extraction was least sure of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, exists, literal, select, union_all

from models import tables as t
from pipeline.store.lists.cut import Cut, Window, count, in_province, windowed
from pipeline.store.review import KIND, SEPARATOR

DOUBTFUL = 0.9
"""A fact below this waits for a look."""

KINDS: dict[str, Any] = {"reference": t.Citation, "deadline": t.Deadline, "target": t.Target}


def doubtful_facts(
    connection: Connection,
    *,
    kind: str | None = None,
    province: str | None = None,
    plan: str | None = None,
    below: float = DOUBTFUL,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """Facts about which nobody decided, the least sure first: `plan` (key), `code`, `province`, `kind`, `fact`,
    `confidence`. With a `plan`, all of its facts whatever their confidence."""
    asked = [_waiting(name, province, plan, below) for name in ([kind] if kind else KINDS)]
    together = union_all(*asked).subquery()
    query = select(together)
    order = (together.c.confidence, together.c.plan_id, together.c.span_start, together.c.fact)
    rows = connection.execute(windowed(query.order_by(*order), window)).mappings().all()
    return Cut([dict(row) for row in rows], count(connection, query), window)


def _waiting(kind: str, province: str | None, plan: str | None, below: float) -> Any:
    table = KINDS[kind]
    subject = t.Plan.key + SEPARATOR + table.fact_id
    decided = exists().where(t.Decision.kind == KIND, t.Decision.subject == subject)
    query = (
        select(
            t.Plan.key.label("plan"), t.Plan.code, t.Province.name.label("province"), literal(kind).label("kind"),
            table.fact_id.label("fact"), table.confidence, table.plan_id, table.span_start,
        )
        .join(t.Plan, t.Plan.id == table.plan_id)
        .outerjoin(t.Province, t.Province.id == t.Plan.province_id)
        .where(in_province(province), ~decided)
    )  # fmt: skip
    return query.where(t.Plan.key == plan) if plan else query.where(table.confidence < below)
