"""Copies of a whole database, taken while others use it, and put back.

SQLite copies its own pages under its own locks: readers go on, writers wait. A backup is a database like any other.
PostgreSQL is copied by its programs pg_dump and pg_restore, in their own format; it is put back when nobody else is
connected.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from pipeline.atomic import replacing
from pipeline.errors import DatabaseError
from pipeline.store.database import LOCK_SECONDS, connect, database_name, outside, reading, stored_version, tables

_WAIT = 0.05  # seconds between two tries at a database that is locked
_GOING = 2.0  # seconds for connections that are being closed


def backup(where: str | Path, file: Path, *, force: bool = False) -> None:
    """Copies the database into a new file, which is there whole or not at all. It is not migrated.

    Raises DatabaseError: no database, no place to write, a file that is there and not `force`.
    """
    engine = connect(where, create=False)
    try:
        if stored_version(engine) is None:
            raise DatabaseError("backup_empty", database_name(engine.url))
        if file.exists():
            if engine.url.database and engine.dialect.name == "sqlite" and file.samefile(engine.url.database):
                raise DatabaseError("backup_itself", str(file))
            if not force or not file.is_file():
                raise DatabaseError("backup_exists", str(file))
        if not file.absolute().parent.is_dir():
            raise DatabaseError("database_folder", str(file), folder=str(file.absolute().parent))
        with replacing(file) as beside:
            if engine.dialect.name == "sqlite":
                with outside(engine) as source, closing(sqlite3.connect(beside)) as target:
                    _copy(source, target)
                shutil.copymode(str(engine.url.database), beside)
            else:
                _run("pg_dump", engine, "--format=custom", "--no-owner", "--no-privileges", f"--file={beside}")
    finally:
        engine.dispose()


def restore(file: Path, where: str | Path, *, force: bool = False) -> None:
    """Puts a backup into the database in one transaction: all of it or nothing.

    Others may use an SQLite database meanwhile: they see all that was there before, or all of the backup. A PostgreSQL
    database has to be left by all others first. Raises DatabaseError: no backup, a database that has tables already and
    not `force`, one that stays locked or in use.
    """
    if not file.is_file():
        raise DatabaseError("backup_missing", str(file))
    engine = connect(where)
    try:
        if engine.dialect.name == "sqlite":
            _restore_file(file, engine, force)
        else:
            _restore_dump(file, engine, force)
    finally:
        engine.dispose()


def _in_place(engine: Engine, force: bool) -> set[str]:
    """The tables that the backup will take the place of."""
    with reading(engine) as connection:
        there = tables(connection)
    if there:
        stored_version(engine)  # never over somebody else's
        if not force:
            raise DatabaseError("restore_exists", database_name(engine.url))
    return there


def _restore_file(file: Path, engine: Engine, force: bool) -> None:
    kept = connect(file, create=False)
    try:
        if stored_version(kept) is None:
            raise DatabaseError("backup_empty", str(file))
        if engine.url.database and Path(engine.url.database).exists() and file.samefile(engine.url.database):
            raise DatabaseError("backup_itself", str(file))
        _in_place(engine, force)
        # Into the file that is there, not in its place: who has it open goes on with the new rows.
        with outside(kept) as source, outside(engine) as target:
            _copy(source, target)
    finally:
        kept.dispose()


def _restore_dump(file: Path, engine: Engine, force: bool) -> None:
    there = _in_place(engine, force)
    if not _alone(engine):
        raise DatabaseError("restore_busy", database_name(engine.url))
    listed = _run("pg_restore", None, "--list", str(file))
    kept = {line.split()[5] for line in listed.splitlines() if line.split()[3:4] in (["TABLE"], ["VIEW"])}
    if newer := sorted(there - kept):
        # pg_restore drops only what it brings: what came later would stay, and no migration could make it again.
        raise DatabaseError("restore_newer", database_name(engine.url), tables=", ".join(newer))
    _run(
        "pg_restore",
        engine,
        "--clean",
        "--if-exists",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        str(file),
    )


def _alone(engine: Engine) -> bool:
    """Whether nobody else is connected; who has just gone is given some time.

    Tables that are dropped and made again look empty to a transaction that began before, and one that holds some of
    them and waits for others ends in a deadlock.
    """
    others = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    end = time.monotonic() + _GOING
    while True:
        with reading(engine) as connection:
            if not connection.exec_driver_sql(others).scalar_one():
                return True
        if time.monotonic() > end:
            return False
        time.sleep(_WAIT)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All pages in one step: a copy in several would begin anew whenever somebody writes."""
    end = time.monotonic() + LOCK_SECONDS
    source.backup(target, pages=-1, sleep=_WAIT, progress=_until(end))


def _until(end: float) -> Callable[[int, int, int], None]:
    def progress(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return progress


def _run(program: str, engine: Engine | None, *arguments: str) -> str:
    """What a program of PostgreSQL prints. The password goes by the environment: no list of processes shows it."""
    name = database_name(engine.url) if engine else arguments[-1]
    if (found := shutil.which(program)) is None:
        raise DatabaseError("backup_program", name, program=program)
    environment = dict(os.environ)
    address = []
    if engine is not None:
        url = engine.url.set(drivername="postgresql")
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
            url = url._replace(password=None)
        address = [f"--dbname={url.render_as_string(hide_password=False)}"]
    done = subprocess.run(
        [found, *address, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        reason = next(iter(done.stderr.strip().splitlines()), f"{program}: {done.returncode}")
        raise DatabaseError("database_failed", name, reason=reason)
    return done.stdout
