"""Damaged files: whatever is done to the bytes, a reader gives a Source with text or a KehoachError."""

from __future__ import annotations

import random
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import KehoachError
from pipeline.readers import read_bytes

from .make_docx import body, p, tbl, tc, tr
from .make_pdf import FILLER, field, letterhead, paragraph, pdf, ruled_table, running_text, scan


def _page(canvas: Canvas) -> None:
    letterhead(canvas)
    field(canvas, 143, 124, "125")
    paragraph(canvas, 200, FILLER)
    ruled_table(canvas, 85, 330, [40, 250, 120], [["TT", "Nội dung", "Đơn vị"], ["1", "Tập huấn", "Sở Y tế"]])


WORD = body(
    p("KẾ HOẠCH", style="Heading1"),
    p("Mục đích", style="ListNumber"),
    tbl(tr(tc(p("TT")), tc(p("Nội dung"))), tr(tc(p("1"), properties="<w:vMerge/>"), tc(p("Tập huấn")))),
)
TEXT = "Kế hoạch của Sở Y tế về công tác phòng, chống dịch bệnh năm 2024. " * 10
WEB = f"""<!DOCTYPE html><html><head><style>p.x {{font-weight: bold}}</style></head><body><div class="menu"><a href="/">Trang chủ</a>
</div><table><tr><td rowspan=2>UBND TỈNH AN BÌNH</td><td colspan=2>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>a<td>b</tr></table>
<p class=x>I. MỤC ĐÍCH<sup><a href="#n1">1</a></sup></p><ol type=a start=3><li>{TEXT}</li></ol><p id=n1>Chú thích</p><p>Nơi nhận:</p></body></html>"""
SEEDS = {
    "a.pdf": pdf(_page, running_text, scan),
    "a.docx": WORD,
    "a.html": WEB.encode(),
    "old.html": WEB.replace("Kế hoạch của Sở Y tế", "KÕ ho¹ch cña Së Y tÕ").encode("cp1252", "ignore"),
    "a.mht": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + WEB.encode(),
    "utf-8.txt": TEXT.encode(),
    "utf-16.txt": TEXT.encode("utf-16"),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Cut off, bits flipped, a part lost or doubled."""
    out = bytearray(data)
    kind = chance.choice(("cut", "flip", "flip", "lose", "double"))
    at = chance.randrange(len(out))
    if kind == "cut":
        return bytes(out[:at])
    if kind == "flip":
        for _ in range(chance.choice((1, 1, 3, 40))):
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    elif kind == "lose":
        del out[at : at + chance.randrange(1, 300)]
    else:
        out[at:at] = out[at : at + chance.randrange(1, 300)]
    return bytes(out)


def check(data: bytes, name: str) -> None:
    try:
        made = read_bytes(data, name)
    except KehoachError as error:
        assert error.message("vi") and error.message("en")
        return
    assert made.text.strip()
    for run in (*made.pages, *made.styles, *made.cells, *made.line_boxes):
        assert 0 <= run.start <= run.end <= len(made.text)


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_files(name: str) -> None:
    for seed in range(80):
        check(damaged(SEEDS[name], random.Random(seed)), name)


MEMBERS = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels"]


@pytest.mark.parametrize("member", MEMBERS)
def test_word_files_with_one_damaged_member(member: str) -> None:
    """The ZIP is sound, so that the damage reaches the XML: signs are replaced by others that mean something there."""
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    for seed in range(25):
        chance = random.Random(seed)
        content = bytearray(members[member])
        for _ in range(chance.choice((1, 2, 5))):
            content[chance.randrange(len(content))] = chance.choice(b'0189aZ"<>/= :-')
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, sound in members.items():
                archive.writestr(name, bytes(content) if name == member else sound)
        check(out.getvalue(), "a.docx")


def test_places_without_measure_do_no_harm() -> None:
    """Text blown up beyond every page, and text without any height."""

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 90, FILLER)
        for matrix in ((1e30, 0, 0, 1e30, 0, 0), (1, 0, 0, 0, 0, 0), (1, 0, 0, 1, 1e9, 1e9)):
            canvas.saveState()
            canvas.transform(*matrix)
            paragraph(canvas, 300, FILLER)
            canvas.line(0, 0, 1e20, 0)
            canvas.restoreState()

    assert " ".join(read_bytes(pdf(page), "a.pdf").text.split()).startswith(FILLER)


def test_reading_a_text_loads_no_other_reader() -> None:
    code = (
        "import sys, pipeline.readers as r; r.read_bytes('Kế hoạch'.encode(), 'a.txt'); "
        "print([m for m in ('docx', 'lxml', 'pypdfium2', 'pdfplumber', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
