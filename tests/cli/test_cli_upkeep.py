"""`kehoach db`, `backup` and `restore`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Ended

from pipeline.store import open_store
from pipeline.store.database import HEAD
from pipeline.store.objects import SEARCHED, VIEWS


def test_upgrade_says_from_where_to_where(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:  # as it was before the first migration
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name != "kehoach_version" and not name.startswith(f"{SEARCHED}_"):
                connection.execute(f"DROP TABLE {name}")
        for view in VIEWS:
            connection.execute(f"DROP VIEW {view}")
        connection.execute("DELETE FROM kehoach_version")
    ended = kehoach("db", "upgrade", "--db", path, "--json")
    assert (ended.code, json.loads(ended.out)) == (0, {"database": str(path), "before": "0", "after": HEAD})
    ended = kehoach("--lang", "en", "db", "upgrade", "--db", path)
    assert (ended.code, ended.out) == (0, f"{path}: has the newest version, {HEAD}\n")


def test_check(kehoach: Callable[..., Ended], db: Path) -> None:
    assert kehoach("db", "check", "--db", db) == (0, "Cơ sở dữ liệu không có lỗi nào.\n", "")
    assert json.loads(kehoach("db", "check", "--db", db, "--json").out) == []
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE deadlines SET span_end = 9999 WHERE position = 0")
    ended = kehoach("db", "check", "--db", db)
    assert ended.code == 1
    assert "vị trí ngoài văn bản" in ended.out
    ended = kehoach("db", "check", "--db", db, "--json")
    assert ended.code == 1
    assert {(found["kind"], found["table"]) for found in json.loads(ended.out)} == {("span", "deadlines")}


def test_stats(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("--lang", "en", "db", "stats", "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert "Size per plan" in ended.out
    found = json.loads(kehoach("db", "stats", "--db", db, "--json").out)
    assert (found["rows"]["plans"], found["version"], found["extractors"]) == (2, HEAD, {"1": 2})
    assert found["size"] == db.stat().st_size


def test_vacuum(kehoach: Callable[..., Ended], db: Path) -> None:
    assert kehoach("db", "vacuum", "--db", db).out.startswith("Dung lượng: ")
    found = json.loads(kehoach("db", "vacuum", "--db", db, "--json").out)
    assert found == {"before": db.stat().st_size, "after": db.stat().st_size}


def test_renew_makes_up_for_lost_rows(kehoach: Callable[..., Ended], db: Path) -> None:
    with sqlite3.connect(db) as connection:
        before = connection.execute("SELECT COUNT(*) FROM measures").fetchone()
        connection.execute("DELETE FROM measures")
    assert kehoach("db", "check", "--db", str(db)).code == 1
    assert "kế hoạch" in kehoach("db", "renew", "--db", str(db)).out
    assert kehoach("db", "check", "--db", str(db)).code == 0
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT COUNT(*) FROM measures").fetchone() == before


@pytest.mark.parametrize("job", ["upgrade", "check", "stats", "vacuum", "renew"])
def test_a_missing_database_is_not_made(kehoach: Callable[..., Ended], tmp_path: Path, job: str) -> None:
    ended = kehoach("db", job, "--db", tmp_path / "none.db")
    assert (ended.code, ended.out) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_job(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach("--lang", "en", "db", "mend")
    assert ended.code == 2
    assert "“mend” is none of upgrade, check, stats, vacuum" in ended.err


def test_backup_and_restore(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    assert kehoach("backup", file, "--db", db).out.startswith(f"Đã sao lưu: {file} (")
    again = kehoach("backup", file, "--db", db)
    assert (again.code, again.out) == (1, "")
    assert "--force" in again.err
    assert json.loads(kehoach("backup", file, "--db", db, "--force", "--json").out)["size"] > 1000
    assert kehoach("remove", "118/KH-SYT", "--db", db).code == 0
    assert "--force" in kehoach("restore", file, "--db", db).err
    assert kehoach("restore", file, "--db", db, "--force").out == f"Đã khôi phục từ {file}: 2 kế hoạch\n"
    assert json.loads(kehoach("restore", file, "--db", tmp_path / "new.db", "--json").out)["plans"] == 2
    assert kehoach("restore", tmp_path / "no.db", "--db", db, "--force").code == 1
