"""Documents at web addresses, by the standard library: looked at by HEAD, fetched by GET."""

from __future__ import annotations

import base64
import http.client
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from urllib.request import Request, urlopen

from data import load
from pipeline.sources.address import SourceError, public, quoted, suffix_of, user_of, without_secrets
from pipeline.sources.document import Document, Opened, mark_of

SECONDS = 60.0  # for a server to answer, and between two pieces of what it sends
_PASSES = (408, 425, 429, 500, 502, 503, 504)  # answers that may be another one later


def look(address: str) -> Document:
    """What stands at an address. Raises SourceError."""
    try:
        with _asked(address, "HEAD") as answer:
            head = answer.headers
            size = _length(head)
            return Document(public(address), address, size, mark_of(size, head.get("ETag"), head.get("Last-Modified")))
    except SourceError as error:
        if error.values.get("reason", "").startswith(("405", "501")):  # a server that knows no HEAD
            return Document(public(address), address, None, None)
        raise


@contextmanager
def opened(document: Document) -> Iterator[Opened]:
    """The content of a document, and the suffix that tells its kind. Raises SourceError."""
    with _asked(document.location, "GET") as answer:
        yield Opened(answer, _suffix(document.location, answer.headers), _length(answer.headers))


def failure(address: str, error: Exception) -> SourceError:
    """What went wrong with an address, in words that hold nothing that opens it."""
    name = public(address)
    if isinstance(error, urllib.error.HTTPError):
        reason = f"{error.code} {error.reason}"
        if error.code in (404, 410):
            return SourceError("source_missing", name)
        if error.code in (401, 403, 407):
            return SourceError("source_refused", name, reason=reason)
        return SourceError("source_away" if error.code in _PASSES else "source_failed", name, reason=reason)
    reason = without_secrets(str(getattr(error, "reason", None) or error) or type(error).__name__, address)
    passes = isinstance(error, OSError | http.client.HTTPException) and not isinstance(error, http.client.InvalidURL)
    return SourceError("source_away" if passes else "source_failed", name, reason=reason)


@contextmanager
def _asked(address: str, method: str) -> Iterator[http.client.HTTPResponse]:
    try:
        request = Request(quoted(address), method=method, headers={"User-Agent": "kehoach"})
        if user := user_of(address):
            # Not sent on to another host that the answer may lead to.
            request.add_unredirected_header(
                "Authorization", f"Basic {base64.b64encode(':'.join(user).encode()).decode()}"
            )
        answer = urlopen(request, timeout=SECONDS)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise failure(address, error) from None
    with answer:
        yield answer


def _length(head: Message) -> int | None:
    length = head.get("Content-Length") or ""
    return int(length) if length.isdecimal() else None


def _suffix(address: str, head: Message) -> str:
    """By the address, else by the name that the server gives the file, else by the kind that it says it is."""
    from pipeline.readers import known_suffixes
    from pipeline.readers.archive import archive_suffixes

    by_kind: str = load("sources")["suffixes"].get(head.get_content_type(), "")
    known = (*known_suffixes(), *archive_suffixes())
    for suffix in (suffix_of(address), suffix_of(head.get_filename() or "")):
        if suffix in known:
            return suffix
    return by_kind
