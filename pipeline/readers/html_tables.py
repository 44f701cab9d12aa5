"""Tables of a web page: which are tables and which lay out the page, and where each cell stands.

A table with one cell in each row is a frame; one that holds most of a paper in a single cell, or another table with
much text, lays out the page. Their cells are read as what stands below each other. A letterhead or signature set as a
table stays a table of two cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.html_page import Element

_WIDEST = 200  # columns; a cell that claims more was damaged
_WHOLE_TEXT = 2500  # characters: a cell of so many, with so many paragraphs, holds a paper
_PARAGRAPHS = 12
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_PARAGRAPH_TAGS = ("p", "div", "br", "li", "tr")


class Place(NamedTuple):
    """Where a cell stands: its row and column, counted from 0, and how many of them it covers."""

    row: int
    column: int
    width: int
    height: int


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, without those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def places_of(table: Element) -> dict[Element, Place]:
    """The place of each cell of a table."""
    rows = list(rows_of(table))
    taken: dict[int, int] = {}  # column -> the first row in which it is free again
    places: dict[Element, Place] = {}
    for index, row in enumerate(rows):
        column = 0
        for cell in cells_of(row):
            while taken.get(column, 0) > index:
                column += 1
            width = min(_span(cell, "colspan"), _WIDEST)
            span = _span(cell, "rowspan")
            height = min(span or len(rows), len(rows) - index)
            width = max(width, 1)
            places[cell] = Place(index, column, width, height)
            if height > 1:
                for covered in range(column, column + width):
                    taken[covered] = index + height
            column += width
    return places


def _span(cell: Element, name: str) -> int:
    digits = (cell.get(name) or "1").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 1


def lays_out(table: Element) -> bool:
    """Whether a table only lays out the page."""
    cells = [list(cells_of(row)) for row in rows_of(table)]
    if all(len(row) <= 1 for row in cells):
        return True
    for cell in (cell for row in cells for cell in row):
        if cell.find(".//tr") is None and cell.find(".//p") is None and cell.find(".//br") is None:
            continue
        length = paragraphs = 0
        nested = False
        for below in cell.iter():
            paragraphs += below.tag in _PARAGRAPH_TAGS
            nested = nested or below.tag == "tr"
            length += len((below.text or "").strip()) + len((below.tail or "").strip())
            if length >= _WHOLE_TEXT and (paragraphs >= _PARAGRAPHS or nested):
                return True
    return False
