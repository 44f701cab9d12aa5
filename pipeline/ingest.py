"""Files into the database: what is new is read on all cores, and one writer saves each plan whole.

A file that is there unchanged, read by the same rules, is skipped. One that fails is reported and noted in the
database; the others are saved. Plans are saved in the order of the files, so that two runs give the same database:
several in one transaction where they come fast, since a transaction costs more than a plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from models.plan import Plan
from pipeline.errors import DatabaseError, KehoachError, UnreadableError, unexpected
from pipeline.files import Fingerprint, fingerprint, fingerprint_of
from pipeline.readers import configured
from pipeline.readers.archive import documents, is_archive, on_disk, split
from pipeline.readers.base import DOC, FORMATS, ODT, RTF
from pipeline.sources import Document, fetched, find_documents, portions
from pipeline.store import DEFAULT_DATABASE, SaveOutcome, Store, open_store
from pipeline.store.writing import Action, Reading
from pipeline.version import extractor_version
from pipeline.workers import read_plan, run, workers_for

TOGETHER = 64  # plans in one transaction
_WAIT_SECONDS = 0.5  # between two transactions: plans that come slowly are saved one by one

Extract = Callable[..., tuple[Plan, str]]


class Rules(NamedTuple):
    """What reads a file (`extract(path, allow_classified=...)`, picklable), and the version that it goes by."""

    extract: Extract
    version: str


class PlanSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that was saved: `plan` is its key, `action` what became of it (see `SaveOutcome`)."""

    path: str
    plan: str
    action: Action
    code: str | None
    title: str | None
    issuer: str | None
    province: str | None
    issue_date: str | None
    sections: int
    references: int
    deadlines: int
    targets: int
    tasks: int
    warnings: int


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose content is in the database; `added` if the path was not."""

    path: str
    plan: str
    added: bool


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A path that could not be read; `code` and `values` as in `data/messages.toml`."""

    path: str
    code: str
    values: dict[str, str]

    @property
    def error(self) -> KehoachError:
        """The reason as an error, with its words."""
        return KehoachError(self.code, self.path, **self.values)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """How far the ingest is: `finished` of `total` files are dealt with. Each file ends in one event but "started"."""

    kind: Literal["started", "done", "skipped", "failed"]
    path: str
    finished: int
    total: int
    result: PlanSummary | Skipped | Failed | None = None


class IngestReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of every file."""

    done: tuple[PlanSummary, ...]
    skipped: tuple[Skipped, ...]
    failed: tuple[Failed, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        return not self.failed


def ingest(
    sources: Iterable[str | Path | Document],
    database_url: str | Path = DEFAULT_DATABASE,
    *,
    workers: int | None = None,
    allow_classified: bool = False,
    time_limit: float | None = None,
    retry_failed: bool = False,
    on_event: Callable[[Event], None] | None = None,
    rules: Rules | None = None,
    settle: bool = True,
) -> IngestReport:
    """Reads files, folders, patterns and addresses (see `find_documents`), and what is in archives and mails, into a
    database. What comes from afar is known there by its address, without what opens it.

    With `retry_failed`, what failed before is read too, and the plans of which scanned pages were left out for want of
    Tesseract.

    `workers` is the number of processes to start: None as many as are worth it, 0 none. One that takes more than
    `time_limit` seconds for a file (None: see `pipeline.workers.time_limit`) is ended, and the file has failed. `rules`
    is what reads the files, by default kehoach itself. Without `settle` the catalogue waits for `Store.settle`, as
    between several of these. A path that can't be read is in the report's `failed`; raises DatabaseError where the
    database can't be used.
    """
    begun = time.perf_counter()
    rules = rules or Rules(read_plan, extractor_version())
    found, errors = find_documents(sources)
    with open_store(database_url) as store:
        batch = _Batch(store, rules, allow_classified, time_limit, on_event, len(found) + len(errors))
        for error in errors:
            batch.fail(error.path, error)
        batch.read_documents([*found, *batch.to_retry(found)] if retry_failed else found, workers)
        batch.read_pending(workers)
        if settle:
            store.settle()
    return IngestReport(
        done=tuple(batch.done),
        skipped=tuple(batch.skipped),
        failed=tuple(batch.failed),
        seconds=time.perf_counter() - begun,
    )


def convert(paths: Iterable[str]) -> None:
    """Have LibreOffice make Word files of all files of older programs in one go: most of its time is its start."""
    old = tuple(suffix for kind in (DOC, RTF, ODT) for suffix in FORMATS[kind].suffixes)
    found = [path for path in paths if path.lower().endswith(old) and not split(path)]
    if len(found) > 1:
        from pipeline.readers.office import prepare

        prepare(found)


def changed(
    documents: Sequence[Document], database_url: str | Path = DEFAULT_DATABASE, *, failed: bool = False
) -> tuple[list[Document], tuple[Skipped, ...]]:
    """Those of these documents that are new, changed, or were read by other rules; and what the others hold. With
    `failed`, one that could not be read is left alone until it changes. Raises DatabaseError."""
    with open_store(database_url) as store:
        rest, unchanged = _sorted(store, documents, extractor_version(), failed=failed)
    return rest, tuple(skipped for inside in unchanged for skipped in inside)


def _sorted(
    store: Store, documents: Sequence[Document], version: str, again: Collection[str] = (), *, failed: bool = False
) -> tuple[list[Document], list[list[Skipped]]]:
    """The documents to be looked at, and what those hold that are unchanged, document by document. What is in `again`
    is looked at in any case."""
    marks = {document.name: document.mark for document in documents if document.mark}
    known = store.unchanged(marks, version, failed=failed)
    rest, unchanged = [], []
    for document in documents:
        inside = known.get(document.name)
        if inside is None or any(name in again for name in (document.name, *(name for name, _ in inside))):
            rest.append(document)
        else:
            unchanged.append([Skipped(path=name, plan=plan, added=False) for name, plan in inside])
    return rest, unchanged


def to_open(path: str, code: str) -> str:
    """What to open where `path` failed: of an archive that went beyond its limits the whole."""
    return on_disk(path) if code.startswith("archive_") else path


def is_there(path: str) -> bool:
    """Whether a path's file, or the archive that it is in, can be opened."""
    return Path(on_disk(path)).is_file()


class _Opened:
    """The archives that were opened, each with its fingerprint and the paths of what is in it."""

    def __init__(self) -> None:
        self.archives: list[tuple[str, Fingerprint, list[str]]] = []

    def note(self, store: Store, version: str, failed: Collection[str]) -> None:
        """Have the store know them, after their documents were saved."""
        for path, found, inside in self.archives:
            whole = not set(inside).intersection(failed)
            store.note_archive(path, found.sha256, found.size, version, inside, whole=whole)


class _Batch:
    """One run over some files, with what has become of them so far."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        allow_classified: bool,
        time_limit: float | None,
        on_event: Callable[[Event], None] | None,
        total: int,
    ) -> None:
        self.store = store
        self.version = rules.version
        self.task = partial(rules.extract, allow_classified=allow_classified)
        self.time_limit = time_limit
        self.on_event = on_event
        self.total = total
        self.again: set[str] = set()
        self.tried: set[str] = set()
        self.prints: dict[str, Fingerprint] = {}
        self.copies: Mapping[str, Document] = {}  # of documents from afar: where each lies just now
        self.waiting: list[tuple[str, Reading]] = []
        self.saved_at = -math.inf
        self.done: list[PlanSummary] = []
        self.skipped: list[Skipped] = []
        self.failed: list[Failed] = []

    def read_documents(self, documents: Sequence[Document], workers: int | None) -> None:
        """Reads these documents, those from afar after they were fetched. What has the mark that it had when it was
        read is not even opened."""
        rest, unchanged = _sorted(self.store, documents, self.version, self.again)
        for inside in unchanged:
            self.total += len(inside) - 1
            for skipped in inside:
                self._tell_skipped(skipped)
        marks = {document.name: document.mark for document in rest if document.mark}
        self.read([document.location for document in rest if not document.afar], workers)
        for part in portions([document for document in rest if document.afar]):
            with fetched(part) as (self.copies, errors):
                for error in errors:
                    self._note_failure(error.path, error)
                    marks.pop(error.path, None)
                self.read(list(self.copies), workers)
        self.copies = {}
        self.store.note_marks(marks)

    def read(self, files: Sequence[str], workers: int | None) -> None:
        """Skips, reads and saves these files."""
        contents: set[str] = set()
        opened = _Opened()
        found = []
        for path in dict.fromkeys(self._unpacked(files, opened)):
            seen = self.prints.get(path) if split(path) else fingerprint(path)
            if seen := seen or fingerprint(path):
                self.prints[path] = seen
            found.append(path)
        new: list[str] = []
        copies: list[str] = []
        for path in self._unknown(found):
            # A second file with the same content can wait for what becomes of the first.
            sha256 = self.prints[path].sha256 if path in self.prints else None
            (copies if sha256 in contents else new).append(path)
            contents.update({sha256} if sha256 else ())
        if workers is None:
            nothing = Fingerprint("", 0, plain=True)
            known = ((path, self.prints.get(path, nothing)) for path in new)
            workers = workers_for([(path, found.size, found.plain) for path, found in known])
        self._read_all(new, workers)
        self._read_all(self._unknown(copies), workers)
        opened.note(self.store, self.version, {failure.path for failure in self.failed})

    def _unpacked(self, files: Iterable[str], opened: _Opened) -> Iterator[str]:
        """The files, and in the place of archives the documents in them. One that is unchanged is not opened."""
        for path in files:
            try:
                if split(path) or not is_archive(path):
                    yield path
                    continue
            except UnreadableError as error:
                self._note_failure(path, error)
                continue
            self.total -= 1
            found = fingerprint(path, configured().archive)
            known = found and self.store.unpacked(self._name(path), found.sha256, self.version)
            if found and known and not self.again.intersection(member for member, _ in known):
                self.total += len(known)
                for member, plan in known:
                    self._tell_skipped(Skipped(path=member, plan=plan, added=False))
                continue
            inside: list[str] = []
            try:
                for document in documents(path):
                    self.total += 1
                    inside.append(document.path)
                    if isinstance(document, UnreadableError):
                        self._note_failure(document.path, document)
                    else:
                        self.prints[document.path] = fingerprint_of(BytesIO(document.data), document.path)
                        yield document.path
            except UnreadableError as error:
                self.total += 1
                inside.append(error.path)
                self._note_failure(error.path, error)
            if found and path not in inside:
                opened.archives.append((self._name(path), found, [self._name(member) for member in inside]))

    def to_retry(self, documents: Collection[Document]) -> list[Document]:
        """What to read again though it is the same, beside `documents`."""
        from pipeline.readers.ocr.engine import Engine, find_engine  # imports what takes pictures apart

        retry = [to_open(failure.path, failure.code) for failure in self.store.failures()]
        if isinstance(find_engine(), Engine):
            self.again.update(self.store.with_warning("pages_need_ocr"))
        names = {document.name for document in documents}
        wanted = [name for name in dict.fromkeys([*retry, *sorted(self.again)]) if name not in names]
        found, errors = find_documents(wanted)
        found = [document for document in found if document.name not in names]
        self.total += len(found) + len(errors)
        for error in errors:
            self._note_failure(error.path, error)
        return found

    def read_pending(self, workers: int | None) -> None:
        """Reads again the files whose plans have lost the file that gave them their facts (see `store.writing`)."""
        while paths := [path for path in self.store.pending() if path not in self.tried and is_there(path)]:
            skipped = {skip.path for skip in self.skipped}.intersection(paths)  # before their plan lost its facts
            self.skipped = [skip for skip in self.skipped if skip.path not in skipped]
            self.total += len(paths) - len(skipped)
            self.read(paths, workers)
            self.tried.update(paths)

    def fail(self, path: str, error: KehoachError) -> None:
        """Reports a path that gave no plan."""
        failure = Failed(path=path, code=error.code, values=error.values)
        self.failed.append(failure)
        self._tell("failed", path, failure)

    def _read_all(self, paths: Sequence[str], workers: int) -> None:
        self.tried.update(paths)
        convert(paths)
        try:
            for path, result in run(self.task, paths, workers, on_start=self._start, seconds=self.time_limit):
                if isinstance(result, KehoachError):
                    self._note_failure(path, result)
                else:
                    self._keep(path, *result)
        finally:  # what was read whole is saved, also where an error or Ctrl-C ends it
            self._save()

    def _start(self, path: str) -> None:
        self._save_in_time()
        self._tell("started", self._name(path), None)

    def _unknown(self, paths: Sequence[str]) -> list[str]:
        """Those of these files whose content is not in the database; the paths of the others are then there, too."""
        if not paths:
            return []
        contents = {self.prints[path].sha256 for path in paths if path in self.prints}
        known = self.store.known(contents, self.version)
        rest = []
        for path in paths:
            name = self._name(path)
            sha256 = self.prints[path].sha256 if path in self.prints else ""
            if sha256 not in known.plans or name in self.again:
                rest.append(path)
                continue
            if added := (name, sha256) not in known.files:
                self.store.attach(name, sha256, self.version)
            self._tell_skipped(Skipped(path=name, plan=known.plans[sha256], added=added))
        return rest

    def _name(self, path: str) -> str:
        """How the database calls a file: by its path, or what was fetched by its address."""
        if not self.copies:
            return path
        file = on_disk(path)
        copy = self.copies.get(file)
        return f"{copy.name}{path.removeprefix(file)}" if copy else path

    def _tell_skipped(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)
        self._tell("skipped", skipped.path, skipped)

    def _keep(self, path: str, plan: Plan, text: str) -> None:
        """Has a plan saved, soon."""
        # The database knows the file by this name alone, however its reader writes it.
        plan = msgspec.structs.replace(plan, source=msgspec.structs.replace(plan.source, path=self._name(path)))
        self.waiting.append((path, Reading(plan, text, self.prints[path].size if path in self.prints else None)))
        self._save_in_time()

    def _save_in_time(self) -> None:
        if len(self.waiting) >= TOGETHER or time.monotonic() - self.saved_at >= _WAIT_SECONDS:
            self._save()

    def _save(self) -> None:
        """Saves the plans that wait."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        self.saved_at = time.monotonic()
        try:
            outcomes = self.store.save_all([reading for _, reading in waiting])
        except DatabaseError:
            raise
        except (SQLAlchemyError, ValueError) as error:
            # A plan breaks a rule of the tables: it alone is left out.
            if len(waiting) == 1:
                path = waiting[0][0]
                self._note_failure(path, unexpected(path, error))
                return
            for each in waiting:
                self.waiting = [each]
                self._save()
            return
        for (_, reading), outcome in zip(waiting, outcomes, strict=True):
            self._tell_done(reading.plan, outcome)

    def _tell_done(self, plan: Plan, outcome: SaveOutcome) -> None:
        m = plan.metadata
        summary = PlanSummary(
            path=plan.source.path,
            plan=outcome.plan,
            action=outcome.action,
            code=m.code,
            title=m.title,
            issuer=m.issuer,
            province=m.province,
            issue_date=m.issue_date,
            sections=len(plan.sections),
            references=len(plan.references),
            deadlines=len(plan.deadlines),
            targets=len(plan.targets),
            tasks=len(plan.tasks),
            warnings=len(plan.warnings),
        )
        self.done.append(summary)
        self._tell("done", summary.path, summary)

    def _note_failure(self, path: str, error: KehoachError) -> None:
        self._save()  # what was read before it
        found = self.prints.get(path)
        sha256, size = (found.sha256, found.size) if found else (None, None)
        path = self._name(path)
        self.store.fail(path, error, sha256=sha256, size=size, extractor_version=self.version)
        self.fail(path, error)

    def _tell(
        self,
        kind: Literal["started", "done", "skipped", "failed"],
        path: str,
        result: PlanSummary | Skipped | Failed | None,
    ) -> None:
        if self.on_event:
            finished = len(self.done) + len(self.skipped) + len(self.failed)
            self.on_event(Event(kind=kind, path=path, finished=finished, total=self.total, result=result))
