"""The commands that ask the database, on plans made by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_plans import PLAN
from running import Ended

from pipeline.store import open_store


def test_plans_as_a_table(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("plans", "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert "Kế hoạch (2)" in ended.out
    assert "Hà Giang   118/KH-SYT   03/02/2025   Phòng, chống bệnh dại năm 2025" in ended.out
    assert "\x1b" not in ended.out
    assert not any(line != line.rstrip() for line in ended.out.splitlines())


@pytest.mark.parametrize("command", [["plans"], ["catalogue"], ["deadlines", "--all"], ["targets"], ["compare"]])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_table_fits_its_width(
    kehoach: Callable[..., Ended], db: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], language: str
) -> None:
    for width in (80, 100, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        ended = kehoach(*command, "--db", db, "--lang", language)
        assert ended.code == 0
        assert max(map(len, ended.out.splitlines())) <= width


def rows(ended: Ended) -> list[dict[str, str]]:
    assert (ended.code, ended.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ended.out)))


def test_json_has_plain_values(kehoach: Callable[..., Ended], db: Path) -> None:
    found = json.loads(kehoach("deadlines", "--all", "--json", "--db", db).out)
    assert [row["due"] for row in found] == ["2025-12-15", "2026-03-31"]
    assert found[0]["plan"]["code"] == "118/KH-SYT"
    assert found[0]["responsible"] == "Trạm Y tế xã"


def test_json_keeps_letters_and_is_indented(kehoach: Callable[..., Ended], db: Path) -> None:
    out = kehoach("plans", "--json", "--db", db).out
    assert '  "province": "Hà Giang"' in out.replace("      ", "  ")
    assert out.endswith("]\n")


def test_csv_has_a_line_for_each_row(kehoach: Callable[..., Ended], db: Path) -> None:
    found = rows(kehoach("targets", "--csv", "--db", db))
    assert [row["plan_province"] for row in found] == ["Cà Mau", "Hà Giang"]
    assert [row["low"] for row in found] == ["92.5", "70"]
    assert found[1]["indicator"] == "tiêm dại"
    assert found[1]["approximate"] == "false"


@pytest.mark.parametrize("command", [["plans"], ["catalogue"], ["deadlines", "--all"], ["targets"], ["compare"]])
def test_every_answer_has_all_its_forms(kehoach: Callable[..., Ended], db: Path, command: list[str]) -> None:
    as_csv = rows(kehoach(*command, "--csv", "--db", db))
    answer = json.loads(kehoach(*command, "--json", "--db", db).out)
    listed = answer["rows"] if command == ["compare"] else answer
    assert len(as_csv) == len(listed) > 0


def test_excel_gets_a_byte_order_mark_and_no_formulas(kehoach: Callable[..., Ended], db: Path) -> None:
    out = kehoach("plans", "--excel", "--db", db).out
    assert out.startswith("\ufeffplan_key,plan_code")
    found = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert found[0]["plan_title"] == "'=SUM(A1)"
    assert not kehoach("plans", "--csv", "--db", db).out.startswith("\ufeff")
    assert rows(kehoach("plans", "--csv", "--db", db))[0]["plan_title"] == "=SUM(A1)"


def test_catalogue_lists_what_is_cited(kehoach: Callable[..., Ended], db: Path) -> None:
    found = rows(kehoach("catalogue", "--csv", "--db", db))
    assert [(row["code"], row["mentions"], row["plans"]) for row in found] == [
        ("07/2016/TT-BNNPTNT", "2", "30/KH-SYT; 118/KH-SYT")
    ]


DEADLINES: list[tuple[list[str], list[str]]] = [
    (["--all"], ["2025-12-15", "2026-03-31"]),
    (["--as-of", "2025-12-01"], ["2025-12-15", "2026-03-31"]),
    (["--as-of", "16/12/2025"], ["2026-03-31"]),
    (["--as-of", "2027-01-01"], []),
    (["--from", "1/3/2026"], ["2026-03-31"]),
    (["--to", "31/12/2025"], ["2025-12-15"]),
    (["--from", "15/12/2025", "--to", "15/12/2025"], ["2025-12-15"]),
    (["--all", "--province", "ca mau"], ["2026-03-31"]),
    (["--all", "--province", "Huế"], []),
    (["--all", "--limit", "1"], ["2025-12-15"]),
]


@pytest.mark.parametrize(("options", "days"), DEADLINES)
def test_deadlines_are_chosen_by_day_and_province(
    kehoach: Callable[..., Ended], db: Path, options: list[str], days: list[str]
) -> None:
    assert [row["due"] for row in rows(kehoach("deadlines", *options, "--csv", "--db", db))] == days


def test_no_deadline_then_says_so(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("deadlines", "--from", "1/1/2030", "--db", db)
    assert ended.code == 0
    assert ended.out == "Không có thời hạn nào từ 01/01/2030. `kehoach deadlines --all` liệt kê mọi thời hạn.\n"


@pytest.mark.parametrize(
    ("options", "provinces"),
    [
        ([], ["Cà Mau", "Hà Giang"]),
        (["--indicator", "TIEM DAI"], ["Hà Giang"]),
        (["--province", "Hà Giang"], ["Hà Giang"]),
        (["--indicator", "không có"], []),
    ],
)
def test_targets_are_chosen_by_indicator_and_province(
    kehoach: Callable[..., Ended], db: Path, options: list[str], provinces: list[str]
) -> None:
    assert [row["plan_province"] for row in rows(kehoach("targets", *options, "--csv", "--db", db))] == provinces


def test_compare_takes_the_widest_indicator(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("compare", "--db", db)
    assert ended.code == 0
    assert "Cà Mau" in ended.out


def test_show_gives_the_plan_back(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("show", "118/KH-SYT", "--json", "--db", db)
    assert msgspec.json.decode(ended.out, type=type(PLAN)) == PLAN
    assert kehoach("show", "118/kh-syt", "--db", db).out.startswith("118/KH-SYT · 03/02/2025")


def test_remove_says_what_it_removed(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("remove", "118/KH-SYT", "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Đã xoá: ")
    assert "118/KH-SYT" in ended.out
    assert [row["plan_code"] for row in rows(kehoach("plans", "--csv", "--db", db))] == ["30/KH-SYT"]
    again = kehoach("remove", "118/KH-SYT", "--db", db)
    assert (again.code, again.out) == (1, "")
    assert "118/KH-SYT" in again.err


def test_an_empty_database_says_so(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db").close()
    for command in ("plans", "catalogue", "deadlines", "targets", "compare"):
        ended = kehoach(command, "--db", tmp_path / "empty.db")
        assert (ended.code, ended.err, ended.out.count("\n")) == (0, "", 1)
        assert json.loads(kehoach(command, "--json", "--db", tmp_path / "empty.db").out) in ([], None)


def test_the_database_of_the_environment_is_taken(
    kehoach: Callable[..., Ended], db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_DB", str(db))
    assert "118/KH-SYT" in kehoach("plans").out


def test_schema_is_a_json_schema(kehoach: Callable[..., Ended]) -> None:
    schema = json.loads(kehoach("schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "Plan" in schema["$defs"]
