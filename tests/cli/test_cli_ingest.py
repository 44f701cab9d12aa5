"""`kehoach ingest`, `extract` and `text` on real files, good and bad ones."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from running import ROOT, Ended

from models.plan import Plan
from pipeline.errors import KehoachError
from pipeline.store import open_store

SAMPLES = ROOT / "data" / "samples" / "plans"
SAMPLE = SAMPLES / "ninh-thuan-1187-kh-syt-2024.txt"
SECRET = "MẬT\n" + SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans and, deeper down, a third."""
    plans = tmp_path / "plans"
    (plans / "2025" / "quý I").mkdir(parents=True)
    for name in ("ninh-thuan-1187-kh-syt-2024.txt", "lang-son-kh-syt-2024-03.txt"):
        (plans / name).write_bytes((SAMPLES / name).read_bytes())
    deep = "quang-binh-388-kh-syt-2025.md"
    (plans / "2025" / "quý I" / deep).write_bytes((SAMPLES / deep).read_bytes())
    return plans


def test_a_folder_is_read_line_by_line_and_summed_up(kehoach: Callable[..., Ended], folder: Path) -> None:
    ended = kehoach("ingest", "plans")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Phòng, chống tác hại của thuốc lá năm 2024 · Lạng Sơn · ")
    assert " thời hạn · " in lines[1]
    assert lines[2].startswith("388/KH-SYT · Quảng Bình · ")
    assert lines[3].startswith("Đã lưu 3 kế hoạch · ")
    assert lines[3].endswith(" giây · kehoach.db")


def test_a_second_run_reads_nothing_again(kehoach: Callable[..., Ended], folder: Path) -> None:
    kehoach("ingest", "plans")
    before = kehoach("plans", "--json").out
    ended = kehoach("ingest", "plans", "--lang", "en")
    assert ended.code == 0
    assert ended.out.startswith("0 stored · 3 unchanged · ")
    assert kehoach("plans", "--json").out == before


def test_json_tells_what_became_of_every_file(kehoach: Callable[..., Ended], folder: Path) -> None:
    (folder / "trống.txt").write_bytes(b"")
    ended = kehoach("ingest", "plans", "--json")
    report = json.loads(ended.out)
    assert ended.code == 1
    assert [plan["code"] for plan in report["done"]] == [None, "1187/KH-SYT", "388/KH-SYT"]
    assert report["skipped"] == []
    [failure] = report["failed"]
    assert (failure["code"], Path(failure["path"]).name) == ("empty", "trống.txt")
    assert failure["message"].endswith(": tệp rỗng, không có nội dung nào để đọc.")
    assert ended.err == f"{Path('plans/trống.txt')}: tệp rỗng, không có nội dung nào để đọc.\n"


def test_one_bad_file_does_not_stop_the_others(kehoach: Callable[..., Ended], folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    ended = kehoach("ingest", "plans", "nowhere.txt")
    assert ended.code == 1
    assert "Đã lưu 3 kế hoạch · 2 tệp lỗi · " in ended.out
    assert ended.err.count("\n") == 2
    assert "nowhere.txt: không tìm thấy tệp hoặc thư mục này." in ended.err


def test_workers_give_the_same_database(kehoach: Callable[..., Ended], folder: Path) -> None:
    kehoach("ingest", "plans", "--db", "one.db")
    ended = kehoach("ingest", "plans", "--db", "two.db", "--workers", "2")
    assert (ended.code, ended.err) == (0, "")
    assert kehoach("plans", "--db", "one.db", "--json").out == kehoach("plans", "--db", "two.db", "--json").out


def test_extract_gives_the_contract_and_text_its_words(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach("extract", SAMPLE, "--json")
    assert (ended.code, ended.err) == (0, "")
    plan = msgspec.json.decode(ended.out, type=Plan)
    assert plan.metadata.code == "1187/KH-SYT"
    assert plan.references
    words = kehoach("text", SAMPLE).out
    for fact in (*plan.references, *plan.deadlines, *plan.targets):
        assert words[fact.span.start : fact.span.end].split() == fact.text.split()


def test_extract_reads_as_a_tree(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach("extract", SAMPLE)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1187/KH-SYT · 22/03/2024 · Sở Y tế tỉnh Ninh Thuận\n")
    assert "├── 1. Quý I:  thời gian\n" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100


def test_a_classified_paper_is_taken_when_asked_for(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "mật.txt").write_text(SECRET, encoding="utf-8")
    refused = kehoach("ingest", "mật.txt")
    assert refused.code == 1
    assert "MẬT" in refused.err
    assert kehoach("ingest", "mật.txt", "--allow-classified").code == 0
    assert kehoach("text", "mật.txt").code == 1
    assert kehoach("text", "mật.txt", "--allow-classified").code == 0


SUFFIXES = (".pdf", ".docx", ".txt", ".md")


def _bad_files(folder: Path) -> dict[str, Path]:
    """Files that can't be read, by what is wrong with them."""
    noise = random.Random(7).randbytes(5000)
    files = {
        "missing": folder / "không có.txt",
        **{f"empty{suffix}": folder / f"trống{suffix}" for suffix in SUFFIXES},
        **{f"noise{suffix}": folder / f"nhiễu{suffix}" for suffix in SUFFIXES},
        "blank": folder / "trắng.txt",
        "folder": folder / "thư mục",
        "classified": folder / "mật.txt",
    }
    for name, path in files.items():
        if name.startswith("empty"):
            path.write_bytes(b"")
        elif name.startswith("noise"):
            path.write_bytes(noise)
    files["blank"].write_text(" \n\t\n", encoding="utf-8")
    files["folder"].mkdir()
    files["classified"].write_text(SECRET, encoding="utf-8")
    return files


BAD = ("missing", "blank", "folder", "classified", *(f"{k}{s}" for k in ("empty", "noise") for s in SUFFIXES))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named_with_the_reason(
    kehoach: Callable[..., Ended], tmp_path: Path, name: str, language: str
) -> None:
    path = _bad_files(tmp_path)[name].relative_to(tmp_path)
    for command in ("ingest", "extract", "text"):
        ended = kehoach("--lang", language, command, path)
        assert ended.code == 1
        assert ended.err.count("\n") == 1
        prefix = "" if command == "ingest" else "kehoach: "
        assert ended.err.startswith(f"{prefix}{path}: ")
        assert "Error" not in ended.err
        assert "unexpected" not in ended.err
        assert "ngoài dự kiến" not in ended.err
        assert command == "ingest" or ended.out == ""


def test_a_folder_is_no_file_to_extract(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert kehoach("extract", "plans").err.startswith("kehoach: plans: ")


def _no_database(folder: Path) -> dict[str, str]:
    (folder / "note.db").write_text("just words", encoding="utf-8")
    (folder / "folder.db").mkdir()
    return {
        "words": "note.db",
        "folder": "folder.db",
        "below a file": "note.db/plans.db",
        "nowhere": "no such folder/plans.db",
        "no url": "mysql://host/plans",
    }


@pytest.mark.parametrize("name", ["words", "folder", "below a file", "nowhere", "no url"])
def test_what_is_no_database_is_named_with_the_reason(
    kehoach: Callable[..., Ended], tmp_path: Path, folder: Path, name: str
) -> None:
    db = _no_database(tmp_path)[name]
    for command in (["ingest", "plans"], ["plans"], ["deadlines"], ["show", "1187/KH-SYT"], ["remove", "1187/KH-SYT"]):
        ended = kehoach(*command, "--db", db)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith(f"kehoach: {db}: ")
        assert ended.err.count("\n") == 1


def test_asking_does_not_make_a_database(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    ended = kehoach("plans")
    assert ended.code == 1
    assert ended.err == "kehoach: kehoach.db: chưa có cơ sở dữ liệu này; `kehoach ingest` sẽ tạo.\n"
    assert not list(tmp_path.iterdir())


def test_a_password_is_never_shown(kehoach: Callable[..., Ended], folder: Path) -> None:
    ended = kehoach("ingest", "plans", "--db", "postgresql+psycopg://me:hidden@127.0.0.1:1/plans")
    assert ended.code == 1
    assert "hidden" not in ended.err + ended.out


def _archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.write(SAMPLES / name, f"tháng 3/{name}")
    return path


def test_an_archive_is_read_and_its_files_are_called_by_their_place(
    kehoach: Callable[..., Ended], tmp_path: Path
) -> None:
    _archive(tmp_path / "gửi.zip", SAMPLE.name, "lang-son-kh-syt-2024-03.txt")
    ended = kehoach("ingest", "gửi.zip")
    assert (ended.code, ended.err) == (0, "")
    assert "Đã lưu 2 kế hoạch" in ended.out
    inside = f"gửi.zip!/tháng 3/{SAMPLE.name}"
    assert kehoach("show", inside).out.startswith("1187/KH-SYT · 22/03/2024")
    assert kehoach("text", inside).out == kehoach("text", SAMPLE).out
    assert "0 kế hoạch · 2 tệp không đổi" in kehoach("ingest", ".").out
    several = kehoach("extract", "gửi.zip")
    assert several.code == 1
    assert f"\n  {inside}\n" in several.err
    _archive(tmp_path / "một.zip", SAMPLE.name)
    assert kehoach("extract", "một.zip").out.startswith("1187/KH-SYT · 22/03/2024")


def test_failures_are_listed_read_again_and_forgotten(
    kehoach: Callable[..., Ended], folder: Path, tmp_path: Path
) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "trống.txt").write_bytes(b"")
    assert kehoach("failures").code == 1  # no database yet
    kehoach("ingest", "plans")
    listed = kehoach("failures", "--lang", "en")
    assert listed.code == 0
    assert listed.out.startswith("Files that could not be read (2)")
    assert "damaged" in listed.out
    rows = json.loads(kehoach("failures", "--json").out)
    assert [(Path(row["path"]).name, row["code"], row["waits_for"]) for row in rows] == [
        ("a.pdf", "damaged_pdf", None),
        ("trống.txt", "empty", None),
    ]
    assert rows[1]["reason"] == "tệp rỗng, không có nội dung nào để đọc."
    assert datetime.fromisoformat(rows[1]["since"]).tzinfo
    assert kehoach("failures", "--csv").out.startswith("path,since,code,reason,waits_for,plan\n")
    (folder / "trống.txt").write_bytes((SAMPLES / "quang-binh-388-kh-syt-2025.md").read_bytes() + b"\n.")
    again = kehoach("ingest", "--retry-failed")
    assert again.code == 1
    assert "Đã lưu 1 kế hoạch · 1 tệp lỗi" in again.out
    assert kehoach("failures", "--forget", Path("plans") / "a.pdf").out.endswith("plans/a.pdf\n".replace("/", os.sep))
    assert kehoach("failures", "--forget", "plans/a.pdf").code == 1
    assert kehoach("failures").out == "Không có tệp nào bị lỗi.\n"
    assert kehoach("ingest", "--retry-failed").code == 0


def test_a_scan_says_which_program_it_waits_for(kehoach: Callable[..., Ended], tmp_path: Path) -> None:
    with open_store(tmp_path / "kehoach.db") as store:
        for code in ("ocr_missing", "office_missing", "a code of another version"):
            store.fail(f"/x/{code}", KehoachError(code, f"/x/{code}"))
    rows = {row["code"]: row["waits_for"] for row in json.loads(kehoach("failures", "--json").out)}
    assert rows == {"ocr_missing": "Tesseract", "office_missing": "LibreOffice", "a code of another version": None}
    assert "Tesseract" in kehoach("failures").out


def test_ingest_wants_something_to_read(kehoach: Callable[..., Ended]) -> None:
    ended = kehoach("ingest")
    assert (ended.code, ended.out) == (2, "")
    assert "thiếu ĐƯỜNG_DẪN" in ended.err
    assert kehoach("ingest", "x", "--time-limit", "0").code == 2


@pytest.mark.slow
def test_the_time_limit_holds(kehoach: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF of a thousand pages takes longer than the least limit."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    drawn = canvas.Canvas(str(tmp_path / "long.pdf"), pageCompression=0)
    for _ in range(1500):
        for y in range(50, 800, 10):
            drawn.drawString(50, y, "Ke hoach cua So Y te, so 15/KH-SYT, truoc ngay 15/12/2024, dat 95% " * 2)
        drawn.showPage()
    drawn.save()
    monkeypatch.setenv("KEHOACH_TIME_LIMIT", "1")
    ended = kehoach("ingest", "long.pdf")
    assert ended.code == 1
    assert "quá 1 giây" in ended.err
    assert "Đã lưu 0 kế hoạch · 1 tệp lỗi" in ended.out
