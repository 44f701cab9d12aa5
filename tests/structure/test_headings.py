"""Headings: which lines are titles, their paths and roles. Rows are short texts with the headings expected of them."""

from __future__ import annotations

import pytest

from data import load
from extractors.letterhead import extract_metadata
from models.plan import Role
from pipeline.structure.markers import Rank, marker_of
from pipeline.structure.roles import named_roles, roles_of
from tests.counting import calls_of
from tests.plain import outline

# (what it shows, text, [(path, first words of the heading, roles)])
ROWS = [
    (
        "the usual skeleton",
        "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích\n\nNâng cao sức khỏe.\n\n2. Yêu cầu\n\nĐúng tiến độ.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng Sở\n\nĐôn đốc.",
        [
            ("I", "I. MỤC ĐÍCH", "purpose requirements"),
            ("I.1", "1. Mục đích", "purpose"),
            ("I.2", "2. Yêu cầu", "requirements"),
            ("II", "II. TỔ CHỨC", "implementation"),
            ("II.1", "1. Văn phòng Sở", "implementation"),
        ],
    ),
    (
        "numbered sentences are items",
        "II. NHIỆM VỤ\n\n1. Phòng Nghiệp vụ Y tham mưu kế hoạch tiêm chủng.\n\n2. Văn phòng Sở theo dõi, đôn đốc các đơn vị.",
        [("II", "II. NHIỆM VỤ", "tasks")],
    ),
    (
        "numbers of several places carry their parents",
        "II. NỘI DUNG\n\n1. Truyền thông\n\n1.1. Truyền thông trực tiếp\n\n- Nói chuyện.\n\n1.2. Truyền thông gián tiếp\n\n- Phát thanh.\n\n2. Đào tạo\n\na) Đối với y sĩ\n\n- Tập huấn.",
        [
            ("II", "II. NỘI DUNG", "content"),
            ("II.1", "1. Truyền thông", "content"),
            ("II.1.1", "1.1. Truyền thông trực tiếp", "content"),
            ("II.1.2", "1.2. Truyền thông gián tiếp", "content"),
            ("II.2", "2. Đào tạo", "content"),
            ("II.2.a", "a) Đối với y sĩ", "content"),
        ],
    ),
    (
        "several places without their parent",
        "II. NỘI DUNG\n\n2.1. Khám sàng lọc\n\n- Khám.\n\n2.2. Tư vấn\n\n- Gọi điện.",
        [("II", "II.", "content"), ("II.2.1", "2.1.", "content"), ("II.2.2", "2.2.", "content")],
    ),
    (
        "a bold label is a title of its own",
        "I. THÀNH PHẦN\n\n**1. Tập thể:** các khoa, phòng của bệnh viện.\n\n**2. Cá nhân:** viên chức đang công tác.",
        [
            ("I", "I. THÀNH PHẦN", "participants"),
            ("I.1", "1. Tập thể:", "participants"),
            ("I.2", "2. Cá nhân:", "participants"),
        ],
    ),
    (
        "a plain label is none, unless it names a role",
        "I. NỘI DUNG\n\n1. Thời gian: từ tháng 3 đến tháng 6.\n\n2. Đối với bệnh viện: tổ chức khám lưu động.",
        [("I", "I. NỘI DUNG", "content"), ("I.1", "1. Thời gian:", "timeline")],
    ),
    (
        "an event before a colon is no section on reporting",
        "I. THỜI GIAN\n\n1. Sơ kết: trong tháng 7.\n\n2. Tổng kết: trong tháng 12.",
        [("I", "I. THỜI GIAN", "timeline")],
    ),
    (
        "bold sentences are titles, bold numbers alone are not",
        "III. GIẢI PHÁP\n\n**1.** Tăng cường kiểm tra.\n\n**2. Nâng cao năng lực xét nghiệm.**\n\n- Mua sắm thiết bị.",
        [("III", "III. GIẢI PHÁP", "tasks"), ("III.2", "2. Nâng cao năng lực", "tasks")],
    ),
    (
        "a sentence that introduces a list is no title",
        "II. NỘI DUNG\n\n1. Các đơn vị thực hiện những việc sau:\n\n- Rà soát.\n\n2. Chỉ tiêu cụ thể:\n\n- Đạt 90%.",
        [("II", "II. NỘI DUNG", "content"), ("II.2", "2. Chỉ tiêu cụ thể:", "targets")],
    ),
    (
        "quarters are times",
        "III. TIẾN ĐỘ\n\n1. Quý I:\n\n- Xây dựng kế hoạch.\n\n2. Quý II/2025\n\n- Tập huấn.",
        [
            ("III", "III. TIẾN ĐỘ", "timeline"),
            ("III.1", "1. Quý I:", "timeline"),
            ("III.2", "2. Quý II/2025", "timeline"),
        ],
    ),
    (
        "articles of a decision, then the plan attached to it",
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phòng chống dịch.\n\nĐiều 2. Chánh Văn phòng chịu trách nhiệm thi hành./.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Minh\n\nKẾ HOẠCH\nPhòng chống dịch năm 2025\n"
        "(Ban hành kèm theo Quyết định số 15/QĐ-SYT ngày 02/01/2025 của Giám đốc Sở Y tế)\n\nI. MỤC TIÊU\n\n- Đạt 95%.",
        [
            ("Điều 1", "Điều 1. Ban hành", "other"),
            ("Điều 2", "Điều 2. Chánh", "other"),
            (None, "Nơi nhận:", "recipients"),
            ("I", "I. MỤC TIÊU", "targets"),
        ],
    ),
    (
        "a part over two lines",
        "## **Phần thứ nhất**\n\n## **KHÁI QUÁT CHUNG**\n\nNội dung.\n\n## **Phần thứ hai**\n\n## **NỘI DUNG KẾ HOẠCH**\n\n### **I. MỤC TIÊU**\n\n- Đạt 90%.",
        [
            ("Phần thứ nhất", "Phần thứ nhất", "other"),
            ("Phần thứ hai", "Phần thứ hai", "content"),
            ("Phần thứ hai.I", "I. MỤC TIÊU", "targets"),
        ],
    ),
    (
        "counted titles without a number of the outline",
        "I. MỤC TIÊU\n\nMục tiêu 1: Giảm tỷ lệ mắc mới\n- Chỉ tiêu 1: dưới 5%.\n- Chỉ tiêu 2: dưới 3%.",
        [("I", "I. MỤC TIÊU", "targets"), (None, "Mục tiêu 1: Giảm", "targets")],
    ),
    (
        "titles that all end in a full stop, each with lines below it",
        "II. NỘI DUNG\n\n1. Khám sàng lọc ung thư.\n\nThời gian: tháng 5.\n\n2. Tư vấn dinh dưỡng.\n\n- Tại trạm y tế xã.\n\nIII. KINH PHÍ\n\n1. Ngân sách tỉnh.\n\n2. Nguồn xã hội hóa.",
        [
            ("II", "II. NỘI DUNG", "content"),
            ("II.1", "1. Khám", "content"),
            ("II.2", "2. Tư vấn", "content"),
            ("III", "III.", "budget"),
        ],
    ),
    (
        "a scan's capitals: wrong accents, III read as IIL",
        "I. MỤC ĐÍCH, YÊU CÂU\n\nNâng cao.\n\nIIL TÔ CHỨC THỰC HIỆN\n\nĐôn đốc.",
        [("I", "I. MỤC ĐÍCH", "purpose requirements"), ("III", "IIL", "implementation")],
    ),
    (
        "appendices",
        "I. NỘI DUNG\n\nTập huấn.\n\nNơi nhận:\n- Bộ Y tế;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Thị Hoa\n\nPHỤ LỤC 01:\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 12/KH-SYT)\n\nSTT\tNội dung\n1\tTập huấn",
        [("I", "I. NỘI DUNG", "content"), (None, "Nơi nhận:", "recipients"), (None, "PHỤ LỤC 01:", "appendix")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_headings(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    found = [s for s in outline(text).sections if s.heading is not None]
    assert [(s.path, s.roles) for s in found] == [(path, tuple(roles.split())) for path, _, roles in expected]
    for section, (_, words, _) in zip(found, expected, strict=True):
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
    ("A. PHẦN CHUNG", Rank.CAPITAL, "A"),
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
        "năm 2025",
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
