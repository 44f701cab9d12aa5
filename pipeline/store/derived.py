"""Rows that follow from one plan's facts and are kept so that questions over all plans are fast: the days of its
deadlines, what its targets measure, what it says became of documents, and its words for the search.

They are written with the plan (`pipeline.store.writing`) and made anew by `pipeline.store.renewal`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from data import load
from extractors.vietnamese import ascii_key
from models import tables as t
from models.plan import Deadline, Plan, Span, Target
from pipeline.store.amendments import changes
from pipeline.store.keys import key_of
from pipeline.store.measures import convert
from pipeline.store.recurrence import first_of, occurrences
from pipeline.store.rows import Row, SharedIds, of_plan
from pipeline.store.workdays import working_day

HORIZON = {"DAILY": 31, "WEEKLY": 366}
"""How many days ahead of a plan's beginning a rule of this frequency is told day by day; others as long as the plan."""

AHEAD_YEARS = 2
"""How long the rule of a plan goes on that names no end, from the plan's beginning."""

SIDES = {">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling"}
_WORDS = re.compile(r"[^\W_]+")


class IndicatorRecord(NamedTuple):
    """What a target of this indicator is held against."""

    unit: str | None
    direction: str | None
    subject: str | None


_UNKNOWN = IndicatorRecord(None, None, None)

Match = Callable[[Target], str | None]
"""Which indicator a target means: of the catalogue, or one that a person named."""


@cache
def catalogue() -> Mapping[str, IndicatorRecord]:
    """The indicators of `data/indicators.toml` by their ids."""
    records = load("indicators")["indicators"]
    return {r["id"]: IndicatorRecord(r.get("unit"), r.get("direction"), r.get("subject")) for r in records}


def as_extracted(target: Target) -> str | None:
    """The indicator that extraction found, for who knows no others."""
    return target.indicator_id


TABLES = (t.DeadlineDay, t.Measure, t.Amendment, t.Passage)


def derived_rows(
    plan: Plan, text: str, plan_id: int, shared: SharedIds, match: Match, indicators: Mapping[str, IndicatorRecord]
) -> Iterator[tuple[Any, list[Row]]]:
    """The rows as (table, rows). `indicators` holds every id that `match` may give."""
    found = (_days(plan), _measures(plan, match, indicators), _amendments(plan, text, shared), _passages(plan, text))
    return of_plan(plan_id, zip(TABLES, found, strict=True))


# --- days ---------------------------------------------------------------------------------------------------------


def _days(plan: Plan) -> Iterator[Row]:
    m = plan.metadata
    ends = dt.date.fromisoformat(m.period_end) if m.period_end else None
    begins = first_of(m.issue_date, dt.date.fromisoformat(m.period_start) if m.period_start else None)
    if begins is None and ends:
        begins = ends.replace(month=1, day=1)
    for deadline in plan.deadlines:
        for day in _days_of(deadline, begins, ends):
            yield {"deadline_id": deadline.id, "day": day, "working_day": working_day(day)}


def _days_of(deadline: Deadline, begins: dt.date | None, ends: dt.date | None) -> tuple[dt.date, ...]:
    if deadline.rrule is None:
        return (dt.date.fromisoformat(deadline.end_date),) if deadline.end_date else ()
    if begins is None:
        return ()
    ahead = next((days for name, days in HORIZON.items() if f"FREQ={name}" in deadline.rrule), None)
    until = begins + dt.timedelta(days=ahead) if ahead else dt.date.max
    # What comes before the plan is left out here, so that plans of one year share the days of a rule.
    return tuple(day for day in _rule_days(deadline.rrule, begins.year, ends) if begins <= day <= until)


@lru_cache(maxsize=10_000)
def _rule_days(rule: str, year: int, ends: dt.date | None) -> tuple[dt.date, ...]:
    """The days of a rule in a plan that begins in a year."""
    begins = dt.date(year, 1, 1)
    until = None if ends else dt.date(year + AHEAD_YEARS, 12, 31)
    try:
        return tuple(occurrences(rule, begins, until, begins=begins, ends=ends))
    except ValueError:
        return ()  # a rule that nobody can read has no day


# --- measures -----------------------------------------------------------------------------------------------------


def year_of(target: Target, plan: Plan) -> int | None:
    """The year that a target is for: the last of its period; of a plan of one year that year, if the target names no
    time of its own."""
    if target.period_end:
        return int(target.period_end[:4])
    start, end = plan.metadata.period_start, plan.metadata.period_end
    return int(end[:4]) if start and end and start[:4] == end[:4] and not target.period_start else None


def _measures(plan: Plan, match: Match, indicators: Mapping[str, IndicatorRecord]) -> Iterator[Row]:
    years = {target.id: year_of(target, plan) for target in plan.targets}
    return measures_of(plan.targets, years, match, indicators)


def measures_of(
    targets: Collection[Target],
    years: Mapping[str, int | None],
    match: Match,
    indicators: Mapping[str, IndicatorRecord],
) -> Iterator[Row]:
    """What each of a plan's targets measures, `years` being those that they are for; rows without the plan's id."""
    means = {target.id: match(target) for target in targets}
    for target in targets:
        indicator, year = means[target.id], years[target.id]
        value, apart = None, None
        if indicator is not None:
            whole = means.get(target.part_of) if target.part_of else None
            value, apart = _measured(target, year, indicators.get(indicator, _UNKNOWN), part=whole == indicator)
        yield {"target_id": target.id, "indicator_id": indicator, "year": year, "value": value, "apart": apart}


def _measured(
    target: Target, year: int | None, record: IndicatorRecord, *, part: bool
) -> tuple[float | None, t.Apart | None]:
    """The number in the indicator's unit, and why it does not compare with those of other plans."""
    bound = bound_of(target.comparator, target.low, target.high, record.direction)
    value = None if bound is None or target.change else convert(bound, target.unit, record.unit)
    usual = "floor" if record.direction == "higher" else "ceiling"
    reasons: tuple[tuple[t.Apart, bool], ...] = (
        ("no_year", year is None),
        ("part", part),
        ("subject", key_of(target.subject or "") not in ("", key_of(record.subject or ""))),
        ("change", target.change is not None),
        ("no_value", bound is None),
        ("bound", SIDES.get(target.comparator, usual) != usual),
        ("unit", value is None),
    )
    return value, next((reason for reason, holds in reasons if holds), None)


def bound_of(comparator: str, low: float | None, high: float | None, direction: str | None) -> float | None:
    """The number a target is held to; of a range what it promises at least."""
    if comparator == "range" and direction == "lower":
        return high
    return low if low is not None else high


# --- what became of documents -------------------------------------------------------------------------------------


def _amendments(plan: Plan, text: str, shared: SharedIds) -> Iterator[Row]:
    for change in changes(plan, text):
        yield {
            "citation_id": change.citation_id,
            "relation": change.relation,
            "document_id": shared.documents[change.document],
            "by_id": shared.documents[change.by] if change.by else None,
        }


# --- words --------------------------------------------------------------------------------------------------------


def search_words(text: str) -> str:
    """The words of a text as they are searched: small letters without accents, đ as d, no marks."""
    return " ".join(_WORDS.findall(ascii_key(unicodedata.normalize("NFC", text))))


SEARCHED_FIELDS: dict[t.PassageKind, tuple[str, ...]] = {
    "plan": ("code", "title", "issuer"),
    "reference": ("text", "title"),
    "deadline": ("text", "responsible", "recipient"),
    "target": ("text", "indicator"),
    "task": ("text",),
}
"""The fields whose words are a fact's passage: its own, and those of the others that it lacks."""

PASSAGE = 2_000
"""How many words one passage has at most: PostgreSQL remembers neither the places behind the 16,383rd word nor more
than 256 of one word, and takes no text of more than a megabyte."""


def _passages(plan: Plan, text: str) -> Iterator[Row]:
    yield from _passage("plan", None, plan.metadata)
    for section_id, words in _own_words(plan, text):
        for piece in _pieces(search_words(words).split(" ")):
            yield {"kind": "section", "fact_id": section_id, "words": piece}
    kinds: dict[t.PassageKind, Iterable[Any]] = {
        "reference": plan.references,
        "deadline": plan.deadlines,
        "target": plan.targets,
        "task": plan.tasks,
    }
    for kind, facts in kinds.items():
        for fact in facts:
            yield from _passage(kind, fact.id, fact)


def _passage(kind: t.PassageKind, fact_id: str | None, fact: Any) -> Iterator[Row]:
    own, *more = (getattr(fact, name) or "" for name in SEARCHED_FIELDS[kind])
    words = search_words(" ".join([own, *(words for words in more if words not in own)]))
    for piece in _pieces(words.split(" ")):
        yield {"kind": kind, "fact_id": fact_id, "words": piece}


def _pieces(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), PASSAGE):
        yield " ".join(words[start : start + PASSAGE])


def _own_words(plan: Plan, text: str) -> Iterator[tuple[str, str]]:
    """What stands in each section and in none below it."""
    inner: dict[str | None, list[Span]] = {}
    for section in plan.sections:
        inner.setdefault(section.parent, []).append(section.span)
    for section in plan.sections:
        spans = uncovered(section.span, inner.get(section.id, ()))
        yield section.id, "\n".join(text[start:end] for start, end in spans)


def uncovered(span: Span, inner: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span without those within it."""
    at = span.start
    for start, end in sorted(inner):
        yield Span(at, max(at, start))
        at = max(at, end)
    yield Span(at, max(at, span.end))
