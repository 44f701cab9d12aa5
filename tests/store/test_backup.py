"""Copies of a whole database, taken while others use it, and put back."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import DatabaseError
from pipeline.store import open_store
from pipeline.store.backup import backup, restore
from pipeline.store.database import connect, open_engine, writing
from pipeline.store.upkeep import check
from store.plans import FULL, TEXT, dump, metadata, plan, reference
from tests.postgres import programs


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    if found := programs():
        monkeypatch.setenv("PATH", str(found), prepend=os.pathsep)


def refused(code: str, act: Callable[[], None]) -> None:
    with pytest.raises(DatabaseError) as caught:
        act()
    assert caught.value.code == code
    assert caught.value.message("vi") != caught.value.message("en")


def fill(url: str, *codes: str) -> None:
    with open_store(url) as store:
        for code in codes:
            made = plan(f"/{code}.txt", code, meta=metadata(code), references=(reference(),))
            store.save(made, TEXT)
        store.settle()


def codes(url: str) -> set[str | None]:
    with open_store(url) as store, store.reading() as connection:
        return set(connection.execute(text("SELECT code FROM plans")).scalars())


def everything(url: str) -> dict[str, list[object]]:
    with open_store(url) as store:
        return dump(store)


def test_there_and_back(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        store.save(FULL, TEXT)
        store.settle()
    before, file = everything(url), tmp_path / "kế hoạch.bak"
    backup(url, file)
    fill(url, "9/KH-SYT")
    assert everything(url) != before
    refused("restore_exists", lambda: restore(file, url))
    restore(file, url, force=True)
    assert everything(url) == before
    with open_store(url) as store:
        assert check(store.engine) == []
        store.save(plan("/new.txt", "8/KH-SYT", meta=metadata("8/KH-SYT")), TEXT)  # the numbering of rows goes on
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_into_an_empty_place(url: str, tmp_path: Path) -> None:
    fill(url, "1/KH-SYT")
    before, file = everything(url), tmp_path / "backup"
    backup(url, file)
    with open_store(url) as store:
        postgres = store.engine.dialect.name == "postgresql"
        if postgres:
            with writing(store.engine) as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
    other = url if postgres else str(tmp_path / "other.db")
    restore(file, other)
    assert everything(other) == before


def test_a_backup_is_not_written_over(url: str, tmp_path: Path) -> None:
    fill(url, "1/KH-SYT")
    file = tmp_path / "backup"
    file.write_bytes(b"mine")
    refused("backup_exists", lambda: backup(url, file))
    assert file.read_bytes() == b"mine"
    backup(url, file, force=True)
    assert file.stat().st_size > 1000


def test_nothing_to_copy(url: str, tmp_path: Path) -> None:
    connect(url).dispose()
    if "://" not in url:
        Path(url).touch()
    refused("backup_empty", lambda: backup(url, tmp_path / "backup"))
    refused("backup_missing", lambda: restore(tmp_path / "backup", url))
    fill(url, "1/KH-SYT")
    refused("database_folder", lambda: backup(url, tmp_path / "no" / "backup"))


def test_not_into_itself(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    fill(str(path), "1/KH-SYT")
    refused("backup_itself", lambda: backup(path, path, force=True))
    refused("backup_itself", lambda: restore(path, path, force=True))
    assert codes(str(path)) == {"1/KH-SYT"}


def test_somebody_elses_file_is_no_backup(url: str, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE plans (id INTEGER)")
    fill(url, "1/KH-SYT")
    refused("database_foreign" if "://" not in url else "database_failed", lambda: restore(file, url, force=True))
    assert codes(url) == {"1/KH-SYT"}


def test_an_older_database_is_copied_as_it_is(tmp_path: Path) -> None:
    path, file = tmp_path / "kehoach.db", tmp_path / "backup"
    fill(str(path), "1/KH-SYT")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE kehoach_version SET version_num = '0001'")
    backup(path, file)
    for database in (path, file):
        with sqlite3.connect(database) as connection:
            assert connection.execute("SELECT version_num FROM kehoach_version").fetchone() == ("0001",)


def test_tables_that_the_backup_lacks(url: str, tmp_path: Path) -> None:
    fill(url, "1/KH-SYT")
    if "://" not in url:
        pytest.skip("SQLite puts all pages back, whatever the tables")
    backup(url, tmp_path / "backup")
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE later (id INTEGER)"))
    engine.dispose()
    refused("restore_newer", lambda: restore(tmp_path / "backup", url, force=True))


def test_without_the_programs_of_postgresql(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(url, "1/KH-SYT")
    monkeypatch.setenv("PATH", str(tmp_path))
    if "://" in url:
        refused("backup_program", lambda: backup(url, tmp_path / "backup"))
    else:
        backup(url, tmp_path / "backup")


@contextmanager
def at_work(url: str, seen: list[set[str | None]]) -> Iterator[threading.Event]:
    """A writer that saves plan after plan, and a reader that notes which are there."""
    done, wrote = threading.Event(), threading.Event()
    errors: list[BaseException] = []

    def guard(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                errors.append(error)
                wrote.set()

        return run

    def write() -> None:
        with open_store(url) as store:
            n = 0
            while not done.is_set():
                code = f"{1000 + n % 30}/KH-SYT"
                store.save(plan(f"/{code}.txt", code, meta=metadata(code), references=(reference(),)), TEXT)
                n += 1
                if n > 3:
                    wrote.set()

    def read() -> None:
        with open_store(url) as store:
            while not done.is_set():
                with store.reading() as connection:
                    first = set(connection.execute(text("SELECT code FROM plans")).scalars())
                    again = set(connection.execute(text("SELECT code FROM plans")).scalars())
                assert first == again  # one state, whatever is put in its place meanwhile
                seen.append(first)

    threads = [threading.Thread(target=guard(work)) for work in (write, read)]
    for thread in threads:
        thread.start()
    assert wrote.wait(60)
    try:
        yield done
    finally:
        done.set()
        for thread in threads:
            thread.join(60)
    assert not errors


def test_a_backup_while_others_read_and_write(url: str, tmp_path: Path) -> None:
    fill(url, "1/KH-SYT")
    seen: list[set[str | None]] = []
    files = [tmp_path / f"backup{n}" for n in range(3)]
    with at_work(url, seen):
        for file in files:
            backup(url, file)
    assert seen
    for file in files:
        restore(file, url, force=True)
        with open_store(url) as store:
            assert {problem.kind for problem in check(store.engine)} <= {"stale"}  # the writer never settled
        assert "1/KH-SYT" in codes(url)


def test_a_restore_while_others_read_and_write(url: str, tmp_path: Path) -> None:
    fill(url, "1/KH-SYT")
    backup(url, tmp_path / "backup")
    seen: list[set[str | None]] = []
    with at_work(url, seen):
        if "://" in url:
            refused("restore_busy", lambda: restore(tmp_path / "backup", url, force=True))
        else:
            for _ in range(3):
                restore(tmp_path / "backup", url, force=True)
    assert all("1/KH-SYT" in codes_seen for codes_seen in seen)  # never a database without its rows
    with open_store(url) as store:
        assert {problem.kind for problem in check(store.engine)} <= {"stale"}
