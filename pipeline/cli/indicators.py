"""Commands about the catalogue of indicators: `kehoach indicators` lists it, `kehoach name` adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import BY, DB, FORMS, JSON_FLAG, LIMIT, NOTE, Argument, Choice, Option, command, decider
from pipeline.cli.forms import join, number
from pipeline.cli.output import Column, answer, print_json, print_text
from pipeline.cli.words import language, say, term

if TYPE_CHECKING:
    from pipeline.store.grouping import Group
    from pipeline.store.indicators import Direction, IndicatorRow

SHOWN = 3  # wordings of a group in a table; JSON and CSV have all
DIRECTIONS = ("higher", "lower", "range", "cap", "maintain", "context")


@command(
    "indicators",
    Argument("words", key="indicator_words", required=False),
    Option(["--family"], metavar="words", key="in_family"),
    Option(["--unmatched"], is_flag=True),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach indicators",
        'kehoach indicators "tiêm chủng"',
        'kehoach indicators --family "dân số" --csv > chi-tieu.csv',
        "kehoach indicators --unmatched --limit 20",
    ),
)
def indicators(
    words: str | None, family: str | None, unmatched: bool, db: str, limit: int | None, form: str | None
) -> None:
    """List indicators, or the groups of targets that none is known of."""
    from pipeline.store import indicators as store
    from pipeline.store import open_store

    if unmatched and family:
        raise click.UsageError(say("usage.no_family"), click.get_current_context())
    with open_store(db, create=False) as opened, opened.reading() as connection:
        if unmatched:
            _groups(store.unmatched(connection, words), limit, form)
        else:
            _catalogue(store.indicators(connection, words, family=family), limit, form)


def _catalogue(rows: Sequence[IndicatorRow], limit: int | None, form: str | None) -> None:
    def shown(row: IndicatorRow) -> str:
        found = (row.name_en if language() == "en" else None) or row.name or ""
        return join(" ", found, say("say.named_by_person") if row.named else None)

    columns: Sequence[Column[IndicatorRow]] = (
        Column("id", lambda row: row.id),
        Column("indicator", shown, share=8),
        Column("unit", lambda row: row.unit or "", share=3),
        Column("direction", lambda row: term("direction", row.direction or "")),
        *_tally(),
    )
    fields = (
        "id", "name", "name_en", "family", "unit", "direction", "subject", "named", "wordings", "targets", "plans",
        "provinces", "years",
    )  # fmt: skip
    answer(rows, columns, fields, form, limit=limit, title=say("label.indicators"), none=say("say.no_indicators"))


def _groups(rows: Sequence[Group], limit: int | None, form: str | None) -> None:
    def shown(group: Group) -> str:
        more = len(group.wordings) - SHOWN
        return " · ".join((*group.wordings[:SHOWN], *([f"(+{more})"] if more > 0 else [])))

    columns: Sequence[Column[Group]] = (
        Column("group", lambda group: group.id),
        Column("words", shown, share=8),
        Column("unit", lambda group: group.unit or "", share=3),
        *_tally(),
    )
    fields = ("id", "unit", "wordings", "targets", "plans", "provinces", "years")
    answer(rows, columns, fields, form, limit=limit, title=say("label.unmatched"), none=say("say.no_unmatched"))


def _tally() -> Sequence[Column[Any]]:
    return (
        Column("targets_short", lambda row: number(row.targets), right=True),
        Column("plans_short", lambda row: number(row.plans), right=True),
        Column("provinces_short", lambda row: number(row.provinces), right=True),
        Column("years", lambda row: _years(row.years)),
    )


def _years(years: Sequence[int]) -> str:
    """The first and the last year: what lies between is in JSON and CSV."""
    return "" if not years else f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"


@command(
    "name",
    Argument("what", key="what"),
    Argument("title", key="indicator_name", required=False),
    Option(["--as", "id"], metavar="id", key="as"),
    Option(["--name-en"], metavar="words"),
    Option(["--unit"], metavar="unit", key="indicator_unit"),
    Option(["--direction"], type=Choice(DIRECTIONS)),
    Option(["--family"], metavar="words"),
    Option(["--subject"], metavar="words"),
    Option(["--synonym", "synonyms"], metavar="words", multiple=True, key="synonym"),
    Option(["--withdraw"], is_flag=True, key="withdraw_name"),
    BY,
    NOTE,
    JSON_FLAG,
    DB,
    examples=(
        'kehoach name 5f0c2e1a "Tỷ lệ hộ có nhà tiêu" --direction higher',
        'kehoach name "hao phí vắc xin" "Tỷ lệ hao phí" --direction lower --unit %',
        "kehoach name 5f0c2e1a --as TC01",
        'kehoach name N001 "Tên mới" --name-en "Vaccine wastage rate"',
        "kehoach name N001 --withdraw",
    ),
)
def name(
    what: str,
    title: str | None,
    id: str | None,
    name_en: str | None,
    unit: str | None,
    direction: Direction | None,
    family: str | None,
    subject: str | None,
    synonyms: tuple[str, ...],
    withdraw: bool,
    by: str | None,
    note: str | None,
    as_json: bool,
    db: str,
) -> None:
    """Name targets as an indicator, change what was named, or take it back."""
    from pipeline.store import indicators as store
    from pipeline.store import open_store
    from pipeline.store.database import writing

    with open_store(db, create=False) as opened, writing(opened.engine) as connection:
        if withdraw:
            done = store.withdraw(connection, what)
        else:
            entry = store.Entry(
                name=title, name_en=name_en, unit=unit, direction=direction, family=family, subject=subject,
                synonyms=synonyms,
            )  # fmt: skip
            done = store.name(connection, what, entry, id=id, by=decider(by), note=note)
    if as_json:
        print_json(done)
    else:
        said = "say.name_withdrawn" if withdraw else "say.name_given"
        print_text(say(said, id=done.id, name=done.name or "", n=number(done.targets)))
