"""Word files: what stands in the XML, and the text that a reader of the printed paper sees."""

from __future__ import annotations

import docx
import pytest

from models.text import Source
from pipeline.readers import read_bytes

from .make_docx import archive, body, definition, level, p, r, rezipped, saved, tbl, tc, tr, use

B = "<w:b/>"


def source(*xml: str, numbering: str = "", styles: str = "") -> Source:
    return read_bytes(body(*xml, numbering=numbering, styles=styles), "a.docx")


def lines(*xml: str, numbering: str = "", styles: str = "") -> list[str]:
    return source(*xml, numbering=numbering, styles=styles).text.rstrip("\n").split("\n")


def bold(made: Source) -> list[str]:
    return [made.text[run.start : run.end] for run in made.styles if run.kind == "bold"]


def headings(made: Source) -> list[tuple[str, int]]:
    return [(made.text[run.start : run.end], run.level) for run in made.styles if run.kind == "heading"]


# --- paragraphs ---------------------------------------------------------------------------------------------------

PARAGRAPHS = [
    # what, XML, lines of text
    ("a paragraph is a line", [p("Kế hoạch"), p("Căn cứ")], ["Kế hoạch", "Căn cứ"]),
    ("an empty one is an empty line", [p("Một"), p(), p("Hai")], ["Một", "", "Hai"]),
    ("runs join", [p(inner=r("Sở ") + r("Y tế", B))], ["Sở Y tế"]),
    ("a tab is a wide blank", [p(inner="<w:r><w:t>Số:</w:t><w:tab/><w:t>12/KH-SYT</w:t></w:r>")], ["Số:    12/KH-SYT"]),
    ("a line break breaks the line", [p(inner="<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Năm 2024</w:t></w:r>")], ["KẾ HOẠCH", "Năm 2024"]),
    ("a line feed in the XML is a blank", [p(inner="<w:r><w:t>Sở\nY tế</w:t></w:r>")], ["Sở Y tế"]),
    ("a hyphen that does not break", [p(inner="<w:r><w:t>KH</w:t><w:noBreakHyphen/><w:t>SYT</w:t></w:r>")], ["KH-SYT"]),
    ("a soft hyphen is not printed", [p(inner="<w:r><w:t>kế</w:t><w:softHyphen/><w:t>hoạch</w:t></w:r>")], ["kếhoạch"]),
    ("a sign of a symbol font", [p(inner='<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 95%</w:t></w:r>')], ["≥ 95%"]),
    ("the same sign typed", [p("\uf0a3 5%")], ["≤ 5%"]),
    ("capitals as printed", [p(inner=r("Mục đích", "<w:caps/>"))], ["MỤC ĐÍCH"]),
    ("hidden text is not printed", [p(inner=r("hiện ") + r("ẩn", "<w:vanish/>"))], ["hiện"]),
    ("a link's words", [p(inner=f'<w:hyperlink r:id="x" xmlns:r="urn:r">{r("xem tại đây")}</w:hyperlink>')], ["xem tại đây"]),
    ("a content control", [f"<w:sdt><w:sdtContent>{p('trong khung')}</w:sdtContent></w:sdt>"], ["trong khung"]),
    ("an inline content control", [p(inner=f"<w:sdt><w:sdtContent>{r('ngày 05')}</w:sdtContent></w:sdt>")], ["ngày 05"]),
    ("a field shows its result", [p(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>lệnh</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12/3/2024</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + r(" xong"))], ["12/3/2024 xong"]),
    ("a field that never ends hides no more than its paragraph", [p(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("lệnh")), p("vẫn còn")], ["", "vẫn còn"]),
    ("an insertion is accepted", [p("đến ngày ", inner=f'<w:ins w:id="1">{r("15/12")}</w:ins>')], ["đến ngày 15/12"]),
    ("a deletion too", [p("trước ", inner='<w:del w:id="1"><w:r><w:delText>10/12</w:delText></w:r></w:del>' + r("15/12"))], ["trước 15/12"]),
    ("text moved stands where it went", [p(inner=f'<w:moveFrom w:id="1">{r("a")}</w:moveFrom>' + r("b") + f'<w:moveTo w:id="2">{r("a")}</w:moveTo>')], ["ba"]),
    ("a paragraph whose mark is deleted joins the next", [p("Sở Y tế ", ppr='<w:rPr><w:del w:id="1"/></w:rPr>'), p("chủ trì")], ["Sở Y tế chủ trì"]),
    ("the last one too", [p("Sở Y tế ", ppr='<w:rPr><w:del w:id="1"/></w:rPr>')], ["Sở Y tế"]),
    ("a formula's signs", [p("từ ", inner='<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x≥5</m:t></m:r></m:oMath>')], ["từ x≥5"]),
    ("a text box, once", [p("Trước", inner="<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>" + p("DỰ THẢO") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" + p("DỰ THẢO") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"), p("Sau")], ["Trước", "DỰ THẢO", "Sau"]),
    ("a text box of old", [p(inner="<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p("MẬT") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"), p("Sau")], ["", "MẬT", "Sau"]),
    ("a table of contents is left out", [p("I. MỤC ĐÍCH\t2", style="M1"), p("I. MỤC ĐÍCH")], ["I. MỤC ĐÍCH"]),
]  # fmt: skip
STYLES = '<w:style w:type="paragraph" w:styleId="M1"><w:name w:val="toc 1"/></w:style>'


@pytest.mark.parametrize(("xml", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS])
def test_paragraphs(xml: list[str], expected: list[str]) -> None:
    assert lines(*xml, styles=STYLES) == expected


def test_what_was_changed_is_noted() -> None:
    made = source(
        p("a", inner=f'<w:ins w:id="1">{r("b")}</w:ins><w:del w:id="2"/>'), p("I\t1", style="M1"), styles=STYLES
    )
    assert made.notes == (("changes_accepted", "2"), ("contents_left_out", "1"))


# --- looks --------------------------------------------------------------------------------------------------------

LOOKS = """
<w:style w:type="paragraph" w:styleId="Dam"><w:name w:val="Dam"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Dam"/></w:style>
<w:style w:type="paragraph" w:styleId="Thuong"><w:name w:val="Thuong"/><w:basedOn w:val="Dam"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="Vong"/><w:basedOn w:val="Vong"/></w:style>
<w:style w:type="character" w:styleId="Manh"><w:name w:val="Manh"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Muc2"><w:name w:val="Muc2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Muc2a"><w:name w:val="Muc2a"/><w:basedOn w:val="Muc2"/></w:style>
"""

BOLD = [
    # what, XML, bold runs
    ("a bold run", [p("Thời gian: ", inner=r("quý I", B))], ["quý I"]),
    ("neighbours merge", [p(inner=r("quý ", B) + r("I", B) + r(" và quý II"))], ["quý I"]),
    ("a plain blank between bold words is bold", [p(inner=r("quý", B) + r(" ") + r("I", B))], ["quý I"]),
    ("outer blanks are not", [p(inner=r(" quý I ", B) + r("x"))], ["quý I"]),
    ("switched off", [p(inner=r("quý I", '<w:b w:val="false"/>'))], []),
    ("a bold paragraph style", [p("Mục đích", style="Dam")], ["Mục đích"]),
    ("an heir of one", [p("Mục đích", style="Con")], ["Mục đích"]),
    ("an heir that is plain", [p("Mục đích", style="Thuong")], []),
    ("a run that is plain all the same", [p(style="Dam", inner=r("đậm ") + r("thường", '<w:b w:val="0"/>'))], ["đậm"]),
    ("a bold character style", [p(inner=r("quý I", '<w:rStyle w:val="Manh"/>'))], ["quý I"]),
    ("bold within bold is plain", [p(style="Dam", inner=r("đậm ") + r("ngược", '<w:rStyle w:val="Manh"/>'))], ["đậm"]),
    ("a style based on itself", [p("x", style="Vong", inner=r("y", B))], ["y"]),
    ("a style that is not there", [p("x", style="Khong", inner=r("y", B))], ["y"]),
    ("two lines are one run each paragraph", [p(inner=r("A", B)), p(inner=r("B", B))], ["A", "B"]),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "expected"), [row[1:] for row in BOLD], ids=[row[0] for row in BOLD])
def test_bold(xml: list[str], expected: list[str]) -> None:
    assert bold(source(*xml, styles=LOOKS)) == expected


HEADINGS = [
    ("Word's own heading", [p("Mục đích", style="Heading1"), p("x")], [("Mục đích", 1)]),
    ("the third", [p("Mục đích", style="Heading3")], [("Mục đích", 3)]),
    ("a style with an outline level", [p("Mục đích", style="Muc2")], [("Mục đích", 2)]),
    ("an heir of it", [p("Mục đích", style="Muc2a")], [("Mục đích", 2)]),
    ("an outline level at the paragraph", [p("Mục đích", ppr='<w:outlineLvl w:val="0"/>')], [("Mục đích", 1)]),
    ("body text at the paragraph", [p("Mục đích", style="Heading1", ppr='<w:outlineLvl w:val="9"/>')], []),
    ("the title is none", [p("KẾ HOẠCH", style="Title")], []),
    ("an empty one is none", [p("", style="Heading1"), p("x")], []),
]


@pytest.mark.parametrize(("xml", "expected"), [row[1:] for row in HEADINGS], ids=[row[0] for row in HEADINGS])
def test_headings(xml: list[str], expected: list[tuple[str, int]]) -> None:
    assert headings(source(*xml, styles=LOOKS)) == expected


# --- numbering ----------------------------------------------------------------------------------------------------

PLAN_LIST = definition(
    70,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "\uf0b7"),
    level(4, "bullet", "+"),
    level(5, "decimal", "%1.%2.%6", extra="<w:isLgl/>"),
)
DECIMAL = definition(71, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3."))
ODD = definition(
    72,
    level(0, "decimalZero", "PHỤ LỤC %1:", extra='<w:suff w:val="space"/>', start=3),
    level(1, "lowerRoman", "(%2)", extra='<w:lvlRestart w:val="0"/>'),
    level(2, "none", "-"),
    level(3, "decimal", ""),
    level(4, "upperLetter", "%5.", extra='<w:suff w:val="nothing"/>', start=25),
)
STYLED = definition(
    73,
    level(0, "decimal", "Điều %1.", extra='<w:pStyle w:val="Dieu"/>'),
    level(1, "decimal", "%2.", extra='<w:pStyle w:val="Khoan"/>'),
)
LISTS = (
    PLAN_LIST + DECIMAL + ODD + STYLED
    + use(70, 70) + use(71, 71) + use(72, 72) + use(73, 73) + use(75, 70)
    + use(74, 71, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + use(76, 71, f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>')
    + use(77, 999)
)  # fmt: skip
LIST_STYLES = """
<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="73"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoan"/><w:pPr><w:numPr><w:numId w:val="73"/></w:numPr></w:pPr></w:style>
"""


def n(text: str, list_id: int, depth: int) -> str:
    return p(text, numbered=(list_id, depth))


NUMBERED = [
    # what, XML, lines of text
    ("a plan's levels", [n("A", 70, 0), n("B", 70, 1), n("C", 70, 2), n("D", 70, 2), n("E", 70, 3), n("F", 70, 4), n("G", 70, 1), n("H", 70, 2), n("I", 70, 0)],
     ["I. A", "1. B", "a) C", "b) D", "- E", "+ F", "2. G", "a) H", "II. I"]),
    ("levels within levels", [n("A", 71, 0), n("B", 71, 1), n("C", 71, 1), n("D", 71, 2), n("E", 71, 0), n("F", 71, 1)],
     ["1. A", "1.1. B", "1.2. C", "1.2.1. D", "2. E", "2.1. F"]),
    ("a level without those above", [n("A", 71, 1), n("B", 71, 1)], ["1.1. A", "1.2. B"]),
    ("legal: Roman parents as figures", [n("A", 70, 0), n("B", 70, 0), n("C", 70, 5)], ["I. A", "II. B", "2.1.1 C"]),
    ("paragraphs between do not end a list", [n("A", 71, 0), p("x"), n("B", 71, 0)], ["1. A", "x", "2. B"]),
    ("lists of one definition count on", [n("A", 70, 0), n("B", 75, 0), n("C", 70, 0)], ["I. A", "II. B", "III. C"]),
    ("a list with a start of its own", [n("A", 71, 0), n("B", 71, 0), n("C", 74, 0), n("D", 74, 0)], ["1. A", "2. B", "1. C", "2. D"]),
    ("a level of its own", [n("A", 76, 0), n("B", 76, 0)], ["A) A", "B) B"]),
    ("start, zero and words", [n("A", 72, 0), n("B", 72, 0)], ["PHỤ LỤC 03: A", "PHỤ LỤC 04: B"]),
    ("a level that never starts anew", [n("A", 72, 1), n("B", 72, 0), n("C", 72, 1)], ["(i) A", "PHỤ LỤC 04: B", "(ii) C"]),
    ("a dash that is no bullet", [n("A", 72, 2)], ["- A"]),
    ("a level without text", [n("A", 72, 3)], ["A"]),
    ("letters beyond z, nothing between", [n("A", 72, 4), n("B", 72, 4), n("C", 72, 4)], ["Y.A", "Z.B", "AA.C"]),
    ("numbers by style", [p("A", style="Dieu"), p("B", style="Khoan"), p("C", style="Khoan"), p("D", style="Dieu"), p("E", style="Khoan")],
     ["Điều 1. A", "1. B", "2. C", "Điều 2. D", "1. E"]),
    ("a style's number taken off", [p("A", style="Dieu", numbered=(0, 0)), p("B", style="Dieu")], ["A", "Điều 1. B"]),
    ("an empty paragraph counts, and prints nothing", [n("A", 71, 0), n("", 71, 0), n("B", 71, 0)], ["1. A", "", "3. B"]),
    ("a list that is not defined", [n("A", 99, 0), n("B", 77, 0)], ["A", "B"]),
    ("the same list and a deep level", [n("A", 71, 40)], ["A"]),
    ("deleted items do not count", [n("A", 71, 0), p(inner='<w:del w:id="1"/>', numbered=(71, 0), ppr='<w:rPr><w:del w:id="2"/></w:rPr>'), n("B", 71, 0)], ["1. A", "2. B"]),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "expected"), [row[1:] for row in NUMBERED], ids=[row[0] for row in NUMBERED])
def test_automatic_numbers(xml: list[str], expected: list[str]) -> None:
    assert lines(*xml, numbering=LISTS, styles=LIST_STYLES) == expected


def test_a_number_is_bold_with_its_paragraph() -> None:
    made = source(
        p(numbered=(71, 0), inner=r("Mục đích", B), ppr=f"<w:rPr>{B}</w:rPr>"),
        p("Yêu cầu", numbered=(71, 0)),
        numbering=LISTS,
    )
    assert bold(made) == ["1. Mục đích"]


def test_numbers_of_python_docx_styles() -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ba", style="List Bullet")
    assert read_bytes(saved(document), "a.docx").text == "1. một\n2. hai\n- ba\n"


# --- tables -------------------------------------------------------------------------------------------------------


def cells(made: Source) -> list[tuple[str, int, int, int, int, int]]:
    return [(made.text[c.start : c.end], c.table, c.row, c.column, c.width, c.height) for c in made.cells]


def test_a_table_is_rows_and_tabs() -> None:
    made = source(
        p("Trước"), tbl(tr(tc(p("TT")), tc(p("Nội dung"))), tr(tc(p("1")), tc(p("Tập huấn"), p("quý I")))), p("Sau")
    )
    assert made.text == "Trước\nTT\tNội dung\n1\tTập huấn\nquý I\nSau\n"
    assert cells(made) == [
        ("TT", 0, 0, 0, 1, 1),
        ("Nội dung", 0, 0, 1, 1, 1),
        ("1", 0, 1, 0, 1, 1),
        ("Tập huấn\nquý I", 0, 1, 1, 1, 1),
    ]


WIDE = '<w:gridSpan w:val="2"/>'
DOWN = '<w:vMerge w:val="restart"/>'
MORE = "<w:vMerge/>"
TABLES = [
    # what, rows, cells as (text, table, row, column, width, height)
    ("merged across", [tr(tc(p("A"), properties=WIDE), tc(p("B"))), tr(tc(p("1")), tc(p("2")), tc(p("3")))],
     [("A", 0, 0, 0, 2, 1), ("B", 0, 0, 2, 1, 1), ("1", 0, 1, 0, 1, 1), ("2", 0, 1, 1, 1, 1), ("3", 0, 1, 2, 1, 1)]),
    ("merged down", [tr(tc(p("A"), properties=DOWN), tc(p("1"))), tr(tc(p(), properties=MORE), tc(p("2"))), tr(tc(p("B")), tc(p("3")))],
     [("A", 0, 0, 0, 1, 2), ("1", 0, 0, 1, 1, 1), ("2", 0, 1, 1, 1, 1), ("B", 0, 2, 0, 1, 1), ("3", 0, 2, 1, 1, 1)]),
    ("a merge that nothing began", [tr(tc(p("A"), properties=MORE), tc(p("1")))], [("A", 0, 0, 0, 1, 1), ("1", 0, 0, 1, 1, 1)]),
    ("columns left free in front", [tr(tc(p("A")), tc(p("B"))), tr(tc(p("C")), properties='<w:gridBefore w:val="1"/>')],
     [("A", 0, 0, 0, 1, 1), ("B", 0, 0, 1, 1, 1), ("C", 0, 1, 1, 1, 1)]),
    ("empty cells", [tr(tc(), tc(p("B")), tc())], [("", 0, 0, 0, 1, 1), ("B", 0, 0, 1, 1, 1), ("", 0, 0, 2, 1, 1)]),
    ("empty paragraphs inside a cell", [tr(tc(p(), p("A"), p(), p("B")), tc(p("C")))], [("A\nB", 0, 0, 0, 1, 1), ("C", 0, 0, 1, 1, 1)]),
    ("a deleted row", [tr(tc(p("A")), tc(p("B")), properties='<w:del w:id="1"/>'), tr(tc(p("C")), tc(p("D")))],
     [("C", 0, 0, 0, 1, 1), ("D", 0, 0, 1, 1, 1)]),
    ("running numbers by Word", [tr(tc(p(numbered=(71, 0))), tc(p("A"))), tr(tc(p(numbered=(71, 0))), tc(p("B")))],
     [("1.", 0, 0, 0, 1, 1), ("A", 0, 0, 1, 1, 1), ("2.", 0, 1, 0, 1, 1), ("B", 0, 1, 1, 1, 1)]),
    ("a table inside a cell", [tr(tc(p("A"), tbl(tr(tc(p("x")), tc(p("y")))), p()), tc(p("B")))], [("A\nx\ny", 0, 0, 0, 1, 1), ("B", 0, 0, 1, 1, 1)]),
    ("a tab inside a cell is a blank", [tr(tc(p(inner="<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>")), tc(p("c")))], [("a b", 0, 0, 0, 1, 1), ("c", 0, 0, 1, 1, 1)]),
    ("a width that can't be", [tr(tc(p("A"), properties='<w:gridSpan w:val="999999"/>'), tc(p("B")))], [("A", 0, 0, 0, 200, 1), ("B", 0, 0, 200, 1, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_cells(rows: list[str], expected: list[tuple[str, int, int, int, int, int]]) -> None:
    assert cells(source(tbl(*rows), numbering=LISTS)) == expected


def test_a_table_of_one_cell_is_a_frame() -> None:
    made = source(tbl(tr(tc(p("I. MỤC ĐÍCH"), p("Nâng cao sức khỏe")))))
    assert made.text == "I. MỤC ĐÍCH\nNâng cao sức khỏe\n" and made.cells == ()


def test_letterhead_and_signature_are_tables() -> None:
    made = source(
        tbl(tr(tc(p("UBND TỈNH AN BÌNH"), p("SỞ Y TẾ")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), p("Độc lập")))),
        p("KẾ HOẠCH"),
        tbl(tr(tc(p("Nơi nhận:"), p("- Như trên;")), tc(p("GIÁM ĐỐC"), p(), p("Trần An")))),
    )
    assert [c[0] for c in cells(made)] == [
        "UBND TỈNH AN BÌNH\nSỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập",
        "Nơi nhận:\n- Như trên;",
        "GIÁM ĐỐC\nTrần An",
    ]
    assert {c[1] for c in cells(made)} == {0, 1}


# --- pages, footnotes, damaged packages ---------------------------------------------------------------------------

TURN = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def page_texts(made: Source) -> list[str]:
    assert [page.number for page in made.pages] == list(range(1, len(made.pages) + 1))
    return [made.text[page.start : page.end].strip("\n") for page in made.pages]


def test_pages_as_word_printed_them() -> None:
    made = source(p("một"), p(inner=r("hai ") + TURN + r("ba")), p("bốn"))
    assert page_texts(made) == ["một\nhai ", "ba\nbốn"]
    assert made.text == "một\nhai ba\nbốn\n"


def test_a_page_break_and_its_mark_turn_one_page() -> None:
    made = source(p("một", inner=BREAK), p(inner=TURN + r("hai")), p(inner=BREAK), p(inner=TURN + r("ba")))
    assert page_texts(made) == ["một", "hai", "ba"]


def test_no_pages_where_word_left_no_marks() -> None:
    assert source(p("một", inner=BREAK), p("hai")).pages == ()


def test_a_row_over_two_pages_turns_one() -> None:
    cut = p(inner=r("trên ") + TURN + r("dưới"))
    made = source(tbl(tr(tc(cut), tc(cut))), p("sau"))
    assert [page.number for page in made.pages] == [1, 2]


FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> Quyết định số 12/QĐ-UBND.</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="3"><w:p><w:r><w:t>Không ai dẫn đến.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def test_footnotes_stand_at_the_end() -> None:
    data = body(p("Theo quy định", inner='<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" của tỉnh")), p("hết"))
    relation = (
        '<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    made = read_bytes(
        rezipped(data, {
            "word/footnotes.xml": FOOTNOTES.encode(),
            "word/_rels/document.xml.rels": _member(data, "word/_rels/document.xml.rels").replace(b"</Relationships>", relation.encode()),
            "[Content_Types].xml": _member(data, "[Content_Types].xml").replace(
                b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'),
        }),
        "a.docx",
    )  # fmt: skip
    assert made.text == "Theo quy định của tỉnh\nhết\n\n[1] Quyết định số 12/QĐ-UBND.\n"
    assert made.notes == (("footnotes_at_end", "1"),)


def _member(data: bytes, name: str) -> bytes:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(data)) as found:
        return found.read(name)


def test_links_to_missing_members_are_cut() -> None:
    data = body(p("Kế hoạch"))
    rels = _member(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../NULL"/></Relationships>',
    )
    made = read_bytes(rezipped(data, {"word/_rels/document.xml.rels": rels}), "a.docx")
    assert made.text == "Kế hoạch\n" and made.notes == (("parts_lost", "NULL"),)


def test_without_styles_and_numbering() -> None:
    data = body(p("Kế hoạch", style="Heading1", numbered=(1, 0)))
    made = read_bytes(rezipped(data, {"word/styles.xml": b"<broken", "word/numbering.xml": None}), "a.docx")
    assert made.text == "Kế hoạch\n"
    assert made.notes == (("parts_lost", "word/styles.xml, word/numbering.xml"),)


def test_a_document_with_macros() -> None:
    data = body(p("Kế hoạch"))
    types = _member(data, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert read_bytes(rezipped(data, {"[Content_Types].xml": types}), "a.docm").text == "Kế hoạch\n"


def test_spans_stay_inside_the_text() -> None:
    made = source(p("A", style="Heading1"), tbl(tr(tc(p("x")), tc(p(inner=r("y", B))))), n("B", 70, 0), numbering=LISTS)
    for run in (*made.styles, *made.cells):
        assert 0 <= run.start <= run.end <= len(made.text)
        assert "\t" not in made.text[run.start : run.end]
    assert made.markup == "styled" and made.reader == "docx"


def test_an_archive_that_only_looks_like_word() -> None:
    from pipeline.errors import UnreadableError

    with pytest.raises(UnreadableError) as error:
        read_bytes(archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "a.docx")
    assert error.value.code == "damaged_docx"
