"""`kehoach ingest`, `extract` and `text` on real files, good and bad ones."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from running import ROOT, Ended

from models.plan import Plan

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
