"""Targets outside the catalogue in groups, and what becomes of them when a person names one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from models import tables as t
from models.plan import Span
from pipeline.errors import KehoachError
from pipeline.store import Store, queries
from pipeline.store import indicators as ask
from pipeline.store.comparing import compare
from pipeline.store.database import writing
from pipeline.store.grouping import Group, groups
from pipeline.store.indicators import Entry, Named
from pipeline.store.renewal import renew
from pipeline.store.writing import Reading
from store.plans import TEXT, metadata, plan, target

TOILETS = "Tỷ lệ hộ gia đình có nhà tiêu hợp vệ sinh"
NEW = Entry(name="Tỷ lệ hộ có nhà tiêu", direction="higher")
Said = tuple[str, str | None, str | None, float]  # indicator, subject, unit, value

PLANS: list[tuple[str, str, list[Said]]] = [
    ("Lai Châu", "2024-01-05", [(TOILETS, None, "%", 80), ("hao phí vắc xin", None, "%", 10)]),
    ("Nghệ An", "2024-01-05", [("hộ gia đình có nhà tiêu hợp vệ sinh", None, "%", 90)]),
    ("Sơn La", "2024-01-05", [("số hộ gia đình ở xã có nhà tiêu hợp vệ sinh", None, "/1.000", 850)]),
    ("Hà Tĩnh", "2024-01-05", [("hộ gia đình ở xã có nhà tiêu hợp vệ sinh", "vùng cao", "%", 70)]),
    ("Cà Mau", "2024-01-05", [("trạm y tế có nhà tiêu hợp vệ sinh", None, "%", 100)]),
    ("Huế", "2024-01-05", [("tiêm chủng đầy đủ", None, "%", 95)]),  # extraction knows this one
]


def readings(plans: Sequence[tuple[str, str, list[Said]]] = PLANS, version: str = "rules-1") -> list[Reading]:
    found = []
    for n, (province, date, goals) in enumerate(plans, 1):
        facts = [
            target(
                f"t{i}", indicator=indicator, subject=subject, unit=unit, low=value, high=value, span=Span(5 + i, 12 + i),
                indicator_id="TC01" if indicator == "tiêm chủng đầy đủ" else None,
                period_start=f"{date[:4]}-01-01", period_end=f"{date[:4]}-12-31",
            )
            for i, (indicator, subject, unit, value) in enumerate(goals)
        ]  # fmt: skip
        meta = metadata(f"{n}/KH-SYT", date, province=province, issuer=f"Sở Y tế tỉnh {province}")
        made = plan(f"/plans/{n}.txt", province, version=version, meta=meta, targets=tuple(facts))
        found.append(Reading(made, TEXT))
    return found


@pytest.fixture
def filled(store: Store) -> Store:
    store.save_all(readings())
    store.settle()
    return store


def grouped(store: Store, words: str | None = None) -> list[Group]:
    with store.reading() as connection:
        return ask.unmatched(connection, words)


def name(store: Store, what: str, entry: Entry = NEW, id: str | None = None) -> Named:
    with writing(store.engine) as connection:
        return ask.name(connection, what, entry, id=id, by="Nguyễn Thị B", note=None)


def withdraw(store: Store, id: str) -> Named:
    with writing(store.engine) as connection:
        return ask.withdraw(connection, id)


def measured(store: Store) -> list[tuple[str, str, float | None, str | None]]:
    """The targets that an indicator is known of: province, indicator, value in its unit, why it does not compare."""
    m = t.Measure
    query = select(t.Province.name, m.indicator_id, m.value, m.apart).join(t.Plan, t.Plan.id == m.plan_id)
    query = query.join(t.Province, t.Province.id == t.Plan.province_id).where(m.indicator_id.is_not(None))
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(t.Province.name))]


KNOWN = [("Huế", "TC01", 95.0, None)]
WITH_TOILETS = [
    ("Huế", "TC01", 95.0, None),
    ("Hà Tĩnh", "N001", 70.0, "subject"),
    ("Lai Châu", "N001", 80.0, None),
    ("Nghệ An", "N001", 90.0, None),
    ("Sơn La", "N001", 85.0, None),  # 850/1.000: of another group, and of the same sense
]


def test_groups_have_like_words_and_one_sort_of_unit(filled: Store) -> None:
    assert [(g.wordings, g.unit, g.targets, g.plans, g.provinces, g.years) for g in grouped(filled)] == [
        (
            (TOILETS, "hộ gia đình có nhà tiêu hợp vệ sinh", "hộ gia đình ở xã có nhà tiêu hợp vệ sinh"),
            "%",
            3,
            3,
            3,
            (2024,),
        ),
        (("hao phí vắc xin",), "%", 1, 1, 1, (2024,)),
        (("số hộ gia đình ở xã có nhà tiêu hợp vệ sinh",), "/1.000", 1, 1, 1, (2024,)),
        (("trạm y tế có nhà tiêu hợp vệ sinh",), "%", 1, 1, 1, (2024,)),
    ]
    assert [g.wordings for g in grouped(filled, "VAC XIN")] == [("hao phí vắc xin",)]


def test_groups_do_not_depend_on_the_order_of_reading(url: str, tmp_path: Any) -> None:
    from pipeline.store import open_store

    found = []
    for seed in range(4):
        order = readings()
        random.Random(seed).shuffle(order)
        with open_store(tmp_path / f"{seed}.db" if "://" not in url else url) as store:
            for reading in order:
                store.save(reading.plan, reading.text)
            store.settle()
            found.append(grouped(store))
            for reading in order:
                store.remove(reading.plan.source.path)
    assert found[0]
    assert all(each == found[0] for each in found)


def test_provinces_of_a_merger_are_one(store: Store) -> None:
    same: list[Said] = [("hao phí vắc xin", None, "%", 10)]
    store.save_all(readings([("Bình Định", "2024-01-05", same), ("Gia Lai", "2025-08-05", same)]))
    assert [(g.plans, g.provinces, g.years) for g in grouped(store)] == [(2, 1, (2024, 2025))]


def test_naming_a_group_matches_all_targets(filled: Store) -> None:
    assert measured(filled) == KNOWN
    group = grouped(filled)[0]
    assert name(filled, group.id) == Named(id="N001", name="Tỷ lệ hộ có nhà tiêu", targets=4)
    assert measured(filled) == WITH_TOILETS
    assert len(grouped(filled)) == 2
    with filled.reading() as connection:
        row = connection.execute(select(t.Indicator).where(t.Indicator.id == "N001")).one()
        decided = connection.execute(select(t.Decision)).one()
    assert (row.name, row.unit, row.direction, row.family, row.named) == (
        "Tỷ lệ hộ có nhà tiêu", "%", "higher", "khác", True,
    )  # fmt: skip
    assert (decided.kind, decided.subject, decided.decided_by) == ("indicator", "N001", "Nguyễn Thị B")


def test_any_id_of_a_group_means_it(filled: Store) -> None:
    group = grouped(filled)[0]
    assert len(group.ids) == 2
    assert name(filled, group.ids[1].upper()).targets == 4


def test_a_name_outlives_reading_again_and_renewal(filled: Store) -> None:
    name(filled, grouped(filled)[0].id)
    filled.save_all(readings(version="rules-2"))
    filled.settle()
    assert measured(filled) == WITH_TOILETS
    with writing(filled.engine) as connection:
        renew(connection)
    assert measured(filled) == WITH_TOILETS
    for reading in readings():
        filled.remove(reading.plan.source.path)
    filled.save_all(readings())
    assert measured(filled) == WITH_TOILETS


def test_naming_before_or_after_reading_is_the_same(filled: Store) -> None:
    name(filled, "hộ gia đình có nhà tiêu hợp vệ sinh", Entry(name=TOILETS, unit="%", direction="higher"))
    after = measured(filled)
    assert [row[1] for row in after] == ["TC01", "N001", "N001", "N001", "N001"]
    filled.save_all(readings(version="rules-2"))
    assert measured(filled) == after


def test_withdrawing_undoes_it_all(filled: Store) -> None:
    before = grouped(filled)
    name(filled, before[0].id)
    assert withdraw(filled, "n001") == Named(id="N001", name="Tỷ lệ hộ có nhà tiêu", targets=4)
    assert measured(filled) == KNOWN
    assert grouped(filled) == before
    with filled.reading() as connection:
        assert connection.execute(select(t.Indicator).where(t.Indicator.named)).first() is None
    with pytest.raises(KehoachError) as caught:
        withdraw(filled, "N001")
    assert caught.value.code == "indicator_not_named"


def test_words_are_added_to_an_indicator_of_the_catalogue(filled: Store) -> None:
    waste = grouped(filled, "hao phí")[0]
    assert name(filled, waste.id, Entry(), id="hc16") == Named(id="HC16", name="Tỷ lệ giải ngân vốn", targets=1)
    assert ("Lai Châu", "HC16", 10.0, None) in measured(filled)
    withdraw(filled, "HC16")
    assert measured(filled) == KNOWN


def test_what_a_person_says_goes_before_what_extraction_found(filled: Store) -> None:
    name(filled, "tiêm chủng đầy đủ", Entry(name="Tiêm chủng đầy đủ, mọi tuổi", unit="%", direction="higher"))
    assert measured(filled) == [("Huế", "N001", 95.0, None)]
    withdraw(filled, "N001")
    assert measured(filled) == KNOWN


def test_changing_what_was_named(filled: Store) -> None:
    name(filled, grouped(filled)[0].id)
    assert name(filled, "N001", Entry(name="Hộ có nhà tiêu", name_en="Households with a toilet")).targets == 0
    assert measured(filled) == WITH_TOILETS
    assert name(filled, "N001", Entry(unit="‰")).targets == 4
    assert [row[2] for row in measured(filled) if row[1] == "N001"] == [700, 800, 900, 850]
    assert name(filled, "N001", Entry(synonyms=("hao phí vắc xin | %",))).targets == 1
    with filled.reading() as connection:
        (row,) = ask.indicators(connection, "ho co nha tieu")
    assert (row.id, row.name_en, row.unit, row.direction, row.plans) == (
        "N001", "Households with a toilet", "‰", "higher", 4,
    )  # fmt: skip


def test_naming_twice_changes_nothing(filled: Store) -> None:
    group = grouped(filled)[0]
    name(filled, group.id, id="N001")
    once = measured(filled)
    assert name(filled, TOILETS, Entry(unit="%"), id="N001").targets == 0
    assert measured(filled) == once


WRONG: list[tuple[str, Entry, str | None, str]] = [
    ("hao phí vắc xin", Entry(name="Hao phí"), None, "indicator_no_direction"),
    ("hao phí vắc xin", Entry(direction="lower"), None, "indicator_no_name"),
    ("không ai nói", NEW, None, "indicator_no_target"),
    ("...", NEW, None, "indicator_no_words"),
    ("hao phí vắc xin", NEW, "mã mới", "indicator_id"),
    ("hao phí vắc xin", NEW, "TC01", "indicator_of_catalogue"),
    (TOILETS, Entry(name="Khác", direction="lower", unit="%"), "X1", "indicator_taken"),
]


@pytest.mark.parametrize(("what", "entry", "id", "code"), WRONG)
def test_what_can_not_be_named(filled: Store, what: str, entry: Entry, id: str | None, code: str) -> None:
    name(filled, TOILETS)
    before = measured(filled)
    with pytest.raises(KehoachError) as caught:
        name(filled, what, entry, id)
    assert caught.value.code == code
    assert measured(filled) == before


def test_named_indicators_compare_and_are_found(filled: Store) -> None:
    name(filled, grouped(filled)[0].id, Entry(name="Tỷ lệ hộ có nhà tiêu", name_en="Toilets", direction="higher"))
    with filled.reading() as connection:
        found = compare(connection, "ho co nha tieu")
        targets = queries.targets(connection, indicator="n001")
    assert found
    assert (found.indicator, found.name, found.name_en, found.unit) == ("N001", "Tỷ lệ hộ có nhà tiêu", "Toilets", "%")
    assert [(row.rank, row.place, row.value) for row in found.rows] == [
        (1, "Nghệ An", 90), (2, "Sơn La", 85), (3, "Lai Châu", 80), (None, "Hà Tĩnh", None),
    ]  # fmt: skip
    assert {row.indicator_id for row in targets} == {"N001"}
    assert len(targets) == 4


def test_the_catalogue_counts_plans_provinces_and_years(filled: Store) -> None:
    with filled.reading() as connection:
        rows = ask.indicators(connection)
        family = ask.indicators(connection, family="TIEM CHUNG")
        by_wording = ask.indicators(connection, "khám thai đủ 4 lần")
    assert len(rows) == 120
    first = rows[0]
    assert (first.id, first.targets, first.plans, first.provinces, first.years) == ("TC01", 1, 1, 1, (2024,))
    assert {row.family for row in family} == {"tiêm chủng"}
    assert [row.id for row in by_wording] == ["BM06"]


def test_a_part_of_what_was_named_stands_apart(store: Store) -> None:
    (reading,) = readings([("Huế", "2024-01-05", [(TOILETS, None, "%", 80), (TOILETS, None, "%", 60)])])
    first, second = reading.plan.targets
    nested = msgspec.structs.replace(second, part_of=first.id)
    store.save(msgspec.structs.replace(reading.plan, targets=(first, nested)), TEXT)
    name(store, TOILETS)
    assert sorted(measured(store), key=str) == [("Huế", "N001", 60.0, "part"), ("Huế", "N001", 80.0, None)]


def test_marks_capitals_and_order_make_no_group(store: Store) -> None:
    said = ["hao phí vắc xin BCG", "Hao phí: vắc xin BCG", "vắc xin BCG hao phí", "TỶ LỆ HAO PHÍ VẮC XIN BCG"]
    store.save_all(readings([(p, "2024-01-05", [(s, None, "%", 5)]) for p, s in zip(["Huế", "Sơn La", "Cà Mau", "Nghệ An"], said, strict=True)]))  # fmt: skip
    with store.reading() as connection:
        assert [(g.plans, len(g.wordings), len(g.ids)) for g in groups(connection)] == [(4, 4, 1)]
