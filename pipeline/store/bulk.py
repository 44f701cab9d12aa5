"""Many rows at once. SQLAlchemy's own insert looks at every value of every row by itself, which takes three times as
long as the database does; here each column's way to the database is found once. PostgreSQL is given whole columns, in
one statement: a statement for each row takes it five times as long, most of it for what goes with a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Double, Table, func, select, text

from models import tables as t

_ROWS = 20_000  # in one statement on PostgreSQL, which has to have all of it in memory


class _Insert(NamedTuple):
    """A statement, and for each of its places the column and what turns its values into the driver's."""

    sql: str
    columns: tuple[str, ...]
    processors: tuple[Callable[[Any], Any] | None, ...]


def insert_rows(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts rows that all have the same columns."""
    if not rows:
        return
    made = _insert(table, tuple(rows[0]), connection.dialect)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(made.sql, list(zip(*_columns(made, rows), strict=True)))
        return
    for start in range(0, len(rows), _ROWS):
        connection.exec_driver_sql(made.sql, tuple(_columns(made, rows[start : start + _ROWS])))


def new_ids(connection: Connection, table: type[t.Base], count: int) -> Iterable[int]:
    """The next ids of a table, for rows of the transaction of the one writer."""
    name = table.__tablename__
    if connection.dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return [int(i) for i in connection.execute(query, {"name": name, "count": count}).scalars()]
    last = connection.execute(select(func.max(table.__table__.c.id))).scalar() or 0
    return range(last + 1, last + 1 + count)


def _columns(made: _Insert, rows: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for name, process in zip(made.columns, made.processors, strict=True):
        yield [process(row[name]) for row in rows] if process else [row[name] for row in rows]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


# The driver takes no list of whole numbers and others.
_NUMBERS: dict[type, Callable[[Any], Any]] = {Double: _number}


@lru_cache(maxsize=200)
def _insert(table: Table, columns: tuple[str, ...], dialect: Dialect) -> _Insert:
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in columns)
    named = [(table.c[name].type.dialect_impl(dialect), name) for name in columns]
    if dialect.name == "sqlite":
        values = f"VALUES ({', '.join('?' * len(columns))})"
    else:
        values = f"SELECT * FROM unnest({', '.join(f'%s::{kind.compile(dialect)}[]' for kind, _ in named)})"
    processors = tuple(kind.bind_processor(dialect) or _NUMBERS.get(type(table.c[name].type)) for kind, name in named)
    return _Insert(f"INSERT INTO {table.name} ({quoted}) {values}", columns, processors)
