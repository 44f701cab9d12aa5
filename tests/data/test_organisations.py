"""Each body proves itself: its mentions mean it and no other, its codes are its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from data import load
from extractors.references.codes import organisation_of_code
from models.plan import Context, Metadata
from pipeline.resolve.organisations import read_issuer

ROWS: list[dict[str, Any]] = load("organisations")["organisations"]
HEADS: list[dict[str, str]] = load("organisations")["heads"]
FIELDS = [
    "id", "name", "city_name", "printed", "codes", "shared_code", "party_form", "open_code", "variants", "short", "level",
    "branch", "scope", "head", "since", "until", "successor", "examples", "counter_examples",
]  # fmt: skip
PLAN = Context(metadata=Metadata(province="Quảng Ngãi", issue_date="2022-03-17"))


def meant(words: str) -> str | None:
    issuer = read_issuer(words, PLAN)
    return issuer.record["id"] if issuer and issuer.record else None


def test_ids_sorted_and_codes_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert [code for code, count in Counter(c for row in ROWS for c in row["codes"]).items() if count > 1] == []
    assert [head["name"] for head in HEADS] == sorted({head["name"] for head in HEADS})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_schema(row: dict[str, Any]) -> None:
    assert list(row) == [field for field in FIELDS if field in row]
    assert row["level"] in ("central", "provincial", "district", "commune")
    assert row["branch"] in ("state", "party", "front")
    assert row["scope"] == ("none" if row["level"] == "central" else "province")
    assert row.get("successor", row["id"]) in {other["id"] for other in ROWS}
    assert row.get("since", "") <= row.get("until", "9999")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_examples(row: dict[str, Any]) -> None:
    for words in (row["name"], *row.get("variants", ()), *row.get("short", ()), *row["examples"]):
        assert meant(words) == row["id"], words
        assert meant(words.upper()) == row["id"], words.upper()
    for words in row.get("counter_examples", ()):
        assert meant(words) != row["id"], words


@pytest.mark.parametrize("row", [row for row in ROWS if "head" in row], ids=lambda row: row["id"])
def test_head_signs_for_the_body(row: dict[str, Any]) -> None:
    assert meant(f"{row['head']} {row['name']}") == row["id"]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_heads(head: dict[str, str]) -> None:
    assert head["kind"] in ("person", "body")
    issuer = read_issuer(f"{head['name']} Sở Y tế", PLAN)
    assert issuer is not None
    assert issuer.name == f"{head['name']} Sở Y tế tỉnh Quảng Ngãi"
    assert issuer.body == "Sở Y tế tỉnh Quảng Ngãi"


@pytest.mark.parametrize(("printed", "written"), load("organisations")["capitals"]["examples"])
def test_names_in_capitals(printed: str, written: str) -> None:
    issuer = read_issuer(printed, PLAN)
    assert issuer is not None
    assert issuer.name == written


def test_each_code_is_its_body() -> None:
    wrong = [code for row in ROWS for code in row["codes"] if (organisation_of_code(code) or {}).get("id") != row["id"]]
    assert wrong == []
