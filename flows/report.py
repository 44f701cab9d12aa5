"""What an ingest did, as Markdown that reads well in Prefect's pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data import load
from pipeline.errors import noted_reason
from pipeline.ingest import Failed, IngestReport, PlanSummary
from pipeline.markdown import Link, cell, table
from pipeline.publish import Published
from pipeline.store.news_page import page

SHOWN = 500  # rows of a table; a page of more is slow and nobody reads it
COUNTED = ("sections", "references", "deadlines", "targets", "tasks", "warnings")


class RunReport(IngestReport, frozen=True, kw_only=True):
    """What a run did, and `unread`: all files that the database knows and nobody can read, of this run and before."""

    unread: tuple[Failed, ...] = ()


def in_short(report: IngestReport, language: str = "vi") -> str:
    """One line: how many plans were stored, unchanged, not read, and how many files wait."""
    words = _say("in_short", language, done=len(report.done), skipped=len(report.skipped), failed=len(report.failed))
    unread = report.unread if isinstance(report, RunReport) else ()
    return f"{words} {_say('unread', language, count=len(unread))}" if unread else words


def as_markdown(report: IngestReport, database: str, language: str = "vi", dashboard: str | None = None) -> str:
    """The whole report: totals, the files that failed with their reasons, then the plans with what each gave, linked to
    the web page where its address (`dashboard`) is known."""
    lines = [
        f"# {_say('heading', language)}",
        "",
        in_short(report, language),
        "",
        _say("database", language, name=cell(database), seconds=_number(report.seconds, language)),
    ]
    told = {failure.path for failure in report.failed}
    before = [each for each in report.unread if each.path not in told] if isinstance(report, RunReport) else []
    for heading, failures in (("failures", report.failed), ("unread_before", before)):
        if failures:
            reasons = [[each.path, noted_reason(each.code, each.values, language) or each.code] for each in failures]
            lines += _table(heading, ("file", "reason"), reasons, language)
    if report.done:
        plans = [
            [_linked(plan, dashboard), plan.province or "", plan.title or "", *_counts(plan), plan.path]
            for plan in report.done
        ]
        lines += _table("plans", ("code", "province", "title", *COUNTED, "file"), plans, language)
    return "\n".join(lines) + "\n"


def published_in_short(made: Published, language: str = "vi") -> str:
    """One line: how many files were written, and what is new."""
    return _say(
        "published",
        language,
        files=len(made.files),
        folder=made.folder,
        plans=len(made.news.plans),
        documents=len(made.news.documents),
    )


def published_page(made: Published, language: str = "vi") -> str:
    """What is new, then where the files are: browsers open no file of this machine from a page of the web."""
    files = [[(Path(made.folder) / name).as_posix()] for name in made.files]
    listed = _table("files", ("file",), files, language)
    return "\n".join([published_in_short(made, language), "", page(made.news, language).rstrip("\n"), *listed]) + "\n"


def line(plan: PlanSummary, language: str = "vi") -> str:
    """One line on a plan that was stored."""
    named = " · ".join(part for part in (plan.code or plan.title, plan.province, plan.path) if part)
    return f"{named}: {_say('counted', language, **{name: getattr(plan, name) for name in COUNTED})}"


def _linked(plan: PlanSummary, dashboard: str | None) -> str | Link:
    words = plan.code or plan.title or Path(plan.path).name
    return Link(words, f"{dashboard}/plans/{plan.plan}") if dashboard else plan.code or ""


def _number(value: float, language: str) -> str:
    """With one decimal, behind a comma in Vietnamese."""
    return f"{value:.1f}".replace(".", "," if language == "vi" else ".")


def _counts(plan: PlanSummary) -> list[str]:
    return [str(getattr(plan, name)) for name in COUNTED]


def _table(heading: str, columns: tuple[str, ...], rows: Sequence[Sequence[str | Link]], language: str) -> list[str]:
    numbers = [number for number, name in enumerate(columns) if name in COUNTED]
    lines = ["", f"## {_say(heading, language)} ({len(rows)})", ""]
    lines += table([_say(f"column_{name}", language) for name in columns], rows[:SHOWN], numbers)
    if len(rows) > SHOWN:
        lines += ["", _say("more", language, count=len(rows) - SHOWN)]
    return lines


def _say(key: str, language: str, **values: object) -> str:
    words: str = load("messages")["flow"][key][language]
    return words.format(**values)
