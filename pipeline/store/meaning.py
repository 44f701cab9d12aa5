"""Which indicator a person's words mean: one of the catalogue, or a wording of the plans that is in no catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from extractors.vietnamese import ascii_key
from models import tables as t
from pipeline.resolve.indicators import indicator_of
from pipeline.store.keys import key_of
from pipeline.store.naming import Entries
from pipeline.store.shared import chunks, measuring


class Meant(NamedTuple):
    """What words may mean: the `key` is an id of the catalogue, or that of a wording that the catalogue does not have,
    with the `wordings` of the plans for it. So many `targets` in so many `places` have it."""

    key: str
    wordings: tuple[str, ...]
    targets: int
    places: int


def meanings(connection: Connection, indicator: str, year: int | None, known: Entries) -> list[Meant]:
    """What the words may mean, that of most provinces first: in the year, else at all.

    An id or a whole name means one indicator alone. Other words mean all that have them in a name or a synonym, what
    extraction takes them for, and what plans measure in words that hold them. Accents don't count.
    """
    known = {**{id: {} for id in connection.execute(select(t.Indicator.id)).scalars()}, **known}
    if one := _outright(indicator, known):
        return [Meant(one, (), 0, 0)]
    bare = ascii_key(key_of(indicator))
    ids = {id for id, entry in known.items() if any(bare in ascii_key(key_of(name)) for name in _names(entry))}
    ids |= {id for unit in (None, "%") if (id := indicator_of(indicator, None, unit))}
    said = select(t.Target.indicator).distinct().where(t.Target.indicator.is_not(None))
    loose = [name for name in connection.execute(said).scalars() if name and bare in ascii_key(key_of(name))]
    ids |= set(_ids_of(connection, loose))
    counted = _counted(connection, ids, loose, year) or _counted(connection, ids, loose, None)
    return sorted(counted, key=lambda meant: (meant.places, meant.targets, meant.key), reverse=True)


def _outright(indicator: str, known: Entries) -> str | None:
    words = key_of(indicator)
    named = [id for id, entry in known.items() if words in (key_of(name) for name in (id, *_names(entry)))]
    return named[0] if len(named) == 1 else None


def _names(entry: dict[str, Any]) -> list[str]:
    """The names and synonyms of an indicator, without the units that these may be told with."""
    names = (entry.get("name"), entry.get("name_en"), *entry.get("synonyms", ()))
    return [name.partition("|")[0].strip() for name in names if name]


def _ids_of(connection: Connection, loose: Collection[str]) -> Iterator[str]:
    measure = t.Measure
    for chunk in chunks(loose):
        query = _of_targets(measure.indicator_id).where(
            t.Target.indicator.in_(chunk), measure.indicator_id.is_not(None)
        )
        yield from connection.execute(query.distinct()).scalars()


def _counted(connection: Connection, ids: Collection[str], loose: Collection[str], year: int | None) -> list[Meant]:
    measure = t.Measure
    place = func.coalesce(t.Plan.province_id, -t.Plan.id)
    found: list[Meant] = []
    counts = select(measure.indicator_id, func.count(), func.count(place.distinct()))
    counts = counts.join(t.Plan, t.Plan.id == measure.plan_id).group_by(measure.indicator_id)
    in_year = [measure.year == year] if year is not None else []
    for chunk in chunks(sorted(ids)):
        for id, targets, places in connection.execute(counts.where(measure.indicator_id.in_(chunk), *in_year)):
            found.append(Meant(str(id), (), targets, places))
    wordings: dict[str, set[str]] = {}
    where: dict[str, list[int]] = {}
    for chunk in chunks(loose):
        query = _of_targets(t.Target.indicator, place).join(t.Plan, t.Plan.id == measure.plan_id)
        query = query.where(t.Target.indicator.in_(chunk), measure.indicator_id.is_(None), *in_year)
        for name, at in connection.execute(query):
            wordings.setdefault(key_of(name), set()).add(name)
            where.setdefault(key_of(name), []).append(at)
    for key, names in wordings.items():
        found.append(Meant(key, tuple(sorted(names)), len(where[key]), len(set(where[key]))))
    return found


def _of_targets(*columns: Any) -> Any:
    return select(*columns).select_from(t.Target).join(t.Measure, measuring())
