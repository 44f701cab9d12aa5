"""What there is at a glance."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.shared import PROVINCE_NOW


class Held(NamedTuple):
    """How much the database holds."""

    plans: int
    provinces: int
    documents: int
    deadlines: int
    targets: int
    failures: int


def held(connection: Connection) -> Held:
    """The numbers above all others."""
    provinces = select(func.count(PROVINCE_NOW.distinct())).select_from(t.Plan)
    provinces = provinces.join(t.Province, t.Province.id == t.Plan.province_id)
    documents = select(func.count()).select_from(t.Document).where(t.Document.dated_id.is_(None))
    counted = (
        select(func.count()).select_from(t.Plan),
        provinces,
        documents,
        *(select(func.count()).select_from(table) for table in (t.Deadline, t.Target, t.Failure)),
    )
    return Held(*(connection.execute(query).scalar_one() for query in counted))


def plans_by_year(connection: Connection) -> list[tuple[int | None, int]]:
    """How many plans each year has; None for those of no known year, at the end."""
    rows = connection.execute(select(t.Plan.year, func.count()).group_by(t.Plan.year)).all()
    return sorted(((row[0], row[1]) for row in rows), key=lambda row: (row[0] is None, row[0]))


def plans_by_province(connection: Connection, *, scheme: int, year: int | None = None) -> dict[str, int]:
    """How many plans each province of a map has: of 34 all plans by the land of today, of 63 those that were issued
    under it."""
    old, new = t.Province, aliased(t.Province)
    query = select(old.name, old.scheme, new.name, func.count()).select_from(t.Plan)
    query = query.join(old, old.id == t.Plan.province_id).outerjoin(new, new.id == old.successor_id)
    if year:
        query = query.where(t.Plan.year == year)
    found: Counter[str] = Counter()
    for name, its_scheme, now, plans in connection.execute(query.group_by(old.id, old.name, old.scheme, new.name)):
        if scheme == 34:
            found[now or name] += plans
        elif its_scheme == scheme:
            found[name] += plans
    return dict(found)
