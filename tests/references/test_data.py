"""Each record of references.toml proves itself by its own examples; the names of laws end where they should."""

from __future__ import annotations

from typing import Any

import pytest

from data import load
from extractors.references import extract_references
from extractors.references.grammar import types
from extractors.vietnamese import tone_key, words_key
from models.plan import Reference
from tests.plain import outline as plain_outline
from tests.references.helper import context, outline, unbracket

FORMS = load("references")["forms"]
RELATIONS = load("references")["relations"]
LAWS = load("laws")


def mentions(text: str) -> tuple[Reference, ...]:
    return extract_references(outline(text), context())[0]


def test_forms_name_known_types_once() -> None:
    ids = [form["id"] for form in FORMS]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {kind.id for kind in types()}


@pytest.mark.parametrize(("kind", "text"), [(form["id"], text) for form in FORMS for text in form["examples"]])
def test_form_examples(kind: str, text: str) -> None:
    found = mentions(f"theo {text} của cấp trên")
    wanted = {record.abbreviation for record in types() if record.id == kind}
    assert [m.type for m in found] == [*wanted], text
    assert found[0].text.startswith(text)


@pytest.mark.parametrize("text", [text for form in FORMS for text in form["counter_examples"]])
def test_form_counter_examples(text: str) -> None:
    assert not mentions(f"theo {text} của cấp trên")


@pytest.mark.parametrize(
    ("relation", "text"), [(row["relation"], text) for row in RELATIONS for text in row["examples"]]
)
def test_relation_examples(relation: str, text: str) -> None:
    assert mentions(f"{text};")[0].relation == relation


@pytest.mark.parametrize(
    ("relation", "text"), [(row["relation"], text) for row in RELATIONS for text in row["counter_examples"]]
)
def test_relation_counter_examples(relation: str, text: str) -> None:
    assert mentions(f"{text};")[0].relation != relation


def test_grammar_words_are_keys() -> None:
    """All words of the grammar are as `tone_key` has them, or no text would ever match them."""
    data = load("references")
    lists = [row["cues"] + row.get("passive", []) + row.get("after", []) for row in RELATIONS]
    lists += [
        data["numbers"]["counters"],
        data["around"]["close_words"],
        data["title"]["kept"],
        data["issuer"]["stops"],
    ]
    lists += [LAWS["grammar"][name] for name in ("not_after", "not_before", "stops", "after_comma")]
    for words in lists:
        assert [word for word in words if word != tone_key(word)] == []


def test_law_names_are_named_once() -> None:
    for kind in ("laws", "codes", "ordinances"):
        keys = [words_key(name) for name in LAWS[kind]]
        assert len(keys) == len(set(keys))
        assert [name for name in LAWS[kind] if not name[0].isupper()] == []
    assert len(LAWS["laws"]) >= 200
    canonical = {*LAWS["laws"], *LAWS["codes"], *LAWS["ordinances"]}
    assert {name for name in LAWS["aliases"].values() if name not in canonical} == set()
    assert {alias for alias, name in LAWS["aliases"].items() if alias == name} == set()


WORDS = {"laws": "Luật", "codes": "Bộ luật", "ordinances": "Pháp lệnh"}


@pytest.mark.parametrize("kind", WORDS)
def test_each_law_is_found_whole(kind: str) -> None:
    """Whatever follows, a known name ends where it ends, in small letters and in capitals, with its commas or without."""
    for name in LAWS[kind]:
        full = f"{WORDS[kind]} {name}"
        for printed in (full, full.replace(",", ""), full.upper()):
            found = mentions(f"thi hành {printed} và các văn bản liên quan")
            assert [(m.text, m.name) for m in found[:1]] == [(printed, full)], printed


def test_each_alias_means_its_law() -> None:
    for alias, name in LAWS["aliases"].items():
        kind = next(word for key, word in WORDS.items() if name in LAWS[key])
        found = mentions(f"theo {kind} {alias}; báo cáo")
        assert [(m.text, m.name) for m in found] == [(f"{kind} {alias}", f"{kind} {name}")], alias


CHECKS = [(load(name), check) for name in ("references", "laws") for check in load(name)["checks"]]


def words_of(data: Any, name: str) -> list[str]:
    for part in name.split("."):
        data = data[part]
    return list(data)


def filled(template: str, word: str) -> str:
    return template.replace("{}", word).replace("{Word}", word[:1].upper() + word[1:])


@pytest.mark.parametrize(("data", "check"), CHECKS, ids=[check["list"] for _, check in CHECKS])
def test_each_word_shows_what_it_is_for(data: Any, check: dict[str, Any]) -> None:
    wrong = []
    for word in words_of(data, check["list"]):
        text, spans = unbracket(filled(check["example"], word))
        found = mentions(text)
        if [tuple(m.span) for m in found] != spans:
            wrong.append((word, [m.text for m in found]))
        for field in ("relation", "issuer", "title"):
            if field in check and found and getattr(found[0], field) != filled(check[field], word):
                wrong.append((word, [getattr(found[0], field)]))
    assert wrong == []


@pytest.mark.parametrize(
    ("list_", "marked"), [(check["list"], text) for _, check in CHECKS for text in check["counter_examples"]]
)
def test_what_looks_like_it(list_: str, marked: str) -> None:
    text, spans = unbracket(marked)
    assert [tuple(m.span) for m in mentions(text)] == spans, list_


def test_every_list_of_words_is_checked() -> None:
    """Lists of strings in the two files, but those whose records are proved by name."""
    proved = {"laws", "codes", "ordinances", "columns"}
    for name in ("references", "laws"):
        data = load(name)
        lists = {
            f"{table}.{key}"
            for table, content in data.items()
            if isinstance(content, dict) and table not in proved and table != "aliases"
            for key in content
        }
        assert lists == {check["list"] for check in data["checks"]}


COLUMNS = {
    "number": "12/QĐ-SYT",
    "date": "03/4/2024",
    "title": "Giao chỉ tiêu giường bệnh",
    "issuer": "Bệnh viện Vàm Nao",
}


@pytest.mark.parametrize(
    ("field", "header"), [(f, h) for f, names in load("references")["columns"].items() for h in names]
)
def test_each_header_of_a_column(field: str, header: str) -> None:
    other = "date" if field == "number" else "number"
    spare = load("references")["columns"][other][0]
    rows = [["STT", spare.capitalize(), header.capitalize()], ["1", COLUMNS[other], COLUMNS[field]]]
    text = "I. DANH MỤC VĂN BẢN\n\n" + "\n".join("\t".join(row) for row in rows)
    (found,) = extract_references(plain_outline(text), context())[0]
    assert (found.code, found.date) == ("12/QĐ-SYT", "2024-04-03" if "date" in (field, other) else None)
    assert (found.title, found.issuer) == tuple(COLUMNS[f] if f == field else None for f in ("title", "issuer"))
