"""The catalogue's tallies, what became of documents, filters, one document whole, conflicts and decisions.

Plans are written "name, date, province": a list of mentions, each as `citing` reads it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from sqlalchemy import text

from models.plan import Reference, Span
from pipeline.errors import KehoachError
from pipeline.store import Store
from pipeline.store.deciding import conflicts
from pipeline.store.documents import (
    DocumentPage,
    DocumentRow,
    Wanted,
    catalogue,
    catalogue_size,
    decisions_about,
    document_page,
)
from pipeline.store.documents import still_cited as still_cited_by
from pipeline.store.lists.documents import document_list
from store.plans import TEXT, dump, metadata, plan, reference, write_down

WORDS = {"thực hiện": "implements", "sửa đổi": "amends", "thay thế": "replaces", "bãi bỏ": "repeals"}
Plans = dict[str, list[str]]
_LINE = 60


def citing(words: str, at: int = 0) -> list[Reference]:
    """A mention: "12/QĐ-UBND, 2021-12-24" rests on it; "thay thế 12/QĐ-UBND, 2021 < 15/QĐ-UBND, 2022" mentions both and
    says that the second replaces the first; without "<" the plan says so of itself. "(...)" is its title."""
    said, _, by = (part.strip() for part in words.partition("<"))
    verb = next((verb for verb in WORDS if said.startswith(verb)), None)
    said, _, title = said.removeprefix(verb or "").partition("(")
    relation = WORDS[verb] if verb else "basis"
    fields: dict[str, Any] = {"relation": relation, "title": title.strip(" )") or None}
    fields |= {"id": f"r{at}", "span": Span(at * _LINE + 30, at * _LINE + 40)}
    if relation not in ("amends", "replaces", "repeals"):
        return [_mention(said, **fields)]
    changed = _mention(said, id=f"o{at}", span=fields["span"], relation="mentions")
    doing = _mention(by or said, **fields, object=changed.document_key)
    return [doing, changed] if by else [doing]


def written(mentions: list[str]) -> str:
    """The text of a plan with these mentions, a line for each, where `citing` says that they stand."""
    verbs = [next((verb for verb in WORDS if words.startswith(verb)), "căn cứ") for words in mentions]
    return "".join(f"{f'Kế hoạch này {verb} ':>30}{'x' * 10:<28}.\n" for verb in verbs) + TEXT


def _mention(words: str, **fields: Any) -> Reference:
    code, _, date = (part.strip() for part in words.partition(","))
    issuer = None if code.endswith("NĐ-CP") else "UBND tỉnh Quảng Ngãi"
    year = int(code.split("/")[1]) if code.count("/") == 2 else None
    kind = "QĐ" if issuer else "NĐ"
    return reference(code, date or None, issuer, year=year, type=kind, **fields)


def save(store: Store, plans: Plans) -> None:
    for name, mentions in plans.items():
        code, date, province = (part.strip() for part in (name + ", 2023-05-01, Quảng Ngãi").split(",")[:3])
        meta = metadata(f"{code}/KH-SYT", date, province=province, issuer=f"Sở Y tế {province}")
        references = tuple(itertools.chain(*map(citing, mentions, itertools.count())))
        store.save(plan(name, name, meta=meta, references=references), written(mentions))
    store.settle()


def row(store: Store, code: str) -> DocumentRow:
    with store.reading() as connection:
        return next(r for r in catalogue(connection) if r.code == code)


def became(store: Store, code: str) -> str:
    """What became of it as "replaced since 2022-01-05 by 15/QĐ-UBND"."""
    found = row(store, code)
    by = found.status_by.split(" | ")[0] if found.status_by else "the plan"
    return f"{found.status} since {found.status_since} by {by}" if found.status else "in force"


BECAME: list[tuple[Plans, str]] = [
    ({"a": ["12/QĐ-UBND, 2021"]}, "in force"),
    # By another paper: since that paper's date, however late a plan says so.
    (
        {"a": ["12/QĐ-UBND, 2021"], "b": ["thay thế 12/QĐ-UBND, 2021 < 15/QĐ-UBND, 2022-01-05"]},
        "replaced since 2022-01-05 by 15/QĐ-UBND",
    ),
    # By the plan that says so: since its date.
    ({"a, 2024-02-03, Quảng Ngãi": ["bãi bỏ 12/QĐ-UBND, 2021"]}, "repealed since 2024-02-03 by the plan"),
    # The paper's date stands in another plan only, whichever is read first.
    (
        {"a": ["sửa đổi 12/QĐ-UBND, 2021 < 15/QĐ-UBND"], "b": ["15/QĐ-UBND, 2022-01-05"]},
        "amended since 2022-01-05 by 15/QĐ-UBND",
    ),
    # No date, but a year in its number.
    ({"a": ["bãi bỏ 12/QĐ-UBND, 2021 < 9/2022/NĐ-CP"]}, "repealed since 2022 by 09/2022/NĐ-CP"),
    # Neither: known when the plan was issued.
    ({"a": ["bãi bỏ 12/QĐ-UBND, 2021 < 15/QĐ-UBND"]}, "repealed since 2023-05-01 by 15/QĐ-UBND"),
    # Nothing is changed by what is older, whichever plan knows the dates.
    ({"a": ["thay thế 12/QĐ-UBND < 9/2020/NĐ-CP"], "b": ["12/QĐ-UBND, 2021"]}, "in force"),
    ({"a": ["thay thế 12/QĐ-UBND, 2021 < 15/QĐ-UBND"], "b": ["15/QĐ-UBND, 2020-01-05"]}, "in force"),
    ({"a": ["thay thế 12/QĐ-UBND < 9/2021/NĐ-CP"], "b": ["12/QĐ-UBND, 2021"]}, "replaced since 2021 by 09/2021/NĐ-CP"),
    # Of several the strongest, and of that the first.
    (
        {
            "a": ["thay thế 12/QĐ-UBND, 2021 < 17/QĐ-UBND, 2023-01-05", "sửa đổi 12/QĐ-UBND, 2021 < 13/QĐ-UBND, 2021-12-31"],
            "b": ["thay thế 12/QĐ-UBND, 2021 < 15/QĐ-UBND, 2022-01-05"],
        },
        "replaced since 2022-01-05 by 15/QĐ-UBND",
    ),
    # What is said of an undated mention is said of the document that it means.
    (
        {"a": ["12/QĐ-UBND, 2021"], "b": ["bãi bỏ 12/QĐ-UBND < 15/QĐ-UBND, 2022-01-05"]},
        "repealed since 2022-01-05 by 15/QĐ-UBND",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("plans", "expected"), BECAME)
def test_what_became_of_a_document_whatever_is_read_first(store: Store, plans: Plans, expected: str) -> None:
    seen = None
    for order in itertools.permutations(plans):
        for name in order:
            save(store, {name: plans[name]})
        assert became(store, "12/QĐ-UBND") == expected, order
        assert seen in (None, write_down(store)), order
        seen = write_down(store)
        for name in order:
            store.remove(f"{name.split(',')[0]}/KH-SYT")


def tally(store: Store, code: str) -> str:
    found = row(store, code)
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.relations.items())
    return f"{found.mentions} in {len(found.plans)} of {found.provinces}, {found.first_cited} to {found.last_cited}: {kinds}"


TALLIES: list[tuple[Plans, str]] = [
    ({"a": ["12/QĐ-UBND, 2021"]}, "1 in 1 of 1, 2023-05-01 to 2023-05-01: 1 basis"),
    # By relation; a plan counts once.
    (
        {"a": ["12/QĐ-UBND, 2021", "thực hiện 12/QĐ-UBND, 2021", "thực hiện 12/QĐ-UBND, 2021"]},
        "3 in 1 of 1, 2023-05-01 to 2023-05-01: 2 implements, 1 basis",
    ),
    # Undated mentions that mean it count with it.
    (
        {"a": ["12/QĐ-UBND, 2021"], "b, 2024, Quảng Ngãi": ["12/QĐ-UBND"]},
        "2 in 2 of 1, 2023-05-01 to 2024: 2 basis",
    ),
    # Bình Định went into Gia Lai in July 2025: one province; Kon Tum into Quảng Ngãi: another.
    (
        {
            "a, 2024-01-02, Bình Định": ["12/QĐ-UBND, 2021"],
            "b, 2025-08-09, Gia Lai": ["12/QĐ-UBND, 2021"],
            "c, 2024-01-02, Gia Lai": ["12/QĐ-UBND, 2021"],
            "d, 2024-01-02, Kon Tum": ["12/QĐ-UBND, 2021"],
        },
        "4 in 4 of 2, 2024-01-02 to 2025-08-09: 4 basis",
    ),
]


@pytest.mark.parametrize(("plans", "expected"), TALLIES)
def test_who_cites_a_document(store: Store, plans: Plans, expected: str) -> None:
    save(store, plans)
    assert tally(store, "12/QĐ-UBND") == expected


@pytest.mark.parametrize("gone", ["a", "b"])
def test_a_mention_counts_no_longer_than_its_plan_is_there(store: Store, gone: str) -> None:
    """The dated mention may go, or the undated one that means it."""
    save(store, {"a": ["12/QĐ-UBND, 2021"], "b": ["12/QĐ-UBND"]})
    store.remove(f"{gone}/KH-SYT")
    assert tally(store, "12/QĐ-UBND").startswith("1 in 1 of 1")


def test_a_plan_that_was_read_is_the_document(store: Store) -> None:
    key = store.save(plan("p", "p", meta=metadata("55/KH-SYT", "2022-08-09")), TEXT).plan
    cited = reference("55/KH-SYT", "2022-08-09", "Sở Y tế tỉnh Quảng Ngãi")
    store.save(plan("q", "q", meta=metadata("56/KH-SYT"), references=(cited,)), TEXT)
    save(store, {"a": ["12/QĐ-UBND, 2021"]})
    assert (row(store, "55/KH-SYT").plan, row(store, "12/QĐ-UBND").plan) == (key, None)
    with store.reading() as connection:
        assert [r.code for r in catalogue(connection, Wanted(read=True))] == ["55/KH-SYT"]


@pytest.mark.parametrize(
    ("mentioned", "title"),
    [(None, "Phòng, chống bệnh dại năm 2022"), ("kế hoạch bệnh dại", "kế hoạch bệnh dại")],
)
def test_a_plan_that_was_read_has_its_own_title_where_no_mention_gives_one(
    store: Store, mentioned: str | None, title: str
) -> None:
    """What is searched, the list of the web page and the view have the same."""
    meta = metadata("55/KH-SYT", "2022-08-09", title="Phòng, chống bệnh dại năm 2022")
    store.save(plan("p", "p", meta=meta), TEXT)
    cited = reference("55/KH-SYT", "2022-08-09", "Sở Y tế tỉnh Quảng Ngãi", title=mentioned)
    store.save(plan("q", "q", meta=metadata("56/KH-SYT"), references=(cited,)), TEXT)
    store.settle()
    with store.reading() as connection:
        assert [r.title for r in catalogue(connection, Wanted(read=True))] == [title]
        assert document_page(connection, "55/KH-SYT").document.title == title
        assert [r.title for r in catalogue(connection, Wanted(search="benh dai"))] == [title]
        assert [r["title"] for r in document_list(connection, words="benh dai").rows] == [title]
        query = text("SELECT title FROM v_catalogue WHERE code = '55/KH-SYT'")
        assert connection.execute(query).scalars().all() == [title]


STILL_CITED: list[tuple[str, str, bool]] = [
    # The plan's date, the paper that replaced it, whether it is still cited.
    ("2023-05-01", "2022-01-05", True),
    ("2022-01-05", "2022-01-05", False),
    ("2021-12-31", "2022-01-05", False),
    ("2023", "2022-01-05", True),
    # Of one year or month alone nobody knows what was first.
    ("2022", "2022-01-05", False),
    ("2022-03-01", "2022", False),
    ("2022-03", "2022-03-05", False),
    ("2023-01-01", "2022", True),
]


@pytest.mark.parametrize(("issued", "replaced", "expected"), STILL_CITED)
def test_plans_that_rest_on_what_is_no_longer_in_force(
    store: Store, issued: str, replaced: str, expected: bool
) -> None:
    save(
        store,
        {
            f"a, {issued}, Quảng Ngãi": ["12/QĐ-UBND", "12/QĐ-UBND, 2021"],
            "b": [f"thay thế 12/QĐ-UBND, 2021 < 15/QĐ-UBND, {replaced}"],
        },
    )
    with store.reading() as connection:
        resting = still_cited_by(connection)
        assert catalogue_size(connection, Wanted(still_cited=True)) == expected
    assert row(store, "12/QĐ-UBND").still_cited == expected
    assert [(r.plan.code, r.code, r.status_since) for r in resting] == [("a/KH-SYT", "12/QĐ-UBND", replaced)] * (
        2 * expected
    )


def test_a_repealed_paper_that_is_only_mentioned_is_not_rested_on(store: Store) -> None:
    save(store, {"a": ["bãi bỏ 12/QĐ-UBND, 2021 < 15/QĐ-UBND, 2022-01-05", "sửa đổi 12/QĐ-UBND, 2021"]})
    assert row(store, "12/QĐ-UBND").still_cited == 0


MANY: Plans = {
    "a, 2021-03-04, Quảng Ngãi": ["12/QĐ-UBND, 2021-01-02 (giao chỉ tiêu y tế)", "09/2020/NĐ-CP"],
    "b, 2023, Lai Châu": ["09/2020/NĐ-CP (phòng chống bệnh dại)", "bãi bỏ 12/QĐ-UBND, 2021-01-02 < 15/QĐ-UBND, 2022-01-05"],
    "c, 2023-05-01, Lai Châu": ["20/QĐ-UBND, 2022-02-03", "20/QĐ-UBND, 2022-02-04", "12/QĐ-UBND, 2021-01-02"],
}  # fmt: skip
FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["12/QĐ-UBND", "09/2020/NĐ-CP", "20/QĐ-UBND", "15/QĐ-UBND"]),
    ({"search": "benh dai"}, ["09/2020/NĐ-CP"]),
    ({"search": "dại bệnh"}, ["09/2020/NĐ-CP"]),
    ({"search": "12/qd-ubnd"}, ["12/QĐ-UBND"]),
    ({"search": "bệnh sởi"}, []),
    ({"type": "NĐ"}, ["09/2020/NĐ-CP"]),
    ({"type": "quyết định"}, ["12/QĐ-UBND", "20/QĐ-UBND", "15/QĐ-UBND"]),
    ({"type": "thông báo"}, []),
    ({"issuer": "quang ngai"}, ["12/QĐ-UBND", "20/QĐ-UBND", "15/QĐ-UBND"]),
    ({"status": "repealed"}, ["12/QĐ-UBND"]),
    ({"status": "amended"}, []),
    ({"conflicts": True}, ["20/QĐ-UBND"]),
    ({"still_cited": True}, ["12/QĐ-UBND"]),
    ({"cited_since": "2023-05-01"}, ["12/QĐ-UBND", "09/2020/NĐ-CP", "20/QĐ-UBND", "15/QĐ-UBND"]),
    ({"cited_since": "2023-05-02"}, ["09/2020/NĐ-CP", "15/QĐ-UBND"]),  # "2023" may be any day of it
    ({"cited_since": "2024"}, []),
    ({"search": "qd-ubnd", "cited_since": "2023-06"}, ["15/QĐ-UBND"]),
]


def test_which_documents_are_listed(store: Store) -> None:
    save(store, MANY)
    with store.reading() as connection:
        for asked, expected in FILTERS:
            wanted = Wanted(**asked)
            found = [r.code for r in catalogue(connection, wanted)]
            assert found == expected, asked
            assert catalogue_size(connection, wanted) == len(expected)
            assert [r.code for r in catalogue(connection, wanted, limit=1)] == expected[:1]


def page(store: Store, ref: str) -> DocumentPage:
    with store.reading() as connection:
        return document_page(connection, ref)


def test_one_document_whole(store: Store) -> None:
    save(store, {**MANY, "d": ["12/QĐ-UBND"]})
    found = page(store, "12/qđ-ubnd")
    assert found.document == row(store, "12/QĐ-UBND")
    assert found.meant_by == ("12/QĐ-UBND | UBND tỉnh Quảng Ngãi",)
    assert [(c.plan.code, c.relation, c.date) for c in found.citations] == [
        ("b/KH-SYT", "mentions", "2021-01-02"),
        ("c/KH-SYT", "basis", "2021-01-02"),
        ("a/KH-SYT", "basis", "2021-01-02"),
        ("d/KH-SYT", "basis", None),
    ]
    assert [(b.relation, b.by, b.plan.code) for b in found.became] == [
        ("repeals", "15/QĐ-UBND | UBND tỉnh Quảng Ngãi | 2022", "b/KH-SYT")
    ]
    other = page(store, "15/QĐ-UBND")
    assert (other.became, [b.document for b in other.changed]) == ((), [found.document.key])


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("12/QĐ-UBND | UBND tỉnh Quảng Ngãi | 2021", "2021"),
        ("20-NQ/TW", None),
        ("12/QĐ-UBND", "several"),
        ("12/QĐ-UBND | UBND tỉnh Quảng Ngãi", "None"),
        ("12/QĐ-UBND | ubnd tinh quang ngai | 2022", "2022"),
        ("", None),
    ],
)
def test_finding_a_document(store: Store, ref: str, found: str | None) -> None:
    save(store, {"a": ["12/QĐ-UBND, 2021", "12/QĐ-UBND, 2022"], "b": ["12/QĐ-UBND"]})
    if found not in (None, "several"):
        assert str(page(store, ref).document.date) == found
        return
    with pytest.raises(KehoachError) as caught:
        page(store, ref)
    assert caught.value.code == ("document_ambiguous" if found else "document_unknown")


# --- conflicts and decisions --------------------------------------------------------------------------------------

TITLE = "(phòng chống bệnh dại trên người)"
CONFLICTS: list[tuple[Plans, list[str]]] = [
    ({"a": ["12/QĐ-UBND, 2021-01-02"], "b": ["12/QĐ-UBND, 2021-01-02", "12/QĐ-UBND, 2021"]}, []),
    ({"a": ["12/QĐ-UBND, 2021-01-02"], "b": ["12/QĐ-UBND, 2021-01-03"]}, ["date: 2021-01-02 a + 2021-01-03 b"]),
    # One code in two years with one title may be one document ...
    (
        {"a": [f"12/QĐ-UBND, 2021-01-02 {TITLE}"], "b": [f"12/QĐ-UBND, 2022-01-02 {TITLE}"]},
        ["same: 2021-01-02 a + 2022-01-02 b"],
    ),
    (
        {"a": [f"12/QĐ-UBND, 2021 {TITLE}"], "b": ["12/QĐ-UBND, 2022 (phòng, chống bệnh dại ở người)"]},
        ["same: 2021 a + 2022 b"],
    ),
    # ... with another title it is not, nor where the title names its year, or says nothing.
    ({"a": [f"12/QĐ-UBND, 2021 {TITLE}"], "b": ["12/QĐ-UBND, 2022 (giao chỉ tiêu giường bệnh)"]}, []),
    ({"a": ["12/QĐ-UBND, 2021 (giao chỉ tiêu năm 2021)"], "b": ["12/QĐ-UBND, 2022 (giao chỉ tiêu năm 2022)"]}, []),
    ({"a": ["12/QĐ-UBND, 2021 (giao chỉ tiêu)"], "b": ["12/QĐ-UBND, 2022 (giao chỉ tiêu)"]}, []),
    ({"a": [f"12/QĐ-UBND, 2021 {TITLE}"], "b": [f"13/QĐ-UBND, 2022 {TITLE}"]}, []),
]


def left(store: Store) -> list[str]:
    """What is left to a person as "date: 2021-01-02 plans + ..."."""
    with store.reading() as connection:
        return [
            f"{c.kind}: " + " + ".join(f"{s.date} {'+'.join(m.plan.path or '' for m in s.citations)}" for s in c.sides)
            for c in conflicts(connection)
        ]


@pytest.mark.parametrize(("plans", "expected"), CONFLICTS)
def test_what_is_left_to_a_person(store: Store, plans: Plans, expected: list[str]) -> None:
    save(store, plans)
    assert left(store) == expected


TWO_DAYS: Plans = {"a": ["12/QĐ-UBND, 2021-01-02"], "b": ["12/QĐ-UBND, 2021-01-03"], "c": ["12/QĐ-UBND, 2021-01-03"]}
TWO_KEYS: Plans = {
    "a": [f"12/QĐ-UBND, 2021-01-02 {TITLE}"],
    "b": [f"12/QĐ-UBND, 2022-01-02 {TITLE}"],
    "c": ["12/QĐ-UBND"],
}
OF_2021, OF_2022 = (f"12/QĐ-UBND | UBND tỉnh Quảng Ngãi | {year}" for year in (2021, 2022))
UNDATED = "12/QĐ-UBND | UBND tỉnh Quảng Ngãi"


def test_a_decided_day_holds(store: Store) -> None:
    save(store, TWO_DAYS)
    assert row(store, "12/QĐ-UBND").date == "2021-01-03"
    assert store.decide_date("12/QĐ-UBND", dt.date(2021, 1, 2), by="Lan", note="bản gốc") == OF_2021
    assert (row(store, "12/QĐ-UBND").date, row(store, "12/QĐ-UBND").warnings, left(store)) == ("2021-01-02", (), [])
    [decision] = page(store, "12/QĐ-UBND").decisions
    assert (decision.subject, decision.date, decision.by, decision.note) == (OF_2021, "2021-01-02", "Lan", "bản gốc")
    # ... when plans are read again, removed, and read after that; settling again changes nothing.
    for name in ("a", "b", "c"):
        store.remove(f"{name}/KH-SYT")
    with store.reading() as connection:
        assert catalogue(connection) == []
    save(store, TWO_DAYS)
    assert row(store, "12/QĐ-UBND").date == "2021-01-02"
    before = dump(store)
    store.settle()
    assert dump(store) == before
    # A later decision takes its place; taken back, the mentions say it again.
    store.decide_date(OF_2021, dt.date(2021, 1, 5), by="Minh")
    assert row(store, "12/QĐ-UBND").date == "2021-01-05"
    assert store.withdraw("12/QĐ-UBND") == OF_2021
    assert (row(store, "12/QĐ-UBND").date, len(left(store)), page(store, OF_2021).decisions) == ("2021-01-03", 1, ())


def test_a_document_that_is_another_one_counts_with_it(store: Store) -> None:
    save(store, TWO_KEYS)
    before = write_down(store)
    assert store.decide_same(OF_2022, OF_2021, by="Lan") == OF_2022
    found = row(store, "12/QĐ-UBND")
    assert (found.key, found.mentions, len(found.plans), left(store)) == (OF_2021, 3, 3, [])
    assert page(store, OF_2022).meant_by == (UNDATED, OF_2022)
    # ... whichever is read first, and as often as it is settled.
    for name in ("a", "b", "c"):
        store.remove(f"{name}/KH-SYT")
    save(store, dict(reversed(TWO_KEYS.items())))
    assert row(store, "12/QĐ-UBND") == found
    assert store.withdraw(OF_2022) == OF_2022
    assert write_down(store) == before


def test_a_decision_about_what_is_gone_has_no_effect(store: Store) -> None:
    save(store, TWO_KEYS)
    store.decide_same(OF_2022, OF_2021, by="Lan")
    store.remove("a/KH-SYT")
    # What it should be is gone: it stands for itself, and is what the undated mention means.
    found = row(store, "12/QĐ-UBND")
    assert (found.key, found.mentions) == (OF_2022, 2)
    store.remove("b/KH-SYT")
    assert row(store, "12/QĐ-UBND").key == UNDATED
    save(store, TWO_KEYS)
    assert row(store, "12/QĐ-UBND").mentions == 3
    store.remove("b/KH-SYT")
    assert store.withdraw(OF_2022) == OF_2022


def test_an_undated_mention_may_be_decided_and_may_be_what_another_is(store: Store) -> None:
    """Of two years nobody knows which the undated one means: a person says so. What is said to be the undated one is
    the dated one that it means by then."""
    save(store, {**TWO_KEYS, "d": ["13/QĐ-UBND, 2021-05-06"]})
    store.decide_same(UNDATED, OF_2022, by="Lan")
    assert page(store, OF_2022).meant_by == (UNDATED,)
    store.withdraw(UNDATED)
    thirteen = "13/QĐ-UBND | UBND tỉnh Quảng Ngãi | 2021"
    store.decide_same(thirteen, UNDATED, by="Lan")
    store.remove("b/KH-SYT")
    assert page(store, OF_2021).meant_by == (UNDATED, thirteen)
    assert page(store, OF_2021).document.mentions == 3


REFUSED: list[tuple[tuple[str, ...], tuple[str, str], str]] = [
    # Decisions before, the one that is refused, and why.
    ((), (OF_2021, OF_2021), "decision_itself"),
    ((OF_2022, OF_2021), (OF_2021, OF_2022), "decision_itself"),  # it is found as what it was decided to be
    ((OF_2022, OF_2021), (OF_2021, UNDATED), "decision_itself"),
    ((OF_2022, OF_2021), (OF_2021, "09/2020/NĐ-CP"), "decision_chain"),
    ((), (OF_2021, "99/QĐ-UBND"), "document_unknown"),
    ((), ("99/QĐ-UBND", OF_2021), "document_unknown"),
]


@pytest.mark.parametrize(("before", "asked", "code"), REFUSED)
def test_decisions_that_make_no_sense_change_nothing(
    store: Store, before: tuple[str, str], asked: tuple[str, str], code: str
) -> None:
    save(store, {**TWO_KEYS, "d": ["09/2020/NĐ-CP"]})
    if before:
        store.decide_same(*before, by="Lan")
    kept = dump(store)
    with pytest.raises(KehoachError) as caught:
        store.decide_same(*asked, by="Minh")
    assert caught.value.code == code
    assert dump(store) == kept


def test_a_day_of_another_year_is_refused(store: Store) -> None:
    save(store, TWO_DAYS)
    with pytest.raises(KehoachError, match="--same-as"):
        store.decide_date(OF_2021, dt.date(2022, 1, 2), by="Lan")
    with pytest.raises(KehoachError) as caught:
        store.withdraw(OF_2021)
    assert caught.value.code == "decision_unknown"


def test_a_decision_that_fails_half_way_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, TWO_DAYS)
    kept = dump(store)

    def fails(*_: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr("pipeline.store.deciding.settle", fails)
    with pytest.raises(RuntimeError, match="cut"):
        store.decide_date(OF_2021, dt.date(2021, 1, 2), by="Lan")
    assert dump(store) == kept


def test_a_chain_that_came_about_otherwise_does_not_lose_mentions(store: Store) -> None:
    """Decisions restored from elsewhere: what leads on has no effect."""
    save(store, {**TWO_KEYS, "d": ["09/2020/NĐ-CP"]})
    store.decide_same(OF_2022, OF_2021, by="Lan")
    chained = (
        "INSERT INTO decisions (kind, subject, value, decided_by, decided_at) "
        "VALUES ('document_same', :a, :b, 'Lan', '2025-01-01')"
    )
    with store.engine.begin() as connection:
        connection.execute(text(chained), {"a": OF_2021, "b": '{"key": "09/2020/NĐ-CP"}'})
        connection.execute(text("UPDATE documents SET stale = :yes"), {"yes": True})
    store.settle()
    with store.reading() as connection:
        assert sum(r.mentions for r in catalogue(connection)) == 4


def test_two_documents_that_look_like_one_are_no_question_once_somebody_said_so(store: Store) -> None:
    save(store, TWO_KEYS)
    assert left(store) == ["same: 2021-01-02 a + 2022-01-02 b"]
    assert store.decide_apart(OF_2022, OF_2021, by="Lan", note="hai năm") == OF_2022
    assert left(store) == []
    with store.reading() as connection:
        [decision] = decisions_about(connection, [OF_2022])
    assert (decision.apart_from, decision.by, decision.note) == ((OF_2021,), "Lan", "hai năm")
    store.withdraw(OF_2022)
    assert left(store) == ["same: 2021-01-02 a + 2022-01-02 b"]
    with pytest.raises(KehoachError) as caught:
        store.decide_apart(OF_2022, OF_2022, by="Lan")
    assert caught.value.code == "decision_itself"


PLAN = "12/KH-SYT, 2022-01-05"


@pytest.mark.parametrize(
    ("plans", "read"),
    [
        # An undated mention is the one plan of that number and office ...
        ({PLAN: [], "b/KH-SYT": ["12/KH-SYT"]}, True),
        ({"b/KH-SYT": ["12/KH-SYT"], PLAN: []}, True),
        # (Quảng Ngãi and Kon Tum became one in July 2025 and count anew since)
        ({"12/KH-SYT, 2025-09-05": [], "b/KH-SYT": ["12/KH-SYT"]}, True),
        # ... of two years nobody knows which; another number, another office is none of them.
        ({PLAN: [], "12/KH-SYT, 2023-01-05": [], "b/KH-SYT": ["12/KH-SYT"]}, False),
        ({PLAN: [], "b/KH-SYT": ["13/KH-SYT"]}, False),
        ({"12/KH-SYT, 2022-01-05, Lai Châu": [], "b/KH-SYT": ["12/KH-SYT"]}, False),
    ],
)
def test_an_undated_mention_of_a_plan_that_was_read(store: Store, plans: Plans, read: bool) -> None:
    for name, mentions in plans.items():
        said = [part.strip() for part in name.split(",")]
        number, date, province = said + ["", "2023-05-01", "Quảng Ngãi"][len(said) :]
        office = f"Sở Y tế tỉnh {province}"
        cited = tuple(reference(m, None, "Sở Y tế tỉnh Quảng Ngãi", type="KH") for m in mentions)
        meta = metadata(number, date, province=province, issuer=office)
        store.save(plan(name, name, meta=meta, references=cited), TEXT)
    store.settle()
    assert (row(store, plans["b/KH-SYT"][0]).plan is not None) == read
    if read:  # ... and not when the plan is gone
        store.remove("12/KH-SYT")
        assert row(store, plans["b/KH-SYT"][0]).plan is None
