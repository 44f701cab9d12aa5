"""When a recurring deadline is next due: the rule and the plan in, days out."""

from __future__ import annotations

import datetime as dt
from itertools import islice

import pytest

from pipeline.store.recurrence import occurrences

YEAR = ("2022-01-01", "2022-12-31")
FIVE = ("2021-01-01", "2025-12-31")
OPEN = (None, None)


def day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


@pytest.mark.parametrize(
    ("rule", "plan", "since", "expected"),
    [
        # trước ngày 15/12 hằng năm
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", FIVE, "2022-03-01", ["2022-12-15", "2023-12-15", "2024-12-15", "2025-12-15"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", FIVE, "2022-12-15", ["2022-12-15", "2023-12-15", "2024-12-15", "2025-12-15"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", FIVE, "2025-12-16", []),
        # trước ngày 10/01: the report on the plan's last year falls into the next
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10", ("2022-03-17", "2022-12-31"), "2022-01-01", ["2023-01-10"]),
        # hằng năm, hằng quý, hằng tháng, 6 tháng: the last day
        ("FREQ=YEARLY", YEAR, "2022-01-01", ["2022-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", YEAR, "2022-02-01", ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"]),
        ("FREQ=MONTHLY", YEAR, "2022-10-15", ["2022-10-31", "2022-11-30", "2022-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=6", YEAR, "2022-01-01", ["2022-06-30", "2022-12-31"]),
        # ... counted in quarters of the calendar wherever the plan begins
        ("FREQ=MONTHLY;INTERVAL=3", ("2022-05-20", "2022-12-31"), "2022-01-01", ["2022-06-30", "2022-09-30", "2022-12-31"]),
        # 5 năm một lần, 2 năm một lần: counted from the plan's first year
        ("FREQ=YEARLY;INTERVAL=5", FIVE, "2021-01-01", ["2025-12-31"]),
        ("FREQ=YEARLY;INTERVAL=2", FIVE, "2021-01-01", ["2022-12-31", "2024-12-31"]),
        # ngày 20 hằng tháng; ngày 20 của tháng cuối quý
        ("FREQ=MONTHLY;BYMONTHDAY=20", YEAR, "2022-11-21", ["2022-12-20"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", YEAR, "2022-01-01", ["2022-03-20", "2022-06-20", "2022-09-20", "2022-12-20"]),
        # months that are named are not counted to
        ("FREQ=YEARLY;BYMONTH=6,12", YEAR, "2022-01-01", ["2022-06-30", "2022-12-31"]),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", YEAR, "2022-06-16", ["2022-12-15"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=1,4,7,10;BYMONTHDAY=30", YEAR, "2022-05-01", ["2022-07-30", "2022-10-30"]),
        # the last working day of the month
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", YEAR, "2022-10-01", ["2022-10-31", "2022-11-30", "2022-12-30"]),
        # thứ Sáu hằng tuần; hằng tuần; 2 tuần một lần
        ("FREQ=WEEKLY;BYDAY=FR", YEAR, "2022-12-20", ["2022-12-23", "2022-12-30"]),
        ("FREQ=WEEKLY", YEAR, "2022-12-20", ["2022-12-25"]),
        ("FREQ=WEEKLY;INTERVAL=2", YEAR, "2022-12-01", ["2022-12-11", "2022-12-25"]),
        ("FREQ=DAILY", YEAR, "2022-12-30", ["2022-12-30", "2022-12-31"]),
        # a plan without a period goes on
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", OPEN, "2030-01-01", ["2030-12-15", "2031-12-15", "2032-12-15", "2033-12-15"]),
        ("FREQ=YEARLY;INTERVAL=10", ("2021-01-01", None), "2022-01-01", ["2030-12-31"]),
        # 29/02
        ("FREQ=YEARLY;BYMONTH=2", FIVE, "2023-03-01", ["2024-02-29", "2025-02-28"]),
        ("FREQ=YEARLY;BYMONTH=2", OPEN, "2024-02-29", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]),
    ],
)  # fmt: skip
def test_days(rule: str, plan: tuple[str | None, str | None], since: str, expected: list[str]) -> None:
    begins, ends = map(day, plan)
    days = occurrences(rule, dt.date.fromisoformat(since), None, begins=begins, ends=ends)
    assert [d.isoformat() for d in islice(days, 4)] == expected


def test_until() -> None:
    since, until = dt.date(2022, 1, 1), dt.date(2022, 6, 30)
    days = occurrences("FREQ=MONTHLY;INTERVAL=3", since, until, begins=since, ends=None)
    assert [d.isoformat() for d in days] == ["2022-03-31", "2022-06-30"]


@pytest.mark.parametrize(
    "rule", ["", "FREQ", "INTERVAL=2", "FREQ=SOMETIMES", "FREQ=MONTHLY;INTERVAL=x", "FREQ=DAILY;BYMONTH=13x"]
)
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(ValueError):
        list(occurrences(rule, dt.date(2022, 1, 1), None, begins=None, ends=None))
