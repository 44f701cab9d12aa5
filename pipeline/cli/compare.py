"""The command that lays one indicator side by side: a table with ranks and the spread, JSON, CSV, a chart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli import forms
from pipeline.cli.base import DB, FORMS, Argument, Choice, Count, Option, Picture, command
from pipeline.cli.forms import join
from pipeline.cli.output import Column, answer, print_json, print_table, print_text
from pipeline.cli.words import language, say, term

if TYPE_CHECKING:
    from pipeline.store.comparing import Also, AsOf, By, Compared, ComparedRow, Spread

_ALSO = 8  # other indicators that are named
FIELDS = (
    "rank", "place", "place_scheme", "part", "region", "covers", "province", "scheme", "plan.key", "plan.code",
    "plan.issue_date", "plan.issuer", "plan.title", "plan.path", "indicator_id", "indicator", "subject", "comparator",
    "low", "high", "unit", "value", "approximate", "change", "year", "year_of_plan", "baseline.value", "baseline.year",
    "baseline.words", "text", "page", "span", "id", "part_of", "confidence", "reason",
)  # fmt: skip


@command(
    "compare",
    Argument("indicator", required=False),
    Option(["--year"], type=Count(), metavar="year"),
    Option(["--by"], type=Choice(("province", "region")), default="province"),
    Option(["--as-of"], type=Choice(("old", "new")), key="as_of_map"),
    Option(["--png"], type=Picture(), metavar="file"),
    DB,
    *FORMS,
    examples=(
        "kehoach compare",
        'kehoach compare "bảo hiểm y tế" --year 2026',
        "kehoach compare BH01 --as-of new --csv > so-sanh.csv",
        "kehoach compare TC01 --by region --png so-sanh.png",
    ),
)
def compare(
    indicator: str | None, year: int | None, by: By, as_of: AsOf | None, png: str | None, db: str, form: str | None
) -> None:
    """Compare one indicator over all provinces."""
    from pipeline.store import open_store
    from pipeline.store.comparing import compare as find

    with open_store(db, create=False) as store, store.reading() as connection:
        found = find(connection, indicator, year=year, by=by, as_of=as_of)
    if png and found:
        from pipeline.cli.chart import draw_chart

        draw_chart(found, Path(png))
    if form == "json":
        print_json(found)
    elif form or found is None:
        rows = found.rows if found else ()
        answer(rows, (), FIELDS, form, title="", none=say("say.no_comparison"))
    else:
        _print(found)
        if png:
            print_text(say("say.chart", path=png))


def title_of(found: Compared) -> str:
    """What is compared, and for which year."""
    year = say("say.of_year", year=found.year) if found.year else None
    return join(", ", say("say.comparison", indicator=_named(found)), year)


def place_of(row: ComparedRow, as_of: AsOf | None) -> str:
    """A row's province, with what it was before or is a part of: names alone would mix different lands."""
    place = row.place or "–"
    if row.part:
        return say("say.part_of", place=place, province=row.province)
    if row.covers and as_of == "old":
        return say("say.made_of", place=place, former=", ".join(row.covers))
    if row.covers and as_of is None:
        return say("say.merged", place=place)
    return place


def level_of(row: ComparedRow, unit: str | None) -> str:
    """A row's bound as its plan has it and, where that is another unit, as it is compared."""
    level = forms.amount(row)
    if row.value is None or row.unit == unit:
        return level
    bound = row.high if row.comparator in ("<", "<=") else row.low
    return level if row.value == bound else join(" ", level, f"(= {forms.measure(row.value, unit)})")


def spread_of(spread: Spread, unit: str | None) -> str:
    """The least, the median and the greatest value in words."""
    low, middle, high = (forms.measure(value, unit) for value in (spread.low, spread.median, spread.high))
    return say("say.spread", low=low, median=middle, high=high, rows=spread.rows, places=spread.places)


def reasons_of(found: Compared) -> dict[str, int]:
    """How many rows stand apart for each reason, in words."""
    reasons = [row.reason for row in found.rows if row.reason]
    return {term("reason", reason): reasons.count(reason) for reason in dict.fromkeys(reasons)}


def _print(found: Compared) -> None:
    whole = [row for row in found.rows if row.rank is not None]
    apart = [row for row in found.rows if row.rank is None]
    place = Column["ComparedRow"]("province", lambda row: place_of(row, found.as_of), share=5)
    region = Column["ComparedRow"]("region", lambda row: row.region or say("say.no_region"), share=3)
    where = (region, place) if found.by == "region" else (place,)
    rank = Column["ComparedRow"]("rank", lambda row: str(row.rank), right=True)
    level = Column["ComparedRow"]("amount", lambda row: level_of(row, found.unit), share=3)
    year = Column["ComparedRow"]("year", lambda row: f"{row.year or ''}{'*' if row.year_of_plan else ''}")
    baseline = Column["ComparedRow"]("baseline", _baseline, share=2)
    plan = Column["ComparedRow"]("plan", lambda row: row.plan.code or row.plan.title or row.plan.key, share=3)
    words = Column["ComparedRow"]("words", lambda row: row.text, share=6)
    reason = Column["ComparedRow"]("reason", lambda row: term("reason", row.reason or ""), share=4)
    columns: Sequence[Column[ComparedRow]] = (rank, *where, level, year, baseline, plan, words)
    if not any(map(_baseline, whole)):
        columns = [column for column in columns if column is not baseline]
    if whole:
        print_table(whole, columns, f"{title_of(found)} ({len(whole)})")
    else:
        print_text(f"{title_of(found)}: {say('say.nothing_compares')}")
    if found.spread:
        print_text(spread_of(found.spread, found.unit))
    if found.regions:
        print_text("")
        print_table(found.regions, _region_columns(found.unit), say("label.region"))
    if apart:
        print_text("")
        print_table(apart, (place, level, year, plan, reason, words), f"{say('say.apart')} ({len(apart)})")
    if found.also:
        print_text(say("say.also_means", indicators=_also_means(found)))
    if found.other_years or found.no_year:
        print_text(say("say.other_years", years=_not_listed(found)))
    if any(row.year_of_plan for row in found.rows):
        print_text(say("say.year_of_plan"))


def _also_means(found: Compared) -> str:
    """The other indicators that the words mean, the first of them."""
    first = found.also[:_ALSO]
    names = [f"{_named(one)} ({forms.number(one.targets)})" for one in first]
    return "; ".join([*names, *(["…"] if len(found.also) > _ALSO else [])])


def _named(one: Also | Compared) -> str:
    """An indicator by its name and its id."""
    name = (one.name_en if language() == "en" else None) or one.name or one.indicator
    return join(" · ", name, one.indicator if one.name != one.indicator else None)


def _not_listed(found: Compared) -> str:
    """How many targets there are for which other year, and for none."""
    years = [f"{year} ({forms.number(count)})" for year, count in found.other_years.items()]
    return ", ".join(
        [*years, *([f"{say('say.without_year')} ({forms.number(found.no_year)})"] if found.no_year else [])]
    )


def _region_columns(unit: str | None) -> Sequence[Column[Spread]]:
    return (
        Column("region", lambda group: group.name or say("say.no_region"), share=1),
        Column("counted_rows", lambda group: str(group.rows), right=True),
        Column("lowest", lambda group: forms.measure(group.low, unit), right=True),
        Column("median", lambda group: forms.measure(group.median, unit), right=True),
        Column("highest", lambda group: forms.measure(group.high, unit), right=True),
    )


def _baseline(row: ComparedRow) -> str:
    base = row.baseline
    if base is None:
        return ""
    if base.value is None:
        return base.words
    return join(" ", forms.number(base.value), f"({base.year})" if base.year else None)
