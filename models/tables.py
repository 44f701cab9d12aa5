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
from typing import Any, ClassVar

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
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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


def _span() -> CheckConstraint:
    return CheckConstraint("span_end >= span_start", name="span")


def _confidence() -> CheckConstraint:
    return CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence")


class Organisation(Base):
    """Who issues, leads, supports, answers for or receives something; one row for all spellings with equal words."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Province(Base):
    """A province by its bare name at the time. Codes changed their meaning in 2025: a code counts only with its scheme.

    `scheme` is the number of provinces of the map: 63 (until 30 June 2025), 34 (since), 0 where the time is unknown.
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


class Indicator(Base):
    """An entry of the indicator catalogue that some plan sets a target for."""

    __tablename__ = "indicators"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]


class Document(Base):
    """The catalogue: one row per real document that plans mention, by its `document_key`.

    What it holds is what most of its mentions say. `dated_id` is the one dated document that a key without a date
    means, where the whole database knows exactly one of that code and issuer. `stale` rows wait for `Store.settle`.
    """

    __tablename__ = "documents"
    __table_args__ = (Index(None, "code", "issuer_id"),)

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


class Plan(Base):
    """One plan: its metadata, and which reading its facts come from.

    `key` is its public id. `identity` is code, issuer and day where all three are known: two files with one identity
    are one plan. `sha256` is the file content that the facts come from.
    """

    __tablename__ = "plans"
    __table_args__ = (
        _confidence(),
        CheckConstraint("ocr_confidence BETWEEN 0 AND 1", name="ocr_confidence"),
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


class Passage(Fact):
    """A fact that stands somewhere in the text."""

    section_id: Mapped[str | None] = mapped_column(sort_order=-10)
    span_start: Mapped[int] = mapped_column(sort_order=-10)
    span_end: Mapped[int] = mapped_column(sort_order=-10)
    text: Mapped[str] = mapped_column(sort_order=-10)


class Finding(Passage):
    """A passage with its place on the page and how sure the reading is (0 to 1)."""

    page: Mapped[int | None] = mapped_column(sort_order=-10)
    boxes: Mapped[list[dict[str, Any]] | None] = mapped_column(Json, sort_order=-10)
    confidence: Mapped[float] = mapped_column(sort_order=-10)


class Section(Fact, Base):
    """A heading with what stands below it."""

    __tablename__ = "sections"
    __table_args__ = (_in_plan("parent_id", "sections"), _span())

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
    __table_args__ = (_in_plan("section_id", "sections"), Index(None, "role"))

    plan_id: Mapped[int] = _of_plan()
    section_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class Citation(Finding, Base):
    """One mention of a document, as this plan says it; `document_id` is the catalogue's row of its key."""

    __tablename__ = "citations"
    __table_args__ = (_in_plan("section_id", "sections"), _span(), _confidence())

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
    __table_args__ = (_in_plan("section_id", "sections"), _span(), _confidence())

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
        _confidence(),
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


class Task(Passage, Base):
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


class PlanTable(Fact, Base):
    """A table of the plan: the names of its columns and its rows of words."""

    __tablename__ = "plan_tables"
    __table_args__ = (_in_plan("section_id", "sections"),)

    page: Mapped[int | None]
    section_id: Mapped[str | None]
    caption: Mapped[str | None]
    columns: Mapped[list[str]] = mapped_column(Json)
    rows: Mapped[list[list[str]]] = mapped_column(Json)


class PlanWarning(Base):
    """Doubt about a plan; `details` are what the words of `message` were filled with."""

    __tablename__ = "warnings"

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
    what it gave.
    """

    __tablename__ = "source_files"
    __table_args__ = (CheckConstraint("state IN ('read', 'failed', 'pending')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str | None] = mapped_column(index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str | None]
    reader: Mapped[str | None]
    extractor_version: Mapped[str | None]
    state: Mapped[str]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"), index=True)
    facts: Mapped[int | None]
    warnings: Mapped[int | None]
    seen_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Failure(Base):
    """Why a file could not be read: a code of `data/messages.toml` and what fills its words. `since` is when this
    reason was first found; None where it was noted before that was kept."""

    __tablename__ = "failures"

    source_file_id: Mapped[int] = mapped_column(ForeignKey("source_files.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str]
    details: Mapped[dict[str, str]] = mapped_column(Json)
    since: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
