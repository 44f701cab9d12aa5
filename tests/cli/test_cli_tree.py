"""One plan as a person reads it."""

from __future__ import annotations

import pytest
from made_plans import PLAN

from models.plan import Plan
from pipeline.cli.output import draw
from pipeline.cli.tree import plan_view

VIETNAMESE = """\
118/KH-SYT · 03/02/2025 · Sở Y tế tỉnh Hà Giang
Phòng, chống bệnh dại năm 2025
Tỉnh      Hà Giang
Thời kỳ   2025
Người ký  KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC, Vàng Thị Mỷ
Nơi nhận  UBND tỉnh; Lưu: VT
Tệp       plans/118.pdf · 4 trang · 12.345 ký tự · nhận dạng từ ảnh (OCR)

Mục (3)
I. MỤC TIÊU  mục tiêu
└── 1. Mục tiêu cụ thể  mục tiêu
(không có tiêu đề)  chữ ký

Văn bản dẫn chiếu (1)
căn cứ  07/2016/TT-BNNPTNT  Thông tư số 07/2016/TT- BNNPTNT

Thời hạn (1)
trước 15/12/2025  Trạm Y tế xã → CDC tỉnh  trước ngày 15/12/2025

Chỉ tiêu (1)
> 70%  tiêm dại · đến 31/12/2025  trên 70% đàn chó được tiêm

Nhiệm vụ (1)
I.1  Chi cục Thú y  Tổ chức tiêm [vét]

Bảng (1)
I  1 dòng  Biểu 1 | TT | Xã

Cảnh báo (1)
Văn bản mất phần đầu; thông tin lấy từ nội dung: số.
"""


def drawn(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, plan: Plan, width: int = 100) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    draw(plan_view(plan))
    return capsys.readouterr().out


def test_a_plan_reads_top_to_bottom(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEHOACH_LANG", raising=False)
    assert drawn(capsys, monkeypatch, PLAN) == VIETNAMESE


def test_in_english_the_labels_are_english(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    shown = drawn(capsys, monkeypatch, PLAN)
    assert "Deadlines (1)\nbefore 15/12/2025" in shown
    assert "The letterhead is lost" in shown


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_a_plan_fits_its_width(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    assert max(map(len, drawn(capsys, monkeypatch, PLAN, width).splitlines())) <= width
