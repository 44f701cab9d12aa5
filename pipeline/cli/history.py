"""`kehoach reextract`: plans read again, with what that changed; `kehoach changes`: what earlier readings changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import forms
from pipeline.cli.base import (
    ALLOW_CLASSIFIED,
    DB,
    FORMS,
    JSON_FLAG,
    LIMIT,
    Argument,
    Choice,
    Count,
    Day,
    Option,
    command,
)
from pipeline.cli.forms import join, line
from pipeline.cli.ingest import failure_line, failure_records, shown
from pipeline.cli.output import Column, answer, print_json, print_text
from pipeline.cli.words import say, term
from pipeline.errors import ExitCode
from pipeline.moments import VIETNAM

if TYPE_CHECKING:
    from pipeline.ingest import Failed
    from pipeline.reextract import Reread, RereadReport
    from pipeline.store.history import ChangeRow, Difference

KINDS = ("section", "reference", "deadline", "target", "task")
SIGNS = {"gained": "+", "lost": "−", "altered": "~"}
SHOWN = 120  # characters of a fact's words, or of a value, in a line; JSON has all


@command(
    "reextract",
    Argument("plans", nargs=-1),
    Option(["--all", "everything"], is_flag=True, key="every_plan"),
    Option(["--dry-run"], is_flag=True),
    Option(["--verbose", "-v"], is_flag=True),
    Option(["--workers"], type=Count(), metavar="count"),
    Option(["--time-limit"], type=Count(), metavar="seconds", envvar="KEHOACH_TIME_LIMIT"),
    ALLOW_CLASSIFIED,
    JSON_FLAG,
    DB,
    examples=(
        "kehoach reextract",
        "kehoach reextract 463/KH-SYT --verbose",
        "kehoach reextract --all --dry-run --json > thay-doi.json",
    ),
)
def reextract(
    plans: tuple[str, ...],
    everything: bool,
    dry_run: bool,
    verbose: bool,
    workers: int | None,
    time_limit: int | None,
    allow_classified: bool,
    as_json: bool,
    db: str,
) -> ExitCode:
    """Read plans again and tell what changed; FAILED if one of their files could not be read."""
    from pipeline.ingest import Failed
    from pipeline.reextract import reextract as run

    def tell(result: Reread | Failed) -> None:
        if isinstance(result, Failed):
            click.echo(failure_line(result), err=True)
        elif not as_json:
            print_text(_plan_line(result))
            for told in _details(result) if verbose else ():
                print_text(f"  {told}")

    report = run(
        plans,
        db,
        everything=everything,
        dry_run=dry_run,
        workers=workers,
        allow_classified=allow_classified,
        time_limit=time_limit,
        on_result=tell,
    )
    if as_json:
        print_json(_record(report))
    else:
        print_text(_summary(report))
    return ExitCode.OK if report.ok else ExitCode.FAILED


@command(
    "changes",
    Argument("plan", required=False),
    Option(["--since"], type=Day(), metavar="day", key="from"),
    Option(["--kind", "kinds"], type=Choice(KINDS), multiple=True, key="kind"),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach changes",
        "kehoach changes 463/KH-SYT --kind target",
        "kehoach changes --since 01/01/2026 --csv > thay-doi.csv",
    ),
)
def changes(
    plan: str | None, since: date | None, kinds: tuple[str, ...], db: str, limit: int | None, form: str | None
) -> None:
    """List the kept changes of facts."""
    from pipeline.store import open_store
    from pipeline.store.history import kept_changes

    begin = datetime(since.year, since.month, since.day, tzinfo=VIETNAM) if since else None
    with open_store(db, create=False) as store, store.reading() as connection:
        rows = kept_changes(connection, plan=plan, since=begin, kinds=kinds)
    columns: Sequence[Column[ChangeRow]] = (
        Column("changed_at", lambda row: forms.day(row.changed_at.astimezone(VIETNAM).date())),
        Column("plan", lambda row: row.plan.code or row.plan.title or row.plan.key, share=2),
        Column("fact", lambda row: f"{SIGNS[row.change]} {term('fact', row.kind)}"),
        Column("changes", lambda row: join(" · ", _short(row.text), *map(_short, row.fields)), share=8),
    )
    fields = (
        "changed_at", "plan.key", "plan.code", "plan.issue_date", "plan.issuer", "plan.title", "kind", "change", "id",
        "text", "fields", "cause", "from_version", "to_version",
    )  # fmt: skip
    answer(rows, columns, fields, form, limit=limit, title=say("label.changes"), none=say("say.no_changes"))


def _plan_line(plan: Reread) -> str:
    """What changed in one plan: "463/KH-SYT · Quảng Ngãi · văn bản +2 −1 · chỉ tiêu ~3 · ..."."""
    counts = _counts(plan.facts)
    parts = [
        join(
            " ",
            term("fact", kind),
            *(f"{sign}{forms.number(n)}" for change, sign in SIGNS.items() if (n := counts[kind, change])),
        )
        for kind in KINDS
        if any(counts[kind, change] for change in SIGNS)
    ]
    if plan.metadata:
        parts.insert(0, f"{term('fact', 'metadata')} ~{forms.number(len(plan.metadata))}")
    if doubts := sum(fact.only_confidence for fact in plan.facts):
        parts.append(say("say.only_confidence", n=forms.number(doubts)))
    head = plan.code or plan.title or shown(plan.path)
    return line(join(" · ", head, plan.province, *(parts or [say("say.unaltered")])))


def _counts(facts: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """How many facts of a kind changed in a way; those that are only more or less sure are left out."""
    return Counter((fact.kind, fact.change) for fact in facts if not fact.only_confidence)


def _details(plan: Reread) -> Iterator[str]:
    """A line for each thing that changed."""
    for field in plan.metadata:
        yield join(" ", SIGNS["altered"], f"{term('fact', 'metadata')}:", _short(field))
    for fact in plan.facts:
        head = f"{SIGNS[fact.change]} {term('fact', fact.kind)}: {_short(fact.text)}"
        yield join(" · ", head, *map(_short, fact.fields))


def _short(words: object) -> str:
    return shorten(str(words), SHOWN, placeholder=" …")


def _summary(report: RereadReport) -> str:
    facts = [fact for plan in report.plans for fact in plan.facts]
    counts: Counter[str] = Counter(fact.change for fact in facts if not fact.only_confidence)
    parts = [
        say("say.reread", n=forms.number(len(report.plans))),
        say("say.reread_changed", n=forms.number(sum(plan.changed for plan in report.plans))),
        join(" ", *(f"{sign}{forms.number(counts[change])}" for change, sign in SIGNS.items() if counts[change])),
    ]
    if doubts := sum(fact.only_confidence for fact in facts):
        parts.append(say("say.only_confidence", n=forms.number(doubts)))
    if report.failed:
        parts.append(say("say.failed", n=forms.number(len(report.failed))))
    parts.append(say("say.seconds", n=forms.number(round(report.seconds, 1))))
    return join(" · ", *parts, say("say.not_written") if report.dry_run else "")


def _record(report: RereadReport) -> dict[str, Any]:
    """The report as JSON has it: each plan with its counts."""
    plans = []
    for plan in report.plans:
        counts = _counts(plan.facts)
        numbers = {kind: {change: counts[kind, change] for change in SIGNS} for kind in KINDS}
        doubts: Counter[str] = Counter(fact.kind for fact in plan.facts if fact.only_confidence)
        plans.append(
            {
                **{name: getattr(plan, name) for name in ("plan", "path", "code", "title", "from_version")},
                "counts": {kind: {**numbers[kind], "confidence": doubts[kind]} for kind in KINDS},
                "metadata": plan.metadata,
                "facts": plan.facts,
            }
        )
    return {
        "version": report.version,
        "dry_run": report.dry_run,
        "plans": plans,
        "failed": failure_records(report.failed),
        "seconds": round(report.seconds, 3),
    }
