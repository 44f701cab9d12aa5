"""Pages that are pictures -> laid-out pages, with the way back from straightened words to the page as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extractors.vietnamese import NUMERALS
from models.text import LineBox
from pipeline.errors import UnreadableError
from pipeline.patience import PAGE_SECONDS, more_time
from pipeline.readers.base import Limits
from pipeline.readers.ocr import PagePicture, RecognisedPage, recognise_pages, require_engine
from pipeline.readers.pdf_layout import Block, Line
from pipeline.readers.pdf_text import Assembled, PageLayout, TableBlock, lay_out, lines_of

SCAN_DPI = 200.0  # what Tesseract reads best at the usual 13 points; more pixels make it slower and no surer
_UNSURE = 0.75  # mean sureness of a page: clean print has 0.9 and more
_ARRIVED = ("ĐẾN", "Ngày")  # what the stamp of an incoming paper says ...
_LONGEST_STAMP = 120  # ... in few letters
_DASH = re.compile(r"[~_=¬—–«»-]{1,3}")
_STROKES = re.compile(r"[IVXLl1|]{1,5}[.,]")
_ROMAN = {numeral: value for value, numeral in enumerate(NUMERALS) if numeral}
_FIVE = re.compile(r"[$§%]\.\d")


class ReadScans(NamedTuple):
    """The pages that were recognised, by number. `confidence` is the mean sureness of their words (0 to 1)."""

    pages: dict[int, PageLayout]
    found: dict[int, RecognisedPage]
    confidence: float | None
    engine: str
    notes: tuple[tuple[str, str], ...]


_NONE = ReadScans({}, {}, None, "", ())


def read_scans(pages: Sequence[tuple[int, Any]], path: str, limits: Limits, *, needed: bool) -> ReadScans:
    """Recognise pages of an open PDF. `needed`: without them there is nothing to read, so that a missing Tesseract is
    an error (UnreadableError); else a note says what was left out."""
    if not pages:
        return _NONE
    try:
        require_engine(path)
    except UnreadableError:
        if needed:
            raise
        return _NONE._replace(notes=(("pages_need_ocr", _numbers(number for number, _ in pages)),))
    return read_pictures((_picture(number, page) for number, page in pages), path, limits)


def read_pictures(pictures: Iterator[PagePicture], path: str, limits: Limits) -> ReadScans:
    """Recognise pages that are pictures. Raises UnreadableError where there is no Tesseract."""
    tesseract = require_engine(path)
    found: dict[int, RecognisedPage] = {}
    failed: list[int] = []
    for number, page in recognise_pages(pictures, tesseract, limits.page_seconds):
        if page is None:
            failed.append(number)
        else:
            found[number] = page
        more_time(PAGE_SECONDS)
    letters = {number: sum(len(word.text) for word in page.content.words) for number, page in found.items()}
    sure = {number: page.sure for number, page in found.items() if page.sure is not None}
    total = sum(letters[number] for number in sure)
    pages, renumbered = _renumbered({number: _tidied(lay_out(page.content)) for number, page in sorted(found.items())})
    return ReadScans(
        pages,
        found,
        sum(sure[number] * letters[number] for number in sure) / total if total else None,
        f"tesseract {tesseract.version}",
        tuple(_notes(failed, [number for number, value in sure.items() if value < _UNSURE], renumbered)),
    )


def _tidied(page: PageLayout) -> PageLayout:
    """A page without the ruled stamp of an office that a paper came to ("CÔNG VĂN ĐẾN: Số, Ngày, Chuyển"), whose lines
    begin as they are printed: Tesseract takes a dash for "~", "_" or "~—", the 5 of "5.2." for a "$"."""
    blocks: list[Block | TableBlock] = []
    stamps = list(page.stamps)
    for block in page.blocks:
        if isinstance(block, TableBlock):
            words = " ".join(line.text for _, lines in block.cells for line in lines)
            if len(words) < _LONGEST_STAMP and all(label in words for label in _ARRIVED):
                stamps.append(words)
                continue
            blocks.append(block._replace(cells=tuple((cell, tuple(map(_begun, lines))) for cell, lines in block.cells)))
        else:
            blocks.append([_begun(line) for line in block])
    return page._replace(blocks=tuple(blocks), stamps=stamps)


def _begun(line: Line) -> Line:
    first, *rest = line.words
    if rest and _DASH.fullmatch(first.text):
        return _with_first(line, "-")
    return _with_first(line, f"5{first.text[1:]}") if _FIVE.match(first.text) else line


def _with_first(line: Line, text: str) -> Line:
    """A line with another text for its first word, in the place of that."""
    first, *rest = line.words
    if len(text) == len(first.text):
        edges = first.edges
    else:
        step = (first.x1 - first.x0) / len(text)
        edges = (*(first.x0 + step * i for i in range(len(text))), first.x1)
    return line._replace(words=(first._replace(text=text, edges=edges), *rest))


def _renumbered(pages: dict[int, PageLayout]) -> tuple[dict[int, PageLayout], list[str]]:
    """The pages with the Roman numbers of their titles put right where the ones before and after leave no doubt ("I",
    "II", "II", "IV": Tesseract loses one stroke of three), and what was changed."""
    titles = [line for page in pages.values() for line in lines_of(page) if _numeral(line)]
    values = [_ROMAN.get(_numeral(line), 0) for line in titles]
    changed: dict[int, str] = {}
    for before, at, after in zip(values, range(1, len(values)), values[2:], strict=False):
        if after == before + 2 and values[at] != before + 1:
            values[at] = before + 1
            changed[id(titles[at])] = NUMERALS[before + 1]
    told = [f"{line.words[0].text} → {changed[id(line)]}." for line in titles if id(line) in changed]
    if not changed:
        return pages, told

    def put(line: Line) -> Line:
        return _with_first(line, changed[id(line)] + line.words[0].text[-1]) if id(line) in changed else line

    made = {
        number: page._replace(
            blocks=tuple(block if isinstance(block, TableBlock) else list(map(put, block)) for block in page.blocks)
        )
        for number, page in pages.items()
    }
    return made, told


def _numeral(line: Line) -> str:
    """The Roman number that a title in capitals begins with, as far as it can be read; "" for any other line."""
    first, *rest = line.words
    if not rest or not _STROKES.fullmatch(first.text) or not all(word.text.isupper() for word in rest[:2]):
        return ""
    return re.sub(r"[Ll1|]", "I", first.text[:-1])


def settled(made: Assembled, scans: ReadScans) -> tuple[LineBox, ...]:
    """The boxes of a text with those of recognised pages taken back to the pages as they are shown."""
    if not scans.found:
        return made.line_boxes
    boxes: list[LineBox] = []
    for box in made.line_boxes:
        page = scans.found.get(box.page)
        boxes.extend(_taken_back(box, made.text, page) if page is not None else (box,))
    return tuple(boxes)


def _taken_back(box: LineBox, text: str, page: RecognisedPage) -> Iterator[LineBox]:
    """A line of a straightened page word by word, each where it stands on the page as it lies."""
    if page.skew == 0.0:
        yield box
        return
    start = box.start
    while start < box.end:
        end = start + 1
        while end < box.end and not text[end].isspace():
            end += 1
        edges = box.edges[start - box.start : end - box.start + 1]
        x, y = page.back((edges[0] + edges[-1]) / 2, (box.y0 + box.y1) / 2)
        across, down = x - (edges[0] + edges[-1]) / 2, y - (box.y0 + box.y1) / 2
        yield LineBox(start, end, box.page, box.y0 + down, box.y1 + down, tuple(edge + across for edge in edges))
        start = end


def _picture(number: int, page: Any) -> PagePicture:
    """A page of a PDF as a picture."""
    try:
        bitmap = page.render(scale=SCAN_DPI / 72, rev_byteorder=True)
        return PagePicture(number, bitmap.to_pil().convert("RGB"), SCAN_DPI)
    finally:
        page.close()


def _notes(failed: list[int], unsure: list[int], renumbered: list[str]) -> Iterator[tuple[str, str]]:
    if failed:
        yield "pages_damaged", _numbers(failed)
    if unsure:
        yield "ocr_unsure", _numbers(unsure)
    if renumbered:
        yield "ocr_renumbered", "; ".join(renumbered)


def _numbers(numbers: Any) -> str:
    return ", ".join(map(str, numbers))
