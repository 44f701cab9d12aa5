"""A text with its styles as it grows: what the readers of Word files and of web pages write into."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from models.text import CellRun, Page, StyleRun
from pipeline.readers.legacy import repaired

PAGE = "\f"  # a piece that stands for a page break; neither XML nor HTML text can hold the character itself


class Piece(NamedTuple):
    """Text of one look; PAGE for a page break."""

    text: str
    bold: bool


class Made(NamedTuple):
    """A finished text with its places; `encodings` names the old encodings that were converted."""

    text: str
    pages: tuple[Page, ...]
    styles: tuple[StyleRun, ...]
    cells: tuple[CellRun, ...]
    encodings: tuple[str, ...]


class StyledText:
    """The text as it grows, with what is known of its places."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.styles: list[StyleRun] = []
        self.cells: list[list[int]] = []  # as CellRun; lists, since a vertical merge adds to the height later on
        self.page = 1
        self._turns: list[int] = []  # where pages 2, 3, ... begin
        self._printed = 0  # the length when something was last printed

    def text(self) -> str:
        return "".join(self._parts)

    def add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
        if not text.isspace():
            self._printed = self.length

    def turn_page(self, page: int) -> int:
        """What follows stands on `page`; returns the page that it really is. A page that has begun already (in the
        cell beside) is not begun again, nor one on a page without text: Word marks a page break twice."""
        if page <= self.page:
            return page
        if self._turns and self._turns[-1] >= self._printed:
            return self.page
        self._turns.append(self.length)
        self.page += 1
        return self.page

    def made(self, encodings: Iterable[str] = ()) -> Made:
        """What was written. Words of an old encoding that no font told of are converted; `encodings` are those that
        were converted by their font."""
        text, pages, styles = self.text(), self.pages(), tuple(self.styles)
        cells = tuple(CellRun(*cell) for cell in self.cells)
        found = repaired(text)
        if found is None:
            return Made(text, pages, styles, cells, tuple(encodings))
        return Made(
            found.text,
            found.moved_runs(pages),
            found.moved_runs(styles),
            found.moved_runs(cells),
            tuple(dict.fromkeys((*encodings, found.encoding))),
        )

    def pages(self) -> tuple[Page, ...]:
        bounds = [0, *self._turns, self.length]
        return tuple(Page(index, start, end) for index, (start, end) in enumerate(pairwise(bounds), 1))

    def write(self, pieces: list[Piece], level: int, page: int) -> int:
        """Write one paragraph, without its line feed, that starts on `page`; returns the page that it ends on."""
        start = self.length
        for text, bold in pieces:
            if text == PAGE:
                page = self.turn_page(page + 1)
                continue
            here = self.length
            self.add(text)
            if bold and (bare := text.strip()):
                here += text.index(bare)
                self.styles.append(StyleRun(here, here + len(bare), "bold"))
        if level and self.length > start:
            self.styles.append(StyleRun(start, self.length, "heading", level))
        return page


def merged(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one look as one piece; a blank between two bold pieces is bold."""
    out: list[Piece] = []
    run: list[str] = []  # texts of one look, not yet in `out`
    looks = False
    following = _next_looks(pieces)
    for index, (text, bold) in enumerate(pieces):
        if text == PAGE:
            out.extend(_joined(run, looks))
            out.append(pieces[index])
            run = []
            continue
        if not bold and text.isspace() and "\n" not in text:
            before = looks if run else bool(out and out[-1].bold)
            bold = before and following[index]
        if run and looks != bold:
            out.extend(_joined(run, looks))
            run = []
        run.append(text)
        looks = bold
    out.extend(_joined(run, looks))
    return out


def _joined(run: list[str], bold: bool) -> list[Piece]:
    return [Piece("".join(run), bold)] if run else []


def _next_looks(pieces: list[Piece]) -> list[bool]:
    """For each piece whether the next one that is no page break is bold."""
    found = [False] * len(pieces)
    for index in range(len(pieces) - 2, -1, -1):
        text, bold = pieces[index + 1]
        found[index] = found[index + 1] if text == PAGE else bold
    return found


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without white space and line ends at a paragraph's two ends; page breaks stay."""
    out = list(pieces)
    for indices, strip in ((range(len(out)), str.lstrip), (range(len(out) - 1, -1, -1), str.rstrip)):
        for index in indices:
            if out[index].text == PAGE:
                continue
            text = strip(out[index].text)
            out[index] = Piece(text, out[index].bold)
            if text:
                break
    return [piece for piece in out if piece.text]
