"""Numbers with their units, and the times of targets, one by one."""

from __future__ import annotations

import pytest

from data import load
from extractors.targets.periods import named_period, times
from extractors.targets.quantities import OPENING, base_of, denominator, read_quantity
from extractors.targets.tokens import scan
from extractors.vietnamese import cardinal, fold

QUANTITIES = [
    # words, low, high, unit
    ("85%", 85, 85, "%"),
    ("8,5 %", 8.5, 8.5, "%"),
    ("18.5%", 18.5, 18.5, "%"),
    ("85 phần trăm", 85, 85, "%"),
    ("10-15%", 10, 15, "%"),
    ("5% - 10%", 5, 10, "%"),
    ("40 đến 50%", 40, 50, "%"),
    ("1%-1,5%", 1, 1.5, "%"),
    ("24%1", 24, 24, "%"),  # a footnote mark
    ("42,5%[1]", 42.5, 42.5, "%"),
    ("10,5%/năm", 10.5, 10.5, "%/năm"),
    ("7‰", 7, 7, "‰"),
    ("0,5 %0", 0.5, 0.5, "‰"),
    ("0,2 0/00", 0.2, 0.2, "‰"),
    ("9 phần nghìn", 9, 9, "‰"),
    ("0,3 điểm phần trăm", 0.3, 0.3, "điểm phần trăm"),
    ("05 tập thể", 5, 5, "tập thể"),
    ("1.250 lượt người", 1250, 1250, "lượt người"),
    ("2,15 triệu người", 2_150_000, 2_150_000, "người"),
    ("30 nghìn lượt", 30_000, 30_000, "lượt"),
    ("04 tin, bài", 4, 4, "tin, bài"),
    ("12 phác đồ điều trị", 12, 12, "phác đồ"),
    ("2,1 con/phụ nữ", 2.1, 2.1, "con/phụ nữ"),
    ("7 gam/người/ngày", 7, 7, "gam/người/ngày"),
    ("02 lần/năm", 2, 2, "lần/năm"),
    ("12,5 bác sĩ/10.000 dân", 12.5, 12.5, "/10.000 dân"),
    ("12,5 bác sĩ/vạn dân", 12.5, 12.5, "/10.000 dân"),
    ("12,5 bác sĩ trên 1 vạn dân", 12.5, 12.5, "/10.000 dân"),
    ("31 giường bệnh/trên 10.000 dân", 31, 31, "/10.000 dân"),
    ("15 người/100.000 dân", 15, 15, "/100.000 dân"),
    ("6/100.000 trẻ đẻ sống", 6, 6, "/100.000 trẻ đẻ sống"),
    ("110 bé trai/100 bé gái", 110, 110, "/100 bé gái"),
    ("2/3 số xã", 0.6667, 0.6667, "ratio"),
    ("120/140 xã đạt chuẩn", 120, 120, "xã"),
    ("50 tỷ đồng", 5e10, 5e10, "đồng"),
    ("65 triệu đồng/người/năm", 65e6, 65e6, "đồng/người/năm"),
    ("20.000đ", 20_000, 20_000, "đồng"),
    ("1,2 tỷ USD", 1.2e9, 1.2e9, "USD"),
    ("3 tỷ lệ", 3, 3, None),
]


@pytest.mark.parametrize(("words", "low", "high", "unit"), QUANTITIES)
def test_quantity(words: str, low: float, high: float, unit: str | None) -> None:
    key = fold(words)
    found = OPENING.search(key)
    assert found is not None
    quantity = read_quantity(words, key, found, len(words))
    assert quantity is not None
    assert quantity.low == pytest.approx(low, abs=1e-4)
    assert quantity.high == pytest.approx(high, abs=1e-4)
    assert (quantity.unit if unit else quantity.unit in (None, "tỷ lệ") and None) == unit


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("15-49 tuổi", "age"),
        ("6 - 36 tháng tuổi", "age"),
        ("05 ngày làm việc", "span"),
        ("24 tháng", "span"),
        ("95 - 95 - 95", "name"),
    ],
)
def test_kinds_that_are_seldom_targets(words: str, kind: str) -> None:
    key = fold(words)
    found = OPENING.search(key)
    quantity = read_quantity(words, key, found, len(words)) if found else None
    assert quantity is not None and quantity.kind == kind


@pytest.mark.parametrize("words", ["15/12 hằng năm", "7/5/2025", "24/24 giờ", "12/63", "16/6/2025 và"])
def test_dates_and_ranks_are_no_quantity(words: str) -> None:
    key = fold(words)
    found = OPENING.search(key)
    assert found is not None and read_quantity(words, key, found, len(words)) is None


@pytest.mark.parametrize(
    ("words", "base"),
    [("vạn", "10.000"), ("1 vạn", "10.000"), ("10000", "10.000"), ("100 nghìn", "100.000"), ("1.000", "1.000")],
)
def test_base(words: str, base: str) -> None:
    assert base_of(words) == base


def test_the_unit_of_a_rate_in_its_name() -> None:
    words = "Số bác sĩ trên 10.000 dân đạt"
    assert denominator(words, fold(words), 0, len(words)) == ("/10.000 dân", 10, 25)
    words = "Số trẻ trên 5 tuổi"
    assert denominator(words, fold(words), 0, len(words)) is None


UNITS = load("units")


@pytest.mark.parametrize(("word", "factor"), UNITS["scales"].items())
def test_every_scale_word_multiplies(word: str, factor: int) -> None:
    words = f"2 {word} người"
    found = OPENING.match(fold(words))
    quantity = read_quantity(words, fold(words), found, len(words)) if found else None
    assert quantity is not None and (quantity.low, quantity.unit) == (2 * factor, "người")


@pytest.mark.parametrize("word", UNITS["scales"])
def test_a_scale_word_inside_another_word_does_not(word: str) -> None:
    words = f"2 {word}x"
    found = OPENING.match(fold(words))
    quantity = read_quantity(words, fold(words), found, len(words)) if found else None
    assert quantity is not None and quantity.low == 2


@pytest.mark.parametrize(("word", "parts"), UNITS["fractions"].items())
def test_every_share_in_words_is_read_before_what_it_is_of(word: str, parts: list[int]) -> None:
    for words, shares in ((f"{word} số xã", [parts[0] / parts[1]]), (f"{word} quan trọng", []), (f"{word}", [])):
        tokens = scan(words, fold(words), 0, len(words))
        assert [t.quantity.low for t in tokens if t.quantity and t.quantity.kind == "ratio"] == shares, words


@pytest.mark.parametrize(("word", "value"), UNITS["number_words"].items())
def test_every_number_word_has_its_value(word: str, value: int) -> None:
    alone = cardinal(fold(word))
    assert alone == value or cardinal(fold(f"hai mươi {word}")) == 20 + value or word in ("không", "nhất", "nhì"), word


PERIODS = [
    ("đến năm 2030", None, "2030-12-31"),
    ("Đến hết năm 2025", None, "2025-12-31"),
    ("vào năm 2027", "2027-01-01", "2027-12-31"),
    ("năm 2026", "2026-01-01", "2026-12-31"),
    ("cuối năm 2026", None, "2026-12-31"),
    ("trước năm 2030", None, "2029-12-31"),
    ("sau năm 2030", "2031-01-01", None),
    ("từ năm 2026 trở đi", "2026-01-01", None),
    ("giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31"),
    ("từ năm 2026 đến năm 2028", "2026-01-01", "2028-12-31"),
    ("trong 06 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
    ("đến hết quý III/2025", None, "2025-09-30"),
    ("quý IV năm 2025", "2025-10-01", "2025-12-31"),
    ("trong tháng 02/2028", "2028-02-01", "2028-02-29"),
    ("đến ngày 30/6/2025", None, "2025-06-30"),
    ("đến cuối năm", None, "2025-12-31"),
    ("Mục tiêu cụ thể đến năm 2030", None, "2030-12-31"),
    ("hằng năm", None, None),
    ("năm học 2025-2026", None, None),
    ("Mục tiêu chung", None, None),
    ("đến ngày 31/02/2025", None, None),  # no such day
]


@pytest.mark.parametrize(("words", "start", "end"), PERIODS)
def test_period(words: str, start: str | None, end: str | None) -> None:
    period = named_period(fold(words), 2025)
    assert (period and period.start, period and period.end) == (start, end)


def test_a_list_of_years_is_one_time_with_a_period_each() -> None:
    key = fold("vào các năm 2025, 2027 và 2030")
    (time,) = times(key, 0, len(key), None)
    assert [period.end for period in time.periods] == ["2025-12-31", "2027-12-31", "2030-12-31"]
    assert named_period(key) is None
