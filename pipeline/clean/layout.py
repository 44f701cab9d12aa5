"""Where the physical lines of a source are, and the table cell that each stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from models.text import Cell, CellRun, Source
from pipeline.clean.columns import Columns, two_columns
from pipeline.clean.pages import page_numbers
from pipeline.clean.spaced import spaced_tables
from pipeline.clean.tags import HtmlTable, html_tables

_LINE = re.compile(r"([^\n\r\u2028\u2029]*)(?:\r\n|[\n\r\u2028\u2029]|\Z)")
# A line of nothing but dashes, stars and the like.
_RULE = re.compile(r"[\s*_=|:.\-\u2010-\u2015]*[*_=\-\u2010-\u2015]{2,}[\s*_=|:\-\u2010-\u2015]*|[\s*_]+")
_RULE_OPENS = frozenset("*_=|:.-\u2010\u2011\u2012\u2013\u2014\u2015")


def is_rule(line: str) -> bool:
    """Whether a line (or the words of a cell), stripped of spaces, is nothing but a rule."""
    return line[:1] in _RULE_OPENS and bool(_RULE.fullmatch(line))


def _spans(text: str, pages: Iterable[int]) -> list[tuple[int, int]]:
    """Where the physical lines are, without their line ends and without those that hold the `pages`' numbers."""
    spans = [match.span(1) for match in _LINE.finditer(text)]
    if spans[-1][0] == len(text):  # behind the last line end there is no line
        spans.pop()
    for page in sorted(pages, reverse=True):
        spans.pop(bisect_right(spans, (page, len(text))) - 1)
    return spans


def plain_lines(text: str) -> Iterator[tuple[int, int, Cell | None, bool | None]]:
    """Physical lines of a plain text with the table cell that each stands in: (start, end, cell, first of its cell);
    the last is None for a line that goes on with the one before it.

    Five kinds of tables occur: Markdown rows `| a | b |`, cells set apart by lines that hold a single `|` (a web
    page's tables turned to Markdown), rows of tab-separated values, HTML's own tags, and columns of blanks.
    """
    spans = _spans(text, page_numbers(text))
    columns = two_columns(text, spans)
    stripped = [text[a:b].strip() for a, b in spans]
    barred = _barred_cells(stripped) if "|" in text else {}
    table = max((cell.table for cell in barred.values()), default=-1)
    tagged = list(html_tables(text)) if "<t" in text or "<T" in text else []
    tagged.reverse()
    spaced = {found.first: found for found in spaced_tables(text, spans)}
    inner = {i for found in spaced.values() for i in range(found.first + 1, found.last)}
    row = 0
    inside = ""  # "", "pipes" or "tabs"
    header = ""  # the first row of the table with tabs
    above_break = ""  # the last row of a table of pipes with nothing but empty lines below it
    previous: Cell | None = None
    behind = 0  # where the last table in tags ends
    for index, (start, end) in enumerate(spans):
        if start < behind:
            if end <= behind:
                continue
            start = behind
        while tagged and tagged[-1].start < end:
            found = tagged.pop()
            if text[start : found.start].strip():
                yield start, found.start, None, True
            table, inside = table + 1, ""
            yield from _tagged_cells(text, found, table)
            start = behind = found.end
        if start >= end and behind:
            continue
        if index in columns:
            table, inside = table + 1, ""
            for side, column_lines in enumerate(columns[index]):
                for place, (cell_start, cell_end) in enumerate(column_lines):
                    yield cell_start, cell_end, Cell(table, 0, side), place == 0
            continue
        if index in columns.inner or index in inner:
            continue
        if index in spaced:
            table, inside = table + 1, ""
            for first, last, cell, fresh in spaced[index].cells:
                yield first, last, cell._replace(table=table), fresh
            yield end, end, None, False
            continue
        bare = stripped[index]
        if bare == "|":
            inside, previous = "", None
            continue
        if index in barred:
            cell = barred[index]
            yield (start, end, cell, cell != previous) if bare else (start, start, None, False)
            previous = cell if bare else previous
            continue
        if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
            if inside != "pipes":
                if not _follows(bare, above_break):
                    table, row = table + 1, -1
                inside = "pipes"
            if is_rule(bare):
                continue
            row += 1
            above_break = bare
            for column, (cell_start, cell_end) in enumerate(_pipe_cells(text, start, end)):
                if cell_start < cell_end:
                    yield cell_start, cell_end, Cell(table, row, column), True
            continue
        if "\t" in bare:
            if inside != "tabs" or (_heads_table(bare) and bare != header):
                table, row, inside, header = table + 1, -1, "tabs", bare
            row += 1
            position = start
            for column, part in enumerate(text[start:end].split("\t")):
                if part.strip():
                    yield position, position + len(part), Cell(table, row, column), True
                position += len(part) + 1
            continue
        if not bare or is_rule(bare):
            inside = ""
            yield start, start, None, False
            continue
        above_break = ""
        below = stripped[index + 1] if index + 1 < len(spans) else ""
        if inside == "tabs" and "\t" in below and not _heads_table(below):
            row += 1  # a row of one cell among rows of several
            yield start, end, Cell(table, row, 0), True
            continue
        was_table, inside = bool(inside), ""
        yield start, end, None, was_table


def _tagged_cells(text: str, found: HtmlTable, table: int) -> Iterator[tuple[int, int, Cell | None, bool]]:
    """The lines of a table in tags."""
    for start, end, cell in found.cells:
        fresh = True
        for line in _LINE.finditer(text, start, end):
            first, last = line.span(1)
            if text[first:last].strip():
                yield first, last, cell._replace(table=table), fresh
                fresh = False


_FIRST_NUMBER = re.compile(r"\|[*\s]*(\d{1,3})[.)]?[*\s]*\|")


def _follows(row: str, above: str) -> bool:
    """Whether a row goes on with the table that ended with `above`, as where a page's end cut it: as many cells, and
    the running number that comes next."""
    number, last = _FIRST_NUMBER.match(row), _FIRST_NUMBER.match(above)
    return bool(number and last and int(number[1]) == int(last[1]) + 1 and row.count("|") == above.count("|"))


_NUMBERING = re.compile(r"[*_]*(?:stt|tt|số tt|số thứ tự)[*_]*\t", re.IGNORECASE)


def _heads_table(row: str) -> bool:
    """Whether a row with tabs is the first of a table: its first column is the running number's."""
    return bool(_NUMBERING.match(row))


_OUTSIDE = re.compile(r"[*#\s]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|PHỤ LỤC|CHƯƠNG TRÌNH|THÔNG BÁO|CHỈ THỊ|Phụ lục|Kính gửi)\b")
_ORDINAL = re.compile(r"[*\s]*(\d{1,3}|[IVXL]{1,5}|[A-Za-zđĐ])[.)]?[*\s]*")
_LONGEST_CELL = 40  # lines; a web page's cell is shorter, the text between two tables is longer


def _barred_cells(lines: list[str]) -> dict[int, Cell]:
    """The cell of each line in tables whose cells are set apart by lines of one bar.

    A row of k cells has k + 1 bars, and the next row opens with a bar of its own, so an empty cell and the end of a
    row look alike; the width of the rows above and a row's running number tell them apart.
    """
    bars = [i for i, line in enumerate(lines) if line == "|"]
    found: dict[int, Cell] = {}
    table = -1
    row = column = width = 0  # `column`: cells of this row that are behind us
    stt = 0  # the running number of the last row that had one
    inside = False
    at = 0
    while at < len(bars):
        here = bars[at]
        following = bars[at + 1] if at + 1 < len(bars) else len(lines)
        if not inside:
            table, row, column, width, inside, stt = table + 1, 0, 0, 0, True, 0
        block = range(here + 1, following)
        content = [i for i in block if lines[i]]
        if content:
            gap = content[0] != here + 1 or is_rule(lines[content[0]])
            full = bool(width) and column >= width
            if (
                following == len(lines)
                or gap
                or len(content) > _LONGEST_CELL
                or _OUTSIDE.match(lines[content[0]])
                or (full and len(content) < len(block))
            ):
                inside = False
            else:
                found.update(dict.fromkeys(block, Cell(table, row, column)))
                if column == 0 and (number := _ORDINAL.fullmatch(lines[content[0]])) and number[1].isdigit():
                    stt = int(number[1])
                column += 1
            at += 1
            continue
        if len(block):  # empty lines between two bars: one table ends, another begins
            inside = False
            at += 1
            continue
        run = 1  # bars in a row
        while at + run < len(bars) and bars[at + run] == here + run:
            run += 1
        after = lines[here + run] if here + run < len(lines) else ""
        missing = max(width - column, 0)
        spare = run - 2  # empty cells, if the row ends within this run
        if spare >= missing and _runs_on(after, stt):
            width = max(width, column + spare)  # the header was narrower than the rows: its cells span several columns
            row, column = row + 1, 0
        elif not width or spare >= missing or _opens_row(after, stt, column):
            width = max(width, column)
            row, column = row + 1, max(spare - missing, 0)
        else:
            column += run - 1
        at += max(run - 1, 1)
    return found


def _runs_on(line: str, stt: int) -> bool:
    """Whether the line is the running number that comes after `stt`."""
    number = _ORDINAL.fullmatch(line)
    return bool(number and number[1].isdigit() and int(number[1]) == stt + 1)


def _opens_row(line: str, stt: int, column: int) -> bool:
    """Whether the words after empty cells look like the running number of a new row."""
    number = _ORDINAL.fullmatch(line)
    if not number:
        return column == 1 and line.startswith("**")
    if number[1].isdigit():
        return int(number[1]) == 1 or _runs_on(line, stt)
    return True


def _pipe_cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells between the bars of a Markdown row, as source spans without outer space."""
    first = text.index("|", start) + 1
    position = first
    while position < end:
        close = position
        while close < end and not (text[close] == "|" and text[close - 1] != "\\"):
            close += 1
        if close >= end and not text[position:close].strip():
            return
        left, right = position, close
        while left < right and text[left] in " \t":
            left += 1
        while right > left and text[right - 1] in " \t":
            right -= 1
        yield left, right
        position = close + 1


def _inside(cells: list[CellRun], starts: list[int], place: int) -> bool:
    """Whether a character stands in a table's cell."""
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < cells[index].end


def styled_lines(source: Source) -> Iterator[tuple[int, int, Cell | None, bool | None]]:
    """Physical lines of a styled source; its reader said where the cells are."""
    text = source.text
    cells = sorted(source.cells)
    starts = [cell.start for cell in cells]
    spans = _spans(text, (page for page in page_numbers(text) if not _inside(cells, starts, page)))
    columns = two_columns(text, spans) if not cells else Columns()
    table = max((cell.table for cell in cells), default=-1)
    previous: Cell | None = None
    for number, (start, end) in enumerate(spans):
        if number in columns:
            table += 1
            for side, column_lines in enumerate(columns[number]):
                for place, (first, last) in enumerate(column_lines):
                    yield first, last, Cell(table, 0, side), place == 0
            continue
        if number in columns.inner:
            continue
        position = start
        while position < end:  # one physical line may hold several cells, set apart by tabs
            index = bisect_right(starts, position) - 1
            cell: Cell | None = None
            stop = end
            if index >= 0 and position < cells[index].end:
                run = cells[index]
                cell = Cell(run.table, run.row, run.column, run.width, run.height)
                stop = min(end, run.end)
            elif index + 1 < len(cells):
                stop = min(end, cells[index + 1].start)
            if text[position:stop].strip():
                yield position, stop, cell, cell != previous
                previous = cell
            position = max(stop, position + 1)
        if not text[start:end].strip():
            yield start, start, None, False
