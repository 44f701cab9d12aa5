"""The command that looks for words in all plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.cli.base import DB, FORMS, PROVINCE, Argument, Choice, Count, Option, command
from pipeline.cli.forms import join, number
from pipeline.cli.output import Column, answer, print_text
from pipeline.cli.words import say, term

if TYPE_CHECKING:
    from models.tables import PassageKind
    from pipeline.store.finding import PlanRef
    from pipeline.store.search import SearchHit

KINDS = ("plan", "section", "reference", "deadline", "target", "task")
FIELDS = (
    "plan.key", "plan.code", "plan.issue_date", "plan.issuer", "plan.province", "plan.title", "plan.path", "kind", "id",
    "section", "heading", "page", "span", "snippet", "marked",
)  # fmt: skip


@command(
    "search",
    Argument("words", nargs=-1, required=True),
    Option(["--kind"], type=Choice(KINDS), key="search_kind"),
    PROVINCE,
    Option(["--year"], type=Count(), metavar="year", key="plan_year"),
    Option(["--limit"], type=Count(), default=20, metavar="count", key="best"),
    DB,
    *FORMS,
    examples=(
        "kehoach search tiem phong dai",
        """kehoach search '"bệnh dại" -chó' --kind target""",
        'kehoach search 07/2016/TT-BNNPTNT --province "Cà Mau" --json',
    ),
)
def search(
    words: tuple[str, ...],
    kind: PassageKind | None,
    province: str | None,
    year: int | None,
    limit: int,
    db: str,
    form: str | None,
) -> None:
    """Look for words in sections and facts."""
    from pipeline.store import open_store
    from pipeline.store.search import search as find

    with open_store(db, create=False) as store, store.reading() as connection:
        found = find(connection, " ".join(words), kind=kind, province=province, year=year, limit=limit)
    columns: Sequence[Column[SearchHit]] = (
        Column("plan", lambda hit: join(" · ", _plan(hit.plan), hit.plan.province), share=3),
        Column("held", lambda hit: term("passage", hit.kind)),
        Column("found_in", lambda hit: hit.marked, share=9),
        Column("section", _where, share=2),
    )
    answer(found.hits, columns, FIELDS, form, title=say("label.hits"), none=say("say.no_hits"), found=found.count)
    if found.more and not form:
        print_text(say("say.more_hits", count=number(found.count)))


def _plan(plan: PlanRef) -> str:
    return plan.code or plan.title or plan.key


def _where(hit: SearchHit) -> str:
    return join(", ", hit.section, say("say.page", page=hit.page) if hit.page else None)
