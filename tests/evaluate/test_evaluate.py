"""Pairing, counting and reporting, on small plans made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.plan import Deadline, Metadata, Plan, Reference, SectionFact, SourceInfo, Span, Target
from pipeline.errors import UnreadableError
from pipeline.evaluate import GoldError, Report, closeness, evaluate, pair

TEXT = (
    "I. MỤC TIÊU\nTỷ lệ tiêm chủng đạt 95%. Trước ngày 31/3/2026 báo cáo Sở Y tế, theo Quyết định số 12/QĐ-SYT.\n"
    "Trước ngày 31/3/2026\n"
)
GOLD = """
source = "plan.txt"

[metadata]
doc_type = "KH"
number = ""
recipients = 2
province = "Huế"

[[sections]]
quote = "I. MỤC TIÊU"
path = "I"
roles = ["targets"]

[[references]]
quote = "Quyết định số 12/QĐ-SYT"
code = "12/QĐ-SYT"
relation = "mentions"

[[deadlines]]
quote = "Trước ngày 31/3/2026"
kind = "deadline"
end_date = "2026-03-31"
recipient = "Sở Y tế"

[[deadlines]]
quote = "Trước ngày 31/3/2026"
nth = 2
kind = "deadline"
end_date = "2026-03-31"
optional = true

[[targets]]
quote = "đạt   95%"
comparator = "="
low = 95
high = 95
unit = "%"
indicator = "Tỷ lệ tiêm chủng"
"""


def at(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def plan(**facts: object) -> Plan:
    source = SourceInfo(
        path="plan.txt", sha256="", media_type="text/plain", pages=None, reader="plain", ocr=False,
        text_chars=len(TEXT), text_sha256="", extractor_version="",
    )  # fmt: skip
    return Plan(source=source, metadata=Metadata(doc_type="KH", recipients=("a", "b"), province="Huế"), **facts)  # type: ignore[arg-type]


SECTION = SectionFact(
    id="s", parent=None, path="I", marker="I", level=1, heading="MỤC TIÊU", heading_span=at("I. MỤC TIÊU"),
    span=Span(0, len(TEXT)), roles=("targets",),
)  # fmt: skip
DECISION = Reference(text="Quyết định số 12/QĐ-SYT", span=at("Quyết định số 12/QĐ-SYT"), code="12/QĐ-SYT")
DUE = Deadline(text="Trước ngày 31/3/2026", span=at("Trước ngày 31/3/2026"), kind="deadline", end_date="2026-03-31")
RATE = Target(text="đạt 95%", span=at("đạt 95%"), comparator="=", low=95, high=95, unit="%", indicator="tiêm chủng")


def measure(folder: Path, found: Plan, gold: str = GOLD) -> Report:
    (folder / "plan.toml").write_text(gold, encoding="utf-8")
    return evaluate(folder, folder, lambda _: (found, TEXT))


def test_all_right(tmp_path: Path) -> None:
    report = measure(tmp_path, plan(sections=(SECTION,), references=(DECISION,), deadlines=(DUE,), targets=(RATE,)))
    assert [(s.gold, s.found, s.detected, s.strict) for s in report.groups.values()] == [(1, 1, 1, 1)] * 4
    assert report.worst == 1
    # what agrees is told for the fields that the gold has; a missing recipient is no error of the strict measure
    assert report.groups["deadlines"].agreement == {"recipient": (0, 1)}
    assert report.groups["targets"].agreement == {"indicator": (1, 1)}
    assert [str(miss) for miss in report.misses] == [
        "plan: deadlines: recipient: 'Trước ngày 31/3/2026': wanted 'Sở Y tế', got None"
    ]


def test_nothing_found(tmp_path: Path) -> None:
    report = measure(tmp_path, plan())
    assert [(s.gold, s.found, s.detected) for s in report.groups.values()] == [(1, 0, 0)] * 4
    assert report.worst == 0
    assert {miss.kind for miss in report.misses} == {"missed"}


def test_optional_items_count_neither_way(tmp_path: Path) -> None:
    again = Deadline(text="", span=at("Trước ngày 31/3/2026", 2), kind="interval")
    report = measure(tmp_path, plan(deadlines=(DUE, again)))
    assert (report.groups["deadlines"].gold, report.groups["deadlines"].found) == (1, 1)
    assert report.groups["deadlines"].strict_f1 == 1


def test_extra_and_wrong_items_are_told(tmp_path: Path) -> None:
    wrong = Target(text="đạt 95%", span=at("đạt 95%"), comparator=">=", low=95, unit="%")
    extra = Reference(text="Sở Y tế", span=at("Sở Y tế"), code="1/QĐ-SYT")
    report = measure(tmp_path, plan(references=(DECISION, extra), targets=(wrong,)))
    assert (report.groups["targets"].detected, report.groups["targets"].strict) == (1, 0)
    assert report.groups["references"].strict_f1 == pytest.approx(2 / 3)
    told = [str(miss) for miss in report.misses if miss.kind in ("wrong", "extra")]
    assert told == [
        "plan: references: extra: 'Sở Y tế'",
        "plan: targets: wrong: 'đạt   95%': wanted {'comparator': '=', 'high': 95}, got {'comparator': '>=', 'high': None}",
    ]


def test_metadata(tmp_path: Path) -> None:
    report = measure(tmp_path, plan(), GOLD.replace("recipients = 2", "recipients = 3"))
    assert (report.metadata_right, report.metadata_fields) == (3, 4)


def test_an_unreadable_document_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(GOLD, encoding="utf-8")

    def refuse(path: Path) -> tuple[Plan, str]:
        raise UnreadableError("empty", path.name)

    report = evaluate(tmp_path, tmp_path, refuse)
    assert [s.gold for s in report.groups.values()] == [1] * 4
    assert report.misses[0].kind == "unreadable"
    assert report.metadata_right == 1  # no number is wanted and none was found


def test_a_quote_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="đạt 96%"):
        measure(tmp_path, plan(), GOLD.replace("đạt   95%", "đạt 96%"))


def test_another_format_of_the_same_plan_is_read_where_the_gold_names_one(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('file = "plans/plan.docx"\n' + GOLD, encoding="utf-8")
    asked: list[str] = []

    def extract(path: Path) -> tuple[Plan, str]:
        asked.append(path.relative_to(tmp_path).as_posix())
        return plan(), TEXT

    evaluate(tmp_path, tmp_path, extract)
    assert asked == ["plans/plan.docx"]


def test_closeness() -> None:
    assert closeness((10, 20), (10, 20)) == 1
    assert closeness((10, 20), (10, 30)) == 0.5
    assert closeness((10, 20), (0, 10)) == 0  # side by side is not together
    assert closeness((10, 20), None) == 0
    assert closeness((10, 20), (0, 150)) > 0
    assert closeness((10, 20), (0, 151)) == 0  # longer than three times the quote and 120 characters


def test_a_strict_pair_goes_before_a_close_one() -> None:
    gold = [{"kind": "deadline", "end_date": "2026-03-31"}]
    found = [
        {"kind": "interval", "end_date": "2026-03-31", "span": [10, 20]},
        {"kind": "deadline", "end_date": "2026-03-31", "span": [12, 20]},
    ]
    assert pair("deadlines", gold, [(10, 20)], found) == [(0, 1, True)]


def test_each_item_is_in_one_pair() -> None:
    gold = [{"kind": "deadline", "end_date": "2026-03-31"}] * 2
    found = [{"kind": "deadline", "end_date": "2026-03-31", "span": [10, 40]}]
    assert pair("deadlines", gold, [(10, 20), (30, 40)], found) == [(0, 0, True)]


def test_lines_name_each_group(tmp_path: Path) -> None:
    lines = list(measure(tmp_path, plan(targets=(RATE,))).lines())
    assert [line.split()[0] for line in lines] == ["references", "deadlines", "targets", "sections", "metadata"]
    assert "strict F1 1.000  indicator 1/1" in lines[2]
