"""Makes small PDFs for tests, in a font that comes from PyPI and has all Vietnamese letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

import font_roboto
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
Draw = Callable[[Canvas], None]


@cache
def fonts() -> tuple[str, str]:
    """The names of the plain and the bold font, registered once."""
    files = font_roboto.font_files
    pdfmetrics.registerFont(TTFont("Roboto", files["Roboto"]))
    pdfmetrics.registerFont(TTFont("Roboto-Bold", files["RobotoBold"]))
    return "Roboto", "Roboto-Bold"


def pdf(*pages: Draw, password: str | None = None) -> bytes:
    """A PDF with one page for each drawing."""
    fonts()
    out = BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def put(canvas: Canvas, x: float, y: float, text: str, *, size: float = 14, bold: bool = False) -> None:
    """Text at (x, y) from the top left corner of the page."""
    canvas.setFont(fonts()[bold], size)
    canvas.drawString(x, HEIGHT - y, text)


def centred(canvas: Canvas, x: float, y: float, text: str, *, size: float = 14, bold: bool = False) -> None:
    canvas.setFont(fonts()[bold], size)
    canvas.drawCentredString(x, HEIGHT - y, text)


def paragraph(
    canvas: Canvas, y: float, text: str, *, x: float = 85, width: float = 455, size: float = 14, indent: float = 36,
    step: float = 18, justify: bool = True, only: slice = slice(None),
) -> float:  # fmt: skip
    """A paragraph with its first line set in, from the baseline `y` on; returns the next free baseline. `only` draws some
    of its lines, for one that goes over two pages."""
    font = fonts()[0]
    words, line, left = text.split(), [], x + indent
    lines: list[tuple[float, list[str]]] = []
    for word in words:
        trial = " ".join([*line, word])
        if line and pdfmetrics.stringWidth(trial, font, size) > x + width - left:
            lines.append((left, line))
            line, left = [], x
        line = [*line, word]
    lines.append((left, line))
    for index, (start, parts) in list(enumerate(lines))[only]:
        full = " ".join(parts)
        spare = x + width - start - pdfmetrics.stringWidth(full, font, size)
        gap = spare / max(len(parts) - 1, 1) if justify and index < len(lines) - 1 else 0
        at = start
        for part in parts:
            put(canvas, at, y, part, size=size)
            at += pdfmetrics.stringWidth(part + " ", font, size) + gap
        y += step
    return y


def letterhead(
    canvas: Canvas, number: str = "Số:        /KH-SYT", day: str = "An Bình, ngày      tháng 3 năm 2024"
) -> None:
    """The two columns that open every Vietnamese administrative paper, with the rules below."""
    centred(canvas, 165, 80, "UBND TỈNH AN BÌNH", size=13)
    centred(canvas, 400, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    centred(canvas, 165, 96, "SỞ Y TẾ", size=13, bold=True)
    centred(canvas, 400, 97, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    canvas.line(140, HEIGHT - 100, 190, HEIGHT - 100)
    canvas.line(310, HEIGHT - 102, 490, HEIGHT - 102)
    centred(canvas, 165, 124, number, size=13)
    centred(canvas, 400, 124, day, size=14)


def ruled_table(
    canvas: Canvas, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *, height: float = 22,
    rects: bool = False, spans: Sequence[tuple[int, int, int, int]] = (),
) -> float:  # fmt: skip
    """A table with every border drawn; `rects` draws them as thin filled rectangles cell by cell, as Word does.
    `spans` are merged cells as (row, column, height, width); returns the y below."""
    hidden = {
        (r, c)
        for row, column, tall, wide in spans
        for r in range(row, row + tall)
        for c in range(column, column + wide)
        if (r, c) != (row, column)
    }
    sizes = {(row, column): (tall, wide) for row, column, tall, wide in spans}
    lefts = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in hidden:
                continue
            tall, wide = sizes.get((r, c), (1, 1))
            x0, x1, y0, y1 = lefts[c], lefts[c + wide], y + r * height, y + (r + tall) * height
            for ax, ay, bx, by in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                if rects:
                    canvas.rect(ax - 0.25, HEIGHT - by - 0.25, bx - ax + 0.5, by - ay + 0.5, stroke=0, fill=1)
                else:
                    canvas.line(ax, HEIGHT - ay, bx, HEIGHT - by)
            for index, part in enumerate(text.split("\n")):
                put(canvas, x0 + 4, y0 + 15 + 12 * index, part, size=11)
    return y + len(rows) * height


def scan(canvas: Canvas) -> None:
    """A picture over the whole page."""
    canvas.drawImage(_paper(), 0, 0, WIDTH, HEIGHT)


@cache
def _paper() -> ImageReader:
    return ImageReader(Image.new("L", (60, 84), 230))


def field(canvas: Canvas, x: float, y: float, text: str, *, width: float = 30, height: float = 16) -> None:
    """A form field that prints its value, as a number that is stamped on at release does."""
    canvas.acroForm.textfield(
        value=text, x=x, y=HEIGHT - y - 3, width=width, height=height, borderWidth=0, fontSize=12, fillColor=None,
        borderColor=None, forceBorder=False, maxlen=200,
    )  # fmt: skip


FILLER = (
    "Sở Y tế tổ chức triển khai thực hiện các nhiệm vụ được giao, bảo đảm đúng tiến độ và chất lượng; các đơn vị trực "
    "thuộc chủ động phối hợp với phòng chuyên môn của Sở để tham mưu, đề xuất giải pháp phù hợp với điều kiện của địa "
    "phương và báo cáo kết quả theo quy định."
)


def running_text(canvas: Canvas) -> None:
    """A page of two paragraphs."""
    y = paragraph(canvas, 90, FILLER)
    paragraph(canvas, y + 6, FILLER)
