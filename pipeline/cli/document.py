"""Commands about one file: what it holds, and the text behind that."""

from __future__ import annotations

from pipeline.cli.base import ALLOW_CLASSIFIED, JSON_FLAG, Argument, command
from pipeline.cli.output import draw, print_json, print_text
from pipeline.cli.tree import plan_view


@command(
    "extract",
    Argument("file"),
    JSON_FLAG,
    ALLOW_CLASSIFIED,
    examples=("kehoach extract ke-hoach.pdf", "kehoach extract ke-hoach.docx --json > ke-hoach.json"),
)
def extract(file: str, as_json: bool, allow_classified: bool) -> None:
    """Print what one file holds, without storing it."""
    from pipeline.extract import extract_file

    plan, _ = extract_file(file, allow_classified=allow_classified)
    if as_json:
        print_json(plan)
    else:
        draw(plan_view(plan))


@command("text", Argument("file"), ALLOW_CLASSIFIED, examples=("kehoach text ke-hoach.pdf > ke-hoach.txt",))
def text(file: str, allow_classified: bool) -> None:
    """Print the text that spans point into."""
    from pipeline.extract import extract_file

    _, words = extract_file(file, allow_classified=allow_classified)
    print_text(words)


@command("schema", examples=("kehoach schema > plan.schema.json",))
def schema() -> None:
    """Print the JSON Schema of a plan."""
    from models.schema import plan_schema

    print_json(plan_schema())
