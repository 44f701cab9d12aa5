"""What people decide about facts: it is in every answer, survives a new reading, and can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from models.plan import Deadline, Plan, Span, Target, Task
from pipeline.errors import KehoachError
from pipeline.store import Store, documents, queries, review
from pipeline.store.corrections import Decided, as_read, corrected, noted
from pipeline.store.database import writing
from tests.store.plans import FULL, TEXT, deadline, plan, reference, source, target

TASKS = (Task(id="k1", text="báo cáo", span=Span(0, 9), deadline="d1"), Task(id="k2", text="nộp", span=Span(9, 12)))
FACTS: dict[str, Any] = {
    "references": (reference(id="r1"),),
    "deadlines": (deadline("d1", end_date="2022-03-31", tasks=("k1", "k2")), deadline("d2")),
    "targets": (target("t1", low=95.0, high=95.0, unit="%"), target("t2", low=20.0, high=20.0, part_of="t1")),
    "tasks": TASKS,
}


def decide(store: Store, fact: str, verdict: Any, fields: dict[str, Any] | None = None) -> str:
    with store.reading() as connection:
        key = queries.plans(connection)[0].plan.key
    with writing(store.engine) as connection:
        review.decide_fact(connection, key, fact, verdict, fields, by="Lan", note="xem trang 2")
    store.settle()
    return key


def stored(store: Store, made: Plan, version: str = "rules-1") -> Plan:
    store.save(replace(made, source=source(version=version)), TEXT)
    store.settle()
    return store.load("463/KH-SYT")


CORRECTIONS = [
    # fact, what is corrected, where the answer has it
    ("t1", {"low": 90.0, "high": 90.0}, lambda p: p.targets[0].low, 90.0),
    ("t1", {"comparator": ">=", "high": None}, lambda p: (p.targets[0].comparator, p.targets[0].low), (">=", 95.0)),
    ("d1", {"end_date": "2022-04-30"}, lambda p: p.deadlines[0].end_date, "2022-04-30"),
    ("d1", {"responsible": "Phòng Kế hoạch"}, lambda p: p.deadlines[0].responsible, "Phòng Kế hoạch"),
    ("r1", {"relation": "replaces"}, lambda p: p.references[0].relation, "replaces"),
    ("k1", {"lead": ["Trung tâm Y tế"]}, lambda p: p.tasks[0].lead, ("Trung tâm Y tế",)),
]


@pytest.mark.parametrize(("fact", "fields", "found", "value"), CORRECTIONS)
def test_a_correction_is_in_the_answers_and_survives_a_new_reading(
    store: Store, fact: str, fields: dict[str, Any], found: Any, value: object
) -> None:
    stored(store, plan(**FACTS))
    decide(store, fact, "correct", fields)
    assert found(store.load("463/KH-SYT")) == value
    assert found(stored(store, plan(**FACTS), "rules-2")) == value


def test_a_corrected_day_is_when_the_deadline_is_due(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "d1", "correct", {"end_date": "2022-04-30"})
    with store.reading() as connection:
        due = {row.id: row.due for row in queries.deadlines(connection)}
        view = connection.exec_driver_sql("SELECT day, checked_by FROM v_deadlines WHERE deadline = 'd1'").one()
    assert due["d1"] == dt.date(2022, 4, 30)
    assert (str(view.day), view.checked_by) == ("2022-04-30", "Lan")


def test_a_corrected_code_is_another_document(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "r1", "correct", {"code": "12/QĐ-UBND", "number": "12"})
    with store.reading() as connection:
        assert [row.code for row in documents.catalogue(connection)] == ["12/QĐ-UBND"]


def test_a_rejected_fact_is_in_no_answer_and_comes_back_as_it_was(store: Store) -> None:
    before = stored(store, plan(**FACTS))
    for fact in ("d1", "t1", "k2"):
        key = decide(store, fact, "reject")
    left = store.load("463/KH-SYT")
    assert [f.id for f in (*left.deadlines, *left.targets, *left.tasks)] == ["d2", "t2", "k1"]
    assert left.targets[0].part_of is None and left.tasks[0].deadline is None
    for fact in ("t1", "k2", "d1"):
        with writing(store.engine) as connection:
            review.withdraw_fact(connection, key, fact)
    store.settle()
    assert store.load("463/KH-SYT") == before


def test_a_rejected_fact_stays_away_when_the_plan_is_read_again(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "t1", "reject")
    assert [f.id for f in stored(store, plan(**FACTS), "rules-2").targets] == ["t2"]


def test_an_accepted_fact_has_what_newer_rules_say(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "t1", "accept")
    newer = {**FACTS, "targets": (target("t1", low=90.0, high=90.0),)}
    assert stored(store, plan(**newer), "rules-2").targets[0].low == 90.0


def test_a_decision_whose_fact_is_gone_stays_and_says_so(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "t1", "correct", {"low": 90.0, "high": 90.0})
    decide(store, "t2", "reject")
    stored(store, plan(**{**FACTS, "targets": ()}), "rules-2")
    with store.reading() as connection:
        checks = {check.fact: check for check in review.checks(connection)}
    assert {fact: check.there for fact, check in checks.items()} == {"t1": False, "t2": False}
    assert checks["t1"].decided.fields["low"] == 90.0
    assert stored(store, plan(**FACTS), "rules-3").targets[0].low == 90.0


def test_what_is_equal_to_the_reading_is_accepted(store: Store) -> None:
    stored(store, plan(**FACTS))
    decide(store, "t1", "correct", {"low": 95.0})
    with store.reading() as connection:
        [check] = review.checks(connection)
    assert (check.decided.verdict, check.by, check.note) == ("accept", "Lan", "xem trang 2")


REFUSED = [
    ("t1", {"low": "nhiều"}),
    ("t1", {"low": 99.0, "high": 1.0}),
    ("t1", {"comparator": "≈"}),
    ("t1", {"text": "lời khác"}),
    ("t1", {"indicator_id": "KHONG-CO"}),
    ("d1", {"end_date": "31/3"}),
    ("d1", {"start_date": "2022-05-01", "kind": "interval"}),
    ("d1", {"kind": "recurring"}),
]


@pytest.mark.parametrize(("fact", "fields"), REFUSED)
def test_a_value_that_can_not_be_is_refused_and_nothing_is_kept(
    store: Store, fact: str, fields: dict[str, Any]
) -> None:
    before = stored(store, plan(**FACTS))
    with pytest.raises(KehoachError) as caught:
        decide(store, fact, "correct", fields)
    assert caught.value.code == "review_field"
    with store.reading() as connection:
        assert review.checks(connection) == []
    assert store.load("463/KH-SYT") == before


def test_a_plan_is_whole_when_all_its_facts_were_looked_at(store: Store) -> None:
    stored(store, plan(**FACTS))
    whole = []
    for fact in ("r1", "d1", "d2", "t1", "t2"):
        with store.reading() as connection:
            whole.append(review.whole_plans(connection))
        key = decide(store, fact, "accept")
    with store.reading() as connection:
        assert whole == [[]] * 5 and review.whole_plans(connection) == [key]


VERDICTS: list[dict[str, Decided]] = [
    {},
    {"d1": Decided(verdict="reject", kind="deadline")},
    {"k1": Decided(verdict="reject", kind="task"), "k2": Decided(verdict="reject", kind="task")},
    {
        "t1": Decided(verdict="correct", kind="target", fields={"unit": "‰"}),
        "t2": Decided(verdict="reject", kind="target"),
    },
    {"d1": Decided(verdict="reject", kind="deadline"), "k1": Decided(verdict="reject", kind="task")},
    {"gone": Decided(verdict="reject", kind="deadline", read={"id": "gone"})},
]


@pytest.mark.parametrize("decisions", VERDICTS)
@pytest.mark.parametrize("made", [plan(**FACTS), FULL])
def test_what_was_decided_comes_off_again(made: Plan, decisions: dict[str, Decided]) -> None:
    ids = {f.id for kind in (made.references, made.deadlines, made.targets, made.tasks) for f in kind}
    kept = noted(made, {k: v for k, v in decisions.items() if k in ids or k == "gone"})
    assert as_read(corrected(made, kept), kept) == made


def test_the_kinds_have_these_fields() -> None:
    from pipeline.store.corrections import FIELDS

    for kind, made in {"deadline": Deadline, "target": Target, "task": Task}.items():
        assert set(FIELDS[kind]) <= set(made.__struct_fields__)  # type: ignore[index]
