"""A plan's facts as people read them: a line, and its fields by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboard.rendering import say, word_for
from models.plan import Deadline, Plan, Reference, Span, Target, Task
from models.text import Box
from pipeline.cli import forms
from pipeline.store.corrections import Kind
from pipeline.store.review import Check

_SHOWN: dict[Kind, tuple[str, ...]] = {
    "reference": ("code", "name", "date", "issuer", "title", "relation", "provision"),
    "deadline": ("kind", "bound", "start_date", "end_date", "rrule", "anchor", "responsible", "recipient"),
    "target": (
        "indicator", "indicator_id", "subject", "comparator", "low", "high", "unit", "change", "period_start",
        "period_end",
    ),
    "task": ("lead", "support"),
}  # fmt: skip
_CLOSED = {
    "relation": "relation",
    "bound": "bound",
    "change": "change",
    "kind": "deadline_kind",
    "comparator": "comparator",
}


class FactView(NamedTuple):
    """A fact on a page. `line` says it in a few words, `fields` are (label, value) of what is known."""

    id: str
    kind: Kind
    line: str
    text: str
    span: Span
    fields: list[tuple[str, str]]
    confidence: float | None
    page: int | None
    boxes: tuple[Box, ...]
    document: str | None
    check: Check | None


def facts_of(plan: Plan, checks: Mapping[str, Check]) -> dict[Kind, list[FactView]]:
    """All facts of a plan, by kind and place; `checks` are what people decided about them."""
    kinds: dict[Kind, tuple[Any, ...]] = {
        "reference": plan.references,
        "deadline": plan.deadlines,
        "target": plan.targets,
        "task": plan.tasks,
    }
    return {
        kind: sorted((view_of(kind, fact, checks.get(fact.id)) for fact in facts), key=lambda view: view.span)
        for kind, facts in kinds.items()
    }


def view_of(kind: Kind, fact: Any, check: Check | None = None) -> FactView:
    """One fact."""
    return FactView(
        id=fact.id,
        kind=kind,
        line=_line(fact),
        text=forms.line(fact.text),
        span=fact.span,
        fields=[(say(f"field.{name}"), value) for name in _SHOWN[kind] if (value := shown(name, getattr(fact, name)))],
        confidence=getattr(fact, "confidence", None),
        page=getattr(fact, "page", None),
        boxes=getattr(fact, "boxes", ()),
        document=getattr(fact, "document_key", None),
        check=check,
    )


def shown(name: str, value: Any) -> str:
    """A field's value for people."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    if name in _CLOSED:
        return word_for(_CLOSED[name], str(value))
    if name == "rrule":
        return forms.recurrence(value)
    if name.endswith("_date") or name in ("date", "period_start", "period_end"):
        return forms.day(value)
    return forms.number(value) if isinstance(value, float) else str(value)


def _line(fact: Reference | Deadline | Target | Task) -> str:
    if isinstance(fact, Reference):
        return forms.join(" · ", fact.code or fact.name or forms.line(fact.text), forms.day(fact.date))
    if isinstance(fact, Deadline):
        return forms.join(" · ", forms.when(fact) or forms.line(fact.text), fact.responsible)
    if isinstance(fact, Target):
        return forms.join(" · ", forms.amount(fact), fact.indicator or forms.line(fact.text), fact.subject)
    return forms.line(fact.text)
