"""The words of a time and what they are worth, without the sentence around them."""

from __future__ import annotations

import pytest

from extractors.deadlines.atoms import chains
from extractors.deadlines.offsets import read_offsets
from extractors.deadlines.rounds import has_rounds, read_rounds, times_rule
from extractors.deadlines.spans import Found, read_spans
from extractors.deadlines.values import Reckoning
from tests.deadlines.build import context
from tests.deadlines.table_values import ABSOLUTE, LISTS, NOTHING, ROUNDS


def read(text: str, **options: object) -> list[Found]:
    reckoning = Reckoning.of(context(**options))  # type: ignore[arg-type]
    found: list[Found] = []
    for chain in chains(text.lower()):
        found += read_rounds(chain) if has_rounds(chain) else read_spans(chain, text, reckoning)
    return found


def day(value: object) -> str | None:
    return str(value) if value else None


@pytest.mark.parametrize(("words", "kind", "bound", "start", "end"), ABSOLUTE, ids=[row[0] for row in ABSOLUTE])
def test_times_that_stand_still(words: str, kind: str, bound: str, start: str | None, end: str | None) -> None:
    (found,) = read(f"Việc này {words} phải xong")
    when = found.when
    assert (when.kind, when.bound, day(when.start), day(when.end)) == (kind, bound, start, end)
    assert not when.impossible


@pytest.mark.parametrize(("words", "bound", "rule"), ROUNDS, ids=[row[0] for row in ROUNDS])
def test_rounds(words: str, bound: str | None, rule: str) -> None:
    (found,) = read(f"Việc này {words} phải làm")
    assert (found.when.kind, found.when.bound, found.when.rrule) == ("recurring", bound, rule)
    assert found.when.start is None
    assert found.when.end is None


@pytest.mark.parametrize(("words", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_gives_one_item_each(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(words[found.start : found.end], found.when.rrule) for found in read(words)] == expected


@pytest.mark.parametrize("words", NOTHING)
def test_no_time(words: str) -> None:
    assert [found for found in read(words) if found.worded] == []


@pytest.mark.parametrize(
    ("words", "issued", "period", "end"),
    [
        # the year of a one-year plan, whenever it was signed
        ("trước ngày 31/3", "2024-12-20", "2025", "2025-03-31"),
        # no period: the year of the plan's date, or the next one when the day had long passed
        ("trước ngày 31/3", "2024-12-20", None, "2025-03-31"),
        ("trước ngày 31/3", "2025-02-10", None, "2025-03-31"),
        ("trước ngày 15/11", "2025-11-21", None, "2025-11-15"),
        # several years: the year in which it was signed, the first one if it was signed before
        ("trước ngày 15/12", "2023-05-04", "2021-2025", "2023-12-15"),
        ("trước ngày 15/12", "2025-11-20", "2026-2030", "2026-12-15"),
        # nothing to reckon from
        ("trước ngày 15/12", None, None, None),
    ],
)
def test_a_year_left_out(words: str, issued: str | None, period: str | None, end: str | None) -> None:
    (found,) = read(words, issued=issued, period=period)
    assert day(found.when.end) == end
    assert found.when.confidence < 1.0


@pytest.mark.parametrize(
    "words", ["trước ngày 31/11/2025", "trước ngày 30 tháng 02 năm 2025", "từ ngày 20/5/2025 đến ngày 10/5/2025"]
)
def test_days_that_no_calendar_has(words: str) -> None:
    (found,) = read(words)
    assert found.when.impossible
    assert found.when.confidence < 0.7


def test_open_ends_and_anchors() -> None:
    (found,) = read("Từ ngày ban hành kế hoạch đến ngày 25/12/2025")
    assert (found.when.anchor, day(found.when.start), day(found.when.end)) == ("issue_date", "2025-01-15", "2025-12-25")
    (found,) = read("Từ ngày ban hành kế hoạch đến ngày 25/12/2025", issued="2025-01", period="2025")
    assert (found.when.anchor, found.when.start, day(found.when.end)) == ("issue_date", None, "2025-12-25")
    (found,) = read("Từ nay đến hết năm 2025")
    assert (found.when.anchor, day(found.when.start), day(found.when.end)) == ("issue_date", "2025-01-15", "2025-12-31")
    (found,) = read("Từ tháng 10/2025 đến khi kết thúc đợt cao điểm, các đơn vị trực 24/24")
    assert (day(found.when.start), found.when.end) == ("2025-10-01", None)
    assert found.when.anchor == "kết thúc đợt cao điểm"


@pytest.mark.parametrize(
    ("words", "quote", "offset", "unit", "anchor", "bound"),
    [
        ("trong vòng 10 ngày làm việc kể từ ngày nhận được hồ sơ", None, "P10D", "workday", "ngày nhận được hồ sơ", "within"),
        ("Trong thời hạn 30 ngày, kể từ ngày hoàn thành đợt kiểm tra, các đơn vị nộp báo cáo",
         "Trong thời hạn 30 ngày, kể từ ngày hoàn thành đợt kiểm tra", "P30D", None, "ngày hoàn thành đợt kiểm tra", "within"),
        ("chậm nhất 05 ngày làm việc sau khi kết thúc chiến dịch", None, "P5D", "workday", "kết thúc chiến dịch", "by"),
        ("chậm nhất 48 giờ trước khi tổ chức hội nghị", None, "PT48H", None, "tổ chức hội nghị", "before"),
        ("sau 07 ngày kể từ ngày ký", None, "P7D", None, "issue_date", "after"),
        ("trong vòng 24 giờ sau khi phát hiện ca bệnh", None, "PT24H", None, "phát hiện ca bệnh", "within"),
        ("trong vòng ba tháng kể từ ngày nghiệm thu", None, "P3M", None, "ngày nghiệm thu", "within"),
        ("trong thời hạn 03 (ba) ngày làm việc kể từ khi nhận thông báo", None, "P3D", "workday", "nhận thông báo", "within"),
        ("trong vòng 05 ngày", None, "P5D", None, None, "within"),
    ],
)  # fmt: skip
def test_offsets(words: str, quote: str | None, offset: str, unit: str | None, anchor: str | None, bound: str) -> None:
    (found,) = read_offsets(words.lower(), words)
    when = found.when
    assert words[found.start : found.end] == (quote or words)
    assert (when.kind, when.offset, when.offset_unit, when.anchor, when.bound) == (
        "relative",
        offset,
        unit,
        anchor,
        bound,
    )


@pytest.mark.parametrize(
    ("times", "spread", "unit", "rule"),
    [
        (1, 1, "năm", ("FREQ=YEARLY", False)),
        (2, 1, "năm", ("FREQ=MONTHLY;INTERVAL=6", False)),
        (3, 1, "quý", ("FREQ=MONTHLY", False)),
        (5, 1, "năm", ("FREQ=YEARLY", True)),
        (1, 2, "năm", ("FREQ=YEARLY;INTERVAL=2", False)),
    ],
)
def test_times_in_a_stretch(times: int, spread: int, unit: str, rule: tuple[str, bool]) -> None:
    assert times_rule(times, spread, unit) == rule
