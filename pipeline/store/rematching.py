"""Gives targets their indicators anew after a person named one. Only `measures` change, and only those that have to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from models import tables as t
from models.plan import Span, Target
from pipeline.store import comparables
from pipeline.store.derived import measures_of
from pipeline.store.naming import naming
from pipeline.store.ranking import rank_values
from pipeline.store.rows import Row
from pipeline.store.shared import chunks, measuring

_SAID = ("indicator", "subject", "unit", "indicator_id", "low", "high", "change")  # what a meaning hangs on
_RESULT = ("indicator_id", "value", "apart")


def rematch(connection: Connection, touched: Collection[str] = ()) -> int:
    """Matches all targets; how many measure something else now. `touched` are indicators whose entries changed, so that
    their targets' values have to be told anew. Doing it twice changes nothing."""
    names = naming(connection)
    measures: Any = t.Measure.__table__
    changed = 0
    for plans in chunks(sorted(_plans(connection, touched))):
        found: list[Row] = []
        for plan_id, targets, before in _targets(connection, plans):
            years = {id: row["year"] for id, row in before.items()}
            for row in measures_of(targets, years, names.match, names.indicators):
                id = row["target_id"]
                if any(row[name] != before[id][name] for name in _RESULT):
                    found.append({"plan": plan_id, "target": id, **{name: row[name] for name in _RESULT}})
        if found:
            same = (measures.c.plan_id == bindparam("plan"), measures.c.target_id == bindparam("target"))
            connection.execute(update(measures).where(*same), found)
            comparables.keep(connection, sorted({row["plan"] for row in found}))
        changed += len(found)
    if changed:
        rank_values(connection)
    return changed


def _plans(connection: Connection, touched: Collection[str]) -> set[int]:
    """The plans with a target that means something else now, or something touched."""
    match = naming(connection).match
    target, measure = t.Target, t.Measure
    columns = [getattr(target, name) for name in _SAID]
    said = select(*columns, measure.indicator_id.label("means")).join(measure, measuring())
    other = {
        row.indicator
        for row in connection.execute(said.where(target.indicator.is_not(None)).distinct())
        if match(_target(row)) != row.means
    }
    plans: set[int] = set()
    for chunk in chunks(sorted(other)):
        plans.update(connection.execute(select(target.plan_id).where(target.indicator.in_(chunk))).scalars())
    for chunk in chunks(sorted(touched)):
        plans.update(connection.execute(select(measure.plan_id).where(measure.indicator_id.in_(chunk))).scalars())
    return plans


def _targets(connection: Connection, plans: list[int]) -> Iterator[tuple[int, list[Target], dict[str, Row]]]:
    """For each of these plans its targets, and what they measure so far."""
    target, measure = t.Target, t.Measure
    columns = [getattr(target, name) for name in ("plan_id", "fact_id", "part_of_id", "comparator", *_SAID)]
    known = [getattr(measure, name).label(f"known_{name}") for name in ("year", *_RESULT)]
    query = select(*columns, *known).join(measure, measuring()).where(target.plan_id.in_(plans))
    plan_id, targets, before = 0, list[Target](), dict[str, Row]()
    for row in connection.execute(query.order_by(target.plan_id)):
        if row.plan_id != plan_id:
            if targets:
                yield plan_id, targets, before
            plan_id, targets, before = row.plan_id, [], {}
        targets.append(_target(row, id=row.fact_id, part_of=row.part_of_id, comparator=row.comparator))
        before[row.fact_id] = {name: getattr(row, f"known_{name}") for name in ("year", *_RESULT)}
    if targets:
        yield plan_id, targets, before


def _target(row: Any, **more: Any) -> Target:
    """As much of a target as its meaning hangs on."""
    said = {name: getattr(row, name) for name in _SAID}
    return Target(**{"text": "", "span": Span(0, 0), "comparator": "=", **said, **more})
