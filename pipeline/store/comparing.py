"""One indicator over all provinces: what compares is ranked in one unit, and what does not says why it stands apart.

A plan belongs to the province as it was on the plan's date. There were 63 until 30 June 2025 and 34 since; names that
both lists have may mean more land in the newer one, so a row always says which list its province is of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from statistics import median
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from extractors.places import Province, versions
from extractors.vietnamese import ascii_key
from models import tables as t
from models.plan import Baseline, Span
from pipeline.resolve.places import predecessors, successor
from pipeline.store import comparables
from pipeline.store.derived import SIDES, bound_of
from pipeline.store.finding import PlanRef, paths_of
from pipeline.store.keys import key_of
from pipeline.store.linking import superseded
from pipeline.store.meaning import Meant, meanings
from pipeline.store.measures import convert
from pipeline.store.naming import Entries, entries
from pipeline.store.shared import chunks

T = TypeVar("T")
By = Literal["province", "region"]
AsOf = Literal["old", "new"]
Others: TypeAlias = Counter[int | None]  # how many targets there are for a year, or for none
Reason = Literal["plan", "year", "no_year", "subject", "part", "change", "unit", "bound", "no_value"]


# There may be thousands, which hold nothing that could hold them: Python need not look for cycles.
class ComparedRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class Also(msgspec.Struct, frozen=True, kw_only=True):
    """What else the words that were asked for mean: an id of the catalogue with its name, or a wording of the plans; of
    so many `targets` (in the year, if one was asked for)."""

    indicator: str
    name: str | None
    name_en: str | None
    targets: int


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator: what the rows are held against, those that compare (by rank) and then the others, the spread.

    Where one year was asked for, `other_years` says how many targets for which other year, and `no_year` how many for
    none, are not among the rows. `also` are the other indicators that the words mean; none of their targets is here.
    """

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
    also: tuple[Also, ...]
    other_years: dict[int, int]
    no_year: int
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

    `indicator` is an id of the catalogue, or words as `meanings` takes them; where they mean several, that of most
    provinces (in the year, if one is asked for) is compared and `also` names the others. Targets of the drafts of
    signed plans, and of plans that were replaced or repealed, stand apart. Without a `year`, that of most provinces;
    with one, all other targets are counted and not listed. `as_of` "new" puts plans under the province of today, "old"
    those of today under the former one where it alone became it; without it every plan stays with its own. Regions are
    of one map, by default today's.
    """
    as_of = as_of or ("new" if by == "region" else None)
    known = entries(connection)
    indicator = indicator or _widest(connection)
    found = meanings(connection, indicator, year, known) if indicator else []
    if not found:
        return None
    meant, *also = found
    rows, paths, others = _rows(connection, meant, year, as_of)
    if not rows and not others:
        return None
    record = known.get(meant.key, {})
    name = record.get("name") or next(iter(meant.wordings), None)
    judged = _judge(rows, meant.key, year, record, set(connection.execute(superseded()).scalars()))
    compared = _compared(judged, paths, _ranks(judged, record.get("direction")))
    return Compared(
        indicator=meant.key if record else name or meant.key,
        name=name,
        name_en=record.get("name_en"),
        direction=record.get("direction"),
        unit=judged.unit,
        year=judged.year,
        subject=judged.subject,
        by=by,
        as_of=as_of,
        rows=_ordered(compared, by, as_of),
        also=tuple(_also(other, known) for other in also),
        other_years=dict(sorted((of, n) for of, n in others.items() if of is not None)),
        no_year=others[None],
        spread=_spread(None, compared),
        regions=_regions(compared) if by == "region" else (),
    )


class _Row(NamedTuple):
    """What a target is judged by, beside the database's row that it is told from (`told`): of what measure it is a
    part, and where it stands. There may be thousands, so that each column is asked for once."""

    told: Any
    plan_id: int
    whole: str | None
    here: _Place
    year: int | None
    subject: str | None
    change: str | None
    comparator: str
    low: float | None
    high: float | None
    unit: str | None


class _Judged(NamedTuple):
    """Rows with their values and, by their places among them, why some stand apart; and what they were held against."""

    rows: Sequence[_Row]
    values: Mapping[int, float | None]
    apart: Mapping[int, Reason]
    unit: str | None
    year: int | None
    subject: str | None


def _judge(
    rows: Sequence[_Row], measure: str, year: int | None, record: dict[str, Any], past: Collection[int]
) -> _Judged:
    """Holds each row against the year, population, kind and unit that most provinces have, one after the other: what
    stands apart has no say in what comes next, and the plans of `past` (ids) have none at all."""
    left = dict(enumerate(rows))
    apart: dict[int, Reason] = {}

    def hold(reason: Reason, fits: Callable[[_Row], bool]) -> None:
        for i in [i for i, row in left.items() if not fits(row)]:
            apart[i] = reason
            del left[i]

    hold("plan", lambda row: row.plan_id not in past)
    hold("no_year", lambda row: row.year is not None)
    year = year or _most(left.values(), lambda row: row.year)
    hold("year", lambda row: row.year == year)
    hold("part", lambda row: row.whole != measure)
    usual = key_of(record.get("subject") or "")
    population = _most(left.values(), lambda row: _population(row, usual)) or ""
    hold("subject", lambda row: _population(row, usual) == population)
    changes = _most(left.values(), lambda row: row.change or "")
    hold("change", lambda row: (row.change or "") == (changes or ""))
    hold("no_value", lambda row: row.low is not None or row.high is not None)
    usual_side = "floor" if record.get("direction") == "higher" else "ceiling"
    # A bare number is a floor where more is better, a ceiling where less is.
    bare = usual_side if record.get("direction") else ""
    side = _most((row for row in left.values() if _side(row) or bare), lambda row: _side(row) or bare, usual_side)
    hold("bound", lambda row: _side(row) in ("", side))
    unit = record.get("unit") if not changes else None
    if unit is None or all(_convert(row, record, unit) is None for row in left.values()):
        unit = _most((row for row in left.values() if row.unit), lambda row: row.unit)
    values = {i: _convert(row, record, unit) for i, row in left.items()}
    for i in [i for i, value in values.items() if value is None]:
        apart[i] = "unit"
        del left[i]
    subject = record.get("subject")
    if population:
        subject = next((row.subject for row in left.values() if row.subject), None)
    return _Judged(rows, {i: values[i] for i in left}, apart, unit, year, subject)


def _most(rows: Iterable[_Row], kind: Callable[[_Row], T], first: T | None = None) -> T | None:
    """What most places have; of equals that with most rows, then `first`, then the greatest."""
    places: defaultdict[T, set[Any]] = defaultdict(set)
    counted: Counter[T] = Counter()
    for row in rows:
        value = kind(row)
        places[value].add((row.here.name, row.here.scheme) if row.here.name else row.plan_id)
        counted[value] += 1
    return max(
        counted,
        key=lambda value: (len(places[value]), counted[value], value == first, _sortable(value)),
        default=None,
    )


def _sortable(value: Any) -> tuple[bool, str]:
    return value is not None and value != "", str(value)


_letters = lru_cache(maxsize=10_000)(ascii_key)


def _population(row: _Row, usual: str) -> str:
    """Whose share it is, as a key; "" where that is whom the indicator always means."""
    key = key_of(row.subject or "")
    return "" if key == usual else key


def _side(row: _Row) -> str:
    return SIDES.get(row.comparator, "")


def _convert(row: _Row, record: dict[str, Any], unit: str | None) -> float | None:
    value = bound_of(row.comparator, row.low, row.high, record.get("direction"))
    return None if value is None else convert(value, row.unit, unit)


def _ranks(judged: _Judged, direction: str | None) -> dict[float | None, int]:
    """The rank of each value: the best first, by size where neither is better. Equal values share a rank."""
    values = sorted((value for value in judged.values.values() if value is not None), reverse=direction != "lower")
    return {value: rank for rank, value in reversed(list(enumerate(values, 1)))}


def _compared(judged: _Judged, paths: Mapping[int, str], ranks: Mapping[float | None, int]) -> list[ComparedRow]:
    """The rows as they are told."""
    rows = []
    refs: dict[int, PlanRef] = {}
    for i, row in enumerate(judged.rows):
        value, here = judged.values.get(i), row.here
        # All at once: asking the database's row for one name after the other takes several times as long.
        (
            plan_id, fact_id, indicator_id, year, part_of, indicator, subject, comparator, low, high, unit, approximate,
            change, baseline_words, baseline_value, baseline_year, text, start, end, page, confidence, timed, _, _, _,
            key, code, title, issuer, issue_date, province, scheme,
        ) = row.told  # fmt: skip
        if plan_id not in refs:
            refs[plan_id] = PlanRef(
                key=key, code=code, title=title, issuer=issuer, province=province, issue_date=issue_date,
                path=paths.get(plan_id),
            )  # fmt: skip
        baseline = None
        if baseline_words is not None:
            baseline = Baseline(words=baseline_words, value=baseline_value, year=baseline_year)
        rows.append(
            ComparedRow(
                rank=ranks.get(value),
                place=here.name,
                place_scheme=here.scheme,
                part=here.part,
                region=here.region,
                covers=here.covers,
                province=province,
                scheme=scheme or 0,
                plan=refs[plan_id],
                id=fact_id,
                part_of=part_of,
                indicator=indicator,
                indicator_id=indicator_id,
                subject=subject,
                comparator=comparator,
                low=low,
                high=high,
                unit=unit,
                value=value,
                approximate=approximate,
                change=change,
                year=year,
                year_of_plan=year is not None and not timed,
                baseline=baseline,
                text=text,
                span=Span(start, end),
                page=page,
                confidence=confidence,
                reason=judged.apart.get(i),
            )
        )
    return rows


def _ordered(rows: Sequence[ComparedRow], by: By, as_of: AsOf | None) -> tuple[ComparedRow, ...]:
    """What compares by rank, with one region or one present province together; then the others by place and year."""
    last = len(rows) + 1
    best: dict[str | None, int] = {}
    for row in rows:
        best[row.place] = min(best.get(row.place, last), row.rank or last)

    def order(row: ComparedRow) -> tuple[Any, ...]:
        region = (row.region is None, _letters(row.region or "")) if by == "region" else ()
        together = (best[row.place], _letters(row.place or "")) if as_of == "new" else ()
        named = (row.place is None, _letters(row.place or ""), _letters(row.province or ""), row.year or 0)
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


def _also(meant: Meant, known: Entries) -> Also:
    record = known.get(meant.key, {})
    return Also(
        indicator=meant.key if record else meant.wordings[0],
        name=record.get("name") or next(iter(meant.wordings), None),
        name_en=record.get("name_en"),
        targets=meant.targets,
    )


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


def _rows(
    connection: Connection, meant: Meant, year: int | None, as_of: AsOf | None
) -> tuple[list[_Row], dict[int, str], Others]:
    """All targets of what is meant, none of them judged, with the files of their plans; with a year those that are for
    it, and how many there are for other years or for none."""
    measure = t.Measure
    others: Others = Counter()
    if meant.wordings:
        told = [
            row
            for chunk in chunks(meant.wordings)
            for row in connection.execute(
                comparables.query().where(t.Target.indicator.in_(chunk), measure.indicator_id.is_(None))
            )
        ]
        others.update(row.year for row in told if year not in (None, row.year))
        rows = [_row(row, as_of) for row in told if year in (None, row.year)]
        return rows, paths_of(connection, {row.plan_id for row in rows}), others
    wanted: ColumnElement[bool] = measure.indicator_id == meant.key
    known = comparables.query().where(wanted)
    if year is not None:
        counted = select(measure.year, func.count()).where(wanted, measure.year.is_distinct_from(year))
        others.update({row[0]: row[1] for row in connection.execute(counted.group_by(measure.year))})
        wanted = and_(wanted, measure.year == year)
        known = comparables.kept().where(t.Comparable.indicator_id == meant.key, t.Comparable.year == year)
    rows = [_row(row, as_of) for row in connection.execute(known).all()]
    return rows, paths_of(connection, select(measure.plan_id).where(wanted)), others


def _row(told: Any, as_of: AsOf | None) -> _Row:
    (
        plan_id, _, _, year, part_of, _, subject, comparator, low, high, unit, _, change, _, _, _, _,
        _, _, _, _, _, whole, whole_id, _, _, _, _, _, _, province, scheme,
    ) = told  # fmt: skip
    of = None if part_of is None else whole_id or key_of(whole or "")
    here = _place(province, scheme or 0, as_of)
    return _Row(told, plan_id, of, here, year, subject, change, comparator, low, high, unit)


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
