"""The report of a flow, as Markdown."""

from __future__ import annotations

from flows.report import SHOWN, RunReport, as_markdown, in_short
from pipeline.ingest import Failed, IngestReport, PlanSummary, Skipped


def plan(**fields: object) -> PlanSummary:
    values: dict[str, object] = {
        "path": "/plans/a.txt", "plan": "0123", "action": "added", "code": "118/KH-SYT", "title": "Phòng bệnh dại",
        "issuer": "Sở Y tế tỉnh Hà Giang", "province": "Hà Giang", "issue_date": "2025-02-03", "sections": 4,
        "references": 3, "deadlines": 2, "targets": 1, "tasks": 5, "warnings": 0,
    }  # fmt: skip
    return PlanSummary(**{**values, **fields})  # type: ignore[arg-type]


REPORT = IngestReport(
    done=(plan(), plan(code=None, province=None, title="Kế hoạch | <b>lạ</b>\n*đậm* [x](y)")),
    skipped=(Skipped(path="/plans/b.txt", plan="4567", added=False),),
    failed=(
        Failed(path="/plans/c_d.txt", code="empty", values={}),
        Failed(path="/plans/e.txt", code="unexpected", values={"reason": "a|b"}),
    ),
    seconds=1.25,
)

MARKDOWN = r"""# Đọc kế hoạch

Đã lưu 2 kế hoạch, 1 tệp không đổi, 2 tệp không đọc được.

Cơ sở dữ liệu: kehoach.db. Thời gian: 1.2 giây.

## Tệp không đọc được (2)

| Tệp | Lý do |
|---|---|
| /plans/c\_d.txt | tệp rỗng, không có nội dung nào để đọc. |
| /plans/e.txt | lỗi ngoài dự kiến khi đọc tệp: a\|b |

## Kế hoạch đã lưu (2)

| Số ký hiệu | Tỉnh | Tên | Mục | Văn bản | Thời hạn | Chỉ tiêu | Nhiệm vụ | Cảnh báo |
|---|---|---|--:|--:|--:|--:|--:|--:|
| 118/KH-SYT | Hà Giang | Phòng bệnh dại | 4 | 3 | 2 | 1 | 5 | 0 |
|  |  | Kế hoạch \| &lt;b>lạ&lt;/b> \*đậm\* \[x\](y) | 4 | 3 | 2 | 1 | 5 | 0 |
"""


def test_the_report_in_vietnamese() -> None:
    assert as_markdown(REPORT, "kehoach.db") == MARKDOWN


def test_the_report_in_english() -> None:
    report = as_markdown(REPORT, "kehoach.db", "en")
    assert report.startswith("# Plans read\n\n2 plans stored, 1 files unchanged, 2 files not read.\n")
    assert "| the file is empty, there is nothing to read. |" in report


def test_a_run_over_nothing_has_no_tables() -> None:
    empty = IngestReport(done=(), skipped=(), failed=(), seconds=0.0)
    assert "|" not in as_markdown(empty, "kehoach.db")
    assert in_short(empty) == "Đã lưu 0 kế hoạch, 0 tệp không đổi, 0 tệp không đọc được."


def test_a_long_table_is_cut_and_says_so() -> None:
    many = IngestReport(done=(plan(),) * (SHOWN + 7), skipped=(), failed=(), seconds=0.0)
    report = as_markdown(many, "kehoach.db")
    assert report.count("| 118/KH-SYT |") == SHOWN
    assert report.endswith("… và 7 dòng nữa.\n")
    assert f"({SHOWN + 7})" in report


def test_what_could_not_be_read_before_is_told_again() -> None:
    broken = Failed(path="/plans/c.txt", code="empty", values={})
    gone = Failed(path="/plans/d.doc", code="of_an_older_version", values={})
    run = RunReport(done=(), skipped=(), failed=(), seconds=0.0, unread=(broken, gone))
    assert in_short(run).endswith("0 tệp không đọc được. Vẫn chưa đọc được: 2 (xem: kehoach failures).")
    report = as_markdown(run, "kehoach.db")
    assert "## Vẫn chưa đọc được từ trước (2)" in report
    assert "| /plans/c.txt | tệp rỗng, không có nội dung nào để đọc. |" in report
    assert "| /plans/d.doc | of\\_an\\_older\\_version |" in report


def test_what_the_run_itself_could_not_read_stands_there_once() -> None:
    broken = Failed(path="/plans/c.txt", code="empty", values={})
    run = RunReport(done=(), skipped=(), failed=(broken,), seconds=0.0, unread=(broken,))
    report = as_markdown(run, "kehoach.db")
    assert report.count("/plans/c.txt") == 1
    assert "Vẫn chưa đọc được: 1" in report
