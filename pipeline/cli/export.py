"""The command that writes all tables to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli import forms
from pipeline.cli.base import DB, Argument, Choice, Option, command
from pipeline.cli.output import print_text
from pipeline.cli.words import say

if TYPE_CHECKING:
    from pipeline.store.export import Format


@command(
    "export",
    Argument("folder"),
    Option(["--format", "form"], type=Choice(["xlsx", "csv", "parquet", "json"]), default="xlsx", key="format"),
    Option(["--bom"], is_flag=True),
    Option(["--views"], is_flag=True),
    DB,
    examples=("kehoach export du-lieu", "kehoach export du-lieu --format csv --bom --views"),
)
def export(folder: str, form: Format, bom: bool, views: bool, db: str) -> None:
    """Write all tables to files."""
    from pipeline.store import open_store
    from pipeline.store.export import export as write

    with open_store(db, create=False) as store, store.reading() as connection:
        rows = write(connection, Path(folder), form, bom=bom, views=views)
    print_text(say("say.exported", tables=len(rows), rows=forms.number(sum(rows.values())), folder=folder))
