"""Which format a file is in: by its content first, by its suffix where the content does not say."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

from pipeline.errors import UnreadableError
from pipeline.readers.base import DOC, DOCX, FORMATS, HTML, IMAGE, MARKDOWN, MHTML, ODT, PDF, RTF, TEXT, Format
from pipeline.readers.encodings import decode

_SPACE = b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"  # white space and the bytes of byte order marks
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97 to 2003, and of encrypted Word files

# First bytes of pictures.
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")

# First bytes of what is known and not read, with the error that says what to do about it.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "unsupported_archive"),
    (b"Rar!\x1a\x07", "unsupported_archive"),
    (b"\x1f\x8b\x08", "unsupported_archive"),
    (b"BZh", "unsupported_archive"),
    (b"\xfd7zXZ\x00", "unsupported_archive"),
)
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta\s)[\s>]?", re.IGNORECASE)
_OLD_XML = re.compile(rb"<w:worddocument\s|progid=.word\.document.", re.IGNORECASE)  # of Word 2003
_MAIL = re.compile(rb"^(?:mime-version|content-type):", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(rb"(?:[!-9;-~]{1,60}:[^\n]{0,400}\n(?:[ \t][^\n]{0,400}\n){0,20}){1,40}")

_FOREIGN_SUFFIXES = {
    ".heic": "unsupported_image",
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"), "unsupported_archive"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods"), "unsupported_spreadsheet"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "unsupported_presentation"),
}


def sniff(data: bytes, path: str) -> Format:
    """The format to read `data` as; raises UnreadableError for an empty file and for every kind that is not read."""
    suffix = PurePath(path).suffix.lower()
    if not data.strip(_SPACE):
        raise UnreadableError("empty", path)
    head = data[:1024]
    if head.lstrip(_SPACE).startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head):
        return FORMATS[PDF]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, path, suffix)
    if data.startswith(_OLE):
        return _ole(data, path, suffix)
    if head.lstrip(_SPACE).startswith(b"{\\rtf"):
        return FORMATS[RTF]
    if _OLD_XML.search(head.replace(b"\x00", b"")):
        return FORMATS[DOC]
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or any(_begins(data, magic) for magic in _PICTURES):
        return FORMATS[IMAGE]
    for magic, code in _FOREIGN:
        if _begins(data, magic):
            raise UnreadableError(code, path)
    if is_mail(data) and suffix not in FORMATS[TEXT].suffixes:
        return FORMATS[MHTML]
    if _is_page(data, suffix):
        return FORMATS[HTML]
    return _text(data, path, suffix)


def is_mail(data: bytes) -> bool:
    """Whether a file is a message, as an archive of a web page is: it begins with header lines, one of MIME's among
    them."""
    head = _HEADERS.match(data[:4096].lstrip(_SPACE))
    return head is not None and _MAIL.search(head[0]) is not None


def _is_page(data: bytes, suffix: str) -> bool:
    """Whether a file is a web page. A text may speak of HTML: there the page has to be all of it, since converters to
    Markdown write a table as a page of its own."""
    head = data[:1024].replace(b"\x00", b"").lstrip(_SPACE)  # UTF-16
    found = _WEB.search(head)
    if found is None or suffix not in (*FORMATS[TEXT].suffixes, *FORMATS[MARKDOWN].suffixes):
        return found is not None
    return found.start() == 0 and not data.partition(b"</html>")[2].strip(_SPACE)


def _begins(data: bytes, magic: bytes) -> bool:
    """Whether a file begins so. "BM" and "BZh" are letters too: a text may begin with them."""
    return data.startswith(magic) and (len(magic) > 3 or b"\x00" in data[:1024])


def _text(data: bytes, path: str, suffix: str) -> Format:
    """Content without a mark of its own: the suffix decides, and what has none that is known must be text."""
    by_suffix = next((entry for entry in FORMATS.values() if suffix in entry.suffixes), None)
    if by_suffix is not None:
        if by_suffix.media_type == HTML and b"<" in data:
            return by_suffix
        if by_suffix.media_type == DOC and _is_text(data, path):
            return FORMATS[TEXT]
        if by_suffix.damaged:
            raise UnreadableError(by_suffix.damaged, path)
        return by_suffix
    try:
        decode(data, path)
    except UnreadableError as error:
        if error.code == "legacy_encoding":
            raise
        raise UnreadableError(_FOREIGN_SUFFIXES.get(suffix, "unknown_type"), path) from error
    return FORMATS[TEXT]


def _is_text(data: bytes, path: str) -> bool:
    try:
        decode(data, path)
    except UnreadableError:
        return False
    return True


def _zip(data: bytes, path: str, suffix: str) -> Format:
    """A ZIP is what its members make it: a Word file, another office's file, or an archive."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names and _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        word = suffix in FORMATS[DOCX].suffixes or b"word/document" in data
        code = "damaged_docx" if word else _FOREIGN_SUFFIXES.get(suffix, "unsupported_archive")
        raise UnreadableError(code, path) from None
    if "word/document.xml" in names:
        return FORMATS[DOCX]
    if b"opendocument.text" in kind:
        return FORMATS[ODT]
    if b"opendocument.spreadsheet" in kind or "xl/workbook.xml" in names:
        raise UnreadableError("unsupported_spreadsheet", path)
    if b"opendocument.presentation" in kind or "ppt/presentation.xml" in names:
        raise UnreadableError("unsupported_presentation", path)
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return FORMATS[DOCX]
    if suffix in FORMATS[DOCX].suffixes:
        raise UnreadableError("damaged_docx", path)
    raise UnreadableError(_FOREIGN_SUFFIXES.get(suffix, "unsupported_archive"), path)


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size <= 1000


def _ole(data: bytes, path: str, suffix: str) -> Format:
    """A file in Microsoft's old container: encrypted, Excel, PowerPoint, else Word."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("encrypted", path)
    if suffix in _FOREIGN_SUFFIXES:
        raise UnreadableError(_FOREIGN_SUFFIXES[suffix], path)
    for stream, code in (("Workbook", "unsupported_spreadsheet"), ("PowerPoint Document", "unsupported_presentation")):
        if stream.encode("utf-16-le") in data:
            raise UnreadableError(code, path)
    return FORMATS[DOC]
