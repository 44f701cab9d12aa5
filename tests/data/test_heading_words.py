"""Each word and pattern of headings.toml and people.toml shows what it is for, by the examples beside it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data import load
from extractors.letterhead.tail import is_stamp, signer_of, without_titles
from extractors.vietnamese import tone_key
from pipeline.structure.roles import is_role_name, named_roles
from tests.plain import outline

DATA = load("headings")
CHECKS: dict[str, dict[str, Any]] = {check["list"]: check for check in DATA["checks"]}
PATTERNS = [name for name, check in CHECKS.items() if "examples" in check]


def words_of(name: str) -> list[str]:
    found: Any = DATA
    for part in name.split("."):
        found = found[part]
    return list(found)


def fits(name: str, pattern: str, text: str) -> bool:
    """Whether one pattern of a list matches a text, in the way that the code uses the list."""
    key = tone_key(text)
    check = CHECKS[name]
    if check.get("search"):
        return bool(re.search(pattern, key))
    if check.get("whole") or name == "times":
        return bool(re.fullmatch(pattern, key))
    if name == "counted":
        return bool(re.match(rf"{pattern} (?:số )?(?:\d{{1,2}}|[ivx]{{1,4}})\s*[:.]", key))
    behind = r"(?=\s|$)" if name in ("frame.bodies", "frame.positions") else ""
    return bool(re.match(rf"(?:{pattern}){behind}", key))


@pytest.mark.parametrize("name", PATTERNS)
def test_each_pattern_has_an_example_and_each_example_a_pattern(name: str) -> None:
    examples = CHECKS[name]["examples"]
    assert [p for p in words_of(name) if not any(fits(name, p, text) for text in examples)] == []
    assert [text for text in examples if not any(fits(name, p, text) for p in words_of(name))] == []


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_matches_a_counter_example(name: str) -> None:
    texts = CHECKS[name]["counter_examples"]
    assert [(p, text) for p in words_of(name) for text in texts if fits(name, p, text)] == []


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "title" in check])
def test_each_word_in_a_title(name: str) -> None:
    check = CHECKS[name]
    titles = {word: check["title"].replace("{}", word) for word in words_of(name)}
    assert [w for w, title in titles.items() if list(named_roles(title.capitalize())) != check["roles"]] == []
    assert [t for t in check["counter_examples"] if check["roles"] and list(named_roles(t)) == check["roles"]] == []


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "name" in check])
def test_each_word_in_a_role_s_name(name: str) -> None:
    check = CHECKS[name]
    names = {word: check["name"].replace("{}", word) for word in words_of(name)}
    assert [word for word, whole in names.items() if is_role_name(whole) != check["role"]] == []
    assert [text for text in check["counter_examples"] if is_role_name(text) == check["role"]] == []


def test_every_list_is_checked() -> None:
    lists = {key for key, value in DATA.items() if isinstance(value, list) and key not in ("roles", "checks")}
    lists |= {f"{table}.{key}" for table in ("frame", "table") for key in DATA[table]}
    assert lists == set(CHECKS)


@pytest.mark.parametrize("title", load("people")["title_examples"])
def test_titles_before_a_name(title: str) -> None:
    assert without_titles(f"{title} Lê Thị Hoa") == "Lê Thị Hoa"


def test_each_title_pattern_has_an_example() -> None:
    people = load("people")
    found = [
        t for t in people["titles"] if not any(re.match(t + r"[.,/\s]", f"{e} ") for e in people["title_examples"])
    ]
    assert [t for t in found if not any(re.search(t + r"[.,/\s]", f"{e} ") for e in people["title_examples"])] == []
    for name in people["title_counter_examples"]:
        assert without_titles(name) == name


def test_what_a_stamp_leaves() -> None:
    people = load("people")
    assert [words for words in people["stamp_examples"] if not is_stamp(words)] == []
    assert [words for words in people["stamp_counter_examples"] if is_stamp(words)] == []
    lines = [words.lower() for words in people["stamp_examples"]]
    assert [p for p in people["stamps"] if not any(re.fullmatch(p, line) for line in lines)] == []


@pytest.mark.parametrize("family", load("people")["family_names"])
def test_a_name_in_capitals_is_told_from_a_position(family: str) -> None:
    text = f"I. NỘI DUNG\n\nTập huấn.\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n{family.upper()} THỊ LAN"
    assert signer_of(outline(text))[:2] == (f"{family.upper()} THỊ LAN", "GIÁM ĐỐC")
