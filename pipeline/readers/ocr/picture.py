"""A page's picture made ready for recognition: grey, upright, without stamps, ink and ruling lines.

Every step works on the whole picture at once (numpy), so a page costs some tenths of a second whatever is on it.
Angles are in degrees, clockwise; lengths in pixels unless they say points.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_COLOURED = 60  # how far a pixel's channels lie apart where it is no grey: stamps are red, pens blue
_MOST_COLOURED = 0.3  # of a page's dark pixels: where more is coloured the print is, not what was put upon it
_MOST_SKEW = 6.0  # degrees: how far a page lies askew in a scanner
_LEAST_SKEW = 0.1  # degrees: over a page's width less than a third of a line
_LOOK_WIDTH = 800  # pixels: the width at which the skew is looked for
_LEAST_INK = 500  # dark pixels: fewer tell nothing
_MOST_INK = 60_000  # ... and more tell no more
_LONGEST_LETTER = 30.0  # points: a dark run longer than this is no stroke of a letter
_THICKEST_LINE = 3.0  # points
_BESIDE = 1.2  # points beside a line that are white ...
_MOST_BESIDE = 0.2  # ... but for letters that touch it and lines that cross it
_GAP = 1.5  # points: a hole in a line that the scanner made
_SLOPE = 0.35  # degrees that are left after straightening: a line may climb by this


class Line(NamedTuple):
    """A ruling line: `at` is its y (horizontal) or x (vertical), `low` to `high` its extent."""

    at: float
    low: float
    high: float


class Prepared(NamedTuple):
    """A picture ready for recognition. `skew` is what was turned back; lines are in pixels of this picture."""

    grey: Grey
    skew: float
    horizontal: list[Line]
    vertical: list[Line]
    coloured: float  # share of the dark pixels that were taken out as coloured


def prepare(image: Image.Image, dpi: float) -> Prepared:
    """Take colours out, put the page straight, find its ruling lines and take them out."""
    grey, coloured = _without_colours(image)
    skew = find_skew(_dark(grey))
    if abs(skew) >= _LEAST_SKEW:
        turned = Image.fromarray(grey).rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.array(turned)
    else:
        skew = 0.0
    dark = _dark(grey)
    point = dpi / 72
    across_mask, across = _lines(dark, point)
    down_mask, down = _lines(dark.T, point)
    grey = grey.copy()
    grey[across_mask | down_mask.T] = 255
    return Prepared(grey, skew, across, down, coloured)


def _without_colours(image: Image.Image) -> tuple[Grey, float]:
    """The picture in grey with coloured marks (stamps, signatures) white, and the share of what was dark that they
    were. A page that is printed in colour keeps its print."""
    grey = np.array(image.convert("L"))
    if image.mode in ("1", "L", "LA", "I", "I;16", "F"):
        return grey, 0.0
    rgb = np.asarray(image.convert("RGB")).astype(np.int16)
    coloured = (rgb.max(axis=2) - rgb.min(axis=2)) > _COLOURED
    dark = _dark(grey) | coloured
    share = float(coloured.sum() / max(int(dark.sum()), 1))
    if share == 0.0 or share > _MOST_COLOURED:
        return grey, 0.0
    # The rim of a coloured stroke is paler than the mark itself: one pixel around it goes too, where it is not black.
    rim = coloured.copy()
    rim[1:] |= coloured[:-1]
    rim[:-1] |= coloured[1:]
    rim[:, 1:] |= coloured[:, :-1]
    rim[:, :-1] |= coloured[:, 1:]
    grey[coloured | (rim & (grey > 90))] = 255
    return grey, share


def _dark(grey: Grey) -> Mask:
    """The pixels of ink, by Otsu's threshold (N. Otsu, 1979), which finds the valley between ink and paper."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    above = below[-1] - below
    mass = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    best = int(np.nanargmax(spread)) if np.isfinite(spread).any() else 127
    dark: Mask = grey <= min(max(best, 60), 200)
    return dark


def lies_on_its_side(image: Image.Image) -> bool:
    """Whether a page's lines of print run up or down rather than across."""
    xs, ys = _ink(_dark(np.array(image.convert("L"))))
    if len(xs) < _LEAST_INK:
        return False
    angles = (-1.0, -0.5, 0.0, 0.5, 1.0)
    across = max(_parted(xs, ys, angle) for angle in angles)
    return max(_parted(ys, xs, angle) for angle in angles) > 1.5 * across


def find_skew(dark: Mask) -> float:
    """How far a page lies askew, in degrees clockwise: the angle at which its rows of ink are parted most clearly."""
    xs, ys = _ink(dark)
    if len(xs) < _LEAST_INK:
        return 0.0
    best = 0.0
    for reach, width in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = np.arange(best - reach, best + reach + width / 2, width)
        best = float(max(angles, key=lambda angle: _parted(xs, ys, angle)))
    return best if abs(best) < _MOST_SKEW else 0.0


def _ink(dark: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(x, y) of some of the dark pixels: enough to tell how the lines run."""
    step = max(dark.shape[1] // _LOOK_WIDTH, 1)
    ys, xs = np.nonzero(dark[::step, ::step])
    every = len(xs) // _MOST_INK + 1
    return xs[::every], ys[::every]


def _parted(xs: NDArray[np.int64], ys: NDArray[np.int64], angle: float) -> float:
    rows = np.rint(ys - xs * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(((counts[1:] - counts[:-1]) ** 2).sum())


# --- ruling lines -------------------------------------------------------------------------------------------------


def _lines(dark: Mask, point: float) -> tuple[Mask, list[Line]]:
    """The horizontal lines of a picture: a mask of their pixels, and where they run. `point` is one in pixels."""
    least = max(int(_LONGEST_LETTER * point), 8)
    height, width = dark.shape
    empty = np.zeros_like(dark)
    if width <= least or height < 3:
        return empty, []
    # A line that climbs a little steps from row to row: three rows together see it whole.
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    runs = _runs(thick, max(int(_GAP * point), 1), least)
    found = _joined(runs, _THICKEST_LINE * point + 2, math.tan(math.radians(_SLOPE)))
    mask = empty
    lines: list[Line] = []
    beside = max(round(_BESIDE * point), 1)
    for top, bottom, low, high in found:
        around = (dark[max(top - beside, 0) : top + 1, low:high], dark[bottom : bottom + beside + 1, low:high])
        if any(float(band[[0, -1]].all(axis=0).mean()) > _MOST_BESIDE for band in around):
            continue  # serifs that touch: letters stand on it all along
        # What goes through the line, as descenders and the other lines of a table do, stays.
        through = dark[max(top - 1, 0), low:high] & dark[min(bottom + 1, height - 1), low:high]
        mask[top : bottom + 1, low:high] = ~through
        lines.append(Line((top + bottom) / 2, float(low), float(high)))
    return mask & dark, lines


def _runs(dark: Mask, gap: int, least: int, full: float = 0.9) -> list[tuple[int, int, int]]:
    """Dark runs (row, low, high) of at least `least` pixels, over holes of up to `gap`; `full` is the share of a run
    that has to be dark."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    starts = np.argwhere(change == 1)
    ends = np.argwhere(change == -1)
    if not len(starts):
        return []
    rows, low, high = starts[:, 0], starts[:, 1], ends[:, 1]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (low[1:] - high[:-1] > gap)
    begin = np.flatnonzero(first)
    last = np.append(begin[1:], len(rows)) - 1
    inked = np.add.reduceat(high - low, begin)
    span = high[last] - low[begin]
    keep = (span >= least) & (inked >= full * span)
    return [(int(rows[b]), int(low[b]), int(high[e])) for b, e in zip(begin[keep], last[keep], strict=True)]


def _joined(runs: list[tuple[int, int, int]], thickest: float, slope: float) -> list[tuple[int, int, int, int]]:
    """Runs of neighbouring rows as one line each (top, bottom, low, high); what is too thick for a line is none."""
    return [
        (top, bottom, low, high)
        for top, bottom, low, high in _grown(runs, 0, 0)
        if bottom - top + 1 <= thickest + slope * (high - low)
    ]


def spots(ink: Mask, across: int, down: int) -> list[tuple[int, int, int, int]]:
    """Boxes (top, bottom, left, right) around ink that stands together: over holes of `across` pixels within a row and
    of `down` rows."""
    found = _grown(_runs(ink, across, 1, 0.0), across, down)
    return sorted((top, bottom + 1, left, right) for top, bottom, left, right in found)


def _grown(runs: list[tuple[int, int, int]], across: int, down: int) -> list[list[int]]:
    """Runs that overlap, over holes of `across` pixels and `down` rows, as one [top, bottom, low, high] each."""
    open_: list[list[int]] = []
    done: list[list[int]] = []
    for row, low, high in runs:
        still: list[list[int]] = []
        home: list[int] | None = None
        for other in open_:
            if other[1] < row - down - 1:
                done.append(other)
                continue
            if other[2] <= high + across and low <= other[3] + across:
                if home is None:
                    home = other
                    other[1], other[2], other[3] = row, min(other[2], low), max(other[3], high)
                else:  # two that this run joins
                    home[0], home[2], home[3] = min(home[0], other[0]), min(home[2], other[2]), max(home[3], other[3])
                    continue
            still.append(other)
        if home is None:
            still.append([row, row, low, high])
        open_ = still
    return done + open_
