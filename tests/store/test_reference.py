"""The rows that are there before any plan: both maps of provinces with what became of each, and the indicators."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, text, update

from data import load
from models import tables as t
from pipeline.store import Store, reference
from pipeline.store.database import writing
from store.plans import FULL, TEXT, dump, metadata, plan, target


def test_both_maps_are_whole(store: Store) -> None:
    with store.reading() as connection:
        codes = select(func.count(t.Province.code.distinct())).where(t.Province.scheme == 63)
        assert connection.execute(codes).scalar() == 63
        assert connection.execute(select(func.count()).where(t.Province.scheme == 34)).scalar() == 34
        lacking = select(t.Province.name).where(t.Province.scheme == 63, t.Province.successor_id.is_(None))
        assert connection.execute(lacking).scalars().all() == []
        newer = t.Province.scheme == 34
        assert (
            connection.execute(select(t.Province.name).where(newer, t.Province.successor_id.is_not(None))).all() == []
        )
        assert connection.execute(select(t.Province.name).where(t.Province.region.is_(None))).all() == []


@pytest.mark.parametrize(
    ("name", "old", "now", "new"),
    [
        # Seven codes mean another province since 1 July 2025.
        ("Yên Bái", "15", "Lào Cai", "15"),
        ("Bắc Giang", "24", "Bắc Ninh", "24"),
        ("Quảng Bình", "44", "Quảng Trị", "44"),
        ("Bình Định", "52", "Gia Lai", "52"),
        ("Long An", "80", "Tây Ninh", "80"),
        ("Tiền Giang", "82", "Đồng Tháp", "82"),
        ("Kiên Giang", "91", "An Giang", "91"),
        # ... and the provinces that kept the name got them.
        ("Gia Lai", "64", "Gia Lai", "52"),
        ("An Giang", "89", "An Giang", "91"),
        # Name and code stayed, the land did not: still two rows.
        ("Lâm Đồng", "68", "Lâm Đồng", "68"),
        ("Thừa Thiên Huế", "46", "Huế", "46"),
        ("Nghệ An", "40", "Nghệ An", "40"),
    ],
)
def test_what_became_of_a_province(store: Store, name: str, old: str, now: str, new: str) -> None:
    query = text(
        "SELECT old.code, new.name, new.code, new.scheme FROM provinces AS old "
        "JOIN provinces AS new ON new.id = old.successor_id WHERE old.name = :name AND old.scheme = 63"
    )
    with store.reading() as connection:
        assert [tuple(row) for row in connection.execute(query, {"name": name})] == [(old, now, new, 34)]


def test_the_indicators_of_the_catalogue(store: Store) -> None:
    with store.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(t.Indicator))}
    records = {record["id"]: record for record in load("indicators")["indicators"]}
    assert len(records) >= 100
    assert rows.keys() == records.keys()
    assert (rows["BH01"].unit, rows["BH01"].direction, rows["BH01"].named) == ("%", "higher", False)


def test_filling_again_changes_nothing(store: Store) -> None:
    before = dump(store)
    with writing(store.engine) as connection:
        reference.fill(connection)
    assert dump(store) == before


def test_newer_data_are_taken_over_with_what_follows_from_them(store: Store) -> None:
    store.save(FULL, TEXT)
    store.settle()
    before = dump(store)
    with writing(store.engine) as connection:  # as older data would have left it
        connection.execute(update(t.Setting).values(value="older"))
        connection.execute(update(t.Province).values(region="Vùng cũ"))
        connection.execute(update(t.Indicator).values(unit="‰"))
        connection.execute(delete(t.DeadlineDay))
    store.settle()
    assert dump(store)["provinces"] == before["provinces"]
    assert dump(store)["indicators"] == before["indicators"]
    assert dump(store)["deadline_days"] == before["deadline_days"]


@pytest.mark.parametrize(
    ("fields", "year", "value", "apart"),
    [
        ({"comparator": ">=", "low": 95.0, "unit": "%", "period_end": "2025-12-31"}, 2025, 95.0, None),
        # The unit is brought to the catalogue's.
        ({"comparator": "=", "low": 0.95, "high": 0.95, "unit": None, "period_end": "2025-12-31"}, 2025, 95.0, None),
        ({"comparator": "=", "low": 950.0, "high": 950.0, "unit": "‰", "period_end": "2025-12-31"}, 2025, 95.0, None),
        # The plan's one year, where the target names none.
        ({"comparator": ">", "low": 95.0, "unit": "%"}, 2022, 95.0, None),
        # Why it stands apart: nothing to be measured by, other people, a change, another side, another unit.
        ({"comparator": ">=", "low": 95.0, "unit": "%", "period_start": "2023-01-01"}, None, 95.0, "no_year"),
        ({"comparator": ">=", "low": 95.0, "unit": "%", "subject": "học sinh"}, 2022, 95.0, "subject"),
        ({"comparator": ">=", "low": 95.0, "unit": "%", "subject": "Dân  số"}, 2022, 95.0, None),
        ({"comparator": "=", "low": 2.0, "high": 2.0, "unit": "%", "change": "increase"}, 2022, None, "change"),
        ({"comparator": "<=", "high": 95.0, "unit": "%"}, 2022, 95.0, "bound"),
        ({"comparator": ">=", "low": 95.0, "unit": "xã"}, 2022, None, "unit"),
        ({"comparator": "="}, 2022, None, "no_value"),
    ],
)
def test_what_a_target_measures(
    store: Store, fields: dict[str, object], year: int | None, value: float | None, apart: str | None
) -> None:
    meta = metadata(period_start="2022-01-01", period_end="2022-12-31")
    store.save(plan(meta=meta, targets=(target(indicator_id="BH01", **fields),)), TEXT)
    with store.reading() as connection:
        [found] = connection.execute(select(t.Measure.year, t.Measure.value, t.Measure.apart)).all()
    assert tuple(found) == (year, value, apart)
