"""Whether letters are a Vietnamese syllable: onset, vowels, final consonant, and a tone mark where one can stand.

Letters of an old encoding hardly ever make one ("cuûa", "c¸c"), so that this tells what has to be converted from what
is sound.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from data import load

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")


def sound(word: str) -> bool:
    """Whether every part of a word ("15/QĐ-UBND", "tỉnh") that has letters beyond ASCII is a Vietnamese syllable."""
    if word.isascii():
        return True
    parts = _WORD.findall(unicodedata.normalize("NFC", word))
    if any(not c.isascii() and not c.isalpha() for c in word) or not parts:
        return False
    return all(part.isascii() or is_syllable(part) for part in parts)


@cache
def is_syllable(word: str) -> bool:
    """Whether letters, in any case, are one syllable."""
    bare, tone = _toneless(word.lower())
    rules = _rules()
    for onset in rules.onsets:
        if bare.startswith(onset):
            rest = len(bare) - len(onset)
            places = rules.rhymes.get(bare[len(onset) :])
            if places is not None and (tone < 0 or tone - (len(bare) - rest) in places):
                return True
    return False


def _toneless(word: str) -> tuple[str, int]:
    """A word without its tone mark, and the index of the letter that had it: -1 without one, -9 with several."""
    letters: list[str] = []
    at = -1
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        kept = "".join(mark for mark in parts if mark not in _TONES)
        if len(kept) < len(parts):
            if at != -1:
                return word, len(word)  # no place for two
            at = len(letters)
        letters.append(unicodedata.normalize("NFC", kept))
    return "".join(letters), at


class _Rules:
    """The onsets, and the rhymes with the letters that may bear their tone."""

    def __init__(self) -> None:
        known = load("encodings")["syllable"]
        self.onsets: list[str] = known["onsets"]
        self.rhymes: dict[str, frozenset[int]] = {}
        both, second = known["both_places"], known["second_place"]
        for vowels in known["open"]:
            at = {0, 1} if vowels in both else {1} if vowels in second or len(vowels) == 3 else {0}
            self.rhymes[vowels] = frozenset(at)
        for vowels in known["closed"]:
            for coda in known["codas"]:
                self.rhymes[vowels + coda] = frozenset((len(vowels) - 1,))


@cache
def _rules() -> _Rules:
    return _Rules()
