"""The annotated sentences of `table_sentences`, each read as a small plan of its own."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.deadlines import extract_deadlines
from models.outline import Outline
from models.plan import Deadline, Reference, Span, Target
from tests.deadlines.build import context, outline
from tests.deadlines.table_ends import ROWS as ENDS
from tests.deadlines.table_events import ROWS as EVENTS
from tests.deadlines.table_programmes import ROWS as PROGRAMMES
from tests.deadlines.table_schools import ROWS as SCHOOLS
from tests.deadlines.table_sentences import ANY, COUNTS, NOT, PEOPLE, PLACES, Row, Want
from tests.deadlines.table_wordings import ROWS as WORDINGS

ROWS: list[Row] = [*PEOPLE, *PLACES, *COUNTS, *NOT, *WORDINGS, *EVENTS, *ENDS, *PROGRAMMES, *SCHOOLS]


def facts(made: Outline, options: dict[str, Any]) -> tuple[tuple[Reference, ...], tuple[Target, ...]]:
    """The cited paper and the target that a row's options name, as the other extractors would give them."""
    clean = made.text.clean
    cited, aimed = options.get("reference"), options.get("target")
    references: tuple[Reference, ...] = ()
    targets: tuple[Target, ...] = ()
    if cited:
        references = (Reference(text=cited, span=Span(clean.index(cited), clean.index(cited) + len(cited))),)
    if aimed:
        targets = (Target(text=aimed, span=Span(clean.index(aimed), clean.index(aimed) + len(aimed)), comparator="="),)
    return references, targets


def differs(want: Want, got: Deadline) -> list[str]:
    pairs = {
        "text": (want.quote, got.text),
        "kind": (want.kind, got.kind),
        "start": (want.start, got.start_date),
        "end": (want.end, got.end_date),
        "rrule": (want.rrule, got.rrule),
        "offset": (want.offset, got.offset),
        "bound": (want.bound, got.bound),
        "who": (want.who, got.responsible),
        "to": (want.to, got.recipient),
        "anchor": (want.anchor, got.anchor),
    }
    return [f"{name}: wanted {a!r}, got {b!r}" for name, (a, b) in pairs.items() if a != ANY and a != b]


@pytest.mark.parametrize(("text", "wanted", "options"), ROWS, ids=[f"{i}" for i in range(len(ROWS))])
def test_sentence(text: str, wanted: list[Want], options: dict[str, Any]) -> None:
    made = outline(text)
    plan = {key: options[key] for key in ("issued", "period") if key in options}
    found, _ = extract_deadlines(made, context(**plan), *facts(made, options))
    for deadline in found:
        assert made.text.printed(*deadline.span) == deadline.text
    assert [each.quote for each in wanted] == [each.text for each in found]
    wrong = [line for want, got in zip(wanted, found, strict=True) for line in differs(want, got)]
    assert wrong == [], text


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 320
    wanted = [want for _, wants, _ in ROWS for want in wants]
    assert sum(not wants for _, wants, _ in ROWS) >= 80  # counter-examples
    assert sum(want.who not in (ANY, None) for want in wanted) >= 80
    assert sum(want.to not in (ANY, None) for want in wanted) >= 50
