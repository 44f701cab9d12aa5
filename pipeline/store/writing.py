"""Which plan a file belongs to, and whose facts the plan has. Works within one transaction of the store.

A *plan* is a row of `plans`; a *source* a row of `source_files`; the plan's facts come from one content (`sha256`).

- Same content, any path: one plan.
- Same code, issuer and day: one plan. Of several contents the one with the fewest warnings gives the facts, then the
  one with the most facts, then the first by hash: the same one whatever is read first.
- Nothing of that, but the path is known and the plan has no other content: its facts are replaced.
- Otherwise it is a new plan: drafts without number or day never merge.

Where the winning content goes away (its path now holds something else), those of the other sources that would win are
marked "pending", to be read again: their facts were not kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from models import tables as t
from models.plan import Plan, SourceInfo
from pipeline.store import comparables, derived
from pipeline.store.bulk import insert_rows, new_ids
from pipeline.store.history import note_changes
from pipeline.store.naming import Naming, naming
from pipeline.store.review import PLAN_KEY, plans_decided, reviewed
from pipeline.store.rows import Row as Values
from pipeline.store.rows import SharedIds, plan_derived, plan_row, plan_rows, read_plan
from pipeline.store.shared import (
    chunks,
    ensure_indicators,
    mark_named,
    mark_stale,
    organisation_key,
    province_id,
    shared_ids,
)

_CHILDREN = (
    t.PlanText,
    t.Recipient,
    t.Section,
    t.SectionRole,
    t.Citation,
    t.Deadline,
    t.Target,
    t.Task,
    t.TaskOrganisation,
    t.DeadlineTask,
    t.PlanTable,
    t.PlanWarning,
    *derived.TABLES,
)

Action = Literal["added", "replaced", "joined"]


class SaveOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a plan: `plan` is its key. "joined": the plan was there from a better file; its facts stay."""

    plan: str
    action: Action


def identity_of(plan: Plan) -> str | None:
    """Number and symbol, issuer and day as one string; None where one of them is not known."""
    m = plan.metadata
    if not (m.number and m.code and m.issuer and m.issue_date and len(m.issue_date) == len("2022-03-17")):
        return None
    code = "".join(unicodedata.normalize("NFC", m.code).split()).casefold()
    return f"{code}|{organisation_key(m.issuer)}|{m.issue_date}"


class Reading(NamedTuple):
    """What one file of `size` bytes gave."""

    plan: Plan
    text: str
    size: int | None = None


def save_plans(connection: Connection, readings: Sequence[Reading]) -> list[SaveOutcome]:
    """Saves what files gave, in their order, and puts every plan that this touches in order.

    Readings that nothing in the database has to do with are written together, which is several times as fast.
    """
    names = naming(connection)
    decided = plans_decided(connection)
    known = _Known(connection, readings)
    outcomes: list[SaveOutcome] = []
    new: list[Reading] = []
    for reading in readings:
        if known.meet(reading.plan):
            outcomes += _write_new(connection, new, names)
            new = []
            outcomes.append(_save(connection, reading, names, decided))
        else:
            key = _digest(identity_of(reading.plan) or reading.plan.source.sha256)
            new.append(_as_decided(connection, key, reading, decided))
    return outcomes + _write_new(connection, new, names)


def rewrite(connection: Connection, plan_id: int, plan: Plan) -> None:
    """Writes the facts of a plan that is there anew; its text, files and names stay. `settle` has to follow."""
    known = connection.execute(select(t.Plan).where(t.Plan.id == plan_id)).one()
    text = connection.execute(select(t.PlanText.text).where(t.PlanText.plan_id == plan_id)).scalar_one()
    _write(connection, known, Reading(plan, text), known.identity, naming(connection))


def _as_decided(connection: Connection, key: str, reading: Reading, decided: Collection[str]) -> Reading:
    """The reading with what people decided about its facts; `decided` are the keys of plans that have such."""
    return reading._replace(plan=reviewed(connection, key, reading.plan)) if key in decided else reading


class _Known:
    """What the database, or an earlier reading, has of the identities, contents, paths and keys of some readings."""

    def __init__(self, connection: Connection, readings: Sequence[Reading]) -> None:
        plans = [reading.plan for reading in readings]
        identities = [identity for plan in plans if (identity := identity_of(plan))]
        contents = [plan.source.sha256 for plan in plans]
        asked = (
            (t.Plan.identity, identities),
            (t.Plan.key, map(_digest, (*identities, *contents))),
            (t.SourceFile.sha256, contents),
            (t.SourceFile.path, [plan.source.path for plan in plans]),
        )
        self._met: set[str] = set()
        for column, values in asked:
            for chunk in chunks(values):
                found = connection.execute(select(column).where(column.in_(chunk))).scalars()
                self._met.update(f"{column.key} {value}" for value in found)

    def meet(self, plan: Plan) -> bool:
        """Whether something of the reading was met before."""
        file, identity = plan.source, identity_of(plan)
        marks = {f"sha256 {file.sha256}", f"path {file.path}", f"key {_digest(identity or file.sha256)}"}
        marks |= {f"identity {identity}"} if identity else set()
        met = not marks.isdisjoint(self._met)
        self._met |= marks
        return met


def _write_new(connection: Connection, readings: Sequence[Reading], names: Naming) -> list[SaveOutcome]:
    """Writes plans that are not there, from files that are not there."""
    if not readings:
        return []
    plans = [reading.plan for reading in readings]
    ensure_indicators(connection, plans)
    shared = shared_ids(connection, plans)
    rows: defaultdict[Any, list[Values]] = defaultdict(list)
    now = dt.datetime.now(dt.UTC)
    outcomes = []
    for plan_id, (plan, text, size) in zip(new_ids(connection, t.Plan, len(readings)), readings, strict=True):
        identity = identity_of(plan)
        key = _digest(identity or plan.source.sha256)
        head = _plan_values(connection, plan, identity, key, shared)
        rows[t.Plan.__table__].append({"id": plan_id, **head})
        for table, found in _rows_of(plan, text, plan_id, shared, names):
            rows[table] += found
        source = {"path": plan.source.path, "seen_at": now, **_source_values(plan, size, plan_id)}
        rows[t.SourceFile.__table__].append(source)
        outcomes.append(SaveOutcome(plan=key, action="added"))
    mark_named(connection, [row["document_key"] for row in rows[t.Plan.__table__]])
    for table, found in rows.items():
        insert_rows(connection, table, found)
    comparables.keep(connection, [row["id"] for row in rows[t.Plan.__table__]])
    return outcomes


def _save(connection: Connection, reading: Reading, names: Naming, decided: Collection[str]) -> SaveOutcome:
    """Saves one reading beside what is known of its plan, content or path."""
    plan = reading.plan
    file = plan.source
    identity = identity_of(plan)
    target = _target(connection, identity, file)
    rank = _rank(len(plan.warnings), _facts(plan), file.sha256)
    action: Action
    if target is None:
        reading = _as_decided(connection, _plan_key(connection, None, identity, file), reading, decided)
        plan_id, action = _write(connection, None, reading, identity, names), "added"
    elif _wins(connection, target, rank, file):
        plan_id, action = target.id, "replaced"
        reading = _as_decided(connection, _plan_key(connection, target, identity, file), reading, decided)
        plan = reading.plan
        before = read_plan(connection, plan_id, file.path)
        if before != plan:
            note_changes(connection, plan_id, before, plan)
            _write(connection, target, reading, identity, names)
    else:
        plan_id, action = target.id, "joined"
    _set_source(connection, file.path, _source_values(plan, reading.size, plan_id))
    key = connection.execute(select(t.Plan.key).where(t.Plan.id == plan_id)).scalar_one()
    return SaveOutcome(plan=key, action=action)


def _facts(plan: Plan) -> int:
    return sum(map(len, (plan.references, plan.deadlines, plan.targets, plan.tasks)))


def _source_values(plan: Plan, size: int | None, plan_id: int) -> Values:
    file = plan.source
    return {
        "sha256": file.sha256,
        "size": size,
        "media_type": file.media_type,
        "reader": file.reader,
        "extractor_version": file.extractor_version,
        "state": "read",
        "plan_id": plan_id,
        "facts": _facts(plan),
        "warnings": len(plan.warnings),
    }


def attach_path(connection: Connection, path: str, sha256: str, extractor_version: str) -> str | None:
    """Adds a path to the sources of the plan that this content gave; the plan's key, None if the content is new."""
    source = t.SourceFile
    query = (
        select(source, t.Plan.key)
        .join(t.Plan, source.plan_id == t.Plan.id)
        .where(source.sha256 == sha256, source.extractor_version == extractor_version, source.state == "read")
        .order_by(source.path)
    )
    known = connection.execute(query).first()
    if known is None:
        return None
    if known.path != path:
        copied = ("size", "media_type", "reader", "state", "plan_id", "facts", "warnings")
        values = {name: getattr(known, name) for name in copied}
        _set_source(connection, path, {**values, "sha256": sha256, "extractor_version": extractor_version})
    return str(known.key)


def fail_path(connection: Connection, path: str, values: dict[str, Any], code: str, details: dict[str, str]) -> None:
    """Notes why a file could not be read; the plan that its path gave before stays as it was."""
    source_id = put_source(connection, path, {**values, "state": "failed"})
    failure = {"code": code, "details": details, "since": dt.datetime.now(dt.UTC)}
    known = connection.execute(select(t.Failure).where(t.Failure.source_file_id == source_id)).first()
    if known is None:
        connection.execute(insert(t.Failure).values(source_file_id=source_id, **failure))
    elif (known.code, known.details) != (code, details):
        connection.execute(update(t.Failure).where(t.Failure.source_file_id == source_id).values(**failure))
    plan_id = connection.execute(select(t.SourceFile.plan_id).where(t.SourceFile.id == source_id)).scalar()
    _tidy(connection, [plan_id])


def delete_plan(connection: Connection, plan_id: int) -> None:
    """Deletes the plan, its facts and its sources."""
    connection.execute(delete(t.SourceFile).where(t.SourceFile.plan_id == plan_id))
    _forget_facts(connection, plan_id)
    connection.execute(delete(t.Plan).where(t.Plan.id == plan_id))


def _rank(warnings: int | None, facts: int | None, sha256: str | None) -> tuple[int, int, str]:
    """Sorts readings of one plan, the best first."""
    return warnings or 0, -(facts or 0), sha256 or ""


def _target(connection: Connection, identity: str | None, file: SourceInfo) -> Row[Any] | None:
    """The plan that the file's reading belongs to, None if it is a new one."""
    if identity:
        known = connection.execute(select(t.Plan).where(t.Plan.identity == identity)).first()
        if known:
            return known
    source = t.SourceFile
    # A path that failed still points at what it gave before, which says nothing about its content now.
    same = (source.sha256 == file.sha256) & (source.state != "failed")
    candidates: list[int | None] = []
    for where in (same, source.path == file.path):
        query = select(source.plan_id).where(where, source.plan_id.is_not(None)).order_by(source.plan_id)
        candidates += connection.execute(query).scalars()
    for plan_id in dict.fromkeys(candidates):
        other = select(source.id).where(
            source.plan_id == plan_id,
            source.path != file.path,
            source.sha256.is_distinct_from(file.sha256) | (source.state == "failed"),
        )
        if connection.execute(other).first() is None:
            return connection.execute(select(t.Plan).where(t.Plan.id == plan_id)).one()
    return None


def _wins(connection: Connection, plan: Row[Any], rank: tuple[int, int, str], file: SourceInfo) -> bool:
    """Whether the new reading's facts go in the place of those that the plan has."""
    source = t.SourceFile
    behind = connection.execute(
        select(source).where(source.plan_id == plan.id, source.path != file.path, source.sha256 == plan.sha256)
    ).first()
    return plan.sha256 == file.sha256 or behind is None or rank < _rank(behind.warnings, behind.facts, behind.sha256)


def _set_source(connection: Connection, path: str, values: dict[str, Any]) -> None:
    """Writes the source of a path that was read, and gives every other path of that content the same plan."""
    source = t.SourceFile
    formers = [connection.execute(select(source.plan_id).where(source.path == path)).scalar()]
    source_id = put_source(connection, path, values)
    connection.execute(delete(t.Failure).where(t.Failure.source_file_id == source_id))
    copies = (source.sha256 == values["sha256"], source.id != source_id, source.state != "failed")
    formers += connection.execute(select(source.plan_id).where(*copies)).scalars().all()
    # Media type and reader may differ, by the file's name.
    shared = ("extractor_version", "state", "plan_id", "facts", "warnings")
    connection.execute(update(source).where(*copies).values({name: values[name] for name in shared}))
    _tidy(connection, [*formers, values["plan_id"]])


def put_source(connection: Connection, path: str, values: dict[str, Any]) -> int:
    """Writes what is known of a path; the row id of its source."""
    source = t.SourceFile
    known = connection.execute(select(source).where(source.path == path)).mappings().first()
    if known is None:
        now = dt.datetime.now(dt.UTC)
        made = connection.execute(insert(source).values(path=path, seen_at=now, **values))
        return int(made.inserted_primary_key[0])  # type: ignore[index]
    if any(known[name] != value for name, value in values.items()):
        connection.execute(update(source).where(source.id == known["id"]).values(mark=None, **values))
    return int(known["id"])


def _tidy(connection: Connection, plans: Iterable[int | None]) -> None:
    """Removes those plans that no file gives any more, and finds sources that should give a plan its facts."""
    source = t.SourceFile
    for plan_id in dict.fromkeys(p for p in plans if p is not None):
        sources = connection.execute(select(source).where(source.plan_id == plan_id)).all()
        if not sources:
            delete_plan(connection, plan_id)
            continue
        sha256 = connection.execute(select(t.Plan.sha256).where(t.Plan.id == plan_id)).scalar()
        behind = [_rank(s.warnings, s.facts, s.sha256) for s in sources if s.sha256 == sha256]
        for other in sources:
            rank = _rank(other.warnings, other.facts, other.sha256)
            if other.state == "read" and other.sha256 != sha256 and (not behind or rank < behind[0]):
                connection.execute(update(source).where(source.id == other.id).values(state="pending"))


def _write(
    connection: Connection, known: Row[Any] | None, reading: Reading, identity: str | None, names: Naming
) -> int:
    """Writes the plan and all its facts, in the place of those that were there; the plan's row id."""
    plan, text, _ = reading
    if known is not None:
        _forget_facts(connection, known.id)
    ensure_indicators(connection, [plan])
    shared = shared_ids(connection, [plan])
    row = _plan_values(connection, plan, identity, _plan_key(connection, known, identity, plan.source), shared)
    mark_named(connection, [row["document_key"]])
    if known is None:
        [plan_id] = new_ids(connection, t.Plan, 1)
        insert_rows(connection, t.Plan.__table__, [{"id": plan_id, **row}])
    else:
        plan_id = known.id
        connection.execute(update(t.Plan).where(t.Plan.id == plan_id).values(**row))
    for table, rows in _rows_of(plan, text, plan_id, shared, names):
        insert_rows(connection, table, rows)
    comparables.keep(connection, [plan_id])
    return plan_id


def _plan_values(connection: Connection, plan: Plan, identity: str | None, key: str, shared: SharedIds) -> Values:
    """The columns of the plan's own row but its id."""
    issuer = plan.metadata.issuer
    return {
        **plan_row(plan),
        **plan_derived(plan),
        "identity": identity,
        "key": key,
        "issuer_id": shared.organisations[issuer] if issuer else None,
        "province_id": province_id(connection, plan),
    }


def _rows_of(
    plan: Plan, text: str, plan_id: int, shared: SharedIds, names: Naming
) -> Iterable[tuple[Any, list[Values]]]:
    """The rows of all that hangs on the plan."""
    yield from plan_rows(plan, text, plan_id, shared)
    yield from derived.derived_rows(plan, text, plan_id, shared, names.match, names.indicators)


def _plan_key(connection: Connection, known: Row[Any] | None, identity: str | None, file: SourceInfo) -> str:
    """The public id: from the identity, so that it is the same in every database; a draft keeps what it once got."""
    if identity:
        return _digest(identity)
    if known is not None and known.identity is None:
        return str(known.key)
    key = _digest(file.sha256)
    if connection.execute(select(t.Plan.id).where(t.Plan.key == key)).first():
        # A draft that has changed since keeps the key of this content.
        key = _digest(f"{file.sha256} {file.path}")
    return key


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:PLAN_KEY]


def _forget_facts(connection: Connection, plan_id: int) -> None:
    for column in (t.Citation.document_id, t.Citation.object_id):
        query = select(column).where(t.Citation.plan_id == plan_id, column.is_not(None)).distinct()
        mark_stale(connection, [i for i in connection.execute(query).scalars() if i is not None])
    mark_named(connection, connection.execute(select(t.Plan.document_key).where(t.Plan.id == plan_id)).scalars())
    for table in _CHILDREN:
        connection.execute(delete(table).where(table.plan_id == plan_id))
