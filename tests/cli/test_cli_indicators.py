"""`kehoach indicators` and `kehoach name`: the catalogue, what it lacks, and naming that."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Ended

SAID: list[tuple[list[str], list[str]]] = [
    (["BH01"], ["Danh mục chỉ tiêu (1)", "BH01   Tỷ lệ dân số tham gia bảo hiểm y tế   %", "cao"]),
    (["bao hiem y te", "--lang", "en"], ["Catalogue of indicators (", "Share of the population with"]),
    (["--family", "dân số"], ["Tổng tỷ suất sinh", "con/phụ nữ"]),
    (["không có"], ["Không có chỉ tiêu nào như vậy trong danh mục."]),
    (["--unmatched"], ["Chưa có trong danh mục (1)", "tiêm dại", "%", "2025"]),
    (["--unmatched", "không có"], ["Không có chỉ tiêu nào như vậy nằm ngoài danh mục."]),
]


@pytest.mark.parametrize(("arguments", "said"), SAID)
def test_indicators(kehoach: Callable[..., Ended], db: Path, arguments: list[str], said: list[str]) -> None:
    ended = kehoach("indicators", *arguments, "--db", db)
    assert (ended.code, ended.err) == (0, "")
    for words in said:
        assert words in ended.out


def test_forms_for_programs(kehoach: Callable[..., Ended], db: Path) -> None:
    (group,) = json.loads(kehoach("indicators", "--unmatched", "--json", "--db", db).out)
    assert (group["wordings"], group["unit"], group["plans"], group["years"]) == (["tiêm dại"], "%", 1, [2025])
    rows = list(csv.DictReader(io.StringIO(kehoach("indicators", "--csv", "--db", db).out)))
    assert {"id", "name", "name_en", "plans", "years"} <= set(rows[0])
    assert len(rows) == 121  # the made plan has an indicator that the catalogue lacks


def test_naming_and_taking_back(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach(
        "name", "tiêm dại", "Tỷ lệ tiêm dại", "--direction", "higher", "--name-en", "Rabies shots", "--db", db
    )
    assert ended == (0, "N001 Tỷ lệ tiêm dại: đã lưu, 1 chỉ tiêu trong các kế hoạch được đối chiếu lại.\n", "")
    assert "N001   Tỷ lệ tiêm dại (tự đặt)" in kehoach("indicators", "N001", "--db", db).out
    assert "N001   Rabies shots (named)" in kehoach("--lang", "en", "indicators", "N001", "--db", db).out
    assert "So sánh: Tỷ lệ tiêm dại · N001, năm 2025 (1)" in kehoach("compare", "N001", "--db", db).out
    assert "Rabies shots · N001" in kehoach("--lang", "en", "compare", "tiêm dại", "--db", db).out
    (row,) = json.loads(kehoach("targets", "--indicator", "N001", "--json", "--db", db).out)
    assert row["indicator_id"] == "N001"
    ended = kehoach("name", "N001", "--withdraw", "--json", "--db", db)
    assert json.loads(ended.out) == {"id": "N001", "name": "Tỷ lệ tiêm dại", "targets": 1}
    assert json.loads(kehoach("targets", "--indicator", "N001", "--json", "--db", db).out) == []


@pytest.mark.parametrize(
    ("given", "by"), [(["--by", "Nguyễn Thị B", "--note", "QĐ 10"], "Nguyễn Thị B"), ([], "Trần Văn C")]
)
def test_who_decided_is_kept(
    kehoach: Callable[..., Ended], db: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], by: str
) -> None:
    from sqlalchemy import select

    from models import tables as t
    from pipeline.store import open_store

    monkeypatch.setenv("KEHOACH_USER", "Trần Văn C")
    assert kehoach("name", "tiêm dại", "--as", "TN06", *given, "--db", db).code == 0
    with open_store(db) as store, store.reading() as connection:
        row = connection.execute(select(t.Decision)).one()
    assert (row.subject, row.value, row.decided_by) == ("TN06", {"synonyms": ["tiêm dại"]}, by)
    assert row.note == (given[3] if given else None)


WRONG: list[tuple[list[str], int, str, str]] = [
    (["name", "tiêm dại", "X"], 1, "thêm --direction", "add --direction"),
    (["name", "tiêm dại", "--direction", "higher"], 1, "chỉ tiêu mới cần có tên", "a new indicator needs a name"),
    (["name", "gì đó", "X"], 1, "không có nhóm hay chỉ tiêu nào", "no group, and no target"),
    (["name", "N009", "--withdraw"], 1, "chưa ai đặt chỉ tiêu “N009”", "nobody named an indicator “N009”"),
    (["name", "tiêm dại", "X", "--direction", "up"], 2, "“up” không nằm trong", "“up” is none of"),
    (["indicators", "--unmatched", "--family", "x"], 2, "bỏ --family", "leave out --family"),
]


@pytest.mark.parametrize(("arguments", "code", "vi", "en"), WRONG)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_refused(
    kehoach: Callable[..., Ended], db: Path, arguments: list[str], code: int, vi: str, en: str, language: str
) -> None:
    ended = kehoach("--lang", language, *arguments, "--db", db)
    assert (ended.code, ended.out) == (code, "")
    assert (vi if language == "vi" else en) in ended.err
