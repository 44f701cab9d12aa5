"""One indicator over provinces, years and units: what is ranked, and what stands apart for which reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as text_of

from models.plan import Baseline, Span
from models.text import Source
from pipeline.extract import extract, extract_file
from pipeline.store import Store
from pipeline.store.comparing import Compared, compare
from pipeline.store.measures import convert
from store.plans import TEXT, metadata, plan, sha256, target

INDICATOR = {"indicator": "Tỷ lệ trẻ dưới 1 tuổi được tiêm chủng đầy đủ", "indicator_id": "TC01"}

UNITS: list[tuple[float, str | None, str | None, float | None]] = [
    (95, "%", "%", 95),
    (0.95, None, "%", 95),
    (950, "/1.000", "%", 95),
    (950, "/1.000 trẻ", "%", 95),
    (95, "%", "‰", 950),
    (11, "‰", "/1.000 trẻ đẻ sống", 11),
    (4.5, "ca/10.000 dân", "ca/100.000 dân", 45),
    (45, "/100.000", "ca/100.000 dân", 45),
    (0.6667, "ratio", "%", 66.67),
    (20, "VNĐ", "đồng", 20),
    (3, "con/phụ nữ", "con/phụ nữ", 3),
    (12, None, None, 12),
    # What does not compare:
    (1, None, "%", None),  # one, or all of them?
    (95, None, "%", None),
    (0.95, None, "/1.000 dân", None),
    (45, "/100.000 dân", "/100.000 trẻ đẻ sống", None),
    (107, "trẻ trai/100 trẻ gái sinh ra sống", "bé trai/100 bé gái", 107),
    (107, "bé trai/100 bé gái", "cháu trai/100 cháu trai", None),
    (3, "điểm phần trăm", "%", None),
    (3, "người", "%", None),
    (5, "USD", "đồng", None),
    (5, "lần/năm", "lần/tháng", None),
    (5, "/0 dân", "%", None),
]


@pytest.mark.parametrize(("value", "unit", "to", "expected"), UNITS)
def test_units_compare_where_they_measure_the_same(
    value: float, unit: str | None, to: str | None, expected: float | None
) -> None:
    assert convert(value, unit, to) == expected


def keep(store: Store, *plans: tuple[str, str, list[dict[str, Any]]]) -> Store:
    """Plans of a province on a date, each with targets of the indicator (">= 95 %" unless they say otherwise)."""
    for n, (province, date, goals) in enumerate(plans, 1):
        facts = []
        for i, goal in enumerate(goals):
            year = goal.get("year", date[:4])
            known = {"low": 95, "unit": "%", "comparator": ">=", "span": Span(5 + i, 12 + i), **INDICATOR}
            known |= {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"} if year else {}
            facts.append(target(f"t{i}", **{**known, **{k: v for k, v in goal.items() if k != "year"}}))
        meta = metadata(f"{n}/KH-SYT", date, province=province, issuer=None)
        store.save(plan(f"/plans/{n}.txt", str(n), meta=meta, targets=tuple(facts)), TEXT)
    store.settle()
    return store


def ask(store: Store, indicator: str | None = "TC01", **how: Any) -> Compared:
    with store.reading() as connection:
        found = compare(connection, indicator, **how)
    assert found
    return found


def ranks(found: Compared) -> list[tuple[int | None, str | None, float | None]]:
    return [(row.rank, row.place, row.value) for row in found.rows if not row.reason]


def apart(found: Compared) -> list[tuple[str | None, str | None]]:
    return [(row.province, row.reason) for row in found.rows if row.reason]


def test_ranks_and_spread_in_one_unit(store: Store) -> None:
    keep(
        store,
        ("Lai Châu", "2024-01-05", [{"low": 0.95, "unit": None}]),
        ("Nghệ An", "2024-01-05", [{"low": 950, "unit": "/1.000 trẻ", "comparator": "="}]),
        ("Hà Tĩnh", "2024-01-05", [{"low": 98, "comparator": "="}]),
        ("Sơn La", "2024-01-05", [{"low": 85, "high": 90, "comparator": "range"}]),
    )
    found = ask(store)
    assert ranks(found) == [(1, "Hà Tĩnh", 98), (2, "Lai Châu", 95), (2, "Nghệ An", 95), (4, "Sơn La", 85)]
    assert found.spread
    assert (found.unit, found.year) == ("%", 2024)
    spread = found.spread
    assert (spread.low, spread.median, spread.high, spread.rows, spread.places) == (85, 95, 98, 4, 4)


def test_shares_compare_however_a_plan_writes_them(store: Store, tmp_path: Path) -> None:
    """From the words of plans to the comparison."""
    said = {
        "Lai Châu": "đạt 95 %",
        "Nghệ An": "đạt 0,95",
        "Sơn La": "đạt 950/1.000 trẻ",
        "Cà Mau": "đạt từ 95% trở lên",
    }
    for province, level in said.items():
        path = tmp_path / f"{province}.txt"
        head = f"SỞ Y TẾ TỈNH {province.upper()}\nSố: 12/KH-SYT\n{province}, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nCông tác y tế năm 2024\n"
        path.write_text(
            f"{head}I. MỤC TIÊU\n- Tỷ lệ trẻ dưới 1 tuổi được tiêm chủng đầy đủ {level}.\n", encoding="utf-8"
        )
        store.save(*extract_file(path))
    store.settle()
    assert [(row.rank, row.value, row.year) for row in ask(store, "TC01").rows] == [(1, 95, 2024)] * 4


def test_the_lowest_is_first_where_lower_is_better(store: Store) -> None:
    goal = {"indicator": "Tỷ lệ mắc sởi", "indicator_id": "TN04", "unit": "/100.000 dân", "comparator": "<"}
    keep(
        store,
        ("Lai Châu", "2024-01-05", [{**goal, "low": None, "high": 5}]),
        ("Nghệ An", "2024-01-05", [{**goal, "low": None, "high": 3}]),
        ("Sơn La", "2024-01-05", [{**goal, "low": 2, "high": 4, "comparator": "range"}]),
    )
    assert ranks(ask(store, "TN04")) == [(1, "Nghệ An", 3), (2, "Sơn La", 4), (3, "Lai Châu", 5)]


def test_a_bare_number_is_a_floor_where_more_is_better(store: Store) -> None:
    ceiling = {"low": None, "high": 96, "comparator": "<="}
    bare = {"comparator": "="}
    keep(
        store,
        ("Lai Châu", "2024-01-05", [bare]),
        ("Nghệ An", "2024-01-06", [bare]),
        ("Sơn La", "2024-01-06", [ceiling]),
    )
    found = ask(store)
    assert ranks(found) == [(1, "Lai Châu", 95), (1, "Nghệ An", 95)]
    assert apart(found) == [("Sơn La", "bound")]


# The words, and what they mean: the first is compared. TC01 is the usual of `keep`; BH01 the insured.
MEANINGS: list[tuple[str, list[str]]] = [
    ("bh01", ["BH01"]),
    ("Tỷ lệ bao phủ bảo hiểm y tế", ["BH01"]),  # extraction's word for it
    ("bao phu bao hiem y te", ["BH01"]),
    ("BHYT", ["BH01", "Tỷ lệ chậm đóng BHYT"]),  # in a wording of a plan, of whose indicator there are others
    ("Tỷ lệ người dân tham gia bảo hiểm y tế", ["BH01"]),
    ("chậm đóng", ["Tỷ lệ chậm đóng BHYT"]),
    ("tiêm", ["TC01"]),
    ("no such thing", []),
]


@pytest.mark.parametrize(("words", "expected"), MEANINGS)
def test_what_words_mean(store: Store, words: str, expected: list[str]) -> None:
    insured = {"indicator": "bao phủ BHYT", "indicator_id": "BH01"}
    keep(
        store,
        ("Lai Châu", "2024-01-05", [{}, insured]),
        ("Nghệ An", "2024-01-06", [insured | {"indicator": "người dân tham gia bảo hiểm y tế"}]),
        ("Sơn La", "2024-01-06", [{"indicator": "Tỷ lệ chậm đóng BHYT", "indicator_id": None}]),
    )
    with store.reading() as connection:
        found = compare(connection, words)
    assert [found.indicator, *(one.indicator for one in found.also)] == expected if found else not expected
    if expected[:1] == ["BH01"]:
        assert found and [row.rank for row in found.rows] == [1, 1]


def test_what_no_longer_holds_stands_apart(store: Store) -> None:
    text = "SỞ Y TẾ TỈNH LAI CHÂU\nSố: {number}/KH-SYT\nLai Châu, ngày {day} tháng 01 năm 2024\nKẾ HOẠCH\n{title} năm 2024\n{body}"
    goal = "I. MỤC TIÊU\n- Tỷ lệ trẻ dưới 1 tuổi được tiêm chủng đầy đủ đạt từ {}% trở lên.\n"
    said = [
        ("11", "05", "Tiêm chủng mở rộng", goal.format(99)),
        (
            "12",
            "15",
            "Tiêm chủng",
            goal.format(95) + "Kế hoạch này thay thế Kế hoạch số 11/KH-SYT ngày 05/01/2024 của Sở Y tế.\n",
        ),
        ("13", "16", "Y tế", goal.format(97)),
        ("14", "17", "Bãi bỏ văn bản", "Kế hoạch này bãi bỏ Kế hoạch số 13/KH-SYT ngày 16/01/2024 của Sở Y tế.\n"),
    ]
    for number, day, title, body in said:
        whole = text.format(number=number, day=day, title=title, body=body)
        source = Source(
            text=whole, path=f"/{number}.txt", sha256=sha256(whole), media_type="text/plain", reader="plain"
        )
        store.save(extract(source), whole)
    store.settle()
    found = ask(store, year=2024)
    assert [(row.plan.code, row.rank, row.reason) for row in found.rows] == [
        ("12/KH-SYT", 1, None), ("11/KH-SYT", None, "plan"), ("13/KH-SYT", None, "plan"),
    ]  # fmt: skip
    with store.reading() as connection:
        view = connection.execute(text_of("SELECT code, rank, apart FROM v_compare ORDER BY code")).all()
    assert [tuple(row) for row in view] == [
        ("11/KH-SYT", None, "plan"),
        ("12/KH-SYT", 1, None),
        ("13/KH-SYT", None, "plan"),
    ]


APART: list[tuple[dict[str, Any], str]] = [
    ({"year": "2023"}, "year"),
    ({"year": None}, "no_year"),
    ({"subject": "trẻ em vùng sâu"}, "subject"),
    ({"change": "increase", "low": 3}, "change"),
    ({"unit": "trẻ", "low": 1200}, "unit"),
    ({"low": 1200, "unit": None}, "unit"),
    ({"low": None, "high": 95, "comparator": "<="}, "bound"),
    ({"low": None}, "no_value"),
]


@pytest.mark.parametrize(("goal", "reason"), APART)
def test_what_does_not_compare_stands_apart(store: Store, goal: dict[str, Any], reason: str) -> None:
    same: list[tuple[str, str, list[dict[str, Any]]]] = [
        ("Lai Châu", "2024-01-05", [{}]),
        ("Nghệ An", "2024-01-06", [{"subject": "Trẻ dưới 1 tuổi"}]),  # whom the indicator always means
    ]
    keep(store, *same, ("Sơn La", "2024-01-05", [goal]))
    found = ask(store)
    assert apart(found) == [("Sơn La", reason)]
    assert [row.rank for row in found.rows] == [1, 1, None]
    assert found.spread and (found.spread.rows, found.spread.low, found.spread.high) == (2, 95, 95)


def test_a_part_of_the_same_indicator_stands_apart(store: Store) -> None:
    keep(store, ("Lai Châu", "2024-01-05", [{}, {"part_of": "t0", "low": 80}]), ("Nghệ An", "2024-01-06", [{}]))
    assert apart(ask(store)) == [("Lai Châu", "part")]


def test_words_that_mean_several_indicators_mix_none(store: Store) -> None:
    other = {"indicator": "Hao phí vắc xin tiêm chủng", "indicator_id": None}
    keep(store, ("Lai Châu", "2024-01-05", [{}]), ("Nghệ An", "2024-01-06", [{}, other]))
    found = ask(store, "tiem chung")
    assert found.indicator == "TC01"
    assert apart(found) == []
    assert [(one.indicator, one.targets) for one in found.also] == [("Hao phí vắc xin tiêm chủng", 1)]
    assert ask(store, None) == ask(store, "tc01")


def test_the_year_of_most_provinces_is_compared(store: Store) -> None:
    keep(store, ("Lai Châu", "2023-01-05", [{}]), ("Lai Châu", "2024-01-05", [{}]), ("Nghệ An", "2024-01-06", [{}]))
    found = ask(store)
    assert {row.year for row in found.rows if row.rank} == {2024} == {found.year}
    assert {row.reason for row in found.rows if not row.rank} == {"year"}
    assert found.other_years == {}


NO_ID = {"indicator": "Tỷ lệ phủ vắc xin", "indicator_id": None}
YEARS: list[tuple[str, int, list[str], dict[int, int], str]] = [
    # asked for, year, the provinces that are ranked, how many targets for which other year, what is compared
    ("TC01", 2024, ["Lai Châu", "Nghệ An"], {2023: 1, 2025: 1}, "TC01"),
    ("TC01", 2023, ["Lai Châu"], {2024: 2, 2025: 1}, "TC01"),
    ("TC01", 2022, [], {2023: 1, 2024: 2, 2025: 1}, "TC01"),
    # Words that are in no catalogue.
    ("phủ vắc xin", 2024, ["Sơn La"], {2023: 2}, "Tỷ lệ phủ vắc xin"),
    # Words that mean both (TC01 is "tiêm chủng đầy đủ"): what most provinces have in the year.
    ("tỷ lệ", 2023, ["Hà Tĩnh", "Sơn La"], {2024: 1}, "Tỷ lệ phủ vắc xin"),
]


@pytest.mark.parametrize(("indicator", "year", "ranked", "others", "compared"), YEARS)
def test_other_years_than_the_one_asked_for_are_counted(
    store: Store, indicator: str, year: int, ranked: list[str], others: dict[int, int], compared: str
) -> None:
    keep(
        store,
        ("Lai Châu", "2023-01-05", [{}, NO_ID | {"year": None}]),
        ("Lai Châu", "2024-01-05", [{}]),
        ("Nghệ An", "2024-01-06", [{}, {"year": "2025"}]),
        ("Sơn La", "2024-01-07", [NO_ID, NO_ID | {"year": "2023"}]),
        ("Hà Tĩnh", "2023-01-07", [NO_ID]),
    )
    found = ask(store, indicator, year=year)
    assert sorted(row.province or "" for row in found.rows if row.rank) == ranked
    assert (found.indicator, found.year, found.other_years) == (compared, year, others)
    assert {row.year for row in found.rows} <= {year}
    assert found.no_year == (compared == NO_ID["indicator"])


def test_a_part_stands_apart_from_a_whole_of_another_year(store: Store) -> None:
    keep(store, ("Lai Châu", "2024-01-05", [{"year": "2023"}, {"part_of": "t0"}]), ("Nghệ An", "2024-01-06", [{}]))
    assert apart(ask(store, year=2024)) == [("Lai Châu", "part")]


def test_a_target_without_time_takes_the_year_of_its_plan(store: Store) -> None:
    meta = metadata("1/KH", "2024-01-05", province="Lai Châu", period_start="2024-01-01", period_end="2024-12-31")
    store.save(plan(meta=meta, targets=(target(low=95, unit="%", **INDICATOR),)), TEXT)
    [row] = ask(store).rows
    assert (row.year, row.year_of_plan, row.reason) == (2024, True, None)


# An Giang of the 63 had no Kiên Giang; both lists have the name, with other codes. Hà Nội is the same in both.
PLANS = [("An Giang", "2025-02-01", 91), ("Kiên Giang", "2025-02-01", 92), ("An Giang", "2025-08-01", 93), ("Hà Nội", "2025-08-01", 90)]  # fmt: skip
MAPS: list[tuple[str | None, list[tuple[int, str, int, bool, tuple[str, ...]]]]] = [
    (
        None,
        [
            (93, "An Giang", 34, False, ("An Giang", "Kiên Giang")),
            (92, "Kiên Giang", 63, False, ()),
            (91, "An Giang", 63, False, ()),
            (90, "Hà Nội", 34, False, ()),
        ],
    ),
    (
        "old",
        [
            (93, "An Giang", 34, False, ("An Giang", "Kiên Giang")),
            (92, "Kiên Giang", 63, False, ()),
            (91, "An Giang", 63, False, ()),
            (90, "Hà Nội", 63, False, ()),
        ],
    ),
    (
        "new",
        [
            (93, "An Giang", 34, False, ("An Giang", "Kiên Giang")),
            (92, "An Giang", 34, True, ()),
            (91, "An Giang", 34, True, ()),
            (90, "Hà Nội", 34, False, ()),
        ],
    ),
]


@pytest.mark.parametrize(("as_of", "expected"), MAPS)
def test_provinces_of_two_maps_never_mix(store: Store, as_of: Any, expected: list[tuple[Any, ...]]) -> None:
    keep(store, *((province, date, [{"low": low, "comparator": "="}]) for province, date, low in PLANS))
    found = ask(store, as_of=as_of)
    rows = [(row.value, row.place, row.place_scheme, row.part, tuple(sorted(row.covers))) for row in found.rows]
    assert rows == expected
    assert [row.rank for row in found.rows] == [1, 2, 3, 4]
    assert found.spread and found.spread.places == len({row[1:3] for row in expected})


def test_several_old_provinces_stand_under_one_new(store: Store) -> None:
    keep(
        store,
        ("Bình Định", "2025-02-01", [{"low": 97}]),
        ("Hà Tĩnh", "2025-02-01", [{"low": 96}]),
        ("Gia Lai", "2025-02-01", [{"low": 90}]),
    )
    found = ask(store, as_of="new")
    assert [(row.rank, row.place, row.province) for row in found.rows] == [
        (1, "Gia Lai", "Bình Định"),
        (3, "Gia Lai", "Gia Lai"),
        (2, "Hà Tĩnh", "Hà Tĩnh"),
    ]


REGIONS: list[tuple[str | None, list[tuple[str | None, int, float]]]] = [
    (None, [("Bắc Trung Bộ", 1, 96), ("Duyên hải Nam Trung Bộ và Tây Nguyên", 2, 91)]),
    ("new", [("Bắc Trung Bộ", 1, 96), ("Duyên hải Nam Trung Bộ và Tây Nguyên", 2, 91)]),
    # Gia Lai of today lies in two regions of the former map.
    ("old", [("Bắc Trung Bộ và Duyên hải miền Trung", 2, 94), (None, 1, 90)]),
]


@pytest.mark.parametrize(("as_of", "expected"), REGIONS)
def test_regions_are_of_one_map(store: Store, as_of: Any, expected: list[tuple[Any, ...]]) -> None:
    keep(
        store,
        ("Bình Định", "2025-02-01", [{"low": 92}]),
        ("Hà Tĩnh", "2025-02-01", [{"low": 96}]),
        ("Gia Lai", "2025-08-01", [{"low": 90}]),
    )
    found = ask(store, by="region", as_of=as_of)
    assert [(group.name, group.rows, group.median) for group in found.regions] == expected
    assert [row.region for row in found.rows] == [name for name, rows, _ in expected for _ in range(rows)]


def test_a_row_says_all_that_the_target_says(store: Store) -> None:
    base = Baseline(words="92,5% năm 2023", value=92.5, year=2023)
    keep(store, ("Lai Châu", "2024-01-05", [{"baseline": base, "approximate": True, "page": 3}]))
    [row] = ask(store).rows
    assert (row.baseline, row.approximate, row.page, row.text, row.span) == (base, True, 3, "đạt 95%", Span(5, 12))
    assert (row.plan.code, row.comparator, row.unit, row.low) == ("1/KH-SYT", ">=", "%", 95)


def test_nothing_to_compare(store: Store) -> None:
    with store.reading() as connection:
        assert compare(connection) is None
        assert compare(connection, "XX99") is None
