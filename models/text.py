"""The two texts of a document and the one crossing between them.

*Source text* is what spans of published facts point into: for a plain-text file the decoded file as it stands (marks
and line ends included), for every other format the text that its reader made.

*Cleaned text* is what the extractors read: NFC, one kind of dash and space, no Markdown marks, each sentence on one
line. Every cleaned character knows the source character that it came from; `Text.to_source` is the only crossing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import msgspec


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A rectangle on a page, in points from the top left corner. `page` counts from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Page(NamedTuple):
    """A page's share of the source text, `[start, end)`."""

    number: int
    start: int
    end: int


class LineBox(NamedTuple):
    """Where a run of source characters `[start, end)` is printed; `edges` holds the left edge of each character
    and the right edge of the last (points), so that any part of the run can be boxed."""

    start: int
    end: int
    page: int
    y0: float
    y1: float
    edges: tuple[float, ...]


class StyleRun(NamedTuple):
    """Source characters `[start, end)` that a format marks: `kind` is "bold", "heading" or "wrap" (a line feed inside
    a paragraph, as the places on the page prove); `level` is the heading's level (1 the highest), else 0."""

    start: int
    end: int
    kind: str
    level: int = 0


class CellRun(NamedTuple):
    """One cell of a table as its reader found it: source characters `[start, end)` (line breaks inside allowed).

    `table`, `row` and `column` count from 0; `width` and `height` are the columns and rows that a merged cell covers.
    """

    start: int
    end: int
    table: int
    row: int
    column: int
    width: int = 1
    height: int = 1


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document as its reader delivers it.

    `markup` is "text" where marks stand in the text itself (Markdown in .md and .txt files) and "styled" where
    the reader hands them over in `styles` and `cells`.
    """

    text: str
    path: str
    sha256: str
    media_type: str
    reader: str
    markup: str = "text"
    pages: tuple[Page, ...] = ()
    styles: tuple[StyleRun, ...] = ()
    cells: tuple[CellRun, ...] = ()
    line_boxes: tuple[LineBox, ...] = ()
    ocr: bool = False
    ocr_confidence: float | None = None
    """The mean sureness of recognised words (0 to 1), None where none were."""
    notes: tuple[tuple[str, str], ...] = ()
    """What the reader repaired or left out: (warning code, detail)."""


class Cell(NamedTuple):
    """A cell's place in its table, all counted from 0; `width` and `height` are the columns and rows it covers."""

    table: int
    row: int
    column: int
    width: int = 1
    height: int = 1


class Line(msgspec.Struct, frozen=True):
    """One logical line of the cleaned text `[start, end)`: a paragraph, an item, a heading or (part of) a table cell.

    `bold_end` is where the bold run that opens the line ends (`== start` where none does), `level` the heading level
    that the format itself gives (0: none), `blank_before` whether an empty line stands above.
    """

    start: int
    end: int
    bold_end: int
    level: int = 0
    cell: Cell | None = None
    blank_before: bool = False
    page: int | None = None


class Slip(NamedTuple):
    """A slip of the scan or the typing at `[start, end)` of the cleaned text: `printed` stands there and was read as
    `read`, of as many characters; with a `doubt` (its name) it was left as it is."""

    start: int
    end: int
    printed: str
    read: str = ""
    doubt: str = ""


def _end_of(slip: Slip) -> int:
    return slip.end


class Text:
    """Cleaned text with its way back to the source.

    `offsets[i]` is the index in `source` of the character behind `clean[i]`, `offsets[len(clean)]` the source's end.
    Lines are in order, do not overlap, and are joined by one line feed in `clean`. `slips` are in order too: those that
    were certain are put right in `clean`. `notes` is what the reader and the cleaning repaired or left out, as in
    `Source.notes`. `key` is what `extractors.vietnamese.key_of` keeps here; ask that for it.
    """

    __slots__ = ("clean", "key", "lines", "notes", "offsets", "slips", "source")

    def __init__(
        self,
        source: str,
        clean: str,
        offsets: array[int],
        lines: Iterable[Line],
        slips: tuple[Slip, ...] = (),
        notes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.source = source
        self.clean = clean
        self.offsets = offsets
        self.lines = tuple(lines)
        self.slips = slips
        self.notes = notes
        self.key: str | None = None

    def __repr__(self) -> str:
        return f"Text({len(self.source)} -> {len(self.clean)} characters, {len(self.lines)} lines)"

    def printed(self, start: int, end: int) -> str:
        """The words of the cleaned span `[start, end)` as they stand, slips and all."""
        words = self.clean[start:end]
        at = bisect_right(self.slips, start, key=_end_of)
        while at < len(self.slips) and self.slips[at].start < end:
            slip = self.slips[at]
            if slip.read:
                first, last = max(slip.start, start), min(slip.end, end)
                stands = slip.printed[first - slip.start : last - slip.start]
                words = words[: first - start] + stands + words[last - start :]
            at += 1
        return words

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the cleaned span `[start, end)`; an empty span stays empty."""
        first = self.offsets[start]
        if end <= start:
            return first, first
        # The end is one past the last character's own place, not the next one's: marks between them stay outside.
        return first, self._last(end - 1)

    def _last(self, index: int) -> int:
        """One past the source characters behind `clean[index]`: combining marks that were composed belong to it."""
        begin = self.offsets[index]
        end = begin + 1
        source = self.source
        while end < len(source) and "\u0300" <= source[end] <= "\u036f":
            end += 1
        return end

    def line_text(self, line: Line) -> str:
        return self.clean[line.start : line.end]
