"""PDF files with a text layer. A scan is refused: it needs OCR, and a few words of a stamp are no text.

pdfium reads the words with the place of each character; tables are found from the ruling lines that it gives, which is
some twenty times faster than a second reading by pdfplumber. The file is never written, signed or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import PDF, Limits, check_characters, sha256
from pipeline.readers.encodings import legacy_encoding, vietnamese_share
from pipeline.readers.pdf_page import PageContent, page_content
from pipeline.readers.pdf_text import PageLayout, all_words, assemble, lay_out

_SCANNED = 0.5  # a page is a scan if pictures cover this share of it ...
_FEW = 200  # ... and it has fewer characters than this; a full page has 2,000 to 3,000
_LEAST_TEXT = 40  # characters: a document of fewer has page numbers and stamps, but no text
_JUDGED = 80  # words: a text of fewer is too short to tell whether it is Vietnamese
_LEAST_SHARE = 0.02  # of common Vietnamese syllables among them; sound texts have 0.2 and more, lists of names 0.05
_MOST_UNKNOWN = 0.05  # of characters that the file's fonts do not map to letters
_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]")


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a PDF. Raises UnreadableError (damaged_pdf, encrypted, too_many_pages, needs_ocr, ...)."""
    contents, lost = _contents(data, path, limits)
    pages = [lay_out(content) for content in contents]
    counts = [sum(len(word.text) for word in all_words(page)) for page in pages]
    scans = [count < _FEW and page.image_share >= _SCANNED for count, page in zip(counts, contents, strict=True)]
    if sum(count for count, scan in zip(counts, scans, strict=True) if not scan) < _LEAST_TEXT:
        raise UnreadableError("needs_ocr" if contents else "damaged_pdf", path)
    made = assemble([page for page, scan in zip(pages, scans, strict=True) if not scan])
    check_characters(len(made.text), path, limits)
    _check_layer(made.text, path)
    behind = sum(page.image_share >= _SCANNED for page, scan in zip(contents, scans, strict=True) if not scan)
    return Source(
        text=made.text,
        path=path,
        sha256=sha256(data),
        media_type=PDF,
        reader=f"pdf (pdfium {pypdfium2.PDFIUM_INFO.build})",
        markup="styled",
        pages=made.pages,
        styles=made.styles,
        cells=made.cells,
        line_boxes=made.line_boxes,
        ocr=behind * 2 > len(scans) - sum(scans),  # a picture of the page with text upon it: somebody's OCR
        notes=tuple(_notes(pages, scans, lost, made.running)),
    )


def _contents(data: bytes, path: str, limits: Limits) -> tuple[list[PageContent], list[int]]:
    """The pages' contents, and the numbers of pages that can't be opened."""
    document = _open(data, path)
    try:
        count = len(document)
        if count > limits.pages:
            raise UnreadableError("too_many_pages", path, pages=f"{count:,}", limit=f"{limits.pages:,}")
        contents: list[PageContent] = []
        lost: list[int] = []
        characters = 0
        for index in range(count):
            try:
                contents.append(page_content(document, index))
            except pypdfium2.PdfiumError:
                lost.append(index + 1)
                continue
            characters += sum(len(word.text) for word in contents[-1].words)
            check_characters(characters, path, limits)
        return contents, lost
    finally:
        document.close()


def _open(data: bytes, path: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UnreadableError("encrypted" if locked else "damaged_pdf", path) from error


def _check_layer(text: str, path: str) -> None:
    """Refuse a text layer that is none: letters that the fonts do not map, old encodings, OCR in another language."""
    if guess := legacy_encoding(text):
        raise UnreadableError("legacy_encoding", path, encoding=guess)
    unknown = len(_UNKNOWN.findall(text))
    judged = sum(any(map(str.isalpha, word)) for word in text.split()) >= _JUDGED
    if unknown > _MOST_UNKNOWN * len(text) or (judged and vietnamese_share(text) < _LEAST_SHARE):
        raise UnreadableError("text_layer_garbage", path)


def _notes(
    pages: list[PageLayout], scans: list[bool], lost: list[int], running: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """What was left out: (warning code, detail)."""
    if stamps := [stamp for page in pages for stamp in page.stamps]:
        yield "stamps_left_out", "; ".join(dict.fromkeys(stamps))
    if any(scans):
        yield "pages_need_ocr", ", ".join(str(page.number) for page, scan in zip(pages, scans, strict=True) if scan)
    if lost:
        yield "pages_damaged", ", ".join(map(str, lost))
    if running:
        yield "running_lines_left_out", "; ".join(running)
