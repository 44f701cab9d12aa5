"""Every line of sentences.toml gives its targets and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.plan import Target
from tests.targets.build import outline, targets

GROUPS = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["groups"]
ROWS: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    (group["heading"], tuple(group["roles"]), row) for group in GROUPS for row in group["rows"]
]


def as_row(target: Target) -> dict[str, Any]:
    """A target in the words of the table: only what is there."""
    value: object = target.low if target.low is not None else target.high
    if target.comparator == "range":
        value = [target.low, target.high]
    base = target.baseline
    fields = {
        "sign": target.comparator, "value": value, "unit": target.unit or "", "of": target.indicator or "",
        "subject": target.subject, "change": target.change, "approximate": target.approximate or None,
        "start": target.period_start, "end": target.period_end, "base": base and base.words,
        "base_value": base and base.value, "base_year": base and base.year,
        "part_of": target.part_of,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


@pytest.mark.parametrize(("heading", "roles", "row"), ROWS, ids=[row["line"][:60] for *_, row in ROWS])
def test_line(heading: str, roles: tuple[str, ...], row: dict[str, Any]) -> None:
    found = targets(outline(row["line"].split(" // "), heading, roles))
    assert [as_row(target) for target in found] == [{"unit": "%"} | expected for expected in row["targets"]]


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 300
    assert sum(not row["targets"] for *_, row in ROWS) >= 50, "counter-examples"


def test_bounds_stand_on_their_side() -> None:
    for heading, roles, row in ROWS:
        for target in targets(outline(row["line"].split(" // "), heading, roles)):
            match target.comparator:
                case ">=" | ">":
                    assert target.low is not None and target.high is None
                case "<=" | "<":
                    assert target.low is None and target.high is not None
                case "=":
                    assert target.low == target.high is not None
                case "range":
                    assert target.low is not None and target.high is not None and target.low < target.high


def test_spans_are_short_and_hold_the_number() -> None:
    for heading, roles, row in ROWS:
        of = outline(row["line"].split(" // "), heading, roles)
        for target in targets(of):
            assert of.text.clean[target.span.start : target.span.end] == target.text
            assert len(target.text) <= 140, target.text
            in_words = target.low in (0, 1) or target.unit == "ratio"
            assert in_words or any(c.isdigit() for c in target.text), target.text
