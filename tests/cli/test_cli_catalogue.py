"""Search, the catalogue with its filters, one document, conflicts and decisions on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_plans import OTHER, PLAN, TEXT
from running import Ended

from models.plan import Plan, Reference, Span
from pipeline.store import open_store

KEY = "12/QĐ-UBND | 2024"


def mention(date: str, relation: str = "basis", **fields: str) -> Reference:
    words = f"Quyết định số 12/QĐ-UBND ngày {date}"
    return Reference(
        text=words, span=Span(0, 9), code="12/QĐ-UBND", type="QĐ", date=date, relation=relation, document_key=KEY,
        id=f"r-{date}", **fields,
    )  # fmt: skip


def citing(plan: Plan, *mentions: Reference) -> Plan:
    return msgspec.structs.replace(plan, references=mentions)


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """One decision with two days, which a third paper repealed before the later plan."""
    path = tmp_path / "plans.db"
    by = Reference(
        text="Quyết định số 15/QĐ-UBND", span=Span(0, 9), code="15/QĐ-UBND", type="QĐ", date="2025-03-01", id="r3",
        relation="repeals", object=KEY, document_key="15/QĐ-UBND | 2025",
    )  # fmt: skip
    with open_store(path) as store:
        store.save(citing(PLAN, mention("2024-05-24"), by), TEXT)
        store.save(citing(OTHER, mention("2024-05-23"), mention("2024-05-24")), TEXT)
        store.settle()
    return path


def rows(ended: Ended) -> list[dict[str, str]]:
    assert (ended.code, ended.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ended.out)))


def test_search_as_a_table_and_as_data(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("search", "bao", "hiem", "y", "te", "--db", db)
    assert (ended.code, ended.err) == (0, "")
    assert "Kết quả (1)" in ended.out
    assert "30/KH-SYT · Cà Mau   chỉ tiêu   92,5% người dân có «bảo hiểm y tế»" in ended.out
    [hit] = json.loads(kehoach("search", "bao hiem", "--json", "--db", db).out)
    assert hit["snippet"][slice(*hit["marks"][0])] == "bảo hiểm"
    [row] = rows(kehoach("search", '"bảo hiểm"', "--csv", "--db", db))
    assert (row["plan_code"], row["kind"], row["marked"]) == (
        "30/KH-SYT",
        "target",
        "92,5% người dân có «bảo hiểm» y tế",
    )


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["dai"], 2),
        (["dai", "--kind", "plan"], 1),
        (["dai", "--province", "ha giang"], 2),
        (["dai", "--year", "2026"], 0),
        (["dai", "--limit", "1"], 1),
        (["dai -cho"], 1),
    ],
)
def test_search_in_a_part(kehoach: Callable[..., Ended], db: Path, options: list[str], count: int) -> None:
    assert len(rows(kehoach("search", *options, "--csv", "--db", db))) == count


def test_search_that_finds_nothing_or_asks_nothing(kehoach: Callable[..., Ended], db: Path) -> None:
    assert kehoach("search", "sởi", "--db", db).out == "Không tìm thấy.\n"
    ended = kehoach("search", '"', "--db", db, "--lang", "en")
    assert (ended.code, ended.err) == (1, 'kehoach: there is no word to look for in “"”.\n')


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], ["12/QĐ-UBND", "15/QĐ-UBND"]),
        (["--search", "15/qd"], ["15/QĐ-UBND"]),
        (["--type", "quyết định", "--limit", "1"], ["12/QĐ-UBND"]),
        (["--status", "repealed"], ["12/QĐ-UBND"]),
        (["--conflicts"], ["12/QĐ-UBND"]),
        (["--cited-since", "1/1/2026"], ["12/QĐ-UBND"]),
        (["--cited-since", "2026-02"], []),
        (["--read"], []),
        (["--issuer", "Bộ Y tế"], []),
    ],
)
def test_catalogue_is_filtered(
    kehoach: Callable[..., Ended], disputed: Path, options: list[str], codes: list[str]
) -> None:
    assert [row["code"] for row in rows(kehoach("catalogue", *options, "--csv", "--db", disputed))] == codes


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["deadlines", "--all", "--province", "Nowhere"], "không có tỉnh, thành phố nào tên “Nowhere”."),
        (["deadlines", "--all", "--province", "Ha Gianh"], "không có tỉnh, thành phố nào tên “Ha Gianh” (Hà Giang?"),
        (["deadlines", "--province", "zzz", "--ics", "a.ics"], "không có tỉnh, thành phố nào tên “zzz”."),
        (["deadlines", "--from", "2/1/2026", "--to", "1/1/2026"], "ngày bắt đầu 02/01/2026 sau ngày kết thúc 01/01/2026."),
        (["targets", "--province", "zzz"], "không có tỉnh, thành phố nào tên “zzz”."),
        (["search", "dai", "--province", "zzz"], "không có tỉnh, thành phố nào tên “zzz”."),
        (["catalogue", "--type", "blah"], "không có loại văn bản nào là “blah”."),
        (["catalogue", "--type", "quyet dinhh"], "không có loại văn bản nào là “quyet dinhh” (Quyết định?"),
        (["document", "118/kh-syt"], "“118/kh-syt” là một kế hoạch đã lưu mà chưa kế hoạch nào dẫn chiếu; xem bằng: kehoach show 118/kh-syt"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_an_error(
    kehoach: Callable[..., Ended], disputed: Path, tmp_path: Path, words: list[str], says: str
) -> None:
    ended = kehoach(*words, "--db", disputed)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"kehoach: {says}")
    assert not list(tmp_path.glob("*.ics"))


@pytest.mark.parametrize("name", ["Huế", "hue", "Thừa Thiên - Huế", "TP. Hồ Chí Minh", "tỉnh Cao Bằng", "bac  kan"])
def test_a_province_without_plans_is_an_empty_answer(kehoach: Callable[..., Ended], disputed: Path, name: str) -> None:
    assert kehoach("targets", "--province", name, "--db", disputed).code == 0
    assert rows(kehoach("targets", "--province", name, "--csv", "--db", disputed)) == []


def test_catalogue_says_how_many_there_are(kehoach: Callable[..., Ended], disputed: Path) -> None:
    ended = kehoach("catalogue", "--limit", "1", "--db", disputed)
    assert "Văn bản được dẫn chiếu (1/2)" in ended.out
    assert "bị bãi bỏ" in " ".join(ended.out.split())
    assert kehoach("catalogue", "--read", "--db", disputed).out == "Không có văn bản nào như vậy.\n"


def test_plans_that_rest_on_what_is_gone(kehoach: Callable[..., Ended], disputed: Path) -> None:
    found = rows(kehoach("catalogue", "--still-cited", "--csv", "--db", disputed))
    assert {(r["plan_code"], r["code"], r["status_since"]) for r in found} == {
        ("30/KH-SYT", "12/QĐ-UBND", "2025-03-01")
    }
    ended = kehoach("catalogue", "--still-cited", "--db", disputed)
    assert "Còn căn cứ vào văn bản hết hiệu lực (2)" in ended.out
    wrong = kehoach("catalogue", "--still-cited", "--read", "--db", disputed)
    assert (wrong.code, wrong.out) == (2, "")


def test_one_document(kehoach: Callable[..., Ended], disputed: Path) -> None:
    ended = kehoach("document", "12/qd-ubnd", "--db", disputed)
    assert (ended.code, ended.err) == (0, "")
    for words in ("12/QĐ-UBND · 24/05/2024", "3 lần trong 2 kế hoạch của 2 tỉnh", "bị bãi bỏ từ 01/03/2025 bởi 15/QĐ-UBND | 2025"):  # fmt: skip
        assert words in ended.out
    page = json.loads(kehoach("document", KEY, "--json", "--db", disputed).out)
    assert [c["plan"]["code"] for c in page["citations"]] == ["30/KH-SYT", "30/KH-SYT", "118/KH-SYT"]
    unknown = kehoach("document", "99/QĐ-UBND", "--db", disputed)
    assert (unknown.code, unknown.out) == (1, "")


def replaced(tmp_path: Path) -> Path:
    """A decision that one plan rests on, and of which another says that a later one replaced it."""
    path = tmp_path / "plans.db"
    by = Reference(
        text="Quyết định số 15/QĐ-UBND", span=Span(0, 4), code="15/QĐ-UBND", type="QĐ", date="2025-03-01", id="r1",
        relation="implements", document_key="15/QĐ-UBND | 2025",
    )  # fmt: skip
    old = msgspec.structs.replace(mention("2024-05-24", "replaces", object=KEY), span=Span(5, 9))
    with open_store(path) as store:
        store.save(citing(PLAN, mention("2024-05-24")), TEXT)
        store.save(citing(OTHER, by, old), TEXT)
        store.settle()
    return path


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Cited: 2 times in 2 plans of 2 provinces; 03/02/2025 – 20/01/2026; basis 1, replaced 1",
                "Status: replaced from 01/03/2025 by 15/QĐ-UBND | 2025",
                "12/QĐ-UBND | 2024 replaced 15/QĐ-UBND | 2025 30/KH-SYT · Cà Mau",
                "30/KH-SYT · Cà Mau replaced 24/05/2024",
            ],
        ),
        (
            "vi",
            [
                "Được dẫn: 2 lần trong 2 kế hoạch của 2 tỉnh; 03/02/2025 – 20/01/2026; căn cứ 1, được thay thế 1",
                "Tình trạng: được thay thế từ 01/03/2025 bởi 15/QĐ-UBND | 2025",
                "12/QĐ-UBND | 2024 được thay thế 15/QĐ-UBND | 2025 30/KH-SYT · Cà Mau",
                "30/KH-SYT · Cà Mau được thay thế 24/05/2024",
            ],
        ),
    ],
)
def test_what_happened_to_a_document_reads_from_its_side(
    kehoach: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, lines: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    db = replaced(tmp_path)
    for document in (KEY, "15/QĐ-UBND"):
        ended = kehoach("--lang", language, "document", document, "--db", db)
        out = [" ".join(line.split()) for line in ended.out.splitlines()]
        if document == KEY:
            assert [line for line in lines if not any(each.startswith(line) for each in out)] == []
        else:
            assert any(each.startswith(lines[2]) for each in out)
            assert (
                "1 time in 1 plan of 1 province;" if language == "en" else "1 lần trong 1 kế hoạch của 1 tỉnh;"
            ) in ended.out
    shown = kehoach("--lang", language, "show", "30/KH-SYT", "--db", db).out
    assert f"{'replaced' if language == 'en' else 'được thay thế'} 12/QĐ-UBND" in " ".join(shown.split())
    page = json.loads(kehoach("document", KEY, "--json", "--db", db).out)
    assert [(each["relation"], each["happened"]) for each in page["citations"]] == [
        ("replaces", True),
        ("basis", False),
    ]


def test_conflicts_are_decided(kehoach: Callable[..., Ended], disputed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = kehoach("conflicts", "--db", disputed)
    assert "Cần quyết định (1)" in ended.out and "ngày nào đúng?" in " ".join(ended.out.split())
    said = rows(kehoach("conflicts", "--csv", "--db", disputed))
    assert [(r["date"], r["plan_code"]) for r in said] == [
        ("2024-05-23", "30/KH-SYT"),
        ("2024-05-24", "30/KH-SYT"),
        ("2024-05-24", "118/KH-SYT"),
    ]
    assert len(json.loads(kehoach("conflicts", "--json", "--db", disputed).out)[0]["sides"]) == 2
    monkeypatch.setenv("KEHOACH_USER", "Nguyễn Lan")
    ended = kehoach("decide", KEY, "--date", "23/5/2024", "--note", "bản gốc", "--db", disputed)
    assert (ended.code, ended.out) == (0, f"Đã ghi: {KEY} ban hành ngày 23/05/2024, theo Nguyễn Lan.\n")
    assert kehoach("conflicts", "--db", disputed).out == "Không có gì cần quyết định.\n"
    shown = kehoach("document", KEY, "--db", disputed).out
    assert "12/QĐ-UBND · 23/05/2024" in shown and "(Nguyễn Lan, " in shown and "“bản gốc”" in shown
    ended = kehoach("decide", KEY, "--same-as", "15/QĐ-UBND", "--by", "Minh", "--lang", "en", "--db", disputed)
    assert ended.out == f"Kept: {KEY} is 15/QĐ-UBND, says Minh.\n"
    assert [r["code"] for r in rows(kehoach("catalogue", "--csv", "--db", disputed))] == ["15/QĐ-UBND"]
    assert kehoach("decide", KEY, "--withdraw", "--db", disputed).out == f"Đã bỏ quyết định về {KEY}.\n"
    assert kehoach("decide", KEY, "--withdraw", "--db", disputed).code == 1


def test_decisions_about_documents_are_listed(kehoach: Callable[..., Ended], disputed: Path) -> None:
    assert kehoach("conflicts", "--decided", "--db", disputed).out == "Chưa có quyết định nào về các văn bản.\n"
    assert kehoach("review", "--db", disputed).out == "Chưa có quyết định nào về các mục tin.\n"
    kehoach("decide", KEY, "--date", "23/5/2024", "--note", "bản gốc", "--by", "Lan", "--db", disputed)
    kehoach("decide", "15/QĐ-UBND", "--apart-from", KEY, "--by", "Minh", "--db", disputed)
    words = f"15/QĐ-UBND | 2025 không phải là {KEY}"
    found = rows(kehoach("conflicts", "--decided", "--csv", "--db", disputed))
    assert [(r["code"], r["decision"], r["by"], r["note"]) for r in found] == [
        ("15/QĐ-UBND", words, "Minh", ""),
        ("12/QĐ-UBND", f"{KEY} ban hành ngày 23/05/2024", "Lan", "bản gốc"),
    ]
    [newest] = json.loads(kehoach("conflicts", "--decided", "--json", "--limit", 1, "--db", disputed).out)
    assert (newest["kind"], newest["others"], newest["by"]) == ("document_apart", [KEY], "Minh")
    table = kehoach("--lang", "en", "conflicts", "--decided", "--limit", 1, "--db", disputed).out
    assert table.startswith("Decisions about documents (1/2)\n") and "Minh" in table and "Lan" not in table
    hint = "Về các văn bản có 2 quyết định: kehoach conflicts --decided\n"
    assert kehoach("review", "--db", disputed).out.endswith(hint)


@pytest.mark.parametrize("options", [[], ["--withdraw", "--date", "1/1/2024"], ["--date", "2024-05"]])
def test_decide_wants_one_thing(kehoach: Callable[..., Ended], disputed: Path, options: list[str]) -> None:
    ended = kehoach("decide", KEY, *options, "--db", disputed)
    assert (ended.code, ended.out) == (2, "")


def test_who_decides_is_the_systems_user_without_a_name(
    kehoach: Callable[..., Ended], disputed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KEHOACH_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "lan")
    assert "theo lan." in kehoach("decide", KEY, "--date", "2024-05-23", "--db", disputed).out
