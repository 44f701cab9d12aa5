"""Which indicator a target means: the one that extraction found, or one that a person named.

A decision of the kind "indicator" is about an id and holds an entry as `data/indicators.toml` has it: of a new
indicator its name, unit and the like, of one of the catalogue only `synonyms`, more wordings that mean it. What a
person named word for word goes before what extraction found; what only has some words more or less comes after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from data import load
from models.plan import Target
from pipeline.resolve.indicators import Meaning, bare_share, kinds_of, most_like, unit_kind
from pipeline.resolve.likeness import Wordings, telling_words, wordings
from pipeline.resolve.segments import words
from pipeline.store.decisions import of_kind
from pipeline.store.derived import IndicatorRecord, Match, as_extracted, catalogue

Entries = dict[str, dict[str, Any]]


class Naming(NamedTuple):
    """`match` gives ids of `indicators`."""

    match: Match
    indicators: Mapping[str, IndicatorRecord]


def naming(connection: Connection) -> Naming:
    """The indicators that the database knows."""
    return _naming(msgspec.json.encode(of_kind(connection, "indicator")))


def entries(connection: Connection) -> Entries:
    """The catalogue's records and what people named, by their ids; the wordings that people added are synonyms."""
    found: Entries = {record["id"]: record for record in load("indicators")["indicators"]}
    for id, entry in of_kind(connection, "indicator").items():
        known = found.get(id)
        more = {"synonyms": [*known.get("synonyms", ()), *entry["synonyms"]]} if known else {**entry, "id": id}
        found[id] = {**(known or {}), **more}
    return found


def key_of(wording: str) -> frozenset[str]:
    """The words by which wordings are one: those that count, or all where none does."""
    return telling_words(wording) or frozenset(words(wording))


@lru_cache(maxsize=4)
def _naming(decided: bytes) -> Naming:
    named: Entries = msgspec.json.decode(decided)
    if not named:
        return Naming(as_extracted, catalogue())
    new = {
        id: IndicatorRecord(entry["unit"], entry["direction"], entry["subject"])
        for id, entry in named.items()
        if id not in catalogue()
    }
    return Naming(_Named(named), {**catalogue(), **new})


class _Named:
    """Matches targets where people named something."""

    def __init__(self, named: Entries) -> None:
        self._same: defaultdict[frozenset[str], list[tuple[str | None, str]]] = defaultdict(list)
        self._like: Wordings[Meaning] = Wordings()
        for id, entry in named.items():
            usual = next((r.get("unit") for r in load("indicators")["indicators"] if r["id"] == id), None)
            for wording, unit in wordings({"unit": usual, **entry}, "name", "synonyms"):
                kind = unit_kind(unit)
                self._same[key_of(wording)].append((kind, id))
                self._like.add(telling_words(wording), Meaning(id, frozenset((kind or "",))))
        self._of = lru_cache(maxsize=100_000)(self._find)

    def __call__(self, target: Target) -> str | None:
        return self._of(target.indicator, target.subject, target.unit, bare_share(target), target.indicator_id)

    def _find(
        self, indicator: str | None, subject: str | None, unit: str | None, share: bool, extracted: str | None
    ) -> str | None:
        if not indicator:
            return extracted
        kinds = kinds_of(indicator, unit, share=share) or {""}
        for said in (f"{indicator} {subject}", indicator) if subject else (indicator,):
            for kind, id in self._same.get(key_of(said), ()):
                if (kind or "") in kinds:
                    return id
        return extracted or most_like(self._like, telling_words(indicator), kinds, nested=True)
