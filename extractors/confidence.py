"""How sure a fact is, by how it was read: the figures of `data/confidence.toml` by name.

A fact starts from one reading (`sure`) and keeps of its confidence what each further doubt leaves (`left`).
"""

from __future__ import annotations

from functools import cache

from data import load


@cache
def sure(reason: str) -> float:
    """The confidence, 0 to 1, of a fact with this reason alone ("targets.share_named"); KeyError for an unknown one."""
    kind, _, name = reason.partition(".")
    value: float = load("confidence")[kind][name]["value"]
    return value


@cache
def left(reason: str) -> float:
    """The share, 0 to 1, that a doubt ("deadlines.slip") leaves of a fact's confidence: its own over a clean one's."""
    return sure(reason) / sure(f"{reason.partition('.')[0]}.clean")
