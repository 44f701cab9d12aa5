"""A plan's text in pieces, each with the facts that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """Words of a text that are a fact (or a section's heading): `[start, end)` in code points."""

    start: int
    end: int
    id: str
    kind: str


class Piece(NamedTuple):
    """A stretch of text under the same marks. `fact` is the innermost fact, to which a click leads; `kinds` are those
    of all marks over it; `begins` are the ids of the marks that begin here."""

    text: str
    fact: str | None
    kinds: tuple[str, ...]
    begins: tuple[str, ...]


HEADING = "heading"


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The whole text, cut where a mark begins or ends. Marks may lie within each other and cross."""
    opening: defaultdict[int, list[Mark]] = defaultdict(list)
    edges = {0, len(text)}
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            opening[start].append(mark._replace(start=start, end=end))
            edges |= {start, end}
    found = []
    open_marks: list[Mark] = []
    places = sorted(edges)
    for here, there in pairwise(places):
        open_marks = [mark for mark in open_marks if mark.end > here] + opening[here]
        facts = [mark for mark in open_marks if mark.kind != HEADING]
        inner = min(facts, key=lambda mark: (mark.end - mark.start, mark.id), default=None)
        found.append(
            Piece(
                text=text[here:there],
                fact=inner.id if inner else None,
                kinds=tuple(sorted({mark.kind for mark in open_marks})),
                begins=tuple(mark.id for mark in opening[here]),
            )
        )
    return found
