"""Which mentions are one document: mentions of a plan in, keys out."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.confidence import left
from extractors.references.codes import split_code
from models.plan import Context, Metadata, Reference, Span
from pipeline.resolve.documents import resolve_references

PLAN = Metadata(
    doc_type="KH",
    number="57",
    symbol="KH-SYT",
    code="57/KH-SYT",
    issue_date="2024-03-17",
    issuer="Sở Y tế tỉnh Lai Châu",
    province="Lai Châu",
)


def cite(code: str | None = None, date: str | None = None, issuer: str | None = None, **more: Any) -> Reference:
    """A mention as the extractor gives it."""
    if code:
        number, year, symbol = split_code(code) or (None, None, None)
        more = {"number": number, "year": year, "symbol": symbol, "code": code} | more
    return Reference(text=more.pop("text", code or ""), span=Span(0, 1), date=date, issuer=issuer, **more)


def resolve(*references: Reference, meta: Metadata = PLAN) -> tuple[tuple[Reference, ...], list[str]]:
    found, warnings = resolve_references(references, Context(metadata=meta))
    return found, [w.code for w in warnings]


# One mention, its key.
KEYS = [
    (cite("318/QĐ-UBND", "2021-12-24", "UBND tỉnh"), "318/QĐ-UBND | UBND tỉnh Lai Châu | 2021"),
    (cite("318/QĐ-UBND", "2021-12-24", "Chủ tịch UBND tỉnh"), "318/QĐ-UBND | UBND tỉnh Lai Châu | 2021"),
    (cite("318/QĐ-UBND", "2021-12-24", "UBND tỉnh Sơn La"), "318/QĐ-UBND | UBND tỉnh Sơn La | 2021"),
    (cite("318/QĐ-UBND", "2021"), "318/QĐ-UBND | UBND tỉnh Lai Châu | 2021"),
    (cite("318/QĐ-UBND"), "318/QĐ-UBND | UBND tỉnh Lai Châu"),
    (
        cite("318/QĐ-UBND", "2021-12-24", "UBND huyện Mường Tè"),
        "318/QĐ-UBND | UBND huyện Mường Tè, tỉnh Lai Châu | 2021",
    ),
    (cite("12/2024/QĐ-UBND", "2024-02-02", "UBND tỉnh"), "12/2024/QĐ-UBND | UBND tỉnh Lai Châu"),
    (cite("9/KH-SYT", "2023-01-05", "Sở Y tế"), "09/KH-SYT | Sở Y tế tỉnh Lai Châu | 2023"),
    (cite("525/SYT-TCCB", "2023-03-03", "Sở Y tế"), "525/SYT-TCCB | Sở Y tế tỉnh Lai Châu | 2023"),
    (cite("14-KH/TU", "2023-07-29", "Ban Thường vụ Tỉnh ủy"), "14-KH/TU | Tỉnh ủy Lai Châu | 2023"),
    (cite("19/CT-TTg", "2021-07-16", "Thủ tướng Chính phủ"), "19/CT-TTg | 2021"),
    (cite("34-CT/TW", "2014-04-07", "Bộ Chính trị"), "34-CT/TW | 2014"),
    (cite("96/2023/NĐ-CP", "2023-12-30", "Chính phủ"), "96/2023/NĐ-CP"),
    (cite("107/TTr-SGD&ĐT", "2023-08-09"), "107/TTr-SGDĐT | Sở Giáo dục và Đào tạo tỉnh Lai Châu | 2023"),
    (
        cite("45/BTĐKT-VI", "2023-08-09", "Ban Thi đua - Khen thưởng Trung ương"),
        "45/BTĐKT-VI | 2023",
    ),
    (
        cite("45/HD-XYZK", "2023-08-09", "Viện Pasteur Nha Trang"),
        "45/HD-XYZK | Viện Pasteur Nha Trang | 2023",
    ),
    (cite(type="Luật", name="Luật Phòng, chống bạo lực gia đình"), "luật phòng chống bạo lực gia đình"),
    (cite(type="Luật", name="Luật Giáo dục", year=2019), "luật giáo dục | 2019"),
    (cite(type="Luật", name="Luật Giáo dục", date="2019-06-14"), "luật giáo dục | 2019"),
    (cite("105/2016/QH13", type="Luật", name="Luật Dược"), "luật dược | 2016"),
    (cite("105/2016/QH13", type="Luật"), "105/2016/QH13"),
    (cite("43/2022/QH15", type="NQ"), "43/2022/QH15"),
    (
        cite(type="NQ", name="Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
        "nghị quyết đại hội toàn quốc lần thứ xiii của đảng",
    ),
    (
        cite(type="NQ", name="Nghị quyết Đại hội đại biểu Đảng bộ Sở Y tế lần thứ IV"),
        "nghị quyết đại hội đảng bộ sở y tế lần thứ iv tỉnh lai châu",
    ),
    (cite(type="ĐA", name="Đề án 1816"), "đề án 1816"),
    (cite(type="QĐ", number="1125"), "QĐ 1125"),
]


@pytest.mark.parametrize(("reference", "key"), KEYS, ids=[key for _, key in KEYS])
def test_key(reference: Reference, key: str) -> None:
    (found,), _ = resolve(reference)
    assert found.document_key == key


@pytest.mark.parametrize(
    "names",
    [
        ("Luật Phòng, chống bạo lực gia đình", "Luật phòng chống bạo lực gia đình"),
        (
            "Nghị quyết Hội nghị Trung ương 4 khóa XII",
            "Nghị quyết Trung ương 4, khoá XII",
            "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII",
        ),
        ("Nghị quyết Đại hội Đảng bộ Sở Y tế lần thứ IV", "Nghị quyết Đại hội đại biểu Đảng bộ Sở Y tế lần thứ IV"),
    ],
)
def test_one_document_by_many_names(names: tuple[str, ...]) -> None:
    found, _ = resolve(*(cite(name=name) for name in names))
    assert len({r.document_key for r in found}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Nghị quyết Trung ương 6 khóa VIII", "Nghị quyết Trung ương 6 (lần 2) khóa VIII"),
        ("Nghị quyết Hội nghị Trung ương 4 khóa XI", "Nghị quyết Hội nghị Trung ương 4 khóa XII"),
        ("Luật Bảo hiểm y tế", "Luật Bảo hiểm xã hội"),
    ],
)
def test_other_documents(names: tuple[str, str]) -> None:
    found, _ = resolve(*(cite(name=name) for name in names))
    assert len({r.document_key for r in found}) == 2


def test_fields_are_filled() -> None:
    (found,), _ = resolve(cite("0124/QDUBND", "2021-12-24", "UBND tỉnh"))
    assert (found.code, found.type, found.issuer) == ("124/QĐ-UBND", "QĐ", "UBND tỉnh Lai Châu")
    (found,), _ = resolve(cite("19/CT-TTG"))
    assert (found.code, found.type, found.issuer) == ("19/CT-TTg", "CT", "Thủ tướng Chính phủ")
    (found,), _ = resolve(cite("34-CT/TW"))
    assert found.issuer is None


def test_undated_mention_takes_the_one_dated_mention() -> None:
    found, _ = resolve(
        cite("14-KH/TU"), cite("14-KH/TU", "2023-07-29", "Ban Thường vụ Tỉnh ủy"), cite("14-KH/TU", None, "Tỉnh ủy")
    )
    assert {r.document_key for r in found} == {"14-KH/TU | Tỉnh ủy Lai Châu | 2023"}
    assert [r.date for r in found] == ["2023-07-29"] * 3
    assert found[0].issuer == "Ban Thường vụ Tỉnh ủy Lai Châu"


def test_undated_mention_of_two_dated_ones_stays_undated() -> None:
    found, codes = resolve(cite("08/KH-UBND", "2021-01-20"), cite("08/KH-UBND", "2022-01-18"), cite("08/KH-UBND"))
    assert [r.document_key for r in found] == [
        "08/KH-UBND | UBND tỉnh Lai Châu | 2021",
        "08/KH-UBND | UBND tỉnh Lai Châu | 2022",
        "08/KH-UBND | UBND tỉnh Lai Châu",
    ]
    assert found[2].date is None
    assert codes == []


def test_other_issuer_is_another_document() -> None:
    found, _ = resolve(cite("08/KH-UBND", "2021-01-20", "UBND tỉnh Sơn La"), cite("08/KH-UBND", None, "UBND tỉnh"))
    assert found[1].date is None
    assert found[0].document_key != found[1].document_key


def test_short_mention_has_the_code_of_the_full_one() -> None:
    found, _ = resolve(
        cite("21/CT-UBND", "2023-05-05", "Chủ tịch UBND tỉnh", type="CT"),
        cite(type="CT", number="21", text="Chỉ thị số 21"),
        cite(type="KH", number="21", text="Kế hoạch số 21"),
    )
    assert (found[1].code, found[1].document_key) == ("21/CT-UBND", found[0].document_key)
    assert found[2].code is None


def test_short_mention_of_two_stays_short() -> None:
    found, _ = resolve(cite("21/CT-UBND"), cite("21/CT-TTg"), cite(type="CT", number="21", text="Chỉ thị số 21"))
    assert found[2].code is None


def test_codes_that_type_number_and_issuer_determine() -> None:
    found, _ = resolve(
        cite(type="NQ", number="57", issuer="Bộ Chính trị"),
        cite(type="NĐ", number="42", year=2025),
        cite(type="QĐ", number="27", issuer="UBND tỉnh"),
    )
    assert [r.code for r in found] == ["57-NQ/TW", "42/2025/NĐ-CP", None]
    built, untold = (round(left(f"references.{reason}"), 3) for reason in ("code_built", "code_open"))
    assert [r.confidence for r in found] == [built, built, untold]


def test_issuer_tells_tw_from_tu() -> None:
    found, _ = resolve(cite("46-NQ-TU", "2005-02-23", "Bộ Chính trị"), cite("25-CT/TƯ", "2023-02-23", "Tỉnh ủy"))
    assert [r.code for r in found] == ["46-NQ/TW", "25-CT/TU"]


def test_the_plan_itself() -> None:
    found, codes = resolve(
        cite("57/KH-SYT", "2024-03-17", "Sở Y tế"),
        cite("57/KH-SYT"),
        cite("57/KH-SYT", "2024-03-17", "Sở Y tế tỉnh Sơn La"),
    )
    assert [r.relation for r in found] == ["self", "self", "mentions"]
    assert codes == []
    found, _ = resolve(cite("57/KH-SYT", "2023-03-17", "Sở Y tế", relation="implements"), cite("57/KH-SYT"))
    assert [r.relation for r in found] == ["implements", "mentions"], "last year's plan has the number too"


def test_law_without_year_takes_the_one_of_its_plan() -> None:
    found, _ = resolve(
        cite(type="Luật", name="Luật Dược"),
        cite("105/2016/QH13", type="Luật", name="Luật Dược"),
        cite("105/2016/QH13", type="Luật"),
    )
    assert {r.document_key for r in found} == {"luật dược | 2016"}


def test_merged_province_began_its_numbers_anew() -> None:
    meta = Metadata(province="Lâm Đồng", issue_date="2025-11-03")
    found, codes = resolve(
        cite("76/KH-UBND", "2025-03-30", "UBND tỉnh"), cite("76/KH-UBND", "2025-08-30", "UBND tỉnh"), meta=meta
    )
    assert [r.document_key for r in found] == [
        "76/KH-UBND | UBND tỉnh Lâm Đồng | 2025",
        "76/KH-UBND | UBND tỉnh Lâm Đồng | 2025-07",
    ]
    assert codes == []


@pytest.mark.parametrize(
    ("references", "codes"),
    [
        ([cite("568/QĐ-TTg", "2023-05-24"), cite("568/QĐ-TTg", "2023-05-25")], ["date_conflict"]),
        ([cite("568/QĐ-TTg", "2023-05-24"), cite("568/QĐ-TTg", "2022-05-25")], []),
        ([cite("568/QĐ-TTg", "2023-05-24"), cite("568/QĐ-TTg", "2023")], []),
        ([cite("34-CT/TW", "2014-04-07"), cite("34-CT/TW", "2015-04-07")], ["date_conflict"]),
        ([cite("34-CT/TW", "2014-04-07"), cite("34-CT/TW", "2024-04-07")], ["cited_too_early"]),
        ([cite("153/2006/QĐ-TTg", "2003-06-30")], ["year_conflict"]),
        ([cite("153/2006/QĐ-TTg", "2006-06-30")], []),
        ([cite("568/QĐ-TTg", "2024-03")], []),
        ([cite("568/QĐ-TTg", "2024-12-01")], ["cited_too_early"]),
    ],
)
def test_what_does_not_fit(references: list[Reference], codes: list[str]) -> None:
    assert resolve(*references)[1] == codes


def test_object_of_a_change() -> None:
    found, _ = resolve(
        cite("52/2017/TT-BYT", relation="amends"),
        cite("18/2018/TT-BYT", relation="amends", object="0"),
        cite("76/KH-UBND", "2023-08-30", relation="replaces"),
        cite("77/KH-UBND", "2023-08-30", object="0"),
    )
    assert [r.object for r in found] == ["52/2017/TT-BYT", "52/2017/TT-BYT", found[2].document_key, None]


def short(number: str, type: str, **more: Any) -> Reference:
    """A mention by number alone, as the extractor gives it."""
    return cite(number=number, type=type, **{"text": f"{type} số {number}"} | more)


SHORT = [
    # an undated second mention without its issuer is the same paper
    ((cite("46/2020/NĐ-CP", "2020-07-06", "Chính phủ"), cite("46/2020/NĐ-CP"), short("46", "NĐ")), "46/2020/NĐ-CP"),
    ((cite("6336/BYT-DP", "2023-07-26", "Bộ Y tế"), cite("6336/BYT-DP"), short("6336", "CV")), "6336/BYT-DP"),
    ((cite("47-CTr/TU", "2023-09-21", "Tỉnh ủy"), short("47", "CTr", name="Chương trình 47")), "47-CTr/TU"),
    # the one that the short name was given to
    (
        (
            cite("15/QĐ-SYT", "2024-01-05", "Sở Y tế"),
            short("15", "QĐ", code="15/QĐ-SYT", symbol="QĐ-SYT"),
            cite("15/QĐ-UBND", "2024-01-09", "UBND tỉnh"),
            short("15", "QĐ"),
        ),
        "15/QĐ-SYT",
    ),
    # two papers, no telling which; two issuers; another type
    ((cite("15/QĐ-SYT", "2024-01-05"), cite("15/QĐ-UBND", "2024-01-09"), short("15", "QĐ")), None),
    ((cite("15/KH-UBND", None, "UBND tỉnh"), cite("15/KH-UBND", None, "UBND tỉnh Sơn La"), short("15", "KH")), None),
    ((cite("06/QĐ-TTg", "2022-01-06"), short("06", "ĐA", name="Đề án 06")), None),
]


@pytest.mark.parametrize(("mentions", "code"), SHORT)
def test_a_short_mention(mentions: tuple[Reference, ...], code: str | None) -> None:
    found, _ = resolve(*mentions)
    assert found[-1].code == code
    assert found[-1].name == (mentions[-1].name if code is None else None)
    if code:
        assert found[-1].document_key == found[0].document_key
