"""Word processors' files that LibreOffice converts: what comes out, what is kept, hostile files, hanging programs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers import Limits, office, office_run, read, read_bytes
from pipeline.readers.base import sha256
from pipeline.readers.office_run import Converted, Office

from .make_docx import archive, rezipped, saved
from .test_robust import check, damaged

SHARED = Path(__file__).parents[3] / "shared" / "files"


def rtf(content: str, fonts: str = r"{\f0 Times New Roman;}{\f1 .VnTime;}{\f2 .VnTimeH;}{\f3 VNI-Times;}") -> bytes:
    escaped = "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in content)
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl" + fonts + "}" + escaped + "}").encode("ascii")


def signs(text: str) -> str:
    """Signs of an old encoding as RTF spells bytes."""
    return "".join(letter if letter.isascii() else f"\\'{ord(letter):02x}" for letter in text)


ROW = r"\trowd\cellx3000\cellx6000 {0}\intbl\cell {1}\intbl\cell\row "
PLAN = rtf(
    ROW.format(r"{\b UBND TỈNH AN BÌNH\line SỞ Y TẾ}", r"{\b CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM}")
    + r"\pard\qc{\b KẾ HOẠCH}\par Phòng, chống dịch năm 2024\par \pard I. MỤC TIÊU\par "
    + ROW.format("TT", "Chỉ tiêu") + ROW.format("1", "95%") + r"\pard Hết.{\v bí mật}\par "
)  # fmt: skip
LINES = [
    "UBND TỈNH AN BÌNH", "SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", "Phòng, chống dịch năm 2024", "I. MỤC TIÊU",
    "TT\tChỉ tiêu", "1\t95%", "Hết.",
]  # fmt: skip


def bold(made: Source) -> list[str]:
    return [made.text[run.start : run.end] for run in made.styles if run.kind == "bold"]


@pytest.mark.office
def test_an_rtf_file() -> None:
    made = read_bytes(PLAN, "a.rtf")
    assert made.text.split("\n") == [*LINES, ""]
    assert (made.media_type, made.markup, made.sha256) == ("application/rtf", "styled", sha256(PLAN))
    assert made.reader.startswith("office (LibreOffice ") and made.reader.endswith(") + docx")
    assert "KẾ HOẠCH" in bold(made)
    assert [made.text[c.start : c.end] for c in made.cells][2:] == ["TT", "Chỉ tiêu", "1", "95%"]


@pytest.mark.office
def test_fonts_of_old_encodings() -> None:
    text = (
        "{\\f2 "
        + signs("së y tÕ")
        + "}\\par {\\f1 "
        + signs("Phßng bÖnh")
        + "} {\\f3 "
        + signs("tænh")
        + "}{\\f0  An Bình}\\par "
    )
    made = read_bytes(rtf(text), "a.rtf")
    assert made.text == "SỞ Y TẾ\nPhòng bệnh tỉnh An Bình\n"
    assert ("encoding_converted", "TCVN3, VNI") in made.notes


@pytest.mark.office
@pytest.mark.parametrize(
    ("suffix", "media_type"), [("odt", "application/vnd.oasis.opendocument.text"), ("doc", "application/msword")]
)
def test_other_formats_say_what_a_docx_says(suffix: str, media_type: str, tmp_path: Path) -> None:
    """A .docx made into the other format by LibreOffice, and read from it."""
    made_here = docx.Document()
    made_here.add_heading("KẾ HOẠCH", 1)
    for words in ("Một", "Hai"):
        made_here.add_paragraph(words, style="List Number")
    table = made_here.add_table(2, 3)
    table.cell(0, 1).merge(table.cell(0, 2))
    for cell, words in zip(
        (*table.row_cells(0)[:2], *table.row_cells(1)), ("TT", "Chỉ tiêu", "1", "95%", "96%"), strict=True
    ):
        cell.text = words
    made_here.add_paragraph("Hết.")
    document = saved(made_here)
    (tmp_path / "a.docx").write_bytes(document)
    program = office_run.find_office()
    assert program is not None
    command = [program.program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", suffix, "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True,
        capture_output=True,
    )
    made, wanted = read(tmp_path / f"a.{suffix}"), read_bytes(document, "a.docx")
    assert made.media_type == media_type
    assert made.text.split() == wanted.text.split()
    assert [cell[2:] for cell in made.cells] == [cell[2:] for cell in wanted.cells]
    assert ("KẾ HOẠCH", 1) in [
        (made.text[run.start : run.end], run.level) for run in made.styles if run.kind == "heading"
    ]


@pytest.mark.office
def test_many_files_in_one_run_and_never_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = office_run._run
    monkeypatch.setattr(office_run, "_run", lambda o, r, names, s: runs.append(len(names)) or run(o, r, names, s))
    files = {f"{n}.rtf": rtf(f"Kế hoạch {n}\\par ") for n in range(5)}
    files |= {
        "again.rtf": files["0.rtf"],
        "damaged.doc": office._OLE + bytes(3000),
        "a.txt": b"Ke hoach",
        "b.pdf": b"%PDF-",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in files]
    assert office.prepare([*paths, tmp_path / "none.doc", tmp_path]) == 5
    assert runs == [6]
    assert office.prepare(paths) == 0
    for n in range(5):
        assert read(tmp_path / f"{n}.rtf").text == f"Kế hoạch {n}\n"
    with pytest.raises(UnreadableError) as error:
        read(tmp_path / "damaged.doc")
    assert error.value.code == "damaged_office"
    assert runs == [6]


@pytest.mark.office
def test_what_is_kept_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.convert([PLAN])[sha256(PLAN)].failed == ""
    monkeypatch.setattr(office, "find_office", lambda: None)
    assert read_bytes(PLAN, "a.rtf").text.startswith("UBND TỈNH")
    for place in Path(os.environ["KEHOACH_CACHE"]).rglob("*"):
        if place.is_file():
            place.write_bytes(b"damaged")
    with pytest.raises(UnreadableError) as error:
        read_bytes(PLAN, "a.rtf")
    assert error.value.code == "office_missing"


@pytest.mark.office
def test_links_outside_are_not_followed(tmp_path: Path) -> None:
    """Neither a file that the document includes nor one that it links to comes into the text."""
    (tmp_path / "secret.txt").write_text("khong duoc doc", encoding="utf-8")
    place = str(tmp_path / "secret.txt").replace("\\", "/")
    field = r"{\field{\*\fldinst INCLUDETEXT " + f'"{place}"' + r"}{\fldrslt cũ}}\par Kế hoạch\par "
    text = read_bytes(rtf(field), "a.rtf").text
    assert "Kế hoạch" in text and "khong" not in text
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        "<office:body><office:text><text:p>Kế hoạch</text:p>"
        f'<text:section text:name="a"><text:section-source xlink:href="file://{place}"/><text:p>cũ</text:p></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    odt = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    text = read_bytes(rezipped(odt, {"META-INF/manifest.xml": manifest}), "a.odt").text
    assert "Kế hoạch" in text and "khong" not in text


@pytest.mark.office
def test_bombs_and_damage() -> None:
    samples = {
        "nested.rtf": rtf("{" * 5000 + "Kế hoạch" + "}" * 5000),
        "table.rtf": rtf(r"\trowd" + r"\cellx100" * 3000 + r"a\cell" * 3000 + r"\row Kế hoạch\par "),
        "cut.rtf": PLAN[: len(PLAN) // 2],
        "empty.rtf": rtf(""),
        "cut.odt": archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a"}),
        "zeros.doc": office._OLE + bytes(5000),
    }
    office.convert(samples.values())
    for name, data in samples.items():
        try:
            assert read_bytes(data, name).text.strip(), name
        except UnreadableError as error:
            assert error.code in ("damaged_office", "empty", "office_died"), (name, error.code)


# --- a program that does not do what it should: a script in its place ---------------------------------------------

FAKE = """#!{python}
import pathlib, sys, time
arguments = sys.argv[1:]
if "--version" in arguments:
    print("LibreOffice 99.9.1 fake")
    sys.exit()
out = pathlib.Path(arguments[arguments.index("--outdir") + 1])
for name in arguments[arguments.index("--outdir") + 2:]:
    content = pathlib.Path(name).read_bytes()
    if b"hang" in content:
        pathlib.Path({place!r}).joinpath("hung").touch()
        time.sleep(600)
    if b"crash" in content:
        sys.exit(77)
    if b"refuse" not in content:
        (out / (pathlib.Path(name).stem + ".docx")).write_bytes(b"made of " + content)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="the program in its place is a script")


@pytest.fixture
def fake(tmp_path: Path) -> Office:
    script = tmp_path / "soffice"
    script.write_text(FAKE.format(python=sys.executable, place=str(tmp_path)), encoding="utf-8")
    script.chmod(0o755)
    return Office(str(script), "99.9")


@posix
def test_a_file_that_hangs_or_kills_takes_only_itself(fake: Office) -> None:
    contents = [b"a", b"refuse", b"b", b"crash", b"c", b"hang", b"d", b"crash", b"crash", b"refuse"]
    start = time.monotonic()
    made = office_run.convert_files(fake, [(".doc", content) for content in contents], 2.0)
    assert [one.failed or one.docx.decode() for one in made] == [
        "made of a", "damaged_office", "made of b", "office_died", "made of c", "office_too_slow", "made of d", "office_died",
        "office_died", "damaged_office",
    ]  # fmt: skip
    assert time.monotonic() - start < 30


@posix
def test_a_program_that_starts_but_never_works(fake: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_run, "_START_SECONDS", 0.5)
    (made,) = office_run.convert_files(fake, [(".doc", b"hang")], 0.5)
    assert made == Converted(b"", "office_too_slow")


@posix
def test_errors_of_the_program_are_not_kept(fake: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: fake)
    monkeypatch.setattr(office_run, "_START_SECONDS", 1.0)
    for word, code in (("crash", "office_died"), ("hang", "office_too_slow"), ("refuse", "damaged_office")):
        data = rtf(word)
        with pytest.raises(UnreadableError) as error:
            read_bytes(data, "a.rtf", limits=Limits(office_seconds=1.0))
        assert error.value.code == code
        assert (office._load(sha256(data)) is None) == (word != "refuse")


@posix
def test_the_program_is_found_by_its_setting(fake: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_SOFFICE", fake.program)
    office_run.find_office.cache_clear()
    try:
        assert office_run.find_office() == fake
        monkeypatch.setenv("KEHOACH_SOFFICE", str(Path(fake.program).parent / "none"))
        office_run.find_office.cache_clear()
        assert office_run.find_office() is None
    finally:
        office_run.find_office.cache_clear()


def test_without_a_program_nothing_is_prepared(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(PLAN)
    assert office.prepare([tmp_path / "a.rtf"]) == 0
    assert office.convert([PLAN, b"text"]) == {}


@pytest.mark.office
@pytest.mark.shared
def test_a_real_word_97_file() -> None:
    file = SHARED / "phu-tho-kh-stttt-2011.doc"
    if not file.exists():
        pytest.skip(f"no {file}")
    made = read(file, limits=Limits())
    assert made.media_type == "application/msword" and made.notes == ()
    lines = made.text.split("\n")
    assert lines[:2] == ["UBND TỈNH PHÚ THỌ", "SỞ THÔNG TIN VÀ TRUYỂN THÔNG"]
    assert "I. MỤC ĐÍCH, YÊU CẦU" in lines and "II. PHƯƠNG ÁN TRIỂN KHAI" in lines
    assert len(made.cells) == 20
    assert (
        lines[-2] == "Phan Quang Thao"
        or "Phan Quang Thao" in made.text.split()[-3:]
        or made.text.rstrip().endswith("Thao")
    )


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["rtf", "doc", "odt"])
def test_damaged_files(suffix: str, tmp_path: Path) -> None:
    """Whatever is done to the bytes: text, or an error that is worded; and one run after another goes on."""
    data = PLAN
    if suffix != "rtf":
        (tmp_path / "a.rtf").write_bytes(PLAN)
        program = office_run.find_office()
        assert program is not None
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program.program, profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "a.rtf")], check=True, capture_output=True)
        data = (tmp_path / f"a.{suffix}").read_bytes()
    samples = [damaged(data, random.Random(seed)) for seed in range(40)]
    office.convert(samples, Limits(office_seconds=20.0))
    for sample in samples:
        check(sample, f"a.{suffix}")
