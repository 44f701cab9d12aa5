"""The parts of a mention on their own: dates, issuers, congresses, statutes, and numbers under invented damage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.confidence import sure
from extractors.references import extract_references
from extractors.references.congress import resolutions_at
from extractors.references.dates import date_after
from extractors.references.issuers import issuer_after, printed
from extractors.references.laws import law_at
from extractors.vietnamese import tone_key
from models.text import Source
from pipeline.clean import clean
from pipeline.structure import outline_of
from tests.counting import calls_of
from tests.references.helper import context, outline

# What stands behind a number, and the date that it gives ("" where none is there, None where it is no real day).
DATES = [
    ("ngày 14/12/2021 của Bộ Y tế", "2021-12-14"),
    (", ngày 07/12/2020", "2020-12-07"),
    ("ngày 30 tháng 4 năm 2025 của", "2025-04-30"),
    ("NGÀY 30 THÁNG 4 NĂM 2025", "2025-04-30"),
    ("ngày 01-10-1997", "1997-10-01"),
    ("ngày 7.9.2020", "2020-09-07"),
    ("ngày10/12/2021", "2021-12-10"),
    ("ngày 06 / 7 /2005", "2005-07-06"),
    ("ngày 12/3/21", "2021-03-12"),
    ("(ngày 12/3/2021)", "2021-03-12"),
    ("14/12/2021 về việc", "2021-12-14"),
    ("ngày 12/8 cùng năm", "2020-08-12"),
    ("ngày 12 tháng 8 cùng năm", "2020-08-12"),
    ("tháng 6/2024", "2024-06"),
    ("ngày     tháng 3 năm 2022", "2022-03"),
    ("ngày … tháng … năm 2022", "2022"),
    ("ngày 05 tháng năm 2018", "2018"),
    ("ngày   /  /2024", "2024"),
    ("năm 2019 của", "2019"),
    ("ngay 23/02/2005", "2005-02-23"),
    ("ngày 31/02/2022", None),
    ("ngày 24-3-219", None),
    ("ngày 5 tháng 10", ""),
    ("năm 2021 - 2025", ""),
    ("trước ngày 31/3/2022", ""),
    ("có hiệu lực từ ngày 01/01/2024", ""),
    ("(ngày 12/3/2021 đã hết hạn)", ""),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_date_behind_a_number(text: str, iso: str | None) -> None:
    day = date_after(tone_key(f" {text}"), 0, before="2020-01-01")
    assert (day.iso if day else "") == iso


# Words behind a date, and the body that they name.
ISSUERS = [
    ("của UBND tỉnh Quảng Ngãi về việc giao dự toán", "UBND tỉnh Quảng Ngãi"),
    ("của Thủ tướng Chính phủ phê duyệt Đề án", "Thủ tướng Chính phủ"),
    ("CỦA THỦ TƯỚNG CHÍNH PHỦ BAN HÀNH KẾ HOẠCH", "THỦ TƯỚNG CHÍNH PHỦ"),
    ("của Bộ trưởngBộ Giáo dục và Đào tạo về", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ("của Bộ trưởng Bộ Lao động - Thương binh và Xã hội (được", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
    ("của Ban Chấp hành Trung ương đảng khóa XIII", "Ban Chấp hành Trung ương đảng khóa XIII"),
    ("của Ban Bí thư Trung ương Đảng khoá XII về", "Ban Bí thư Trung ương Đảng khoá XII"),
    ("của Hội đồng Thi đua - Khen thưởng tỉnh về tổ chức", "Hội đồng Thi đua - Khen thưởng tỉnh"),
    ("của Hội đồng Thi đua, khen thưởng Sở Y tế về", "Hội đồng Thi đua, khen thưởng Sở Y tế"),
    ("của Quốc hội khóa XV.", "Quốc hội khóa XV"),
    ("của Ban Thường vụ Tỉnh ủy và Kế hoạch số 24", "Ban Thường vụ Tỉnh ủy"),
    ("của Ủy ban nhân dân thành phố Cần Thơ Thực hiện Chương trình", "Ủy ban nhân dân thành phố Cần Thơ"),
    ("của Bộ Nông nghiệp và Phát triển nông thôn (nay là", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("của Thành ủy Thành phố Hồ Chí Minh về lãnh đạo", "Thành ủy Thành phố Hồ Chí Minh"),
    ("của Giám đốc Sở Y tế ban hành Chương trình", "Giám đốc Sở Y tế"),
    (
        "của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII về",
        "Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII",
    ),
    ("của Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh về", "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh"),
    ("của Trưởng Ban Chỉ đạo quốc gia về", "Trưởng Ban Chỉ đạo quốc gia"),
    ("của Cục Quản lý Khám, chữa bệnh về", "Cục Quản lý Khám, chữa bệnh"),
    ("của Cục Phòng, chống HIV/AIDS hướng dẫn", "Cục Phòng, chống HIV/AIDS"),
    ("của Bộ Văn hóa, Thể thao và Du lịch quy định", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("của Sở Y tế Hà Nội.", "Sở Y tế Hà Nội"),
    ("của Sở Y tế về Công tác Cải cách", "Sở Y tế"),
    ("của Sở Y tế\nCông tác Cải cách", "Sở Y tế"),
    ("của UBND TP. Hồ Chí Minh về", "UBND TP. Hồ Chí Minh"),
    ("của HĐND tỉnh Bà Rịa - Vũng Tàu về", "HĐND tỉnh Bà Rịa - Vũng Tàu"),
    ("của Hội đồng nhân dân tỉnh khóa XIV, kỳ họp", "Hội đồng nhân dân tỉnh khóa XIV"),
    ("của Bảo hiểm xã hội Việt Nam hướng dẫn", "Bảo hiểm xã hội Việt Nam"),
    ("của Công đoàn Y tế Việt Nam phát động", "Công đoàn Y tế Việt Nam"),
    ("của Bệnh viện Đa khoa khu vực Bồng Sơn ban hành", "Bệnh viện Đa khoa khu vực Bồng Sơn"),
    ("của Trung tâm Y tế huyện Bình Sơn về việc", "Trung tâm Y tế huyện Bình Sơn"),
    ("của UBND xã Trà Giang, huyện Trà Bồng về", "UBND xã Trà Giang, huyện Trà Bồng"),
    ("của Viện Sốt rét - Ký sinh trùng - Côn trùng Quy Nhơn về", "Viện Sốt rét - Ký sinh trùng - Côn trùng Quy Nhơn"),
    ("của liên Bộ Y tế - Tài chính hướng dẫn", "liên Bộ Y tế - Tài chính"),
    ("của Chính phủ khoảng 21 tỷ đồng", "Chính phủ"),
    ("của Phó Chủ tịch UBND tỉnh tại cuộc họp", "Phó Chủ tịch UBND tỉnh"),
    ("của Ủy ban Quốc gia vì sự tiến bộ của phụ nữ Việt Nam về", "Ủy ban Quốc gia vì sự tiến bộ của phụ nữ Việt Nam"),
    ("giữa Sở Y tế và Bảo hiểm xã hội tỉnh về", "Sở Y tế và Bảo hiểm xã hội tỉnh"),
    ("do UBND tỉnh ban hành", "UBND tỉnh"),
    ("của tỉnh về", None),
    ("của ngành Y tế", None),
    ("của Sở;", None),
    ("của người dân", None),
    ("về việc thành lập Sở Y tế", None),
]


@pytest.mark.parametrize(("text", "name"), ISSUERS)
def test_issuer_behind_a_number(text: str, name: str | None) -> None:
    text = f" {text}"
    span = issuer_after(text, tone_key(text), 0)
    assert (printed(text, *span) if span else None) == name


# A resolution as printed, and what it is called; () where it can't be told from others.
RESOLUTIONS = [
    ("Nghị quyết Đại hội Đảng lần thứ XIII", ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"]),
    ("Nghị quyết Đại hội lần thứ mười ba của Đảng", ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"]),
    ("Nghị quyết của Đại hội đại biểu toàn quốc lần thứ XIII Đảng Cộng sản Việt Nam", ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"]),
    ("Nghị quyết Đại hội lần thứ XX Đảng bộ tỉnh", ["Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lai Châu lần thứ XX"]),
    ("Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2020-2025", ["Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lai Châu nhiệm kỳ 2020-2025"]),
    ("Nghị quyết Đại hội đảng bộ huyện Bình Sơn khóa XXVI", ["Nghị quyết Đại hội đại biểu Đảng bộ huyện Bình Sơn lần thứ XXVI"]),
    ("Nghị quyết Hội nghị Trung ương 5 (Khóa XII)", ["Nghị quyết Hội nghị Trung ương 5 khóa XII"]),
    ("Nghị quyết Hội nghị lần thứ 11 Ban Chấp hành Trung ương Đảng khóa XIII", ["Nghị quyết Hội nghị lần thứ 11 Ban Chấp hành Trung ương Đảng khóa XIII"]),
    ("Nghị quyết Trung ương 4 (khóa XI, XII)", ["Nghị quyết Hội nghị Trung ương 4 khóa XI", "Nghị quyết Hội nghị Trung ương 4 khóa XII"]),
    ("Nghị quyết Đại hội Đảng các cấp", []),
    ("Nghị quyết Đại hội Đảng bộ tỉnh", []),
    ("Nghị quyết Trung ương về y tế", []),
    ("Nghị quyết của HĐND tỉnh khóa XIV", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), RESOLUTIONS)
def test_resolution_by_name(text: str, names: list[str]) -> None:
    assert [r.name for r in resolutions_at(text, tone_key(text), 0, "Lai Châu")] == names


# A statute as printed with what follows, and where its name ends; None where it is no statute.
STATUTES = [
    ("Luật Đầu tư, công nghệ và", "Luật Đầu tư"),
    ("Luật Đầu tư công và đầu tư tư nhân", "Luật Đầu tư công"),
    ("Luật Luật sư năm 2006", "Luật Luật sư"),
    ("Luật Người khuyết tật và Nghị định", "Luật Người khuyết tật"),
    ("Luật Hành nghề thú y tại Việt Nam", "Luật Hành nghề thú y"),
    ("Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch;", "Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch"),
    ("Luật sửa đổi, bổ sung Luật Bảo vệ bí mật nhà nước và các", "Luật sửa đổi, bổ sung Luật Bảo vệ bí mật nhà nước"),
    ("LUẬT HÀNH NGHỀ THÚ Y TẠI VIỆT NAM", None),
    ("Luật sư giỏi", None),
    ("luật chơi", None),
    ("Luật và Nghị định", None),
    ("Hiến pháp, pháp luật", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), STATUTES)
def test_statute_by_name(text: str, name: str | None) -> None:
    law = law_at(text, tone_key(text), 0)
    assert (law.name if law else None) == name


# --- damage ------------------------------------------------------------------------------------------------------------

CODES = [
    ("Quyết định", "1274", "QĐ", "UBND", "1274/QĐ-UBND"),
    ("Nghị quyết", "46", "NQ", "HĐND", "46/NQ-HĐND"),
    ("Kế hoạch", "463", "KH", "SYT", "463/KH-SYT"),
    ("Chỉ thị", "19", "CT", "TTg", "19/CT-TTg"),
    ("Nghị định", "98/2023", "NĐ", "CP", "98/2023/NĐ-CP"),
    ("Thông tư", "37/2019", "TT", "BYT", "37/2019/TT-BYT"),
    ("Thông báo", "402", "TB", "VPCP", "402/TB-VPCP"),
    ("Tờ trình", "107", "TTr", "SGDĐT", "107/TTr-SGDĐT"),
    ("Hướng dẫn", "64", "HD", "SNV", "64/HD-SNV"),
]
PARTY = [
    ("Nghị quyết", "20", "NQ", "TW", "20-NQ/TW"),
    ("Chỉ thị", "34", "CT", "TW", "34-CT/TW"),
    ("Chương trình hành động", "12", "CTr", "TU", "12-CTr/TU"),
    ("Kết luận", "76", "KL", "TW", "76-KL/TW"),
]
# {n} number with year, {t} type, {b} body: what conversion and typing make of a number.
SHAPES = [
    "{n}/{t}-{b}", "{n} /{t}-{b}", "{n}/ {t}-{b}", "{n}/{t} -{b}", "{n}/{t}- {b}", "{n}/{t} - {b}", "{n} / {t} - {b}", "{n}/{t}/{b}",
    "{n}-{t}-{b}", "{n}-{t}/{b}", "{n}/{t}{b}", "{n}/{t} {b}", "{n}{t}-{b}", "{n} {t}-{b}", "{n}/{t}-\n{b}",
]  # fmt: skip
HEADS = ["{w} số ", "{w} ", "{w} số: ", "{w} số số ", "{w} số", "{w} số\n", "{w} sô "]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("row", CODES + PARTY, ids=lambda row: row[4])
def test_damaged_number(row: tuple[str, str, str, str, str], shape: str) -> None:
    word, number, kind, body, code = row
    text = f"Căn cứ {word} số {shape.format(n=number, t=kind, b=body)} ngày 03/4/2024 về việc giao nhiệm vụ;"
    found, _ = extract_references(outline(text), context())
    assert [(m.code, m.date) for m in found] == [(code, "2024-04-03")], text


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("row", CODES + PARTY, ids=lambda row: row[4])
def test_damaged_head(row: tuple[str, str, str, str, str], head: str) -> None:
    word, _, _, _, code = row
    text = f"Thực hiện {head.format(w=word)}{code} của cấp trên;"
    found, _ = extract_references(outline(text), context())
    assert [(m.code, m.relation) for m in found] == [(code, "implements")], text
    assert found[0].text.startswith(word)


@pytest.mark.parametrize("row", [r for r in CODES + PARTY if "Đ" in r[2] + r[3]], ids=lambda row: row[4])
def test_lost_strokes(row: tuple[str, str, str, str, str]) -> None:
    """QD for QĐ: the dictionary puts it back, and says so."""
    word, _, _, _, code = row
    found, warnings = extract_references(outline(f"{word} số {code.replace('Đ', 'D')};"), context())
    assert [m.code for m in found] == [code]
    assert found[0].confidence == sure("references.repaired")
    assert [w.code for w in warnings] == ["reference_repaired"]


PIECES = st.lists(
    st.sampled_from(
        [
            "Quyết định",
            "số",
            "12/QĐ-UBND",
            "ngày",
            "14/12/2021",
            "của",
            "UBND tỉnh",
            "về việc",
            ";",
            ",",
            "(",
            ")",
            "“",
            "”",
            "Luật",
            "Đầu tư",
            "sửa đổi, bổ sung",
            "một số điều của",
            "và",
            "các",
            "Nghị quyết",
            "Đại hội",
            "lần thứ",
            "XIII",
            "57",
            "-",
            "/",
            "\n",
            "Công văn",
            "525/SYT-TCCB",
            "Kèm theo",
            "Trung ương",
            "4",
            "khóa",
            "XII",
            "điểm a khoản 2 Điều 5",
            ".",
            "Sở Y tế",
            "tại",
            "20-",
            "NQ/TW",
            "năm",
            "2019",
            "thay thế",
        ]
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(pieces=PIECES, glue=st.sampled_from([" ", ""]))
def test_any_order_of_words_is_read(pieces: list[str], glue: str) -> None:
    """Whatever stands there: spans are in order, hold their text, and overlap only inside a law's own name."""
    text = glue.join(pieces)
    found, _ = extract_references(outline(text), context())
    reach = 0
    for mention in found:
        start, end = mention.span
        assert 0 <= start < end <= len(text) and text[start:end] == mention.text
        assert start >= reach or (end <= reach and mention.relation == "amends")
        reach = max(reach, end)
        assert mention.object is None or 0 <= int(mention.object) < len(found)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)


@pytest.mark.parametrize(
    "piece",
    [
        "{}/QĐ-UBND, ", "Quyết định số {}/QĐ-UBND về việc giao ", "Luật sửa đổi, bổ sung một số điều của ", "điểm a khoản 2 Điều {}, ",
        "- Quyết định số {}/QĐ-UBND của Ban Chỉ đạo phòng \n", "Nghị quyết Đại hội Đảng (", "số {} ", "12/QĐ-", "ngày      ",
    ],
)  # fmt: skip
def test_long_texts_take_work_in_proportion(piece: str) -> None:
    """Four times the text: at most 4.5 times the calls."""

    def calls(count: int) -> int:
        found = outline("các Quyết định số " + "".join(piece.format(i % 9999 + 1) for i in range(count)))
        return calls_of(lambda: extract_references(found, context()))

    calls(5)  # compiles the grammar
    few, many = calls(250), calls(1000)
    assert many < 4.5 * few + 1000


def test_columns_of_a_table_of_documents() -> None:
    """Number, day and title may stand in cells of their own; the words above the table say what they are to the plan."""
    text = (
        "PHỤ LỤC 01\nCác văn bản giao chỉ tiêu cho ngành y tế\n"
        "Số ký hiệu\tNgày ban hành\tTrích yếu\n"
        "1300/QĐ-UBND\t24/12/2021\tGiao chỉ tiêu kế hoạch năm 2022\n"
        "Quyết định số 42/QĐ-SYT\t\tGiao dự toán\n"
    )
    source = Source(text=text, path="a.txt", sha256="", media_type="text/plain", reader="plain")
    found, _ = extract_references(outline_of(clean(source)), context())
    assert [(m.code, m.date, m.title, m.relation) for m in found] == [
        ("1300/QĐ-UBND", "2021-12-24", "Giao chỉ tiêu kế hoạch năm 2022", "assigns"),
        ("42/QĐ-SYT", None, "Giao dự toán", "assigns"),
    ]
