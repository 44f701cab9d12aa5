"""`kehoach serve`: what watches sources on this machine; `kehoach status`: what it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import DB, JSON_FLAG, LIMIT, Argument, Count, Option, command
from pipeline.cli.forms import number
from pipeline.cli.output import Column, print_json, print_table, print_text
from pipeline.cli.words import language, say, term
from pipeline.errors import ExitCode, KehoachError
from pipeline.moments import VIETNAM, today

if TYPE_CHECKING:
    from flows.status import Run


@command(
    "serve",
    Argument("paths", nargs=-1, key="watched"),
    Option(["--every"], type=Count(), default=15, metavar="minutes"),
    Option(["--publish"], metavar="folder"),
    Option(["--port"], type=Count(), metavar="port"),
    DB,
    examples=(
        "kehoach serve /mnt/ke-hoach",
        "kehoach serve /mnt/ke-hoach s3://plans/2025 --every 60 --publish web",
        "kehoach serve --port 4300 --db postgresql+psycopg://localhost/kehoach",
    ),
)
def serve(paths: tuple[str, ...], every: int, publish: str | None, port: int | None, db: str) -> None:
    """Serve until told to stop."""
    _need_prefect()
    from flows.home import PORT, home
    from flows.serve import Place, Plan
    from flows.serve import serve as run
    from pipeline.files import is_anything
    from pipeline.sources.address import is_address, without_secret
    from pipeline.store import open_store

    os.environ["KEHOACH_DB"] = db if is_address(db) else str(Path(db).absolute())
    os.environ["KEHOACH_LANG"] = language()
    place = Place(home(), port or PORT)
    sources = tuple(path if is_address(path) else str(Path(path).absolute()) for path in map(without_secret, paths))
    plan = Plan(sources=sources, every=every, publish=str(Path(publish).absolute()) if publish else None)

    with open_store(db):  # a database that can't be used is told now, not by every run
        pass
    for source in sources:
        if not is_address(source) and not is_anything(source):
            click.echo(say("say.not_there_yet", source=source), err=True)

    def ready() -> None:
        print_text(say("say.serving", address=place.pages, folder=place.folder))
        for source in sources:
            print_text(_watched(source, every))
        if plan.publish:
            print_text(say("say.publishing", folder=plan.publish, hour=plan.hour))
        print_text(say("say.how_to_stop"))
        _flush()

    print_text(say("say.starting"))
    _flush()
    run(plan, place, ready)
    print_text(say("say.stopped"))


@command(
    "status",
    LIMIT,
    JSON_FLAG,
    examples=("kehoach status", "kehoach status --limit 50 --json"),
)
def status(limit: int | None, as_json: bool) -> ExitCode:
    """Show what the flows do; FAILED where the last run of a deployment that has ended failed."""
    _need_prefect()
    from flows.home import home, is_up, noted

    serving = noted(home())
    api = os.environ.get("PREFECT_API_URL") or (serving.api if serving else None)
    if api is None or not is_up(api):
        raise KehoachError("serve_missing")
    from flows.status import status as ask

    found = ask(api, limit or 10)
    if as_json:
        print_json(found)
    else:
        print_text(say("say.serving_at", address=api.removesuffix("/api")))
        _show("runs", found.runs)
        _show_queue(found.queue)
        _show("failed_runs", found.failures)
    return ExitCode.FAILED if found.is_failing else ExitCode.OK


def _watched(source: str, minutes: int) -> str:
    """The line that says how often a source is looked at."""
    if minutes == 1:
        return say("say.watching_each", source=source)
    return say("say.watching", source=source, minutes=number(minutes))


def _show(title: str, runs: Sequence[Run]) -> None:
    columns: list[Column[Run]] = [
        Column("flow", lambda run: run.flow),
        Column("state", lambda run: term("state", run.state)),
        Column("time", lambda run: _moment(run.started or run.expected)),
        Column("took", lambda run: number(round(run.seconds, 1)) if run.seconds is not None else "", right=True),
        Column("said", lambda run: run.message or "", share=1),
    ]
    if runs:
        print_table(runs, columns, f"{say(f'label.{title}')} ({len(runs)})")
    else:
        print_text(f"{say(f'label.{title}')}: {say('say.nothing')}")


def _show_queue(runs: Sequence[Run]) -> None:
    if not runs:
        print_text(f"{say('label.queue')}: {say('say.nothing')}")
    for run in runs:
        print_text(say("say.next_run", flow=run.flow, state=term("state", run.state), time=_soon(run.expected)))


def _soon(moment: datetime | None) -> str:
    """The time of day alone where it is of today."""
    if moment and moment.astimezone(VIETNAM).date() == today():
        return moment.astimezone(VIETNAM).strftime("%H:%M")
    return _moment(moment)


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if moment else ""


def _need_prefect() -> None:
    if find_spec("prefect") is None:
        raise KehoachError("flows_missing")


def _flush() -> None:
    """Have the line be read now, whoever reads it."""
    sys.stdout.flush()
