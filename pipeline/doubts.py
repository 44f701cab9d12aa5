"""Facts that are more likely wrong than right: they stay in the plan, and its warnings name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.notes import warn
from models.plan import Deadline, Metadata, PlanWarning, Reference, Target

LEAST = 0.5
"""A fact with less confidence than this is named among the warnings."""


def low_confidence(
    metadata: Metadata, references: Iterable[Reference], deadlines: Iterable[Deadline], targets: Iterable[Target]
) -> tuple[PlanWarning, ...]:
    """A warning for each fact with a confidence below `LEAST`, with the fact's span: kind by kind."""
    return tuple(_warnings(metadata, {"reference": references, "deadline": deadlines, "target": targets}))


def _warnings(metadata: Metadata, facts: dict[str, Iterable[Reference | Deadline | Target]]) -> Iterator[PlanWarning]:
    if metadata.confidence < LEAST:
        words = metadata.title or metadata.code or ""
        yield warn("low_confidence", kind="metadata", words=words, confidence=f"{metadata.confidence:.0%}")
    for kind, stated in facts.items():
        for fact in stated:
            if fact.confidence < LEAST:
                yield warn(
                    "low_confidence", fact.span, kind=kind, words=fact.text, confidence=f"{fact.confidence:.0%}"
                )
