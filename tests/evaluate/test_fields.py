"""When a field is right: what the gold has, what was found, and whether they are the same."""

from __future__ import annotations

import pytest

from pipeline.evaluate import alike, is_strict, same, words_of

SAME = [
    # field, gold, found
    ("code", "512/KH-UBND", "512/KH- UBND"),
    ("code", "07/KH-HĐTĐKT", "7/KH-HĐTĐKT"),
    ("code", "117/BHXH-QLTST", "117/BHXH–QLTST"),
    ("code", "388/QÐ-SYT", "388/QĐ-SYT"),
    ("code", "", None),
    ("rrule", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "RRULE:BYMONTHDAY=15;FREQ=YEARLY;BYMONTH=12,6"),
    ("rrule", "FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=12"),
    ("rrule", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=1"),
    ("low", 0.6667, 2 / 3),
    ("low", 95.5, "95,5"),
    ("high", "", None),
    ("unit", "con/phụ nữ", "Con / phụ nữ"),
    ("unit", "%", "%"),
    ("roles", ["purpose", "requirements"], ["requirements", "purpose"]),
    ("issuer", "UBND tỉnh An Giang", "Ủy ban nhân dân tỉnh An Giang"),
    ("issuer", "Thành ủy Thành phố Hồ Chí Minh", "Thành ủy TP. Hồ Chí Minh"),
    ("recipient", "Sở Y tế (qua Phòng Nghiệp vụ Y)", "Sở Y tế (qua phòng Nghiệp vụ Y)"),
    ("responsible", "Trung tâm Y tế các huyện, thị xã", "Các Trung tâm Y tế các huyện, thị xã"),
    ("name", "Luật Thi đua, khen thưởng", "Luật Thi đua, Khen thưởng"),
    (
        "name",
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        "Nghị quyết Đại hội toàn quốc lần thứ XIII của Đảng",
    ),
    ("title", "PHÒNG, CHỐNG HIV/AIDS NĂM 2027", "Phòng, chống HIV/AIDS năm 2027"),
    ("province", "Huế", "Huế"),
    ("change", "", None),
    ("date", ["", "2023-05-24"], "2023-05-24"),
    ("date", ["", "2023-05-24"], None),
    ("start_date", "*", "2024-01-01"),
    ("signer_name", "Lê Thị Mỹ Hạnh", "Lê Thị Mỹ Hạnh"),
]

DIFFERENT = [
    ("code", "512/KH-UBND", "512/KH-SYT"),
    ("code", "28/2025/QĐ-UBND", "28/QĐ-UBND"),  # with its year it is another document
    ("rrule", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=6"),
    ("rrule", "FREQ=MONTHLY;INTERVAL=6", "FREQ=MONTHLY"),
    ("low", 5, None),
    ("low", 0, None),
    ("high", None, 5),
    ("low", 95, "chín lăm"),
    ("unit", "%", "‰"),
    ("unit", "/10.000 dân", "/100.000 dân"),
    ("roles", ["purpose"], ["purpose", "requirements"]),
    ("roles", ["other"], None),
    ("issuer", "UBND tỉnh An Giang", "UBND tỉnh Kiên Giang"),
    ("issuer", "Ban Chấp hành Trung ương Đảng khóa XII", "Ban Chấp hành Trung ương Đảng khóa XIII"),
    ("issuer", "Sở Y tế tỉnh Thái Bình", None),
    ("name", "Đề án 06", "Đề án 818"),
    ("name", "Luật An toàn thực phẩm", "Luật An toàn thông tin mạng"),
    ("date", "2023-05-24", "2023-05"),
    ("date", "2023-05-24", None),
    ("bound", "before", "by"),
    ("signer_name", "Lê Thị Mỹ Hạnh", "Lê Thị Mỹ Hanh"),
]


@pytest.mark.parametrize(("field", "gold", "found"), SAME)
def test_same(field: str, gold: object, found: object) -> None:
    assert same(field, gold, found)


@pytest.mark.parametrize(("field", "gold", "found"), DIFFERENT)
def test_different(field: str, gold: object, found: object) -> None:
    assert not same(field, gold, found)


def test_words_have_no_case_accents_or_punctuation() -> None:
    assert words_of("Uỷ ban nhân dân tỉnh Đắk Lắk, 50%") == ["ubnd", "tinh", "dak", "lak", "50%"]
    assert words_of(None) == []


def test_a_wording_within_another_is_alike_when_it_is_most_of_it() -> None:
    assert alike("Sở Y tế tỉnh Huế", "Giám đốc Sở Y tế tỉnh Huế")
    assert not alike("Sở Y tế", "Trưởng các phòng chức năng thuộc Sở Y tế và các đơn vị")


REFERENCE = {"code": "96-KH/TU", "date": "2023-01-17"}
LAW = {"name": "Luật Dược"}
LEAST = {"comparator": ">=", "low": 95, "unit": "%"}
EXACT = {"comparator": "=", "low": 95, "high": 95, "unit": "%"}
DUE = {"kind": "deadline", "end_date": "2025-03-31"}

STRICT = [
    # group, gold, found, strict?
    ("references", REFERENCE, {"code": "96-KH/TU", "date": "2023-01-17"}, True),
    ("references", REFERENCE, {"code": "96-KH/TU", "date": None}, False),
    ("references", {"code": "05-CT/TW"}, {"code": "05-CT/TW", "date": "2016-05-15"}, False),  # no date stands there
    ("references", LAW, {"name": "Luật Dược", "date": "2016-04-06"}, True),  # the gold leaves the date open
    ("references", LAW, {"name": None, "text": "Luật Dược"}, True),
    ("references", LAW | {"date": "2016-04-06"}, {"name": "Luật Dược", "date": None}, False),
    ("targets", LEAST, {"comparator": ">=", "low": 95.0, "high": None, "unit": "%"}, True),
    ("targets", LEAST, {"comparator": ">=", "low": 95.0, "high": 100.0, "unit": "%"}, False),
    ("targets", LEAST, {"comparator": ">", "low": 95.0, "high": None, "unit": "%"}, False),
    ("targets", EXACT, {"comparator": "=", "low": 95.0, "high": None, "unit": "%"}, False),
    ("targets", {"comparator": "=", "unit": "%"}, {"comparator": "=", "low": 3.0, "high": 3.0, "unit": "%"}, True),
    ("deadlines", DUE, {"kind": "deadline", "start_date": None, "end_date": "2025-03-31", "rrule": None}, True),
    ("deadlines", DUE, {"kind": "deadline", "start_date": "2025-01-01", "end_date": "2025-03-31"}, False),
    ("deadlines", DUE, {"kind": "interval", "end_date": "2025-03-31"}, False),
    ("deadlines", DUE | {"kind": ["deadline", "interval"]}, {"kind": "interval", "end_date": "2025-03-31"}, True),
    ("sections", {"roles": ["recipients"]}, {"path": None, "roles": ["recipients"]}, True),
    ("sections", {"path": "I.1", "roles": "*"}, {"path": "I.1", "roles": ["tasks"]}, True),
    ("sections", {"path": "I.1", "roles": ["tasks"]}, {"path": "II.1", "roles": ["tasks"]}, False),
]


@pytest.mark.parametrize(("group", "gold", "found", "strict"), STRICT)
def test_strict(group: str, gold: dict[str, object], found: dict[str, object], strict: bool) -> None:
    assert is_strict(group, gold, found) is strict
