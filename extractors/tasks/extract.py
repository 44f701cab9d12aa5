"""Outline -> tasks: each item, bullet or table row below tasks, content, timeline or implementation that has a verb of
work or a unit named to do it, with who leads, who supports and the deadline that holds for it.

A task's deadline is, in this order, the one in its own words, in its row's time column, in the labelled line of its
block ("Thời gian thực hiện: ..."), in the item that it hangs below, in a heading above it ("1. Quý I:").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractors.tasks.actors import has_work, opens_work, split_lead, subject, supporters, units_in
from extractors.tasks.blocks import BODY, Block, Columns, Places
from extractors.vietnamese import tone_key
from models.outline import Item, Outline
from models.plan import Context, Deadline, PlanWarning, Span, Task

_ROLES = frozenset({"tasks", "content", "timeline", "implementation"})
_ADVERBS = re.compile(
    r"(?:(?:tiếp tục|thường xuyên|định kỳ|kịp thời|chủ động|tích cực|khẩn trương|hằng năm|hàng năm|hằng quý|hàng quý"
    r"|đồng thời|phải|cần|nghiêm túc|trực tiếp|tập trung),? )*"
)
_CLOSING = re.compile(r"(?:trên đây là|căn cứ .{0,200}:$|trong quá trình (?:thực hiện|triển khai|tổ chức)|nơi nhận)")


def extract_tasks(
    outline: Outline, context: Context, deadlines: tuple[Deadline, ...] = ()
) -> tuple[tuple[Task, ...], tuple[PlanWarning, ...]]:
    """Tasks in the order of the text, spans in cleaned offsets. `Task.deadline` is "#i" for `deadlines[i]`: the
    pipeline puts ids in its place and fills `Deadline.tasks` from it."""
    del context  # tasks need nothing of the document around them
    reader = _Reader(outline, deadlines)
    tasks = sorted([*reader.from_tables(), *reader.from_items(), *reader.from_headings()], key=lambda task: task.span)
    return tuple(tasks), ()


class _Reader:
    def __init__(self, outline: Outline, deadlines: tuple[Deadline, ...]) -> None:
        self.places = Places(outline)
        self.outline = outline
        self.clean = outline.text.clean
        self._order = sorted((deadline.span.start, index) for index, deadline in enumerate(deadlines))

    # --- deadlines ----------------------------------------------------------------------------------------------

    def _deadline_in(self, start: int, end: int) -> str | None:
        """The first deadline whose words begin within `[start, end)`, as "#i"."""
        at = bisect_left(self._order, (start, -1))
        if at < len(self._order) and self._order[at][0] < end:
            return f"#{self._order[at][1]}"
        return None

    def _deadline_of(self, item: Item, block: Block | None) -> str | None:
        if own := self._deadline_in(item.start, item.end):
            return own
        for line in block.time if block else ():
            if found := self._deadline_in(line.start, line.end):
                return found
        parent, seen = item.parent, 0
        while parent is not None and seen < 6:
            above = self.outline.items[parent]
            if self._is_head(above) and (found := self._deadline_in(above.start, above.end)):
                return found
            parent, seen = above.parent, seen + 1
        return self._deadline_above(item.section)

    def _deadline_above(self, section: int | None) -> str | None:
        for above in self.outline.ancestors(section):
            if found := self._deadline_in(above.heading_start, above.heading_end):
                return found
        return None

    def _works_under_unit(self, item: Item, words: str) -> bool:
        """Whether a verb of work stands in the first sentence of an item below a heading that names a unit."""
        if not has_work(_first_sentence(words)):
            return False
        return any(self.places.heading_unit(above) for above in self.outline.ancestors(item.section))

    def _is_head(self, item: Item) -> bool:
        """An item that only opens those below it ("- Quý I:", "Tháng 3 tổ chức các hoạt động sau:")."""
        return self.clean[item.start : item.end].rstrip().endswith(":") and item.index in self.places.children

    # --- table rows ---------------------------------------------------------------------------------------------

    def from_tables(self) -> Iterator[Task]:
        """Rows of tables that have a column for who does it or when."""
        for columns in self.places.columns.values():
            seen: set[int] = set()
            above: str | None = None
            for row in range(columns.header, len(columns.table.rows)):
                times = [columns.table.rows[row][c] for c in columns.time if c < len(columns.table.rows[row])]
                found = [self._deadline_in(cell.start, cell.end) for cell in times]
                own = next(
                    (deadline for deadline in reversed(found) if deadline), None
                )  # the end, where a start stands too
                if own or any(cell.text.strip() for cell in times) or min(columns.time, default=99) > columns.task:
                    above = own
                # An empty cell left of the work goes on with the time above it ("Tháng 1" with three rows).
                task = self._row(columns, row, seen, own or above)
                if task is not None:
                    yield task

    def _row(self, columns: Columns, row: int, seen: set[int], deadline: str | None) -> Task | None:
        cells = columns.table.rows[row]
        if not 0 <= columns.task < len(cells):
            return None
        cell = cells[columns.task]
        words = cell.text.strip()
        beside = {c.start for c in cells if c.text.strip()} - {cell.start}
        if len(words.split()) < 2 or cell.start in seen or not beside:
            return None  # an empty row, a merged cell that was read already, a row that heads a group
        lead = self.places.cell(columns, row, columns.lead)
        if not (lead or deadline or _has_work(words)):
            return None
        seen.add(cell.start)
        support = self.places.cell(columns, row, columns.support)
        return Task(
            text=words,
            span=Span(cell.start, cell.end),
            lead=units_in(lead) if lead else (),
            support=units_in(support) if support else (),
            deadline=deadline,
        )

    # --- items --------------------------------------------------------------------------------------------------

    def from_items(self) -> Iterator[Task]:
        """Paragraphs, bullets and numbered sentences with a verb of work or a unit named to do it."""
        for item in self.places.items:
            if item.table is not None or item.region not in BODY or not _ROLES & set(self.places.roles(item.section)):
                continue
            role = self.places.role_of(item)
            block = self.places.blocks.get(item.index)
            if role not in ("", "task") or self._is_head(item) or (block and item not in block.tasks):
                continue
            start = item.label_end if role == "task" else item.start
            words = self.clean[start : item.end].strip()
            if len(words) < 8 or _CLOSING.match(tone_key(words)):
                continue
            labelled = block is not None and block.labelled
            if not (labelled or _has_work(words) or self._works_under_unit(item, words)):
                continue
            lead, support = self._people(item, words, block)
            yield Task(
                text=words,
                span=Span(start, item.end),
                lead=lead,
                support=support,
                deadline=self._deadline_of(item, block),
            )

    def from_headings(self) -> Iterator[Task]:
        """Headings that are tasks themselves: nothing but labelled lines stands below them."""
        seen: set[int] = set()
        for block in self.places.blocks.values():
            section = block.section
            if section is None or section in seen or block.tasks or not block.labelled:
                continue
            seen.add(section)
            above = self.outline.sections[section]
            words = self.places.heading_words(above)
            if not above.heading or not _ROLES & set(above.roles) or len(words) < 8:
                continue
            deadline = next((d for line in block.time if (d := self._deadline_in(line.start, line.end))), None)
            lead = self.places.lead_words(block)
            yield Task(
                text=" ".join(above.heading.split()),
                span=Span(above.heading_start, above.heading_end),
                lead=units_in(lead) if lead else (),
                support=self.places.support_units(block),
                deadline=deadline or self._deadline_above(section),
            )

    def _people(self, item: Item, words: str, block: Block | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who leads and who supports: the labelled lines, else the sentence, else the items and headings above."""
        if block is not None and block.lead and (lead := self.places.lead_words(block)):
            return units_in(lead), self.places.support_units(block)
        support = self.places.told_inside(item, "support")
        if lead := self.places.told_inside(item, "lead"):
            who, beside = split_lead(lead)
            return units_in(who), units_in(support) if support else supporters(lead) if beside else ()
        name = subject(words)
        rest = words[name.end :] if name else words
        units = units_in(support) if support else supporters(_first_sentence(rest))
        if name:
            return units_in(words[name.start : name.end]), units
        parent, seen = item.parent, 0
        while parent is not None and seen < 6:
            above = self.outline.items[parent]
            text = self.clean[above.start : above.end]
            if found := subject(text):
                return units_in(text[found.start : found.end]), units
            parent, seen = above.parent, seen + 1
        for section in self.outline.ancestors(item.section):
            if unit := self.places.heading_unit(section):
                return units_in(unit), units
        return (), units


def _first_sentence(words: str) -> str:
    end = re.search(r"[.;](?=\s|$)", words)
    return words[: end.start()] if end else words


def _has_work(words: str) -> bool:
    """Whether a verb of work opens the words, or stands behind the unit that opens them."""
    key = tone_key(words)
    start = _ADVERBS.match(key)
    if opens_work(key, start.end() if start else 0):
        return True
    name = subject(words)
    return name is not None and name.end < len(words) - 2
