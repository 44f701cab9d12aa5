"""Markdown: tables that read well whatever words a document has, and words of a document without its marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

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


def cell(words: str) -> str:
    """Words that stay in their cell and are no Markdown or HTML, whatever a document has in its title; a web address is
    a link."""
    plain = " ".join(words.split())
    shown = plain.replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    for mark in "|*_`[]":
        shown = shown.replace(mark, f"\\{mark}")
    if plain.startswith(_LINKED) and not any(mark in plain for mark in " <>()|"):
        return f"[{shown}](<{plain}>)"
    return shown


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> list[str]:
    """The lines of a table; the columns of these numbers stand at the right."""
    lines = [
        f"| {' | '.join(headings)} |",
        f"|{'|'.join('--:' if number in numbers else '---' for number in range(len(headings)))}|",
    ]
    return lines + [f"| {' | '.join(map(cell, row))} |" for row in rows]
