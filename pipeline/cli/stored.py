"""Commands about one stored plan: print it, remove it."""

from __future__ import annotations

from pipeline.cli.base import DB, JSON_FLAG, Argument, command
from pipeline.cli.output import draw, print_json, print_text
from pipeline.cli.tree import plan_view
from pipeline.cli.words import say


@command(
    "show",
    Argument("plan"),
    JSON_FLAG,
    DB,
    examples=("kehoach show 463/KH-SYT", "kehoach show data/samples/plans/ca-mau-512-kh-syt-2026.txt --json"),
)
def show(plan: str, as_json: bool, db: str) -> None:
    """Print a stored plan as `extract` printed it, with the plans that it goes with."""
    from pipeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.load(plan)
        links = () if as_json else store.links(plan)
    if as_json:
        print_json(found)
    else:
        draw(plan_view(found, links))


@command("remove", Argument("plan"), DB, examples=("kehoach remove 463/KH-SYT",))
def remove(plan: str, db: str) -> None:
    """Remove a plan and say which one it was."""
    from pipeline.store import open_store

    with open_store(db, create=False) as store:
        print_text(say("say.removed", plan=store.remove(plan)))
