"""References of the real plans with hand-made gold, read by the whole chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate import evaluate
from pipeline.extract import extract_file

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason=f"no real plans at {SHARED}"),
]


def test_references_of_real_plans() -> None:
    report = evaluate(SHARED / "gold", SHARED, extract_file)
    score = report.groups["references"]
    misses = [miss for miss in report.misses if miss.group == "references"]
    assert score.gold > 90
    assert score.strict_f1 >= 0.97, misses
    for field in ("issuer", "relation", "type"):
        right, counted = score.agreement[field]
        assert right >= 0.95 * counted, (field, misses)
