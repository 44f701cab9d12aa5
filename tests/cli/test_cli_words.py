"""`data/messages.toml`: every message in both languages, all used, all there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from data import load
from models.plan import Bound, Change, Relation, Role
from models.tables import PassageKind, Status
from pipeline.cli.app import COMMANDS
from pipeline.errors import noted_reason
from pipeline.store.linking import LinkName

ROOT = Path(__file__).parents[2]


def entries(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The messages of a table, by dotted key."""
    for key, value in table.items():
        if set(value) & {"vi", "en"} and all(isinstance(words, str) for words in value.values()):
            yield f"{path}{key}", value
        else:
            yield from entries(value, f"{path}{key}.")


MESSAGES = dict(entries(load("messages")))


def braces(words: str) -> list[str]:
    return sorted({field for _, field, _, _ in Formatter().parse(words) if field is not None})


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same_things(key: str) -> None:
    entry = MESSAGES[key]
    assert set(entry) == {"vi", "en"}
    assert all(words.strip() for words in entry.values())
    assert braces(entry["vi"]) == braces(entry["en"])


SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for folder in ("pipeline/cli", "flows") for path in (ROOT / folder).glob("*.py")
)


def test_every_message_that_is_said_is_there() -> None:
    said = set(re.findall(r"""\bsay\(\s*["']([\w.]+)["']""", SOURCES))
    assert said
    assert not {key for key in said if f"cli.{key}" not in MESSAGES}


def test_every_error_has_words() -> None:
    code = re.compile(r"""(?:Unreadable|Classified|Database|Kehoach)Error\(\s*["'](\w+)["']""")
    folders = ("pipeline", "extractors", "flows")
    raised = {
        found
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for found in code.findall(path.read_text(encoding="utf-8"))
    }
    assert "missing" in raised
    assert not raised - set(load("messages")["errors"])


@pytest.mark.parametrize("section", ["say", "usage", "when", "label", "report"])
def test_every_message_is_said(section: str) -> None:
    names = {key.split(".")[-1] for key in MESSAGES if key.startswith(f"cli.{section}.")}
    headings = {f"{group}_heading" for group in COMMANDS}
    unsaid = {
        n for n in names if not re.search(rf"""["']({section}\.)?{n.removesuffix("_short")}(_short)?["']""", SOURCES)
    }
    assert not unsaid - headings


NOTED: list[tuple[str, dict[str, str], str, str | None]] = [
    # the code that was noted, its values, the language, the reason
    ("empty", {}, "vi", "tệp rỗng, không có nội dung nào để đọc."),
    ("empty", {}, "en", "the file is empty, there is nothing to read."),
    ("io_error", {"reason": "disk"}, "en", "the operating system can't open the file: disk."),
    ("of_an_older_version", {}, "vi", None),  # nobody knows it any more
    ("io_error", {"why": "disk"}, "vi", None),  # it had other values
]


@pytest.mark.parametrize(("code", "values", "language", "reason"), NOTED)
def test_what_was_noted_has_words_as_far_as_they_are_known(
    code: str, values: dict[str, str], language: str, reason: str | None
) -> None:
    assert noted_reason(code, values, language) == reason


def test_one_thing_has_words_like_many() -> None:
    words = load("messages")["cli"]
    assert set(words["one"]) == set(words["count"])
    assert set(words["happened"]) < set(words["relation"])


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("role", Role),
        ("relation", Relation),
        ("bound", Bound),
        ("change", Change),
        ("link", LinkName),
        ("status", Status),
        ("passage", PassageKind),
    ],
)
def test_closed_lists_have_words(section: str, values: Any) -> None:
    assert set(load("messages")["cli"][section]) == set(get_args(values))
