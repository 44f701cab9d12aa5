"""Patterns of many words: as trees of their beginnings, far faster than plain lists where most places match none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any


def alternation(words: Iterable[str], gap: str = " ") -> str:
    """A pattern of all the words, the longest first ("không quá" beats "không"); `gap` matches each blank in them."""
    return _branches(_tree(words), gap)


def word_starts(words: Iterable[str], then: str = "", gap: str = " ") -> str:
    """`alternation` of words that begin where no word goes on, each with the pattern `then` behind it. What stands
    before is asked behind their first two letters: in a pattern whose alternatives open with letters `re` finds the
    next place to try in a fast scan, and the second letter is cheaper to ask for than what stands before."""
    return "|".join(
        rf"{re.escape(first)}(?:{'|'.join(_behind_first(below, gap))}){then}" for first, below in _tree(words).items()
    )


def _behind_first(node: dict[str, Any], gap: str) -> Iterator[str]:
    """The alternatives below a first letter, each with the look at what stands before the word."""
    for second in sorted(node, reverse=True):
        if second in ("", " "):  # a gap need not be one character
            yield r"(?<!\w.)" + (f"{gap}(?:{_branches(node[second], gap)})" if second else "")
        else:
            yield rf"{re.escape(second)}(?<!\w..)(?:{_branches(node[second], gap)})"


def _tree(words: Iterable[str]) -> dict[str, Any]:
    """The words letter by letter; "" ends a word."""
    tree: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return tree


def _branches(node: dict[str, Any], gap: str) -> str:
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
        tail = _branches(below, gap)
        branches.append(gap.join(map(re.escape, run.split(" "))) + (f"(?:{tail})" if tail else ""))
    return "|".join(branches)
