"""`kehoach evaluate`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT, Ended

SAMPLE = ROOT / "data" / "samples" / "plans" / "ninh-thuan-1187-kh-syt-2024.txt"
GOLD = """\
source = "plan.txt"
[metadata]
code = "1187/KH-SYT"
[[references]]
quote = "Công văn số 1051/BYT-DP ngày 07/3/2024 của Bộ Y tế"
code = "1051/BYT-DP"
date = "2024-03-07"
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "gold").mkdir()
    path = tmp_path / "gold" / "plan.toml"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_the_figures_as_a_table(kehoach: Callable[..., Ended], gold: Path) -> None:
    ended = kehoach("evaluate", "gold")
    assert (ended.code, ended.err) == (0, "")
    assert "So với mẫu (1 tài liệu)" in ended.out
    assert "Thông tin văn bản: 1/1 đúng = 1,000\ncode 1/1\n" in ended.out
    _, _, calibration = ended.out.partition("Độ tin cậy nêu ra so với tỷ lệ đúng\n")
    assert "Văn bản dẫn chiếu   mọi mức" in calibration
    assert "plan: " not in ended.out
    assert "plan: references: extra: 'Kế hoạch số 512/KH- UBND" in kehoach("evaluate", "gold", "--misses").out


def test_the_figures_as_json(kehoach: Callable[..., Ended], gold: Path) -> None:
    report = json.loads(kehoach("evaluate", "gold", "--json").out)
    assert report["documents"] == 1
    assert report["groups"]["references"]["gold"] == 1
    assert report["groups"]["references"]["strict"] == 1
    assert report["metadata"] == {"right": 1, "fields": 1, "score": 1.0, "agreement": {"code": [1, 1]}}
    stated = report["calibration"]["references"]
    assert stated["facts"] == report["groups"]["references"]["found"]
    assert stated["right"] == sum(bin["right"] for bin in stated["bins"]) == 1
    assert {miss["kind"] for miss in report["misses"]} == {"extra"}


def test_a_figure_below_the_threshold_fails(kehoach: Callable[..., Ended], gold: Path) -> None:
    ended = kehoach("evaluate", "gold", "--at-least", "0.5")
    assert ended.code == 1
    assert ended.err.startswith("Thấp hơn mức cần đạt: ")
    assert kehoach("evaluate", "gold", "--at-least", "0").code == 0
    assert kehoach("evaluate", "gold", "--at-least", "90").code == 2


@pytest.mark.parametrize("words", ['source = "plan.txt"\n[[targets]]\nquote = "không có trong văn bản"\n', "source = "])
def test_gold_that_does_not_fit_is_told(kehoach: Callable[..., Ended], gold: Path, words: str) -> None:
    gold.write_text(words, encoding="utf-8")
    ended = kehoach("evaluate", "gold")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("kehoach: gold: tệp mẫu không dùng được: ")


def test_a_folder_without_gold_is_told(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    assert kehoach("evaluate", "nowhere").err == "kehoach: nowhere: không tìm thấy tệp hoặc thư mục này.\n"
    assert kehoach("evaluate", tmp_path).err == f"kehoach: {tmp_path}: thư mục không có tệp mẫu nào (.toml).\n"
