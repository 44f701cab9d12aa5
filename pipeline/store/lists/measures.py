"""One indicator over provinces and years, ranked by `v_compare`."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, column, func, select
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.lists.cut import FEW, Cut, Row, Window, in_province, of_view, windowed, with_days
from pipeline.store.ranking import compares
from pipeline.store.shared import chunks


class Measured(NamedTuple):
    """An indicator that plans have targets for, in so many plans."""

    id: str
    name: str
    name_en: str | None
    family: str | None
    unit: str | None
    direction: str | None
    plans: int


class PlaceValue(NamedTuple):
    """What compares in a province of today: the mean, and how many targets it is of."""

    province: str
    mean: float
    targets: int


def measured_indicators(connection: Connection) -> list[Measured]:
    """The indicators that targets measure, those of most targets first."""
    counted = (
        select(t.Measure.indicator_id, func.count().label("plans"))
        .where(t.Measure.indicator_id.is_not(None))
        .group_by(t.Measure.indicator_id)
        .subquery()
    )
    i = t.Indicator
    query = (
        select(i.id, i.name, i.name_en, i.family, i.unit, i.direction, counted.c.plans)
        .join(counted, counted.c.indicator_id == i.id)
        .order_by(counted.c.plans.desc(), i.id)
    )
    return [Measured(row[0], row[1] or row[0], *row[2:]) for row in connection.execute(query)]


def years_measured(connection: Connection, indicator: str) -> list[tuple[int, int]]:
    """The years that targets of an indicator are for and how many there are, the latest first."""
    year = t.Measure.year
    query = select(year, func.count()).where(t.Measure.indicator_id == indicator, year.is_not(None))
    return [(row[0] or 0, row[1]) for row in connection.execute(query.group_by(year).order_by(year.desc()))]


def compared_list(
    connection: Connection,
    indicator: str,
    year: int | None,
    *,
    province: str | None = None,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """The targets of an indicator and a year (None: of all years) as `v_compare` has them: by rank, and behind them
    what is not compared."""
    measure, rank, old, new = t.Measure, t.Rank, aliased(t.Province), aliased(t.Province)
    where: list[ColumnElement[bool]] = [measure.indicator_id == indicator]
    if year is not None:
        where.append(measure.year == year)
    if province:
        where.append(measure.plan_id.in_(select(t.Plan.id).where(in_province(province))))
    # What is sorted is small; the words of targets are looked up for the page alone.
    query = (
        select(measure.plan_id, measure.target_id, t.Plan.key)
        .select_from(measure)
        .outerjoin(
            rank,
            and_(
                compares(), rank.indicator_id == measure.indicator_id, rank.year == measure.year,
                rank.value == measure.value,
            ),
        )
        .join(t.Plan, t.Plan.id == measure.plan_id)
        .outerjoin(old, old.id == t.Plan.province_id)
        .outerjoin(new, new.id == old.successor_id)
        .where(*where)
        .order_by(
            measure.year.desc().nulls_last(), rank.rank.asc().nulls_last(), func.coalesce(new.name, old.name),
            t.Plan.key, measure.target_id,
        )
    )  # fmt: skip
    places = connection.execute(windowed(query, window)).all()
    found: dict[tuple[str, str], Row] = {}
    for chunk in chunks(places, FEW):
        plans, ids = (sorted({getattr(place, name) for place in chunk}) for name in ("key", "target_id"))
        for row in connection.execute(
            of_view("v_compare", column("plan").in_(plans), column("target").in_(ids))
        ).mappings():
            found[row["plan"], row["target"]] = with_days(row)
    total = connection.execute(select(func.count()).select_from(measure).where(*where)).scalar_one()
    return Cut([found[place.key, place.target_id] for place in places], total, window)


def by_place(connection: Connection, indicator: str, year: int) -> list[PlaceValue]:
    """What compares of an indicator and a year, by province of today."""
    measure, old, new = t.Measure, t.Province.__table__.alias(), t.Province.__table__.alias()
    name = func.coalesce(new.c.name, old.c.name)
    query = (
        select(name, func.avg(measure.value), func.count())
        .join(t.Plan, t.Plan.id == measure.plan_id)
        .join(old, old.c.id == t.Plan.province_id)
        .outerjoin(new, new.c.id == old.c.successor_id)
        .where(measure.indicator_id == indicator, measure.year == year)
        .where(measure.value.is_not(None), compares())
        .group_by(name)
        .order_by(name)
    )
    return [PlaceValue(row[0], float(row[1]), row[2]) for row in connection.execute(query)]


def by_year(connection: Connection, indicator: str) -> list[Row]:
    """The lowest, mean and highest of what compares in each year."""
    m = t.Measure
    query = (
        select(
            m.year, func.min(m.value).label("low"), func.avg(m.value).label("mean"), func.max(m.value).label("high"),
            func.count().label("targets"),
        )
        .where(m.indicator_id == indicator, m.year.is_not(None), m.value.is_not(None), compares())
        .group_by(m.year)
        .order_by(m.year)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]
