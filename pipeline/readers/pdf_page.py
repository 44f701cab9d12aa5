"""What stands on one PDF page, as plain values: words with the place of each character, ruling lines, pictures.

Everything is in points from the top left corner of the page as it is shown (its rotation and crop applied), with y
downwards. Only this module, `pdf_objects` and `pdf` call pdfium; none of its objects leaves them.
"""

from __future__ import annotations

import ctypes
import math
import re
from functools import cache
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from data import load
from pipeline.readers.pdf_objects import Matrix, Rule, read_objects

_BOLD_FONT = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # flag of a font descriptor (ISO 32000-1, table 123)
_STROKED = 2  # text render mode: filled and stroked, how Word embolds a font that has no bold
_SHOWN = frozenset((3, 13, 20))  # annotations that print text: free text, stamp, form field or signature
_HYPHENS = "\x02\ufffe\u00ad"  # how pdfium and some fonts give a hyphen that is printed
_FAR = 20_000.0  # points: pages are no larger (ISO 32000-1, annex C); what lies farther out was damaged
_SLANT = 0.12  # of a quarter turn: scans are askew by less, watermarks by more
_BLANKS = frozenset([*map(chr, range(2)), *map(chr, range(3, 33)), *"\u00a0\u2002\u2003\u2009\u200b\ufeff\u3000"])
_NO_SPACE = 0.25  # of a line's height: a gap between characters as wide as this parts two words


_Box = tuple[float, float, float, float]  # left, top, right, bottom


class Word(NamedTuple):
    """A run of characters without a blank. `base` is the baseline, `edges` the left edge of each character and the
    right edge of the last, `order` its place in the file's own order, `turn` its direction in quarter turns; `stamped`
    if an annotation prints it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    edges: tuple[float, ...]
    bold: bool
    order: int
    turn: int = 0
    stamped: bool = False

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


class PageContent(NamedTuple):
    """One page. `image_share` is the part of it that pictures cover (0 to 1), `stamps` what signature stamps say."""

    number: int
    width: float
    height: float
    words: list[Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    image_share: float
    stamps: list[str]
    turned: bool


def page_content(document: Any, index: int) -> PageContent:
    """Read page `index` (from 0) of an open pypdfium2 document.

    A page whose text is mostly printed sideways (a table turned without turning the page) is read as if it were turned
    upright; `turned` says so, since its places are then not those of the page as shown.
    """
    page = document[index]
    try:
        width, height = page.get_size()
        if not (0 < width < _FAR and 0 < height < _FAR):
            raise pypdfium2.PdfiumError(f"page {index + 1} has no size")
        view = _view(page, width, height)
        text_page = page.get_textpage()
        before = pdfium.FPDFText_CountChars(text_page)
        rects = _annotations(page)
        if rects:
            # Numbers and dates are often stamped on at release and live in annotations, which have no text of their
            # own. Flattened (in memory; the file stays as it is) they are read like everything else.
            text_page.close()
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
            text_page = page.get_textpage()
        try:
            text = _text_of(text_page)
            words, added = _Characters(text_page.raw, view).words(text, before)
            turn = _main_turn(words)
            if turn:
                view = _upright(turn, width, height).after(view)
                words, added = _Characters(text_page.raw, view).words(text, before)
                if turn % 2:
                    width, height = height, width
        finally:
            text_page.close()
        horizontal, vertical, covered = read_objects(page, view)
    finally:
        page.close()
    kept, stamps = _without_stamps(words, added, [view.box(*rect) for rect in rects])
    share = min(covered / (width * height), 1.0)
    return PageContent(index + 1, width, height, kept, horizontal, vertical, share, stamps, bool(turn))


def _main_turn(words: list[Word]) -> int:
    """The direction of most of a page's characters, in quarter turns."""
    characters = [0, 0, 0, 0]
    for word in words:
        characters[word.turn] += len(word.text)
    best = max(range(4), key=lambda turn: characters[turn])
    return best if characters[best] * 2 > sum(characters) else 0


def _upright(turn: int, width: float, height: float) -> Matrix:
    """The transformation that makes text upright which runs downwards (1), upside down (2) or upwards (3)."""
    if turn == 1:
        return Matrix(0, -1, 1, 0, 0, width)
    if turn == 2:
        return Matrix(-1, 0, 0, -1, width, height)
    return Matrix(0, 1, -1, 0, height, 0)


def _view(page: Any, width: float, height: float) -> Matrix:
    """The transformation from the file's coordinates to ours, from where pdfium itself puts three points."""
    x, y = ctypes.c_int(), ctypes.c_int()
    scale, reach = 100.0, 1000.0

    def put(px: float, py: float) -> tuple[float, float]:
        size = (round(width * scale), round(height * scale))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, px, py, ctypes.byref(x), ctypes.byref(y))
        return x.value / scale, y.value / scale

    e, f = put(0, 0)
    ax, ay = put(reach, 0)
    bx, by = put(0, reach)
    return Matrix((ax - e) / reach, (ay - f) / reach, (bx - e) / reach, (by - f) / reach, e, f)


# --- characters ---------------------------------------------------------------------------------------------------


class _Characters:
    """Reads the characters of one page. pdfium is asked for each of them, so the calls' buffers are made once."""

    def __init__(self, raw: Any, view: Matrix) -> None:
        self._raw = raw
        self._view = view
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)

    def words(self, text: str, before: int) -> tuple[list[Word], int]:
        """The words of a page in the file's order, and the index of the first that annotations brought (those of the
        characters from `before` on)."""
        words: list[Word] = []
        added = -1
        signs = _signs()
        rect, by_rect = self._rect, ctypes.byref(self._rect)
        loose_box, raw, shown = pdfium.FPDFText_GetLooseCharBox, self._raw, self._view.box
        letters: list[str] = []
        boxes: list[_Box] = []
        first = turn = 0
        for index, sign in enumerate(text):
            if index == before:
                self._close(words, letters, boxes, first, turn)
                letters, boxes, added = [], [], len(words)
            if sign in _BLANKS:
                if letters:
                    self._close(words, letters, boxes, first, turn)
                    letters, boxes = [], []
                continue
            if not loose_box(raw, index, by_rect):
                continue
            box = shown(rect.left, rect.top, rect.right, rect.bottom)
            if letters and _apart(boxes[-1], box, turn):
                self._close(words, letters, boxes, first, turn)
                letters, boxes = [], []
            if not letters:
                first, turn = index, self._turn(index)
            letters.append("-" if sign in _HYPHENS else signs.get(sign, sign))
            boxes.append(box)
        self._close(words, letters, boxes, first, turn)
        return words, added if added >= 0 else len(words)

    def _close(self, words: list[Word], letters: list[str], boxes: list[_Box], first: int, turn: int) -> None:
        """Add the word that the letters make; none for slanting ones."""
        if not letters or turn < 0:
            return
        x0, top, x1, bottom = boxes[0]
        edges = [x0]
        for left, upper, right, lower in boxes[1:]:
            edges.append(left if left > edges[-1] else edges[-1])
            x0 = left if left < x0 else x0
            x1 = right if right > x1 else x1
            top = upper if upper < top else top
            bottom = lower if lower > bottom else bottom
        if turn % 2:  # printed sideways: the letters' places across the page say nothing
            edges = [x0 + (x1 - x0) * i / len(boxes) for i in range(len(boxes))]
        pdfium.FPDFText_GetCharOrigin(self._raw, first, ctypes.byref(self._x), ctypes.byref(self._y))
        base = self._view.point(self._x.value, self._y.value)[1]
        if not all(-_FAR < place < _FAR for place in (x0, x1, top, bottom, base)):
            return
        edges.append(x1)
        bold = self._is_bold(first)
        words.append(Word("".join(letters), x0, x1, top, bottom, base, tuple(edges), bold, len(words), turn))

    def _turn(self, index: int) -> int:
        """A character's direction on the page as shown, in quarter turns clockwise; -1 for slanting text (a
        watermark)."""
        own, view = self._matrix, self._view
        if not pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(own)):
            return 0
        x = view.a * own.a + view.c * own.b
        y = view.b * own.a + view.d * own.b
        if x > 0 and abs(y) < 0.1 * x:
            return 0
        quarters = math.atan2(y, x) / (math.pi / 2)
        nearest = round(quarters)
        return nearest % 4 if abs(quarters - nearest) < _SLANT else -1

    def _is_bold(self, index: int) -> bool:
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 128, ctypes.byref(self._flags))
        if self._flags.value & _FORCE_BOLD or _bold_name(self._name.value):
            return True
        written = pdfium.FPDFText_GetTextObject(self._raw, index)
        return bool(written) and pdfium.FPDFTextObj_GetTextRenderMode(written) == _STROKED


def _text_of(text_page: Any) -> str:
    """A page's text with one character for each that pdfium counts."""
    count = pdfium.FPDFText_CountChars(text_page.raw)
    text: str = text_page.get_text_range() if count > 0 else ""
    if len(text) != count:  # characters beyond the basic plane, or ones that pdfium hides from its text
        text = "".join(_character(pdfium.FPDFText_GetUnicode(text_page.raw, i)) for i in range(count))
    return text


def _apart(last: _Box, box: _Box, turn: int) -> bool:
    """Whether a character does not go on with the word that the last one belongs to."""
    if turn % 2:  # along the line of writing is down or up the page
        last, box = (last[1], last[0], last[3], last[2]), (box[1], box[0], box[3], box[2])
    thick = max(last[3] - last[1], box[3] - box[1], 1.0)
    if abs(last[1] + last[3] - box[1] - box[3]) > thick:
        return True
    if turn < 2:
        return box[0] - last[2] > _NO_SPACE * thick or box[2] < last[0] - 0.5 * thick
    return last[0] - box[2] > _NO_SPACE * thick or box[0] > last[2] + 0.5 * thick


@cache
def _bold_name(name: bytes) -> bool:
    return bool(_BOLD_FONT.search(name.decode("utf-8", errors="replace")))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


@cache
def _signs() -> dict[str, str]:
    signs: dict[str, str] = load("readers")["signs"]
    return signs


# --- annotations --------------------------------------------------------------------------------------------------


def _annotations(page: Any) -> list[tuple[float, float, float, float]]:
    """The rectangles of the annotations that print text."""
    rects = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 200)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = pdfium.FS_RECTF()
        if pdfium.FPDFAnnot_GetSubtype(annotation) in _SHOWN and pdfium.FPDFAnnot_GetRect(
            annotation, ctypes.byref(rect)
        ):
            rects.append((rect.left, rect.bottom, rect.right, rect.top))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return rects


def _without_stamps(
    words: list[Word], added: int, boxes: list[tuple[float, float, float, float]]
) -> tuple[list[Word], list[str]]:
    """Leave out the words of annotations that are a signature's stamp; numbers and dates stamped on stay."""
    groups: dict[int, list[Word]] = {}
    kept = words[:added]
    for word in words[added:]:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        holders = [i for i, b in enumerate(boxes) if b[0] - 2 <= x <= b[2] + 2 and b[1] - 2 <= y <= b[3] + 2]
        smallest = min(holders, key=lambda i: (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1]), default=-1)
        groups.setdefault(smallest, []).append(word)
    stamps = []
    for group in groups.values():
        text = " ".join(word.text for word in group)
        if is_stamp(text):
            stamps.append(text)
        else:
            kept.extend(word._replace(stamped=True) for word in group)
    return kept, stamps


@cache
def _stamp_pattern() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in load("readers")["stamp"]["labels"])
    clock = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[ ,]{1,3}\d{1,2}:\d{2}:\d{2}"
    return re.compile(rf"(?:{labels})|{clock}|\S{{1,64}}@[\w.-]{{1,64}}\.\w{{2,4}}", re.IGNORECASE)


def is_stamp(text: str) -> bool:
    """Whether words are those of a signature's stamp: who signed, an address, a date with its second."""
    return bool(_stamp_pattern().search(text))
