"""Tables of a web page: which are tables and which lay out the page, and where each cell stands.

A table with one cell in each row is a frame; one that holds most of a paper in a single cell, or another table with
much text, lays out the page. Their cells are read as what stands below each other. A letterhead or signature set as a
table stays a table of two cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import lxml.etree

from pipeline.readers.html_page import Element

_WIDEST = 200  # columns; a cell that claims more was damaged
_MOST_COLUMNS = 1000
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
            while taken.get(column, 0) > index and column < _MOST_COLUMNS:
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


class Layouts:
    """Which tables of a page only lay it out."""

    def __init__(self, root: Element) -> None:
        self._contents: dict[Element, _Contents] = {}
        open_cells: list[_Contents] = [_Contents()]
        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag in ("td", "th"):
                    open_cells.append(_Contents())
                else:
                    open_cells[-1].paragraphs += tag in _PARAGRAPH_TAGS
                    open_cells[-1].nested |= tag == "tr"
                if isinstance(tag, str) and element.text:
                    open_cells[-1].length += len(element.text.strip())
                continue
            if tag in ("td", "th") and len(open_cells) > 1:
                self._contents[element] = done = open_cells.pop()
                open_cells[-1].length += done.length
                open_cells[-1].paragraphs += done.paragraphs
            if element.tail:
                open_cells[-1].length += len(element.tail.strip())

    def lays_out(self, table: Element) -> bool:
        """Whether a table is none."""
        cells = [list(cells_of(row)) for row in rows_of(table)]
        if all(len(row) <= 1 for row in cells):
            return True
        return any(self._holds_a_paper(cell) for row in cells for cell in row)

    def _holds_a_paper(self, cell: Element) -> bool:
        found = self._contents.get(cell)
        return found is not None and (found.length >= _WHOLE_TEXT and (found.paragraphs >= _PARAGRAPHS or found.nested))


class _Contents:
    """What stands in a cell: characters, paragraphs, another table."""

    __slots__ = ("length", "nested", "paragraphs")

    def __init__(self) -> None:
        self.length = 0
        self.paragraphs = 0
        self.nested = False
