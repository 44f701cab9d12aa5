"""Values of one unit, so that 95 %, 0,95 and "950/1.000" compare. What a unit is stands in `data/units.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import words_key

DIGITS = 9  # digits after the point that a converted value keeps: 0.95 as a share is 95 % and not 94.99999999999999
_PER = re.compile(r"[^/]*/\s*(?P<per>\d[\d.]*)\s*(?P<of>.*)", re.DOTALL)
_SHARE = "share"
_RATIO = "ratio"  # the unit of shares that are told as fractions ("2/3 số xã")


class Unit(NamedTuple):
    """What a unit measures: `kind`, how much of that kind one is, and of whom (for rates, where the text says)."""

    kind: str
    size: float
    of: str | None = None


@lru_cache(maxsize=10_000)
def unit_of(words: str | None) -> Unit:
    """The unit that a target carries. Parts of a whole ("%", "‰", fractions, "ca/100.000 dân") are of one kind; any
    other words are a kind of their own; none have the kind ""."""
    key = words_key(words or "")
    if words is None or not (key or words.strip()):
        return Unit("", 1)
    if share := _shares().get(words.strip().lower()):
        return Unit(_SHARE, share)
    if match := _PER.fullmatch(words.strip()):
        per = int(match["per"].replace(".", ""))
        return Unit(_SHARE, 1 / per, words_key(match["of"]) or None) if per else Unit(key, 1)
    return Unit(_others().get(words.strip().lower(), key or words.strip()), 1)


def convert(value: float, unit: str | None, to: str | None) -> float | None:
    """`value` of `unit` in the unit `to`; None where the two measure different things.

    A bare number between 0 and 1 is a share where shares are asked for. Rates of different people ("/100.000 dân",
    "/100.000 trẻ đẻ sống") do not compare; one that leaves out whose it is, or a part of it, does.
    """
    here, there = unit_of(unit), unit_of(to)
    if here.kind == "" and there.kind == _SHARE and to and _shares().get(to.strip().lower()) and 0 < value < 1:
        here = Unit(_SHARE, 1)
    if here.kind != there.kind or not _same_people(here.of, there.of):
        return None
    return value if here.size == there.size else round(value * here.size / there.size, DIGITS)


def _same_people(here: str | None, there: str | None) -> bool:
    """Whether two rates are of the same people, as far as both say."""
    one, other = _people(here or ""), _people(there or "")
    return one <= other or other <= one


@lru_cache(maxsize=10_000)
def _people(words: str) -> frozenset[str]:
    same = load("units")["people"]
    return frozenset(same.get(word, word) for word in words.split())


@cache
def _shares() -> dict[str, float]:
    sizes = {"%": 1 / 100, "‰": 1 / 1000}
    records = [record for record in load("units")["units"] if record["kind"] == _SHARE]
    spellings = {spelling: sizes[record["name"]] for record in records for spelling in record["variants"]}
    return {_RATIO: 1.0, **spellings}


@cache
def _others() -> dict[str, str]:
    records = [record for record in load("units")["units"] if record["kind"] not in (_SHARE, "rate")]
    return {spelling: words_key(record["name"]) for record in records for spelling in record["variants"]}
