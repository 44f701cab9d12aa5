"""Sources that fill up, looked at on a schedule: what is new or changed is read, what could not be read waits until it
changes (or `kehoach ingest --retry-failed`)."""

from __future__ import annotations

from prefect import flow

from flows.outcome import ended_reading
from flows.parameters import Count, Runner, Seconds, Source, Workers, runner_or_default, sources_or_default
from flows.reading import Options, read_sources
from pipeline.ingest import IngestReport

ARTIFACT = "kehoach-watch"
RUN_SECONDS = 12 * 3600


@flow(
    name="kehoach-watch",
    description="Đọc những gì mới hoặc đã đổi trong các nguồn (mặc định: KEHOACH_SOURCES).",
    timeout_seconds=RUN_SECONDS,
)
def watch_sources(
    sources: list[Source] | None = None,
    runner: Runner | None = None,
    workers: Workers | None = None,
    allow_classified: bool = False,
    batch_size: Count | None = None,
    time_limit: Seconds | None = None,
) -> IngestReport:
    """Read what is new or changed in the sources, by default those that `KEHOACH_SOURCES` names, into the database that
    `KEHOACH_DB` names; where no `runner` is given, by the one that `KEHOACH_RUNNER` names. Fails where a source is
    away, after the others were read."""

    def work() -> IngestReport:
        return read_sources(
            sources_or_default(sources or []),
            Options(workers, allow_classified, time_limit),
            artifact=ARTIFACT,
            runner=runner_or_default(runner),
            batch_size=batch_size,
            only_changed=True,
        )

    return ended_reading(work)  # type: ignore[return-value]
