"""Source -> Text: the cleaned text with its map back to every offset of the source.

What is cleaned, and why the rest is left as printed:

1. Characters: composed to NFC; odd spaces, dashes and full-width forms made plain; `Ð` (eth) made `Đ`; invisible
   characters dropped; runs of spaces made one. Letters are never "corrected" here: that would hide doubt.
2. Marks: Markdown's emphasis, headings, escapes, rules and tables are taken off in plain text (real plans are often
   published as the Markdown of a converter), and kept as `Line.bold_end`, `Line.level`, `Line.cell`.
3. Lines: a sentence that a converter wrapped at eighty columns, or that a page break cut, comes out on one line.

The work is one pass over the physical lines; each is looked at once, so it is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from models.text import Cell, Line, Source, Text
from pipeline.columns import two_columns

# --- characters ---------------------------------------------------------------------------------------------------

_SINGLE = {
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
    **dict.fromkeys("\u3000\t\v\f\x1c\x1d\x1e\x1f\x85", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff\u2060\x00", ""),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if i != 0x0C},
    "\u00d0": "Đ",
    "\uf0b7": "-",  # the bullet of Word's Symbol font
    "\u2022": "-",
    "\u25cf": "-",
    "\u25aa": "-",
}
# One alternative per kind of spot; everything between two spots is copied as it is.
_SPOT = re.compile(
    r"(?P<compose>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<single>[" + "".join(map(re.escape, _SINGLE)) + r"])"
    r"|(?P<space>  +)"
    r"|(?P<stars>\*+)"
    r"|(?P<escape>\\[*_#|\-+.()\[\]>!`~])"
    r"|(?P<break><br ?/?>)"
    r"|(?P<entity>&(?:nbsp|amp|lt|gt|quot);)"
)
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}

# --- lines --------------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\u2028\u2029]*(?:\r\n|\n|\r|\u2028|\u2029|\Z)")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|(?=[*\d])|$)")
_RULE = re.compile(r"[\s*_=|:.\-\u2010-\u2015]*[*_=\-\u2010-\u2015]{2,}[\s*_=|:\-\u2010-\u2015]*|[\s*_]+")
_PAGE_NUMBER = re.compile(r"-{0,3} ?(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})? ?-{0,3}|-+ ?page break ?-+", re.IGNORECASE)
_MARKER = re.compile(
    r"[-+*•] ?(?=\S)|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ]{1,2})[.)](?:\s|$)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|Biểu|BIỂU|Mẫu|MẪU) (?:số )?(?:\d|[IVXL]+\b|thứ )"
    r"|Căn cứ |Nơi nhận ?:|Kính gửi ?:"
)
_OPEN_END = re.compile(
    r"(?:,|\(|-|/|\b(?:và|hoặc|của|các|những|với|theo|tại|số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|về|cho|từ|đến|do))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|phụ lục|biểu|bảng|mẫu)$", re.IGNORECASE
)
_RANGE_TAIL = re.compile(r"- ?\d{4}\b")
_LEADING_MARKS = " \t*#\\|>_“\"'("
_TERMINAL = (".", ";", ":", "!", "?", "…", "./.")


class _Physical(NamedTuple):
    """One line of the source after its characters were cleaned: where it stands in the cleaned buffer's parts."""

    text: str
    offsets: array[int]
    bold: tuple[tuple[int, int], ...]  # runs within `text`
    open_mark: bool  # bold or italics still open at its end
    level: int
    cell: Cell | None


class _Habit(NamedTuple):
    """How the document breaks its lines: `wrapped` in mid-sentence, at `width` characters or so; `spaced` when
    paragraphs are set apart by empty lines."""

    wrapped: bool
    spaced: bool
    width: int


def clean(source: Source) -> Text:
    """Clean a source. The result's offsets point into `source.text` as it stands."""
    text = source.text
    habit = _habit(text)
    out = _Assembler(text)
    lines = _styled_lines(source) if source.cells else _plain_lines(text)
    state = _Marks(enabled=source.markup == "text")
    previous: _Physical | None = None
    opening: str = ""  # the text that opens the logical line that `previous` belongs to
    gap = False
    for start, end, cell, fresh_cell in lines:
        if start == end:
            gap = True
            state.reset()
            continue
        if fresh_cell:
            state.reset()
        for line in _physical(text, start, end, cell, state):
            if not line.text or (cell and _RULE.fullmatch(line.text)):
                gap = True
                continue
            if cell is None and _PAGE_NUMBER.fullmatch(line.text) and _alone(text, start, end):
                continue
            if previous is not None and not fresh_cell and _continues(previous, opening, line, gap, habit):
                out.extend(line, start)
            else:
                out.begin(line, gap)
                opening = line.text
            previous, gap, fresh_cell = line, False, False
    return out.finish(source)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a line has an empty line (or the text's edge) above and below: only then a bare number is a page's."""
    before = text[max(0, start - 4) : start]
    after = text[end : end + 4]
    return (start == 0 or before.count("\n") >= 2 or "\f" in before) and (not after or after.count("\n") >= 2)


def _habit(text: str) -> _Habit:
    """Look at neighbouring lines: how often does one go on in lower case, and do empty lines part the items?"""
    low = pairs = items = parted = 0
    widths: list[int] = []
    above = ""
    for raw in text.split("\n"):
        line = raw.strip()
        if not line or line == "|" or "\t" in line:
            above = ""
            continue
        widths.append(len(line))
        bare = line.lstrip(_LEADING_MARKS)
        if _MARKER.match(bare) or line[0] in "-+":
            items += 1
            parted += not above
        elif above:
            pairs += 1
            low += bare[:1].islower()
        above = line
    width = sorted(widths)[int(len(widths) * 0.9)] if widths else 0
    return _Habit(low >= 3 and low * 4 >= pairs, items == 0 or parted * 5 >= items * 3, width)


# --- from source to physical lines --------------------------------------------------------------------------------


def _plain_lines(text: str) -> Iterator[tuple[int, int, Cell | None, bool]]:
    """Physical lines of a plain text with the table cell that each stands in: (start, end, cell, first of its cell).

    Three kinds of tables occur: Markdown rows `| a | b |`, cells set apart by lines that hold a single `|` (a web
    page's tables turned to Markdown), and rows of tab-separated values.
    """
    spans = [(m.start(), _body_end(text, m)) for m in _LINE.finditer(text) if m.start() < len(text)]
    columns = two_columns(text, spans)
    barred = _barred_cells([text[a:b].strip() for a, b in spans]) if "|" in text else {}
    table = max((cell.table for cell in barred.values()), default=-1)
    row = 0
    inside = ""  # "", "pipes" or "tabs"
    previous: Cell | None = None
    for index, (start, end) in enumerate(spans):
        if index in columns:
            table, inside = table + 1, ""
            for side, column_lines in enumerate(columns[index]):
                for place, (cell_start, cell_end) in enumerate(column_lines):
                    yield cell_start, cell_end, Cell(table, 0, side), place == 0
            continue
        if index in columns.inner:
            continue
        raw = text[start:end]
        bare = raw.strip()
        if bare == "|":
            inside, previous = "", None
            continue
        if index in barred:
            cell = barred[index]
            yield (start, end, cell, cell != previous) if bare else (start, start, None, False)
            previous = cell if bare else previous
            continue
        if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
            if inside != "pipes":
                table, row, inside = table + 1, -1, "pipes"
            if _RULE.fullmatch(bare):
                continue
            row += 1
            for column, (cell_start, cell_end) in enumerate(_pipe_cells(text, start, end)):
                if cell_start < cell_end:
                    yield cell_start, cell_end, Cell(table, row, column), True
            continue
        if "\t" in bare:
            if inside != "tabs":
                table, row, inside = table + 1, -1, "tabs"
            row += 1
            position = start
            for column, part in enumerate(raw.split("\t")):
                if part.strip():
                    yield position, position + len(part), Cell(table, row, column), True
                position += len(part) + 1
            continue
        if not bare or _RULE.fullmatch(bare):
            inside = ""
            yield start, start, None, False
            continue
        if inside == "tabs" and index + 1 < len(spans) and "\t" in text[slice(*spans[index + 1])]:
            row += 1  # a row of one cell among rows of several
            yield start, end, Cell(table, row, 0), True
            continue
        was_table, inside = bool(inside), ""
        yield start, end, None, was_table


_OUTSIDE = re.compile(r"[*#\s]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|PHỤ LỤC|CHƯƠNG TRÌNH|THÔNG BÁO|CHỈ THỊ|Phụ lục|Kính gửi)\b")
_ORDINAL = re.compile(r"[*\s]*(\d{1,3}|[IVXL]{1,5}|[A-Za-zđĐ])[.)]?[*\s]*")
_LONGEST_CELL = 40  # lines; a web page's cell is shorter, the text between two tables is longer


def _barred_cells(lines: list[str]) -> dict[int, Cell]:
    """The cell of each line in tables whose cells are set apart by lines of one bar.

    A row of k cells has k + 1 bars, and the next row opens with a bar of its own, so an empty cell and the end of a
    row look alike; the width of the rows above and a row's running number tell them apart.
    """
    bars = [i for i, line in enumerate(lines) if line == "|"]
    found: dict[int, Cell] = {}
    table = -1
    row = column = width = 0  # `column`: cells of this row that are behind us
    stt = 0  # the running number of the last row that had one
    inside = False
    at = 0
    while at < len(bars):
        here = bars[at]
        following = bars[at + 1] if at + 1 < len(bars) else len(lines)
        if not inside:
            table, row, column, width, inside, stt = table + 1, 0, 0, 0, True, 0
        block = range(here + 1, following)
        content = [i for i in block if lines[i]]
        if content:
            gap = content[0] != here + 1 or bool(_RULE.fullmatch(lines[content[0]]))
            full = bool(width) and column >= width
            if (
                following == len(lines)
                or gap
                or len(content) > _LONGEST_CELL
                or _OUTSIDE.match(lines[content[0]])
                or (full and len(content) < len(block))
            ):
                inside = False
            else:
                found.update(dict.fromkeys(block, Cell(table, row, column)))
                if column == 0 and (number := _ORDINAL.fullmatch(lines[content[0]])) and number[1].isdigit():
                    stt = int(number[1])
                column += 1
            at += 1
            continue
        if len(block):  # empty lines between two bars: one table ends, another begins
            inside = False
            at += 1
            continue
        run = 1  # bars in a row
        while at + run < len(bars) and bars[at + run] == here + run:
            run += 1
        after = lines[here + run] if here + run < len(lines) else ""
        missing = max(width - column, 0)
        spare = run - 2  # empty cells, if the row ends within this run
        if spare >= missing and _runs_on(after, stt):
            width = max(width, column + spare)  # the header was narrower than the rows: its cells span several columns
            row, column = row + 1, 0
        elif not width or spare >= missing or _opens_row(after, stt, column):
            width = max(width, column)
            row, column = row + 1, max(spare - missing, 0)
        else:
            column += run - 1
        at += max(run - 1, 1)
    return found


def _runs_on(line: str, stt: int) -> bool:
    """Whether the line is the running number that comes after `stt`."""
    number = _ORDINAL.fullmatch(line)
    return bool(number and number[1].isdigit() and int(number[1]) == stt + 1)


def _opens_row(line: str, stt: int, column: int) -> bool:
    """Whether the words after empty cells look like the running number of a new row."""
    number = _ORDINAL.fullmatch(line)
    if not number:
        return column == 1 and line.startswith("**")
    if number[1].isdigit():
        return int(number[1]) == 1 or _runs_on(line, stt)
    return True


def _body_end(text: str, match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and text[end - 1] in "\r\n\u2028\u2029":
        end -= 1
    return end


def _pipe_cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells between the bars of a Markdown row, as source spans without outer space."""
    first = text.index("|", start) + 1
    position = first
    while position < end:
        close = position
        while close < end and not (text[close] == "|" and text[close - 1] != "\\"):
            close += 1
        if close >= end and not text[position:close].strip():
            return
        left, right = position, close
        while left < right and text[left] in " \t":
            left += 1
        while right > left and text[right - 1] in " \t":
            right -= 1
        yield left, right
        position = close + 1


def _styled_lines(source: Source) -> Iterator[tuple[int, int, Cell | None, bool]]:
    """Physical lines of a styled source; its reader said where the cells are."""
    text = source.text
    cells = sorted(source.cells)
    starts = [cell.start for cell in cells]
    previous: Cell | None = None
    for match in _LINE.finditer(text):
        start, end = match.start(), _body_end(text, match)
        if start >= len(text):
            break
        position = start
        while position < end:  # one physical line may hold several cells, set apart by tabs
            index = bisect_right(starts, position) - 1
            cell: Cell | None = None
            stop = end
            if index >= 0 and position < cells[index].end:
                run = cells[index]
                cell = Cell(run.table, run.row, run.column, run.width, run.height)
                stop = min(end, run.end)
            elif index + 1 < len(cells):
                stop = min(end, cells[index + 1].start)
            if text[position:stop].strip():
                yield position, stop, cell, cell != previous
                previous = cell
            position = max(stop, position + 1)
        if not text[start:end].strip():
            yield start, start, None, False


class _Marks:
    """Whether bold or italics are open at this point of a Markdown text."""

    __slots__ = ("bold", "enabled", "italic")

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self.bold = self.italic = False

    def reset(self) -> None:
        self.bold = self.italic = False

    @property
    def open(self) -> bool:
        return self.bold or self.italic


def _physical(text: str, start: int, end: int, cell: Cell | None, state: _Marks) -> Iterator[_Physical]:
    """Clean the characters of `text[start:end]`; yields one line, more where `<br>` breaks it."""
    level = 0
    if state.enabled and (heading := _HEADING.match(text, start, end)):
        level = len(heading.group(1))
        start = heading.end()
        state.reset()
    parts: list[str] = []
    offsets: array[int] = array("I")
    bold: list[tuple[int, int]] = []
    length = 0
    bold_from = 0 if state.bold else -1

    def add(piece: str, first: int, last: int, each: bool) -> None:
        """Append cleaned characters; `each` when they stand one to one for source characters."""
        nonlocal length
        if piece[:1] == " " and (length == 0 or parts[-1][-1] == " "):
            piece, first = piece[1:], first + 1
        if not piece:
            return
        parts.append(piece)
        offsets.extend(range(first, last) if each else [first] * len(piece))
        length += len(piece)

    def take() -> _Physical:
        nonlocal parts, offsets, bold, length, bold_from
        if bold_from >= 0 and length > bold_from:
            bold.append((bold_from, length))
        joined = "".join(parts).rstrip(" ")
        line = _Physical(joined, offsets[: len(joined)], tuple(bold), state.open, level, cell)
        parts, offsets, bold, length, bold_from = [], array("I"), [], 0, 0 if state.bold else -1
        return line

    position = start
    for spot in _SPOT.finditer(text, start, end):
        begin, stop = spot.span()
        if position < begin:
            add(text[position:begin], position, begin, each=True)
        position = stop
        kind = spot.lastgroup
        value = spot.group()
        if kind == "single":
            add(_SINGLE[value], begin, stop, each=False)
        elif kind == "space":
            add(" ", begin, stop, each=False)
        elif kind == "compose":
            add(unicodedata.normalize("NFC", value), begin, stop, each=False)
        elif kind == "entity" and state.enabled:
            add(_ENTITIES[value], begin, stop, each=False)
        elif kind == "escape" and state.enabled:
            add(value[1], begin + 1, stop, each=True)
        elif kind == "break" and state.enabled:
            yield take()
        elif kind == "stars" and state.enabled and not _literal_star(text, begin, stop, start, end):
            if (len(value) // 2) % 2:
                state.bold = not state.bold
                if state.bold:
                    bold_from = length
                elif bold_from >= 0:
                    if length > bold_from:
                        bold.append((bold_from, length))
                    bold_from = -1
            if len(value) % 2:
                state.italic = not state.italic
        else:
            add(value, begin, stop, each=True)
    if position < end:
        add(text[position:end], position, end, each=True)
    yield take()


def _literal_star(text: str, begin: int, stop: int, start: int, end: int) -> bool:
    """A star that is printed: a bullet ("* Lưu ý"), a note's sign ("(*)"), a product ("3 * 4")."""
    if stop - begin != 1:
        return False
    before = text[begin - 1] if begin > start else ""
    after = text[stop] if stop < end else ""
    if before == "(" and after == ")":
        return True
    return after in (" ", "\t", "\u00a0") and not text[start:begin].strip(" \t#") and bool(text[stop:end].strip(" *_"))


# --- from physical to logical lines -------------------------------------------------------------------------------


def _continues(previous: _Physical, opening: str, line: _Physical, gap: bool, habit: _Habit) -> bool:
    """Whether `line` goes on with the sentence (or title) that `previous` left open."""
    if line.level or (previous.level and gap) or previous.cell != line.cell:
        return False
    above, here = previous.text, line.text
    first = here[0]
    counted = bool(_COUNTED.search(above))
    if _RANGE_TAIL.match(here) and above[-1:].isdigit():
        return True  # "giai đoạn 2021⏎- 2030": a dash between years is no bullet
    if _MARKER.match(here):
        bullet = first in "-+*" and not (here[1:].lstrip()[:1].islower() and habit.wrapped and not gap)
        if not (counted and first.isdigit()) and not (counted and first in "IVXL") and (bullet or first not in "-+*"):
            return False
    if gap:
        return _over_gap(previous, opening, line)
    if previous.open_mark:
        return True
    if first in "([" and not above.endswith(_TERMINAL) and habit.wrapped:
        return not here.endswith(")") or len(above) >= 60 or opening[:1] in "-+"
    if line.cell is not None or not habit.wrapped:
        return _in_column(previous, opening, line, habit)
    if not (first.islower() or above.endswith(",")) and (
        _plain_caps(above) != _plain_caps(here) or (_whole_bold(previous) and not line.bold)
    ):
        return False
    if habit.spaced:
        return True
    if above.endswith(_TERMINAL):
        return first.islower() and not above.endswith((";", ":"))
    return first.islower() or len(above) * 10 >= habit.width * 7 or bool(_OPEN_END.search(above))


def _over_gap(previous: _Physical, opening: str, line: _Physical) -> bool:
    """An empty line between: only a sentence cut by a page break goes on (or a bold title cut by a converter)."""
    above, here = previous.text, line.text
    if above.endswith(_TERMINAL) or previous.cell is not None:
        return False
    if _whole_bold(previous) and _whole_bold(line):
        return bool(_MARKER.match(opening)) and len(above) >= 40 and not here.isupper() and here[0].isalpha()
    if _whole_bold(previous):
        return False  # a title, not an open sentence
    if here[0].islower():
        return len(above) >= 40 or opening[:1] in "-+"
    return bool(_OPEN_END.search(above)) and len(above) >= 40 and here[0].isalpha()


def _in_column(previous: _Physical, opening: str, line: _Physical, habit: _Habit) -> bool:
    """Inside a cell, or in a text whose lines are paragraphs: join what clearly belongs together."""
    above, here = previous.text, line.text
    if above.endswith(_TERMINAL):
        return False
    if line.cell is None:
        return (here[0].islower() and len(above) >= 40) or (bool(_COUNTED.search(above)) and len(above) >= 25)
    if here[0].islower() or _OPEN_END.search(above):
        return True
    if opening[:1] in "-+":
        return True
    same_style = bool(previous.bold) == bool(line.bold)
    return habit.wrapped and same_style and not (_plain_caps(above) or _plain_caps(here)) and len(above) >= 8


def _plain_caps(text: str) -> bool:
    return text.isupper()


def _whole_bold(line: _Physical) -> bool:
    return bool(line.bold) and line.bold[0][0] == 0 and line.bold[-1][1] >= len(line.text)


class _Assembler:
    """Collects logical lines into the cleaned buffer."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._offsets: array[int] = array("I")
        self._length = 0
        self._lines: list[tuple[int, int, list[tuple[int, int]], int, Cell | None, bool]] = []

    def begin(self, line: _Physical, gap: bool) -> None:
        if self._lines:
            self._append("\n", array("I", [max(line.offsets[0] - 1, 0)]))
        start = self._length
        self._append(line.text, line.offsets)
        runs = [(start + a, start + b) for a, b in line.bold]
        self._lines.append((start, self._length, runs, line.level, line.cell, gap))

    def extend(self, line: _Physical, source_start: int) -> None:
        start, _, runs, level, cell, gap = self._lines[-1]
        self._append(" ", array("I", [max(source_start - 1, 0)]))
        base = self._length
        self._append(line.text, line.offsets)
        runs.extend((base + a, base + b) for a, b in line.bold)
        self._lines[-1] = (start, self._length, runs, level, cell, gap)

    def _append(self, piece: str, offsets: array[int]) -> None:
        self._parts.append(piece)
        self._offsets.extend(offsets)
        self._length += len(piece)

    def finish(self, source: Source) -> Text:
        clean_text = "".join(self._parts)
        self._offsets.append(len(self._source))
        bold_runs = [(run.start, run.end) for run in source.styles if run.kind == "bold"]
        heading_starts = {run.start: run.level for run in source.styles if run.kind == "heading"}
        headings = sorted(heading_starts)
        page_starts = [page.start for page in source.pages]
        lines: list[Line] = []
        for start, end, runs, level, cell, gap in self._lines:
            first, last = self._offsets[start], self._offsets[end - 1] + 1
            if bold_runs:
                runs = self._clean_runs(bold_runs, start, end, first, last)
            if headings and not level:
                at = bisect_right(headings, last - 1) - 1
                if at >= 0 and headings[at] >= first:
                    level = heading_starts[headings[at]]
            page = source.pages[bisect_right(page_starts, first) - 1].number if page_starts else None
            lines.append(Line(start, end, _opening_bold(clean_text, start, end, runs), level, cell, gap, page))
        return Text(self._source, clean_text, self._offsets, lines)

    def _clean_runs(
        self, bold: list[tuple[int, int]], start: int, end: int, first: int, last: int
    ) -> list[tuple[int, int]]:
        """The styled source's bold runs within one line, as cleaned offsets."""
        found: list[tuple[int, int]] = []
        index = max(bisect_right(bold, (first, 0)) - 1, 0)
        while index < len(bold) and bold[index][0] < last:
            a, b = bold[index]
            if b > first:
                left = bisect_right(self._offsets, max(a, first) - 1, start, end)
                right = bisect_right(self._offsets, min(b, last) - 1, start, end)
                if left < right:
                    found.append((left, right))
            index += 1
        return found


def _opening_bold(text: str, start: int, end: int, runs: list[tuple[int, int]]) -> int:
    """Where the bold that opens a line ends; a gap of mere points and spaces between two runs counts as bold."""
    reach = start
    for begin, stop in runs:
        if text[reach:begin].strip(" .:;,()-"):
            break
        reach = stop
    return min(reach, end)
