"""The database in normal form: what one plan says, and what plans share.

A plan's facts hang on its row and die with it; their key is the plan and the fact's stable id, so a row never changes
its name while its words stay. What several plans name is one row that all of them point to: `documents` (the
catalogue, one row per real document), `organisations`, `provinces`, `indicators`.

The same tables serve SQLite and PostgreSQL: no type or default that only one of them has. Dates that are as precise as
the text (of plans and documents) are ISO 8601 text ("2022", "2024-06", "2022-03-17"); days are DATE. Spans are
`[start, end)` in code points of `plan_texts.text`. Facts point at facts of the same plan by deferred foreign keys, so
that the rows of a plan may be written in any order within its transaction.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal, get_args

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models.plan import Bound, Change, Comparator, DeadlineKind, Precision, Relation, Role

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# JSON null and SQL NULL would be two kinds of nothing: only the latter is written.
Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    """Constraints have names by rule, so that a migration can change them on any database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {float: Double}  # a plain Float is single precision on PostgreSQL


def _span(start: str = "span_start", end: str = "span_end", name: str = "span") -> CheckConstraint:
    """That a span ends before the text does, `pipeline.store.derived` holds."""
    return CheckConstraint(f"{start} >= 0 AND {end} >= {start}", name=name)


# SQLite keeps the rows of such a table in its primary key alone, which halves those of few columns.
_WITHOUT_ROWID = {"sqlite_with_rowid": False}


def _in_order(start: str, end: str, name: str) -> CheckConstraint:
    return CheckConstraint(f"{end} >= {start}", name=name)


def _one_of(column: str, kinds: Any) -> CheckConstraint:
    """`kinds` is a Literal type, whose values the column may have."""
    values = ", ".join(f"'{value}'" for value in get_args(kinds))
    return CheckConstraint(f"{column} IN ({values})", name=column)


def _page() -> CheckConstraint:
    return CheckConstraint("page >= 1", name="page")


def _confidence() -> CheckConstraint:
    return CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence")


Status = Literal["amended", "replaced", "repealed"]
LinkKind = Literal["amends", "replaces", "repeals", "draft"]
FactKind = Literal["section", "reference", "deadline", "target", "task"]
PassageKind = Literal["plan", "section", "reference", "deadline", "target", "task"]
Gain = Literal["gained", "lost", "altered"]
Cause = Literal["rules", "content"]
Apart = Literal["no_year", "subject", "part", "change", "unit", "bound", "no_value"]


class Organisation(Base):
    """Who issues, leads, supports, answers for or receives something; one row for all spellings with equal words."""

    __tablename__ = "organisations"
    # A name may be a whole sentence, too long for the other kind of index on PostgreSQL.
    __table_args__ = (Index(None, "name", postgresql_using="hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Setting(Base):
    """What the database remembers of itself, such as the reference data that it was last filled with."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Province(Base):
    """A province by its bare name at the time. Codes changed their meaning in 2025: a code counts only with its scheme.

    `scheme` is the number of provinces of the map: 63 (until 30 June 2025), 34 (since), 0 where the time is unknown.
    All of both maps are here, whether they have a plan or not. `region` is of the province's own map; `successor_id` is
    the province of the map of 34 that took its land, None for those of that map.
    """

    __tablename__ = "provinces"
    __table_args__ = (
        UniqueConstraint("name", "scheme"),
        CheckConstraint("scheme IN (0, 34, 63)", name="scheme"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    scheme: Mapped[int]
    code: Mapped[str | None]
    region: Mapped[str | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("provinces.id"), index=True)


class Indicator(Base):
    """An entry of the indicator catalogue: all of `data/indicators.toml`, and those that people named (`named`).

    `direction` says which values are better: "higher", "lower", or what `data/indicators.toml` lists beside them.
    """

    __tablename__ = "indicators"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    name_en: Mapped[str | None]
    family: Mapped[str | None]
    unit: Mapped[str | None]
    direction: Mapped[str | None]
    subject: Mapped[str | None]
    named: Mapped[bool] = mapped_column(server_default=false())


class Document(Base):
    """The catalogue: one row per real document that plans mention, by its `document_key`.

    What it holds is what most of its mentions say. `dated_id` is the one dated document that a key without a date
    means, where the whole database knows exactly one of that code and issuer. `stale` rows wait for `Store.settle`.

    `mentions`, `plans` and `provinces` count who cites it, undated mentions that mean it among them; `first_cited` and
    `last_cited` are dates of plans. `plan_id` is the plan that is this document, where it was read. `status` is the
    strongest of what plans and papers say became of it, `status_since` the first date from which that holds, and
    `status_by_id` the paper that did it, where it is another one than the plan that says so.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index(None, "code", "issuer_id"),
        CheckConstraint("dated_id <> id", name="dated"),
        _one_of("status", Status),
        _in_order("first_cited", "last_cited", "cited"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str | None]
    number: Mapped[str | None]
    year: Mapped[int | None]
    symbol: Mapped[str | None]
    code: Mapped[str | None]
    name: Mapped[str | None]
    date: Mapped[str | None]
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str | None]
    dated_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    stale: Mapped[bool]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"), index=True)
    mentions: Mapped[int] = mapped_column(server_default="0")
    plans: Mapped[int] = mapped_column(server_default="0", index=True)
    provinces: Mapped[int] = mapped_column(server_default="0")
    first_cited: Mapped[str | None]
    last_cited: Mapped[str | None]
    status: Mapped[str | None]
    status_since: Mapped[str | None]
    status_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)


class DocumentRelation(Base):
    """How a document is cited: so many mentions of one relation, in so many plans (undated ones that mean it too)."""

    __tablename__ = "document_relations"
    __table_args__ = (_one_of("relation", Relation), _WITHOUT_ROWID)

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    relation: Mapped[str] = mapped_column(primary_key=True)
    mentions: Mapped[int]
    plans: Mapped[int]


class Plan(Base):
    """One plan: its metadata, and which reading its facts come from.

    `key` is its public id. `identity` is code, issuer and day where all three are known: two files with one identity
    are one plan. `sha256` is the file content that the facts come from. `document_key` is the key by which others cite
    the plan; `year` its own year: the first of its period, else of its date.
    """

    __tablename__ = "plans"
    __table_args__ = (
        _confidence(),
        CheckConstraint("ocr_confidence BETWEEN 0 AND 1", name="ocr_confidence"),
        CheckConstraint("text_chars >= 0", name="text_chars"),
        _in_order("period_start", "period_end", "period"),
        Index(None, "year", "province_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    identity: Mapped[str | None] = mapped_column(unique=True)
    schema_version: Mapped[str]
    sha256: Mapped[str]
    media_type: Mapped[str]
    pages: Mapped[int | None]
    reader: Mapped[str]
    ocr: Mapped[bool]
    ocr_confidence: Mapped[float | None]
    text_chars: Mapped[int]
    text_sha256: Mapped[str]
    extractor_version: Mapped[str]
    doc_type: Mapped[str | None]
    number: Mapped[str | None]
    symbol: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(index=True)
    issue_date: Mapped[str | None]
    place: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    province_id: Mapped[int | None] = mapped_column(ForeignKey("provinces.id"), index=True)
    title: Mapped[str | None]
    period_start: Mapped[dt.date | None]
    period_end: Mapped[dt.date | None]
    signer_name: Mapped[str | None]
    signer_position: Mapped[str | None]
    signer_authority: Mapped[str | None]
    confidence: Mapped[float]
    document_key: Mapped[str | None] = mapped_column(index=True)
    year: Mapped[int | None]


class PlanLink(Base):
    """A plan that goes with another one which was read: "amends", "replaces" and "repeals" by its words, "draft" where
    it has the other's issuer, title and period and no number."""

    __tablename__ = "plan_links"
    __table_args__ = (CheckConstraint("plan_id <> other_id", name="other"), _one_of("kind", LinkKind), _WITHOUT_ROWID)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


def _of_plan() -> Mapped[int]:
    return mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True, sort_order=-30)


def _in_plan(column: str, table: str) -> ForeignKeyConstraint:
    """`column` names a fact of the same plan in `table`."""
    return ForeignKeyConstraint(
        ["plan_id", column], [f"{table}.plan_id", f"{table}.fact_id"], deferrable=True, initially="DEFERRED"
    )


class PlanText(Base):
    """The text that the spans of a plan point into, as published."""

    __tablename__ = "plan_texts"

    plan_id: Mapped[int] = _of_plan()
    text: Mapped[str]


class Recipient(Base):
    """A line below "Nơi nhận:"."""

    __tablename__ = "recipients"

    plan_id: Mapped[int] = _of_plan()
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class Fact:
    """What every fact has: its plan, its stable id in the plan, and its place among its kind."""

    plan_id: Mapped[int] = _of_plan()
    fact_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-20)
    position: Mapped[int] = mapped_column(sort_order=-20)


class Standing(Fact):
    """A fact that stands somewhere in the text."""

    section_id: Mapped[str | None] = mapped_column(sort_order=-10)
    span_start: Mapped[int] = mapped_column(sort_order=-10)
    span_end: Mapped[int] = mapped_column(sort_order=-10)
    text: Mapped[str] = mapped_column(sort_order=-10)


class Finding(Standing):
    """A fact with its place on the page and how sure the reading is (0 to 1)."""

    page: Mapped[int | None] = mapped_column(sort_order=-10)
    boxes: Mapped[list[dict[str, Any]] | None] = mapped_column(Json, sort_order=-10)
    confidence: Mapped[float] = mapped_column(sort_order=-10)


class Section(Fact, Base):
    """A heading with what stands below it."""

    __tablename__ = "sections"
    __table_args__ = (
        _in_plan("parent_id", "sections"),
        _span(),
        _span("heading_start", "heading_end", "heading"),
        CheckConstraint("parent_id <> fact_id", name="parent"),
    )

    parent_id: Mapped[str | None]
    path: Mapped[str | None]
    marker: Mapped[str | None]
    level: Mapped[int]
    heading: Mapped[str | None]
    heading_start: Mapped[int | None]
    heading_end: Mapped[int | None]
    span_start: Mapped[int]
    span_end: Mapped[int]


class SectionRole(Base):
    """One of the things that a section is for."""

    __tablename__ = "section_roles"
    __table_args__ = (_in_plan("section_id", "sections"), Index(None, "role"), _one_of("role", Role))

    plan_id: Mapped[int] = _of_plan()
    section_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class Citation(Finding, Base):
    """One mention of a document, as this plan says it; `document_id` is the catalogue's row of its key."""

    __tablename__ = "citations"
    __table_args__ = (
        _in_plan("section_id", "sections"),
        _span(),
        _page(),
        _confidence(),
        Index(None, "confidence", "plan_id"),
        _one_of("relation", Relation),
    )

    type: Mapped[str | None]
    number: Mapped[str | None]
    year: Mapped[int | None]
    symbol: Mapped[str | None]
    code: Mapped[str | None]
    name: Mapped[str | None]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str | None]
    relation: Mapped[str]
    object_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    provision: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)


class Deadline(Finding, Base):
    """When work is due or done. `rrule` is RFC 5545 without UNTIL, COUNT and DTSTART; `lapse` an ISO 8601 duration."""

    __tablename__ = "deadlines"
    __table_args__ = (
        _in_plan("section_id", "sections"),
        _span(),
        _page(),
        _confidence(),
        Index(None, "confidence", "plan_id"),
        _one_of("kind", DeadlineKind),
        _one_of("bound", Bound),
        _one_of("precision", Precision),
        _in_order("start_date", "end_date", "interval"),
        CheckConstraint("(kind = 'recurring') = (rrule IS NOT NULL)", name="rrule"),
    )

    kind: Mapped[str]
    bound: Mapped[str | None]
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None] = mapped_column(index=True)
    precision: Mapped[str | None]
    rrule: Mapped[str | None]
    anchor: Mapped[str | None]
    lapse: Mapped[str | None]
    lapse_unit: Mapped[str | None]
    approximate: Mapped[bool]
    responsible: Mapped[str | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    recipient: Mapped[str | None]
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)


class Target(Finding, Base):
    """A number that the plan sets for itself. There is a baseline where `baseline_words` is not null."""

    __tablename__ = "targets"
    __table_args__ = (
        _in_plan("section_id", "sections"),
        _in_plan("part_of_id", "targets"),
        _span(),
        _page(),
        _confidence(),
        Index(None, "confidence", "plan_id"),
        _one_of("comparator", Comparator),
        _one_of("change", Change),
        _in_order("low", "high", "bounds"),
        _in_order("period_start", "period_end", "period"),
        CheckConstraint("part_of_id <> fact_id", name="part"),
    )

    indicator: Mapped[str | None]
    indicator_id: Mapped[str | None] = mapped_column(ForeignKey("indicators.id"), index=True)
    subject: Mapped[str | None]
    comparator: Mapped[str]
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str | None]
    approximate: Mapped[bool]
    baseline_words: Mapped[str | None]
    baseline_value: Mapped[float | None]
    baseline_year: Mapped[int | None]
    change: Mapped[str | None]
    period_start: Mapped[dt.date | None]
    period_end: Mapped[dt.date | None]
    part_of_id: Mapped[str | None]


class Task(Standing, Base):
    """One piece of work; `deadline_id` is its own time, else the heading's or column's."""

    __tablename__ = "tasks"
    __table_args__ = (_in_plan("section_id", "sections"), _in_plan("deadline_id", "deadlines"), _span())

    deadline_id: Mapped[str | None]


class TaskOrganisation(Base):
    """Who leads or supports a task, in the text's words."""

    __tablename__ = "task_organisations"
    __table_args__ = (_in_plan("task_id", "tasks"), CheckConstraint("role IN ('lead', 'support')", name="role"))

    plan_id: Mapped[int] = _of_plan()
    task_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    words: Mapped[str]


class DeadlineTask(Base):
    """A task that a deadline holds for."""

    __tablename__ = "deadline_tasks"
    __table_args__ = (_in_plan("deadline_id", "deadlines"), _in_plan("task_id", "tasks"))

    plan_id: Mapped[int] = _of_plan()
    deadline_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[str]


class DeadlineDay(Base):
    """A day on which a deadline falls: its one day, or each day of its rule (see `pipeline.store.derived` for how far).

    `working_day` is the day itself or the next one on which offices work (Bộ luật Dân sự 2015, Điều 148 khoản 5).
    """

    __tablename__ = "deadline_days"
    __table_args__ = (
        _in_plan("deadline_id", "deadlines"),
        _in_order("day", "working_day", "working_day"),
        Index(None, "day", "plan_id"),
        _WITHOUT_ROWID,
    )

    plan_id: Mapped[int] = _of_plan()
    deadline_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    working_day: Mapped[dt.date] = mapped_column(index=True)


class Measure(Base):
    """What a target measures, so that plans compare: the indicator (of the catalogue or named by a person), the year
    that it is for, and the number that it is held to in the indicator's unit.

    `apart` says why it does not compare with the indicator's usual targets (None: it does, or nothing is known of it).
    """

    __tablename__ = "measures"
    __table_args__ = (
        _in_plan("target_id", "targets"),
        _one_of("apart", Apart),
        Index(None, "indicator_id", "year", "apart", "value"),
        _WITHOUT_ROWID,
    )

    plan_id: Mapped[int] = _of_plan()
    target_id: Mapped[str] = mapped_column(primary_key=True)
    indicator_id: Mapped[str | None] = mapped_column(ForeignKey("indicators.id"))
    year: Mapped[int | None] = mapped_column(index=True)
    value: Mapped[float | None]
    apart: Mapped[str | None]


class Comparable(Base):
    """A target whose indicator and year are known, with all that a comparison tells of it, so that those of one
    indicator and year lie side by side. All of it follows from the other tables (`pipeline.store.comparables`).

    `whole` and `whole_id` are what the target measures that it is a part of; `timed`: it names a time of its own.
    """

    __tablename__ = "comparables"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "target_id"], ["measures.plan_id", "measures.target_id"], ondelete="CASCADE"),
        Index(None, "plan_id", "target_id"),
        _WITHOUT_ROWID,
    )

    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicators.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(primary_key=True)
    part_of_id: Mapped[str | None]
    indicator: Mapped[str | None]
    subject: Mapped[str | None]
    comparator: Mapped[str]
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str | None]
    approximate: Mapped[bool]
    change: Mapped[str | None]
    baseline_words: Mapped[str | None]
    baseline_value: Mapped[float | None]
    baseline_year: Mapped[int | None]
    text: Mapped[str]
    span_start: Mapped[int]
    span_end: Mapped[int]
    page: Mapped[int | None]
    confidence: Mapped[float]
    timed: Mapped[bool]
    whole: Mapped[str | None]
    whole_id: Mapped[str | None]
    province_id: Mapped[int | None] = mapped_column(ForeignKey("provinces.id"))
    key: Mapped[str]
    code: Mapped[str | None]
    title: Mapped[str | None]
    issuer: Mapped[str | None]
    issue_date: Mapped[str | None]


class Rank(Base):
    """The place of a value among those that the comparable targets of an indicator and year are held to: the best has
    rank 1, and so many `targets` share it. `Store.settle` keeps it."""

    __tablename__ = "ranks"
    __table_args__ = (_WITHOUT_ROWID,)

    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicators.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[float] = mapped_column(primary_key=True)
    rank: Mapped[int]
    targets: Mapped[int]


class Amendment(Base):
    """A mention that says a document was amended, replaced or repealed: `document_id` was, by `by_id`, or by the plan
    itself where that is None."""

    __tablename__ = "amendments"
    __table_args__ = (
        _in_plan("citation_id", "citations"),
        CheckConstraint("relation IN ('amends', 'replaces', 'repeals')", name="relation"),
        _WITHOUT_ROWID,
    )

    plan_id: Mapped[int] = _of_plan()
    citation_id: Mapped[str] = mapped_column(primary_key=True)
    relation: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)


class Passage(Base):
    """Words to be searched: of a section what stands below its own heading, of a fact its own, of a plan its title.

    `words` have no accents and no marks, đ is d, so that one index serves both databases.
    """

    __tablename__ = "passages"
    __table_args__ = (Index(None, "plan_id"), _one_of("kind", PassageKind))

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    kind: Mapped[str]
    fact_id: Mapped[str | None]
    words: Mapped[str]


class FactChange(Base):
    """A fact that a plan gained, lost or has otherwise since it was read again, by newer rules or from other content.

    `before` and `after` are the fact as `models.plan` has it, None where there is none.
    """

    __tablename__ = "fact_changes"
    __table_args__ = (
        _one_of("kind", FactKind),
        _one_of("change", Gain),
        _one_of("cause", Cause),
        Index(None, "plan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    kind: Mapped[str]
    fact_id: Mapped[str]
    change: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    cause: Mapped[str]
    from_version: Mapped[str]
    to_version: Mapped[str]
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True), index=True)


class Decision(Base):
    """What a person decided, which holds however often plans are read again: of `kind` about `subject`, one each.

    `value` is what was decided; what it means is with `pipeline.store.decisions`.
    """

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    value: Mapped[dict[str, Any]] = mapped_column(Json)
    decided_by: Mapped[str]
    decided_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    note: Mapped[str | None]


class PlanTable(Fact, Base):
    """A table of the plan: the names of its columns and its rows of words."""

    __tablename__ = "plan_tables"
    __table_args__ = (_in_plan("section_id", "sections"), _page())

    page: Mapped[int | None]
    section_id: Mapped[str | None]
    caption: Mapped[str | None]
    columns: Mapped[list[str]] = mapped_column(Json)
    rows: Mapped[list[list[str]]] = mapped_column(Json)


class PlanWarning(Base):
    """Doubt about a plan; `details` are what the words of `message` were filled with."""

    __tablename__ = "warnings"
    __table_args__ = (_span(),)

    plan_id: Mapped[int] = _of_plan()
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    message: Mapped[str]
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    details: Mapped[dict[str, str]] = mapped_column(Json)


class DocumentWarning(Base):
    """Doubt about a document of the catalogue that shows only when its mentions are laid side by side."""

    __tablename__ = "document_warnings"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    message: Mapped[str]
    details: Mapped[dict[str, str]] = mapped_column(Json)


class SourceFile(Base):
    """A file that was read. Several files may give one plan: copies, or the same plan in another format.

    `state` is "read", "failed" (see `failures`; `plan_id` then is what the path gave before), or "pending": the facts
    of its plan came from another file that is gone, so this one has to be read again. `facts` and `warnings` count
    what it gave. `mark` changes whenever the file does (its time and size, a bucket's ETag): one with the mark that is
    kept here need not be opened.
    """

    __tablename__ = "source_files"
    __table_args__ = (
        CheckConstraint("state IN ('read', 'failed', 'pending')", name="state"),
        Index(None, "plan_id", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str | None] = mapped_column(index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str | None]
    reader: Mapped[str | None]
    extractor_version: Mapped[str | None]
    state: Mapped[str]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"))
    facts: Mapped[int | None]
    warnings: Mapped[int | None]
    seen_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    mark: Mapped[str | None]


class Failure(Base):
    """Why a file could not be read: a code of `data/messages.toml` and what fills its words. `since` is when this
    reason was first found; None where it was noted before that was kept."""

    __tablename__ = "failures"

    source_file_id: Mapped[int] = mapped_column(ForeignKey("source_files.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str]
    details: Mapped[dict[str, str]] = mapped_column(Json)
    since: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
