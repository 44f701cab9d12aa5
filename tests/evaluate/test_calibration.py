"""Stated confidence against the share that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.plan import Reference
from pipeline.calibration import EDGES, Statement, calibrate
from tests.evaluate.test_evaluate import DECISION, DUE, GOLD, RATE, at, measure, plan

# stated, right, the bin it belongs to
BINS = [
    (0.0, False, (0.0, 0.5)),
    (0.49, False, (0.0, 0.5)),
    (0.5, True, (0.5, 0.7)),  # an edge opens a bin
    (0.7, True, (0.7, 0.8)),
    (0.94, True, (0.9, 0.95)),
    (0.95, True, (0.95, 1.0)),
    (1.0, True, (0.95, 1.0)),  # the last bin is closed
]


@pytest.mark.parametrize(("stated", "right", "edges"), BINS)
def test_a_statement_has_one_bin(stated: float, right: bool, edges: tuple[float, float]) -> None:
    found = calibrate([Statement(stated, right)])
    assert found is not None
    (only,) = found.bins
    assert ((only.low, only.high), only.facts, only.right, only.stated) == (edges, 1, int(right), stated)


def test_figures_over_all() -> None:
    found = calibrate([Statement(0.9, True)] * 9 + [Statement(0.9, False)] + [Statement(0.6, False)] * 10)
    assert found is not None
    assert (found.facts, found.right, found.stated) == (20, 9, pytest.approx(0.75))
    assert [bin.share for bin in found.bins] == [0, 0.9]
    assert found.error == pytest.approx(0.3)  # half of the facts are 0.6 off
    assert found.brier == pytest.approx((9 * 0.01 + 0.81 + 10 * 0.36) / 20)


def test_nothing_stated_is_nothing_to_calibrate() -> None:
    assert calibrate([]) is None


def test_edges_rise_from_nought_to_one() -> None:
    assert list(EDGES) == sorted(set(EDGES))
    assert (EDGES[0], EDGES[-1]) == (0, 1)


def test_what_counts_as_right(tmp_path: Path) -> None:
    extra = Reference(text="Sở Y tế", span=at("Sở Y tế"), code="1/QĐ-SYT", confidence=0.4)
    found = measure(tmp_path, plan(references=(DECISION, extra), deadlines=(DUE,), targets=(RATE,))).calibration
    assert {kind: (each.facts, each.right) for kind, each in found.items()} == {
        "references": (2, 1),
        "deadlines": (1, 1),
        "targets": (1, 1),
        "metadata": (4, 4),  # doc_type, number, recipients, province
    }
    assert [(each.low, each.right) for each in found["references"].bins] == [(0.0, 0), (0.95, 1)]


def test_a_fact_paired_with_an_optional_item_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    gold = GOLD.replace('code = "12/QĐ-SYT"', 'code = "12/QĐ-SYT"\noptional = true')
    assert "references" not in measure(tmp_path, plan(references=(DECISION,)), gold).calibration
