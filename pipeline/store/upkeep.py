"""Care of a database: whether it is whole, what it holds and how large it is, and room given back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, exists, func, or_, select
from sqlalchemy.exc import DBAPIError, OperationalError

from models import tables as t
from pipeline.store import comparables
from pipeline.store.database import HEAD, outside, reading
from pipeline.store.finding import plan_refs
from pipeline.store.queries import counts
from pipeline.store.shared import SHARED, unused

_SPANS: tuple[tuple[Any, str, str], ...] = (
    *((table, "span_start", "span_end") for table in (t.Section, t.Citation, t.Deadline, t.Target, t.Task)),
    (t.Section, "heading_start", "heading_end"),
    (t.PlanWarning, "span_start", "span_end"),
)

_NAMES: dict[Any, Any] = {
    t.Document: t.Document.key,
    t.Organisation: t.Organisation.key,
    t.Province: t.Province.name,
    t.Indicator: t.Indicator.id,
}


class Problem(msgspec.Struct, frozen=True):
    """Something that should not be in the database.

    `kind` is "damage" (of the file), "reference" (to a row that is not there), "span" (outside the plan's text),
    "text" (a plan without one), "derived" (a plan without the rows that follow from its facts), "file" (a plan that no
    file gave, or a failure without its reason), "unused" (a shared row that nothing names) or "stale" (a document that
    waits for the catalogue to be settled).
    """

    kind: str
    table: str
    row: str
    """The key of the plan, with the id of the fact; of shared rows their own key."""


class Stats(msgspec.Struct, frozen=True):
    """What the database holds; sizes in bytes. `free` is what `vacuum` would give back, None where it is not known."""

    version: str
    rows: dict[str, int]
    size: int
    free: int | None
    size_per_plan: float | None
    extractors: dict[str, int]
    """How many plans were read by each version of the rules."""


def check(engine: Engine) -> list[Problem]:
    """All that is wrong with the database, [] where nothing is. It is not changed."""
    with reading(engine) as connection:
        found = list(_damage(connection))
        if not found or found[0].kind != "damage":
            found += [*_outside_text(connection), *_derived(connection), *_files(connection), *_shared(connection)]
    return found


def _damage(connection: Connection) -> Iterator[Problem]:
    """What SQLite says of its own file and of foreign keys, which PostgreSQL never leaves broken."""
    if connection.dialect.name != "sqlite":
        return
    try:
        words = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars()]
    except OperationalError:  # locked
        raise
    except DBAPIError as error:  # so damaged that the check itself can't go on
        words = [str(error.orig)]
    if words != ["ok"]:
        yield from (Problem("damage", "", line) for line in words)
        return  # no other answer of this file can be trusted
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem("reference", table, f"{row} → {parent}")


def _outside_text(connection: Connection) -> Iterator[Problem]:
    length = func.length(t.PlanText.text)
    for table, first, last in _SPANS:
        start, end = getattr(table, first), getattr(table, last)
        name = getattr(table, "fact_id", None)
        query = (
            select(t.Plan.key, name if name is not None else table.position)
            .join(table, table.plan_id == t.Plan.id)
            .join(t.PlanText, t.PlanText.plan_id == t.Plan.id)
            .where(or_(start < 0, end < start, end > length))
            .order_by(t.Plan.key, table.position)
        )
        for key, fact in connection.execute(query):
            yield Problem("span", table.__tablename__, f"{key} {fact}")
    texts = select(t.PlanText.plan_id)
    for key in connection.execute(select(t.Plan.key).where(t.Plan.id.not_in(texts)).order_by(t.Plan.key)).scalars():
        yield Problem("text", t.Plan.__tablename__, key)


def _derived(connection: Connection) -> Iterator[Problem]:
    facts = ((t.Target, t.Measure, t.Measure.target_id), (t.Section, t.Passage, t.Passage.fact_id))
    for table, derived, column in facts:
        there = exists().where(derived.plan_id == table.plan_id, column == table.fact_id)
        lacking = (
            select(t.Plan.key).join(table, table.plan_id == t.Plan.id).where(~there).distinct().order_by(t.Plan.key)
        )
        for key in connection.execute(lacking).scalars():
            yield Problem("derived", derived.__tablename__, key)
    for plan in plan_refs(connection, comparables.differing(connection)).values():
        yield Problem("derived", t.Comparable.__tablename__, plan.key)


def _files(connection: Connection) -> Iterator[Problem]:
    sources = select(t.SourceFile.plan_id).where(t.SourceFile.plan_id.is_not(None))
    for key in connection.execute(select(t.Plan.key).where(t.Plan.id.not_in(sources)).order_by(t.Plan.key)).scalars():
        yield Problem("file", t.Plan.__tablename__, key)
    failed = (t.SourceFile.state == "failed") != t.SourceFile.id.in_(select(t.Failure.source_file_id))
    for path in connection.execute(select(t.SourceFile.path).where(failed).order_by(t.SourceFile.path)).scalars():
        yield Problem("file", t.SourceFile.__tablename__, path)


def _shared(connection: Connection) -> Iterator[Problem]:
    for table in SHARED:
        name = _NAMES[table]
        for row in connection.execute(select(name).where(unused(table)).order_by(name)).scalars():
            yield Problem("unused", table.__tablename__, str(row))
    stale = select(t.Document.key).where(t.Document.stale).order_by(t.Document.key)
    for key in connection.execute(stale).scalars():
        yield Problem("stale", t.Document.__tablename__, key)


def stats(engine: Engine) -> Stats:
    """What the database holds."""
    versions = (
        select(t.Plan.extractor_version, func.count())
        .group_by(t.Plan.extractor_version)
        .order_by(t.Plan.extractor_version)
    )
    with reading(engine) as connection:
        rows = counts(connection)
        extractors = {row[0]: row[1] for row in connection.execute(versions)}
        size, free = _size(connection)
    per_plan = size / rows["plans"] if rows["plans"] else None
    return Stats(version=HEAD, rows=rows, size=size, free=free, size_per_plan=per_plan, extractors=extractors)


def _size(connection: Connection) -> tuple[int, int | None]:
    if connection.dialect.name != "sqlite":
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()), None
    page, pages, free = (
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
        for name in ("page_size", "page_count", "freelist_count")
    )
    return page * pages, page * free


def vacuum(engine: Engine) -> tuple[int, int]:
    """Gives the room of deleted rows back and renews what the database knows of its tables; its size in bytes before
    and after. On SQLite it waits for all others, and they for it; on PostgreSQL nobody waits."""
    with reading(engine) as connection:
        before, _ = _size(connection)
    with outside(engine) as driver:
        for statement in ("VACUUM", "ANALYZE"):
            driver.execute(statement)
    with reading(engine) as connection:
        after, _ = _size(connection)
    return before, after
