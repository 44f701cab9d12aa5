"""Damage that must not matter does not: the facts of a spoilt text are those of the whole one."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from models.plan import Plan
from tests.generator import plan
from tests.generator.damage import KINDS
from tests.generator.piece import Piece
from tests.generator.test_extraction import read

SEEDS = range(300, 312)


def values(found: Plan) -> dict[str, list[Any]]:
    """What a plan says, without places and words."""
    return {
        "references": [(f.type, _code(f.code), f.date, f.relation) for f in found.references],
        "deadlines": [(f.kind, f.bound, f.start_date, f.end_date, f.rrule, f.offset) for f in found.deadlines],
        "targets": [(f.comparator, f.low, f.high, f.unit, f.change, f.period_end) for f in found.targets],
        "sections": [(f.path, f.roles) for f in found.sections],
        "metadata": [
            found.metadata.code,
            found.metadata.issue_date,
            found.metadata.period_end,
            len(found.metadata.recipients),
        ],
    }


def _code(code: str | None) -> str:
    """Office abbreviations may keep their case, as `pipeline.evaluate` has it."""
    return (code or "").upper()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("seed", SEEDS)
def test_damage_does_not_change_facts(seed: int, kind: str) -> None:
    made = plan(seed, damage=False)
    spoilt = KINDS[kind](Random(seed), Piece(made.text, made.facts))
    if spoilt.text != made.text:
        assert values(read(spoilt.text)) == values(read(made.text))
