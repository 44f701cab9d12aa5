"""A mention while it is being read; `extractors.references` turns it into a `models.plan.Reference`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from extractors.confidence import sure
from models.plan import Relation


@dataclass(slots=True)
class Mention:
    """One mention at `[start, end)` of the cleaned text.

    `number_start` is where its number (or name) begins, `head` whether a type word of its own stands before it,
    `plural` whether that word heads a list ("các Quyết định"), `listed` whether it shares the head of the mention
    before. `title_end` is where the cited document's own title behind the mention ends (`end` where there is none).
    `host` is the index of the mention whose title, or name, this one stands in, `object` of the one that is changed.
    """

    start: int
    end: int
    number_start: int
    type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    code: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_end: int = 0
    relation: Relation = "mentions"
    object: int | None = None
    provision: str | None = None
    confidence: float = field(default_factory=partial(sure, "references.clean"))
    head: bool = True
    plural: bool = False
    listed: bool = False
    host: int | None = None
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def doubt(self, code: str, reason: str, **values: str) -> None:
        """Keep a doubt: a warning of that code, and no more confidence than its reason leaves."""
        self.doubts.append((code, values))
        self.lower(reason)

    def lower(self, reason: str) -> None:
        """No more confidence than this reason leaves ("symbol_incomplete" of the references)."""
        self.confidence = min(self.confidence, sure(f"references.{reason}"))
