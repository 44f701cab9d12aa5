"""The generator itself: the same seed gives the same plan, and what it says of a plan stands there."""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import DECIDING, locate
from tests.generator import gold_text, plan
from tests.generator.__main__ import write
from tests.generator.damage import KINDS
from tests.generator.gold import GROUPS
from tests.generator.piece import Fact, Piece, decompose, edit, fill, join, mark
from tests.generator.vocabulary import FOLDER, words

SEEDS = range(1, 61)


def test_the_same_seed_gives_the_same_plan() -> None:
    assert [plan(seed) for seed in SEEDS] == [plan(seed) for seed in SEEDS]
    assert len({plan(seed).text for seed in SEEDS}) == len(SEEDS)


def test_a_plan_does_not_hang_on_hashes() -> None:
    """Nothing is drawn from a set: every process makes the same plans."""
    code = "from tests.generator import plan; import zlib; print([zlib.crc32(repr(plan(n)).encode()) for n in range(1, 20)])"
    root = Path(__file__).parents[2]
    made = {
        subprocess.check_output([sys.executable, "-c", code], cwd=root, env=os.environ | {"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }
    assert len(made) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_gold_finds_its_quotes(seed: int) -> None:
    """Each quote with its number leads back to the place where the fact was written."""
    made = plan(seed)
    gold = tomllib.loads(gold_text(made, "plans/x.txt"))
    for group in GROUPS:
        facts = [fact for fact in made.facts if fact.group == group]
        spans = locate(gold.get(group, []), made.text, "x")
        assert spans == [(fact.start, fact.end) for fact in facts]
        assert all(made.text[start:end] == made.text[start:end].strip() != "" for start, end in spans)


@pytest.mark.parametrize("seed", SEEDS)
def test_facts_are_whole(seed: int) -> None:
    """Every fact has fields of its group, dates are dates, and a bound goes with its comparator."""
    for fact in plan(seed).facts:
        if fact.group == "deadlines":
            assert fact.fields["kind"] in {"deadline", "interval", "recurring", "relative"}
            start, end = (fact.fields.get(name) for name in ("start_date", "end_date"))
            assert not (start and end) or date.fromisoformat(start) <= date.fromisoformat(end)
            assert ("rrule" in fact.fields) == (fact.fields["kind"] == "recurring")
        elif fact.group == "targets":
            low, high = (fact.fields.get(name) for name in ("low", "high"))
            sides = {">": "l", ">=": "l", "<": "h", "<=": "h", "=": "lh", "range": "lh"}[fact.fields["comparator"]]
            assert ("l" in sides) == (low is not None)
            assert ("h" in sides) == (high is not None)
        elif fact.group == "references":
            assert ("code" in fact.fields) != ("name" in fact.fields)
        assert fact.group in DECIDING


def test_every_kind_of_fact_is_made() -> None:
    """Some hundred plans show all kinds of times, bounds, relations, roles, and every damage."""
    made = [plan(seed) for seed in range(1, 151)]
    seen: dict[str, set[object]] = {}
    for one in made:
        seen.setdefault("damage", set()).update(one.damage)
        for fact in one.facts:
            for name in ("kind", "bound", "comparator", "change", "relation", "type", "offset_unit"):
                seen.setdefault(name, set()).add(fact.fields.get(name))
    assert seen["damage"] == set(KINDS)
    assert seen["kind"] >= {"deadline", "interval", "recurring", "relative"}
    assert seen["comparator"] >= {">", ">=", "<", "<=", "=", "range"}
    assert seen["relation"] >= {"basis", "implements", "mentions", "replaces", "self"}
    assert seen["change"] >= {"increase", "decrease"}


def test_the_folder_is_what_evaluate_reads(tmp_path: Path) -> None:
    write(tmp_path, 3, 7)
    assert [path.name for path in sorted((tmp_path / "gold").iterdir())] == [
        "0000007.toml",
        "0000008.toml",
        "0000009.toml",
    ]
    for path in (tmp_path / "gold").iterdir():
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        text = (tmp_path / gold["source"]).read_bytes().decode("utf-8")
        assert text == plan(int(path.stem)).text


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_wordings_are_clean(name: str) -> None:
    """Wordings are one line, in NFC, without spaces at their ends that no one sees; their slots have plain names."""

    def check(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                check(key)
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)
        elif isinstance(value, str):
            assert value == decomposed_and_back(value)
            assert "  " not in value
            assert all(name is None or re.fullmatch(r"\w+", name) for _, name, _, _ in string.Formatter().parse(value))

    check(words(name))


def decomposed_and_back(text: str) -> str:
    return unicodedata.normalize("NFC", decompose(Piece(text)).text)


def test_fill_keeps_facts_in_place() -> None:
    made = fill("{Who} báo cáo {when}.", who="các khoa", when=mark("hằng tháng", "deadlines", kind="recurring"))
    assert made.text == "Các khoa báo cáo hằng tháng."
    assert [made.text[f.start : f.end] for f in made.facts] == ["hằng tháng"]
    assert join((made, made), "\n").facts[1].start == len(made.text) + 1 + made.facts[0].start


@given(st.text("abcdefgh", min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_edits_keep_facts_on_their_words(text: str, rng: Random) -> None:
    """Whatever is changed around and inside it, a fact covers what has become of its words."""
    start = rng.randrange(len(text))
    end = rng.randint(start + 1, len(text))
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        first = rng.randint(at, len(text))
        last = rng.randint(first, min(len(text), first + 3))
        if (first >= end or last <= start or (start <= first and last <= end)) and not (
            edits and edits[-1][1] == first
        ):
            edits.append((first, last, rng.choice(("", "X", "YZ"))))
        at = last + 1
    changed = edit(Piece(text, (Fact("targets", start, end, {}),)), edits)
    fact = changed.facts[0]
    inside = [
        e for e in edits if start <= e[0] and e[1] <= end and (e[0] < end or e[1] > e[0]) and not e[0] == e[1] == start
    ]
    expected = text[start:end]
    for first, last, new in reversed(inside):
        expected = expected[: first - start] + new + expected[last - start :]
    assert changed.text[fact.start : fact.end] == expected
