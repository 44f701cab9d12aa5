"""Which files a person means: files, folders with all that is below them, and patterns that the shell left alone."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Protocol

from pipeline.errors import KehoachError, UnreadableError
from pipeline.readers import configured, known_suffixes
from pipeline.readers.archive import INSIDE, archive_suffixes, load, on_disk, split
from pipeline.readers.base import FORMATS, MARKDOWN, TEXT
from pipeline.store.finding import absolute

_BLOCK = 1 << 20
_HEAD = 1024
_PLAIN = (*FORMATS[TEXT].suffixes, *FORMATS[MARKDOWN].suffixes)
# First bytes of what is read by its content, whatever its name: ZIP (Word), OLE (old Word), RTF, pictures.
_MARKS = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"RIFF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
)


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self, size: int, /) -> bytes: ...


def find_files(paths: Iterable[str | Path]) -> tuple[list[str], list[KehoachError]]:
    """The absolute paths of all files that `paths` mean, each once, and what is wrong with those that mean none.

    A folder gives the files below it that a reader knows by their suffix, and archives and mails, in the order of their
    names; hidden files and the lock files of Word are left out and links to folders not followed. A file that is named
    itself is taken whatever its name, and so is one in an archive ("a.zip!/b.docx"). A path that is not there but has
    `*`, `?` or `[` in it is a pattern (`**`: any depth).
    """
    found: dict[str, None] = {}
    errors: list[KehoachError] = []
    for given in map(str, paths):
        try:
            for path in _expand(given, errors):
                shown = path.encode(errors="backslashreplace").decode()
                if shown == path:
                    found[path] = None
                else:  # bytes that are no text can't be kept in a database
                    errors.append(UnreadableError("file_name", shown))
        except KehoachError as error:
            errors.append(error)
    return list(found), errors


def is_anything(given: str) -> bool:
    """Whether there is a file, a folder or something of a pattern's, where `find_files` would look for this path."""
    path = on_disk(given)
    return os.path.lexists(path) or next(glob.iglob(path, recursive=True), None) is not None  # noqa: PTH207


def _expand(given: str, errors: list[KehoachError]) -> Iterator[str]:
    """The files of one path; what can't be listed inside a folder is added to `errors`."""
    if inside := split(given):
        yield f"{absolute(inside[0])}{INSIDE}{inside[1]}"
        return
    if os.path.lexists(given):
        matches = [given]
    elif not (matches := sorted(glob.glob(given, recursive=True))):  # noqa: PTH207 - absolute patterns too
        raise UnreadableError("missing", given)
    for match in matches:
        if not Path(match).is_dir():
            yield absolute(match)
        elif below := list(_walk(match, errors)):
            yield from below
        else:
            raise UnreadableError("no_plans", match, suffixes=", ".join(sorted(known_suffixes())))


def _walk(folder: str, errors: list[KehoachError]) -> Iterator[str]:
    def note(error: OSError) -> None:
        errors.append(UnreadableError("io_error", str(error.filename), reason=error.strerror or str(error)))

    suffixes = (*known_suffixes(), *archive_suffixes())
    for place, folders, files in os.walk(absolute(folder), onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower().endswith(suffixes):
                yield absolute(os.path.join(place, name))  # noqa: PTH118 - os.walk gives strings


class Fingerprint(NamedTuple):
    """A file's content: its SHA-256 (hexadecimal), its size in bytes, and whether it is plain text by its name and its
    beginning."""

    sha256: str
    size: int
    plain: bool


def fingerprint(path: str, limit: int | None = None) -> Fingerprint | None:
    """The fingerprint of a file, or of one in an archive.

    None where the readers would refuse to open it (a pipe, a file of more than `limit` bytes), or it can't be read:
    they word the reason.
    """
    try:
        if split(path):
            return fingerprint_of(BytesIO(load(path)), path)
        status = os.stat(path)  # noqa: PTH116 - a string, thousands of times
        if not stat.S_ISREG(status.st_mode) or status.st_size > (limit or configured().bytes):
            return None
        with Path(path).open("rb") as file:
            return fingerprint_of(file, path)
    except (OSError, UnreadableError):
        return None


def fingerprint_of(file: Readable, name: str) -> Fingerprint:
    """The fingerprint of what is left to read of an open file."""
    digest, size, head = hashlib.sha256(), 0, b""
    while block := file.read(_BLOCK):
        head = head or block[:_HEAD]
        digest.update(block)
        size += len(block)
    return Fingerprint(digest.hexdigest(), size, _is_plain(head, name))


def _is_plain(head: bytes, name: str) -> bool:
    foreign = b"%PDF-" in head or b"<html" in head.lower() or head.startswith(_MARKS)
    return Path(name).suffix.lower() in _PLAIN and not foreign
