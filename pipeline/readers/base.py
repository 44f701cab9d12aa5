"""What every reader knows: the limits it keeps to, the formats there are, and how a document is refused."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from models.text import Source
from pipeline.errors import KehoachError, UnreadableError

MEBIBYTE = 1 << 20


class Limits(NamedTuple):
    """How much a reader takes on. A document beyond one of them is refused with a message that names the limit."""

    bytes: int = 200 * MEBIBYTE  # a plan of 300 pages scanned in colour has some 100 MB
    pages: int = 2000  # the longest provincial papers, appendices included, have a few hundred
    characters: int = 10_000_000  # 2000 full pages have some 6 million
    unpacked: int = 512 * MEBIBYTE  # of a ZIP, pictures included; a bomb has gigabytes
    xml: int = 64 * MEBIBYTE  # of all XML in a ZIP: parsed it takes ten times the room; 500 pages of Word have 15 MB
    members: int = 5_000  # files in a ZIP; a Word file with a picture on each page has some hundreds
    nesting: int = 5  # archives in archives; a mail with a ZIP of a department's ZIPs has three
    archive: int = 4096 * MEBIBYTE  # of all that an archive holds; the scans of a province in a year have some 2 GB
    ratio: int = 100  # ... and against its own size; text is packed to a tenth, blank scans to a fiftieth
    elements: int = 2_000_000  # of a web page; one of 500 pages saved by Word has some 100,000
    cells: int = 500_000  # of all tables of a document
    office_seconds: float = 60.0  # for the conversion of one file by LibreOffice; a long plan takes some five
    pixels: int = 200_000_000  # of one picture; a page of A3 at 600 dpi has some 70 million
    page_seconds: float = 120.0  # for the recognition of one page; a full page takes some two seconds


@cache
def configured() -> Limits:
    """The limits with what `KEHOACH_LIMITS` changes of them: names and numbers, as in "pages=500, pixels=1e8". Raises
    KehoachError for a name that is none or a value that is no number above 0."""
    limits = Limits()
    for change in filter(None, map(str.strip, os.environ.get("KEHOACH_LIMITS", "").split(","))):
        name, _, value = (part.strip() for part in change.partition("="))
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if name not in Limits._fields or not 0 < number < 1e18:
            raise KehoachError("limits_setting", change=change, names=", ".join(Limits._fields))
        limits = limits._replace(**{name: type(getattr(limits, name))(number)})
    return limits


Reader = Callable[[bytes, str, Limits], Source]


class Format(NamedTuple):
    """A format that can be read. `module` holds its `read(data, path, limits) -> Source` and is imported when the
    first such file comes, so that reading a text does not load what reads PDFs. `damaged` is the error for a file that
    bears the format's suffix and is something else."""

    media_type: str
    suffixes: tuple[str, ...]
    module: str
    damaged: str | None = None

    @property
    def read(self) -> Reader:
        reader: Reader = import_module(self.module).read
        return reader


TEXT = "text/plain"
MARKDOWN = "text/markdown"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
HTML = "text/html"
MHTML = "multipart/related"
IMAGE = "image/*"

FORMATS: dict[str, Format] = {
    entry.media_type: entry
    for entry in (
        Format(TEXT, (".txt", ".text"), "pipeline.readers.plain"),
        Format(MARKDOWN, (".md", ".markdown"), "pipeline.readers.plain"),
        Format(DOCX, (".docx", ".docm", ".dotx", ".dotm"), "pipeline.readers.word", "damaged_docx"),
        Format(DOC, (".doc", ".dot", ".wps"), "pipeline.readers.office", "damaged_office"),
        Format(RTF, (".rtf",), "pipeline.readers.office", "damaged_office"),
        Format(ODT, (".odt", ".ott"), "pipeline.readers.office", "damaged_office"),
        Format(HTML, (".html", ".htm", ".xhtml"), "pipeline.readers.html", "damaged_html"),
        Format(MHTML, (".mht", ".mhtml"), "pipeline.readers.html", "damaged_html"),
        Format(PDF, (".pdf",), "pipeline.readers.pdf", "damaged_pdf"),
        Format(
            IMAGE,
            (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
            "pipeline.readers.image",
            "damaged_image",
        ),
    )
}


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def check_characters(count: int, path: str, limits: Limits) -> None:
    """Refuse a text of more characters than the limit allows."""
    if count > limits.characters:
        raise UnreadableError("too_much_text", path, characters=f"{count:,}", limit=f"{limits.characters:,}")


def megabytes(count: int) -> str:
    """A size for people: "12.5 MB"."""
    return f"{count / MEBIBYTE:.1f} MB"
