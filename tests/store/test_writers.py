"""Several processes that ingest into one database at once: whatever they share, it ends as one process would have it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from ingest.fake import RULES
from sqlalchemy import func, select

from models import tables as t
from pipeline.ingest import ingest
from pipeline.store import Store, open_store
from pipeline.store.upkeep import check
from store.plans import write_down

ROOT = Path(__file__).parents[2]
# Says that it is ready, waits for a line, reads what it is told to, and says how much of it failed.
CHILD = """
import json
import sys
from ingest.fake import RULES
from pipeline.ingest import ingest
print("ready", flush=True)
sys.stdin.readline()
report = ingest(sys.argv[2:], sys.argv[1], workers=0, rules=RULES)
print(json.dumps([(failure.path, failure.code) for failure in report.failed]))
"""
PLANS = 8  # in a folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of plans that cite the same papers, with copies and other editions of each other's plans, files that
    take their time, and some that can't be read."""
    found = tmp_path / "first", tmp_path / "second"
    for number, folder in enumerate(found):
        folder.mkdir()
        for n in range(PLANS):
            cited = [f"{n % 5}/2020/NĐ-CP", f"{number}/2021/NĐ-CP", "9/2022/NĐ-CP"]
            lines = [f"{n + 100 * number}/KH-SYT|2022-03-17|Sở Y tế", *cited]
            (folder / f"{n:02}.txt").write_text("\n".join(lines), encoding="utf-8")
            (folder / f"{n:02}-shared.txt").write_text(
                f"{n + 500}/KH-SYT|2022-03-17|Sở y tế\n{n}/2020/NĐ-CP", encoding="utf-8"
            )
            edition = [f"{n + 700}/KH-SYT|2022-03-17|SỞ Y TẾ", *cited[number:]]
            (folder / f"{n:02}-edition.txt").write_text("\n".join(edition), encoding="utf-8")
        for n in range(3):
            (folder / f"{n * 3:02}-slow.txt").write_text(f"slow\n{number}{n}/2020/NĐ-CP", encoding="utf-8")
        (folder / "refuse.txt").write_text("refuse", encoding="utf-8")
    return found


@contextmanager
def reading(url: str, *paths: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is about to read these paths."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, *map(str, paths)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
    finally:
        child.kill()
        child.communicate()


def go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()


def ended(child: subprocess.Popen[str]) -> list[str]:
    """What a process that came to its end could not read."""
    out, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    return [f"{Path(path).name} {code}" for path, code in json.loads(out)]


def written(url: str) -> dict[str, Any]:
    with open_store(url, create=False) as store:
        found = write_down(store)
        assert check(store.engine) == []
    return found


def saved(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(t.Plan)).scalar_one()


@pytest.fixture
def expected(tmp_path: Path, folders: tuple[Path, Path]) -> dict[str, Any]:
    """What one process makes of it, in a database of its own."""
    alone = str(tmp_path / "alone.db")
    ingest(folders, alone, workers=0, rules=RULES)
    return written(alone)


@pytest.mark.slow
@pytest.mark.parametrize("who", [[[0], [1]], [[0, 1], [1]], [[0, 1], [0, 1], [1, 0]]], ids=str)
def test_several_at_once(
    url: str,
    folders: tuple[Path, Path],
    expected: dict[str, Any],
    who: list[list[int]],
) -> None:
    with ExitStack() as stack:
        children = [stack.enter_context(reading(url, *(folders[n] for n in each))) for each in who]
        for child in children:
            go(child)
        for child, each in zip(children, who, strict=True):
            assert ended(child) == ["refuse.txt encrypted"] * len(each)
    assert written(url) == expected


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no kill -9")
@pytest.mark.parametrize("at", [1, 12])
def test_one_is_killed_and_the_other_makes_up_for_it(
    url: str,
    folders: tuple[Path, Path],
    expected: dict[str, Any],
    at: int,
) -> None:
    with reading(url, *folders) as victim, reading(url, *folders[::-1]) as other, open_store(url) as store:
        go(victim)
        until = monotonic() + 60
        while saved(store) < at:
            assert monotonic() < until
            sleep(0.01)
        go(other)
        sleep(0.1)
        assert victim.poll() is None
        victim.kill()
        victim.wait()
        assert ended(other) == ["refuse.txt encrypted"] * 2
    assert written(url) == expected
