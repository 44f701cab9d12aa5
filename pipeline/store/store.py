"""The database of plans: one object that saves, finds and gives back. Questions over all plans are in `queries`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, select

from models import tables as t
from models.plan import Plan
from pipeline.errors import DatabaseError, KehoachError
from pipeline.store import deciding
from pipeline.store.catalogue import settle
from pipeline.store.database import DEFAULT_DATABASE, open_engine, reading, writing
from pipeline.store.finding import PlanRef, find_plan
from pipeline.store.linking import PlanLink, links_of
from pipeline.store.lists.plans import text_of
from pipeline.store.queries import FailureRow, failures
from pipeline.store.recognising import Known, known_contents, note_marks, unchanged_files
from pipeline.store.renewal import renew
from pipeline.store.rows import check_references, read_plan
from pipeline.store.unread import archive_members, forget_failure, note_archive
from pipeline.store.writing import Reading, SaveOutcome, attach_path, delete_plan, fail_path, save_plans


def open_store(url: str | Path = DEFAULT_DATABASE, *, create: bool = True) -> Store:
    """Opens the database at a path or an SQLAlchemy URL, making or migrating its tables where that is needed.

    Without `create`, a missing SQLite file is an error instead of an empty database. Raises DatabaseError.
    """
    return Store(open_engine(url, create=create))


class Store:
    """An open database. Close it, or use it as a context manager.

    Every method that writes is one transaction: all of it or nothing. Raises DatabaseError where the database itself
    fails, KehoachError where a plan that is asked for is not there or not the only one.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database, for `queries`.

        An ingest that was cut short leaves whole plans, but a catalogue that does not know them yet: that is made up
        for first (where the database can be written).
        """
        with reading(self.engine) as connection:
            left = connection.execute(select(t.Document.id).where(t.Document.stale).limit(1)).first()
        if left:
            with suppress(DatabaseError):
                self.settle()
        with reading(self.engine) as connection:
            yield connection

    def save(self, plan: Plan, text: str, size: int | None = None) -> SaveOutcome:
        """Saves a plan with its text and its file (`plan.source`, of `size` bytes); see `writing` for what it replaces.

        `settle` has to follow a batch of these. Raises ValueError for a plan that contradicts itself.
        """
        return self.save_all([Reading(plan, text, size)])[0]

    def save_all(self, readings: Sequence[Reading]) -> list[SaveOutcome]:
        """Saves several plans in one transaction, as `save` would one after the other: all of them or none."""
        for each in readings:
            check_references(each.plan)
        with writing(self.engine) as connection:
            return save_plans(connection, readings)

    def attach(self, path: str, sha256: str, extractor_version: str) -> str | None:
        """Adds `path` as another source of the plan that this content gave under these rules.

        The plan's key; None where the content or the version is new, and nothing was written.
        """
        with writing(self.engine) as connection:
            return attach_path(connection, path, sha256, extractor_version)

    def fail(
        self,
        path: str,
        error: KehoachError,
        *,
        sha256: str | None = None,
        size: int | None = None,
        extractor_version: str | None = None,
    ) -> None:
        """Notes that a file could not be read, and why. Facts that the path gave before stay."""
        values = {"sha256": sha256, "size": size, "extractor_version": extractor_version}
        with writing(self.engine) as connection:
            fail_path(connection, path, values, error.code, error.values)

    def note_archive(
        self, path: str, sha256: str, size: int, extractor_version: str, inside: Collection[str], *, whole: bool
    ) -> None:
        """Notes that an archive was opened and what documents (paths) are in it; `whole` if all of them were read.

        Failures of its members that are there no more are forgotten.
        """
        values = {"sha256": sha256, "size": size, "extractor_version": extractor_version}
        with writing(self.engine) as connection:
            note_archive(connection, path, values, inside, whole=whole)

    def unpacked(self, path: str, sha256: str, extractor_version: str) -> list[tuple[str, str]]:
        """The documents (path, key of the plan) of an archive whose content was read whole by these rules; none where
        there may be something to read."""
        with self.reading() as connection:
            return archive_members(connection, path, sha256, extractor_version)

    def failures(self) -> list[FailureRow]:
        """The files that could not be read, by path."""
        with self.reading() as connection:
            return failures(connection)

    def forget_failure(self, ref: str) -> str:
        """Drops what is noted of a file that could not be read; its path. Raises KehoachError (failure_unknown)."""
        with writing(self.engine) as connection:
            return forget_failure(connection, ref)

    def with_warning(self, code: str) -> list[str]:
        """The files that gave a plan its facts and this warning."""
        query = (
            select(t.SourceFile.path)
            .join(t.Plan, (t.SourceFile.plan_id == t.Plan.id) & (t.SourceFile.sha256 == t.Plan.sha256))
            .join(t.PlanWarning, t.PlanWarning.plan_id == t.Plan.id)
            .where(t.PlanWarning.code == code)
            .distinct()
            .order_by(t.SourceFile.path)
        )
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def settle(self) -> None:
        """Brings the catalogue up to date and removes shared rows that nothing names, after a batch of changes.

        Undated mentions are linked over the whole database here. Doing it twice changes nothing.
        """
        with writing(self.engine) as connection:
            settle(connection)

    def renew(self) -> int:
        """Makes anew all that follows from the facts; of how many plans."""
        with writing(self.engine) as connection:
            return renew(connection)

    def decide_date(self, ref: str, day: dt.date, *, by: str, note: str | None = None) -> str:
        """Keeps a person's decision that a document of the catalogue is of this day, and settles; the document's key.
        Raises KehoachError as `pipeline.store.deciding` says."""
        with writing(self.engine) as connection:
            return deciding.decide_date(connection, ref, day, by=by, note=note)

    def decide_same(self, ref: str, other: str, *, by: str, note: str | None = None) -> str:
        """The same, that a document is another one."""
        with writing(self.engine) as connection:
            return deciding.decide_same(connection, ref, other, by=by, note=note)

    def decide_apart(self, ref: str, other: str, *, by: str, note: str | None = None) -> str:
        """The same, that a document is not the other one."""
        with writing(self.engine) as connection:
            return deciding.decide_apart(connection, ref, other, by=by, note=note)

    def withdraw(self, ref: str) -> str:
        """Forgets what was decided about a document, and settles; its key."""
        with writing(self.engine) as connection:
            return deciding.withdraw(connection, ref)

    def known(self, contents: Collection[str], extractor_version: str) -> Known:
        """What these contents (SHA-256) gave under these rules, whatever their paths."""
        with self.reading() as connection:
            return known_contents(connection, contents, extractor_version)

    def unchanged(
        self, marks: Mapping[str, str], extractor_version: str, *, failed: bool = False
    ) -> dict[str, list[tuple[str, str]]]:
        """Which of these paths have the mark that they had when they were read by these rules: the documents in each
        (path, key of the plan), which is the file itself or what is in an archive. With `failed` those too that could
        not be read then, with no documents."""
        with self.reading() as connection:
            return unchanged_files(connection, marks, extractor_version, failed=failed)

    def note_marks(self, marks: Mapping[str, str]) -> None:
        """Keeps the marks of paths that were read; those that the database does not know are passed over."""
        if marks:
            with writing(self.engine) as connection:
                note_marks(connection, marks)

    def pending(self) -> list[str]:
        """The paths that have to be read again, since the file that gave their plan its facts is gone."""
        query = select(t.SourceFile.path).where(t.SourceFile.state == "pending").order_by(t.SourceFile.path)
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def remove(self, ref: str) -> PlanRef:
        """Deletes a plan with its facts and forgets its files; the files themselves stay. Settles."""
        with writing(self.engine) as connection:
            plan_id, plan = find_plan(connection, ref)
            delete_plan(connection, plan_id)
            settle(connection)
        return plan

    def find(self, ref: str) -> PlanRef:
        """The plan that a person means by a key, a code ("463/KH-SYT"), a path, or the beginning of one of them."""
        with self.reading() as connection:
            return find_plan(connection, ref)[1]

    def load(self, ref: str) -> Plan:
        """The plan as it was extracted, field for field."""
        with self.reading() as connection:
            plan_id, plan = find_plan(connection, ref)
            return read_plan(connection, plan_id, plan.path or "")

    def links(self, ref: str) -> tuple[PlanLink, ...]:
        """The plans that a plan goes with: that it amends or replaces, or that do so with it, and its drafts."""
        with self.reading() as connection:
            plan_id, _ = find_plan(connection, ref)
            return links_of(connection, plan_id).get(plan_id, ())

    def text(self, ref: str) -> str:
        """The text that the plan's spans point into."""
        with self.reading() as connection:
            plan_id, _ = find_plan(connection, ref)
            return text_of(connection, plan_id)
