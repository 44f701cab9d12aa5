"""The ingest as a Prefect flow, against a real Prefect server."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from flows_tests import run, runs_of

pytest.importorskip("prefect")

PLAN = """\
UBND TỈNH HÀ GIANG
SỞ Y TẾ
Số: {number}/KH-SYT
Hà Giang, ngày 03 tháng 02 năm 2025

KẾ HOẠCH
Phòng, chống bệnh dại năm 2025

Căn cứ Thông tư số 07/2016/TT-BNNPTNT ngày 31/5/2016 của Bộ Nông nghiệp và Phát triển nông thôn;
I. MỤC TIÊU
- Trên 70% đàn chó được tiêm phòng dại.
II. TỔ CHỨC THỰC HIỆN
- Trạm Y tế xã báo cáo về Sở Y tế trước ngày 15/12/2025.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three plans, an empty file and one of no text."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for number in (118, 119, 120):
        (plans / f"{number}.txt").write_text(PLAN.format(number=number), encoding="utf-8")
    (plans / "rỗng.txt").write_bytes(b"")
    (plans / "hỏng.docx").write_bytes(b"PK\x03\x04 nothing")
    return plans


def last_run(server: Any) -> tuple[Any, list[Any], str | None]:
    """The newest run of the flow, its task runs, and its report."""
    flow_run, tasks, artifacts = runs_of(server, "kehoach-ingest")[0]
    return flow_run, tasks, str(artifacts[0].data) if artifacts else None


def logs_of(server: Any, flow_run_id: Any) -> list[str]:
    """What the log of a run holds, record by record. The server keeps them a moment after the run has ended."""
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    limit = time.monotonic() + 30
    with SyncPrefectClient(api=server.api) as client:
        while True:
            found = client.read_logs(log_filter=LogFilter(flow_run_id=LogFilterFlowRunId(any_=[flow_run_id])))
            if any("Finished in state" in each.message for each in found) or time.monotonic() > limit:
                return [each.message for each in found]
            time.sleep(0.2)


def runs(tasks: list[Any]) -> dict[str, list[int]]:
    """How often each task was tried, by the task's name."""
    found: dict[str, list[int]] = {}
    for task in tasks:
        found.setdefault(task.name.rpartition("-")[0], []).append(task.run_count)
    return {name: sorted(counts) for name, counts in found.items()}


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
class TestAgainstAServer:
    def test_a_run_stores_the_plans_and_leaves_a_report(self, server: Any, folder: Path, tmp_path: Path) -> None:
        done = run(server, tmp_path, "-m", "pipeline.cli", "ingest", "plans", "--db", "a.db", "--flow", "--json")
        assert done.returncode == 1, done.stderr  # two files can't be read
        report = json.loads(done.stdout)
        assert sorted(plan["code"] for plan in report["done"]) == ["118/KH-SYT", "119/KH-SYT", "120/KH-SYT"]
        assert sorted(Path(failure["path"]).name for failure in report["failed"]) == ["hỏng.docx", "rỗng.txt"]
        flow_run, tasks, markdown = last_run(server)
        assert flow_run.state.type.value == "COMPLETED"
        assert (
            flow_run.state.message
            == "Đã lưu 3 kế hoạch, 0 tệp không đổi, 2 tệp không đọc được. Vẫn chưa đọc được: 2 (xem: kehoach failures)."
        )
        assert runs(tasks) == {
            "list-source": [1],
            "store-batch": [1],
            "settle": [1],
        }  # what can't be read is not tried again
        assert "a.db" not in json.dumps(flow_run.parameters)
        assert markdown is not None
        assert "| 119/KH-SYT | Hà Giang |" in markdown
        assert "rỗng.txt | tệp rỗng, không có nội dung nào để đọc. |" in markdown

    def test_the_log_has_a_line_for_each_plan(self, server: Any, folder: Path, tmp_path: Path) -> None:
        run(server, tmp_path, "-m", "pipeline.cli", "ingest", "plans", "--db", "a.db", "--flow")
        flow_run, _, _ = last_run(server)
        said = "\n".join(logs_of(server, flow_run.id)).splitlines()
        for number in (118, 119, 120):
            assert len([line for line in said if line.startswith(f"{number}/KH-SYT · Hà Giang · ")]) == 1
        for name in ("rỗng.txt", "hỏng.docx"):
            assert len([line for line in said if name in line]) == 1

    def test_what_the_machine_failed_is_tried_again(self, server: Any, folder: Path, tmp_path: Path) -> None:
        script = tmp_path / "flaky.py"
        script.write_text(FLAKY, encoding="utf-8")
        done = run(server, tmp_path, str(script))
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == ["3", "2"]
        flow_run, tasks, _ = last_run(server)
        assert flow_run.state.type.value == "COMPLETED"
        assert runs(tasks)["store-batch"] == [1, 1, 2]

    def test_a_wrong_database_ends_the_run_at_once(self, server: Any, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "note.db").write_text("this is no database", encoding="utf-8")
        done = run(server, tmp_path, "-m", "pipeline.cli", "ingest", "plans", "--db", "note.db", "--flow")
        assert done.returncode == 1
        assert done.stdout == ""
        assert "kehoach: note.db: không phải là cơ sở dữ liệu SQLite." in done.stderr
        flow_run, tasks, markdown = last_run(server)
        assert flow_run.state.type.value == "FAILED"
        assert flow_run.state.message == "note.db: không phải là cơ sở dữ liệu SQLite."
        assert runs(tasks) == {"list-source": [1]}
        assert "Traceback" not in done.stderr
        assert markdown is None


FLAKY = """\
import flows.ingest as flows_ingest
import flows.reading as reading
from pipeline.errors import DatabaseError

real, calls = reading.ingest, []

def locked_once(*arguments, **options):
    calls.append(arguments)
    if len(calls) == 2:
        raise DatabaseError("database_failed", "b.db", reason="database is locked")
    return real(*arguments, **options)

reading.ingest = locked_once
reading.store_batch = reading.store_batch.with_options(retry_delay_seconds=0)
flows_ingest.os.environ["KEHOACH_DB"] = "b.db"
report = flows_ingest.ingest_plans(["plans"], batch_size=2)
print(len(report.done), len(report.failed))
"""


def test_without_prefect_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.cli import app, ingest

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ingest, "find_spec", lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr(app.click, "echo", lambda words, **_: said.append(words))
        assert app.run(["ingest", "plans", "--flow"]) == 1
    assert said == ['kehoach: chưa cài Prefect; cài bằng: pip install "kehoach[flows]"']
