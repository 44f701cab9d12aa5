"""Addresses ("https://...", "s3://bucket/folder"): what is one, and how it is called where everybody may read it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, unquote_plus, urlsplit, urlunsplit
from urllib.request import url2pathname

from data import load
from pipeline.errors import KehoachError

WEB = ("http", "https")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SUFFIX = re.compile(r"(?:\.tar)?\.[a-z0-9]{1,8}")


class SourceError(KehoachError):
    """A source that can't be listed or fetched; `path` names it without what opens it."""

    @property
    def passes(self) -> bool:
        """Whether trying again may help: the source is away, and not refused or missing."""
        return self.code == "source_away"


def is_address(source: str) -> bool:
    """Whether a source is no path."""
    return _ADDRESS.match(source) is not None


def scheme_of(address: str) -> str:
    """What an address begins with, in lower case."""
    return address.partition("://")[0].lower()


def local_path(address: str) -> str:
    """The path that an address of this machine ("file:///...") means."""
    return url2pathname(urlsplit(address).path) if scheme_of(address) == "file" else address


def public(address: str) -> str:
    """An address without what opens it: no user, no password, no keys and signatures; of a web page no fragment."""
    scheme, _, rest = address.partition("://")
    rest, mark, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    if scheme_of(address) in WEB:
        query, path = query.partition("#")[0], path.partition("#")[0] if not query else path
    query = "&".join(pair for pair in query.split("&") if not _is_secret(pair))
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}{mark if query else ''}{query}"


def has_secret(address: str) -> bool:
    """Whether an address holds something that opens it."""
    return is_address(address) and bool(_secrets_of(address))


def without_secret(address: str) -> str:
    """A source that everybody may read. Raises SourceError (source_secret)."""
    if has_secret(address):
        raise SourceError("source_secret", public(address))
    return address


def without_secrets(words: str, address: str) -> str:
    """Words of a library about an address, which may repeat it, without what opens it."""
    words = words.replace(address, public(address))
    for secret in _secrets_of(address):
        words = words.replace(secret, "***")
    return words


def quoted(address: str) -> str:
    """An address as a request takes it: letters beyond ASCII and blanks as bytes."""
    parts = urlsplit(address)
    return urlunsplit((
        parts.scheme,
        parts.netloc.rpartition("@")[2].encode("idna").decode(),
        quote(parts.path, safe="/%:@!$&'()*+,;=~"),
        quote(parts.query, safe="/%:@!$&'()*+,;=~?"),
        "",
    ))  # fmt: skip


def user_of(address: str) -> tuple[str, str] | None:
    """The user and password in an address."""
    user, at, _ = urlsplit(address).netloc.rpartition("@")
    name, _, password = user.partition(":")
    return (unquote(name), unquote(password)) if at else None


def suffix_of(name: str) -> str:
    """The suffix of a file's name, in lower case, "" where it is none; nothing in it leads out of a folder."""
    path = unquote(urlsplit(name).path if scheme_of(name) in WEB else name).lower()
    suffix = ".tar.gz" if path.endswith(".tar.gz") else PurePosixPath(path).suffix
    return suffix if _SUFFIX.fullmatch(suffix) else ""


@cache
def _secret_names() -> re.Pattern[str]:
    return re.compile(load("sources")["secrets"], re.IGNORECASE)


def _is_secret(pair: str) -> bool:
    return _secret_names().fullmatch(unquote_plus(pair.partition("=")[0])) is not None


def _secrets_of(address: str) -> list[str]:
    rest, _, query = address.partition("://")[2].partition("?")
    user = rest.partition("/")[0].rpartition("@")[0]
    values = [pair.partition("=")[2] for pair in query.split("&") if _is_secret(pair)]
    return [form for value in (user, user.partition(":")[2], *values) for form in (value, unquote(value)) if form]
