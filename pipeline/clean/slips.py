"""Slips of scans and typing that change what a text says: put right where that is certain, told where it is not.

The grammar is `data/slips.toml`. One scan with a tree of all wrong words finds the candidates; the words around them
decide. The mended text has as many characters as the text it was made from, so every offset stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from data import load
from extractors.words import word_starts
from models.text import Slip

_REACH = 40  # characters before a wrong word that its context may need
_DAYS, _MONTHS = 31, 12


class Mended(NamedTuple):
    """The text as it was meant, and what is not as it stands: what was put right and what can't be, in order."""

    text: str
    slips: tuple[Slip, ...]


def mend(text: str) -> Mended:
    """A cleaned text with the slips that are certain put right."""
    slips: list[Slip] = []
    low = _lower(text)
    for find in (_words, _figures):  # "ngáy l5/3": the word is put right first, so that it proves the figures
        found = list(find(text, low))
        if found:
            text = _with(text, found)
            low = _lower(text)
            slips += found
    slips += _doubts(text, low)
    return Mended(text, tuple(sorted(slips)))


def _lower(text: str) -> str:
    # İ is the one capital whose lower case is longer than itself.
    return text.replace("İ", "I").lower()


def _with(text: str, slips: list[Slip]) -> str:
    """The text with slips, which do not overlap, put right."""
    parts: list[str] = []
    end = 0
    for slip in sorted(slips):
        parts += (text[end : slip.start], slip.read)
        end = slip.end
    return "".join((*parts, text[end:]))


def _in_case(printed: str, read: str) -> str:
    """`read` with the capitals of `printed`."""
    return "".join(sign.upper() if old.isupper() else sign for old, sign in zip(printed, read, strict=True))


# --- words --------------------------------------------------------------------------------------------------


class _Context(NamedTuple):
    """What is read for a wrong word, and what must stand before or behind it, and what must not."""

    read: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    either: bool = False

    def holds(self, low: str, start: int, end: int) -> bool:
        """Whether the words around `[start, end)` leave no doubt."""
        reach = max(0, start - _REACH)
        if self.unless_before and self.unless_before.search(low, reach, start):
            return False
        if self.unless_after and self.unless_after.match(low, end):
            return False
        held = []
        if self.before:
            held.append(self.before.search(low, reach, start) is not None)
        if self.after:
            held.append(self.after.match(low, end) is not None)
        return any(held) if self.either else all(held)


@cache
def _contexts() -> dict[str, list[_Context]]:
    """The contexts of each wrong word; one that holds is enough."""
    grammar = load("slips")
    contexts = {wrong: [_Context(right)] for wrong, right in grammar["words"].items()}
    for record in grammar["contexts"]:
        before, after, unless_before, unless_after = (
            re.compile(pattern) if pattern else None
            for pattern in (
                _ending(record.get("before")),
                record.get("after"),
                _ending(record.get("unless_before")),
                record.get("unless_after"),
            )
        )
        for wrong in record["wrong"]:
            either = record.get("either", False)
            context = _Context(record["right"], before, after, unless_before, unless_after, either)
            contexts.setdefault(wrong, []).append(context)
    return contexts


def _ending(pattern: str | None) -> str | None:
    return f"(?:{pattern})$" if pattern else None


@cache
def _tree() -> re.Pattern[str]:
    """One pattern for all wrong words: a tree of letters, so that a place of the text is tried once."""
    return re.compile(word_starts(_contexts(), r"(?!\w)"))


def _words(text: str, low: str) -> Iterator[Slip]:
    contexts = _contexts()
    for match in _tree().finditer(low):
        start, end = match.span()
        if start and _is_name(text, start, end):
            continue
        printed = text[start:end]
        context = next((each for each in contexts[match[0]] if each.holds(low, start, end)), None)
        if context:
            yield Slip(start, end, printed, _in_case(printed, context.read))


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether capitals within a sentence make the words a name ("bản Đên", "Lê Hoàn Thanh"); "Sở Y Tê" is none."""
    words = text[start:end].split(" ")
    if not all(word[:1].isupper() and (word[1:].islower() or not word[1:]) for word in words) or "Y" in words:
        return False
    return text[start - 1] == " " and text[start - 2] not in ".;:)-+*\n"


# --- figures ------------------------------------------------------------------------------------------------

_MIXED = re.compile(r"\d(?:[oli|]|(?<=[oli|].))")


@cache
def _figure_patterns() -> tuple[tuple[re.Pattern[str], ...], dict[int, str]]:
    figures = load("slips")["figures"]
    return tuple(re.compile(p) for p in figures["patterns"]), str.maketrans(figures["letters"])


def _figures(text: str, low: str) -> Iterator[Slip]:
    """Letters among figures: only the lines that mix them are looked at."""
    patterns, letters = _figure_patterns()
    done = 0
    for mixed in _MIXED.finditer(low):
        if mixed.start() < done:
            continue
        begin = low.rfind("\n", 0, mixed.start()) + 1
        end = low.find("\n", mixed.end())
        done = len(low) if end < 0 else end
        taken: list[tuple[int, int]] = []
        for pattern in patterns:
            for match in pattern.finditer(low, begin, done):
                start, stop = match.span()
                read = match[0].translate(letters)
                clash = any(start < b and a < stop for a, b in taken)
                if read != match[0] and not clash and _is_time(match, letters):
                    taken.append((start, stop))
                    yield Slip(start, stop, text[start:stop], read)


def _is_time(match: re.Match[str], letters: dict[int, str]) -> bool:
    """Whether the parts that are called days and months can be such."""
    for name, part in match.groupdict().items():
        if part is not None:
            most = _DAYS if name.startswith("day") else _MONTHS
            if not 1 <= int(part.translate(letters)) <= most:
                return False
    return True


# --- doubts -------------------------------------------------------------------------------------------------


@cache
def _doubt_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(record["pattern"]) for name, record in load("slips")["doubts"].items()}


def _doubts(text: str, low: str) -> Iterator[Slip]:
    for name, pattern in _doubt_patterns().items():
        for match in pattern.finditer(low):
            yield Slip(*match.span(), text[slice(*match.span())], doubt=name)
