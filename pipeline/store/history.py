"""What became of a plan's facts when it was read again: by newer rules, or from other content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from models import tables as t
from models.plan import Plan
from pipeline.store.bulk import insert_rows

_KINDS: dict[t.FactKind, str] = {
    "section": "sections",
    "reference": "references",
    "deadline": "deadlines",
    "target": "targets",
    "task": "tasks",
}
_PLACE = ("span", "heading_span", "boxes", "page")
"""Where a fact stands: it is the same fact elsewhere, if the text around it is another one."""


class Change(NamedTuple):
    """One fact's change; `before` and `after` are the fact as JSON has it, None where there is none."""

    kind: t.FactKind
    fact_id: str
    change: t.Gain
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def changes(before: Plan, after: Plan) -> Iterator[Change]:
    """What the plan's facts gained, lost or have otherwise, by kind and place."""
    left_out = _PLACE if before.source.text_sha256 != after.source.text_sha256 else ()
    for kind, field in _KINDS.items():
        old = {fact.id: fact for fact in getattr(before, field)}
        new = {fact.id: fact for fact in getattr(after, field)}
        for fact_id in dict.fromkeys((*old, *new)):
            was, is_ = _said(old.get(fact_id), left_out), _said(new.get(fact_id), left_out)
            if was == is_:
                continue
            change: t.Gain = "gained" if was is None else "lost" if is_ is None else "altered"
            yield Change(kind, fact_id, change, _whole(old.get(fact_id)), _whole(new.get(fact_id)))


def note_changes(connection: Connection, plan_id: int, before: Plan, after: Plan) -> None:
    """Keeps what changed in a plan that is about to be written in the place of another reading of it."""
    now = dt.datetime.now(dt.UTC)
    cause: t.Cause = "rules" if before.source.sha256 == after.source.sha256 else "content"
    rows = [
        {
            **change._asdict(),
            "plan_id": plan_id,
            "cause": cause,
            "from_version": before.source.extractor_version,
            "to_version": after.source.extractor_version,
            "changed_at": now,
        }
        for change in changes(before, after)
    ]
    insert_rows(connection, t.FactChange.__table__, rows)


def _whole(fact: msgspec.Struct | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None if fact is None else msgspec.to_builtins(fact)
    return found


def _said(fact: msgspec.Struct | None, left_out: tuple[str, ...]) -> tuple[Any, ...] | None:
    if fact is None:
        return None
    return tuple(getattr(fact, name) for name in fact.__struct_fields__ if name not in left_out)
