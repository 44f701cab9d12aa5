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

import pypdfium2.raw as pdfium

from data import load
from pipeline.readers.pdf_objects import Matrix, Rule, read_objects

_BOLD_FONT = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # flag of a font descriptor (ISO 32000-1, table 123)
_STROKED = 2  # text render mode: filled and stroked, how Word embolds a font that has no bold
_SHOWN = frozenset((3, 13, 20))  # annotations that print text: free text, stamp, form field or signature
_HYPHENS = "\x02\ufffe\u00ad"  # how pdfium and some fonts give a hyphen that is printed
_SLANT = 0.12  # of a quarter turn: scans are askew by less, watermarks by more
_NO_SPACE = 0.25  # of a line's height: a gap between characters as wide as this parts two words


class Word(NamedTuple):
    """A run of characters without a blank. `base` is the baseline, `edges` the left edge of each character and the
    right edge of the last, `order` its place in the file's own order, `turn` its direction in quarter turns."""

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

    @property
    def height(self) -> float:
        return self.bottom - self.top


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
            words, added = _words(text_page, view, before)
            turn = _main_turn(words)
            if turn:
                view = _upright(turn, width, height).after(view)
                words, added = _words(text_page, view, before)
                if turn % 2:
                    width, height = height, width
        finally:
            text_page.close()
        horizontal, vertical, covered = read_objects(page, view)
    finally:
        page.close()
    kept, stamps = _without_stamps(words, added, [view.box(*rect) for rect in rects])
    share = min(covered / (width * height), 1.0) if width > 0 and height > 0 else 0.0
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


def _words(text_page: Any, view: Matrix, before: int) -> tuple[list[Word], int]:
    """The words of a page in the file's order, and the index of the first that annotations brought."""
    raw = text_page.raw
    count = pdfium.FPDFText_CountChars(raw)
    text = text_page.get_text_range() if count else ""
    if len(text) != count:  # characters beyond the basic plane, or ones that pdfium hides from its text
        text = "".join(_character(pdfium.FPDFText_GetUnicode(raw, i)) for i in range(count))
    rect = pdfium.FS_RECTF()
    by_rect = ctypes.byref(rect)
    signs = _signs()
    words: list[Word] = []
    added = 0
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    first = 0
    turn = 0

    def close() -> None:
        nonlocal letters, boxes
        if letters and turn >= 0:
            words.append(_word(raw, view, "".join(letters), boxes, first, len(words), turn))
        letters, boxes = [], []

    for index, sign in enumerate(text):
        if index == before:
            close()
            added = len(words)
        if (sign <= " " and sign != "\x02") or sign in "\u00a0\u2002\u2003\u2009\u200b\ufeff\u3000":
            close()
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, by_rect):
            continue
        box = view.box(rect.left, rect.bottom, rect.right, rect.top)
        if boxes and _apart(boxes[-1], box, turn):
            close()
        if not letters:
            first = index
            turn = _quarter(raw, index, view)
        letters.append("-" if sign in _HYPHENS else signs.get(sign, sign))
        boxes.append(box)
    close()
    return words, added if before < count else len(words)


def _apart(last: tuple[float, float, float, float], box: tuple[float, float, float, float], turn: int) -> bool:
    """Whether a character does not go on with the word that the last one belongs to."""
    low, high = (0, 2) if turn % 2 == 0 else (1, 3)  # along the line of writing
    left, right = (1, 3) if turn % 2 == 0 else (0, 2)  # across it
    thick = max(last[right] - last[left], box[right] - box[left], 1.0)
    if abs((last[left] + last[right]) - (box[left] + box[right])) > thick:
        return True
    if turn in (0, 1):
        return box[low] - last[high] > _NO_SPACE * thick or box[high] < last[low] - 0.5 * thick
    return last[low] - box[high] > _NO_SPACE * thick or box[low] > last[high] + 0.5 * thick


def _word(
    raw: Any,
    view: Matrix,
    text: str,
    boxes: list[tuple[float, float, float, float]],
    first: int,
    order: int,
    turn: int,
) -> Word:
    x0, x1 = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top, bottom = min(b[1] for b in boxes), max(b[3] for b in boxes)
    if turn % 2:
        step = (x1 - x0) / len(boxes)
        edges = [x0 + step * i for i in range(len(boxes))]
    else:
        edges = []
        reach = x0
        for box in boxes:
            reach = max(reach, box[0]) if edges else x0
            edges.append(reach)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, first, ctypes.byref(x), ctypes.byref(y))
    base = view.point(x.value, y.value)[1]
    return Word(text, x0, x1, top, bottom, base, (*edges, x1), _is_bold(raw, first), order, turn)


def _quarter(raw: Any, index: int, view: Matrix) -> int:
    """A character's direction on the page as shown, in quarter turns clockwise; -1 for slanting text (a watermark)."""
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(own)):
        return 0
    x = view.a * own.a + view.c * own.b
    y = view.b * own.a + view.d * own.b
    quarters = math.atan2(y, x) / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < _SLANT else -1


def _is_bold(raw: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, buffer, 128, ctypes.byref(flags))
    if flags.value & _FORCE_BOLD or _bold_name(buffer.value):
        return True
    written = pdfium.FPDFText_GetTextObject(raw, index)
    return bool(written) and pdfium.FPDFTextObj_GetTextRenderMode(written) == _STROKED


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
            kept.extend(group)
    return kept, stamps


@cache
def _stamp_pattern() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in load("readers")["stamp"]["labels"])
    clock = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[ ,]{1,3}\d{1,2}:\d{2}:\d{2}"
    return re.compile(rf"(?:{labels})|{clock}|\S{{1,64}}@[\w.-]{{1,64}}\.\w{{2,4}}", re.IGNORECASE)


def is_stamp(text: str) -> bool:
    """Whether words are those of a signature's stamp: who signed, an address, a date with its second."""
    return bool(_stamp_pattern().search(text))
