"""A plan comes out of the database as it went in."""

from __future__ import annotations

import msgspec
import pytest

from models.plan import SectionFact, Span, Task
from pipeline.store import Store, shared
from store.plans import DRAFT, FULL, TEXT, deadline, dump, metadata, plan, reference, target, write_down


def test_a_plan_is_the_same_field_for_field(store: Store) -> None:
    key = store.save(FULL, TEXT, size=1234).plan
    assert store.load(key) == FULL
    assert store.text(key) == TEXT
    store.settle()
    assert store.load(key) == FULL


def test_the_full_plan_leaves_no_field_out() -> None:
    facts = (FULL, FULL.source, FULL.metadata, *(f for kind in msgspec.structs.astuple(FULL) for f in _structs(kind)))
    seen: dict[type, set[str]] = {}
    for fact in facts:
        given = seen.setdefault(type(fact), set())
        for field in msgspec.structs.fields(fact):
            value = getattr(fact, field.name)
            if value is not None and value != () and (field.default is msgspec.NODEFAULT or value != field.default):
                given.add(field.name)
    missing = {kind.__name__: set(kind.__struct_fields__) - given for kind, given in seen.items()}
    assert not {kind: names for kind, names in missing.items() if names}


def _structs(value: object) -> list[msgspec.Struct]:
    return [v for v in value if isinstance(v, msgspec.Struct)] if isinstance(value, tuple) else []


def test_an_empty_plan(store: Store) -> None:
    empty = plan(meta=metadata(None, None, issuer=None, province=None, doc_type=None))
    assert store.load(store.save(empty, "").plan) == empty


def test_saving_again_changes_nothing(store: Store) -> None:
    store.save(FULL, TEXT, size=1)
    store.settle()
    before = dump(store)
    assert store.save(FULL, TEXT, size=1).action == "replaced"
    store.settle()
    assert dump(store) == before


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"tasks": (Task(id="k1", text="x", span=Span(0, 1), section="nowhere"),)}, "'nowhere'"),
        ({"deadlines": (deadline(tasks=("k9",)),)}, "'k9'"),
        ({"targets": (target(part_of="t9"),)}, "'t9'"),
        ({"targets": (target(), target())}, "'t1'"),
        ({"tasks": (Task(id="k1", text="x", span=Span(0, 1), deadline="d9"),)}, "'d9'"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused_whole(store: Store, facts: dict[str, object], words: str) -> None:
    before = dump(store)
    with pytest.raises(ValueError, match=words):
        store.save(plan(**facts), TEXT)
    assert dump(store) == before


def test_facts_may_point_forward(store: Store) -> None:
    section = SectionFact(
        id="s2",
        parent="s1",
        path="I.1",
        marker="1",
        level=2,
        heading="x",
        heading_span=Span(1, 2),
        span=Span(1, 3),
        roles=(),
    )
    parent = msgspec.structs.replace(section, id="s1", parent=None)
    forward = plan(sections=(section, parent), targets=(target("t1", part_of="t2"), target("t2")))
    assert store.load(store.save(forward, TEXT).plan) == forward


def test_removing_the_last_plan_leaves_nothing(store: Store) -> None:
    before = dump(store)
    key = store.save(FULL, TEXT).plan
    draft = plan("/plans/b.txt", "b", meta=metadata(**DRAFT), references=(reference(date="2021-12-24"), reference()))
    store.save(draft, TEXT)
    store.settle()
    assert store.remove("/plans/b.txt").path == "/plans/b.txt"
    assert store.remove(key).key == key
    assert dump(store) == before


def test_statements_are_cut_to_what_sqlite_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared.CHUNK < 32_766
    monkeypatch.setattr(shared, "CHUNK", 3)
    many = tuple(
        reference(f"{n}/QĐ-UBND", date, id=f"{n}{date}", issuer=f"Sở số {n}")
        for n in range(20)
        for date in (None, "2021")
    )
    targets = tuple(target(f"t{n}", indicator_id=f"I{n}") for n in range(20))
    key = store.save(plan(references=many, targets=targets), TEXT).plan
    store.settle()
    found = write_down(store)
    assert [row["mentions"] for row in found["catalogue"]] == [2] * 20
    assert len(found["indicators"]) == 20
    assert store.load(key) == plan(references=many, targets=targets)
    store.save(plan("/plans/a.txt", "other"), TEXT)
    store.settle()
    assert write_down(store)["catalogue"] == []
