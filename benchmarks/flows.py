"""How fast plans get from files into the database, plainly and as a flow: `python -m benchmarks.flows`.

Generated plans (`tests/generator`) are written into a folder; each measurement is a process of its own, so that its
memory is its own. A flow is timed from its start to its end against a server that runs already, without imports. The
PostgreSQL is the one that the tests start, or the one that KEHOACH_TEST_POSTGRES names.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000)
FLOW_COSTS = 1.15  # at most, of the time that the plain run takes, at the smaller size
GROWS = 1.2  # at most, the time per plan at the larger size against the smaller one
MEMORY_GROWS = 1.3  # at most, the peak at the larger size: flat, with room for what any run differs by
FASTER = 30.0  # at least, the second run of the same files at the larger size

_CHILD = """
import json, resource, sys, time
flow, folder, database = json.loads(sys.argv[1])
if flow:
    import fastapi.encoders, prefect.flow_engine, prefect.task_engine  # Prefect imports them as it runs
    from flows.ingest import run_flow as run
else:
    from pipeline.ingest import ingest as run
import pipeline.extract, sqlalchemy, pipeline.store.store
begun = time.perf_counter()
report = run([folder], database)
seconds = time.perf_counter() - begun
assert not report.failed, report.failed[:3]
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([seconds, peak / 1024, len(report.done), len(report.skipped)]))
"""


class Measured(NamedTuple):
    """One run: its seconds, the peak of the largest of its processes in MiB, plans stored and unchanged."""

    seconds: float
    peak: float
    done: int
    skipped: int


def write_plans(folder: Path, count: int) -> None:
    """So many generated plans."""
    from tests.generator import plan

    folder.mkdir()
    for seed in range(1, count + 1):
        made = plan(seed)
        (folder / f"{seed:07}.{made.suffix}").write_bytes(made.text.encode())


def measure(flow: bool, folder: Path, database: str, environment: dict[str, str]) -> Measured:
    """A run in a process of its own."""
    words = [sys.executable, "-c", _CHILD, json.dumps([flow, str(folder), database])]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode(errors="replace"))
    return Measured(*json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def prefect(folder: Path) -> Iterator[dict[str, str]]:
    """A server in the folder, as the environment of who uses it."""
    from flows.home import environment, is_up
    from flows.serve import Place

    place = Place(folder, 4399)
    known = environment(folder, place.api)
    words = [sys.executable, "-m", "flows.server", "--host", "127.0.0.1", "--port", str(place.port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(words, env=known, stdout=log, stderr=log)
    try:
        while not is_up(place.api):
            if process.poll() is not None:
                raise SystemExit((folder / "server.log").read_text(errors="replace"))
            time.sleep(0.3)
        yield known
    finally:
        process.terminate()
        process.wait()


class Board:
    """Prints figures and goals as they come."""

    def __init__(self) -> None:
        self.missed = 0

    def show(self, name: str, count: int, one: Measured) -> None:
        """A line of figures."""
        rate, each = count / one.seconds, one.seconds / count * 1000
        self.say(f"{name:<34} {one.seconds:9.1f} s {rate:8.1f} plans/s {each:8.2f} ms/plan {one.peak:7.0f} MiB")

    def goal(self, name: str, reached: bool, figure: str) -> None:
        """A goal, and whether it is reached."""
        self.missed += not reached
        self.say(f"  {'reached' if reached else 'MISSED '}  {name}: {figure}")

    def say(self, line: str) -> None:
        """A line, to be read now."""
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def run(sizes: tuple[int, ...], databases: list[str], board: Board, folder: Path, environment: dict[str, str]) -> None:
    """All measurements of all databases."""
    from tests.postgres import running

    for size in sizes:
        write_plans(folder / str(size), size)
    for kind in databases:
        with running() if kind == "postgresql" else _nothing() as server:
            found: dict[tuple[bool, int], Measured] = {}
            for size in sizes:
                for flow in (False, True):
                    with _database(server, folder) as url:
                        name = f"{kind} {'flow' if flow else 'plain'} {size}"
                        found[flow, size] = first = measure(flow, folder / str(size), url, environment)
                        board.show(name, size, first)
                        again = measure(flow, folder / str(size), url, environment)
                        board.show(f"{name}, unchanged", size, again)
                        assert (first.done, again.skipped) == (size, size), (first, again)
                        if size == sizes[-1]:
                            times = first.seconds / again.seconds
                            board.goal(f"unchanged at least {FASTER:.0f} times faster", times >= FASTER, f"{times:.0f}")
            _compare(found, sizes, board)


def _compare(found: dict[tuple[bool, int], Measured], sizes: tuple[int, ...], board: Board) -> None:
    small, large = sizes[0], sizes[-1]
    cost = found[True, small].seconds / found[False, small].seconds
    board.goal(f"a flow of {small} costs at most {FLOW_COSTS - 1:.0%}", cost <= FLOW_COSTS, f"{cost - 1:+.1%}")
    for flow in (False, True) if large != small else ():
        name = "flow" if flow else "plain"
        grows = found[flow, large].seconds / large / (found[flow, small].seconds / small)
        board.goal(f"{name}: time per plan at {large} at most {GROWS} times", grows <= GROWS, f"{grows:.2f}")
        peak = found[flow, large].peak / found[flow, small].peak
        board.goal(f"{name}: peak memory at {large} at most {MEMORY_GROWS} times", peak <= MEMORY_GROWS, f"{peak:.2f}")


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _database(server: object, folder: Path) -> Iterator[str]:
    from tests.postgres import Server

    if isinstance(server, Server):
        with server.database() as url:
            yield url
        return
    path = folder / "plans.db"
    yield str(path)
    path.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flows", description="From files to the database.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    board = Board()
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as folder:
        home = Path(folder, "prefect")
        home.mkdir()
        with prefect(home) as environment:
            board.say(f"{os.cpu_count()} cores")
            run(tuple(options.sizes), options.databases, board, Path(folder), environment)
    return 1 if board.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
