"""The two ways to the database: readers' connections can't write, and only reviewers' decisions use the other one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import HTTPException, Request
from sqlalchemy import Connection

from dashboard.visitors import Visitor, visitor_of
from pipeline.store import open_store
from pipeline.store.catalogue import settle
from pipeline.store.database import connect, open_reader, reading, writing


class Access:
    """Opens the database for the dashboard. Raises DatabaseError."""

    def __init__(self, db: str) -> None:
        with open_store(db, create=False) as store, store.reading():
            pass  # older tables are migrated, and what an ingest that was cut short left is made up for
        self._reader = open_reader(db)
        self._writer = connect(db, create=False)

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and can't change it."""
        with reading(self._reader) as connection:
            yield connection

    @contextmanager
    def decide(self) -> Iterator[Connection]:
        """A transaction for a decision; the catalogue is brought up to date within it."""
        with writing(self._writer) as connection:
            yield connection
            settle(connection)


def database(request: Request) -> Access:
    """The database of the app that serves the request."""
    found = request.app.state.access
    assert isinstance(found, Access)
    return found


def reviewer_of(request: Request) -> Visitor:
    """Who decides. Raises HTTPException (403) for a reader."""
    visitor = visitor_of(request)
    if not visitor.reviewer:
        raise HTTPException(403, "only reviewers decide")
    return visitor
