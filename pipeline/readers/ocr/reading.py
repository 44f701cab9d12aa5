"""A page's picture -> its words: what Tesseract reads at first sight, its tables cell by cell, what it passed over.

Tesseract looks for blocks and columns of its own. It mixes the cells of tables, leaves out short lines beside others,
and reads some places twice. So every cell of a ruled table, and all ink that no sure word covers, goes to it once more,
piece below piece in one picture; of two readings of one place the surer stays.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from pipeline.readers.ocr import cache
from pipeline.readers.ocr.engine import Engine, Recognised, find_turn, recognise
from pipeline.readers.ocr.picture import Grey, Mask, Prepared, lies_on_its_side, prepare, spots
from pipeline.readers.pdf_objects import Rule
from pipeline.readers.pdf_tables import GridCell, find_grids

_DOUBTFUL = 70.0  # mean sureness: a page read worse than this may lie on its head
_NOISE = 30  # sureness: what has no letter or digit and is less sure is a speck
_LEAST_SURE = 12  # ... and what is less sure than this is no word at all
_SENSE = re.compile(r"[^\W_]")
_STROKE = re.compile(r"[|ˆ^'`´‘’¦¬°]+")  # what Tesseract takes borders, accents and dirt for
_BORDER = re.compile(r"[_~.,:;]")  # ... and in a cell, where no such sign stands alone
_MARGIN = 14.0  # points of white between two pieces that are read together: more than between lines
_RIM = 0.8  # points of a cell's edge where the rest of its border may stand
_INK = 128  # a pixel darker than this is ink
_LEAST_INK = 0.6  # square points of ink in a cell that is not empty: a full stop has as much
_SURE = 50  # a word that is less sure is read once more
_AROUND = 1.5  # points around a word that are its own
_TALL = (4.0, 26.0)  # points: how tall a line of print is
_LEAST_WIDE = 5.0  # points: narrower ink is a speck
_MOST_PIECES = 80  # of a page that are read once more; where more is left the page is no print
_LATE_SURE = 60  # a word that was passed over at first must be surer than this
_LOW_PRINT = 0.6  # of the height of the print
_TOUCHED = 0.2  # ... and lie beside those that were read: else it is an accent or a stroke of them
_OVERLAP = 0.5  # of the smaller word: two readings of one place


def read_picture(image: Image.Image, dpi: float, engine: Engine, seconds: float) -> cache.Kept:
    """Read a picture upright; one that makes little sense may lie on its head."""
    turn = _turn(image, dpi, engine, seconds) if lies_on_its_side(image) else 0
    kept = _read_turned(image, turn, dpi, engine, seconds)
    if not turn and mean(kept.words) < _DOUBTFUL and (turn := _turn(image, dpi, engine, seconds)):
        again = _read_turned(image, turn, dpi, engine, seconds)
        return max(kept, again, key=lambda made: mean(made.words))
    return kept


def mean(words: Sequence[Recognised]) -> float:
    """How sure Tesseract is of words, weighted by their letters (0 to 100)."""
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0


def _turn(image: Image.Image, dpi: float, engine: Engine, seconds: float) -> int:
    return find_turn(engine, _encoded(np.array(image.convert("L"))), dpi, seconds)


def _read_turned(image: Image.Image, turn: int, dpi: float, engine: Engine, seconds: float) -> cache.Kept:
    prepared = prepare(image.rotate(-90 * turn, expand=True) if turn else image, dpi)
    height, width = prepared.grey.shape

    def again(strip: Grey) -> list[Recognised]:
        return list(filter(_is_word, recognise(engine, _encoded(strip), dpi, seconds, block=True)))

    words = list(filter(_is_word, recognise(engine, _encoded(prepared.grey), dpi, seconds)))
    words = _with_cells(prepared, words, dpi, again)
    words = _with_rest(prepared, words, dpi, again)
    return cache.Kept(
        words=_once(words),
        horizontal=[(line.at, line.low, line.high) for line in prepared.horizontal],
        vertical=[(line.at, line.low, line.high) for line in prepared.vertical],
        width=width,
        height=height,
        turn=turn,
        skew=prepared.skew,
        coloured=prepared.coloured,
    )


def _encoded(grey: Grey) -> bytes:
    """A picture as PGM, which costs no time to write."""
    made = io.BytesIO()
    Image.fromarray(grey).save(made, "PPM")
    return made.getvalue()


def _is_word(word: Recognised) -> bool:
    if _STROKE.fullmatch(word.text):
        return False
    return word.sure >= (_LEAST_SURE if _SENSE.search(word.text) else _NOISE)


class Piece(NamedTuple):
    """A part of the picture and where it begins (pixels)."""

    grey: Grey
    x: int
    y: int

    def holds(self, word: Recognised) -> bool:
        x, y = (word.x0 + word.x1) / 2 - self.x, (word.top + word.bottom) / 2 - self.y
        height, width = map(int, self.grey.shape)
        return 0 <= x <= width and 0 <= y <= height


def _read_pieces(
    pieces: Sequence[Piece], margin: int, again: Callable[[Grey], list[Recognised]]
) -> Iterator[tuple[Piece, list[Recognised]]]:
    """The words of each piece, where they stand on the page. All go to Tesseract at once, one below the other."""
    if not pieces:
        return
    size = (
        sum(piece.grey.shape[0] + margin for piece in pieces) + margin,
        max(piece.grey.shape[1] for piece in pieces) + 2 * margin,
    )
    strip = np.full(size, 255, dtype=np.uint8)
    tops: list[int] = []
    top = margin
    for piece in pieces:
        height, width = piece.grey.shape
        strip[top : top + height, margin : margin + width] = piece.grey
        tops.append(top)
        top += height + margin
    read: list[list[Recognised]] = [[] for _ in pieces]
    for word in again(strip):
        index = max(bisect_right(tops, (word.top + word.bottom) / 2 + margin / 2) - 1, 0)
        piece = pieces[index]
        read[index].append(_moved(word, piece.x - margin, piece.y - tops[index]))
    yield from zip(pieces, read, strict=True)


def _moved(word: Recognised, x: int, y: int) -> Recognised:
    return word._replace(
        x0=word.x0 + x,
        x1=word.x1 + x,
        top=word.top + y,
        bottom=word.bottom + y,
        base=word.base + y,
        edges=tuple(edge + x for edge in word.edges),
    )


# --- tables -------------------------------------------------------------------------------------------------------


def _with_cells(
    prepared: Prepared, words: list[Recognised], dpi: float, again: Callable[[Grey], list[Recognised]]
) -> list[Recognised]:
    """The words of a page with those of its tables read cell by cell."""
    scale = 72 / dpi
    grids = find_grids(
        [Rule(*(value * scale for value in line)) for line in prepared.horizontal],
        [Rule(*(value * scale for value in line)) for line in prepared.vertical],
    )
    for grid in grids:
        cells = [piece for cell in grid.cells if (piece := _cell(prepared.grey, cell, scale)) is not None]
        for piece, read in _read_pieces(cells, round(_MARGIN / scale), again):
            inside = [word for word in words if piece.holds(word)]
            gone = {id(word) for word in inside}
            words = [word for word in words if id(word) not in gone]
            surer = read and _sense(read) >= _sense(inside)
            best = [_surer(word, inside) for word in read] if surer else inside
            words.extend(word for word in best if not _BORDER.fullmatch(word.text))
    return words


def _cell(grey: Grey, cell: GridCell, scale: float) -> Piece | None:
    """A cell's picture, None for an empty one."""
    rim = _RIM / scale
    x0, x1 = round(cell.x0 / scale + rim), round(cell.x1 / scale - rim)
    y0, y1 = round(cell.y0 / scale + rim), round(cell.y1 / scale - rim)
    part = grey[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    if min(part.shape) < 4 or int((part < _INK).sum()) < _LEAST_INK / scale**2:
        return None
    return Piece(part, max(x0, 0), max(y0, 0))


def _surer(word: Recognised, others: list[Recognised]) -> Recognised:
    """Of two readings of a figure ("27/6", "21/6") the surer one."""
    if not any(map(str.isdigit, word.text)):
        return word
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for other in others:
        if other.x0 <= x <= other.x1 and other.top <= y <= other.bottom and other.sure > word.sure:
            return other
    return word


def _sense(words: Iterable[Recognised]) -> float:
    """How much was read: letters and digits, each as far as Tesseract is sure of it."""
    return sum(word.sure * len(_SENSE.findall(word.text)) for word in words)


# --- what was passed over -----------------------------------------------------------------------------------------


def _with_rest(
    prepared: Prepared, words: list[Recognised], dpi: float, again: Callable[[Grey], list[Recognised]]
) -> list[Recognised]:
    """The words of a page with those that no sure word covers: lines that Tesseract left out, words that it was not
    sure of."""
    point = dpi / 72
    ink: Mask = prepared.grey < _INK
    around = round(_AROUND * point)
    for word in words:
        if word.sure >= _SURE:
            top, left = max(round(word.top) - around, 0), max(round(word.x0) - around, 0)
            ink[top : round(word.bottom) + around, left : round(word.x1) + around] = False
    low, high = _TALL
    boxes = [
        (top, bottom, left, right)
        for top, bottom, left, right in spots(ink, round(9 * point), round(1.5 * point))
        if low * point <= bottom - top <= high * point and right - left >= _LEAST_WIDE * point
    ]
    if not 0 < len(boxes) <= _MOST_PIECES:
        return words
    rim = round(2 * point)
    pieces = [
        Piece(prepared.grey[max(t - rim, 0) : b + rim, max(x0 - rim, 0) : x1 + rim], max(x0 - rim, 0), max(t - rim, 0))
        for t, b, x0, x1 in boxes
    ]
    sure = [word for word in words if word.sure >= _SURE]
    doubtful = [word for word in words if word.sure < _SURE]
    low *= point
    if sure:  # what is much lower than the print is accents and dirt
        low = max(low, _LOW_PRINT * sorted(word.bottom - word.top for word in sure)[len(sure) // 2])
    for piece, read in _read_pieces(pieces, round(_MARGIN * point), again):
        late = [word for word in read if word.sure >= _LATE_SURE and _SENSE.search(word.text)]
        late = [word for word in late if word.bottom - word.top >= low]
        late = [word for word in late if not any(_overlap(word, other) > _TOUCHED for other in sure)]
        if late:
            doubtful = [word for word in doubtful if not piece.holds(word)] + late
    return sure + doubtful


def _once(words: list[Recognised]) -> list[Recognised]:
    """Words without the less sure of two readings of one place."""
    kept: list[Recognised] = []
    rows: dict[int, list[Recognised]] = {}
    order = {id(word): index for index, word in enumerate(words)}
    for word in sorted(words, key=lambda word: -word.sure * len(word.text)):
        bands = range(int(word.top) // 32, int(word.bottom) // 32 + 1)
        if any(_overlap(word, other) > _OVERLAP for band in bands for other in rows.get(band, ())):
            continue
        kept.append(word)
        for band in bands:
            rows.setdefault(band, []).append(word)
    return sorted(kept, key=lambda word: order[id(word)])


def _overlap(first: Recognised, second: Recognised) -> float:
    """The share of the smaller of two words that lies within the other."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    if across <= 0 or down <= 0:
        return 0.0
    smaller = min((word.x1 - word.x0) * (word.bottom - word.top) for word in (first, second))
    return across * down / smaller if smaller > 0 else 1.0
