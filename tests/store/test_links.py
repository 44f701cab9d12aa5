"""Which plans go together. The first table is what real plans say of others, read and stored in every order; the second
is drafts and what they may be drafts of."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from models import tables as t
from models.plan import Metadata, Plan
from models.text import Source
from pipeline.extract import extract
from pipeline.store import Store
from pipeline.store.bulk import insert_rows
from pipeline.store.database import writing
from pipeline.store.linking import link_plans
from pipeline.store.queries import plans
from store.plans import TEXT, dump, metadata, plan, sha256, write_down

HEAD = """UBND TỈNH CÀ MAU
SỞ Y TẾ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {code}
Cà Mau, ngày {date}

KẾ HOẠCH
{title}

{body}

Trên đây là Kế hoạch của Sở Y tế./.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn A
"""
FIRST = ("12/KH-SYT", "15 tháng 01 năm 2024", "Phòng, chống dịch bệnh năm 2024", "I. MỤC ĐÍCH\nGiảm số ca mắc.")
NEXT = "Phòng, chống dịch bệnh năm 2024"


def read(code: str, date: str, title: str, body: str) -> tuple[Plan, str]:
    text = HEAD.format(code=code, date=date, title=title, body=body)
    made = Source(text=text, path=f"/{code}", sha256=sha256(text), media_type="text/plain", reader="plain")
    return extract(made), text


def seen(store: Store) -> set[str]:
    """The links as "code kind code"."""
    with store.reading() as connection:
        rows = plans(connection)
    forward = {"amends", "replaces", "repeals", "draft_of"}
    return {
        f"{row.plan.code or row.plan.path} {link.kind} {link.plan.code or link.plan.path}"
        for row in rows
        for link in row.links
        if link.kind in forward
    }


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        # In the title.
        ("Điều chỉnh, bổ sung Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế về phòng, chống dịch bệnh", "", "amends"),
        ("Điều chỉnh, bổ sung một số nội dung Kế hoạch số 12/KH-SYT ngày 15/01/2024", "", "amends"),
        ("Sửa đổi, bổ sung Kế hoạch số 12/KH-SYT ngày 15 tháng 01 năm 2024 của Sở Y tế Cà Mau", "", "amends"),
        (f"{NEXT} (thay thế Kế hoạch số 12/KH-SYT ngày 15/01/2024)", "", "replaces"),
        # In the text.
        (f"{NEXT} (điều chỉnh)", "Sở Y tế điều chỉnh, bổ sung Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế như sau:", "amends"),
        (NEXT, "Sở Y tế ban hành Kế hoạch điều chỉnh Kế hoạch số 12/KH-SYT ngày 15/01/2024 với các nội dung sau:", "amends"),
        (NEXT, "Kế hoạch này thay thế Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế.", "replaces"),
        (NEXT, "Kế hoạch này thay thế cho Kế hoạch số 12/KH-SYT ngày 15/01/2024.", "replaces"),
        (NEXT, "Kế hoạch số 12/KH-SYT ngày 15/01/2024 được thay thế bằng Kế hoạch này.", "replaces"),
        (NEXT, "Kế hoạch này bãi bỏ Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế.", "repeals"),
        (NEXT, "Bãi bỏ Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế.", "repeals"),
        # Words that change nothing.
        (NEXT, "Các nội dung khác thực hiện theo Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế.", None),
        (NEXT, "Căn cứ Kế hoạch số 12/KH-SYT ngày 15/01/2024 của Sở Y tế;", None),
        # Another paper did it.
        (NEXT, "Kế hoạch số 30/KH-SYT ngày 20/02/2024 của Sở Y tế điều chỉnh Kế hoạch số 12/KH-SYT ngày 15/01/2024.", None),
        # Another number, another year, another office's plan.
        (NEXT, "Kế hoạch này thay thế Kế hoạch số 13/KH-SYT ngày 15/01/2024 của Sở Y tế.", None),
        (NEXT, "Kế hoạch này thay thế Kế hoạch số 12/KH-SYT ngày 15/01/2023 của Sở Y tế.", None),
        (NEXT, "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 15/01/2024 của UBND tỉnh.", None),
    ],
)  # fmt: skip
def test_what_a_plan_says_of_another(store: Store, title: str, body: str, expected: str | None) -> None:
    readings = [read(*FIRST), read("45/KH-SYT", "10 tháng 6 năm 2024", title, f"I. NỘI DUNG\n{body}")]
    for order in (readings, readings[::-1]):
        for each in order:
            store.save(*each)
            store.settle()
        assert seen(store) == ({f"45/KH-SYT {expected} 12/KH-SYT"} if expected else set())
        for code in ("12/KH-SYT", "45/KH-SYT"):
            store.remove(code)


def test_only_an_office_of_its_kind_and_an_earlier_plan(store: Store) -> None:
    """ "Tham mưu UBND tỉnh điều chỉnh ..." is work to do; what is issued later can't be amended."""
    body = "I. NỘI DUNG\nTham mưu UBND tỉnh điều chỉnh Kế hoạch số 7/KH-UBND ngày 02/01/2024 của UBND tỉnh."
    later = "I. NỘI DUNG\nKế hoạch này thay thế Kế hoạch số 99/KH-SYT ngày 15/11/2024 của Sở Y tế."
    store.save(*read("45/KH-SYT", "10 tháng 6 năm 2024", NEXT, f"{body}\n{later}"))
    store.save(*read("99/KH-SYT", "15 tháng 11 năm 2024", "Tiêm chủng", "I. MỤC ĐÍCH"))
    above = metadata("07/KH-UBND", "2024-01-02", issuer="UBND tỉnh Cà Mau", province="Cà Mau")
    store.save(plan("/u", "u", meta=above), TEXT)
    store.settle()
    assert {row["code"] for row in write_down(store)["catalogue"]} == {"07/KH-UBND", "99/KH-SYT"}
    assert seen(store) == set()


TITLE = "công tác dân số năm 2022"
SIGNED = {"title": TITLE, "period_start": "2022-01-01", "period_end": "2022-12-31"}


def signed(code: str = "463/KH-SYT", date: str = "2022-03-17", **fields: Any) -> Metadata:
    return metadata(code, date, **{**SIGNED, **fields})


def draft(date: str | None = "2022", **fields: Any) -> Metadata:
    return metadata(None, date, **{"symbol": "KH-SYT", **SIGNED, **fields})


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([draft(), signed()], {"0 draft_of 463/KH-SYT"}),
        # The title's letters, marks and breaks don't count; the office's spelling neither.
        ([draft(title="CÔNG TÁC DÂN SỐ,\nnăm 2022"), signed()], {"0 draft_of 463/KH-SYT"}),
        ([draft(issuer="SỞ Y TẾ  TỈNH QUẢNG NGÃI"), signed()], {"0 draft_of 463/KH-SYT"}),
        # Several drafts of one plan.
        ([draft(), draft("2022-03"), draft(None), signed()], {f"{n} draft_of 463/KH-SYT" for n in range(3)}),
        # Of two signed ones nobody knows which, unless the date tells.
        ([draft(), signed(), signed("464/KH-SYT", "2022-04-01")], set()),
        ([draft("2022-04"), signed(), signed("464/KH-SYT", "2022-04-01")], {"0 draft_of 464/KH-SYT"}),
        # A date that is another one, another title, office or period.
        ([draft("2023"), signed()], set()),
        ([draft("2022-03-16"), signed()], set()),
        ([draft(title="công tác dân số năm 2023"), signed()], set()),
        ([draft(issuer="Sở Y tế tỉnh Lai Châu", province="Lai Châu"), signed()], set()),
        ([draft(period_end=None), signed()], set()),
        # Without a title or an office nothing says that they are one.
        ([draft(title=None), signed(title=None)], set()),
        ([draft(issuer=None), signed(issuer=None)], set()),
        # A province whose map is not known by a year alone.
        ([draft("2025", province="Gia Lai", issuer="Sở Y tế tỉnh Gia Lai"), signed(date="2025-03-17", province="Gia Lai", issuer="Sở Y tế tỉnh Gia Lai")], {"0 draft_of 463/KH-SYT"}),
        # A number without a day is no draft, and not signed.
        ([signed(date="2022-03"), signed("464/KH-SYT")], set()),
        ([draft(), signed(date="2022-03")], set()),
    ],
)  # fmt: skip
def test_drafts(store: Store, plans: list[Metadata], expected: set[str]) -> None:
    made = [plan(str(n), str(n), meta=meta) for n, meta in enumerate(plans)]
    for order in itertools.permutations(made):
        for each in order:
            store.save(each, TEXT)
        store.settle()
        assert seen(store) == expected
        before = dump(store)
        store.settle()
        assert dump(store) == before
        for n in range(len(made)):
            store.remove(str(n))


def test_a_link_ends_with_what_it_stood_on(store: Store) -> None:
    store.save(plan("d", "d", meta=draft()), TEXT)
    store.save(plan("a", "a", meta=signed()), TEXT)
    store.save(plan("b", "b", meta=signed("464/KH-SYT", "2022-04-01")), TEXT)
    store.settle()
    assert seen(store) == set()
    store.remove("464/KH-SYT")
    assert seen(store) == {"d draft_of 463/KH-SYT"}
    assert [link.kind for link in store.links("463/KH-SYT")] == ["draft"]
    assert [link.kind for link in store.links("d")] == ["draft_of"]
    store.save(plan("d", "d-later", meta=draft(title="công tác khác")), TEXT)
    store.settle()
    assert seen(store) == set()


def test_many_drafts_of_one_office(store: Store) -> None:
    """Half of them drafts, all of one office and year: each finds its own signed form."""
    store.save(plan("a", "a", meta=signed()), TEXT)
    count = 5_000
    with writing(store.engine) as connection:
        [first] = connection.execute(t.Plan.__table__.select()).mappings().all()
        rows = []
        for n in range(count):
            number = None if n % 2 else str(n)
            own = {"id": 1000 + n, "key": f"k{n}", "identity": number, "number": number, "title": f"kế hoạch {n // 2}"}
            rows.append({**first, **own})
        insert_rows(connection, t.Plan.__table__, rows)
        link_plans(connection)
        assert len(connection.execute(t.PlanLink.__table__.select()).all()) == count // 2
