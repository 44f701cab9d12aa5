"""The parts of pages: marked text, tiles, names that a provider gives."""

from __future__ import annotations

import pytest

from dashboard.highlight import HEADING, Mark, pieces
from dashboard.signing_in import name_in
from dashboard.tiles import SCHEMES, tiles
from data import load
from pipeline.markdown import unmarked

TEXT = "0123456789"
MARKED = [
    # marks, the pieces as (text, innermost fact, kinds, what begins)
    ([], [(TEXT, None, (), ())]),
    ([Mark(2, 4, "a", "target")], [("01", None, (), ()), ("23", "a", ("target",), ("a",)), ("456789", None, (), ())]),
    (
        [Mark(0, 10, "k", "task"), Mark(4, 6, "d", "deadline")],
        [("0123", "k", ("task",), ("k",)), ("45", "d", ("deadline", "task"), ("d",)), ("6789", "k", ("task",), ())],
    ),
    (
        [Mark(0, 5, "a", "target"), Mark(3, 10, "b", "deadline")],
        [
            ("012", "a", ("target",), ("a",)),
            ("34", "a", ("deadline", "target"), ("b",)),
            ("56789", "b", ("deadline",), ()),
        ],
    ),
    ([Mark(0, 3, "s", HEADING)], [("012", None, (HEADING,), ("s",)), ("3456789", None, (), ())]),
    (
        [Mark(8, 99, "a", "target"), Mark(5, 5, "b", "target")],
        [("01234567", None, (), ()), ("89", "a", ("target",), ("a",))],
    ),
]


@pytest.mark.parametrize(("marks", "expected"), MARKED)
def test_text_is_cut_where_marks_begin_and_end(marks: list[Mark], expected: list[tuple[object, ...]]) -> None:
    assert [tuple(piece) for piece in pieces(TEXT, marks)] == expected


@pytest.mark.parametrize(("which", "listed"), [("now", "since_2025"), ("until_2025", "until_2025")])
def test_a_map_has_every_province_of_its_time_once(which: str, listed: str) -> None:
    placed = load("tilemap")[which]
    assert set(placed) == {record["name"] for record in load("provinces")[listed]}
    assert len({tuple(place) for place in placed.values()}) == len(placed)
    assert set(SCHEMES) == set(load("tilemap"))


def test_the_most_is_the_darkest() -> None:
    made = tiles("now", {"Huế": 10.0, "Hà Nội": 1.0}, str, lambda name: f"/{name}", from_zero=True)
    shades = {tile.name: tile.shade for tile in made}
    assert (shades["Huế"], shades["Hà Nội"], shades["Cà Mau"]) == (5, 1, 0)


UNMARKED = [
    ("**3. Chỉ tiêu:** đạt 95%", "3. Chỉ tiêu: đạt 95%"),
    ("đến năm 2026\n\n### a) Phòng bệnh", "đến năm 2026\n\na) Phòng bệnh"),
    ("*Căn cứ Luật* Khám bệnh", "Căn cứ Luật Khám bệnh"),
    (" chữa bệnh*;\n*", " chữa bệnh;\n"),  # cut between two marks
    ("* Ghi chú: 3*4 = 12 (*)", "* Ghi chú: 3*4 = 12 (*)"),
    ("nộp báo cáo\n* gửi Sở", "nộp báo cáo\n* gửi Sở"),
    ("| Nội dung | Đơn vị |\n|---|:-:|\n| Tiêm chủng | % |", "Nội dung · Đơn vị\n\nTiêm chủng · %"),
    (r"1\. Mục đích \- yêu cầu", "1. Mục đích - yêu cầu"),
    ("Số: ____/KH-SYT - 02-KH/TU", "Số: ____/KH-SYT - 02-KH/TU"),
]


@pytest.mark.parametrize(("words", "expected"), UNMARKED)
def test_words_without_their_marks(words: str, expected: str) -> None:
    assert unmarked(words) == expected


CLAIMS = [
    ({"email": "lan@example.vn", "sub": "7"}, "lan@example.vn"),
    ({"email": "lan@example.vn", "email_verified": False, "sub": "7"}, "7"),
    ({"preferred_username": "lan", "sub": "7"}, "lan"),
    ({}, None),
]


@pytest.mark.parametrize(("claims", "name"), CLAIMS)
def test_who_the_claims_name(claims: dict[str, object], name: str | None) -> None:
    assert name_in(claims) == name


def test_every_word_is_in_both_languages() -> None:
    for section, entries in load("dashboard").items():
        for key, words in entries.items():
            assert len(words) == 2 and all(isinstance(each, str) for each in words), (section, key)
            assert words[0].count("{") == words[1].count("{"), (section, key)
