"""One indicator over all provinces: what compares is ranked in one unit, and what does not says why it stands apart.

A plan belongs to the province as it was on the plan's date. There were 63 until 30 June 2025 and 34 since; names that
both lists have may mean more land in the newer one, so a row always says which list its province is of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from statistics import median
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import Connection, func, select

from extractors.places import Province, versions
from extractors.vietnamese import ascii_key, words_key
from models import tables as t
from models.plan import Baseline, Span
from pipeline.resolve.places import predecessors, successor
from pipeline.store.finding import PlanRef, plan_refs
from pipeline.store.measures import convert
from pipeline.store.naming import Entries, entries
from pipeline.store.shared import CHUNK

T = TypeVar("T")
By = Literal["province", "region"]
AsOf = Literal["old", "new"]
Reason = Literal["indicator", "year", "no_year", "subject", "part", "change", "unit", "bound", "no_value"]


class ComparedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A target beside the others.

    `province` is the plan's own on its date and `scheme` its list (63, 34; 0: time unknown); `covers` are the former
    provinces that it was made of, where there are several. `place` is where the row stands as asked, of the list
    `place_scheme`; `part` says that the plan's province is only a part of it. `value` is the bound in the comparison's
    unit; `reason` says why the row does not compare (None: it does), and then it has neither value nor rank.
    `year_of_plan`: the target names no time, its plan one year.
    """

    rank: int | None
    place: str | None
    place_scheme: int
    part: bool
    region: str | None
    covers: tuple[str, ...]
    province: str | None
    scheme: int
    plan: PlanRef
    id: str
    part_of: str | None
    indicator: str | None
    indicator_id: str | None
    subject: str | None
    comparator: str
    low: float | None
    high: float | None
    unit: str | None
    value: float | None
    approximate: bool
    change: str | None
    year: int | None
    year_of_plan: bool
    baseline: Baseline | None
    text: str
    span: Span
    page: int | None
    confidence: float
    reason: Reason | None


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How far the values that compare lie apart: so many `rows` of so many `places`, of the region `name` or of all."""

    name: str | None
    rows: int
    places: int
    low: float
    median: float
    high: float


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator: what the rows are held against, those that compare (by rank) and then the others, the spread."""

    indicator: str
    name: str | None
    name_en: str | None
    direction: str | None
    unit: str | None
    year: int | None
    subject: str | None
    by: By
    as_of: AsOf | None
    rows: tuple[ComparedRow, ...]
    spread: Spread | None
    regions: tuple[Spread, ...]


def compare(
    connection: Connection,
    indicator: str | None = None,
    *,
    year: int | None = None,
    by: By = "province",
    as_of: AsOf | None = None,
) -> Compared | None:
    """One indicator over all provinces; without one, that which most provinces have a target for. None: no target.

    `indicator` is an id of the catalogue, or words that its name there or in a plan holds (accents don't count); where
    they mean several, that of most provinces is compared and the rows of the others say so. Without a `year`, that of
    most provinces. `as_of` "new" puts plans under the province of today, "old" those of today under the former one
    where it alone became it; without it every plan stays with its own. Regions are of one map, by default today's.
    """
    as_of = as_of or ("new" if by == "region" else None)
    rows = _rows(connection, indicator or _widest(connection), as_of)
    if not rows:
        return None
    known = entries(connection)
    measure = _asked(rows, indicator, known) or _most(rows, _measure) or ""
    record = known.get(measure, {})
    name = record.get("name") or next((r.indicator for r in rows if _measure(r) == measure), None)
    judged = _judge(rows, measure, year, record)
    ranked = _ranked(judged.rows, record.get("direction"))
    return Compared(
        indicator=measure if record else name or measure,
        name=name,
        name_en=record.get("name_en"),
        direction=record.get("direction"),
        unit=judged.unit,
        year=judged.year,
        subject=judged.subject,
        by=by,
        as_of=as_of,
        rows=_ordered(ranked, by, as_of),
        spread=_spread(None, ranked),
        regions=_regions(ranked) if by == "region" else (),
    )


class _Judged(msgspec.Struct, frozen=True):
    """Rows that know whether they compare, and what they were held against."""

    rows: Sequence[ComparedRow]
    unit: str | None
    year: int | None
    subject: str | None


def _judge(rows: Sequence[ComparedRow], measure: str, year: int | None, record: dict[str, Any]) -> _Judged:
    """Holds each row against the year, population, kind and unit that most provinces have, one after the other: what
    stands apart has no say in what comes next."""
    apart: dict[int, Reason] = {}

    def left() -> list[ComparedRow]:
        return [row for i, row in enumerate(rows) if i not in apart]

    def hold(reason: Reason, fits: Callable[[ComparedRow], bool]) -> None:
        apart.update({i: reason for i, row in enumerate(rows) if i not in apart and not fits(row)})

    hold("indicator", lambda row: _measure(row) == measure)
    own = {(row.plan.key, row.id) for row in left()}
    hold("no_year", lambda row: row.year is not None)
    year = year or _most(left(), lambda row: row.year)
    hold("year", lambda row: row.year == year)
    hold("part", lambda row: (row.plan.key, row.part_of) not in own)
    usual = words_key(record.get("subject") or "")
    population = _most(left(), lambda row: _population(row, usual)) or ""
    hold("subject", lambda row: _population(row, usual) == population)
    changes = _most(left(), lambda row: row.change or "")
    hold("change", lambda row: (row.change or "") == (changes or ""))
    hold("no_value", lambda row: _bound(row, None) is not None)
    sides = [row for row in left() if _side(row)]
    usual_side = "floor" if record.get("direction") == "higher" else "ceiling"
    side = _most(sides, _side, first=usual_side)
    hold("bound", lambda row: _side(row) in ("", side))
    unit = record.get("unit") if not changes else None
    if unit is None or not any(_convert(row, record, unit) is not None for row in left()):
        unit = _most([row for row in left() if row.unit], lambda row: row.unit)
    hold("unit", lambda row: _convert(row, record, unit) is not None)
    done = [
        msgspec.structs.replace(row, reason=apart.get(i), value=None if i in apart else _convert(row, record, unit))
        for i, row in enumerate(rows)
    ]
    subject = next((row.subject for row in left() if row.subject), None) if population else record.get("subject")
    return _Judged(done, unit, year, subject)


def _asked(rows: Sequence[ComparedRow], indicator: str | None, known: Entries) -> str | None:
    """The measure that the user named outright, by its id or by its whole name."""
    if indicator is None:
        return None
    words = words_key(indicator)
    for row in rows:
        record = known.get(row.indicator_id or "", {})
        names = (row.indicator_id, record.get("name"), *record.get("synonyms", ()))
        if words in (words_key(name) for name in names if name):
            return row.indicator_id
    return None


def _most(rows: Iterable[ComparedRow], kind: Callable[[ComparedRow], T], first: T | None = None) -> T | None:
    """What most places have; of equals that with most rows, then `first`, then the greatest."""
    places: defaultdict[T, set[Any]] = defaultdict(set)
    counted: Counter[T] = Counter()
    for row in rows:
        value = kind(row)
        places[value].add((row.place or row.plan.key, row.place_scheme))
        counted[value] += 1
    return max(
        counted,
        key=lambda value: (len(places[value]), counted[value], value == first, _sortable(value)),
        default=None,
    )


def _sortable(value: Any) -> tuple[bool, str]:
    return value is not None and value != "", str(value)


def _measure(row: ComparedRow) -> str:
    return row.indicator_id or words_key(row.indicator or "")


def _population(row: ComparedRow, usual: str) -> str:
    """Whose share it is, as a key; "" where that is whom the indicator always means."""
    key = words_key(row.subject or "")
    return "" if key == usual else key


def _side(row: ComparedRow) -> str:
    return {">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling"}.get(row.comparator, "")


def _bound(row: ComparedRow, direction: str | None) -> float | None:
    """The number a target is held to; of a range what it promises at least."""
    if row.comparator == "range" and direction == "lower":
        return row.high
    return row.low if row.low is not None else row.high


def _convert(row: ComparedRow, record: dict[str, Any], unit: str | None) -> float | None:
    value = _bound(row, record.get("direction"))
    return None if value is None else convert(value, row.unit, unit)


def _ranked(rows: Iterable[ComparedRow], direction: str | None) -> list[ComparedRow]:
    """The rows with their ranks: the best first, by size where neither is better. Equal values share a rank."""
    values = sorted((row.value for row in rows if row.value is not None), reverse=direction != "lower")
    ranks = {value: rank for rank, value in reversed(list(enumerate(values, 1)))}
    return [msgspec.structs.replace(row, rank=None if row.value is None else ranks[row.value]) for row in rows]


def _ordered(rows: Sequence[ComparedRow], by: By, as_of: AsOf | None) -> tuple[ComparedRow, ...]:
    """What compares by rank, with one region or one present province together; then the others by place and year."""
    last = len(rows) + 1
    best: dict[str | None, int] = {}
    for row in rows:
        best[row.place] = min(best.get(row.place, last), row.rank or last)

    def order(row: ComparedRow) -> tuple[Any, ...]:
        region = (row.region is None, ascii_key(row.region or "")) if by == "region" else ()
        together = (best[row.place], ascii_key(row.place or "")) if as_of == "new" else ()
        named = (row.place is None, ascii_key(row.place or ""), ascii_key(row.province or ""), row.year or 0)
        if row.rank is None:
            return (True, *named, row.plan.key, row.span)
        return (False, *region, *together, row.rank, *named, row.plan.key, row.span)

    return tuple(sorted(rows, key=order))


def _spread(name: str | None, rows: Iterable[ComparedRow]) -> Spread | None:
    found = [(row.value, row.place and (row.place, row.place_scheme)) for row in rows if row.value is not None]
    values = [value for value, _ in found]
    if not values:
        return None
    places = len({place for _, place in found if place})
    return Spread(name=name, rows=len(values), places=places, low=min(values), median=median(values), high=max(values))


def _regions(rows: Iterable[ComparedRow]) -> tuple[Spread, ...]:
    groups: defaultdict[str | None, list[ComparedRow]] = defaultdict(list)
    for row in rows:
        groups[row.region].append(row)
    names = sorted(groups, key=lambda name: (name is None, ascii_key(name or "")))
    return tuple(spread for name in names if (spread := _spread(name, groups[name])))


def _widest(connection: Connection) -> str | None:
    measure = t.Measure
    query = (
        select(measure.indicator_id)
        .join(t.Plan, measure.plan_id == t.Plan.id)
        .where(measure.indicator_id.is_not(None))
        .group_by(measure.indicator_id)
        .order_by(func.count(t.Plan.province_id.distinct()).desc(), func.count().desc(), measure.indicator_id)
    )
    return connection.execute(query.limit(1)).scalar()


def _rows(connection: Connection, indicator: str | None, as_of: AsOf | None) -> list[ComparedRow]:
    """All targets that the words may mean, each in its place, none of them judged."""
    if indicator is None:
        return []
    words = words_key(indicator)
    names = connection.execute(select(t.Indicator.id, t.Indicator.name)).all()
    ids = [row.id for row in names if row.id.casefold() == indicator.strip().casefold()]
    loose: set[str] = set()
    if not ids:
        bare = ascii_key(words)
        ids = [row.id for row in names if row.name and bare in ascii_key(words_key(row.name))]
        said = select(t.Target.indicator).distinct().where(t.Target.indicator.is_not(None))
        loose = {name for name in connection.execute(said).scalars() if name and bare in ascii_key(words_key(name))}
    target, plan, measure = t.Target, t.Plan, t.Measure
    query = (
        select(
            target,
            measure.indicator_id.label("means"),
            plan.period_start.label("plan_start"),
            plan.period_end.label("plan_end"),
        )
        .add_columns(t.Province.name.label("province"), t.Province.scheme)
        .join(measure, (measure.plan_id == target.plan_id) & (measure.target_id == target.fact_id))
        .join(plan, target.plan_id == plan.id)
        .outerjoin(t.Province, plan.province_id == t.Province.id)
    )
    found = list(connection.execute(query.where(measure.indicator_id.in_(ids))))
    for start in range(0, len(loose), CHUNK):
        some = target.indicator.in_(sorted(loose)[start : start + CHUNK])
        found += connection.execute(
            query.where(some, measure.indicator_id.is_(None) | measure.indicator_id.not_in(ids))
        )
    plans = {row.plan_id for row in found}
    refs = plan_refs(connection, plans if len(plans) <= CHUNK else None)
    return [_row(row, refs[row.plan_id], as_of) for row in found]


def _row(row: Any, plan: PlanRef, as_of: AsOf | None) -> ComparedRow:
    here = _place(row.province, row.scheme or 0, as_of)
    whole = row.plan_start and row.plan_end and row.plan_start.year == row.plan_end.year
    year = row.period_end.year if row.period_end else None
    baseline = None
    if row.baseline_words is not None:
        baseline = Baseline(words=row.baseline_words, value=row.baseline_value, year=row.baseline_year)
    return ComparedRow(
        rank=None,
        place=here.name,
        place_scheme=here.scheme,
        part=here.part,
        region=here.region,
        covers=here.covers,
        province=row.province,
        scheme=row.scheme or 0,
        plan=plan,
        id=row.fact_id,
        part_of=row.part_of_id,
        indicator=row.indicator,
        indicator_id=row.means,
        subject=row.subject,
        comparator=row.comparator,
        low=row.low,
        high=row.high,
        unit=row.unit,
        value=None,
        approximate=row.approximate,
        change=row.change,
        year=year if year or not whole else row.plan_end.year,
        year_of_plan=bool(whole and not year and not row.period_start),
        baseline=baseline,
        text=row.text,
        span=Span(row.span_start, row.span_end),
        page=row.page,
        confidence=row.confidence,
        reason=None,
    )


class _Place(msgspec.Struct, frozen=True):
    name: str | None
    scheme: int
    region: str | None
    covers: tuple[str, ...] = ()
    part: bool = False


@cache
def _place(name: str | None, scheme: int, as_of: AsOf | None) -> _Place:
    """Where a plan of the province `name` of the list `scheme` (0: either) stands."""
    known = [p for p in versions() if p.name == name and scheme in (0, int(p.scheme))]
    if not known:
        return _Place(name, scheme, None)
    own = known[-1]
    former = tuple(predecessors(own)) if scheme else ()
    covers = tuple(p.name for p in former) if len(former) > 1 else ()
    if as_of == "new":
        now = successor(own)
        part = scheme == 63 and len(predecessors(now)) > 1
        return _Place(now.name, 34, now.region, covers, part)
    if as_of == "old" and former:
        if len(former) == 1:
            return _Place(former[0].name, 63, former[0].region)
        return _Place(name, scheme, _one(former), covers)
    return _Place(name, scheme, _one(known), covers)


def _one(provinces: Iterable[Province]) -> str | None:
    """The region of all of them; None where they lie in several."""
    regions = {p.region for p in provinces}
    return regions.pop() if len(regions) == 1 else None
