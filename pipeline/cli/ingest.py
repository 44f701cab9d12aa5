"""`kehoach ingest`: files into the database, a line for each plan, and what became of them all; `kehoach failures`:
what could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from pipeline.cli import forms
from pipeline.cli.base import (
    ALLOW_CLASSIFIED,
    DB,
    FORMS,
    JSON_FLAG,
    LIMIT,
    Argument,
    Count,
    Option,
    command,
)
from pipeline.cli.forms import join, line
from pipeline.cli.output import Column, answer, print_json, print_text
from pipeline.cli.words import language, say
from pipeline.errors import ExitCode, KehoachError, noted_reason
from pipeline.moments import VIETNAM

if TYPE_CHECKING:
    from pipeline.ingest import Event, Failed, IngestReport, PlanSummary

COUNTED = ("sections", "references", "deadlines", "targets", "tasks", "warnings")
_PATHS = Argument("paths", nargs=-1)


@command(
    "ingest",
    _PATHS,
    DB,
    Option(["--retry-failed"], is_flag=True),
    Option(["--workers"], type=Count(), metavar="count"),
    Option(["--time-limit"], type=Count(), metavar="seconds", envvar="KEHOACH_TIME_LIMIT"),
    ALLOW_CLASSIFIED,
    JSON_FLAG,
    Option(["--flow"], is_flag=True),
    Option(["--runner"], metavar="runner"),
    examples=(
        "kehoach ingest data/samples/plans",
        "kehoach ingest ke-hoach.pdf scan/*.pdf --db tinh.db",
        "kehoach ingest ke-hoach.zip thu.eml --time-limit 600",
        "kehoach ingest https://syt.gov.vn/ke-hoach-463.pdf s3://plans/2025",
        "kehoach ingest --retry-failed",
        "kehoach ingest /mnt/ke-hoach --runner dask://10.0.0.5:8786",
        "kehoach ingest ke-hoach --workers 4 --json > ket-qua.json",
    ),
)
def ingest(
    paths: tuple[str, ...],
    db: str,
    retry_failed: bool,
    workers: int | None,
    time_limit: int | None,
    allow_classified: bool,
    as_json: bool,
    flow: bool,
    runner: str | None,
) -> ExitCode:
    """Read plans and store them; FAILED if one of them could not be read."""
    if not paths and not retry_failed:
        raise click.MissingParameter(ctx=click.get_current_context(), param=_PATHS)
    if flow or runner:
        report = _through_prefect(paths, db, runner, workers, time_limit, allow_classified, retry_failed)
        for plan in () if as_json else report.done:
            print_text(_plan_line(plan))
        for failure in report.failed:
            click.echo(failure_line(failure), err=True)
    else:
        from pipeline.ingest import ingest as run

        with _progress(lines=not as_json) as tell:
            report = run(
                paths,
                db,
                workers=workers,
                allow_classified=allow_classified,
                time_limit=time_limit,
                retry_failed=retry_failed,
                on_event=tell,
            )
    if as_json:
        print_json(_record(report))
    else:
        print_text(_summary(report, db))
    return ExitCode.OK if report.ok else ExitCode.FAILED


@command(
    "failures",
    Option(["--forget"], metavar="path"),
    DB,
    LIMIT,
    *FORMS,
    examples=("kehoach failures", "kehoach failures --json", "kehoach failures --forget scan/hong.pdf"),
)
def failures(forget: str | None, db: str, limit: int | None, form: str | None) -> None:
    """List the files that could not be read, or drop one of them."""
    from pipeline.store import open_store

    with open_store(db, create=False) as store:
        if forget is not None:
            print_text(say("say.forgotten", path=shown(store.forget_failure(forget))))
            return
        found = store.failures()
    rows = [
        _Unread(
            path=row.path,
            since=row.since,
            code=row.code,
            reason=noted_reason(row.code, row.values, language()) or row.code,
            waits_for=row.waits_for,
            plan=row.plan,
        )
        for row in found
    ]
    columns: Sequence[Column[_Unread]] = (
        Column("source", lambda row: shown(row.path), share=5),
        Column("issued", lambda row: forms.day(row.since.astimezone(VIETNAM).date()) if row.since else ""),
        Column("reason", lambda row: row.reason, share=6),
        Column("waits_for", lambda row: row.waits_for or ""),
    )
    fields = ("path", "since", "code", "reason", "waits_for", "plan")
    answer(rows, columns, fields, form, limit=limit, title=say("label.failures"), none=say("say.no_failures"))
    if found and not form:
        print_text(say("say.retry"))


@dataclass(frozen=True)
class _Unread:
    """A file that could not be read, with the reason in the user's language; `plan` is what it gave before."""

    path: str
    since: datetime | None
    code: str
    reason: str
    waits_for: str | None
    plan: str | None


def _through_prefect(
    paths: Sequence[str],
    db: str,
    runner: str | None,
    workers: int | None,
    time_limit: int | None,
    allow_classified: bool,
    retry_failed: bool,
) -> IngestReport:
    if find_spec("prefect") is None or (runner and find_spec("prefect_dask") is None):
        raise KehoachError("flows_missing")
    from flows.ingest import run_flow

    return run_flow(
        paths,
        db,
        runner=runner,
        workers=workers,
        allow_classified=allow_classified,
        time_limit=time_limit,
        retry_failed=retry_failed,
    )


@contextmanager
def _progress(*, lines: bool) -> Iterator[Callable[[Event], None]]:
    """What shows the events of an ingest: a line for each plan (on stdout, if `lines`) and each failure (on stderr),
    and on a terminal a bar below them."""

    from pipeline.ingest import Failed, PlanSummary

    def tell(event: Event) -> None:
        if isinstance(event.result, PlanSummary):
            if lines:
                print_text(_plan_line(event.result))
        elif isinstance(event.result, Failed):
            # Not click's echo: it would write past the bar, which moves aside for sys.stderr alone.
            sys.stderr.write(f"{failure_line(event.result)}\n")

    if not sys.stderr.isatty():
        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    bar = Progress(
        *columns,
        console=Console(stderr=True, markup=False, highlight=False, emoji=False),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )
    with bar:
        task = bar.add_task("", total=None)

        def advance(event: Event) -> None:
            name = os.path.basename(event.path) if event.kind == "started" else None  # noqa: PTH119
            tell(event)
            bar.update(task, completed=event.finished, total=event.total, description=line(name) if name else None)

        yield advance


def _plan_line(plan: PlanSummary) -> str:
    """What was found in one plan: "118/KH-SYT · Hà Giang · 12 mục · 9 văn bản · ..."."""
    counts = [forms.counted(name, getattr(plan, name)) for name in COUNTED if getattr(plan, name)]
    note = say("say.joined") if plan.action == "joined" else ""
    return line(join(" · ", plan.code or plan.title or shown(plan.path), plan.province, *counts, note))


def failure_line(failure: Failed) -> str:
    words = failure.error.message(language())
    return words.replace(failure.path, line(shown(failure.path)), 1) if failure.path else words


def failure_records(failures: Iterable[Failed]) -> list[dict[str, object]]:
    """Failures as JSON has them, with their words."""
    return [
        {"path": f.path, "code": f.code, "values": f.values, "message": f.error.message(language())} for f in failures
    ]


def shown(path: str) -> str:
    """A path as it is shortest: from the working folder where it is below it; an address as it is."""
    if "://" in path:
        return path
    try:
        near = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return path if near.startswith(os.pardir) else near


def _summary(report: IngestReport, db: str) -> str:
    from pipeline.store.database import database_name, database_url

    parts = [say("say.stored", n=forms.number(len(report.done)))]
    if report.skipped:
        parts.append(say("say.unchanged", n=forms.number(len(report.skipped))))
    if report.failed:
        parts.append(say("say.failed", n=forms.number(len(report.failed))))
    parts.append(say("say.seconds", n=forms.number(round(report.seconds, 1))))
    return join(" · ", *parts, database_name(database_url(db)))


def _record(report: IngestReport) -> dict[str, object]:
    """The report as JSON has it."""
    return {
        "done": report.done,
        "skipped": report.skipped,
        "failed": failure_records(report.failed),
        "seconds": round(report.seconds, 3),
    }
