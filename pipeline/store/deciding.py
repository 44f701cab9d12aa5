"""What the catalogue leaves to a person: documents that are cited with several days, and one code under several keys
that may be one document; and the person's decision, which takes effect in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from extractors.vietnamese import words_key
from models import tables as t
from pipeline.errors import KehoachError
from pipeline.store import decisions
from pipeline.store.catalogue import settle
from pipeline.store.documents import CitedRow, citations, find_document
from pipeline.store.shared import mark_stale

ALIKE = 0.8
"""The share of words from which two titles are nearly the same; their numbers have to be equal."""

_LEAST = 4  # words of a title that says which document it is
_DAY = len("2023-05-24")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things to choose from: a `date` or a document's `key`, and the mentions that say so."""

    key: str
    date: str | None
    title: str | None
    citations: tuple[CitedRow, ...]


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has to decide about a document: "date", which of several days is right; "same", whether documents
    of one code and issuer from different years are one."""

    kind: Literal["date", "same"]
    key: str
    code: str | None
    name: str | None
    issuer: str | None
    sides: tuple[Side, ...]


def conflicts(connection: Connection) -> list[ConflictRow]:
    """All that is left to a person, by key."""
    found = [*_of_dates(connection), *_of_keys(connection)]
    return sorted(found, key=lambda row: (row.kind, row.key, [side.key for side in row.sides]))


def decide_date(connection: Connection, ref: str, day: dt.date, *, by: str, note: str | None = None) -> str:
    """Keeps that a document is of this day; its key. Raises KehoachError: not there, or `decision_year` where its
    number belongs to another year (it then is another document)."""
    row = _document(connection, find_document(connection, ref, itself=True))
    year = row.date[:4] if row.date else row.year
    if year is not None and int(year) != day.year:
        raise KehoachError("decision_year", key=row.key, year=str(year), date=day.isoformat())
    decisions.decide(connection, "document_date", row.key, {"date": day.isoformat()}, by=by, note=note)
    _settle(connection, row.key)
    return str(row.key)


def decide_same(connection: Connection, ref: str, other_ref: str, *, by: str, note: str | None = None) -> str:
    """Keeps that a document is another one, with which it is counted from now on; its key.

    Raises KehoachError: not there, `decision_itself`, or `decision_chain` where the other one was decided to be a third
    (that one has to be named), or others were decided to be this one.
    """
    row = _document(connection, find_document(connection, ref, itself=True))
    other = _document(connection, find_document(connection, other_ref))
    if row.id == other.id:
        raise KehoachError("decision_itself", key=row.key)
    known = {key: value["key"] for key, value in decisions.of_kind(connection, "document_same").items()}
    meant = sorted(key for key, value in known.items() if value == row.key and key != row.key)
    if meant or other.key in known:
        third = f"{meant[0]} → {row.key}" if meant else f"{other.key} → {known[other.key]}"
        raise KehoachError("decision_chain", key=row.key, decided=third)
    decisions.decide(connection, "document_same", row.key, {"key": other.key}, by=by, note=note)
    _settle(connection, row.key)
    return str(row.key)


def decide_apart(connection: Connection, ref: str, other_ref: str, *, by: str, note: str | None = None) -> str:
    """Keeps that a document is another one than it might seem, which is then no question any more; its key.

    Raises KehoachError: not there, or `decision_itself`.
    """
    row = _document(connection, find_document(connection, ref, itself=True))
    other = _document(connection, find_document(connection, other_ref, itself=True))
    if row.id == other.id:
        raise KehoachError("decision_itself", key=row.key)
    known = decisions.of_kind(connection, "document_apart").get(row.key, {"keys": []})["keys"]
    value = {"keys": sorted({*known, other.key})}
    decisions.decide(connection, "document_apart", row.key, value, by=by, note=note)
    return str(row.key)


def withdraw(connection: Connection, ref: str, kinds: Collection[decisions.Kind] = decisions.DOCUMENT_KINDS) -> str:
    """Forgets what was decided about a document (of these kinds); its key. Raises KehoachError: not there, or
    `decision_unknown` where nothing of that was decided about it."""
    subjects = {key for kind in kinds for key in decisions.of_kind(connection, kind)}
    # What was decided about a document that is gone can be taken back, too.
    key = ref if ref in subjects else _document(connection, find_document(connection, ref, itself=True)).key
    withdrawn = [decisions.withdraw(connection, kind, key) for kind in kinds]
    if not any(withdrawn):
        raise KehoachError("decision_unknown", key=key)
    _settle(connection, key)
    return str(key)


# --- what there is to decide --------------------------------------------------------------------------------------


def _of_dates(connection: Connection) -> Iterator[ConflictRow]:
    ids = connection.execute(select(t.DocumentWarning.document_id).distinct()).scalars().all()
    for document_id, cited in citations(connection, ids).items():
        row = _document(connection, document_id)
        days: defaultdict[str, list[CitedRow]] = defaultdict(list)
        for mention in cited:
            if mention.date and len(mention.date) == _DAY:
                days[mention.date].append(mention)
        sides = (Side(key=row.key, date=day, title=row.title, citations=tuple(days[day])) for day in sorted(days))
        yield ConflictRow(kind="date", key=row.key, code=row.code, name=row.name, issuer=row.issuer, sides=tuple(sides))


def _of_keys(connection: Connection) -> Iterator[ConflictRow]:
    pairs = list(alike_pairs(connection))
    cited = citations(connection, {document_id for pair in pairs for document_id in pair})
    for pair in pairs:
        rows = [_document(connection, document_id) for document_id in pair]
        sides = (
            Side(key=row.key, date=row.date, title=row.title, citations=tuple(cited.get(row.id, ()))) for row in rows
        )
        first = rows[0]
        yield ConflictRow(
            kind="same", key=first.key, code=first.code, name=first.name, issuer=first.issuer, sides=tuple(sides)
        )


def alike_pairs(connection: Connection, key: str | None = None) -> Iterator[tuple[int, int]]:
    """Documents (row ids) that have one code and issuer and (nearly) one title, and of which nobody said that they are
    apart: a mistyped year makes two of one. By their keys; with a `key`, only those of this document."""
    one, other = aliased(t.Document), aliased(t.Document)
    query = (
        select(one.id, one.key, one.title, other.id, other.key, other.title)
        .join(
            other,
            (other.code == one.code) & other.issuer_id.is_not_distinct_from(one.issuer_id) & (other.key > one.key),
        )
        .where(one.dated_id.is_(None), one.title.is_not(None), other.dated_id.is_(None), other.title.is_not(None))
        .order_by(one.key, other.key)
    )
    if key is not None:
        code = select(t.Document.code).where(t.Document.key == key).scalar_subquery()
        query = query.where(one.code == code, (one.key == key) | (other.key == key))
    known = decisions.of_kind(connection, "document_apart")
    apart = {frozenset((key, other)) for key, value in known.items() for other in value["keys"]}
    for one_id, one_key, one_title, other_id, other_key, other_title in connection.execute(query):
        if frozenset((one_key, other_key)) not in apart and _alike(one_title or "", other_title or ""):
            yield one_id, other_id


def _alike(one: str, other: str) -> bool:
    """Whether two titles are nearly the same. A yearly paper's differ in the year that they name."""
    a, b = words_key(one).split(), words_key(other).split()
    if min(len(a), len(b)) < _LEAST or _numbers(a) != _numbers(b):
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if any(c.isdecimal() for c in word)]


def _document(connection: Connection, document_id: int) -> Any:
    query = (
        select(t.Document, t.Organisation.name.label("issuer"))
        .outerjoin(t.Organisation, t.Document.issuer_id == t.Organisation.id)
        .where(t.Document.id == document_id)
    )
    return connection.execute(query).one()


def _settle(connection: Connection, key: str) -> None:
    mark_stale(connection, connection.execute(select(t.Document.id).where(t.Document.key == key)).scalars())
    settle(connection)
