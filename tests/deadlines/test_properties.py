"""What must hold for any text: no error, spans that point at their words, dates in order, rules of RFC 5545."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.deadlines import extract_deadlines
from extractors.tasks import extract_tasks
from extractors.vietnamese import tone_key
from models.plan import Deadline
from tests.deadlines.build import context, outline

WORDS = st.sampled_from(
    ["trước", "sau", "từ", "đến", "ngày", "tháng", "quý", "năm", "hằng", "hàng", "mỗi", "định", "kỳ", "6", "tháng", "15/12", "31/2/2025", "ngày", "31", "tháng", "11", "năm", "2025", "III", "IV/2025", "2025", "-", "2030", "giai", "đoạn", "chậm", "nhất", "trong", "vòng", "10", "ngày", "làm", "việc", "kể", "từ", "khi", "nhận", "(", ")", ",", ";", ":", ".", "và", "hoặc", "báo", "cáo", "gửi", "về", "Sở", "Y", "tế", "Các", "đơn", "vị", "(qua", "Phòng", "X)", "Thời", "gian", "thực", "hiện:", "cuối", "đầu", "02", "lần/năm", "thứ", "Sáu", "tuần", "95%", "“", "”", "để", "tổng", "hợp", "đến", "khi", "trở", "đi", "0", "99", "12/2025"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=24).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=6).map("\n".join)
RULE = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=\d+)?(;BYMONTH=\d+(,\d+)*)?(;BYMONTHDAY=-?\d+(,-?\d+)*)?"
    r"(;BYDAY=[A-Z]{2}(,[A-Z]{2})*)?(;BYSETPOS=-?1)?"
)


def check(deadline: Deadline, clean: str) -> None:
    assert clean[slice(*deadline.span)] == deadline.text
    assert deadline.text.strip()
    for day in (deadline.start_date, deadline.end_date):
        assert day is None or date.fromisoformat(day)
    if deadline.kind == "deadline":
        assert deadline.start_date is None
    if deadline.kind == "recurring":
        assert deadline.rrule is not None
        assert RULE.fullmatch(deadline.rrule), deadline.rrule
        assert deadline.start_date is None
        assert deadline.end_date is None
        months = [int(month) for month in re.findall(r"BYMONTH=([\d,]+)", deadline.rrule) for month in month.split(",")]
        assert months == sorted(set(months))
    else:
        assert deadline.rrule is None
    assert 0 < deadline.confidence <= 1


@given(TEXTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(text: str) -> None:
    made = outline(text)
    found, _ = extract_deadlines(made, context())
    for deadline in found:
        check(deadline, made.text.clean)
        if deadline.start_date and deadline.end_date:
            assert deadline.start_date <= deadline.end_date
    starts = [deadline.span.start for deadline in found]
    assert starts == sorted(starts)
    tasks, _ = extract_tasks(made, context(), found)
    for task in tasks:
        assert task.deadline is None or 0 <= int(task.deadline[1:]) < len(found)


# Lines whose parts invite a rule to read the whole line again for each of them.
REPEATED = [
    "ngày 01/01/2025 ", "quý I, quý II và ", "từ năm 2021 đến ", "trước ngày 15/3 và ", "Sở Y tế, ", "hằng năm, ",
    "trong vòng 10 ngày kể từ ngày ", "định kỳ 6 tháng, ", "tháng 5, ", "sau khi ngày 15/3 ", "“ngày 15/3 ", "a. B ngày 15/3; ",
    "Thời gian: Quý I. ", "đề nghị các đơn vị gửi về Sở Y tế trước ngày 15/3, ", "100% các trạm y tế trước ngày 15/3, ",
    "Các đơn vị báo cáo Sở Y tế trước ngày 15/12 hằng năm, từ tháng 3 đến tháng 5, quý II và 6 tháng đầu năm; ",
]  # fmt: skip


@pytest.mark.parametrize("part", REPEATED)
@pytest.mark.parametrize("form", ["# I. NHIỆM VỤ | tasks\n1. {}", "# 1. {} | tasks\n- Tập huấn."])
def test_long_lines_take_linear_work(part: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the line: at most 4.5 times the calls, and 4.5 times the characters that are folded to keys."""
    read = 0

    def counted(text: str) -> str:
        nonlocal read
        read += len(text)
        return tone_key(text)

    for module in ("extractors.tasks.actors", "extractors.tasks.extract", "extractors.deadlines.people"):
        monkeypatch.setattr(f"{module}.tone_key", counted)

    def work(times: int) -> tuple[int, int]:
        nonlocal read
        made = outline(form.format(part * times))
        read, calls = 0, 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            found, _ = extract_deadlines(made, context())
            extract_tasks(made, context(), found)
        finally:
            sys.setprofile(None)
        return calls, read

    work(5)
    (calls, characters), (more_calls, more_characters) = work(250), work(1000)
    assert more_calls < 4.5 * calls + 1000
    assert more_characters < 4.5 * characters + 5000
