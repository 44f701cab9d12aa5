"""What a search finds, in which order and with which words around it: the same on both databases.

Each text of TEXTS is a plan's one section; facts stand in it where a row says so.
"""

from __future__ import annotations

import msgspec
import pytest

from models.plan import Plan, SectionFact, Span, Task
from pipeline.errors import KehoachError
from pipeline.store import Store
from pipeline.store import search as module
from pipeline.store.derived import PASSAGE
from pipeline.store.search import Found, read_query, search
from store.plans import deadline, metadata, plan, reference, target

TEXTS = {
    "dại": "Phòng, chống bệnh dại trên người; tiêm phòng cho đàn chó, mèo.",
    "đại": "Bệnh viện mở đợt khám bệnh đại trà.",
    "xa": "Bệnh nhân được điều trị kịp thời, đúng phác đồ, giảm tử vong vì dại.",
    "mã": "Căn cứ Quyết định số 1274 /QĐ-UBND ngày 24/12/2021.",
    "lạ": "Mức 95% \"đặc biệt\" AND (không) NOT * col:on ^ 'x' — № ½ a_b.",
    "rời": "Kế hoạch tiêm chủng mở rộng".encode().decode(),
}


def holding(name: str, text: str, **facts: object) -> Plan:
    section = SectionFact(
        id="s1", parent=None, path="I", marker="I", level=1, heading="NỘI DUNG", heading_span=None,
        span=Span(0, len(text)), roles=("content",),
    )  # fmt: skip
    made = plan(name, name, meta=metadata(f"{name}/KH-SYT", title=None, issuer=None), sections=(section,), **facts)
    return msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, text_chars=len(text)))


@pytest.fixture
def filled(store: Store) -> Store:
    for name, text in TEXTS.items():
        store.save(holding(name, text), text)
    store.settle()
    return store


def find(store: Store, words: str, **asked: object) -> Found:
    with store.reading() as connection:
        return search(connection, words, **asked)  # type: ignore[arg-type]


def names(found: Found) -> list[str]:
    return [hit.plan.path or "" for hit in found.hits]


SEARCHES: list[tuple[str, list[str]]] = [
    # Without accents everything that reads so, đ as d; the closest together first.
    ("benh dai", ["đại", "dại", "xa"]),
    # The accents that were typed go first.
    ("bệnh đại", ["đại", "dại", "xa"]),
    ("BỆNH ĐẠI", ["đại", "dại", "xa"]),
    ("bệnh dại", ["dại", "xa", "đại"]),
    # All words; a phrase; without a word.
    ("benh cho", ["dại"]),
    ("benh sởi", []),
    ('"bệnh dại"', ["dại", "đại"]),
    ('"benh dai', ["đại", "dại"]),
    ("benh -cho", ["đại", "xa"]),
    ('benh -"benh dai"', ["xa"]),
    ("-cho benh dai", ["đại", "xa"]),
    # A code is a phrase, whatever signs and spaces part it.
    ("1274/QĐ-UBND", ["mã"]),
    ("qd-ubnd 1274", ["mã"]),
    ("ubnd-1274", []),
    # The signs and words of query languages are nothing but words.
    ("AND", ["lạ"]),
    ("không NOT and", ["lạ"]),
    ("col:on", ["lạ"]),
    ("dặc*", ["lạ"]),
    ("(khong)", ["lạ"]),
    ("NEAR(benh dai)", []),
    ("đặc' biệt", ["lạ"]),
    ("a_b | c", []),
    ("a_b", ["lạ"]),
    ("½", ["lạ"]),
    ("x & !y", []),
    # Whole words only.
    ("ben", []),
    # Letters that were typed as base and accent.
    ("tie\u0302m chu\u0309ng", ["rời"]),
]


@pytest.mark.parametrize(("words", "expected"), SEARCHES)
def test_what_is_found(filled: Store, words: str, expected: list[str]) -> None:
    assert names(find(filled, words)) == expected


@pytest.mark.parametrize("words", ["", " ", '"', "-", "-chó", '""', "* ^ -", '-"bệnh dại"'])
def test_nothing_to_look_for(filled: Store, words: str) -> None:
    with pytest.raises(KehoachError) as caught:
        find(filled, words)
    assert caught.value.code == "search_empty"


def test_reading_a_query() -> None:
    assert read_query('bệnh "tiêm phòng" -chó -"mèo hoang" bệnh 12/QĐ') == (
        ("bệnh", "tiêm phòng", "12/QĐ"),
        ("chó", "mèo hoang"),
    )


@pytest.mark.parametrize(
    ("words", "marked", "found"),
    [
        ("bệnh dại", "Phòng, chống «bệnh dại» trên người; tiêm phòng cho đàn chó, mèo.", "bệnh dại"),
        (
            "phòng chó",
            "«Phòng», chống bệnh dại trên người; tiêm «phòng» cho đàn «chó», mèo.",
            "Phòng, chống bệnh dại trên người; tiêm phòng cho đàn chó",
        ),
        ("1274/QĐ-UBND", "Căn cứ Quyết định số «1274 /QĐ-UBND» ngày 24/12/2021.", "1274 /QĐ-UBND"),
        ("tiêm chủng", "Kế hoạch «tiêm chủng» mở rộng", "tiêm chủng"),
    ],
)
def test_a_hit_shows_the_original(filled: Store, words: str, marked: str, found: str) -> None:
    hit = find(filled, words).hits[0]
    assert hit.marked == marked
    assert (hit.kind, hit.section, hit.heading, hit.id) == ("section", "I", "NỘI DUNG", "s1")
    assert hit.span
    assert TEXTS[hit.plan.path or ""][hit.span.start : hit.span.end] == found


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_snippet_is_cut_between_words(store: Store, form: str) -> None:
    import unicodedata

    text = unicodedata.normalize(form, "đầu " * 60 + "tiêm\n  chủng " + "cuối " * 60)  # type: ignore[arg-type]
    store.save(holding("a", text), text)
    hit = find(store, "tiêm chủng").hits[0]
    shown = unicodedata.normalize("NFC", hit.marked)
    assert shown.startswith("… đầu đầu") and shown.endswith("cuối cuối …") and "đầu «tiêm   chủng» cuối" in shown
    assert len(shown) < 2 * module.AROUND + 30
    assert hit.span
    assert text[hit.span.start : hit.span.end] == unicodedata.normalize(form, "tiêm\n  chủng")  # type: ignore[arg-type]


KINDS: list[tuple[str | None, list[str]]] = [
    (None, ["task k1", "plan None", "target t1", "reference r1", "deadline d1", "section s1"]),
    ("reference", ["reference r1"]),
    ("deadline", ["deadline d1"]),
    ("target", ["target t1"]),
    ("task", ["task k1"]),
    ("plan", ["plan None"]),
    ("section", ["section s1"]),
]


def test_kinds_provinces_years_and_limits(store: Store) -> None:
    text = "Sở Y tế tiêm chủng " + "và chống dịch " * 40
    facts = {
        "references": (reference(id="r1", title="chương trình tiêm chủng mở rộng giai đoạn mới"),),
        "deadlines": (
            deadline("d1", responsible="Khoa Tiêm chủng", recipient="Trung tâm Kiểm soát bệnh tật của tỉnh"),
        ),
        "targets": (target("t1", indicator="tỷ lệ tiêm chủng", page=3),),
        "tasks": (Task(id="k1", text="Tiêm chủng", span=Span(8, 18), section="s1"),),
    }
    meta = metadata(title="công tác tiêm chủng", period_start="2023-01-01", period_end="2023-12-31")
    first = msgspec.structs.replace(holding("a", text, **facts), metadata=meta)
    store.save(first, text)
    other = metadata("2/KH-SYT", "2026-01-01", title="tiêm chủng", province="Gia Lai", issuer=None)
    store.save(msgspec.structs.replace(holding("b", text), metadata=other), text)
    for kind, expected in KINDS:
        found = find(store, "tiêm chủng", kind=kind, province="quang ngai")
        assert sorted(f"{hit.kind} {hit.id}" for hit in found.hits) == sorted(expected), kind
    [fact] = find(store, "tiêm chủng", kind="target").hits
    assert (fact.page, fact.span, fact.snippet) == (3, Span(5, 12), "đạt 95% · tỷ lệ tiêm chủng")
    assert set(names(find(store, "tiêm chủng", year=2026))) == {"b"}
    assert set(names(find(store, "tiêm chủng", year=2023))) == {"a"}
    assert find(store, "tiêm chủng", year=2022).hits == ()
    assert set(names(find(store, "tiêm chủng", province="Gia Lai"))) == {"b"}
    whole = find(store, "tiêm chủng", limit=50)
    assert (len(whole.hits), whole.count, whole.more) == (8, 8, False)
    assert find(store, "tiêm chủng", limit=3).hits == whole.hits[:3]


def test_a_page_is_told_where_the_facts_around_leave_no_doubt(store: Store) -> None:
    text = "một hai ba bốn năm sáu"
    facts = (
        target("t1", span=Span(4, 7), page=2),
        target("t2", span=Span(15, 18), page=2),
        target("t3", span=Span(19, 22), page=3),
    )
    made = holding("a", text, targets=facts)  # fmt: skip
    store.save(msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, pages=4)), text)
    pages = {word: find(store, word, kind="section").hits[0].page for word in text.split()}
    assert pages == {"một": None, "hai": 2, "ba": 2, "bốn": 2, "năm": 2, "sáu": 3}


def test_only_so_many_are_ranked(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CANDIDATES", 2)
    found = find(filled, "benh dai")
    assert (names(found), found.count, found.more) == (["đại", "xa"], 2, True)


def test_an_appendix_of_any_length_is_found_once(store: Store) -> None:
    """PostgreSQL takes no text of a megabyte of different words, nor places behind the 16,383rd."""
    text = " ".join(f"từ{n}" for n in range(120_000)) + " tiêm chủng " + "tiêm chủng " * PASSAGE
    store.save(holding("a", text), text)
    assert [names(find(store, words)) for words in ('"tu119998 tu119999"', '"tiem chung"')] == [["a"], ["a"]]


def test_the_text_of_inner_sections_is_theirs(store: Store) -> None:
    text = "ngoài trong hết"
    outer = holding("a", text)
    inner = msgspec.structs.replace(outer.sections[0], id="s2", parent="s1", path="I.1", span=Span(6, 11))
    store.save(msgspec.structs.replace(outer, sections=(*outer.sections, inner)), text)
    found = {word: [hit.id for hit in find(store, word).hits] for word in text.split()}
    assert found == {"ngoài": ["s1"], "trong": ["s2"], "hết": ["s1"]}
    assert find(store, "hết").hits[0].span == Span(12, 15)
