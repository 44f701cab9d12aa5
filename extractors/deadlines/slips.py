"""Slips of scans and typing in the words of times: "l5/3/2022", "O5 hàng tháng", "truớc", "đên hết".

The repaired text has as many characters as the text it was made from, so that every offset stays what it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.deadlines.grammar import grammar

_DIGITS = str.maketrans("loi|", "1011")
# A letter counts beside a figure only: "II/25" is a quarter. Each pattern opens with the one character that `re` looks
# for in a fast scan; what stands before it is asked for behind it.
_PART = r"(?:\d[\dlo|i]?|[lo|i]\d)"
_TWO = r"(?:(?<=\d)[lo|i]|(?<=[lo|i])\d)(?!\w)"
_FIGURES = re.compile(
    r"[\dlo|i](?=[\dlo|i/])(?:"
    rf"(?<![\w/].)(?:(?<=\d)[\dlo|i]?|(?<=[lo|i])\d)/{_PART}(?:/[\dlo|]{{4}})?(?![\w/])"  # l5/3/2022
    rf"|(?<=ngày .){_TWO}|(?<=tháng .){_TWO}"  # ngày O5
    r"|(?<=năm 2)[o0][\dlo]{2}(?!\w))"
)


class Repaired(NamedTuple):
    """Lower-case text with its slips mended, and the spans that were, in order."""

    low: str
    spans: tuple[tuple[int, int], ...]


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    """What is read for each damaged word, and the pattern that finds them."""
    slips = grammar()["slips"]
    read = {**slips["words"], **slips["before_number"]}
    ends = dict.fromkeys(slips["words"], r"(?!\w)") | dict.fromkeys(slips["before_number"], r"(?= \d)")
    return read, re.compile("|".join(rf"{word[0]}(?<!\w.){re.escape(word[1:])}{end}" for word, end in ends.items()))


def repaired(low: str) -> Repaired:
    """The lower-case text as it was meant; words that no slip makes are left alone."""
    spans: list[tuple[int, int]] = []
    read, damaged = _words()

    def word(match: re.Match[str]) -> str:
        spans.append(match.span())
        return read[match.group()]

    def figures(match: re.Match[str]) -> str:
        mended = match.group().translate(_DIGITS)
        if mended != match.group():
            spans.append(match.span())
        return mended

    mended = _FIGURES.sub(figures, damaged.sub(word, low))
    return Repaired(mended, tuple(sorted(spans)))
