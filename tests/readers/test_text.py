"""Text files: every encoding of today (those of old: test_legacy)."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.readers import Limits, read, read_bytes

PLAN = (
    "KẾ HOẠCH\nTriển khai công tác phòng, chống dịch bệnh năm 2024\n"
    "Thực hiện Quyết định số 15/QĐ-UBND ngày 05/01/2024 của UBND tỉnh, Sở Y tế ban hành kế hoạch với các nội dung sau:\n"
    "- Đảm bảo 95% trẻ em dưới 01 tuổi được tiêm chủng đầy đủ; báo cáo về Sở trước ngày 15/12.\n"
)  # fmt: skip


def cp1258(text: str) -> bytes:
    """As Windows writes it: letters with their shape marks, tone marks after them."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        shape = "".join(c for c in parts if c not in "\u0300\u0301\u0303\u0309\u0323")
        out.append(
            unicodedata.normalize("NFC", shape) + "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        )
    return "".join(out).encode("cp1258")


READ = [
    # what, bytes, the text that must come out (None: PLAN)
    ("UTF-8", PLAN.encode(), None),
    ("UTF-8 with a mark: it stays, as score and others count it", codecs.BOM_UTF8 + PLAN.encode(), "\ufeff" + PLAN),
    ("CRLF stays", PLAN.replace("\n", "\r\n").encode(), PLAN.replace("\n", "\r\n")),
    ("UTF-8, decomposed", unicodedata.normalize("NFD", PLAN).encode(), unicodedata.normalize("NFD", PLAN)),
    ("UTF-16 LE with a mark", codecs.BOM_UTF16_LE + PLAN.encode("utf-16-le"), None),
    ("UTF-16 BE with a mark", codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), None),
    ("UTF-16 LE without a mark", PLAN.encode("utf-16-le"), None),
    ("UTF-16 BE without a mark", PLAN.encode("utf-16-be"), None),
    ("UTF-32 with a mark", codecs.BOM_UTF32_LE + PLAN.encode("utf-32-le"), None),
    ("without any accent", b"Ke hoach phong chong dich nam 2024", "Ke hoach phong chong dich nam 2024"),
    ("one word", "Kế hoạch".encode(), "Kế hoạch"),
    (
        "English",
        b"Plan of the department of health for 2024, with targets.",
        "Plan of the department of health for 2024, with targets.",
    ),
    ("a DOS end of file", PLAN.encode() + b"\x1a", PLAN + "\x1a"),
    ("a form feed between pages", PLAN.encode() + b"\x0c" + PLAN.encode(), PLAN + "\x0c" + PLAN),
]


@pytest.mark.parametrize(("data", "text"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_encodings_that_are_read(data: bytes, text: str | None) -> None:
    source = read_bytes(data, "a.txt")
    assert source.text == (PLAN if text is None else text)
    assert (source.markup, source.media_type, source.notes) == ("text", "text/plain", ())


def test_windows_1258_keeps_its_combining_marks() -> None:
    source = read_bytes(cp1258(PLAN), "a.txt")
    assert source.reader == "text (windows-1258)"
    assert source.text != PLAN and unicodedata.normalize("NFC", source.text) == PLAN


TWICE = PLAN.encode().decode("cp1252", errors="ignore")


def test_a_text_encoded_twice_is_refused_by_name() -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(TWICE.encode(), "a.txt")
    assert (error.value.code, error.value.values) == ("legacy_encoding", {"encoding": "UTF-8 mã hóa hai lần"})
    for language in ("vi", "en"):
        assert "UTF-8" in error.value.message(language) and "Unicode" in error.value.message(language)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_letter_at_the_end_is_shown_and_noted(cut: int) -> None:
    data = (PLAN + "Sở Y tế").encode()[:-cut]
    source = read_bytes(data, "a.txt")
    assert source.text == data.decode("utf-8", errors="replace")
    assert source.notes == (("bytes_replaced", "1"),)


def test_markdown_is_text_with_marks() -> None:
    source = read_bytes("**KẾ HOẠCH**\n| a | b |\n".encode(), "x/Kế hoạch.MD")
    assert (source.media_type, source.markup, source.path) == ("text/markdown", "text", "x/Kế hoạch.MD")
    assert source.text == "**KẾ HOẠCH**\n| a | b |\n"


def test_a_text_without_a_known_suffix_is_read() -> None:
    assert read_bytes(PLAN.encode(), "ke-hoach").text == PLAN
    assert read_bytes(PLAN.encode(), "ke-hoach.log").text == PLAN


def test_a_long_text_is_refused() -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(PLAN.encode(), "a.txt", limits=Limits(characters=100))
    assert error.value.code == "too_much_text" and error.value.values["limit"] == "100"


def test_a_path_comes_back_as_given(tmp_path: Path) -> None:
    file = tmp_path / "Kế hoạch số 1.txt"
    file.write_bytes(PLAN.encode())
    source = read(str(file))
    assert source.path == file.as_posix()
    assert source == read(file)
    assert len(source.sha256) == 64


@pytest.mark.shared
def test_real_plans_are_decoded_as_they_stand() -> None:
    folder = Path(__file__).parents[3] / "shared" / "plans"
    files = sorted(folder.rglob("*.md")) + sorted(folder.rglob("*.txt"))
    if not files:
        pytest.skip(f"no plans in {folder}")
    for file in files:
        assert read(file).text == file.read_bytes().decode("utf-8"), file.name
