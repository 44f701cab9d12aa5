"""How much two wordings have in common: the weight of the words that both have, twice, by that of all words of both.

The rarer a word is in the catalogue of indicators, the more it weighs; one that the catalogue lacks weighs most, since
it is likely what sets a wording apart. Words that name nothing (`light` in `data/indicators.toml`) do not count.
Wordings of which only one has a number ("dưới 1 tuổi", "dưới 5 tuổi") or a word of `apart` ("nam", "nữ") have nothing
in common at all.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from data import load
from pipeline.resolve.segments import words

T = TypeVar("T")
_UNIT = " | "
_STEPS = 1000  # weights are whole numbers, so that no sum depends on the order of its parts


class Rule(NamedTuple):
    """`least`: how much a wording and an indicator's have in common at least; `margin`: how much more than with the
    next best; `alike`: how much two wordings of one sense that are nested."""

    least: float
    margin: float
    alike: float


@cache
def rule() -> Rule:
    """The thresholds of `data/indicators.toml`."""
    data = load("indicators")["likeness"]
    return Rule(data["least"], data["margin"], data["alike"])


@lru_cache(maxsize=100_000)
def telling_words(text: str) -> frozenset[str]:
    """The words of a wording that count."""
    return frozenset(words(text)) - _light()


def wordings(record: dict[str, Any], *names: str) -> Iterator[tuple[str, str | None]]:
    """What stands in these fields of a catalogue's record, each with its unit: behind " | ", else the record's."""
    for name in names:
        found = record.get(name) or ()
        for wording in (found,) if isinstance(found, str) else found:
            text, sign, unit = wording.rpartition(_UNIT)
            yield (text, unit or None) if sign else (wording, record.get("unit"))


def with_unit(text: str, unit: str | None, usual: str | None) -> str:
    """A wording as `wordings` reads it in a record of the unit `usual`."""
    return text if unit == usual and _UNIT not in text else f"{text}{_UNIT}{unit or ''}"


class _Held(NamedTuple, Generic[T]):
    telling: frozenset[str]
    apart: frozenset[str]
    weight: int
    thing: T


class Wordings(Generic[T]):
    """Things by their words, to find the near ones without a look at all."""

    def __init__(self) -> None:
        self._held: list[_Held[T]] = []
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        self._headed: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, telling: frozenset[str], thing: T) -> None:
        """Holds a thing by the words that count."""
        if not telling:
            return
        for word in telling:
            self._with[word].append(len(self._held))
        self._headed[min(telling, key=_by_weight)].append(len(self._held))
        self._held.append(_Held(telling, _apart_of(telling), _weight(telling), thing))

    def near(self, telling: frozenset[str], least: float, *, nested: bool = False) -> Iterator[tuple[float, T]]:
        """The things that have at least so much in common with these words, each with how much; `nested`: of which one
        has all words of the other, so that no word stands in the place of another ("bệnh viện" for "trạm y tế")."""
        apart, whole = _apart_of(telling), _weight(telling)
        candidates = self._nested(telling) if nested else self._sharing(telling, whole, least)
        for index in sorted(candidates):
            other = self._held[index]
            # What they have in common weighs no more than either.
            if other.apart != apart or 2 * min(whole, other.weight) < least * (whole + other.weight):
                continue
            if nested and not (telling <= other.telling or other.telling <= telling):
                continue
            common = 2 * _weight(telling & other.telling) / (whole + other.weight)
            if common >= least:
                yield common, other.thing

    def _sharing(self, telling: frozenset[str], whole: int, least: float) -> set[int]:
        """Those that share a word, the rarest first, until all other words together are too light for `least`."""
        found: set[int] = set()
        left = whole
        for word in sorted(telling, key=lambda word: (len(self._with.get(word, ())), word)):
            if left * (2 - least) < least * whole:
                break
            found.update(self._with.get(word, ()))
            left -= _weight((word,))
        return found

    def _nested(self, telling: frozenset[str]) -> set[int]:
        """Those that may have all of the words, so the rarest of them; or none but these, so a head that is one."""
        if not telling:
            return set()
        rarest = min((self._with.get(word, []) for word in sorted(telling)), key=len)
        return set(rarest).union(*(self._headed.get(word, ()) for word in telling))


def _by_weight(word: str) -> tuple[int, str]:
    """Sorts words, the heaviest first."""
    return -_weight((word,)), word


def _apart_of(telling: frozenset[str]) -> frozenset[str]:
    """The numbers and words that two wordings have to share."""
    return frozenset(word for word in telling if word.isdecimal()) | (telling & _apart())


def _weight(telling: Iterable[str]) -> int:
    weights, heaviest = _weights(), _heaviest()
    return sum(weights.get(word, heaviest) for word in telling)


@cache
def _light() -> frozenset[str]:
    return frozenset(word for text in load("indicators")["likeness"]["light"] for word in words(text))


@cache
def _apart() -> frozenset[str]:
    return frozenset(word for text in load("indicators")["likeness"]["apart"] for word in words(text)) - _light()


@cache
def _counted() -> tuple[Counter[str], int]:
    """How many wordings of the catalogue have a word, and how many there are."""
    records = load("indicators")["indicators"]
    fields = ("name", "synonyms", "examples", "counter_examples")
    texts = [text for record in records for text, _ in wordings(record, *fields)]
    return Counter(word for text in texts for word in telling_words(text)), len(texts)


@cache
def _weights() -> dict[str, int]:
    counted, whole = _counted()
    return {word: round(_STEPS * math.log(1 + whole / count)) for word, count in counted.items()}


@cache
def _heaviest() -> int:
    return round(_STEPS * math.log(1 + _counted()[1]))
