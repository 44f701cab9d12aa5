"""The list of plans, and what it can be filtered by."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, column, false, func, select, table
from sqlalchemy.orm import aliased

from extractors.vietnamese import ascii_key
from models import tables as t
from pipeline.store.derived import search_words
from pipeline.store.lists.cut import Cut, Window, count, in_province, of_unit, shown, windowed
from pipeline.store.objects import SEARCHED
from pipeline.store.shared import chunks

SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (t.Plan.issue_date.desc().nulls_last(), t.Plan.id.desc()),
    "oldest": (t.Plan.issue_date.asc().nulls_last(), t.Plan.id),
    "code": (t.Plan.code.asc().nulls_last(), t.Plan.id),
    "doubt": (t.Plan.confidence, t.Plan.id),
}


def plan_list(
    connection: Connection,
    *,
    province: str | None = None,
    year: int | None = None,
    topic: str | None = None,
    issuer: str | None = None,
    words: str | None = None,
    sort: str = "newest",
    window: Window = Window(),  # noqa: B008 - a value that never changes
) -> Cut:
    """Plans, as `v_plan_summary` has them. `topic` is a family of indicators that the plan sets targets for, `words`
    are those of its title, `sort` one of `SORTS`."""
    where = [in_province(province), of_unit(connection, issuer, t.Plan.issuer_id)]
    if year:
        where.append(t.Plan.year == year)
    if topic:
        measured = select(t.Measure.plan_id).join(t.Indicator, t.Measure.indicator_id == t.Indicator.id)
        where.append(t.Plan.id.in_(measured.where(t.Indicator.family == topic)))
    if words:  # signs alone are words of no title
        where.append(t.Plan.id.in_(_with_title(connection, words)) if search_words(words) else false())
    query = select(t.Plan.key).where(*where).order_by(*SORTS[sort])
    keys = connection.execute(windowed(query, window)).scalars().all()
    return Cut(shown(connection, "v_plan_summary", "plan", keys), count(connection, query), window)


def plan_id_of(connection: Connection, key: str) -> int | None:
    """The row id of the plan with this key."""
    return connection.execute(select(t.Plan.id).where(t.Plan.key == key)).scalar()


class Named(NamedTuple):
    """What people call a plan by."""

    code: str | None
    title: str | None


def named(connection: Connection, keys: Collection[str]) -> dict[str, Named]:
    """The code and title of plans by their keys; plans that are gone are not among them."""
    return {
        row.key: Named(row.code, row.title)
        for chunk in chunks(sorted(keys))
        for row in connection.execute(select(t.Plan.key, t.Plan.code, t.Plan.title).where(t.Plan.key.in_(chunk)))
    }


def provinces_with_plans(connection: Connection) -> list[str]:
    """The names by which plans can be asked for: of their time and of today."""
    ids = [i for i in connection.execute(select(t.Plan.province_id).distinct()).scalars() if i is not None]
    new = aliased(t.Province)
    query = select(t.Province.name, new.name).outerjoin(new, new.id == t.Province.successor_id)
    names = {name for row in connection.execute(query.where(t.Province.id.in_(ids))) for name in row if name}
    return sorted(names, key=ascii_key)


def years_with_plans(connection: Connection) -> list[int]:
    """The years of plans, the latest first."""
    years = connection.execute(select(t.Plan.year).distinct()).scalars()
    return sorted((year for year in years if year is not None), reverse=True)


def topics(connection: Connection) -> list[str]:
    """The families of indicators."""
    family = t.Indicator.family
    found = connection.execute(select(family).distinct().where(family.is_not(None))).scalars()
    return sorted((name for name in found if name), key=ascii_key)


def _with_title(connection: Connection, words: str) -> Select[Any]:
    """The plans whose title has all these words, of which the last may break off."""
    found = search_words(words).split()
    held: ColumnElement[bool]
    if connection.dialect.name == "sqlite":
        asked = " ".join(f'"{word}"' for word in found) + "*"
        matching: Any = select(column("rowid")).select_from(table(SEARCHED)).where(column(SEARCHED).op("MATCH")(asked))
        held = t.Passage.id.in_(matching)
    else:
        asked = " & ".join(found) + ":*"
        held = func.to_tsvector("simple", t.Passage.words).op("@@")(func.to_tsquery("simple", asked))
    return select(t.Passage.plan_id).where(t.Passage.kind == "plan", held)


def text_of(connection: Connection, plan_id: int) -> str:
    """The text that a plan's spans point into."""
    return connection.execute(select(t.PlanText.text).where(t.PlanText.plan_id == plan_id)).scalar_one()


def content_of(connection: Connection, plan_id: int) -> str:
    """The SHA-256 of the file content that a plan's facts come from."""
    return connection.execute(select(t.Plan.sha256).where(t.Plan.id == plan_id)).scalar_one()


def files_of(connection: Connection, plan_id: int) -> list[str]:
    """The paths of the files that gave a plan its facts, and of its other files behind them."""
    source, plan = t.SourceFile, t.Plan
    query = (
        select(source.path)
        .join(plan, plan.id == source.plan_id)
        .where(plan.id == plan_id)
        .order_by(source.sha256 != plan.sha256, source.path)
    )
    return list(connection.execute(query).scalars())
