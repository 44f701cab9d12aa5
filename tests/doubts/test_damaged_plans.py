"""Sample plans into which slips were put at random: they are all told, and the facts are those of the whole plans."""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from data import load
from models.text import Source
from pipeline.evaluate import locate, pair
from pipeline.extract import extract

CORPUS = Path(__file__).parents[1] / "corpus"
KINDS = ("references", "deadlines", "targets")
SHARE = 0.3
"""Of the words that a slip could befall, how many it does."""


class Counted(NamedTuple):
    """Over all plans: gold facts that are found and right, with and without slips in the text."""

    whole: int
    damaged: int
    slipped: int  # facts with a slip in their words
    slipped_right: int


def slips() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """What a slip can befall, and what it makes of each: only slips that no neighbour has to prove."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for wrong, right in load("slips")["words"].items():
        made[right].append(wrong)
    words = sorted(made, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE), made


def damaged(text: str, dice: random.Random) -> tuple[str, int]:
    """The text with slips, and how many; spans stay what they are."""
    pattern, made = slips()
    count = 0

    def slip(match: re.Match[str]) -> str:
        nonlocal count
        if dice.random() > SHARE or not (match[0].islower() or match[0].isupper()):
            return match[0]  # a single capital may make a name of the word
        count += 1
        wrong = dice.choice(made[match[0].lower()])
        return "".join(sign.upper() if old.isupper() else sign for old, sign in zip(match[0], wrong, strict=True))

    return pattern.sub(slip, text), count


@pytest.fixture(scope="module")
def counted() -> Counted:
    dice = random.Random(1)
    whole = right = slipped = slipped_right = 0
    for path in sorted((CORPUS / "gold").glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        text = (CORPUS / gold["source"]).read_bytes().decode("utf-8")
        broken, count = damaged(text, dice)
        for each in (text, broken):
            source = Source(text=each, path=gold["source"], sha256="", media_type="text/plain", reader="plain")
            plan = msgspec.to_builtins(extract(source))
            told = [tuple(w["span"]) for w in plan["warnings"] if w["code"] == "ocr_slip"]
            assert each is text or len(told) >= count, path.stem
            for kind in KINDS:
                items = gold.get(kind, [])
                pairs = pair(kind, items, locate(items, text, path.stem), plan[kind])
                if each is text:
                    whole += sum(strict for _, _, strict in pairs)
                    continue
                right += sum(strict for _, _, strict in pairs)
                for i, j, strict in pairs:
                    start, end = plan[kind][j]["span"]
                    if not items[i].get("optional") and any(a < end and start < b for a, b in told):
                        slipped += 1
                        slipped_right += strict
    return Counted(whole, right, slipped, slipped_right)


def test_slips_lose_few_facts(counted: Counted) -> None:
    assert counted.whole > 1000
    assert counted.damaged >= 0.97 * counted.whole


def test_facts_with_slips_are_as_right_as_they_state(counted: Counted) -> None:
    assert counted.slipped > 150
    assert counted.slipped_right >= 0.93 * counted.slipped
