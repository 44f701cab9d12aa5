"""The goals, and the tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console

from benchmarks.database.loading import SAME_SCHEMA
from benchmarks.report import Goal, show_goals, table_of

SHARE_OF_EXECUTEMANY = 0.3
MILLISECONDS = 150
_SHOWN = 12  # indicators whose shares are told


def goals(result: Mapping[str, Any]) -> Iterator[Goal]:
    """Loading must hold on each database that was measured, the answers in each question. What could not be
    measured is not reached."""
    for load in result["loads"]:
        [ratio] = [peer["ratio"] for peer in load["peers"] if peer["name"] == SAME_SCHEMA]
        bound = f"≥ {SHARE_OF_EXECUTEMANY}"
        yield Goal(f"load, {load['database']}: rows/s of executemany", bound, ratio, ratio >= SHARE_OF_EXECUTEMANY)
    for name in result["missing"]:
        yield Goal(f"load, {name}", f"≥ {SHARE_OF_EXECUTEMANY}", None, False)
    if many := result.get("many"):
        for view in dict.fromkeys(asked["view"] for asked in many["asked"]):
            times = [asked["p95"] for asked in many["asked"] if asked["view"] == view and asked["times"]]
            p95 = max(times, default=None)  # None: nothing to ask for
            yield Goal(f"{view}: slowest p95, ms", f"< {MILLISECONDS}", p95, p95 is not None and p95 < MILLISECONDS)


def show(result: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the tables."""
    console = console or Console(width=None if sys.stdout.isatty() else 130)
    machine = result["machine"]
    console.print(f"Python {machine['python']}, {machine['system']} {machine['machine']}, {machine['cores']} cores")
    table = table_of(
        "Loading: all rows, start to end",
        "database",
        "how",
        "plans",
        "rows",
        "s",
        "processor s",
        "rows/s",
        "ratio",
        "by clock",
    )
    for load in result["loads"]:
        _load_row(table, load, "kehoach, settled", load, "", "")
        for peer in load["peers"]:
            _load_row(table, load, peer["name"], peer, f"{peer['ratio']:.2f}", f"{peer['ratio_clock']:.2f}")
    console.print(table)
    console.print(
        "ratio: rows a second of kehoach as a share of these, by processor time for SQLite",
        style="dim",
    )
    for load in result["loads"]:
        console.print(f"{load['database']}: {load['bytes'] / load['plans'] / 1024:,.1f} KiB a plan", style="dim")
    if many := result.get("many"):
        _show_many(console, many)
    show_goals(console, result["goals"])


def _load_row(table: Any, load: Mapping[str, Any], how: str, time: Mapping[str, Any], *ratios: str) -> None:
    table.add_row(
        load["database"], how, f"{load['plans']:,}", f"{load['rows']:,}", f"{time['seconds']:.1f}",
        f"{time['processor']:.1f}", f"{load['rows'] / time['seconds']:,.0f}", *ratios,
    )  # fmt: skip


def _show_many(console: Console, many: Mapping[str, Any]) -> None:
    counts, load = many["counts"], many["load"]
    loaded = f"loaded in {load['seconds']:,.0f} s ({load['settle_seconds']:,.0f} s of it settling)" if load else "kept"
    console.print(
        f"{many['plans']:,} plans with {counts['targets']:,} targets, {counts['deadline_days']:,} days and "
        f"{counts['documents']:,} documents in SQLite, {loaded}, {many['bytes'] / many['plans'] / 1024:,.1f} KiB a plan"
    )
    console.print(
        f"They are {many['base']:,} generated plans, read once and then varied: another number, day, year, province, "
        "content and file, and the papers of that province; their words and their numbers are the same.",
        style="dim",
    )
    shares = [f"{name or 'none'} {share:.1%}" for name, share in list(many["indicators"].items())[:_SHOWN]]
    console.print(f"Indicators of the targets ({len(many['indicators'])}): {', '.join(shares)} …", style="dim")
    table = table_of("Answers: milliseconds", "view", "by", "asked", "rows", "median", "p95", "processor p95")
    for asked in many["asked"]:
        times = (f"{asked[name]:,.1f}" for name in ("median", "p95", "p95_processor"))
        table.add_row(asked["view"], asked["by"], str(asked["times"]), str(asked["rows"]), *times)
    console.print(table)
