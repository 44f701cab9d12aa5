"""The short ways of long lists give what the long way gives, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from pipeline.store import open_store
from pipeline.store.lists import deadlines
from pipeline.store.lists.cut import Cut, Window
from pipeline.store.lists.doubts import doubtful_facts
from pipeline.store.lists.measures import compared_list, measured_indicators
from tests.web.site import dispute

NONE = "Đắk Lắk"
PROVINCES = (None, "Huế", "Quảng Trị", "Vĩnh Long", NONE)


@pytest.mark.parametrize("latest_first", [False, True])
@pytest.mark.parametrize("province", PROVINCES)
def test_days_of_a_province_are_the_same_however_near_they_are(
    db: str, province: str | None, latest_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(near: int) -> list[list[Any]]:
        monkeypatch.setattr(deadlines, "_NEAR", near)
        asked = {"province": province, "latest_first": latest_first}
        return [list(deadlines.deadline_list(connection, **asked, window=Window(page, 5)).rows) for page in (1, 2, 3)]

    with open_store(db) as store, store.reading() as connection:
        expected = pages(0)
        assert all(pages(near) == expected for near in (4, 12, 20_000))
        days = [row["day"] for page in expected for row in page]
    assert days == sorted(days, reverse=latest_first)
    assert bool(days) == (province != NONE)


@pytest.mark.parametrize(("most", "expected"), [(3, (3, True)), (10_000, None)])
def test_days_are_counted_so_far(
    db: str, most: int, expected: tuple[int, bool] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "MOST_COUNTED", most)
    with open_store(db) as store, store.reading() as connection:
        every = connection.execute(text("SELECT COUNT(*) FROM deadline_days")).scalar_one()
        assert deadlines.count_days(connection) == (expected or (every, False))


@pytest.mark.parametrize(
    ("total", "more", "page", "pages"), [(0, False, 1, 1), (11, False, 1, 3), (10, True, 1, 2), (10, True, 4, 5)]
)
def test_there_is_a_page_behind_what_was_not_counted(total: int, more: bool, page: int, pages: int) -> None:
    assert Cut([], total, Window(page, 5), more).pages == pages


def test_targets_are_those_of_the_view_in_its_order(db: str) -> None:
    with open_store(db) as store, store.reading() as connection:
        for indicator in measured_indicators(connection):
            listed = compared_list(connection, indicator.id, None)
            view = text("SELECT plan, target, year, rank FROM v_compare WHERE indicator_id = :asked")
            expected = connection.execute(view, {"asked": indicator.id}).all()
            found = [(row["plan"], row["target"], row["year"], row["rank"]) for row in listed.rows]
            assert sorted(map(str, found)) == sorted(str(tuple(row)) for row in expected)
            order = [(-(year or 0), rank is None, rank or 0) for _, _, year, rank in found]
            assert order == sorted(order) and listed.total == len(expected)


@pytest.mark.parametrize("province", ["Huế", "Quảng Trị", NONE])
def test_doubtful_facts_of_a_province_are_those_of_its_plans(db: str, province: str) -> None:
    dispute(db)
    with open_store(db) as store, store.reading() as connection:
        every = doubtful_facts(connection, window=Window(1, 10_000))
        found = doubtful_facts(connection, province=province, window=Window(1, 10_000))
        names = {province, *({"Quảng Bình"} if province == "Quảng Trị" else ())}
        assert list(found.rows) == [row for row in every.rows if row["province"] in names]
        assert found.total == len(found.rows)
