"""What a deadline is for."""

from __future__ import annotations

import datetime as dt

import pytest

from models.plan import Span, Task
from pipeline.store import Store, queries
from store.plans import TEXT, deadline, plan

ITEM = Task(
    id="item", text="Báo cáo 6 tháng trước ngày 15/6, cả năm trước ngày 10/12.", span=Span(10, 60), deadline="half"
)
PART = Task(id="part", text="cả năm trước ngày 10/12", span=Span(40, 60))
BELOW = (
    Task(id="a", text="Tập huấn cho cán bộ.", span=Span(80, 90)),
    Task(id="b", text="Kiểm tra các trạm.", span=Span(90, 99)),
)
HALF = deadline("half", end_date="2022-06-15", span=Span(20, 30))
YEAR = deadline("year", end_date="2022-12-10", span=Span(45, 55))
HEADING = deadline("heading", end_date="2022-03-31", kind="deadline", span=Span(70, 75), tasks=("b", "a"))
NOWHERE = deadline("nowhere", end_date="2022-01-31", span=Span(0, 5))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (HALF, (ITEM.text,)),  # the task names it
        (YEAR, (PART.text,)),  # a second time in an item: the smallest task around it
        (HEADING, (BELOW[0].text, BELOW[1].text)),  # a heading's time holds for all below, in the plan's order
        (NOWHERE, ()),
    ],
)
def test_work(store: Store, fact: object, expected: tuple[str, ...]) -> None:
    facts = (HALF, YEAR, HEADING, NOWHERE)
    store.save(plan(deadlines=facts, tasks=(ITEM, PART, *BELOW)), TEXT)
    with store.reading() as connection:
        rows = queries.deadlines(connection, as_of=dt.date(2022, 1, 1))
    assert {row.id: row.work for row in rows}[fact.id] == expected  # type: ignore[attr-defined]
