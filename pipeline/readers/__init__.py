"""Files -> Source: one module per format, one registry by media type.

    read(path)               a file on disk, or one in an archive ("a.zip!/b.docx", see `archive`)
    read_bytes(data, path)   one that is in memory already, as an upload is
    known_suffixes()         what a walk over a folder picks up

A format joins by an entry in `base.FORMATS` and a module with `read(data, path, limits) -> Source`; its recognition is
in `sniff`. Whatever can't be read is refused with an UnreadableError whose code is worded in `data/messages.toml`:
a reader never returns a Source without text.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import FORMATS, Limits, configured, megabytes
from pipeline.readers.sniff import sniff

__all__ = ["Limits", "configured", "known_suffixes", "read", "read_bytes"]


def read(path: str | Path, *, limits: Limits | None = None) -> Source:
    """Read a file; `Source.path` is the path as given, with forward slashes. Raises UnreadableError.

    Of an archive or a mail with one document in it, this is read, and named "a.zip!/b.docx".
    """
    from pipeline.readers import archive

    limits = limits or configured()
    shown = os.fspath(path).replace(os.sep, "/")
    if archive.split(shown) is None and archive.is_archive(shown):
        shown = archive.only_document(shown, limits)
    data = archive.load(shown, limits) if archive.split(shown) else _load(path, shown, limits)
    return read_bytes(data, shown, limits=limits)


def read_bytes(data: bytes, path: str, *, limits: Limits | None = None) -> Source:
    """Read a file's content; `path` names it and gives its suffix. Raises UnreadableError."""
    limits = limits or configured()
    if len(data) > limits.bytes:
        raise UnreadableError("too_large", path, size=megabytes(len(data)), limit=megabytes(limits.bytes))
    return sniff(data, path).read(data, path, limits)


def known_suffixes() -> frozenset[str]:
    """The suffixes of files that can be read, in lower case with their dot."""
    return frozenset(suffix for entry in FORMATS.values() for suffix in entry.suffixes)


def _load(path: str | Path, shown: str, limits: Limits) -> bytes:
    """The bytes of a file. Its size is looked at first, so that one beyond the limit is never loaded."""
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError("folder", shown)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not_a_file", shown)
        if status.st_size > limits.bytes:
            raise UnreadableError("too_large", shown, size=megabytes(status.st_size), limit=megabytes(limits.bytes))
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableError("missing", shown) from None
    except PermissionError:
        raise UnreadableError("no_permission", shown) from None
    except (OSError, ValueError) as error:  # an over-long name, a name with a NUL, a broken disk
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError("io_error", shown, reason=reason) from error
