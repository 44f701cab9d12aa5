"""The list of documents, and what one document is cited by and rests on."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, column, false, func, literal, select
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.derived import search_words
from pipeline.store.documents import STILL_CITED
from pipeline.store.lists.cut import Cut, Row, Window, count, of_view, shown, windowed, with_days

SORTS: dict[str, tuple[Any, ...]] = {
    "plans": (t.Document.plans.desc(), t.Document.id),
    "newest": (t.Document.date.desc().nulls_last(), t.Document.id),
    "code": (t.Document.code.asc().nulls_last(), t.Document.id),
}
_ITSELF = func.coalesce(t.Citation.object_id == t.Citation.document_id, false())  # the mention says it happened to it
_HAPPENED = "happened "
_HOW = case((_ITSELF, literal(_HAPPENED) + t.Citation.relation), else_=t.Citation.relation)
STATUSES = ("amended", "replaced", "repealed", "still_cited", "conflict")


def document_list(
    connection: Connection,
    *,
    words: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    sort: str = "plans",
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """Documents, as `v_catalogue` has them. `words` are those of code, name or title (accents don't count), `kind` is
    an abbreviation ("QĐ"), `status` one of `STATUSES`."""
    document = t.Document
    where: list[ColumnElement[bool]] = [document.dated_id.is_(None)]
    if kind:
        where.append(document.type == kind)
    if status == "still_cited":
        where.append(document.key.in_(select(STILL_CITED.c.document)))
    elif status == "conflict":
        where.append(document.id.in_(select(t.DocumentWarning.document_id)))
    elif status:
        where.append(document.status == status)
    query = select(document.key).where(*where).order_by(*SORTS[sort])
    if words:
        keys = _holding(connection, words, where, sort)
        start = (window.page - 1) * window.size
        return Cut(shown(connection, "v_catalogue", "document", keys[start : start + window.size]), len(keys), window)
    keys = list(connection.execute(windowed(query, window)).scalars())
    return Cut(shown(connection, "v_catalogue", "document", keys), count(connection, query), window)


def kinds_of_documents(connection: Connection) -> list[str]:
    """The abbreviations of the types that documents have, the most frequent first."""
    kind = t.Document.type
    query = select(kind).where(kind.is_not(None), t.Document.dated_id.is_(None)).group_by(kind)
    return [name for name in connection.execute(query.order_by(func.count().desc(), kind)).scalars() if name]


class Neighbour(NamedTuple):
    """A document or plan beside another one: `key` of the document, `plan` where it was read. `happened` where a plan
    says that the document that it cites was amended, replaced or repealed."""

    key: str
    label: str
    plan: str | None
    relation: str
    happened: bool


def document_row(connection: Connection, key: str) -> Row | None:
    """One document of the catalogue, as `v_catalogue` has it; the dated one that an undated key means."""
    dated = aliased(t.Document)
    query = (
        select(func.coalesce(dated.key, t.Document.key))
        .select_from(t.Document)
        .outerjoin(dated, t.Document.dated_id == dated.id)
        .where(t.Document.key == key)
    )
    meant = connection.execute(query).scalar()
    if meant is None:
        return None
    row = connection.execute(of_view("v_catalogue", column("document") == meant)).mappings().one()
    return with_days(row)


def citation_list(connection: Connection, key: str, window: Window = Window()) -> Cut:  # noqa: B008 - as above
    """Who cites a document, how and in which words: the newest plans first."""
    ids = _ids_of(connection, key)
    query = (
        select(
            t.Plan.key.label("plan"), t.Plan.code, t.Plan.issue_date, t.Plan.title, t.Province.name.label("province"),
            t.Citation.fact_id.label("reference"), t.Citation.relation, _ITSELF.label("happened"), t.Citation.text,
            t.Citation.provision,
        )
        .join(t.Plan, t.Plan.id == t.Citation.plan_id)
        .outerjoin(t.Province, t.Province.id == t.Plan.province_id)
        .where(t.Citation.document_id.in_(ids))
    )  # fmt: skip
    ordered = query.order_by(t.Plan.issue_date.desc().nulls_last(), t.Citation.plan_id, t.Citation.span_start)
    rows = connection.execute(windowed(ordered, window)).mappings().all()
    return Cut([dict(row) for row in rows], count(connection, query), window)


def rests_on(connection: Connection, key: str, limit: int = 12) -> list[Neighbour]:
    """What a document that was read as a plan rests on, the most cited first."""
    cited, meant = aliased(t.Document), aliased(t.Document)
    whole = func.coalesce(cited.dated_id, cited.id)
    query = (
        select(meant.key, meant.code, meant.name, t.Plan.key.label("plan"), func.min(_HOW))
        .select_from(t.Document)
        .join(t.Citation, t.Citation.plan_id == t.Document.plan_id)
        .join(cited, cited.id == t.Citation.document_id)
        .join(meant, meant.id == whole)
        .outerjoin(t.Plan, t.Plan.id == meant.plan_id)
        .where(t.Document.key == key, meant.key != key, t.Citation.relation != "self")
        .group_by(meant.id, meant.key, meant.code, meant.name, t.Plan.key, meant.plans)
        .order_by(meant.plans.desc(), meant.key)
        .limit(limit)
    )
    return [Neighbour(row[0], row[1] or row[2] or row[0], row[3], *_how(row[4])) for row in connection.execute(query)]


def rested_on_by(connection: Connection, key: str, limit: int = 12) -> list[Neighbour]:
    """The plans that rest on a document, the newest first."""
    ids = _ids_of(connection, key)
    query = (
        select(t.Plan.document_key, t.Plan.code, t.Plan.title, t.Plan.key, func.min(_HOW))
        .join(t.Plan, t.Plan.id == t.Citation.plan_id)
        .where(t.Citation.document_id.in_(ids), t.Citation.relation != "self")
        .group_by(t.Plan.id, t.Plan.document_key, t.Plan.code, t.Plan.title, t.Plan.key, t.Plan.issue_date)
        .order_by(t.Plan.issue_date.desc().nulls_last(), t.Plan.id)
        .limit(limit)
    )
    rows = connection.execute(query)
    return [Neighbour(row[0] or "", row[1] or row[2] or row[3], row[3], *_how(row[4])) for row in rows]


def _how(words: str) -> tuple[str, bool]:
    return words.removeprefix(_HAPPENED), words.startswith(_HAPPENED)


def changes_of(connection: Connection, key: str) -> list[Row]:
    """What became of a document and what it did to others: `document` was changed `by` (None: by the plan itself)."""
    ids = _ids_of(connection, key)
    changed, by = aliased(t.Document), aliased(t.Document)
    query = (
        select(
            changed.key.label("document"), by.key.label("by"), t.Amendment.relation, t.Plan.key.label("plan"),
            t.Plan.code, t.Citation.fact_id.label("reference"), t.Citation.text,
        )
        .join(changed, changed.id == t.Amendment.document_id)
        .outerjoin(by, by.id == t.Amendment.by_id)
        .join(t.Plan, t.Plan.id == t.Amendment.plan_id)
        .join(
            t.Citation,
            (t.Citation.plan_id == t.Amendment.plan_id) & (t.Citation.fact_id == t.Amendment.citation_id),
        )
        .where(t.Amendment.document_id.in_(ids) | t.Amendment.by_id.in_(ids))
        .order_by(t.Plan.issue_date, t.Plan.key, t.Citation.span_start)
        .limit(50)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]


def keys_of(connection: Connection, key: str) -> list[str]:
    """The keys of a document and of what means it: undated ones, and those that a person said are the same."""
    query = select(t.Document.key).where(t.Document.id.in_(_ids_of(connection, key))).order_by(t.Document.key)
    return list(connection.execute(query).scalars())


def _ids_of(connection: Connection, key: str) -> list[int]:
    """The row ids of a document and of the undated ones that mean it."""
    own = select(t.Document.id).where(t.Document.key == key).scalar_subquery()
    query = select(t.Document.id).where((t.Document.key == key) | (t.Document.dated_id == own))
    return list(connection.execute(query).scalars())


def _holding(connection: Connection, words: str, where: list[ColumnElement[bool]], sort: str) -> list[str]:
    """The keys of the documents that have all the words, sorted. The catalogue is small beside the plans that cite it,
    and neither database can compare without accents by itself."""
    asked = search_words(words).split()
    if not asked:  # signs alone are words of no document
        return []
    document = t.Document
    query = (
        select(document.key, document.code, document.name, func.coalesce(document.title, t.Plan.title))
        .outerjoin(t.Plan, t.Plan.id == document.plan_id)
        .where(*where)
        .order_by(*SORTS[sort])
    )
    found = []
    for key, *texts in connection.execute(query):
        held = search_words(" ".join(text for text in texts if text))
        if all(word in held for word in asked):
            found.append(key)
    return found
