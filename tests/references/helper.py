"""Outlines from single sentences, and the brackets that mark what is expected in them."""

from __future__ import annotations

from array import array

from models.outline import Outline, Region
from models.plan import Context, Metadata
from models.text import Line, Text

OPEN, CLOSE = "⟦", "⟧"


def outline(text: str, region: Region = "body") -> Outline:
    """An outline whose lines are the text's, all in one region, without sections."""
    lines = []
    start = 0
    for words in text.split("\n"):
        lines.append(Line(start, start + len(words), start))
        start += len(words) + 1
    clean = Text(text, text, array("I", range(len(text) + 1)), lines)
    return Outline(text=clean, regions=(region,) * len(lines), sections=(), items=(), tables=())


def context(province: str | None = "Lai Châu", code: str | None = None, year: int | None = None) -> Context:
    return Context(metadata=Metadata(province=province, code=code), year=year)


def unbracket(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain sentence and the spans of its brackets, in the order in which they open."""
    plain: list[str] = []
    spans: list[list[int]] = []
    opened: list[int] = []
    for sign in marked:
        if sign == OPEN:
            opened.append(len(spans))
            spans.append([len(plain), -1])
        elif sign == CLOSE:
            spans[opened.pop()][1] = len(plain)
        else:
            plain.append(sign)
    return "".join(plain), [(start, end) for start, end in spans]
