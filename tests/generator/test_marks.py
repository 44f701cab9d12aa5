"""Extraction on plans whose facts are known returns these facts."""

from __future__ import annotations

import pytest

from pipeline.evaluate import Report, evaluate
from pipeline.extract import extract_file
from tests.generator.__main__ import write

PLANS, SEED = 120, 1
LEAST = {"references": 0.97, "deadlines": 0.95, "targets": 0.95, "sections": 0.97}
"""The strict F1 that extraction must reach over the generated plans."""
METADATA = 0.97
AGREEMENT = 0.90
"""The share of right values that each further field must reach."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("made")
    write(folder, PLANS, SEED)
    return evaluate(folder / "gold", folder, extract_file)


@pytest.mark.parametrize("group", sorted(LEAST))
def test_facts(report: Report, group: str) -> None:
    misses = "\n".join(str(miss) for miss in report.misses if miss.group == group)
    assert report.groups[group].strict_f1 >= LEAST[group], misses


def test_metadata(report: Report) -> None:
    assert report.metadata_score >= METADATA, "\n".join(str(miss) for miss in report.misses if miss.group == "metadata")


def test_agreement(report: Report) -> None:
    low = {
        (group, name): (right, total)
        for group, score in report.groups.items()
        for name, (right, total) in score.agreement.items()
        if total >= 20 and right < AGREEMENT * total
    }
    assert low == {}
