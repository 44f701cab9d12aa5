"""What a document is made of before anybody reads it: regions, the tree of headings, items, tables.

All offsets here are offsets into the cleaned text.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from models.plan import Role
from models.text import Text

Region = Literal[
    "junk",  # boilerplate that a web page or a converter left around the document
    "letterhead",  # quốc hiệu, cơ quan ban hành, số ký hiệu, địa danh và ngày
    "title",  # tên loại và trích yếu
    "preamble",  # căn cứ and the opening sentence
    "body",
    "recipients",  # nơi nhận
    "signature",  # quyền hạn, chức vụ, họ tên
    "appendix",
]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with everything below it, or a block without a heading (preamble, signature).

    `start`/`end` span the heading and its content, children included. `heading_start == heading_end` where there is
    no heading. `index` is its place in `Outline.sections`; `parent` the index of the section above.
    """

    index: int
    parent: int | None
    path: str | None
    marker: str | None
    level: int
    heading: str | None
    heading_start: int
    heading_end: int
    start: int
    end: int
    roles: tuple[Role, ...]
    region: Region = "body"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, bullet, numbered sentence or table cell: the unit that extractors read.

    `start`/`end` is its text without the marker (the rest of the line where a heading opens it). `marker` is the
    bullet or number as printed without its closing sign ("-", "+", "a", "2.1"), None for a plain paragraph. `parent`
    is the index of the item that it hangs below (a "+" below its "-"). `label` is a short run before a colon that opens
    it ("Thời gian thực hiện", "Đơn vị chủ trì"), `label_end` where the words after the colon start.
    """

    index: int
    start: int
    end: int
    line: int
    marker: str | None = None
    section: int | None = None
    parent: int | None = None
    depth: int = 0
    label: str | None = None
    label_end: int = 0
    region: Region = "body"
    table: int | None = None
    row: int | None = None
    column: int | None = None


class CellText(NamedTuple):
    """A table cell: its items' span in the cleaned text and its words, line breaks as spaces."""

    start: int
    end: int
    text: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the body or an appendix. `rows` are rectangular; a merged cell stands in each place that it covers.

    `header` counts the rows at the top that name the columns (0 where none does).
    """

    index: int
    section: int | None
    caption: str | None
    rows: tuple[tuple[CellText, ...], ...]
    header: int
    page: int | None = None


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document, block by block. `regions` has one entry per line of `text.lines`."""

    text: Text
    regions: tuple[Region, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    tables: tuple[Table, ...]

    def lines_of(self, region: Region) -> tuple[int, ...]:
        """Indices of the lines of one region, in order."""
        return tuple(i for i, r in enumerate(self.regions) if r == region)

    def ancestors(self, section: int | None) -> tuple[Section, ...]:
        """The section itself and those above it, nearest first."""
        chain: list[Section] = []
        while section is not None:
            chain.append(self.sections[section])
            section = self.sections[section].parent
        return tuple(chain)
