"""Ruling lines on a page -> tables with their cells.

Lines that touch make one grid. Its distinct x and y part it into fields; fields without a line between them are one
cell, so merged cells come out as they are drawn. The grid's outline counts as drawn, since many tables leave out their
outer borders or are cut by the end of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.pdf_objects import Rule
from pipeline.readers.pdf_page import Word

_TOUCH = 3.0  # points: lines nearer than this meet, or are one line drawn twice
_COVERED = 0.6  # a side of a field is ruled if this share of it is
_MOST_PAIRS = 4_000_000  # of lines that are looked at for meeting; a page with more is a drawing
_MOST_GRIDS = 60  # on a page; more are a form's boxes or a drawing
_MOST_FIELDS = 40_000  # of one grid; more is no table of words


class GridCell(NamedTuple):
    """A cell: its place in the table and its box on the page."""

    row: int
    column: int
    height: int
    width: int
    x0: float
    y0: float
    x1: float
    y1: float


class Grid(NamedTuple):
    """A table on a page: the x of its column lines, the y of its row lines, its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word is inside the table."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


def find_grids(horizontal: list[Rule], vertical: list[Rule]) -> list[Grid]:
    """The tables of at least two columns that the lines of a page draw, from top to bottom."""
    if len(horizontal) < 2 or not vertical:  # the cheap way out of nearly every page
        return []
    across, down = _joined(horizontal), _joined(vertical)
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    grids = [grid for group in _groups(across, down) if (grid := _grid(*group)) is not None]
    if len(grids) > _MOST_GRIDS:
        return []
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(rules: list[Rule]) -> list[Rule]:
    """Lines at one place that touch or overlap as one line: borders are drawn cell by cell, often twice."""
    out: list[Rule] = []
    for at in _clusters(sorted(rules)):
        middle = sum(rule.at for rule in at) / len(at)
        low, high = 0.0, -1.0
        for rule in sorted(at, key=lambda rule: rule.low):
            if high < low:
                low, high = rule.low, rule.high
            elif rule.low <= high + _TOUCH:
                high = max(high, rule.high)
            else:
                out.append(Rule(middle, low, high))
                low, high = rule.low, rule.high
        out.append(Rule(middle, low, high))
    return out


def _clusters(ordered: list[Rule]) -> Iterator[list[Rule]]:
    """Runs of lines each within the reach of the run's first."""
    run: list[Rule] = []
    for rule in ordered:
        if run and rule.at - run[0].at > _TOUCH:
            yield run
            run = []
        run.append(rule)
    if run:
        yield run


def _groups(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or over others: (horizontal, vertical) of each grid."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    ats = [rule.at for rule in across]  # in order: `_joined` goes from top to bottom
    for index, line in enumerate(down):
        first = bisect_right(ats, line.low - _TOUCH)
        last = bisect_right(ats, line.high + _TOUCH)
        for other in range(first, last):
            if across[other].low - _TOUCH <= line.at <= across[other].high + _TOUCH:
                parent[root(other)] = root(len(across) + index)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for node in range(len(parent)):
        rows, columns = members.setdefault(root(node), ([], []))
        if node < len(across):
            rows.append(across[node])
        else:
            columns.append(down[node - len(across)])
    yield from (group for group in members.values() if len(group[0]) >= 2 and group[1])


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The table that a group of lines draws, None for a frame, a box or a drawing."""
    left = min(min(rule.low for rule in across), min(rule.at for rule in down))
    right = max(max(rule.high for rule in across), max(rule.at for rule in down))
    top = min(min(rule.low for rule in down), min(rule.at for rule in across))
    bottom = max(max(rule.high for rule in down), max(rule.at for rule in across))
    xs = _distinct([left, right, *(rule.at for rule in down)])
    ys = _distinct([top, bottom, *(rule.at for rule in across)])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > _MOST_FIELDS:
        return None
    walls = _ruled(down, xs, ys)  # walls[x][row]: whether the line at x is drawn beside that row
    floors = _ruled(across, ys, xs)  # floors[y][column]
    cells = tuple(_cells(walls, floors, xs, ys))
    if len({cell.column for cell in cells}) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), cells)


def _distinct(values: list[float]) -> list[float]:
    out: list[float] = []
    for found in sorted(values):
        if not out or found - out[-1] > _TOUCH:
            out.append(found)
    return out


def _ruled(rules: list[Rule], places: list[float], steps: list[float]) -> list[list[bool]]:
    """For each place and each step between neighbours of `steps`: whether a line is drawn there."""
    drawn = [[0.0] * (len(steps) - 1) for _ in places]
    for rule in rules:
        place = bisect_right(places, rule.at + 0.01) - 1
        if place + 1 < len(places) and places[place + 1] - rule.at < rule.at - places[max(place, 0)]:
            place += 1
        row = drawn[max(place, 0)]
        for step in range(max(bisect_right(steps, rule.low) - 1, 0), len(steps) - 1):
            if steps[step] >= rule.high:
                break
            row[step] += min(rule.high, steps[step + 1]) - max(rule.low, steps[step])
    return [[row[i] >= _COVERED * (steps[i + 1] - steps[i]) for i in range(len(row))] for row in drawn]


def _cells(walls: list[list[bool]], floors: list[list[bool]], xs: list[float], ys: list[float]) -> Iterator[GridCell]:
    """Fields without a line between them as one cell; cells in reading order. A field grows to the right, then
    downwards while the whole of its width is open, so that every cell is a rectangle."""
    columns, rows = len(xs) - 1, len(ys) - 1
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            width = 1
            while column + width < columns and not walls[column + width][row] and not taken[row][column + width]:
                width += 1
            height = 1
            while row + height < rows and all(
                not floors[row + height][c] and not taken[row + height][c] for c in range(column, column + width)
            ):
                if any(walls[column + w][row + height] for w in range(1, width)):
                    break
                height += 1
            for r in range(row, row + height):
                taken[r][column : column + width] = [True] * width
            yield GridCell(row, column, height, width, xs[column], ys[row], xs[column + width], ys[row + height])


def share_out(grid: Grid, words: list[Word]) -> dict[GridCell, list[Word]]:
    """The words of each cell. A word that reaches over a border (two cells printed without a blank between them) is
    cut at the border."""
    out: dict[GridCell, list[Word]] = {cell: [] for cell in grid.cells}
    fields = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    }

    def cell_at(x: float, y: float) -> GridCell:
        column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
        row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
        return fields[row, column]

    for word in words:
        y = (word.top + word.bottom) / 2
        cell = cell_at((word.x0 + word.x1) / 2, y)
        if word.turn % 2 or (word.x0 >= cell.x0 - _TOUCH and word.x1 <= cell.x1 + _TOUCH):
            out[cell].append(word)
            continue
        middles = [(a + b) / 2 for a, b in pairwise(word.edges)]
        start = 0
        for index in range(1, len(middles) + 1):
            if index == len(middles) or cell_at(middles[index], y) != cell_at(middles[start], y):
                out[cell_at(middles[start], y)].append(_part(word, start, index))
                start = index
    return out


def _part(word: Word, start: int, end: int) -> Word:
    edges = word.edges[start : end + 1]
    return word._replace(text=word.text[start:end], x0=edges[0], x1=edges[-1], edges=edges)
