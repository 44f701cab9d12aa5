"""What `kehoach --help` says and what it costs."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from running import ROOT, Ended, environment

from data import load
from pipeline.cli import app as program
from pipeline.cli.base import Argument, Command, Option
from pipeline.cli.words import LANGUAGES

COMMANDS = [name for group in program.COMMANDS.values() for name in group]
HEAVY = (
    "sqlalchemy", "rich", "msgspec", "docx", "pdfplumber", "pypdfium2", "regex", "alembic", "prefect", "pandas", "spacy",
    "matplotlib", "fastapi", "jinja2", "uvicorn", "underthesea", "multiprocessing", "importlib.metadata",
)  # fmt: skip


def find(name: str) -> Command:
    found = program.app.get_command(click.Context(program.app), name)
    assert isinstance(found, Command)
    return found


@pytest.mark.parametrize("arguments", [["--help"], ["ingest", "--help"], ["deadlines", "--help"], ["nosuchcommand"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from pipeline.cli.app import run; run({arguments}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment(), cwd=ROOT, check=True
    )
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_lists_every_command(kehoach: Callable[..., Ended], language: str) -> None:
    ended = kehoach("--lang", language, "--help")
    assert (ended.code, ended.err) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name} " in ended.out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_tells_what_it_takes(kehoach: Callable[..., Ended], name: str, language: str) -> None:
    ended = kehoach(name, "--lang", language, "--help")
    assert (ended.code, ended.err) == (0, "")
    for parameter in find(name).params:
        if isinstance(parameter, Option):
            assert parameter.opts[-1] in ended.out
    other = load("messages")["cli"]["usage"]["options"]["en" if language == "vi" else "vi"]
    assert other not in ended.out
    assert all(len(line) <= 80 for line in ended.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_examples_that_it_understands(name: str) -> None:
    command = find(name)
    assert command.examples
    for example in command.examples:
        words = shlex.split(example.split(" > ")[0].split(" | ")[0])
        assert words[:2] == ["kehoach", name]
        command.make_context(name, words[2:])


def test_the_program_has_examples_that_it_understands() -> None:
    for example in program.EXAMPLES:
        words = shlex.split(example)[1:]
        if words[0] == "--lang":
            words = words[2:]
        find(words[0]).make_context(words[0], words[1:])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_parameter_is_of_the_project(name: str) -> None:
    assert all(isinstance(parameter, (Option, Argument)) for parameter in find(name).params)


def test_without_arguments_there_is_help(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach()
    assert ended.code == 2
    assert "Cách dùng: kehoach" in ended.err


def test_help_comes_in_the_language_of_the_environment(process: Callable[..., Ended]) -> None:
    assert process("--help", KEHOACH_LANG="en").out.startswith("Usage:")
    assert process("--help").out.startswith("Cách dùng:")


WRONG = [
    (["plan"], "không có lệnh plan. Có phải là plans?", "there is no command plan. Is it plans?"),
    (["extract"], "thiếu TỆP.", "FILE is missing."),
    (
        ["extract", "--jsn", "a"],
        "không có tuỳ chọn --jsn. Có phải là --json?",
        "there is no option --jsn. Is it --json?",
    ),
    (["extract", "a", "b"], "thừa đối số: b.", "one argument too many: b."),
    (["plans", "--db"], "tuỳ chọn --db dùng chưa đúng", "option --db lacks its value"),
    (["deadlines", "--from", "31/2/2025"], "“31/2/2025” không phải ngày", "“31/2/2025” is no day"),
    (["deadlines", "--limit", "0"], "“0” không phải số nguyên từ 1 trở lên", "“0” is no whole number"),
    (["deadlines", "--limit", "x"], "“x” không phải số nguyên từ 1 trở lên", "“x” is no whole number"),
    (["deadlines", "--ics", "-", "--json"], "--ics - và --json đều ra", "--ics - and --json both go"),
    (["deadlines", "--ics", "-", "--excel"], "--ics - và --excel đều ra", "--ics - and --excel both go"),
    (["compare", "TC01", "--png", "a.pdf"], "“a.pdf” không có đuôi .png", "--png is not right: “a.pdf” does not end"),
    (["compare", "TC01", "--png", "png"], "“png” không có đuôi .png", "“png” does not end in .png"),
    (["compare", "TC01", "--png", "a.png/b"], "“a.png/b” không có đuôi .png", "“a.png/b” does not end in .png"),
]


@pytest.mark.parametrize(("arguments", "vi", "en"), WRONG)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_arguments(kehoach: Callable[..., Ended], arguments: list[str], vi: str, en: str, language: str) -> None:
    ended = kehoach("--lang", language, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert (vi if language == "vi" else en) in ended.err
    assert ended.err.count("\n") == 2


def test_an_unknown_language_is_refused(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach("--lang", "fr", "plans")
    assert ended.code == 2
    assert "“fr” không nằm trong: vi, en" in ended.err
