"""Extraction on any plan: its spans point at the words, the same text gives the same plan, and it never fails."""

from __future__ import annotations

import re
import unicodedata
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.plan import Plan
from models.text import Source
from pipeline.extract import extract
from tests.generator import plan


def read(text: str) -> Plan:
    """The plan that extraction makes of a text."""
    source = Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="plain")
    return extract(source, allow_classified=True)


def letters(text: str) -> str:
    """The words of a text as cleaning leaves them, without spaces and marks."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFC", text).replace("Ð", "Đ"))
    return re.sub(r"[\s*|]", "", text)


@pytest.mark.parametrize("seed", range(200, 230))
def test_spans_point_at_the_words(seed: int) -> None:
    """A fact's span lies in the source text, begins and ends with its words, and holds them all, whatever has happened
    to the text; marks, line breaks and page numbers may stand between them."""
    text = plan(seed).text
    found = read(text)
    facts: list[Any] = [*found.references, *found.deadlines, *found.targets, *found.tasks]
    for fact in facts:
        start, end = fact.span
        assert 0 <= start < end <= len(text)
        quoted, said = letters(text[start:end]), letters(fact.text)
        assert (quoted[0], quoted[-1]) == (said[0], said[-1])
        rest = iter(quoted)
        assert all(letter in rest for letter in said), (text[start:end], fact.text)
    for section in found.sections:
        assert 0 <= section.span[0] <= section.span[1] <= len(text)
        if section.heading_span:
            assert section.span[0] <= section.heading_span[0] < section.heading_span[1] <= len(text)


@pytest.mark.parametrize("seed", range(230, 240))
def test_the_same_text_gives_the_same_plan(seed: int) -> None:
    text = plan(seed).text
    assert msgspec.json.encode(read(text)) == msgspec.json.encode(read(text))


JUNK = "\n\n|\t*#- –.;:,/%≥()“”\u0301\u00a0\u200b\ufeff\f0123456789IVXLaăâđĐÐêôơưỘẾ"


def spoilt(rng: Random) -> str:
    """A plan cut, joined with another, and sprinkled with what does not belong there."""
    text = plan(rng.randrange(1000)).text
    other = plan(rng.randrange(1000)).text
    a, b = sorted(rng.randrange(len(text)) for _ in range(2))
    at = rng.randrange(len(other))
    text = text[a:b] + other[at : at + rng.randrange(2000)] + text[b : b + rng.randrange(2000)]
    for _ in range(rng.randrange(40)):
        where = rng.randrange(len(text) + 1)
        text = text[:where] + "".join(rng.choices(JUNK, k=rng.randrange(1, 6))) + text[where + rng.randrange(8) :]
    return text


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_extraction_never_fails(seed: int) -> None:
    text = spoilt(Random(seed))
    if not text.strip():
        return
    found = read(text + "\nKẾ HOẠCH")
    facts: list[Any] = [*found.references, *found.deadlines, *found.targets]
    assert all(fact.text.strip() for fact in facts)
