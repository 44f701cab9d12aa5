"""Scans and pictures: what Tesseract gives, put where it stands on the page."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import UnreadableError
from pipeline.readers import read, read_bytes
from pipeline.readers.ocr import engine as tesseract
from pipeline.readers.ocr import reading
from pipeline.readers.ocr.picture import find_skew, lies_on_its_side, prepare

from .make_pdf import HEIGHT, letterhead, paragraph, pdf, put, ruled_table, running_text, scan
from .make_scan import DPI, pictures, scanned

LINES = [
    "Thực hiện Kế hoạch số 125/KH-UBND ngày 14/3/2024 của Ủy ban nhân dân tỉnh về công tác y tế, Sở Y tế yêu cầu",
    "các đơn vị báo cáo kết quả trước ngày 25 hằng tháng và phấn đấu trên 95% trẻ em được tiêm chủng đầy đủ.",
]
ROWS = [
    ["TT", "Nội dung", "Thời gian"],
    ["1", "Tập huấn cho cán bộ", "Tháng 4/2024"],
    ["2", "Kiểm tra liên ngành", "Quý III/2024"],
]


def body(canvas: Canvas) -> None:
    y = paragraph(canvas, 120, LINES[0])
    y = paragraph(canvas, y + 10, LINES[1])
    ruled_table(canvas, 90, y + 30, [40, 230, 150], ROWS)


def flat(text: str) -> str:
    return " ".join(text.split())


# --- preparing pictures, which needs no Tesseract -----------------------------------------------------------------


@pytest.mark.parametrize("skew", [-4.0, -1.3, -0.4, 0.0, 0.7, 2.2, 5.0])
def test_skew_is_found(skew: float) -> None:
    (image,) = pictures(pdf(running_text), skew=-skew)
    assert find_skew(np.array(image.convert("L")) < 128) == pytest.approx(skew, abs=0.1)


@pytest.mark.parametrize(("turn", "sideways"), [(0, False), (1, True), (2, False), (3, True)])
def test_a_page_on_its_side_is_known(turn: int, sideways: bool) -> None:
    (image,) = pictures(pdf(running_text), turn=turn)
    assert lies_on_its_side(image) is sideways


def test_ruling_lines_are_found_and_taken_out() -> None:
    (image,) = pictures(pdf(body), noise=8)
    prepared = prepare(image, DPI)
    assert (len(prepared.horizontal), len(prepared.vertical)) == (4, 4)
    middle = prepared.horizontal[1]
    row = prepared.grey[round(middle.at), round(middle.low) + 5 : round(middle.high) - 5]
    assert (row < 128).mean() < 0.05


def test_serifs_that_touch_are_no_line() -> None:
    image = Image.new("L", (1200, 300), 255)
    draw = ImageDraw.Draw(image)
    for x in range(100, 700, 12):  # stems on a common foot, as in "ngành" printed in a fat serif face
        draw.line([(x, 100), (x, 130)], fill=0, width=4)
    draw.line([(100, 130), (700, 130)], fill=0, width=3)
    draw.line([(100, 220), (700, 220)], fill=0, width=3)
    assert [round(line.at) for line in prepare(image, DPI).horizontal] == [220]


def test_stamps_and_ink_are_taken_out() -> None:
    image = Image.new("RGB", (600, 300), "white")
    draw = ImageDraw.Draw(image)
    for y in (50, 150, 180, 210):
        draw.rectangle([50, y, 250, y + 10], fill="black")
    draw.ellipse([200, 30, 300, 130], outline=(220, 30, 40), width=6)
    draw.line([(320, 80), (360, 60)], fill=(40, 60, 200), width=4)
    prepared = prepare(image, DPI)
    assert 0 < prepared.coloured < 1
    assert prepared.grey[100:130, 240:260].min() > 200 and prepared.grey[55:90, 315:365].min() > 200
    assert prepared.grey[55, 150] < 60  # black print under a stamp stays


def test_print_in_colour_stays() -> None:
    image = Image.new("RGB", (600, 300), "white")
    ImageDraw.Draw(image).rectangle([50, 50, 250, 60], fill=(0, 0, 160))
    assert prepare(image, DPI).grey[55, 150] < 60


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.mark.ocr
@pytest.mark.slow
def test_a_scan_is_read_with_its_tables_and_places() -> None:
    made = read_bytes(scanned(pdf(body), skew=1.2, noise=10), "scan.pdf")
    assert made.ocr and made.ocr_confidence is not None and made.ocr_confidence > 0.85
    assert all(line in flat(made.text) for line in LINES)
    assert [[made.text[c.start : c.end] for c in made.cells if c.row == row] for row in range(3)] == ROWS
    # The box of the last cell's words is where they stand on the page as it lies, though it was read straightened.
    straight = read_bytes(pdf(body), "text.pdf")
    for word in ("Thực", "III/2024"):
        place, wanted = (_box(source, word) for source in (made, straight))
        x, y = _turned(*wanted, 1.2)
        assert place == pytest.approx((x, y), abs=3.0)


def _box(source: object, word: str) -> tuple[float, float]:
    """The middle of a word on its page."""
    start = source.text.index(word)  # type: ignore[attr-defined]
    box = next(b for b in source.line_boxes if b.start <= start < b.end)  # type: ignore[attr-defined]
    edges = box.edges[start - box.start : start - box.start + len(word) + 1]
    return (edges[0] + edges[-1]) / 2, (box.y0 + box.y1) / 2


def _turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """Where a point of an A4 page lies after the page was turned counter-clockwise about its middle."""
    angle = np.radians(-degrees)
    dx, dy = x - 595 / 2, y - HEIGHT / 2
    return 595 / 2 + dx * np.cos(angle) - dy * np.sin(angle), HEIGHT / 2 + dx * np.sin(angle) + dy * np.cos(angle)


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_lies_wrong_is_put_upright(turn: int) -> None:
    (image,) = pictures(pdf(body), turn=turn)
    out = BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI))
    assert LINES[1] in flat(read_bytes(out.getvalue(), "scan.png").text)


@pytest.mark.ocr
@pytest.mark.slow
def test_pages_of_a_tiff_and_of_a_mixed_pdf_are_in_order() -> None:
    def second(canvas: Canvas) -> None:
        paragraph(canvas, 120, "Trang thứ hai của bản kế hoạch do Giám đốc Sở Y tế ký ban hành.")

    made = read_bytes(scanned(pdf(body, second), form="TIFF"), "scan.tif")
    assert [page.number for page in made.pages] == [1, 2] and made.media_type == "image/tiff"
    assert flat(made.text).endswith("Trang thứ hai của bản kế hoạch do Giám đốc Sở Y tế ký ban hành.")

    (picture,) = pictures(pdf(second))

    def scanned_page(canvas: Canvas) -> None:
        canvas.drawInlineImage(picture, 0, 0, 595, HEIGHT)

    made = read_bytes(pdf(running_text, scanned_page, running_text), "mixed.pdf")
    assert [page.number for page in made.pages] == [1, 2, 3] and not made.ocr
    assert "Trang thứ hai" in made.text[made.pages[1].start : made.pages[1].end]


@pytest.mark.ocr
@pytest.mark.slow
def test_a_page_whose_text_layer_is_garbage_is_recognised() -> None:
    (picture,) = pictures(pdf(body))
    garbage = "ke hoqch thyc hien nhiQm vg ndm giai doqn cua So Y te va cdc don vi tryc thuQc tren dia ban " * 6

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 120, garbage, size=6, step=7)
        canvas.drawInlineImage(picture, 0, 0, 595, HEIGHT)

    made = read_bytes(pdf(running_text, page), "a.pdf")
    assert LINES[0] in flat(made.text) and "hoqch" not in made.text
    assert ("text_layer_ignored", "2") in made.notes


@pytest.mark.ocr
@pytest.mark.slow
def test_nothing_is_recognised_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    content = scanned(pdf(body, running_text))
    first = read_bytes(content, "a.pdf")

    def never(*_: object, **__: object) -> list[object]:
        raise AssertionError("recognised again")

    monkeypatch.setattr(reading, "recognise", never)
    assert read_bytes(content, "b.pdf").text == first.text


@pytest.mark.ocr
@pytest.mark.slow
def test_a_page_that_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.recognise
    calls: list[int] = []

    def slow(*args: object, **options: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise subprocess.TimeoutExpired("tesseract", 1.0)
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "recognise", slow)
    monkeypatch.setenv("KEHOACH_OCR_JOBS", "1")
    made = read_bytes(scanned(pdf(running_text, body)), "a.pdf")
    assert ("pages_damaged", "1") in made.notes and LINES[0] in flat(made.text)


@pytest.mark.ocr
@pytest.mark.slow
def test_an_empty_page_is_no_plan() -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(scanned(pdf(lambda canvas: put(canvas, 0, 0, ""))), "a.pdf")
    assert error.value.code == "no_text_on_pages"


@pytest.mark.ocr
@pytest.mark.slow
def test_the_ruled_stamp_of_an_incoming_paper_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        ruled_table(canvas, 380, 8, [60, 90], [["ĐẾN", "Số: 512"], ["", "Ngày: 14/3"], ["Chuyển", "Phòng VX"]])
        running_text(canvas)

    made = read_bytes(scanned(pdf(page)), "scan.pdf")
    assert "Chuyển" not in made.text and not made.cells
    assert [code for code, _ in made.notes] == ["stamps_left_out"]


# --- where there is no Tesseract ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif"])
def test_without_tesseract_the_message_says_how_to_install_it(name: str) -> None:
    content = scanned(pdf(letterhead), form="TIFF" if name.endswith("tif") else "PDF")
    with pytest.raises(UnreadableError) as error:
        read_bytes(content, name)
    assert error.value.code == "ocr_missing"
    assert "apt install tesseract-ocr tesseract-ocr-vie" in error.value.message("vi")


def test_without_tesseract_the_other_pages_are_read_and_the_scans_named() -> None:
    made = read_bytes(pdf(running_text, scan), "a.pdf")
    assert made.notes == (("pages_need_ocr", "2"),) and not made.ocr and made.ocr_confidence is None


@pytest.mark.parametrize(
    ("languages", "code"),
    [
        ("List of available languages (2):\neng\nvie\n", None),
        ("List of available languages (1):\neng\n", "ocr_no_vietnamese"),
    ],
)
def test_an_engine_without_vietnamese_is_none(
    languages: str, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\nif [ $1 = --version ]; then echo tesseract 5.3.0; else printf '{languages}'; fi\n")
    program.chmod(0o755)
    monkeypatch.setenv("KEHOACH_TESSERACT", str(program))
    tesseract.find_engine.cache_clear()
    try:
        found = tesseract.find_engine()
    finally:
        tesseract.find_engine.cache_clear()
    assert found == (tesseract.Engine(str(program), "5.3.0", False) if code is None else tesseract.Missing(code))


FILES = Path(__file__).parents[3] / "shared" / "files"


@pytest.mark.shared
@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words", "tables"),
    [
        ("scan-753-kh-dct-2026.pdf", ["KH-DCT", "2034/QĐ-BGDĐT ngày 13 tháng 7 năm 2023", "trước ngày 15/7/2026", "Lưu: VT, QLCL"], 2),
        ("signed-scan-07-ct-ubnd-2018.pdf", ["CHỈ THỊ", "71/2016/NĐ-CP ngày 01/7/2016", "Lưu: VT"], None),
    ],
)  # fmt: skip
def test_real_scans(name: str, words: list[str], tables: int | None) -> None:
    if not (FILES / name).exists():
        pytest.skip(f"no {FILES / name}")
    made = read(FILES / name)
    assert made.ocr and made.ocr_confidence is not None and made.ocr_confidence > 0.9
    assert [word for word in words if word not in flat(made.text)] == []
    if tables is not None:
        assert len({cell.table for cell in made.cells}) == tables
