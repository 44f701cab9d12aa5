"""The extraction as components of a spaCy pipeline, for notebooks, displaCy and spaCy projects.

    import spacy
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("kehoach_references")
    nlp.add_pipe("kehoach_targets")
    doc = nlp(Path("plan.md").read_text(encoding="utf-8"))
    for span in doc.spans["targets"]:
        print(span.text, span.label_, span._.fact.indicator)

Four factories, `kehoach_sections`, `kehoach_references`, `kehoach_deadlines` and `kehoach_targets`, each fill the span
group of the same name (`spans_key` renames it). A span's label is what tells its facts apart: the first role of a
section, the relation of a reference, the kind of a deadline, the comparator of a target; `span._.fact` is the fact
itself and `doc._.plan` the whole plan. Spans are widened to whole tokens, since a blank tokenizer splits at white
space; the fact keeps its exact span.

They stand here and not beside the extractors because a `Doc` is plain text: outlining it is the pipeline's work, and
the extractors know nothing of the pipeline. One document is extracted once, however many of the components are used.
Nothing else in the project imports spaCy or this module; an installed kehoach announces the factories by entry points,
so that `nlp.add_pipe` finds them without an import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from models.plan import Deadline, Plan, Reference, SectionFact, Target
from models.plan import Span as Extent
from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.extract import extract

Fact = SectionFact | Reference | Deadline | Target
Component = Callable[[Doc], Doc]

# The plan travels in `doc.user_data` as JSON, so that a document can be saved and sent between processes.
_PLAN = "kehoach_plan"


@lru_cache(maxsize=16)
def _decoded(data: bytes) -> tuple[Plan, dict[str, Fact]]:
    """A stored plan, and its facts by id."""
    plan = msgspec.json.decode(data, type=Plan)
    groups: tuple[tuple[Fact, ...], ...] = (plan.sections, plan.references, plan.deadlines, plan.targets)
    return plan, {fact.id: fact for facts in groups for fact in facts}


def _fact(span: Span) -> Fact | None:
    """The fact behind a span of one of the groups; None for any other span."""
    data: bytes | None = span.doc.user_data.get(_PLAN)
    return _decoded(data)[1].get(span.id_) if data else None


def _stored_plan(doc: Doc) -> Plan | None:
    data: bytes | None = doc.user_data.get(_PLAN)
    return _decoded(data)[0] if data else None


if not Span.has_extension("fact"):
    Span.set_extension("fact", getter=_fact)
if not Doc.has_extension("plan"):
    Doc.set_extension("plan", getter=_stored_plan)


def plan_of(doc: Doc, allow_classified: bool = False) -> Plan | None:
    """The plan of a document's text, extracted on the first call; None where the text is empty.

    Raises `ClassifiedError` where the text is stamped MẬT and `allow_classified` is False; `nlp.set_error_handler`
    decides what becomes of such a document.
    """
    if _PLAN not in doc.user_data:
        text = doc.text
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(text=text, path="", sha256=digest, media_type="text/plain", reader="spacy")
        try:
            doc.user_data[_PLAN] = msgspec.json.encode(extract(source, allow_classified=allow_classified))
        except UnreadableError:
            doc.user_data[_PLAN] = b""
    return _stored_plan(doc)


def _add_spans(doc: Doc, key: str, facts: Iterable[tuple[Fact, Extent, str]]) -> Doc:
    """Puts facts into the span group `key`, each with its label."""
    spans: list[Span] = []
    for fact, extent, label in facts:
        span = doc.char_span(extent.start, extent.end, label=label, span_id=fact.id, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.spans[key] = spans
    return doc


def _sections(plan: Plan) -> Iterable[tuple[Fact, Extent, str]]:
    return ((s, s.heading_span, s.roles[0] if s.roles else "other") for s in plan.sections if s.heading_span)


def _references(plan: Plan) -> Iterable[tuple[Fact, Extent, str]]:
    return ((fact, fact.span, fact.relation) for fact in plan.references)


def _deadlines(plan: Plan) -> Iterable[tuple[Fact, Extent, str]]:
    return ((fact, fact.span, fact.kind) for fact in plan.deadlines)


def _targets(plan: Plan) -> Iterable[tuple[Fact, Extent, str]]:
    return ((fact, fact.span, fact.comparator) for fact in plan.targets)


def _component(
    select: Callable[[Plan], Iterable[tuple[Fact, Extent, str]]], spans_key: str, allow_classified: bool
) -> Component:
    def component(doc: Doc) -> Doc:
        plan = plan_of(doc, allow_classified)
        return _add_spans(doc, spans_key, select(plan) if plan else ())

    return component


def _config(spans_key: str) -> dict[str, Any]:
    return {"spans_key": spans_key, "allow_classified": False}


@Language.factory("kehoach_sections", assigns=["doc.spans"], default_config=_config("sections"))
def make_sections(nlp: Language, name: str, spans_key: str, allow_classified: bool) -> Component:  # noqa: ARG001
    """Headings, labelled by the first of their roles."""
    return _component(_sections, spans_key, allow_classified)


@Language.factory("kehoach_references", assigns=["doc.spans"], default_config=_config("references"))
def make_references(nlp: Language, name: str, spans_key: str, allow_classified: bool) -> Component:  # noqa: ARG001
    """Mentions of documents, labelled by their relation."""
    return _component(_references, spans_key, allow_classified)


@Language.factory("kehoach_deadlines", assigns=["doc.spans"], default_config=_config("deadlines"))
def make_deadlines(nlp: Language, name: str, spans_key: str, allow_classified: bool) -> Component:  # noqa: ARG001
    """Times of work, labelled by their kind."""
    return _component(_deadlines, spans_key, allow_classified)


@Language.factory("kehoach_targets", assigns=["doc.spans"], default_config=_config("targets"))
def make_targets(nlp: Language, name: str, spans_key: str, allow_classified: bool) -> Component:  # noqa: ARG001
    """Numeric targets, labelled by their comparator."""
    return _component(_targets, spans_key, allow_classified)
