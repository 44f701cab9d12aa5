"""Slips of scans and typing: each record of data/slips.toml against its examples, and what a plan says of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import load
from pipeline.clean.slips import mend

SLIPS = load("slips")
RECORDS: dict[str, dict[str, Any]] = {
    **{f"{record['wrong'][0]} {number}": record for number, record in enumerate(SLIPS["contexts"])},
    "figures": SLIPS["figures"],
    **SLIPS["doubts"],
}
EXAMPLES = [(name, words) for name, record in RECORDS.items() for words in record["examples"]]
COUNTER_EXAMPLES = [(name, words) for name, record in RECORDS.items() for words in record["counter_examples"]]
PAIRS = [
    *SLIPS["words"].items(),
    *((wrong, record["right"]) for record in SLIPS["contexts"] for wrong in record["wrong"]),
]


@pytest.mark.parametrize(("name", "words"), EXAMPLES)
def test_example(name: str, words: str) -> None:
    marked = re.findall("⟦(.+?)⟧", words)
    text = re.sub("[⟦⟧]", "", words)
    mended = mend(text)
    assert [slip.printed for slip in mended.slips] == marked
    assert len(mended.text) == len(text)
    if "right" in RECORDS[name]:
        assert {slip.read.lower() for slip in mended.slips} == {RECORDS[name]["right"]}
    if "pattern" in RECORDS[name]:
        assert {slip.doubt for slip in mended.slips} == {name}
        assert mended.text == text


@pytest.mark.parametrize(("name", "words"), COUNTER_EXAMPLES)
def test_counter_example(name: str, words: str) -> None:
    assert mend(words).slips == (), name


@pytest.mark.parametrize(("wrong", "right"), PAIRS)
def test_a_word_and_what_is_read_for_it(wrong: str, right: str) -> None:
    assert len(wrong) == len(right), "offsets must stay"
    assert wrong != right
    assert wrong == wrong.lower()
    assert mend(right).slips == (), "what is right is left alone"


@pytest.mark.parametrize("wrong", SLIPS["words"])
def test_no_word_of_the_language(wrong: str) -> None:
    """Wrong words are found in any case, at the start of a line and within it, but not within another word."""
    right = SLIPS["words"][wrong]
    for words, read in ((wrong, right), (wrong.upper(), right.upper()), (f"các {wrong},", f"các {right},")):
        assert mend(words).text == read
    assert wrong not in {slip.printed for slip in mend(f"x{wrong}").slips}
    assert wrong not in {slip.printed for slip in mend(f"{wrong}x").slips}


READ = [
    # as it stands, as it is read
    ("QUYÊT ĐỊNH về việc giao CHỈ TIÊU", "QUYẾT ĐỊNH về việc giao CHỈ TIÊU"),
    ("Kê hoạch của Sở Y tê", "Kế hoạch của Sở Y tế"),
    ("UBNÐ tỉnh".replace("Ð", "Đ"), "UBND tỉnh"),
    ("Trước ngày l5/3/2O25", "Trước ngày 15/3/2025"),
    ("Thông lư 09/20I2/TT-BYT ngày 5/3/2OI8", "Thông tư 09/2012/TT-BYT ngày 5/3/2018"),
    # a signer's position stays as it is printed
    ("Noi nhận: KT. GIÁM ĐÓC", "Nơi nhận: KT. GIÁM ĐÓC"),
    ("GIÁM 10% số ca, giám sát 10% số ca", "GIẢM 10% số ca, giám sát 10% số ca"),
    ("Tù ngày 05/6, đat 95%, tối thiều 90%, dến quỷ IV", "Từ ngày 05/6, đạt 95%, tối thiểu 90%, đến quý IV"),
    ("Trước ngáy 1l/3 và ngảy O5 hàng tháng", "Trước ngày 11/3 và ngày 05 hàng tháng"),
    ("Số ca dưởi 10 người", "Số ca dưới 10 người"),
    ("từ 90% trờ lên", "từ 90% trở lên"),
    # names are left alone
    ("Trạm Y tế bản Đên, xã Nãm Hiệp", "Trạm Y tế bản Đên, xã Nãm Hiệp"),
    # days and months that can't be
    ("tỷ lệ 5l/10 mẫu, 4l/1i lô", "tỷ lệ 5l/10 mẫu, 4l/1i lô"),
    ("", ""),
]


@pytest.mark.parametrize(("stands", "read"), READ)
def test_read(stands: str, read: str) -> None:
    assert mend(stands).text == read


def test_slips_are_in_order_with_their_places() -> None:
    text = "Đên ngày l0/5/2026: hạn truớc năm 20271, phấn đầu xong."
    slips = mend(text).slips
    assert [(slip.printed, slip.read, slip.doubt) for slip in slips] == [
        ("Đên", "Đến", ""),
        ("l0/5/2026", "10/5/2026", ""),
        ("truớc", "trước", ""),
        ("năm 20271", "", "year"),
        ("phấn đầu", "phấn đấu", ""),
    ]
    assert all(text[slip.start : slip.end] == slip.printed for slip in slips)


PIECES = st.lists(
    st.sampled_from(
        [
            *[wrong for wrong, _ in PAIRS], "ngày", "tháng", "năm", "số", "trước", " ", " ", " ", "\n", ".", ",", "/", "-", "%",
            "l5", "1O", "2O25", "20255", "3l/3/2O25", "13", "31/02", "İ", "Đ", "QĐ-UBND", "QUYÊT ĐỊNH", "I", "|",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_offsets_stay(pieces: list[str]) -> None:
    text = "".join(pieces)
    mended = mend(text)
    assert len(mended.text) == len(text)
    repaired = [slip for slip in mended.slips if not slip.doubt]
    assert all(one.end <= other.start for one, other in pairwise(repaired))
    assert all(mended.text[slip.start : slip.end] == slip.read for slip in repaired)
    assert all(text[slip.start : slip.end] == slip.printed for slip in repaired)
