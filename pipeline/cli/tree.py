"""One plan for a person to read: its head, its sections as a tree, then the facts with the words they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.cli import forms
from pipeline.cli.forms import join, line
from pipeline.cli.words import language, relation, say, term

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from models.plan import Plan, Reference, SectionFact, Target
    from pipeline.store.linking import PlanLink


def plan_view(plan: Plan, links: Sequence[PlanLink] = ()) -> Iterator[RenderableType]:
    """The parts of `plan`, top to bottom, for a rich console; `links` are the plans that it goes with."""
    from rich.text import Text

    from extractors.notes import describe

    head = plan.metadata
    for words in (join(" · ", head.code or head.doc_type, forms.day(head.issue_date), head.issuer), head.title):
        if words:
            yield Text(line(words), "bold")
    lines = [(say(f"label.{label}"), words) for label, words in _head_lines(plan) if words]
    yield _grid(lines + [(term("link", link.kind), _other(link)) for link in links])
    if plan.sections:
        yield _heading("sections", len(plan.sections))
        yield _sections(plan.sections)
    places = {section.id: section.path or line(section.heading or "") for section in plan.sections}
    yield from _facts("references", [(_how(r), _identity(r), r.text) for r in plan.references])
    yield from _facts(
        "deadlines", [(forms.when(d), forms.people(d.responsible, d.recipient), d.text) for d in plan.deadlines]
    )
    yield from _facts("targets", [(forms.amount(t), measured(t), t.text) for t in plan.targets])
    yield from _facts("tasks", [(places.get(t.section or "", ""), "; ".join(t.lead), t.text) for t in plan.tasks])
    yield from _facts(
        "tables",
        [
            (places.get(t.section or "", ""), say("say.rows", count=len(t.rows)), join(" | ", t.caption, *t.columns))
            for t in plan.tables
        ],
    )
    yield from _facts("warnings", [(describe(w.code, w.values, language()),) for w in plan.warnings])


def _how(cited: Reference) -> str:
    itself = cited.object is not None and cited.object == cited.document_key
    return relation(cited.relation, happened=itself)


def _head_lines(plan: Plan) -> Iterator[tuple[str, str]]:
    head, source = plan.metadata, plan.source
    yield "province", head.province or ""
    yield "period", forms.period(head.period_start, head.period_end)
    yield "signer", join(", ", join(" ", head.signer_authority, head.signer_position), head.signer_name)
    yield "recipients", "; ".join(recipient.strip(" -;.,") for recipient in head.recipients)
    yield (
        "source",
        join(
            " · ",
            source.path,
            say("say.pages", count=source.pages) if source.pages else "",
            say("say.characters", count=forms.number(source.text_chars)),
            say("say.ocr") if source.ocr else "",
        ),
    )


def _other(link: PlanLink) -> str:
    """What the other plan of a link is called."""
    return join(" · ", link.plan.code or link.plan.title or link.plan.key, forms.day(link.plan.issue_date))


def measured(target: Target) -> str:
    """What a target measures, of whom, and for which time."""
    return join(" · ", target.indicator, target.subject, forms.period(target.period_start, target.period_end))


def _identity(reference: Reference) -> str:
    return join(
        " ",
        reference.code or reference.name or reference.type,
        f"({reference.provision})" if reference.provision else "",
    )


def _sections(sections: Sequence[SectionFact]) -> Tree:
    """The headings as they stand below each other, each with its roles."""
    from rich.text import Text
    from rich.tree import Tree

    root = Tree("", hide_root=True, guide_style="dim")
    nodes: dict[str | None, Tree] = {None: root}
    for section in sections:
        title = line(section.heading or section.marker or say("label.untitled"))
        roles = ", ".join(term("role", role) for role in section.roles)
        label = Text.assemble(title, (f"  {roles}", "dim"))
        nodes[section.id] = nodes.get(section.parent, root).add(label)
    return root


def _facts(kind: str, rows: Sequence[tuple[str, ...]]) -> Iterator[RenderableType]:
    """The facts of one kind below their heading; nothing where there are none."""
    if rows:
        yield _heading(kind, len(rows))
        yield _grid(rows)


def _heading(kind: str, count: int) -> RenderableType:
    from rich.text import Text

    return Text(f"\n{say(f'label.{kind}')} ({count})", "bold")


def _grid(rows: Sequence[tuple[str, ...]]) -> RenderableType:
    """Columns side by side: the first ones as narrow as their words allow, the last takes the rest."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2), pad_edge=False)
    for index in range(len(rows[0])):
        last = index == len(rows[0]) - 1
        grid.add_column(overflow="fold", ratio=None, max_width=None if last else (24, 30)[index])
    for row in rows:
        grid.add_row(*(line(words) for words in row))
    return grid
