"""Patterns of many words: as trees of their beginnings, far faster than plain lists where most places match none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any


def alternation(words: Iterable[str]) -> str:
    """A pattern of all the words as they stand, the longest first ("không quá" beats "không")."""
    return _branches(_tree(words))


def word_starts(words: Iterable[str], then: str = "") -> str:
    """`alternation` of words that begin where no word goes on, each with the pattern `then` behind it. What stands
    before is asked behind their first two letters: in a pattern whose alternatives open with letters `re` finds the
    next place to try in a fast scan, and the second letter is cheaper to ask for than what stands before."""
    return "|".join(
        rf"{re.escape(first)}(?:{'|'.join(_behind_first(below))}){then}" for first, below in _tree(words).items()
    )


def _behind_first(node: dict[str, Any]) -> Iterator[str]:
    """The alternatives below a first letter, each with the look at what stands before the word."""
    for second in sorted(node, reverse=True):
        yield rf"{re.escape(second)}(?<!\w..)(?:{_branches(node[second])})" if second else r"(?<!\w.)"


def _tree(words: Iterable[str]) -> dict[str, Any]:
    """The words letter by letter; "" ends a word."""
    tree: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return tree


def _branches(node: dict[str, Any]) -> str:
    """The alternatives below a node; "" marks the end of a word and is tried last."""
    branches: list[str] = []
    for letter in sorted(node, reverse=True):
        if not letter:
            branches.append("")
            continue
        run, below = letter, node[letter]
        while len(below) == 1 and "" not in below:
            ((letter, below),) = below.items()
            run += letter
        tail = _branches(below)
        branches.append(re.escape(run) + (f"(?:{tail})" if tail else ""))
    return "|".join(branches)
