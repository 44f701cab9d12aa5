"""What hangs, dies or eats memory takes only its own file with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.conftest import Desk
from ingest.fake import stillborn
from pipeline import workers
from pipeline.ingest import Event, IngestReport

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
Outcomes = Callable[[IngestReport], dict[str, str]]

A = "1/KH-SYT|2022-03-17|Sở Y tế\n"
B = "2/KH-SYT|2022-03-17|Sở Y tế\n"
GOOD = {f"a{n:02}": f"{n}/KH-SYT|2022-03-17|Sở Y tế" for n in range(24)}


@pytest.mark.parametrize("count", [1, 2])
def test_what_dies_takes_only_its_own_file(desk: Desk, outcomes: Outcomes, count: int) -> None:
    bad = {"a11x": "crash", "a20x": "abort", "b": "crash\n", "c": "unsendable"}
    desk.write(**GOOD, **bad)
    report = desk.ingest(workers=count)
    died = {**dict.fromkeys(bad, "worker_died"), "c": "unexpected"}
    assert outcomes(report) == dict.fromkeys(GOOD, "added") | died
    assert [d.path for d in report.done] == sorted(d.path for d in report.done)
    before = desk.dump()
    again = desk.ingest(workers=count)
    assert outcomes(again) == dict.fromkeys(GOOD, "skipped") | died
    assert desk.dump() == before


def test_what_hangs_is_ended_at_the_limit_and_the_others_are_read(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(**GOOD, a02x="hang", a09x="hang\n")
    begun = time.monotonic()
    report = desk.ingest(workers=2, time_limit=1.5)
    assert outcomes(report) == dict.fromkeys(GOOD, "added") | dict.fromkeys(["a02x", "a09x"], "took_too_long")
    assert time.monotonic() - begun < 30
    assert {f.values["seconds"] for f in report.failed} == {"2"}
    assert "--time-limit" in report.failed[0].error.message("vi")


def test_a_reader_gets_more_time_where_it_shows_that_it_goes_on(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(scan="long")  # three seconds
    assert outcomes(desk.ingest(workers=1, time_limit=1.0)) == {"scan": "added"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to it")
def test_what_needs_too_much_memory_fails_alone(
    desk: Desk, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_MEMORY_LIMIT", "1024")
    desk.write(**GOOD, a05x="eat")
    assert outcomes(desk.ingest(workers=1)) == dict.fromkeys(GOOD, "added") | {"a05x": "out_of_memory"}


@pytest.mark.skipif(sys.platform == "win32", reason="locks files in another way")
@pytest.mark.parametrize(
    ("ending", "place"),
    [
        ("limit", "with"),
        ("interrupt", "with"),
        pytest.param("limit", "beside", marks=pytest.mark.skipif(sys.platform != "linux", reason="has no /proc")),
    ],
)
def test_what_a_worker_started_ends_with_it(desk: Desk, ending: str, place: str) -> None:
    import fcntl

    held = desk.root / "held"
    desk.write(a=f"hang {place} {held}", b=A)

    def interrupt(event: Event) -> None:
        if event.kind == "done" and ending == "interrupt":
            while not held.exists():
                time.sleep(0.05)
            raise KeyboardInterrupt

    try:
        desk.ingest("b.txt", "a.txt", workers=2, time_limit=5, on_event=interrupt)
    except KeyboardInterrupt:
        assert ending == "interrupt"
    with held.open("a") as file:
        limit = time.monotonic() + 10
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                assert time.monotonic() < limit, "the program is still there"
                time.sleep(0.05)


def test_where_no_worker_can_start_the_files_are_read_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_work", stillborn)
    desk.write(a=A, b=B)
    assert desk.ingest(workers=2).ok
    assert desk.plans() == {"a=1/KH-SYT", "b=2/KH-SYT"}


def test_every_file_is_begun_before_it_is_done(desk: Desk) -> None:
    desk.write(**GOOD)
    said: list[tuple[str, str]] = []
    desk.ingest(workers=2, on_event=lambda event: said.append((event.kind, event.path)))
    paths = sorted({path for _, path in said})
    assert len(paths) == len(GOOD)
    for path in paths:
        assert [kind for kind, other in said if other == path] == ["started", "done"]
    assert [path for kind, path in said if kind == "done"] == paths


@pytest.mark.parametrize(
    ("asked", "count", "expected"), [(None, 1, "2"), (None, 2, "1"), ("4", 1, "2"), ("1", 1, "1"), ("x", 2, "1")]
)
def test_processes_times_threads_are_no_more_than_the_cores(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, count: int, expected: str
) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.delenv("KEHOACH_OCR_JOBS", raising=False)
    if asked:
        monkeypatch.setenv("KEHOACH_OCR_JOBS", asked)
    found = dict(workers.run(os.getenv, ["KEHOACH_OCR_JOBS"] * count, count, on_start=lambda _: None))
    assert found == {"KEHOACH_OCR_JOBS": expected}


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "inf", "nan"])
def test_settings_that_make_no_sense_are_left(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KEHOACH_TIME_LIMIT", value)
    monkeypatch.setenv("KEHOACH_MEMORY_LIMIT", value)
    assert (workers.time_limit(), workers.memory_limit()) == (workers.TIME_LIMIT, workers.MEMORY_LIMIT)
    monkeypatch.setenv("KEHOACH_TIME_LIMIT", "12.5")
    assert workers.time_limit() == 12.5


def test_a_script_that_is_not_made_for_processes_runs_once(desk: Desk) -> None:
    desk.write(a=A, b=B)
    script = desk.root / "script.py"
    script.write_text(
        "import sys; from ingest.fake import RULES; from pipeline.ingest import ingest\n"
        "print('begin', flush=True)\n"
        "print(len(ingest([sys.argv[1] + '/a.txt', sys.argv[1] + '/b.txt'], sys.argv[2], workers=2, rules=RULES).done))\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, str(script), str(desk.root), str(desk.database)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, timeout=60, check=True
    )
    assert (done.stdout.split(), done.stderr) == (["begin", "2"], "")
