"""Any question in SQL, for those that nobody thought of: over views and tables, and read alike on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Date, text
from sqlalchemy.exc import StatementError

from models.tables import Base
from pipeline.errors import DatabaseError
from pipeline.store.database import database_name


class Answer(NamedTuple):
    """What a question gave: the names of its columns, and its rows."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def ask(connection: Connection, sql: str, values: Mapping[str, Any]) -> Answer:
    """The answer to one SELECT; `values` fill its places (":province").

    SQLite keeps days as text and truth as numbers: a column that is called as one of the tables' ("day", "end_date",
    "ocr") has days or truth on both databases. Raises DatabaseError (query_failed) for what this database
    can't answer.
    """
    try:
        found = connection.execute(text(sql), dict(values))
        names = tuple(found.keys()) if found.returns_rows else ()
        rows = [tuple(row) for row in found] if found.returns_rows else []
    except StatementError as error:
        raise DatabaseError("query_failed", database_name(connection.engine.url), reason=str(error.orig)) from error
    kinds = [_kinds().get(name) for name in names]
    return Answer(names, [tuple(_read(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows])


def _read(value: Any, kind: Callable[[Any], Any] | None) -> Any:
    return value if value is None or kind is None else kind(value)


def _day(value: Any) -> Any:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


@cache
def _kinds() -> dict[str, Callable[[Any], Any]]:
    """How the columns of days and of truth are read, by their names."""
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    days = {column.name: _day for column in columns if isinstance(column.type, Date)}
    return {**days, **{column.name: bool for column in columns if isinstance(column.type, Boolean)}}
