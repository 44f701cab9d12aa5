"""Each record of data/targets.toml does what its own examples say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data import load
from extractors.targets.lexicon import alternation, lexicon
from extractors.vietnamese import fold
from tests.targets.build import outline, targets

DATA: dict[str, Any] = load("targets")


def found(line: str) -> tuple[Any, ...]:
    return targets(outline([line], "Nhiệm vụ", ("tasks",)))


def aimed(line: str) -> tuple[Any, ...]:
    return targets(outline([line], "Chỉ tiêu", ("targets",)))


@pytest.mark.parametrize("record", DATA["comparators"], ids=lambda r: r["sign"])
def test_comparators(record: dict[str, Any]) -> None:
    for line in record["examples"]:
        assert [t.comparator for t in aimed(line)] == [record["sign"]], line
    for line in record["counter_examples"]:
        assert record["sign"] not in [t.comparator for t in aimed(line)], line


def test_every_comparator_word_gives_its_sign() -> None:
    for record in DATA["comparators"]:
        for word in record["before"]:
            (target,) = aimed(f"Tỷ lệ bao phủ {word} 80%")
            assert target.comparator == record["sign"], word
        for word in record.get("after", ()):
            (target,) = aimed(f"Tỷ lệ bao phủ từ 80% {word}")
            assert target.comparator == record["sign"], word


def test_about() -> None:
    for line in DATA["approximate"]["examples"]:
        assert [(t.comparator, t.approximate) for t in aimed(line)] == [("=", True)], line
    for line in DATA["approximate"]["counter_examples"]:
        assert [t.approximate for t in aimed(line)] == [False], line


@pytest.mark.parametrize("record", DATA["frames"], ids=lambda r: r["name"])
def test_frames_hold_targets_back(record: dict[str, Any]) -> None:
    for line in record["examples"]:
        assert found(line) == (), line
    for line in record["counter_examples"]:
        assert found(line) or aimed(line), line


def test_work_and_none() -> None:
    for line in DATA["work"]["examples"]:
        assert found(line), line
    for line in DATA["work"]["counter_examples"]:
        assert found(line) == (), line
    for line in DATA["none"]["examples"]:
        assert [(t.low, t.high) for t in aimed(line)] == [(0, 0)], line
    for line in DATA["none"]["counter_examples"]:
        assert all(t.low != 0 for t in aimed(line)), line


def test_words_are_written_once_and_found() -> None:
    def lists(value: object) -> list[list[str]]:
        if isinstance(value, dict):
            return [words for inner in value.values() for words in lists(inner)]
        return [value] if isinstance(value, list) and value and isinstance(value[0], str) else []

    for table in DATA.values():
        for words in lists(table):
            assert len(set(words)) == len(words), sorted(w for w in words if words.count(w) > 1)


def test_alternation_prefers_the_longest_word() -> None:
    pattern = re.compile(alternation(["không", "không quá", "quá", "không quá mức"]))
    assert pattern.match(fold("không quá mức 5")).group() == "không quá mức"  # type: ignore[union-attr]
    assert pattern.match(fold("không quả")).group() == "không"  # type: ignore[union-attr]


def test_the_lexicon_is_compiled_once() -> None:
    assert lexicon() is lexicon()
