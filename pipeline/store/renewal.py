"""Makes anew what follows from the facts: after a migration, when the reference data changed, or when a person named
an indicator."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from models import tables as t
from pipeline.store import comparables, reference
from pipeline.store.bulk import insert_rows
from pipeline.store.catalogue import settle
from pipeline.store.derived import TABLES, derived_rows
from pipeline.store.naming import naming
from pipeline.store.rows import plan_derived, read_plan
from pipeline.store.shared import mark_stale, province_id, shared_ids


def renew(connection: Connection) -> int:
    """Makes all of it anew: the reference rows, each plan's derived rows, and the catalogue; the number of plans."""
    reference.fill(connection)
    names = naming(connection)
    plans = connection.execute(select(t.Plan.id).order_by(t.Plan.id)).scalars().all()
    for plan_id in plans:
        plan = read_plan(connection, plan_id, "")
        text = connection.execute(select(t.PlanText.text).where(t.PlanText.plan_id == plan_id)).scalar_one()
        for table in TABLES:
            connection.execute(delete(table).where(table.plan_id == plan_id))
        values = {**plan_derived(plan), "province_id": province_id(connection, plan)}
        connection.execute(update(t.Plan).where(t.Plan.id == plan_id).values(**values))
        shared = shared_ids(connection, [plan])
        for rows_of, rows in derived_rows(plan, text, plan_id, shared, names.match, names.indicators):
            insert_rows(connection, rows_of, rows)
    comparables.keep(connection, plans)
    mark_stale(connection, _all_documents(connection))
    settle(connection)
    return len(plans)


def _all_documents(connection: Connection) -> Iterable[int]:
    return connection.execute(select(t.Document.id)).scalars().all()
