"""Tables in Markdown that read well whatever words a document has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

_LINKED = ("https://", "http://")


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
