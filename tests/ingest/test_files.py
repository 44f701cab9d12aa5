"""Which files the arguments mean."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.files import find_files, fingerprint


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = ["b.txt", "a.md", "A.DOCX", "x/2.txt", "x/10.txt", "x/y/deep.txt", "note.csv", "[1].txt", "x/list.csv"]
    hidden = [".hidden.txt", ".git/c.txt", "~$a.docx", "x/.cache/d.txt"]
    for name in names + hidden:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "empty" / "only.csv").parent.mkdir()
    (tmp_path / "empty" / "only.csv").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # A folder: known suffixes only, nothing hidden, by name.
        (["."], ["A.DOCX", "[1].txt", "a.md", "b.txt", "x/10.txt", "x/2.txt", "x/y/deep.txt"]),
        (["x"], ["x/10.txt", "x/2.txt", "x/y/deep.txt"]),
        # What is named is taken, once, in the order given.
        (["note.csv", ".hidden.txt"], ["note.csv", ".hidden.txt"]),
        (["b.txt", "./b.txt", "x/../b.txt", "a.md"], ["b.txt", "a.md"]),
        # Patterns, as the shell would do them.
        (["*.txt"], ["[1].txt", "b.txt"]),
        (["x/?.txt"], ["x/2.txt"]),
        (["**/deep.*"], ["x/y/deep.txt"]),
        (["x/*"], ["x/10.txt", "x/2.txt", "x/list.csv", "x/y/deep.txt"]),
        # A name that only looks like a pattern.
        (["[1].txt"], ["[1].txt"]),
        ([], []),
    ],
)
def test_what_is_found(plans: Path, arguments: list[str], expected: list[str]) -> None:
    files, errors = find_files(arguments)
    assert [os.path.relpath(file, plans).replace(os.sep, "/") for file in files] == expected
    assert errors == []
    assert all(Path(file).is_absolute() and "\\" not in file for file in files)


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("nosuch.txt", "missing"),
        ("nosuch/", "missing"),
        ("*.nosuch", "missing"),
        ("b.txt/inside", "missing"),
        ("a\0b", "missing"),
        ("", "missing"),
        ("empty", "no_plans"),
        ("emp*", "no_plans"),
    ],
)
def test_what_is_not_there(plans: Path, argument: str, code: str) -> None:
    files, errors = find_files([argument, "b.txt"])
    assert [error.code for error in errors] == [code]
    assert len(files) == 1
    for language in ("vi", "en"):
        assert errors[0].message(language)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text(plans: Path) -> None:
    Path(os.fsdecode(os.fsencode(plans) + b"/c\xff.txt")).write_text("x", encoding="utf-8")
    files, errors = find_files(["b.txt", ".", str(plans / "a.md")])
    assert [error.code for error in errors] == ["file_name"]
    assert len(files) == 7  # all others of the folder are still there
    errors[0].message("vi").encode()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_links(plans: Path) -> None:
    (plans / "x" / "loop").symlink_to(plans)
    (plans / "x" / "z.txt").symlink_to(plans / "b.txt")
    (plans / "x" / "gone.txt").symlink_to(plans / "nowhere.txt")
    files, _ = find_files(["x"])
    assert [Path(file).name for file in files] == ["10.txt", "2.txt", "gone.txt", "z.txt", "deep.txt"]


def test_fingerprints(plans: Path) -> None:
    digest = "ffa0da5d885fba09d903c782713b6b098c8cf21f56a3a35d9aa920613220d2e1"
    assert fingerprint(str(plans / "b.txt")) == (digest, 5, True)
    assert fingerprint(str(plans)) is None
    assert fingerprint(str(plans / "nosuch.txt")) is None
    assert fingerprint(os.devnull) is None


@pytest.mark.parametrize(
    ("name", "content", "plain"),
    [
        ("a.txt", "KẾ HOẠCH".encode(), True),
        ("a.MD", "KẾ HOẠCH".encode("utf-16"), True),
        ("a.txt", b"", True),
        # Libraries that may hang or die read these, and a name proves nothing.
        ("a.pdf", b"%PDF-1.7", False),
        ("a.docx", b"", False),
        ("a", b"text", False),
        ("a.txt", b"\n%PDF-1.7", False),
        ("a.txt", b"PK\x03\x04", False),
        ("a.md", b"<!doctype html>\n<HTML>", False),
    ],
)
def test_what_is_plain(tmp_path: Path, name: str, content: bytes, plain: bool) -> None:
    (tmp_path / name).write_bytes(content)
    found = fingerprint(str(tmp_path / name))
    assert found and found.plain == plain
