"""Files that gave no plan of their own: archives, and what could not be read. Works within one transaction.

An archive is a source without a plan, once it was opened. Its `facts` then counts the documents in it if all of them
were read, so that it need not be opened again while it stays the same and they are all there.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, select

from models import tables as t
from pipeline.errors import KehoachError
from pipeline.store.finding import absolute
from pipeline.store.writing import put_source

_INSIDE = "!/"  # as `pipeline.readers.archive` writes paths


def note_archive(
    connection: Connection, path: str, values: dict[str, Any], inside: Collection[str], *, whole: bool
) -> None:
    """Notes that the archive at `path` was opened; see `Store.note_archive`."""
    source = t.SourceFile
    read = {**values, "reader": "archive", "state": "read", "facts": len(inside) if whole else None}
    source_id = put_source(connection, path, read)
    connection.execute(delete(t.Failure).where(t.Failure.source_file_id == source_id))
    below = source.path.startswith(path + _INSIDE, autoescape=True)
    failed = connection.execute(select(source.path).where(below, source.state == "failed", source.plan_id.is_(None)))
    gone = [name for name in failed.scalars() if name not in inside]
    for name in gone:
        connection.execute(delete(source).where(source.path == name))


def archive_members(connection: Connection, path: str, sha256: str, version: str) -> list[tuple[str, str]]:
    """The documents of an archive with the keys of their plans; see `Store.unpacked`."""
    source = t.SourceFile
    same = (source.path == path, source.sha256 == sha256, source.extractor_version == version, source.state == "read")
    count = connection.execute(select(source.facts).where(*same, source.plan_id.is_(None))).scalar()
    if not count:
        return []
    query = (
        select(source.path, t.Plan.key)
        .join(t.Plan, source.plan_id == t.Plan.id)
        .where(
            source.path.startswith(path + _INSIDE, autoescape=True),
            source.state == "read",
            source.extractor_version == version,
        )
        .order_by(source.path)
    )
    found = [(row.path, row.key) for row in connection.execute(query)]
    return found if len(found) == count else []


def forget_failure(connection: Connection, ref: str) -> str:
    """Forgets that a file failed. The path is as stored, or from the working folder. Facts that it gave before stay.

    Raises KehoachError (failure_unknown).
    """
    source = t.SourceFile
    for path in dict.fromkeys((ref, absolute(ref), ref.replace(os.sep, "/"))):
        query = select(source.id, source.plan_id).join(t.Failure, t.Failure.source_file_id == source.id)
        found = connection.execute(query.where(source.path == path)).first()
        if found:
            connection.execute(delete(t.Failure).where(t.Failure.source_file_id == found.id))
            if found.plan_id is None:
                connection.execute(delete(source).where(source.id == found.id))
            return path
    raise KehoachError("failure_unknown", ref=ref)
