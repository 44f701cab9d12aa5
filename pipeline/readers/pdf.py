"""PDF files: pages with a text layer by pdfium, pages that are pictures (or whose text layer is none) by OCR.

pdfium reads the words with the place of each character; tables are found from the ruling lines that it gives, which is
some twenty times faster than a second reading by pdfplumber. A scan with the few words of a signature's stamp is a scan
all the same. The file is never written, signed or not.
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
from pipeline.readers.encodings import refuse_twice_encoded, vietnamese_share
from pipeline.readers.legacy import encoding_of, repaired
from pipeline.readers.pdf_page import PageContent, page_content
from pipeline.readers.pdf_text import Assembled, PageLayout, all_words, lay_out, text_of
from pipeline.readers.scans import read_scans, settled

_SCANNED = 0.5  # a page is a scan if pictures cover this share of it ...
_FEW = 200  # ... and it has fewer characters than this; a full page has 2,000 to 3,000
_LEAST_TEXT = 40  # characters: a document of fewer has page numbers and stamps, but no text
_JUDGED = 80  # words: a text of fewer is too short to tell whether it is Vietnamese
_LEAST_SHARE = 0.02  # of common Vietnamese syllables among them; sound texts have 0.2 and more, lists of names 0.05
_MOST_UNKNOWN = 0.05  # of characters that the file's fonts do not map to letters
_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]")


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a PDF. Raises UnreadableError (damaged_pdf, encrypted, too_many_pages, ocr_missing, ...)."""
    document = _open(data, path)
    try:
        contents, lost = _contents(document, path, limits)
        if not contents:
            raise UnreadableError("damaged_pdf", path)
        pages = {content.number: lay_out(content) for content in contents}
        counts = {number: sum(len(word.text) for word in all_words(page)) for number, page in pages.items()}
        pictures = {c.number for c in contents if c.image_share >= _SCANNED and counts[c.number] < _FEW}
        garbage = [number for number in pages if number not in pictures and _is_garbage(pages[number])]
        pictures.update(garbage)
        enough = sum(counts[number] for number in pages if number not in pictures) >= _LEAST_TEXT
        if not enough and not pictures:  # a few letters without a picture: text drawn as shapes
            pictures.update(pages)
        scans = read_scans(
            [(number, document[number - 1]) for number in sorted(pictures)], path, limits, needed=not enough
        )
    finally:
        document.close()
    for number in pictures:
        pages.pop(number)
    pages |= scans.pages
    made = text_of(pages, path, limits)
    refuse_twice_encoded(made.text, path)
    made, old = _in_unicode(made)
    if _is_none(made.text):
        raise UnreadableError("text_layer_garbage", path)
    behind = sum(content.image_share >= _SCANNED for content in contents if content.number not in pictures)
    return Source(
        text=made.text,
        path=path,
        sha256=sha256(data),
        media_type=PDF,
        reader=f"pdf (pdfium {pypdfium2.PDFIUM_INFO.build}{', ' + scans.engine if scans.engine else ''})",
        markup="styled",
        pages=made.pages,
        styles=made.styles,
        cells=made.cells,
        line_boxes=settled(made, scans),
        ocr=(behind + len(scans.pages)) * 2 > len(pages),  # a picture with text upon it: somebody's OCR
        ocr_confidence=scans.confidence,
        notes=(
            *_notes(list(pages.values()), garbage, lost, made.running),
            *((("encoding_converted", old),) if old else ()),
            *scans.notes,
        ),
    )


def _contents(document: Any, path: str, limits: Limits) -> tuple[list[PageContent], list[int]]:
    """The pages' contents, and the numbers of pages that can't be opened."""
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


def _open(data: bytes, path: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UnreadableError("encrypted" if locked else "damaged_pdf", path) from error


def _is_garbage(page: PageLayout) -> bool:
    """Whether a page's text layer is none: letters that the fonts do not map, OCR in another language. One in an old
    Vietnamese encoding is text; it is dealt with as such."""
    text = " ".join(word.text for word in all_words(page))
    return _is_none(text) and not encoding_of(text)


def _is_none(text: str) -> bool:
    judged = sum(any(map(str.isalpha, word)) for word in text.split()) >= _JUDGED
    unknown = len(_UNKNOWN.findall(text))
    return unknown > _MOST_UNKNOWN * len(text) or (judged and vietnamese_share(text) < _LEAST_SHARE)


def _in_unicode(made: Assembled) -> tuple[Assembled, str]:
    """The text with letters of an old encoding converted, everything else moved along; and that encoding's name."""
    found = repaired(made.text)
    if found is None:
        return made, ""
    boxes = (box._replace(edges=found.moved_edges(box.start, box.edges)) for box in made.line_boxes)
    moved = made._replace(
        text=found.text,
        pages=found.moved_runs(made.pages),
        styles=found.moved_runs(made.styles),
        cells=found.moved_runs(made.cells),
        line_boxes=found.moved_runs(boxes),
    )
    return moved, found.encoding


def _notes(
    pages: list[PageLayout], garbage: list[int], lost: list[int], running: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """What was left out or read another way: (warning code, detail)."""
    if stamps := [stamp for page in pages for stamp in page.stamps]:
        yield "stamps_left_out", "; ".join(dict.fromkeys(stamps))
    if garbage:
        yield "text_layer_ignored", ", ".join(map(str, garbage))
    if lost:
        yield "pages_damaged", ", ".join(map(str, lost))
    if running:
        yield "running_lines_left_out", "; ".join(running)
