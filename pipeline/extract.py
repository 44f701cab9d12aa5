"""One document to one Plan: the only way from a file to facts, for the command line, the flows and the tests.

The extractors speak cleaned offsets; here, and only here, their facts cross over to the source's, and get their ids,
sections, pages and boxes.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import TypeVar

import msgspec

from extractors.deadlines import extract_deadlines
from extractors.letterhead import extract_metadata, secrecy_of
from extractors.notes import warn
from extractors.references import extract_references
from extractors.targets import extract_targets
from extractors.tasks import extract_tasks
from extractors.vietnamese import words_key
from models.outline import Outline, Section
from models.plan import (
    Deadline,
    Metadata,
    Plan,
    PlanWarning,
    Reference,
    SectionFact,
    SourceInfo,
    Span,
    TableFact,
    Target,
    Task,
)
from models.text import Box, Source
from pipeline.clean import clean
from pipeline.doubts import misread_numerals, weighed
from pipeline.errors import ClassifiedError, UnreadableError
from pipeline.readers import read
from pipeline.resolve.context import context_of
from pipeline.resolve.documents import resolve_references
from pipeline.resolve.indicators import bare_share, indicator_of
from pipeline.structure import outline_of
from pipeline.version import extractor_version

_OF_A_PLAN = ("doc_type", "number", "symbol", "code", "issuer", "title")  # a draft or a torn sheet has some of them

_Fact = TypeVar("_Fact", Reference, Deadline, Target, Task)


def extract_file(path: str | Path, *, allow_classified: bool = False) -> tuple[Plan, str]:
    """Read and extract one file: the plan, and the text that its spans point into.

    Raises `UnreadableError` where the file can't be read and `ClassifiedError` where it is stamped MẬT (and
    `allow_classified` is False).
    """
    source = read(path)
    return extract(source, allow_classified=allow_classified), source.text


def extract(source: Source, *, allow_classified: bool = False) -> Plan:
    """The plan that a source holds; see `extract_file` for what it raises."""
    text = clean(source)
    if not text.lines:
        raise UnreadableError("empty", source.path)
    outline = outline_of(text)
    degree = secrecy_of(outline)
    if degree and not allow_classified:
        raise ClassifiedError("classified", source.path, degree=degree)
    metadata, warnings = extract_metadata(outline)
    if not outline.sections and not any(getattr(metadata, name) for name in _OF_A_PLAN):
        warnings += (warn("not_a_plan"),)
    warnings += tuple(warn(code, detail=detail) for code, detail in text.notes)
    warnings += misread_numerals(outline)
    context = context_of(metadata)
    references, more = extract_references(outline, context)
    warnings += more
    references, more = resolve_references(references, context)
    warnings += more
    targets, more = extract_targets(outline, context, references)
    warnings += more
    deadlines, more = extract_deadlines(outline, context, references, targets)
    warnings += more
    tasks, more = extract_tasks(outline, context, deadlines)
    warnings += more
    references, deadlines, targets, more = weighed(text, context.metadata, references, deadlines, targets)
    warnings += more
    publisher = _Publisher(source, outline)
    return publisher.plan(context.metadata, references, deadlines, targets, tasks, warnings)


class _Publisher:
    """Takes facts from cleaned to source offsets and ties them to their sections."""

    def __init__(self, source: Source, outline: Outline) -> None:
        self.source = source
        self.outline = outline
        self.clean = outline.text.clean
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.section_starts = [s.start for s in outline.sections]
        self.section_ids = [self._identify("s", s.heading or s.region, self._path(s)) for s in outline.sections]
        self.page_starts = [page.start for page in source.pages]
        self.box_starts = [box.start for box in source.line_boxes]

    def plan(
        self,
        metadata: Metadata,
        references: tuple[Reference, ...],
        deadlines: tuple[Deadline, ...],
        targets: tuple[Target, ...],
        tasks: tuple[Task, ...],
        warnings: tuple[PlanWarning, ...],
    ) -> Plan:
        references = tuple(self._place("r", fact) for fact in references)
        deadlines = tuple(self._place("d", fact) for fact in deadlines)
        targets = tuple(self._place("t", fact) for fact in targets)
        tasks = tuple(self._place("k", fact) for fact in tasks)
        target_ids = [fact.id for fact in targets]
        deadline_ids = [fact.id for fact in deadlines]
        task_ids = [fact.id for fact in tasks]
        targets = tuple(
            msgspec.structs.replace(
                fact,
                part_of=_resolved(fact.part_of, target_ids),
                indicator_id=fact.indicator_id
                or indicator_of(fact.indicator, fact.subject, fact.unit, share=bare_share(fact)),
            )
            for fact in targets
        )
        tasks = tuple(msgspec.structs.replace(t, deadline=_resolved(t.deadline, deadline_ids)) for t in tasks)
        of_deadline: dict[str, list[str]] = {}
        for task in tasks:
            if task.deadline:
                of_deadline.setdefault(task.deadline, []).append(task.id)
        deadlines = tuple(
            msgspec.structs.replace(
                fact,
                tasks=tuple(
                    dict.fromkeys(
                        [i for t in fact.tasks if (i := _resolved(t, task_ids))] + of_deadline.get(fact.id, [])
                    )
                ),
            )
            for fact in deadlines
        )
        text = self.source.text
        return Plan(
            source=SourceInfo(
                path=self.source.path,
                sha256=self.source.sha256,
                media_type=self.source.media_type,
                pages=len(self.source.pages) or None,
                reader=self.source.reader,
                ocr=self.source.ocr,
                ocr_confidence=self.source.ocr_confidence,
                text_chars=len(text),
                text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                extractor_version=extractor_version(),
            ),
            metadata=metadata,
            sections=tuple(self._section(s) for s in self.outline.sections),
            references=references,
            deadlines=deadlines,
            targets=targets,
            tasks=tasks,
            tables=tuple(self._tables()),
            warnings=tuple(self._warning(w) for w in warnings),
        )

    def _identify(self, kind: str, words: str, path: str) -> str:
        """Kind and a hash of normalised words, section path and ordinal among equals: stable while the words stay."""
        key = (kind, words_key(words), path)
        self.seen[key] += 1
        digest = hashlib.sha256("\0".join((*key, str(self.seen[key]))).encode("utf-8", "replace"))
        return f"{kind}-{digest.hexdigest()[:12]}"

    def _path(self, section: Section | None) -> str:
        return (section.path or section.region) if section else ""

    def _span(self, start: int, end: int) -> Span:
        return Span(*self.outline.text.to_source(start, end))

    def _section_at(self, position: int) -> int | None:
        index: int | None = bisect_right(self.section_starts, position) - 1
        while index is not None and index >= 0 and self.outline.sections[index].end < position:
            index = self.outline.sections[index].parent
        return index if index is not None and index >= 0 else None

    def _place(self, kind: str, fact: _Fact) -> _Fact:
        start, end = fact.span
        index = self._section_at(start)
        section = self.outline.sections[index] if index is not None else None
        words = " ".join(self.outline.text.printed(start, end).split())
        span = self._span(start, end)
        where: dict[str, object] = {
            "id": self._identify(kind, words, self._path(section)),
            "text": words,
            "span": span,
            "section": self.section_ids[index] if index is not None else None,
        }
        if not isinstance(fact, Task):
            where |= {"page": self._page(span), "boxes": self._boxes(span)}
        return msgspec.structs.replace(fact, **where)

    def _page(self, span: Span) -> int | None:
        if not self.page_starts:
            return None
        return self.source.pages[max(bisect_right(self.page_starts, span.start) - 1, 0)].number

    def _boxes(self, span: Span) -> tuple[Box, ...]:
        """One box per printed line that the span touches, cut to its characters."""
        boxes: list[Box] = []
        index = max(bisect_right(self.box_starts, span.start) - 1, 0)
        while index < len(self.source.line_boxes) and self.source.line_boxes[index].start < span.end:
            run = self.source.line_boxes[index]
            first, last = max(span.start, run.start) - run.start, min(span.end, run.end) - run.start
            if first < last:
                x0, x1 = run.edges[first], run.edges[last]
                boxes.append(Box(page=run.page, x0=x0, y0=run.y0, x1=x1, y1=run.y1))
            index += 1
        return tuple(boxes)

    def _section(self, section: Section) -> SectionFact:
        heading_span = None
        if section.heading is not None:
            heading_span = self._span(section.heading_start, section.heading_end)
        return SectionFact(
            id=self.section_ids[section.index],
            parent=self.section_ids[section.parent] if section.parent is not None else None,
            path=section.path,
            marker=section.marker,
            level=section.level,
            heading=section.heading,
            heading_span=heading_span,
            span=self._span(section.start, section.end),
            roles=section.roles,
        )

    def _tables(self) -> list[TableFact]:
        facts = []
        for table in self.outline.tables:
            rows = [tuple(cell.text for cell in row) for row in table.rows]
            names = [
                " - ".join(dict.fromkeys(p for p in parts if p)) for parts in zip(*rows[: table.header], strict=True)
            ]
            section = table.section
            path = self._path(self.outline.sections[section]) if section is not None else ""
            facts.append(
                TableFact(
                    id=self._identify("b", " ".join(names) or (table.caption or ""), path),
                    page=table.page,
                    section=self.section_ids[section] if section is not None else None,
                    caption=table.caption,
                    columns=tuple(names),
                    rows=tuple(rows[table.header :]),
                )
            )
        return facts

    def _warning(self, warning: PlanWarning) -> PlanWarning:
        if warning.span is None:
            return warning
        return msgspec.structs.replace(warning, span=self._span(*warning.span))


def _resolved(place: str | None, ids: list[str]) -> str | None:
    """ "#3" is the id of the fourth fact; an id stays."""
    if place is None or not place.startswith("#"):
        return place
    index = int(place[1:])
    return ids[index] if 0 <= index < len(ids) else None
