"""`pipeline.ingest` as a Prefect flow: a task for each source, then a task for each batch of documents.

Here one batch runs at a time, so there is one writer; within it the files are read on all cores. On Dask batches run
side by side and PostgreSQL has them write in turn. A batch that the machine failed (a locked database, a full disk) is
tried again and skips what it has already stored; a file that can't be read is no reason to try again. Each run leaves
an artifact that says what was read, what was not, and why.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from prefect import flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.outcome import SourcesAwayError, ended_reading
from flows.parameters import (
    Count,
    Runner,
    Seconds,
    Source,
    Workers,
    known_runner,
    runner_or_default,
    shared_database,
)
from flows.reading import Options, read_sources
from pipeline.ingest import IngestReport
from pipeline.sources.address import without_secret

ARTIFACT = "kehoach-ingest"
RUN_SECONDS = 48 * 3600  # for one run; a province's scans of ten years take a day on two cores


def run_flow(
    sources: Sequence[str | Path],
    database: str | Path,
    *,
    runner: str | None = None,
    workers: int | None = None,
    allow_classified: bool = False,
    time_limit: float | None = None,
    retry_failed: bool = False,
) -> IngestReport:
    """Run the flow in this process and return what became of every file; a source that is away is among them.

    The database goes by the environment, not as a parameter: those stand in Prefect's records, and the address of a
    PostgreSQL may hold a password. Raises KehoachError for a source that holds one, and for a runner that is none.
    """
    os.environ["KEHOACH_DB"] = str(database)
    if runner is not None:
        known_runner(runner)
        shared_database()
    # Nobody acts on the heartbeats of a run in somebody's own process, and its end would wait for them up to a second.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        try:
            return ingest_plans(
                [without_secret(str(source)) for source in sources],
                runner=runner,
                workers=workers,
                allow_classified=allow_classified,
                time_limit=time_limit,
                retry_failed=retry_failed,
            )
        except SourcesAwayError as error:
            return error.report


@flow(
    name="kehoach-ingest",
    description="Đọc các kế hoạch và lưu vào cơ sở dữ liệu KEHOACH_DB.",
    timeout_seconds=RUN_SECONDS,
)
def ingest_plans(
    sources: list[Source],
    runner: Runner | None = None,
    workers: Workers | None = None,
    allow_classified: bool = False,
    batch_size: Count | None = None,
    time_limit: Seconds | None = None,
    retry_failed: bool = False,
) -> IngestReport:
    """Read sources into the database that `KEHOACH_DB` names; see `pipeline.ingest.ingest`.

    Without a `runner` it is the one that `KEHOACH_RUNNER` names, else this process.

    Completes with an IngestReport, also where files could not be read. Fails where the database can't be used, and
    where a source is away (SourcesAwayError), after the others were read.
    """

    def work() -> IngestReport:
        return read_sources(
            sources,
            Options(workers, allow_classified, time_limit),
            artifact=ARTIFACT,
            runner=runner_or_default(runner),
            batch_size=batch_size,
            retry_failed=retry_failed,
        )

    # The state is the run's; its data are what the caller gets.
    return ended_reading(work)  # type: ignore[return-value]
