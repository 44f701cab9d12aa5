"""The twenty-five questions: each one's answer on the samples, on both databases, and its two pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from pipeline.ingest import ingest
from pipeline.store.asking import ask
from pipeline.store.database import open_reader, reading
from tests.postgres import POSTGRESQL, running
from tests.questions.build_docs import PAGES, QUESTIONS, page

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"
SQL = {number: question for number, question in enumerate(QUESTIONS, 1) if "sql" in question}
COMMANDS = {number: question for number, question in enumerate(QUESTIONS, 1) if "command" in question}


@pytest.fixture(scope="module", params=["sqlite", POSTGRESQL])
def samples(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of all samples."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            where = str(tmp_path_factory.mktemp("questions") / "kehoach.db")
        else:
            where = stack.enter_context(stack.enter_context(running()).database())
        assert ingest([SAMPLES], where, workers=1).ok
        yield where


def shown(value: object) -> object:
    """A value as the answers have it: days in ISO 8601, nothing as "", words with single spaces."""
    if value is None:
        return ""
    return value if isinstance(value, int | float) else " ".join(str(value).split())


def test_there_are_twenty_five_and_each_is_answered_in_both_languages() -> None:
    assert len(QUESTIONS) == 25
    for question in QUESTIONS:
        assert ("sql" in question) != ("command" in question)
        assert question["answer"]
        assert all(question[name].strip() for name in ("en", "vi", "limits_en", "limits_vi"))


@pytest.mark.parametrize("number", SQL)
def test_a_query_gives_its_answer(samples: str, number: int) -> None:
    question = SQL[number]
    engine = open_reader(samples)
    try:
        with reading(engine) as connection:
            answer = ask(connection, question["sql"], {})
    finally:
        engine.dispose()
    rows = [[shown(value) for value in row] for row in answer.rows]
    assert list(answer.names) == question["columns"]
    # Names sort otherwise where the database follows a language: the order among equals is not the answer's.
    assert sorted(rows, key=repr) == sorted(question["answer"], key=repr)


@pytest.mark.parametrize("number", COMMANDS)
def test_a_command_writes_its_answer(
    samples: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.cli.app import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEHOACH_DB", samples)
    program, *words = shlex.split(COMMANDS[number]["command"])
    assert (program, run(words)) == ("kehoach", 0), capsys.readouterr().err
    (file,) = tmp_path.glob("*.ics")
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    rows = [[e["DTSTART"].dt.isoformat(), e["RRULE"].to_ical().decode() if "RRULE" in e else ""] for e in events]
    assert sorted(rows) == COMMANDS[number]["answer"]


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_are_current(language: str) -> None:
    """After a change of questions.toml: `python -m tests.questions.build_docs`."""
    assert PAGES[language].read_text(encoding="utf-8") == page(language)


def test_an_answer_prints_as_a_table() -> None:
    written: dict[str, Any] = {lang: page(lang) for lang in PAGES}
    assert "| Lạng Sơn | 4127/KH-SYT | 568/QĐ-TTg | 2023-05-24 | 2025-12-15 | 936 |" in written["vi"]
    assert written["en"].count("\n## ") == written["vi"].count("\n## ") == 25
