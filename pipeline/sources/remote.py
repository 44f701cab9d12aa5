"""Documents in what fsspec opens: buckets ("s3://bucket/folder"), FTP, shares; each by the package that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from pipeline.errors import KehoachError
from pipeline.readers import known_suffixes
from pipeline.readers.archive import archive_suffixes
from pipeline.sources.address import SourceError, public, suffix_of, without_secrets
from pipeline.sources.document import Document, Opened, mark_of

# What stores say of a file that changes with it; each has some of these.
_SIGNS = ("ETag", "etag", "md5", "checksum", "LastModified", "last_modified", "updated", "mtime", "modify", "created")


def look(address: str) -> list[Document]:
    """The document at an address, or all those below it that a reader knows by their suffix, by name. Raises
    SourceError."""
    try:
        files, path = _opened(address)
        if files.isfile(path):
            return [_document(address, files.info(path))]
        found: dict[str, dict[str, Any]] = files.find(path, detail=True)
        if not found and not files.exists(path):
            raise SourceError("source_missing", public(address))
    except KehoachError:
        raise
    except Exception as error:  # each store has errors of its own
        raise failure(address, error) from None
    suffixes = (*known_suffixes(), *archive_suffixes())
    documents = []
    for name in sorted(found):
        below = name[len(path) :].strip("/")
        hidden = any(part.startswith((".", "~$")) for part in below.split("/"))
        if not hidden and name.lower().endswith(suffixes):
            documents.append(_document(f"{address.rstrip('/')}/{below}", found[name]))
    if not documents:
        raise SourceError("no_plans", public(address), suffixes=", ".join(sorted(known_suffixes())))
    return documents


@contextmanager
def opened(document: Document) -> Iterator[Opened]:
    """The content of a document. Raises SourceError."""
    try:
        files, path = _opened(document.location)
        file = files.open(path, "rb")
    except KehoachError:
        raise
    except Exception as error:
        raise failure(document.location, error) from None
    with file:
        yield Opened(file, suffix_of(document.name), document.size)


def failure(address: str, error: Exception) -> SourceError:
    """What went wrong with an address, in words that hold nothing that opens it."""
    name = public(address)
    reason = without_secrets(str(error) or type(error).__name__, address)
    if isinstance(error, FileNotFoundError):
        return SourceError("source_missing", name)
    if isinstance(error, PermissionError) or "redentials" in type(error).__name__:
        return SourceError("source_refused", name, reason=reason)
    if isinstance(error, ImportError):
        return SourceError("source_package", name, reason=reason)
    # Stores say in many ways that they can't be reached, and all of their errors but these are of that kind.
    passes = isinstance(error, OSError) or any(c.__name__ in _AWAY for c in type(error).__mro__)
    return SourceError("source_away" if passes else "source_failed", name, reason=reason)


_AWAY = ("HTTPClientError", "ConnectionError", "ClientConnectionError", "TimeoutError")


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    if find_spec("fsspec") is None:
        raise SourceError("sources_missing", public(address))
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    try:
        files, path = url_to_fs(address)
    except ValueError as error:  # a scheme that nobody knows
        reason = without_secrets(str(error), address)
        raise SourceError("source_scheme", public(address), reason=reason) from None
    files.invalidate_cache()  # what was listed before may have changed
    return files, str(path)


def _document(location: str, info: dict[str, Any]) -> Document:
    size = info.get("size")
    return Document(public(location), location, size, mark_of(size, *(info.get(sign) for sign in _SIGNS)))
