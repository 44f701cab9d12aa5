"""What reading a plan again is said to have changed: each row is facts before and after, and the lines that tell it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models import tables as t
from models.plan import Plan, SectionFact, Span, Task
from pipeline.errors import KehoachError
from pipeline.store import Store
from pipeline.store.database import writing
from pipeline.store.history import Difference, differences, field_changes, kept_changes
from pipeline.store.renewal import renew
from store.plans import TEXT, deadline, metadata, plan, target


def section(id: str, heading: str, start: int = 0, **fields: Any) -> SectionFact:
    where = {"heading_span": Span(start, start + 10), "span": Span(start, 200)}
    values = {"parent": None, "path": "I", "marker": "I", "level": 1, "roles": ("other",), **where, **fields}
    return SectionFact(id=id, heading=heading, **values)


def task(id: str, text: str = "Khám sức khỏe", start: int = 50, **fields: Any) -> Task:
    return Task(id=id, text=text, span=Span(start, start + 20), **fields)


def told(difference: Difference) -> str:
    sign = {"gained": "+", "lost": "-", "altered": "~"}[difference.change]
    return "; ".join([f"{sign} {difference.kind} {difference.text}", *map(str, difference.fields)])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({}, {"targets": (target("t1"),)}, ["+ target đạt 95%"]),
        ({"tasks": (task("k1"),)}, {}, ["- task Khám sức khỏe"]),
        # What of it is otherwise; numbers, dates, lists.
        (
            {"targets": (target("t1", low=90.0, unit="%"),)},
            {"targets": (target("t1", low=95.0, unit="%", indicator="tiêm chủng"),)},
            ["~ target đạt 95%; indicator: – → tiêm chủng; low: 90.0 → 95.0"],
        ),
        (
            {"tasks": (task("k1", lead=("CDC", "Sở Y tế")),)},
            {"tasks": (task("k1"),)},
            ["~ task Khám sức khỏe; lead: CDC, Sở Y tế → –"],
        ),
        # Another place matters where the text is the same, and is told alone only.
        ({"targets": (target("t1"),)}, {"targets": (target("t1", span=Span(5, 13)),)}, ["~ target đạt 95%; span: 5, 12 → 5, 13"]),
        ({"targets": (target("t1"),)}, {"targets": (target("t1", span=Span(5, 13), unit="%"),)}, ["~ target đạt 95%; unit: – → %"]),
        # The same fact by another id, since its words are others: one change, not two.
        (
            {"targets": (target("t1"),)},
            {"targets": (target("t2", text="đạt 95%,", span=Span(5, 13)),)},
            ["~ target đạt 95%,; text: đạt 95% → đạt 95%,; id: t1 → t2"],
        ),
        # Elsewhere, or of another kind: two facts.
        ({"targets": (target("t1"),)}, {"targets": (target("t2", span=Span(12, 19)),)}, ["- target đạt 95%", "+ target đạt 95%"]),
        ({"targets": (target("t1"),)}, {"deadlines": (deadline("d1", span=Span(5, 12)),)}, ["+ deadline trước ngày 31/3", "- target đạt 95%"]),
        # Of two that stand there, the one that has more of its place.
        (
            {"tasks": (task("k1", start=50),)},
            {"tasks": (task("k2", start=35), task("k3", start=52))},
            ["~ task Khám sức khỏe; id: k1 → k3", "+ task Khám sức khỏe"],
        ),
        # Sections hold each other: those are one whose headings are. Facts that name one by its new id stay the same.
        (
            {"sections": (section("s1", "MỤC ĐÍCH"),), "tasks": (task("k1", section="s1"),), "deadlines": (deadline("d1", tasks=("k1",)),)},
            {"sections": (section("s2", "MỤC ĐÍCH,"),), "tasks": (task("k2", section="s2"),), "deadlines": (deadline("d1", tasks=("k2",)),)},
            ["~ section MỤC ĐÍCH,; id: s1 → s2; heading: MỤC ĐÍCH → MỤC ĐÍCH,", "~ task Khám sức khỏe; id: k1 → k2"],
        ),
        (
            {"sections": (section("s1", "MỤC ĐÍCH"),)},
            {"sections": (section("s2", "YÊU CẦU", 100),)},
            ["- section MỤC ĐÍCH", "+ section YÊU CẦU"],
        ),
    ],
)  # fmt: skip
def test_what_is_told(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert sorted(map(told, differences(plan(**before), plan(version="rules-2", **after)))) == sorted(expected)


def test_places_in_another_text_are_no_change() -> None:
    def read(text_sha256: str, **facts: Any) -> Plan:
        made = plan(**facts)
        values = {name: getattr(made.source, name) for name in made.source.__struct_fields__}
        return Plan(source=type(made.source)(**{**values, "text_sha256": text_sha256}), metadata=made.metadata, **facts)

    moved = read("1", targets=(target("t1"),)), read("2", targets=(target("t1", span=Span(9, 16)),))
    assert differences(*moved) == ()
    other = read("1", targets=(target("t1"),)), read("2", targets=(target("t2", text="đạt 96%"),))
    assert sorted(map(told, differences(*other))) == ["+ target đạt 96%", "- target đạt 95%"]


def test_only_confidence() -> None:
    def is_only(**after: Any) -> bool:
        [one] = differences(plan(targets=(target("t1"),)), plan(targets=(target("t1", **after),)))
        return one.only_confidence

    assert is_only(confidence=0.5)
    assert not is_only(confidence=0.5, unit="%")
    assert not is_only(unit="%")


def test_metadata() -> None:
    found = field_changes(metadata(title="a"), metadata(title="b"))
    assert list(map(str, found)) == ["title: a → b"]


def kept(store: Store, **asked: Any) -> list[str]:
    with store.reading() as connection:
        rows = kept_changes(connection, **asked)
    return [
        f"{row.plan.code} {row.change} {row.kind} {row.text} {row.cause} {row.from_version}>{row.to_version}"
        for row in rows
    ]


def test_what_is_kept(store: Store) -> None:
    def save(content: str, version: str, **facts: Any) -> None:
        store.save(plan("x", content, version=version, **facts), TEXT)

    begun = dt.datetime.now(dt.UTC)
    save("a", "1", targets=(target("t1"), target("t2", text="đạt 96%")))
    assert kept(store) == []
    save("a", "2", targets=(target("t1"),), tasks=(task("k1"),))
    save("a", "2", targets=(target("t1"),), tasks=(task("k1"),))  # nothing new
    first = dt.datetime.now(dt.UTC)
    save("b", "2", targets=(target("t1", unit="%"),), tasks=(task("k1"),))
    store.save(plan("y", "y", meta=metadata("464/KH-SYT")), TEXT)
    store.settle()
    older = ["463/KH-SYT lost target đạt 96% rules 1>2", "463/KH-SYT gained task Khám sức khỏe rules 1>2"]
    newer = ["463/KH-SYT altered target đạt 95% content 2>2"]
    assert kept(store) == newer + older
    assert kept(store, plan="463/KH-SYT") == newer + older
    assert kept(store, plan="464/KH-SYT") == []
    assert kept(store, since=first) == newer
    assert kept(store, since=begun.astimezone(dt.timezone(dt.timedelta(hours=7)))) == newer + older
    assert kept(store, kinds=["task", "section"]) == older[1:]
    with pytest.raises(KehoachError):
        kept(store, plan="465/KH-SYT")
    with store.reading() as connection:
        [row] = kept_changes(connection, since=first)
    assert [str(field) for field in row.fields] == ["unit: – → %"]
    assert first <= row.changed_at <= dt.datetime.now(dt.UTC)
    # What follows from facts is made anew; the history stays, and goes with its plan.
    with writing(store.engine) as connection:
        renew(connection)
    assert len(kept(store)) == 3
    store.remove("463/KH-SYT")
    with store.reading() as connection:
        assert connection.execute(select(t.FactChange.id)).all() == []
