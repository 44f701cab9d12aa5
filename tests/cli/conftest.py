"""Runs `kehoach`: in this process where only what it prints matters, in one of its own where the process does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_plans import OTHER, PLAN, TEXT
from running import Ended, environment


@pytest.fixture
def kehoach(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ended]:
    """`kehoach(*arguments)` in an empty folder, as if piped, on 100 columns."""
    from pipeline.cli.app import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("KEHOACH_LANG", "KEHOACH_DB"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object) -> Ended:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ended(code, *capsys.readouterr())

    return call


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Ended]:
    """`process(*arguments, **environment)`: the same in a process of its own."""

    def call(*arguments: object, **extra: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment(**extra),
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database with the two made plans."""
    from pipeline.store import open_store

    path = tmp_path / "plans.db"
    with open_store(path) as store:
        store.save(PLAN, TEXT)
        store.save(OTHER, TEXT)
        store.settle()
    return path
