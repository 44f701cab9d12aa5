"""What an ingest did, as Markdown that reads well in Prefect's pages."""

from __future__ import annotations

from data import load
from pipeline.ingest import IngestReport, PlanSummary

SHOWN = 500  # rows of a table; a page of more is slow and nobody reads it
COUNTED = ("sections", "references", "deadlines", "targets", "tasks", "warnings")


def in_short(report: IngestReport, language: str = "vi") -> str:
    """One line: how many plans were stored, unchanged, not read."""
    return _say("in_short", language, done=len(report.done), skipped=len(report.skipped), failed=len(report.failed))


def as_markdown(report: IngestReport, database: str, language: str = "vi") -> str:
    """The whole report: totals, the files that failed with their reasons, then the plans with what each gave."""
    lines = [
        f"# {_say('heading', language)}",
        "",
        in_short(report, language),
        "",
        _say("database", language, name=_cell(database), seconds=f"{report.seconds:.1f}"),
    ]
    if report.failed:
        rows = [[failure.path, _reason(failure.error.message(language), failure.path)] for failure in report.failed]
        lines += _table("failures", ("file", "reason"), rows, language)
    if report.done:
        rows = [[plan.code or "", plan.province or "", plan.title or plan.path, *_counts(plan)] for plan in report.done]
        lines += _table("plans", ("code", "province", "title", *COUNTED), rows, language)
    return "\n".join(lines) + "\n"


def _counts(plan: PlanSummary) -> list[str]:
    return [str(getattr(plan, name)) for name in COUNTED]


def _reason(message: str, path: str) -> str:
    return message.removeprefix(f"{path}: ")


def _table(heading: str, columns: tuple[str, ...], rows: list[list[str]], language: str) -> list[str]:
    lines = [
        "",
        f"## {_say(heading, language)} ({len(rows)})",
        "",
        f"| {' | '.join(_say(f'column_{name}', language) for name in columns)} |",
        f"|{'|'.join('--:' if name in COUNTED else '---' for name in columns)}|",
    ]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        lines += ["", _say("more", language, count=len(rows) - SHOWN)]
    return lines


def _cell(words: str) -> str:
    """Words that stay in their cell and are no Markdown or HTML, whatever a document has in its title."""
    words = " ".join(words.split()).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    for mark in "|*_`[]":
        words = words.replace(mark, f"\\{mark}")
    return words


def _say(key: str, language: str, **values: object) -> str:
    words: str = load("messages")["flow"][key][language]
    return words.format(**values)
