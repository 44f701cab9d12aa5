"""Tesseract: whether it is there, and what it reads on one picture.

It runs as a program of its own, so that one that hangs or dies takes nothing with it. `OMP_THREAD_LIMIT=1`: pages side
by side on all cores are some three times as fast as one page after the other on many threads.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from typing import NamedTuple

from lxml import etree

LANGUAGE = "vie"
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_LETTER_BOX = re.compile(r"x_bboxes (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")


class Engine(NamedTuple):
    """A Tesseract that reads Vietnamese: where it is, which one, and whether it can tell how a page is turned."""

    program: str
    version: str
    turns: bool


class Missing(NamedTuple):
    """No Tesseract to use: `code` is the error that says what to install."""

    code: str


class Recognised(NamedTuple):
    """A word as it stands on the picture (pixels). `edges` holds the left edge of each character and the right edge
    of the last, `base` the line's baseline below the word, `sure` how sure Tesseract is (0 to 100)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    edges: tuple[float, ...]
    sure: int


@cache
def find_engine() -> Engine | Missing:
    """The Tesseract on the path, or at `KEHOACH_TESSERACT`."""
    program = shutil.which(os.environ.get("KEHOACH_TESSERACT") or "tesseract")
    if program is None:
        return Missing("ocr_missing")
    try:
        version = _ask(program, "--version").split()
        languages = _ask(program, "--list-langs").split()
    except (OSError, subprocess.SubprocessError):
        return Missing("ocr_missing")
    if LANGUAGE not in languages:
        return Missing("ocr_no_vietnamese")
    return Engine(program, version[1] if len(version) > 1 else "?", "osd" in languages)


def recognise(engine: Engine, picture: bytes, dpi: float, seconds: float, *, block: bool = False) -> list[Recognised]:
    """The words on a picture (PNG, PGM, ...), in Tesseract's order; `block` for one column of text.

    Raises subprocess.TimeoutExpired after `seconds`, subprocess.CalledProcessError where Tesseract fails.
    """
    options = ["-l", LANGUAGE, "--dpi", str(round(dpi)), "-c", "hocr_char_boxes=1", "-c", "hocr_font_info=0", "hocr"]
    options[:0] = ["--psm", "6"] if block else []
    made = _run([engine.program, "-", "-", *options], picture, seconds)
    return _words(made)


def find_turn(engine: Engine, picture: bytes, dpi: float, seconds: float) -> int:
    """How many quarter turns clockwise bring the picture upright; 0 where Tesseract can't tell."""
    if not engine.turns:
        return 0
    try:
        told = _run([engine.program, "-", "-", "--psm", "0", "-l", "osd", "--dpi", str(round(dpi))], picture, seconds)
    except subprocess.SubprocessError:  # too few letters to tell
        return 0
    found = re.search(rb"Rotate: (\d+)", told)
    return int(found[1]) // 90 % 4 if found else 0


def _ask(program: str, question: str) -> str:
    asked = subprocess.run([program, question], capture_output=True, timeout=30, check=True)
    return (asked.stdout + asked.stderr).decode("utf-8", errors="replace")


def _run(command: list[str], picture: bytes, seconds: float) -> bytes:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(
        command, input=picture, capture_output=True, timeout=seconds, check=True, env=environment
    ).stdout


def _words(hocr: bytes) -> list[Recognised]:
    """The words of Tesseract's hOCR (the format of Thomas Breuel, hOCR 1.2)."""
    words: list[Recognised] = []
    slope = offset = 0.0
    left = bottom = 0
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    root = etree.fromstring(hocr, parser)
    if root is None:
        return words
    for element in root.iter("{*}span"):
        kind, title = element.get("class"), element.get("title", "")
        if kind == "ocrx_word":
            if word := _word(element, title, slope, offset, left, bottom):
                words.append(word)
        elif kind != "ocrx_cinfo" and (box := _BOX.search(title)):
            left, bottom = int(box[1]), int(box[4])
            line = _BASELINE.search(title)
            slope, offset = (float(line[1]), float(line[2])) if line else (0.0, 0.0)
    return words


def _word(
    element: etree._Element, title: str, slope: float, offset: float, left: int, bottom: int
) -> Recognised | None:
    """`slope` and `offset` are the line's baseline from the lower left corner (`left`, `bottom`) of its box."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for letter in element.iter("{*}span"):
        box = _LETTER_BOX.search(letter.get("title", ""))
        if letter.text and box:
            letters.append(letter.text)
            places.append((int(box[1]), int(box[3])))
    box = _BOX.search(title)
    text = "".join(letters)
    if not text.strip() or not box:
        return None
    x0, top, x1, low = map(float, box.groups())
    edges: list[float] = []
    for letter_text, (begin, end) in zip(letters, places, strict=True):
        step = (end - begin) / len(letter_text)
        edges.extend(begin + step * i for i in range(len(letter_text)))
    edges.append(x1)
    for index in range(1, len(edges)):  # letters' boxes overlap; edges never go back
        edges[index] = max(edges[index], edges[index - 1])
    base = bottom + offset + slope * ((x0 + x1) / 2 - left)
    sure = _SURE.search(title)
    return Recognised(text, x0, x1, top, low, base, tuple(edges), int(sure[1]) if sure else 0)
