"""Questions in SQL: answered, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Ended

PLANS = "SELECT code, target_count FROM v_plan_summary ORDER BY code"


def test_a_table(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("query", PLANS, "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert "code" in ended.out and "target_count" in ended.out
    assert "Trả lời (2)" in ended.out


def test_for_programs(kehoach: Callable[..., Ended], db: Path) -> None:
    rows = json.loads(kehoach("query", PLANS, "--db", db, "--json").out)
    assert [list(row) for row in rows] == [["code", "target_count"]] * 2
    [heading, *lines] = csv.reader(io.StringIO(kehoach("query", PLANS, "--db", db, "--csv").out))
    assert heading == ["code", "target_count"]
    assert [[line[0], int(line[1])] for line in lines] == [list(row.values()) for row in rows]
    assert len(json.loads(kehoach("query", PLANS, "--db", db, "--json", "--limit", "1").out)) == 1


def test_no_row(kehoach: Callable[..., Ended], db: Path) -> None:
    assert (
        kehoach("--lang", "en", "query", "SELECT * FROM plans WHERE code = 'x'", "--db", db).out == "There is no row.\n"
    )


@pytest.mark.parametrize(
    "sql", ["DELETE FROM plans", "UPDATE plans SET code = 'x'", "DROP TABLE plans", "SELECT nothing FROM plans", "?"]
)
def test_what_is_no_question_is_refused(kehoach: Callable[..., Ended], db: Path, sql: str) -> None:
    before = kehoach("query", PLANS, "--db", db).out
    ended = kehoach("query", sql, "--db", db)
    assert ended.code == 1
    assert str(db) in ended.err
    assert kehoach("query", PLANS, "--db", db).out == before


@pytest.mark.parametrize(("terminal", "wide", "as_records"), [(True, 80, True), (True, 900, False), (False, 80, False)])
def test_columns_that_do_not_fit_a_terminal_are_lines(
    kehoach: Callable[..., Ended],
    db: Path,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    wide: int,
    as_records: bool,
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((wide, 24)))
    out = kehoach("query", "SELECT * FROM v_targets ORDER BY province", "--db", db).out
    lines = [" ".join(each.split()) for each in out.splitlines()]
    assert ({"[1]", "[2]", "province Cà Mau", "code 30/KH-SYT"} <= {*lines}) == as_records
