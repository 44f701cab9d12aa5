"""Facts that are more likely wrong than right are named in the plan's warnings, and stay."""

from __future__ import annotations

from array import array

import pytest

from extractors.notes import describe
from models.plan import Deadline, Metadata, PlanWarning, Reference, Span, Target
from models.text import Source, Text
from pipeline.doubts import LEAST, weighed
from pipeline.extract import extract

TEXT = "Theo ……. Quyết định số 12 của Sở ………. trước ngày 31/3 ………. đạt 95%"


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def warnings(metadata: Metadata, fact: Reference | Deadline | Target | None) -> tuple[PlanWarning, ...]:
    text = Text(TEXT, TEXT, array("I", range(len(TEXT) + 1)), ())
    kinds = [tuple(f for f in (fact,) if isinstance(f, kind)) for kind in (Reference, Deadline, Target)]
    return weighed(text, metadata, *kinds)[-1]  # type: ignore[arg-type]


SURE = Metadata(title="Phòng, chống bệnh dại")
DECISION = Reference(text="Quyết định số 12", span=place("Quyết định số 12"), confidence=0.3)
DUE = Deadline(text="trước ngày 31/3", span=place("trước ngày 31/3"), kind="deadline", confidence=0.2)
RATE = Target(text="đạt 95%", span=place("đạt 95%"), comparator="=", confidence=0.45)
DOUBTFUL = Metadata(title="Phòng, chống bệnh dại", confidence=0.4)

ROWS = [
    (SURE, DECISION, "văn bản dẫn chiếu “Quyết định số 12” có độ tin cậy 30%"),
    (SURE, DUE, "thời hạn “trước ngày 31/3” có độ tin cậy 20%"),
    (SURE, RATE, "chỉ tiêu “đạt 95%” có độ tin cậy 45%"),
    (DOUBTFUL, None, "thông tin văn bản “Phòng, chống bệnh dại” có độ tin cậy 40%"),
]


@pytest.mark.parametrize(("metadata", "fact", "words"), ROWS)
def test_a_doubtful_fact_is_named(metadata: Metadata, fact: Reference | Deadline | Target | None, words: str) -> None:
    (warning,) = warnings(metadata, fact)
    assert (warning.code, warning.span) == ("low_confidence", fact.span if fact else None)
    assert words in warning.message


def test_english() -> None:
    (warning,) = warnings(SURE, DUE)
    assert describe(warning.code, warning.values, "en").startswith("Not certain: the deadline “trước ngày 31/3”")


def test_what_is_as_likely_right_as_wrong_is_not_named() -> None:
    even = Target(text="đạt 95%", span=place("đạt 95%"), comparator="=", confidence=LEAST)
    assert warnings(SURE, even) == ()


def test_the_fact_stays_in_the_plan() -> None:
    text = "# SỞ Y TẾ\n\nKẾ HOẠCH\nPhòng, chống dịch\n\n1. Các đơn vị gửi báo cáo về Sở Y tế trước ngày 31/02.\n"
    plan = extract(Source(path="plan.md", media_type="text/markdown", text=text, sha256="", reader="plain"))
    (deadline,) = plan.deadlines
    assert deadline.confidence < LEAST
    named = [w for w in plan.warnings if w.code == "low_confidence"]
    assert [text[slice(*w.span)] for w in named if w.span] == ["trước ngày 31/02"]
