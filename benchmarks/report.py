"""The goals, and the tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.measure import OURS

CHARS_PER_SECOND = 500_000
TIMES_FASTER = 15  # than the fastest tool with a comparable chain
SCALING = 1.2  # time per character of ten plans in one document, as a multiple of the same plans one by one


_WORDS = ("corpus", "tool", "stage", "goal", "", "database", "how", "view", "by")


class Goal(NamedTuple):
    """A goal with the value that was measured."""

    goal: str
    bound: str
    value: float | None
    reached: bool


def goals(result: Mapping[str, Any], comparable: set[str]) -> list[Goal]:
    """What must hold on the corpus that is nearest to what users read: the real plans, else the generated ones. Scaling
    must hold on every corpus. A goal that could not be measured is not reached."""
    corpus = result["speeds"][-1]["corpus"]
    here = {each["tool"]: each for each in result["speeds"] if each["corpus"] == corpus}
    speed = here[OURS]["chars_per_second"]
    ratio = min((each["ratio"] for name, each in here.items() if name in comparable), default=None)
    scaling = max((each["ratio"] for each in result["scaling"]), default=None)
    return [
        Goal(f"characters a second ({corpus})", f"≥ {CHARS_PER_SECOND:,}", speed, speed >= CHARS_PER_SECOND),
        Goal(
            f"times the fastest comparable chain ({corpus})",
            f"≥ {TIMES_FASTER}",
            ratio,
            ratio is not None and ratio >= TIMES_FASTER,
        ),
        Goal("time per character, long to short", f"≤ {SCALING}", scaling, scaling is not None and scaling <= SCALING),
    ]


def show(result: Mapping[str, Any], does: Mapping[str, str], console: Console | None = None) -> None:
    """Print the tables."""
    console = console or Console()
    machine = result["machine"]
    console.print(
        f"Python {machine['python']}, {machine['system']} {machine['machine']}, one of {machine['cores']} cores; "
        f"processor time, median of {result['rounds']} rounds"
    )
    table = table_of("Text to facts", "corpus", "tool", "characters", "found", "chars/s", "spread", "times")
    for each in result["speeds"]:
        table.add_row(
            each["corpus"], each["tool"], f"{each['chars']:,}", f"{each['found']:,}",
            f"{each['chars_per_second']:,.0f}", f"{each['spread']:.0%}",
            "" if each["tool"] == OURS else f"{each['ratio']:.2g}",
        )  # fmt: skip
    console.print(table)
    console.print("times: how many times as fast as the tool kehoach is", style="dim")
    for name, words in does.items():
        console.print(f"{name}: {words}", style="dim")
    names = list(dict.fromkeys(each["corpus"] for each in result["stages"]))
    table = table_of("Stages: share of the time, chars/s", "stage", *names)
    by_stage: dict[str, list[str]] = {}
    for each in result["stages"]:
        by_stage.setdefault(each["stage"], []).append(f"{each['share']:.0%} · {each['chars_per_second']:,.0f}")
    for stage, cells in by_stage.items():
        table.add_row(stage, *cells)
    console.print(table)
    table = table_of(
        "Length: seconds per million characters", "corpus", "characters", "ten plans", "characters", "as one", "ratio"
    )
    for each in result["scaling"]:
        table.add_row(
            each["corpus"], f"{each['chars_each']:,}", f"{each['seconds_each']:.2f}", f"{each['chars_joined']:,}",
            f"{each['seconds_joined']:.2f}", f"{each['ratio']:.2f}",
        )  # fmt: skip
    console.print(table)
    show_goals(console, result["goals"])
    if result["missing"]:
        console.print(f"Not installed: {', '.join(result['missing'])}")


def show_goals(console: Console, goals: Iterable[Mapping[str, Any]]) -> None:
    """Print which goals are reached."""
    table = table_of("Goals", "goal", "bound", "measured", "")
    for each in goals:
        value = "not measured" if each["value"] is None else f"{each['value']:,.2f}".removesuffix(".00")
        table.add_row(each["goal"], each["bound"], value, "reached" if each["reached"] else "MISSED")
    console.print(table)


def table_of(title: str, *columns: str) -> Table:
    """A table with these columns, words to the left and figures to the right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in columns:
        words = name in _WORDS
        table.add_column(name, justify="left" if words else "right", no_wrap=True)
    return table
