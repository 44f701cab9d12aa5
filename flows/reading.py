"""What the flows that read plans share: a task for each source, then a task for each batch of documents."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.logging import get_run_logger

from flows.outcome import SourcesAwayError
from flows.parameters import dashboard, database, language, shared_database
from flows.quiet import quieten
from flows.report import RunReport, as_markdown, in_short, line
from flows.runners import parts, results
from pipeline.errors import DatabaseError, KehoachError
from pipeline.ingest import Event, Failed, IngestReport, PlanSummary, changed, ingest
from pipeline.readers.base import FORMATS, MARKDOWN, TEXT
from pipeline.sources import Document, SourceError, find_documents
from pipeline.store import open_store
from pipeline.store.database import database_name, database_url

BATCH = 1000  # documents in a task: enough to keep all cores busy; one that is tried again skips what it has stored
BATCH_AFAR = 20  # on a cluster: few, so that all workers have some until the end and a lost one loses little
OCR_LIMIT = "kehoach-ocr"  # the concurrency limit that batches take which may hold pictures of pages
RETRY_SECONDS = [5.0, 30.0, 120.0]  # a writer that holds the database, a network drive that comes back
# What is wrong with a source of which nothing is there: to wait helps, or to correct its name.
_AWAY = {"missing", "source_away", "source_missing", "source_refused", "source_failed", "source_package"}
_PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".zip", ".tar", ".tgz", ".gz")

_PLAIN = tuple(suffix for kind in (TEXT, MARKDOWN) for suffix in FORMATS[kind].suffixes)

quieten()


class Options(NamedTuple):
    """How documents are read; see `pipeline.ingest.ingest`."""

    workers: int | None = None
    allow_classified: bool = False
    time_limit: float | None = None


def is_worth_a_retry(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether the machine or the source failed, and not what it was asked to do."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, SourceError):
        return error.passes
    return isinstance(error, OSError) or (isinstance(error, DatabaseError) and error.code == "database_failed")


_AGAIN: Any = {
    "retries": len(RETRY_SECONDS),
    "retry_delay_seconds": RETRY_SECONDS,
    "retry_condition_fn": is_worth_a_retry,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


def read_sources(
    sources: list[str],
    options: Options,
    *,
    artifact: str,
    runner: str | None = None,
    batch_size: int | None = None,
    only_changed: bool = False,
    retry_failed: bool = False,
) -> IngestReport:
    """Read all sources and leave a report (`artifact`) beside the run. With `only_changed`, what could not be read
    before is left alone until it changes. Raises SourcesAwayError where there was nothing to look at in one of them,
    when all else is done."""
    reports = []
    away: list[Failed] = []
    documents: dict[str, Document] = {}
    for source in sources:
        found, failed = _listed(source)
        documents.update((document.name, document) for document in found)
        away += [failure for failure in failed if not found and failure.code in _AWAY]
        reports.append(_report(failed=failed))
    rest, skipped = changed(list(documents.values()), database(), failed=only_changed)
    reports.append(_report(skipped=skipped))
    calls = [
        {"documents": part, "options": options, "pictures": pictures, "afar": runner is not None}
        for pictures, part in parts(rest, batch_size or (BATCH_AFAR if runner else BATCH), _may_be_picture)
    ]
    try:
        reports += results(runner, store_batch, calls)
        if retry_failed:  # after the documents, some of which may have failed before and do not now
            reports.append(store_batch([], options, pictures=True, retry_failed=True))
    except BaseException as error:
        if not isinstance(error, Exception):  # told to stop: what is stored is whole, and the catalogue knows it
            _settle()
        raise
    if calls or retry_failed:
        settle()
    report = RunReport(
        done=tuple(plan for part in reports for plan in part.done),
        skipped=tuple(skipped for part in reports for skipped in part.skipped),
        failed=tuple(failure for part in reports for failure in part.failed),
        seconds=sum(part.seconds for part in reports),
        unread=_unread(),
    )
    name = database_name(database_url(database()))
    words = language()
    made = as_markdown(report, name, words, dashboard())
    create_markdown_artifact(made, key=artifact, description=in_short(report, words))
    if away:
        raise SourcesAwayError(away, report)
    return report


@task(name="list-source", timeout_seconds=1800, **_AGAIN)
def list_source(source: str) -> tuple[list[Document], tuple[Failed, ...]]:
    """The documents of a source, and what is wrong with parts of it. Raises SourceError where it is away."""
    found, errors = find_documents([source])
    for error in errors:
        if isinstance(error, SourceError) and error.passes:
            raise error
    return found, _failed(errors)


@task(name="store-batch", **_AGAIN)
def store_batch(
    documents: list[Document],
    options: Options,
    pictures: bool = False,
    afar: bool = False,
    retry_failed: bool = False,
) -> IngestReport:
    """Read and store some documents, with one line in the log for each plan. What fails to be read is in the report."""
    lines = _Lines()
    with concurrency(OCR_LIMIT, occupy=1) if pictures else nullcontext(), lines:
        return ingest(
            documents,
            shared_database() if afar else database(),
            workers=_workers(documents, options.workers, afar),
            allow_classified=options.allow_classified,
            time_limit=options.time_limit,
            retry_failed=retry_failed,
            on_event=lines.note,
            settle=False,
        )


@task(name="settle", **_AGAIN)
def settle() -> None:
    """Bring the catalogue up to date."""
    _settle()


def _settle() -> None:
    with open_store(database()) as store:
        store.settle()


class _Lines:
    """The log of a batch: a line for each plan. What was stored together is one record, since a record costs this
    process and the server as much as reading a page does."""

    def __init__(self) -> None:
        self.log = get_run_logger()
        self.words = language()
        self.waiting: list[str] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        self.write()

    def note(self, event: Event) -> None:
        """Keep a plan's line until another file is begun with."""
        if isinstance(event.result, PlanSummary):
            self.waiting.append(line(event.result, self.words))
            return
        self.write()
        if isinstance(event.result, Failed):
            self.log.warning("%s", event.result.error.message(self.words))

    def write(self) -> None:
        """Hand on the lines that wait."""
        if self.waiting:
            self.log.info("%s", "\n".join(self.waiting))
            self.waiting.clear()


def _listed(source: str) -> tuple[list[Document], tuple[Failed, ...]]:
    try:
        return list_source(source)
    except KehoachError as error:  # tried often enough; the other sources go on
        get_run_logger().warning("%s", error.message(language()))
        return [], _failed([error])


def _failed(errors: list[KehoachError]) -> tuple[Failed, ...]:
    return tuple(Failed(path=error.path, code=error.code, values=error.values) for error in errors)


def _unread() -> tuple[Failed, ...]:
    """The files that the database knows and nobody can read."""
    with open_store(database()) as store:
        return tuple(Failed(path=each.path, code=each.code, values=each.values) for each in store.failures())


def _report(**parts: Any) -> IngestReport:
    return IngestReport(**{"done": (), "skipped": (), "failed": (), "seconds": 0.0, **parts})


def _workers(documents: list[Document], asked: int | None, afar: bool) -> int | None:
    """How many processes read a batch. On a cluster each worker has one core: one process, and none for plain text."""
    if asked is not None or not afar:
        return asked
    return int(any(_suffix(document) not in _PLAIN for document in documents))


def _may_be_picture(document: Document) -> bool:
    return _suffix(document) in _PICTURES


def _suffix(document: Document) -> str:
    return PurePosixPath(document.name.partition("?")[0]).suffix.lower()
