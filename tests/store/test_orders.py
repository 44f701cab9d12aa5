"""The same database from any order: plans that share documents, editions, links and spellings are saved in random
batches, settled or not in between, removed and saved again, and it is always what saving them one by one gives."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import tables as t
from models.plan import Metadata, Plan, Reference, Span
from pipeline.resolve.documents import key_of_plan
from pipeline.store import Store
from pipeline.store.catalogue import settle
from pipeline.store.database import writing
from pipeline.store.upkeep import check
from pipeline.store.writing import Reading, delete_plan
from store.plans import TEXT, deadline, metadata, plan, reference, target, write_down

OFFICE = "Sở Y tế tỉnh Quảng Ngãi"
TITLE = {"title": "công tác dân số năm 2022", "period_start": "2022-01-01", "period_end": "2022-12-31"}
FIRST = metadata("463/KH-SYT", "2022-03-17", **TITLE)


def changes(relation: Literal["amends", "replaces"], of: Metadata, date: str | None) -> Reference:
    """A mention that says that the plan which mentions it changed a plan."""
    cited = reference(of.code or "", date, of.issuer, type="KH", relation=relation)
    return Reference(
        **{name: getattr(cited, name) for name in cited.__struct_fields__ if name != "object"},
        object=cited.document_key,
    )


def numbered(*mentions: Reference) -> tuple[Reference, ...]:
    """Mentions one after the other in the text, each with an id of its own."""
    values = ({name: getattr(m, name) for name in m.__struct_fields__} for m in mentions)
    return tuple(Reference(**{**v, "id": f"r{n}", "span": Span(20 * n, 20 * n + 10)}) for n, v in enumerate(values))


def lai_chau(code: str, date: str, **fields: Any) -> Metadata:
    return metadata(code, date, issuer="Sở Y tế tỉnh Lai Châu", province="Lai Châu", **fields)


def gia_lai(code: str, date: str) -> Metadata:
    return metadata(code, date, issuer="Sở Y tế tỉnh Gia Lai", province="Gia Lai")


# Plans that are one are in one row: whoever removes one of them removes both.
PLANS: tuple[tuple[Plan, ...], ...] = (
    # Two editions of one plan, of which the second has more facts; a spelling of its office in capitals.
    (
        plan("/463.pdf", "463", meta=FIRST, references=numbered(reference("12/QĐ-UBND", "2021-12-24"))),
        plan("/463.docx", "463w", meta=FIRST, targets=(target(),), references=numbered(reference("12/QĐ-UBND"), reference("9/2020/NĐ-CP", issuer="Chính phủ"))),
    ),
    # Its draft, with a copy; a draft of nothing.
    (
        plan("/draft.docx", "draft", meta=metadata(None, "2022", **{**TITLE, "issuer": OFFICE.upper()})),
        plan("/copy.docx", "draft", meta=metadata(None, "2022", **{**TITLE, "issuer": OFFICE.upper()})),
    ),
    (plan("/other.docx", "other", meta=metadata(None, "2023-01", **TITLE), deadlines=(deadline(responsible="CDC tỉnh"),)),),
    # One amends it by its full name, one replaces it without saying of which year.
    (plan("/470.pdf", "470", meta=metadata("470/KH-SYT", "2022-05-02"), references=numbered(changes("amends", FIRST, "2022-03-17"))),),
    (plan("/480.pdf", "480", meta=metadata("480/KH-SYT", "2022-09-02"), references=numbered(changes("replaces", FIRST, None))),),
    # The same number a year later, and twice in one year: which of the two others mean nobody knows.
    (plan("/463-2023.pdf", "463-2023", meta=metadata("463/KH-SYT", "2023-03-17", **TITLE)),),
    (plan("/5a.pdf", "5a", meta=lai_chau("5/KH-SYT", "2022-01-05")),),
    (plan("/5b.pdf", "5b", meta=lai_chau("5/KH-SYT", "2022-01-06"), references=numbered(reference("12/QĐ-UBND", "2021-12-23"))),),
    (plan("/6.pdf", "6", meta=lai_chau("6/KH-SYT", "2022-01-07"), references=numbered(changes("amends", lai_chau("5/KH-SYT", "2022"), "2022-01-05"))),),
    # An undated mention, another title of it, two days of one document, a province before and after 2025.
    (plan("/1.pdf", "1", meta=gia_lai("1/KH-SYT", "2024-05-02"), references=numbered(reference("9/QĐ-UBND", None, "UBND tỉnh Gia Lai"), reference("15/2019/TT-BYT", "2019-07-11", "Bộ Y tế", title="quy định đấu thầu"))),),
    (plan("/2.pdf", "2", meta=gia_lai("2/KH-SYT", "2026-05-02"), references=numbered(reference("9/QĐ-UBND", "2024-02-01", "UBND TỈNH GIA LAI", title="giao"), reference("15/2019/TT-BYT", "2019-07-12", "Bộ Y tế", relation="basis"))),),
    (plan("/3.pdf", "3", meta=gia_lai("3/KH-SYT", "2025"), references=numbered(reference("9/QĐ-UBND", None, "UBND tỉnh Gia Lai"), reference("15/2019/TT-BYT", "2019-07", "Bộ y tế", title="quy định"))),),
    (plan("/4.pdf", "4", meta=metadata("4/KH-SYT", "2025-08-01", issuer="Sở Y tế tỉnh Gia Lai", province="Bình Định"), references=numbered(changes("replaces", gia_lai("1/KH-SYT", "2024"), "2024-05-02"))),),
)  # fmt: skip
FILES = [each for row in PLANS for each in row]


class Step(NamedTuple):
    """`save` plans one by one or `together`, `remove` the plan of a file, or `settle`."""

    do: Literal["save", "together", "remove", "settle"]
    paths: tuple[str, ...] = ()


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """Steps after which all files are saved."""
    waiting = list(draw(st.permutations([each.source.path for each in FILES])))
    saved: list[str] = []
    steps = []
    removals = draw(st.integers(0, 3))
    while waiting:
        count = draw(st.integers(1, len(waiting)))
        batch, waiting = waiting[:count], waiting[count:]
        steps.append(Step(draw(st.sampled_from(["save", "together"])), tuple(batch)))
        saved += batch
        if draw(st.booleans()):
            steps.append(Step("settle"))
        if removals and draw(st.booleans()):
            removals -= 1
            victim = draw(st.sampled_from(saved))
            [row] = [[f.source.path for f in row] for row in PLANS if victim in [f.source.path for f in row]]
            gone = [path for path in row if path in saved]
            steps.append(Step("remove", (victim,)))
            saved = [path for path in saved if path not in gone]
            waiting += gone
    return steps


BY_PATH = {each.source.path: each for each in FILES}


def live(store: Store, steps: list[Step]) -> dict[str, Any]:
    """What an empty database says after these steps."""
    with writing(store.engine) as connection:
        for plan_id in connection.execute(select(t.Plan.id)).scalars().all():
            delete_plan(connection, plan_id)
        settle(connection)
    for step in steps:
        if step.do == "settle":
            store.settle()
        elif step.do == "remove":
            store.remove(step.paths[0])
        elif step.do == "together":
            store.save_all([Reading(BY_PATH[path], TEXT) for path in step.paths])
        else:
            for path in step.paths:
                store.save(BY_PATH[path], TEXT)
    store.settle()
    assert check(store.engine) == []
    return write_down(store)


def test_any_order_gives_the_same_database(store: Store) -> None:
    expected = live(store, [Step("save", tuple(BY_PATH))])
    name = {row["plan"]["key"]: row["plan"]["path"] for row in expected["plans"]}
    assert {(name[one], kind, name[other]) for one, kind, other in expected["links"]} == {
        ("/copy.docx", "draft", "/463.docx"),
        ("/470.pdf", "amends", "/463.docx"),
        ("/480.pdf", "replaces", "/463.docx"),
        ("/4.pdf", "replaces", "/1.pdf"),
    }
    assert key_of_plan(FIRST) in {row[0] for row in expected["documents"]}

    # Nothing is made smaller: each try writes a whole database.
    @settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(histories())
    def holds(steps: list[Step]) -> None:
        assert live(store, steps) == expected

    holds()
