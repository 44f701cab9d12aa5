"""Which files need not be read, thousands at a time: those whose marks of change, or contents, the database has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from models import tables as t
from pipeline.store.shared import chunks
from pipeline.store.unread import archive_members


class Known(NamedTuple):
    """Contents that were read: the key of the plan that each gave, and the (path, content) pairs that it came from."""

    plans: dict[str, str]
    files: set[tuple[str, str]]


def known_contents(connection: Connection, contents: Collection[str], version: str) -> Known:
    """See `Store.known`."""
    source = t.SourceFile
    found = Known({}, set())
    for chunk in chunks(contents):
        query = (
            select(source.path, source.sha256, t.Plan.key)
            .join(t.Plan, source.plan_id == t.Plan.id)
            .where(source.sha256.in_(chunk), source.extractor_version == version, source.state == "read")
        )
        for row in connection.execute(query):
            found.plans[row.sha256] = row.key
            found.files.add((row.path, row.sha256))
    return found


def unchanged_files(
    connection: Connection, marks: Mapping[str, str], version: str, *, failed: bool
) -> dict[str, list[tuple[str, str]]]:
    """See `Store.unchanged`."""
    source = t.SourceFile
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in chunks(marks):
        query = (
            select(source.path, source.sha256, source.state, source.mark, source.facts, t.Plan.key)
            .outerjoin(t.Plan, source.plan_id == t.Plan.id)
            .where(source.path.in_(chunk), source.extractor_version == version, source.mark.is_not(None))
        )
        for row in connection.execute(query).all():
            if row.mark != marks[row.path]:
                continue
            if row.state == "failed":
                if failed:
                    found[row.path] = []
            elif row.state == "read" and row.key is not None:
                found[row.path] = [(row.path, row.key)]
            elif row.state == "read":
                inside = archive_members(connection, row.path, row.sha256, version)
                if inside or failed:
                    found[row.path] = inside
    return found


def note_marks(connection: Connection, marks: Mapping[str, str]) -> None:
    """See `Store.note_marks`."""
    source = t.SourceFile
    known: dict[str, str | None] = {}
    for chunk in chunks(marks):
        query = select(source.path, source.mark).where(source.path.in_(chunk))
        known.update({row.path: row.mark for row in connection.execute(query)})
    rows = [{"of": path, "new": mark} for path, mark in marks.items() if path in known and known[path] != mark]
    if rows:
        table: Any = source.__table__  # not the class, of which SQLAlchemy would update by primary key only
        change = update(table).where(table.c.path == bindparam("of")).values(mark=bindparam("new"))
        connection.execute(change, rows)
