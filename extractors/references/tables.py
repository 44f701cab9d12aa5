"""Tables that list documents: date, title and issuer of a number may stand in other columns of its row."""

from __future__ import annotations

from collections.abc import Sequence

from data import load
from extractors.references.dates import date_after
from extractors.references.mention import Mention
from extractors.vietnamese import tone_key
from models.outline import CellText, Outline, Table


def add_columns(outline: Outline, mentions: Sequence[Mention]) -> None:
    """Fill what a mention that opens its cell leaves out from the columns beside it."""
    for table in outline.tables:
        columns = _columns(table)
        if "number" not in columns.values() or len(set(columns.values())) < 2:
            continue
        for row in table.rows[table.header :]:
            for index, cell in enumerate(row):
                if columns.get(index) != "number" or cell.start == cell.end:
                    continue
                first = next((m for m in mentions if m.host is None and cell.start <= m.start < cell.end), None)
                if first is not None and first.start - cell.start <= 3:
                    _fill(first, row, columns)


def _columns(table: Table) -> dict[int, str]:
    """Column to what its header says that it holds; of several names in a header the longest one counts."""
    headers = load("references")["columns"]
    longest_first = sorted(
        ((name, field) for field, names in headers.items() for name in names), key=lambda n: -len(n[0])
    )
    found: dict[int, str] = {}
    for row in table.rows[: table.header]:
        for index, cell in enumerate(row):
            words = tone_key(cell.text)
            named = next((field for name, field in longest_first if name in words), None)
            if named:
                found.setdefault(index, named)
    return found


def _fill(mention: Mention, row: Sequence[CellText], columns: dict[int, str]) -> None:
    for index, cell in enumerate(row):
        words = " ".join(cell.text.split())
        if not words:
            continue
        match columns.get(index):
            case "date" if mention.date is None:
                day = date_after(f" {tone_key(words)}", 0)
                mention.date = day.iso if day and day.end == len(words) + 1 else None
            case "title" if mention.title is None:
                mention.title = words
            case "issuer" if mention.issuer is None:
                mention.issuer = words
