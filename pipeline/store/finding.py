"""Which plan or province a person means, how plans are called in answers, and where in them a fact stands."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from extractors.places import name_of, province_of, versions
from extractors.vietnamese import ascii_key
from models import tables as t
from models.plan import Span
from pipeline.errors import KehoachError
from pipeline.store.shared import chunks

_CANDIDATES = 20  # how many plans an error lists
_KEY_PREFIX = 4  # shorter beginnings of a key are more likely a number


class PlanRef(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A plan by what people call it; `key` is its id everywhere outside the tables."""

    key: str
    code: str | None
    title: str | None
    issuer: str | None
    province: str | None
    issue_date: str | None
    path: str | None

    def __str__(self) -> str:
        words = (self.key, self.code, self.issue_date, self.issuer, self.title, self.path)
        return "  ".join(word for word in words if word)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact stands: span in the plan's text, page, and the section by its path and heading."""

    span: Span
    page: int | None
    section: str | None
    heading: str | None


def place_of(row: Any) -> Place:
    """The place of a fact's row that has its section's `section_path` and `section_heading` beside it."""
    span = Span(row.span_start, row.span_end)
    return Place(span=span, page=row.page, section=row.section_path, heading=row.section_heading)


def plan_order(plan: PlanRef) -> tuple[str, str, str, str]:
    """Sorts plans by province, date and code; what is not known comes last."""
    return ascii_key(plan.province or "~"), plan.issue_date or "~", plan.code or "~", plan.key


def absolute(path: str) -> str:
    """How the database names a file: from the root, with forward slashes, links as they are (a drive stays a drive)."""
    return _slashes(os.path.abspath(path))  # noqa: PTH100 - Path.resolve follows links


def plan_refs(connection: Connection, ids: Collection[int] | Select[int] | None = None) -> dict[int, PlanRef]:
    """Plans (all where `ids` is None) by their row ids. `ids` may be the query that gives them: many ids take longer to
    name than to look up.

    The path is that of the file which gave the facts, the first of several copies.
    """
    plan = t.Plan
    query = select(plan.id, plan.key, plan.code, plan.title, plan.issuer, plan.issue_date, t.Province.name).outerjoin(
        t.Province, plan.province_id == t.Province.id
    )
    paths = paths_of(connection, ids)
    return {
        i: PlanRef(
            key=key, code=code, title=title, issuer=issuer, province=province, issue_date=issue_date, path=paths.get(i)
        )
        for part in _parts(query, plan.id, ids)
        for i, key, code, title, issuer, issue_date, province in connection.execute(part.order_by(plan.id)).all()
    }


def paths_of(connection: Connection, ids: Collection[int] | Select[int] | None = None) -> dict[int, str]:
    """The files of plans as `plan_refs` names them."""
    source = t.SourceFile
    paths: dict[int, str] = {}
    several: set[int] = set()
    for part in _parts(select(source.plan_id, source.path), source.plan_id, ids):
        for plan_id, path in connection.execute(part):
            if plan_id is not None and paths.setdefault(plan_id, path) != path:
                several.add(plan_id)
    # Few plans have several files, and only for these the contents have to be looked up.
    gave = (source.state == "read") & (source.sha256 == t.Plan.sha256)
    query = select(source.plan_id, source.path).join(t.Plan, source.plan_id == t.Plan.id)
    for part in _parts(query.order_by(gave, source.path.desc()), source.plan_id, several):
        paths.update((plan_id, path) for plan_id, path in connection.execute(part) if plan_id is not None)
    return paths


def _parts(query: Any, column: Any, ids: Collection[int] | Select[int] | None) -> Iterator[Any]:
    """The query for so many ids as a statement takes."""
    if ids is None:
        yield query
    else:
        for some in [ids] if isinstance(ids, Select) else chunks(sorted(ids)):
            yield query.where(column.in_(some))


def has_words(words: str, *texts: str | None) -> bool:
    """Whether one of the texts holds the words; accents and the width of spaces don't count."""
    wanted = " ".join(ascii_key(words).split())
    return any(wanted in " ".join(ascii_key(text or "").split()) for text in texts)


def province_names(name: str) -> list[str]:
    """What the maps call the province that people mean by a name, the name that is most like it first.

    Raises KehoachError `province_unknown`, with the nearest names, where neither the map of 63 nor that of 34 has it.
    """
    known = province_of(name)
    bare = " ".join(name.split())
    meant = [ascii_key(each) for each in (bare, name_of(bare), known.name if known else None) if each]
    names = {ascii_key(version.name): version.name for version in versions()}
    found = [names[key] for key in dict.fromkeys(meant) if key in names]
    if not found:
        raise KehoachError("province_unknown", name=name, near=nearest(bare, names.values()))
    return found


def province_ids(connection: Connection, name: str) -> list[int]:
    """The rows of a province by any name people give it. Raises as `province_names` does."""
    meant = {ascii_key(each) for each in province_names(name)}
    rows = connection.execute(select(t.Province.id, t.Province.name))
    return [row.id for row in rows if ascii_key(row.name) in meant]


def nearest(words: str, names: Iterable[str]) -> str:
    """What an error adds about names that may be meant, accents aside: " (Hà Giang? Hà Nam?)"; nothing for none."""
    known = {ascii_key(name): name for name in names}
    near = get_close_matches(ascii_key(words), known, n=3)
    return f" ({' '.join(f'{known[key]}?' for key in near)})" if near else ""


def find_plan(connection: Connection, ref: str) -> tuple[int, PlanRef]:
    """The plan that `ref` means, with its row id: a key, a code ("463/KH-SYT"), a path, or the beginning of one.

    What it equals goes before what it begins. Raises KehoachError: `plan_unknown`, or `plan_ambiguous` with the
    candidates.
    """
    found = _matches(connection, ref)
    plans = plan_refs(connection, sorted(found)[: _CANDIDATES + 1]) if found else {}
    if not plans:
        raise KehoachError("plan_unknown", ref=ref)
    if len(plans) > 1:
        lines = sorted(f"  {plan}" for plan in plans.values())
        more = ["  ..."] if len(lines) > _CANDIDATES else []
        raise KehoachError("plan_ambiguous", ref=ref, candidates="\n".join(lines[:_CANDIDATES] + more))
    return next(iter(plans.items()))


def _matches(connection: Connection, ref: str) -> set[int]:
    if not ref:
        return set()
    plan, source = t.Plan, t.SourceFile
    if known := connection.execute(select(plan.id).where(plan.key == ref)).scalars().all():
        return set(known)
    rows = connection.execute(select(plan.id, plan.key, plan.code)).all()
    files = connection.execute(select(source.plan_id, source.path).where(source.plan_id.is_not(None))).all()
    codes = [(row.id, _code(row.code)) for row in rows if row.code]
    paths = [(file.plan_id, _slashes(file.path)) for file in files if file.plan_id is not None]
    code, path, whole = _code(ref), _slashes(ref), absolute(ref)
    ways = (
        (i for i, other in codes if other == code),
        (i for i, other in paths if other in (path, whole)),
        (i for i, other in paths if other.endswith(f"/{path}")),
        (i for i, other in codes if other.startswith(code)),
        (row.id for row in rows if len(ref) >= _KEY_PREFIX and row.key.startswith(ref.lower())),
        (i for i, other in paths if other.startswith((path, whole)) or f"/{path}" in other),
    )
    return next((found for way in ways if (found := set(way))), set())


def _code(words: str) -> str:
    return "".join(unicodedata.normalize("NFC", words).split()).casefold()


def _slashes(path: str) -> str:
    return path.replace("\\", "/")
