"""Outline -> targets: reads every line of the body and the appendices, and every table of targets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from extractors.confidence import left
from extractors.notes import warn
from extractors.targets import judge, tables, wording
from extractors.targets.clauses import read_line
from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Period, named_period
from extractors.targets.quantities import OPENING, denominator, named_share
from extractors.targets.readings import Context as LineContext
from extractors.targets.readings import Reading, periods_of
from extractors.vietnamese import fold, folded, key_of
from models.outline import Item, Outline, Section, Table
from models.plan import Context, PlanWarning, Reference, Span, Target

_MARKER = re.compile(r"\s*(?:(?:phần|chương|mục|điều) )?(?:[ivxlc]+|\d+(?:\.\d+)*|[a-zđ])\s?[.):/-]\s*")
# "Phần thứ nhất", "CHƯƠNG II" on a line above the title
_PART = re.compile(r"\s*(?:phần|chương)(?: thứ)? (?:nhất|một|hai|ba|tư|bốn|năm|sáu|[ivx]+|\d+)\s*[.:-]?\s*\n")
_SHARE = re.compile(r"\s?(?:[%‰]|phần|0/00|/\s?(?:\d|vạn|trên))")
_QUOTED = re.compile(r"“[^”\n]{3,1500}”|\"(?<!\w.)[^\"\n]{3,300}\"(?!\w)")
_NAMED_UNIT = re.compile(r"\(([^\W\d_]+(?: [^\W\d_]+)?)\)$")
# How much of the words above a table says what it is about.
_ABOVE_TABLE = 500
# A span longer than this hides the number that it is about.
_LONGEST_SPAN = 110
_READ = ("body", "appendix")


class _Scene(msgspec.Struct, frozen=True):
    """What the headings above a line say."""

    place: judge.Place
    period: Period | None


class _Line(msgspec.Struct, frozen=True):
    """A stretch of text to read with what stands above it."""

    start: int
    end: int
    section: int | None
    above: LineContext
    place: judge.Place | None = None


def extract_targets(
    outline: Outline, context: Context, references: tuple[Reference, ...] = ()
) -> tuple[tuple[Target, ...], tuple[PlanWarning, ...]]:
    """The numbers that the plan sets for itself, in order of the text, with cleaned offsets.

    `references` are those of the same outline: numbers inside them and their titles are no targets. `part_of` is "#"
    and the index of another target of the returned tuple.
    """
    return _Extractor(outline, context, references).run()


class _Extractor:
    def __init__(self, outline: Outline, context: Context, references: Sequence[Reference]) -> None:
        self.outline = outline
        self.context = context
        self.text = outline.text.clean
        papers = _papers(self.text, references)
        self.key = _without_figures(folded(key_of(outline.text)), papers)
        self.since = _first_year(context)
        self.scenes: dict[int | None, _Scene] = {}
        self.contexts: dict[int, LineContext] = {}
        self.taken = _taken(self.text, papers)
        self.tables = {table.index: table for table in outline.tables}
        self.table_ends = sorted(
            max((cell.end for row in table.rows for cell in row), default=0) for table in outline.tables
        )
        self.taken_starts = [start for start, _ in self.taken]
        self.found: list[tuple[Target, Reading | None]] = []
        self.warnings: list[PlanWarning] = []

    def run(self) -> tuple[tuple[Target, ...], tuple[PlanWarning, ...]]:
        in_tables = {table.index for table in self.outline.tables if self._read_table(table.index)}
        for line in self._lines(in_tables):
            self._read(line)
        self.found.sort(key=lambda pair: (pair[0].span, pair[0].period_end or ""))
        return self._linked(), tuple(self.warnings)

    def _linked(self) -> tuple[Target, ...]:
        """The targets with `part_of` pointing at their places in the result."""
        places: dict[int, int] = {}
        for place, (_, reading) in enumerate(self.found):
            if reading is not None:
                places.setdefault(id(reading), place)
        targets: list[Target] = []
        for target, reading in self.found:
            whole = places.get(id(reading.part_of)) if reading is not None and reading.part_of else None
            targets.append(msgspec.structs.replace(target, part_of=f"#{whole}") if whole is not None else target)
        return tuple(targets)

    # --- what is read -------------------------------------------------------------------------------------------------

    def _lines(self, in_tables: set[int]) -> Iterator[_Line]:
        for section in self.outline.sections:
            if section.region in _READ and section.heading_end > section.heading_start:
                place = replace(self._scene(section.index).place, criteria=False)
                marker = _MARKER.match(self.key, section.heading_start, section.heading_end)
                start = marker.end() if marker else section.heading_start
                yield _Line(start, section.heading_end, section.parent, LineContext(), place)
        intro, intro_section = LineContext(), None
        for item in self.outline.items:
            if item.region not in _READ:
                continue
            if item.table is not None:
                if item.table not in in_tables:
                    yield _Line(item.start, item.end, item.section, LineContext())
                continue
            if item.marker is None and item.parent is None:
                # "Phấn đấu đến năm 2025:" above its bullets
                intro_section = item.section
                intro = (
                    self._context_of(item) if self.text[item.start : item.end].rstrip().endswith(":") else LineContext()
                )
                yield _Line(item.start, item.end, item.section, LineContext())
                continue
            above = LineContext()
            if item.parent is not None:
                above = self._context_of(self.outline.items[item.parent])
            elif intro_section == item.section:
                above = intro
            yield _Line(item.start, item.end, item.section, above)

    def _context_of(self, item: Item) -> LineContext:
        """What a line says for the lines that hang below it."""
        known = self.contexts.get(item.index)
        if known is None:
            above = self._context_of(self.outline.items[item.parent]) if item.parent is not None else LineContext()
            introduces = self.text[item.start : item.end].rstrip().endswith(":") or item.end - item.start < 80
            line = (
                read_line(self.text, self.key, item.start, item.end, self.context.year, above) if introduces else None
            )
            known = self.contexts[item.index] = line.context if line else above
        return known

    def _scene(self, section: int | None) -> _Scene:
        scene = self.scenes.get(section)
        if scene is None:
            scene = self.scenes[section] = self._read_scene(section)
        return scene

    def _read_scene(self, index: int | None) -> _Scene:
        if index is None:
            return _Scene(judge.Place(work=True), None)
        section = self.outline.sections[index]
        above = self._scene(section.parent)
        lex = lexicon()
        title = _MARKER.sub("", _PART.sub("", fold(section.heading or ""))).strip(" .:*")
        roles = set(section.roles)
        named = lex.target_words.search(title) is not None and "tasks" not in roles
        forecast = lex.forecast.match(title) is not None
        named = named and not forecast
        told = lex.results.match(title) is not None and not lex.not_results.match(title)
        reports = forecast or told
        place = judge.Place(
            targets="targets" in roles
            or named
            or (above.place.targets and not reports and not roles & {"tasks", "budget"}),
            forecast=forecast or (above.place.forecast and not named),
            results=reports or (above.place.results and not (named and "targets" in roles)),
            criteria=lex.criteria.match(title) is not None or above.place.criteria,
            budget="budget" in roles,
            filters="participants" in roles and "targets" not in roles,
            work=bool(roles & {"tasks", "content", "implementation", "reporting", "timeline", "other", "appendix"})
            or not roles,
        )
        return _Scene(place, self._own_period(section) or above.period)

    def _own_period(self, section: Section) -> Period | None:
        if section.heading is None or self._is_taken(section.heading_start, section.heading_end):
            return None
        return named_period(self.key[section.heading_start : section.heading_end], self.context.year)

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a reference, its title or a quotation covers part of the span."""
        i = bisect_right(self.taken_starts, end - 1)
        return i > 0 and self.taken[i - 1][1] > start

    # --- one line -----------------------------------------------------------------------------------------------------

    def _read(self, line: _Line) -> None:
        if not lexicon().numbered.search(self.key, line.start, line.end):
            return
        scene = self._scene(line.section)
        place = line.place or scene.place
        if not place.targets and not self._is_promising(line.start, line.end):
            return  # dates and numbers of documents: most lines end here
        read = read_line(self.text, self.key, line.start, line.end, self.context.year, line.above)
        if lexicon().target_words.search(read.context.label) and not place.results:
            place = replace(place, targets=True, work=True)
        floor, former, filtered = line.start, None, False
        for reading in read.readings:
            if reading.clause != former:
                floor, former, filtered = reading.clause[0], reading.clause, False
            begin, floor = floor, reading.end
            if self._is_taken(reading.quantity.start, reading.quantity.end):
                continue
            if filtered and judge.only_bounds(reading):
                continue  # "các xã có tỷ lệ A trên 15%, | tỷ lệ B từ 5% trở lên"
            sure = judge.confidence(self.key, reading, place, begin)
            if sure is None:
                filtered = judge.only_bounds(reading) and not place.targets
                continue
            for period in periods_of(reading):
                own = period or scene.period
                if self._is_over(own if period else None):
                    continue
                self._add(reading, own, sure, line.end)

    def _is_promising(self, start: int, end: int) -> bool:
        """Whether some number of a line may be a target: a cheap look before the line is read."""
        key, lex = self.key, lexicon()
        if lex.target_words.search(key, start, end):
            return True
        for number in OPENING.finditer(key, start, end):
            if _SHARE.match(key, number.end(), end):
                return True
            if lex.stating.search(key, max(start, number.start() - 32), number.start()):
                return True
            if lex.makes.search(key, max(start, number.start() - 70), number.start()):
                return True
        return lex.spelled_bound.search(key, start, end) is not None

    def _is_over(self, period: Period | None) -> bool:
        """Whether the number's own time lies before the plan's: what is told of it is a result."""
        return (
            period is not None
            and period.end is not None
            and self.since is not None
            and int(period.end[:4]) < self.since
        )

    def _add(self, reading: Reading, period: Period | None, sure: float, line_end: int) -> None:
        indicator = self._indicator(reading)
        quantity = reading.quantity
        unit = self._unit(reading)
        start, end = self._span(reading, line_end)
        if indicator is None:
            sure = round(sure * left("targets.no_indicator"), 3)
            self.warnings.append(warn("target_without_indicator", (start, end), words=self.text[start:end]))
        if quantity.repaired:
            self.warnings.append(
                warn(
                    "target_sign_read",
                    (start, end),
                    words=self.text[start:end],
                    sign=quantity.repaired,
                    read=quantity.unit or "",
                )
            )
        low, high = _bounds(reading)
        target = Target(
            text=self.text[start:end],
            span=Span(start, end),
            comparator=reading.sign,
            indicator=indicator,
            subject=reading.subject,
            low=low,
            high=high,
            unit=unit,
            approximate=reading.approximate,
            baseline=reading.baseline,
            change=reading.change,
            period_start=period.start if period else None,
            period_end=period.end if period else None,
            confidence=sure,
        )
        self.found.append((target, reading))

    # --- its words ----------------------------------------------------------------------------------------------------

    def _unit(self, reading: Reading) -> str | None:
        """The unit behind the number; else the one that the indicator's name carries."""
        quantity = reading.quantity
        if quantity.kind in ("bare", "count") and (reading.head or reading.head_words):
            words = self.text[slice(*reading.head)] if reading.head else reading.head_words or ""
            base = denominator(words + " ", fold(words) + " ", 0, len(words) + 1)
            if base and (quantity.kind == "bare" or not (quantity.unit or "").count("/")):
                return base[0]
        whole = reading.part_of.quantity if reading.part_of else None
        if quantity.kind == "bare" and whole is not None and whole.kind == "count":
            return whole.unit  # "25.000 người, trong đó: đặt vòng 12.000"
        if quantity.kind == "bare":
            words = self.key[slice(*reading.head)] if reading.head else fold(reading.head_words or "")
            named = _NAMED_UNIT.search(words)
            if named and (lexicon().counted.fullmatch(named[1]) or lexicon().span.fullmatch(named[1])):
                return named[1]  # "Thời gian sống khỏe (năm): 68"
            return named_share(words)
        return quantity.unit

    def _indicator(self, reading: Reading) -> str | None:
        text, quantity = self.text, reading.quantity
        head = wording.clean(text, *reading.head) if reading.head else reading.head_words
        phrase = self._phrase(reading)
        if phrase and reading.borrowed:
            phrase = f"{phrase} {wording.clean(text, *reading.borrowed)}"
        noun = text[slice(*quantity.noun)] if quantity.noun else None
        if quantity.noun and lexicon().measure.fullmatch(self.key, *quantity.noun):
            times = self.key.startswith("lần", quantity.noun[0])
            if head or (times and phrase and wording.names_a_measure(fold(phrase), 0, len(phrase))):
                noun = None  # "khám 02 lần", "tăng 1,5 lần số lượt khám": the noun only measures
        if reading.award and noun:
            return f"{noun} {reading.award}"
        if quantity.kind == "count" and noun:
            told = reading.level or reading.head_words or reading.part_of
            if head and (told or wording.names_a_measure(fold(head), 0, len(head))):
                return head if not phrase or not wording.needs_object(head) else f"{head} {noun}"
            return _joined(head, noun, phrase)
        if head and phrase:
            return _joined(head, phrase)
        if quantity.kind == "rate" and quantity.noun and not (head or phrase):
            return text[quantity.noun[0] : quantity.end]
        return head or phrase or noun or self._raised(reading)

    def _raised(self, reading: Reading) -> str | None:
        """What money is raised from and for: "Huy động ít nhất 2 tỷ đồng từ nguồn xã hội hóa để ..."."""
        verb = lexicon().raises.match(self.key, reading.lead, reading.quantity.start)
        if reading.quantity.kind != "money" or verb is None:
            return None
        comma = self.text.find(",", reading.end, reading.clause[1])
        rest = wording.clean(self.text, reading.end, reading.clause[1] if comma == -1 else comma)
        return _joined(self.text[slice(*verb.span())], rest) if rest else None

    def _phrase(self, reading: Reading) -> str | None:
        """The words behind the number, without a "trở lên" among them that belongs to it."""
        if reading.phrase is None:
            return None
        start, end = reading.phrase
        if reading.loose and start <= reading.loose[0] and reading.loose[1] <= end:
            parts = (wording.clean(self.text, start, reading.loose[0]), wording.clean(self.text, reading.loose[1], end))
            return " ".join(part for part in parts if part) or None
        return wording.clean(self.text, start, end)

    def _span(self, reading: Reading, line_end: int) -> tuple[int, int]:
        """From the comparator or verb to the end of the unit; with what is measured where that stands beside it."""
        start, end = reading.lead, reading.end
        start = wording.skip_aim(self.key, start, reading.quantity.start)
        if (
            reading.head
            and not reading.inherited
            and reading.head[1] <= start
            and end - reading.head[0] <= _LONGEST_SPAN
        ):
            start = reading.head[0]
        if reading.phrase and reading.phrase[0] >= end - 1 and reading.phrase[0] - end < 3:
            last = min(reading.phrase[1], line_end)
            if last - start > _LONGEST_SPAN:
                cut = self.text.rfind(" ", end, start + _LONGEST_SPAN)
                last = cut if cut > end else end
            end = max(end, last)
        while end > start and self.text[end - 1] in " ,;:.(":
            end -= 1
        return start, end

    # --- tables -------------------------------------------------------------------------------------------------------

    def _read_table(self, index: int) -> bool:
        """Adds a table's targets; False where it is no table of targets and its cells are read as lines."""
        table = self.tables[index]
        scene = self._scene(table.section)
        above = self._above_table(table)
        cells = tables.read_table(self.text, table, above, scene.place, scene.period, self.since)
        if cells is None:
            return False
        for target in cells:
            if not self._is_taken(*target.span):
                self.found.append((target, None))
        return True

    def _above_table(self, table: Table) -> str:
        """The folded words above a table, from its heading or the table before it: title, unit of all its cells."""
        starts = [cell.start for row in table.rows for cell in row if cell.end]
        if not starts:
            return ""
        start = min(starts)
        section = self.outline.sections[table.section] if table.section is not None else None
        begin = max(section.start if section else 0, start - _ABOVE_TABLE)
        if before := bisect_right(self.table_ends, start):
            begin = max(begin, self.table_ends[before - 1])
        return " ".join([fold(table.caption or ""), self.key[begin:start]])


def _first_year(context: Context) -> int | None:
    """The first year that the plan can be for: its own, unless that is a goal far off ("chấm dứt dịch trước năm 2030")
    and the plan was issued long before."""
    issued = context.metadata.issue_date
    if context.year is None or issued is None:
        return context.year
    return context.year if context.year <= int(issued[:4]) + 1 else int(issued[:4])


def _bounds(reading: Reading) -> tuple[float | None, float | None]:
    low, high = reading.quantity.low, reading.quantity.high
    if reading.quantity.kind == "ratio":
        low, high = round(low, 4), round(high, 4)
    match reading.sign:
        case ">=" | ">":
            return low, None
        case "<=" | "<":
            return None, high
        case _:
            return low, high


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word)


_DIGITS = str.maketrans("0123456789", "##########")


def _papers(text: str, references: Sequence[Reference]) -> list[tuple[int, int]]:
    """Where references stand, and the titles behind them."""
    spans = [(r.span.start, r.span.end) for r in references]
    for reference in references:
        if reference.title:
            at = text.find(reference.title, reference.span.end, reference.span.end + len(reference.title) + 60)
            if at != -1:
                spans.append((at, at + len(reference.title)))
    return spans


def _without_figures(key: str, spans: Sequence[tuple[int, int]]) -> str:
    """The folded text without the figures of papers: the day or the years of a paper are no target's time."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            parts += (key[at:start], key[start:end].translate(_DIGITS))
            at = end
    return "".join((*parts, key[at:]))


def _taken(text: str, papers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where numbers belong to others: references with the titles behind them, and quotations; sorted, disjoint."""
    spans = [*papers, *(match.span() for match in _QUOTED.finditer(text))]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
