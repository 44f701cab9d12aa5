"""The answers as pandas data frames, for notebooks and other programs.

    from pipeline import api

    with api.open("kehoach.db") as db:
        due = db.deadlines(since="2026-04-01", until="2026-06-30")
        ranks = db.compare("BH01", year=2026)
        cited = db.query("SELECT code, provinces FROM v_catalogue ORDER BY provinces DESC LIMIT 10")

A database is opened to be read: nothing is made, migrated or changed through this module. In every frame days are
`datetime64`, numbers that may be missing `Int64` or `float64`, and dates that are only as precise as the text
("2024-06") text. Columns that begin with `plan_` are of the fact's plan; `span_start` and `span_end` are code points of
the plan's text, `[start, end)`.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
import pandas as pd

from models.plan import Span
from models.tables import PassageKind
from pipeline.store import DEFAULT_DATABASE, PlanRef, Store, documents, queries
from pipeline.store.asking import ask
from pipeline.store.comparing import ComparedRow
from pipeline.store.comparing import compare as compare_indicator
from pipeline.store.database import open_reader
from pipeline.store.search import SearchHit
from pipeline.store.search import search as find

Day = dt.date | str
"""A day, or ISO 8601 ("2026-04-01")."""


def open(where: str | Path = DEFAULT_DATABASE) -> Database:
    """The database at a path or an SQLAlchemy URL, for reading.

    Raises pipeline.errors.DatabaseError: there is none, it is of another version or of another program.
    """
    return Database(Store(open_reader(where)))


class Database:
    """A database that answers with data frames. Close it, or use it as a context manager.

    Every method raises pipeline.errors.DatabaseError where the database itself fails, and KehoachError for a province
    that no map has.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: types.TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Frees the connections; the frames stay."""
        self._store.close()

    def plans(self) -> pd.DataFrame:
        """The plans by province, date and code.

        Columns: plan_key, plan_code, plan_title, plan_issuer, plan_province, plan_issue_date, plan_path, doc_type,
        period_start, period_end, confidence, files (a tuple of paths), and how many sections, references, deadlines,
        targets, tasks, tables and warnings it has; links (a tuple: what other plans are to it).
        """
        with self._store.reading() as connection:
            return _frame(queries.plans(connection), queries.PlanRow)

    def catalogue(self) -> pd.DataFrame:
        """The documents that plans mention, those that most plans mention first.

        Columns: key, type, code, name, issuer, date, title, mentions, plans (a tuple of the plans' keys), provinces
        (how many), first_cited, last_cited, relations (mentions by how it is cited), plan (the key of the plan that it
        is), status, status_since, status_by, still_cited, warnings (a tuple of words).
        """
        with self._store.reading() as connection:
            return _frame(documents.catalogue(connection), documents.DocumentRow)

    def deadlines(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        province: str | None = None,
        plan: str | None = None,
        unit: str | None = None,
        as_of: Day | None = None,
    ) -> pd.DataFrame:
        """The deadlines by their day; `pipeline.store.queries.deadlines` tells what the arguments ask for. Raises
        ValueError for text that is no day.

        Columns: those of the plan, id, text, work (a tuple), kind, bound, due (the day), status, start_date, end_date,
        precision, rrule, anchor, offset, offset_unit, approximate, responsible, recipient, tasks (a tuple of ids),
        span_start, span_end, page, section, heading, confidence.
        """
        with self._store.reading() as connection:
            rows = queries.deadlines(
                connection,
                as_of=_day("as_of", as_of),
                since=_day("since", since),
                until=_day("until", until),
                province=province,
                plan=plan,
                unit=unit,
            )
            return _frame(rows, queries.DeadlineRow)

    def targets(
        self, *, indicator: str | None = None, province: str | None = None, plan: str | None = None
    ) -> pd.DataFrame:
        """The targets by province, plan and place. `indicator` is an id of the catalogue or a part of a name.

        Columns: those of the plan, province_now, id, text, indicator, indicator_id, subject, comparator, low, high,
        unit, approximate, baseline_words, baseline_value, baseline_year, change, period_start, period_end, part_of,
        span_start, span_end, page, section, heading, confidence.
        """
        with self._store.reading() as connection:
            rows = queries.targets(connection, indicator=indicator, province=province, plan=plan)
            return _frame(rows, queries.TargetRow)

    def compare(
        self,
        indicator: str | None = None,
        *,
        year: int | None = None,
        by: Literal["province", "region"] = "province",
        as_of: Literal["old", "new"] | None = None,
    ) -> pd.DataFrame:
        """One indicator over all provinces, ranked; `pipeline.store.comparing.compare` tells what the arguments mean.

        Columns: rank, place, place_scheme, part, region, covers, province, scheme, those of the plan, id, part_of,
        indicator, indicator_id, subject, comparator, low, high, unit, value (in the unit of all), approximate, change,
        year, year_of_plan, baseline_words, baseline_value, baseline_year, text, span_start, span_end, page, confidence,
        reason (why a row has no rank). `frame.attrs` has the indicator's id, name, direction, unit, year and subject,
        and how many rows other years have, where a year was asked for.
        """
        for argument, value, known in (("by", by, ("province", "region")), ("as_of", as_of, ("old", "new", None))):
            if value not in known:
                raise ValueError(f"{argument}: {value!r} is none of {', '.join(map(repr, known))}")
        with self._store.reading() as connection:
            found = compare_indicator(connection, indicator, year=year, by=by, as_of=as_of)
        frame = _frame(found.rows if found else (), ComparedRow)
        names = ("indicator", "name", "direction", "unit", "year", "subject", "other_years")
        frame.attrs |= {name: getattr(found, name) for name in names} if found else {}
        return frame

    def search(
        self,
        words: str,
        *,
        kind: PassageKind | None = None,
        province: str | None = None,
        year: int | None = None,
        limit: int = 20,
    ) -> pd.DataFrame:
        """Where words stand, the best first, with or without accents; `pipeline.store.search.search` tells the rest.

        Columns: those of the plan, kind, id, section, heading, page, span_start, span_end, snippet, marks (a tuple of
        places in it).
        """
        with self._store.reading() as connection:
            found = find(connection, words, kind=kind, province=province, year=year, limit=limit)
        return _frame(found.hits, SearchHit)

    def query(self, sql: str, **values: object) -> pd.DataFrame:
        """What one SELECT over the views (`v_targets`, `v_deadlines`, ...) and tables gives, by its own columns.

        `values` fill its places: `db.query("... WHERE province = :province", province="Huế")`. Columns that the tables
        have as days or as truth are so here, too; those that a query names itself are as the database has them.
        """
        with self._store.reading() as connection:
            answer = ask(connection, sql, values)
        frame = pd.DataFrame.from_records(answer.rows, columns=list(answer.names))
        for at, name in enumerate(answer.names):
            there = [row[at] for row in answer.rows if row[at] is not None]
            if there and all(isinstance(value, dt.date) and not isinstance(value, dt.datetime) for value in there):
                frame[name] = frame[name].astype("datetime64[ns]")
            elif there and all(type(value) is int for value in there):
                frame[name] = frame[name].astype("Int64")
        return frame


class _Column(NamedTuple):
    """A column of a frame: the fields that lead to its value, and its kind of values (None: as they are)."""

    name: str
    path: tuple[str, ...]
    dtype: str | None

    def value(self, row: Any) -> Any:
        for field in self.path:
            row = getattr(row, field, None)  # what is absent has no fields
        return _plain(row)


_DTYPES: dict[tuple[type, bool], str] = {
    (dt.date, False): "datetime64[ns]",
    (dt.date, True): "datetime64[ns]",
    (int, False): "int64",
    (int, True): "Int64",
    (float, False): "float64",
    (float, True): "float64",
    (bool, False): "bool",
}
"""By a field's type and whether it may be missing."""


def _frame(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> pd.DataFrame:
    """A frame with all columns that such rows have, whether there are rows or not."""
    rows = list(rows)
    return pd.DataFrame(
        {c.name: pd.Series([c.value(row) for row in rows], dtype=c.dtype or "object") for c in _columns(kind)}
    )


def _columns(kind: Any, prefix: str = "", path: tuple[str, ...] = (), absent: bool = False) -> Iterator[_Column]:
    """The fields of a row; those of a row inside a row stand under both names ("plan_province")."""
    for name, hint in get_type_hints(kind).items():
        kinds = [each for each in get_args(hint) or (hint,) if each is not types.NoneType]
        missing = absent or types.NoneType in get_args(hint)
        inner = kinds[0]
        if isinstance(inner, type) and get_origin(hint) is not tuple and issubclass(inner, (msgspec.Struct, Span)):
            outer = {"place": prefix, "span": "span_"}.get(name, f"{prefix}{name}_")
            yield from _columns(inner, outer, (*path, name), missing)
        else:
            yield _Column(prefix + name, (*path, name), _DTYPES.get((inner, missing)))


def _plain(value: Any) -> Any:
    """A value that prints: of several plans their keys, of several notes their words."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, PlanRef):
        return value.key
    return value.message if isinstance(value, documents.Note) else value


def _day(argument: str, day: Day | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        raise ValueError(f"{argument}: {day!r} is no day in ISO 8601 (2026-04-01)") from None
