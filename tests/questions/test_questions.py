"""The twenty-five questions: each one's answer on the samples, on both databases, and its two pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from models.plan import Metadata, Plan, Reference, SourceInfo, Span
from pipeline.ingest import ingest
from pipeline.store import open_store
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


def test_19_goes_up_the_chain(tmp_path: Path) -> None:
    """An office's plan rests on its province's, which rests on a central resolution."""

    def made(code: str, issuer: str, *above: tuple[str, str]) -> Plan:
        text = "x" * 100
        head = Metadata(
            doc_type="Kế hoạch",
            code=code,
            issue_date="2026-01-05",
            issuer=issuer,
            province="Cà Mau",
            number=code.split("/")[0],
            symbol=code.split("/")[1],
        )
        mentions = tuple(
            Reference(text=name, span=Span(0, 9), code=name, issuer=province if "UBND" in name else "Bộ Chính trị", relation="basis", document_key=by, id=name)
            for name, by in above
        )  # fmt: skip
        digest = sha256(code.encode()).hexdigest()
        source = SourceInfo(
            path=f"/{digest}.txt", sha256=digest, media_type="text/plain", pages=None, reader="text", ocr=False,
            text_chars=len(text), text_sha256=digest, extractor_version="1",
        )  # fmt: skip
        return Plan(source=source, metadata=head, references=mentions)

    office, province = "Sở Y tế tỉnh Cà Mau", "UBND tỉnh Cà Mau"
    with open_store(tmp_path / "kehoach.db") as store:
        store.save(made("9/KH-UBND", province, ("72-NQ/TW", "72-NQ/TW")), "x" * 100)
        with store.reading() as connection:
            ((key,),) = ask(connection, "SELECT document_key FROM plans", {}).rows
        store.save(made("5/KH-SYT", office, ("9/KH-UBND", key)), "x" * 100)
        store.settle()
        with store.reading() as connection:
            rows = {row[0]: row[1:] for row in ask(connection, SQL[19]["sql"], {}).rows}
    # How many steps, documents of the province, documents from above it.
    assert rows == {"5/KH-SYT": (2, 1, 1), "9/KH-UBND": (1, 0, 1)}
