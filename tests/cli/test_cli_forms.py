"""How days, numbers, times and amounts read."""

from __future__ import annotations

from typing import Any

import pytest

from models.plan import Deadline, Span, Target
from pipeline.cli import forms


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEHOACH_LANG", raising=False)


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2022-03-17", "17/03/2022"), ("2024-06", "06/2024"), ("2022", "2022"), (None, ""), ("", "")],
)
def test_day(iso: str | None, shown: str) -> None:
    assert forms.day(iso) == shown


NUMBERS = [
    (0.0, "0", "0"),
    (8.5, "8,5", "8.5"),
    (95.0, "95", "95"),
    (0.6667, "0,6667", "0.6667"),
    (1200.0, "1.200", "1,200"),
    (50_000_000_000.0, "50.000.000.000", "50,000,000,000"),
    (-1234.5, "-1.234,5", "-1,234.5"),
    (100.0, "100", "100"),
]


@pytest.mark.parametrize(("value", "vi", "en"), NUMBERS)
def test_number_in_vietnamese(value: float, vi: str, en: str) -> None:
    assert forms.number(value) == vi


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("value", "vi", "en"), NUMBERS)
def test_number_in_english(value: float, vi: str, en: str) -> None:
    assert forms.number(value) == en


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2022-01-01", "2022-12-31", "2022"),
        ("2021-01-01", "2025-12-31", "2021–2025"),
        ("2025-04-01", "2025-06-30", "quý II/2025"),
        ("2024-02-01", "2024-02-29", "02/2024"),
        ("2025-02-01", "2025-02-27", "01/02/2025 – 27/02/2025"),
        ("2025-02-01", "2025-04-30", "01/02/2025 – 30/04/2025"),  # three months, but no quarter
        ("2025-12-01", "2026-01-31", "01/12/2025 – 31/01/2026"),
        ("2025-11-20", "2025-11-20", "20/11/2025"),
        (None, "2030-12-31", "đến 31/12/2030"),
        ("2025-07-01", None, "từ 01/07/2025"),
        (None, None, ""),
    ],
)
def test_period(start: str | None, end: str | None, shown: str) -> None:
    assert forms.period(start, end) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"kind": "deadline", "bound": "before", "end_date": "2022-03-31"}, "trước 31/03/2022"),
        ({"kind": "deadline", "bound": "by", "end_date": "2025-12-20"}, "đến 20/12/2025"),
        ({"kind": "deadline", "bound": "by", "anchor": "kết thúc đợt kiểm tra"}, "đến “kết thúc đợt kiểm tra”"),
        ({"kind": "interval", "start_date": "2022-01-01", "end_date": "2022-03-31"}, "quý I/2022"),
        (
            {"kind": "interval", "start_date": "2025-12-21", "end_date": "2025-12-31", "approximate": True},
            "khoảng 21/12/2025 – 31/12/2025",
        ),
        ({"kind": "recurring", "rrule": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=5"}, "hằng năm, 05/11"),
        ({"kind": "relative", "offset": "P10D", "offset_unit": "workday", "anchor": "ngày họp"}, "10 ngày làm việc kể từ ngày họp"),
        ({"kind": "relative", "offset": "P1M"}, "1 tháng kể từ …"),
    ],
)  # fmt: skip
def test_when(fields: dict[str, Any], shown: str) -> None:
    assert forms.when(Deadline(text="", span=Span(0, 0), **fields)) == shown


@pytest.mark.parametrize(
    ("rrule", "shown"),
    [
        ("FREQ=YEARLY", "hằng năm"),
        ("FREQ=MONTHLY", "hằng tháng"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=YEARLY;INTERVAL=2", "2 năm một lần"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "hằng năm, 15/06, 15/12"),
        ("FREQ=YEARLY;BYMONTH=3,9", "hằng năm, tháng 3, 9"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "hằng năm, cuối tháng 6, cuối tháng 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "FREQ=MONTHLY;BYMONTHDAY=-3"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu"),
        ("FREQ=DAILY", "hằng ngày"),
        ("FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO", "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO"),  # no words for it: the rule itself
        ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO"),
        ("", ""),
    ],
)
def test_recurrence(rrule: str, shown: str) -> None:
    assert forms.recurrence(rrule) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"comparator": ">=", "low": 95.0, "unit": "%"}, "≥ 95%"),
        ({"comparator": "<", "high": 8.5, "unit": "‰"}, "< 8,5‰"),
        ({"comparator": "range", "low": 40.0, "high": 50.0, "unit": "%"}, "40–50%"),
        ({"comparator": "=", "low": 34.0, "high": 34.0, "unit": "/10.000 dân"}, "34/10.000 dân"),
        ({"comparator": "=", "low": 12.0, "high": 12.0, "unit": "xã"}, "12 xã"),
        ({"comparator": ">", "low": 3.0, "unit": "%", "change": "increase"}, "tăng > 3%"),
        ({"comparator": "=", "low": 22.0, "high": 22.0, "unit": "%", "approximate": True}, "khoảng 22%"),
        ({"comparator": "=", "low": 0.6667, "high": 0.6667, "unit": "ratio"}, "0,6667 (tỷ lệ)"),
        ({"comparator": "<=", "high": 5.0, "unit": None}, "≤ 5"),
    ],
)
def test_amount(fields: dict[str, Any], shown: str) -> None:
    assert forms.amount(Target(text="", span=Span(0, 0), **fields)) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("hai\ndòng  và\tkhoảng", "hai dòng và khoảng"),
        ("\x1b[31mđỏ\x1b[0m", "[31mđỏ[0m"),  # what is left can't steer a terminal
        ("trái\u202ephải", "tráiphải"),
        ("mềm\u00admại\u200b", "mềmmại"),
    ],
)
def test_line(words: str, shown: str) -> None:
    assert forms.line(words) == shown
