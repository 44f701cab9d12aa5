"""`kehoach evaluate`: how well extraction does on plans whose facts people wrote down by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.cli import forms
from pipeline.cli.base import JSON_FLAG, Argument, Option, Share, command
from pipeline.cli.output import Column, print_json, print_table, print_text
from pipeline.cli.words import say
from pipeline.errors import ExitCode, KehoachError

if TYPE_CHECKING:
    from pipeline.calibration import Bin, Calibration
    from pipeline.evaluate import GroupScore, Report


@command(
    "evaluate",
    Argument("gold"),
    Option(["--root"], metavar="folder"),
    Option(["--misses"], is_flag=True),
    Option(["--at-least"], type=Share(), metavar="share"),
    JSON_FLAG,
    examples=(
        "kehoach evaluate data/samples/gold",
        "kehoach evaluate data/samples/gold --misses",
        "kehoach evaluate data/samples/gold --at-least 0.9 --json",
    ),
)
def evaluate(gold: str, root: str | None, misses: bool, at_least: float | None, as_json: bool) -> ExitCode:
    """Measure extraction against gold; FAILED where a figure is below `at_least`."""
    from pipeline.evaluate import evaluate as measure
    from pipeline.extract import extract_file

    folder = Path(gold)
    if not folder.is_dir():
        raise KehoachError("missing", gold)
    try:
        report = measure(folder, root or folder.parent, lambda path: extract_file(path, allow_classified=True))
    except ValueError as error:  # a gold file that is no TOML, or does not fit its text
        raise KehoachError("gold", gold, reason=str(error)) from error
    if not report.documents:
        raise KehoachError("no_gold", gold)
    if as_json:
        print_json(_record(report))
    else:
        _show(report)
        for miss in report.misses if misses else ():
            print_text(forms.line(str(miss)))
    if at_least is not None and report.worst < at_least:
        click.echo(say("say.below", worst=forms.number(report.worst), least=forms.number(at_least)), err=True)
        return ExitCode.FAILED
    return ExitCode.OK


def _show(report: Report) -> None:
    columns: tuple[Column[tuple[str, GroupScore]], ...] = (
        Column("facts", lambda row: say(f"label.{row[0]}")),
        Column("gold", lambda row: forms.number(row[1].gold), right=True),
        Column("found", lambda row: forms.number(row[1].found), right=True),
        Column("detect", lambda row: forms.number(row[1].detect_f1, 3), right=True),
        Column("strict", lambda row: forms.number(row[1].strict_f1, 3), right=True),
        Column("agreement", lambda row: _agreement(row[1]), share=1),
    )
    title = say("say.measured", n=forms.number(report.documents))
    print_table(list(report.groups.items()), columns, title)
    score = forms.number(report.metadata_score, 3)
    print_text(say("say.metadata", right=report.metadata_right, of=report.metadata_fields, score=score))
    print_text(_fields(report.metadata_agreement))
    _show_calibration(report.calibration)


class _Row(NamedTuple):
    """A line of the calibration table: a bin of a kind, or all of the kind."""

    kind: str
    stated: str
    bin: Bin | Calibration
    whole: Calibration | None = None


def _show_calibration(kinds: dict[str, Calibration]) -> None:
    rows: list[_Row] = []
    for kind, each in kinds.items():
        rows.append(_Row(say(f"label.{kind}"), say("say.any_confidence"), each, each))
        rows += (_Row("", f"{forms.number(b.low, 2)}–{forms.number(b.high, 2)}", b) for b in each.bins)
    columns: tuple[Column[_Row], ...] = (
        Column("facts", lambda row: row.kind),
        Column("confidence", lambda row: row.stated),
        Column("counted", lambda row: forms.number(row.bin.facts), right=True),
        Column("right", lambda row: f"{forms.number(100 * row.bin.right / row.bin.facts, 1)} %", right=True),
        Column("stated", lambda row: f"{forms.number(100 * row.bin.stated, 1)} %", right=True),
        Column("error", lambda row: forms.number(row.whole.error, 3) if row.whole else "", right=True),
        Column("brier", lambda row: forms.number(row.whole.brier, 3) if row.whole else "", right=True),
    )
    if rows:
        print_table(rows, columns, say("say.calibrated"))
        print_text(say("say.calibration"))


def _agreement(score: GroupScore) -> str:
    return _fields(score.agreement)


def _fields(agreement: dict[str, tuple[int, int]]) -> str:
    return ", ".join(f"{field} {right}/{of}" for field, (right, of) in agreement.items())


def _record(report: Report) -> dict[str, Any]:
    """The figures and every miss, for programs."""
    groups = {
        name: {
            "gold": score.gold,
            "found": score.found,
            "detected": score.detected,
            "strict": score.strict,
            "detect_f1": round(score.detect_f1, 4),
            "strict_f1": round(score.strict_f1, 4),
            "agreement": score.agreement,
        }
        for name, score in report.groups.items()
    }
    metadata = {
        "right": report.metadata_right,
        "fields": report.metadata_fields,
        "score": round(report.metadata_score, 4),
        "agreement": report.metadata_agreement,
    }
    return {
        "documents": report.documents,
        "groups": groups,
        "metadata": metadata,
        "calibration": {kind: _calibration(each) for kind, each in report.calibration.items()},
        "misses": [miss._asdict() for miss in report.misses],
    }


def _calibration(each: Calibration) -> dict[str, Any]:
    return {
        "facts": each.facts,
        "right": each.right,
        "stated": round(each.stated, 4),
        "error": round(each.error, 4),
        "brier": round(each.brier, 4),
        "bins": [b._asdict() | {"stated": round(b.stated, 4)} for b in each.bins],
    }
