"""What was put right beside the facts is told: numerals of titles, and words that a PDF's fonts cut."""

from __future__ import annotations

import pytest

from models.text import Source
from pipeline.extract import extract

NUMERALS = [
    # the titles of a plan, and the numerals that were put right: printed, read
    (("I. MỤC ĐÍCH", "H. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"), [("H", "II")]),
    (("1. MỤC ĐÍCH YÊU CẦU", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"), [("1", "I")]),
    (("I. MỤC ĐÍCH", "II. NỘI DUNG", "II. KINH PHÍ THỰC HIỆN", "IV. TỔ CHỨC THỰC HIỆN"), [("II", "III")]),
    # as they should be
    (("I. MỤC ĐÍCH", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"), []),
    (("**I.** MỤC ĐÍCH", "- II. NỘI DUNG", "III/- TỔ CHỨC THỰC HIỆN"), []),
    (("1. Mục đích", "2. Nội dung", "3. Tổ chức thực hiện"), []),
]


def warned(text: str, code: str) -> list[dict[str, str]]:
    source = Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="t")
    plan = extract(source)
    found = [warning for warning in plan.warnings if warning.code == code]
    for warning in found:
        if warning.span is not None:
            assert text[warning.span.start : warning.span.end] == warning.values["words"]
    return [dict(warning.values) for warning in found]


@pytest.mark.parametrize(("titles", "expected"), NUMERALS)
def test_numerals_that_were_put_right(titles: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    text = "KẾ HOẠCH\nTiêm chủng năm 2026\n\n" + "\n\n".join(f"{title}\n\nViệc của phần này." for title in titles)
    assert warned(text, "numeral_misread") == [{"words": words, "read": read} for words, read in expected]


CUT = """K Ế HO ẠCH

Thực hi ện Quy ết đ ịnh số 15/QĐ-BYT ng ày 09/01/2026 c ủa B ộ Y t ế.

- T ỷ l ệ trẻ đư ợc tiêm ch ủng đ ầy đ ủ đ ạt tr ên 95%."""


@pytest.mark.parametrize(("text", "places"), [(CUT, ["17"]), ("KẾ HOẠCH\n\nTập huấn ở xã, ăn ở vệ sinh.", [])])
def test_words_that_were_cut(text: str, places: list[str]) -> None:
    assert [values["detail"] for values in warned(text, "words_joined")] == places
