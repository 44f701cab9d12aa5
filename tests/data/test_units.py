"""Each unit proves itself: what its examples say behind the number is this unit, its counter-examples are another."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data import load
from extractors.vietnamese import tone_key
from pipeline.resolve.indicators import unit_kind

ROWS: list[dict[str, Any]] = load("units")["units"]
FIELDS = ["name", "kind", "per", "variants", "examples", "counter_examples"]


def behind_the_number(text: str) -> str:
    """What follows the first number and its scale words."""
    scales = "|".join(load("units")["scales"])
    rest = re.sub(r"^\D*?\d+(?:[.,]\d+)*\s*", "", text)
    return re.sub(rf"^(?:(?:{scales})\s+)+", "", rest)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_schema(row: dict[str, Any]) -> None:
    assert list(row) == [field for field in FIELDS if field in row]
    assert row["kind"] in ("share", "points", "rate", "money")
    assert [v for v in row["variants"] if tone_key(v) != v] == []
    assert row["counter_examples"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_examples(row: dict[str, Any]) -> None:
    kind = "‰" if row["name"] == "/1.000" else row["name"]  # per mille by another name
    for text in row["examples"]:
        assert unit_kind(behind_the_number(text)) == kind, text
    for text in row["counter_examples"]:
        assert unit_kind(behind_the_number(text)) != kind, text


def test_scales_and_number_words() -> None:
    scales = load("units")["scales"]
    assert scales["tỷ"] == scales["tỉ"] == 10**9
    assert list(scales.values()) == sorted(scales.values())
    assert set(load("units")["number_words"].values()) == set(range(11))
