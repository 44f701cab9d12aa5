"""Pages in reading order -> the text with its places: pages, character boxes, bold runs, table cells.

Lines stay as they are printed, one below the other; an empty line stands where a paragraph begins (by the gap above
it or its indented first line) and between blocks, and a "wrap" run marks the line ends that are proved to be inside a
paragraph. Page numbers and lines that repeat at the edge of the pages are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from models.text import CellRun, LineBox, Page, StyleRun
from pipeline.errors import UnreadableError
from pipeline.readers.base import Limits, check_characters
from pipeline.readers.pdf_layout import Block, Line, flow, line_of, rows_of, spaced, without_printed_stamps
from pipeline.readers.pdf_page import PageContent, Word
from pipeline.readers.pdf_tables import Grid, GridCell, find_grids, share_out

_PAGE_NUMBER = re.compile(
    r"[\s\-–—_]{0,6}(?:trang\s{0,3})?\d{1,4}(?:\s{0,3}/\s{0,3}\d{1,4})?[\s\-–—_.]{0,6}", re.IGNORECASE
)
_NUMBER_ZONE = 0.12  # of the page's height at both ends: where page numbers stand
_EDGE_ZONE = 0.075  # where headers and footers stand: Nghị định 30/2020/NĐ-CP keeps 20 mm of 297 free for them
_LEAST_REPEATS = 3
_NEW_PARAGRAPH = 1.15  # a step between lines larger than the usual one by this is a gap between paragraphs
_INDENT = (12.0, 75.0)  # points: how far the first line of a paragraph is set in
_MARKER = re.compile(
    r"[-+*•–▪○➢✓]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđ])[.)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s"
)
_NEAR = 3.0  # points: lines that start as near to each other start at one place
_HANGING = 45.0  # points: how far the text of a bullet hangs in from its sign
_PADDING = 10.8  # points: what a cell keeps free at its two sides together, by Word's default
_SAME_COLUMNS = 4.0  # points: a table goes on over the page if its columns are as wide as they were
_LEAST_HEAD = 20  # letters of a table's head that are compared loosely
_SAME_HEAD = 0.9
_MOST_REPEATED_ROWS = 3  # rows of a table's head that are printed again on each page


class TableBlock(NamedTuple):
    """A table on a page with the lines of each cell."""

    grid: Grid
    cells: tuple[tuple[GridCell, tuple[Line, ...]], ...]


class PageLayout(NamedTuple):
    """A page in reading order; `stamps` what was left out of it as a signature's stamp."""

    number: int
    width: float
    height: float
    blocks: tuple[Block | TableBlock, ...]
    stamps: list[str]
    turned: bool


class Margins(NamedTuple):
    """Where the lines of the running text start and end."""

    left: float
    right: float


class Assembled(NamedTuple):
    """The text and what is known of its places."""

    text: str
    pages: tuple[Page, ...]
    styles: tuple[StyleRun, ...]
    cells: tuple[CellRun, ...]
    line_boxes: tuple[LineBox, ...]
    running: tuple[str, ...]  # headers and footers that were left out


def lay_out(page: PageContent) -> PageLayout:
    """Bring a page's words into reading order, its tables between what stands above and below them."""
    words, printed = without_printed_stamps(page.words)
    blocks: list[Block | TableBlock] = []
    for grid in find_grids(page.horizontal, page.vertical):
        inside = [word for word in words if grid.holds(word)]
        if not inside:
            continue
        above = [word for word in words if word.base < grid.ys[-1] and not grid.holds(word)]
        blocks.extend(flow(above))
        shares = share_out(grid, inside)
        blocks.append(
            TableBlock(grid, tuple((cell, tuple(map(line_of, rows_of(shares[cell])))) for cell in grid.cells))
        )
        gone = {id(word) for word in (*above, *inside)}
        words = [word for word in words if id(word) not in gone]
    blocks.extend(flow(words))
    return PageLayout(page.number, page.width, page.height, tuple(blocks), page.stamps + printed, page.turned)


def assemble(pages: list[PageLayout]) -> Assembled:
    """The text of all pages."""
    gone, running = _edges(pages)
    kept = [
        page._replace(blocks=tuple(block for block in (_without(block, gone) for block in page.blocks) if block))
        for page in pages
    ]
    return _Writer(kept).write(running)


def text_of(pages: dict[int, PageLayout], path: str, limits: Limits) -> Assembled:
    """The text of pages by number. Raises UnreadableError where it is too long, or no page has a letter."""
    made = assemble([pages[number] for number in sorted(pages)])
    check_characters(len(made.text), path, limits)
    if not any(map(str.isalpha, made.text)):
        raise UnreadableError("no_text_on_pages", path)
    return made


def _without(block: Block | TableBlock, gone: set[int]) -> Block | TableBlock:
    if isinstance(block, TableBlock):
        return block
    return [line for line in block if id(line) not in gone]


# --- the edges of pages -------------------------------------------------------------------------------------------


def _edges(pages: list[PageLayout]) -> tuple[set[int], tuple[str, ...]]:
    """The lines that are page numbers, headers or footers (by identity), and the words of the latter."""
    gone: set[int] = set()
    where: dict[tuple[str, int], list[Line]] = {}
    for page in pages:
        lines = sorted(lines_of(page), key=lambda line: line.base)
        for line in (*lines[:1], *lines[-1:]):
            middle = (line.top + line.bottom) / 2
            outer = middle < _NUMBER_ZONE * page.height or middle > (1 - _NUMBER_ZONE) * page.height
            if outer and _PAGE_NUMBER.fullmatch(line.text):
                gone.add(id(line))
        for line in lines:
            middle = (line.top + line.bottom) / 2
            if middle < _EDGE_ZONE * page.height or middle > (1 - _EDGE_ZONE) * page.height:
                where.setdefault((re.sub(r"\d+", "#", line.text), round(line.base / 6)), []).append(line)
    running: dict[str, None] = {}
    for (text, _), lines in where.items():
        if len(lines) >= max(_LEAST_REPEATS, len(pages) // 2):
            gone.update(map(id, lines))
            if not _PAGE_NUMBER.fullmatch(text.replace("#", "1")):
                running[lines[0].text] = None
    return gone, tuple(running)


def lines_of(page: PageLayout) -> Iterator[Line]:
    """The lines of a page outside its tables."""
    for block in page.blocks:
        if not isinstance(block, TableBlock):
            yield from block


# --- writing ------------------------------------------------------------------------------------------------------


class _Writer:
    """Puts lines and tables one after the other and keeps their places."""

    def __init__(self, pages: list[PageLayout]) -> None:
        self._pages = pages
        self._step = _usual_step(pages)
        self._margins = _margins(pages)
        self._certain = _parts_paragraphs(pages, self._margins, self._step)
        self._parts: list[str] = []
        self._length = 0
        self._styles: list[StyleRun] = []
        self._cells: list[CellRun] = []
        self._boxes: list[LineBox] = []
        self._tables = 0
        self._open: _OpenTable | None = None  # the table that ended the page before
        self._last: Line | None = None  # the line that ended the page before, outside tables

    def write(self, running: tuple[str, ...]) -> Assembled:
        spans: list[Page] = []
        for page in self._pages:
            start = self._length
            self._page(page)
            spans.append(Page(page.number, start, self._length))
        return Assembled(
            "".join(self._parts),
            tuple(spans),
            tuple(self._styles),
            tuple(self._cells),
            tuple(self._boxes),
            running,
        )

    def _page(self, page: PageLayout) -> None:
        number = 0 if page.turned else page.number
        margin = self._margins[round(page.width)]
        for index, block in enumerate(page.blocks):
            if index:
                self._add("\n")
            if isinstance(block, TableBlock):
                self._table(block, number, continued=index == 0, last=index == len(page.blocks) - 1)
                self._last = None
                continue
            self._open = None
            above = self._last if index == 0 else None
            for line_index, line in enumerate(block):
                if line_index and above is not None and _parted(above, line, margin, self._step):
                    self._add("\n")
                elif above is not None and _wrapped(above, line, margin, self._certain):
                    self._styles.append(StyleRun(self._length - 1, self._length, "wrap"))
                self._line(line, number)
                self._add("\n")
                above = line
            self._last = above

    def _line(self, line: Line, page: int) -> None:
        """Write one line; `page` 0 for a page whose places are not known."""
        start = self._length
        edges: list[float] = []
        reach = line.x0  # the right edge of what is written
        bold = -1
        for text, word in spaced(line.words):
            blank = len(text) - len(word.text)
            if blank:
                edges.append(reach)
            if word.bold and bold < 0:
                bold = self._length + blank
            elif not word.bold and bold >= 0:
                self._styles.append(StyleRun(bold, self._length, "bold"))
                bold = -1
            edges.extend(word.edges[:-1])
            reach = word.x1
            self._add(text)
        if bold >= 0:
            self._styles.append(StyleRun(bold, self._length, "bold"))
        if page and edges:  # edges never go back, whatever the letters' boxes say
            self._boxes.append(
                LineBox(start, self._length, page, line.top, line.bottom, tuple(accumulate([*edges, reach], max)))
            )

    def _table(self, block: TableBlock, page: int, continued: bool, last: bool) -> None:
        """Write a table, one line a row; one that goes on from the page before keeps its number and counts on."""
        rows: dict[int, list[tuple[GridCell, tuple[Line, ...]]]] = {}
        for cell, lines in block.cells:
            rows.setdefault(cell.row, []).append((cell, lines))
        above = self._open if continued else None
        if above is None or not above.goes_on(block.grid):
            above = None
        heads = [tuple(" ".join(line.text for line in lines) for _, lines in row) for _, row in sorted(rows.items())]
        skip = _repeated(above.heads, heads) if above is not None else 0
        table, first = (above.table, above.rows) if above is not None else (self._tables, 0)
        self._tables += above is None
        for number, row in sorted(rows.items()):
            if number < skip:
                continue
            for index, (cell, lines) in enumerate(row):
                if index:
                    self._add("\t")
                start = self._length
                for line_index, line in enumerate(lines):
                    if line_index:
                        self._add("\n")
                        if _wrapped_in_cell(lines[line_index - 1], line, cell):
                            self._styles.append(StyleRun(self._length - 1, self._length, "wrap"))
                    self._line(line, page)
                at = first + number - skip
                self._cells.append(CellRun(start, self._length, table, at, cell.column, cell.width, cell.height))
            self._add("\n")
        count = first + len(block.grid.ys) - 1 - skip
        kept = above.heads if above is not None else heads[:_MOST_REPEATED_ROWS]
        self._open = _OpenTable(table, count, block.grid.xs, kept) if last else None

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


class _OpenTable(NamedTuple):
    """A table at the foot of a page: its number, its rows so far, its columns and its first rows' words."""

    table: int
    rows: int
    xs: tuple[float, ...]
    heads: list[tuple[str, ...]]

    def goes_on(self, grid: Grid) -> bool:
        """Whether a table at the head of the next page is this one. Pages are not scanned at one place: the columns
        are measured from the first."""
        return len(grid.xs) == len(self.xs) and all(
            abs((a - grid.xs[0]) - (b - self.xs[0])) <= _SAME_COLUMNS for a, b in zip(grid.xs, self.xs, strict=True)
        )


def _repeated(heads: list[tuple[str, ...]], rows: list[tuple[str, ...]]) -> int:
    """How many rows at the head of a page repeat the table's own first rows."""
    count = 0
    while count < min(len(heads), len(rows)) and any(rows[count]) and _same_row(heads[count], rows[count]):
        count += 1
    return count


def _same_row(head: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """Whether two rows have the same words, but for what recognition makes of a stroke."""
    if head == row:
        return True
    one, other = ("\t".join(cells) for cells in (head, row))
    if min(len(one), len(other)) < _LEAST_HEAD or len(head) != len(row) or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _SAME_HEAD


def _usual_step(pages: list[PageLayout]) -> float:
    """How far apart the document's lines stand, in heights of a line: the commonest step, since most lines are
    wrapped ones; of two that are nearly as common the smaller."""
    steps: dict[int, list[float]] = {}
    for page in pages:
        for block in page.blocks:
            if not isinstance(block, TableBlock):
                for above, line in pairwise(block):
                    step = (line.base - above.base) / max(line.height, above.height)
                    if 0.9 <= step <= 3:
                        steps.setdefault(round(step * 10), []).append(step)
    most = max(map(len, steps.values()), default=0)
    common = [key for key, found in steps.items() if len(found) * 10 >= 6 * most]
    return median(steps[min(common)]) if common else 1.4


def _margins(pages: list[PageLayout]) -> dict[int, Margins]:
    """The margins of the running text, by the pages' width (upright and sideways pages have their own)."""
    lines: dict[int, list[Line]] = {}
    for page in pages:
        lines.setdefault(round(page.width), []).extend(lines_of(page))
    found: dict[int, Margins] = {}
    for width, here in lines.items():
        starts: Counter[int] = Counter(round(line.x0) for line in here)
        left = max(starts, key=lambda x: (starts[x], -x), default=0)
        at_left = [line for line in here if abs(line.x0 - left) <= _NEAR]
        ends: Counter[int] = Counter(round(line.x1) for line in at_left)
        most = max(ends, key=lambda x: (ends[x], x), default=width)
        justified = ends[most] * 5 >= len(at_left)
        found[width] = Margins(left, most if justified else max(ends, default=width))
    return found


def _parts_paragraphs(pages: list[PageLayout], margins: dict[int, Margins], step: float) -> bool:
    """Whether this document sets paragraphs apart at all, by indents or gaps."""
    lines = parted = 0
    for page in pages:
        margin = margins[round(page.width)]
        for block in page.blocks:
            if not isinstance(block, TableBlock):
                lines += len(block)
                parted += sum(_parted(above, line, margin, step) for above, line in pairwise(block))
    return parted * 12 >= lines


def _parted(above: Line, line: Line, margin: Margins, step: float) -> bool:
    """Whether a paragraph begins at `line`: it stands farther below than lines do, or is set in from the margin that
    the line above starts at (which then is no bullet whose text hangs)."""
    if (line.base - above.base) / max(line.height, above.height) > step * _NEW_PARAGRAPH:
        return True
    low, high = _INDENT
    at_margin = abs(above.x0 - margin.left) <= _NEAR and low <= line.x0 - margin.left <= high
    return at_margin and not _MARKER.match(above.text)


def _wrapped(above: Line, line: Line, margin: Margins, certain: bool) -> bool:
    """Whether `line` goes on with the paragraph of the line above, as their places prove: its first word had no room
    left up there, and it starts where lines that go on start. `certain`: paragraphs are set apart in this document,
    so that a line after a full stop may go on too."""
    low = margin.left - _NEAR
    if not (low <= above.x0 <= margin.left + _INDENT[1]) or margin.right - above.x1 >= _needed(line):
        return False
    hanging = bool(_MARKER.match(above.text)) and 0 < line.x0 - above.x0 <= _HANGING
    if not (abs(line.x0 - margin.left) <= _NEAR or abs(line.x0 - above.x0) <= _NEAR or hanging):
        return False
    return _goes_on(above, line, certain)


def _wrapped_in_cell(above: Line, line: Line, cell: GridCell) -> bool:
    """The same inside a cell, however its text is aligned."""
    room = cell.x1 - cell.x0 - _PADDING - (above.x1 - above.x0)
    return room < _needed(line) and _goes_on(above, line, certain=False)


def _goes_on(above: Line, line: Line, certain: bool) -> bool:
    """Whether the words of two lines may belong to one paragraph."""
    if _MARKER.match(line.text) or above.text.isupper() != line.text.isupper():
        return False
    return certain or not above.text.endswith((".", ";", ":", "!", "?")) or line.text[:1].islower()


def _needed(line: Line) -> float:
    """The room that the first word of a line takes at the end of another."""
    return line.words[0].x1 - line.words[0].x0 + 0.2 * line.height


def all_words(page: PageLayout) -> Iterator[Word]:
    """Every word of a page, those in tables too."""
    for block in page.blocks:
        if isinstance(block, TableBlock):
            for _, lines in block.cells:
                for line in lines:
                    yield from line.words
        else:
            for line in block:
                yield from line.words
