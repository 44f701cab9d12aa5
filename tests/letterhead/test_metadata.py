"""Metadata: letterheads, titles, signatures and nơi nhận in many habits, and what is recovered where they are lost."""

from __future__ import annotations

import pytest

from extractors.confidence import sure
from extractors.letterhead import extract_metadata, secrecy_of
from extractors.letterhead.period import period_of
from models.plan import Metadata, PlanWarning
from pipeline.resolve.context import context_of
from tests.plain import outline

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "\n\nCăn cứ Luật Dược;\n\nI. MỤC ĐÍCH\n\nNâng cao sức khỏe./.\n\n"
TAIL = "Nơi nhận:\n- Bộ Y tế (b/c);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nTrần Văn Minh"


def metadata(text: str) -> tuple[Metadata, tuple[PlanWarning, ...]]:
    found, warnings = extract_metadata(outline(text))
    return context_of(found).metadata, warnings


# (what it shows, letterhead and title, expected fields)
HEADS = [
    (
        "a department's plan",
        f"UBND TỈNH PHÚ THỌ\nSỞ Y TẾ\n{STATE}Số: 58/KH-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nKẾ HOẠCH\nTiêm chủng mở rộng năm 2024",
        {
            "doc_type": "KH", "number": "58", "symbol": "KH-SYT", "code": "58/KH-SYT", "issue_date": "2024-01-09", "place": "Phú Thọ",
            "issuer": "Sở Y tế tỉnh Phú Thọ", "province": "Phú Thọ", "title": "Tiêm chủng mở rộng năm 2024",
            "period_start": "2024-01-01", "period_end": "2024-12-31",
        },
    ),
    (
        "a draft: number and day are blank",
        f"UBND TỈNH PHÚ THỌ\nSỞ Y TẾ\n{STATE}Số:        /KH-SYT\nPhú Thọ, ngày     tháng 3 năm 2024\n\nKẾ HOẠCH\nPhòng, chống dại",
        {"number": None, "symbol": "KH-SYT", "code": None, "issue_date": "2024-03", "doc_type": "KH"},
    ),
    (
        "dots for the blanks",
        f"SỞ Y TẾ\n{STATE}Số: …../KH-SYT\nCà Mau, ngày …. tháng … năm 2025\n\nKẾ HOẠCH\nPhòng, chống dại",
        {"number": None, "symbol": "KH-SYT", "issue_date": "2025", "province": "Cà Mau"},
    ),
    (
        "a people's committee",
        f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n{STATE}Số: 07/KH-UBND\nSơn La, ngày 15 tháng 02 năm 2023\n\nKẾ HOẠCH\nPHÒNG, CHỐNG HIV/AIDS GIAI ĐOẠN 2023 - 2025",
        {
            "number": "07", "code": "07/KH-UBND", "issuer": "UBND tỉnh Sơn La", "title": "PHÒNG, CHỐNG HIV/AIDS GIAI ĐOẠN 2023 - 2025",
            "period_start": "2023-01-01", "period_end": "2025-12-31",
        },
    ),
    (
        "a city, its name on the next line",
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\n{STATE}Số: 112/KH-UBND\nĐà Nẵng, ngày 20 tháng 6 năm 2025\n\nKẾ HOẠCH\nChuyển đổi số",
        {"issuer": "UBND Thành phố Đà Nẵng", "province": "Đà Nẵng"},
    ),
    (
        "the town where the office sits",
        f"UBND TỈNH KHÁNH HÒA\nSỞ Y TẾ\n{STATE}Số: 900/KH-SYT\nNha Trang, ngày 08 tháng 4 năm 2019\n\nKẾ HOẠCH\nPhòng chống sốt xuất huyết",
        {"place": "Nha Trang", "province": "Khánh Hòa"},
    ),
    (
        "a Markdown letterhead in a table",
        "| UBND TỈNH LÀO CAI SỞ Y TẾ ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n|---|---|\n"
        "| Số: 21/KH-SYT | *Lào Cai, ngày 31 tháng 01 năm 2023* |\n\n**KẾ HOẠCH**\n\n**Công tác dân số năm 2023**",
        {"issuer": "Sở Y tế tỉnh Lào Cai", "number": "21", "issue_date": "2023-01-31", "title": "Công tác dân số năm 2023"},
    ),
    (
        "a Party paper",
        "TỈNH ỦY HÀ NAM\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 15-KH/TU\nHà Nam, ngày 02 tháng 3 năm 2022\n\nKẾ HOẠCH\nthực hiện Nghị quyết của Trung ương",
        {"number": "15", "symbol": "KH/TU", "code": "15-KH/TU", "issuer": "Tỉnh ủy Hà Nam", "doc_type": "KH"},
    ),
    (
        "the title over two lines, the type with it",
        f"UBND TỈNH PHÚ THỌ\nSỞ Y TẾ\n{STATE}Số: 58/KH-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nKẾ HOẠCH\nBẢO ĐẢM AN TOÀN THỰC PHẨM\nDỊP TẾT NGUYÊN ĐÁN NĂM 2024",
        {"title": "BẢO ĐẢM AN TOÀN THỰC PHẨM DỊP TẾT NGUYÊN ĐÁN NĂM 2024"},
    ),
    (
        "a notice",
        f"UBND TỈNH PHÚ THỌ\nSỞ Y TẾ\n{STATE}Số: 88/TB-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nTHÔNG BÁO\nKết luận của Giám đốc Sở Y tế tại cuộc họp giao ban",
        {"doc_type": "TB", "code": "88/TB-SYT"},
    ),
    (
        "the state's name damaged by a scan, below a stamp of arrival",
        "CÔNG VĂN ĐẾN\nUBND TỈNH PHÚ THỌ\nSỞ Y TẾ\nCQNG HOA XA HỘI CHU NGHIA VIỆT NAM\nSố: 58/KH-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nKẾ HOẠCH\nTiêm chủng",
        {"number": "58", "issuer": "Sở Y tế tỉnh Phú Thọ"},
    ),
    (
        "two columns that a converter ran together",
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH TUYÊN QUANG Độc lập - Tự do - Hạnh phúc\n\n"
        "Số: 58/KH-UBND Tuyên Quang, ngày 09 tháng 01 năm 2024\n\nKẾ HOẠCH\nTiêm chủng",
        {"number": "58", "issuer": "UBND tỉnh Tuyên Quang", "place": "Tuyên Quang", "issue_date": "2024-01-09"},
    ),
    (
        "accents lost or wrong in capitals",
        "UBND TỈNH PHÚ THỌ\nSỞ Y TÉ\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:58 /KH-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nKÉ HOẠCH\nTiêm chủng năm 2024",
        {"number": "58", "issuer": "Sở Y tế tỉnh Phú Thọ", "doc_type": "KH", "title": "Tiêm chủng năm 2024"},
    ),
    (
        "number and symbol on the next line",
        f"UBND TỈNH PHÚ THỌ\nSỞ Y TẾ\n{STATE}Số:\n58/KH-SYT\nPhú Thọ, ngày 09 tháng 01 năm 2024\n\nKẾ HOẠCH\nTiêm chủng",
        {"number": "58", "code": "58/KH-SYT"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), [r[1:] for r in HEADS], ids=[r[0] for r in HEADS])
def test_letterheads(head: str, expected: dict[str, str | None]) -> None:
    found, _ = metadata(head + BODY + TAIL)
    assert {name: getattr(found, name) for name in expected} == expected


# (what it shows, the end of the document, name, position, authority, nơi nhận)
TAILS = [
    ("the head signs", TAIL, "Trần Văn Minh", "GIÁM ĐỐC", None, ["Bộ Y tế (b/c)", "Lưu: VT, NVY"]),
    (
        "a deputy signs for the head",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n(Đã ký)\n\nBS.CKII. Lê Thị Hoa",
        "Lê Thị Hoa", "PHÓ GIÁM ĐỐC", "KT.", ["Như trên", "Lưu: VT"],
    ),
    (
        "for the committee, by a deputy",
        "Nơi nhận:\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Thị Lan",
        "Nguyễn Thị Lan", "PHÓ CHỦ TỊCH", "TM. KT.", ["Lưu: VT"],
    ),
    (
        "one line of a table for each side",
        "| Nơi nhận: - Bộ Y tế; - UBND tỉnh (b/c); - Lưu: VT, KHTC. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Phạm Quốc Hùng |\n|---|---|",
        "Phạm Quốc Hùng", "PHÓ GIÁM ĐỐC", "KT.", ["Bộ Y tế", "UBND tỉnh (b/c)", "Lưu: VT, KHTC"],
    ),
    (
        "two columns of spaces",
        "Nơi nhận:                     KT. GIÁM ĐỐC\n- Bộ Y tế (b/c);              PHÓ GIÁM ĐỐC\n- Các đơn vị trực thuộc;\n- Lưu: VT, NVY.               Đỗ Đức Thắng",
        "Đỗ Đức Thắng", "PHÓ GIÁM ĐỐC", "KT.", ["Bộ Y tế (b/c)", "Các đơn vị trực thuộc", "Lưu: VT, NVY"],
    ),
    (
        "two columns that a converter ran together",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Y tế (b/c); KT. CHỦ TỊCH\n- Các sở, ngành; PHÓ CHỦ TỊCH\n- Báo, Đài tỉnh; Hoàng Văn Thọ\n- Lưu: VT, VX.",
        "Hoàng Văn Thọ", "PHÓ CHỦ TỊCH", "TM. KT.", ["Bộ Y tế (b/c)", "Các sở, ngành", "Báo, Đài tỉnh", "Lưu: VT, VX"],
    ),
    (
        "an office head by order; a name of the highlands",
        "Nơi nhận:\n- Các phòng;\n- Lưu: VT.\n\nTL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nY Nuêl Êban",
        "Y Nuêl Êban", "CHÁNH VĂN PHÒNG", "TL.", ["Các phòng", "Lưu: VT"],
    ),
    (
        "a line that parts itself is one line",
        "Nơi nhận:\n- Bộ Y tế;\n- VPUB: + CVP, các PCVP (đ/b);\n+ Cổng TTĐT tỉnh;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Minh",
        "Trần Văn Minh", "GIÁM ĐỐC", None, ["Bộ Y tế", "VPUB: + CVP, các PCVP (đ/b)", "Cổng TTĐT tỉnh", "Lưu: VT"],
    ),
    (
        "no nơi nhận",
        "GIÁM ĐỐC\n\nTrần Văn Minh", "Trần Văn Minh", "GIÁM ĐỐC", None, [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tail", "name", "position", "authority", "recipients"), [r[1:] for r in TAILS], ids=[r[0] for r in TAILS]
)
def test_tails(tail: str, name: str, position: str, authority: str | None, recipients: list[str]) -> None:
    found, _ = metadata(HEADS[0][1] + BODY + tail)
    assert (found.signer_name, found.signer_position, found.signer_authority) == (name, position, authority)
    assert list(found.recipients) == recipients


def test_a_lost_letterhead_is_recovered_with_a_warning() -> None:
    found, warnings = metadata(
        "31/QĐ-UBND ngày 05/01/2023 của UBND tỉnh ban hành Chương trình công tác.\n\n"
        "Sở Y tế ban hành Kế hoạch phòng, chống bệnh lao năm 2023, cụ thể như sau:\n\nI. MỤC TIÊU\n\n"
        "Sở Y tế tỉnh Bắc Kạn phấn đấu giảm số mắc.\n\n"
        "Trên đây là Kế hoạch phòng, chống bệnh lao năm 2023, đề nghị các đơn vị thực hiện./.\n\n"
        + TAIL
        + "\n\nPHỤ LỤC 1\n"
        "(Kèm theo Kế hoạch số 77/KH-SYT ngày 03/02/2023 của Sở Y tế)"
    )
    assert (found.code, found.issue_date, found.doc_type) == ("77/KH-SYT", "2023-02-03", "KH")
    assert (found.issuer, found.province) == ("Sở Y tế tỉnh Bắc Kạn", "Bắc Kạn")
    assert found.title == "phòng, chống bệnh lao năm 2023"
    assert (found.period_start, found.period_end) == ("2023-01-01", "2023-12-31")
    assert found.confidence < sure("metadata.field_recovered")
    assert [w.code for w in warnings] == ["letterhead_lost"]


def test_the_speaker_is_the_body_nearest_to_its_verb() -> None:
    found, _ = metadata(
        "Số: /KH-SYT\n\nLào Cai, ngày tháng 8 năm 2023\n\nKẾ HOẠCH\nPhục hồi chức năng năm 2023\n\n"
        "Thực hiện Kế hoạch số 98/KH-UBND ngày 21/7/2023 của UBND tỉnh về việc triển khai Chương trình, "
        "Sở Y tế xây dựng Kế hoạch phục hồi chức năng năm 2023, cụ thể như sau:\n\nI. MỤC ĐÍCH\n\nNâng cao.\n\n" + TAIL
    )
    assert found.issuer == "Sở Y tế tỉnh Lào Cai"


def test_a_draft_says_so() -> None:
    _, warnings = metadata(HEADS[1][1] + BODY + TAIL)
    assert [w.code for w in warnings] == ["draft_number"]


PERIODS = [
    ("Tiêm chủng mở rộng năm 2025", "2025-01-01", "2025-12-31"),
    ("Phòng chống lao giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2026-2030, tầm nhìn đến năm 2045", "2026-01-01", "2030-12-31"),
    ("năm 2025 và giai đoạn 2026 - 2030", "2025-01-01", "2030-12-31"),
    ("Chăm sóc người cao tuổi đến năm 2030", None, "2030-12-31"),
    ("Kiểm tra bệnh viện quý II năm 2025", "2025-04-01", "2025-06-30"),
    ("công tác 6 tháng cuối năm 2024", "2024-07-01", "2024-12-31"),
    ("Tháng hành động vì an toàn thực phẩm tháng 4 năm 2025", "2025-04-01", "2025-04-30"),
    ("chào mừng các ngày lễ lớn năm 2025", None, None),
    ("kỷ niệm 70 năm ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2025)", None, None),
    ("triển khai Nghị quyết ngày 15 tháng 3 năm 2024", None, None),
    ("Kiểm kê tài sản thời điểm 0 giờ ngày 01/01/2026", None, None),
    ("Nâng cao y đức", None, None),
    ("chăm sóc sức khỏe ban đầu năm 2026", "2026-01-01", "2026-12-31"),
    ("kế hoạch tài chính 03 năm 2026 - 2028", "2026-01-01", "2028-12-31"),
]


@pytest.mark.parametrize(("title", "start", "end"), PERIODS)
def test_periods(title: str, start: str | None, end: str | None) -> None:
    assert period_of(title) == (start, end)


@pytest.mark.parametrize(
    ("stamp", "degree"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("Độ mật: bình thường", None),
        ("HỎA TỐC", None),
        ("Bảo vệ bí mật nhà nước", None),
    ],
)
def test_secrecy(stamp: str, degree: str | None) -> None:
    head = HEADS[0][1].replace("Số: 58", f"{stamp}\nSố: 58")
    assert secrecy_of(outline(head + BODY + TAIL)) == degree
