"""The documents that plans cite: the catalogue with its filters, one document with all that is said of it, and the
plans that rest on papers which are no longer in force."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, column, func, literal, select, table

from data import load
from extractors.vietnamese import ascii_key
from models import tables as t
from pipeline.errors import KehoachError
from pipeline.moments import aware
from pipeline.store.decisions import DOCUMENT_KINDS, document_decision
from pipeline.store.finding import Place, PlanRef, nearest, place_of, plan_order, plan_refs
from pipeline.store.shared import among, chunks

_CANDIDATES = 20  # how many documents an error lists
STILL_CITED = table("v_still_cited", column("plan"), column("document"), column("reference"))


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A warning of the catalogue: `code` and `values` as in `data/warnings.toml`."""

    code: str
    message: str
    values: dict[str, str]


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document that plans mention. `mentions`, `plans` and the rest include undated ones that mean it. `title` is
    what most mentions say; where none does, that of the plan that was read.

    `relations` says how often it is cited in which way. `plan` is the key of the plan that was read and is this
    document. `status` is what plans and papers say became of it, `status_since` the first date from which that holds,
    `status_by` the key of the paper that did it (None: the plan that says so). `still_cited` counts the plans that rest
    on it although it was replaced or repealed before their date.
    """

    key: str
    type: str | None
    code: str | None
    name: str | None
    issuer: str | None
    date: str | None
    title: str | None
    mentions: int
    plans: tuple[PlanRef, ...]
    provinces: int
    first_cited: str | None
    last_cited: str | None
    relations: dict[str, int]
    plan: str | None
    status: t.Status | None
    status_since: str | None
    status_by: str | None
    still_cited: int
    warnings: tuple[Note, ...]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents are asked for; what is None or False asks nothing.

    `search` and `issuer` are words (accents don't count), `type` an abbreviation or a whole word ("QĐ", "quyết định"),
    `cited_since` a year, month or day since which a plan cites it, `conflicts` those cited with several days, `read`
    those that are plans which were read, `still_cited` those that plans rest on although they are no longer in force.
    """

    search: str | None = None
    type: str | None = None
    issuer: str | None = None
    status: t.Status | None = None
    cited_since: str | None = None
    conflicts: bool = False
    read: bool = False
    still_cited: bool = False


class CitedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mention of a document: in which plan, how, in which words, with which date (None: without). `happened` where it
    says that the document itself was amended, replaced or repealed."""

    plan: PlanRef
    id: str
    relation: str
    happened: bool
    text: str
    provision: str | None
    date: str | None
    place: Place


class BecameRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mention that says a document was amended, replaced or repealed: `document` by `by` (keys; None: the plan)."""

    document: str
    relation: str
    by: str | None
    plan: PlanRef
    text: str
    place: Place


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about the document `subject`: its `date`, that it is the document `same_as`, or that it is
    none of those it is `apart_from`."""

    subject: str
    date: str | None
    same_as: str | None
    apart_from: tuple[str, ...]
    by: str
    at: dt.datetime
    note: str | None


class DocumentPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that the database knows of one document.

    `meant_by` are the keys of undated mentions (and of what a person said is the same) that mean it; their citations
    are among `citations`. `became` is what became of it and in whose words, `changed` what it did to others.
    """

    document: DocumentRow
    meant_by: tuple[str, ...]
    citations: tuple[CitedRow, ...]
    became: tuple[BecameRow, ...]
    changed: tuple[BecameRow, ...]
    decisions: tuple[DecisionRow, ...]


class StillCitedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mention by which a plan rests on a document that was replaced or repealed before the plan's date."""

    plan: PlanRef
    document: str
    code: str | None
    title: str | None
    status: t.Status
    status_since: str
    status_by: str | None
    relation: str
    text: str
    place: Place


def catalogue(connection: Connection, wanted: Wanted | None = None, limit: int | None = None) -> list[DocumentRow]:
    """The documents that plans mention, those that most plans mention first; the first `limit` of them. Raises
    KehoachError `type_unknown`."""
    document = t.Document
    query = (
        select(document.id)
        .where(_asked(connection, wanted or Wanted()))
        .order_by(document.plans.desc(), document.mentions.desc(), document.key)
    )
    ids = connection.execute(query.limit(limit)).scalars().all()
    return [row for chunk in chunks(ids) for row in _rows(connection, chunk)]


def catalogue_size(connection: Connection, wanted: Wanted) -> int:
    """How many documents `catalogue` would list without a limit."""
    query = select(func.count()).select_from(t.Document).where(_asked(connection, wanted))
    return connection.execute(query).scalar_one()


def document_page(connection: Connection, ref: str) -> DocumentPage:
    """One document by its key or code. Raises KehoachError as `find_document` does."""
    found = find_document(connection, ref)
    [row] = _rows(connection, [found])
    same = t.Document.id == found
    keys = connection.execute(select(t.Document.key).where(t.Document.dated_id == found).order_by(t.Document.key))
    meant_by = tuple(keys.scalars())
    return DocumentPage(
        document=row,
        meant_by=meant_by,
        citations=tuple(citations(connection, [found])[found]),
        became=tuple(_became(connection, t.Amendment.document_id, same)),
        changed=tuple(_became(connection, t.Amendment.by_id, same)),
        decisions=tuple(decisions_about(connection, [row.key, *meant_by])),
    )


def find_document(connection: Connection, ref: str, *, itself: bool = False) -> int:
    """The row id of the document that a person means by a key, by a code ("12/QĐ-UBND") or name, or by the beginning of
    a key. An undated one is the dated one that it means; with `itself`, a whole key is that row and no other.

    Raises KehoachError: `document_unknown`, `document_is_plan` for a stored plan that no plan cites, or
    `document_ambiguous` with the candidates.
    """
    wanted = _bare(ref)
    means = func.coalesce(t.Document.dated_id, t.Document.id)
    if itself and (own := connection.execute(select(t.Document.id).where(t.Document.key == ref)).scalar()):
        return own
    rows = connection.execute(select(t.Document.key, t.Document.code, t.Document.name, means)).all() if wanted else []
    ways = (
        (i for key, _, _, i in rows if key == ref),
        (i for _, code, name, i in rows if wanted in (_bare(code or ""), _bare(name or ""))),
        (i for key, _, _, i in rows if _bare(key).startswith(wanted)),
    )
    found = next((sorted(ids) for way in ways if (ids := set(way))), [])
    if not found:
        plans = connection.execute(select(t.Plan.key, t.Plan.code, t.Plan.document_key)).all() if wanted else []
        if any(wanted in map(_bare, filter(None, row)) for row in plans):
            raise KehoachError("document_is_plan", ref=ref)
        raise KehoachError("document_unknown", ref=ref)
    if len(found) > 1:
        shown = sorted(_candidate(row) for row in _rows(connection, found[: _CANDIDATES + 1]))
        more = ["  ..."] if len(found) > _CANDIDATES else []
        raise KehoachError("document_ambiguous", ref=ref, candidates="\n".join(shown[:_CANDIDATES] + more))
    return int(found[0])


def still_cited(connection: Connection, limit: int | None = None) -> list[StillCitedRow]:
    """The mentions by which plans rest on documents that are no longer in force, by plan and place."""
    view = STILL_CITED
    named = select(t.Plan.id, view.c.document, view.c.reference).join(t.Plan, t.Plan.key == view.c.plan).subquery()
    by, document = t.Document.__table__.alias(), t.Document
    query = (
        _standing(t.Citation)
        .add_columns(document.key, document.code.label("document_code"), document.title.label("document_title"))
        .add_columns(document.status, document.status_since, by.c.key.label("status_by"))
        .join(named, (named.c.id == t.Citation.plan_id) & (named.c.reference == t.Citation.fact_id))
        .join(document, document.key == named.c.document)
        .outerjoin(by, by.c.id == document.status_by_id)
        .order_by(t.Citation.plan_id, t.Citation.span_start, t.Citation.fact_id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    refs = plan_refs(connection, {row.plan_id for row in rows})
    found = [
        StillCitedRow(
            plan=refs[row.plan_id],
            document=row.key,
            code=row.document_code,
            title=row.document_title,
            status=row.status,
            status_since=row.status_since,
            status_by=row.status_by,
            relation=row.relation,
            text=row.text,
            place=place_of(row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (plan_order(row.plan), row.place.span))


def citations(connection: Connection, documents: Collection[int]) -> dict[int, list[CitedRow]]:
    """The mentions of these documents (row ids), undated ones that mean them too, by plan and place."""
    means = func.coalesce(t.Document.dated_id, t.Document.id).label("means")
    rows = [
        row
        for chunk in chunks(documents)
        for row in connection.execute(
            _standing(t.Citation)
            .add_columns(means)
            .join(t.Document, t.Citation.document_id == t.Document.id)
            .where(t.Document.id.in_(chunk) | t.Document.dated_id.in_(chunk))
        )
    ]
    refs = plan_refs(connection, {row.plan_id for row in rows})
    found: defaultdict[int, list[CitedRow]] = defaultdict(list)
    for row in rows:
        cited = CitedRow(
            plan=refs[row.plan_id],
            id=row.fact_id,
            relation=row.relation,
            happened=row.object_id is not None and row.object_id == row.document_id,
            text=row.text,
            provision=row.provision,
            date=row.date,
            place=place_of(row),
        )
        found[row.means].append(cited)
    for mentions in found.values():
        mentions.sort(key=lambda row: (plan_order(row.plan), row.place.span, row.id))
    return found


def decisions_about(connection: Connection, keys: Collection[str]) -> list[DecisionRow]:
    """What people decided about the documents of these keys."""
    decision = t.Decision
    query = select(decision).where(decision.kind.in_(DOCUMENT_KINDS), decision.subject.in_(keys))
    return [
        DecisionRow(
            subject=row.subject,
            **document_decision(row.value)._asdict(),
            by=row.decided_by,
            at=aware(row.decided_at),
            note=row.note,
        )
        for row in connection.execute(query.order_by(decision.subject, decision.kind))
    ]


# --- which documents ----------------------------------------------------------------------------------------------


def _asked(connection: Connection, wanted: Wanted) -> ColumnElement[bool]:
    document = t.Document
    conditions: list[ColumnElement[bool]] = [document.dated_id.is_(None)]
    if wanted.search is not None:
        names = (
            select(document.id, document.code, func.coalesce(document.title, t.Plan.title), document.name)
            .outerjoin(t.Plan, t.Plan.id == document.plan_id)
            .where(document.dated_id.is_(None))
        )
        conditions.append(among(document.id, _holding(wanted.search, connection.execute(names))))
    if wanted.issuer is not None:
        issuers = select(t.Organisation.id, t.Organisation.name)
        conditions.append(among(document.issuer_id, _holding(wanted.issuer, connection.execute(issuers))))
    if wanted.type is not None:
        types = _types(wanted.type)
        if not types:
            known = (name for r in load("document_types")["types"] for name in (r["abbreviation"], *r["names"]))
            raise KehoachError("type_unknown", name=wanted.type, near=nearest(wanted.type, known))
        conditions.append(document.type.in_(types))
    if wanted.status is not None:
        conditions.append(document.status == wanted.status)
    if wanted.cited_since is not None:
        since = literal(wanted.cited_since)  # a plan that names only its year may be of any day of it
        conditions.append(document.last_cited >= func.substr(since, 1, func.length(document.last_cited)))
    if wanted.conflicts:
        conditions.append(document.id.in_(select(t.DocumentWarning.document_id)))
    if wanted.read:
        conditions.append(document.plan_id.is_not(None))
    if wanted.still_cited:
        conditions.append(document.key.in_(select(STILL_CITED.c.document)))
    return and_(*conditions)


def _holding(words: str, rows: Iterable[Any]) -> list[int]:
    """The ids of the rows of which one column holds all the words; accents don't count."""
    asked = ascii_key(words).split()
    found = []
    for i, *texts in rows:
        held = [ascii_key(text) for text in texts if text]
        if any(all(word in text for word in asked) for text in held):
            found.append(i)
    return found


@cache
def _types(words: str) -> tuple[str, ...]:
    """The abbreviations that a person may mean: "QĐ", "qd", "quyết định"; () for what is no type."""
    asked = _bare(words)
    records = load("document_types")["types"]
    meant = {r["abbreviation"] for r in records if asked in map(_bare, (r["abbreviation"], *r["names"]))}
    return tuple(sorted(meant))


def _bare(words: str) -> str:
    return "".join(ascii_key(words).split())


def _candidate(row: DocumentRow) -> str:
    return "  " + "  ".join(word for word in (row.key, row.date, row.issuer, row.title) if word)


# --- rows ---------------------------------------------------------------------------------------------------------


def _rows(connection: Connection, ids: Collection[int]) -> Iterator[DocumentRow]:
    """The rows of these documents (as many as a statement holds), in their order."""
    document, by = t.Document, t.Document.__table__.alias()
    query = (
        select(document, t.Organisation.name.label("issuer"), by.c.key.label("status_by"), t.Plan.key.label("plan"))
        .add_columns(t.Plan.title.label("plan_title"))
        .outerjoin(t.Organisation, document.issuer_id == t.Organisation.id)
        .outerjoin(by, document.status_by_id == by.c.id)
        .outerjoin(t.Plan, document.plan_id == t.Plan.id)
        .where(document.id.in_(ids))
    )
    rows = {row.id: row for row in connection.execute(query)}
    cited = _plans(connection, ids)
    refs = plan_refs(connection, set().union(*cited.values()))
    relations: defaultdict[int, dict[str, int]] = defaultdict(dict)
    relation = t.DocumentRelation
    query = select(relation).where(relation.document_id.in_(ids)).order_by(relation.mentions.desc(), relation.relation)
    for row in connection.execute(query):
        relations[row.document_id][row.relation] = row.mentions
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    warning = t.DocumentWarning
    for note in connection.execute(select(warning).where(warning.document_id.in_(ids)).order_by(warning.position)):
        notes[note.document_id].append(Note(code=note.code, message=note.message, values=note.details))
    view = STILL_CITED
    gone = [row.key for row in rows.values() if row.status in ("replaced", "repealed")]
    counted = select(view.c.document, func.count(view.c.plan.distinct())).where(view.c.document.in_(gone))
    resting = {row[0]: row[1] for row in connection.execute(counted.group_by(view.c.document))}
    for i in ids:
        row = rows[i]
        yield DocumentRow(
            key=row.key,
            type=row.type,
            code=row.code,
            name=row.name,
            issuer=row.issuer,
            date=row.date,
            title=row.title or row.plan_title,
            mentions=row.mentions,
            plans=tuple(sorted((refs[plan] for plan in cited[i]), key=plan_order)),
            provinces=row.provinces,
            first_cited=row.first_cited,
            last_cited=row.last_cited,
            relations=relations[i],
            plan=row.plan,
            status=row.status,
            status_since=row.status_since,
            status_by=row.status_by,
            still_cited=resting.get(row.key, 0),
            warnings=tuple(notes[i]),
        )


def _plans(connection: Connection, documents: Collection[int]) -> defaultdict[int, set[int]]:
    """The plans (row ids) that cite each of these documents."""
    means = func.coalesce(t.Document.dated_id, t.Document.id)
    query = (
        select(means, t.Citation.plan_id)
        .join(t.Citation, t.Citation.document_id == t.Document.id)
        .where(t.Document.id.in_(documents) | t.Document.dated_id.in_(documents))
        .distinct()
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for document_id, plan_id in connection.execute(query):
        found[document_id].add(plan_id)
    return found


def _became(connection: Connection, side: Any, same: ColumnElement[bool]) -> list[BecameRow]:
    """What plans say became of documents, where the document on one `side` of it is the `same`."""
    changed, by = t.Document.__table__.alias(), t.Document.__table__.alias()
    meant = select(t.Document.id).where(same)
    sides = select(t.Document.id).where(t.Document.id.in_(meant) | t.Document.dated_id.in_(meant))
    query = (
        _standing(t.Citation)
        .add_columns(changed.c.key, by.c.key.label("by_key"), t.Amendment.relation.label("change"))
        .join(
            t.Amendment,
            (t.Amendment.plan_id == t.Citation.plan_id) & (t.Amendment.citation_id == t.Citation.fact_id),
        )
        .join(changed, changed.c.id == t.Amendment.document_id)
        .outerjoin(by, by.c.id == t.Amendment.by_id)
        .where(side.in_(sides))
    )
    rows = connection.execute(query).all()
    refs = plan_refs(connection, {row.plan_id for row in rows})
    found = [
        BecameRow(
            document=row.key,
            relation=row.change,
            by=row.by_key,
            plan=refs[row.plan_id],
            text=row.text,
            place=place_of(row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (plan_order(row.plan), row.place.span))


def _standing(fact: Any) -> Select[Any]:
    """A kind of fact with the section that each stands in."""
    section = t.Section
    columns = (fact, section.path.label("section_path"), section.heading.label("section_heading"))
    return select(*columns).outerjoin(section, (section.plan_id == fact.plan_id) & (section.fact_id == fact.section_id))
