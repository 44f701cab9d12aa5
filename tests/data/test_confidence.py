"""data/confidence.toml: each reason is used, lies between 0 and 1, and stands in its order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import load
from extractors.confidence import left, sure

ROOT = Path(__file__).parents[2]
KINDS = load("confidence")
REASONS = [(kind, name) for kind, reasons in KINDS.items() for name in reasons]
READ = [
    *sorted((ROOT / "extractors").rglob("*.py")),
    *sorted((ROOT / "pipeline" / "resolve").rglob("*.py")),
    ROOT / "pipeline" / "doubts.py",
]


def constants() -> Iterator[str]:
    for path in READ:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


USED = set(constants())


def test_kinds() -> None:
    assert set(KINDS) == {"references", "deadlines", "targets", "metadata"}


@pytest.mark.parametrize(("kind", "name"), REASONS)
def test_a_reason_is_whole(kind: str, name: str) -> None:
    record = KINDS[kind][name]
    assert set(record) - {"measured"} == {"sort", "value", "why"}
    assert 0 < record["value"] < 1, "nothing is certain, and what is surely wrong is left out"
    assert record["why"].endswith(('."', "."))
    if "measured" in record:
        right, facts = record["measured"]
        assert 0 <= right <= facts


@pytest.mark.parametrize(("kind", "name"), REASONS)
def test_a_reason_is_used(kind: str, name: str) -> None:
    assert {f"{kind}.{name}", name} & USED


def test_a_named_reason_exists() -> None:
    named = {tuple(words.split(".")) for words in USED if words.partition(".")[0] in KINDS and words.count(".") == 1}
    assert {(kind, name) for kind, name in named if name.isidentifier()} <= set(REASONS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_guess_lies_under_a_repair_and_a_repair_under_a_clean_reading(kind: str) -> None:
    values: dict[str, list[float]] = {"clean": [], "weak": [], "repair": [], "guess": []}
    for record in KINDS[kind].values():
        values[record["sort"]].append(record["value"])
    (clean,) = values["clean"]
    assert KINDS[kind]["clean"]["value"] == clean
    assert max(values["guess"]) < min(values["repair"]) <= max(values["repair"]) < clean
    assert max(values["weak"], default=0) < clean


def test_what_a_doubt_leaves() -> None:
    assert left("deadlines.clean") == 1
    assert left("deadlines.slip") * sure("deadlines.clean") == pytest.approx(sure("deadlines.slip"))
    with pytest.raises(KeyError):
        sure("deadlines.nothing_of_the_kind")
