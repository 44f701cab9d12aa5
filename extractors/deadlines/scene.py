"""Where a time expression stands: its item, sentence and clause, and what kind of place that is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal, NamedTuple

from extractors.deadlines.grammar import compiled
from extractors.deadlines.spans import Found
from extractors.tasks.actors import subject
from extractors.tasks.blocks import BODY, Columns, Places
from extractors.tasks.labels import label_role
from models.outline import Item, Outline, Section
from models.plan import Reference, Target

Setting = Literal["label", "due", "cell", "heading", "timeline", "text", "none", "outside"]

# Labels that ask for a time, and one that only says for which span figures are taken.
TIMES: dict[str, Setting] = {"time": "label", "due": "due", "none": "none"}
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[A-ZĐÀ-ỸƯƠĂÂÊÔ“\"(\d-])|\n")
_ABBREVIATION = re.compile(r"(?:^|[\s(,])(?:tp|tx|tt|kt|tm|gs|pgs|ts|ths|bs|đ/c|\d{1,2}|[a-zđ])$", re.IGNORECASE)
_INLINE_LABEL = re.compile(r"(?:^|[.;)\]] ?|- )([^.:;()\n]{3,60}): ?$")
_LONGEST = 4000  # a sentence; what is longer is read in pieces of this length
_BEFORE = 12  # how many clauses or sentences before its own a time is explained by
_NEAR = 600  # how far around a time its rules look
_TELLING = frozenset({"other", "preamble", "purpose"})  # roles of sections that ask for no work
_QUOTES = re.compile(r"[“”\"]")


class Place(NamedTuple):
    """Where an expression stands: `[start, end)` is its item's text without the label (or its heading); `sentence` and
    `clause`, the part between semicolons, are spans of the cleaned text."""

    setting: Setting
    item: Item | None
    section: Section | None
    start: int
    end: int
    sentence: tuple[int, int]
    clause: tuple[int, int]
    columns: Columns | None = None
    label: str = ""  # what asks for the time, in lower case: the label, the column's head


class Scene(Places):
    """The document with everything that the rules ask about a place."""

    def __init__(
        self, outline: Outline, low: str, references: Iterable[Reference] = (), targets: Iterable[Target] = ()
    ) -> None:
        super().__init__(outline)
        self.low = low
        self.tables = {table.index: table for table in outline.tables}
        self._references = sorted(tuple(reference.span) for reference in references)
        self._reference_starts = [span[0] for span in self._references]
        self._targets = sorted(targets, key=lambda target: target.span)
        self._target_starts = [target.span.start for target in self._targets]
        self._quotes = [mark.start() for mark in _QUOTES.finditer(low)]
        self._sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._subjects: dict[tuple[int, int], str | None] = {}
        self._described: dict[int, bool] = {}
        self._said: dict[tuple[str, str, tuple[int, int]], bool] = {}

    def place(self, found: Found) -> Place:
        """The place of an expression, by the start of its first atom."""
        at = found.core
        heading = self.heading_at(at)
        item = self.item_at(at)
        if heading is not None and (item is None or item.start >= heading.heading_end or item.end <= found.end - 1):
            span = (max(heading.heading_start, at - _NEAR), min(heading.heading_end, at + _NEAR))
            setting: Setting = "heading" if heading.region in BODY else "outside"
            return Place(setting, None, heading, *span, span, span)
        if item is None or item.region not in BODY:
            here = (found.start, found.end)
            return Place("outside", item, None, *here, here, here)
        section = self.outline.sections[item.section] if item.section is not None else None
        start, end = item.start, item.end
        sentence = self.sentence(at, start, end)
        clause = self.clause(at, *sentence)
        place = Place("text", item, section, start, end, sentence, clause)
        if item.table is not None:
            columns = self.columns.get(item.table)
            is_time = columns is not None and item.column in columns.time and (item.row or 0) >= columns.header
            head = ""
            if columns and is_time:
                heads = (row[item.column or 0].text for row in columns.table.rows[: columns.header])
                head = " ".join(dict.fromkeys(heads)).strip().lower()
            return place._replace(setting="cell" if is_time else "text", columns=columns, label=head)
        if item.label and at >= item.label_end and (role := self.role_of(item)) in TIMES:
            return place._replace(setting=TIMES[role], start=item.label_end, label=item.label.lower())
        inline = _INLINE_LABEL.search(self.low, max(start, found.start - 80), found.start)
        if inline and (role := label_role(inline[1])) in TIMES:
            return place._replace(setting=TIMES[role], start=found.start, label=inline[1])
        if section is not None and self._timeline(section):
            return place._replace(setting="timeline")
        return place

    def described(self, section: Section | None) -> bool:
        """Whether the section only tells how things are ("I. TÌNH HÌNH DỊCH BỆNH"); by its title or one above it."""
        if section is None:
            return False
        if section.index not in self._described:
            told = False
            for above in self.outline.ancestors(section.index):
                if not set(above.roles) <= _TELLING:
                    break
                told = told or bool(above.heading and compiled("reject", "described").search(above.heading.lower()))
            self._described[section.index] = told
        return self._described[section.index]

    def _timeline(self, section: Section) -> bool:
        """Whether the section's own title says that it tells times ("III. THỜI GIAN THỰC HIỆN")."""
        if "timeline" not in section.roles or not section.heading:
            return False
        return bool(re.search(r"thời gian|thời hạn|tiến độ|lộ trình|thời điểm", section.heading.lower()))

    def sentence(self, at: int, start: int, end: int) -> tuple[int, int]:
        """The sentence around a place within `[start, end)`; of a very long one the piece that holds the place."""
        known = self.sentences(start, end)
        return known[max(bisect_right(known, (at, len(self.clean))) - 1, 0)]

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """All sentences within `[start, end)`, read once; a very long one in pieces."""
        known = self._sentences.get((start, end))
        if known is not None:
            return known
        clean, known = self.clean, []
        cuts: list[tuple[int, int]] = []
        for match in _SENTENCE_END.finditer(clean, start, end):
            if match.group() != "." or not _ABBREVIATION.search(clean, max(start, match.start() - 6), match.start()):
                cuts.append(match.span())
        first = start
        for stop, following in [*cuts, (end, end)]:
            while first < stop and clean[first] == " ":
                first += 1
            while stop - first > _LONGEST:
                space = clean.rfind(" ", first + _LONGEST - 100, first + _LONGEST)
                piece = space if space > first else first + _LONGEST
                known.append((first, piece))
                first = piece
            if first < stop or not known:
                known.append((first, stop))
            first = following
        self._sentences[start, end] = known
        return known

    def says(self, section: str, name: str, span: tuple[int, int]) -> bool:
        """Whether a pattern of the grammar stands in a span of the text; asked often for one clause, read once."""
        known = self._said.get((section, name, span))
        if known is None:
            known = self._said[section, name, span] = bool(compiled(section, name).search(self.low, *span))
        return known

    def clause(self, at: int, start: int, end: int) -> tuple[int, int]:
        """The part of a sentence between semicolons."""
        left = self.low.rfind(";", start, at)
        right = self.low.find(";", at, end)
        return (left + 1 if left >= 0 else start, right if right >= 0 else end)

    def clauses_before(self, place: Place) -> list[tuple[int, int]]:
        """The last clauses of the sentence before the place's own, in order."""
        found: list[tuple[int, int]] = []
        end = place.clause[0] - 1
        while end > place.sentence[0] and len(found) < _BEFORE:
            start = self.low.rfind(";", place.sentence[0], end) + 1 or place.sentence[0]
            found.insert(0, (start, end))
            end = start - 1
        return found

    def sentences_before(self, item: Item, at: int) -> list[tuple[int, int]]:
        """The last sentences of an item that end before `at`, in order."""
        known = self.sentences(item.start, item.end)
        here = bisect_right(known, (at, len(self.clean)))
        return [sentence for sentence in known[max(0, here - _BEFORE) : here] if sentence[1] <= at]

    def subject(self, start: int, end: int) -> str | None:
        """Who does what the words `[start, end)` say; asked often for one clause, read once."""
        if (start, end) not in self._subjects:
            text = self.clean[start : min(end, start + _LONGEST)]
            name = subject(text)
            self._subjects[start, end] = text[name.start : name.end].strip(" ,") or None if name else None
        return self._subjects[start, end]

    # --- what else stands there -----------------------------------------------------------------------------------

    def in_reference(self, start: int, end: int) -> bool:
        """Whether a cited document covers the place."""
        at = bisect_right(self._reference_starts, start) - 1
        if at >= 0 and self._references[at][1] > start:
            return True
        return at + 1 < len(self._references) and self._references[at + 1][0] < end

    def target_in(self, start: int, end: int) -> Target | None:
        """The first target within `[start, end)`."""
        at = max(bisect_right(self._target_starts, start) - 1, 0)
        for target in self._targets[at : at + 2]:
            if target.span.start < end and target.span.end > start:
                return target
        return None

    def quoted(self, place: Place, at: int) -> bool:
        """Whether quotation marks are open at `at`: what stands within is a name."""
        first, here = bisect_left(self._quotes, place.sentence[0]), bisect_left(self._quotes, at)
        opened = 0
        for mark in self._quotes[max(first, here - 40) : here]:
            opened = {"“": 1, "”": 0}.get(self.low[mark], 1 - opened)
        return bool(opened) and here < len(self._quotes) and self._quotes[here] < place.end
