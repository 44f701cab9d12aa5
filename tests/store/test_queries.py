"""Questions over all plans."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from models.plan import Span
from pipeline.errors import KehoachError
from pipeline.store import Store, documents, queries
from store.plans import DRAFT, FULL, TEXT, deadline, metadata, plan, target

TODAY = dt.date(2022, 3, 17)


def day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


@pytest.fixture
def years(store: Store) -> Store:
    """Plans of two provinces and a draft, with deadlines around the day that is asked about."""
    places = {"Quảng Ngãi": "2022-01-10", "Hồ Chí Minh": "2022-01-11"}
    for n, (province, date) in enumerate(places.items()):
        facts = (
            deadline("past", end_date="2022-03-16", span=Span(1, 2)),
            deadline("today", end_date="2022-03-17", span=Span(2, 3), bound="by"),
            deadline("soon", end_date="2022-04-16", span=Span(3, 4)),
            deadline("later", end_date="2022-04-17", start_date="2022-01-01", kind="interval", span=Span(4, 5)),
            deadline("quarter", rrule="FREQ=MONTHLY;INTERVAL=3", span=Span(5, 6)),
            deadline("event", anchor="ngày ban hành", span=Span(6, 7)),
        )
        meta = metadata(f"{n}/KH-SYT", date, province=province, period_start="2022-01-01", period_end="2022-12-31")
        store.save(plan(f"/plans/{n}.txt", province, meta=meta, deadlines=facts[n:]), TEXT)
    over = metadata(**DRAFT, province=None, period_start="2021-01-01", period_end="2021-12-31")
    store.save(plan("/plans/old.txt", "old", meta=over, deadlines=(deadline("year", rrule="FREQ=YEARLY"),)), TEXT)
    store.settle()
    return store


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            {},
            [
                "2022-03-16 overdue past Quảng Ngãi",
                "2022-03-17 due today Hồ Chí Minh",
                "2022-03-17 due today Quảng Ngãi",
                "2022-03-31 recurring quarter Hồ Chí Minh",
                "2022-03-31 recurring quarter Quảng Ngãi",
                "2022-04-16 due soon Hồ Chí Minh",
                "2022-04-16 due soon Quảng Ngãi",
                "2022-04-17 next later Hồ Chí Minh",
                "2022-04-17 next later Quảng Ngãi",
                "None undated event Hồ Chí Minh",
                "None undated event Quảng Ngãi",
                "None ended year None",
            ],
        ),
        # Between two days, both included; what has no day is left out.
        (
            {"since": "2022-03-17", "until": "2022-03-31", "province": "Quảng Ngãi"},
            ["2022-03-17 due today Quảng Ngãi", "2022-03-31 recurring quarter Quảng Ngãi"],
        ),
        # A recurring one shows its first day in the window asked for.
        (
            {"since": "2022-04-17", "province": "Quảng Ngãi"},
            ["2022-04-17 next later Quảng Ngãi", "2022-06-30 recurring quarter Quảng Ngãi"],
        ),
        ({"since": "2022-07-01", "until": "2022-08-01"}, []),
        ({"until": "2022-03-16"}, ["2022-03-16 overdue past Quảng Ngãi"]),
        # A province by any name that people give it.
        *(
            ({"until": "2022-03-17", "province": words}, ["2022-03-17 due today Hồ Chí Minh"])
            for words in ("Hồ Chí Minh", "ho chi minh", "TP.HCM", "TP Hồ Chí Minh")
        ),
        ({"province": "Lai Châu"}, []),
        # Another day to look from.
        (
            {"as_of": "2022-10-01", "since": "2022-04-17", "province": "Quảng Ngãi"},
            ["2022-04-17 overdue later Quảng Ngãi", "2022-06-30 recurring quarter Quảng Ngãi"],
        ),
        ({"as_of": "2021-06-01", "until": "2021-12-31"}, ["2021-12-31 recurring year None"]),
    ],
)
def test_deadlines(years: Store, question: dict[str, str], expected: list[str]) -> None:
    as_of = day(question.get("as_of")) or TODAY
    since, until = day(question.get("since")), day(question.get("until"))
    with years.reading() as connection:
        rows = queries.deadlines(connection, as_of=as_of, since=since, until=until, province=question.get("province"))
    assert [f"{row.due} {row.status} {row.id} {row.plan.province}" for row in rows] == expected


def test_deadlines_of_one_plan(years: Store) -> None:
    with years.reading() as connection:
        rows = queries.deadlines(connection, as_of=TODAY, plan=years.find("/plans/old.txt").key)
    assert [row.id for row in rows] == ["year"]


def test_a_rule_that_nobody_can_read_has_no_day(store: Store) -> None:
    store.save(plan(deadlines=(deadline(rrule="MỖI QUÝ"),)), TEXT)
    with store.reading() as connection:
        [row] = queries.deadlines(connection, as_of=TODAY)
    assert (row.due, row.status) == (None, "ended")


def test_a_row_says_all_that_the_fact_says(store: Store) -> None:
    store.save(FULL, TEXT)
    with store.reading() as connection:
        [row] = queries.deadlines(connection, as_of=TODAY)
        targets = queries.targets(connection)
    fact = FULL.deadlines[0]
    for name in ("id", "text", "kind", "bound", "precision", "rrule", "anchor", "offset", "offset_unit", "approximate"):
        assert getattr(row, name) == getattr(fact, name)
    assert (row.responsible, row.recipient, row.tasks) == (fact.responsible, fact.recipient, fact.tasks)
    assert (row.start_date, row.end_date) == (dt.date(2023, 2, 1), dt.date(2023, 12, 20))
    assert (row.place.section, row.place.heading, row.place.page) == ("I", "MỤC ĐÍCH, YÊU CẦU", 1)
    assert [t.baseline for t in targets] == [t.baseline for t in FULL.targets]
    assert [t.part_of for t in targets] == [None, "t1", None]
    assert targets[0].period_end == dt.date(2023, 12, 31)


@pytest.fixture
def goals(store: Store) -> Store:
    """One indicator in three provinces and two years, another in one province."""
    for code, province, year, low in (
        ("1/KH-SYT", "Lai Châu", "2022", 90),
        ("2/KH-SYT", "Lai Châu", "2021", 85),
        ("3/KH-SYT", "Bình Định", "2022", 95),
        ("4/KH-SYT", "Quảng Ngãi", "2022", 80),
    ):
        facts = (
            target("t1", indicator="Tỷ lệ tiêm chủng đầy đủ", indicator_id="TC01", low=low, period_end=f"{year}-12-31"),
            target("t2", indicator="số giường bệnh", indicator_id="BH01" if low == 80 else None, span=Span(20, 30)),
        )
        store.save(plan(code, code, meta=metadata(code, f"{year}-01-05", province=province), targets=facts), TEXT)
    store.settle()
    return store


@pytest.mark.parametrize(
    ("indicator", "province", "expected"),
    [
        ("TC01", None, [95, 85, 90, 80]),
        ("tc01", "lai chau", [85, 90]),
        ("tiêm chủng", "Lai Châu", [85, 90]),
        ("tiem  chung", "Lai Châu", [85, 90]),
        ("giường", "Quảng Ngãi", [None]),
        ("chủng giường", None, []),
        ("dân số tham gia bảo hiểm", None, [None]),  # BH01 is called so in the indicator catalogue
        (None, "Bình Định", [95, None]),
    ],
)
def test_targets(goals: Store, indicator: str | None, province: str | None, expected: list[float | None]) -> None:
    with goals.reading() as connection:
        rows = queries.targets(connection, indicator=indicator, province=province)
    assert [row.low for row in rows] == expected


def test_plans_and_counts(store: Store) -> None:
    store.save(FULL, TEXT)
    store.attach("/elsewhere/copy.pdf", FULL.source.sha256, FULL.source.extractor_version)
    store.fail("/plans/bad.pdf", KehoachError("empty"))
    store.save(plan("/plans/draft.txt", "draft", meta=metadata(**DRAFT, province=None)), TEXT)
    store.settle()
    with store.reading() as connection:
        rows = queries.plans(connection)
        numbers = queries.counts(connection)
    assert [row.plan.code for row in rows] == ["07/KH-SYT", None]
    full = rows[0]
    assert full.files == ("/elsewhere/copy.pdf", "/plans/quý I.pdf")
    assert full.plan.path == "/elsewhere/copy.pdf"
    found = [full.sections, full.references, full.deadlines, full.targets, full.tasks, full.tables, full.warnings]
    assert found == [3, 2, 1, 3, 2, 1, 2]
    assert (full.period_start, full.confidence) == (dt.date(2023, 1, 1), 0.75)
    expected = {"plans": 2, "files": 4, "failures": 1, "provinces": 1, "documents": 2, "sections": 3, "references": 2}
    expected |= {"deadlines": 1, "targets": 3, "tasks": 2, "tables": 1, "warnings": 2, "organisations": 7}
    assert numbers == expected


def test_rows_print_as_json(years: Store, goals: Store) -> None:
    with years.reading() as connection:
        answers = [
            queries.plans(connection),
            documents.catalogue(connection),
            queries.deadlines(connection, as_of=TODAY),
            queries.targets(connection),
            queries.failures(connection),
            queries.counts(connection),
        ]
    text = msgspec.json.encode(answers).decode()
    assert '"due":"2022-03-16"' in text and "Quảng Ngãi" in text
