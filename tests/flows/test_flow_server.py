"""The flows against a real Prefect server: what stands in it afterwards, and in the logs."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flows_tests import ROOT, Server, free_port, run, runs_of

pytest.importorskip("prefect")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]

PLAN = (ROOT / "data" / "samples" / "plans" / "an-giang-215-kh-syt-2025.txt").read_text(encoding="utf-8")


def numbered(folder: Path, count: int) -> Path:
    """A folder of so many plans, each of another number."""
    folder.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"{number:04}.txt").write_text(PLAN.replace("215/KH-SYT", f"{number}/KH-SYT"), encoding="utf-8")
    return folder


def count(database: Path) -> int:
    from pipeline.store import open_store

    with open_store(database) as store, store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM plans").scalar_one())


def problems(database: Path, *, settle: bool = True) -> list[Any]:
    from pipeline.store import open_store
    from pipeline.store.upkeep import check

    with open_store(database) as store:
        if settle:
            store.settle()
        return list(check(store.engine))


def script(server: Server, folder: Path, words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A program that calls a flow, in the folder, with its own database."""
    file = folder / "script.py"
    file.write_text(words, encoding="utf-8")
    return run(server, folder, str(file), KEHOACH_DB=str(folder / "a.db"), **more)


def test_watching_leaves_alone_what_failed_until_it_changes(server: Server, tmp_path: Path) -> None:
    plans = numbered(tmp_path / "plans", 2)
    (plans / "hỏng.docx").write_bytes(b"PK\x03\x04 nothing")
    for path in plans.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    time.sleep(2.1)  # a file of this moment has no mark
    words = "from flows.watch import watch_sources\nfor _ in range(2):\n    r = watch_sources(['plans'])\n    print(len(r.done), len(r.skipped), len(r.failed))\n"
    done = script(server, tmp_path, words)
    assert done.stdout.split("\n")[:2] == ["2 0 1", "0 2 0"], done.stderr
    flow_run, _, artifacts = runs_of(server, "kehoach-watch")[0]
    assert flow_run.state.message.endswith("Vẫn chưa đọc được: 1 (xem: kehoach failures).")
    assert f"| {str(plans / 'hỏng.docx').replace('_', chr(92) + '_')} | " in artifacts[0].data
    (plans / "hỏng.docx").write_bytes(b"PK\x03\x04 nothing else")
    done = script(server, tmp_path, words.replace("range(2)", "range(1)"), KEHOACH_SOURCES=str(plans))
    assert done.stdout.split("\n")[0] == "0 2 1"
    assert "Traceback" not in done.stderr


def test_a_source_that_fails_twice(server: Server, tmp_path: Path, site: Any) -> None:
    site.pages["/1.txt"] = PLAN.encode()
    site.fails = 2
    words = f"""
import flows.reading as reading
from flows.ingest import ingest_plans
reading.list_source = reading.list_source.with_options(retry_delay_seconds=0)
from flows.outcome import SourcesAwayError
try:
    ingest_plans(["{site.url}/1.txt", "{site.url}/none.txt"])
except SourcesAwayError as error:
    print([plan.path for plan in error.report.done], [failure.code for failure in error.report.failed])
"""
    done = script(server, tmp_path, words)
    assert done.stdout.strip() == f"['{site.url}/1.txt'] ['source_missing']", done.stderr
    tasks = runs_of(server, "kehoach-ingest")[0][1]
    assert sorted(task.run_count for task in tasks if task.name.startswith("list-source")) == [1, 3]
    assert "Traceback" not in done.stderr


def test_a_source_that_stays_away_stops_no_other(server: Server, tmp_path: Path, site: Any) -> None:
    numbered(tmp_path / "plans", 1)
    site.fails = 99
    words = f"""
import flows.reading as reading
from flows.ingest import ingest_plans
reading.list_source = reading.list_source.with_options(retry_delay_seconds=0)
from flows.outcome import SourcesAwayError
try:
    ingest_plans(["{site.url}/1.txt", "plans"])
except SourcesAwayError as error:
    print(len(error.report.done), [failure.code for failure in error.report.failed])
"""
    done = script(server, tmp_path, words)
    assert done.stdout.strip() == "1 ['source_away']", done.stderr
    assert "Traceback" not in done.stderr
    flow_run, _, artifacts = runs_of(server, "kehoach-ingest")[0]
    assert flow_run.state.name == "Failed"
    assert (
        flow_run.state.message
        == f"không tới được nguồn {site.url}/1.txt; các nguồn khác đã xong: 1 kế hoạch mới, 0 tệp không đổi."
    )
    assert "215/KH-SYT" not in flow_run.state.message and "1/KH-SYT" in artifacts[0].data


def test_a_source_with_a_password_is_refused_and_recorded_nowhere(server: Server, tmp_path: Path) -> None:
    done = run(
        server, tmp_path, "-m", "pipeline.cli", "ingest", "https://an:geheim@syt.gov.vn/1.pdf", "--flow", "--db", "a.db"
    )
    assert done.returncode == 1
    assert "https://syt.gov.vn/1.pdf" in done.stderr
    assert "geheim" not in done.stderr + done.stdout
    assert not any("geheim" in json.dumps(flow_run.parameters) for flow_run, *_ in runs_of(server, "kehoach-ingest"))


def test_publishing(server: Server, tmp_path: Path) -> None:
    numbered(tmp_path / "plans", 2)
    words = """
from flows.ingest import ingest_plans
from flows.publish import publish_plans
ingest_plans(["plans"])
made = publish_plans("out", ["csv"])
print(len(made.news.plans), *made.files)
"""
    done = script(server, tmp_path, words)
    assert done.stdout.startswith("2 csv/amendments.csv"), done.stderr
    assert {"deadlines.ics", "news.vi.md", "news.json"} <= {path.name for path in (tmp_path / "out").iterdir()}
    [(flow_run, _tasks, artifacts), *_] = runs_of(server, "kehoach-publish")
    assert flow_run.state.name == "Completed"
    assert [artifact.key for artifact in artifacts] == ["kehoach-publish"]
    assert f"| {(tmp_path / 'out' / 'deadlines.ics').as_posix()} |".replace("_", "\\_") in artifacts[0].data
    assert "## Kế hoạch mới (2)" in artifacts[0].data


def test_nothing_that_is_no_parameter_is_taken(server: Server, tmp_path: Path) -> None:
    done = script(
        server,
        tmp_path,
        "from flows.ingest import ingest_plans\n"
        "for bad in ({'sources': ['a'], 'batch_size': 0}, {'sources': 'a b'.split(), 'runner': 'spark://x'}):\n"
        "    try:\n        ingest_plans(**bad)\n"
        "    except Exception as error:\n        print(type(error).__name__)\n",
    )
    assert done.stdout.split() == ["ParameterTypeError"] * 2


def test_the_deployments_of_the_project(server: Server, tmp_path: Path) -> None:
    """`python -m flows.team` asks nothing, may be run again, and what it makes is what stands in `prefect.yaml`."""
    (tmp_path / "prefect.yaml").write_text((ROOT / "prefect.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for batches in ("2", "3"):
        done = run(server, tmp_path, "-m", "flows.team", KEHOACH_OCR_BATCHES=batches)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
    from prefect.client.orchestration import SyncPrefectClient

    with SyncPrefectClient(api=server.api) as client:
        found = {d.name: d for d in client.read_deployments() if d.work_pool_name == "kehoach"}
        assert client.read_work_pool("kehoach").type == "process"
        assert client.read_global_concurrency_limit_by_name("kehoach-ocr").limit == 3
    assert set(found) == {"ingest", "watch", "publish"}
    assert [str(s.schedule.cron) for s in found["watch"].schedules] == ["*/15 * * * *"]  # type: ignore[union-attr]
    assert [str(s.schedule.cron) for s in found["publish"].schedules] == ["0 5 * * *"]  # type: ignore[union-attr]
    assert found["ingest"].schedules == []


def test_the_deployments_are_made_where_their_file_is(server: Server, tmp_path: Path) -> None:
    done = run(server, tmp_path, "-m", "flows.team")
    assert done.returncode == 1
    assert done.stderr == "python -m flows.team: no prefect.yaml in this folder\n"


class Served:
    """`kehoach serve` in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.port = free_port()
        known = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KEHOACH_"))}
        self.environment = {**known, "PYTHONPATH": str(ROOT), "KEHOACH_HOME": str(self.home), "NO_PROXY": "127.0.0.1"}
        words = [sys.executable, "-m", "pipeline.cli", "serve", *arguments, "--port", str(self.port), "--db", "a.db"]
        self.out = folder / "serve.out"
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                words, cwd=folder, env=self.environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait(self, for_it: Callable[[], bool], seconds: float = 240) -> None:
        limit = time.monotonic() + seconds
        while not for_it():
            assert time.monotonic() < limit, self.logs()
            assert self.process.poll() is None, self.logs()
            time.sleep(0.3)

    def said(self) -> str:
        return self.out.read_text(encoding="utf-8")

    def logs(self) -> str:
        return self.said() + "".join(
            log.read_text(encoding="utf-8", errors="replace") for log in self.home.glob("*.log")
        )

    def asked(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *words],
            cwd=self.folder, env={**self.environment, "COLUMNS": "200"}, capture_output=True, encoding="utf-8",
            timeout=120, check=False,
        )  # fmt: skip

    def status(self) -> dict[str, Any]:
        done = self.asked("status", "--json")
        return dict(json.loads(done.stdout)) if done.stdout else {}

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(120)

    def left(self) -> list[str]:
        """The processes that still run with this home."""
        mark = f"KEHOACH_HOME={self.home}".encode()
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in environ.read_bytes():
                    found.append(environ.parent.name)
            except OSError:
                continue
        return found


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    made: list[Served] = []

    def start(*arguments: str) -> Served:
        made.append(Served(tmp_path, *arguments))
        made[-1].wait(lambda: "Ctrl-C" in made[-1].said())
        return made[-1]

    yield start
    for served in made:
        if served.process.poll() is None:
            os.killpg(served.process.pid, signal.SIGKILL)
        for pid in served.left():
            os.kill(int(pid), signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
class TestServe:
    def test_a_schedule_fires_and_the_service_stops_cleanly(self, serve: Callable[..., Served], tmp_path: Path) -> None:
        plans = numbered(tmp_path / "plans", 2)
        served = serve("plans", "--every", "1")
        served.wait(lambda: len(served.status().get("runs", [])) >= 1 and count(tmp_path / "a.db") == 2)
        (plans / "9.txt").write_text(PLAN.replace("215/KH-SYT", "999/KH-SYT"), encoding="utf-8")
        served.wait(lambda: count(tmp_path / "a.db") == 3)  # nobody asked: a minute has passed
        status = served.status()
        assert {run["state"] for run in status["runs"]} <= {"Completed", "Running"}
        assert status["queue"] and not status["failures"]
        assert served.stop(signal.SIGINT) == 0
        assert served.said().rstrip().endswith("Đã dừng.")
        assert "Traceback" not in served.logs()
        assert served.left() == []
        assert not (served.home / "serve.json").exists()

    def test_a_source_that_goes_away_fails_the_run_and_is_told(
        self, serve: Callable[..., Served], tmp_path: Path
    ) -> None:
        numbered(tmp_path / "plans", 2)
        served = serve("plans", "khong-co", "--every", "60")
        assert f"kehoach: {tmp_path / 'khong-co'}: chưa có; vẫn theo dõi" in served.said()
        served.wait(lambda: len(served.status().get("failures", [])) >= 1)
        [run] = served.status()["failures"]
        assert (run["flow"], run["state"]) == ("kehoach-watch", "Failed")
        away = f"không tới được nguồn {tmp_path / 'khong-co'}; các nguồn khác đã xong: 2 kế hoạch mới, 0 tệp không đổi."
        assert run["message"] == away
        assert count(tmp_path / "a.db") == 2
        done = served.asked("status")
        assert done.returncode == 1
        assert away.split(";")[0] in " ".join(done.stdout.split())
        assert "kehoach-watch: đã hẹn, lần tới: " in done.stdout
        assert done.stdout.count("đã hẹn") == 1 and "Flow run" not in done.stdout
        assert served.stop(signal.SIGINT) == 0
        assert "Traceback" not in served.logs()

    def test_stopping_in_the_middle_leaves_whole_plans(self, serve: Callable[..., Served], tmp_path: Path) -> None:
        numbered(tmp_path / "plans", 2000)
        served = serve("plans", "--every", "60")
        served.wait(lambda: (tmp_path / "a.db").exists() and count(tmp_path / "a.db") >= 20)
        assert served.stop(signal.SIGTERM) == 0
        assert served.left() == []
        assert "Traceback" not in served.logs()
        assert "ERROR" not in served.logs() and "Running()" not in served.logs()
        assert problems(tmp_path / "a.db", settle=False) == []
        stored = count(tmp_path / "a.db")
        assert 20 <= stored < 2000
        from pipeline.ingest import ingest

        report = ingest([tmp_path / "plans"], tmp_path / "a.db")
        assert len(report.done) == 2000 - stored
        assert len(report.skipped) == stored

    def test_a_second_one_says_where_the_first_is(self, serve: Callable[..., Served], tmp_path: Path) -> None:
        first = serve()
        second = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "serve", "--port", str(free_port())],
            cwd=tmp_path, env=first.environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert f"http://127.0.0.1:{first.port}" in second.stderr
        assert first.stop(signal.SIGTERM) == 0


def test_a_database_that_can_not_be_is_told_at_once(tmp_path: Path) -> None:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KEHOACH_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "serve", "in", "--db", "none/x.db", "--port", str(free_port())],
        cwd=tmp_path, env={**known, "PYTHONPATH": str(ROOT), "KEHOACH_HOME": str(tmp_path / "home")},
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert f"không tạo được cơ sở dữ liệu: {tmp_path / 'none'} không phải là thư mục đang có." in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_status_without_a_server(tmp_path: Path) -> None:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KEHOACH_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--lang", "en", "status"],
        cwd=tmp_path, env={**known, "PYTHONPATH": str(ROOT), "KEHOACH_HOME": str(tmp_path)}, capture_output=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == "kehoach: kehoach serve is not running; start it, or set PREFECT_API_URL to the address of a Prefect server.\n"
    )


def test_a_run_that_is_cancelled_leaves_whole_plans(server: Server, tmp_path: Path) -> None:
    numbered(tmp_path / "plans", 2000)
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "ingest", "plans", "--db", "a.db", "--flow"],
        cwd=tmp_path, env=server.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    limit = time.monotonic() + 240
    while not ((tmp_path / "a.db").exists() and count(tmp_path / "a.db") >= 20):
        assert process.poll() is None and time.monotonic() < limit
        time.sleep(0.2)
    process.terminate()
    _, said = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM  # as the plain command ends
    assert "Traceback" not in said
    assert "Crash detected" not in said and "Running()" not in said
    assert problems(tmp_path / "a.db", settle=False) == []
    assert 20 <= count(tmp_path / "a.db") < 2000
    flow_run = runs_of(server, "kehoach-ingest")[0][0]
    assert flow_run.state.name in ("Crashed", "Cancelled")
    assert flow_run.created > dt.datetime.now(dt.UTC) - dt.timedelta(minutes=10)
