"""Titles without a number: which lines are titles in a document that numbers nothing, and which stand above which.

A line in capitals, a bold line, a heading of the format: each is a style. A style is one of titles where at least two
of its lines name a role ("MỤC ĐÍCH, YÊU CẦU", "KINH PHÍ"): then its other lines are titles too, whatever they say.
"""

from __future__ import annotations

import re

from models.text import Text
from pipeline.structure.markers import Marker, Rank
from pipeline.structure.roles import is_role_name, named_roles

_LONGEST = 200
_BOLD_LONGEST = 120
_ENDS = (".", ";", ",", "…")
_CAPITALS, _BOLD = 100, 101  # styles of lines that the format gives no level
_LEAST_NAMED = 2
_WORD = re.compile(r"[^\W\d_]{2,}")


def unnumbered_titles(text: Text, markers: list[Marker | None]) -> dict[int, int]:
    """The lines that are titles without a number, each with its depth (1 the highest); empty where the document numbers
    its parts."""
    # A decision numbers its articles, not the plan that it is about.
    articles = max((i for i, m in enumerate(markers) if m is not None and m.rank == Rank.ARTICLE), default=-1)
    if any(m is not None and m.rank <= Rank.ROMAN and m.rank not in (Rank.CAPITAL, Rank.ARTICLE) for m in markers):
        return {}
    styles: dict[int, list[int]] = {}
    for index, line in enumerate(text.lines):
        if index > articles and markers[index] is None and line.cell is None and line.end - line.start <= _LONGEST:
            style = _style(text, index)
            if style:
                styles.setdefault(style, []).append(index)
    named = {style: [i for i in lines if _names_role(text, i)] for style, lines in styles.items()}
    titles = sorted(style for style in styles if len(named[style]) >= _LEAST_NAMED)
    if not titles:
        return {}
    highest = titles[0]
    # Below titles in capitals or of a level, bold lines are titles of the next depth.
    if highest != _BOLD and _BOLD in styles and _BOLD not in titles:
        titles.append(_BOLD)
    levels = [style for style in styles if style < _CAPITALS]
    order = sorted({*titles, *levels})
    found: dict[int, int] = {}
    for depth, style in enumerate(order, start=1):
        for index in styles[style]:
            # A bold line beside headings of the format that names a role has lost its mark.
            lost = (
                style == _BOLD and highest < _CAPITALS and is_role_name(text.line_text(text.lines[index])) is not None
            )
            found[index] = 1 if lost else depth
    return found


def _style(text: Text, index: int) -> int:
    """How a line is set as a title would be: its level, capitals, bold; 0 for none."""
    line = text.lines[index]
    words = text.line_text(line)
    if not words[:1].isalpha() or words.endswith(_ENDS) or not _WORD.search(words):
        return 0
    if line.level:
        return line.level
    if words.isupper():
        return _CAPITALS
    if line.bold_end == line.end > line.start and len(words) <= _BOLD_LONGEST:
        return _BOLD
    return 0


def _names_role(text: Text, index: int) -> bool:
    words = text.line_text(text.lines[index])
    return bool(is_role_name(words) or named_roles(words))
