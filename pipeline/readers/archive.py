"""Archives and mails: the documents in them, read in memory and never written to disk.

    is_archive(path)        whether a file holds other files (a ZIP, a tar, a mail)
    documents(path)         each document in it, at any depth, with its content
    load(path)              one of them: "a.zip!/folder/ke-hoach.docx"
    only_document(path)     the path of the one document in it

`a.zip!/b.zip!/c.docx` names a document: the archive's path, "!/", the name inside it, for each archive on the way. What
a member calls itself decides nothing but this name. An archive is opened under limits (`Limits`): how many members, how
deep, how much they unpack to in all and against the archive's size.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import IO, NamedTuple

from pipeline.errors import UnreadableError
from pipeline.readers.archive_open import (
    INSIDE,
    Budget,
    Container,
    ExceededError,
    NoBudget,
    archive_suffixes,
    kind_of,
    open_archive,
)
from pipeline.readers.base import FORMATS, TEXT, Limits, configured
from pipeline.readers.sniff import sniff

__all__ = [
    "INSIDE",
    "Document",
    "archive_suffixes",
    "documents",
    "is_archive",
    "load",
    "on_disk",
    "only_document",
    "split",
]

_LISTED = 20  # documents that an error names
# Documents that can't be read as they are: their readers say what to do.
_WORTH_SAYING = ("unsupported_doc", "unsupported_rtf", "unsupported_odt", "encrypted")


class Document(NamedTuple):
    """A document in an archive: its path ("a.zip!/b.docx") and its content."""

    path: str
    data: bytes


def split(path: str) -> tuple[str, str] | None:
    """The archive on disk and the way inside it; None for a path that leads into no archive."""
    at = path.find(INSIDE)
    while at >= 0:
        if os.path.isfile(path[:at]):  # noqa: PTH113 - a string, thousands of times
            return path[:at], path[at + len(INSIDE) :]
        at = path.find(INSIDE, at + 1)
    return None


def on_disk(path: str) -> str:
    """The file to open for a path: the archive that it leads into, or the path itself."""
    inside = split(path)
    return inside[0] if inside else path


def is_archive(path: str) -> bool:
    """Whether a file on disk holds other files. Raises UnreadableError for a kind that can't be opened; a file that is
    not there or can't be read is none."""
    try:
        if not S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - a string, thousands of times
            return False
        with Path(path).open("rb") as file:
            return kind_of(file, path) is not None
    except (OSError, ValueError):
        return False


def documents(path: str, limits: Limits | None = None) -> Iterator[Document | UnreadableError]:
    """The documents in an archive on disk, each with its content or with what is wrong with it, in the archive's order.

    Members that are no documents (by name and content), links and folders are left out. Raises UnreadableError where
    the archive itself can't be opened, and where it goes beyond a limit: the documents before that are sound.
    """
    with _opened(path) as file:
        budget = Budget(limits or configured(), os.fstat(file.fileno()).st_size)
        found = 0
        for document in _walk(open_archive(file, path, budget), budget, depth=1):
            found += 1
            yield document
    if not found:
        raise UnreadableError("no_plans_inside", path)


def only_document(path: str, limits: Limits | None = None) -> str:
    """The path of the one document in an archive. Raises UnreadableError, with their names, where there are several."""
    names: list[str] = []
    for document in documents(path, limits):
        if isinstance(document, UnreadableError):
            raise document
        names.append(document.path)
    if len(names) > 1:
        listed = "\n".join(f"  {name}" for name in names[:_LISTED]) + ("\n  ..." if len(names) > _LISTED else "")
        raise UnreadableError("several_plans_inside", path, members=listed)
    return names[0]


def load(path: str, limits: Limits | None = None) -> bytes:
    """The content of a document in an archive. Raises UnreadableError (missing, ...).

    The archive stays open for the next call: most come for its other documents, in their order.
    """
    parts = split(path)
    if parts is None:
        raise UnreadableError("missing", path)
    container = _kept(parts[0], limits or configured())
    rest = parts[1]
    while True:
        name, inside, below = rest.partition(INSIDE)
        try:
            if not inside:
                return container.read(name)
            container = container.opened(name)
        except KeyError:
            raise UnreadableError("missing", path) from None
        rest = below


def _walk(container: Container, budget: Budget, depth: int) -> Iterator[Document | UnreadableError]:
    for name in container.names():
        path = f"{container.path}{INSIDE}{name}"
        budget.take_member(path)
        if _is_hidden(name):
            continue
        try:
            if _is_of_no_use(name):
                continue
            data = container.read(name)
            kind = kind_of(io.BytesIO(data), path)
            if kind is None:
                if _is_document(data, path):
                    yield Document(path, data)
            elif depth >= budget.limits.nesting:
                yield UnreadableError("archive_too_deep", path, limit=str(budget.limits.nesting))
            else:
                yield from _walk(open_archive(io.BytesIO(data), path, budget), budget, depth + 1)
        except ExceededError:
            raise
        except UnreadableError as error:
            yield error


def _is_hidden(name: str) -> bool:
    """Whether a member is some program's own: hidden files, those of macOS, lock files of Word."""
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))


def _is_of_no_use(name: str) -> bool:
    """Whether a member need not even be looked at. Names of mails' attachments are often wrong, so that few are
    trusted."""
    return name.lower().endswith((".exe", ".dll", ".mp3", ".mp4", ".mov", ".avi", ".iso", ".ics", ".p7s"))


def _is_document(data: bytes, path: str) -> bool:
    """Whether a member is to be read: by its suffix, or by its content where that can't be anything else."""
    suffix = PurePath(path).suffix.lower()
    if any(suffix in entry.suffixes for entry in FORMATS.values()):
        return True
    try:
        return sniff(data, path).media_type != TEXT
    except UnreadableError as error:
        return error.code in _WORTH_SAYING


def _opened(path: str) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        raise UnreadableError("missing", path) from None
    except PermissionError:
        raise UnreadableError("no_permission", path) from None
    except (OSError, ValueError) as error:
        raise UnreadableError("io_error", path, reason=getattr(error, "strerror", None) or str(error)) from error


_last: dict[str, tuple[tuple[int, int], Container]] = {}


def _kept(path: str, limits: Limits) -> Container:
    """An archive on disk, open from the last call if it is still the same."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a string, thousands of times
    except OSError:
        raise UnreadableError("missing", path) from None
    mark = status.st_mtime_ns, status.st_size
    if path not in _last or _last[path][0] != mark:
        _last.clear()
        file = _opened(path)
        _last[path] = mark, open_archive(file, path, NoBudget(limits))
    return _last[path][1]
