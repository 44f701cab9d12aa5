"""Issuers made whole in a plan of some province."""

from __future__ import annotations

import pytest

from data import load
from extractors.references.codes import canonical_code, split_code
from models.plan import Context, Metadata
from pipeline.resolve.organisations import full_issuer, issuer_from_symbol, read_issuer


def plan_of(province: str | None, date: str = "2024-03-17") -> Context:
    return Context(metadata=Metadata(province=province, issue_date=date))


# words, the plan's province, whole
WHOLE = [
    ("UBND tỉnh", "Quảng Ngãi", "UBND tỉnh Quảng Ngãi"),
    ("Uỷ ban nhân dân tỉnh", "Lai Châu", "UBND tỉnh Lai Châu"),
    ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Lai Châu", "UBND tỉnh Lai Châu"),
    ("UBND tỉnh Quảng Ngãi", "Quảng Ngãi", "UBND tỉnh Quảng Ngãi"),
    ("UBND tỉnh Bình Định", "Quảng Ngãi", "UBND tỉnh Bình Định"),
    ("Chủ tịch UBND tỉnh", "Quảng Ngãi", "Chủ tịch UBND tỉnh Quảng Ngãi"),
    ("Thường trực HĐND tỉnh", "Nghệ An", "Thường trực HĐND tỉnh Nghệ An"),
    ("Sở Y tế", "Quảng Ngãi", "Sở Y tế tỉnh Quảng Ngãi"),
    ("Giám đốc Sở Y tế", "Quảng Ngãi", "Giám đốc Sở Y tế tỉnh Quảng Ngãi"),
    ("Sở GD&ĐT", "Sơn La", "Sở Giáo dục và Đào tạo tỉnh Sơn La"),
    ("Sở Y tế", "Đà Nẵng", "Sở Y tế Thành phố Đà Nẵng"),
    ("Sở Y tế Hà Nội", "Bắc Ninh", "Sở Y tế Thành phố Hà Nội"),
    ("Sở Cảnh sát PCCC", "Nghệ An", "Sở Cảnh sát PCCC tỉnh Nghệ An"),
    ("Tỉnh ủy", "Quảng Ngãi", "Tỉnh ủy Quảng Ngãi"),
    ("Ban Thường vụ Tỉnh uỷ", "Bắc Ninh", "Ban Thường vụ Tỉnh ủy Bắc Ninh"),
    ("Thành ủy", "Hà Nội", "Thành ủy Hà Nội"),
    ("Thành ủy", "Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh"),
    ("Ủy ban nhân dân Thành phố", "Hồ Chí Minh", "UBND Thành phố Hồ Chí Minh"),
    ("UBND TP. Hồ Chí Minh", "Hồ Chí Minh", "UBND Thành phố Hồ Chí Minh"),
    ("UBND TP.HCM", "Hồ Chí Minh", "UBND Thành phố Hồ Chí Minh"),
    ("Hội đồng Thi đua - Khen thưởng tỉnh", "Cà Mau", "Hội đồng Thi đua - Khen thưởng tỉnh Cà Mau"),
    ("Công an tỉnh", "Cà Mau", "Công an tỉnh Cà Mau"),
    ("Công an thành phố", "Cần Thơ", "Công an Thành phố Cần Thơ"),
    ("Ban Chỉ đạo phòng, chống dịch tỉnh", "Gia Lai", "Ban Chỉ đạo phòng, chống dịch tỉnh Gia Lai"),
    ("Ban Quản lý Khu kinh tế tỉnh", "Gia Lai", "Ban Quản lý Khu kinh tế tỉnh Gia Lai"),
    ("Hội đồng sáng kiến Sở Y tế", "Gia Lai", "Hội đồng sáng kiến Sở Y tế tỉnh Gia Lai"),
    ("Đảng ủy Sở Y tế", "Gia Lai", "Đảng ủy Sở Y tế tỉnh Gia Lai"),
    ("Ban Chỉ đạo Tỉnh ủy", "Gia Lai", "Ban Chỉ đạo Tỉnh ủy Gia Lai"),
    ("Sở Y tế - Sở Nội vụ", "Gia Lai", "Sở Y tế tỉnh Gia Lai - Sở Nội vụ tỉnh Gia Lai"),
    ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Gia Lai", "Sở Lao động - Thương binh và Xã hội tỉnh Gia Lai"),
    ("SỞ Y TẾ KHÁNH HÒA", "Khánh Hòa", "Sở Y tế tỉnh Khánh Hòa"),
    ("SỞ Y TẾ TP. ĐÀ NẴNG", "Đà Nẵng", "Sở Y tế Thành phố Đà Nẵng"),
    ("Thủ tướng Chỉnh phủ", "Gia Lai", "Thủ tướng Chính phủ"),
    ("Thu tuong Chinh phu", "Gia Lai", "Thủ tướng Chính phủ"),
    ("Thủ tướng", "Gia Lai", "Thủ tướng"),
    ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Gia Lai", "Ban Chỉ đạo chuyển đổi số"),
    ("UBND tỉnh, Bộ Y tế", "Gia Lai", "UBND tỉnh Gia Lai, Bộ Y tế"),
    ("Sở Y tế, Sở Tài chính", "Gia Lai", "Sở Y tế tỉnh Gia Lai, Sở Tài chính tỉnh Gia Lai"),
    ("Sở Y tế (qua phòng Nghiệp vụ)", "Gia Lai", "Sở Y tế tỉnh Gia Lai (qua phòng Nghiệp vụ)"),
    # Central bodies stay.
    ("Bộ Chính trị", "Quảng Ngãi", "Bộ Chính trị"),
    ("Bộ Chính trị khóa XIII", "Quảng Ngãi", "Bộ Chính trị khóa XIII"),
    ("Bộ Chính trị, Ban Bí thư", "Quảng Ngãi", "Bộ Chính trị, Ban Bí thư"),
    ("Ban Bí thư Trung ương Đảng", "Quảng Ngãi", "Ban Bí thư Trung ương Đảng"),
    ("Ban Chấp hành Trung ương đảng khóa XIII", "Nghệ An", "Ban Chấp hành Trung ương Đảng khóa XIII"),
    ("Thủ tướng Chính phủ", "Quảng Ngãi", "Thủ tướng Chính phủ"),
    ("Bộ Y tế", "Quảng Ngãi", "Bộ Y tế"),
    # Damage.
    ("Bộ trưởngBộ Nội vụ", "Lai Châu", "Bộ trưởng Bộ Nội vụ"),
    ("UBNDtỉnh", "Lai Châu", "UBND tỉnh Lai Châu"),
    ("của UBND tỉnh.", "Lai Châu", "UBND tỉnh Lai Châu"),
    # What can't be told stays.
    ("UBND huyện Bình Sơn", "Quảng Ngãi", "UBND huyện Bình Sơn"),
    ("UBND thành phố", "Quảng Ngãi", "UBND thành phố"),
    ("UBND thành phố Quảng Ngãi", "Quảng Ngãi", "UBND thành phố Quảng Ngãi"),
    ("Thành ủy", "Quảng Ngãi", "Thành ủy"),
    ("UBND tỉnh", "Hà Nội", "UBND tỉnh"),
    ("UBND tỉnh", None, "UBND tỉnh"),
    ("Trung tâm Y tế huyện", "Lai Châu", "Trung tâm Y tế huyện"),
    ("", "Lai Châu", None),
]


@pytest.mark.parametrize(("words", "province", "whole"), WHOLE)
def test_full_issuer(words: str, province: str | None, whole: str | None) -> None:
    context = plan_of(province)
    assert full_issuer(words, context) == whole
    if whole:
        assert full_issuer(whole, context) == whole, "what is whole stays"


def test_province_as_it_was_on_the_documents_date() -> None:
    assert full_issuer("UBND tỉnh", plan_of("Huế", "2026-02-01"), "2023-05-04") == "UBND tỉnh Thừa Thiên Huế"
    assert full_issuer("UBND tỉnh", plan_of("Đồng Nai", "2026-06-01"), "2025-12-01") == "UBND tỉnh Đồng Nai"
    assert full_issuer("Sở Y tế", plan_of("Đồng Nai", "2026-06-01")) == "Sở Y tế Thành phố Đồng Nai"
    assert full_issuer("UBND tỉnh Đồng Nai", plan_of("Đồng Nai", "2026-06-01")) == "UBND tỉnh Đồng Nai"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Giám đốc Sở", "Giám đốc Sở Y tế tỉnh Lai Châu"),
        ("Chánh Văn phòng Sở", "Chánh Văn phòng Sở Y tế tỉnh Lai Châu"),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Lai Châu"),
    ],
)
def test_the_department_itself(words: str, whole: str) -> None:
    context = Context(metadata=Metadata(province="Lai Châu", issuer="Sở Y tế tỉnh Lai Châu", issue_date="2024-03-17"))
    assert full_issuer(words, context) == whole


@pytest.mark.parametrize("province", ["Quảng Ngãi", "Hồ Chí Minh", "Huế", "Đồng Nai", None])
def test_what_is_whole_stays(province: str | None) -> None:
    """Every body of the data with every kind of place behind it."""
    context = plan_of(province, "2025-08-01")
    tails = [
        "",
        "tỉnh",
        "Thành phố",
        "tỉnh Lai Châu",
        "huyện Bình Sơn",
        "TP.HCM",
        "khóa XIII",
        "(phòng Tổ chức)",
        ", Bộ Y tế",
    ]
    for row in load("organisations")["organisations"]:
        for tail in tails:
            whole = full_issuer(f"{row.get('head', '')} {row['name']} {tail}", context)
            assert whole is not None
            assert full_issuer(whole, context) == whole


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Chủ tịch UBND tỉnh", "UBND tỉnh Quảng Ngãi"),
        ("Giám đốc Sở Y tế", "Sở Y tế tỉnh Quảng Ngãi"),
        ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Quảng Ngãi"),
        ("Ban Thi đua khen thưởng tỉnh", "Ban Thi đua - Khen thưởng tỉnh Quảng Ngãi"),
        ("Bộ trưởng Bộ Y tế", "Bộ Y tế"),
        ("Chủ tịch UBND huyện Bình Sơn", "UBND huyện Bình Sơn, tỉnh Quảng Ngãi"),
        ("UBND thành phố", "UBND thành phố, tỉnh Quảng Ngãi"),
    ],
)
def test_body(words: str, body: str) -> None:
    issuer = read_issuer(words, plan_of("Quảng Ngãi"))
    assert issuer is not None
    assert issuer.body == body


@pytest.mark.parametrize(
    ("code", "province", "issuer"),
    [
        ("12/QĐ-TTg", "Lai Châu", "Thủ tướng Chính phủ"),
        ("96/2023/NĐ-CP", "Lai Châu", "Chính phủ"),
        ("15/2022/QH15", "Lai Châu", "Quốc hội"),
        ("60/2024/UBTVQH15", "Lai Châu", "Ủy ban Thường vụ Quốc hội"),
        ("24/2019/TT-BYT", "Lai Châu", "Bộ Y tế"),
        ("8101/BNV-CTTN", "Lai Châu", "Bộ Nội vụ"),
        ("3/HD-BTCTW", "Lai Châu", "Ban Tổ chức Trung ương"),
        ("318/QĐ-UBND", "Lai Châu", "UBND tỉnh Lai Châu"),
        ("57/KH-SYT", "Cần Thơ", "Sở Y tế Thành phố Cần Thơ"),
        ("12-CTr/TU", "Cần Thơ", "Thành ủy Cần Thơ"),
        ("1/KH-HĐTĐKT", "Lai Châu", "Hội đồng Thi đua - Khen thưởng tỉnh Lai Châu"),
        # Several bodies write so.
        ("34-CT/TW", "Lai Châu", None),
        ("45/BTĐKT-VI", "Lai Châu", None),
        ("12/KH-BCĐ", "Lai Châu", None),
        ("12-NQ/HU", "Lai Châu", None),
        ("24/2015/TTLT-BYT-BTC", "Lai Châu", None),
        ("57/KH-SYT", None, None),
        ("57/KH-XYZK", "Lai Châu", None),
    ],
)
def test_issuer_from_symbol(code: str, province: str | None, issuer: str | None) -> None:
    parts = split_code(code)
    assert parts is not None
    assert issuer_from_symbol(canonical_code(*parts), plan_of(province)) == issuer


# words, the issuer of the plan that cites them, its province, whole
OF_A_UNIT = [
    ("UBND huyện", "UBND huyện Sìn Hồ", "Lai Châu", "UBND huyện Sìn Hồ"),
    ("Chủ tịch UBND huyện", "Trung tâm Y tế huyện Sìn Hồ", "Lai Châu", "Chủ tịch UBND huyện Sìn Hồ"),
    ("Huyện ủy", "UBND huyện Sìn Hồ", "Lai Châu", "Huyện ủy Sìn Hồ"),
    ("Ban Thường vụ Huyện uỷ", "UBND huyện Sìn Hồ", "Lai Châu", "Ban Thường vụ Huyện ủy Sìn Hồ"),
    ("Trung tâm Y tế huyện", "UBND huyện Sìn Hồ", "Lai Châu", "Trung tâm Y tế huyện Sìn Hồ"),
    ("UBND thị xã", "UBND thị xã Ba Đồn", "Quảng Bình", "UBND thị xã Ba Đồn"),
    ("Thị ủy", "UBND thị xã Ba Đồn", "Quảng Bình", "Thị ủy Ba Đồn"),
    ("UBND thành phố", "Phòng Y tế thành phố Pleiku", "Gia Lai", "UBND thành phố Pleiku"),
    ("UBND xã", "UBND xã Thọ Xuân", "Thanh Hóa", "UBND xã Thọ Xuân"),
    ("Đảng ủy xã", "UBND xã Thọ Xuân", "Thanh Hóa", "Đảng ủy xã Thọ Xuân"),
    ("UBND tỉnh", "UBND xã Thọ Xuân", "Thanh Hóa", "UBND tỉnh Thanh Hóa"),
    ("UBND huyện", "UBND xã Thọ Xuân", "Thanh Hóa", "UBND huyện"),  # which district is not told
    ("UBND các huyện", "UBND huyện Sìn Hồ", "Lai Châu", "UBND các huyện"),
    ("UBND huyện Mường Tè", "UBND huyện Sìn Hồ", "Lai Châu", "UBND huyện Mường Tè"),
    ("UBND huyện", "Sở Y tế tỉnh Lai Châu", "Lai Châu", "UBND huyện"),
    ("UBND thành phố", "Sở Y tế Thành phố Hà Nội", "Hà Nội", "UBND Thành phố Hà Nội"),
]


@pytest.mark.parametrize(("words", "own", "province", "whole"), OF_A_UNIT)
def test_a_district_s_own_offices(words: str, own: str, province: str, whole: str) -> None:
    context = Context(metadata=Metadata(province=province, issue_date="2024-03-17", issuer=own))
    assert full_issuer(words, context) == whole


def test_a_central_committee_has_no_province() -> None:
    issuer = read_issuer("Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm", plan_of("Lai Châu"))
    assert issuer is not None
    assert issuer.name == issuer.body == "Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm"
