"""What is new in the database since a day, and what is due soon: the report that goes with what is published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from models import tables as t
from pipeline.moments import VIETNAM, in_utc
from pipeline.store.finding import PlanRef, plan_refs
from pipeline.store.queries import SOON, DeadlineRow, deadlines


class NewDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that no plan cited before, with the plans that do now."""

    key: str
    code: str | None
    name: str | None
    issuer: str | None
    date: str | None
    title: str | None
    plans: tuple[PlanRef, ...]


class ChangedTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A target that a plan gained, lost or has otherwise since its file changed: `before` and `after` as
    `models.plan.Target` prints, None where there is none."""

    plan: PlanRef
    id: str
    change: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    changed_at: dt.datetime


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What is new since the beginning of the day `since`, and the deadlines of the 30 days from `as_of` on.

    `reread` counts the targets that are other ones by newer rules alone: no plan has changed there.
    """

    since: dt.date
    as_of: dt.date
    plans: tuple[PlanRef, ...]
    documents: tuple[NewDocument, ...]
    deadlines: tuple[DeadlineRow, ...]
    targets: tuple[ChangedTarget, ...]
    reread: int


def news(connection: Connection, *, since: dt.date, as_of: dt.date) -> News:
    """What is new since the beginning of a day in Viet Nam; the same for the same database and days."""
    moment = dt.datetime.combine(since, dt.time(), VIETNAM).astimezone(dt.UTC)
    refs = plan_refs(connection)
    new = _new_plans(connection, moment)
    changed = _changed_targets(connection, moment, refs)
    return News(
        since=since,
        as_of=as_of,
        plans=tuple(sorted((refs[i] for i in new), key=_order)),
        documents=tuple(_new_documents(connection, new, refs)),
        deadlines=tuple(deadlines(connection, as_of=as_of, since=as_of, until=as_of + SOON)),
        targets=tuple(change for cause, change in changed if cause == "content"),
        reread=sum(cause == "rules" for cause, _ in changed),
    )


def written_at(connection: Connection) -> dt.datetime:
    """When plans last came into the database or changed there; the beginning of time for an empty one."""
    moments = [
        connection.execute(select(func.max(column))).scalar()
        for column in (t.SourceFile.seen_at, t.FactChange.changed_at)
    ]
    return max((in_utc(moment) for moment in moments if moment), default=dt.datetime.fromtimestamp(0, dt.UTC))


def _new_plans(connection: Connection, moment: dt.datetime) -> set[int]:
    """The plans of which no file was there before."""
    source = t.SourceFile
    first = select(source.plan_id).where(source.plan_id.is_not(None)).group_by(source.plan_id)
    return set(connection.execute(first.having(func.min(source.seen_at) >= moment)).scalars())  # type: ignore[arg-type]


def _new_documents(connection: Connection, new: set[int], refs: dict[int, PlanRef]) -> list[NewDocument]:
    """The documents that only new plans cite; an undated mention means its dated document."""
    document, citation = t.Document, t.Citation
    cited: defaultdict[int, set[int]] = defaultdict(set)
    means = func.coalesce(document.dated_id, document.id)
    query = select(means, citation.plan_id).join(document, citation.document_id == document.id).distinct()
    for document_id, plan_id in connection.execute(query):
        cited[document_id].add(plan_id)
    fresh = {i: plans for i, plans in cited.items() if plans <= new}
    columns = select(document, t.Organisation.name.label("issuer"))
    rows = connection.execute(columns.outerjoin(t.Organisation, document.issuer_id == t.Organisation.id))
    found = [
        NewDocument(
            key=row.key,
            code=row.code,
            name=row.name,
            issuer=row.issuer,
            date=row.date,
            title=row.title,
            plans=tuple(sorted((refs[i] for i in fresh[row.id]), key=_order)),
        )
        for row in rows
        if row.id in fresh
    ]
    return sorted(found, key=lambda one: (-len(one.plans), one.key))


def _changed_targets(
    connection: Connection, moment: dt.datetime, refs: dict[int, PlanRef]
) -> list[tuple[str, ChangedTarget]]:
    change = t.FactChange
    query = select(change).where(change.kind == "target", change.changed_at >= moment).order_by(change.id)
    return [
        (
            row.cause,
            ChangedTarget(
                plan=refs[row.plan_id],
                id=row.fact_id,
                change=row.change,
                before=row.before,
                after=row.after,
                changed_at=in_utc(row.changed_at),
            ),
        )
        for row in connection.execute(query)
    ]


def _order(plan: PlanRef) -> tuple[str, str, str, str]:
    return plan.province or "~", plan.issue_date or "~", plan.code or "~", plan.key
