"""Any text is read without an error and in linear time, and what comes out holds together."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.targets.build import outline, table, targets

WORDS = [
    "95%", "10-15%", "từ", "40", "đến", "50%", "dưới", "trên", "≥", "<", "ít nhất", "một", "không quá", "05", "tập thể", "và", ",",
    ";", ".", ":", "(", ")", "“", "”", "trong đó", "đạt", "còn", "xuống", "lên", "giảm", "tăng", "so với", "năm 2025", "vào năm 2030",
    "giai đoạn 2021 - 2025", "tỷ lệ", "số", "trẻ em", "dưới 5 tuổi", "bác sĩ", "/10.000 dân", "/vạn dân", "trên 1 vạn dân", "2/3",
    "130/145", "xã", "trở lên", "tỷ đồng", "‰", "%0", "[1]", "khoảng", "Chỉ tiêu 1:", "tại", "đối với", "không có ca tử vong",
    "95 - 95 - 95", "1.250", "8,5", "phấn đấu", "mỗi năm", "được", "\u0301", "Đ", "İ", "/", "-", "quý II",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([" ", ""]))
def test_any_words_are_read(words: list[str], joint: str) -> None:
    line = joint.join(words) or "x"
    of = outline([line], "Mục tiêu", ("targets",))
    found = targets(of)
    for place, target in enumerate(found):
        start, end = target.span
        assert 0 <= start < end <= len(of.text.clean)
        assert of.text.clean[start:end] == target.text
        assert 0 <= target.confidence <= 1
        if target.part_of is not None:
            whole = int(target.part_of.removeprefix("#"))
            assert 0 <= whole < len(found) and whole != place
        assert target.period_start is None or target.period_end is None or target.period_start <= target.period_end


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*WORDS, "", "STT", "ĐVT", "Kế hoạch 2025"]), min_size=3, max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_any_table_is_read(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    lines = [" | ".join((row + [""] * width)[:width]) for row in rows]
    for header in (0, 1, 2):
        targets(table(lines, header=header))


LONG = {
    "shares": "đạt 95%, " * 2_000,
    "brackets": "đạt 95% (miền núi 80%), " * 1_000,
    "times": "đạt 95% năm 2025, 98% vào năm 2030, " * 600,
    "bare numbers": "1 2 3 4 5 " * 2_000,
    "counts": "05 xã và " * 2_500,
    "open brackets": "(" * 20_000 + "95%",
    "quotation marks": "“" * 20_000 + "95%",
    "words": "tỷ lệ " * 4_000 + "95%",
    "fillers": "từ mức " * 3_000 + "95%",
    "digits": "1" * 20_000,
    "groups of digits": "1." * 10_000,
    "ranges": "1-" * 10_000,
    "signs": "≥" * 20_000,
    "labels": "a: " * 7_000 + "95%",
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG.keys())
def test_long_lines_take_linear_time(line: str) -> None:
    targets(outline(["95%"]))  # compiles the words
    begin = time.process_time()
    targets(outline([line], "Mục tiêu", ("targets",)))
    assert time.process_time() - begin < 3, "a line of 20,000 characters takes some tenths of a second"
