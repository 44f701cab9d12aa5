"""`python -m benchmarks.database`: how fast facts are loaded, beside plain `executemany`, and how fast the database
answers; the exit code is 1 where a goal is missed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.__main__ import machine
from benchmarks.database import asking, facts, loading, report
from pipeline.store import Store, open_store

PLANS = 10_000
MANY = 110_000  # over a million targets
BASE = 2_000  # extracted plans that the many are varied from

NewDatabase = Callable[[], str]


def main(arguments: list[str] | None = None) -> int:
    """Measure, tell, and say by the exit code whether every goal is reached."""
    options = _options(arguments)
    result: dict[str, Any] = {"machine": machine(), "loads": [], "missing": []}
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-", dir=options.folder) as folder, ExitStack() as servers:
        numbers = iter(range(1_000))
        databases: dict[str, NewDatabase] = {"sqlite": lambda: str(Path(folder, f"{next(numbers)}.db"))}
        if server := servers.enter_context(_postgresql()):
            databases["postgresql"] = lambda: servers.enter_context(server.database())
        else:
            result["missing"].append("PostgreSQL")
        for name, new in databases.items() if options.plans else ():
            result["loads"].append({"database": name, **_loading(options, new)})
        if options.many:
            result["many"] = _many(options, options.keep or Path(databases["sqlite"]()))
    result["goals"] = [goal._asdict() for goal in report.goals(result)]
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    report.show(result)
    return 0 if all(goal["reached"] for goal in result["goals"]) else 1


def _loading(options: argparse.Namespace, new: NewDatabase) -> dict[str, Any]:
    with open_store(new()) as store:
        ours = loading.load(store, facts.extracted(options.plans, options.cache))
        peers = [peer._asdict() for peer in loading.peers(ours, store, new(), new())]
        return {**ours._asdict(), "bytes": _bytes(store), "peers": peers}


def _many(options: argparse.Namespace, file: Path) -> dict[str, Any]:
    base = list(facts.extracted(min(BASE, options.many), options.cache))
    there = file.exists()
    with open_store(file) as store:
        load = None if there else loading.load(store, facts.varied(base, options.many))._asdict()
        counts = loading.row_counts(store.engine)
        size = _bytes(store)
    # By a process of its own, as a command is: in this one the collector would look at all that the loading has left.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        asked = process.submit(asking.everything, str(file)).result()
    return {
        "load": load,
        "plans": counts["plans"],
        "base": len(base),
        "bytes": size,
        "counts": counts,
        "indicators": facts.indicator_shares(base),
        "asked": [each._asdict() for each in asked],
    }


def _bytes(store: Store) -> int:
    """How much room the database takes."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


@contextmanager
def _postgresql() -> Iterator[Any]:
    """The server that the tests use; None where there is none."""
    from tests.postgres import MISSING, running

    if MISSING:
        yield None
        return
    with running() as server:
        yield server


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.database", description=__doc__)
    parser.add_argument("--plans", type=int, default=PLANS, help=f"plans to load into each database; 0: none ({PLANS})")
    parser.add_argument("--many", type=int, default=MANY, help=f"plans to ask questions about; 0: don't ask ({MANY})")
    parser.add_argument(
        "--cache", type=Path, default=facts.cache_folder(), metavar="FOLDER", help="where extracted facts are kept"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="keep the many plans in this database; one that is there is only asked",
    )
    parser.add_argument("--folder", type=Path, help="where the databases are made (the system's folder for such)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
