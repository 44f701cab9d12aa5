"""The words of `data/targets.toml`, folded and compiled once: every pattern that the target rules need.

All patterns run on `extractors.vietnamese.fold` of the cleaned text, which has the same offsets as the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from data import load
from extractors.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Frame:
    """What makes a number no target, by the words around it in its clause.

    `stem` ends right before the number (fillers allowed), `around` is anywhere before it, `behind` opens what follows.
    """

    name: str
    soft: bool
    stem: re.Pattern[str] | None
    around: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything compiled. `kinds` says what a cue word is: "cmp:>=", "after:>=", "about", "level", "reached",
    "down", "up", "aim", "part", "base", "and"."""

    kinds: dict[str, frozenset[str]]
    cues: str
    filler_gap: re.Pattern[str]
    aim_lead: re.Pattern[str]
    aim_strong: re.Pattern[str]
    head: re.Pattern[str]
    head_anywhere: re.Pattern[str]
    subject: re.Pattern[str]
    group: re.Pattern[str]
    predicate: re.Pattern[str]
    work_lead: re.Pattern[str]
    output: re.Pattern[str]
    counted: re.Pattern[str]
    stops: frozenset[str]
    population: re.Pattern[str]
    people: frozenset[str]
    names: re.Pattern[str]
    frames: tuple[Frame, ...]
    results: re.Pattern[str]
    not_results: re.Pattern[str]
    criteria: re.Pattern[str]
    target_words: re.Pattern[str]
    change_lead: re.Pattern[str]
    numbered: re.Pattern[str]
    scales: dict[str, int]
    scale: re.Pattern[str]


def alternation(words: Iterable[str]) -> str:
    """The words as one alternative, the longest first, so that "không quá" beats "quá"."""
    return "|".join(re.escape(w) for w in sorted({fold(w) for w in words}, key=lambda w: (-len(w), w)))


def opening(words: Iterable[str]) -> re.Pattern[str]:
    """Matches where the text begins with one of the words."""
    return re.compile(rf"(?:{alternation(words)})(?!\w)")


def anywhere(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)")


def closing(words: Iterable[str]) -> re.Pattern[str]:
    """Matches where the text ends with one of the words, spaces allowed behind it."""
    return re.compile(rf"(?<!\w)(?:{alternation(words)})\s*$")


@cache
def lexicon() -> Lexicon:
    """The compiled words; the same object each time."""
    data = load("targets")
    kinds: dict[str, set[str]] = {}

    def cue(words: Iterable[str], kind: str) -> None:
        for word in words:
            kinds.setdefault(fold(word), set()).add(kind)

    for record in data["comparators"]:
        cue(record["before"], "cmp:" + record["sign"])
        cue(record.get("after", ()), "after:" + record["sign"])
    cue(data["approximate"]["words"], "about")
    for kind in ("level", "reached", "down", "up"):
        cue(data["verbs"][kind], kind)
    cue(data["aim"]["strong"], "aim")
    cue(("trong đó", "trong đó có", "bao gồm"), "part")
    cue(("so với", "so"), "base")
    cue(("và", "hoặc", "cùng với", "cũng như"), "and")

    scales = {fold(word): value for word, value in load("units")["scales"].items()}
    aim = alternation(data["aim"]["words"])
    filler = alternation(data["filler"]["words"])
    return Lexicon(
        kinds={word: frozenset(kind) for word, kind in kinds.items()},
        cues=_cue_pattern(kinds),
        filler_gap=re.compile(rf"[\s,]*(?:(?:{filler})(?!\w)[\s,]*)*"),
        aim_lead=re.compile(rf"[\s,:\"“”-]*(?:(?:{aim})(?!\w)[\s,:]*)*"),
        aim_strong=anywhere(data["aim"]["strong"]),
        head=opening(data["heads"]["words"]),
        head_anywhere=anywhere(data["heads"]["words"]),
        subject=opening(data["subjects"]["words"]),
        group=opening(data["subjects"]["groups"]),
        predicate=anywhere(data["predicates"]["words"]),
        work_lead=closing(data["work"]["verbs"]),
        output=opening(data["work"]["output"]),
        counted=opening(data["counted"]["nouns"]),
        stops=frozenset(fold(w) for w in data["counted"]["stops"]),
        population=opening([*data["populations"]["nouns"], *data["populations"]["people"]]),
        people=frozenset(fold(w) for w in data["populations"]["people"]),
        names=closing(data["names"]["words"]),
        frames=tuple(_frame(record) for record in data["frames"]),
        results=opening(data["sections"]["results"]),
        not_results=opening(data["sections"]["not_results"]),
        criteria=opening(data["sections"]["criteria"]),
        target_words=anywhere(data["sections"]["targets"]),
        change_lead=opening([*data["verbs"]["down"], *data["verbs"]["up"]]),
        # A digit, or a bound that a number in words may follow.
        numbered=re.compile(
            r"\d|(?<!\w)(?:ít nhất|tối thiểu|không quá|tối đa) (?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\w)"
        ),
        scales=scales,
        # "tỷ" of "tỷ lệ" is no scale word.
        scale=re.compile(rf"\s?(?:{alternation(scales)})(?!\w)(?! (?:lệ|số|suất|trọng))"),
    )


def _cue_pattern(kinds: Iterable[str]) -> str:
    """One alternative for all cue words; signs such as "≥" need no word boundary."""
    words = [w for w in kinds if w[0].isalpha()]
    signs = [w for w in kinds if not w[0].isalpha()]
    return rf"(?:{alternation(signs)})|(?<!\w)(?:{alternation(words)})(?!\w)"


def _frame(record: dict[str, Any]) -> Frame:
    filler = alternation(load("targets")["filler"]["words"])
    stem = record.get("stem")
    return Frame(
        name=record["name"],
        soft=record["soft"],
        stem=re.compile(rf"(?<!\w)(?:{alternation(stem)})(?!\w)[\s:]*(?:(?:{filler})(?!\w)\s*)*$") if stem else None,
        around=anywhere(record["around"]) if record.get("around") else None,
        behind=opening(record["behind"]) if record.get("behind") else None,
    )
