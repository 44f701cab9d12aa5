"""Extraction on plans that were written without a look at the extractors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate import Report, evaluate
from pipeline.extract import extract_file

CORPUS = Path(__file__).parent
LEAST = {"references": 0.98, "deadlines": 0.95, "targets": 0.95, "sections": 0.98, "metadata": 0.97}
"""The strict F1 over all plans, and the share of right metadata, that extraction must reach."""
AGREEMENT = 0.93
"""The share of right values that each further field must reach, over all items that were found."""
FROM_THE_YEAR = {"period_end"}
"""Some of the gold takes a target's period from the plan's year, which the contract does not."""


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(CORPUS / "gold", CORPUS, extract_file)


def test_the_corpus_is_whole() -> None:
    plans = {path.stem for path in (CORPUS / "plans").iterdir()}
    assert len(plans) == 81
    assert plans == {path.stem for path in (CORPUS / "gold").glob("*.toml")}


@pytest.mark.parametrize("group", ["references", "deadlines", "targets", "sections"])
def test_facts(report: Report, group: str) -> None:
    misses = "\n".join(str(miss) for miss in report.misses if group in str(miss))
    assert report.groups[group].strict_f1 >= LEAST[group], misses


def test_metadata(report: Report) -> None:
    assert report.metadata_right >= LEAST["metadata"] * report.metadata_fields


def test_agreement(report: Report) -> None:
    low = {
        (group, field): (right, total)
        for group, score in report.groups.items()
        for field, (right, total) in score.agreement.items()
        if field not in FROM_THE_YEAR and total >= 20 and right < AGREEMENT * total
    }
    assert low == {}
