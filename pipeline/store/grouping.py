"""Targets that no indicator is known of, in groups of like words, so that a person can name them.

Wordings with the same words and the same sort of unit are one; of the others each joins the group whose most frequent
wording it is most like and nested with (one has all words of the other), those of most targets first. So groups follow
from what is in the database, never from the order in which it came.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, select

from models import tables as t
from pipeline.resolve.indicators import unit_kind
from pipeline.resolve.likeness import Wordings, rule
from pipeline.store.naming import key_of
from pipeline.store.shared import PROVINCE_NOW, measuring

_DIGITS = 8  # of a group's id
Key = tuple[str, frozenset[str]]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Targets of one sense, as far as words tell. `wordings` are as plans have them, the most frequent first, `unit` is
    the most frequent one. `id` follows from the words of most targets; each of `ids` means the group, too."""

    id: str
    unit: str | None
    wordings: tuple[str, ...]
    targets: int
    plans: int
    provinces: int
    years: tuple[int, ...]
    ids: tuple[str, ...]


class _Held:
    """What the database has of one key, or of one group."""

    def __init__(self) -> None:
        self.said: Counter[tuple[str, str | None]] = Counter()
        self.plans: set[int] = set()
        self.provinces: set[int] = set()
        self.years: set[int] = set()

    def add(self, other: _Held) -> None:
        self.said += other.said
        self.plans |= other.plans
        self.provinces |= other.provinces
        self.years |= other.years


def groups(connection: Connection) -> list[Group]:
    """All groups, those of most plans first."""
    held = _held(connection)
    found = [_group([held[key] for key in keys], keys) for keys in _alike(held)]
    return sorted(found, key=lambda group: (-group.plans, -group.targets, group.wordings, group.id))


def _held(connection: Connection) -> dict[Key, _Held]:
    """Of all targets that no indicator is known of what is to be told, by their words and sort of unit."""
    target, measure, plan, province = t.Target, t.Measure, t.Plan, t.Province
    place = PROVINCE_NOW.label("place")
    query = (
        select(target.indicator, target.unit, measure.plan_id, place, measure.year, func.count().label("targets"))
        .join(target, measuring())
        .join(plan, plan.id == measure.plan_id)
        .outerjoin(province, province.id == plan.province_id)
        .where(measure.indicator_id.is_(None), target.indicator.is_not(None))
        .group_by(target.indicator, target.unit, measure.plan_id, place, measure.year)
    )
    keys: dict[tuple[str, str | None], Key] = {}
    found: defaultdict[Key, _Held] = defaultdict(_Held)
    for row in connection.execute(query):
        said = (row.indicator or "", row.unit)
        if said not in keys:
            keys[said] = (unit_kind(row.unit) or "", key_of(said[0]))
        if not keys[said][1]:
            continue  # no words, nothing to name
        one = found[keys[said]]
        one.said[said] += row.targets
        one.plans.add(row.plan_id)
        one.provinces |= {row.place} if row.place else set()
        one.years |= {row.year} if row.year else set()
    return found


def _alike(held: dict[Key, _Held]) -> Iterable[list[Key]]:
    """The keys of each group, that of most targets first."""
    order = sorted(held, key=lambda key: (-held[key].said.total(), key[0], sorted(key[1])))
    first: defaultdict[str, Wordings[list[Key]]] = defaultdict(Wordings)
    found: list[list[Key]] = []
    for key in order:
        kind, words = key
        near = max(first[kind].near(words, rule().alike, nested=True), key=lambda one: one[0], default=None)
        if near:
            near[1].append(key)
        else:
            found.append([key])
            first[kind].add(words, found[-1])
    return found


def _group(held: list[_Held], keys: list[Key]) -> Group:
    whole = _Held()
    for one in held:
        whole.add(one)
    wordings: Counter[str] = Counter()
    units: Counter[str | None] = Counter()
    for (wording, unit), count in whole.said.items():
        wordings[wording] += count
        units[unit] += count
    ids = tuple(map(_id, keys))
    return Group(
        id=ids[0],
        unit=min(units, key=lambda unit: (-units[unit], unit or "")),
        wordings=tuple(sorted(wordings, key=lambda wording: (-wordings[wording], wording))),
        targets=whole.said.total(),
        plans=len(whole.plans),
        provinces=len(whole.provinces),
        years=tuple(sorted(whole.years)),
        ids=ids,
    )


def _id(key: Key) -> str:
    kind, words = key
    return hashlib.sha256(f"{kind}|{' '.join(sorted(words))}".encode()).hexdigest()[:_DIGITS]
