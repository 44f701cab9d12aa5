"""The catalogue of documents: what most mentions say of one, and which document an undated mention means.

Both follow from all mentions in the database, never from the order in which plans were read.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from extractors.notes import warn
from models import tables as t
from models.plan import Context, Metadata, Reference, Span
from pipeline.resolve.documents import resolve_references
from pipeline.store.shared import chunks, remove_orphans

_SAID = ("type", "number", "year", "symbol", "code", "name", "title")


def settle(connection: Connection) -> None:
    """Brings the catalogue up to date after plans were saved or removed. Doing it twice changes nothing."""
    remove_orphans(connection)
    _gather(connection)
    _link(connection)
    remove_orphans(connection)  # a document may have changed its issuer


def _gather(connection: Connection) -> None:
    """What the mentions of each stale document say, written into its row."""
    stale = connection.execute(select(t.Document.id).where(t.Document.stale)).scalars().all()
    for chunk in chunks(stale):
        mentions: defaultdict[int, list[Any]] = defaultdict(list)
        query = (
            select(t.Citation, t.Organisation.key.label("issuer_key"))
            .outerjoin(t.Organisation, t.Citation.issuer_id == t.Organisation.id)
            .where(t.Citation.document_id.in_(chunk))
        )
        for row in connection.execute(query):
            mentions[row.document_id].append(row)
        connection.execute(delete(t.DocumentWarning).where(t.DocumentWarning.document_id.in_(chunk)))
        connection.execute(
            update(t.Document).where(t.Document.id == bindparam("document")),
            [{"document": i, "stale": False, **_said(mentions[i])} for i in chunk],
        )
        if notes := [note for i in chunk for note in _conflicts(i, mentions[i])]:
            connection.execute(insert(t.DocumentWarning), notes)


def _said(mentions: Sequence[Any]) -> dict[str, Any]:
    """The columns of a document that its mentions give."""
    said = {name: _most(getattr(m, name) for m in mentions) for name in _SAID}
    issuers = {m.issuer_key: m.issuer_id for m in mentions}
    said["issuer_id"] = issuers.get(_most(m.issuer_key for m in mentions))
    dates = Counter(m.date for m in mentions if m.date)
    longest = max(map(len, dates), default=0)
    said["date"] = min((d for d in dates if len(d) == longest), key=lambda d: (-dates[d], d), default=None)
    return said


def _conflicts(document_id: int, mentions: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The row of a warning where the mentions give a document two days."""
    days = Counter(m.date for m in mentions if len(m.date or "") == len("2022-03-17"))
    if len(days) > 1:
        dates = ", ".join(f"{dt.date.fromisoformat(day):%d/%m/%Y} ({days[day]})" for day in sorted(days))
        name = _most(m.code for m in mentions) or _most(m.name for m in mentions) or ""
        note = warn("date_conflict", document=name, dates=dates)
        yield {
            "document_id": document_id,
            "position": 0,
            "code": note.code,
            "message": note.message,
            "details": note.values,
        }


def _most(values: Iterable[Any]) -> Any:
    """The value that most say; among equals the longest, since what breaks off is shorter, then the first by letter."""
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], -len(str(v)), v), default=None)


def _link(connection: Connection) -> None:
    """Points each undated document at the one dated document of its code and issuer, if there is exactly one."""
    document = t.Document
    columns = (document.id, document.key, document.code, document.date, document.dated_id)
    # A document that has got a date in the meantime stands for itself again.
    linkable = document.date.is_(None) | document.dated_id.is_not(None)
    mentioned = connection.execute(select(*columns).where(linkable)).all()
    codes = {row.code for row in mentioned if row.code}
    dated = (
        select(document.id, document.code, document.type, t.Organisation.name.label("issuer"))
        .outerjoin(t.Organisation, document.issuer_id == t.Organisation.id)
        .where(document.date.is_not(None), document.code.is_not(None))
    )
    meant: defaultdict[str | None, list[int]] = defaultdict(list)
    for row in connection.execute(dated):
        if row.code in codes:
            meant[_undated_key(str(row.code), row.type, row.issuer)].append(row.id)
    changes = []
    for undated in mentioned:
        found = meant[undated.key] if undated.code and not undated.date else []
        means = found[0] if len(found) == 1 else None
        if undated.dated_id != means:
            changes.append({"document": undated.id, "dated_id": means})
    if changes:
        connection.execute(update(document).where(document.id == bindparam("document")), changes)


def _undated_key(code: str, kind: str | None, issuer: str | None) -> str | None:
    """The key that a document's mentions have where they leave its date out."""
    mention = Reference(text="", span=Span(0, 0), code=code, type=kind, issuer=issuer)
    (resolved,), _ = resolve_references((mention,), Context(metadata=Metadata()))
    return resolved.document_key
