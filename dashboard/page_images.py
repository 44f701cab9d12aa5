"""Pages of PDFs and scans as pictures.

A file is shown only where it still lies where it was read, with the content that the facts come from. It is drawn in a
process of its own (`dashboard.draw_page`), with the readers' limits and a time limit, so that a broken file takes
nothing with it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fastapi import HTTPException

from pipeline.errors import KehoachError
from pipeline.readers import configured

_SECONDS = 30
_KEPT = 64  # pictures of pages, some 200 kB each


class Sheet(NamedTuple):
    """A page of a file: its number from 1 and its size in points."""

    number: int
    width: float
    height: float


def sheets_of(files: Sequence[str], sha256: str) -> list[Sheet]:
    """The pages of the file that gave the facts; none where it is not there any more or can't be drawn."""
    path = _found(files, sha256)
    if path is None:
        return []
    try:
        return _sheets(path, sha256)
    except HTTPException:
        return []


def page_image(files: Sequence[str], sha256: str, number: int) -> bytes:
    """A page as PNG. Raises HTTPException (404) for a page that can't be drawn."""
    path = _found(files, sha256)
    if path is None:
        raise HTTPException(404)
    return _drawn(path, sha256, number)


def _found(files: Sequence[str], sha256: str) -> str | None:
    """The first of the files that has this content still."""
    for path in files:
        try:
            stat = Path(path).stat()
            if stat.st_size <= configured().bytes and _content(path, stat.st_size, stat.st_mtime_ns) == sha256:
                return path
        except (OSError, ValueError, KehoachError):
            continue  # a member of an archive, or gone
    return None


@lru_cache(maxsize=256)
def _content(path: str, _size: int, _changed: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=256)
def _sheets(path: str, _sha256: str) -> list[Sheet]:
    return [Sheet(i, *size) for i, size in enumerate(json.loads(_run(path, "sizes")), 1)]


@lru_cache(maxsize=_KEPT)
def _drawn(path: str, _sha256: str, number: int) -> bytes:
    return _run(path, str(number))


def _run(path: str, wanted: str) -> bytes:
    command = [sys.executable, "-m", "dashboard.draw_page", path, wanted, str(configured().pages)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise HTTPException(404) from error
    if done.returncode:
        raise HTTPException(404)
    return done.stdout
