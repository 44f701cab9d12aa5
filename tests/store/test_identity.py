"""Which files are one plan, and whose facts it has: each row is files in some order and what is in the database then.

A file is written "path=content"; what a content says is in CONTENTS.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from models.plan import Plan
from pipeline.errors import KehoachError
from pipeline.store import Store
from store.plans import DRAFT, TEXT, deadline, dump, metadata, plan, reference, sha256, target, write_down

# Three plans: "a..." is 463/KH-SYT by one office, "b..." another number, "d..." are drafts.
CONTENTS: dict[str, dict[str, Any]] = {
    "a": {"targets": (target("t1"), target("t2"))},
    "a-poor": {"targets": (target("t1"),)},
    "a-doubtful": {"targets": (target("t1"), target("t2"), target("t3")), "warnings": 1},
    "a-spelled": {"meta": metadata("463/KH- SYT", issuer="SỞ Y TẾ TỈNH  QUẢNG NGÃI"), "targets": ()},
    "b": {"meta": metadata("464/KH-SYT")},
    "b-other-day": {"meta": metadata("464/KH-SYT", "2022-03-18")},
    "b-other-office": {"meta": metadata("464/KH-SYT", issuer="Sở Y tế tỉnh Lai Châu", province="Lai Châu")},
    "b-month": {"meta": metadata("464/KH-SYT", "2022-03")},
    "b-no-office": {"meta": metadata("464/KH-SYT", issuer=None)},
    "d": {"meta": metadata(**DRAFT)},
    "d-later": {"meta": metadata(**DRAFT), "targets": (target(),)},
    "d-same-symbol": {"meta": metadata(None, "2022", symbol="KH-SYT")},
}


def read(file: str, version: str = "rules-1") -> Plan:
    path, content = file.split("=")
    return plan(path, content, version=version, **CONTENTS[content])


def save(store: Store, *files: str, version: str = "rules-1") -> list[str]:
    """Saves files one after the other; what became of each."""
    done = [store.save(read(file, version), TEXT).action for file in files]
    store.settle()
    return done


def plans(store: Store) -> set[str]:
    """The plans as "paths=content that gave the facts"."""
    found = write_down(store)
    contents = {sha256(content): content for content in CONTENTS}
    return {
        f"{'+'.join(row['files'])}={contents[found['facts'][row['plan']['key']][0].source.sha256]}"
        for row in found["plans"]
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # Two different plans stay two.
        (["x=a", "y=b"], {"x=a", "y=b"}),
        # The same content at two paths is one plan with two files, draft or not.
        (["x=a", "y=a"], {"x+y=a"}),
        (["x=d", "y=d"], {"x+y=d"}),
        # The same plan in two editions is one plan; the one with fewer warnings, then more facts gives them.
        (["x=a", "y=a-poor"], {"x+y=a"}),
        (["x=a-doubtful", "y=a-poor"], {"x+y=a-poor"}),
        (["x=a-doubtful", "y=a-poor", "z=a"], {"x+y+z=a"}),
        (["x=a-spelled", "y=a-poor"], {"x+y=a-poor"}),
        # Another day, another office, no full day or no office is another plan.
        (["x=b", "y=b-other-day"], {"x=b", "y=b-other-day"}),
        (["x=b", "y=b-other-office"], {"x=b", "y=b-other-office"}),
        (["x=b", "y=b-month"], {"x=b", "y=b-month"}),
        (["x=b", "y=b-no-office"], {"x=b", "y=b-no-office"}),
        # Drafts without number and date never merge.
        (["x=d", "y=d-later", "z=d-same-symbol"], {"x=d", "y=d-later", "z=d-same-symbol"}),
    ],
)
def test_what_is_one_plan_whatever_comes_first(store: Store, files: list[str], expected: set[str]) -> None:
    seen = None
    for order in itertools.permutations(files):
        save(store, *order)
        assert plans(store) == expected, order
        assert seen in (None, write_down(store)), order
        seen = write_down(store)
        for row in seen["plans"]:
            store.remove(row["plan"]["key"])


@pytest.mark.parametrize(
    ("before", "now", "expected", "pending"),
    [
        # A changed file replaces its facts.
        (["x=a"], "x=a-poor", {"x=a-poor"}, []),
        (["x=d"], "x=d-later", {"x=d-later"}, []),
        # ... even by those of another plan: the path is the same.
        (["x=a"], "x=b", {"x=b"}, []),
        (["x=d"], "x=a", {"x=a"}, []),
        # A path that now holds a plan which is already there joins it; what it gave is gone.
        (["x=a", "y=b"], "x=b", {"x+y=b"}, []),
        (["x=d", "y=a"], "x=a-poor", {"x+y=a"}, []),
        # A copy keeps what the changed file gave before.
        (["x=d", "y=d"], "x=d-later", {"x=d-later", "y=d"}, []),
        (["x=a", "y=a"], "x=b", {"x=b", "y=a"}, []),
        # The better edition goes away: the other has to be read again.
        (["x=a", "y=a-poor"], "x=b", {"x=b", "y=a"}, ["y"]),
        (["x=a", "y=a-poor"], "x=a-doubtful", {"x+y=a-doubtful"}, ["y"]),
        (["x=a-doubtful", "y=a-poor"], "y=a", {"x+y=a"}, []),
        # The worse one goes away: nothing else happens.
        (["x=a", "y=a-poor"], "y=b", {"x=a", "y=b"}, []),
    ],
)
def test_a_changed_file(store: Store, before: list[str], now: str, expected: set[str], pending: list[str]) -> None:
    save(store, *before)
    save(store, now)
    assert plans(store) == expected
    assert store.pending() == pending
    # Reading again what is pending gives what a new database would have.
    current = {file.split("=")[0]: file for file in [*before, now]}
    save(store, *(current[path] for path in pending))
    assert store.pending() == []
    after = write_down(store)
    for row in after["plans"]:
        store.remove(row["plan"]["key"])
    save(store, *current.values())
    fresh = write_down(store)
    assert plans_without_keys(after) == plans_without_keys(fresh)


def plans_without_keys(found: dict[str, Any]) -> list[Any]:
    """A changed draft keeps its key, so that calendars and bookmarks hold; all else is as if read for the first time."""
    return [
        found["catalogue"],
        found["organisations"],
        found["provinces"],
        sorted(map(repr, (p for p, _ in found["facts"].values()))),
    ]


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("x=a", "x=a-poor", True),
        ("x=d", "x=d-later", True),  # drafts are rewritten daily
        ("x=b", "x=a", False),
        ("x=d", "x=a", False),
    ],
)
def test_the_key_of_a_changed_file(store: Store, before: str, now: str, same: bool) -> None:
    first = store.save(read(before), TEXT).plan
    assert (store.save(read(now), TEXT).plan == first) == same


def test_the_key_of_a_numbered_plan_is_the_same_in_every_database(store: Store) -> None:
    assert store.save(read("x=a"), TEXT).plan == "0e537775efbe"


def test_a_draft_that_went_back_to_its_first_words_elsewhere(store: Store) -> None:
    save(store, "x=d", "x=d-later", "y=d")
    assert plans(store) == {"x=d-later", "y=d"}


def test_outcomes(store: Store) -> None:
    assert save(store, "x=a-poor", "y=a", "z=a-doubtful", "y=a", "x=b") == [
        "added",
        "replaced",
        "joined",
        "replaced",
        "added",
    ]


def test_known_content(store: Store) -> None:
    key = store.save(read("x=a"), TEXT).plan
    content = sha256("a")
    assert store.known([content, sha256("b")], "rules-1") == ({content: key}, {("x", content)})
    assert store.known([content], "rules-2") == ({}, set())
    assert store.attach("y", content, "rules-2") is None
    assert plans(store) == {"x=a"}
    assert store.attach("y", content, "rules-1") == key
    assert plans(store) == {"x+y=a"}
    before = dump(store)
    assert store.attach("y", content, "rules-1") == key
    assert dump(store) == before


def test_attaching_a_path_takes_it_from_its_former_plan(store: Store) -> None:
    save(store, "x=a", "y=b")
    store.attach("y", sha256("a"), "rules-1")
    store.settle()
    assert plans(store) == {"x+y=a"}


def test_new_rules_replace_the_facts_of_all_copies(store: Store) -> None:
    save(store, "x=a", "y=a")
    assert save(store, "y=a", version="rules-2") == ["replaced"]
    assert plans(store) == {"x+y=a"}
    assert store.known([sha256("a")], "rules-2").files == {("x", sha256("a")), ("y", sha256("a"))}


def test_new_rules_may_lose_or_find_the_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, "x=a", "y=a")
    monkeypatch.setitem(CONTENTS, "a", CONTENTS["d"])
    save(store, "x=a", version="rules-2")
    assert plans(store) == {"x+y=a"}
    # Its key is free for who has that number.
    monkeypatch.setitem(CONTENTS, "a-poor", {})
    save(store, "z=a-poor", version="rules-2")
    assert plans(store) == {"x+y=a", "z=a-poor"}
    monkeypatch.setitem(CONTENTS, "a", {"targets": (target(),)})
    save(store, "x=a", version="rules-3")
    assert plans(store) == {"x+y+z=a"}


def test_a_failure_keeps_what_the_path_gave(store: Store) -> None:
    save(store, "x=a")
    store.fail("x", KehoachError("empty", "x"), sha256=sha256(""), size=0, extractor_version="rules-1")
    store.fail("y", KehoachError("unexpected", "y", reason="ValueError: 1"))
    found = write_down(store)
    assert plans(store) == {"x=a"}
    key = found["plans"][0]["plan"]["key"]
    assert found["failures"] == [
        {"path": "x", "code": "empty", "values": {}, "plan": key},
        {"path": "y", "code": "unexpected", "values": {"reason": "ValueError: 1"}, "plan": None},
    ]
    before = dump(store)
    store.fail("y", KehoachError("unexpected", "y", reason="ValueError: 1"))
    assert dump(store) == before
    assert not store.known([sha256("")], "rules-1").files
    save(store, "x=a-poor", "y=b")
    assert plans(store) == {"x=a-poor", "y=b"}
    assert write_down(store)["failures"] == []


def test_a_failed_path_does_not_lend_its_plan_to_its_content(store: Store) -> None:
    save(store, "x=d")
    store.fail("x", KehoachError("empty", "x"), sha256=sha256("d-later"), extractor_version="rules-1")
    save(store, "y=d-later")
    assert plans(store) == {"x=d", "y=d-later"}


def test_a_failure_of_the_better_edition(store: Store) -> None:
    save(store, "x=a", "y=a-poor")
    store.fail("x", KehoachError("empty", "x"), sha256=sha256(""), extractor_version="rules-1")
    assert store.pending() == ["y"]
    save(store, "y=a-poor")
    assert plans(store) == {"x+y=a-poor"}


def test_shared_rows_go_with_the_last_plan_that_names_them(store: Store) -> None:
    def cites(path: str, code: str, *codes: str) -> Plan:
        return plan(path, code, meta=metadata(code), references=tuple(reference(c, "2021-12-24") for c in codes))

    store.save(cites("x", "1/KH-SYT", "10/QĐ-UBND", "11/QĐ-UBND"), TEXT)
    store.save(cites("y", "2/KH-SYT", "11/QĐ-UBND"), TEXT)
    store.settle()
    assert [d["code"] for d in write_down(store)["catalogue"]] == ["11/QĐ-UBND", "10/QĐ-UBND"]
    store.remove("1/KH-SYT")
    assert [(d["code"], d["mentions"]) for d in write_down(store)["catalogue"]] == [("11/QĐ-UBND", 1)]
    assert write_down(store)["organisations"] == ["Sở Y tế tỉnh Quảng Ngãi", "UBND tỉnh Quảng Ngãi"]
    store.remove("2/KH-SYT")
    assert write_down(store)["organisations"] == []


@pytest.mark.parametrize("order", list(itertools.permutations(["SỞ Y TẾ", "Sở Y  tế", "sở y tế", "Sở Y tê\u0301"])))
def test_an_organisation_is_called_by_its_best_spelling(store: Store, order: tuple[str, ...]) -> None:
    for n, issuer in enumerate(order):
        store.save(plan(f"{n}", f"{n}", meta=metadata(f"{n}/KH-SYT", issuer=issuer)), TEXT)
    assert write_down(store)["organisations"] == ["Sở Y tế"]


def test_long_words_are_an_organisation_too(store: Store) -> None:
    words = [" ".join(f"đơn vị {n}" for n in range(2000)) + end for end in (" a", " b")]
    facts = tuple(deadline(f"d{n}", responsible=w) for n, w in enumerate(words))
    saved = plan(deadlines=facts)
    assert store.load(store.save(saved, TEXT).plan) == saved
    assert set(words) < set(write_down(store)["organisations"])


@pytest.mark.parametrize(
    ("name", "date", "period_start", "expected"),
    [
        ("Quảng Ngãi", "2022-03-17", None, (63, "51")),
        ("Quảng Ngãi", "2025-07-01", None, (34, "51")),
        ("Quảng Ngãi", "2025-06", None, (63, "51")),
        ("Gia Lai", "2024", None, (63, "64")),
        ("Gia Lai", "2026", None, (34, "52")),
        ("Gia Lai", "2025", None, (0, None)),  # either
        ("Bình Định", "2025", None, (63, "52")),  # only the old map has it
        ("Gia Lai", None, "2023-01-01", (63, "64")),
        ("Gia Lai", None, None, (0, None)),
        ("Tỉnh lạ", "2022-01-01", None, (63, None)),
    ],
)
def test_provinces_are_those_of_their_time(
    store: Store, name: str, date: str | None, period_start: str | None, expected: tuple[int, str | None]
) -> None:
    store.save(plan(meta=metadata(date=date, province=name, period_start=period_start)), TEXT)
    assert write_down(store)["provinces"] == [(name, *expected)]


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("463/KH-SYT", "x/one.txt"),
        ("463/kh-syt", "x/one.txt"),
        ("463/KH - SYT", "x/one.txt"),
        ("463/", "x/one.txt"),
        ("x/one.txt", "x/one.txt"),
        ("one.txt", "x/one.txt"),
        ("x\\one.txt", "x/one.txt"),
        ("x/o", "x/one.txt"),
        ("0e537775efbe", "x/one.txt"),
        ("0e537", "x/one.txt"),
        ("46", None),  # both codes begin so
        ("x", None),
        ("", "unknown"),
        ("465", "unknown"),
        ("ne.txt", "unknown"),
    ],
)
def test_finding_a_plan(store: Store, ref: str, found: str | None) -> None:
    save(store, "/plans/x/one.txt=a", "/plans/x/two.txt=b")
    if found and found != "unknown":
        assert store.find(ref).path == f"/plans/{found}"
        return
    with pytest.raises(KehoachError) as caught:
        store.find(ref)
    assert caught.value.code == ("plan_unknown" if found else "plan_ambiguous")
    if not found:
        message = caught.value.message("en")
        assert "463/KH-SYT" in message and "464/KH-SYT" in message and "/plans/x/two.txt" in message


def test_many_candidates_are_not_all_listed(store: Store) -> None:
    for n in range(25):
        store.save(plan(f"/plans/{n}.txt", f"{n}", meta=metadata(f"1{n:02}/KH-SYT")), TEXT)
    with pytest.raises(KehoachError) as caught:
        store.find("1")
    assert len(caught.value.message("vi").splitlines()) == 1 + 20 + 1
