"""A Prefect server of the tests' own, on the loopback address, that tells nobody anything; and a web server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flows_tests import Server, running

from tests.sources.conftest import site

__all__ = ["server", "site"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, started once."""
    with running(tmp_path_factory.mktemp("prefect")) as started:
        yield started
