"""Markdown: tables that read well whatever words a document has, and words of a document without its marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

_LINKED = ("https://", "http://")
_MARKS = re.compile(
    r"(?P<note>\(\*+\))"  # the sign of a footnote, which is none
    r"|\*\*|(?<!_)__(?!_)|(?<!\w)\*(?=\S|\Z)|(?<=\S)\*(?!\w)|\A\*(?=[^\w\s])"
    r"|^#{1,6} +|^[ :|]*-{3}[-: |]*$|\\(?=[^\w\s])|^ *\| *| *\| *$",
    re.M,
)
_CELLS = re.compile(r" *\| *")


def unmarked(words: str) -> str:
    """A piece of a document, cut anywhere, without the marks of emphasis, headings and tables; cells are parted by a
    point. What is no Markdown stays: a list's star, "3*4", "(*)"."""
    return _CELLS.sub(" · ", _MARKS.sub(lambda found: found["note"] or "", words))


class Link(NamedTuple):
    """Words that lead to a web address of our own making."""

    words: str
    address: str


def cell(words: str | Link) -> str:
    """Words that stay in their cell and are no Markdown or HTML, whatever a document has in its title; a web address is
    a link."""
    if isinstance(words, Link):
        return f"[{_escaped(words.words)}](<{words.address}>)"
    plain = " ".join(words.split())
    shown = _escaped(plain)
    if plain.startswith(_LINKED) and not any(mark in plain for mark in " <>()|"):
        return f"[{shown}](<{plain}>)"
    return shown


def _escaped(words: str) -> str:
    shown = " ".join(words.split()).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    for mark in "|*_`[]":
        shown = shown.replace(mark, f"\\{mark}")
    return shown


def table(headings: Sequence[str], rows: Sequence[Sequence[str | Link]], numbers: Collection[int] = ()) -> list[str]:
    """The lines of a table; the columns of these numbers stand at the right."""
    lines = [
        f"| {' | '.join(headings)} |",
        f"|{'|'.join('--:' if number in numbers else '---' for number in range(len(headings)))}|",
    ]
    return lines + [f"| {' | '.join(map(cell, row))} |" for row in rows]
