"""`pipeline.ingest` as a Prefect flow: a task for each batch of files, one after the other.

One task runs at a time, so there is one writer; within it the files are read on all cores. A batch that the machine
failed (a locked database, a full disk) is tried again and skips what it has already stored; a file that can't be read
is no reason to try again. Each run leaves an artifact that says what was read, what was not, and why.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Completed

from flows.report import as_markdown, in_short
from pipeline.errors import DatabaseError
from pipeline.files import find_files
from pipeline.ingest import Event, Failed, IngestReport, ingest
from pipeline.store import DEFAULT_DATABASE
from pipeline.store.database import database_name, database_url

ARTIFACT = "kehoach-ingest"
BATCH = 100  # files in a task: enough that Prefect's own work does not show, few enough to try again
RETRY_SECONDS = [5.0, 30.0, 120.0]  # a writer that holds the database, a network drive that comes back


def run_flow(
    paths: Sequence[str | Path],
    database: str | Path,
    *,
    workers: int | None = None,
    allow_classified: bool = False,
    time_limit: float | None = None,
    retry_failed: bool = False,
) -> IngestReport:
    """Run the flow in this process and return what became of every file.

    The database goes by the environment, not as a parameter: those stand in Prefect's records, and the address of a
    PostgreSQL may hold a password.
    """
    os.environ["KEHOACH_DB"] = str(database)
    return ingest_plans(
        [str(path) for path in paths],
        workers=workers,
        allow_classified=allow_classified,
        time_limit=time_limit,
        retry_failed=retry_failed,
    )


@flow(name="kehoach-ingest", description="Đọc các kế hoạch và lưu vào cơ sở dữ liệu KEHOACH_DB.")
def ingest_plans(
    paths: list[str],
    workers: int | None = None,
    allow_classified: bool = False,
    batch_size: int = BATCH,
    time_limit: float | None = None,
    retry_failed: bool = False,
) -> IngestReport:
    """Read files, folders and patterns into the database that `KEHOACH_DB` names; see `pipeline.ingest.ingest`.

    Completes with an IngestReport, also where files could not be read. Fails where the database can't be used.
    """
    files, errors = find_files(paths)
    failed = tuple(Failed(path=error.path, code=error.code, values=error.values) for error in errors)
    reports = [IngestReport(done=(), skipped=(), failed=failed, seconds=0.0)]
    for start in range(0, len(files), batch_size):
        reports.append(store_batch(files[start : start + batch_size], workers, allow_classified, time_limit))
    if retry_failed:  # after the files, some of which may have failed before and do not now
        reports.append(store_batch([], workers, allow_classified, time_limit, retry_failed=True))
    report = IngestReport(
        done=tuple(plan for part in reports for plan in part.done),
        skipped=tuple(skipped for part in reports for skipped in part.skipped),
        failed=tuple(failure for part in reports for failure in part.failed),
        seconds=sum(part.seconds for part in reports),
    )
    name = database_name(database_url(_database()))
    create_markdown_artifact(as_markdown(report, name), key=ARTIFACT, description=in_short(report))
    # The state is the run's; its data are what the caller gets.
    return Completed(message=in_short(report), data=report)  # type: ignore[return-value]


def is_worth_a_retry(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether the machine failed, and not what it was asked to do."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) or (isinstance(error, DatabaseError) and error.code == "database_failed")


@task(
    name="store-batch",
    retries=len(RETRY_SECONDS),
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_worth_a_retry,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def store_batch(
    files: list[str],
    workers: int | None,
    allow_classified: bool,
    time_limit: float | None = None,
    retry_failed: bool = False,
) -> IngestReport:
    """Read and store some files. What fails to be read is in the report."""
    log = get_run_logger()

    def note(event: Event) -> None:
        if isinstance(event.result, Failed):
            log.warning("%s", event.result.error)

    return ingest(
        files,
        _database(),
        workers=workers,
        allow_classified=allow_classified,
        time_limit=time_limit,
        retry_failed=retry_failed,
        on_event=note,
    )


def _database() -> str:
    return os.environ.get("KEHOACH_DB") or DEFAULT_DATABASE
