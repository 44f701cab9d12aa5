"""Both lists of provinces: complete, consistent, and each spelling the name of one province alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from data import load
from extractors.places import province_of, province_of_place
from extractors.vietnamese import ascii_key, words_key

OLD: list[dict[str, Any]] = load("provinces")["until_2025"]
NEW: list[dict[str, Any]] = load("provinces")["since_2025"]
FIELDS = {
    "code",
    "name",
    "kind",
    "changes",
    "region",
    "successor",
    "aliases",
    "seats",
    "ambiguous",
    "unverified",
}


def test_counts() -> None:
    assert len(OLD) == 63
    assert len(NEW) == 34
    assert Counter(p["kind"] for p in OLD) == {"tỉnh": 58, "thành phố": 5}
    assert Counter(p["kind"] for p in NEW) == {"tỉnh": 28, "thành phố": 6}


@pytest.mark.parametrize("records", [OLD, NEW], ids=["63", "34"])
def test_records(records: list[dict[str, Any]]) -> None:
    codes = [p["code"] for p in records]
    assert codes == sorted(set(codes))
    assert len({p["name"] for p in records}) == len(records)
    for record in records:
        assert set(record) <= FIELDS
        assert record["region"]
        for field in record.get("unverified", ()):
            assert field in record


def test_every_old_province_has_a_successor() -> None:
    names = {p["name"] for p in NEW}
    assert {p["successor"] for p in OLD} == names


def test_eleven_stayed_as_they_were() -> None:
    sources = Counter(p["successor"] for p in OLD)
    assert {name for name, count in sources.items() if count == 1} == {
        "Cao Bằng", "Hà Nội", "Hà Tĩnh", "Huế", "Lai Châu", "Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La", "Thanh Hóa",
        "Điện Biên",
    }  # fmt: skip


def test_codes_that_changed_their_meaning() -> None:
    new = {p["code"]: p["name"] for p in NEW}
    renamed = {p["name"]: p.get("changes", [{"name": p["name"]}])[-1]["name"] for p in OLD}
    changed = sorted(p["code"] for p in OLD if p["code"] in new and new[p["code"]] != renamed[p["name"]])
    assert changed == ["15", "24", "44", "52", "80", "82", "91"]


def test_merged_province_keeps_a_code_of_its_parts() -> None:
    for record in NEW:
        assert record["code"] in {p["code"] for p in OLD if p["successor"] == record["name"]}


@pytest.mark.parametrize("record", OLD, ids=lambda p: p["name"])
def test_spellings_name_this_province(record: dict[str, Any]) -> None:
    kind = record["kind"]
    for spelling in (record["name"], *record.get("aliases", ())):
        phrases = [spelling, ascii_key(spelling).title(), spelling.upper(), f"Sở Y tế {kind} {spelling}"]
        for phrase in phrases:
            found = province_of(phrase)
            assert found is not None, phrase
            assert found.name == record["name"], phrase
    for seat in record.get("seats", ()):
        found = province_of_place(seat, "2019-05-02")
        assert found is not None
        assert found.name == record["name"]


def test_no_spelling_twice_or_for_nothing() -> None:
    keys = Counter(words_key(s) for p in OLD for s in (p["name"], *p.get("aliases", ())))
    assert [key for key, count in keys.items() if count > 1] == []
    asciis = Counter(ascii_key(words_key(p["name"])) for p in OLD)
    assert [key for key, count in asciis.items() if count > 1] == []
    seats = Counter(words_key(s) for p in OLD for s in p.get("seats", ()))
    assert [key for key, count in seats.items() if count > 1] == []


@pytest.mark.parametrize("unit", load("provinces")["lesser_units"])
def test_a_smaller_unit_is_no_province(unit: str) -> None:
    assert province_of(f"{unit} Lai Châu") is None
    assert province_of(f"{unit.capitalize()} Lai Châu") is None
    assert province_of(f"{unit} của tỉnh Lai Châu") is not None


@pytest.mark.parametrize("phrase", load("provinces")["not_provinces"])
def test_a_phrase_with_a_name_in_it_is_no_province(phrase: str) -> None:
    assert province_of(phrase) is None
    assert province_of(f"tỉnh Lai Châu, khu vực Tây {phrase}") is not None
