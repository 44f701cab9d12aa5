"""`kehoach compare`: the table with ranks and what stands apart, the forms for programs, the picture."""

from __future__ import annotations

import csv
import io
import json
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_plans import NOWHERE, PLAN, TEXT
from running import Ended

from models.plan import Baseline, Metadata, Target
from pipeline.store import open_store

GOALS = (  # province, date, comparator, low, high, unit
    ("Bình Định", "2025-02-03", ">=", 96.0, None, "%"),
    ("Gia Lai", "2025-02-04", "range", 90.0, 92.0, "%"),
    ("An Giang", "2025-08-01", "=", 950.0, 950.0, "/1.000"),
    ("Huế", "2025-08-02", "=", 1200.0, 1200.0, "trẻ"),
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "plans.db"
    with open_store(path) as store:
        for n, (province, date, comparator, low, high, unit) in enumerate(GOALS, 1):
            goal = Target(
                text=f"đạt {low} {unit}", span=NOWHERE, comparator=comparator, low=low, high=high, unit=unit, id="i",
                indicator="tiêm chủng đầy đủ", indicator_id="TC01", period_end="2025-12-31",
                baseline=Baseline(words="91% năm 2024", value=91, year=2024) if n == 1 else None,
            )  # fmt: skip
            source = msgspec.structs.replace(PLAN.source, path=f"plans/{n}.txt", sha256=str(n) * 64)
            metadata = Metadata(code=f"{n}/KH-SYT", issue_date=date, province=province)
            facts = {"deadlines": (), "tasks": (), "references": (), "targets": (goal,)}
            store.save(msgspec.structs.replace(PLAN, source=source, metadata=metadata, **facts), TEXT)
        store.settle()
    return path


SAID: list[tuple[list[str], list[str]]] = [
    (
        [],
        [
            "So sánh: Tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ · TC01, năm 2025 (3)",
            "1   Bình Định                 ≥ 96%",
            "91 (2024)",
            "An Giang (sau sáp nhập)",
            "Thấp nhất 90% · trung vị 95% · cao nhất 96% (3 dòng, 3 tỉnh)",
            "Không so sánh được, không xếp hạng (1)",
            "đơn vị khác",
        ],
    ),
    (["--as-of", "new"], ["Gia Lai ← Bình Định cũ", "Gia Lai ← Gia Lai cũ", "(3 dòng, 2 tỉnh)"]),
    (["--by", "region"], ["Đồng bằng sông Cửu Long", "Dòng   Thấp nhất   Trung vị   Cao nhất"]),
    (
        ["--year", "2024"],
        ["năm 2024: không có dòng nào so sánh được.", "Không liệt kê chỉ tiêu của năm khác: 2025 (4)."],
    ),
    (["--year", "2024", "--lang", "en"], ["Targets for other years, not listed: 2025 (4)."]),
]


@pytest.mark.parametrize(("options", "said"), SAID)
def test_the_table_says_what_compares(
    kehoach: Callable[..., Ended], db: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    ended = kehoach("compare", "TC01", *options, "--db", db)
    assert (ended.code, ended.err) == (0, "")
    for words in said:
        assert words in ended.out


@pytest.mark.parametrize("options", [[], ["--as-of", "old"], ["--as-of", "new"], ["--by", "region"]])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_fits_its_width(
    kehoach: Callable[..., Ended], db: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], language: str
) -> None:
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        ended = kehoach("compare", "TC01", *options, "--db", db, "--lang", language)
        assert max(len(line) for line in ended.out.splitlines()) <= width


def test_programs_get_every_row_with_its_reason(kehoach: Callable[..., Ended], db: Path) -> None:
    found = json.loads(kehoach("compare", "TC01", "--json", "--db", db).out)
    assert [(row["rank"], row["value"], row["reason"]) for row in found["rows"]] == [
        (1, 96.0, None), (2, 95.0, None), (3, 90.0, None), (None, None, "unit"),
    ]  # fmt: skip
    assert (found["other_years"], found["no_year"]) == ({}, 0)
    assert found["spread"] == {"name": None, "rows": 3, "places": 3, "low": 90.0, "median": 95.0, "high": 96.0}
    other = json.loads(kehoach("compare", "TC01", "--year", "2024", "--json", "--db", db).out)
    assert (other["rows"], other["other_years"], other["no_year"]) == ([], {"2025": 4}, 0)
    rows = list(csv.DictReader(io.StringIO(kehoach("compare", "TC01", "--csv", "--db", db).out)))
    assert [(row["rank"], row["value"], row["scheme"], row["covers"]) for row in rows] == [
        ("1", "96", "63", ""), ("2", "95", "34", "An Giang; Kiên Giang"), ("3", "90", "63", ""), ("", "", "34", ""),
    ]  # fmt: skip
    assert (rows[0]["baseline_value"], rows[3]["reason"]) == ("91", "unit")


def size(picture: Path) -> tuple[int, int]:
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize("options", [[], ["--by", "region"], ["--as-of", "new"], ["--json"], ["--lang", "en"]])
def test_a_chart_is_a_picture_without_missing_letters(
    kehoach: Callable[..., Ended], db: Path, tmp_path: Path, options: list[str], recwarn: pytest.WarningsRecorder
) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "so sánh.png"
    ended = kehoach("compare", "TC01", *options, "--png", picture, "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert ("so sánh.png" in ended.out) == ("--json" not in options)
    width, height = size(picture)
    assert width > 1000 and 300 < height < 1500
    assert not [str(warning.message) for warning in recwarn if "matplotlib" in str(warning.filename)]


def test_a_chart_needs_matplotlib(
    kehoach: Callable[..., Ended], db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ended = kehoach("compare", "TC01", "--png", tmp_path / "A.PNG", "--db", db)
    assert (ended.code, ended.out) == (1, "")
    assert 'pip install "kehoach[charts]"' in ended.err
    assert not (tmp_path / "A.PNG").exists()


def test_nothing_is_drawn_of_nothing(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    ended = kehoach("compare", "TC01", "--year", "1999", "--png", tmp_path / "a.png", "--db", db)
    assert (ended.code, ended.out) == (1, "")
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize("options", [["--by", "district"], ["--as-of", "2025"], ["--year", "x"]])
def test_what_is_not_understood_is_refused(kehoach: Callable[..., Ended], db: Path, options: list[str]) -> None:
    assert kehoach("compare", "TC01", *options, "--db", db).code == 2
