"""Which lines belong together: a task with the labelled lines below it, a table's row with its columns, a heading with
what stands under it.

A *block* is a run of items of one section: the tasks, then the lines that say who leads, who supports and by when
("Đơn vị chủ trì: ...", "Thời gian thực hiện: ..."). The next item without such a label opens the next block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from extractors.tasks.actors import cut_apposition, named_behind, split_lead, subject, supporters, units_in
from extractors.tasks.labels import label_role
from models.outline import Item, Outline, Section, Table

_INLINE_LABEL = re.compile(r"[.;] ([^.:;()]{3,50}): ")
_LABELLED = ("time", "lead", "support")
BODY = ("body", "appendix")


@dataclass
class Block:
    """Items of one section by what they are; `section` is where they stand."""

    section: int | None
    tasks: list[Item] = field(default_factory=list)
    time: list[Item] = field(default_factory=list)
    lead: list[Item] = field(default_factory=list)
    support: list[Item] = field(default_factory=list)
    other: list[Item] = field(default_factory=list)

    @property
    def labelled(self) -> bool:
        return bool(self.time or self.lead or self.support)


@dataclass
class Columns:
    """The columns of one table by what their heads say; -1 where there is none."""

    table: Table
    header: int
    time: tuple[int, ...]
    lead: int
    support: int
    task: int


class Places:
    """Look-ups in one outline, each computed once."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.clean = outline.text.clean
        self.items = sorted(outline.items, key=lambda item: item.start)
        self._starts = [item.start for item in self.items]
        self._headings = sorted((s for s in outline.sections if s.heading), key=lambda s: s.heading_start)
        self._units: dict[int, str | None] = {}
        self._inside: dict[int, dict[str, str]] = {}
        self._heading_starts = [section.heading_start for section in self._headings]

    # --- where a place is ---------------------------------------------------------------------------------------

    def item_at(self, position: int) -> Item | None:
        """The item whose text holds the place."""
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return None
        item = self.items[at]
        return item if item.start <= position < item.end else None

    def heading_at(self, position: int) -> Section | None:
        """The section whose heading holds the place."""
        at = bisect_right(self._heading_starts, position) - 1
        if at < 0:
            return None
        section = self._headings[at]
        return section if section.heading_start <= position < section.heading_end else None

    def text(self, item: Item) -> str:
        return self.clean[item.start : item.end]

    def value(self, item: Item) -> str:
        """An item's words behind its label, up to the next label on the line; all of them where it has none."""
        return self.parts(item)[0][1] if item.label else self.text(item)

    def parts(self, item: Item) -> list[tuple[str, str]]:
        """The labels of a line with their words: "Cơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: Sở Tài chính"."""
        begin = item.label_end if item.label else item.start
        found = [(self.role_of(item), begin)]
        ends: list[int] = []
        for match in _INLINE_LABEL.finditer(self.clean, begin, item.end):
            if role := label_role(match[1]):
                ends.append(match.start())
                found.append((role, match.end()))
        ends.append(item.end)
        return [(role, self.clean[start:end].strip()) for (role, start), end in zip(found, ends, strict=True)]

    def told_inside(self, item: Item, role: str) -> str | None:
        """What a label inside a task's own line says: "Tập huấn tuyến xã. Đơn vị thực hiện: Trung tâm Y tế." """
        known = self._inside.get(item.index)
        if known is None:
            plain = item.table is not None or self.role_of(item) in _LABELLED or ": " not in self.text(item)
            known = self._inside[item.index] = {} if plain else dict(reversed(self.parts(item)[1:]))
        return known.get(role)

    def roles(self, section: int | None) -> tuple[str, ...]:
        return self.outline.sections[section].roles if section is not None else ()

    # --- labelled lines -----------------------------------------------------------------------------------------

    def role_of(self, item: Item) -> str:
        """What an item's label says ("time", "lead"), "" for none. A label of many words is a sentence, not a label."""
        return label_role(item.label) if item.label and len(item.label) <= 90 else ""

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """The block of each item (by `Item.index`) outside tables."""
        found: dict[int, Block] = {}
        current: Block | None = None
        for item in self.items:
            if item.table is not None or item.region not in BODY:
                continue
            role = self.role_of(item) or self._inherited(item)
            fresh = current is None or current.section != item.section
            if fresh or (role not in (*_LABELLED, "other", "none") and current is not None and current.labelled):
                current = Block(item.section)
            assert current is not None
            getattr(current, role if role in (*_LABELLED, "other") else "tasks").append(item)
            found[item.index] = current
        return found

    def _inherited(self, item: Item) -> str:
        """ "other" for the lines below a labelled one ("Cơ quan thực hiện:" with its units in bullets)."""
        above = self.outline.items[item.parent] if item.parent is not None else None
        return "other" if above is not None and self.role_of(above) in ("lead", "support", "time") else ""

    def lead_words(self, block: Block) -> str | None:
        """Who leads a block, in the words of its lines: "Sở Y tế chủ trì, phối hợp với ..." -> "Sở Y tế"."""
        for item in block.lead:
            if lead := split_lead(self.value(item))[0]:
                return lead
            for child in self.children.get(item.index, ()):  # "Cơ quan thực hiện:" with its units in bullets below
                if name := subject(self.text(child)):
                    return self.text(child)[name.start : name.end]
        return None

    @cached_property
    def children(self) -> dict[int, list[Item]]:
        """The items right below each item, by its index."""
        found: dict[int, list[Item]] = {}
        for item in self.items:
            if item.parent is not None:
                found.setdefault(item.parent, []).append(item)
        return found

    def support_units(self, block: Block) -> tuple[str, ...]:
        units: list[str] = []
        for item in block.support:
            units += units_in(self.value(item))
        for item in block.lead:
            for role, words in self.parts(item):
                units += units_in(words) if role == "support" else supporters(words) if role == "lead" else ()
            for child in self.children.get(item.index, ()):
                units += supporters(self.text(child))
        return tuple(units)

    # --- tables -------------------------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> dict[int, Columns]:
        """Tables with a column of times, tasks or units, by index."""
        found: dict[int, Columns] = {}
        for table in self.outline.tables:
            if columns := _columns(table):
                found[table.index] = columns
        return found

    def cell(self, columns: Columns, row: int | None, column: int) -> str | None:
        """The words of a cell; None where there is none or it is empty."""
        if row is None or column < 0 or not 0 <= row < len(columns.table.rows):
            return None
        cells = columns.table.rows[row]
        return cells[column].text.strip() or None if column < len(cells) else None

    @cached_property
    def cell_items(self) -> dict[tuple[int, int, int], list[Item]]:
        """The items of each cell, by table, row and column."""
        found: dict[tuple[int, int, int], list[Item]] = {}
        for item in self.items:
            if item.table is not None and item.row is not None and item.column is not None:
                found.setdefault((item.table, item.row, item.column), []).append(item)
        return found

    # --- headings -----------------------------------------------------------------------------------------------

    def heading_unit(self, section: Section) -> str | None:
        """The unit that a heading names: "2. Văn phòng Sở và các đơn vị trực thuộc" -> the words after the number.

        Below tasks and implementation a heading that opens with a unit is the unit's name as a whole, qualifiers
        included ("Các sở, ngành tham gia thực hiện dự án"); elsewhere it may be a sentence.
        """
        if section.index not in self._units:
            self._units[section.index] = self._unit_of(section)
        return self._units[section.index]

    def _unit_of(self, section: Section) -> str | None:
        words = self.heading_words(section)
        name = subject(words)
        if name is None:
            return named_behind(words)
        whole = {"implementation", "tasks", "reporting"} & set(section.roles) and len(words) < 220
        if whole and ":" not in words:
            return cut_apposition(words[name.start :]).strip(" ,.:;")
        return words[name.start : name.end].strip(" ,.:;") if name.end >= len(words) * 0.5 else None

    def heading_words(self, section: Section) -> str:
        """A heading without its number, brackets and closing signs."""
        words = " ".join((section.heading or "").split())
        marker = section.marker or ""
        if marker and words.startswith(marker):
            words = words[len(marker) :].lstrip(".):/ ")
        bracket = words.find(" (")
        return (words[:bracket] if bracket > 0 else words).strip(" :.;*")


def _columns(table: Table) -> Columns | None:
    """Which column is which, by the words of the header rows (of the first row where none is known as a header)."""
    header = table.header or 1
    if len(table.rows) <= header:
        return None
    width = max(len(row) for row in table.rows)
    roles: list[str] = []
    for column in range(width):
        words = " ".join(dict.fromkeys(row[column].text for row in table.rows[:header] if column < len(row)))
        roles.append(label_role(words) if len(words) <= 90 else "")
    roles = ["time" if role == "due" else role for role in roles]  # "Thời hạn gửi" above days
    if not {"time", "lead"} & set(roles):
        return None
    task = roles.index("task") if "task" in roles else -1
    if task < 0:
        free = [c for c in range(width) if roles[c] == ""] or [-1]
        body = table.rows[header:]
        task = max(free, key=lambda c: sum(len(row[c].text) for row in body if 0 <= c < len(row)))
    return Columns(
        table,
        header,
        tuple(c for c, role in enumerate(roles) if role == "time"),
        roles.index("lead") if "lead" in roles else -1,
        roles.index("support") if "support" in roles else -1,
        task,
    )
