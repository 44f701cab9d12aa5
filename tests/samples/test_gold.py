"""The sample plans: their gold is sound, and extraction finds what it says."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from models.plan import Bound, Change, Comparator, DeadlineKind, Relation, Role
from pipeline.evaluate import COMPARED, DECIDING, GROUPS, METADATA, Report, evaluate, locate
from pipeline.extract import extract_file

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
GOLD = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "gold").glob("*.toml"))
}
LEAST = {"references": 0.95, "deadlines": 0.95, "targets": 0.95, "sections": 0.95, "metadata": 0.95}
"""The strict F1 over all samples, and the share of right metadata, that extraction must reach."""

ALLOWED = {
    "relation": get_args(Relation),
    "kind": get_args(DeadlineKind),
    "bound": get_args(Bound),
    "comparator": get_args(Comparator),
    "change": (*get_args(Change), ""),
    "roles": get_args(Role),
}
DATES = ("date", "start_date", "end_date", "period_start", "period_end")


def values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", GOLD)
def test_quotes_are_in_the_text(name: str) -> None:
    text = (SAMPLES / GOLD[name]["source"]).read_text(encoding="utf-8")
    assert 1_500 < len(text) < 9_000
    for group in GROUPS:
        locate(GOLD[name].get(group, []), text, name)


@pytest.mark.parametrize("name", GOLD)
def test_fields_are_known_and_their_values_possible(name: str) -> None:
    gold = GOLD[name]
    assert set(gold["metadata"]) == set(METADATA)
    for group in GROUPS:
        known = {"quote", "nth", "optional", "baseline", *DECIDING[group], *COMPARED[group]}
        for item in gold[group]:
            assert set(item) <= known, item
            for field, allowed in ALLOWED.items():
                for value in values(item.get(field, "*")):
                    assert value == "*" or value in allowed, item
            for field in DATES:
                for value in values(item.get(field, "")):
                    if value not in ("", "*") and len(value) == 10:
                        date.fromisoformat(value)


def test_every_plan_has_gold() -> None:
    plans = {path.relative_to(SAMPLES).as_posix() for path in (SAMPLES / "plans").iterdir()}
    assert {gold.get("file", gold["source"]) for gold in GOLD.values()} == plans
    assert {Path(plan).suffix for plan in plans} == {".txt", ".md", ".docx", ".pdf"}


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(SAMPLES / "gold", SAMPLES, extract_file)


@pytest.mark.parametrize("group", LEAST)
def test_extraction(report: Report, group: str) -> None:
    score = report.metadata_score if group == "metadata" else report.groups[group].strict_f1
    misses = [str(miss) for miss in report.misses if miss.group in (group, "document")]
    assert score >= LEAST[group], "\n".join([*report.lines(), *misses])


def test_agreement(report: Report) -> None:
    """The fields that do not decide are right in nine cases of ten."""
    low = {
        (group, field): pair
        for group, score in report.groups.items()
        for field, pair in score.agreement.items()
        if pair[0] < 0.9 * pair[1]
    }
    assert not low, "\n".join([*report.lines(), *(str(m) for m in report.misses if (m.group, m.kind) in low)])
