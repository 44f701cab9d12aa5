"""What an ingest did, as Markdown that reads well in Prefect's pages."""

from __future__ import annotations

from pathlib import Path

from data import load
from pipeline.ingest import Failed, IngestReport, PlanSummary
from pipeline.markdown import cell, table
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


def as_markdown(report: IngestReport, database: str, language: str = "vi") -> str:
    """The whole report: totals, the files that failed with their reasons, then the plans with what each gave."""
    lines = [
        f"# {_say('heading', language)}",
        "",
        in_short(report, language),
        "",
        _say("database", language, name=cell(database), seconds=f"{report.seconds:.1f}"),
    ]
    told = {failure.path for failure in report.failed}
    before = [each for each in report.unread if each.path not in told] if isinstance(report, RunReport) else []
    for heading, failures in (("failures", report.failed), ("unread_before", before)):
        if failures:
            rows = [[failure.path, _reason(failure, language)] for failure in failures]
            lines += _table(heading, ("file", "reason"), rows, language)
    if report.done:
        rows = [[plan.code or "", plan.province or "", plan.title or plan.path, *_counts(plan)] for plan in report.done]
        lines += _table("plans", ("code", "province", "title", *COUNTED), rows, language)
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
    """What is new, below the links to the files."""
    links = [f"- [{cell(name)}](<{(Path(made.folder) / name).as_uri()}>)" for name in made.files]
    return "\n".join([published_in_short(made, language), "", *links, "", page(made.news, language)])


def line(plan: PlanSummary, language: str = "vi") -> str:
    """One line on a plan that was stored."""
    named = " · ".join(part for part in (plan.code or plan.title, plan.province, plan.path) if part)
    return f"{named}: {_say('counted', language, **{name: getattr(plan, name) for name in COUNTED})}"


def _counts(plan: PlanSummary) -> list[str]:
    return [str(getattr(plan, name)) for name in COUNTED]


def _reason(failure: Failed, language: str) -> str:
    try:
        return failure.error.message(language).removeprefix(f"{failure.path}: ")
    except KeyError:  # noted by a version that had other words
        return failure.code


def _table(heading: str, columns: tuple[str, ...], rows: list[list[str]], language: str) -> list[str]:
    numbers = [number for number, name in enumerate(columns) if name in COUNTED]
    lines = ["", f"## {_say(heading, language)} ({len(rows)})", ""]
    lines += table([_say(f"column_{name}", language) for name in columns], rows[:SHOWN], numbers)
    if len(rows) > SHOWN:
        lines += ["", _say("more", language, count=len(rows) - SHOWN)]
    return lines


def _say(key: str, language: str, **values: object) -> str:
    words: str = load("messages")["flow"][key][language]
    return words.format(**values)
