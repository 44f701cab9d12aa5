"""Small outlines from a few lines of text, so that a row of a table can say where a sentence stands.

# 2. Văn phòng Sở | implementation      a heading with its roles (## below it, ### below that)
- text, + text, a) text, 1. text         items; "+" hangs below "-", "-" below a numbered or lettered item
Thời gian thực hiện: Quý I              a label is what stands before the first colon of an item
| TT | Nội dung | Thời gian |            rows of a table; the first names its columns
anything else                            a paragraph
"""

from __future__ import annotations

import re
from array import array
from typing import Any

from models.outline import CellText, Item, Outline, Section, Table
from models.plan import Context, Metadata
from models.text import Line, Text
from pipeline.clean.slips import mend

_MARKER = re.compile(r"([-+]|\d{1,2}[.)]|[a-zđ]\))\s+")
_LABEL = re.compile(r"([^:.;()\d]{3,60}):\s*")


def context(issued: str | None = "2025-01-15", period: str | None = "2025", **values: Any) -> Context:
    """A plan of January 2025 for the year 2025; `period` is "2025", "2026-2030" or None."""
    first, _, last = (period or "").partition("-")
    meta = Metadata(
        issue_date=issued,
        period_start=f"{first}-01-01" if first else None,
        period_end=f"{last or first}-12-31" if first else None,
        **values,
    )
    year = int(first) if first else int(issued[:4]) if issued else None
    return Context(metadata=meta, year=year)


def outline(text: str) -> Outline:
    """The outline of a few lines in the form that the module's docstring tells."""
    clean: list[str] = []
    lines: list[Line] = []
    items: list[Item] = []
    sections: list[Section] = []
    rows: list[tuple[CellText, ...]] = []
    tables: list[Table] = []
    open_sections: list[int] = []
    stack: list[tuple[int, int]] = []  # (depth, index) of the items above
    length = 0

    def add(words: str) -> tuple[int, int]:
        nonlocal length
        start = length
        clean.append(words)
        length += len(words) + 1
        lines.append(Line(start, start + len(words), start))
        return start, start + len(words)

    def close_table() -> None:
        if rows:
            section = open_sections[-1] if open_sections else None
            tables.append(Table(index=len(tables), section=section, caption=None, rows=tuple(rows), header=1))
            rows.clear()

    for raw in text.strip().split("\n"):
        line = raw.strip()
        if line.startswith("|"):
            cells = []
            for column, words in enumerate(cell.strip() for cell in line.strip("|").split("|")):
                start, end = add(words)
                cells.append(CellText(start, end, words))
                if words:
                    items.append(
                        Item(
                            index=len(items), start=start, end=end, line=len(lines) - 1, table=len(tables), row=len(rows),
                            column=column, section=open_sections[-1] if open_sections else None,
                        )
                    )  # fmt: skip
            rows.append(tuple(cells))
            continue
        close_table()
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            heading, _, roles = line.lstrip("# ").partition(" | ")
            start, end = add(heading)
            del open_sections[level - 1 :]
            marker = _MARKER.match(heading)
            sections.append(
                Section(
                    index=len(sections), parent=open_sections[-1] if open_sections else None, path=None,
                    marker=marker[1].rstrip(".)") if marker else None, level=level, heading=heading, heading_start=start,
                    heading_end=end, start=start, end=10**9, roles=tuple(roles.split()) or ("other",),
                )
            )  # fmt: skip
            open_sections.append(sections[-1].index)
            stack.clear()
            continue
        start, end = add(line)
        marker = _MARKER.match(line)
        begin = start + (marker.end() if marker else 0)
        depth = 0 if not marker else {"-": 1, "+": 2}.get(marker[1], 0)
        while stack and stack[-1][0] >= depth:
            stack.pop()
        label = _LABEL.match(line, marker.end() if marker else 0)
        items.append(
            Item(
                index=len(items), start=begin, end=end, line=len(lines) - 1, marker=marker[1].rstrip(".)") if marker else None,
                section=open_sections[-1] if open_sections else None, parent=stack[-1][1] if stack else None, depth=depth,
                label=label[1] if label else None, label_end=start + label.end() if label else 0,
            )
        )  # fmt: skip
        if marker:
            stack.append((depth, len(items) - 1))
    close_table()
    joined = "\n".join(clean)
    mended, slips = mend(joined)
    body = Text(joined, mended, array("I", range(len(joined) + 1)), lines, slips)
    return Outline(
        text=body, regions=("body",) * len(lines), sections=tuple(sections), items=tuple(items), tables=tuple(tables)
    )
