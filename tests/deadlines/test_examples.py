"""The grammar as checked data: each pattern reads its examples and none of its counter-examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data import load
from extractors.deadlines.atoms import Atom, read_atom
from extractors.deadlines.grammar import bound_words, expand, grammar, rules
from extractors.tasks.labels import label_role
from extractors.vietnamese import tone_key

_AHEAD = ("part", "week", "periodic", "report")  # atoms that end before the words that they ask for
_AT = {
    "fragments", "duration", "gaps", "tails", "due_behind", "day_behind", "each", "rate_behind", "reached", "results", "described", "counted", "cell_share",
    "yearly_behind", "event", "until_now", "not_heads", "openers", "time_openers", "own_people", "asked", "inside", "determiners",
    "reporting", "issued", "heading_rest",
}  # fmt: skip


def patterns(name: str) -> list[tuple[str, str, str]]:
    """All patterns of a data file that stand alone: (section, key, pattern)."""
    return [
        (section, key, value)
        for section, table in load(name).items()
        if isinstance(table, dict) and section not in ("examples", "slips")
        for key, value in table.items()
        if isinstance(value, str)
    ]


def reads(section: str, key: str, pattern: str, words: str) -> bool:
    """Whether a pattern finds itself in the words, at their beginning where it is only asked there."""
    compiled = re.compile(pattern)
    if section == "fragments" or key in ("not_heads", "openers", "time_openers", "inside", "issued"):
        if section == "fragments":
            return compiled.fullmatch(words) is not None or (key == "weekday" and bool(compiled.search(words)))
        found = compiled.match(words)
        return found is not None and not words[found.end() : found.end() + 1].isalnum()
    if key in ("before", "before_free"):
        return re.search(rf"(?<!\w)(?:{pattern})$", words) is not None
    if section in _AT or key in _AT:
        found = compiled.match(words)
        return found is not None and (found.end() > 0 or not words.strip())
    return compiled.search(words) is not None


ALL = [("deadlines", *each) for each in patterns("deadlines")] + [("tasks", *each) for each in patterns("tasks")]


@pytest.mark.parametrize(("name", "section", "key", "pattern"), ALL, ids=[f"{a}.{b}.{c}" for a, b, c, _ in ALL])
def test_every_pattern_reads_its_examples_and_no_counter_example(
    name: str, section: str, key: str, pattern: str
) -> None:
    entry: dict[str, Any] = load(name)["examples"][section][key]
    assert entry["yes"]
    whole = expand(pattern) if name == "deadlines" else pattern
    assert [words for words in entry["yes"] if not reads(section, key, whole, words)] == []
    assert [words for words in entry["no"] if reads(section, key, whole, words)] == []


@pytest.mark.parametrize("name", ["deadlines", "tasks"])
def test_no_example_without_its_pattern(name: str) -> None:
    named = {(section, key) for section, key, _ in patterns(name)}
    examples = load(name)["examples"]
    assert {(section, key) for section, table in examples.items() for key in table} == named


def atom_of(words: str, kind: str) -> Atom | None:
    """The atom that opens the words, read as the rules are tried, for a part or week before a month."""
    return read_atom(
        words + (" tháng 3" if kind == "week" and not re.search(r"tháng \d", words) else ""), 0, joined=True
    )


def test_every_atom_is_read_from_its_examples_and_from_no_counter_example() -> None:
    for rule, entry in zip(rules(), grammar()["atoms"], strict=True):
        assert entry["examples"], entry["pattern"]
        for words in entry["examples"]:
            atom = atom_of(words, rule.kind)
            assert atom is not None, (rule.kind, words)
            assert atom.kind == rule.kind, (words, atom)
            looks_ahead = rule.pattern.pattern.endswith(("tháng(?!\\w))", "\\d\\d(?!\\d))", "[iv]+(?!\\w)))"))
            assert atom.end == len(words) or rule.kind in _AHEAD or looks_ahead, words
        for words in entry.get("counter_examples", ()):
            found = rule.pattern.match(words)
            assert found is None or found.end() < len(words), (rule.kind, words)


def test_every_bound_word_has_one_class() -> None:
    words = [word for word, _ in bound_words()]
    assert len(words) == len(set(words))
    assert all(word == word.strip().lower() for word in words)


def test_labels_have_examples_and_no_counter_example_of_their_role() -> None:
    for entry in load("tasks")["labels"]:
        pattern = re.compile(entry["pattern"])
        assert entry["examples"], entry["pattern"]
        for words in entry["examples"]:
            assert pattern.search(tone_key(words)), words
            assert label_role(words) == entry["role"], words
        for words in entry["counter_examples"]:
            assert label_role(words) != entry["role"], words
