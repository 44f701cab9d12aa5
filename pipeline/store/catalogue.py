"""The catalogue of documents: what most mentions say of one, and which document an undated mention means.

Both follow from all mentions in the database, never from the order in which plans were read.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from extractors.notes import warn
from models import tables as t
from models.plan import Context, Metadata, Reference, Span
from pipeline.resolve.documents import resolve_references
from pipeline.store import decisions, reference
from pipeline.store.amendments import not_after
from pipeline.store.bulk import insert_rows
from pipeline.store.linking import link_plans
from pipeline.store.ranking import rank_values
from pipeline.store.shared import chunks, remove_orphans, without_date

_TOGETHER = 1_000  # documents whose mentions are in memory at a time
_SAID = ("type", "number", "year", "symbol", "code", "name", "title")


def settle(connection: Connection) -> None:
    """Brings what all plans have together up to date after some were saved or removed: the catalogue, the links between
    plans, the ranks of values. Doing it twice changes nothing."""
    if not reference.is_current(connection):
        from pipeline.store.renewal import renew  # which settles at its end

        renew(connection)
        return
    changed = remove_orphans(connection)
    changed |= _gather(connection)
    changed |= _link(connection)
    changed |= remove_orphans(connection)  # a document may have changed its issuer
    _tally(connection, changed | _changed_by(connection, changed))
    link_plans(connection)
    rank_values(connection)


def _gather(connection: Connection) -> set[int]:
    """What the mentions of each stale document say, written into its row; their ids, with what they mean."""
    stale = set(connection.execute(select(t.Document.id).where(t.Document.stale)).scalars())
    decided = decisions.of_kind(connection, "document_date")
    for chunk in chunks(sorted(stale), _TOGETHER):
        said: defaultdict[int, list[Any]] = defaultdict(list)
        kinds = [getattr(t.Citation, name) for name in (*_SAID, "date")]
        query = (
            select(t.Citation.document_id, *kinds, t.Citation.issuer_id, t.Organisation.key.label("issuer_key"))
            .add_columns(func.count().label("times"))
            .outerjoin(t.Organisation, t.Citation.issuer_id == t.Organisation.id)
            .where(t.Citation.document_id.in_(chunk))
            .group_by(t.Citation.document_id, *kinds, t.Citation.issuer_id, t.Organisation.key)
        )
        for row in connection.execute(query):
            said[row.document_id].append(row)
        keys = {
            row.id: row.key
            for row in connection.execute(select(t.Document.id, t.Document.key).where(t.Document.id.in_(chunk)))
        }
        connection.execute(delete(t.DocumentWarning).where(t.DocumentWarning.document_id.in_(chunk)))
        rows: list[dict[str, Any]] = []
        notes: list[dict[str, Any]] = []
        for i in chunk:
            values = {"document": i, "stale": False, **_said(said[i])}
            if day := decided.get(keys[i]):
                values["date"] = day["date"]
            else:
                notes += _conflicts(i, said[i])
            rows.append(values)
        connection.execute(_UPDATE, rows)
        if notes:
            connection.execute(insert(t.DocumentWarning), notes)
    return stale


def _said(mentions: Sequence[Any]) -> dict[str, Any]:
    """The columns of a document that its mentions give; equal ones are one row of so many `times`."""
    said = {name: _most((getattr(m, name), m.times) for m in mentions) for name in _SAID}
    issuers = {m.issuer_key: m.issuer_id for m in mentions}
    said["issuer_id"] = issuers.get(_most((m.issuer_key, m.times) for m in mentions))
    dates = _counted((m.date, m.times) for m in mentions)
    longest = max(map(len, dates), default=0)
    said["date"] = min((d for d in dates if len(d) == longest), key=lambda d: (-dates[d], d), default=None)
    return said


def _conflicts(document_id: int, mentions: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The row of a warning where the mentions give a document two days."""
    days = _counted((m.date, m.times) for m in mentions if len(m.date or "") == len("2022-03-17"))
    if len(days) > 1:
        dates = ", ".join(f"{dt.date.fromisoformat(day):%d/%m/%Y} ({days[day]})" for day in sorted(days))
        name = _most((m.code, m.times) for m in mentions) or _most((m.name, m.times) for m in mentions) or ""
        note = warn("date_conflict", document=name, dates=dates)
        yield {
            "document_id": document_id,
            "position": 0,
            "code": note.code,
            "message": note.message,
            "details": note.values,
        }


def _counted(values: Iterable[tuple[Any, int]]) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for value, times in values:
        if value is not None:
            counts[value] += times
    return counts


def _most(values: Iterable[tuple[Any, int]]) -> Any:
    """The value that most say; among equals the longest, since what breaks off is shorter, then the first by letter."""
    counts = _counted(values)
    return min(counts, key=lambda v: (-counts[v], -len(str(v)), v), default=None)


def _link(connection: Connection) -> set[int]:
    """Points each undated document at the one dated document of its code and issuer, if there is exactly one, or at
    the one that a person says it is; the ids of what changed its meaning and of what it meant and means."""
    document = t.Document
    columns = (document.id, document.key, document.code, document.date, document.dated_id)
    same = _decided_same(connection)
    # A document that has got a date in the meantime stands for itself again.
    linkable = document.date.is_(None) | document.dated_id.is_not(None) | document.key.in_(same)
    mentioned = connection.execute(select(*columns).where(linkable)).all()
    codes = {row.code for row in mentioned if row.code}
    dated = (
        select(document.id, document.code, document.type, t.Organisation.name.label("issuer"))
        .outerjoin(t.Organisation, document.issuer_id == t.Organisation.id)
        .where(document.date.is_not(None), document.code.is_not(None), document.key.not_in(same))
    )
    meant: defaultdict[str | None, list[int]] = defaultdict(list)
    for row in connection.execute(dated):
        if row.code in codes:
            meant[_undated_key(str(row.code), row.type, row.issuer)].append(row.id)

    def of_code(row: Any) -> int | None:
        found = meant[row.key] if row.code and not row.date and row.key not in same else []
        return found[0] if len(found) == 1 else None

    # What a person says another document is may itself be undated, and mean one that is not.
    others = {
        row.key: of_code(row) or row.id
        for row in connection.execute(select(*columns).where(document.key.in_(set(same.values()))))
    }
    changes, touched = [], set()
    for undated in mentioned:
        means = others[same[undated.key]] if undated.key in same else of_code(undated)
        if undated.dated_id != means:
            changes.append({"document": undated.id, "dated_id": means})
            touched |= {undated.id, undated.dated_id, means} - {None}
    if changes:
        connection.execute(_UPDATE, changes)
    return touched


def _decided_same(connection: Connection) -> dict[str, str]:
    """Which document is another one, by their keys, as people decided. A decision about one that is not there, or whose
    other document is not there or is another one itself, has no effect."""
    decided = {key: value["key"] for key, value in decisions.of_kind(connection, "document_same").items()}
    there: set[str] = set()
    for chunk in chunks({*decided, *decided.values()}):
        there.update(connection.execute(select(t.Document.key).where(t.Document.key.in_(chunk))).scalars())
    return {key: other for key, other in decided.items() if {key, other} <= there and other not in decided}


# --- how a document is cited, and what became of it ---------------------------------------------------------------


def _changed_by(connection: Connection, changed: set[int]) -> set[int]:
    """The documents that these amended, replaced or repealed: since when, and by which, may be another answer now."""
    found: set[int] = set()
    for chunk in chunks(sorted(changed)):
        by = select(t.Document.id).where(t.Document.id.in_(chunk) | t.Document.dated_id.in_(chunk))
        found.update(
            connection.execute(select(t.Amendment.document_id).where(t.Amendment.by_id.in_(by)).distinct()).scalars()
        )
    return found


def _tally(connection: Connection, changed: set[int]) -> None:
    """Counts who cites the changed documents, and writes what became of them; an undated document that means another
    counts with that one."""
    whole: set[int] = set()
    for chunk in chunks(sorted(changed), _TOGETHER):
        links = select(t.Document.id, t.Document.dated_id).where(t.Document.id.in_(chunk))
        means: dict[int, int | None] = {row.id: row.dated_id for row in connection.execute(links)}
        whole.update(dated or i for i, dated in means.items())
        if alone := [i for i, dated in means.items() if dated]:
            connection.execute(delete(t.DocumentRelation).where(t.DocumentRelation.document_id.in_(alone)))
            connection.execute(_UPDATE, [{"document": i, **_NOTHING} for i in alone])
    for chunk in chunks(sorted(whole), _TOGETHER):
        _count(connection, chunk)


def _count(connection: Connection, documents: Sequence[int]) -> None:
    """Counts for documents that stand for themselves."""
    connection.execute(delete(t.DocumentRelation).where(t.DocumentRelation.document_id.in_(documents)))
    meant = func.coalesce(t.Document.dated_id, t.Document.id)
    cited = (
        select(meant.label("document_id"), t.Citation.plan_id, t.Citation.relation, func.count().label("times"))
        .join(t.Document, t.Citation.document_id == t.Document.id)
        .where(t.Document.id.in_(documents) | t.Document.dated_id.in_(documents))
        .group_by(meant, t.Citation.plan_id, t.Citation.relation)
        .subquery()
    )
    by_relation = select(
        cited.c.document_id,
        cited.c.relation,
        func.sum(cited.c.times).label("mentions"),
        func.count().label("plans"),
    ).group_by(cited.c.document_id, cited.c.relation)
    relations = [
        {"document_id": d, "relation": r, "mentions": int(n), "plans": p}
        for d, r, n, p in connection.execute(by_relation)
    ]
    insert_rows(connection, t.DocumentRelation.__table__, relations)
    whom = (
        select(
            cited.c.document_id,
            func.sum(cited.c.times).label("mentions"),
            func.count(cited.c.plan_id.distinct()).label("plans"),
            func.count(_PLACE.distinct()).label("provinces"),
            func.min(t.Plan.issue_date).label("first_cited"),
            func.max(t.Plan.issue_date).label("last_cited"),
        )
        .join(t.Plan, cited.c.plan_id == t.Plan.id)
        .outerjoin(t.Province, t.Plan.province_id == t.Province.id)
        .group_by(cited.c.document_id)
    )
    counted = {row.document_id: row._asdict() for row in connection.execute(whom)}
    became = _became(connection, documents)
    read = _read(connection, documents)
    rows = []
    for i in documents:
        counts = counted.get(i, {"document_id": i})
        del counts["document_id"]
        if "mentions" in counts:
            counts["mentions"] = int(counts["mentions"])  # a sum is a decimal on PostgreSQL
        rows.append({"document": i, **_NOTHING, **counts, **became.get(i, {}), "plan_id": read.get(i)})
    connection.execute(_UPDATE, rows)


_DOCUMENT: Any = t.Document.__table__
_UPDATE = update(_DOCUMENT).where(_DOCUMENT.c.id == bindparam("document"))
_NOTHING = {
    "mentions": 0,
    "plans": 0,
    "provinces": 0,
    "first_cited": None,
    "last_cited": None,
    "status": None,
    "status_since": None,
    "status_by_id": None,
    "plan_id": None,
}
_PLACE = func.coalesce(t.Province.successor_id, t.Province.id)  # a province before and after 2025 is one
_STRONGEST: tuple[tuple[str, t.Status], ...] = (
    ("repeals", "repealed"),
    ("replaces", "replaced"),
    ("amends", "amended"),
)


def _became(connection: Connection, documents: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What plans and papers say became of documents: the strongest of it, and the first date from which it holds. What
    is older changed nothing, which one plan alone may not know."""
    changed, by, whole = aliased(t.Document), aliased(t.Document), aliased(t.Document)
    meant = func.coalesce(by.dated_id, by.id)
    doer = aliased(t.Document)
    query = (
        select(whole.id.label("document_id"), whole.date, whole.year, t.Amendment.relation)
        .add_columns(doer.id.label("by_id"), doer.key.label("by_key"))
        .add_columns(doer.date.label("by_date"), doer.year.label("by_year"), t.Plan.issue_date)
        .join(changed, t.Amendment.document_id == changed.id)
        .join(whole, whole.id == func.coalesce(changed.dated_id, changed.id))
        .join(t.Plan, t.Amendment.plan_id == t.Plan.id)
        .outerjoin(by, t.Amendment.by_id == by.id)
        .outerjoin(doer, doer.id == meant)
        .where(changed.id.in_(documents) | changed.dated_id.in_(documents))
        .distinct()
    )
    said: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        own = row.date or (str(row.year) if row.year else None)
        since = _since(row) if row.by_id is None or row.by_date or row.by_year else None
        if row.by_id != row.document_id and not_after(own, since):
            said[row.document_id].append(row)
    found = {}
    for document_id, rows in said.items():
        relation, status = next(pair for pair in _STRONGEST if any(row.relation == pair[0] for row in rows))
        first = min(
            (row for row in rows if row.relation == relation),
            key=lambda row: (_since(row) or "~", row.by_key or "~"),
        )
        found[document_id] = {"status": status, "status_since": _since(first), "status_by_id": first.by_id}
    return found


def _since(row: Any) -> str | None:
    """The date of the paper that did it, else the year in its number; else it was known when the plan was issued."""
    since: str | None = row.by_date or (str(row.by_year) if row.by_year else row.issue_date)
    return since


def _read(connection: Connection, documents: Sequence[int]) -> dict[int, int]:
    """The plan that a document is, where one was read: by its key, or by that of an undated mention that means it; an
    undated document is the one plan of its code and issuer."""
    query = (
        select(func.coalesce(t.Document.dated_id, t.Document.id), func.min(t.Plan.id))
        .join(t.Plan, t.Plan.document_key == t.Document.key)
        .where(t.Document.id.in_(documents) | t.Document.dated_id.in_(documents))
        .group_by(func.coalesce(t.Document.dated_id, t.Document.id))
        .having(func.count(t.Plan.id.distinct()) == 1)
    )
    found = {row[0]: row[1] for row in connection.execute(query)}
    document, plan = t.Document, t.Plan
    candidates = (
        select(document.id, document.key, plan.id.label("plan_id"), plan.document_key)
        .join(plan, plan.code == document.code)
        .where(document.id.in_(documents), document.date.is_(None), document.dated_id.is_(None))
    )
    meant: defaultdict[int, set[int]] = defaultdict(set)
    for row in connection.execute(candidates):
        if row.id not in found and without_date(row.document_key or "") == row.key:
            meant[row.id].add(row.plan_id)
    return found | {i: next(iter(plans)) for i, plans in meant.items() if len(plans) == 1}


def _undated_key(code: str, kind: str | None, issuer: str | None) -> str | None:
    """The key that a document's mentions have where they leave its date out."""
    mention = Reference(text="", span=Span(0, 0), code=code, type=kind, issuer=issuer)
    (resolved,), _ = resolve_references((mention,), Context(metadata=Metadata()))
    return resolved.document_key
