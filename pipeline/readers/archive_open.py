"""Opens archives and mails: their members by cleaned names, each read in memory, within the limits of the whole."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from stat import S_ISLNK
from typing import IO, Literal, Protocol

from pipeline.errors import UnreadableError
from pipeline.readers.archive_names import Names, decoded, mail_name, zip_name
from pipeline.readers.base import FORMATS, Limits, megabytes

INSIDE = "!/"
Kind = Literal["zip", "tar", "mail"]

_HEAD = 1024
_FREE = 64 << 20  # bytes that even the smallest archive may unpack to; beyond it the ratio counts
_PK = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b\x08"
# What can't be opened, by its first bytes, or by its suffix with the error that says what to do.
_SEALED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", _GZIP, b"\xfd7zXZ\x00")
_SEALED_SUFFIXES = {
    ".7z": "unsupported_archive",
    ".rar": "unsupported_archive",
    ".msg": "unsupported_msg",
    "winmail.dat": "unsupported_msg",
}
_SUFFIXES: dict[str, Kind] = {".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tar.gz": "tar", ".eml": "mail"}
_OFFICE = re.compile(r"\.(?:doc|dot|xls|xlt|xlsb|ppt|pot|pps)[xm]?$|\.(?:od[tsp]|epub|jar)$", re.IGNORECASE)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, IndexError,
    NotImplementedError, RuntimeError, RecursionError, MemoryError,
)  # fmt: skip


def archive_suffixes() -> tuple[str, ...]:
    """The suffixes of what is opened, or refused with a word on what to do, rather than passed over."""
    return (*_SUFFIXES, *_SEALED_SUFFIXES)


class Budget:
    """What an archive, with all archives in it, may still unpack to."""

    def __init__(self, limits: Limits, size: int) -> None:
        self.limits = limits
        self.allowed = min(limits.archive, max(_FREE, limits.ratio * size))
        self.unpacked = 0
        self.members = 0

    def take(self, count: int, path: str) -> None:
        """Count `count` bytes of the member `path`. Raises ExceededError."""
        self.unpacked += count
        if self.unpacked > self.allowed:
            raise ExceededError("archive_too_large", path, limit=megabytes(self.allowed))

    def take_member(self, path: str) -> None:
        """Count a member. Raises ExceededError."""
        self.members += 1
        if self.members > self.limits.members:
            raise ExceededError("archive_too_many", path, limit=f"{self.limits.members:,}")


class NoBudget(Budget):
    """For an archive that was walked through before, within its limits."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, 0)

    def take(self, count: int, path: str) -> None:
        pass


class ExceededError(UnreadableError):
    """A limit of the whole archive: nothing more of it is read."""


class Container(Protocol):
    """An open archive. `path` names it; members go by their cleaned names."""

    path: str

    def names(self) -> Iterator[str]:
        """Its members that are files, in their order; what is read of one is read before the next is asked for."""

    def read(self, name: str) -> bytes:
        """A member's content. Raises KeyError, UnreadableError."""

    def opened(self, name: str) -> Container:
        """A member that is an archive itself, kept for the next call. Raises KeyError, UnreadableError."""


def kind_of(file: IO[bytes], path: str) -> Kind | None:
    """Which kind of archive an open file is. Raises UnreadableError for one that can't be opened."""
    head = file.read(_HEAD)
    name = path.lower()
    by_name = next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), None)
    if head.startswith(b"%PDF-"):
        return None  # whatever it is called
    if head.startswith(_PK):
        return None if _OFFICE.search(name) or _is_office(file, by_name) else "zip"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(_GZIP) and (by_name == "tar" or _holds_tar(file)):
        return "tar"
    for magic in _SEALED:
        if head.startswith(magic):
            raise UnreadableError("unsupported_archive", path)
    for suffix, code in _SEALED_SUFFIXES.items():
        if name.endswith(suffix):
            raise UnreadableError(code, path)
    return by_name


def _is_office(file: IO[bytes], by_name: Kind | None) -> bool:
    """Whether a ZIP is a document (of Word, of LibreOffice) and not a folder of files."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as opened:
            names = opened.NameToInfo
            return "[Content_Types].xml" in names or "mimetype" in names
    except _BROKEN:
        return by_name is None


def _holds_tar(file: IO[bytes]) -> bool:
    try:
        file.seek(0)
        with gzip.GzipFile(fileobj=file) as opened:
            return opened.read(_HEAD)[257:262] == b"ustar"
    except _BROKEN:
        return False


def open_archive(file: IO[bytes], path: str, budget: Budget) -> Container:
    """Open an archive."""
    file.seek(0)
    kind = kind_of(file, path)
    file.seek(0)
    try:
        match kind:
            case "zip":
                return _Zip(file, path, budget)
            case "tar":
                return _Tar(file, path, budget)
            case "mail":
                return _Mail(file, path, budget)
    except _BROKEN as error:
        raise UnreadableError("damaged_archive", path) from error
    raise UnreadableError("unsupported_archive", path)


class _Nested:
    """What all containers do: remember the archive inside them that was opened last."""

    path: str
    budget: Budget
    _inner: tuple[str, Container] | None = None

    def read(self, name: str) -> bytes:
        raise NotImplementedError

    def opened(self, name: str) -> Container:
        if self._inner is None or self._inner[0] != name:
            container = open_archive(io.BytesIO(self.read(name)), f"{self.path}{INSIDE}{name}", self.budget)
            self._inner = name, container
        return self._inner[1]

    def _checked(self, size: int, name: str) -> str:
        """The path of a member of so many bytes. Raises UnreadableError where they are too many."""
        path = f"{self.path}{INSIDE}{name}"
        limit = self.budget.limits.bytes
        if size > limit:
            raise UnreadableError("too_large", path, size=megabytes(size), limit=megabytes(limit))
        return path


class _Zip(_Nested):
    def __init__(self, file: IO[bytes], path: str, budget: Budget) -> None:
        self.path, self.budget = path, budget
        self.zip = zipfile.ZipFile(file)
        given = Names()
        # Nothing of more members than the limit is looked at; the walk says so when it comes to it.
        infos = self.zip.infolist()[: budget.limits.members + 1]
        files = (info for info in infos if not info.is_dir() and not S_ISLNK(info.external_attr >> 16))
        self.members = {given.give(zip_name(info)): info for info in files}

    def names(self) -> Iterator[str]:
        yield from self.members

    def read(self, name: str) -> bytes:
        info = self.members[name]
        path = self._checked(info.file_size, name)
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", path)
        if info.compress_type not in _PACKED:
            raise UnreadableError("archive_method", path, method=str(info.compress_type))
        self.budget.take(info.file_size, path)
        try:
            return self.zip.read(info)
        except _BROKEN as error:
            raise UnreadableError("damaged_member", path) from error


class _Tar(_Nested):
    """A tar is a tape: members come in their order, and one that lies behind is reached by winding back."""

    def __init__(self, file: IO[bytes], path: str, budget: Budget) -> None:
        self.path, self.budget, self.file = path, budget, file
        self._wind_back()

    def _wind_back(self) -> None:
        self.file.seek(0)
        packed = self.file.read(len(_GZIP)) == _GZIP
        self.file.seek(0)
        stream = gzip.GzipFile(fileobj=self.file) if packed else self.file
        self.tape = _Tape(stream, lambda count: self.budget.take(count, self.path) if packed else None)
        self.tar = tarfile.open(fileobj=self.tape, mode="r|", errors="surrogateescape")  # noqa: SIM115
        self.given = Names()
        self.at: tuple[str, tarfile.TarInfo] | None = None
        self.used = False

    def names(self) -> Iterator[str]:
        while self._next():
            assert self.at is not None
            yield self.at[0]

    def _next(self) -> bool:
        """Go on to the next file; False at the end."""
        try:
            while (info := self.tar.next()) is not None:
                self.tar.members.clear()  # type: ignore[attr-defined]  # which tarfile keeps for ever
                if info.isreg():
                    raw = info.name.encode("utf-8", "surrogateescape")
                    self.at = self.given.give(decoded(raw)), info
                    self.used = False
                    return True
        except ExceededError:
            raise
        except _BROKEN as error:
            raise UnreadableError("damaged_archive", self.path) from error
        self.at = None
        return False

    def read(self, name: str) -> bytes:
        if self.at is None or self.at[0] != name or self.used:
            if self.at is None or name in self.given.taken:
                self._wind_back()
            while self._next():
                if self.at and self.at[0] == name:
                    break
            else:
                raise KeyError(name)
        assert self.at is not None
        info = self.at[1]
        path = self._checked(info.size, name)
        self.used = True
        if info.issparse():
            self.budget.take(info.size, path)  # holes are not on the tape
        try:
            opened = self.tar.extractfile(info)
            assert opened is not None
            data = opened.read()
        except ExceededError as error:
            raise ExceededError(error.code, path, **error.values) from None
        except _BROKEN as error:
            raise UnreadableError("damaged_member", path) from error
        if len(data) != info.size:
            raise UnreadableError("damaged_member", path)
        return data


class _Tape(io.RawIOBase):
    """A stream that tells how much was read of it."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, on_read: Callable[[int], None]) -> None:
        self.stream = stream
        self.on_read = on_read

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.on_read(len(data))
        return data


def _size(file: IO[bytes]) -> int:
    at = file.tell()
    size = file.seek(0, io.SEEK_END)
    file.seek(at)
    return size


class _Mail(_Nested):
    """The attachments of a mail, and of the mails that it forwards."""

    def __init__(self, file: IO[bytes], path: str, budget: Budget) -> None:
        self.path, self.budget = path, budget
        if _size(file) > budget.limits.bytes:
            raise UnreadableError("too_large", path, size=megabytes(_size(file)), limit=megabytes(budget.limits.bytes))
        message = BytesParser(policy=compat32).parse(file)
        given = Names()
        self.parts: dict[str, Message] = {}
        for number, part in enumerate(message.walk(), start=1):
            if not part.is_multipart() and (name := _attachment_name(part, number)):
                self.parts[given.give(name)] = part
        if not self.parts and not message.keys():
            raise UnreadableError("damaged_archive", path)

    def names(self) -> Iterator[str]:
        yield from self.parts

    def read(self, name: str) -> bytes:
        part = self.parts[name]
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        self.budget.take(len(data), self._checked(len(data), name))
        return data


def _attachment_name(part: Message, number: int) -> str | None:
    """What an attachment is called; None for the mail's own words and the pictures in them."""
    name = mail_name(part)
    kind = part.get_content_type()
    if part.get_content_maintype() == "image" and (
        part.get("Content-ID") or part.get_content_disposition() != "attachment"
    ):
        return None
    if name and name.strip():
        return name
    if part.get_content_maintype() in ("text", "multipart", "message") and part.get_content_disposition() is None:
        return None
    suffix = next((entry.suffixes[0] for entry in FORMATS.values() if entry.media_type == kind), "")
    return f"attachment-{number}{suffix}"
