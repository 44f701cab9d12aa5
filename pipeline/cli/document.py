"""Commands about one file: what it holds, and the text behind that."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pipeline.cli.base import ALLOW_CLASSIFIED, JSON_FLAG, Argument, command
from pipeline.cli.output import draw, print_json, print_text
from pipeline.cli.tree import plan_view
from pipeline.errors import UnreadableError

if TYPE_CHECKING:
    from models.plan import Plan


@command(
    "extract",
    Argument("file"),
    JSON_FLAG,
    ALLOW_CLASSIFIED,
    examples=("kehoach extract ke-hoach.pdf", "kehoach extract ke-hoach.docx --json > ke-hoach.json"),
)
def extract(file: str, as_json: bool, allow_classified: bool) -> None:
    """Print what one file holds, without storing it."""
    plan, _ = _read(file, allow_classified)
    if as_json:
        print_json(plan)
    else:
        draw(plan_view(plan))


@command("text", Argument("file"), ALLOW_CLASSIFIED, examples=("kehoach text ke-hoach.pdf > ke-hoach.txt",))
def text(file: str, allow_classified: bool) -> None:
    """Print the text that spans point into."""
    _, words = _read(file, allow_classified)
    if sys.stdout.isatty():
        print_text(words)
    else:
        sys.stdout.write(words)  # to the byte: its hash is the plan's `text_sha256`


@command("schema", examples=("kehoach schema > plan.schema.json",))
def schema() -> None:
    """Print the JSON Schema of a plan."""
    from models.schema import plan_schema

    print_json(plan_schema())


def _read(file: str, allow_classified: bool) -> tuple[Plan, str]:
    """The plan in a file and its text."""
    from pipeline.extract import extract_file

    shown = file.encode(errors="backslashreplace").decode()
    if shown != file:  # a name of bytes that are no text can stand in no JSON
        raise UnreadableError("file_name", shown)
    return extract_file(file, allow_classified=allow_classified)
