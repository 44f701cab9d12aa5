"""Each type of document proves itself: its mentions mean it, those that look alike do not."""

from __future__ import annotations

from typing import Any

import pytest

from data import load
from extractors.references import extract_references
from extractors.references.codes import canonical_code, split_code, type_code
from extractors.vietnamese import tone_key
from tests.references.helper import context, outline

ROWS: list[dict[str, Any]] = load("document_types")["types"]
FIELDS = [
    "id", "abbreviation", "names", "codes", "misprints", "families", "by_name", "party_only", "examples",
    "counter_examples",
]  # fmt: skip


def types_of(mention: str) -> set[str]:
    """The ids whose name opens the mention and whose code, if the mention has a symbol, stands in it."""
    key = tone_key(mention)
    sizes = {
        row["id"]: max(
            (len(n) for n in row["names"] if key.startswith(tone_key(n) + " ") or key == tone_key(n)), default=0
        )
        for row in ROWS
    }
    longest = max(sizes.values())
    named = [row for row in ROWS if sizes[row["id"]] == longest > 0]
    parts = split_code(mention.split(" số ")[-1]) if " số " in mention else None
    if parts is None:
        return {row["id"] for row in named}
    code = canonical_code(*parts)
    return {
        row["id"]
        for row in named
        if (not row["codes"] or code.type in (None, "CV") or code.value.split("-")[0].split("/")[-1] in row["codes"]
            or code.value.split("/")[0].split("-")[-1] in row["codes"])
        and ("party_only" not in row or code.party)
        and (row["families"] != ["administrative"] or not code.party)
    }  # fmt: skip


def test_ids_sorted() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_schema(row: dict[str, Any]) -> None:
    assert list(row) == [field for field in FIELDS if field in row]
    assert set(row["families"]) <= {"normative", "administrative", "party", "law", "letter"}
    assert row["codes"] or "law" in row["families"]
    assert row["abbreviation"] in row["codes"] or row["abbreviation"] in ("Luật", "Bộ luật", "HP")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_examples(row: dict[str, Any]) -> None:
    for mention in row["examples"]:
        assert row["id"] in types_of(mention), mention
    for mention in row["counter_examples"]:
        assert row["id"] not in types_of(mention), mention


def test_every_name_has_one_type_per_family() -> None:
    """Two records share a name only where one of them holds for the Party alone."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for row in ROWS:
        for name in row["names"]:
            seen.setdefault(tone_key(name), []).append(row)
    doubled = {name: rows for name, rows in seen.items() if len(rows) > 1}
    assert all(sum("party_only" in row for row in rows) == 1 for rows in doubled.values())
    assert set(doubled) == {"quy định"}


@pytest.mark.parametrize("row", [row for row in ROWS if row["codes"]], ids=lambda row: row["id"])
def test_every_name_opens_a_mention(row: dict[str, Any]) -> None:
    """Whatever the type is called, its word and its code give one mention of that type."""
    number = f"12-{row['codes'][0]}/TU" if "party_only" in row else f"12/{row['codes'][0]}-SYT"
    for name in row["names"]:
        for printed in (name, name.lower(), name.upper()):
            found, _ = extract_references(outline(f"theo {printed} số {number} ngày 03/4/2024;"), context())
            assert [(m.text, m.type) for m in found] == [(f"{printed} số {number} ngày 03/4/2024", row["abbreviation"])]


@pytest.mark.parametrize("row", [row for row in ROWS if "misprints" in row], ids=lambda row: row["id"])
def test_every_misprint_means_the_first_code(row: dict[str, Any]) -> None:
    for misprint in row["misprints"]:
        assert type_code(misprint) == (row["codes"][0], row["abbreviation"], True)
