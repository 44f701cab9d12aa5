"""What stands around a line: headings, times above, references and their titles, the plan's year."""

from __future__ import annotations

import pytest

from extractors.targets import extract_targets
from models.plan import Context, Metadata, Reference, Span
from tests.targets.build import outline, targets


def test_the_heading_gives_the_time_where_the_line_has_none() -> None:
    of = outline(["- 90% trạm y tế đạt chuẩn.", "- 95% vào năm 2026."], "Mục tiêu cụ thể đến năm 2030", ("targets",))
    assert [t.period_end for t in targets(of)] == ["2030-12-31", "2026-12-31"]


def test_numbers_inside_references_and_their_titles_are_none() -> None:
    line = "Thực hiện Quyết định số 15/QĐ-UBND ngày 02/01/2025 về giảm 20% số ca mắc sởi; tiêm cho trên 90% trẻ em."
    of = outline([line], "Nhiệm vụ", ("tasks",))
    start = of.text.clean.index("Quyết định")
    reference = Reference(
        text="Quyết định số 15/QĐ-UBND ngày 02/01/2025",
        span=Span(start, start + 40),
        title="về giảm 20% số ca mắc sởi",
    )
    assert [t.low for t in targets(of)] == [20, 90]
    assert [t.low for t in targets(of, references=(reference,))] == [90]


# (a line of a plan of 2025, the paper in it, the paper's title, the target's time)
PAPERS = [
    ("- 90% trạm y tế đạt chuẩn theo Quyết định số 13/QĐ-BYT ngày 09/3/2023.", "Quyết định số 13/QĐ-BYT ngày 09/3/2023", None, None),
    ("- 90% xã áp dụng Quyết định số 13/QĐ-BYT về Bộ tiêu chí giai đoạn 2021 - 2023.", "Quyết định số 13/QĐ-BYT", "về Bộ tiêu chí giai đoạn 2021 - 2023", None),
    ("- Đến năm 2027, 90% xã áp dụng Luật Dược năm 2016.", "Luật Dược năm 2016", None, "2027-12-31"),
    ("Tập huấn theo Quyết định số 3705/QĐ-BYT ngày 22/8/2019 của Bộ Y tế cho 90% bác sĩ khoa truyền nhiễm.", "Quyết định số 3705/QĐ-BYT ngày 22/8/2019 của Bộ Y tế", None, None),
    ("Điều trị 90% ca bệnh sốt rét theo Quyết định số 3705/QĐ-BYT ngày 22/8/2019.", "Quyết định số 3705/QĐ-BYT ngày 22/8/2019", None, None),
    ("Trả lời 90% đơn thư đúng thời hạn theo Luật Khiếu nại năm 2011.", "Luật Khiếu nại năm 2011", None, None),
    ("Theo Quyết định số 66/QĐ-UBND ngày 13/10/2023, đến năm 2026 có 90% trạm y tế đạt chuẩn.", "Quyết định số 66/QĐ-UBND ngày 13/10/2023", None, "2026-12-31"),
    ("90% bệnh viện dùng bệnh án điện tử theo Thông tư số 13/2025/TT-BYT ngày 06/6/2025 vào năm 2026.", "Thông tư số 13/2025/TT-BYT ngày 06/6/2025", None, "2026-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "paper", "title", "until"), PAPERS)
def test_the_years_of_papers_are_no_time_of_a_target(
    line: str, paper: str, title: str | None, until: str | None
) -> None:
    of = outline([line], "Mục tiêu", ("targets",))
    start = of.text.clean.index(paper)
    reference = Reference(text=paper, span=Span(start, start + len(paper)), title=title)
    assert [(t.low, t.period_end) for t in targets(of, references=(reference,))] == [(90, until)]


@pytest.mark.parametrize("quoted", ["“Giảm 30% số vụ ngộ độc”", '"Giảm 30% số vụ ngộ độc"'])
def test_numbers_inside_names_in_quotation_marks_are_none(quoted: str) -> None:
    assert targets(outline([f"Hưởng ứng phong trào {quoted} do tỉnh phát động."], "Nhiệm vụ", ("tasks",))) == ()


def test_what_lies_before_the_plan_is_a_result() -> None:
    line = ["Năm 2024 tỷ lệ bao phủ đạt 92%, năm 2025 đạt 94%."]
    assert [t.low for t in targets(outline(line, "Mục tiêu", ("targets",)), year=2025)] == [94]
    assert [t.low for t in targets(outline(line, "Mục tiêu", ("targets",)), year=2024)] == [92, 94]
    assert [t.low for t in targets(outline(line, "Mục tiêu", ("targets",)), year=None)] == [92, 94]


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("Tình hình thực hiện", 0),
        ("I. KẾT QUẢ ĐẠT ĐƯỢC NĂM 2024", 0),
        ("Sự cần thiết ban hành kế hoạch", 0),
        ("Phần thứ nhất\nKHÁI QUÁT TÌNH HÌNH", 0),
        ("Dự báo các chỉ tiêu chủ yếu", 0),
        ("Dự báo, mục tiêu đến năm 2030", 1),
        ("Kết quả mong đợi", 1),
        ("Nhiệm vụ, giải pháp", 1),
        ("Chỉ tiêu phấn đấu", 1),
    ],
)
def test_headings_of_results_hold_none(heading: str, count: int) -> None:
    assert len(targets(outline(["Tỷ lệ người bệnh hài lòng đạt 92%."], heading))) == count


def test_a_label_makes_a_line_one_of_targets() -> None:
    line = "Chỉ tiêu: Xây dựng 03 mô hình phòng bệnh."
    assert len(targets(outline([line], "Hoạt động 1", ("content",)))) == 1
    assert targets(outline(["Nội dung: Rà soát 03 mô hình phòng bệnh."], "Hoạt động 1", ("content",))) == ()


def test_confidence_falls_with_doubt() -> None:
    sure, count, work = (
        targets(outline([line], heading, roles))[0].confidence
        for line, heading, roles in (
            ("Trên 95% trẻ em được tiêm chủng.", "Mục tiêu", ("targets",)),
            ("Xây dựng 03 mô hình điểm.", "Mục tiêu", ("targets",)),
            ("Tổ chức 03 lớp tập huấn.", "Nhiệm vụ", ("tasks",)),
        )
    )
    assert sure > count > work


def test_a_goal_far_off_makes_earlier_years_no_results() -> None:
    lines = ["Tỷ lệ người nhiễm HIV được điều trị đạt 80% vào năm 2025 và 95% vào năm 2030."]
    of = outline(lines, "Mục tiêu", ("targets",))
    issued = Metadata(issue_date="2021-12-14")
    found, _ = extract_targets(of, Context(metadata=issued, year=2030))
    assert [target.low for target in found] == [80, 95]
    found, _ = extract_targets(of, Context(metadata=Metadata(issue_date="2029-12-14"), year=2030))
    assert [target.low for target in found] == [95]
