"""A plan that was made, and its gold file."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import Any, NamedTuple

from tests.generator.piece import Fact, Fields

GROUPS = ("sections", "references", "deadlines", "targets")


class Made(NamedTuple):
    """A plan with what is true of it: its text, the file type ("txt", "md"), the facts in order of place, the
    metadata as gold has them, and the names of what damaged it."""

    text: str
    suffix: str
    facts: tuple[Fact, ...]
    metadata: Fields
    damage: tuple[str, ...] = ()


def gold_text(made: Made, source: str) -> str:
    """The gold file (TOML) of a plan whose text lies at `source`."""
    quoted = _Quotes(made.text)
    lines = [f"source = {_toml(source)}", "", "[metadata]"]
    lines += [f"{name} = {_toml(value)}" for name, value in made.metadata.items()]
    for group in GROUPS:
        for fact in made.facts:
            if fact.group != group:
                continue
            quote, nth = quoted.quote(fact.start, fact.end)
            lines += ["", f"[[{group}]]", f"quote = {_toml(quote)}"]
            if nth > 1:
                lines.append(f"nth = {nth}")
            lines += [f"{name} = {_toml(value)}" for name, value in fact.fields.items()]
    return "\n".join(lines) + "\n"


class _Quotes:
    """Which occurrence of its words a span is, where any white space matches any other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.even = " ".join(text.split())
        self.starts: list[int] = []  # of the words, in the text
        self.places: list[int] = []  # of the same words, in the even text
        at = place = 0
        for word in text.split():
            at = text.index(word, at)
            self.starts.append(at)
            self.places.append(place)
            at += len(word)
            place += len(word) + 1

    def quote(self, start: int, end: int) -> tuple[str, int]:
        """The words of the span, and the number of their occurrence, from 1."""
        quote = " ".join(self.text[start:end].split())
        word = bisect_left(self.starts, start + 1) - 1
        place = self.places[word] + start - self.starts[word]
        nth, at = 0, -1
        while at < place:
            at = self.even.find(quote, at + 1)
            if at < 0:
                raise ValueError(f"not in the text: {quote!r}")
            nth += 1
        return quote, nth


def _toml(value: Any) -> str:
    """A value as TOML; the strings' escapes are JSON's."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
