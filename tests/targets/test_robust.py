"""Any text is read without an error and in linear time, and what comes out holds together."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.targets.clauses import clauses_of
from extractors.targets.tokens import scan
from extractors.vietnamese import fold
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


REPEATED = {
    "shares": "100% ",
    "joined shares": "đạt 95%, ",
    "brackets": "đạt 95% (miền núi 80%), ",
    "times": "đạt 95% năm 2025, 98% vào năm 2030, ",
    "quarters": "quý I, quý II và ",
    "bare numbers": "1 2 3 4 5 ",
    "counts": "05 xã và ",
    "parts": "trong đó 20% và ",
    "ranges of shares": "từ 20% đến 30%, ",
    "bases": "trên 10.000 dân 5 ",
    "bounds behind": "từ 5 người trở lên ",
    "none": "không có ca tử vong, ",
    "open brackets": "(",
    "quotation marks": "“",
    "words": "tỷ lệ ",
    "fillers": "từ mức ",
    "digits": "1",
    "groups of digits": "1.",
    "ranges": "1-",
    "signs": "≥",
    "labels": "a: ",
}


def calls(line: str) -> int:
    """How many functions are called, those in C too, to read a line: a measure of the work that no clock blurs."""
    of = outline([line], "Mục tiêu", ("targets",))
    count = 0

    def counting(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counting)
    try:
        targets(of)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("words", REPEATED.values(), ids=REPEATED.keys())
def test_work_grows_with_the_length_of_a_line_alone(words: str) -> None:
    targets(outline(["95%"]))  # compiles the words
    short, long = (calls(words * times + "95%") for times in (300, 1_200))
    assert long <= 4.5 * short + 500


@pytest.mark.parametrize("words", REPEATED.values(), ids=REPEATED.keys())
def test_no_clause_is_longer_than_a_rule_may_look(words: str) -> None:
    key = fold(words * 1_000)
    for start, end, tokens in clauses_of(key, scan(key, key, 0, len(key)), 0, len(key)):
        assert len(tokens) <= 120
        assert not tokens or tokens[-1].start - start <= 4_000 or len(tokens) == 1, (start, end)
