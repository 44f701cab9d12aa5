"""Every sentence of sentences.toml gives the mentions that its brackets mark, with the facts that it says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.confidence import sure
from extractors.references import extract_references
from tests.references.helper import context, outline, unbracket

ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "sentence"
]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_sentence(row: dict[str, Any]) -> None:
    text, spans = unbracket(row["text"])
    found, warnings = extract_references(
        outline(text, row.get("region", "body")),
        context(row.get("province", "Lai Châu"), row.get("own"), row.get("year")),
    )
    assert [text[m.span.start : m.span.end] for m in found] == [text[start:end] for start, end in spans]
    assert [tuple(m.span) for m in found] == spans
    for mention, expected in zip(found, row.get("expect", [{}] * len(spans)), strict=True):
        for field, value in expected.items():
            if field == "warnings":
                assert {w.code for w in warnings if w.span == mention.span} >= set(value), mention.text
            elif field == "confidence":
                assert mention.confidence == sure(f"references.{value}"), mention.text
            elif field == "object":
                assert str(mention.object) == str(value), mention.text
            else:
                assert (getattr(mention, field) if value != "" else getattr(mention, field) or "") == value, (
                    mention.text
                )


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 180
    assert sum("⟦" not in row["text"] for row in ROWS) >= 18
