"""Which indicator of the catalogue a target measures.

A record of `data/indicators.toml` says which words must stand in the target's text (one of each list), which must not,
and in which units it is told. A target means the one record that all of this fits; where two fit, none is taken. Words
are compared whole: a phrase counts only where it begins and ends with a word.

Where no record's words all stand in the text, it means the record whose name, synonym or example it is most like, if
it is like it enough and clearly more than any other and than what a record says it does not mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any, NamedTuple

from data import load
from extractors.vietnamese import fold
from models.plan import Target
from pipeline.resolve.likeness import Wordings, rule, telling_words, wordings
from pipeline.resolve.segments import THOUSANDS, phrase, tokens, word_ends

_SHARES = ("‰", "ratio")  # what compares with a per cent


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


@lru_cache(maxsize=50_000)
def indicator_of(indicator: str | None, subject: str | None, unit: str | None, *, share: bool = False) -> str | None:
    """The id of the indicator that these words of a target mean, as printed; None where none or several fit. `share`:
    its number is a `bare_share`."""
    catalogue = _catalogue()
    # The lone sign is a token that no phrase has, so that none runs from one part into the next.
    syllables = tokens(" _ ".join(filter(None, (indicator, subject, unit))))
    ends = word_ends(syllables)
    met: dict[int, int] = {}
    barred = set()
    for first, last in enumerate(ends):
        longest = catalogue.starts.get(syllables[first], 0)
        while last and last - first <= longest:
            for index, bit in catalogue.phrases.get(" ".join(syllables[first:last]), ()):
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
    kinds = kinds_of(indicator, unit, share=share)
    if not complete:
        return _most_like(indicator, subject, kinds, {catalogue.records[index].id for index in barred})
    fitting = [record.id for record in complete if not record.units or not kinds.isdisjoint(record.units)]
    return fitting[0] if len(fitting) == 1 else None


def bare_share(target: Target) -> bool:
    """Whether a target's number is told without a unit, as a share of one may be ("đạt 0,95")."""
    bound = target.high if target.low is None else target.low
    return not target.unit and target.change is None and bound is not None and 0 < bound < 1


def kinds_of(indicator: str | None, unit: str | None, *, share: bool = False) -> set[str]:
    """The sorts of unit that a target's words allow: the unit's own, the noun that opens it ("vụ ngộ độc"), the rate
    that the indicator itself names ("số bác sĩ trên 10.000 dân"), and per cent for any share of a whole."""
    own = unit_kind(unit)
    found = {own, own.split(" ")[0]} if own else set()
    if own == "điểm phần trăm":
        found.add("%")  # a share's change
    rate = _units()[1].search(THOUSANDS.sub("", fold(indicator))) if indicator else None
    if rate and own != "%":
        found.add(_units()[0][rate[1].replace(" ", "")])
    if share or not found.isdisjoint(_SHARES):
        found.add("%")
    return found


def unit_kind(unit: str | None) -> str | None:
    """What sort of unit a target has: a name of `data/units.toml` ("%", "/10.000", "đồng"), else the folded noun.

    Per mille and "per 1.000" are one ("‰"); what is counted before the stroke and behind the base does not matter.
    """
    if not unit:
        return None
    key = THOUSANDS.sub("", fold(unicodedata.normalize("NFC", unit))).strip()
    exact, rates = _units()
    if key in exact:
        return exact[key]
    found = rates.search(key)
    return exact[found[1].replace(" ", "")] if found else key


# --- likeness -----------------------------------------------------------------------------------------------------


class Meaning(NamedTuple):
    """What a wording means: the indicator, in these sorts of unit (none: any), or (`means` False) not that one."""

    id: str
    kinds: frozenset[str]
    means: bool = True


def _most_like(indicator: str | None, subject: str | None, kinds: set[str], barred: set[str]) -> str | None:
    telling = telling_words(" ".join(filter(None, (indicator, subject))))
    return most_like(known_wordings(), telling, kinds, barred) if indicator else None


def most_like(
    known: Wordings[Meaning],
    telling: frozenset[str],
    kinds: set[str],
    barred: Collection[str] = (),
    *,
    nested: bool = False,
) -> str | None:
    """The indicator whose wordings these words are most like, as far as `rule` demands; None where there is none."""
    least, margin = rule().alike if nested else rule().least, rule().margin
    best: dict[str, float] = {}
    for likeness, meaning in known.near(telling, least - margin, nested=nested):
        if meaning.means and (meaning.id in barred or (meaning.kinds and meaning.kinds.isdisjoint(kinds))):
            continue
        # What is no indicator's wording is a rival to all of them.
        rival = meaning.id if meaning.means else ""
        best[rival] = max(likeness, best.get(rival, 0))
    first, second = sorted([(-likeness, id) for id, likeness in best.items()] + [(0, ""), (0, "")])[:2]
    return first[1] or None if -first[0] >= least and second[0] - first[0] >= margin else None


@cache
def known_wordings() -> Wordings[Meaning]:
    """The names, synonyms and examples of the catalogue, and what its records say they do not mean."""
    found: Wordings[Meaning] = Wordings()
    for row in load("indicators")["indicators"]:
        for text, _ in wordings(row, "name", "synonyms", "examples"):
            found.add(telling_words(text), Meaning(row["id"], record_kinds(row)))
        for text, _ in wordings(row, "counter_examples"):
            found.add(telling_words(text), Meaning(row["id"], frozenset(), means=False))
    return found


def record_kinds(row: dict[str, Any]) -> frozenset[str]:
    """The sorts of unit that a record of the catalogue may have; none where any."""
    return frozenset(kind for unit in row["units"] if (kind := unit_kind(unit)))


# --- the catalogue ------------------------------------------------------------------------------------------------


@cache
def _catalogue() -> _Catalogue:
    phrases: dict[str, list[tuple[int, int]]] = {}

    def add(text: str, record: int, bit: int) -> None:
        phrases.setdefault(phrase(text), []).append((record, bit))

    records = []
    for index, row in enumerate(load("indicators")["indicators"]):
        records.append(_Record(row["id"], len(row["all"]), record_kinds(row)))
        for at, group in enumerate(row["all"]):
            for text in group:
                add(text, index, 1 << at)
        for text in row.get("none", ()):
            add(text, index, 0)
    starts: dict[str, int] = {}
    for key in phrases:
        first, size = key.split(" ")[0], key.count(" ") + 1
        starts[first] = max(size, starts.get(first, 0))
    return _Catalogue(
        records=tuple(records),
        phrases={key: tuple(entries) for key, entries in phrases.items()},
        starts=starts,
    )


@cache
def _units() -> tuple[dict[str, str], re.Pattern[str]]:
    """Spellings of units to their kinds, and the pattern that finds a rate inside a longer unit."""
    exact: dict[str, str] = {}
    rates = []
    for row in load("units")["units"]:
        kind = "‰" if row["name"] == "/1.000" else row["name"]
        for variant in row["variants"]:
            key = THOUSANDS.sub("", fold(variant))
            exact[key] = exact[key.replace(" ", "")] = kind
            if row["kind"] == "rate":
                rates.append(key)
    found = "|".join(re.escape(rate) for rate in sorted(set(rates), key=len, reverse=True))
    return exact, re.compile(rf"({found})(?!\w)")
