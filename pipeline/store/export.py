"""All tables as files for other programs, with a data dictionary that says what every column means.

Rows are read from the database and written one after the other; a table is never whole in memory. The files are made in
a folder beside the one that is asked for and put into it when all are done, so that no reader sees half an export; the
same database gives the same files.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import msgspec
from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Float, Integer, String, Table, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from data import load
from models.tables import Base
from pipeline.atomic import filling
from pipeline.errors import KehoachError
from pipeline.formulas import harmless, runs
from pipeline.moments import in_utc
from pipeline.store.objects import VIEWS, columns_of

Format = Literal["xlsx", "csv", "parquet", "json"]
DICTIONARY = "data_dictionary"
LEFT_OUT = ("passages", "comparables", "settings")
_BATCH = 1000  # rows that are in memory at once
_SHEET_ROWS = 1_048_575  # of Excel, without the heading
_CELL = 32_767  # characters that a cell of Excel holds
_WIDE = 60  # characters that a column of a sheet is wide at most
_MEASURED = 200  # rows that say how wide the columns of a sheet are


class Sheet(NamedTuple):
    """A table to be written: its name in the database and in Vietnamese; of each column its name, its Vietnamese
    heading, the kind of its values and what it means."""

    name: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    meanings: tuple[str, ...]


class Described(NamedTuple):
    """A line of the data dictionary."""

    table: str
    table_vi: str
    column: str
    heading_vi: str
    type: str
    key: str
    required: bool
    meaning_vi: str
    meaning_en: str


class Writer(Protocol):
    """Takes tables one after the other."""

    def write(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None: ...
    def close(self) -> None: ...


def dictionary() -> list[Described]:
    """What every column of every table means, in the order of the tables."""
    return [
        Described(
            table=str(table.name),
            table_vi=_names(table)[0],
            column=str(column.name),
            heading_vi=_meaning(table, column.name)[0],
            type=kind_of(column),
            key=_key(column),
            required=not column.nullable,
            meaning_vi=_meaning(table, column.name)[1],
            meaning_en=_meaning(table, column.name)[2],
        )
        for table in Base.metadata.sorted_tables
        for column in table.columns
    ]


def view_dictionary(connection: Connection) -> dict[str, list[Described]]:
    """What every column of every view means."""
    known = load("dictionary")
    found = {}
    for view in VIEWS:
        own = {name: entry for name, entry in known["views"][view].items() if name not in ("names", "of")}
        table = Base.metadata.tables[known["views"][view]["of"]]
        found[view] = [
            Described(
                table=view,
                table_vi=known["views"][view]["names"][0],
                column=column,
                heading_vi=said[0],
                type=said[3] if len(said) > 3 else kind_of(table.c[column]) if column in table.c else "text",
                key="",
                required=False,
                meaning_vi=said[1],
                meaning_en=said[2],
            )
            for column in columns_of(connection, view)
            for said in [{**known["views"]["common"], **own}.get(column) or _meaning(table, column)]
        ]
    return found


def export(
    connection: Connection, folder: Path, form: Format, *, bom: bool = False, views: bool = False
) -> dict[str, int]:
    """Writes all tables and the data dictionary into a folder, which is made where it is not there; other files in it
    stay. Gives the rows of each table. `views` adds those for dashboards. What only serves the program (`LEFT_OUT`) is
    no data.

    `bom` begins CSV files with the mark by which Excel knows their letters. Raises KehoachError where the package that
    writes the format is missing, OSError where the folder can't be written.
    """
    if form == "parquet" and find_spec("pyarrow") is None:
        raise KehoachError("parquet_missing")
    with filling(folder) as beside:
        return _write(connection, _writer(beside, form, bom), views)


def _write(connection: Connection, writer: Writer, views: bool) -> dict[str, int]:
    exported = {table.name: table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT}
    lines: dict[str, list[Described]] = {name: [] for name in exported}
    for line in dictionary():
        if line.table in lines:
            lines[line.table].append(line)
    queries: dict[str, Any] = {
        name: select(table).order_by(*table.primary_key.columns) for name, table in exported.items()
    }
    if views:
        described = view_dictionary(connection)
        lines |= described
        queries |= {name: _view_query(name, columns) for name, columns in described.items()}
    kinds = tuple("boolean" if name == "required" else "text" for name in Described._fields)
    about = Sheet(DICTIONARY, "Từ điển dữ liệu", Described._fields, _HEADINGS, kinds, ("",) * len(kinds))
    writer.write(about, (line for own in lines.values() for line in own))
    counts = {}
    for name, query in queries.items():
        own = lines[name]
        sheet = Sheet(
            name=name,
            title=own[0].table_vi,
            columns=tuple(line.column for line in own),
            headings=tuple(line.heading_vi for line in own),
            kinds=tuple(line.type for line in own),
            meanings=tuple(line.meaning_en for line in own),
        )
        counts[name] = 0

        def counted(name: str = name, query: Any = query) -> Iterator[tuple[Any, ...]]:
            for row in _rows(connection, query):
                counts[name] += 1
                yield row

        writer.write(sheet, counted())
    writer.close()
    return counts


_VIEW_TYPES: dict[str, Any] = {
    "boolean": Boolean, "integer": Integer, "number": Float, "date": Date, "moment": DateTime(timezone=True),
}  # fmt: skip


def _view_query(name: str, lines: list[Described]) -> Any:
    """All rows of a view, whose order hangs on nothing but their values."""
    view = sql_table(name, *(sql_column(line.column, _VIEW_TYPES.get(line.type, String)) for line in lines))
    return select(view).order_by(*view.columns)


_HEADINGS = ("Bảng", "Tên bảng", "Cột", "Tên cột", "Kiểu", "Khoá", "Bắt buộc", "Ý nghĩa", "Nghĩa tiếng Anh")


def _rows(connection: Connection, query: Any) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        yield tuple(in_utc(value) if isinstance(value, dt.datetime) else value for value in row)


def _names(table: Table) -> list[str]:
    found: list[str] = load("dictionary")["tables"].get(table.name, {}).get("names", [table.name, "", ""])
    return found


def _meaning(table: Table, column: str) -> list[str]:
    known = load("dictionary")
    found: list[str] = {**known["common"], **known["tables"].get(table.name, {})}.get(column, [column, "", ""])
    return found


def kind_of(column: Column[Any]) -> str:
    """The kind of a column's values, as the data dictionary calls it."""
    kinds = {Boolean: "boolean", Integer: "integer", Float: "number", DateTime: "moment", Date: "date", JSON: "json"}
    return next((name for kind, name in kinds.items() if isinstance(column.type, kind)), "text")


def _key(column: Column[Any]) -> str:
    """What the column is a key of: its own table ("PK"), and the columns that it names."""
    named = sorted(f"-> {key.target_fullname}" for key in column.foreign_keys)
    return " ".join(["PK", *named] if column.primary_key else named)


def _writer(folder: Path, form: Format, bom: bool) -> Writer:
    makers: dict[str, Callable[[], Writer]] = {
        "xlsx": lambda: _Xlsx(folder),
        "csv": lambda: _Csv(folder, bom),
        "parquet": lambda: _Parquet(folder),
        "json": lambda: _JsonLines(folder),
    }
    return makers[form]()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class _Csv:
    """A file of CSV for each table (UTF-8, ISO 8601); no cell is run as a formula."""

    def __init__(self, folder: Path, bom: bool) -> None:
        self._folder, self._encoding = folder, "utf-8-sig" if bom else "utf-8"

    def write(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None:
        with (self._folder / f"{sheet.name}.csv").open("w", encoding=self._encoding, newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(sheet.columns)
            for row in rows:
                writer.writerow(map(self._cell, row))

    def _cell(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (dt.date, dt.datetime)):
            return value.isoformat()
        return harmless(_json(value) if isinstance(value, (list, dict)) else value)

    def close(self) -> None:
        """Every file is closed already."""


class _JsonLines:
    """A file of JSON lines for each table: one object a row."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None:
        with (self._folder / f"{sheet.name}.jsonl").open("wb") as file:
            for row in rows:
                file.write(msgspec.json.encode(dict(zip(sheet.columns, row, strict=True))) + b"\n")

    def close(self) -> None:
        """Every file is closed already."""


class _Parquet:
    """A file of Parquet for each table; its columns carry what they mean as `description`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "boolean": pa.bool_(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32(),
            "moment": pa.timestamp("us", tz="UTC"),
        }  # fmt: skip
        described = zip(sheet.columns, sheet.kinds, sheet.meanings, strict=True)
        schema = pa.schema(
            [
                pa.field(name, types.get(kind, pa.string()), metadata={"description": said})
                for name, kind, said in described
            ]
        )
        json = [kind == "json" for kind in sheet.kinds]
        with pq.ParquetWriter(self._folder / f"{sheet.name}.parquet", schema) as file:
            batch: list[dict[str, Any]] = []
            for row in rows:
                cells = (
                    _json(value) if is_json and value is not None else value
                    for value, is_json in zip(row, json, strict=True)
                )
                batch.append(dict(zip(sheet.columns, cells, strict=True)))
                if len(batch) == _BATCH:
                    file.write_table(pa.Table.from_pylist(batch, schema))
                    batch.clear()
            if batch:
                file.write_table(pa.Table.from_pylist(batch, schema))

    def close(self) -> None:
        """Every file is closed already."""


class _Xlsx:
    """One workbook with a sheet for each table: headings that stay in sight, filters, and texts that stay texts."""

    def __init__(self, folder: Path) -> None:
        import xlsxwriter

        options = {"constant_memory": True, "tmpdir": str(folder)}
        self._book = xlsxwriter.Workbook(str(folder / "kehoach.xlsx"), options)
        self._book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - the same file every time
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})

    def write(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None:
        part, left = 1, self._page(sheet, sheet.title, rows)
        while left is not None:  # more rows than a sheet has
            part += 1
            left = self._page(sheet, f"{sheet.title} ({part})", chain([left], rows))

    def _page(self, sheet: Sheet, title: str, rows: Iterator[tuple[Any, ...]]) -> tuple[Any, ...] | None:
        """Write a sheet; the first row that it has no room for, None where there is none."""
        page = self._book.add_worksheet(title)
        page.freeze_panes(1, 0)
        for place, heading in enumerate(sheet.headings):
            page.write_string(0, place, heading, self._head)
        widths = [len(heading) + 4 for heading in sheet.headings]
        number, left = 0, None
        for row in rows:
            if number == _SHEET_ROWS:
                left = row
                break
            number += 1
            for place, value in enumerate(row):
                self._cell(page, number, place, value)
                if number <= _MEASURED and value is not None:
                    widths[place] = max(widths[place], min(len(str(value)) + 1, _WIDE))
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.autofilter(0, 0, max(number, 1), len(widths) - 1)
        return left

    def _cell(self, page: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, bool):
            page.write_boolean(row, place, value)
        elif isinstance(value, (int, float)):
            page.write_number(row, place, value)
        elif isinstance(value, dt.datetime):
            page.write_datetime(row, place, value.replace(tzinfo=None), self._moment)
        elif isinstance(value, dt.date):
            page.write_datetime(row, place, value, self._day)
        elif value is not None:
            words = value.replace("\r\n", "\n") if isinstance(value, str) else _json(value)
            words = words if len(words) <= _CELL else words[: _CELL - 1] + "…"
            page.write_string(row, place, words, self._quoted if runs(words) else None)

    def close(self) -> None:
        self._book.close()
