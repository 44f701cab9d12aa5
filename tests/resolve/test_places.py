"""Which province words mean, on which day, and what became of it."""

from __future__ import annotations

import pytest

from pipeline.resolve.places import predecessors, province_at, province_of, province_of_place, successor, version_of

PHRASES = [
    ("tỉnh Lai Châu", None, "tỉnh Lai Châu"),
    ("Giám đốc Sở Y tế tỉnh Quảng Ngãi", None, "tỉnh Quảng Ngãi"),
    ("SỞ Y TẾ TỈNH ĐĂK LĂK", None, "tỉnh Đắk Lắk"),
    ("TP.HCM", None, "Thành phố Hồ Chí Minh"),
    ("UBND Tp. Hồ Chí Minh", None, "Thành phố Hồ Chí Minh"),
    ("Thành ủy Hà Nội", None, "Thành phố Hà Nội"),
    ("Thành phố Cần Thơ", None, "Thành phố Cần Thơ"),
    ("Sở Y tế Hoà Bình", None, "tỉnh Hòa Bình"),
    ("SỞ Y TẾ HÒA BÌNH", None, "tỉnh Hòa Bình"),
    ("Kontum", None, "tỉnh Kon Tum"),
    ("Bà Rịa – Vũng Tàu", None, "tỉnh Bà Rịa - Vũng Tàu"),
    ("Thừa Thiên - Huế", None, "tỉnh Thừa Thiên Huế"),
    ("SO Y TE TINH BINH DINH", None, "tỉnh Bình Định"),
    ("Đồng Nai", "2025-08-01", "tỉnh Đồng Nai"),
    ("Đồng Nai", "2026-05-01", "Thành phố Đồng Nai"),
    ("Sở Y tế Huế", "2021-03-04", "tỉnh Thừa Thiên Huế"),
    ("UBND TP. Huế", "2025-03-04", "Thành phố Huế"),
    ("Quảng Nam", "2026-01-05", "tỉnh Quảng Nam"),  # named by a later paper, still itself
    # Not a province, or not one alone.
    ("giữ gìn hòa bình", None, None),
    ("BẢO VỆ NỀN HÒA BÌNH, ĐỘC LẬP, CHỦ QUYỀN VÀ TOÀN VẸN LÃNH THỔ", None, None),
    ("châu Á - Thái Bình Dương", None, None),
    ("tư tưởng Hồ Chí Minh", None, None),
    ("UBND huyện Hòa Bình", None, None),
    ("Trạm Y tế xã Thái Bình", None, None),
    ("UBND thành phố Lai Châu", None, None),
    ("Hà Nội và Hải Phòng", None, None),
    ("Sở Y tế", None, None),
    ("Hà, Nam", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("words", "date", "full"), PHRASES)
def test_province_of(words: str, date: str | None, full: str | None) -> None:
    found = province_of(words, date)
    assert (found.full if found else None) == full


@pytest.mark.parametrize(
    ("place", "date", "name"),
    [
        ("Nha Trang", "2019-04-08", "Khánh Hòa"),
        ("Đông Hà", "2014", "Quảng Trị"),
        ("Phan Thiết", "2024-07-06", "Bình Thuận"),
        ("Phan Thiết", "2026-07-06", "Lâm Đồng"),
        ("Bến Tre", "2026-01", "Vĩnh Long"),
        ("Huế", "2020-02-03", "Thừa Thiên Huế"),
        ("Huế", "2026-02-03", "Huế"),
        ("Phan Rang-Tháp Chàm", None, "Ninh Thuận"),
        ("TP. Hồ Chí Minh", "2025-11-18", "Hồ Chí Minh"),
        ("Tây Hòa", None, None),
    ],
)
def test_place_line(place: str, date: str | None, name: str | None) -> None:
    found = province_of_place(place, date)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "date", "scheme", "code"),
    [
        ("Gia Lai", "2025-06-30", "63", "64"),
        ("Gia Lai", "2025-07-01", "34", "52"),
        ("Bình Định", "2021", "63", "52"),
        ("Bình Định", "2025-07-01", None, None),
        ("Huế", "2024-12-31", None, None),
        ("Huế", "2025-01-01", "63", "46"),
    ],
)
def test_province_at(name: str, date: str, scheme: str | None, code: str | None) -> None:
    found = province_at(name, date)
    assert (found and found.scheme, found and found.code) == (scheme, code)


def test_successor_and_predecessors() -> None:
    old = version_of("Bình Định", "2021-01-01")
    assert old is not None
    new = successor(old)
    assert (new.name, new.scheme, successor(new)) == ("Gia Lai", "34", new)
    assert [p.name for p in predecessors(new)] == ["Bình Định", "Gia Lai"]
    assert predecessors(old) == ()
    hue = version_of("Huế", "2026-01-01")
    assert hue is not None
    assert [p.full for p in predecessors(hue)] == ["Thành phố Huế"]
