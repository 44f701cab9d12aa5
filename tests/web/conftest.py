"""A dashboard over the sample plans and one that carries markup: asked directly, and shown by a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.screenshots import ARGUMENTS, NO_CHROMIUM, find_chromium, served
from dashboard.settings import Settings
from pipeline.extract import extract_file
from pipeline.store import open_store
from tests.postgres import POSTGRESQL, Server
from tests.store.conftest import postgres
from tests.web.site import Site

__all__ = ["postgres"]

ROOT = Path(__file__).parents[2]
SAMPLES = (
    "quang-binh-388-kh-syt-2025.md",
    "lam-dong-336-kh-syt-2026.docx",
    "hue-1085-kh-syt-2026.pdf",
    "vinh-long-96-kh-ubnd-2026.txt",
)


@pytest.fixture(scope="session")
def read() -> list[tuple[Any, str]]:
    """What the samples and the paper with markup give."""
    files = [ROOT / "data/samples/plans" / name for name in SAMPLES]
    return [extract_file(str(path)) for path in (*files, Path(__file__).with_name("evil.txt"))]


def fill(where: str, read: list[tuple[Any, str]]) -> str:
    with open_store(where) as store:
        for plan, text in read:
            store.save(plan, text)
        store.settle()
    return where


@pytest.fixture(params=["sqlite", POSTGRESQL])
def db(request: pytest.FixtureRequest, tmp_path: Path, read: list[tuple[Any, str]]) -> Iterator[str]:
    """A database of its own for a test, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield fill(str(tmp_path / "plans.db"), read)
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as address:
        yield fill(address, read)


@pytest.fixture
def site(tmp_path: Path, read: list[tuple[Any, str]]) -> Iterator[Site]:
    """A dashboard for whoever sits at this machine."""
    where = fill(str(tmp_path / "plans.db"), read)
    with served(Settings(db=where)) as address:
        yield Site(address, where)


@pytest.fixture
def team_site(tmp_path: Path, read: list[tuple[Any, str]]) -> Iterator[Site]:
    """A dashboard behind a proxy that names people; "lan" decides."""
    where = fill(str(tmp_path / "plans.db"), read)
    with served(Settings(db=where, sign_in="header", header="x-user", reviewers=frozenset({"lan"}))) as address:
        yield Site(address, where)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; where there is none, the tests that need it skip and say so."""
    program = find_chromium()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, site: Site) -> Iterator[Any]:
    """A page of the browser; what goes wrong in it fails the test."""
    context = chromium.new_context(
        base_url=site.address, viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", lambda dialog: wrong.append(dialog.message))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert wrong == []
