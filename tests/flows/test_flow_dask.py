"""Plans read by the workers of a Dask cluster into PostgreSQL, one of them killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flows_tests import Server, free_port, run

from pipeline.ingest import ingest
from pipeline.store import open_store
from pipeline.store.upkeep import check
from tests.generator import plan as generated
from tests.postgres import GIVEN, MISSING, running

pytest.importorskip("prefect_dask")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.skipif(MISSING or bool(GIVEN), reason="no PostgreSQL of the tests' own: install kehoach[dev]"),
    pytest.mark.skipif(os.name == "nt", reason="signals of Unix"),
]
PLANS = 500
_FACTS = ("sections", "citations", "deadlines", "targets", "tasks", "recipients", "warnings")


@pytest.fixture
def urls() -> Iterator[tuple[str, str]]:
    """Two empty databases."""
    with running() as server, server.database() as one, server.database() as other:
        yield one, other


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for seed in range(1, PLANS + 1):
        made = generated(seed)
        (folder / f"{seed:04}.{made.suffix}").write_bytes(made.text.encode())
    return folder


def count(url: str) -> int:
    with open_store(url) as store, store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM plans").scalar_one())


def facts(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every fact of every plan, by the plan's content, and the catalogue: all but row ids and times."""
    left_out = ("id", "plan_id", "position", "issuer_id", "object_id", "document_id", "responsible_id", "recipient_id")
    found: dict[str, list[tuple[object, ...]]] = {}
    with open_store(url) as store, store.reading() as connection:
        for table in _FACTS:
            rows = connection.exec_driver_sql(
                f"SELECT p.sha256 AS file, f.* FROM {table} f JOIN plans p ON p.id = f.plan_id"
            )
            kept = [[(k, str(v)) for k, v in row._mapping.items() if k not in left_out] for row in rows]
            found[table] = sorted(tuple(row) for row in kept)
        documents = connection.exec_driver_sql("SELECT key, code, name, date, mentions, plans, status FROM documents")
        found["documents"] = sorted(tuple(map(str, row)) for row in documents)
        files = connection.exec_driver_sql("SELECT path, state, facts FROM source_files")
        found["files"] = sorted(tuple(map(str, row)) for row in files)
    return found


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.address = f"127.0.0.1:{free_port()}"
        quiet = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
        self.environment = {**environment, **quiet}
        self.folder = folder
        host, port = self.address.split(":")
        self.processes = [self._start("dask_scheduler", "--host", host, "--port", port, "--no-dashboard")]
        self.workers = [
            self._start(
                "dask_worker",
                f"tcp://{self.address}",
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--name",
                name,
            )
            for name in "ab"
        ]

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{module}.log").open("ab")
        words = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        return subprocess.Popen(words, cwd=self.folder, env=self.environment, stdout=log, stderr=log)

    def end(self) -> None:
        for process in (*self.workers, *self.processes):
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_loses_nothing(
    server: Server, plans: Path, urls: tuple[str, str], tmp_path: Path
) -> None:
    url, plain = urls
    environment = {**server.environment, "KEHOACH_DB": url}
    cluster = Cluster(tmp_path, environment)
    try:
        words = ["-m", "pipeline.cli", "ingest", str(plans), "--runner", f"dask://{cluster.address}", "--json"]
        with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
            process = subprocess.Popen([sys.executable, *words], cwd=tmp_path, env=environment, stdout=out, stderr=err)
        limit = time.monotonic() + 300
        while count(url) < 50:
            assert process.poll() is None and time.monotonic() < limit, (tmp_path / "err").read_text()
            time.sleep(0.2)
        cluster.workers[0].send_signal(signal.SIGKILL)
        assert count(url) < PLANS
        assert process.wait(400) == 0, (tmp_path / "err").read_text()
    finally:
        cluster.end()
    assert "Traceback" not in (tmp_path / "err").read_text()
    with open_store(url) as store:
        assert check(store.engine) == []
    ingest([plans], plain)
    assert facts(url) == facts(plain)
    assert len(facts(url)["files"]) == PLANS


def test_a_cluster_needs_a_database_that_all_reach(server: Server, plans: Path, tmp_path: Path) -> None:
    done = run(server, tmp_path, "-m", "pipeline.cli", "ingest", str(plans), "--runner", "dask", "--db", "a.db")
    assert done.returncode == 1
    assert "KEHOACH_DB=postgresql" in done.stderr
    assert not (tmp_path / "a.db").exists()


def test_a_runner_that_is_none(server: Server, tmp_path: Path) -> None:
    done = run(server, tmp_path, "-m", "pipeline.cli", "--lang", "en", "ingest", ".", "--runner", "spark://x:1")
    assert done.returncode == 1
    assert (
        done.stderr
        == "kehoach: “spark://x:1” is no runner; write dask (a cluster on this machine) or dask://host:port.\n"
    )
