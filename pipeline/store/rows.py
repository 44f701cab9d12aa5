"""One plan as rows and back: `plan_rows` and `read_plan` are each other's inverse."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.orm import aliased

from models import tables as t
from models.plan import (
    Baseline,
    Deadline,
    Metadata,
    Plan,
    PlanWarning,
    Reference,
    SectionFact,
    SourceInfo,
    Span,
    TableFact,
    Target,
    Task,
)
from models.text import Box
from pipeline.resolve.documents import key_of_plan

Row = dict[str, Any]
S = TypeVar("S", bound=msgspec.Struct)


class SharedIds(NamedTuple):
    """The ids of the shared rows that a plan names: organisations by their words, documents by their key."""

    organisations: Mapping[str, int]
    documents: Mapping[str, int]


def organisation_words(plan: Plan) -> set[str]:
    """Every organisation that the plan names, in its own words."""
    words = {plan.metadata.issuer}
    words.update(r.issuer for r in plan.references)
    for deadline in plan.deadlines:
        words.update((deadline.responsible, deadline.recipient))
    for task in plan.tasks:
        words.update((*task.lead, *task.support))
    return {w for w in words if w}


def document_keys(plan: Plan) -> set[str]:
    """The keys of the documents that the plan mentions or says something about."""
    return {k for r in plan.references for k in (r.document_key, r.object) if k}


def check_references(plan: Plan) -> None:
    """Raises ValueError where an id of the plan stands twice, or a fact names another that the plan does not have.

    The foreign keys hold the same, but say neither which fact nor why.
    """
    kinds = (plan.sections, plan.references, plan.deadlines, plan.targets, plan.tasks, plan.tables)
    ids: list[set[str]] = []
    for facts in kinds:
        seen: set[str] = set()
        for fact in facts:
            if fact.id in seen:
                raise ValueError(f"two facts have the id {fact.id!r}")
            seen.add(fact.id)
        ids.append(seen)
    sections, _, deadlines, targets, tasks, _ = ids
    named: list[tuple[str, str | None, set[str]]] = [(s.id, s.parent, sections) for s in plan.sections]
    for facts in kinds[1:]:
        named += [(f.id, f.section, sections) for f in facts]
    named += [(f.id, f.part_of, targets) for f in plan.targets]
    named += [(f.id, f.deadline, deadlines) for f in plan.tasks]
    named += [(f.id, task, tasks) for f in plan.deadlines for task in f.tasks]
    for fact_id, other, known in named:
        if other is not None and other not in known:
            raise ValueError(f"the fact {fact_id!r} names {other!r}, which the plan does not have")


def plan_row(plan: Plan) -> Row:
    """The columns of `plans` that the plan itself says; its keys and the ids of shared rows are the store's."""
    row = asdict(plan.metadata)
    row.update(asdict(plan.source))
    del row["path"], row["recipients"], row["province"]
    row["period_start"] = _day(plan.metadata.period_start)
    row["period_end"] = _day(plan.metadata.period_end)
    row["schema_version"] = plan.schema_version
    return row


def plan_derived(plan: Plan) -> Row:
    """The columns of `plans` that follow from what it says: the document that it is, the year that it is for."""
    m = plan.metadata
    year = (m.period_start or m.period_end or m.issue_date or "")[:4]
    return {"document_key": key_of_plan(m), "year": int(year) if year else None}


def plan_rows(plan: Plan, text: str, plan_id: int, shared: SharedIds) -> Iterator[tuple[Any, list[Row]]]:
    """The rows of everything that hangs on the plan, as (table, rows)."""
    return of_plan(plan_id, _rows(plan, text, shared))


def of_plan(plan_id: int, found: Iterable[tuple[type[t.Base], Iterable[Row]]]) -> Iterator[tuple[Any, list[Row]]]:
    """The rows of each table with the id of the plan that they hang on."""
    for table, rows in found:
        made = list(rows)
        for row in made:
            row["plan_id"] = plan_id
        yield table.__table__, made


def _rows(plan: Plan, text: str, shared: SharedIds) -> Iterator[tuple[type[t.Base], list[Row]]]:
    yield t.PlanText, [{"text": text}]
    yield t.Recipient, [{"position": i, "text": line} for i, line in enumerate(plan.metadata.recipients)]
    yield t.Section, [_section(i, f) for i, f in enumerate(plan.sections)]
    roles = ((f.id, i, role) for f in plan.sections for i, role in enumerate(f.roles))
    yield t.SectionRole, [{"section_id": f, "position": i, "role": role} for f, i, role in roles]
    yield t.Citation, [_citation(i, f, shared) for i, f in enumerate(plan.references)]
    yield t.Deadline, [_deadline(i, f, shared) for i, f in enumerate(plan.deadlines)]
    yield t.Target, [_target(i, f) for i, f in enumerate(plan.targets)]
    yield t.Task, [_task(i, f) for i, f in enumerate(plan.tasks)]
    units = (
        (f.id, role, i, words)
        for f in plan.tasks
        for role, names in (("lead", f.lead), ("support", f.support))
        for i, words in enumerate(names)
    )
    yield (
        t.TaskOrganisation,
        [
            {"task_id": f, "role": role, "position": i, "words": words, "organisation_id": shared.organisations[words]}
            for f, role, i, words in units
        ],
    )
    tasks = ((f.id, i, task) for f in plan.deadlines for i, task in enumerate(f.tasks))
    yield t.DeadlineTask, [{"deadline_id": f, "position": i, "task_id": task} for f, i, task in tasks]
    yield t.PlanTable, [_fact(i, f) for i, f in enumerate(plan.tables)]
    yield t.PlanWarning, [_warning(i, w) for i, w in enumerate(plan.warnings)]


def _fact(position: int, fact: Any) -> Row:
    """A fact's fields with the names that all tables share; what a table calls otherwise, its own function renames."""
    row = asdict(fact)
    row["fact_id"] = row.pop("id")
    row["position"] = position
    if "section" in row:
        row["section_id"] = row.pop("section")
    if "span" in row:
        row["span_start"], row["span_end"] = row.pop("span")
    if "boxes" in row:
        row["boxes"] = msgspec.to_builtins(row["boxes"]) or None
    return row


def _section(position: int, fact: SectionFact) -> Row:
    row = _fact(position, fact)
    row["parent_id"] = row.pop("parent")
    row["heading_start"], row["heading_end"] = row.pop("heading_span") or (None, None)
    del row["roles"]
    return row


def _citation(position: int, fact: Reference, shared: SharedIds) -> Row:
    row = _fact(position, fact)
    key, subject = row.pop("document_key"), row.pop("object")
    row["document_id"] = shared.documents[key] if key else None
    row["object_id"] = shared.documents[subject] if subject else None
    row["issuer_id"] = shared.organisations[fact.issuer] if fact.issuer else None
    return row


def _deadline(position: int, fact: Deadline, shared: SharedIds) -> Row:
    row = _fact(position, fact)
    row["lapse"], row["lapse_unit"] = row.pop("offset"), row.pop("offset_unit")
    for role in ("responsible", "recipient"):
        row[f"{role}_id"] = shared.organisations[row[role]] if row[role] else None
    for day in ("start_date", "end_date"):
        row[day] = _day(row[day])
    del row["tasks"]
    return row


def _target(position: int, fact: Target) -> Row:
    row = _fact(position, fact)
    baseline = row.pop("baseline")
    for part in ("words", "value", "year"):
        row[f"baseline_{part}"] = getattr(baseline, part, None)
    for day in ("period_start", "period_end"):
        row[day] = _day(row[day])
    row["part_of_id"] = row.pop("part_of")
    return row


def _task(position: int, fact: Task) -> Row:
    row = _fact(position, fact)
    row["deadline_id"] = row.pop("deadline")
    del row["lead"], row["support"]
    return row


def _warning(position: int, warning: PlanWarning) -> Row:
    row = asdict(warning)
    row["position"] = position
    row["span_start"], row["span_end"] = row.pop("span") or (None, None)
    row["details"] = row.pop("values")
    return row


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(row: RowMapping) -> Span:
    return Span(row["span_start"], row["span_end"])


def _boxes(row: RowMapping) -> tuple[Box, ...]:
    return msgspec.convert(row["boxes"] or [], tuple[Box, ...])


def read_plan(connection: Connection, plan_id: int, path: str) -> Plan:
    """The plan that `plan_rows` wrote; `path` is the file that its facts come from."""

    def rows(table: type[t.Base]) -> Iterator[RowMapping]:
        columns = table.__table__.c
        query = select(table.__table__).where(columns.plan_id == plan_id).order_by(columns.position)
        yield from connection.execute(query).mappings()

    plan = t.Plan.__table__
    province = t.Province.__table__
    query = (
        select(*plan.c, province.c.name.label("province"))
        .select_from(plan.outerjoin(province, plan.c.province_id == province.c.id))
        .where(plan.c.id == plan_id)
    )
    head = dict(connection.execute(query).mappings().one(), path=path)
    head["recipients"] = tuple(r["text"] for r in rows(t.Recipient))
    for period in ("period_start", "period_end"):
        head[period] = _iso(head[period])
    roles: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows(t.SectionRole):
        roles[row["section_id"]].append(row["role"])
    tasks: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(t.DeadlineTask):
        tasks[row["deadline_id"]].append(row["task_id"])
    units: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows(t.TaskOrganisation):
        units[row["task_id"], row["role"]].append(row["words"])
    return Plan(
        schema_version=head["schema_version"],
        source=_pick(SourceInfo, head),
        metadata=_pick(Metadata, head),
        sections=tuple(_read_section(r, tuple(roles[r["fact_id"]])) for r in rows(t.Section)),
        references=tuple(_read_citations(connection, plan_id)),
        deadlines=tuple(_read_deadline(r, tuple(tasks[r["fact_id"]])) for r in rows(t.Deadline)),
        targets=tuple(_read_target(r) for r in rows(t.Target)),
        tasks=tuple(
            Task(
                id=r["fact_id"],
                text=r["text"],
                span=_span(r),
                section=r["section_id"],
                lead=tuple(units[r["fact_id"], "lead"]),
                support=tuple(units[r["fact_id"], "support"]),
                deadline=r["deadline_id"],
            )
            for r in rows(t.Task)
        ),
        tables=tuple(
            TableFact(
                id=r["fact_id"],
                page=r["page"],
                section=r["section_id"],
                caption=r["caption"],
                columns=tuple(r["columns"]),
                rows=tuple(tuple(cells) for cells in r["rows"]),
            )
            for r in rows(t.PlanTable)
        ),
        warnings=tuple(
            PlanWarning(
                code=r["code"],
                message=r["message"],
                span=None if r["span_start"] is None else _span(r),
                values=r["details"],
            )
            for r in rows(t.PlanWarning)
        ),
    )


def _pick(kind: type[S], row: Mapping[Any, Any], **values: Any) -> S:
    """A struct from the columns that are called as its fields are; `values` go first."""
    fields = kind.__struct_fields__
    return kind(**{f: values[f] if f in values else row[f] for f in fields})


def _read_section(row: RowMapping, roles: tuple[Any, ...]) -> SectionFact:
    heading = None if row["heading_start"] is None else Span(row["heading_start"], row["heading_end"])
    values = {"id": row["fact_id"], "parent": row["parent_id"], "span": _span(row), "heading_span": heading}
    return _pick(SectionFact, row, roles=roles, **values)


def _found(row: RowMapping) -> Row:
    return {"id": row["fact_id"], "section": row["section_id"], "span": _span(row), "boxes": _boxes(row)}


def _read_citations(connection: Connection, plan_id: int) -> Iterator[Reference]:
    citation = t.Citation.__table__
    document, subject = aliased(t.Document), aliased(t.Document)
    query = (
        select(*citation.c, document.key.label("document_key"), subject.key.label("object"))
        .select_from(citation)
        .outerjoin(document, citation.c.document_id == document.id)
        .outerjoin(subject, citation.c.object_id == subject.id)
        .where(citation.c.plan_id == plan_id)
        .order_by(citation.c.position)
    )
    for row in connection.execute(query).mappings():
        yield _pick(Reference, row, **_found(row))


def _read_deadline(row: RowMapping, tasks: tuple[str, ...]) -> Deadline:
    days = {name: _iso(row[name]) for name in ("start_date", "end_date")}
    return _pick(Deadline, row, tasks=tasks, offset=row["lapse"], offset_unit=row["lapse_unit"], **days, **_found(row))


def _read_target(row: RowMapping) -> Target:
    days = {name: _iso(row[name]) for name in ("period_start", "period_end")}
    words = row["baseline_words"]
    baseline = None if words is None else Baseline(words=words, value=row["baseline_value"], year=row["baseline_year"])
    return _pick(Target, row, baseline=baseline, part_of=row["part_of_id"], **days, **_found(row))
