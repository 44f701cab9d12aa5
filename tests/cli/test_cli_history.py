"""`kehoach reextract` and `kehoach changes` on a real plan that other rules have read, and links as `show` prints them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from running import ROOT, Ended

from pipeline.extract import extract_file
from pipeline.store import open_store

SAMPLE = ROOT / "data" / "samples" / "plans" / "ninh-thuan-1187-kh-syt-2024.txt"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database in which older rules have read the sample: without its last task, surer and less sure."""
    file = tmp_path / "1187.txt"
    file.write_bytes(SAMPLE.read_bytes())
    plan, text = extract_file(file)
    first, second, *others = plan.targets
    known = msgspec.structs.replace(
        plan,
        source=msgspec.structs.replace(plan.source, path=str(file), extractor_version="0.0.1"),
        metadata=msgspec.structs.replace(plan.metadata, title="Phòng bệnh"),
        targets=(
            msgspec.structs.replace(first, unit="người"),
            msgspec.structs.replace(second, confidence=0.4),
            *others,
        ),
        deadlines=tuple(msgspec.structs.replace(deadline, tasks=()) for deadline in plan.deadlines),
        tasks=plan.tasks[:-1],
    )
    with open_store(tmp_path / "kehoach.db") as store:
        store.save(known, text)
        store.settle()
    return file


def test_a_line_for_each_plan(kehoach: Callable[..., Ended], older: Path) -> None:
    ended = kehoach("reextract", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    line, end = ended.out.splitlines()
    assert line.startswith("1187/KH-SYT · Ninh Thuận · thông tin văn bản ~1 · thời hạn ~")
    assert line.endswith(" · chỉ tiêu ~1 · nhiệm vụ +1 · 1 chỉ đổi độ tin cậy")
    assert end.startswith("Đã đọc lại 1 kế hoạch · 1 có thay đổi · +1 ~")
    assert end.endswith(" giây · chạy thử, không lưu")
    ended = kehoach("reextract", "--verbose", "--lang", "en")
    lines = ended.out.splitlines()
    assert "  ~ metadata: title: Phòng bệnh → " in lines[1]
    assert [line for line in lines if "unit: người → %" in line]
    assert [line for line in lines if line.startswith("  + task: ")]
    assert "1 in confidence only" in lines[-1]
    assert "dry run" not in lines[-1]
    assert kehoach("reextract").out.startswith("Đã đọc lại 0 kế hoạch")
    assert kehoach("reextract", "1187/KH-SYT").out.startswith("1187/KH-SYT · Ninh Thuận · không đổi\n")


def test_json(kehoach: Callable[..., Ended], older: Path) -> None:
    report = json.loads(kehoach("reextract", "--json").out)
    assert (report["dry_run"], report["failed"]) == (False, [])
    [plan] = report["plans"]
    assert (plan["code"], plan["from_version"]) == ("1187/KH-SYT", "0.0.1")
    assert plan["counts"]["target"] == {"gained": 0, "lost": 0, "altered": 1, "confidence": 1}
    assert plan["counts"]["task"]["gained"] == 1
    [changed] = [fact for fact in plan["facts"] if fact["kind"] == "target" and len(fact["fields"]) == 1][:1]
    assert changed["fields"] == [{"name": "unit", "before": "người", "after": "%"}]


def test_a_file_that_is_gone(kehoach: Callable[..., Ended], older: Path) -> None:
    older.unlink()
    ended = kehoach("reextract")
    assert (ended.code, ended.err) == (1, "1187.txt: không tìm thấy tệp hoặc thư mục này.\n")
    assert ended.out.startswith("Đã đọc lại 0 kế hoạch · 0 có thay đổi · 1 tệp lỗi · ")
    [failure] = json.loads(kehoach("reextract", "--json", "--lang", "en").out)["failed"]
    assert failure["code"] == "missing"
    assert failure["message"].endswith(": no such file or folder.")


def test_an_unknown_plan(kehoach: Callable[..., Ended], older: Path) -> None:
    ended = kehoach("reextract", "9/KH-SYT")
    assert ended.code == kehoach("show", "9/KH-SYT").code != 0
    assert "9/KH-SYT" in ended.err


def test_changes(kehoach: Callable[..., Ended], older: Path) -> None:
    assert kehoach("changes").out == "Chưa có thay đổi nào như vậy.\n"
    kehoach("reextract")
    table = kehoach("changes", "1187/KH-SYT", "--kind", "target").out
    assert table.startswith("Thay đổi (2)\n")
    assert "~ chỉ tiêu" in table
    assert "unit: người → %" in table
    [task] = list(csv.DictReader(io.StringIO(kehoach("changes", "--kind", "task", "--csv").out)))
    assert (task["plan_code"], task["change"], task["from_version"], task["cause"]) == (
        "1187/KH-SYT",
        "gained",
        "0.0.1",
        "rules",
    )
    rows = json.loads(kehoach("changes", "--kind", "target", "--kind", "task", "--json").out)
    assert [row["kind"] for row in rows] == ["target", "target", "task"]
    assert kehoach("changes", "--since", "01/01/2999").out == "Chưa có thay đổi nào như vậy.\n"
    assert len(json.loads(kehoach("changes", "--since", "01/01/2020", "--json").out)) >= 3
    assert kehoach("changes", "--kind", "table").code == 2


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A plan, one that amends it, and its draft."""
    words = SAMPLE.read_text(encoding="utf-8")
    assert words.count("1187/KH-SYT") == 1
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "first.txt").write_text(words, encoding="utf-8")
    (folder / "draft.txt").write_text(words.replace("1187/KH-SYT", "     /KH-SYT"), encoding="utf-8")
    amending = "Sở Y tế điều chỉnh, bổ sung Kế hoạch số 1187/KH-SYT ngày 22/3/2024 của Sở Y tế như sau:\n\nI. MỤC "
    (folder / "next.txt").write_text(
        words.replace("1187/KH-SYT", "1500/KH-SYT")
        .replace("22 tháng 3 ", "10 tháng 6 ")
        .replace("I. MỤC ", amending, 1),
        encoding="utf-8",
    )
    return folder


def test_links(kehoach: Callable[..., Ended], linked: Path) -> None:
    assert kehoach("ingest", "plans").code == 0
    shown = kehoach("show", "1187/KH-SYT").out
    assert "Được điều chỉnh bởi" in shown
    assert "1500/KH-SYT · 10/06/2024" in shown
    assert "Amends " in kehoach("show", "1500/KH-SYT", "--lang", "en").out
    rows = json.loads(kehoach("plans", "--json").out)
    found = {row["plan"]["code"]: [(link["kind"], link["plan"]["code"]) for link in row["links"]] for row in rows}
    assert found == {
        "1187/KH-SYT": [("amended_by", "1500/KH-SYT"), ("draft", None)],
        "1500/KH-SYT": [("amends", "1187/KH-SYT")],
        None: [("draft_of", "1187/KH-SYT")],
    }
    assert "Bản dự thảo của" in kehoach("show", "draft.txt").out
