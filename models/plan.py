"""One plan with its facts: the contract that `kehoach extract --json` prints and the database holds in normal form.

Dates are ISO 8601 text: whole days, except `Metadata.issue_date` and `Reference.date`, which are as precise as the
text ("2022-03-17", "2024-06", "2022"). Spans are `[start, end)` in code points of the source text in a published plan;
the extractors fill them with cleaned offsets and `pipeline.extract` takes them across. What the text does not say is
None or an empty tuple.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from models.text import Box

SCHEMA_VERSION = "1.0"

Role = Literal[
    "preamble", "purpose", "requirements", "targets", "content", "tasks", "timeline", "participants", "commendation",
    "budget", "reporting", "implementation", "recipients", "signature", "appendix", "other",
]  # fmt: skip
Relation = Literal["basis", "implements", "amends", "replaces", "repeals", "assigns", "mentions", "self"]
DeadlineKind = Literal["deadline", "interval", "recurring", "relative"]
Bound = Literal["before", "by", "from", "within", "between", "after"]
Precision = Literal["day", "week", "month", "quarter", "half", "year", "period", "event"]
Comparator = Literal[">=", ">", "<=", "<", "=", "range"]
Change = Literal["increase", "decrease"]


class Span(NamedTuple):
    """`[start, end)` in code points."""

    start: int
    end: int


class SourceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Where the plan came from and which rules read it. `ocr_confidence` is how sure the recognition of scanned pages
    was (mean over their letters, 0 to 1), None where none was recognised."""

    path: str
    sha256: str
    media_type: str
    pages: int | None
    reader: str
    ocr: bool
    ocr_confidence: float | None = None
    text_chars: int
    text_sha256: str
    extractor_version: str


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """Letterhead, title block and signature by Nghị định 30/2020/NĐ-CP."""

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    code: str | None = None
    issue_date: str | None = None
    place: str | None = None
    issuer: str | None = None
    province: str | None = None
    title: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    signer_name: str | None = None
    signer_position: str | None = None
    signer_authority: str | None = None
    recipients: tuple[str, ...] = ()
    confidence: float = 1.0


class SectionFact(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with what stands below it; see `models.outline.Section`."""

    id: str
    parent: str | None
    path: str | None
    marker: str | None
    level: int
    heading: str | None
    heading_span: Span | None
    span: Span
    roles: tuple[Role, ...]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of an identifiable document (văn bản)."""

    text: str
    span: Span
    id: str = ""
    page: int | None = None
    section: str | None = None
    type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    code: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    relation: Relation = "mentions"
    object: str | None = None
    provision: str | None = None
    document_key: str | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """When work of the plan is due or done, and whose it is. `rrule` as in RFC 5545, without UNTIL, COUNT, DTSTART."""

    text: str
    span: Span
    kind: DeadlineKind
    id: str = ""
    page: int | None = None
    section: str | None = None
    bound: Bound | None = None
    start_date: str | None = None
    end_date: str | None = None
    precision: Precision | None = None
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None
    offset_unit: str | None = None
    approximate: bool = False
    responsible: str | None = None
    recipient: str | None = None
    tasks: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """What a target starts from: the value where one stands, the year, and the words."""

    words: str
    value: float | None = None
    year: int | None = None


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A number that the plan sets for itself."""

    text: str
    span: Span
    comparator: Comparator
    id: str = ""
    page: int | None = None
    section: str | None = None
    indicator: str | None = None
    indicator_id: str | None = None
    subject: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approximate: bool = False
    baseline: Baseline | None = None
    change: Change | None = None
    period_start: str | None = None
    period_end: str | None = None
    part_of: str | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work: an item, bullet or table row that has a verb of work or a unit named to do it."""

    text: str
    span: Span
    id: str = ""
    section: str | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None


class TableFact(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the plan with its columns named."""

    id: str
    page: int | None
    section: str | None
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class PlanWarning(msgspec.Struct, frozen=True, kw_only=True):
    """Doubt that is kept: a stable `code`, words for a person, and the place in the text where there is one.
    `values` are what the words were filled with, so that they can be said in another language."""

    code: str
    message: str
    span: Span | None = None
    values: dict[str, str] = msgspec.field(default_factory=dict)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one document gave."""

    schema_version: str = SCHEMA_VERSION
    source: SourceInfo
    metadata: Metadata
    sections: tuple[SectionFact, ...] = ()
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    tables: tuple[TableFact, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the extractors may know of the document around a sentence, so that "tỉnh", "31/3" and "quý I" mean
    something. `year` is the plan's own year: of its period, else of its date."""

    metadata: Metadata
    year: int | None = None
