"""One page's picture -> its words and ruling lines in points, as the readers of PDFs take them."""

from __future__ import annotations

import math
import os
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

from PIL import Image

from pipeline.errors import UnreadableError
from pipeline.processes import cores
from pipeline.readers.ocr import cache
from pipeline.readers.ocr.engine import Engine, Missing, find_engine
from pipeline.readers.ocr.reading import mean, read_picture
from pipeline.readers.pdf_objects import Rule
from pipeline.readers.pdf_page import PageContent, Word


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
    jobs = max(int(os.environ.get("KEHOACH_OCR_JOBS") or 0), 0) or cores()
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
            kept = read_picture(image, picture.dpi, found, seconds)
        except subprocess.SubprocessError:
            return None
        cache.save(key, kept)
    return _placed(kept, picture)


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

    return RecognisedPage(content, mean(kept.words) / 100 if kept.words else None, back, kept.skew)
