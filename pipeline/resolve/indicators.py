"""Which indicator of the catalogue a target measures.

A record of `data/indicators.toml` says which words must stand in the target's text (one of each list), which must not,
and in which units it is told. A target means the one record that all of this fits; where two fit, none is taken.

Words are compared whole. Vietnamese parts syllables, not words, so the syllables of "lao" (tuberculosis) also stand in
"lao động" (labour); `data/indicator_words.toml` knows the words of two, and a phrase counts only where it
begins and ends with a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import fold

_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\w+")
_SIGNS = str.maketrans({"<": " dưới ", "≤": " dưới ", ">": " trên ", "≥": " từ "})


class _Record(NamedTuple):
    id: str
    groups: int  # how many lists of words must be met
    units: frozenset[str]


class _Catalogue(NamedTuple):
    """`phrases`: a phrase to (record, bit of its list; 0 for a word that must not stand) pairs. `starts`: a phrase's
    first syllable to the most syllables of a phrase that begins so."""

    records: tuple[_Record, ...]
    phrases: dict[str, tuple[tuple[int, int], ...]]
    starts: dict[str, int]
    words: frozenset[str]
    abbreviations: dict[str, list[str]]


def indicator_of(indicator: str | None, subject: str | None, unit: str | None) -> str | None:
    """The id of the indicator that these words of a target mean, as printed; None where none or several fit."""
    catalogue = _catalogue()
    # The lone sign is a token that no phrase has, so that none runs from one part into the next.
    tokens = _tokens(" _ ".join(filter(None, (indicator, subject, unit))), catalogue)
    ends = _word_ends(tokens, catalogue.words)
    met: dict[int, int] = {}
    barred = set()
    for first, last in enumerate(ends):
        longest = catalogue.starts.get(tokens[first], 0)
        while last and last - first <= longest:
            for index, bit in catalogue.phrases.get(" ".join(tokens[first:last]), ()):
                if bit:
                    met[index] = met.get(index, 0) | bit
                else:
                    barred.add(index)
            last = ends[last] if last < len(ends) else 0
    complete = [
        catalogue.records[index]
        for index, bits in met.items()
        if bits == (1 << catalogue.records[index].groups) - 1 and index not in barred
    ]
    if not complete:
        return None
    kinds = _kinds(indicator, unit)
    fitting = [record.id for record in complete if not record.units or not kinds.isdisjoint(record.units)]
    return fitting[0] if len(fitting) == 1 else None


def _kinds(indicator: str | None, unit: str | None) -> set[str]:
    """The sorts of unit that a target's words allow: the unit's own, the noun that opens it ("vụ ngộ độc"), and the
    rate that the indicator itself names ("số bác sĩ trên 10.000 dân")."""
    own = unit_kind(unit)
    found = {own, own.split(" ")[0]} if own else set()
    if own == "điểm phần trăm":
        found.add("%")  # a share's change
    rate = _units()[1].search(_THOUSANDS.sub("", fold(indicator))) if indicator else None
    if rate and own != "%":
        found.add(_units()[0][rate[1].replace(" ", "")])
    return found


def unit_kind(unit: str | None) -> str | None:
    """What sort of unit a target has: a name of `data/units.toml` ("%", "/10.000", "đồng"), else the folded noun.

    Per mille and "per 1.000" are one ("‰"); what is counted before the stroke and behind the base does not matter.
    """
    if not unit:
        return None
    key = _THOUSANDS.sub("", fold(unicodedata.normalize("NFC", unit))).strip()
    exact, rates = _units()
    if key in exact:
        return exact[key]
    found = rates.search(key)
    return exact[found[1].replace(" ", "")] if found else key


# --- words --------------------------------------------------------------------------------------------------------


def _tokens(text: str, catalogue: _Catalogue) -> list[str]:
    """Syllables and numbers in the form that is compared; abbreviations in capitals are written out."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFC", text).translate(_SIGNS))
    key = fold(text)
    tokens: list[str] = []
    for match in _TOKEN.finditer(key):
        word = match.group()
        written = catalogue.abbreviations.get(word)
        if written and text[match.start() : match.end()].isupper():
            tokens += written
        else:
            tokens.append(word.lstrip("0") or "0" if word.isdecimal() else word)
    return tokens


def _word_ends(tokens: list[str], words: frozenset[str]) -> list[int]:
    """For each token the end of the word that begins there, 0 inside a word. Words have two syllables at most."""
    ends = [0] * len(tokens)
    first = 0
    while first < len(tokens):
        size = 2 if first + 1 < len(tokens) and f"{tokens[first]} {tokens[first + 1]}" in words else 1
        ends[first] = first + size
        first += size
    return ends


@cache
def _catalogue() -> _Catalogue:
    data = load("indicators")
    phrases: dict[str, list[tuple[int, int]]] = {}

    def add(phrase: str, record: int, bit: int) -> None:
        key = " ".join(_TOKEN.findall(fold(phrase)))
        phrases.setdefault(key, []).append((record, bit))

    records = []
    for index, row in enumerate(data["indicators"]):
        units = frozenset(kind for unit in row["units"] if (kind := unit_kind(unit)))
        records.append(_Record(row["id"], len(row["all"]), units))
        for at, group in enumerate(row["all"]):
            for phrase in group:
                add(phrase, index, 1 << at)
        for phrase in row.get("none", ()):
            add(phrase, index, 0)
    starts: dict[str, int] = {}
    for phrase in phrases:
        first, size = phrase.split(" ")[0], phrase.count(" ") + 1
        starts[first] = max(size, starts.get(first, 0))
    return _Catalogue(
        records=tuple(records),
        phrases={phrase: tuple(entries) for phrase, entries in phrases.items()},
        starts=starts,
        words=frozenset(load("indicator_words")["words"]),
        abbreviations={fold(short): fold(full).split() for short, full in data["abbreviations"].items()},
    )


@cache
def _units() -> tuple[dict[str, str], re.Pattern[str]]:
    """Spellings of units to their kinds, and the pattern that finds a rate inside a longer unit."""
    exact: dict[str, str] = {}
    rates = []
    for row in load("units")["units"]:
        kind = "‰" if row["name"] == "/1.000" else row["name"]
        for variant in row["variants"]:
            key = _THOUSANDS.sub("", fold(variant))
            exact[key] = exact[key.replace(" ", "")] = kind
            if row["kind"] == "rate":
                rates.append(key)
    found = "|".join(re.escape(rate) for rate in sorted(set(rates), key=len, reverse=True))
    return exact, re.compile(rf"({found})(?!\w)")
