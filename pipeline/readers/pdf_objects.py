"""The lines and pictures on a PDF page: what rules its tables, and how much of it is a scan."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_THIN = 3.5  # points: a rectangle no thicker than this is a line
_SHORTEST = 4.0  # points: a line shorter than this rules nothing
_MOST_OBJECTS = 30_000  # per page; a page with more is a drawing, and its lines are left alone
_FAR = 100_000.0  # points, all four places of a line together: what lies farther out was damaged
_DEPTH = 4  # of forms within forms


class Rule(NamedTuple):
    """A ruling line: `at` is its y (horizontal) or x (vertical), `low` to `high` its extent."""

    at: float
    low: float
    high: float


class Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The upright box around a transformed one: (left, top, right, bottom)."""
        a, b, c, d, e, f = self
        ax, ay, bx, by = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
        if ax > bx:
            ax, bx = bx, ax
        return (ax, ay, bx, by) if ay <= by else (ax, by, bx, ay)

    def after(self, inner: Matrix) -> Matrix:
        """This transformation after `inner`."""
        a, b = self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b
        c, d = self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d
        e, f = self.point(inner.e, inner.f)
        return Matrix(a, b, c, d, e, f)


_IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


def read_objects(page: Any, view: Matrix) -> tuple[list[Rule], list[Rule], float]:
    """A page's horizontal lines, its vertical lines, and the square points that its pictures cover."""
    return _Lines(view).read(page)


class _Lines:
    """Collects ruling lines and the area of pictures from a page's objects."""

    def __init__(self, view: Matrix) -> None:
        self._view = view
        self._horizontal: list[Rule] = []
        self._vertical: list[Rule] = []
        self._covered = 0.0
        self._left = _MOST_OBJECTS

    def read(self, page: Any) -> tuple[list[Rule], list[Rule], float]:
        """Horizontal lines, vertical lines, square points covered by pictures."""
        count = pdfium.FPDFPage_CountObjects(page)
        self._objects((pdfium.FPDFPage_GetObject(page, i) for i in range(count)), self._view, 0)
        if self._left <= 0:
            return [], [], self._covered
        return self._horizontal, self._vertical, self._covered

    def _objects(self, objects: Iterator[Any], view: Matrix, depth: int) -> None:
        for item in objects:
            if self._left <= 0:
                return
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._left -= 1
                self._path(item, view)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                box = _bounds(item, view)
                if box and sum(map(abs, box)) < _FAR:
                    self._covered += (box[2] - box[0]) * (box[3] - box[1])
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                count = pdfium.FPDFFormObj_CountObjects(item)
                inner = (pdfium.FPDFFormObj_GetObject(item, i) for i in range(max(count, 0)))
                self._objects(inner, view.after(_matrix(item)), depth + 1)

    def _path(self, item: Any, view: Matrix) -> None:
        box = _bounds(item, view)
        if box is None or (box[2] - box[0] < _SHORTEST and box[3] - box[1] < _SHORTEST):
            return
        if self._thin(*box):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        count = pdfium.FPDFPath_CountSegments(item)
        self._left -= count
        if self._left <= 0 or (not stroke.value and count <= 5):  # one filled shape: a background
            return
        for shape in _shapes(item, count, view.after(_matrix(item))):
            xs, ys = [x for x, _ in shape], [y for _, y in shape]
            if self._thin(min(xs), min(ys), max(xs), max(ys)) or not stroke.value:
                continue
            for (ax, ay), (bx, by) in pairwise(shape):
                self._thin(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _thin(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Take a thin box as a line; False for one that is none. Endless lines of damaged files are none."""
        if not (abs(x0) + abs(x1) + abs(y0) + abs(y1) < _FAR):
            return False
        if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
            self._horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
            self._vertical.append(Rule((x0 + x1) / 2, y0, y1))
        else:
            return False
        return True


def _bounds(item: Any, view: Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    refs = (ctypes.byref(v) for v in (left, bottom, right, top))
    if not pdfium.FPDFPageObj_GetBounds(item, *refs):
        return None
    return view.box(left.value, bottom.value, right.value, top.value)


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _shapes(item: Any, count: int, view: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path, each as its corner points; a closed one ends where it begins."""
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(shape) > 1:
                yield shape
            shape = []
        shape.append(view.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and shape:
            shape.append(shape[0])
    if len(shape) > 1:
        yield shape
