"""Each indicator proves itself: what its examples say means it and no other, what its counter-examples say does not."""

from __future__ import annotations

from typing import Any

import indicator_words
import pytest

from data import load
from extractors.vietnamese import fold
from pipeline.resolve.indicators import indicator_of, unit_kind
from pipeline.resolve.segments import words

ROWS: list[dict[str, Any]] = load("indicators")["indicators"]
FIELDS = [
    "id", "family", "name", "name_en", "unit", "direction", "subject", "synonyms", "all", "none", "units", "verified", "examples",
    "counter_examples",
]  # fmt: skip


def meant(row: dict[str, Any], text: str) -> str | None:
    words, _, unit = text.partition(" | ")
    return indicator_of(words, None, unit or row["unit"])


def test_ids() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert len(ids) == 120
    assert len({row["family"] for row in ROWS}) == len({i[:2] for i in ids}) == 13


@pytest.mark.parametrize("name", ["name", "name_en"])
def test_names_tell_indicators_apart(name: str) -> None:
    names = [row[name] for row in ROWS]
    assert all(names)
    assert len({fold(name) for name in names}) == len(names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_schema(row: dict[str, Any]) -> None:
    assert list(row) == [field for field in FIELDS if field in row]
    assert row["name_en"].isascii()
    assert row["direction"] in ("higher", "lower", "range", "cap", "maintain", "context")
    assert row["examples"]
    assert row["all"]
    assert all(row["all"])
    assert not {p for group in row["all"] for p in group} & set(row.get("none", ()))
    kinds = {unit_kind(unit) for unit in row["units"]}
    assert not kinds or unit_kind(row["unit"]) in kinds


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_examples(row: dict[str, Any]) -> None:
    for text in (row["name"], *row.get("synonyms", ()), *row["examples"]):
        assert meant(row, text) == row["id"], text
    for text in row.get("counter_examples", ()):
        assert meant(row, text) != row["id"], text


def test_words_are_folded() -> None:
    words = load("indicator_words")["words"]
    assert words == sorted(set(words))
    assert all(fold(word) == word and word.count(" ") == 1 for word in words)


@pytest.mark.slow
def test_words_are_those_of_the_catalogue() -> None:
    pytest.importorskip("underthesea")
    assert load("indicator_words")["words"] == indicator_words.segmented()


@pytest.mark.parametrize("name", ["light", "apart"])
def test_words_of_likeness_are_words(name: str) -> None:
    """A phrase of several words would count each of them."""
    listed = load("indicators")["likeness"][name]
    assert len(set(listed)) == len(listed)
    assert not {text for text in listed if len(words(text)) != 1}
