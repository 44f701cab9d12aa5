"""Tables that tools print from PDFs with blanks alone, each column below its head:

    TT      Nội dung             Đơn vị chủ trì     Thời gian
     1   Tập huấn cho tuyến       TTKSBT tỉnh      Tháng 5/2023
         xã

A table opens with the head of its running numbers. The blank stripes that run through nearly all of its lines part the
columns, on each page anew; a row is what stands around one number, or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from models.text import Cell

Span = tuple[int, int]
Pieces = dict[int, Span]
"""The words of a line by column."""

_HEAD = re.compile(r"^[ \f]*(?:STT|TT|Stt|Tt|Số TT|S\.?TT)(?:[ ]{2,}\S[^\r\n]*)?[ ]*$", re.MULTILINE)
_OPENS = re.compile(r"^[ \f]*(?:STT|S\.?TT|TT|Stt|Tt|Số TT)(?=[ \r\n]|$)", re.MULTILINE)
_GAP = re.compile(r"[ ]{2,}")
_RUN = re.compile(r"\S(?:\S| (?=\S))*")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,5}|[A-Ha-hđ])[.)]?|[-+*]")
# What stands below a table; a numbered line with columns of its own is a row.
_CLOSES = re.compile(
    r"\s*(?:Trên đây là|Nơi nhận|Ghi chú\s*:|(?:PHỤ LỤC|Phụ lục|Biểu|Bảng)\b"
    r"|(?:[IVX]{1,5}|\d{1,2})\.\s{1,3}\S(?!.*\S {3,}\S))"
)
_MOST_LINES = 600
_BLANK = 3  # empty lines in a row that a table may have between two pages
_STRIPE = 0.3  # of a table's lines may have a single blank between two columns
_MOST_HEAD = 3  # lines of the head above the one with "TT"
_LONG = 60  # characters of running text
_INDENT = 6  # by which the first column of words stands right of the numbers


class SpacedTable(NamedTuple):
    """Where a table stands among the lines, `[first, last)`, and its cells' lines: (start, end, cell, fresh). `fresh`
    is True for the first one of a cell, None for one that goes on with the line before it."""

    first: int
    last: int
    cells: list[tuple[int, int, Cell, bool | None]]


def spaced_tables(text: str, lines: Sequence[Span]) -> Iterator[SpacedTable]:
    """The tables of a plain text whose lines (source spans) are given, each with the cells of table 0."""
    if not _OPENS.search(text):
        return
    index = 0
    while index < len(lines):
        start, end = lines[index]
        if not _HEAD.fullmatch(text, start, end):
            index += 1
            continue
        last = _end(text, lines, index)
        found = _read(text, lines, index, last)
        if found is not None:
            yield found
        index = found.last if found is not None else last


def _read(text: str, lines: Sequence[Span], head: int, last: int) -> SpacedTable | None:
    """The table whose head has the running numbers' name in line `head`; it ends before line `last`."""
    first = head
    while first and head - first < _MOST_HEAD and _has_gap(_words(text, lines[first - 1])):
        first -= 1
    pages = _pages(text, lines, first, last)
    heads, bodies = _without_head(text, lines, pages, head)
    if not bodies or bodies[0][0] > pages[0][-1]:
        return None
    stripes = [_stripes([_words(text, lines[i]) for i in page]) for page in bodies]
    whole = _stripes([_words(text, lines[i]) for i in pages[0]])
    if len(whole) >= len(stripes[0]):
        stripes[0] = whole  # a column may be empty below its head; heads may be wider than their columns
    columns = len(stripes[0]) + 1
    if columns < 3:
        return None
    pieces: dict[int, Pieces] = {}
    kept: list[list[int]] = []
    for body, between in zip(bodies, stripes, strict=True):
        if len(between) + 1 != columns:
            last = body[0]
            break  # another table, or none
        pieces.update((i, _pieces(text, lines[i], between)) for i in body)
        kept.append(body)
    bodies = kept
    pieces.update((i, _head_pieces(text, lines[i], stripes[0])) for i in heads)
    if any(0 in pieces[i] and not _is_number(text, pieces[i]) for body in bodies for i in body):
        return None  # words in the column of numbers: no table
    rows = _rows(text, bodies, pieces)
    if not rows:
        return None
    cells = [cell for row, group in enumerate([heads, *rows]) for cell in _cells(text, row, group, columns, pieces)]
    return SpacedTable(first, last, cells)


def _words(text: str, line: Span) -> str:
    return text[slice(*line)].replace("\f", " ")


def _has_gap(words: str) -> bool:
    return _GAP.search(words.strip()) is not None and "|" not in words and "\t" not in words


def _is_number(text: str, pieces: Pieces) -> bool:
    return 0 in pieces and _NUMBER.fullmatch(text[slice(*pieces[0])]) is not None


def _end(text: str, lines: Sequence[Span], head: int) -> int:
    """The line behind the table: what closes it, or a line of running text."""
    margin = _indent(_words(text, lines[head])) + _INDENT
    blank = 0
    last = head + 1
    for index in range(head + 1, min(head + _MOST_LINES, len(lines))):
        words = _words(text, lines[index])
        if not words.strip():
            blank += 1
            if blank > _BLANK:
                break
            continue
        alone = not _has_gap(words) and not _NUMBER.fullmatch(words.strip()) and _indent(words) < margin
        turned = "\f" in text[lines[last - 1][1] : lines[index][1]]  # to another page, which may stand further left
        if _CLOSES.match(words) or (alone and ((blank and not turned) or len(words.strip()) > _LONG)):
            break
        blank, last = 0, index + 1
    return last


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _pages(text: str, lines: Sequence[Span], first: int, last: int) -> list[list[int]]:
    """The lines with words of `[first, last)`, page by page: each may stand further left or right than the last."""
    pages: list[list[int]] = [[]]
    for i in range(first, last):
        words = text[slice(*lines[i])]
        if "\f" in words or (i > first and "\f" in text[lines[i - 1][1] : lines[i][0]]):
            pages.append([])
        if words.strip():
            pages[-1].append(i)
    return [page for page in pages if page]


def _stripes(rows: list[str]) -> list[Span]:
    """The blank stripes between the columns, from left to right; the margins are none. No line has words there, and in
    most of them more than one blank does."""
    width = max(map(len, rows))
    inked = [False] * (width + 1)
    crossed = [0] * (width + 1)
    several = [row for row in rows if _has_gap(row)]
    for row in several:
        for match in _RUN.finditer(row):
            for x in range(*match.span()):
                crossed[x] += 1
                inked[x] = inked[x] or row[x] != " "
    most = int(len(several) * _STRIPE)
    stripes: list[Span] = []
    begin = -1
    left = next((x for x in range(width) if inked[x]), width)
    for x in range(left, width):
        if not inked[x] and crossed[x] <= most:
            begin = x if begin < 0 else begin
        elif begin >= 0:
            stripes.append((begin, x))
            begin = -1
    return stripes


def _pieces(text: str, line: Span, stripes: list[Span]) -> Pieces:
    """The words of a line by column."""
    words = _words(text, line)
    pieces: Pieces = {}
    bounds = [0, *((a + b) // 2 for a, b in stripes), len(words) + 1]
    for column, (a, b) in enumerate(pairwise(bounds)):
        cell = words[a:b]
        if cell.strip():
            first = a + len(cell) - len(cell.lstrip())
            pieces[column] = (line[0] + first, line[0] + a + len(cell.rstrip()))
    return pieces


def _head_pieces(text: str, line: Span, stripes: list[Span]) -> Pieces:
    """The words of a head's line by the column whose stripes on both sides they stand between best."""
    bounds = [0, *((x + y) / 2 for x, y in stripes)]
    ends = [*bounds[1:], 2 * bounds[-1] - bounds[-2]]
    pieces: Pieces = {}
    for match in _RUN.finditer(_words(text, line)):
        a, b = match.span()
        column = max(range(len(bounds)), key=lambda i: min(b, ends[i]) - max(a, bounds[i]))
        known = pieces.get(column)
        pieces[column] = (known[0] if known else line[0] + a, line[0] + b)
    return pieces


def _without_head(
    text: str, lines: Sequence[Span], pages: list[list[int]], head: int
) -> tuple[list[int], list[list[int]]]:
    """The lines of the head, and those of the rows on each page, the head's words that a page repeats left out."""
    page = pages[0]
    at = page.index(head)
    end = at + 1  # a head stands around its "TT" as far below as above, or goes on in small letters
    while end < len(page):
        runs = _RUN.findall(_words(text, lines[page[end]]))
        if _NUMBER.fullmatch(runs[0]) or (end - at > at and any(run[:1].isupper() for run in runs)):
            break
        end += 1
    heads = page[:end]
    said = [_words(text, lines[i]).split() for i in heads]
    bodies = [page[end:]]
    for further in pages[1:]:
        repeated = [_words(text, lines[i]).split() for i in further[: len(said)]] == said
        bodies.append(further[len(said) :] if repeated else further)
    return heads, [body for body in bodies if body]


def _rows(text: str, bodies: list[list[int]], pieces: dict[int, Pieces]) -> list[list[int]]:
    """The lines of each row. Numbers stand at the top of their rows, or in the middle: then words stand above the first
    one of the table, or beside some of them nothing begins."""
    rows: list[list[int]] = []
    numbered = [pieces[i] for body in bodies for i in body if _is_number(text, pieces[i])]
    inside = sum(1 not in line or not _begins(text, line) for line in numbered)
    middle = bool(bodies) and (not _is_number(text, pieces[bodies[0][0]]) or inside * 5 > len(numbered))
    for page, body in enumerate(bodies):
        numbers = [at for at, i in enumerate(body) if _is_number(text, pieces[i])]
        if not middle:
            cuts = numbers
        elif page:
            cuts = _from_below(numbers, len(body))
        else:
            cuts = _from_above(numbers)
        cuts = [cut if not middle else _near(text, body, pieces, cut, numbers) for cut in cuts]
        if cuts and cuts[0] and not page:
            cuts[0] = 0
        above = body[: cuts[0]] if cuts else body
        if rows:
            rows[-1] += above  # the rest of the row that the page before began
        rows += [body[a:b] for a, b in pairwise([*cuts, len(body)]) if a < b]
    return rows


def _from_above(numbers: list[int]) -> list[int]:
    """Where rows begin that have their numbers in the middle, the first one at the top."""
    cuts: list[int] = []
    top = 0
    for number in numbers:
        cuts.append(min(top, number))
        top = 2 * number - cuts[-1] + 1
    return cuts


def _from_below(numbers: list[int], end: int) -> list[int]:
    """The same where the last row ends at the bottom."""
    cuts: list[int] = []
    bottom = end - 1
    for number in reversed(numbers):
        cuts.append(max(min(2 * number - bottom, number), 0))
        bottom = cuts[-1] - 1
    return cuts[::-1]


def _near(text: str, body: list[int], pieces: dict[int, Pieces], cut: int, numbers: list[int]) -> int:
    """The line that may begin a row at a place told by its number, or right beside it: rows have an even number of
    lines too."""
    number = next((n for n in numbers if n >= cut), cut)
    before = max((n for n in numbers if n < number), default=-1)
    for place in (cut, cut - 1, cut + 1):
        if before < place <= number and place < len(body) and _begins(text, pieces[body[place]]):
            return place
    return cut


def _begins(text: str, pieces: Pieces) -> bool:
    """Whether the first words of a line that are no number may begin a cell."""
    words = next((text[slice(*span)] for column, span in sorted(pieces.items()) if column), "")
    return words[:1].isupper() or words[:1] in "-+"


def _cells(
    text: str, row: int, group: list[int], columns: int, pieces: dict[int, Pieces]
) -> Iterator[tuple[int, int, Cell, bool | None]]:
    """The lines of a row's cells, cell by cell."""
    for column in range(columns):
        fresh: bool | None = True
        above = ""
        listed = False  # whether the cell is a list
        for i in group:
            if column in pieces[i]:
                start, end = pieces[i][column]
                if fresh is True:
                    listed = text[start] in "-+*"
                else:
                    item = text[start] in "-+*" and (listed or above.endswith((".", ";", ":")))
                    fresh = False if item else None
                yield start, end, Cell(0, row, column), fresh
                fresh, above = False, text[start:end]
