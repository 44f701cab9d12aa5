"""The small plans of `table_tasks`, and the names, labels and splits that tasks are read with."""

from __future__ import annotations

import pytest

from extractors.deadlines import extract_deadlines
from extractors.tasks import extract_tasks
from extractors.tasks.actors import has_work, split_lead, subject, supporters, units_in
from extractors.tasks.labels import label_role
from tests.deadlines.build import context, outline
from tests.tasks.table_tasks import ROWS, Expected


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[str(i) for i in range(len(ROWS))])
def test_tasks(text: str, wanted: list[Expected]) -> None:
    made = outline(text)
    deadlines, _ = extract_deadlines(made, context())
    tasks, warnings = extract_tasks(made, context(), deadlines)
    assert warnings == ()
    found = []
    for task, expected in zip(tasks, wanted, strict=False):
        assert made.text.clean[slice(*task.span)].strip() == task.text
        words = deadlines[int(task.deadline[1:])].text if task.deadline else None
        found.append((task.text[: len(expected[0])], task.lead, task.support, words))
    assert found == wanted, text
    assert len(tasks) == len(wanted), [task.text for task in tasks]


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Các cơ quan, đơn vị, địa phương xây dựng kế hoạch", "Các cơ quan, đơn vị, địa phương"),
        ("Các cơ quan, tổ chức, đơn vị báo cáo kết quả", "Các cơ quan, tổ chức, đơn vị"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội vận động", "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội"),
        ("Ủy ban nhân dân tỉnh giao Giám đốc các sở tổ chức thực hiện", "Giám đốc các sở"),
        ("Đề nghị Ủy ban nhân dân các xã: bố trí kinh phí", "Ủy ban nhân dân các xã"),
        ("Trong quý I, các trạm y tế rà soát", "các trạm y tế"),
        ("Căn cứ Kế hoạch này, trên cơ sở tình hình thực tế, Trung tâm Y tế xây dựng kế hoạch", "Trung tâm Y tế"),
        ("Phòng Tổ chức - Cán bộ tổng hợp", "Phòng Tổ chức - Cán bộ"),
        ("Phòng Nghiệp vụ Y giao ban hằng tuần", "Phòng Nghiệp vụ Y"),
        ("Khoa Khám bệnh tiếp đón người bệnh", "Khoa Khám bệnh"),
        ("Các đài phát thanh và đài truyền hình ở địa phương có chuyên mục", "Các đài phát thanh và đài truyền hình ở địa phương"),
        ("Các đơn vị sử dụng ngân sách có trách nhiệm lập dự toán", "Các đơn vị sử dụng ngân sách"),
        ("Các đơn vị xây dựng kế hoạch, có trách nhiệm báo cáo", "Các đơn vị"),
        # nobody is named at the beginning
        ("Tổ chức hội nghị triển khai", None),
        ("Ban hành kế hoạch của các đơn vị", None),
        ("Phòng, chống dịch bệnh trên địa bàn", None),
        ("Báo cáo UBND tỉnh kết quả", None),
        ("Căn cứ chức năng, nhiệm vụ được giao, xây dựng kế hoạch của các đơn vị", None),
        ("Theo dõi, đôn đốc các sở, ban, ngành", None),
    ],
)  # fmt: skip
def test_subjects(sentence: str, who: str | None) -> None:
    name = subject(sentence)
    assert (sentence[name.start : name.end] if name else None) == who


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Sở Tư pháp; các cơ quan, đơn vị, địa phương liên quan", ("Sở Tư pháp", "các cơ quan, đơn vị, địa phương liên quan")),
        ("Các sở, ngành, UBND cấp xã", ("Các sở, ngành", "UBND cấp xã")),
        ("Sở Giáo dục và Đào tạo và Sở Y tế", ("Sở Giáo dục và Đào tạo", "Sở Y tế")),
        ("Báo và Phát thanh, Truyền hình tỉnh; Sở Tư pháp.", ("Báo và Phát thanh, Truyền hình tỉnh", "Sở Tư pháp")),
    ],
)  # fmt: skip
def test_lists_of_units(words: str, units: tuple[str, ...]) -> None:
    assert units_in(words) == units


def test_leading_and_supporting() -> None:
    assert split_lead("Sở Y tế chủ trì, phối hợp với các sở, ngành rà soát") == ("Sở Y tế", "các sở, ngành")
    assert split_lead("Sở Y tế") == ("Sở Y tế", "")
    assert supporters("Sở Y tế chủ trì, phối hợp với Công an tỉnh và UBND các xã kiểm tra") == (
        "Công an tỉnh",
        "UBND các xã",
    )
    assert supporters("phối hợp huy động nguồn lực") == ()


def test_work() -> None:
    assert has_work("Là đầu mối tham mưu")
    assert not has_work("Các phòng chức năng thuộc Sở")


@pytest.mark.parametrize(
    "words", ["Mục tiêu 1", "Chỉ tiêu thi đua năm", "Đối với tập thể", "Đơn vị tính", "Số lượng mẫu"]
)
def test_no_label_of_a_block(words: str) -> None:
    assert label_role(words) not in ("time", "due", "lead", "support")
