"""Facts that are more likely wrong than right are named in the plan's warnings, and stay."""

from __future__ import annotations

import pytest

from extractors.notes import describe
from models.plan import Deadline, Metadata, Reference, Span, Target
from models.text import Source
from pipeline.doubts import LEAST, low_confidence
from pipeline.extract import extract

SURE = Metadata(title="Phòng, chống bệnh dại")
DECISION = Reference(text="Quyết định số 12", span=Span(10, 26), confidence=0.3)
DUE = Deadline(text="trước ngày 31/3", span=Span(40, 55), kind="deadline", confidence=0.2)
RATE = Target(text="đạt 95%", span=Span(60, 67), comparator="=", confidence=0.45)
DOUBTFUL = Metadata(title="Phòng, chống bệnh dại", confidence=0.4)

ROWS = [
    (SURE, DECISION, "văn bản dẫn chiếu “Quyết định số 12” có độ tin cậy 30%", (10, 26)),
    (SURE, DUE, "thời hạn “trước ngày 31/3” có độ tin cậy 20%", (40, 55)),
    (SURE, RATE, "chỉ tiêu “đạt 95%” có độ tin cậy 45%", (60, 67)),
    (DOUBTFUL, None, "thông tin văn bản “Phòng, chống bệnh dại” có độ tin cậy 40%", None),
]


@pytest.mark.parametrize(("metadata", "fact", "words", "span"), ROWS)
def test_a_doubtful_fact_is_named(
    metadata: Metadata, fact: Reference | Deadline | Target | None, words: str, span: tuple[int, int] | None
) -> None:
    kinds = [[f for f in (fact,) if isinstance(f, kind)] for kind in (Reference, Deadline, Target)]
    (warning,) = low_confidence(metadata, *kinds)  # type: ignore[arg-type]
    assert (warning.code, warning.span) == ("low_confidence", span)
    assert words in warning.message


def test_english() -> None:
    (warning,) = low_confidence(SURE, (), (DUE,), ())
    assert describe(warning.code, warning.values, "en").startswith("Not certain: the deadline “trước ngày 31/3”")


def test_what_is_as_likely_right_as_wrong_is_not_named() -> None:
    even = Target(text="đạt 95%", span=Span(0, 7), comparator="=", confidence=LEAST)
    assert low_confidence(SURE, (), (), (even,)) == ()


def test_the_fact_stays_in_the_plan() -> None:
    text = "# SỞ Y TẾ\n\nKẾ HOẠCH\nPhòng, chống dịch\n\n1. Các đơn vị gửi báo cáo về Sở Y tế trước ngày 31/02.\n"
    plan = extract(Source(path="plan.md", media_type="text/markdown", text=text, sha256="", reader="plain"))
    (deadline,) = plan.deadlines
    assert deadline.confidence < LEAST
    named = [w for w in plan.warnings if w.code == "low_confidence"]
    assert [text[slice(*w.span)] for w in named if w.span] == ["trước ngày 31/02"]
