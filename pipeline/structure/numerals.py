"""Roman numerals that scans misread, told by those around them: "1. MỤC ĐÍCH" or "I1. MỤC ĐÍCH" before "II.", and a
second "II." before "IV."."""

from __future__ import annotations

import re

from extractors.vietnamese import NUMERALS, roman
from models.text import Line, Text
from pipeline.structure.markers import Marker, Rank

_STROKES = re.compile(r"[Il1]{1,4}\s?[.)]")


def with_numerals(text: Text, markers: list[Marker | None]) -> list[Marker | None]:
    """The markers with the numerals of titles in capitals put right where their neighbours leave no doubt."""
    titles = [
        i
        for i, marker in enumerate(markers)
        if marker is not None and is_capital_title(text.lines[i], text.line_text(text.lines[i]), marker)
    ]
    values = [_value(markers[i]) for i in titles]
    read: dict[int, int] = {}
    before = 0
    for at, (index, value) in enumerate(zip(titles, values, strict=True)):
        after = values[at + 1] if at + 1 < len(values) else 0
        marker = markers[index]
        meant = value
        if marker is not None and marker.rank == Rank.NUMBER:
            meant = 1 if value == 1 and after == 2 and not before else 0
        elif value == 2 and after == 2 and not before and _of_strokes(text, index):
            meant = 1
        elif value == before and after == before + 2:
            meant = before + 1
        if meant and (meant != value or (marker is not None and marker.rank == Rank.NUMBER)):
            read[index] = meant
        before = meant or before
    if not read:
        return markers
    return [_numeral(marker, read[i]) if marker and i in read else marker for i, marker in enumerate(markers)]


def is_capital_title(line: Line, words: str, marker: Marker) -> bool:
    """Whether a line is a title in capitals with a numeral, or with a "1" that may be one."""
    if line.cell is not None or marker.rank not in (Rank.ROMAN, Rank.NUMBER):
        return False
    title = words[marker.end :]
    if not title.isupper() or sum(word[0].isalpha() for word in title.split()) < 2:
        return False
    return marker.rank == Rank.ROMAN or marker.words == "1"


def _value(marker: Marker | None) -> int:
    if marker is None:
        return 0
    return int(marker.words) if marker.words.isdecimal() else roman(marker.words) or 0


def _of_strokes(text: Text, index: int) -> bool:
    """Whether a numeral is printed with a figure or a small letter in it."""
    match = _STROKES.match(text.line_text(text.lines[index]))
    return match is not None and not set(match.group()) <= set("I. )")


def _numeral(marker: Marker, value: int) -> Marker:
    return Marker(Rank.ROMAN, NUMERALS[value], marker.end) if value < len(NUMERALS) else marker
