"""A document of a source, before it is fetched."""

from __future__ import annotations

import os
import stat
import time
from typing import NamedTuple, Protocol

_SETTLED_SECONDS = 2.0  # the coarsest clock of a file system (FAT)


class Document(NamedTuple):
    """A document that a source has: how the database calls it, where it is opened, its size, and a mark that changes
    with its content (both None where the source does not tell). `location` may hold what opens it: it is shown nowhere.
    """

    name: str
    location: str
    size: int | None
    mark: str | None

    @property
    def afar(self) -> bool:
        """Whether it has to be fetched."""
        return "://" in self.location

    def __repr__(self) -> str:
        return f"Document({self.name!r})"


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self, size: int, /) -> bytes: ...


class Opened(NamedTuple):
    """A document that is open, the suffix that tells its kind, and how many bytes it has, where that is known."""

    file: Readable
    suffix: str
    size: int | None


def mark_of(size: int | None, *signs: object) -> str | None:
    """The mark of a document with these signs of change; None where there is none."""
    known = [str(sign) for sign in signs if sign]
    return "|".join([str(size), *known]) if known else None


def on_disk(path: str) -> Document:
    """The document at a path. One that was written just now gets no mark: it could change once more within the same
    tick of the clock that its time is taken from."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a string, thousands of times
    except (OSError, ValueError):  # the reader words what is wrong
        return Document(path, path, None, None)
    if not stat.S_ISREG(status.st_mode):
        return Document(path, path, None, None)
    changed = max(status.st_mtime, status.st_ctime)
    mark = mark_of(status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return Document(path, path, status.st_size, mark if changed < time.time() - _SETTLED_SECONDS else None)
