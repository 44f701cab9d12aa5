"""What the catalogue leaves to a person: documents that are cited with several days, and one code under several keys
that may be one document; and the person's decision, which takes effect in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

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


def withdraw(connection: Connection, ref: str) -> str:
    """Forgets all that was decided about a document; its key. Raises KehoachError: not there, or `decision_unknown`
    where nothing was decided about it."""
    kinds: tuple[decisions.Kind, ...] = ("document_date", "document_same")
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
    """Documents that have one code and issuer and (nearly) one title: a mistyped year makes two of one."""
    document = t.Document
    own = (document.dated_id.is_(None), document.code.is_not(None), document.title.is_not(None))
    several = (
        select(document.code, document.issuer_id).where(*own).group_by(document.code, document.issuer_id)
        .having(func.count() > 1).subquery()
    )  # fmt: skip
    query = (
        select(document.id, document.key, document.code, document.issuer_id, document.title)
        .join(
            several,
            (several.c.code == document.code) & document.issuer_id.is_not_distinct_from(several.c.issuer_id),
        )
        .where(*own)
        .order_by(document.key)
    )
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        groups[row.code, row.issuer_id].append(row)
    pairs = [pair for rows in groups.values() for pair in combinations(rows, 2) if _alike(*(r.title for r in pair))]
    cited = citations(connection, {row.id for pair in pairs for row in pair})
    for pair in pairs:
        rows = [_document(connection, row.id) for row in pair]
        sides = (
            Side(key=row.key, date=row.date, title=row.title, citations=tuple(cited.get(row.id, ()))) for row in rows
        )
        first = rows[0]
        yield ConflictRow(
            kind="same", key=first.key, code=first.code, name=first.name, issuer=first.issuer, sides=tuple(sides)
        )


def _alike(one: str, other: str) -> bool:
    """Whether two titles are nearly the same. A yearly paper's differ in the year that they name."""
    a, b = words_key(one).split(), words_key(other).split()
    if min(len(a), len(b)) < _LEAST or _numbers(a) != _numbers(b):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


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
