"""Source -> Text: the cleaned text with its map back to every offset of the source.

What is cleaned, and why the rest is left as printed:

1. Characters: words that a PDF's fonts cut are whole (`cuts`), composed to NFC; odd spaces, dashes and full-width forms
   made plain; `Ð` (eth) made `Đ`; invisible characters dropped; runs of spaces made one. Letters stay as they are.
2. Marks: Markdown's emphasis, headings, escapes, rules and tables, HTML's tags (`tags`) and formulas (`formulas`) are
   taken off in plain text (real plans are often published as the Markdown of a converter), and kept as
   `Line.bold_end`, `Line.level`, `Line.cell`; so are the columns that tools set with blanks (`columns`, `spaced`).
3. Slips: what scans and typing made of words on which facts hang is put right where that is certain (`slips`), and
   kept in `Text.slips`, so that warnings can tell and facts can quote what stands there.
4. Lines: a sentence that a converter wrapped at eighty columns, or that a page break cut, comes out on one line.

The work is one pass over the physical lines; each is looked at once, so it is linear in the length of the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from models.text import Cell, Line, Source, Text
from pipeline.clean.characters import Characters, Physical, Styles
from pipeline.clean.joins import goes_on, habit_of, opens_paragraph
from pipeline.clean.layout import is_rule, plain_lines, styled_lines
from pipeline.clean.plain import plain
from pipeline.clean.slips import mend


def clean(source: Source) -> Text:
    """Clean a source. The result's offsets point into `source.text` as it stands."""
    printed = source.text
    source, places = plain(source)
    text = source.text
    habit = habit_of(text)
    out = _Assembler(printed)
    styled = source.markup == "styled"
    lines = styled_lines(source) if styled else plain_lines(text)
    characters = Characters(text, places, marks=not styled)
    styles = Styles(source)
    joins = not source.reader.endswith("docx")  # a Word paragraph is whole as it stands
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
            joined = (
                fresh_cell is None
                or styles.wrapped(places[start])
                or (
                    joins
                    and not fresh_cell
                    and previous is not None
                    and not (cell is None and opens_paragraph(text, start, end, habit))
                    and goes_on(previous, opening, line, gap, habit)
                )
            )
            if joined and previous is not None:
                out.extend(line, places[start])
            else:
                out.begin(line, gap)
                opening = line.text
            previous, gap, fresh_cell = line, False, False
    return out.finish(source)


_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ])[.)] ?")


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
        return Text(self._source, clean_text, self._offsets, lines, slips, source.notes)


def _opening_bold(text: str, start: int, end: int, runs: list[tuple[int, int]]) -> int:
    """Where the bold that opens a line ends; a gap of mere points and spaces between two runs counts as bold, and so
    does the line's number before the first ("1. **Văn phòng Sở:** ...")."""
    reach = start
    for begin, stop in runs:
        if text[reach:begin].strip(" .:;,()-") and not (reach == start and _NUMBER.fullmatch(text, reach, begin)):
            break
        reach = stop
    return min(reach, end)
