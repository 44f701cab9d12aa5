"""Questions over all plans. Each takes an open connection (`Store.reading`) and gives rows that print as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from data import load
from extractors.places import version_of
from models import tables as t
from models.plan import Baseline
from pipeline.errors import KehoachError
from pipeline.moments import aware, today
from pipeline.store.finding import Place, PlanRef, has_words, place_of, plan_order, plan_refs, province_ids
from pipeline.store.linking import PlanLink, links_of
from pipeline.store.recurrence import AFTERWARDS, first_of, occurrences
from pipeline.store.work import Work

SOON = dt.timedelta(days=30)
"""A deadline so near is "due"; reports are asked for some weeks ahead."""

Status = Literal["overdue", "due", "next", "recurring", "ended", "undated"]


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with where it came from, how many facts of each kind it gave, and the plans that it goes with."""

    plan: PlanRef
    doc_type: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    confidence: float
    files: tuple[str, ...]
    sections: int
    references: int
    deadlines: int
    targets: int
    tasks: int
    tables: int
    warnings: int
    links: tuple[PlanLink, ...]


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline on a day. `due` is the last day for it: its end, or the next day of its rule.

    `status`: "overdue" before the day asked about, "due" within 30 days, "next" later, "recurring" with its next day,
    "ended" a rule whose plan is over, "undated" where the plan names no day. `work` says what is to be done: the words
    of the tasks that hang on it, else of the one that it stands in.
    """

    plan: PlanRef
    id: str
    text: str
    work: tuple[str, ...]
    kind: str
    bound: str | None
    due: dt.date | None
    status: Status
    start_date: dt.date | None
    end_date: dt.date | None
    precision: str | None
    rrule: str | None
    anchor: str | None
    offset: str | None
    offset_unit: str | None
    approximate: bool
    responsible: str | None
    recipient: str | None
    tasks: tuple[str, ...]
    place: Place
    confidence: float


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A target with the plan that sets it. `province_now` took over the plan's province in 2025, or is the same."""

    plan: PlanRef
    province_now: str | None
    id: str
    text: str
    indicator: str | None
    indicator_id: str | None
    subject: str | None
    comparator: str
    low: float | None
    high: float | None
    unit: str | None
    approximate: bool
    baseline: Baseline | None
    change: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    part_of: str | None
    place: Place
    confidence: float


class FailureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read: `code` and `values` as in `data/messages.toml`; `plan` is what it gave before,
    `since` when this reason was first found, `waits_for` the program that would help."""

    path: str
    code: str
    values: dict[str, str]
    plan: str | None
    since: dt.datetime | None
    waits_for: str | None


def plans(connection: Connection) -> list[PlanRow]:
    """All plans, by province, date and code."""
    kinds = {
        "sections": t.Section,
        "references": t.Citation,
        "deadlines": t.Deadline,
        "targets": t.Target,
        "tasks": t.Task,
        "tables": t.PlanTable,
        "warnings": t.PlanWarning,
    }
    numbers = {name: _per_plan(connection, table) for name, table in kinds.items()}
    files: defaultdict[int, list[str]] = defaultdict(list)
    query = select(t.SourceFile.plan_id, t.SourceFile.path).where(t.SourceFile.plan_id.is_not(None))
    for row in connection.execute(query.order_by(t.SourceFile.path)):
        files[row.plan_id].append(row.path)
    refs = plan_refs(connection)
    links = links_of(connection)
    columns = (t.Plan.id, t.Plan.doc_type, t.Plan.period_start, t.Plan.period_end, t.Plan.confidence)
    rows = [
        PlanRow(
            plan=refs[row.id],
            doc_type=row.doc_type,
            period_start=row.period_start,
            period_end=row.period_end,
            confidence=row.confidence,
            files=tuple(files[row.id]),
            links=links.get(row.id, ()),
            **{name: counts[row.id] for name, counts in numbers.items()},
        )
        for row in connection.execute(select(*columns))
    ]
    return sorted(rows, key=lambda row: plan_order(row.plan))


def deadlines(
    connection: Connection,
    *,
    as_of: dt.date | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    province: str | None = None,
    plan: str | None = None,
    unit: str | None = None,
) -> list[DeadlineRow]:
    """The deadlines by their day, as they stand on `as_of` (today in Viet Nam); those without a day come last.

    `since` and `until` (both included) ask for the days on which something is due: what has no day is left out, and a
    recurring one shows its first day from `since` on. `province` is a name as people write it, `plan` a plan's key,
    `unit` words of who answers for it or receives it (accents don't count). Raises KehoachError: `days_reversed`,
    `province_unknown`.
    """
    if since and until and since > until:
        raise KehoachError("days_reversed", since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")
    as_of = as_of or today()
    wanted = _plans_of(connection, province, plan)
    refs = plan_refs(connection, wanted)
    tasks: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    link = t.DeadlineTask
    links = select(link) if wanted is None else select(link).where(link.plan_id.in_(wanted))
    for row in connection.execute(links.order_by(link.position)):
        tasks[row.plan_id, row.deadline_id].append(row.task_id)
    columns = (t.Plan.period_start.label("plan_start"), t.Plan.period_end.label("plan_end"), t.Plan.issue_date)
    asked = []
    for row in _facts(connection, t.Deadline, columns, wanted, _between(since, until)):
        if unit and not has_words(unit, row.responsible, row.recipient):
            continue
        due = _due(row, since or as_of) if row.rrule else row.end_date
        if not (since or until) or (due is not None and (since or due) <= due <= (until or due)):
            asked.append((row, due))
    work = Work(connection, {row.plan_id for row, _ in asked})
    found = []
    for row, due in asked:
        values = _fields(DeadlineRow, row)
        values |= {"plan": refs[row.plan_id], "id": row.fact_id, "due": due, "status": _status(row.rrule, due, as_of)}
        values |= {"offset": row.lapse, "offset_unit": row.lapse_unit, "place": place_of(row)}
        values |= {"work": work.of(row.plan_id, row.fact_id, row.span_start, row.span_end)}
        found.append(DeadlineRow(**values, tasks=tuple(tasks[row.plan_id, row.fact_id])))
    return sorted(found, key=lambda r: (r.due or dt.date.max, plan_order(r.plan), r.place.span))


def targets(
    connection: Connection, *, indicator: str | None = None, province: str | None = None, plan: str | None = None
) -> list[TargetRow]:
    """The targets by province, plan and place.

    `indicator` is an id of the indicator catalogue, or words that its name there or in the plan holds (accents don't
    count).
    """
    wanted = _plans_of(connection, province, plan)
    refs = plan_refs(connection, wanted)
    names = {row.id: row.name for row in connection.execute(select(t.Indicator.id, t.Indicator.name))}
    found = []
    means = {(row.plan_id, row.target_id): row.indicator_id for row in connection.execute(_meant(wanted))}
    for row in _facts(connection, t.Target, (t.Plan.issue_date,), wanted):
        indicator_id = means.get((row.plan_id, row.fact_id))
        if indicator and not _is_indicator(row, indicator_id, indicator, names.get(indicator_id)):
            continue
        plan_ref = refs[row.plan_id]
        values = {**_fields(TargetRow, row), "indicator_id": indicator_id}
        values |= {"plan": plan_ref, "province_now": _province_now(plan_ref), "id": row.fact_id, "place": place_of(row)}
        if row.baseline_words is not None:
            values["baseline"] = Baseline(words=row.baseline_words, value=row.baseline_value, year=row.baseline_year)
        found.append(TargetRow(**{"baseline": None, **values}, part_of=row.part_of_id))
    return sorted(found, key=lambda r: (plan_order(r.plan), r.place.span))


def failures(connection: Connection) -> list[FailureRow]:
    """The files that could not be read, by path."""
    query = (
        select(t.SourceFile.path, t.Failure.code, t.Failure.details, t.Failure.since, t.Plan.key)
        .join(t.Failure, t.Failure.source_file_id == t.SourceFile.id)
        .outerjoin(t.Plan, t.SourceFile.plan_id == t.Plan.id)
        .order_by(t.SourceFile.path)
    )
    waits: dict[str, str] = load("readers")["waits_for"]
    return [
        FailureRow(
            path=row.path,
            code=row.code,
            values=row.details,
            plan=row.key,
            since=row.since and aware(row.since),
            waits_for=waits.get(row.code),
        )
        for row in connection.execute(query)
    ]


def counts(connection: Connection) -> dict[str, int]:
    """How many rows the database has of each kind."""
    kinds = {
        "plans": t.Plan,
        "files": t.SourceFile,
        "failures": t.Failure,
        "organisations": t.Organisation,
        "documents": t.Document,
        "sections": t.Section,
        "references": t.Citation,
        "deadlines": t.Deadline,
        "targets": t.Target,
        "tasks": t.Task,
        "tables": t.PlanTable,
        "warnings": t.PlanWarning,
    }
    found = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in kinds.items()
    }
    # Of the provinces those that have a plan: all others are there, too.
    found["provinces"] = connection.execute(select(func.count(t.Plan.province_id.distinct()))).scalar_one()
    return found


def _per_plan(connection: Connection, table: Any) -> Counter[int]:
    rows = connection.execute(select(table.plan_id, func.count()).group_by(table.plan_id))
    return Counter({row[0]: row[1] for row in rows})


def _facts(
    connection: Connection,
    table: Any,
    columns: Collection[Any],
    plans: Select[int] | None,
    *conditions: ColumnElement[bool],
) -> Iterator[Any]:
    """The rows of a kind of fact with its section, and these columns of its plan; of some plans or of all."""
    section = t.Section
    query = (
        select(table, section.path.label("section_path"), section.heading.label("section_heading"), *columns)
        .join(t.Plan, table.plan_id == t.Plan.id)
        .outerjoin(section, (section.plan_id == table.plan_id) & (section.fact_id == table.section_id))
        .where(*conditions)
    )
    yield from connection.execute(query if plans is None else query.where(t.Plan.id.in_(plans)))


def _between(since: dt.date | None, until: dt.date | None) -> ColumnElement[bool]:
    """The deadlines that may fall between two days; what a rule gives is worked out from its row."""
    day, plan = t.Deadline.end_date, t.Plan
    once: list[ColumnElement[bool]] = [t.Deadline.rrule.is_(None)]
    again: list[ColumnElement[bool]] = [t.Deadline.rrule.is_not(None)]
    if since:
        once.append(day >= since)
        again.append(plan.period_end.is_(None) | (plan.period_end >= since - AFTERWARDS))
    if until:
        once.append(day <= until)
        again.append(plan.period_start.is_(None) | (plan.period_start <= until))
    return or_(and_(*once), and_(*again))


def _fields(kind: type[msgspec.Struct], row: Any) -> dict[str, Any]:
    """The fields of a row struct that the table has under the same name."""
    found = row._mapping
    return {name: found[name] for name in kind.__struct_fields__ if name in found}


def _plans_of(connection: Connection, province: str | None, key: str | None) -> Select[int] | None:
    """The query for the plans of a province, by any name people give it, or for the one plan; None for all."""
    if province is None and key is None:
        return None
    query = select(t.Plan.id)
    if province is not None:
        query = query.where(t.Plan.province_id.in_(province_ids(connection, province)))
    return query if key is None else query.where(t.Plan.key == key)


def _province_now(plan: PlanRef) -> str | None:
    known = version_of(plan.province, plan.issue_date) if plan.province else None
    return known.successor if known else plan.province


def _meant(plans: Select[int] | None) -> Select[int, str, str | None]:
    """What the targets of these plans, or of all, measure: as extraction or a person says."""
    measure = t.Measure
    query = select(measure.plan_id, measure.target_id, measure.indicator_id).where(measure.indicator_id.is_not(None))
    return query if plans is None else query.where(measure.plan_id.in_(plans))


def _is_indicator(row: Any, indicator_id: str | None, indicator: str, name: str | None) -> bool:
    if indicator_id and indicator_id.casefold() == indicator.casefold():
        return True
    return has_words(indicator, row.indicator, name)


def _due(row: Any, since: dt.date) -> dt.date | None:
    return _next_day(row.rrule, since, first_of(row.issue_date, row.plan_start), row.plan_end)


@lru_cache(maxsize=10_000)  # many plans have the same few rules
def _next_day(rule: str, since: dt.date, begins: dt.date | None, ends: dt.date | None) -> dt.date | None:
    try:
        return next(occurrences(rule, since, None, begins=begins, ends=ends), None)
    except ValueError:
        return None  # a rule that nobody can read has no day


def _status(rrule: str | None, due: dt.date | None, as_of: dt.date) -> Status:
    if rrule:
        return "recurring" if due else "ended"
    if due is None:
        return "undated"
    if due < as_of:
        return "overdue"
    return "due" if due <= as_of + SOON else "next"
