"""The words of a target as they are compared: whole words in one spelling, abbreviations written out.

Vietnamese parts syllables, not words, so the syllables of "lao" (tuberculosis) also stand in "lao động" (labour);
`data/indicator_words.toml` knows the words of two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from data import load
from extractors.vietnamese import fold

THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
"""The dot within a number that parts its thousands."""

_TOKEN = re.compile(r"\w+")
_SIGNS = str.maketrans({"<": " dưới ", "≤": " dưới ", ">": " trên ", "≥": " từ "})


def tokens(text: str) -> list[str]:
    """Syllables and numbers in the form that is compared; abbreviations in capitals are written out."""
    text = THOUSANDS.sub("", unicodedata.normalize("NFC", text).translate(_SIGNS))
    key = fold(text)
    found: list[str] = []
    for match in _TOKEN.finditer(key):
        word = match.group()
        written = _abbreviations().get(word)
        if written and text[match.start() : match.end()].isupper():
            found += written
        else:
            found.append(word.lstrip("0") or "0" if word.isdecimal() else word)
    return found


def word_ends(syllables: list[str]) -> list[int]:
    """For each token the end of the word that begins there, 0 inside a word. Words have two syllables at most."""
    known = _words()
    ends = [0] * len(syllables)
    first = 0
    while first < len(syllables):
        size = 2 if first + 1 < len(syllables) and f"{syllables[first]} {syllables[first + 1]}" in known else 1
        ends[first] = first + size
        first += size
    return ends


def words(text: str) -> list[str]:
    """The words of a text, one after the other."""
    syllables = tokens(text)
    return [" ".join(syllables[first:end]) for first, end in enumerate(word_ends(syllables)) if end]


def phrase(text: str) -> str:
    """A phrase of the catalogue, as the tokens of a text are joined."""
    return " ".join(_TOKEN.findall(fold(text)))


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {fold(short): fold(full).split() for short, full in load("indicators")["abbreviations"].items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(load("indicator_words")["words"])
