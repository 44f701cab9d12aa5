"""Answers as a table for people, JSON or CSV for programs, or a CSV that Excel opens as it is."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.cli.forms import line
from pipeline.cli.words import say
from pipeline.formulas import harmless

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WORD = 24  # characters of a word that a table keeps together; the longest document codes have as many
WIDTH = 100  # columns of what is printed where there is no terminal to measure


T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a table: the label of its heading (or, `named`, the heading itself), how a row's cell reads, and its
    share of the width that is left (0: a narrow column that takes what its words need)."""

    label: str
    show: Callable[[T], str]
    share: int = 0
    right: bool = False
    named: bool = False


def answer(
    rows: Sequence[T],
    columns: Sequence[Column[T]],
    fields: Sequence[str],
    form: str | None,
    *,
    title: str,
    none: str,
    limit: int | None = None,
    found: int | None = None,
) -> None:
    """Print the first `limit` rows: as a table of `columns`, or in the form "json" (rows as they are), "csv" or "excel"
    (these fields of them). `none` is said in place of an empty table; `found` is how many rows there are, if not all of
    them are given."""
    shown = rows[:limit]
    found = len(rows) if found is None else found
    if form == "json":
        print_json(shown)
    elif form:
        print_csv(fields, ([_field(row, field) for field in fields] for row in shown), excel=form == "excel")
    elif shown:
        count = f"{len(shown)}/{found}" if len(shown) < found else f"{found}"
        print_table(shown, columns, f"{title} ({count})")
    else:
        print_text(none)


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


def print_table(rows: Iterable[T], columns: Sequence[Column[T]], title: str) -> None:
    """Print a table that fits the width: words are folded, never cut off."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    headings = [column.label if column.named else say(f"label.{column.label}") for column in columns]
    cells = [[line(column.show(row)) for column in columns] for row in rows]
    # What SIMPLE_HEAD draws around the cells: one blank at each side, three between two columns.
    room = console().width - 3 * len(columns) + 1
    widths = _widths([headings, *cells], [column.share for column in columns], room)
    for column, heading, width in zip(columns, headings, widths, strict=True):
        table.add_column(heading, justify="right" if column.right else "left", overflow="fold", width=width)
    for row_cells in cells:
        table.add_row(*row_cells)
    draw([table])


def fits(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table of these columns leaves each at least its longest word (or `WORD`, if that is less)."""
    room = console().width - 3 * len(names) + 1
    return None not in _widths([names, *([line(cell) for cell in row] for row in rows)], [1] * len(names), room)


def print_records(names: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> None:
    """Print each row as lines of a name and a value, below its number."""
    wide = max(map(len, names), default=0)
    print_text(title)
    for number, row in enumerate(rows, 1):
        print_text(f"\n[{number}]")
        for name, cell in zip(names, row, strict=True):
            print_text(f"{name:<{wide}}  {line(cell)}".rstrip())


def _widths(rows: Sequence[Sequence[str]], shares: Sequence[int], room: int) -> list[int] | list[None]:
    """The width of each column: without a share what its words need; with one its longest word, and by its share what
    is left of `room`, up to what it needs. Nones (any width) where not even the words have room."""
    from rich.cells import cell_len

    needs = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    words = [
        max(cell_len(word) for cell in cells for word in cell.split() or [""]) for cells in zip(*rows, strict=True)
    ]
    widths = [min(word, WORD) if share else need for word, need, share in zip(words, needs, shares, strict=True)]
    spare = room - sum(widths)
    if spare < 0:
        return [None] * len(widths)
    while spare and (open_columns := [i for i, share in enumerate(shares) if share and widths[i] < needs[i]]):
        whole = sum(shares[i] for i in open_columns)
        given = 0
        for i in open_columns:
            more = min(max(spare * shares[i] // whole, 1), needs[i] - widths[i], spare - given)
            widths[i] += more
            given += more
        spare -= given
    return widths


def print_json(value: Any) -> None:
    """Print `value` (values of the project or plain ones) as JSON over several lines, letters as they are."""
    import msgspec

    print_text(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_csv(fields: Sequence[str], rows: Iterable[Sequence[Any]], *, excel: bool) -> None:
    """Print rows as CSV below a line with the names of their fields. For Excel it opens with a byte order mark, without
    which Excel takes the letters for another alphabet, and no cell is run as a formula."""
    if excel:
        sys.stdout.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(field.replace(".", "_") for field in fields)
    for row in rows:
        cells = [_cell(value) for value in row]
        writer.writerow([harmless(cell) for cell in cells] if excel else cells)


def print_text(text: str) -> None:
    """Print `text` with a line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _field(row: Any, path: str) -> Any:
    """The value at a dotted path of attributes; None where a part on the way is None."""
    for name in path.split("."):
        row = None if row is None else getattr(row, name)
    return row


def _cell(value: Any) -> str | int | float:
    """One cell: days in ISO 8601, lists joined by "; " (spans by "-", plans by their code or key),
    nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_cell(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return ("-" if hasattr(value, "_fields") else "; ").join(str(_cell(part)) for part in value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, (int, str)):
        return value
    for name in ("code", "key", "message"):
        if getattr(value, name, None):
            return str(getattr(value, name))
    return str(value)
