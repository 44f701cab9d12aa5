"""Whether stated confidence means something: of the facts that are stated with 0.9, nine in ten should be right.

A statement is one fact that extraction gave, with the confidence that it stated and whether the gold bears it out. The
statements of a kind are sorted into bins of stated confidence; in each the share that is right is held against the mean
of what was stated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Where the bins begin and end. A bin holds its lower edge; the last one holds 1 as well."""


class Statement(NamedTuple):
    """A fact's stated confidence, 0 to 1, and whether the fact is right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The statements with a confidence from `low` up to `high`: how many, how many are right, the mean stated."""

    low: float
    high: float
    facts: int
    right: int
    stated: float

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.facts


class Calibration(NamedTuple):
    """The bins that hold statements, and over all of them: how many, how many are right, the mean stated.

    `error` is the expected calibration error: the mean over all facts of how far the share of right ones in a fact's
    bin lies from the mean stated there. `brier` is the mean square of the stated confidence less 1 (right) or 0
    (wrong). Both are best at 0.
    """

    bins: tuple[Bin, ...]
    facts: int
    right: int
    stated: float
    error: float
    brier: float


def calibrate(statements: Sequence[Statement]) -> Calibration | None:
    """The calibration of the statements about one kind of fact; None where there are none."""
    if not statements:
        return None
    sorted_in: list[list[Statement]] = [[] for _ in EDGES[1:]]
    for statement in statements:
        sorted_in[min(bisect_right(EDGES, statement.confidence), len(EDGES) - 1) - 1].append(statement)
    bins = tuple(
        Bin(low, high, len(held), sum(s.right for s in held), sum(s.confidence for s in held) / len(held))
        for low, high, held in zip(EDGES, EDGES[1:], sorted_in, strict=False)
        if held
    )
    facts = len(statements)
    return Calibration(
        bins=bins,
        facts=facts,
        right=sum(s.right for s in statements),
        stated=sum(s.confidence for s in statements) / facts,
        error=sum(each.facts * abs(each.share - each.stated) for each in bins) / facts,
        brier=sum((s.confidence - s.right) ** 2 for s in statements) / facts,
    )
