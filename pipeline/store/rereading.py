"""Which files to read again so that plans have the facts of newer rules, and what the plans have had so far."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from models import tables as t
from models.plan import Plan
from pipeline.errors import unexpected
from pipeline.store.finding import find_plan
from pipeline.store.rows import read_plan
from pipeline.store.shared import among
from pipeline.store.store import Store


class PlanFile(NamedTuple):
    """A file of a plan (by its row id and key); `gives_facts` if the plan's facts are its content's."""

    plan_id: int
    key: str
    path: str
    gives_facts: bool


def files_to_read(
    connection: Connection, refs: Collection[str], version: str, *, everything: bool
) -> list[list[PlanFile]]:
    """For each content of the plans that `refs` mean (see `find_plan`; without any, of those that other rules than
    `version` read, or of `everything`) the files that hold it; by plan, the content that gives its facts first.

    Raises KehoachError where a plan that is asked for is not there or not the only one.
    """
    plan, source = t.Plan, t.SourceFile
    query = (
        select(plan.id, plan.key, source.path, source.sha256, (source.sha256 == plan.sha256).label("gives_facts"))
        .join(source, source.plan_id == plan.id)
        .order_by(plan.key, (source.sha256 == plan.sha256).desc(), source.sha256, source.path)
    )
    if refs:
        query = query.where(among(plan.id, [find_plan(connection, ref)[0] for ref in refs]))
    elif not everything:
        query = query.where(plan.extractor_version != version)
    contents: dict[tuple[int, str | None], list[PlanFile]] = {}
    for row in connection.execute(query):
        file = PlanFile(row.id, row.key, row.path, bool(row.gives_facts))
        contents.setdefault((row.id, row.sha256), []).append(file)
    return list(contents.values())


def read_again(
    store: Store, file: PlanFile, plan: Plan, text: str, size: int | None, *, keep: bool
) -> tuple[Plan | None, str]:
    """Saves what a file gave now (not without `keep`): its plan as it was, and the key of the plan that it is.

    None in the place of the former plan where that is gone, or has its facts from another file. Raises KehoachError for
    a plan that breaks a rule of the tables.
    """
    with store.reading() as connection:
        there = connection.execute(select(t.Plan.id).where(t.Plan.id == file.plan_id)).first()
        before = read_plan(connection, file.plan_id, file.path) if there else None
    if not keep:
        return before if file.gives_facts else None, file.key
    try:
        outcome = store.save(plan, text, size)
    except (SQLAlchemyError, ValueError) as error:
        raise unexpected(file.path, error) from error
    return None if outcome.action == "joined" else before, outcome.plan
