"""The report of a flow, as Markdown."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("prefect")

from flows.parameters import dashboard
from flows.report import SHOWN, RunReport, as_markdown, in_short, published_page
from pipeline.cli.serve import _watched
from pipeline.cli.words import speaking
from pipeline.ingest import Failed, IngestReport, PlanSummary, Skipped
from pipeline.publish import Published
from pipeline.store.news import News


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

Cơ sở dữ liệu: kehoach.db. Thời gian: 1,2 giây.

## Tệp không đọc được (2)

| Tệp | Lý do |
|---|---|
| /plans/c\_d.txt | tệp rỗng, không có nội dung nào để đọc. |
| /plans/e.txt | lỗi ngoài dự kiến khi đọc tệp: a\|b |

## Kế hoạch đã lưu (2)

| Số ký hiệu | Tỉnh | Tên | Mục | Văn bản | Thời hạn | Chỉ tiêu | Nhiệm vụ | Cảnh báo | Tệp |
|---|---|---|--:|--:|--:|--:|--:|--:|---|
| 118/KH-SYT | Hà Giang | Phòng bệnh dại | 4 | 3 | 2 | 1 | 5 | 0 | /plans/a.txt |
|  |  | Kế hoạch \| &lt;b>lạ&lt;/b> \*đậm\* \[x\](y) | 4 | 3 | 2 | 1 | 5 | 0 | /plans/a.txt |
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


def test_plans_lead_to_the_web_page_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_DASHBOARD", "https://ke-hoach.syt.gov.vn/")
    report = as_markdown(REPORT, "kehoach.db", "en", dashboard())
    assert "| [118/KH-SYT](<https://ke-hoach.syt.gov.vn/plans/0123>) | Hà Giang |" in report
    assert "| [Kế hoạch \\| &lt;b>lạ&lt;/b>" in report  # by its title where it has no code
    assert "Time: 1.2 s." in report


@pytest.mark.parametrize("address", ["", "ke-hoach.syt.gov.vn", "file:///a", "https://an:geheim@syt.gov.vn"])
def test_what_is_no_address_of_a_web_page_is_linked_to_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_DASHBOARD", address)
    assert dashboard() is None


def test_the_news_come_first_then_the_files_as_paths() -> None:
    day = dt.date(2026, 3, 2)
    news = News(since=day, as_of=day, plans=(), deadlines=(), targets=(), documents=(), reread=0)
    made = Published(folder="/srv/web", files=("csv/plans.csv", "deadlines.ics"), rows=1, events=0, news=news)
    report = published_page(made)
    assert report.endswith(
        "## Tệp đã ghi (2)\n\n| Tệp |\n|---|\n| /srv/web/csv/plans.csv |\n| /srv/web/deadlines.ics |\n"
    )
    assert report.index("Kế hoạch mới") < report.index("/srv/web/csv")
    assert "file:" not in report


@pytest.mark.parametrize(
    ("language", "minutes", "words"),
    [
        ("vi", 1, "Theo dõi in, mỗi phút một lần"),
        ("vi", 15, "Theo dõi in, 15 phút một lần"),
        ("en", 1, "Watching in, every minute"),
        ("en", 15, "Watching in, every 15 minutes"),
    ],
)
def test_how_often_a_source_is_looked_at(language: str, minutes: int, words: str) -> None:
    with speaking(language):
        assert _watched("in", minutes) == words
