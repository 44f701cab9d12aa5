"""Commands that ask the database: the plans, deadlines, targets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli import forms
from pipeline.cli.base import DB, FORMS, LIMIT, PROVINCE, Count, Day, Option, command
from pipeline.cli.forms import join
from pipeline.cli.output import Column, answer
from pipeline.cli.words import language, say
from pipeline.moments import VIETNAM, today

if TYPE_CHECKING:
    from pipeline.store.finding import PlanRef
    from pipeline.store.queries import DeadlineRow, PlanRow, TargetRow

T = TypeVar("T")
STDOUT = "-"  # as the name of a file
SHOWN = 160  # characters of a task in a table; JSON and CSV have all
PLAN_FIELDS = ("plan.key", "plan.code", "plan.issue_date", "plan.issuer", "plan.province", "plan.title", "plan.path")
PLACE_FIELDS = ("place.section", "place.heading", "place.page", "place.span")


def _ask(db: str, question: Callable[[Any], T]) -> T:
    """What `question` finds in the database at `db`, which has to be there; it gets a connection for `queries`."""
    from pipeline.store import open_store

    with open_store(db, create=False) as store, store.reading() as connection:
        return question(connection)


def _name(plan: PlanRef) -> str:
    return plan.code or plan.title or plan.key


@command(
    "plans",
    DB,
    LIMIT,
    *FORMS,
    examples=("kehoach plans", "kehoach plans --json", "kehoach plans --db tinh.db --excel > ke-hoach.csv"),
)
def plans(db: str, limit: int | None, form: str | None) -> None:
    """List the stored plans."""
    from pipeline.store import queries

    def number(name: str) -> Column[PlanRow]:
        return Column(f"{name}_short", lambda row: forms.number(getattr(row, name)), right=True)

    rows = _ask(db, queries.plans)
    columns: Sequence[Column[PlanRow]] = (
        Column("province", lambda row: row.plan.province or ""),
        Column("code", lambda row: row.plan.code or "", share=3),
        Column("issued", lambda row: forms.day(row.plan.issue_date)),
        Column("title", lambda row: row.plan.title or row.plan.path or "", share=7),
        *(number(name) for name in ("references", "deadlines", "targets", "tasks", "warnings")),
    )
    fields = (
        *PLAN_FIELDS, "doc_type", "period_start", "period_end", "confidence", "files", "sections", "references",
        "deadlines", "targets", "tasks", "tables", "warnings",
    )  # fmt: skip
    answer(rows, columns, fields, form, limit=limit, title=say("label.plans"), none=say("say.no_plans"))


def _work(row: DeadlineRow) -> str:
    """What is to be done: the first task with how many more there are, else the heading that the deadline is in."""
    if not row.work:
        return join(" ", row.place.heading or row.place.section, f"({row.text})")
    more = f"(+{len(row.work) - 1})" if len(row.work) > 1 else ""
    return join(" ", shorten(row.work[0], SHOWN, placeholder=" …"), more)


def _write_calendar(connection: Any, rows: list[DeadlineRow], file: str, alarm: int | None) -> list[DeadlineRow]:
    """Write the calendar of these rows to a file, tell how many are in it, and give the rows back."""
    from pipeline.atomic import replacing
    from pipeline.store import calendar

    found = calendar.calendar(
        connection,
        rows,
        written=datetime.now(VIETNAM),
        alarm_days=alarm or calendar.ALARM_DAYS,
        language=language(),
    )
    if file == STDOUT:
        sys.stdout.write(found.content.decode())
    else:
        with replacing(Path(file)) as beside:
            beside.write_bytes(found.content)
    told = say("say.calendar_written", n=found.events, path=file)
    click.echo(join(" ", told, say("say.without_day", n=found.without_day) if found.without_day else ""), err=True)
    return rows


@command(
    "deadlines",
    Option(["--from", "since"], type=Day(), metavar="day", key="from"),
    Option(["--to", "until"], type=Day(), metavar="day", key="to"),
    Option(["--all", "everything"], is_flag=True, key="all"),
    PROVINCE,
    Option(["--unit"], metavar="unit"),
    Option(["--as-of"], type=Day(), metavar="day"),
    Option(["--ics"], metavar="file"),
    Option(["--alarm"], type=Count(), metavar="count"),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach deadlines",
        "kehoach deadlines --from 01/01/2026 --to 31/03/2026",
        'kehoach deadlines --province "Cà Mau" --all --csv > thoi-han.csv',
        'kehoach deadlines --unit "Trung tâm Y tế" --ics thoi-han.ics',
    ),
)
def deadlines(
    since: date | None,
    until: date | None,
    everything: bool,
    province: str | None,
    unit: str | None,
    as_of: date | None,
    ics: str | None,
    alarm: int | None,
    db: str,
    limit: int | None,
    form: str | None,
) -> None:
    """List deadlines by their day."""
    if ics == STDOUT and form:
        raise click.UsageError(say("usage.two_outputs", first=f"--ics {STDOUT}", second=f"--{form}"))
    from pipeline.store import queries

    as_of = as_of or today()
    if not (everything or since or until):
        since = as_of

    def ask(connection: Any) -> list[DeadlineRow]:
        return queries.deadlines(connection, as_of=as_of, since=since, until=until, province=province, unit=unit)

    if ics:
        rows = _ask(db, lambda c: _write_calendar(c, ask(c)[:limit], ics, alarm))
        if not form:
            return
    else:
        rows = _ask(db, ask)
    columns: Sequence[Column[DeadlineRow]] = (
        Column("time", forms.next_time, share=3),
        Column("work", _work, share=8),
        Column("who", lambda row: forms.people(row.responsible, row.recipient), share=5),
        Column("plan", lambda row: join(" · ", _name(row.plan), row.plan.province), share=3),
    )
    fields = (
        "due", "status", "kind", "bound", "start_date", "end_date", "precision", "rrule", "anchor", "offset",
        "offset_unit", "approximate", "text", "work", "responsible", "recipient", "tasks", *PLAN_FIELDS, *PLACE_FIELDS,
        "id", "confidence",
    )  # fmt: skip
    span = forms.period(since, until)
    none = say("say.no_deadlines_then", period=span) if span else say("say.no_deadlines")
    answer(rows, columns, fields, form, limit=limit, title=say("label.deadlines"), none=none)


TARGET_FIELDS = (
    "plan.province", "province_now", "indicator_id", "indicator", "subject", "comparator", "low", "high", "unit",
    "approximate", "change", "baseline.value", "baseline.year", "baseline.words", "period_start", "period_end", "text",
    "part_of", *(field for field in PLAN_FIELDS if field != "plan.province"), *PLACE_FIELDS, "id", "confidence",
)  # fmt: skip


def _target_columns() -> Sequence[Column[TargetRow]]:
    return (
        Column("province", lambda row: row.plan.province or ""),
        Column("indicator", lambda row: join(" · ", row.indicator, row.subject) or row.text, share=8),
        Column("amount", forms.amount, share=3),
        Column("period", lambda row: forms.period(row.period_start, row.period_end), share=3),
        Column("plan", lambda row: _name(row.plan), share=4),
    )


@command(
    "targets",
    Option(["--indicator"], metavar="indicator"),
    PROVINCE,
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach targets",
        'kehoach targets --province "An Giang"',
        'kehoach targets --indicator "tiêm chủng" --json',
    ),
)
def targets(indicator: str | None, province: str | None, db: str, limit: int | None, form: str | None) -> None:
    """List targets by province and plan."""
    from pipeline.store import queries

    rows = _ask(db, lambda c: queries.targets(c, indicator=indicator, province=province))
    answer(
        rows,
        _target_columns(),
        TARGET_FIELDS,
        form,
        limit=limit,
        title=say("label.targets"),
        none=say("say.no_targets"),
    )
