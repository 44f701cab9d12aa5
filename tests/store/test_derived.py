"""What follows from a plan's facts: the days of its deadlines, what it says became of documents, words to be searched."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import tables as t
from models.plan import SectionFact, Span
from pipeline.store import Store
from pipeline.store.derived import search_words
from pipeline.store.workdays import working_day
from store.plans import deadline, metadata, plan, reference


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-03-14", "2025-03-14"),  # a Friday
        ("2025-03-15", "2025-03-17"),  # a Saturday
        ("2024-02-10", "2024-02-15"),  # Tết
        ("2024-09-02", "2024-09-04"),  # two days of the National Day
        ("2024-04-29", "2024-05-02"),  # made free: a Saturday was worked for it, then two holidays
        ("2024-05-04", "2024-05-04"),  # ... which is this one
        ("2025-12-31", "2025-12-31"),
        ("2026-01-01", "2026-01-02"),
    ],
)
def test_working_days(day: str, works: str) -> None:
    assert working_day(dt.date.fromisoformat(day)) == dt.date.fromisoformat(works)


YEAR = {"date": "2024-02-20", "period_start": "2024-01-01", "period_end": "2024-12-31"}
OPEN = {"date": "2024-02-20"}


@pytest.mark.parametrize(
    ("meta", "fields", "days"),
    [
        (YEAR, {"end_date": "2024-03-31"}, ["2024-03-31"]),
        (YEAR, {}, []),  # no day is named
        (YEAR, {"kind": "interval", "start_date": "2024-04-01", "end_date": "2024-06-30"}, ["2024-06-30"]),
        # Rules: from the day of the plan on, until its end; of the year's round in the month after it, too.
        (YEAR, {"rrule": "FREQ=MONTHLY;INTERVAL=3"}, ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        (YEAR, {"rrule": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10"}, ["2025-01-10"]),
        (YEAR, {"rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"}, ["2024-12-15"]),
        # A plan without an end: two years on.
        (OPEN, {"rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"}, ["2024-12-15", "2025-12-15", "2026-12-15"]),
        # Nothing to count from.
        ({"date": None}, {"rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"}, []),
        (YEAR, {"rrule": "FREQ=SOMETIMES"}, []),
    ],
)
def test_days_of_a_deadline(store: Store, meta: dict[str, Any], fields: dict[str, Any], days: list[str]) -> None:
    store.save(plan(meta=metadata(**meta), deadlines=(deadline(**fields),)), "x" * 100)
    with store.reading() as connection:
        found = connection.execute(select(t.DeadlineDay.day).order_by(t.DeadlineDay.day)).scalars().all()
    assert found == [dt.date.fromisoformat(day) for day in days]


@pytest.mark.parametrize(
    ("rule", "count", "last"),
    [
        ("FREQ=DAILY", 32, "2024-03-22"),  # its first month
        ("FREQ=WEEKLY;BYDAY=FR", 52, "2025-02-14"),  # its first year
    ],
)
def test_what_comes_often_is_told_for_a_while(store: Store, rule: str, count: int, last: str) -> None:
    meta = metadata(date="2024-02-20", period_start="2024-01-01", period_end="2028-12-31")
    store.save(plan(meta=meta, deadlines=(deadline(rrule=rule),)), "x" * 100)
    with store.reading() as connection:
        found = connection.execute(select(t.DeadlineDay.day).order_by(t.DeadlineDay.day)).scalars().all()
    assert (len(found), found[-1]) == (count, dt.date.fromisoformat(last))


NEW, OLD = "45/2025/NĐ-CP", "98/2023/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        # The plan itself does it.
        ("Kế hoạch này thay thế Nghị định 98", [(OLD, "replaces", OLD)], [(OLD, "replaces", None)]),
        # ... if it says so of itself: else a province's plan replaces no decree.
        ("thay thế Nghị định 98", [(OLD, "replaces", OLD)], []),
        # The document that the sentence names before it does it.
        ("Nghị định 45 (thay thế Nghị định 98)", [(NEW, "basis", None), (OLD, "replaces", OLD)], [(OLD, "replaces", NEW)]),
        # ... and not one of the sentence before.
        ("Nghị định 45. Thay thế Nghị định 98", [(NEW, "basis", None), (OLD, "repeals", OLD)], []),
        # A document that is said to amend another one.
        ("Nghị định 45 sửa đổi Nghị định 98", [(NEW, "amends", OLD), (OLD, "mentions", None)], [(OLD, "amends", NEW)]),
        ("Nghị định 45 và Nghị định 98", [(NEW, "basis", None), (OLD, "mentions", None)], []),
    ],
)  # fmt: skip
def test_what_became_of_documents(
    store: Store, text: str, mentions: list[tuple[str, str, str | None]], expected: list[tuple[str, str, str | None]]
) -> None:
    facts = []
    for number, (code, relation, changed) in enumerate(mentions):
        name = f"Nghị định {code.split('/')[0]}"
        span = Span(text.index(name), text.index(name) + len(name))
        facts.append(reference(code, None, None, id=f"r{number}", span=span, relation=relation, object=changed))
    store.save(plan(references=tuple(facts)), text + " " * 100)
    by = aliased(t.Document)
    query = (
        select(t.Document.key, t.Amendment.relation, by.key)
        .select_from(t.Amendment)
        .join(t.Document, t.Amendment.document_id == t.Document.id)
        .outerjoin(by, t.Amendment.by_id == by.id)
    )
    with store.reading() as connection:
        assert [tuple(row) for row in connection.execute(query)] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Phòng, chống bệnh DẠI", "phong chong benh dai"),
        ("Đắk Lắk – 568/QĐ-TTg", "dak lak 568 qd ttg"),
        (unicodedata.normalize("NFD", "tiêm chủng"), "tiem chung"),
        ("95,5%", "95 5"),
        ("…", ""),
    ],
)
def test_words_to_be_searched(text: str, words: str) -> None:
    assert search_words(text) == words


def test_a_section_has_its_own_words(store: Store) -> None:
    text = "I. Mục đích chung\n1. Cụ thể một\n2. Cụ thể hai\nhết"

    def section(id: str, parent: str | None, words: str) -> SectionFact:
        start = text.index(words)
        return SectionFact(
            id=id, parent=parent, path=None, marker=None, level=1, heading=None, heading_span=None,
            span=Span(start, start + len(words)), roles=(),
        )  # fmt: skip

    sections = (section("s1", None, text), section("s2", "s1", "1. Cụ thể một"), section("s3", "s1", "2. Cụ thể hai"))
    store.save(plan(sections=sections), text)
    with store.reading() as connection:
        query = select(t.Passage.fact_id, t.Passage.words).where(t.Passage.kind == "section")
        found = {row.fact_id: row.words for row in connection.execute(query)}
    assert found == {"s1": "i muc dich chung het", "s2": "1 cu the mot", "s3": "2 cu the hai"}
