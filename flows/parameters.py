"""What the flows take: checked before a run begins, shown in Prefect's forms, kept in its records - so nothing that
opens a source or a database is ever among them."""

from __future__ import annotations

import os
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from pipeline.errors import KehoachError
from pipeline.sources import SourceError
from pipeline.sources.address import has_secret, without_secret
from pipeline.store import DEFAULT_DATABASE
from pipeline.store.database import database_url

SOURCES = "KEHOACH_SOURCES"
RUNNER = "KEHOACH_RUNNER"
DASHBOARD = "KEHOACH_DASHBOARD"
_RUNNER = re.compile(r"dask(?:://[\w.\[\]:-]+:\d+)?")


def known_runner(runner: str) -> str:
    """The runner, if it is one. Raises KehoachError (runner_unknown)."""
    if not _RUNNER.fullmatch(runner):
        raise KehoachError("runner_unknown", runner=runner)
    return runner


def _checked(source: str) -> str:
    try:
        return without_secret(source)
    except SourceError as error:
        raise ValueError(str(error)) from None


def _runner(runner: str) -> str:
    try:
        return known_runner(runner)
    except KehoachError as error:
        raise ValueError(str(error)) from None


Source = Annotated[str, Field(min_length=1), AfterValidator(_checked)]
"""A file, folder, pattern, list of addresses, web address or bucket."""
Runner = Annotated[str, AfterValidator(_runner)]
"""Where plans are read: "dask" (a cluster on this machine) or "dask://host:port"."""
Count = Annotated[int, Field(ge=1)]
Workers = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]
Language = Literal["vi", "en"]


def sources_or_default(sources: list[str]) -> list[str]:
    """The sources, or those that the environment names, parted by semicolons or line ends."""
    named = re.split(r"[;\n]", os.environ.get(SOURCES, ""))
    return sources or [source.strip() for source in named if source.strip()]


def runner_or_default(runner: str | None) -> str | None:
    """The runner, or the one that the environment names; None to read in this process. Raises KehoachError
    (runner_unknown)."""
    found = runner or os.environ.get(RUNNER)
    return known_runner(found) if found else None


def database() -> str:
    """The database that the environment names."""
    return os.environ.get("KEHOACH_DB") or DEFAULT_DATABASE


def shared_database() -> str:
    """The database of work on several machines. Raises KehoachError (runner_database) where it is a file."""
    where = os.environ.get("KEHOACH_DB", "")
    if not where or database_url(where).get_backend_name() == "sqlite":
        raise KehoachError("runner_database")
    return where


def dashboard() -> str | None:
    """The address of the web page that reports link to: `KEHOACH_DASHBOARD`, where it is one."""
    address = os.environ.get(DASHBOARD, "").strip().rstrip("/")
    return address if re.fullmatch(r"https?://[^\s<>]+", address) and not has_secret(address) else None


def language() -> str:
    """The language of reports and lines in the log: `KEHOACH_LANG`."""
    return "en" if os.environ.get("KEHOACH_LANG") == "en" else "vi"
