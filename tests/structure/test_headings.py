"""Headings: which lines are titles, their paths and roles. Rows are short texts with the headings expected of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data import load
from extractors.letterhead import extract_metadata
from models.plan import Role
from pipeline.structure.markers import Rank, marker_of
from pipeline.structure.roles import named_roles, roles_of
from tests.counting import calls_of
from tests.plain import outline

ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))[
    "text"
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["shows"])
def test_headings(row: dict[str, Any]) -> None:
    found = [s for s in outline(row["text"]).sections if s.heading is not None]
    assert [(s.path or "", " ".join(s.roles)) for s in found] == [(path, roles) for path, _, roles in row["headings"]]
    for section, (_, words, _) in zip(found, row["headings"], strict=True):
        assert section.heading is not None
        assert section.heading.startswith(words)


ROLE_RECORDS = [
    (r["role"], kind, title)
    for r in load("headings")["roles"]
    for kind in ("examples", "counter_examples")
    for title in r[kind]
]


@pytest.mark.parametrize(("role", "kind", "title"), ROLE_RECORDS)
def test_each_role_has_its_examples_and_none_of_its_counter_examples(role: str, kind: str, title: str) -> None:
    assert (role in named_roles(title)) == (kind == "examples")


# Below tasks and implementation a child keeps the parent's role unless its whole title is a role's name.
BELOW = [
    ("Tăng cường truyền thông", ("tasks",), ("tasks",)),
    ("Nội dung truyền thông", ("tasks",), ("tasks",)),
    ("Kinh phí thực hiện", ("tasks",), ("budget",)),
    ("Chế độ báo cáo", ("implementation",), ("reporting",)),
    ("Giám sát, kiểm tra và đánh giá", ("tasks",), ("reporting",)),
    ("Giám sát dịch tễ, kiểm tra", ("tasks",), ("tasks",)),
    ("Sở Y tế", ("implementation",), ("implementation",)),
    ("Nội dung 2", ("content",), ("content",)),
    ("Chỉ tiêu chuyên môn", ("content",), ("targets",)),
    ("Hình thức tổ chức", ("content",), ("content",)),
    ("Tình hình dịch bệnh", (), ("other",)),
    ("Đánh giá tình hình thực hiện năm 2024", (), ("other",)),
    ("Nội dung giám sát, đánh giá", (), ("content",)),
    ("Nội dung, kiểm tra, giám sát", (), ("content", "reporting")),
    ("Tổ chức triển khai các văn bản mới", ("content",), ("content",)),
]


@pytest.mark.parametrize(("title", "parent", "expected"), BELOW)
def test_roles_below_a_parent(title: str, parent: tuple[Role, ...], expected: tuple[Role, ...]) -> None:
    assert roles_of(title, parent) == expected


MARKERS = [
    ("I. MỤC TIÊU", Rank.ROMAN, "I"),
    ("IV/ TỔ CHỨC", Rank.ROMAN, "IV"),
    ("III MỤC TIÊU", Rank.ROMAN, "III"),
    ("II/- NỘI DUNG", Rank.ROMAN, "II"),
    ("A. PHẦN CHUNG", Rank.CAPITAL, "A"),
    ("A/ MỤC ĐÍCH", Rank.CAPITAL, "A"),
    ("B/- Chỉ tiêu", Rank.CAPITAL, "B"),
    ("B/CHỈ TIÊU CHUNG", Rank.CAPITAL, "B"),
    ("A - MỤC ĐÍCH", Rank.CAPITAL, "A"),
    ("1. Mục đích", Rank.NUMBER, "1"),
    ("1.2. Cá nhân", Rank.NUMBER + 1, "1.2"),
    ("2.1.3 Khám", Rank.NUMBER + 2, "2.1.3"),
    ("1) Khám", Rank.BRACKET, "1"),
    ("(1) Khám", Rank.BRACKET, "1"),
    ("II.1. Khám", Rank.NUMBER, "1"),
    ("II.1.2 Khám", Rank.NUMBER + 1, "1.2"),
    ("a) Đối với", Rank.LETTER, "a"),
    ("đ) Đối với", Rank.LETTER, "đ"),
    ("- Khám", Rank.DASH, "-"),
    ("+ Khám", Rank.PLUS, "+"),
    ("Điều 2. Giao", Rank.ARTICLE, "Điều 2"),
    ("PHẦN I", Rank.PART, "Phần I"),
    ("lI. MỤC TIÊU", Rank.ROMAN, "II"),
    ("1I. Mục tiêu", Rank.ROMAN, "II"),
    ("Ill. Nhiệm vụ", Rank.ROMAN, "III"),
    ("V1. Kinh phí", Rank.ROMAN, "VI"),
    ("IIL. NHIỆM VỤ", Rank.ROMAN, "III"),
    ("lI. Ổn định tổ chức", Rank.ROMAN, "II"),
    ("2- Yêu cầu", Rank.NUMBER, "2"),
    ("Phần thứ hai", Rank.PART, "Phần thứ hai"),
]


@pytest.mark.parametrize(("line", "rank", "words"), MARKERS)
def test_markers(line: str, rank: int, words: str) -> None:
    marker = marker_of(line)
    assert marker is not None
    assert (marker.rank, marker.words) == (rank, words)


@pytest.mark.parametrize(
    "line",
    [
        "III/2025.",
        "15/6/2025 là hạn",
        "100% trẻ em",
        "2.500 người",
        "Covid-19",
        "Mục tiêu chung",
        "C với D",
        "08/CT-BYT của Bộ Y tế",
        "A/H5N1 là cúm gia cầm",
        "B - Kết quả xét nghiệm",
        "năm 2025",
        "lI mục tiêu",
        "11I",
        "",
    ],
)
def test_no_markers(line: str) -> None:
    assert marker_of(line) is None


def test_items_hang_below_each_other_and_know_their_labels() -> None:
    result = outline("I. NHIỆM VỤ\n\n- Tập huấn:\n\n+ Cho y sĩ.\n\n+ Cho điều dưỡng.\n\n- Thời gian thực hiện: Quý II.")
    top, first, second, last = result.items
    assert (first.parent, second.parent, last.parent) == (top.index, top.index, None)
    assert last.label == "Thời gian thực hiện"
    assert result.text.clean[last.label_end : last.end] == "Quý II."


def test_tables_have_headers_rows_and_captions() -> None:
    result = outline(
        "II. CHỈ TIÊU\n\nBảng chỉ tiêu năm 2025\n\nSTT\tChỉ tiêu\tĐVT\tKế hoạch\n1\tTỷ lệ bao phủ BHYT\t%\t95\n2\tSố giường\tgiường\t30"
    )
    (table,) = result.tables
    assert (table.header, table.caption) == (1, "Bảng chỉ tiêu năm 2025")
    assert [[c.text for c in row] for row in table.rows[1:]] == [
        ["1", "Tỷ lệ bao phủ BHYT", "%", "95"],
        ["2", "Số giường", "giường", "30"],
    ]
    assert table.section is not None
    assert result.sections[table.section].path == "II"


# (the titles of a scan's parts, their paths)
SCANNED = [
    (["1. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "1L. NỘI DUNG THI ĐUA", "III. KINH PHÍ"], ["I", "I.1", "II", "III"]),
    (["I1. TÌNH HÌNH CHUNG", "II. MỤC TIÊU", "II. NHIỆM VỤ CHÍNH", "IV. KINH PHÍ", "LV. TỔ CHỨC"], ["I", "II", "III", "IV", "IV"]),
    (["I. MỤC TIÊU CHUNG", "TI. NHIỆM VỤ", "HI. GIẢI PHÁP", "TV. KINH PHÍ", "Ý. TỔ CHỨC"], ["I", "II", "III", "IV", "V"]),
    (["I. MỤC TIÊU CHUNG", "II. NHIỆM VỤ CHÍNH", "II. KINH PHÍ CHUNG", "III. TỔ CHỨC LẠI"], ["I", "II", "II", "III"]),
    (["1. MỤC ĐÍCH CHUNG", "2. NỘI DUNG CHÍNH"], ["1", "2"]),
    (["II. NHIỆM VỤ CHÍNH", "II. KINH PHÍ CHUNG"], ["II", "II"]),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "paths"), SCANNED)
def test_numerals_of_scans(titles: list[str], paths: list[str]) -> None:
    text = "\n\n".join(f"{title}\n\nTập huấn cho y sĩ." for title in titles)
    assert [section.path for section in outline(text).sections if section.heading] == paths


PLAN = "KẾ HOẠCH\nTiêm chủng\n\nI. NỘI DUNG\n\nTập huấn.\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nHồ Văn Bình\n\n"

# (what stands below the signature, the items of it that are read)
BELOW = [
    ("[1] Theo Quyết định số 5/QĐ-BYT.\n\n[2]\nNăm 2026.\n\nLưu trữ\n\nTải về\n", ["Theo Quyết định số 5/QĐ-BYT.", "[2]", "Năm 2026."]),
    ("Tải về\n\n[1] Bài viết khác.\n", []),
    ("Thư viện pháp luật\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("below", "expected"), BELOW)
def test_notes_below_the_signature_are_read(below: str, expected: list[str]) -> None:
    result = outline(PLAN + below)
    read = [i for i in result.items if i.region == "appendix"]
    assert [result.text.clean[i.start : i.end].removeprefix("[1] ") for i in read] == expected


def test_a_table_that_a_page_end_cut_goes_on_with_its_running_number() -> None:
    head = "II. CHỈ TIÊU\n\n| TT | Chỉ tiêu | ĐVT | Kế hoạch |\n|---|---|---|---|\n| 1 | Tỷ lệ bao phủ | % | 95 |\n\n"
    (table,) = outline(
        head + "| 2 | Số giường | giường | 30 |\n|---|---|---|---|\n| 3 | Số bác sĩ | người | 12 |"
    ).tables
    assert [row[0].text for row in table.rows] == ["TT", "1", "2", "3"]
    # counter-examples: another number, another width, words between
    assert len(outline(head + "| 1 | Số giường | giường | 30 |\n|---|---|---|---|").tables) == 2
    assert len(outline(head + "| 2 | Số giường | 30 |\n|---|---|---|").tables) == 2
    assert len(outline(head + "Bảng 2\n\n| 2 | Số giường | giường | 30 |\n|---|---|---|---|").tables) == 2


def test_a_second_row_of_column_names_stands_below_blank_first_cells() -> None:
    rows = ["| TT | Nội dung | Giai đoạn 2023 - 2025 | | |", "|---|---|---|---|---|", "| | | 2023 | 2024 | 2025 |"]
    rows += ["| 1 | Số trạm y tế đạt chuẩn | 80 | 85 | 90 |", "| | | 1 | 2 | 3 |"]
    (table,) = outline("II. CHỈ TIÊU\n\n" + "\n".join(rows)).tables
    assert table.header == 2
    rows = ["| TT | Nội dung | Đơn vị | Thời gian |", "|---|---|---|---|", "| 1 | Tập huấn | Trạm Y tế | Quý I |"]
    rows += ["| | | Bệnh viện | Quý II |"]
    (table,) = outline("II. NỘI DUNG\n\n" + "\n".join(rows)).tables
    assert table.header == 1


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        # a second row that parts a wide head, in ordinary print
        (["| TT | Đơn vị | Thời gian thực hiện | |", "|---|---|---|---|", "| | | Bắt đầu | Kết thúc |", "| 1 | Sở Y tế | 01/2026 | 6/2026 |"], 2),
        (["| TT | Chỉ tiêu | Kế hoạch | |", "|---|---|---|---|", "| | | 2026 | 2027 |", "| 1 | Tỷ lệ bao phủ | 95 | 96 |"], 2),
        # columns that are not parted have a name in it too, above figures
        (["| TT | Huyện | Lao | | Dại |", "|---|---|---|---|---|", "| | | Xét nghiệm | Thu nhận | Tử vong (ca) |", "| 1 | Sông Mã | 420 | 36 | 0 |"], 2),
        (["| TT | Việc | Thời gian | | Chủ trì |", "|---|---|---|---|---|", "| | | Quý I | Quý II | Sở Y tế |", "| 1 | Rà soát | Quý III | Quý IV | Sở Tài chính |"], 1),
        # a row that goes on with the one above it, and one of values
        (["| TT | Nội dung | Chủ trì | Thời hạn |", "|---|---|---|---|", "| | | Sở Tài chính | Quý II |", "| 1 | Rà soát | Sở Y tế | Quý I |"], 1),
        (["| TT | Chỉ tiêu | Kế hoạch | |", "|---|---|---|---|", "| | | 95,5 | 96 |", "| 1 | Tỷ lệ bao phủ | 95 | 96 |"], 1),
    ],
)  # fmt: skip
def test_a_row_that_parts_columns_belongs_to_the_header(rows: list[str], header: int) -> None:
    (table,) = outline("\n".join(["II. NHIỆM VỤ", "", *rows])).tables
    assert table.header == header


HOSTILE = [
    "|\n", "|\nA\n", "**", "* ", "- \n", "I. A\n", "a) b\n", "1.1.1. Khám\n", "Nơi nhận:\n- a;\n", "KẾ HOẠCH\n", "PHỤ LỤC 1\n",
    "Mục tiêu 1: Giảm\n- x\n", "a\tb\n", "| a | b |\n", "Số: 1/KH-SYT\n", "số\n", "“", "(", "Quý ", "KT. GIÁM ĐỐC\n", "A        B\n",
    "Căn cứ Luật;\n\n", "#\n", "\n\n", "dài dòng và\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_length_whatever_the_text(piece: str) -> None:
    """Four times the text: at most 4.5 times the calls, from the source to metadata."""

    def calls(count: int) -> int:
        return calls_of(lambda: extract_metadata(outline(piece * count)))

    calls(3)
    few, many = calls(300), calls(1200)
    assert many < 4.5 * few + 2000


def test_there_are_enough_texts() -> None:
    assert len(ROWS) >= 28
    assert sum("counter-example" in row["shows"] for row in ROWS) >= 4
