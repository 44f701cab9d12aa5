"""One page's picture -> its words and ruling lines in points, as the readers of PDFs take them."""

from __future__ import annotations

import io
import math
import os
import re
import subprocess
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

import numpy as np
from PIL import Image

from pipeline.errors import UnreadableError
from pipeline.readers.ocr import cache
from pipeline.readers.ocr.engine import Engine, Missing, Recognised, find_engine, find_turn, recognise
from pipeline.readers.ocr.picture import Grey, Prepared, lies_on_its_side, prepare
from pipeline.readers.pdf_objects import Rule
from pipeline.readers.pdf_page import PageContent, Word
from pipeline.readers.pdf_tables import GridCell, find_grids

_DOUBTFUL = 70.0  # mean sureness: a page read worse than this may lie on its side
_NOISE = 30  # sureness: what has no letter or digit and is less sure is a speck
_LEAST_SURE = 12  # ... and what is less sure than this is no word at all
_SENSE = re.compile(r"\w")
_CELL_MARGIN = 14.0  # points of white between two cells that are read together: more than between lines
_RIM = 0.8  # points of a cell's edge where the rest of its border may stand
_INK = 128  # a pixel darker than this is ink
_LEAST_INK = 0.6  # square points of ink in a cell that is not empty: a full stop has as much


class PagePicture(NamedTuple):
    """A page as a picture: its number from 1, pixels per inch."""

    number: int
    image: Image.Image
    dpi: float


class RecognisedPage(NamedTuple):
    """What stands on a page. `sure` is the mean sureness of its words, weighted by their letters (0 to 1, None without
    words); `back` takes a point of the page as it was read to the page as it is shown (both in points)."""

    content: PageContent
    sure: float | None
    back: Callable[[float, float], tuple[float, float]]
    skew: float


def require_engine(path: str) -> Engine:
    """The Tesseract to use. Raises UnreadableError, which says how to install it, in the name of the file `path`."""
    found = find_engine()
    if isinstance(found, Missing):
        raise UnreadableError(found.code, path)
    return found


def recognise_pages(
    pictures: Iterable[PagePicture], found: Engine, seconds: float
) -> Iterator[tuple[int, RecognisedPage | None]]:
    """(number, page) of each picture in its order, None for one that Tesseract fails on or takes over `seconds` for.

    As many pages as there are cores (`KEHOACH_OCR_JOBS`) are read side by side, and only a few more are held.
    """
    jobs = max(int(os.environ.get("KEHOACH_OCR_JOBS") or 0), 0) or os.cpu_count() or 1
    waiting = iter(pictures)
    with ThreadPoolExecutor(jobs) as pool:

        def start(count: int) -> list[tuple[int, Future[RecognisedPage | None]]]:
            return [(p.number, pool.submit(_recognised, p, found, seconds)) for p in islice(waiting, count)]

        running = deque(start(jobs + 1))
        while running:
            number, future = running.popleft()
            done = future.result()
            running.extend(start(1))
            yield number, done


def _recognised(picture: PagePicture, found: Engine, seconds: float) -> RecognisedPage | None:
    image = picture.image
    key = cache.key_of(image.tobytes(), image.size, image.mode, f"{found.version} {picture.dpi:.2f}")
    kept = cache.load(key)
    if kept is None:
        try:
            kept = _read(image, picture.dpi, found, seconds)
        except subprocess.SubprocessError:
            return None
        cache.save(key, kept)
    return _placed(kept, picture)


def _read(image: Image.Image, dpi: float, found: Engine, seconds: float) -> cache.Kept:
    """Read a picture upright; one that makes little sense may lie on its head."""
    turn = _turn(image, dpi, found, seconds) if lies_on_its_side(image) else 0
    kept = _read_turned(image, turn, dpi, found, seconds)
    if not turn and _mean(kept.words) < _DOUBTFUL and (turn := _turn(image, dpi, found, seconds)):
        again = _read_turned(image, turn, dpi, found, seconds)
        return max(kept, again, key=lambda made: _mean(made.words))
    return kept


def _turn(image: Image.Image, dpi: float, found: Engine, seconds: float) -> int:
    return find_turn(found, _encoded(np.array(image.convert("L"))), dpi, seconds)


def _read_turned(image: Image.Image, turn: int, dpi: float, found: Engine, seconds: float) -> cache.Kept:
    prepared = prepare(image.rotate(-90 * turn, expand=True) if turn else image, dpi)
    height, width = prepared.grey.shape
    words = recognise(found, _encoded(prepared.grey), dpi, seconds)
    words = [word for word in words if _is_word(word)]
    words = _with_cells(prepared, words, dpi, lambda grey: recognise(found, _encoded(grey), dpi, seconds, block=True))
    return cache.Kept(
        words=[word for word in words if _is_word(word)],
        horizontal=[(line.at, line.low, line.high) for line in prepared.horizontal],
        vertical=[(line.at, line.low, line.high) for line in prepared.vertical],
        width=width,
        height=height,
        turn=turn,
        skew=prepared.skew,
        coloured=prepared.coloured,
    )


def _with_cells(
    prepared: Prepared, words: list[Recognised], dpi: float, again: Callable[[Grey], list[Recognised]]
) -> list[Recognised]:
    """The words of a page with those of its tables read anew, cell by cell: Tesseract looks for columns of its own, and
    leaves out or mixes what stands in narrow ones. All cells go to it at once, one below the other."""
    scale = 72 / dpi
    grids = find_grids(
        [Rule(*(value * scale for value in line)) for line in prepared.horizontal],
        [Rule(*(value * scale for value in line)) for line in prepared.vertical],
    )
    margin = round(_CELL_MARGIN / scale)
    for grid in grids:
        cells = [_crop(prepared.grey, cell, scale) for cell in grid.cells]
        crops = [crop for crop in cells if crop is not None]
        if not crops:
            continue
        strip = np.full(
            (
                sum(crop.grey.shape[0] + margin for crop in crops) + margin,
                max(c.grey.shape[1] for c in crops) + 2 * margin,
            ),
            255,
            dtype=np.uint8,
        )
        tops: list[int] = []
        top = margin
        for crop in crops:
            strip[top : top + crop.grey.shape[0], margin : margin + crop.grey.shape[1]] = crop.grey
            tops.append(top)
            top += crop.grey.shape[0] + margin
        read: dict[int, list[Recognised]] = {}
        for word in again(strip):
            index = max(bisect_right(tops, (word.top + word.bottom) / 2 + margin / 2) - 1, 0)
            crop = crops[index]
            read.setdefault(index, []).append(_moved(word, crop.x - margin, crop.y - tops[index]))
        for index, crop in enumerate(crops):
            inside = [word for word in words if crop.holds(word)]
            if index in read and _sense(read[index]) >= _sense(inside):
                gone = {id(word) for word in inside}
                words = [word for word in words if id(word) not in gone]
                words.extend(_surer(word, inside) for word in read[index])
    return words


def _surer(word: Recognised, others: list[Recognised]) -> Recognised:
    """Of two readings of a figure ("27/6", "21/6") the surer one."""
    if not any(map(str.isdigit, word.text)):
        return word
    middle = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for other in others:
        if other.x0 <= middle[0] <= other.x1 and other.top <= middle[1] <= other.bottom and other.sure > word.sure:
            return other
    return word


class _Crop(NamedTuple):
    """What stands in one cell: its part of the picture and where that begins (pixels)."""

    grey: Grey
    x: int
    y: int

    def holds(self, word: Recognised) -> bool:
        x, y = (word.x0 + word.x1) / 2 - self.x, (word.top + word.bottom) / 2 - self.y
        height, width = map(int, self.grey.shape)
        return 0 <= x <= width and 0 <= y <= height


def _crop(grey: Grey, cell: GridCell, scale: float) -> _Crop | None:
    """A cell's picture, None for an empty one."""
    rim = _RIM / scale
    x0, x1 = round(cell.x0 / scale + rim), round(cell.x1 / scale - rim)
    y0, y1 = round(cell.y0 / scale + rim), round(cell.y1 / scale - rim)
    part = grey[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    if min(part.shape) < 4 or int((part < _INK).sum()) < _LEAST_INK / scale**2:
        return None
    return _Crop(part, max(x0, 0), max(y0, 0))


def _moved(word: Recognised, x: int, y: int) -> Recognised:
    return word._replace(
        x0=word.x0 + x,
        x1=word.x1 + x,
        top=word.top + y,
        bottom=word.bottom + y,
        base=word.base + y,
        edges=tuple(edge + x for edge in word.edges),
    )


def _sense(words: list[Recognised]) -> float:
    """How much was read: letters and digits, each as far as Tesseract is sure of it."""
    return sum(word.sure * len(_SENSE.findall(word.text)) for word in words)


def _encoded(grey: Grey) -> bytes:
    """A picture as PGM, which costs no time to write."""
    made = io.BytesIO()
    Image.fromarray(grey).save(made, "PPM")
    return made.getvalue()


def _is_word(word: Recognised) -> bool:
    least = _LEAST_SURE if _SENSE.search(word.text) else _NOISE
    return word.sure >= least


def _mean(words: list[Recognised]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0


def _placed(kept: cache.Kept, picture: PagePicture) -> RecognisedPage:
    """The page in points."""
    scale = 72 / picture.dpi
    words = [
        Word(
            word.text,
            word.x0 * scale,
            word.x1 * scale,
            word.top * scale,
            word.bottom * scale,
            word.base * scale,
            tuple(edge * scale for edge in word.edges),
            bold=False,
            order=index,
        )
        for index, word in enumerate(kept.words)
    ]
    width, height = kept.width * scale, kept.height * scale
    content = PageContent(
        picture.number,
        width,
        height,
        words,
        [Rule(*(value * scale for value in line)) for line in kept.horizontal],
        [Rule(*(value * scale for value in line)) for line in kept.vertical],
        image_share=1.0,
        stamps=[],
        turned=bool(kept.turn),
    )
    angle = math.radians(kept.skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    cx, cy = width / 2, height / 2

    def back(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - cx, y - cy
        return cx + dx * cosine - dy * sine, cy + dx * sine + dy * cosine

    return RecognisedPage(content, _mean(kept.words) / 100 if kept.words else None, back, kept.skew)
