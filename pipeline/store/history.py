"""What became of a plan's facts when it was read again: by newer rules, or from other content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from models import tables as t
from models.plan import Plan
from pipeline.moments import aware
from pipeline.store.bulk import insert_rows
from pipeline.store.finding import PlanRef, find_plan, plan_refs

_KINDS: dict[t.FactKind, str] = {
    "section": "sections",
    "reference": "references",
    "deadline": "deadlines",
    "target": "targets",
    "task": "tasks",
}
_PLACE = ("span", "heading_span", "boxes", "page")
"""Where a fact stands: it is the same fact elsewhere, if the text around it is another one."""
_NAMED = ("section", "parent", "part_of", "deadline", "tasks")
"""The fields that hold ids of other facts."""


class Change(NamedTuple):
    """One fact's change; `before` and `after` are the fact as JSON has it, None where there is none."""

    kind: t.FactKind
    fact_id: str
    change: t.Gain
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class FieldChange(msgspec.Struct, frozen=True):
    """What one field held and holds."""

    name: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.name}: {_shown(self.before)} → {_shown(self.after)}"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One fact's change for people: `text` is its words (a section's heading), `fields` what of it is otherwise.

    A fact whose id is another one, because its words or their order are, is "altered": its `id` is among the fields.
    """

    kind: t.FactKind
    change: t.Gain
    id: str
    text: str
    fields: tuple[FieldChange, ...]

    @property
    def only_confidence(self) -> bool:
        return [field.name for field in self.fields] == ["confidence"]


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A change that the database kept: of which plan, when, and by which rules."""

    plan: PlanRef
    kind: str
    change: str
    id: str
    text: str
    fields: tuple[FieldChange, ...]
    cause: str
    from_version: str
    to_version: str
    changed_at: dt.datetime


def changes(before: Plan, after: Plan) -> Iterator[Change]:
    """What the plan's facts gained, lost or have otherwise, by kind and place."""
    left_out = _PLACE if before.source.text_sha256 != after.source.text_sha256 else ()
    for kind, field in _KINDS.items():
        old = {fact.id: fact for fact in getattr(before, field)}
        new = {fact.id: fact for fact in getattr(after, field)}
        for fact_id in dict.fromkeys((*old, *new)):
            was, is_ = _said(old.get(fact_id), left_out), _said(new.get(fact_id), left_out)
            if was == is_:
                continue
            change: t.Gain = "gained" if was is None else "lost" if is_ is None else "altered"
            yield Change(kind, fact_id, change, _whole(old.get(fact_id)), _whole(new.get(fact_id)))


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """The same for people: of one text, a fact that was lost where another of its kind stands now is that one altered,
    and a fact that only names such a fact by its new id has not changed."""
    found = list(changes(before, after))
    same_text = before.source.text_sha256 == after.source.text_sha256
    pairs = _pairs(found) if same_text else {}
    renamed = {old: new.fact_id for (_, old), new in pairs.items()}
    paired = {(new.kind, new.fact_id) for new in pairs.values()}
    told = []
    for change in found:
        place = change.kind, change.fact_id
        if place in pairs:
            change = change._replace(change="altered", fact_id=pairs[place].fact_id, after=pairs[place].after)
        elif place in paired:
            continue
        one = _difference(change, renamed)
        if one.change != "altered" or one.fields:
            told.append(one)
    return tuple(told)


def field_changes(
    before: msgspec.Struct | dict[str, Any], after: msgspec.Struct | dict[str, Any]
) -> tuple[FieldChange, ...]:
    """The fields that two values of one kind have otherwise. Where a fact stands is told if nothing else changed."""
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    found = [FieldChange(name, old.get(name), new.get(name)) for name in {**old, **new}]
    found = [field for field in found if field.before != field.after]
    return tuple([field for field in found if field.name not in _PLACE] or found)


def note_changes(connection: Connection, plan_id: int, before: Plan, after: Plan) -> None:
    """Keeps what changed in a plan that is about to be written in the place of another reading of it."""
    now = dt.datetime.now(dt.UTC)
    cause: t.Cause = "rules" if before.source.sha256 == after.source.sha256 else "content"
    rows = [
        {
            **change._asdict(),
            "plan_id": plan_id,
            "cause": cause,
            "from_version": before.source.extractor_version,
            "to_version": after.source.extractor_version,
            "changed_at": now,
        }
        for change in changes(before, after)
    ]
    insert_rows(connection, t.FactChange.__table__, rows)


def kept_changes(
    connection: Connection,
    *,
    plan: str | None = None,
    since: dt.datetime | None = None,
    kinds: Collection[str] = (),
) -> list[ChangeRow]:
    """The changes that the database kept, the newest first: of one plan (see `find_plan`) or all, of some kinds or all.

    Raises KehoachError where `plan` is not there or not the only one.
    """
    row = t.FactChange
    query = select(*row.__table__.c).order_by(row.changed_at.desc(), row.id)
    if plan is not None:
        query = query.where(row.plan_id == find_plan(connection, plan)[0])
    if since is not None:
        query = query.where(row.changed_at >= since.astimezone(dt.UTC))
    if kinds:
        query = query.where(row.kind.in_(kinds))
    rows = connection.execute(query).all()
    refs = plan_refs(connection, {row.plan_id for row in rows})
    return [_kept(row, refs[row.plan_id]) for row in rows]


def _kept(row: Any, plan: PlanRef) -> ChangeRow:
    one = _difference(Change(row.kind, row.fact_id, row.change, row.before, row.after), {})
    return ChangeRow(
        plan=plan,
        cause=row.cause,
        from_version=row.from_version,
        to_version=row.to_version,
        changed_at=aware(row.changed_at),
        **msgspec.structs.asdict(one),
    )


def _difference(change: Change, renamed: dict[str, str]) -> Difference:
    """`renamed` are facts by their former ids."""
    fact = change.after or change.before or {}
    before = {
        name: _followed(value, renamed) if name in _NAMED else value for name, value in (change.before or {}).items()
    }
    return Difference(
        kind=change.kind,
        change=change.change,
        id=change.fact_id,
        text=fact.get("text") or fact.get("heading") or fact.get("marker") or "",
        fields=field_changes(before, change.after or {}) if change.change == "altered" else (),
    )


def _followed(value: Any, renamed: dict[str, str]) -> Any:
    if isinstance(value, (list, tuple)):  # as the database gives it, and as a plan has it
        return type(value)(renamed.get(one, one) for one in value)
    return renamed.get(value, value)


def _pairs(found: Sequence[Change]) -> dict[tuple[str, str], Change]:
    """Facts that were lost, by kind and id, with those that now stand where they stood."""
    pairs: dict[tuple[str, str], Change] = {}
    for kind in _KINDS:
        gained = [change for change in found if change.kind == kind and change.change == "gained"]
        for lost in (change for change in found if change.kind == kind and change.change == "lost"):
            best = max(gained, key=lambda other: _overlap(lost, other), default=None)
            if best is not None and _overlap(lost, best) > 0:
                pairs[kind, lost.fact_id] = best
                gained.remove(best)
    return pairs


def _overlap(lost: Change, gained: Change) -> int:
    """How many characters both stand on; sections, which hold each other, by their headings."""
    name = "heading_span" if lost.kind == "section" else "span"
    was, is_ = (lost.before or {}).get(name), (gained.after or {}).get(name)
    return min(was[1], is_[1]) - max(was[0], is_[0]) if was and is_ else 0


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return "–" if value in (None, "") else str(value)


def _whole(fact: msgspec.Struct | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None if fact is None else msgspec.to_builtins(fact)
    return found


def _said(fact: msgspec.Struct | None, left_out: tuple[str, ...]) -> tuple[Any, ...] | None:
    if fact is None:
        return None
    return tuple(getattr(fact, name) for name in fact.__struct_fields__ if name not in left_out)
