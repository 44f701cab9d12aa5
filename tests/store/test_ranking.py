"""The ranks that `v_compare` tells: they follow from the measures, whatever was saved, changed or removed before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from pipeline.store import Store
from tests.store.plans import TEXT, metadata, plan, target

COVERED = {"indicator": "Tỷ lệ tiêm chủng", "indicator_id": "TC01", "unit": "%", "comparator": ">="}
ILL = {"indicator": "Tỷ lệ mắc sởi", "indicator_id": "TN04", "unit": "/100.000 dân", "comparator": "<="}
Goals = dict[str, list[dict[str, Any]]]

RANKS: list[tuple[Goals, list[tuple[str, str, int, int | None]]]] = [
    # What each plan promises; then plan, indicator, year, rank.
    (
        {"1": [{"low": 95.0}], "2": [{"low": 98.0}], "3": [{"low": 95.0}], "4": [{"low": 90.0}]},
        [("2", "TC01", 2024, 1), ("1", "TC01", 2024, 2), ("3", "TC01", 2024, 2), ("4", "TC01", 2024, 4)],
    ),
    # Few is better.
    (
        {"1": [ILL | {"high": 5.0}], "2": [ILL | {"high": 3.0}]},
        [("2", "TN04", 2024, 1), ("1", "TN04", 2024, 2)],
    ),
    # Each year by itself; what does not compare has none.
    (
        {"1": [{"low": 95.0}], "2": [{"low": 98.0, "period_end": "2025-12-31"}], "3": [{"low": 900.0, "unit": "trẻ"}]},
        [("1", "TC01", 2024, 1), ("2", "TC01", 2025, 1), ("3", "TC01", 2024, None)],
    ),
]


def save(store: Store, goals: Goals) -> None:
    for n, facts in goals.items():
        targets = tuple(
            target(f"t{i}", **{**COVERED, "period_start": None, "period_end": "2024-12-31", **goal})
            for i, goal in enumerate(facts)
        )
        meta = metadata(f"{n}/KH-SYT", "2024-01-05", province="Lai Châu", issuer=None)
        store.save(plan(f"/plans/{n}.txt", f"{n}{facts}", meta=meta, targets=targets), TEXT)
    store.settle()


def ranks(store: Store) -> list[tuple[Any, ...]]:
    query = "SELECT code, indicator_id, year, rank FROM v_compare ORDER BY indicator_id, year, rank IS NULL, rank, code"
    with store.reading() as connection:
        return [(row[0].split("/")[0], *row[1:]) for row in connection.execute(text(query))]


@pytest.mark.parametrize(("goals", "expected"), RANKS)
def test_ranks_of_targets(store: Store, goals: Goals, expected: list[Any]) -> None:
    save(store, goals)
    found = ranks(store)
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_ranks_follow_what_is_replaced_and_removed(store: Store) -> None:
    save(store, {"1": [{"low": 95.0}], "2": [{"low": 98.0}]})
    save(store, {"2": [{"low": 90.0}]})
    assert ranks(store) == [("1", "TC01", 2024, 1), ("2", "TC01", 2024, 2)]
    store.remove("1/KH-SYT")
    assert ranks(store) == [("2", "TC01", 2024, 1)]
    store.remove("2/KH-SYT")
    with store.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM ranks")).scalar() == 0
