"""An empty database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Store, open_store
from tests.postgres import POSTGRESQL, Server, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server, started by the first test that asks for it."""
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "kehoach.db")
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as address:
        yield address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
