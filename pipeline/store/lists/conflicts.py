"""What the catalogue leaves to a person (`pipeline.store.deciding`), a page at a time, and what was decided so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, null, select
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.moments import aware
from pipeline.store.deciding import alike_pairs
from pipeline.store.decisions import DOCUMENT_KINDS, document_decision, of_kind
from pipeline.store.lists.cut import Cut, Row, Window, windowed

KINDS = ("date", "same")
WORDS = 3
"""How many mentions are shown for each reading; the document's page has all."""

_DAY = len("2023-05-24")
_BEYOND = 200  # pairs that are looked for behind the page that is asked for: who has as many needs no exact number


def conflict_list(
    connection: Connection,
    *,
    kind: str | None = None,
    document: str | None = None,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """What waits for a decision, by kind (one of `KINDS`) and key; with a `document` (key), what concerns that one.

    Each row is `kind`, `key`, `code`, `name`, `issuer`, `title` and its `readings`: `key` of a document, `date`,
    `title`, in how many `plans` and how often (`mentions`), and the newest mentions in their `words` (`plan`, `code`,
    `title`, `issue_date`, `reference`, `text`).
    """
    start, end = (window.page - 1) * window.size, window.page * window.size
    found: list[Row] = []
    total, more = 0, False
    if kind != "same":
        dated = _dated(document)
        total = connection.execute(select(func.count()).select_from(dated.subquery())).scalar_one()
        ids = connection.execute(windowed(dated.order_by(t.Document.key), window)).scalars().all()
        found += _of_dates(connection, ids)
    if kind != "date":
        pairs = list(islice(alike_pairs(connection, document), max(end - total, 0) + _BEYOND + 1))
        more = len(pairs) > max(end - total, 0) + _BEYOND
        found += _of_pairs(connection, pairs[max(start - total, 0) : max(end - total, 0)])
        total += len(pairs) - more
    return Cut(found, total, window, more)


def decided_list(
    connection: Connection,
    *,
    documents: Collection[str] | None = None,
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """What people decided about documents (about those of these keys), the newest first: `kind` (of `DOCUMENT_KINDS`),
    `subject` (a key), its `code` and `title` (None where it is gone), the `day` or the keys of the `others`, `by`, `at`
    and `note`."""
    decision, document = t.Decision, t.Document
    query = (
        select(decision, document.code, document.name, document.title)
        .outerjoin(document, document.key == decision.subject)
        .where(decision.kind.in_(DOCUMENT_KINDS))
    )
    if documents is not None:
        apart = of_kind(connection, "document_apart")
        named = {key for key, value in apart.items() if not set(documents).isdisjoint(value["keys"])}
        query = query.where(decision.subject.in_({*documents, *named}))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    newest = query.order_by(decision.decided_at.desc(), decision.id.desc())
    return Cut([_decided(row) for row in connection.execute(windowed(newest, window))], total, window)


def count_decided(connection: Connection) -> int:
    """How many decisions there are about documents."""
    query = select(func.count()).select_from(t.Decision).where(t.Decision.kind.in_(DOCUMENT_KINDS))
    return connection.execute(query).scalar_one()


def _decided(row: Any) -> Row:
    said = document_decision(row.value)
    return {
        "kind": row.kind,
        "subject": row.subject,
        "code": row.code or row.name,
        "title": row.title,
        "day": said.date,
        "others": said.others,
        "by": row.decided_by,
        "at": aware(row.decided_at),
        "note": row.note,
    }


def _dated(document: str | None) -> Select[Any]:
    """The row ids of documents that are cited with several days."""
    query = select(t.Document.id).where(t.Document.id.in_(select(t.DocumentWarning.document_id)))
    return query.where(t.Document.key == document) if document is not None else query


def _of_dates(connection: Connection, ids: Collection[int]) -> Iterator[Row]:
    """Each document with the days that its mentions say."""
    rows = _documents(connection, ids)
    days: defaultdict[int, list[Row]] = defaultdict(list)
    words = _words(connection, ids, by_day=True)
    means, cited = _mentions(ids)
    counted = (
        cited.with_only_columns(
            means, t.Citation.date, func.count(), func.count(t.Citation.plan_id.distinct()), maintain_column_froms=True
        )
        .where(func.length(t.Citation.date) == _DAY)
        .group_by(means, t.Citation.date)
        .order_by(t.Citation.date)
    )
    for document_id, day, mentions, plans in connection.execute(counted):
        days[document_id].append(_reading(rows[document_id], day, plans, mentions, words[document_id, day]))
    for document_id in ids:
        yield _conflict("date", rows[document_id], days[document_id])


def _of_pairs(connection: Connection, pairs: Collection[tuple[int, int]]) -> Iterator[Row]:
    """Each pair of documents that may be one."""
    ids = {document_id for pair in pairs for document_id in pair}
    rows, words = _documents(connection, ids), _words(connection, ids, by_day=False)
    for pair in pairs:
        sides = [(rows[i], words[i, None]) for i in pair]
        readings = [_reading(row, row.date, row.plans, row.mentions, said) for row, said in sides]
        yield _conflict("same", sides[0][0], readings)


def _conflict(kind: str, row: Any, readings: list[Row]) -> Row:
    names = ("key", "code", "name", "issuer", "title")
    return {"kind": kind, **{name: getattr(row, name) for name in names}, "readings": readings}


def _reading(row: Any, day: str | None, plans: int, mentions: int, words: list[Row]) -> Row:
    return {"key": row.key, "date": day, "title": row.title, "plans": plans, "mentions": mentions, "words": words}


def _documents(connection: Connection, ids: Collection[int]) -> dict[int, Any]:
    query = (
        select(t.Document, t.Organisation.name.label("issuer"))
        .outerjoin(t.Organisation, t.Document.issuer_id == t.Organisation.id)
        .where(t.Document.id.in_(ids))
    )
    return {row.id: row for row in connection.execute(query)}


def _mentions(ids: Collection[int]) -> tuple[Any, Select[Any]]:
    """The mentions of documents, of undated ones that mean them too; by what they mean."""
    document = aliased(t.Document)
    means = func.coalesce(document.dated_id, document.id).label("means")
    query = (
        select(means)
        .select_from(t.Citation)
        .join(document, document.id == t.Citation.document_id)
        .where(document.id.in_(ids) | document.dated_id.in_(ids))
    )
    return means, query


def _words(connection: Connection, ids: Collection[int], *, by_day: bool) -> defaultdict[Any, list[Row]]:
    """The mentions of the newest plans, for each document or each day that it is cited with."""
    means, query = _mentions(ids)
    cited, plan = t.Citation, t.Plan
    day = cited.date if by_day else null()
    parts = (means, cited.date) if by_day else (means,)
    newest = (plan.issue_date.desc().nulls_last(), plan.id, cited.span_start, cited.fact_id)
    ranked = (
        query.add_columns(
            day.label("day"), plan.key.label("plan"), plan.code, plan.title, plan.issue_date,
            cited.fact_id.label("reference"), cited.text,
            func.row_number().over(partition_by=parts, order_by=newest).label("place"),
        )
        .join(plan, plan.id == cited.plan_id)
        .subquery()
    )  # fmt: skip
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    shown = select(ranked).where(ranked.c.place <= WORDS).order_by(ranked.c.place)
    for row in connection.execute(shown).mappings():
        found[row["means"], row["day"]].append(dict(row))
    return found
