"""What people decided, kept beside what was read: it holds when plans are read again, and says who decided and when.

A decision is of a kind and about one subject; a later one about the same takes its place. Kinds:

- "document_date": subject the key of a document that is cited with several days; value {"date": the right one}.
- "document_same": subject the key of a document; value {"key": that of the document which it is, too}.
- "document_apart": subject the key of a document; value {"keys": those of documents that it is not, as it might seem}.
- "indicator": subject the id of an indicator that a person named; value its entry (see `pipeline.store.naming`).
- "fact": subject the key of a plan and the id of a fact; kept and laid over what was read by `pipeline.store.review`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from models import tables as t

Kind = Literal["document_date", "document_same", "document_apart", "indicator", "fact"]

DOCUMENT_KINDS: tuple[Kind, ...] = ("document_date", "document_same", "document_apart")
"""The decisions that are about documents."""


class DocumentDecision(NamedTuple):
    """What a decision says of its document: its `date`, the key of the one that it is (`same_as`), or those of others
    that it is not (`apart_from`)."""

    date: str | None
    same_as: str | None
    apart_from: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The keys of the documents that it is about besides its own."""
        return (self.same_as,) if self.same_as else self.apart_from


def document_decision(value: dict[str, Any]) -> DocumentDecision:
    """What the value of one of `DOCUMENT_KINDS` says."""
    return DocumentDecision(value.get("date"), value.get("key"), tuple(value.get("keys", ())))


def of_kind(connection: Connection, kind: Kind) -> dict[str, dict[str, Any]]:
    """The decisions of a kind: their values by their subjects."""
    query = select(t.Decision.subject, t.Decision.value).where(t.Decision.kind == kind).order_by(t.Decision.subject)
    return {row.subject: row.value for row in connection.execute(query)}


def decide(
    connection: Connection,
    kind: Kind,
    subject: str,
    value: dict[str, Any],
    *,
    by: str,
    note: str | None = None,
) -> None:
    """Keeps a decision, in the place of an earlier one about the same."""
    values = {"value": value, "decided_by": by, "decided_at": dt.datetime.now(dt.UTC), "note": note}
    same = (t.Decision.kind == kind, t.Decision.subject == subject)
    if connection.execute(update(t.Decision).where(*same).values(**values)).rowcount == 0:
        connection.execute(insert(t.Decision).values(kind=kind, subject=subject, **values))


def withdraw(connection: Connection, kind: Kind, subject: str) -> bool:
    """Forgets a decision; whether there was one."""
    return (
        connection.execute(delete(t.Decision).where(t.Decision.kind == kind, t.Decision.subject == subject)).rowcount
        > 0
    )
