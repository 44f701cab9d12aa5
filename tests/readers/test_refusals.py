"""What can't be read: each kind of file with the error that names it, and what the error tells people to do."""

from __future__ import annotations

import os
import random
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from data import load
from pipeline.errors import KehoachError, UnreadableError
from pipeline.readers import Limits, configured, known_suffixes, read, read_bytes

from .make_docx import archive, body, p, rezipped, saved
from .make_pdf import pdf, put, running_text, scan

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOISE = random.Random(7).randbytes(3000)
TEXT = "Kế hoạch của Sở Y tế về công tác phòng, chống dịch bệnh năm 2024".encode()
WORD = body(p("Kế hoạch của Sở Y tế"))
PDF = pdf(running_text)
STRICT = rezipped(WORD, {"_rels/.rels": b'<Relationships xmlns="http://purl.oclc.org/ooxml/package"/>'})

TABLE = [
    # name, content, code
    ("empty.txt", b"", "empty"),
    ("empty.md", b"", "empty"),
    ("empty.docx", b"", "empty"),
    ("empty.pdf", b"", "empty"),
    ("blank.txt", b" \r\n\t\n ", "empty"),
    ("only-a-mark.txt", b"\xef\xbb\xbf\n", "empty"),
    ("blank-utf16.txt", " \n ".encode("utf-16"), "empty"),
    ("no-break-spaces.txt", "\u00a0\n".encode(), "empty"),
    ("no-text.docx", saved(docx.Document()), "empty"),
    ("noise.txt", NOISE, "not_text"),
    ("noise.md", NOISE, "not_text"),
    ("noise.docx", NOISE, "damaged_docx"),
    ("noise.docm", NOISE, "damaged_docx"),
    ("noise.pdf", NOISE, "damaged_pdf"),
    ("noise.doc", NOISE, "damaged_office"),
    ("noise.rtf", NOISE, "damaged_office"),
    ("noise.odt", NOISE, "damaged_office"),
    ("noise.html", NOISE, "damaged_html"),
    ("noise.mht", NOISE, "damaged_html"),
    ("noise.jpg", NOISE, "damaged_image"),
    ("noise.zip", NOISE, "unsupported_archive"),
    ("noise.xlsx", NOISE, "unsupported_spreadsheet"),
    ("noise.pptx", NOISE, "unsupported_presentation"),
    ("noise.xyz", NOISE, "unknown_type"),
    ("noise", NOISE, "unknown_type"),
    ("high-bytes.txt", bytes(random.Random(3).choices(range(0x80, 0x100), k=2000)), "unknown_encoding"),
    ("torn.txt", TEXT.replace("ế".encode(), b"\xe1\xba") * 9, "damaged_text"),
    ("text.pdf", TEXT, "damaged_pdf"),
    ("text.docx", TEXT, "damaged_docx"),
    ("cut.pdf", PDF[:400], "damaged_pdf"),
    ("cut.docx", WORD[: len(WORD) // 2], "damaged_docx"),
    ("cut-without-suffix", WORD[: len(WORD) // 2], "damaged_docx"),
    ("no-body.docx", rezipped(WORD, {"word/document.xml": b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"}), "damaged_docx"),
    ("bad-xml.docx", rezipped(WORD, {"word/document.xml": b"<w:document"}), "damaged_docx"),
    ("no-document.docx", rezipped(WORD, {"word/document.xml": None}), "damaged_docx"),
    ("strict.docx", STRICT, "docx_strict"),
    ("locked.pdf", pdf(running_text, password="bi mat"), "encrypted"),
    ("locked.doc", OLE[:8] + bytes(504) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(600), "encrypted"),
    ("locked.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "encrypted"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("old.doc", OLE, "office_missing"),
    ("old-without-suffix", OLE, "office_missing"),
    ("old.xls", OLE, "unsupported_spreadsheet"),
    ("sheet.dat", OLE + "Workbook".encode("utf-16-le"), "unsupported_spreadsheet"),
    ("slides.dat", OLE + "PowerPoint Document".encode("utf-16-le"), "unsupported_presentation"),
    ("xml-of-2003.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "office_missing"),
    ("a.rtf", rb"{\rtf1\ansi K\u7871? ho\u7841?ch}", "office_missing"),
    ("rtf-named.doc", rb"{\rtf1\ansi K\u7871? ho\u7841?ch}", "office_missing"),
    ("page-named.pdf", b"\r\n<html><head><title>404</title></head></html>", "empty"),
    ("mail.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "damaged_html"),
    ("a.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "office_missing"),
    ("a.ods", archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "unsupported_spreadsheet"),
    ("a.xlsx", archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "unsupported_spreadsheet"),
    ("a.pptx", archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "unsupported_presentation"),
    ("a.zip", archive({"ke-hoach.docx": WORD}), "unsupported_archive"),
    ("zip-named.docx", archive({"a.txt": b"x"}), "damaged_docx"),
    ("scan.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "damaged_image"),
    ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged_image"),
    ("scan.tif", b"II*\x00" + bytes(50), "damaged_image"),
    ("scan.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(50), "damaged_image"),
    ("picture-named.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged_image"),
    ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50), "unsupported_archive"),
    ("scan.pdf", pdf(scan, scan), "ocr_missing"),
    ("curves.pdf", pdf(lambda canvas: canvas.line(0, 0, 100, 100)), "ocr_missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code"), TABLE, ids=[row[0] for row in TABLE])
def test_what_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(content, name)
    assert error.value.code == code
    assert error.value.path == name


@pytest.mark.parametrize("suffix", sorted(known_suffixes()))
def test_noise_is_refused_under_every_suffix_that_is_read(suffix: str) -> None:
    for seed in range(20):
        content = random.Random(seed).randbytes(50 + 97 * seed)
        with pytest.raises(UnreadableError):
            read_bytes(content, "x" + suffix)


CONTENT_FIRST = [
    # name, content, media type: what a file holds counts for more than its name
    ("a.pdf", PDF, "application/pdf"),
    ("a.txt", PDF, "application/pdf"),
    ("a", PDF, "application/pdf"),
    ("a.PDF", b"\r\n" + PDF, "application/pdf"),
    ("junk-in-front.pdf", b"HTTP/1.1 200 OK\r\n" + PDF, "application/pdf"),
    ("a.pdf", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.doc", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.doc", TEXT, "text/plain"),
    ("a.md", TEXT, "text/markdown"),
    ("BM.txt", b"BM 12/KH-SYT: " + TEXT, "text/plain"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), CONTENT_FIRST)
def test_content_decides(name: str, content: bytes, media_type: str) -> None:
    assert read_bytes(content, name).media_type == media_type


def code_of(path: Path | str, **kwargs: Limits) -> str:
    with pytest.raises(UnreadableError) as error:
        read(path, **kwargs)
    return error.value.code


def test_paths_that_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert code_of(tmp_path / "none.pdf") == "missing"
    assert code_of(tmp_path / "a.txt" / "b.txt") == "missing"
    assert code_of(tmp_path) == "folder"
    assert code_of(str(tmp_path / "a\0b.txt")) in ("io_error", "missing")
    assert code_of(tmp_path / ("x" * 3000 + ".txt")) in ("io_error", "missing")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert code_of(file) == "no_permission"


def test_a_broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT)

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(UnreadableError) as error:
        read(file)
    assert error.value.code == "io_error" and "Input/output error" in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files on Windows")
def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert code_of(tmp_path / "pipe.txt") == "not_a_file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert code_of(tmp_path / "s") == "not_a_file"


def test_a_large_file_is_refused_before_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(bytes(5000))
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was loaded"))
    assert code_of(file, limits=Limits(bytes=4999)) == "too_large"


def test_too_many_pages() -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(pdf(running_text, running_text, running_text), "a.pdf", limits=Limits(pages=2))
    assert error.value.code == "too_many_pages"
    assert (error.value.values["pages"], error.value.values["limit"]) == ("3", "2")


def test_too_much_text() -> None:
    for content, name in ((PDF, "a.pdf"), (WORD, "a.docx")):
        with pytest.raises(UnreadableError) as error:
            read_bytes(content, name, limits=Limits(characters=10))
        assert error.value.code == "too_much_text"


BOMBS = [
    ("one huge member", rezipped(WORD, {"word/media/a.bin": bytes(3_000_000)}), Limits(unpacked=2_000_000)),
    ("huge XML", rezipped(WORD, {"word/document.xml": b"<a>" + b" " * 3_000_000 + b"</a>"}), Limits(xml=2_000_000)),
    ("many members", rezipped(WORD, {f"x{i}": b"" for i in range(50)}), Limits(members=40)),
]


@pytest.mark.parametrize(("content", "limits"), [row[1:] for row in BOMBS], ids=[row[0] for row in BOMBS])
def test_zip_bombs_are_not_unpacked(content: bytes, limits: Limits) -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(content, "a.docx", limits=limits)
    assert error.value.code == "unpacks_too_large"


def test_entity_bombs_do_no_harm() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "0123456789">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>Ke hoach &j;</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        assert len(read_bytes(rezipped(WORD, {"word/document.xml": bomb}), "a.docx").text) < 1000
    except UnreadableError as error:
        assert error.code == "damaged_docx"


def test_an_outer_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("khong duoc doc", encoding="utf-8")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Ke hoach &a;</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        assert "khong" not in read_bytes(rezipped(WORD, {"word/document.xml": xml.encode()}), "a.docx").text
    except UnreadableError as error:
        assert error.code == "damaged_docx"


WORDS_FOR_PEOPLE = {
    # code: what its message must say, in Vietnamese and in English
    "ocr_missing": ("tesseract-ocr-vie", "tesseract-ocr-vie"),
    "no_text_on_pages": ("OCR", "OCR"),
    "text_layer_garbage": ("cần OCR", "OCR"),
    "encrypted": ("mật khẩu", "password"),
    "office_missing": ("sudo apt install libreoffice-writer-nogui", "winget install"),
    "damaged_office": (".docx", ".docx"),
    "office_too_slow": (".docx", ".docx"),
    "office_died": ("--retry-failed", "--retry-failed"),
    "damaged_html": (".docx", ".docx"),
    "unsupported_image": ("JPEG", "JPEG"),
    "unsupported_archive": ("giải nén", "unpack"),
    "unknown_encoding": ("UTF-8", "UTF-8"),
    "folder": ("thư mục", "folder"),
}


@pytest.mark.parametrize(("code", "words"), WORDS_FOR_PEOPLE.items())
def test_messages_say_what_to_do(code: str, words: tuple[str, str]) -> None:
    error = UnreadableError(code, "a/b.pdf", seconds="60")
    for language, word in zip(("vi", "en"), words, strict=True):
        message = error.message(language)
        assert message.startswith("a/b.pdf: ") and word in message


def test_every_code_that_readers_raise_is_worded() -> None:
    errors = load("messages")["errors"]
    codes = {row[2] for row in TABLE} | {
        "missing", "folder", "not_a_file", "no_permission", "io_error", "too_large", "too_many_pages", "too_much_text",
        "unpacks_too_large", "legacy_encoding", "text_layer_garbage", "too_many_pixels", "unsupported_image",
        "nested_too_deep", "too_many_elements", "too_many_cells", "office_too_slow", "office_died",
    }  # fmt: skip
    for code in codes:
        assert errors[code]["vi"].strip() and errors[code]["en"].strip(), code


def test_a_few_words_upon_a_scan_are_no_text_layer() -> None:
    def stamped(canvas: object) -> None:
        scan(canvas)  # type: ignore[arg-type]
        put(canvas, 400, 30, "Trung tâm Thông tin", size=8)  # type: ignore[arg-type]
        put(canvas, 400, 40, "vanthu@anbinh.gov.vn", size=8)  # type: ignore[arg-type]
        put(canvas, 400, 50, "21.03.2024 16:41:00 +07:00", size=8)  # type: ignore[arg-type]

    with pytest.raises(UnreadableError) as error:
        read_bytes(pdf(stamped, scan), "a.pdf")
    assert error.value.code == "ocr_missing"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    configured.cache_clear()
    yield monkeypatch
    configured.cache_clear()


def test_limits_are_settings(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("KEHOACH_LIMITS", "pages=1, pixels=1e8,page_seconds=2.5")
    assert configured() == Limits(pages=1, pixels=100_000_000, page_seconds=2.5)
    with pytest.raises(UnreadableError) as error:
        read_bytes(pdf(running_text, running_text), "a.pdf")
    assert error.value.code == "too_many_pages"


@pytest.mark.parametrize("setting", ["page=1", "pages", "pages=many", "pages=0", "pages=-3", "pages=nan"])
def test_a_wrong_setting_is_told(setting: str, settings: pytest.MonkeyPatch) -> None:
    settings.setenv("KEHOACH_LIMITS", setting)
    with pytest.raises(KehoachError) as error:
        read_bytes(pdf(running_text), "a.pdf")
    assert error.value.code == "limits_setting" and setting in error.value.message("vi")
