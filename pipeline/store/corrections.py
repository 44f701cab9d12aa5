"""What people decided about the facts of one plan, as values: laid over what was read, and taken off again.

`Decided.read` is the fact as extraction gave it, with its place among its kind and the facts that name it, so that what
was corrected or rejected can be put back exactly as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from models.plan import Context, Deadline, Plan, Reference, Target, Task
from pipeline.errors import KehoachError
from pipeline.resolve.documents import resolve_references

Verdict = Literal["accept", "correct", "reject"]
Kind = Literal["reference", "deadline", "target", "task"]
Fact = Reference | Deadline | Target | Task

FIELDS: dict[Kind, tuple[str, ...]] = {
    "reference": (
        "code", "type", "number", "symbol", "year", "name", "date", "issuer", "title", "relation", "provision",
    ),
    "deadline": (
        "kind", "bound", "start_date", "end_date", "precision", "rrule", "anchor", "approximate", "responsible",
        "recipient",
    ),
    "target": (
        "indicator", "indicator_id", "subject", "comparator", "low", "high", "unit", "approximate", "change",
        "period_start", "period_end",
    ),
    "task": ("lead", "support"),
}  # fmt: skip
"""What of a fact may be corrected; its words and its place are the text's."""

_LISTS: dict[Kind, str] = {"reference": "references", "deadline": "deadlines", "target": "targets", "task": "tasks"}
_TYPES: dict[Kind, type[Fact]] = {"reference": Reference, "deadline": Deadline, "target": Target, "task": Task}
_IDENTITY = {"code", "type", "number", "symbol", "year", "name", "date", "issuer"}


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about one fact. `fields` are all of `FIELDS` where it was corrected, so that they fit together
    whatever a later reading says; `there`: the last reading has the fact; `named_by` (list, id, place) the facts that
    name a rejected one."""

    verdict: Verdict
    kind: Kind
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    read: dict[str, Any] | None = None
    there: bool = True
    position: int = 0
    named_by: tuple[tuple[str, str, int], ...] = ()


Decisions = Mapping[str, Decided]
"""By the ids of facts."""


def kind_of(plan: Plan, fact_id: str) -> Kind | None:
    """Which kind of fact the plan has under this id; None where it has none."""
    return next((kind for kind, name in _LISTS.items() if any(f.id == fact_id for f in getattr(plan, name))), None)


def fact_of(plan: Plan, fact_id: str) -> Fact | None:
    """The fact of this id."""
    return next((f for name in _LISTS.values() for f in getattr(plan, name) if f.id == fact_id), None)


def corrected_fact(fact: Fact, kind: Kind, fields: Mapping[str, Any], plan: Plan) -> Fact:
    """The fact with these fields. Raises KehoachError (review_field) for a field that can't be corrected or a value
    that it can't have."""
    for name in fields:
        if name not in FIELDS[kind]:
            raise KehoachError("review_field", field=name, reason="?")
    try:
        made: Fact = msgspec.convert({**msgspec.to_builtins(fact), **fields}, _TYPES[kind])
    except msgspec.ValidationError as error:
        raise KehoachError("review_field", field=", ".join(fields), reason=str(error)) from error
    if isinstance(made, Reference) and _IDENTITY & set(fields):
        (resolved,), _ = resolve_references((made,), Context(metadata=plan.metadata))
        made = replace(made, document_key=resolved.document_key)
    return made


def noted(plan: Plan, decisions: Decisions) -> dict[str, Decided]:
    """The decisions with what `plan`, as it was read, says of their facts."""
    found = {fact_id: replace(decided, there=False) for fact_id, decided in decisions.items()}
    for kind, name in _LISTS.items():
        for position, fact in enumerate(getattr(plan, name)):
            decided = decisions.get(fact.id)
            if decided is not None:
                found[fact.id] = replace(
                    decided,
                    kind=kind,
                    there=True,
                    read=msgspec.to_builtins(fact),
                    position=position,
                    named_by=_named_by(plan, kind, fact.id) if decided.verdict == "reject" else (),
                )
    return found


def corrected(plan: Plan, decisions: Decisions) -> Plan:
    """The plan as read with what was decided: corrected facts have the new values, rejected ones are not there."""
    if not decisions:
        return plan
    lists: dict[str, tuple[Any, ...]] = {}
    gone: set[str] = set()
    for kind, name in _LISTS.items():
        facts = []
        for fact in getattr(plan, name):
            decided = decisions.get(fact.id)
            if decided is None or decided.verdict == "accept":
                facts.append(fact)
            elif decided.verdict == "correct":
                facts.append(corrected_fact(fact, kind, decided.fields, plan))
            else:
                gone.add(fact.id)
        lists[name] = tuple(facts)
    return _without(replace(plan, **lists), gone) if gone else replace(plan, **lists)


def as_read(plan: Plan, decisions: Decisions) -> Plan:
    """What `corrected` was made from: the way back, by what `noted` kept."""
    lists = {name: list(getattr(plan, name)) for name in _LISTS.values()}
    for fact_id, decided in sorted(decisions.items(), key=lambda item: item[1].position):
        facts, known = lists[_LISTS[decided.kind]], decided.read
        if known is None or not decided.there:
            continue
        fact = msgspec.convert(known, _TYPES[decided.kind])
        places = [i for i, other in enumerate(facts) if other.id == fact_id]
        if places:
            facts[places[0]] = fact
        elif decided.verdict == "reject":
            facts.insert(decided.position, fact)
    for fact_id, decided in decisions.items():
        for name, namer, place in decided.named_by if decided.there else ():
            lists[name] = [_naming(f, fact_id, place) if f.id == namer else f for f in lists[name]]
    return replace(plan, **{name: tuple(facts) for name, facts in lists.items()})


def _named_by(plan: Plan, kind: Kind, fact_id: str) -> tuple[tuple[str, str, int], ...]:
    """The facts that name this one: the list that they are in, their id, and the place where they name several."""
    if kind == "deadline":
        return tuple(("tasks", task.id, 0) for task in plan.tasks if task.deadline == fact_id)
    if kind == "target":
        return tuple(("targets", target.id, 0) for target in plan.targets if target.part_of == fact_id)
    if kind == "task":
        return tuple(("deadlines", d.id, d.tasks.index(fact_id)) for d in plan.deadlines if fact_id in d.tasks)
    return ()


def _without(plan: Plan, gone: set[str]) -> Plan:
    """No fact names one that is gone."""
    return replace(
        plan,
        tasks=tuple(replace(f, deadline=None) if f.deadline in gone else f for f in plan.tasks),
        targets=tuple(replace(f, part_of=None) if f.part_of in gone else f for f in plan.targets),
        deadlines=tuple(replace(f, tasks=tuple(i for i in f.tasks if i not in gone)) for f in plan.deadlines),
    )


def _naming(fact: Any, named: str, place: int) -> Any:
    if isinstance(fact, Task):
        return replace(fact, deadline=named)
    if isinstance(fact, Target):
        return replace(fact, part_of=named)
    if named in fact.tasks:
        return fact
    return replace(fact, tasks=(*fact.tasks[:place], named, *fact.tasks[place:]))
