"""The catalogue: what a document is said to be, which one an undated mention means, and where mentions disagree.

Each row is plans, each a list of mentions, and the catalogue that they give, in whatever order they are read.
"""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from models.plan import Reference
from pipeline.store import Store, documents
from store.plans import TEXT, dump, metadata, plan, reference, write_down

UBND = "UBND tỉnh Quảng Ngãi"


def mention(words: str, **fields: Any) -> Reference:
    """A mention written "code, date, issuer": the date and the issuer may be missing; "-" for no issuer at all."""
    code, date, issuer = ([part.strip() for part in words.split(",")] + ["", ""])[:3]
    return reference(code, date or None, None if issuer == "-" else issuer or UBND, **fields)


def save(store: Store, plans: dict[str, list[Reference]]) -> None:
    for name, mentions in plans.items():
        numbered = tuple(reference_with_id(n, m) for n, m in enumerate(mentions))
        store.save(plan(name, name, meta=metadata(f"{name}/KH-SYT"), references=numbered), TEXT)


def reference_with_id(n: int, mention: Reference) -> Reference:
    return msgspec.structs.replace(mention, id=f"r{n}")


def seen(store: Store) -> list[str]:
    """The catalogue as "code, date: mentions in plans"."""
    rows = write_down(store)["catalogue"]
    return [
        f"{row['code']}, {row['date']}: {row['mentions']} in {'+'.join(p['path'] for p in row['plans'])}"
        for row in rows
    ]


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        # An undated mention means the one dated document of its code and issuer.
        ({"a": ["12/QĐ-UBND, 2021-12-24"], "b": ["12/QĐ-UBND"]}, ["12/QĐ-UBND, 2021-12-24: 2 in a+b"]),
        # A year is a date, too.
        ({"a": ["12/QĐ-UBND, 2021"], "b": ["12/QĐ-UBND"]}, ["12/QĐ-UBND, 2021: 2 in a+b"]),
        # Numbers start again each year: with two of them nobody knows which.
        (
            {"a": ["12/QĐ-UBND, 2021-12-24"], "b": ["12/QĐ-UBND"], "c": ["12/QĐ-UBND, 2020-01-02"]},
            ["12/QĐ-UBND, None: 1 in b", "12/QĐ-UBND, 2020-01-02: 1 in c", "12/QĐ-UBND, 2021-12-24: 1 in a"],
        ),
        # Another office's document is another document.
        (
            {"a": ["12/QĐ-UBND, 2021-12-24, UBND tỉnh Lai Châu"], "b": ["12/QĐ-UBND"]},
            ["12/QĐ-UBND, 2021-12-24: 1 in a", "12/QĐ-UBND, None: 1 in b"],
        ),
        # The same office, spelled otherwise, is the same.
        (
            {"a": ["12/QĐ-UBND, 2021-12-24, UBND  TỈNH QUẢNG NGÃI"], "b": ["12/QĐ-UBND"]},
            ["12/QĐ-UBND, 2021-12-24: 2 in a+b"],
        ),
        # Whoever signs for the office, it is the office's.
        (
            {"a": ["12/QĐ-UBND, 2021-12-24, Chủ tịch UBND tỉnh Quảng Ngãi"], "b": ["12/QĐ-UBND"]},
            ["12/QĐ-UBND, 2021-12-24: 2 in a+b"],
        ),
        # Where only one body in the country uses the code, its name may be left out.
        (
            {"a": ["20-NQ/TW, 2017-10-25, Ban Chấp hành Trung ương Đảng"], "b": ["20-NQ/TW, , -"]},
            ["20-NQ/TW, 2017-10-25: 2 in a+b"],
        ),
        # Two mentions in one plan are two mentions and one plan; more plans come first.
        (
            {"a": ["12/QĐ-UBND", "12/QĐ-UBND", "12/QĐ-UBND"], "b": ["9/QĐ-BYT, 2020"], "c": ["9/QĐ-BYT, 2020"]},
            ["9/QĐ-BYT, 2020: 2 in b+c", "12/QĐ-UBND, None: 3 in a"],
        ),
        # The fullest date that is given holds.
        ({"a": ["12/QĐ-UBND, 2021"], "b": ["12/QĐ-UBND, 2021-12"], "c": ["12/QĐ-UBND, 2021-12-24"]}, ["12/QĐ-UBND, 2021-12-24: 3 in a+b+c"]),
        # Of two days the one that more mentions give.
        ({"a": ["12/QĐ-UBND, 2021-12-24"], "b": ["12/QĐ-UBND, 2021-12-23"], "c": ["12/QĐ-UBND, 2021-12-24"]}, ["12/QĐ-UBND, 2021-12-24: 3 in a+b+c"]),
        ({"a": ["12/QĐ-UBND, 2021-12-24"], "b": ["12/QĐ-UBND, 2021-12-23"]}, ["12/QĐ-UBND, 2021-12-23: 2 in a+b"]),
    ],
)  # fmt: skip
def test_the_catalogue_whatever_is_read_first(store: Store, plans: dict[str, list[str]], expected: list[str]) -> None:
    before = None
    for order in itertools.permutations(plans):
        save(store, {name: [mention(words) for words in plans[name]] for name in order})
        store.settle()
        assert seen(store) == expected
        assert before in (None, write_down(store))
        before = write_down(store)
        settled = dump(store)
        store.settle()
        assert dump(store) == settled
        for name in order:
            store.remove(f"{name}/KH-SYT")
    # ... and if it is settled after each of them.
    for name in plans:
        save(store, {name: [mention(words) for words in plans[name]]})
        store.settle()
    assert write_down(store) == before


def test_an_ingest_that_was_cut_short_is_made_up_for(store: Store) -> None:
    save(store, {"a": [mention("12/QĐ-UBND, 2021-12-24")], "b": [mention("12/QĐ-UBND")]})  # and no settle
    with store.reading() as connection:
        rows = documents.catalogue(connection)
    assert [(row.code, row.date, row.mentions) for row in rows] == [("12/QĐ-UBND", "2021-12-24", 2)]


def test_a_link_ends_with_what_it_stood_on(store: Store) -> None:
    save(store, {"a": [mention("12/QĐ-UBND, 2021-12-24")], "b": [mention("12/QĐ-UBND")]})
    store.settle()
    save(store, {"c": [mention("12/QĐ-UBND, 2020-12-24")]})
    store.settle()
    assert seen(store)[0] == "12/QĐ-UBND, None: 1 in b"
    store.remove("a/KH-SYT")
    assert seen(store) == ["12/QĐ-UBND, 2020-12-24: 2 in b+c"]
    store.remove("c/KH-SYT")
    assert seen(store) == ["12/QĐ-UBND, None: 1 in b"]


def test_a_mention_keeps_the_key_that_it_was_read_with(store: Store) -> None:
    save(store, {"a": [mention("12/QĐ-UBND, 2021-12-24")], "b": [mention("12/QĐ-UBND")]})
    store.settle()
    assert store.load("b/KH-SYT").references[0].document_key == mention("12/QĐ-UBND").document_key


def test_two_days_of_one_document_are_a_warning(store: Store) -> None:
    said = {"a": ["2021-12-24"], "b": ["2021-12-23", "2021-12-24"], "c": ["2021-12"]}
    save(store, {name: [mention(f"12/QĐ-UBND, {date}") for date in dates] for name, dates in said.items()})
    store.settle()
    [row] = write_down(store)["catalogue"]
    assert row["date"] == "2021-12-24"
    [warning] = row["warnings"]
    assert warning["code"] == "date_conflict"
    assert warning["values"] == {"document": "12/QĐ-UBND", "dates": "23/12/2021 (1), 24/12/2021 (2)"}
    assert "23/12/2021 (1)" in warning["message"]
    store.remove("b/KH-SYT")
    [row] = write_down(store)["catalogue"]
    assert not row["warnings"]


def test_what_most_mentions_say(store: Store) -> None:
    save(
        store,
        {
            "a": [mention("12/QĐ-UBND, 2021", title="về việc giao chỉ tiêu", type="QĐ")],
            "b": [mention("12/QĐ-UBND, 2021", title="về việc giao", type="QĐ", name="Quyết định giao chỉ tiêu")],
            "c": [mention("12/QĐ-UBND, 2021", title="về việc giao", type="KH"), mention("12/QĐ-UBND, 2021")],
        },
    )
    store.settle()
    [row] = write_down(store)["catalogue"]
    assert (row["title"], row["type"], row["name"]) == ("về việc giao", "QĐ", "Quyết định giao chỉ tiêu")
    store.remove("b/KH-SYT")
    # As many say one as the other: the longer, since what breaks off is shorter.
    [row] = write_down(store)["catalogue"]
    assert (row["title"], row["type"], row["name"]) == ("về việc giao chỉ tiêu", "KH", None)


def test_what_is_amended_is_in_the_catalogue_and_no_mention(store: Store) -> None:
    save(store, {"a": [mention("12/QĐ-UBND, 2021", relation="amends", object="9/QĐ-UBND|x")]})
    store.settle()
    rows = write_down(store)["catalogue"]
    assert [(row["key"], row["mentions"]) for row in rows] == [
        (mention("12/QĐ-UBND, 2021").document_key, 1),
        ("9/QĐ-UBND|x", 0),
    ]
