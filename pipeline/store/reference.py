"""The rows that are there before any plan: the provinces of both maps, and the catalogue of indicators.

They follow from `data/provinces.toml` and `data/indicators.toml`, and from the indicators that people named. `settings`
keeps which data they were made of, so that newer data are taken over by the next who writes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from data import load
from extractors.places import versions
from models import tables as t
from pipeline.resolve.places import successor
from pipeline.store.decisions import of_kind

_DATA = "reference"  # its key in `settings`
_FROM_DATA = ("name", "name_en", "family", "unit", "direction", "subject")


def is_current(connection: Connection) -> bool:
    """Whether the reference rows were made of the data of this version."""
    return connection.execute(select(t.Setting.value).where(t.Setting.key == _DATA)).scalar() == _digest()


def fill(connection: Connection) -> None:
    """Makes or changes the reference rows to those of this version's data. Rows that plans point at are never lost."""
    _provinces(connection)
    fill_indicators(connection)
    if connection.execute(update(t.Setting).where(t.Setting.key == _DATA).values(value=_digest())).rowcount == 0:
        connection.execute(insert(t.Setting).values(key=_DATA, value=_digest()))


def province_row(connection: Connection, name: str, scheme: int, code: str | None) -> int:
    """The id of a province's row, which is made where there is none: a name of which the time is unknown, or that its
    map does not have."""
    query = select(t.Province.id).where(t.Province.name == name, t.Province.scheme == scheme)
    known = connection.execute(query).scalar()
    if known is None:
        region, follower = _of_time_unknown(connection, name) if scheme == 0 else (None, None)
        row = {"name": name, "scheme": scheme, "code": code, "region": region, "successor_id": follower}
        connection.execute(insert(t.Province).values(**row))
        known = connection.execute(query).scalar_one()
    return known


def _of_time_unknown(connection: Connection, name: str) -> tuple[str | None, int | None]:
    """The region and the successor that a name has on every map."""
    named = [province for province in versions() if province.name == name]
    regions = {province.region for province in named}
    followers = {successor(province).name for province in named}
    follower = None
    if len(followers) == 1:
        query = select(t.Province.id).where(t.Province.name == next(iter(followers)), t.Province.scheme == 34)
        follower = connection.execute(query).scalar()
    return next(iter(regions)) if len(regions) == 1 else None, follower


def _provinces(connection: Connection) -> None:
    known = {(row.name, row.scheme): row for row in connection.execute(select(t.Province))}
    made = {(p.name, int(p.scheme)): p for p in versions()}  # of one name the latest
    for (name, scheme), province in sorted(made.items(), key=lambda item: (item[0][1], item[0][0])):
        follower = known[province.successor, 34].id if scheme == 63 else None
        values = {"code": province.code, "region": province.region, "successor_id": follower}
        row = known.get((name, scheme))
        if row is None:
            connection.execute(insert(t.Province).values(name=name, scheme=scheme, **values))
            query = select(t.Province).where(t.Province.name == name, t.Province.scheme == scheme)
            known[name, scheme] = connection.execute(query).one()
        elif any(getattr(row, column) != value for column, value in values.items()):
            connection.execute(update(t.Province).where(t.Province.id == row.id).values(**values))


def fill_indicators(connection: Connection) -> None:
    """Makes or changes the rows of indicators to those of the catalogue and of what people named; those that people
    named no more, and that nothing measures, go."""
    columns = [getattr(t.Indicator, name) for name in (*_FROM_DATA, "named")]
    known = {row.id: tuple(row)[1:] for row in connection.execute(select(t.Indicator.id, *columns))}
    records = dict(sorted(_indicator_rows(connection).items()))
    new = [{"id": i, **row} for i, row in records.items() if i not in known]
    changed = [{"indicator": i, **row} for i, row in records.items() if i in known and known[i] != tuple(row.values())]
    if new:
        connection.execute(insert(t.Indicator), new)
    if changed:
        indicator: Any = t.Indicator.__table__
        connection.execute(update(indicator).where(indicator.c.id == bindparam("indicator")), changed)
    gone = [i for i, row in known.items() if row[-1] and i not in records]
    if gone:
        measured = exists().where(t.Measure.indicator_id == t.Indicator.id)
        connection.execute(delete(t.Indicator).where(t.Indicator.id.in_(gone), ~measured))


def _indicator_rows(connection: Connection) -> dict[str, dict[str, Any]]:
    catalogue = {record["id"]: record for record in load("indicators")["indicators"]}
    named = {i: entry for i, entry in of_kind(connection, "indicator").items() if i not in catalogue}
    return {
        i: {**{name: record.get(name) for name in _FROM_DATA}, "named": i in named}
        for i, record in (catalogue | named).items()
    }


@cache
def _digest() -> str:
    """What says that the rows are of these data."""
    data: tuple[Any, ...] = (load("provinces"), load("indicators"), load("units"))
    return hashlib.sha256(msgspec.json.encode(data)).hexdigest()[:16]
