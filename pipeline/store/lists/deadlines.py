"""The days on which deadlines fall, as a list and counted for a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, column, func, select

from models import tables as t
from pipeline.store.lists.cut import (
    FEW,
    Count,
    Cut,
    Row,
    Window,
    count_to,
    in_province,
    of_unit,
    of_view,
    windowed,
    with_days,
)
from pipeline.store.shared import chunks

MOST_COUNTED = 10_000
"""Days are counted no further: rules have millions of them, and nobody reads so many."""

_NEAR = 20_000  # days that a look into their index costs nothing


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
    every = select(day.plan_id, day.deadline_id, day.day)

    def order(of: Any) -> tuple[Any, ...]:
        return of.day.desc() if latest_first else of.day, of.plan_id, of.deadline_id

    on_page: Sequence[Any] = ()
    if province and not unit:
        # A province that has as many days as fit the page among the first of all needs no look at all of its own.
        near = _filtered(connection, every, since, until, None, None).order_by(*order(day)).limit(_NEAR).subquery()
        first = select(near).where(near.c.plan_id.in_(_plans_of(province))).order_by(*order(near.c))
        on_page = connection.execute(windowed(first, window)).all()
    if len(on_page) < window.size:
        wanted = _filtered(connection, every, since, until, province, unit).order_by(*order(day))
        on_page = connection.execute(windowed(wanted, window)).all()
    keys = _keys(connection, {place.plan_id for place in on_page})
    found: dict[tuple[str, str, dt.date], Row] = {}
    for chunk in chunks(on_page, FEW):
        plans, ids = {keys[place.plan_id] for place in chunk}, {place.deadline_id for place in chunk}
        days = [place.day for place in chunk]
        whole_rows = of_view(
            "v_deadlines",
            column("plan").in_(sorted(plans)),
            column("deadline").in_(sorted(ids)),
            column("day", Date).between(min(days), max(days)),  # of a rule, only the days that are near
        )
        for row in connection.execute(whole_rows).mappings():
            whole = with_days(row)
            found[whole["plan"], whole["deadline"], whole["day"]] = whole
    rows = [found[keys[place.plan_id], place.deadline_id, place.day] for place in on_page]
    counted = count_days(connection, since=since, until=until, province=province, unit=unit)
    return Cut(rows, counted.total, window, counted.more)


def count_days(
    connection: Connection,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    province: str | None = None,
    unit: str | None = None,
) -> Count:
    """How many deadlines fall on these days, counted no further than `MOST_COUNTED`."""
    query = _filtered(connection, select(t.DeadlineDay.day), since, until, province, unit)
    return count_to(connection, query, MOST_COUNTED)


def days_counted(
    connection: Connection, first: dt.date, last: dt.date, *, province: str | None = None, unit: str | None = None
) -> dict[dt.date, int]:
    """How many deadlines fall on each day from `first` to `last`."""
    query = _filtered(connection, select(t.DeadlineDay.day, func.count()), first, last, province, unit)
    return {row[0]: row[1] for row in connection.execute(query.group_by(t.DeadlineDay.day))}


def _plans_of(province: str) -> Any:
    return select(t.Plan.id).where(in_province(province))


def _keys(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The keys of plans."""
    return {
        row.id: row.key
        for chunk in chunks(sorted(ids))
        for row in connection.execute(select(t.Plan.id, t.Plan.key).where(t.Plan.id.in_(chunk)))
    }


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
        where.append(day.plan_id.in_(_plans_of(province)))
    if unit:
        query = query.join(deadline, and_(deadline.plan_id == day.plan_id, deadline.fact_id == day.deadline_id))
        where.append(of_unit(connection, unit, deadline.responsible_id, deadline.recipient_id))
    return query.where(*where)
