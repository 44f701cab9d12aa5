"""The rows that plans share: organisations, documents, provinces, indicators. Finds or makes them, removes orphans."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, false, func, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from extractors.places import NEW_LIST, versions
from extractors.vietnamese import words_key
from models import tables as t
from models.plan import Plan
from pipeline.resolve.places import province_at
from pipeline.store.bulk import insert_rows
from pipeline.store.derived import catalogue
from pipeline.store.reference import province_row
from pipeline.store.rows import SharedIds, document_keys, organisation_words

T = TypeVar("T")
Attribute = InstrumentedAttribute[Any]

_SERIES = re.compile(r" \| \d{4}(?:-07)?\Z")
_LONGEST_KEY = 300  # PostgreSQL indexes up to 2,700 bytes; a longer "organisation" is a sentence
CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement
PROVINCE_NOW = func.coalesce(t.Province.successor_id, t.Province.id)  # 63 provinces became 34


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists that fit into one statement."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def among(attribute: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """That a column has one of many values, more than one list of values may hold."""
    return or_(*(attribute.in_(chunk) for chunk in chunks(ids))) if ids else false()


def measuring(measure: Any = t.Measure, target: Any = t.Target) -> ColumnElement[bool]:
    """That a row of `measures` is of this row of `targets`, to join the two by; either may be an alias."""
    return and_(measure.plan_id == target.plan_id, measure.target_id == target.fact_id)


def organisation_key(words: str) -> str:
    """What two spellings of one organisation share: case, spaces, dashes and the place of the tone don't count."""
    key = words_key(words) or _plain(words).casefold()
    if len(key) > _LONGEST_KEY:
        key = f"{key[:_LONGEST_KEY]} {hashlib.sha256(key.encode()).hexdigest()}"
    return key


def shared_ids(connection: Connection, plans: Sequence[Plan]) -> SharedIds:
    """The ids of all organisations and documents that the plans name; missing rows are made, the documents stale."""
    words = set().union(*map(organisation_words, plans))
    ids = _organisations(connection, words)
    return SharedIds(
        organisations={w: ids[organisation_key(w)] for w in words},
        documents=_documents(connection, set().union(*map(document_keys, plans))),
    )


def _organisations(connection: Connection, words: Collection[str]) -> dict[str, int]:
    names: dict[str, str] = {}
    for name in sorted(map(_plain, words), key=_spelling, reverse=True):
        names[organisation_key(name)] = name
    columns = (t.Organisation.id, t.Organisation.key, t.Organisation.name)
    known = list(_rows(connection, columns, t.Organisation.key, names))
    ids: dict[str, int] = {row.key: row.id for row in known}
    for row in known:
        # The best spelling of all that were ever seen, so that the order of reading doesn't matter.
        if _spelling(names[row.key]) < _spelling(row.name):
            connection.execute(update(t.Organisation).where(t.Organisation.id == row.id).values(name=names[row.key]))
    if new := [{"key": key, "name": names[key]} for key in sorted(names.keys() - ids.keys())]:
        connection.execute(insert(t.Organisation), new)
        made = _rows(connection, columns, t.Organisation.key, (n["key"] for n in new))
        ids |= {row.key: row.id for row in made}
    return ids


def _documents(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    columns = (t.Document.id, t.Document.key)
    ids: dict[str, int] = {row.key: row.id for row in _rows(connection, columns, t.Document.key, keys)}
    mark_stale(connection, ids.values())
    if new := [{"key": key, "stale": True} for key in sorted(set(keys) - ids.keys())]:
        connection.execute(insert(t.Document), new)
        ids |= {row.key: row.id for row in _rows(connection, columns, t.Document.key, (n["key"] for n in new))}
    return ids


def mark_stale(connection: Connection, ids: Iterable[int]) -> None:
    """What these documents say has to be gathered again from their mentions."""
    for chunk in chunks(ids):
        connection.execute(update(t.Document).where(t.Document.id.in_(chunk)).values(stale=True))


def without_date(key: str) -> str:
    """The key that a document has where its mentions leave the date out (see `pipeline.resolve.documents`)."""
    return _SERIES.sub("", key)


def mark_named(connection: Connection, keys: Iterable[str | None]) -> None:
    """The same for the documents of these keys, dated or not, as far as there are any: who they are has changed."""
    known = [key for key in keys if key is not None]
    for chunk in chunks(dict.fromkeys((*known, *map(without_date, known)))):
        connection.execute(update(t.Document).where(t.Document.key.in_(chunk)).values(stale=True))


def province_id(connection: Connection, plan: Plan) -> int | None:
    """The row of the plan's province on the map of the plan's time."""
    name = plan.metadata.province
    if not name:
        return None
    return province_row(connection, name, *_on_map(name, plan.metadata.issue_date or plan.metadata.period_start))


def _on_map(name: str, date: str | None) -> tuple[int, str | None]:
    """The scheme and code of a province's name on a date (ISO, of any precision).

    Where the date does not tell the two maps apart, a name that only one of them has still does; else (0, None).
    """
    if date and date != NEW_LIST[: len("2025")]:
        found = province_at(name, date)
        return (int(found.scheme), found.code) if found else (34 if date >= NEW_LIST[:7] else 63, None)
    codes = {(int(p.scheme), p.code) for p in versions() if p.name == name}
    return next(iter(codes)) if len(codes) == 1 else (0, None)


def ensure_indicators(connection: Connection, plans: Iterable[Plan]) -> None:
    """Makes rows without a name for indicators that the plans' targets name and the catalogue does not have."""
    known = catalogue()
    ids = {i for plan in plans for target in plan.targets if (i := target.indicator_id) and i not in known}
    if ids:
        ids -= set(connection.execute(select(t.Indicator.id).where(t.Indicator.id.in_(ids))).scalars())
        insert_rows(connection, t.Indicator.__table__, [{"id": i, "named": False} for i in sorted(ids)])


def remove_orphans(connection: Connection) -> set[int]:
    """Deletes the shared rows that nothing names any more. The documents that meant one of them, that one of them meant
    or that one of them changed, have to be counted anew: their ids."""
    orphans = connection.execute(select(t.Document.id).where(unused(t.Document))).scalars().all()
    touched: set[int] = set()
    for chunk in chunks(orphans):
        named = select(t.Document.dated_id).where(t.Document.id.in_(chunk), t.Document.dated_id.is_not(None))
        touched |= {i for i in connection.execute(named).scalars() if i is not None}
        for column in (t.Document.dated_id, t.Document.status_by_id):
            touched |= set(connection.execute(select(t.Document.id).where(column.in_(chunk))).scalars())
            connection.execute(update(t.Document).where(column.in_(chunk)).values({column.key: None}))
    for chunk in chunks(orphans):
        connection.execute(delete(t.Document).where(t.Document.id.in_(chunk)))
    for table in SHARED[1:]:
        connection.execute(delete(table).where(unused(table)))
    return touched.difference(orphans)


SHARED = (t.Document, t.Organisation, t.Province, t.Indicator)


def unused(table: type[t.Base]) -> ColumnElement[bool]:
    """The condition that nothing names a row of this shared table. A document that only another one means by its
    `dated_id` is named by nothing. What `pipeline.store.reference` fills in stays whether it is named or not."""
    columns: dict[Any, tuple[Attribute, ...]] = {
        t.Document: (t.Citation.document_id, t.Citation.object_id, t.Amendment.document_id, t.Amendment.by_id),
        t.Organisation: (
            t.Plan.issuer_id,
            t.Document.issuer_id,
            t.Citation.issuer_id,
            t.Deadline.responsible_id,
            t.Deadline.recipient_id,
            t.TaskOrganisation.organisation_id,
        ),
        t.Province: (t.Plan.province_id,),
        t.Indicator: (t.Target.indicator_id, t.Measure.indicator_id),
    }
    extra: dict[Any, ColumnElement[bool]] = {
        t.Province: t.Province.code.is_(None),
        t.Indicator: t.Indicator.name.is_(None),
    }
    key: Attribute = table.id  # type: ignore[attr-defined]
    named = [~exists().where(column == key) for column in columns[table]]
    return and_(*named, *([extra[table]] if table in extra else []))


def _rows(connection: Connection, columns: Sequence[Attribute], key: Attribute, values: Iterable[Any]) -> Iterator[Any]:
    """These columns of the rows whose key is among the values."""
    for chunk in chunks(values):
        yield from connection.execute(select(*columns).where(key.in_(chunk)))


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _spelling(name: str) -> tuple[bool, bool, str]:
    """Sorts spellings, the best first: not in capitals, then with a capital at the front."""
    return name.isupper(), name[:1].islower(), name
