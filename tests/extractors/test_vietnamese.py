"""Spelling keys and numbers: what each forgives and what it keeps apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.vietnamese import ascii_key, cardinal, fold, number, ordinal, roman, tone_key, words_key

TONES = [
    ("Uỷ ban", "ủy ban"),
    ("ỦY BAN", "ủy ban"),
    ("UỶ BAN", "ủy ban"),
    ("Hoà Bình", "hòa bình"),
    ("KHÁNH HOÀ", "khánh hòa"),
    ("sức khoẻ", "sức khỏe"),
    ("Thuý", "thúy"),
    ("văn hoá", "văn hóa"),
    ("tòan tỉnh", "toàn tỉnh"),
    ("họat động", "hoạt động"),
    ("hòan thành", "hoàn thành"),
    ("toàn", "toàn"),
    ("quý", "quý"),
    ("quỹ", "quỹ"),
    ("Quỳnh", "quỳnh"),
    ("khuỷu", "khuỷu"),
    ("ngoài", "ngoài"),
    ("xoáy", "xoáy"),
    ("Đồng Nai", "đồng nai"),
    ("thuyền", "thuyền"),
    ("Tỉnh uỷ,", "tỉnh ủy,"),
]


@pytest.mark.parametrize(("text", "key"), TONES)
def test_tone_key(text: str, key: str) -> None:
    assert tone_key(text) == key


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("chiến sỹ", "chiến sĩ", True),
        ("bác sỹ", "Bác sĩ", True),
        ("kỹ thuật", "kĩ thuật", True),
        ("tỷ lệ", "tỉ lệ", True),
        ("Mỹ Tho", "Mĩ Tho", True),
        ("quý I", "quí I", True),
        ("Uỷ ban", "Ủy ban", True),
        ("tay", "tai", False),  # the y closes a diphthong
        ("máy", "mái", False),
        ("thuý", "thúi", False),
        ("Hoà Bình", "Hoa Bình", False),
    ],
)
def test_fold(left: str, right: str, same: bool) -> None:
    assert (fold(left) == fold(right)) is same


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Quyết định", "quyet dinh"),
        ("ĐẮK LẮK", "dak lak"),
        ("Ðồng Nai", "dong nai"),  # with the Icelandic letter that some keyboards give
        ("Thừa Thiên - Huế", "thua thien - hue"),
    ],
)
def test_ascii_key(text: str, key: str) -> None:
    assert ascii_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Luật Phòng,  chống bạo lực gia đình", "luật phòng chống bạo lực gia đình"),
        ("Hội đồng Thi đua - Khen thưởng", "hội đồng thi đua khen thưởng"),
        (unicodedata.normalize("NFD", "Sở Y tế"), "sở y tế"),
    ],
)
def test_words_key(text: str, key: str) -> None:
    assert words_key(text) == key


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z"))))
def test_keys_keep_offsets(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(tone_key(text)) == len(fold(text)) == len(ascii_key(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "share", "value"),
    [
        ("8,5", False, 8.5),
        ("1.200", False, 1200),
        ("05", False, 5),
        ("1.249.396", False, 1249396),
        ("30.000", False, 30000),
        ("1.200,5", False, 1200.5),
        ("18.5", False, 18.5),
        ("3.60", False, 3.6),
        ("0.125", False, 0.125),
        ("0,09", True, 0.09),
        ("54.225", True, 54.225),
        ("54.225", False, 54225),
        ("1,249,396", False, 1249396),
        ("191,212", False, 191.212),
        ("1,200.50", False, 1200.5),
        ("12.34.56", False, None),
        ("24/7", False, None),
        ("", False, None),
        ("mười", False, None),
    ],
)
def test_number(text: str, share: bool, value: float | None) -> None:
    assert number(text, share=share) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1),
        ("Mười", 10),
        ("mười hai", 12),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("hai lăm", 25),
        ("ba chục", 30),
        ("mươi", None),
        ("một mươi", None),
        ("xã", None),
        ("", None),
    ],
)
def test_cardinal(words: str, value: int | None) -> None:
    assert cardinal(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("thứ nhất", 1),
        ("thứ tư", 4),
        ("lần thứ sáu", 6),
        ("thứ mười một", 11),
        ("lần thứ XIII", 13),
        ("thứ 11", 11),
        ("lần 2", 2),
        ("XX", 20),
        ("lần", None),
        ("thứ trưởng", None),
    ],
)
def test_ordinal(words: str, value: int | None) -> None:
    assert ordinal(words) == value


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("IV", 4), ("XIII", 13), ("XL", 40), ("IIII", None), ("", None), ("xiv", None)]
)
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value
