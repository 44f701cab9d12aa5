"""Archives and mails: what is found in them, under which names, and what is refused."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.conftest import Desk
from ingest.make_archives import (
    encrypted,
    mail,
    mail_with_header,
    tarred,
    unicode_path,
    with_raw_name,
    write,
    zipped,
)
from pipeline.errors import UnreadableError
from pipeline.ingest import IngestReport
from pipeline.readers import Limits, read
from pipeline.readers.archive import documents, is_archive, load, only_document

Outcomes = Callable[[IngestReport], dict[str, str]]
A = "1/KH-SYT|2022-03-17|Sở Y tế\n"
B = "2/KH-SYT|2022-03-17|Sở Y tế\n"
C = "3/KH-SYT|2022-03-17|Sở Y tế\n"
NAME = "Kế hoạch tiêm chủng.txt"
TCVN3 = "Kế hoạch.txt", b"K\xd5 ho\xb9ch.txt"


def found(path: Path, limits: Limits | None = None) -> dict[str, str]:
    """What is in an archive: name -> content, or the code of the error; the archive's own error under ""."""
    made: dict[str, str] = {}
    try:
        for document in documents(path.as_posix(), limits):
            name = document.path.removeprefix(path.as_posix())
            assert name not in made
            made[name] = document.code if isinstance(document, UnreadableError) else document.data.decode()
    except UnreadableError as error:
        made[error.path.removeprefix(path.as_posix())] = error.code
    return made


def nested(depth: int) -> bytes:
    made = zipped({"plan.txt": "x"})
    for level in range(depth - 1):
        made = zipped({f"{level}.zip": made})
    return made


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.zip", zipped({"x.txt": "1", "thư mục/y.md": "2"}), {"!/x.txt": "1", "!/thư mục/y.md": "2"}),
        ("a.tar", tarred({"x.txt": "1", "d/y.md": "2"}), {"!/x.txt": "1", "!/d/y.md": "2"}),
        ("a.tar.gz", tarred({"x.txt": "1", "d/y.md": "2"}, "w:gz"), {"!/x.txt": "1", "!/d/y.md": "2"}),
        ("A.TGZ", tarred({"x.txt": "1"}, "w:gz"), {"!/x.txt": "1"}),
        ("a.eml", mail({NAME: b"1", "b.zip": zipped({"x.txt": "2"})}), {f"!/{NAME}": "1", "!/b.zip!/x.txt": "2"}),
        ("a.zip", zipped({"d/b.zip": zipped({"c.tar": tarred({"x.txt": "1"})})}), {"!/d/b.zip!/c.tar!/x.txt": "1"}),
        ("a.zip", zipped({"m.eml": bytes(mail({"x.txt": b"1"}))}), {"!/m.eml!/x.txt": "1"}),
        # A wrong name, or none: the content tells.
        ("upload", zipped({"x.txt": "1"}), {"!/x.txt": "1"}),
        ("a.zip", zipped({"x.dat": "%PDF-1.4", "y": "%PDF-1.4 y"}), {"!/x.dat": "%PDF-1.4", "!/y": "%PDF-1.4 y"}),
        ("a.zip", zipped({"inner.bin": zipped({"x.txt": "1"})}), {"!/inner.bin!/x.txt": "1"}),
        # What is no document is left out.
        (
            "a.zip",
            zipped({
                "x.txt": "1", "logo.xyz": "\0", "a.csv": "1,2", "__MACOSX/x.txt": "2", ".h.txt": "3", "~$x.docx": "4",
                "b.xlsx": zipped({"xl/workbook.xml": "<w/>", "[Content_Types].xml": "<t/>"}),
            }),
            {"!/x.txt": "1"},
        ),
        ("a.zip", zipped({"a.csv": "1,2"}), {"": "no_plans_inside"}),
        ("a.zip", zipped({}), {"": "no_plans_inside"}),
        ("a.eml", mail({}), {"": "no_plans_inside"}),
        # What is damaged, or can't be opened.
        ("a.zip", b"PK\3\4 nothing", {"": "damaged_archive"}),
        ("a.tar", b"nothing" * 100, {"": "damaged_archive"}),
        ("a.tgz", tarred({"x.txt": "1" * 9000}, "w:gz")[:-40], {"": "damaged_archive"}),
        ("a.tar", tarred({"x.txt": "1", "y.txt": "2" * 9000})[:6000], {"!/x.txt": "1", "!/y.txt": "damaged_member", "": "damaged_archive"}),
        ("a.zip", zipped({"x.txt": "1", "b.rar": b"Rar!\x1a\x07\0"}), {"!/x.txt": "1", "!/b.rar": "unsupported_archive"}),
        ("a.eml", mail({"winmail.dat": b"x", "n.msg": b"y"}), {"!/winmail.dat": "unsupported_msg", "!/n.msg": "unsupported_msg"}),
        ("a.zip", encrypted(zipped({"x.txt": "1", "y.txt": "2"}), "x.txt"), {"!/x.txt": "encrypted", "!/y.txt": "2"}),
        ("a.zip", zipped({"x.txt": "1"}, zipfile.ZIP_LZMA), {"!/x.txt": "archive_method"}),
        ("a.zip", zipped({"x.txt": "1"}, zipfile.ZIP_BZIP2), {"!/x.txt": "1"}),
    ],
)  # fmt: skip
def test_what_is_in_an_archive(tmp_path: Path, name: str, content: bytes, expected: dict[str, str]) -> None:
    path = write(tmp_path / name, content)
    assert is_archive(path.as_posix())
    assert found(path) == expected
    for inside, words in expected.items():
        if inside and words.startswith(tuple("12%")):
            assert load(path.as_posix() + inside).decode() == words


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"})),
        ("a.zip", zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"})),  # Word under a wrong name
        ("a.docx", b"PK\3\4 nothing"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"})),
        ("a.eml", b"%PDF-1.7"),
        ("a.txt", b"PKC"),
        ("a.txt", b""),
    ],
)
def test_what_is_no_archive(tmp_path: Path, name: str, content: bytes) -> None:
    assert not is_archive(write(tmp_path / name, content).as_posix())
    assert not is_archive(tmp_path.as_posix())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "unsupported_archive"),
        ("a.rar", b"Rar!\x1a\x07\x01", "unsupported_archive"),
        ("a.bin", b"Rar!\x1a\x07\x01", "unsupported_archive"),
        ("a.txt.gz", b"\x1f\x8b\x08 x", "unsupported_archive"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported_msg"),
    ],
)
def test_what_can_not_be_opened_is_refused_with_advice(
    desk: Desk, outcomes: Outcomes, name: str, content: bytes, code: str
) -> None:
    write(desk.root / name, content)
    desk.write(x=A)
    report = desk.ingest(name, "x.txt")
    assert [f.code for f in report.failed] == [code]
    assert len(report.done) == 1
    if name != "a.bin" and not name.endswith(".gz"):  # in a folder too: plans may be in it
        assert [f.code for f in desk.ingest().failed] == [code]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/x.txt", "etc/x.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("C:\\Windows\\x.txt", "Windows/x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("\\\\server\\share\\x.txt", "server/share/x.txt"),
        ("a/./b/../x.txt", "a/b/x.txt"),
        ("a\x1b[31m/x\r\n.txt", "a[31m/x.txt"),
        ("quan trọng!/x.txt", "quan trọng!_/x.txt"),
        (unicodedata.normalize("NFD", "kế hoạch.txt"), "kế hoạch.txt"),
        ("d/" + "x" * 400 + ".txt", "d/" + "x" * 146 + ".txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_lead_nowhere(tmp_path: Path, kind: str, raw: str, shown: str) -> None:
    folder = tmp_path / "in"
    content = with_raw_name(raw.encode(), b"1", utf8=True) if kind == "zip" else tarred({raw: "1"})
    path = write(folder / f"a.{kind}", content)
    assert found(path) == {f"!/{shown}": "1"}
    assert load(f"{path.as_posix()}!/{shown}") == b"1"
    assert [p.name for p in tmp_path.rglob("*")] == ["in", path.name]  # nothing was written


def test_a_nul_ends_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", with_raw_name(b"x.txt\0.exe", b"1"))
    assert found(path) == {"!/x.txt": "1"}


def test_links_are_left_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("x.txt", "1")
    assert found(write(tmp_path / "a.zip", made.getvalue())) == {"!/x.txt": "1"}
    tar = tarred({"x.txt": "1"}, links={"y.txt": "/etc/passwd", "z.txt": "x.txt"})
    assert found(write(tmp_path / "a.tar", tar)) == {"!/x.txt": "1"}


def test_members_of_one_name_stay_apart(tmp_path: Path) -> None:
    tar = tarred({"x.txt": "1", "../x.txt": "2", "/x.txt": "3"})
    path = write(tmp_path / "a.tar", tar)
    assert found(path) == {"!/x.txt": "1", "!/x (2).txt": "2", "!/x (3).txt": "3"}
    for name, content in (("x (3)", b"3"), ("x", b"1"), ("x (2)", b"2"), ("x (2)", b"2")):  # winding back
        assert load(f"{path.as_posix()}!/{name}.txt") == content
    with pytest.raises(UnreadableError, match="không tìm thấy"):
        load(f"{path.as_posix()}!/y.txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (NAME, with_raw_name(NAME.encode(), b"1", utf8=True)),
        (NAME, with_raw_name(NAME.encode(), b"1")),  # macOS does not say so
        (NAME, with_raw_name(NAME.encode().decode("cp437").encode(), b"1", utf8=True)),  # mangled, then said so
        (NAME, with_raw_name(b"Ke hoach.txt", b"1", extra=unicode_path(b"Ke hoach.txt", NAME))),
        ("Ke hoach.txt", with_raw_name(b"Ke hoach.txt", b"1", extra=unicode_path(b"other", NAME))),
        ("Kế hoạch.txt", with_raw_name("Kê\u0301 hoa\u0323ch.txt".encode("cp1258"), b"1")),
        (TCVN3[0], with_raw_name(TCVN3[1], b"1")),
        ("café.txt", with_raw_name("café.txt".encode("cp437"), b"1")),
        (NAME, tarred({NAME: "1"})),
        (NAME, mail({NAME: b"1"})),
        # How programs write names in mails: RFC 2231 (in pieces, in old encodings), RFC 2047, bare bytes.
        (NAME, mail_with_header(b"attachment; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20ti%C3%AAm%20ch%E1%BB%A7ng.txt", b"1")),
        (NAME, mail_with_header(b"attachment;\r\n filename*0*=UTF-8''K%E1%BA%BF%20ho%E1%BA;\r\n filename*1*=%A1ch%20ti%C3%AAm%20ch%E1%BB%A7ng.txt", b"1")),
        ("Kế hoạch.txt", mail_with_header(b"attachment; filename*=windows-1258''K%EA%EC%20hoa%F2ch.txt", b"1")),
        ("Kế hoạch.txt", mail_with_header(b'attachment; filename="=?UTF-8?B?S+G6vyBob+G6oWNoLnR4dA==?="', b"1")),
        ("Kế hoạch.txt", mail_with_header(b'attachment;\r\n filename="=?utf-8?Q?K=E1=BA?=\r\n =?utf-8?Q?=BF_ho=E1=BA=A1ch=2Etxt?="', b"1")),
        ("Kế hoạch.txt", mail_with_header('attachment; filename="Kế hoạch.txt"'.encode(), b"1")),
        (TCVN3[0], mail_with_header(b'attachment; filename="' + TCVN3[1] + b'"', b"1")),
        ("etc/x.txt", mail_with_header(b'attachment; filename="../../etc/x.txt"', b"1")),
        ("attachment-2", mail_with_header(b"attachment", b"%PDF-1")),
    ],
)  # fmt: skip
def test_odd_names(tmp_path: Path, name: str, content: bytes) -> None:
    suffix = ".eml" if b"From: a@" in bytes(content) else ".tar" if bytes(content)[257:262] == b"ustar" else ".zip"
    assert list(found(write(tmp_path / f"a{suffix}", content))) == [f"!/{name}"]


def test_pictures_in_a_mail_are_no_attachments(tmp_path: Path) -> None:
    made = mail({"x.txt": b"1"})
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="sign.png", cid="<1@x>")
    made.add_attachment(b"2", maintype="image", subtype="png", filename="scan.png")
    assert found(write(tmp_path / "a.eml", made)) == {"!/x.txt": "1", "!/scan.png": "2"}


def test_a_forwarded_mail_brings_its_attachments(tmp_path: Path) -> None:
    made = mail({"x.txt": b"1"})
    made.add_attachment(mail({"y.txt": b"2"}))
    assert found(write(tmp_path / "a.eml", made)) == {"!/x.txt": "1", "!/y.txt": "2"}


ZEROS = bytes(1 << 20)


@pytest.mark.parametrize(
    ("content", "limits", "expected"),
    [
        # One member beyond what a document may have: it alone is refused, unopened.
        (zipped({"a.txt": ZEROS, "b.txt": "1"}), Limits(bytes=1000), {"!/a.txt": "too_large", "!/b.txt": "1"}),
        (tarred({"a.txt": ZEROS, "b.txt": "1"}), Limits(bytes=1000), {"!/a.txt": "too_large", "!/b.txt": "1"}),
        # All together: what came before is sound, nothing more is read.
        (zipped({"a.txt": "1", "b.txt": ZEROS, "c.txt": "3"}), Limits(archive=1000), {"!/a.txt": "1", "!/b.txt": "archive_too_large"}),
        (zipped({"a.txt": "1", "b.txt": "2", "c.txt": "3"}), Limits(members=2), {"!/a.txt": "1", "!/b.txt": "2", "!/c.txt": "archive_too_many"}),
        (tarred({"a.txt": "1", "b.txt": "2", "c.txt": "3"}), Limits(members=2), {"!/a.txt": "1", "!/b.txt": "2", "!/c.txt": "archive_too_many"}),
        (nested(3), Limits(nesting=3), {"!/1.zip!/0.zip!/plan.txt": "x"}),
        (nested(4), Limits(nesting=3), {"!/2.zip!/1.zip!/0.zip": "archive_too_deep"}),
        (nested(20), None, {"!/18.zip!/17.zip!/16.zip!/15.zip!/14.zip": "archive_too_deep"}),
    ],
)  # fmt: skip
def test_limits(tmp_path: Path, content: bytes, limits: Limits, expected: dict[str, str]) -> None:
    path = write(tmp_path / ("a.tar" if content[257:262] == b"ustar" else "a.zip"), content)
    assert found(path, limits) == expected


def test_a_bomb_is_left_when_it_unpacks_to_too_much_for_its_size(tmp_path: Path) -> None:
    zeros = bytes(30 << 20)
    bomb = zipped({"first.txt": "1"} | {f"{n}.csv": zeros for n in range(3)})
    assert len(bomb) < 200_000
    assert found(write(tmp_path / "a.zip", bomb)) == {"!/first.txt": "1", "!/2.csv": "archive_too_large"}
    deep = zipped({"first.txt": "1", "inner.zip": bomb})
    assert list(found(write(tmp_path / "b.zip", deep)).items())[-1] == ("!/inner.zip!/2.csv", "archive_too_large")
    tar = tarred({"first.txt": "1"} | {f"{n}.exe": zeros for n in range(3)}, "w:gz")  # skipped, but unpacked
    assert list(found(write(tmp_path / "a.tgz", tar)).values()) == ["1", "archive_too_large"]


def test_into_the_database_and_again(desk: Desk) -> None:
    inner = zipped({"c.txt": C, "no.txt": "refuse"})
    write(desk.root / "x" / "a.zip", zipped({"../a.txt": A, "năm 2022/b.txt": B, "inner.zip": inner}))
    write(desk.root / "m.eml", mail({"a copy.txt": A.encode()}))
    desk.write(plain=DRAFT)
    report = desk.ingest()
    root = desk.root.as_posix()
    inside = {
        f"{root}/x/a.zip!/{name}": p for name, p in (("a.txt", "1"), ("năm 2022/b.txt", "2"), ("inner.zip!/c.txt", "3"))
    }
    assert {done.path: done.code for done in report.done} == {
        f"{root}/m.eml!/a copy.txt": "1/KH-SYT", f"{root}/plain.txt": None,
        **{path: f"{number}/KH-SYT" for path, number in inside.items() if number != "1"},
    }  # fmt: skip
    assert [(s.path, s.added) for s in report.skipped] == [(f"{root}/x/a.zip!/a.txt", True)]
    assert [(f.path, f.code) for f in report.failed] == [(f"{root}/x/a.zip!/inner.zip!/no.txt", "encrypted")]
    before, written = desk.dump(), desk.database.read_bytes()
    again = desk.ingest()
    assert not again.done
    assert len(again.skipped) == 5
    assert (desk.dump(), desk.database.read_bytes()) == (before, written)
    one = desk.ingest("x/a.zip!/inner.zip!/c.txt")
    assert [s.path for s in one.skipped] == [f"{root}/x/a.zip!/inner.zip!/c.txt"]


DRAFT = "bản thảo\n"


def test_an_unchanged_archive_is_not_opened_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import ingest as module

    path = write(desk.root / "a.zip", zipped({"a.txt": A, "b.txt": B}))
    desk.ingest()
    opened: list[str] = []
    monkeypatch.setattr(module, "documents", lambda path: opened.append(path) or documents(path))
    assert len(desk.ingest().skipped) == 2
    assert opened == []
    # A plan that was removed, and a changed archive, are read again.
    with module.open_store(desk.database) as store:
        store.remove("1/KH-SYT")
    assert [d.code for d in desk.ingest().done] == ["1/KH-SYT"]
    write(path, zipped({"a.txt": A, "b.txt": B + "x"}))
    report = desk.ingest()
    assert ([d.action for d in report.done], len(report.skipped)) == (["replaced"], 1)
    assert len(opened) == 2


def test_a_failure_goes_when_its_archive_is_mended(desk: Desk) -> None:
    path = write(desk.root / "a.zip", zipped({"a.txt": A, "no.txt": "refuse"}))
    desk.ingest()
    assert [Path(f["path"]).name for f in desk.written()["failures"]] == ["no.txt"]
    write(path, b"PK\3\4")
    desk.ingest()
    assert [f["code"] for f in desk.written()["failures"]] == ["damaged_archive", "encrypted"]
    write(path, zipped({"a.txt": A}))
    assert desk.ingest().ok
    assert desk.written()["failures"] == []
    assert desk.plans() == {"a=1/KH-SYT"}


def test_reading_a_file_in_an_archive(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", zipped({"x.txt": "KẾ HOẠCH\n", "logo.xyz": "\0"})).as_posix()
    assert only_document(path) == f"{path}!/x.txt"
    for given in (path, f"{path}!/x.txt"):
        source = read(given)
        assert (source.text, source.path) == ("KẾ HOẠCH\n", f"{path}!/x.txt")
    write(tmp_path / "a.zip", zipped({"x.txt": "1", "y.txt": "2"}))
    with pytest.raises(UnreadableError) as error:
        read(path)
    assert error.value.code == "several_plans_inside"
    assert f"{path}!/y.txt" in str(error.value)
