"""Answers out of a database: the first rows of each view with one filter, and one indicator in one year compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from time import perf_counter, process_time
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text

from models import tables as t
from pipeline.store import Store, open_store
from pipeline.store.comparing import compare

FIRST = 100  # rows of a view
VALUES = 10  # that each filter is asked with, from the most frequent to the rarest, and one that nothing has
ROUNDS = 3

FILTERS: dict[str, tuple[str, ...]] = {
    "v_plan_summary": ("province", "province_now", "region", "year", "issuer", "code", "doc_type", "plan"),
    "v_catalogue": ("document", "code", "type", "issuer", "status", "date", "plans"),
    "v_deadlines": (
        "province", "province_now", "year", "responsible_unit", "recipient_unit", "day", "working_day", "kind", "plan",
    ),
    "v_targets": ("province", "province_now", "plan_year", "year", "indicator_id", "family", "plan"),
    "v_compare": ("indicator_id", "year", "province", "plan"),
    "v_still_cited": ("province", "document", "document_code", "status", "plan"),
}  # fmt: skip
"""The columns of each view that people filter by, with "="."""

RANGES = {
    "v_plan_summary": ("issue_date",),
    "v_catalogue": ("mentions",),
    "v_deadlines": ("day",),
}
"""The columns that they filter by with "between"."""


class Asked(NamedTuple):
    """A question with the milliseconds that 95 of 100 askings stay below, their median, and the 95 of 100 of this
    process's own processor time; `rows` is the greatest number of rows that an answer had."""

    view: str
    by: str
    times: int
    p95: float
    median: float
    p95_processor: float
    rows: int


def everything(file: str) -> list[Asked]:
    """All questions of this module, to the database in a file."""
    with open_store(file) as store:
        return [*views(store), *comparisons(store)]


def views(store: Store) -> Iterator[Asked]:
    """The first rows of each view with one filter, by many values of each column."""
    with store.reading() as connection:
        for view, columns in FILTERS.items():
            for column in columns:
                statement = text(f"SELECT * FROM {view} WHERE {column} = :value LIMIT {FIRST}")
                values = [{"value": value} for value in _values(connection, view, column)]
                yield _asked(view, column, _each(connection, statement, values))
            for column in RANGES.get(view, ()):
                statement = text(f"SELECT * FROM {view} WHERE {column} BETWEEN :low AND :high LIMIT {FIRST}")
                ends = sorted(_values(connection, view, column))
                pairs = [{"low": low, "high": high} for low, high in pairwise(ends)]
                yield _asked(view, f"{column} (range)", _each(connection, statement, pairs))


def comparisons(store: Store) -> Iterator[Asked]:
    """One indicator in one year: each of those that most targets have, and some that few have."""
    measure = t.Measure
    found = (
        select(measure.indicator_id, measure.year)
        .where(measure.indicator_id.is_not(None), measure.year.is_not(None))
        .group_by(measure.indicator_id, measure.year)
        .order_by(func.count().desc(), measure.indicator_id, measure.year)
    )
    with store.reading() as connection:
        pairs = [(row[0], row[1]) for row in connection.execute(found)]
        pairs = [*pairs[:VALUES], *_spread(pairs, VALUES)]

        def ask(indicator: str, year: int) -> int:
            answer = compare(connection, indicator, year=year)
            return len(answer.rows) if answer else 0

        yield _asked("compare", "indicator and year", [lambda i=i, y=y: ask(i, y) for i, y in pairs])  # type: ignore[misc]


def _values(connection: Connection, view: str, column: str) -> list[Any]:
    """Values of a column from the most frequent to the rarest."""
    query = text(f"SELECT {column} FROM {view} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY COUNT(*) DESC, 1")
    found = [row[0] for row in connection.execute(query)]
    return _spread(found, VALUES)


def _spread(values: Sequence[Any], count: int) -> list[Any]:
    """The first, the last, and some at equal distances between."""
    if len(values) <= count:
        return list(values)
    return [values[i * (len(values) - 1) // (count - 1)] for i in range(count)]


def _each(connection: Connection, statement: Any, values: Sequence[dict[str, Any]]) -> list[Callable[[], int]]:
    return [lambda asked=asked: len(connection.execute(statement, asked).all()) for asked in values]  # type: ignore[misc]


def _asked(view: str, by: str, questions: Sequence[Callable[[], int]]) -> Asked:
    """Asks each question several times in turn."""
    spent, processor, rows = [], [], 0
    for _ in range(ROUNDS):
        for ask in questions:
            begun, begun_processor = perf_counter(), process_time()
            rows = max(rows, ask())
            processor.append((process_time() - begun_processor) * 1000)
            spent.append((perf_counter() - begun) * 1000)
    return Asked(view, by, len(spent), _share(spent, 0.95), _share(spent, 0.5), _share(processor, 0.95), rows)


def _share(values: Sequence[float], share: float) -> float:
    """The least value that so large a share of all are not above; 0 of none."""
    return sorted(values)[ceil(share * len(values)) - 1] if values else 0.0
