"""Text that knows which of its words are facts.

A plan is put together from pieces. A fact is marked where its words are written, and keeps its place through every later step: so what the
finished text says is known by construction, and nobody has to read it again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

Fields = dict[str, Any]
Edit = tuple[int, int, str]
"""A change of a text: [start, end) becomes these words."""


class Fact(NamedTuple):
    """One true fact: its group ("references", ...), the span of its words, and its fields as a gold file writes them."""

    group: str
    start: int
    end: int
    fields: Fields


class Piece(NamedTuple):
    """Words with the facts that stand in them, in order of place."""

    text: str
    facts: tuple[Fact, ...] = ()


Words = str | Piece


def piece(words: Words) -> Piece:
    """The words as a piece."""
    return words if isinstance(words, Piece) else Piece(words)


def join(parts: Iterable[Words], between: str = "") -> Piece:
    """The parts one after the other, with `between` between them."""
    texts: list[str] = []
    facts: list[Fact] = []
    at = 0
    for number, part in enumerate(parts):
        text, inner = piece(part)
        if number and between:
            texts.append(between)
            at += len(between)
        for group, start, end, fields in inner:
            facts.append(Fact(group, start + at, end + at, fields))
        texts.append(text)
        at += len(text)
    return Piece("".join(texts), tuple(facts))


def mark(words: Words, group: str, **fields: Any) -> Piece:
    """The words as one fact of the group, with what is marked inside them."""
    text, facts = piece(words)
    return Piece(text, (Fact(group, 0, len(text), fields), *facts))


def fill(template: str, **slots: Words) -> Piece:
    """A template with "{name}" filled in. A slot written with a capital, "{Name}", begins a sentence."""
    parts: list[Words] = []
    for fixed, name in _parsed(template):
        parts.append(fixed)
        if name:
            parts.append(slots[name] if name in slots else capital(slots[name.lower()]))
    return join(parts)


@cache
def _parsed(template: str) -> tuple[tuple[str, str], ...]:
    """A template's (fixed words, name of the slot behind them)."""
    bits = re.split(r"\{(\w+)\}", template)
    return tuple(zip(bits[::2], [*bits[1::2], ""], strict=True))


@cache
def slots_of(template: str) -> tuple[str, ...]:
    """The names of a template's slots, small letters, in order."""
    return tuple(name.lower() for _, name in _parsed(template) if name)


def capital(words: Words) -> Piece:
    """The words with a capital at the beginning."""
    text, facts = piece(words)
    return Piece(text[:1].upper() + text[1:], facts)


def small(words: Words) -> Piece:
    """The words with a small letter at the beginning."""
    text, facts = piece(words)
    return Piece(text[:1].lower() + text[1:], facts)


def add(words: Words, group: str, **fields: Any) -> Piece:
    """The words, with fields added to each fact of the group that does not have them yet."""
    text, facts = piece(words)
    return Piece(text, tuple(f._replace(fields=fields | f.fields) if f.group == group else f for f in facts))


def without(words: Words, group: str, *names: str) -> Piece:
    """The words, with some fields of the group's facts left open."""
    text, facts = piece(words)
    return Piece(
        text,
        tuple(
            f._replace(fields={k: v for k, v in f.fields.items() if k not in names}) if f.group == group else f
            for f in facts
        ),
    )


def edit(words: Piece, edits: Sequence[Edit]) -> Piece:
    """The words with the edits made; they are in order and do not overlap. A fact whose end lies inside an edit ends
    with the words that came in."""
    if not edits:
        return words
    text, facts = words
    out: list[str] = []
    ends = [0]  # ends[i]: where the i-th edit ends, in the old text
    shifts = [0]  # shifts[i]: by how much what follows the i-th edit moves
    at = 0
    for start, end, new in edits:
        out += (text[at:start], new)
        at = end
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    out.append(text[at:])

    starts = [start for start, _, _ in edits]

    def moved(offset: int, is_end: bool) -> int:
        before = bisect_right(starts, offset - 1 if is_end else offset)
        if before and offset < ends[before]:  # inside an edit
            start, _, new = edits[before - 1]
            return start + shifts[before - 1] + (len(new) if is_end else 0)
        return offset + shifts[before]

    return Piece("".join(out), tuple(Fact(f.group, moved(f.start, False), moved(f.end, True), f.fields) for f in facts))


def decompose(words: Piece) -> Piece:
    """The words with letters and marks apart (NFD); they were in NFC."""
    text, facts = words
    parts = [unicodedata.normalize("NFD", c) for c in text]
    at = [0, *accumulate(map(len, parts))]
    return Piece("".join(parts), tuple(f._replace(start=at[f.start], end=at[f.end]) for f in facts))
