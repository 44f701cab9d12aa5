"""Answers as a table for people, JSON or CSV for programs, or a CSV that Excel opens as it is."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.cli.forms import line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDTH = 100  # columns of what is printed where there is no terminal to measure


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, how a row's cell reads, and its share of the width (0: what its words need)."""

    heading: str
    show: Callable[[Any], str]
    share: int = 0
    right: bool = False


def console() -> Console:
    """Where tables go: the terminal, or plain text of `COLUMNS` (else 100) columns."""
    from rich.console import Console

    wide = os.environ.get("COLUMNS", "")
    width = int(wide) if wide.isdecimal() and int(wide) else WIDTH
    if sys.stdout.isatty():
        width = shutil.get_terminal_size((WIDTH, 24)).columns
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def draw(parts: Iterable[RenderableType]) -> None:
    """Print parts one below the other, without the blanks that fill up their lines."""
    screen = console()
    if sys.stdout.isatty():
        for part in parts:
            screen.print(part)
        return
    with screen.capture() as capture:
        for part in parts:
            screen.print(part)
    sys.stdout.writelines(f"{text.rstrip()}\n" for text in capture.get().splitlines())


def print_table(rows: Iterable[Any], columns: Sequence[Column], title: str) -> None:
    """Print a table that fits the width: words are folded, never cut off."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(
            column.heading,
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.share,
            ratio=column.share or None,
        )
    for row in rows:
        table.add_row(*(line(column.show(row)) for column in columns))
    draw([table])


def print_json(value: Any) -> None:
    """Print `value` (values of the project or plain ones) as JSON over several lines, letters as they are."""
    import msgspec

    print_text(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_csv(records: Sequence[dict[str, Any]], *, excel: bool) -> None:
    """Print records as CSV with a head line. For Excel it opens with a byte order mark, without which Excel takes the
    letters for another alphabet, and no cell is read as a formula."""
    if excel:
        sys.stdout.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if records:
        writer.writerow(records[0])
    for record in records:
        cells = [_plain(value) for value in record.values()]
        writer.writerow([_harmless(cell) if excel else cell for cell in cells])


def print_text(text: str) -> None:
    """Print `text` with a line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _plain(value: Any) -> str | int | float:
    """A value of JSON as one cell: lists of words joined by "; ", booleans as true and false, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_plain(part)) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    return value if isinstance(value, (int, float)) else str(value)


def _harmless(cell: str | int | float) -> str | int | float:
    """A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
