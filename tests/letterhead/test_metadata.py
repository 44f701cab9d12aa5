"""Metadata: letterheads, titles, signatures and nơi nhận in many habits, and what is recovered where they are lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.confidence import sure
from extractors.letterhead import extract_metadata, secrecy_of
from extractors.letterhead.head import partial_date
from extractors.letterhead.period import period_of
from models.plan import Metadata, PlanWarning
from pipeline.resolve.context import context_of
from tests.plain import outline

BODY = "\n\nCăn cứ Luật Dược;\n\nI. MỤC ĐÍCH\n\nNâng cao sức khỏe./.\n\n"
TAIL = "Nơi nhận:\n- Bộ Y tế (b/c);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nTrần Văn Minh"


def metadata(text: str) -> tuple[Metadata, tuple[PlanWarning, ...]]:
    found, warnings = extract_metadata(outline(text))
    return context_of(found).metadata, warnings


TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "letterheads.toml").read_text(encoding="utf-8")
)
HEADS = {row["shows"]: row for row in TABLE["letterhead"]}
USUAL = HEADS["a department's plan"]["text"]


@pytest.mark.parametrize("shows", HEADS)
def test_letterheads(shows: str) -> None:
    row = HEADS[shows]
    found, warnings = metadata(row["text"] if row.get("whole") else row["text"] + BODY + TAIL)
    assert {name: getattr(found, name) or "" for name in row["expect"]} == row["expect"]
    assert set(row.get("warns", ())) <= {warning.code for warning in warnings}


@pytest.mark.parametrize("row", TABLE["ending"], ids=lambda row: row["shows"])
def test_endings(row: dict[str, Any]) -> None:
    found, _ = metadata(USUAL + BODY + row["text"])
    assert (found.signer_name, found.signer_position) == (row["signer_name"], row["signer_position"])
    assert found.signer_authority == row.get("signer_authority")
    assert list(found.recipients) == row["recipients"]


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


def test_a_short_name_is_no_part_of_a_recovered_title() -> None:
    found, _ = metadata(
        "Thực hiện Chỉ thị số 5/CT-UBND, Sở Y tế xây dựng Kế hoạch phòng, chống bệnh lao năm 2023 (sau đây gọi tắt là Kế hoạch), "
        "cụ thể như sau:\n\nI. MỤC TIÊU\n\nGiảm số mắc.\n\n" + TAIL
    )
    assert found.title == "phòng, chống bệnh lao năm 2023"


def test_a_draft_says_so() -> None:
    _, warnings = metadata(HEADS["a draft: number and day are blank"]["text"] + BODY + TAIL)
    assert [w.code for w in warnings] == ["draft_number"]


PERIODS = [
    ("Tiêm chủng mở rộng năm 2025", "2025-01-01", "2025-12-31"),
    ("Phòng chống lao giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2026-2030, tầm nhìn đến năm 2045", "2026-01-01", "2030-12-31"),
    ("năm 2025 và giai đoạn 2026 - 2030", "2025-01-01", "2030-12-31"),
    ("Chăm sóc người cao tuổi đến năm 2030", None, "2030-12-31"),
    ("Dinh dưỡng học đường đến 2025, định hướng đến năm 2030", None, "2025-12-31"),
    ("Chống suy dinh dưỡng từ 2021 đến 2025", "2021-01-01", "2025-12-31"),
    ("Loại trừ bệnh phong giai đoạn 2021 - 2025 nhằm loại trừ vào năm 2030", "2021-01-01", "2025-12-31"),
    ("Bình đẳng giới ngành y tế năm2016", "2016-01-01", "2016-12-31"),
    ("định hướng đến 2030", None, None),
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
    head = USUAL.replace("Số: 58", f"{stamp}\nSố: 58")
    assert secrecy_of(outline(head + BODY + TAIL)) == degree


def test_there_are_enough_letterheads() -> None:
    assert len(TABLE["letterhead"]) + len(TABLE["ending"]) >= 40


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (("2026", "02", "28"), "2026-02-28"),
        (("2028", "02", "29"), "2028-02-29"),
        (("2026", "02", "29"), "2026-02"),  # no day of the calendar: the month is left
        (("2026", "11", "31"), "2026-11"),
        (("2026", "13", "01"), "2026"),
        (("2026", "", ""), "2026"),
        (("0000", "01", "05"), None),
        ((None, "01", "05"), None),
    ],
)
def test_a_date_is_as_precise_as_the_calendar_allows(printed: tuple[str | None, str, str], read: str | None) -> None:
    assert partial_date(*printed) == read
