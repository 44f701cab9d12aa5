"""A text that is no plan at all is stored with a warning; what is the least bit of a plan is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract_file

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "plans"
PLANS = sorted(
    path
    for folder in (ROOT / "data" / "samples" / "plans", ROOT / "tests" / "corpus" / "plans")
    for path in folder.rglob("*")
    if path.suffix in (".txt", ".md")
)

TEXTS = (
    # text, whether it is no plan
    ("hello world\n", True),
    ("x", True),
    ("Mai họp lúc 8 giờ, nhớ mang sổ.\n- sữa\n- gạo\n", True),
    ("KẾ HOẠCH\nPhòng, chống bệnh dại năm 2025\n", False),
    ("SỞ Y TẾ TỈNH HÀ GIANG\nSố: /KH-SYT\n\nKẾ HOẠCH\nTiêm chủng (dự thảo)\n", False),
    ("I. MỤC TIÊU\n- Trên 70% đàn chó được tiêm phòng dại.\nII. TỔ CHỨC THỰC HIỆN\n- Trạm Y tế báo cáo.\n", False),
)


def _codes(path: Path) -> set[str]:
    return {warning.code for warning in extract_file(path)[0].warnings}


@pytest.mark.parametrize(("text", "warned"), TEXTS)
def test_what_has_nothing_of_a_plan_is_warned_of(text: str, warned: bool, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert ("not_a_plan" in _codes(tmp_path / "a.txt")) is warned


def test_no_plan_at_hand_is_taken_for_none() -> None:
    assert PLANS
    assert not [path.name for path in PLANS if "not_a_plan" in _codes(path)]


@pytest.mark.shared
def test_no_other_real_plan_is_taken_for_none() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no {SHARED}")
    plans = [path for path in sorted(SHARED.rglob("*")) if path.suffix in (".txt", ".md")]
    assert len(plans) >= 17
    assert not [path.name for path in plans if "not_a_plan" in _codes(path)]
