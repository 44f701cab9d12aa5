"""PDF files: what is drawn on the pages, and the text, cells, boxes and pages that come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.extract import extract
from pipeline.readers import read, read_bytes

from .make_pdf import (
    FILLER,
    HEIGHT,
    Draw,
    centred,
    field,
    letterhead,
    paragraph,
    pdf,
    put,
    ruled_table,
    running_text,
    scan,
)


def source(*pages: Draw) -> Source:
    return read_bytes(pdf(*pages), "a.pdf")


def body_of(made: Source) -> str:
    """The text without the two paragraphs that make a page a page."""
    return made.text


def bold(made: Source) -> list[str]:
    return [made.text[run.start : run.end] for run in made.styles if run.kind == "bold"]


def unwrapped(made: Source) -> str:
    """The text with the line feeds that are marked as wraps made blanks."""
    letters = list(made.text)
    for run in made.styles:
        if run.kind == "wrap":
            assert made.text[run.start : run.end] == "\n"
            letters[run.start] = " "
    return "".join(letters)


def cells(made: Source) -> list[tuple[str, int, int, int, int, int]]:
    return [(made.text[c.start : c.end], c.table, c.row, c.column, c.width, c.height) for c in made.cells]


def flat(text: str) -> str:
    return " ".join(text.split())


def with_text(draw: Draw, y: float = 300) -> Draw:
    """A page that has a paragraph below what is drawn, so that it counts as text."""

    def page(canvas: Canvas) -> None:
        draw(canvas)
        paragraph(canvas, y, FILLER)

    return page


# --- reading order ------------------------------------------------------------------------------------------------


def test_a_letterhead_comes_out_as_two_blocks() -> None:
    def page(canvas: Canvas) -> None:
        letterhead(canvas)
        centred(canvas, 297, 170, "KẾ HOẠCH", bold=True)
        centred(canvas, 297, 188, "Triển khai công tác phòng, chống dịch bệnh truyền nhiễm năm 2024", bold=True)
        paragraph(canvas, 220, FILLER)

    made = source(page)
    assert made.text.startswith(
        "UBND TỈNH AN BÌNH\nSỞ Y TẾ\n\nSố: /KH-SYT\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nAn Bình, ngày tháng 3 năm 2024\n\n"
        "KẾ HOẠCH\n\nTriển khai công tác phòng, chống dịch bệnh truyền nhiễm năm 2024\n\nSở Y tế tổ chức"
    )
    assert bold(made)[:3] == ["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert made.cells == ()


def test_the_order_of_drawing_does_not_matter() -> None:
    """The right column drawn first, and the left one last."""

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 200, FILLER)
        centred(canvas, 400, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13)
        centred(canvas, 400, 97, "Độc lập - Tự do - Hạnh phúc")
        centred(canvas, 165, 96, "SỞ Y TẾ", size=13)
        centred(canvas, 165, 80, "UBND TỈNH AN BÌNH", size=13)

    assert source(page).text.startswith(
        "UBND TỈNH AN BÌNH\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSở Y tế tổ"
    )


def test_recipients_and_signature_are_two_blocks_though_their_lines_do_not_match() -> None:
    def page(canvas: Canvas) -> None:
        y = paragraph(canvas, 90, FILLER) + 10
        for index, line in enumerate(("Nơi nhận:", "- UBND tỉnh (b/c);", "- Lãnh đạo Sở;", "- Lưu: VT, NVY.")):
            put(canvas, 85, y + 13 * index, line, size=11, bold=index == 0)
        for index, line in enumerate(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")):
            centred(canvas, 430, y + 2 + 17 * index, line, bold=True)
        centred(canvas, 430, y + 110, "Trần Văn An", bold=True)

    assert source(page).text.endswith(
        "\n\nNơi nhận:\n- UBND tỉnh (b/c);\n- Lãnh đạo Sở;\n- Lưu: VT, NVY.\n\n"
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn An\n"
    )


def test_hanging_numbers_are_no_column() -> None:
    def page(canvas: Canvas) -> None:
        y = 90.0
        for number in range(1, 6):
            put(canvas, 85, y, f"{number}.")
            y = paragraph(
                canvas, y, f"Đơn vị thứ {number} phối hợp thực hiện. {FILLER[:110]}", x=125, indent=0, width=400
            )

    text = source(page).text
    for number in range(1, 6):
        assert f"{number}. Đơn vị thứ {number} phối hợp" in text


def test_justified_lines_stay_whole() -> None:
    wide = "Triểnkhaicácnhiệmvụ " * 12  # few, long words: wide gaps in every line

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 90, wide, width=470)
        paragraph(canvas, 400, FILLER)

    assert flat(wide + FILLER) == flat(source(page).text)


def test_every_word_comes_out_once_and_in_order() -> None:
    def page(canvas: Canvas) -> None:
        y = 80.0
        for _ in range(6):
            y = paragraph(canvas, y, FILLER) + 6

    assert flat(source(page).text) == " ".join([FILLER] * 6)


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 85, 90, "thực hiện Nghị quyết số 14/2020/NQ-")
        put(canvas, 85, 108, "HĐND ngày 10 tháng 7 năm 2020")
        paragraph(canvas, 200, FILLER)

    assert source(page).text.startswith("thực hiện Nghị quyết số 14/2020/NQ-\nHĐND ngày 10 tháng 7 năm 2020\n")


def test_raised_and_lowered_signs_stay_in_their_line() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 85, 90, "diện tích 500 m")
        put(canvas, 184, 85, "2", size=8)
        put(canvas, 195, 90, "và nồng độ CO")
        put(canvas, 287, 93, "2", size=8)
        paragraph(canvas, 200, FILLER)

    assert source(page).text.split("\n")[0].replace(" ", "") == "diệntích500m2vànồngđộCO2"


# --- paragraphs ---------------------------------------------------------------------------------------------------

GAPS = [
    # what, indent of the first lines, extra step between paragraphs, empty line expected
    ("a gap and an indent", 36, 6, True),
    ("a gap alone", 0, 6, True),
    ("a small gap", 0, 3.5, True),
    ("an indent alone", 36, 0, True),
    ("neither", 0, 0, False),
]


@pytest.mark.parametrize(("indent", "extra", "parted"), [row[1:] for row in GAPS], ids=[row[0] for row in GAPS])
def test_paragraphs_are_parted(indent: float, extra: float, parted: bool) -> None:
    def page(canvas: Canvas) -> None:
        y = 90.0
        for _ in range(4):
            y = paragraph(canvas, y, FILLER, indent=indent) + extra

    blocks = source(page).text.rstrip("\n").split("\n\n")
    assert len(blocks) == (4 if parted else 1)
    if parted:
        assert all(flat(block) == FILLER for block in blocks)


def test_the_second_line_of_a_bullet_is_no_paragraph() -> None:
    def page(canvas: Canvas) -> None:
        y = paragraph(canvas, 90, FILLER)
        put(canvas, 85, y, "- Trung tâm Kiểm soát bệnh tật chủ trì, phối hợp với các đơn vị")
        put(canvas, 105, y + 18, "liên quan tổ chức thực hiện và báo cáo về Sở")
        put(canvas, 105, y + 36, "trước ngày 15 tháng 12 hằng năm theo mẫu đã ban hành.")

    assert "các đơn vị\nliên quan tổ chức thực hiện và báo cáo về Sở\ntrước ngày" in source(page).text


WRAPS = [
    # what, indent, extra step between paragraphs, the paragraphs
    ("indented", 36, 0, [FILLER, FILLER, FILLER]),
    ("with gaps", 0, 6, [FILLER, FILLER, FILLER]),
    ("with neither: a full stop at the end of a line is doubt", 0, 0, [FILLER, FILLER]),
]


@pytest.mark.parametrize(("indent", "extra", "texts"), [row[1:] for row in WRAPS], ids=[row[0] for row in WRAPS])
@pytest.mark.parametrize("justify", [True, False], ids=["justified", "ragged"])
def test_wrapped_lines_are_marked(indent: float, extra: float, texts: list[str], justify: bool) -> None:
    def page(canvas: Canvas) -> None:
        y = 90.0
        for text in texts:
            y = paragraph(canvas, y, text, indent=indent, justify=justify) + extra

    assert unwrapped(source(page)).split("\n") == [*("\n\n" if indent or extra else "\n").join(texts).split("\n"), ""]


def test_a_paragraph_over_two_pages() -> None:
    def first(canvas: Canvas) -> None:
        y = paragraph(canvas, 90, FILLER)
        paragraph(canvas, y, FILLER, only=slice(0, 2))

    def second(canvas: Canvas) -> None:
        centred(canvas, 297, 45, "2")
        y = paragraph(canvas, 80, FILLER, only=slice(2, None))
        paragraph(canvas, y, FILLER)

    def another(canvas: Canvas) -> None:
        paragraph(canvas, paragraph(canvas, 80, FILLER), FILLER)

    assert [line for line in unwrapped(source(first, second)).split("\n") if line] == [FILLER] * 3
    lines = [line for line in unwrapped(source(first, another)).split("\n") if line]
    assert [line == FILLER for line in lines] == [True, False, True, True]


def test_lines_that_are_broken_on_purpose_are_not_marked() -> None:
    def page(canvas: Canvas) -> None:
        y = 90.0
        for line in ("- Như trên;", "- Lãnh đạo Sở;", "Số: 12/KH-SYT", "Lưu: VT."):
            put(canvas, 85, y, line)
            y += 18
        paragraph(canvas, y, FILLER)

    assert "- Như trên;\n- Lãnh đạo Sở;\nSố: 12/KH-SYT\nLưu: VT.\n" in unwrapped(source(page))


def test_wraps_in_cells_are_marked() -> None:
    rows = [["TT", "Nội dung công việc"], ["1", "Tập huấn cho cán bộ y\ntế cơ sở"], ["2", "Sở Y tế\nCDC tỉnh"]]

    def page(canvas: Canvas) -> None:
        ruled_table(canvas, 85, 90, [40, 130], rows, height=34)

    text = unwrapped(source(with_text(page)))
    assert "Tập huấn cho cán bộ y tế cơ sở" in text and "Sở Y tế\nCDC tỉnh" in text


# --- what is left out ---------------------------------------------------------------------------------------------

NUMBERS = ["2", "- 2 -", "Trang 2", "2/5", "Trang 2/5", "– 2 –"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("y", [45, 805])
def test_page_numbers_are_left_out(number: str, y: float) -> None:
    def second(canvas: Canvas) -> None:
        centred(canvas, 297, y, number)
        paragraph(canvas, 90, FILLER)

    made = source(running_text, second)
    assert flat(made.text) == flat(f"{FILLER} {FILLER} {FILLER}")


def test_a_number_in_the_text_is_kept() -> None:
    def page(canvas: Canvas) -> None:
        paragraph(canvas, 90, FILLER)
        put(canvas, 85, 300, "95")
        paragraph(canvas, 330, FILLER)

    assert "\n95\n" in source(page).text


def test_headers_and_footers_that_repeat_are_left_out_and_noted() -> None:
    def numbered(number: int) -> Draw:
        def page(canvas: Canvas) -> None:
            put(canvas, 85, 40, "Sở Y tế An Bình", size=9)
            put(canvas, 85, 815, f"Kế hoạch năm 2024 - trang {number}", size=9)
            paragraph(canvas, 90, f"Trang này có số thứ tự riêng là {number}. {FILLER}")

        return page

    made = source(*(numbered(i) for i in range(1, 5)))
    assert "Sở Y tế An Bình" not in made.text and "trang 1" not in made.text
    assert made.notes == (("running_lines_left_out", "Sở Y tế An Bình; Kế hoạch năm 2024 - trang 1"),)
    assert made.text.count("Trang này có số thứ tự riêng là") == 4


def test_a_head_that_stands_in_the_text_is_kept() -> None:
    def appendix(number: int) -> Draw:
        def page(canvas: Canvas) -> None:
            centred(canvas, 297, 80, f"PHỤ LỤC {number}", bold=True)
            paragraph(canvas, 120, FILLER)

        return page

    made = source(*(appendix(i) for i in range(1, 5)))
    assert [made.text.count(f"PHỤ LỤC {i}\n") for i in range(1, 5)] == [1, 1, 1, 1]


def test_a_watermark_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        paragraph(canvas, 90, FILLER)
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        put(canvas, 0, HEIGHT, "DỰ THẢO", size=60)
        canvas.restoreState()

    assert flat(source(page).text) == FILLER


# --- stamps and scans ---------------------------------------------------------------------------------------------


def test_a_number_and_a_day_stamped_on_at_release_are_read() -> None:
    def page(canvas: Canvas) -> None:
        letterhead(canvas)
        field(canvas, 143, 124, "125")
        field(canvas, 388, 124, "08")
        paragraph(canvas, 200, FILLER)

    made = source(page)
    assert "Số: 125 /KH-SYT" in made.text
    assert "An Bình, ngày 08 tháng 3 năm 2024" in made.text


def test_the_stamp_of_a_signature_is_left_out_and_noted() -> None:
    def page(canvas: Canvas) -> None:
        letterhead(canvas)
        field(canvas, 250, 40, "vanthu@anbinh.gov.vn 12.03.2024 16:20:41 +07:00", width=320)
        paragraph(canvas, 200, FILLER)

    made = source(page)
    assert made.text.startswith("UBND TỈNH AN BÌNH\n")
    assert made.notes == (("stamps_left_out", "vanthu@anbinh.gov.vn 12.03.2024 16:20:41 +07:00"),)


def test_a_stamp_that_became_part_of_the_page_is_left_out_too() -> None:
    def page(canvas: Canvas) -> None:
        for index, line in enumerate(
            ("Ký bởi: Sở Y tế", "Cơ quan: Tỉnh An Bình", "Thời gian ký: 12.03.2024 16:20:41 +07:00")
        ):
            put(canvas, 420, 20 + 10 * index, line, size=8)
        letterhead(canvas)
        paragraph(canvas, 200, FILLER + " Các hộp thư điện tử gửi về syt@anbinh.gov.vn.")

    made = source(page)
    assert made.text.startswith("UBND TỈNH AN BÌNH\n") and "Ký bởi" not in made.text
    assert "syt@anbinh.gov.vn" in made.text
    assert [code for code, _ in made.notes] == ["stamps_left_out"]


def test_scanned_pages_among_others_are_named() -> None:
    made = source(running_text, scan, running_text, scan)
    assert [page.number for page in made.pages] == [1, 3]
    assert made.notes == (("pages_need_ocr", "2, 4"),)
    assert not made.ocr


def test_a_scan_with_text_upon_it_was_read_by_ocr() -> None:
    def page(canvas: Canvas) -> None:
        scan(canvas)
        running_text(canvas)

    made = source(page)
    assert made.ocr and flat(made.text) == flat(f"{FILLER} {FILLER}")


GARBAGE = [
    ("no Vietnamese", "ke hoqch thyc hien nhiQm vg ndm giai doqn cua So Y te va cdc don vi tryc thuQc tren dia ban tinh An Binh " * 6, "ocr_missing"),
    ("letters of another alphabet", "ЖЩЮ ЯШЧ ЙЦУ ФЫВ АПР ОЛД ЭЖХ ЪЯЧ СМИ ТЬБ ЮЁЙ ЦУК ЕНГ ШЩЗ " * 8, "ocr_missing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in GARBAGE], ids=[row[0] for row in GARBAGE])
def test_a_layer_of_garbage_is_no_text(text: str, code: str) -> None:
    with pytest.raises(UnreadableError) as error:
        source(lambda canvas: paragraph(canvas, 90, text))  # type: ignore[arg-type, return-value]
    assert error.value.code == code


def test_pages_of_figures_are_no_garbage() -> None:
    rows = [["Đơn vị", *(f"Năm {year}" for year in range(2021, 2026))]]
    rows += [[f"Trạm {n}", *(f"{n * 7 + c},{c}" for c in range(5))] for n in range(30)]
    made = source(lambda canvas: ruled_table(canvas, 60, 60, [75] * 6, rows))  # type: ignore[arg-type, return-value]
    assert len(made.cells) == 31 * 6


# --- tables -------------------------------------------------------------------------------------------------------

ROWS = [
    ["TT", "Nội dung", "Đơn vị"],
    ["1", "Tập huấn tuyến xã", "Sở Y tế"],
    ["2", "Giám sát dịch\ntại cơ sở", "CDC tỉnh"],
]


@pytest.mark.parametrize("rects", [False, True], ids=["lines", "thin rectangles"])
def test_a_ruled_table(rects: bool) -> None:
    def page(canvas: Canvas) -> None:
        y = paragraph(canvas, 90, FILLER)
        y = ruled_table(canvas, 85, y + 10, [40, 250, 120], ROWS, height=32, rects=rects)
        paragraph(canvas, y + 30, FILLER)

    made = source(page)
    assert cells(made) == [(text, 0, r, c, 1, 1) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    before, table, after = made.text.partition(
        "TT\tNội dung\tĐơn vị\n1\tTập huấn tuyến xã\tSở Y tế\n2\tGiám sát dịch\ntại cơ sở\tCDC tỉnh\n"
    )
    assert table and flat(before) == flat(after) == FILLER


def test_merged_cells() -> None:
    rows = [["TT", "Chỉ tiêu", "Năm", ""], ["", "", "2024", "2025"], ["1", "Tỷ lệ tiêm chủng", "95%", "96%"]]

    def page(canvas: Canvas) -> None:
        ruled_table(canvas, 85, 100, [40, 200, 80, 80], rows, spans=[(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)])

    made = source(with_text(page))
    assert cells(made) == [
        ("TT", 0, 0, 0, 1, 2),
        ("Chỉ tiêu", 0, 0, 1, 1, 2),
        ("Năm", 0, 0, 2, 2, 1),
        ("2024", 0, 1, 2, 1, 1),
        ("2025", 0, 1, 3, 1, 1),
        ("1", 0, 2, 0, 1, 1),
        ("Tỷ lệ tiêm chủng", 0, 2, 1, 1, 1),
        ("95%", 0, 2, 2, 1, 1),
        ("96%", 0, 2, 3, 1, 1),
    ]


def test_a_table_goes_on_over_the_page_and_its_head_is_read_once() -> None:
    def part(first: int, y: float) -> Draw:
        rows = [["TT", "Nội dung"], *([str(i), f"Việc {i}"] for i in range(first, first + 3))]

        def page(canvas: Canvas) -> None:
            if y > 200:
                paragraph(canvas, 90, FILLER)
            centred(canvas, 297, 40, "2")
            ruled_table(canvas, 85, y, [40, 300], rows)

        return page

    made = source(part(1, 690), part(4, 70), with_text(part(7, 70)))
    assert {c[1] for c in cells(made)} == {0}
    assert [c[0] for c in cells(made) if c[3] == 0] == ["TT", *map(str, range(1, 10))]
    assert [c[2] for c in cells(made) if c[3] == 0] == list(range(10))


def test_another_table_on_the_next_page_is_another() -> None:
    def first(canvas: Canvas) -> None:
        paragraph(canvas, 90, FILLER)
        ruled_table(canvas, 85, 700, [40, 300], [["TT", "Nội dung"], ["1", "a"]])

    def second(canvas: Canvas) -> None:
        ruled_table(canvas, 85, 70, [40, 200, 100], [["TT", "Nội dung", "Đơn vị"], ["1", "a", "b"]])
        paragraph(canvas, 200, FILLER)

    assert [c.table for c in source(first, second).cells] == [0] * 4 + [1] * 6


NO_TABLES: list[tuple[str, Draw]] = [
    ("a frame around text", lambda c: c.rect(80, HEIGHT - 400, 460, 330)),
    ("a rule under the title", lambda c: c.line(200, HEIGHT - 100, 400, HEIGHT - 100)),
    ("boxes of a drawing", lambda c: [c.rect(100 + 90 * i, 100, 60, 30) for i in range(4)] and None),
    ("a line between columns", lambda c: c.line(300, 200, 300, 400)),
    ("a shaded band", lambda c: c.rect(80, HEIGHT - 110, 460, 20, stroke=0, fill=0)),
]


@pytest.mark.parametrize("draw", [row[1] for row in NO_TABLES], ids=[row[0] for row in NO_TABLES])
def test_what_is_no_table(draw: Draw) -> None:
    made = source(with_text(draw, y=90))
    assert made.cells == () and flat(made.text) == FILLER


def test_a_table_without_outer_borders() -> None:
    def page(canvas: Canvas) -> None:
        for y in (100, 122, 144):
            canvas.line(85, HEIGHT - y, 485, HEIGHT - y)
        for x in (185, 285):
            canvas.line(x, HEIGHT - 100, x, HEIGHT - 144)
        for r, row in enumerate((("a", "b", "c"), ("d", "e", "f"))):
            for c, text in enumerate(row):
                put(canvas, 90 + 100 * c, 115 + 22 * r, text, size=11)

    assert [c[0] for c in cells(source(with_text(page)))] == list("abcdef")


def test_words_that_touch_over_a_border_are_cut_at_it() -> None:
    def page(canvas: Canvas) -> None:
        ruled_table(canvas, 85, 100, [60, 60], [["", ""], ["x", "y"]])
        put(canvas, 125, 115, "20242025", size=11)  # "2024" ends at the border where "2025" begins

    got = [c[0] for c in cells(source(with_text(page)))]
    assert "".join(got[:2]) == "20242025" and got[0] and got[1]


def test_the_same_cells_as_pdfplumber_finds() -> None:
    """pdfplumber reads the same table from the same bytes in a wholly different way."""
    from io import BytesIO

    import pdfplumber

    rows = [[f"h{c}" for c in range(5)], *([f"r{r}c{c}" for c in range(5)] for r in range(12))]
    data = pdf(with_text(lambda canvas: ruled_table(canvas, 60, 90, [95] * 5, rows), y=450))  # type: ignore[arg-type, return-value]
    made = read_bytes(data, "a.pdf")
    with pdfplumber.open(BytesIO(data)) as document:
        (theirs,) = document.pages[0].extract_tables()
    ours = [["" for _ in range(5)] for _ in range(13)]
    for text, _, row, column, _, _ in cells(made):
        ours[row][column] = text
    assert ours == theirs == rows


# --- places -------------------------------------------------------------------------------------------------------


def test_boxes_lead_back_to_the_page() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 100, 200, "Báo cáo trước ngày 15/12/2024 về Sở")
        ruled_table(canvas, 85, 300, [100, 200], [["TT", "Nội dung"], ["1", "Tập huấn"]])
        paragraph(canvas, 500, FILLER)

    made = source(running_text, page)
    for box in made.line_boxes:
        assert len(box.edges) == box.end - box.start + 1
        assert list(box.edges) == sorted(box.edges)
        assert "\n" not in made.text[box.start : box.end] and "\t" not in made.text[box.start : box.end]
    start = made.text.index("15/12/2024")
    (box,) = [b for b in made.line_boxes if b.start <= start < b.end]
    assert box.page == 2 and box.y0 < 195 < box.y1 <= 206
    from reportlab.pdfbase import pdfmetrics

    x = 100 + pdfmetrics.stringWidth("Báo cáo trước ngày ", "Roboto", 14)
    assert box.edges[start - box.start] == pytest.approx(x, abs=0.5)
    assert box.edges[start + 10 - box.start] == pytest.approx(
        x + pdfmetrics.stringWidth("15/12/2024", "Roboto", 14), abs=0.5
    )
    boxed = "".join(made.text[b.start : b.end] for b in made.line_boxes)
    assert "".join(boxed.split()) == "".join(made.text.split())


def test_pages_cover_the_text() -> None:
    made = source(running_text, running_text, running_text)
    assert [page.number for page in made.pages] == [1, 2, 3]
    assert made.pages[0].start == 0 and made.pages[-1].end == len(made.text)
    assert all(a.end == b.start for a, b in zip(made.pages, made.pages[1:], strict=False))


def test_bold_runs() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 85, 90, "I. MỤC ĐÍCH, YÊU CẦU", bold=True)
        put(canvas, 85, 108, "1. Mục đích:", bold=True)
        put(canvas, 170, 108, "nâng cao sức khỏe")
        paragraph(canvas, 150, FILLER)

    assert bold(source(page)) == ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích:"]


def turned(degrees: int) -> Draw:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        if degrees == 90:
            canvas.translate(595, 0)
            canvas.rotate(90)
        paragraph(canvas, HEIGHT - 500 if degrees == 90 else 90, FILLER, x=60)
        canvas.setPageRotation(degrees)

    return page


def test_a_page_turned_on_its_side_reads_upright() -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)  # a landscape table printed on an upright page
        paragraph(canvas, HEIGHT - 500, FILLER, x=60)

    def rotated(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        paragraph(canvas, HEIGHT - 500, FILLER, x=60)

    for page in (sideways, rotated):
        made = source(page)
        assert flat(made.text) == FILLER
    assert source(sideways).line_boxes == ()
    assert len(source(rotated).line_boxes) == len(source(rotated).text.strip().split("\n"))


def test_signs_of_symbol_fonts_are_plain() -> None:
    """The private signs that Word's bullets become are mapped by one table for Word and PDF files."""
    from pipeline.readers.pdf_page import _signs

    assert _signs()["\uf0b7"] == "•" and _signs()["\uf0a3"] == "≤"


# --- real files ---------------------------------------------------------------------------------------------------

FILES = Path(__file__).parents[3] / "shared" / "files"


def real(name: str) -> Path:
    if not (FILES / name).exists():
        pytest.skip(f"no {FILES / name}")
    return FILES / name


@pytest.mark.shared
def test_a_real_signed_paper() -> None:
    file = real("signed-text-11-tb-ubnd-2025.pdf")
    before = file.read_bytes()
    made = read(file)
    assert file.read_bytes() == before
    lines = made.text.split("\n")
    assert "Số: 11 /TB-UBND" in lines and "Quảng Ngãi, ngày 08 tháng 01 năm 2025" in lines
    assert lines.index("Số: 11 /TB-UBND") < lines.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines.index("- Lưu: VT, KTTHh5.") < lines.index("TL. CHỦ TỊCH") < lines.index("Nguyễn Phước Bình")
    assert [code for code, _ in made.notes] == ["stamps_left_out"]
    assert len(made.pages) == 2 and "\n2\n" not in made.text
    assert bold(made).count("trước ngày 20/02/2025.") == 2


def test_what_a_reader_left_out_is_a_warning_of_the_plan() -> None:
    made = extract(source(running_text, scan))
    (warning,) = [warning for warning in made.warnings if warning.code == "pages_need_ocr"]
    assert (
        warning.values == {"detail": "2"} and warning.message.startswith("Trang 2 là ảnh quét") and warning.span is None
    )
