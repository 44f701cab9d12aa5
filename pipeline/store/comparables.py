"""The targets of one indicator and year side by side, with all that a comparison tells of them.

They are kept, since what a comparison of thousands takes is the way of each to its plan, its measure and its place in
the text: here those of one indicator and year are neighbours. `query` is what they are made of, and what a comparison
asks that they don't answer: of any year, or by the words of the plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, except_, insert, select, union
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.shared import chunks, measuring

_TARGET = (
    "part_of_id", "indicator", "subject", "comparator", "low", "high", "unit", "approximate", "change",
    "baseline_words", "baseline_value", "baseline_year", "text", "span_start", "span_end", "page", "confidence",
)  # fmt: skip
_PLAN = ("key", "code", "title", "issuer", "issue_date")
COLUMNS = (
    "plan_id", "target_id", "indicator_id", "year", *_TARGET, "timed", "whole", "whole_id", "province_id", *_PLAN,
)  # fmt: skip
"""The columns of both queries, in their order, before the name and the scheme of the province."""


def keep(connection: Connection, plans: Iterable[int]) -> None:
    """Makes the rows of these plans (ids) anew, from what the other tables have of them now."""
    for chunk in chunks(plans):
        connection.execute(delete(t.Comparable).where(t.Comparable.plan_id.in_(chunk)))
        made = _known().where(t.Measure.plan_id.in_(chunk))
        connection.execute(insert(t.Comparable).from_select(COLUMNS, made))


def differing(connection: Connection) -> list[int]:
    """The plans (ids) whose rows are not what the other tables say."""
    here, there = select(*(getattr(t.Comparable, name) for name in COLUMNS)), _known()
    found = union(*(select(except_(*pair).subquery().c.plan_id) for pair in ((here, there), (there, here))))
    return list(connection.execute(found).scalars())


def query() -> Select[Any]:
    """All targets with what they measure; to be narrowed by `Measure`, `Target` and `Plan`."""
    return (
        _query()
        .add_columns(t.Province.name, t.Province.scheme)
        .outerjoin(t.Province, t.Plan.province_id == t.Province.id)
    )


def kept() -> Select[Any]:
    """The same of the rows that are kept: of the indicators that are known, with a year."""
    columns = [getattr(t.Comparable, name) for name in COLUMNS]
    return select(*columns, t.Province.name, t.Province.scheme).outerjoin(
        t.Province, t.Comparable.province_id == t.Province.id
    )


def _known() -> Select[Any]:
    return _query().where(t.Measure.indicator_id.is_not(None), t.Measure.year.is_not(None))


def _query() -> Select[Any]:
    """Targets with their measures and plans, and what measures the target that they are part of."""
    target, measure = t.Target, t.Measure
    whole, of_whole = aliased(t.Target), aliased(t.Measure)
    return (
        select(measure.plan_id, measure.target_id, measure.indicator_id, measure.year)
        .add_columns(*(getattr(target, name) for name in _TARGET))
        .add_columns(target.period_end.is_not(None).label("timed"))
        .add_columns(whole.indicator.label("whole"), of_whole.indicator_id.label("whole_id"))
        .add_columns(t.Plan.province_id, *(getattr(t.Plan, name) for name in _PLAN))
        .select_from(measure)
        .join(target, measuring())
        .join(t.Plan, t.Plan.id == measure.plan_id)
        .outerjoin(whole, (whole.plan_id == target.plan_id) & (whole.fact_id == target.part_of_id))
        .outerjoin(of_whole, measuring(of_whole, whole))
    )
