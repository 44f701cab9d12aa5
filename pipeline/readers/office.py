"""Files of older and other word processors (.doc, .rtf, .odt): LibreOffice makes them .docx for the Word reader.

    prepare(paths)     converts what a batch holds of them in a few runs, before they are read one by one
    convert(contents)  the same for contents in memory
    read               what the registry calls: takes what is prepared, else converts the one file

What was converted is kept by the SHA-256 of the file (`pipeline/readers/kept.py`).
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import msgspec

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers import kept, word
from pipeline.readers.base import DOC, ODT, RTF, Limits, configured, sha256
from pipeline.readers.office_run import Converted, Office, convert_files, find_office

_RULES = "1"  # changes with whatever changes what a conversion gives
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = 512  # where the stream of a Word 97 file's text begins, nearly always
_ENCRYPTED = 0x01  # of the second byte of its flags (MS-DOC 2.5.2)
_FILES = 50  # in one run
_BYTES = 100 * (1 << 20)  # of one run


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a conversion; without a `docx` the file can't be opened by this version."""

    version: str
    docx: bytes


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of an office file. Raises UnreadableError (office_missing, damaged_office, encrypted,
    office_too_slow, office_died, and what the Word reader raises)."""
    kind = _kind(data)
    if kind is None:
        raise UnreadableError("damaged_office", path)
    if _is_encrypted(data):
        raise UnreadableError("encrypted", path)
    media_type, _ = kind
    digest = sha256(data)
    known = _load(digest)
    if known is None or not known.docx:
        office = find_office()
        if office is None:
            raise UnreadableError("office_missing", path)
        if known is None or known.version != office.version:
            (made,) = _convert(office, [(digest, data)], limits)
            if made.failed:
                raise UnreadableError(made.failed, path, seconds=f"{limits.office_seconds:g}")
            known = _Kept(office.version, made.docx)
        else:
            raise UnreadableError("damaged_office", path)
    try:
        source = word.read(known.docx, path, limits)
    except UnreadableError as error:
        if error.code == "damaged_docx":
            raise UnreadableError("damaged_office", path) from error
        raise
    reader = f"office (LibreOffice {known.version}) + {source.reader}"
    return msgspec.structs.replace(source, sha256=digest, media_type=media_type, reader=reader)


def prepare(paths: Iterable[str | Path], limits: Limits | None = None) -> int:
    """Convert the office files among these paths that were not converted before, and return how many were. What can't
    be read or converted is passed over: reading it tells why."""
    limits = limits or configured()
    return sum(not made.failed for made in convert(_contents(paths, limits), limits).values())


def convert(contents: Iterable[bytes], limits: Limits | None = None) -> dict[str, Converted]:
    """Convert the office files among these contents that were not converted before, in as few runs of the program as
    their size allows. What became of each, by its SHA-256; nothing where there is no LibreOffice."""
    limits = limits or configured()
    results: dict[str, Converted] = {}
    batch: list[tuple[str, bytes]] = []
    size = 0
    office: Office | None = None
    for data in contents:
        digest = sha256(data)
        if digest in results or _kind(data) is None or _is_encrypted(data) or _load(digest) is not None:
            continue
        office = office or find_office()
        if office is None:
            return {}
        if batch and (len(batch) >= _FILES or size + len(data) > _BYTES):
            results.update(_pairs(office, batch, limits))
            batch, size = [], 0
        if all(digest != other for other, _ in batch):
            batch.append((digest, data))
            size += len(data)
    if batch and office is not None:
        results.update(_pairs(office, batch, limits))
    return results


def _pairs(office: Office, batch: Sequence[tuple[str, bytes]], limits: Limits) -> Iterator[tuple[str, Converted]]:
    return zip((digest for digest, _ in batch), _convert(office, batch, limits), strict=True)


def _convert(office: Office, batch: Sequence[tuple[str, bytes]], limits: Limits) -> list[Converted]:
    """Convert files, and keep what came of it."""
    kinds = [_kind(data) for _, data in batch]
    files = [(kind[1] if kind else ".doc", data) for kind, (_, data) in zip(kinds, batch, strict=True)]
    made = convert_files(office, files, limits.office_seconds)
    for (digest, _), one in zip(batch, made, strict=True):
        if not one.failed or one.failed == "damaged_office":
            _save(digest, _Kept(office.version, one.docx))
    return made


def _contents(paths: Iterable[str | Path], limits: Limits) -> Iterator[bytes]:
    for path in paths:
        try:
            with Path(path).open("rb") as file:
                head = file.read(1024)
                if _kind(head, whole=False) is None or os.fstat(file.fileno()).st_size > limits.bytes:
                    continue
                yield head + file.read()
        except (OSError, ValueError):
            continue


def _kind(data: bytes, *, whole: bool = True) -> tuple[str, str] | None:
    """The media type of an office file and the suffix to give it; None for anything else. Of a file that is not
    `whole` a ZIP may be one."""
    if data.startswith(_OLE):
        return DOC, ".doc"
    if data.lstrip(b" \t\r\n\x00\xef\xbb\xbf").startswith(b"{\\rtf"):
        return RTF, ".rtf"
    if data.startswith(b"PK\x03\x04"):
        return (ODT, ".odt") if b"opendocument.text" in data[:200] or (whole and _is_odt(data)) else None
    head = data[:1024].replace(b"\x00", b"").lower()
    return (DOC, ".xml") if b"w:worddocument" in head or b'progid="word.document"' in head else None


def _is_odt(data: bytes) -> bool:
    return _member(data, "mimetype").startswith(b"application/vnd.oasis.opendocument.text")


def _is_encrypted(data: bytes) -> bool:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return True
        stream = data[_WORD_STREAM : _WORD_STREAM + 12]
        return stream[:2] == b"\xec\xa5" and len(stream) == 12 and bool(stream[11] & _ENCRYPTED)
    return data.startswith(b"PK\x03\x04") and b"encryption-data" in _member(data, "META-INF/manifest.xml")


def _member(data: bytes, name: str) -> bytes:
    """The beginning of a member of a ZIP; nothing where it can't be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(name) as member:
            return member.read(1 << 20)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        return b""


# --- what was converted before ------------------------------------------------------------------------------------


def _load(digest: str) -> _Kept | None:
    found = kept.load("office", _RULES, digest)
    try:
        return msgspec.msgpack.decode(found, type=_Kept) if found else None
    except msgspec.MsgspecError:
        return None


def _save(digest: str, made: _Kept) -> None:
    kept.save(msgspec.msgpack.encode(made), "office", _RULES, digest)
