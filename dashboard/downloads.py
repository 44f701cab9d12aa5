"""Any table as a file: CSV that Excel opens as it is, or a workbook. No cell runs as a formula."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any, Literal

from fastapi.responses import Response, StreamingResponse

from dashboard.rendering import say
from pipeline.formulas import harmless
from pipeline.store.lists.cut import Row, Window

Form = Literal["csv", "xlsx"]
MOST = 100_000
"""Rows that one file holds; who needs more exports the database (`kehoach export`)."""

ALL = Window(1, MOST)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(form: Form, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """The rows as a file `name`.csv or `name`.xlsx: of each the values of these names, under headings in the visitor's
    language."""
    headings = [say(f"column.{column}") for column in columns]
    values = ([row[column] for column in columns] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    if form == "csv":
        return StreamingResponse(_csv(headings, values), media_type="text/csv; charset=utf-8", headers=headers)
    return Response(_workbook(name, headings, values), media_type=_XLSX, headers=headers)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\N{BYTE ORDER MARK}")  # without it Excel takes the letters for another alphabet
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(_plain(value)) for value in row])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value


def _workbook(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    book = xlsxwriter.Workbook(buffer, options)
    head = book.add_format({"bold": True, "bg_color": "#e8eef1", "bottom": 1})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name[:31])
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, head)
        sheet.set_column(place, place, 18)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(last, place, value, days)
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(last, place, value)
            elif value is not None:
                sheet.write_string(last, place, str(_plain(value))[:32_767], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(headings) - 1, 0))
    book.close()
    return buffer.getvalue()
