"""Which plans go together: one that amends, replaces or repeals another, and a draft with its signed form.

All follows from what is in the database, never from the order in which plans were read. It is worked out anew for the
whole database each time, which for 100,000 plans takes less than a second; what has not changed is not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, String, delete, func, select, tuple_, type_coerce
from sqlalchemy.orm import aliased

from models import tables as t
from pipeline.store.amendments import not_after
from pipeline.store.bulk import insert_rows
from pipeline.store.finding import PlanRef, plan_refs
from pipeline.store.keys import key_of
from pipeline.store.shared import chunks

LinkName = Literal[
    "amends", "replaces", "repeals", "draft_of", "amended_by", "replaced_by", "repealed_by", "draft"
]  # fmt: skip
_NAMES: dict[str, tuple[LinkName, LinkName]] = {
    "amends": ("amends", "amended_by"),
    "replaces": ("replaces", "replaced_by"),
    "repeals": ("repeals", "repealed_by"),
    "draft": ("draft_of", "draft"),
}
"""How a link is called from its plan, and from the other one."""


class PlanLink(msgspec.Struct, frozen=True, kw_only=True):
    """What another plan is to a plan: it amends the other one, is amended by it, is its draft, ..."""

    kind: LinkName
    plan: PlanRef


class _Link(NamedTuple):
    plan_id: int
    other_id: int
    kind: str


def link_plans(connection: Connection) -> None:
    """Brings the links between plans up to date."""
    link = t.PlanLink
    there = {_Link(*row) for row in connection.execute(select(link.plan_id, link.other_id, link.kind))}
    found = {*_changing(connection), *_drafts(connection)}
    for chunk in chunks(sorted(there - found)):
        connection.execute(delete(link).where(tuple_(link.plan_id, link.other_id, link.kind).in_(chunk)))
    insert_rows(connection, link.__table__, [new._asdict() for new in sorted(found - there)])


def superseded() -> Any:
    """The query of the plans (ids) that are no longer, or not yet, what holds: replaced, repealed, or the draft of a
    signed one."""
    link = t.PlanLink
    gone = select(link.other_id).where(link.kind.in_(("replaces", "repeals")))
    return gone.union(select(link.plan_id).where(link.kind == "draft"))


def links_of(connection: Connection, plan_id: int | None = None) -> dict[int, tuple[PlanLink, ...]]:
    """The links of plans (of one of them, or of all that have any) by their row ids, seen from both sides."""
    link = t.PlanLink
    query = select(link.plan_id, link.other_id, link.kind)
    if plan_id is not None:
        query = query.where((link.plan_id == plan_id) | (link.other_id == plan_id))
    rows = connection.execute(query).all()
    refs = plan_refs(connection, {i for row in rows for i in (row.plan_id, row.other_id)})
    found: defaultdict[int, list[PlanLink]] = defaultdict(list)
    for row in rows:
        forth, back = _NAMES[row.kind]
        found[row.plan_id].append(PlanLink(kind=forth, plan=refs[row.other_id]))
        found[row.other_id].append(PlanLink(kind=back, plan=refs[row.plan_id]))
    order = [name for names in _NAMES.values() for name in names]
    return {
        i: tuple(sorted(links, key=lambda one: (order.index(one.kind), one.plan.issue_date or "~", one.plan.key)))
        for i, links in found.items()
        if plan_id in (None, i)
    }


def _changing(connection: Connection) -> Iterator[_Link]:
    """The plans that say of themselves that they amend, replace or repeal a plan which was read: an earlier one, of an
    office of their own kind ("tham mưu UBND tỉnh điều chỉnh Kế hoạch số .../KH-UBND" changes nothing yet)."""
    amendment, named, meant = t.Amendment, aliased(t.Document), aliased(t.Document)
    plan, other = aliased(t.Plan), aliased(t.Plan)
    query = (
        select(amendment.plan_id, meant.plan_id.label("other_id"), amendment.relation)
        .add_columns(plan.symbol, plan.issue_date, other.symbol.label("other_symbol"))
        .add_columns(other.issue_date.label("other_date"))
        .join(named, amendment.document_id == named.id)
        .join(meant, meant.id == func.coalesce(named.dated_id, named.id))
        .join(plan, amendment.plan_id == plan.id)
        .join(other, meant.plan_id == other.id)
        .where(amendment.by_id.is_(None), plan.id != other.id)
    )
    for row in connection.execute(query):
        offices = {symbol.rpartition("-")[2].casefold() for symbol in (row.symbol, row.other_symbol) if symbol}
        if len(offices) < 2 and not_after(row.other_date, row.issue_date):
            yield _Link(row.plan_id, row.other_id, row.relation)


def _drafts(connection: Connection) -> Iterator[_Link]:
    """The plans without a number of which exactly one signed plan has the issuer, the words of the title, the period
    and the province, and a date that theirs may be the beginning of."""
    plan = t.Plan
    # Compared only: what stands there need not become days, which takes longer than all else.
    period = (type_coerce(day, String) for day in (plan.period_start, plan.period_end))
    same = (plan.issuer_id, t.Province.name, *period)
    query = (
        select(plan.id, plan.title, plan.issue_date, *same)
        .outerjoin(t.Province, plan.province_id == t.Province.id)
        .where(plan.issuer_id.is_not(None), plan.title.is_not(None))
    )
    drafts: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in connection.execute(query.where(plan.number.is_(None))):
        drafts[tuple(row[3:])].append(row)
    signed: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in connection.execute(query.where(plan.identity.is_not(None))):
        if tuple(row[3:]) in drafts:
            signed[*row[3:], key_of(row.title)].append(row)
    for key, rows in drafts.items():
        for draft in rows:
            title = key_of(draft.title)
            forms = [row for row in signed.get((*key, title), ()) if row.issue_date.startswith(draft.issue_date or "")]
            if title and len(forms) == 1:
                yield _Link(draft.id, forms[0].id, "draft")
