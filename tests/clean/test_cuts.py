"""Words that a PDF's fonts cut in two are whole again; every other blank stays."""

from __future__ import annotations

import pytest

from models.text import Source
from pipeline.clean import clean

CUT = """S Ở Y T Ế

K Ế HO ẠCH

Thực hi ện Quy ết đ ịnh số 15/QĐ-BYT ng ày 09/01/2026 c ủa B ộ Y t ế.

- T ỷ l ệ trẻ đư ợc tiêm ch ủng đ ầy đ ủ đ ạt tr ên 95%, không để ai ốm ở nhà.

- Báo cáo tr ước ng ày 15 th áng 6 n ăm 2026, ăn ở v ệ sinh."""


def cleaned(text: str) -> str:
    return clean(Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="t")).clean


def test_a_cut_text_is_whole_again() -> None:
    assert cleaned(CUT).split("\n") == [
        "SỞ Y TẾ",
        "KẾ HOẠCH",
        "Thực hiện Quyết định số 15/QĐ-BYT ngày 09/01/2026 của Bộ Y tế.",
        "- Tỷ lệ trẻ được tiêm chủng đầy đủ đạt trên 95%, không để ai ốm ở nhà.",
        "- Báo cáo trước ngày 15 tháng 6 năm 2026, ăn ở vệ sinh.",
    ]


def test_places_lead_to_what_is_printed() -> None:
    text = clean(Source(text=CUT, path="x.txt", sha256="", media_type="text/plain", reader="t"))
    start = text.clean.index("Quyết định")
    first, last = text.to_source(start, start + len("Quyết định"))
    assert CUT[first:last] == "Quy ết đ ịnh"


@pytest.mark.parametrize(
    "text", ["Người bệnh viêm gan B ở tuyến xã.", "Hỗ trợ 500 đ ủng hộ.", "thời gian 17 h ở phòng", "cho ph ù hợp"]
)
def test_counter_examples_of_a_whole_text(text: str) -> None:
    assert cleaned("\n\n".join([text] * 3)) == "\n".join([text] * 3)
