"""What only a process of its own shows: streams, pipes, signals, encodings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT, Ended, environment

SAMPLES = ROOT / "data" / "samples" / "plans"
PROGRAM = [sys.executable, "-m", "pipeline.cli"]


def test_exit_codes(process: Callable[..., Ended]) -> None:
    assert process("--help").code == 0
    assert process("schema").code == 0
    assert process("plans").code == 1
    assert process("plans", "--nothing").code == 2


def test_the_version_is_the_package_s(process: Callable[..., Ended]) -> None:
    from importlib.metadata import version

    assert process("--version").out == f"kehoach {version('kehoach')}\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1258"])
def test_letters_are_utf8_whatever_the_console_speaks(process: Callable[..., Ended], encoding: str) -> None:
    ended = process("extract", SAMPLES / "ninh-thuan-1187-kh-syt-2024.txt", PYTHONIOENCODING=encoding)
    assert (ended.code, ended.err) == (0, "")
    assert "├── 1. Quý I:" in ended.out
    assert "không tìm thấy" in process("extract", "không có.txt", PYTHONIOENCODING=encoding).err


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names of files are text there")
@pytest.mark.parametrize("command", [["extract", "--json"], ["text"], ["ingest", "--db", "a.db"]])
def test_a_name_of_bytes_that_are_no_text_is_refused(tmp_path: Path, command: list[str]) -> None:
    name = os.fsencode(tmp_path) + b"/k\xff.txt"
    Path(os.fsdecode(name)).write_text("I. MỤC TIÊU", encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, *command, name], capture_output=True, cwd=tmp_path, env=environment(), timeout=60, check=False
    )
    assert done.returncode == 1
    assert b"k\\udcff.txt: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("end", [b"\r\n", b""], ids=["closed", "open"])
def test_text_is_the_text_to_the_byte_when_piped(tmp_path: Path, end: bytes) -> None:
    words = (SAMPLES / "ninh-thuan-1187-kh-syt-2024.txt").read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    words = words.rstrip() + end
    (tmp_path / "plan.txt").write_bytes(words)
    done = subprocess.run(
        [*PROGRAM, "text", "plan.txt"], capture_output=True, cwd=tmp_path, env=environment(), timeout=60, check=True
    )
    assert done.stdout == words


@pytest.mark.skipif(os.name == "nt", reason="the pipe is closed by a shell of Unix")
def test_a_reader_that_leaves_early_gets_no_word(tmp_path: Path) -> None:
    for command in ("schema", "--help", f"extract '{SAMPLES / 'ninh-thuan-1187-kh-syt-2024.txt'}' --json"):
        done = subprocess.run(
            f"'{sys.executable}' -m pipeline.cli {command} | true",
            shell=True, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(), timeout=60, check=False,
        )  # fmt: skip
        assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", cwd=tmp_path, env=environment(),
            timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("kehoach: hệ điều hành báo lỗi: ")
    assert done.stderr.count("\n") == 1


def _hear_ctrl_c() -> None:
    """As in a terminal: where the tests run in the background, their shell has them pass Ctrl-C over."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise on Windows")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_an_ingest_clean(tmp_path: Path, workers: str) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    sample = (SAMPLES / "ninh-thuan-1187-kh-syt-2024.txt").read_text(encoding="utf-8")
    for number in range(1500):
        (plans / f"{number:04}.txt").write_text(sample.replace("1187", f"{number + 1}"), encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "ingest", "plans", "--workers", workers, "--db", "a.db"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", cwd=tmp_path, env=environment(PYTHONUNBUFFERED="1"), start_new_session=True,
        preexec_fn=_hear_ctrl_c,
    ) as running:  # fmt: skip
        try:
            assert running.stdout
            assert running.stdout.readline()  # the first plan is stored
            os.killpg(running.pid, signal.SIGINT)
            _, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 130
    assert err == "kehoach: đã dừng theo yêu cầu.\n"
    stored = subprocess.run(
        [*PROGRAM, "plans", "--csv", "--db", "a.db"], capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(),
        timeout=60, check=True,
    )  # fmt: skip
    assert 1 <= stored.stdout.count("KH-SYT") < 1500
