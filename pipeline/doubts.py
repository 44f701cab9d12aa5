"""What is doubtful about a plan's facts as a whole: words that were put right in them, and facts more likely wrong than
right. They stay in the plan, with less confidence, and its warnings name them; so they do titles' misread numerals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from extractors.confidence import left
from extractors.notes import warn
from models.outline import Outline
from models.plan import Deadline, Metadata, PlanWarning, Reference, Target
from models.text import Slip, Text

LEAST = 0.5
"""A fact with less confidence than this is named among the warnings."""

_ROMAN = re.compile(r"[IVXLC]+")
_NUMERAL = re.compile(r"(?:[-*+•] ?)*(\w+)")

_Facts: TypeAlias = Mapping[str, Sequence[Reference | Deadline | Target]]
_Fact = TypeVar("_Fact", Reference, Deadline, Target)


def misread_numerals(outline: Outline) -> tuple[PlanWarning, ...]:
    """A warning for each title whose Roman numeral was put right by those around it ("H. NỘI DUNG" between I and III).
    Spans are cleaned offsets."""
    found = []
    for section in outline.sections:
        if section.marker and _ROMAN.fullmatch(section.marker):
            printed = _NUMERAL.match(outline.text.clean, section.heading_start, section.heading_end)
            if printed and printed[1] != section.marker:
                found.append(warn("numeral_misread", printed.span(1), words=printed[1], read=section.marker))
    return tuple(found)


def weighed(
    text: Text,
    metadata: Metadata,
    references: tuple[Reference, ...],
    deadlines: tuple[Deadline, ...],
    targets: tuple[Target, ...],
) -> tuple[tuple[Reference, ...], tuple[Deadline, ...], tuple[Target, ...], tuple[PlanWarning, ...]]:
    """The facts, those with a slip of `text` in their words with less confidence, and what there is to warn of: each
    slip of the text, and each fact below `LEAST`. Spans are cleaned offsets."""
    if text.slips:
        references = _with_slips(text, left("references.slip"), references)
        deadlines = _with_slips(text, left("deadlines.slip"), deadlines)
        targets = _with_slips(text, left("targets.slip"), targets)
    facts: _Facts = {
        "reference": references,
        "deadline": deadlines,
        "target": targets,
    }
    return references, deadlines, targets, (*_slips(text, facts), *_low(text, metadata, facts))


def _with_slips(text: Text, kept: float, facts: tuple[_Fact, ...]) -> tuple[_Fact, ...]:
    ends = [slip.end for slip in text.slips]
    return tuple(
        replace(fact, confidence=round(fact.confidence * kept, 3)) if _slipped(fact, text.slips, ends) else fact
        for fact in facts
    )


def _slipped(fact: Reference | Deadline | Target, slips: Sequence[Slip], ends: Sequence[int]) -> bool:
    """Whether a slip stands in the fact's words; `ends` are where the slips end."""
    at = bisect_right(ends, fact.span.start)
    return at < len(slips) and slips[at].start < fact.span.end


def _slips(text: Text, facts: _Facts) -> Iterator[PlanWarning]:
    """A doubt within a fact is the fact's own: its extractor has told it."""
    spans = [fact.span for stated in facts.values() for fact in stated] if text.slips else []
    for slip in text.slips:
        span = (slip.start, slip.end)
        if slip.doubt:
            if any(start < slip.end and slip.start < end for start, end in spans):
                continue
            yield warn("ocr_doubt", span, words=slip.printed, doubt=slip.doubt)
        else:
            yield warn("ocr_slip", span, words=slip.printed, read=slip.read)


def _low(text: Text, metadata: Metadata, facts: _Facts) -> Iterator[PlanWarning]:
    if metadata.confidence < LEAST:
        words = metadata.title or metadata.code or ""
        yield warn("low_confidence", kind="metadata", words=words, confidence=f"{metadata.confidence:.0%}")
    for kind, stated in facts.items():
        for fact in stated:
            if fact.confidence < LEAST:
                words = " ".join(text.printed(*fact.span).split())
                yield warn("low_confidence", fact.span, kind=kind, words=words, confidence=f"{fact.confidence:.0%}")
