"""The catalogue of indicators over all plans: which of them targets are set for, and how a person names a new one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

from extractors.vietnamese import ascii_key
from models import tables as t
from pipeline.errors import KehoachError
from pipeline.resolve.indicators import unit_kind
from pipeline.resolve.likeness import with_unit, wordings
from pipeline.store import decisions
from pipeline.store.derived import catalogue
from pipeline.store.finding import has_words
from pipeline.store.grouping import Group, groups
from pipeline.store.naming import entries, key_of
from pipeline.store.reference import fill_indicators
from pipeline.store.rematching import rematch
from pipeline.store.shared import PROVINCE_NOW

Direction = Literal["higher", "lower", "range", "cap", "maintain", "context"]
OTHER = "khác"  # the family of what belongs to none
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,19}")
_GENERATED = re.compile(r"N(\d+)")


class IndicatorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator with how many targets, plans and provinces (of today's map, where known) set it, and for which
    years. `named`: a person did. `wordings` are all that mean it beside its name."""

    id: str
    name: str | None
    name_en: str | None
    family: str | None
    unit: str | None
    direction: str | None
    subject: str | None
    named: bool
    wordings: tuple[str, ...]
    targets: int
    plans: int
    provinces: int
    years: tuple[int, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of an indicator; None leaves it as it is. `synonyms` are added, each with its unit
    behind " | " where that is another one."""

    name: str | None = None
    name_en: str | None = None
    family: str | None = None
    unit: str | None = None
    direction: Direction | None = None
    subject: str | None = None
    synonyms: tuple[str, ...] = ()


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a naming: the indicator, and how many targets measure something else now."""

    id: str
    name: str | None
    targets: int


def indicators(connection: Connection, words: str | None = None, *, family: str | None = None) -> list[IndicatorRow]:
    """All indicators, those of most provinces first.

    `words` are an id, or words that a name or wording holds, `family` words of the family's name; accents don't count.
    """
    known = entries(connection)
    counted = {row.indicator_id: row for row in connection.execute(_counts())}
    years: defaultdict[str | None, list[int]] = defaultdict(list)
    year = select(t.Measure.indicator_id, t.Measure.year).where(t.Measure.year.is_not(None)).distinct()
    for measured in connection.execute(year.order_by(t.Measure.year)):
        years[measured.indicator_id].append(measured.year or 0)
    found = []
    for row in connection.execute(select(t.Indicator)):
        record, count = known.get(row.id, {}), counted.get(row.id)
        said = tuple(text for text, _ in wordings(record, "synonyms", "examples"))
        if _fits(words, row.id, (row.name, row.name_en, *said)) and _fits(family, None, (row.family,)):
            own = {name: getattr(row, name) for name in IndicatorRow.__struct_fields__ if hasattr(row, name)}
            tally = {name: getattr(count, name) if count else 0 for name in ("targets", "plans", "provinces")}
            found.append(IndicatorRow(**{**own, **tally}, wordings=said, years=tuple(years[row.id])))
    return sorted(found, key=lambda row: (-row.provinces, -row.plans, -row.targets, row.id))


def unmatched(connection: Connection, words: str | None = None) -> list[Group]:
    """The groups of targets that no indicator is known of, those of most plans first; those with these words."""
    return [group for group in groups(connection) if _fits(words, group.id, group.wordings)]


def name(connection: Connection, what: str, entry: Entry, *, id: str | None = None, by: str, note: str | None) -> Named:
    """Names a group (by an id of it) or words as an indicator, and matches all targets anew.

    With the id of an indicator that is there, the wordings are added to it; without one, the next free id is taken.
    Where `what` is the id of a named indicator, its entry is changed. The words of a target that no plan has yet need a
    unit. Raises KehoachError.
    """
    named = decisions.of_kind(connection, "indicator")
    changed = next((known for known in named if known.casefold() == what.strip().casefold()), None)
    usual, found = (None, ()) if changed else _wordings(connection, what, entry.unit)
    id = changed or _id(connection, id)
    known = entries(connection).get(id, {})
    value = _value(id, known, entry, usual)
    unit = known.get("unit") if id in catalogue() else value["unit"]
    before = {"unit": known.get("unit"), **named.get(id, {})}
    said = [*wordings(before, "synonyms"), *found]
    said += wordings({"unit": unit, "synonyms": entry.synonyms}, "synonyms")
    if entry.name:
        said += wordings(before, "name")  # what meant it by its former name still does
    _check_free(connection, id, said)
    once = {(key_of(text), unit_kind(kind)): with_unit(text, kind, unit) for text, kind in reversed(said)}
    value["synonyms"] = list(reversed(once.values()))
    decisions.decide(connection, "indicator", id, value, by=by, note=note)
    return _renewed(connection, id)


def withdraw(connection: Connection, id: str) -> Named:
    """Takes back what a person named; its targets are matched as if nobody had. Raises KehoachError."""
    named = decisions.of_kind(connection, "indicator")
    found = next((known for known in named if known.casefold() == id.strip().casefold()), None)
    if found is None:
        raise KehoachError("indicator_not_named", ref=id)
    decisions.withdraw(connection, "indicator", found)
    changed = rematch(connection, [found])
    fill_indicators(connection)
    return Named(id=found, name=named[found].get("name"), targets=changed)


def _renewed(connection: Connection, id: str) -> Named:
    fill_indicators(connection)
    return Named(id=id, name=entries(connection)[id].get("name"), targets=rematch(connection, [id]))


def _wordings(
    connection: Connection, what: str, unit: str | None
) -> tuple[str | None, tuple[tuple[str, str | None], ...]]:
    """The usual unit, and the wordings with their units that a group's id or words mean."""
    all_groups = groups(connection)
    group = next((group for group in all_groups if what.strip().casefold() in group.ids), None)
    if group:
        return group.unit, tuple((text, group.unit) for text in group.wordings)
    key = key_of(what)
    if not key:
        raise KehoachError("indicator_no_words", ref=what)
    for group in all_groups:
        if key in map(key_of, group.wordings) and (unit is None or unit_kind(unit) == unit_kind(group.unit)):
            return group.unit, ((what, group.unit),)
    if unit is None:
        raise KehoachError("indicator_no_target", ref=what)
    return unit, ((what, unit),)


def _id(connection: Connection, asked: str | None) -> str:
    """The id as it is written, or the next free one."""
    known = list(connection.execute(select(t.Indicator.id)).scalars())
    if asked is None:
        numbers = [int(found[1]) for i in known if (found := _GENERATED.fullmatch(i))]
        return f"N{max(numbers, default=0) + 1:03}"
    if not _ID.fullmatch(asked.strip()):
        raise KehoachError("indicator_id", id=asked)
    return next((i for i in known if i.casefold() == asked.strip().casefold()), asked.strip())


def _value(id: str, known: dict[str, Any], entry: Entry, usual: str | None) -> dict[str, Any]:
    """The entry to keep, but its wordings: for the catalogue's own indicators nothing else."""
    given = {field: getattr(entry, field) for field in ("name", "name_en", "family", "unit", "direction", "subject")}
    if id in catalogue():
        if entry.name or entry.direction or entry.family or entry.name_en or entry.subject:
            raise KehoachError("indicator_of_catalogue", id=id, name=known["name"])
        return {}
    value = {field: known.get(field) if new is None else new for field, new in given.items()}
    value["unit"] = value["unit"] or usual
    value["family"] = value["family"] or OTHER
    if not value["name"]:
        raise KehoachError("indicator_no_name")
    if not value["direction"]:
        raise KehoachError("indicator_no_direction")
    return value


def _check_free(connection: Connection, id: str, new: Iterable[tuple[str, str | None]]) -> None:
    """That no wording was named as another indicator before: which one would it mean?"""
    asked = {(key_of(text), unit_kind(unit)): text for text, unit in new}
    for other in decisions.of_kind(connection, "indicator").keys() - {id}:
        for text, unit in wordings(entries(connection)[other], "name", "synonyms"):
            if words := asked.get((key_of(text), unit_kind(unit))):
                raise KehoachError("indicator_taken", words=words, id=other)


def _counts() -> Any:
    measure, plan, province = t.Measure, t.Plan, t.Province
    return (
        select(
            measure.indicator_id,
            func.count().label("targets"),
            func.count(measure.plan_id.distinct()).label("plans"),
            func.count(PROVINCE_NOW.distinct()).label("provinces"),
        )
        .join(plan, plan.id == measure.plan_id)
        .outerjoin(province, province.id == plan.province_id)
        .where(measure.indicator_id.is_not(None))
        .group_by(measure.indicator_id)
    )


def _fits(words: str | None, id: str | None, texts: Iterable[str | None]) -> bool:
    """Whether words are the id or stand in one of the texts; accents and the width of spaces don't count."""
    return words is None or " ".join(ascii_key(words).split()) == ascii_key(id or "") or has_words(words, *texts)
