"""Characters and marks: one physical line of the source, cleaned, each character with its place."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from models.text import Cell, Source
from pipeline.clean.formulas import Formula, formulas_of
from pipeline.clean.tags import BOLD, BREAK, ENTITY, LINK_ENDS, LINK_OPENS, NOTE, NOTE_LINK, PICTURE, SILENT, entity

_SINGLE = {
    **dict.fromkeys("\t\v\f\x1c\x1d\x1e\x1f\x85", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff\u2060\x00", ""),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if i != 0x0C},
    "\u00d0": "Đ",
    "\uf0b7": "-",  # the bullet of Word's Symbol font
    "\u2022": "-",
    "\u25cf": "-",
    "\u25aa": "-",
}
# Every kind of spot opens with a character of one set, so `re` finds them in a fast scan; everything between two spots
# is copied as it is. Runs of spaces are looked for on their own: a space stands behind every word.
_OPENING = "".join(map(re.escape, _SINGLE))
_SPOT = re.compile(
    rf"[{_OPENING}*\\<&!\[\]](?:"
    rf"(?<=[{_OPENING}])"
    r"|(?<=\*)\**"
    r"|(?<=\\)[*_#|\-+.()\[\]>!`~%&$]"
    rf"|(?<=<)(?i:{NOTE}|(?P<break>{BREAK})|(?P<bold>{BOLD})|{SILENT})"
    rf"|(?<=&){ENTITY}"
    rf"|(?<=!){PICTURE}"
    rf"|(?<=\[)(?:{NOTE_LINK}|{LINK_OPENS})"
    rf"|(?<=\]){LINK_ENDS})"
)
_SPACES = re.compile(r"  +")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|(?=[*\d])|$)")
_HEADING_OPENS = frozenset("# \t")


class Physical(NamedTuple):
    """One line of the source after its characters were cleaned: where it stands in the cleaned buffer's parts."""

    text: str
    offsets: array[int]
    bold: tuple[tuple[int, int], ...]  # runs within `text`
    open_mark: bool  # bold or italics still open at its end
    level: int
    cell: Cell | None


class Styles:
    """What a reader said of its text: bold runs, headings, and line feeds that are mere wraps."""

    def __init__(self, source: Source) -> None:
        self._bold = sorted((run.start, run.end) for run in source.styles if run.kind == "bold")
        self._headings = sorted((run.start, run.level) for run in source.styles if run.kind == "heading")
        self._wraps = frozenset(run.start for run in source.styles if run.kind == "wrap")

    def wrapped(self, start: int) -> bool:
        """Whether the line feed before the line that starts here is a wrap inside a paragraph."""
        return start - 1 in self._wraps

    def mark(self, line: Physical) -> Physical:
        """The line with the bold runs and the heading level that its source has."""
        first, last = line.offsets[0], line.offsets[-1] + 1
        runs: list[tuple[int, int]] = []
        index = max(bisect_right(self._bold, (first, 0)) - 1, 0)
        while index < len(self._bold) and self._bold[index][0] < last:
            a, b = self._bold[index]
            left = bisect_left(line.offsets, max(a, first))
            right = bisect_left(line.offsets, min(b, last))
            if left < right:
                runs.append((left, right))
            index += 1
        at = bisect_left(self._headings, (first, 0))
        level = self._headings[at][1] if at < len(self._headings) and self._headings[at][0] < last else line.level
        return line._replace(bold=tuple(runs), level=level)


class Spot(NamedTuple):
    """Characters `[start, end)` of the plain text that are not copied as they are. `piece` stands for them in the
    cleaned text and `place` is the character that it came from; a line feed breaks the line, `_BOLD` and `_PLAIN` begin
    and end bold words, and None stands for a run of Markdown's stars."""

    start: int
    end: int
    piece: str | None
    place: int


_BREAK = "\n"
_BOLD, _PLAIN = "\x0e", "\x0f"


def _spots(text: str, start: int, end: int, marks: bool) -> list[Spot]:
    """All spots of `text[start:end]` in order; Markdown's own where its `marks` count."""
    found: list[Spot] = []
    for match in _SPOT.finditer(text, start, end):
        begin, stop = match.span()
        value = match.group()
        first = value[0]
        if first in _SINGLE:
            found.append(Spot(begin, stop, _SINGLE[first], begin))
        elif not marks:
            continue
        elif first == "*":
            found.append(Spot(begin, stop, None, begin))
        elif first == "\\":
            found.append(Spot(begin, stop, value[1], begin + 1))
        elif first == "&":
            if sign := entity(value):
                found.append(Spot(begin, stop, _SINGLE.get(sign, " " if sign.isspace() else sign), begin))
        elif match["bold"]:
            found.append(Spot(begin, stop, _PLAIN if value[1] == "/" else _BOLD, begin))
        else:
            found.append(Spot(begin, stop, _BREAK if match["break"] else "", begin))
    found += [Spot(*match.span(), " ", match.start()) for match in _SPACES.finditer(text, start, end)]
    if marks and ("$" in text or "\\(" in text):
        formulas = list(formulas_of(text, start, end))
        starts = [formula.start for formula in formulas]
        found = [spot for spot in found if not _within(formulas, bisect_right(starts, spot.start) - 1, spot.start)]
        found += [Spot(a, b, read, a) for formula in formulas for a, b, read in formula.pieces]
    return sorted(found, key=_place)


def _within(formulas: list[Formula], index: int, place: int) -> bool:
    return index >= 0 and place < formulas[index].end


def _place(spot: Spot) -> int:
    return spot.start


class Characters:
    """The characters of one plain text, cleaned line by line, and whether bold or italics are open where the last line
    ended (in Markdown, whose `marks` count). `places` are the text's characters in the source."""

    def __init__(self, text: str, places: array[int], marks: bool) -> None:
        self._text = text
        self._marks = marks
        self._places = places
        self._spots = _spots(text, 0, len(text), marks)
        self._starts = [spot.start for spot in self._spots]
        self._bold = self._italic = False

    def reset(self) -> None:
        """Close all emphasis: it never reaches over an empty line or out of a cell."""
        self._bold = self._italic = False

    def lines(self, start: int, end: int, cell: Cell | None) -> list[Physical]:
        """Clean `text[start:end]`: one line, more where `<br>` breaks it."""
        text = self._text
        level = 0
        if self._marks and text[start] in _HEADING_OPENS and (heading := _HEADING.match(text, start, end)):
            level = len(heading.group(1))
            start = heading.end()
            self.reset()
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        cut = first > 0 and self._spots[first - 1].end > start
        if first < last or cut:
            spots = self._spots[first:last]
            if cut or spots[-1].end > end:
                spots = _spots(text, start, end, self._marks)
            return self._spotted(start, end, cell, level, spots)
        if start < end and text[start] == " ":
            start += 1
        bold = ((0, end - start),) if self._bold and start < end else ()
        words = text[start:end].rstrip(" ")
        return [
            Physical(words, self._places[start : start + len(words)], bold, self._bold or self._italic, level, cell)
        ]

    def _spotted(self, start: int, end: int, cell: Cell | None, level: int, spots: list[Spot]) -> list[Physical]:
        """The lines of `text[start:end]` with its spots."""
        text, places = self._text, self._places
        lines: list[Physical] = []
        words = ""
        offsets: array[int] = array("I")
        bold: list[tuple[int, int]] = []
        bold_from = 0 if self._bold else -1
        position = start
        for begin, stop, piece, place in [*spots, Spot(end, end, _BREAK, end)]:
            if position < begin:
                if text[position] == " " and (not words or words[-1] == " "):
                    position += 1
                words += text[position:begin]
                offsets.extend(places[position:begin])
            position = stop
            if piece is None:
                if _literal_star(text, begin, stop, start, end):
                    words += "*"
                    offsets.append(places[begin])
                    continue
                if (stop - begin) % 2:
                    self._italic = not self._italic
                if (stop - begin) // 2 % 2:
                    piece = _PLAIN if self._bold else _BOLD
            if piece is None:
                continue
            if piece == _BOLD:
                self._bold = True
                bold_from = bold_from if bold_from >= 0 else len(words)
            elif piece == _PLAIN:
                self._bold = False
                if 0 <= bold_from < len(words):
                    bold.append((bold_from, len(words)))
                bold_from = -1
            elif piece == _BREAK:
                if 0 <= bold_from < len(words):
                    bold.append((bold_from, len(words)))
                words = words.rstrip(" ")
                lines.append(
                    Physical(words, offsets[: len(words)], tuple(bold), self._bold or self._italic, level, cell)
                )
                words, offsets, bold, bold_from = "", array("I"), [], 0 if self._bold else -1
            elif piece != " " or (words and words[-1] != " "):
                words += piece
                offsets.extend([places[place]] * len(piece))
        return lines


def _literal_star(text: str, begin: int, stop: int, start: int, end: int) -> bool:
    """A star that is printed: a bullet ("* Lưu ý"), a note's sign ("(*)"), a product ("3 * 4")."""
    if stop - begin != 1:
        return False
    before = text[begin - 1] if begin > start else ""
    after = text[stop] if stop < end else ""
    if before == "(" and after == ")":
        return True
    return after in (" ", "\t") and not text[start:begin].strip(" \t#") and bool(text[stop:end].strip(" *_"))
