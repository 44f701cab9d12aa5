"""A page of a list, and what all lists filter by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, column, false, func, or_, select, table, true
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.derived import search_words
from pipeline.store.shared import among, chunks

SIZE = 50
ALL = 1_000_000  # rows: the size of a window for who wants no pages, of a list that people made
FEW = 500  # rows that a query of a view names one by one
_DAYS = ("day", "working_day", "start_date", "end_date", "period_start", "period_end")

Row = Mapping[str, Any]


class Window(NamedTuple):
    """Which page of a list is asked for (from 1), and how long pages are."""

    page: int = 1
    size: int = SIZE


class Cut(NamedTuple):
    """The rows on a page, and how many there are on all pages; with `more` there are more than these, uncounted."""

    rows: Sequence[Row]
    total: int
    window: Window
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are; where not all rows were counted, always one behind the page that is asked for."""
        return max(1, -(-self.total // self.window.size), self.window.page + 1 if self.more else 1)


class Count(NamedTuple):
    """How many rows there are; with `more` there are more than these, uncounted."""

    total: int
    more: bool


def in_province(name: str | None) -> ColumnElement[bool]:
    """Plans of a province by its bare name, as it was on their date or as it is today."""
    if not name:
        return true()
    new = aliased(t.Province)
    ids = (
        select(t.Province.id)
        .outerjoin(new, new.id == t.Province.successor_id)
        .where((t.Province.name == name) | (new.name == name))
    )
    return t.Plan.province_id.in_(ids)


def of_unit(connection: Connection, words: str | None, *columns: Any) -> ColumnElement[bool]:
    """Rows of which one column points to an organisation whose name holds the words; accents don't count."""
    if not words:
        return true()
    key = search_words(words)
    if not key:  # signs alone are words of no name
        return false()
    names = connection.execute(select(t.Organisation.id, t.Organisation.name))
    ids = [row.id for row in names if key in search_words(row.name)]
    return or_(*(among(column, ids) for column in columns))


def windowed(query: Any, window: Window) -> Any:
    """The rows of a query on this page."""
    return query.limit(window.size).offset((window.page - 1) * window.size)


def count(connection: Connection, query: Any) -> int:
    """How many rows a query has."""
    found: int = connection.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    return found


def count_to(connection: Connection, query: Any, most: int) -> Count:
    """How many rows a query has, counted no further than `most`."""
    found = count(connection, query.order_by(None).limit(most + 1))
    return Count(min(found, most), found > most)


def of_view(view: str, *where: ColumnElement[bool]) -> Any:
    """All columns of a view, of the rows that fulfil this."""
    return select(column("*", is_literal=True)).select_from(table(view)).where(*where)


def shown(connection: Connection, view: str, key: str, keys: Sequence[str]) -> list[Row]:
    """The rows of a view that have these keys, in their order."""
    found: dict[str, Row] = {}
    for chunk in chunks(keys, FEW):
        for row in connection.execute(of_view(view, column(key).in_(chunk))).mappings():
            found[row[key]] = with_days(row)
    return [found[each] for each in keys]


def with_days(row: Any) -> Row:
    """A view's row with its days as days: SQLite knows only the types of tables."""
    return {
        name: dt.date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value
        for name, value in row.items()
    }
