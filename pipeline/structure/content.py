"""Lines below headings: items with their markers, parents and labels; tables with their rows and header."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from data import load
from extractors.vietnamese import tone_key
from models.outline import CellText, Item, Region, Section, Table
from models.text import Text
from pipeline.structure.headings import Heading
from pipeline.structure.markers import Marker, Rank

_LABEL = re.compile(r"[^\W\d_][^:;.?!]{1,58}:(?=\s|$)")
_ORDINAL_CELL = re.compile(r"\(?(?:\d{1,3}|[ivx]{1,5}|[a-zđ])(?:\.\d{1,2}){0,3}[.)]?", re.IGNORECASE)
_NUMBER_CELL = re.compile(r"[≥≤<>~]?\s*[\d.,]+\s*(?:%|‰)?|-|x|…|\.{2,}", re.IGNORECASE)
_YEAR_CELL = re.compile(r"(?:19|20)\d\d")
_LONGEST_HEADER = 4  # rows
_LONGEST_NAME = 40  # characters of what parts a column


@cache
def _header_word() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(load("headings")["table"]["header"]) + r")\b")


def items_of(
    text: Text,
    regions: list[Region],
    markers: list[Marker | None],
    headings: list[Heading],
    sections: tuple[Section, ...],
) -> tuple[Item, ...]:
    """Every line of the body and the appendices that is no title, table cells included, in order of the text."""
    by_line = {h.line: h for h in headings}
    titles = {s.heading_start for s in sections if s.heading is not None}
    starts = sorted((s.start, s.index) for s in sections)
    items: list[Item] = []
    chain: list[tuple[float, int]] = []  # (rank, index of the item) that a deeper marker may hang below
    section: int | None = None
    at = 0
    titled = 0  # where the last title ends
    for i, region in enumerate(regions):
        if region in ("junk", "letterhead", "title"):
            continue
        line = text.lines[i]
        heading = by_line.get(i)
        while at < len(starts) and starts[at][0] <= (heading.start if heading else line.start):
            section, at = starts[at][1], at + 1
            chain = []
        if heading is not None:
            titled = heading.end
        elif line.start < titled:
            continue  # the title above goes on
        start, end = line.start, line.end
        marker = markers[i]
        if heading is not None:
            article = marker is not None and marker.rank == Rank.ARTICLE
            if heading.end >= line.end and not article:
                continue
            start = start + marker.end if article and marker else heading.end
            marker = None
        elif line.start in titles:
            continue
        elif marker is not None and line.cell is None:
            start += marker.end
        else:
            marker = None
        while start < end and text.clean[start] == " ":
            start += 1
        if start == end:
            continue
        parent: int | None = None
        if marker is not None:
            while chain and chain[-1][0] >= marker.rank:
                chain.pop()
            parent = chain[-1][1] if chain else None
        elif not chain or line.cell is not None or not _below(text, i):
            chain = []
        else:
            parent = chain[-1][1]
        label = _LABEL.match(text.clean, start, end)
        item = Item(
            index=len(items), start=start, end=end, line=i,
            marker=marker.words if marker else None, section=section, parent=parent, depth=len(chain),
            label=label.group()[:-1].strip() if label else None,
            label_end=_skip_space(text.clean, label.end(), end) if label else 0,
            region=region,
            table=line.cell.table if line.cell else None,
            row=line.cell.row if line.cell else None,
            column=line.cell.column if line.cell else None,
        )  # fmt: skip
        items.append(item)
        if marker is not None:
            chain.append((marker.rank, item.index))
    return tuple(items)


def _below(text: Text, index: int) -> bool:
    """Whether a line without a marker still belongs to the item above it: set right below, without an empty line, and
    not in a text that parts all its lines."""
    return not text.lines[index].blank_before and text.clean[text.lines[index].start].islower()


def _skip_space(clean: str, start: int, end: int) -> int:
    while start < end and clean[start] == " ":
        start += 1
    return start


def tables_of(text: Text, regions: list[Region], items: tuple[Item, ...]) -> tuple[Table, ...]:
    """The tables of body and appendices; the form's own (letterhead, nơi nhận) are none."""
    cells: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    sizes: dict[tuple[int, int, int], tuple[int, int]] = {}
    for i, line in enumerate(text.lines):
        if line.cell is not None and regions[i] in ("body", "appendix", "preamble"):
            cells[line.cell.table][line.cell.row, line.cell.column].append(i)
            sizes[line.cell[:3]] = (line.cell.height, line.cell.width)
    section_of = {item.line: item.section for item in items}
    tables: list[Table] = []
    for number, grid in cells.items():
        first = min(lines[0] for lines in grid.values())
        columns = max(c + sizes[number, r, c][1] for r, c in grid)
        rows_at = sorted({r for r, _ in grid})
        covered = {  # each place that a merged cell covers, with the cell's lines
            (r + down, c + right): lines
            for (r, c), lines in grid.items()
            for down in range(sizes[number, r, c][0])
            for right in range(sizes[number, r, c][1])
        } | grid
        rows = [tuple(_cell(text, covered.get((r, c))) for c in range(columns)) for r in rows_at]
        tables.append(
            Table(
                index=number,
                section=section_of.get(first),
                caption=_caption(text, regions, first),
                rows=tuple(rows),
                header=_header_rows(text, rows, grid, rows_at),
                page=text.lines[first].page,
            )
        )
    return tuple(tables)


def _cell(text: Text, lines: list[int] | None) -> CellText:
    if not lines:
        return CellText(0, 0, "")
    start, end = text.lines[lines[0]].start, text.lines[lines[-1]].end
    return CellText(start, end, " ".join(text.line_text(text.lines[i]) for i in lines))


def _header_rows(
    text: Text, rows: list[tuple[CellText, ...]], grid: dict[tuple[int, int], list[int]], rows_at: list[int]
) -> int:
    """How many rows at the top name the columns."""
    count = 0
    for index, row in enumerate(rows[:_LONGEST_HEADER]):
        words = [cell.text for cell in row if cell.text]
        if index == 0:
            if not any(_header_word().search(tone_key(w)) for w in words):
                return 0
            if len(words) < 2:
                return 0
        else:
            numbering = [w.strip("() ") for w in words]
            if len(words) > 2 and numbering == [str(k) for k in range(1, len(words) + 1)]:
                return index + 1  # the row "(1) (2) (3)" closes the header
            bold = all(
                text.lines[grid[r, c][0]].bold_end >= text.lines[grid[r, c][0]].end
                for r, c in grid
                if r == rows_at[index]
            )
            below = rows[index + 1] if index + 1 < len(rows) else ()
            if _parts_columns(rows[0], row, below):
                count = index + 1
                continue
            if (
                not bold
                or len(words) < 2
                or _ORDINAL_CELL.fullmatch(row[0].text.strip())
                or any(_NUMBER_CELL.fullmatch(w) and not w.isalpha() for w in words)
            ):
                break
        count = index + 1
    return count


def _parts_columns(top: tuple[CellText, ...], row: tuple[CellText, ...], below: tuple[CellText, ...]) -> bool:
    """Whether a row only parts the columns of the header's first row, which then has blanks beside a wide cell ("Thời
    gian thực hiện | " above "Bắt đầu | Kết thúc"); what stands left of it has its name above. A column that is not
    parted may have a name in it too where figures stand `below` ("Lao |  | Sốt xuất huyết" above "Xét nghiệm | Thu nhận
    | Số mắc")."""
    filled = [column for column, cell in enumerate(row) if cell.text]
    if len(filled) < 2 or not filled[0] or not all(cell.text for cell in top[: filled[0]]):
        return False
    spread = [
        column
        for column in range(filled[0], len(top))
        if not top[column].text or (column + 1 < len(top) and not top[column + 1].text)
    ]
    names = [row[column].text.strip() for column in filled]
    return (
        any(not top[column].text for column in filled)
        and (set(filled) <= set(spread) or _heads_figures(filled, len(top), below))
        and all(len(name) <= _LONGEST_NAME and (not name[0].isdigit() or _YEAR_CELL.fullmatch(name)) for name in names)
    )


def _heads_figures(filled: list[int], width: int, below: tuple[CellText, ...]) -> bool:
    """Whether the filled columns are all to the right, and figures stand `below` most of them."""
    cells = [below[column].text.strip() for column in filled if column < len(below)]
    figures = [words for words in cells if _NUMBER_CELL.fullmatch(words) and any(sign.isdigit() for sign in words)]
    return filled == list(range(filled[0], width)) and 2 * len(figures) > len(filled)


def _caption(text: Text, regions: list[Region], first: int) -> str | None:
    """The title that stands above a table: the nearest line above it that is no bracket and no sentence."""
    for i in range(first - 1, max(-1, first - 5), -1):
        line = text.lines[i]
        if line.cell is not None or regions[i] != regions[first]:
            return None
        words = text.line_text(line)
        if words.startswith("(") or words.strip(". ") == "" or tone_key(words).startswith(("đơn vị tính", "đvt")):
            continue
        return words if len(words) < 300 else None
    return None
