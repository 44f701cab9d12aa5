"""Characters and marks: one physical line of the source, cleaned, each character with its place."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from models.text import Cell, Source

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
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|(?=[*\d])|$)")


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


class Marks:
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


def physical_lines(text: str, start: int, end: int, cell: Cell | None, state: Marks) -> Iterator[Physical]:
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

    def take() -> Physical:
        nonlocal parts, offsets, bold, length, bold_from
        if bold_from >= 0 and length > bold_from:
            bold.append((bold_from, length))
        joined = "".join(parts).rstrip(" ")
        line = Physical(joined, offsets[: len(joined)], tuple(bold), state.open, level, cell)
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
