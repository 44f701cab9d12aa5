"""What a plan with slips says: facts read as meant, quoted as they stand, with less confidence and a warning."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.confidence import sure
from extractors.notes import describe
from models.plan import Deadline, Plan, Reference, Target
from models.text import Source
from pipeline.extract import extract

HEAD = "SỞ Y TẾ TỈNH HÀ NAM\n\nKẾ HOẠCH\nPhòng, chống dịch bệnh năm 2026\n\n"

ROWS = [
    # what stands there, kind, the fact's words, a field of it and its value, the slips
    ("II. CHỈ TIÊU\n\n- Phần đầu đến năm 2028, tỷ lê tiêm chủng đạt 96%.", "targets", "tiêm chủng đạt 96%", ("low", 96.0),
     [("Phần đầu", "Phấn đấu"), ("tỷ lê", "tỷ lệ")]),
    ("II. MỤC TIÊU, CHI TIÊU\n\n- Số ca tử vong dưởi 05 ca.", "targets", "dưởi 05 ca", ("comparator", "<"),
     [("CHI TIÊU", "CHỈ TIÊU"), ("dưởi", "dưới")]),
    ("II. CHỈ TIÊU\n\n- Từ 9O% trờ lên số xã có bác sĩ.", "targets", "9O% trờ lên", ("low", 90.0),
     [("9O", "90"), ("trờ lên", "trở lên")]),
    ("Căn cứ Quyêt định số l5/QĐ-UBND ngày O8/4/2O24 của UBND tỉnh;", "references", "Quyêt định số l5/QĐ-UBND ngày O8/4/2O24",
     ("code", "15/QĐ-UBND"), [("Quyêt định", "Quyết định"), ("l5", "15"), ("O8/4/2O24", "08/4/2024")]),
    ("Căn cứ Thông tu số 1O/2O24/TT-BYT;", "references", "Thông tu số 1O/2O24/TT-BYT", ("code", "10/2024/TT-BYT"),
     [("Thông tu", "Thông tư"), ("1O", "10"), ("2O24", "2024")]),
    ("III. TỔ CHỨC THỰC HIỆN\n\n- Các trạm gửi số liệu truớc ngày l5/6/2026.", "deadlines", "truớc ngày l5/6/2026",
     ("end_date", "2026-06-15"), [("truớc", "trước"), ("l5/6/2026", "15/6/2026")]),
]  # fmt: skip


def read(text: str) -> Plan:
    return extract(Source(text=text, path="plan.txt", sha256="", media_type="text/plain", reader="plain"))


def facts(plan: Plan, kind: str) -> Sequence[Reference | Deadline | Target]:
    return {"references": plan.references, "deadlines": plan.deadlines, "targets": plan.targets}[kind]


@pytest.mark.parametrize(("words", "kind", "quote", "field", "slips"), ROWS)
def test_read_as_meant_quoted_as_it_stands(
    words: str, kind: str, quote: str, field: tuple[str, object], slips: list[tuple[str, str]]
) -> None:
    text = HEAD + words
    plan = read(text)
    fact = next(fact for fact in facts(plan, kind) if quote in fact.text)
    assert getattr(fact, field[0]) == field[1]
    assert text[slice(*fact.span)] == fact.text
    told = [(w.values["words"], w.values["read"]) for w in plan.warnings if w.code == "ocr_slip"]
    assert told == slips
    assert [text[slice(*w.span)] for w in plan.warnings if w.code == "ocr_slip" and w.span] == [s for s, _ in slips]


def test_a_slip_costs_confidence() -> None:
    whole, slipped = (read(f"{HEAD}II. CHỈ TIÊU\n\n- Tỷ lệ ca nặng {word} 5%.").targets for word in ("dưới", "dưởi"))
    assert whole[0].confidence == sure("targets.clean")
    assert slipped[0].confidence == sure("targets.slip")
    assert (slipped[0].comparator, slipped[0].high) == (whole[0].comparator, whole[0].high) == ("<", 5.0)


def test_what_is_not_certain_is_told_and_kept() -> None:
    text = (
        HEAD + "I. MỤC ĐÍCH\n\nKế hoạch được thực hiện đến hết năm 20275.\n\nHọp giao ban ngày 05 tháng 14 năm 2026.\n"
    )
    told = [w for w in read(text).warnings if w.code == "ocr_doubt"]
    assert [text[slice(*w.span)] for w in told if w.span] == ["năm 20275", "tháng 14"]
    assert "năm thừa chữ số" in told[0].message
    assert "there is no such month" in describe(told[1].code, told[1].values, "en")


def test_a_text_without_slips_has_no_such_warning() -> None:
    text = HEAD + "II. CHỈ TIÊU\n\n- Phần đầu của báo cáo nêu chi tiêu ngân sách; phấn đấu đạt 95%.\n"
    assert not [w for w in read(text).warnings if w.code.startswith("ocr_")]


HEADS = [
    # letterhead and title, code, date, confidence
    ("Số: 15/KH-SYT\n\nHà Nam, ngày 03 tháng 02 năm 2026\n\nKẾ HOẠCH", "2026-02-03", "clean"),
    ("Số: l5/KH-SYT\n\nHà Nam, ngày O3 tháng 02 năm 2O26\n\nKÊ HOẠCH", "2026-02-03", "slip"),
    ("Số: 15/KH-SYT\n\nHà Nam, ngày 31 tháng 02 năm 2026\n\nKẾ HOẠCH", "2026-02", "slip"),
]


@pytest.mark.parametrize(("head", "date", "reason"), HEADS)
def test_slips_of_the_letterhead(head: str, date: str, reason: str) -> None:
    found = read(
        f"SỞ Y TẾ TỈNH HÀ NAM\n{head}\nPhòng, chống dịch bệnh năm 2026\n\nI. MỤC ĐÍCH\n\nGiảm số ca mắc.\n"
    ).metadata
    assert (found.code, found.issue_date, found.doc_type) == ("15/KH-SYT", date, "KH")
    assert found.confidence == pytest.approx(sure(f"metadata.{reason}"), abs=0.001)
