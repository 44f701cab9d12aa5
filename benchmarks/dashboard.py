"""`python -m benchmarks.dashboard DATABASE`: how long the web page takes to its first content, in a real Chromium.

Each page is opened so many times, with another filter, plan or document each time, so that nobody's cache answers. What
is measured is the browser's own "first contentful paint", from the click. The exit code is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote
from urllib.request import urlopen

from sqlalchemy import Connection, func, select

from dashboard.screenshots import ARGUMENTS, NO_CHROMIUM, find_chromium
from models import tables as t
from pipeline.store.database import open_reader, reading

PAGE_GOAL, FILTER_GOAL = 1.5, 0.5  # seconds, for 95 of 100
PORT = 8799
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


class Measured(NamedTuple):
    """What one kind of page takes, in seconds."""

    name: str
    goal: float
    median: float
    p95: float
    worst: float


def main(arguments: list[str] | None = None) -> int:
    """Measure and tell; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__)
    parser.add_argument("db")
    parser.add_argument("--tries", type=int, default=50)
    options = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write(f"{NO_CHROMIUM}\n")
        return 1
    engine = open_reader(options.db)
    with reading(engine) as connection:
        counts = {
            table.__tablename__: _count(connection, table) for table in (t.Plan, t.Citation, t.Deadline, t.Target)
        }
        asked = _addresses(connection, options.tries)
    engine.dispose()
    sys.stdout.write("  ".join(f"{name} {count:,}" for name, count in counts.items()) + "\n")
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "dashboard", "--db", options.db, "--port", str(PORT)],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait()
        missed = False
        for measured in _measured(chromium, asked):
            missed |= measured.p95 > measured.goal
            sys.stdout.write(
                f"{measured.name:22} median {measured.median:6.3f} s   p95 {measured.p95:6.3f} s   "
                f"worst {measured.worst:6.3f} s   goal {measured.goal} s\n"
            )
            sys.stdout.flush()
    finally:
        server.terminate()
        server.wait()
    return int(missed)


def _count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _addresses(connection: Connection, tries: int) -> list[tuple[str, float, list[str]]]:
    """The kinds of pages with their goals and addresses."""
    provinces = [quote(name) for name in connection.execute(select(t.Province.name).order_by(t.Province.id)).scalars()]
    plans = _spread(connection, t.Plan.key, t.Plan.id, tries)
    documents = [quote(key) for key in _spread(connection, t.Document.key, t.Document.plans.desc(), tries)]
    measured = select(t.Measure.indicator_id).where(t.Measure.indicator_id.is_not(None)).distinct()
    indicators = list(connection.execute(measured).scalars())
    years = [year for year in connection.execute(select(t.Plan.year).distinct()).scalars() if year]

    def many(made: Callable[[int], str]) -> list[str]:
        return [made(i) for i in range(tries)]

    def one_of(values: list[Any], i: int) -> Any:
        return values[i % len(values)]

    return [
        ("overview", PAGE_GOAL, ["/"] * tries),
        ("plans", PAGE_GOAL, many(lambda i: f"/plans?page={i + 1}")),
        ("one plan", PAGE_GOAL, many(lambda i: f"/plans/{one_of(plans, i)}")),
        ("documents", PAGE_GOAL, many(lambda i: f"/documents?page={i + 1}")),
        ("one document", PAGE_GOAL, many(lambda i: f"/document?key={one_of(documents, i)}")),
        ("deadlines", PAGE_GOAL, many(lambda i: f"/deadlines?page={i + 1}")),
        ("deadlines of a month", PAGE_GOAL, many(lambda i: f"/deadlines?view=month&month=2026-{i % 12 + 1:02}")),
        ("targets", PAGE_GOAL, many(lambda i: f"/targets?page={i + 1}")),
        ("review", PAGE_GOAL, many(lambda i: f"/review?page={i + 1}")),
        (
            "plans, filter",
            FILTER_GOAL,
            many(lambda i: f"/plans?province={one_of(provinces, i)}&year={one_of(years, i)}"),
        ),
        ("plans, words", FILTER_GOAL, many(lambda i: f"/plans?q=tiem+chung&province={one_of(provinces, i)}")),
        ("documents, words", FILTER_GOAL, many(lambda i: f"/documents?q={i}+qd+ubnd")),
        ("deadlines, filter", FILTER_GOAL, many(lambda i: f"/deadlines?province={one_of(provinces, i)}&when=all")),
        ("targets, filter", FILTER_GOAL, many(lambda i: f"/targets?indicator={one_of(indicators, i)}")),
        ("review, filter", FILTER_GOAL, many(lambda i: f"/review?kind=target&province={one_of(provinces, i)}")),
    ]


def _spread(connection: Connection, column: Any, order: Any, tries: int) -> list[str]:
    """So many keys, from the first to the last."""
    total = connection.execute(select(func.count(column))).scalar_one()
    query = select(column).order_by(order).limit(1)
    return [connection.execute(query.offset(i * max(total // tries, 1) % total)).scalar_one() for i in range(tries)]


def _wait() -> None:
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{PORT}/static/icon.svg"):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the dashboard did not start")


def _measured(chromium: str, asked: list[tuple[str, float, list[str]]]) -> Iterator[Measured]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(f"http://127.0.0.1:{PORT}/nothing")  # the first page of a browser also starts it
        for name, goal, addresses in asked:
            seconds = []
            for address in addresses:
                answer = page.goto(f"http://127.0.0.1:{PORT}{address}", wait_until="load")
                if answer is None or answer.status != 200:
                    raise RuntimeError(f"{address} did not answer")
                while (painted := page.evaluate(_PAINT)) is None:
                    page.wait_for_timeout(20)
                seconds.append(painted / 1000)
            p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
            yield Measured(name, goal, statistics.median(seconds), p95, max(seconds))
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
