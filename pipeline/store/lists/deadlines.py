"""The days on which deadlines fall, as a list and counted for a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, column, func, select

from models import tables as t
from pipeline.store.derived import search_words
from pipeline.store.lists.cut import (
    FEW,
    Cut,
    Row,
    Window,
    in_province,
    of_unit,
    of_view,
    windowed,
    with_days,
)
from pipeline.store.shared import chunks


def deadline_list(
    connection: Connection,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    province: str | None = None,
    unit: str | None = None,
    latest_first: bool = False,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """Each day on which a deadline falls, rules expanded, as `v_deadlines` has it."""
    day = t.DeadlineDay
    query = select(day.plan_id, day.deadline_id, day.day, t.Plan.key).join(t.Plan, t.Plan.id == day.plan_id)
    query = _filtered(connection, query, since, until, province, unit)
    order = day.day.desc() if latest_first else day.day
    places = connection.execute(windowed(query.order_by(order, day.plan_id, day.deadline_id), window)).all()
    found: dict[tuple[str, str, dt.date], Row] = {}
    for chunk in chunks(places, FEW):
        plans, ids = ({getattr(place, name) for place in chunk} for name in ("key", "deadline_id"))
        for row in connection.execute(
            of_view("v_deadlines", column("plan").in_(sorted(plans)), column("deadline").in_(sorted(ids)))
        ).mappings():
            whole = with_days(row)
            found[whole["plan"], whole["deadline"], whole["day"]] = whole
    rows = [found[place.key, place.deadline_id, place.day] for place in places]
    total = count_days(connection, since=since, until=until, province=province, unit=unit)
    return Cut(rows, total, window)


def count_days(
    connection: Connection,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    province: str | None = None,
    unit: str | None = None,
) -> int:
    """How many deadlines fall on these days."""
    query = _filtered(connection, select(func.count()).select_from(t.DeadlineDay), since, until, province, unit)
    return int(connection.execute(query).scalar_one())


def days_counted(
    connection: Connection, first: dt.date, last: dt.date, *, province: str | None = None, unit: str | None = None
) -> dict[dt.date, int]:
    """How many deadlines fall on each day from `first` to `last`."""
    query = _filtered(connection, select(t.DeadlineDay.day, func.count()), first, last, province, unit)
    return {row[0]: row[1] for row in connection.execute(query.group_by(t.DeadlineDay.day))}


def _filtered(
    connection: Connection,
    query: Any,
    since: dt.date | None,
    until: dt.date | None,
    province: str | None,
    unit: str | None,
) -> Any:
    """Joins only what the filters ask for: without one, the index of days answers alone."""
    day, deadline = t.DeadlineDay, t.Deadline
    where: list[ColumnElement[bool]] = []
    if since:
        where.append(day.day >= since)
    if until:
        where.append(day.day <= until)
    if province:
        # By the plans of the province: one province has few of all days.
        where.append(day.plan_id.in_(select(t.Plan.id).where(in_province(province))))
    if search_words(unit or ""):
        query = query.join(deadline, and_(deadline.plan_id == day.plan_id, deadline.fact_id == day.deadline_id))
        where.append(of_unit(connection, unit, deadline.responsible_id, deadline.recipient_id))
    return query.where(*where)
