"""The command that asks the database in SQL."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.cli.base import DB, FORMS, LIMIT, Argument, command
from pipeline.cli.forms import number
from pipeline.cli.output import Column, fits, print_csv, print_json, print_records, print_table, print_text
from pipeline.cli.words import say

Row = tuple[Any, ...]


@command(
    "query",
    Argument("sql"),
    LIMIT,
    DB,
    *FORMS,
    examples=(
        """kehoach query "SELECT province, value FROM v_compare WHERE rank = 1\"""",
        """kehoach query "SELECT * FROM v_still_cited" --csv""",
    ),
)
def query(sql: str, limit: int | None, db: str, form: str | None) -> None:
    """Answer one SELECT; nothing can be changed by it."""
    from pipeline.store import Store
    from pipeline.store.asking import ask
    from pipeline.store.database import open_reader

    with Store(open_reader(db)) as store, store.reading() as connection:
        names, rows = ask(connection, sql, {})
    shown = rows[:limit]
    if form == "json":
        print_json([dict(zip(names, row, strict=True)) for row in shown])
    elif form:
        print_csv(names, shown, excel=form == "excel")
    elif shown:
        counted = f"{len(shown)}/{len(rows)}" if len(shown) < len(rows) else f"{len(rows)}"
        title, cells = f"{say('label.answer')} ({counted})", [[_said(value) for value in row] for row in shown]
        if sys.stdout.isatty() and not fits(names, cells):
            print_records(names, cells, title)
        else:
            print_table(shown, _columns(names, shown), title)
    else:
        print_text(say("say.no_rows"))


def _columns(names: Sequence[str], rows: Sequence[Row]) -> list[Column[Row]]:
    def cell(place: int) -> Callable[[Row], str]:
        return lambda row: _said(row[place])

    numbers = [all(isinstance(row[i], (int, float, type(None))) for row in rows) for i in range(len(names))]
    return [
        Column(name, cell(i), share=0 if numbers[i] else 1, right=numbers[i], named=True)
        for i, name in enumerate(names)
    ]


def _said(value: Any) -> str:
    return "" if value is None else number(value) if isinstance(value, float) else str(value)
