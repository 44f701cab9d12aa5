"""Writes data/indicator_words.toml: where words begin and end in the catalogue of indicators.

Vietnamese puts a space between syllables, so that "lao" (tuberculosis) also stands in "lao động" (labour). Underthesea
knows which syllables are one word, but takes seconds to load and is not installed with the core; so it runs here, once,
and the matcher reads its words. Run `python tests/data/indicator_words.py` after a change of data/indicators.toml.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "data" / "indicator_words.toml"
SURE = 0.6  # share of a word's texts in which underthesea must see it
HEADER = """\
# Words of two syllables in the catalogue of indicators, so that a match never cuts one. Written by
# tests/data/indicator_words.py with underthesea; not to be edited.

"""


def texts(catalogue: dict[str, Any]) -> Iterator[str]:
    """Every phrase of the catalogue, units left out."""
    for row in catalogue["indicators"]:
        phrases = [row["name"], *row.get("synonyms", ()), *row["examples"], *row.get("counter_examples", ())]
        phrases += [phrase for group in row["all"] for phrase in group]
        yield from (phrase.split(" | ")[0] for phrase in phrases)
    yield from catalogue["abbreviations"].values()


def segmented() -> list[str]:
    """The words of two syllables that underthesea finds in two texts or more and in most of those that have their
    syllables, since it errs on rare and on longer ones; and the catalogue's own neighbours."""
    from underthesea import word_tokenize

    from data import load
    from extractors.vietnamese import fold, words_key

    catalogue = load("indicators")
    written = {rf"\b{re.escape(short)}\b": full for short, full in catalogue["abbreviations"].items()}
    phrases = set(texts(catalogue))
    for short, full in written.items():
        phrases = {re.sub(short, full, phrase) for phrase in phrases}
    found: Counter[str] = Counter()
    for phrase in phrases:
        words = {fold(word) for word in word_tokenize(phrase)}
        found.update(word for word in words if word.count(" ") == 1 and word.replace(" ", "").isalpha())
    keys = [f" {words_key(phrase)} " for phrase in phrases]
    sure = {word for word, n in found.items() if n >= 2 and n >= SURE * sum(f" {word} " in key for key in keys)}
    return sorted(sure | {fold(word) for word in catalogue["neighbours"]})


def document(words: list[str]) -> str:
    """The file's text."""
    lines = "".join(f"  {json.dumps(word, ensure_ascii=False)},\n" for word in words)
    return f"{HEADER}words = [\n{lines}]\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(document(segmented()), encoding="utf-8")
