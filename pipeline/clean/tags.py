"""HTML inside plain text: converters to Markdown write what Markdown lacks as tags (tables with merged cells, notes'
signs, anchors, underlines), and pictures and links in Markdown's own brackets.

All of it is marks, none of it words. The patterns look at one line and stop at the next sign of their own kind, so a
text of nothing but opened brackets takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from models.text import Cell

_REST = r"(?:[\s/][^<>\n]{0,600})?>"  # what may follow a tag's name
_BREAKS = "p|div|center|li|ul|ol|dl|dd|dt|h[1-6]|hr|blockquote|section|table|thead|tbody|tfoot|tr|td|th|caption"
_SILENT = (
    "u|i|em|s|del|ins|sup|sub|span|font|a|small|big|mark|img|pre|code|html|body|head|figure|figcaption|colgroup|col|o:p"
)
BREAK = rf"(?:br|/?(?:{_BREAKS})){_REST}"
BOLD = rf"/?(?:b|strong){_REST}"
SILENT = rf"(?:/?(?:{_SILENT}){_REST}|!--[^<>\n]{{0,600}}-->)"
NOTE = r"(?<![mM]<)sup>(?:\\?\[)?\d{1,2}(?:\\?\])?</sup>"  # a footnote's sign; of m² the digit stays
ENTITY = r"(?:[A-Za-z][a-z]{1,7}|#\d{2,5}|#x[\dA-Fa-f]{2,4});"

_URL = r"(?:[^()\n]|\([^()\n]{0,300}\))"
PICTURE = rf"\[[^\[\]\n]{{0,300}}\]\({_URL}*\)"
LINK_OPENS = r"(?=[^\[\]\n]{1,400}\]\((?:https?:|www\.|/|#|javascript:|mailto:))"
LINK_ENDS = rf"\((?:https?:|www\.|/|#|javascript:|mailto:){_URL}{{0,2000}}\)"
NOTE_LINK = rf"(?:\\?\[)?\d{{1,3}}(?:\\?\])?\]\(#{_URL}{{0,300}}\)"


def entity(name: str) -> str | None:
    """The character that `&...;` stands for; None where it is none ("TT&TT;")."""
    if name[1] == "#":
        code = int(name[3:-1], 16) if name[2] == "x" else int(name[2:-1])
        return chr(code) if 32 <= code < 0xD800 else None
    sign = html5.get(name[1:])
    return sign if sign and len(sign) == 1 else None


_TABLE_TAG = re.compile(r"<(/?)(table|tr|td|th)(?=[\s/>])([^<>]{0,600})>", re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_WIDEST = 200  # columns; a cell that claims more was damaged


class HtmlTable(NamedTuple):
    """A table written in tags: where it stands, and its cells with their words `[start, end)`."""

    start: int
    end: int
    cells: tuple[tuple[int, int, Cell], ...]


def html_tables(text: str) -> Iterator[HtmlTable]:
    """The tables of a text in order, numbered from 0; a table inside a cell belongs to that cell's words.

    One with a single cell in each row only frames what it holds, so it is none.
    """
    number = depth = 0
    start = content = -1
    opening = ""
    rows: list[list[tuple[int, int, str]]] = []
    for tag in _TABLE_TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].lower()
        if name == "table":
            if not closing:
                depth += depth == 0 or content >= 0  # one that opens outside a cell: the last was never closed
                if depth == 1:
                    start, content, rows = tag.start(), -1, []
            elif depth:
                depth -= 1
            if depth or not closing or start < 0:
                continue
        elif depth != 1:
            continue
        if content >= 0 and (name in ("tr", "table") or depth == 1):
            rows[-1].append((content, tag.start(), opening))
            content = -1
        if name == "tr" and not closing:
            rows.append([])
        elif name in ("td", "th") and not closing:
            if not rows:
                rows.append([])
            content, opening = tag.end(), tag[3]
        elif name == "table":
            if any(len(row) > 1 for row in rows):
                yield HtmlTable(start, tag.end(), tuple(_placed(rows, number)))
                number += 1
            start = -1


def _placed(rows: list[list[tuple[int, int, str]]], table: int) -> Iterator[tuple[int, int, Cell]]:
    """The cells with their places, merged ones counted."""
    taken: dict[int, int] = {}  # column -> the first row in which it is free again
    for index, row in enumerate(rows):
        column = 0
        for start, end, attributes in row:
            while taken.get(column, 0) > index:
                column += 1
            spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes)}
            width = min(max(spans.get("col", 1), 1), _WIDEST)
            height = min(max(spans.get("row", 1), 1), len(rows) - index)
            yield start, end, Cell(table, index, column, width, height)
            if height > 1:
                taken.update(dict.fromkeys(range(column, column + width), index + height))
            column += width
