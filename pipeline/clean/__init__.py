"""Source -> Text: the cleaned text with its map back to every offset of the source.

What is cleaned, and why the rest is left as printed:

1. Characters: composed to NFC; odd spaces, dashes and full-width forms made plain; `Ð` (eth) made `Đ`; invisible
   characters dropped; runs of spaces made one. Letters stay as they are.
2. Marks: Markdown's emphasis, headings, escapes, rules and tables are taken off in plain text (real plans are often
   published as the Markdown of a converter), and kept as `Line.bold_end`, `Line.level`, `Line.cell`.
3. Slips: what scans and typing made of words on which facts hang is put right where that is certain (`slips`), and
   kept in `Text.slips`, so that warnings can tell and facts can quote what stands there.
4. Lines: a sentence that a converter wrapped at eighty columns, or that a page break cut, comes out on one line.

The work is one pass over the physical lines; each is looked at once, so it is linear in the length of the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import NamedTuple

from models.text import Cell, Line, Source, Text
from pipeline.clean.characters import Characters, Physical, Styles
from pipeline.clean.layout import is_rule, plain_lines, styled_lines
from pipeline.clean.plain import plain
from pipeline.clean.slips import mend

_MARKER = re.compile(
    r"[-+*•] ?(?=\S)|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ]{1,2})[.)](?:\s|$)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|Biểu|BIỂU|Mẫu|MẪU) (?:số )?(?:\d|[IVXL]+\b|thứ )"
    r"|Căn cứ |Nơi nhận ?:|Kính gửi ?:|Số ?: ?\d{0,5} ?/[A-ZĐ]"
)
_OPEN_END = re.compile(
    r"(?:,|\(|-|/|\b(?:và|hoặc|của|các|những|với|theo|tại|số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|về|cho|từ|đến|do))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|phụ lục|biểu|bảng|mẫu)$", re.IGNORECASE
)
_LONGEST_END = 8  # characters, of the words above
_RANGE_TAIL = re.compile(r"- ?\d{4}\b")
_LEADING_MARKS = " \t*#\\|>_“\"'("
_TERMINAL = (".", ";", ":", "!", "?", "…", "./.")


class _Habit(NamedTuple):
    """How the document breaks its lines: `wrapped` in mid-sentence, at `width` characters or so; `spaced` when
    paragraphs are set apart by empty lines."""

    wrapped: bool
    spaced: bool
    width: int


def clean(source: Source) -> Text:
    """Clean a source. The result's offsets point into `source.text` as it stands."""
    printed = source.text
    source, places = plain(source)
    text = source.text
    habit = _habit(text)
    out = _Assembler(printed)
    styled = source.markup == "styled"
    lines = styled_lines(source) if styled else plain_lines(text)
    characters = Characters(text, places, marks=not styled)
    styles = Styles(source)
    joins = source.reader != "docx"  # a Word paragraph is whole as it stands
    previous: Physical | None = None
    opening: str = ""  # the text that opens the logical line that `previous` belongs to
    gap = False
    for start, end, cell, fresh_cell in lines:
        if start == end:
            gap = True
            characters.reset()
            continue
        if fresh_cell:
            characters.reset()
        for line in characters.lines(start, end, cell):
            if styled and line.text:
                line = styles.mark(line)
            if not line.text or (cell and is_rule(line.text)):
                gap = True
                continue
            goes_on = styles.wrapped(places[start]) or (
                joins and not fresh_cell and previous is not None and _continues(previous, opening, line, gap, habit)
            )
            if goes_on and previous is not None:
                out.extend(line, places[start])
            else:
                out.begin(line, gap)
                opening = line.text
            previous, gap, fresh_cell = line, False, False
    return out.finish(source)


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


def _continues(previous: Physical, opening: str, line: Physical, gap: bool, habit: _Habit) -> bool:
    """Whether `line` goes on with the sentence (or title) that `previous` left open."""
    if line.level or (previous.level and gap) or previous.cell != line.cell:
        return False
    above, here = previous.text, line.text
    first = here[0]
    # A title in capitals may end in such a word too ("THỜI GIAN, ĐỊA ĐIỂM").
    counted = _is_counted(above) and not above.isupper()
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
    return first.islower() or len(above) * 10 >= habit.width * 7 or _is_open(above)


def _is_open(line: str) -> bool:
    """Whether a line ends in a sign or word that something has to follow."""
    return _OPEN_END.search(line, max(len(line) - _LONGEST_END, 0)) is not None


def _is_counted(line: str) -> bool:
    """Whether a line ends in a word that a number has to follow."""
    return _COUNTED.search(line, max(len(line) - _LONGEST_END, 0)) is not None


def _over_gap(previous: Physical, opening: str, line: Physical) -> bool:
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
    return _is_open(above) and len(above) >= 40 and here[0].isalpha()


def _in_column(previous: Physical, opening: str, line: Physical, habit: _Habit) -> bool:
    """Inside a cell, or in a text whose lines are paragraphs: join what clearly belongs together."""
    above, here = previous.text, line.text
    if above.endswith(_TERMINAL):
        return False
    if line.cell is None:
        return (here[0].islower() and len(above) >= 40) or (_is_counted(above) and len(above) >= 25)
    if here[0].islower() or _is_open(above):
        return True
    if opening[:1] in "-+":
        return True
    same_style = bool(previous.bold) == bool(line.bold)
    return habit.wrapped and same_style and not (_plain_caps(above) or _plain_caps(here)) and len(above) >= 8


_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain_caps(text: str) -> bool:
    """Whether a line is set in capitals: words, not a mere abbreviation or number ("UBND", "III/2025")."""
    return text.isupper() and len(_WORD.findall(text)) > 1


def _whole_bold(line: Physical) -> bool:
    return bool(line.bold) and line.bold[0][0] == 0 and line.bold[-1][1] >= len(line.text)


class _Assembler:
    """Collects logical lines into the cleaned buffer."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._offsets: array[int] = array("I")
        self._length = 0
        self._lines: list[tuple[int, int, list[tuple[int, int]], int, Cell | None, bool]] = []

    def begin(self, line: Physical, gap: bool) -> None:
        if self._lines:
            self._join("\n", max(line.offsets[0] - 1, 0))
        start = self._length
        self._append(line.text, line.offsets)
        runs = [(start + a, start + b) for a, b in line.bold]
        self._lines.append((start, self._length, runs, line.level, line.cell, gap))

    def extend(self, line: Physical, source_start: int) -> None:
        start, _, runs, level, cell, gap = self._lines[-1]
        self._join(" ", max(source_start - 1, 0))
        base = self._length
        self._append(line.text, line.offsets)
        runs.extend((base + a, base + b) for a, b in line.bold)
        self._lines[-1] = (start, self._length, runs, level, cell, gap)

    def _join(self, sign: str, offset: int) -> None:
        self._parts.append(sign)
        self._offsets.append(offset)
        self._length += 1

    def _append(self, piece: str, offsets: array[int]) -> None:
        self._parts.append(piece)
        self._offsets.extend(offsets)
        self._length += len(piece)

    def finish(self, source: Source) -> Text:
        clean_text, slips = mend("".join(self._parts))
        self._offsets.append(len(self._source))
        page_starts = [page.start for page in source.pages]
        lines: list[Line] = []
        for start, end, runs, level, cell, gap in self._lines:
            page = None
            if page_starts:
                page = source.pages[max(bisect_right(page_starts, self._offsets[start]) - 1, 0)].number
            lines.append(Line(start, end, _opening_bold(clean_text, start, end, runs), level, cell, gap, page))
        return Text(self._source, clean_text, self._offsets, lines, slips)


def _opening_bold(text: str, start: int, end: int, runs: list[tuple[int, int]]) -> int:
    """Where the bold that opens a line ends; a gap of mere points and spaces between two runs counts as bold."""
    reach = start
    for begin, stop in runs:
        if text[reach:begin].strip(" .:;,()-"):
            break
        reach = stop
    return min(reach, end)
