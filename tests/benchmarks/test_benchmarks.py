"""The benchmark's parts on small texts: what is measured is the whole chain, and what is told is what was measured."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from benchmarks import chain, measure, peers, report, texts
from pipeline.extract import extract

SHORT = """SỞ Y TẾ TỈNH THÁI BÌNH

Số: 12/KH-SYT

KẾ HOẠCH
Phòng, chống bệnh dại năm 2025

I. MỤC TIÊU
- Tỷ lệ tiêm phòng cho chó đạt trên 80%.
II. TỔ CHỨC THỰC HIỆN
- Trung tâm Y tế huyện báo cáo về Sở Y tế trước ngày 15/12/2025.

Nơi nhận:
- Lưu: VT.
"""
SOURCE = texts.text_source(SHORT, "short.txt")
CORPUS = texts.Corpus("short", (SOURCE,) * measure.JOINED)


def test_every_stage_takes_part() -> None:
    spent = chain.stage_seconds([SOURCE])
    assert list(spent) == [*chain.STAGES, chain.REST]
    assert all(seconds > 0 for seconds in spent.values())


def test_the_chain_is_whole_again_after_its_stages_were_timed() -> None:
    before = extract(SOURCE)
    chain.stage_seconds([SOURCE])
    assert extract(SOURCE) == before
    assert len(before.targets) == len(before.deadlines) == 1


def test_joined_plans_are_one_document() -> None:
    long = extract(texts.joined(CORPUS.sources))
    assert len(long.targets) == len(long.deadlines) == measure.JOINED
    assert long.source.text_chars > 5 * len(SHORT)
    assert long.metadata == extract(SOURCE).metadata


def test_samples_are_there_once_each() -> None:
    names = [source.path.rsplit("/")[-1].partition(".")[0] for source in texts.samples()]
    assert sorted(names) == sorted(path.stem for path in (texts.SAMPLES / "gold").glob("*.toml"))
    assert all(source.media_type.startswith("text/") for source in texts.samples())


def test_a_tool_is_measured_on_the_same_text() -> None:
    seen: list[str] = []

    def find(text: str) -> int:
        seen.append(text)
        return 2

    peer = peers.Peer("other", "other", "finds two things", True, lambda: find)
    ours, other = measure.speeds(CORPUS, {peer: find}, rounds=2)
    assert seen == [SHORT] * measure.JOINED * 3
    assert (ours.tool, other.tool, other.found) == (measure.OURS, "other", 2 * measure.JOINED)
    assert ours.ratio == 1 and other.ratio == pytest.approx(ours.chars_per_second / other.chars_per_second)


def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PEERS", (peers.Peer("absent", "no_such_package", "", True, lambda: len),))
    assert peers.installed() == ({}, ["absent"])


def result(speed: float, ratio: float | None, scaling: float) -> dict[str, Any]:
    speeds = [measure.Speed(measure.OURS, "real", 10, 1, speed, 0.1, 1)._asdict()]
    if ratio is not None:
        speeds.append(measure.Speed("other", "real", 10, 1, speed / ratio, 0.1, ratio)._asdict())
    return {
        "machine": {"python": "3", "system": "S", "machine": "M", "cores": 1},
        "rounds": 1,
        "missing": [] if ratio else ["other"],
        "speeds": speeds,
        "stages": [measure.Stage("real", "clean", 1, speed)._asdict()],
        "scaling": [measure.Scaling("real", 1, 10, 1, scaling, scaling)._asdict()],
    }


@pytest.mark.parametrize(
    ("speed", "ratio", "scaling", "reached"),
    [
        (500_000, 15, 1.2, [True, True, True]),
        (499_999, 14.9, 1.21, [False, False, False]),
        (600_000, None, 1.0, [True, False, True]),  # no tool to compare with: not reached
    ],
)
def test_goals(speed: float, ratio: float | None, scaling: float, reached: list[bool]) -> None:
    goals = report.goals(result(speed, ratio, scaling), {"other"})
    assert [goal.reached for goal in goals] == reached


def test_the_report_tells_the_figures() -> None:
    out = io.StringIO()
    told = result(512_345, None, 1.07)
    told["goals"] = [goal._asdict() for goal in report.goals(told, {"other"})]
    report.show(told, {}, Console(file=out, width=200))
    words = out.getvalue()
    assert "512,345" in words and "1.07" in words and "MISSED" in words and "Not installed: other" in words
