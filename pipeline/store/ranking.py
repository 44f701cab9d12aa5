"""The ranks of values: which place each number has among those that an indicator's targets of one year are held to.

Kept, since the first rows of `v_compare` would otherwise wait until all rows of the database are ranked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, tuple_

from models import tables as t
from pipeline.store.bulk import insert_rows
from pipeline.store.linking import superseded
from pipeline.store.shared import chunks


class _Rank(NamedTuple):
    indicator_id: str
    year: int
    value: float
    rank: int
    targets: int


def compares() -> ColumnElement[bool]:
    """That a row of `measures` is held against those of other plans, as `v_compare` has it, too: nothing about it
    stands apart, and its plan holds."""
    return and_(t.Measure.apart.is_(None), t.Measure.plan_id.not_in(superseded()))


def rank_values(connection: Connection) -> None:
    """Brings the ranks up to date with the measures; writes only what is not there."""
    known = {_Rank(*row) for row in connection.execute(select(*(getattr(t.Rank, name) for name in _Rank._fields)))}
    wanted = set(_ranks(connection))
    key = tuple_(t.Rank.indicator_id, t.Rank.year, t.Rank.value)
    for chunk in chunks(known - wanted):
        connection.execute(delete(t.Rank).where(key.in_([row[:3] for row in chunk])))
    insert_rows(connection, t.Rank.__table__, [row._asdict() for row in sorted(wanted - known)])


def _ranks(connection: Connection) -> Iterator[_Rank]:
    """The best value is the first, by size where neither is better; equal ones share their rank."""
    directions = {row.id: row.direction for row in connection.execute(select(t.Indicator.id, t.Indicator.direction))}
    measure = t.Measure
    columns = (measure.indicator_id, measure.year, measure.value)
    counted = (
        select(*columns, func.count())
        .where(measure.indicator_id.is_not(None), compares())
        .group_by(*columns)
        .order_by(*columns)
    )
    for (indicator, year), rows in groupby(connection.execute(counted), key=lambda row: (row[0], row[1])):
        values = [(value, count) for _, _, value, count in rows if value is not None]
        rank = 1
        for value, count in values if directions[indicator] == "lower" else reversed(values):
            yield _Rank(indicator, year, value, rank, count)
            rank += count
