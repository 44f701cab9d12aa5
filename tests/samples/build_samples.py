"""Builds the Word and PDF samples from structured texts: `python -m tests.samples.build_samples`.

Each file in `tests/samples/sources/` is one plan, a paragraph per line as "tag: words". From it come the plan as an
office would publish it (`data/samples/plans/NAME.docx` or `.pdf`) and its words alone (`data/samples/texts/NAME.txt`),
which the gold quotes. Nothing in the built files depends on the day or the machine.

Tags: `left`, `right`, `number`, `date` (letterhead), `title`, `basis`, `body`, `h1`, `h2`, `h3`, `item`, `row` (cells
separated by " | ", the first row names the columns), `h2run` (a bold label, " | ", the words after it), `to` (a
recipient), `sign`, `name`. Two settings open a file: `format: docx|pdf` and `numbering: automatic`, which hands the
marks of headings and items over to Word's own numbering.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
SAMPLES = HERE.parents[1] / "data" / "samples"

HEADINGS = ("h1", "h2", "h3")
SETTINGS = ("format", "numbering")
TAGS = frozenset(
    (*HEADINGS, *SETTINGS, "left", "right", "number", "date", "title", "basis", "body", "item", "row", "h2run")
).union(("to", "sign", "name"))


class Paragraph(NamedTuple):
    """One line of a structured text."""

    tag: str
    words: str
    bold: bool = False

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in self.words.split("|")]


class Sample(NamedTuple):
    """A structured text: its settings, and its paragraphs in order."""

    name: str
    format: str
    automatic: bool
    paragraphs: tuple[Paragraph, ...]

    def of(self, *tags: str) -> list[Paragraph]:
        return [p for p in self.paragraphs if p.tag in tags]


def read(path: Path) -> Sample:
    """The structured text in `path`; an unknown tag is a ValueError."""
    settings: dict[str, str] = {}
    paragraphs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head, _, words = line.partition(":")
        tag, _, style = head.partition(" ")
        if tag not in TAGS:
            raise ValueError(f"{path.name}:{number}: unknown tag {tag!r}")
        if tag in SETTINGS:
            settings[tag] = words.strip()
        else:
            paragraphs.append(Paragraph(tag, words.strip(), style == "bold"))
    return Sample(path.stem, settings["format"], settings.get("numbering") == "automatic", tuple(paragraphs))


def samples() -> list[Sample]:
    """All structured texts, by name."""
    return [read(path) for path in sorted(SOURCES.glob("*.txt"))]


# --- words alone


def render_text(sample: Sample) -> str:
    """The plan as plain text: a line per paragraph, table cells separated by tabs."""
    lines: list[str] = []
    before = "left"
    for paragraph in sample.paragraphs:
        tag = paragraph.tag
        if tag == "to" and before != "to":
            lines += ["", "Nơi nhận:"]
        elif tag != before and (tag in ("title", "basis", "h1", "sign", "name") or before in ("title", "row")):
            lines.append("")
        if tag == "row":
            lines.append("\t".join(paragraph.cells))
        elif tag == "h2run":
            lines.append(" ".join(paragraph.cells))
        else:
            lines.append(paragraph.words)
        before = tag
    return "\n".join(lines) + "\n"


# --- Word

MARK = re.compile(r"(?:[IVX]+\.|\d+\.|[a-zđ]\)|-)\s+")

NUMBERING = """<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>"""
LEVELS = {"h1": 0, "h2": 1, "h3": 2, "item": 3}


def build_docx(sample: Sample) -> bytes:
    """The plan as a Word file: letterhead and tail in tables without borders, as offices lay them out.

    Without automatic numbering the headings have Word's heading styles; with it they are bold paragraphs whose marks
    stand in the numbering part alone.
    """
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn

    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name = "Times New Roman"
    numbering = document.part.numbering_part.element
    first_num = numbering.find(qn("w:num"))
    numbering.insert(numbering.index(first_num), parse_xml(NUMBERING))
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "90")
    number.append(reference)
    numbering.append(number)

    def write(place: Any, words: str, *, bold: bool = False, italic: bool = False, centre: bool = False) -> Any:
        paragraph = place.add_paragraph()
        run = paragraph.add_run(words)
        run.bold = bold or None
        run.italic = italic or None
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def fill(cell: Any, paragraphs: list[Paragraph], *, centre: bool = True, italic: bool = False) -> None:
        for paragraph in paragraphs:
            write(cell, paragraph.words, bold=paragraph.bold, italic=italic, centre=centre)
        blank = cell.paragraphs[0]._p
        blank.getparent().remove(blank)

    def numbered(paragraph: Any, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 90

    head = document.add_table(rows=2, cols=2)
    fill(head.cell(0, 0), sample.of("left"))
    fill(head.cell(0, 1), sample.of("right"))
    fill(head.cell(1, 0), sample.of("number"))
    fill(head.cell(1, 1), sample.of("date"), italic=True)

    rows: list[list[str]] = []
    for paragraph, after in _with_next(sample.paragraphs):
        tag, words = paragraph.tag, paragraph.words
        if tag == "row":
            rows.append(paragraph.cells)
            if after is None or after.tag != "row":
                table = document.add_table(rows=0, cols=len(rows[0]))
                table.style = "Table Grid"
                for cells in rows:
                    for cell, value in zip(table.add_row().cells, cells, strict=True):
                        cell.text = value
                rows = []
        elif tag == "title":
            write(document, words, bold=True, centre=True)
        elif tag in HEADINGS and not sample.automatic:
            document.add_heading(words, level=int(tag[1]))
        elif tag == "h2run":
            label, rest = paragraph.cells
            written = write(document, label + " ", bold=True)
            written.add_run(rest)
        elif tag in LEVELS and sample.automatic:
            written = write(document, MARK.sub("", words, count=1), bold=tag in HEADINGS)
            numbered(written, LEVELS[tag])
        elif tag in ("basis", "body", "item"):
            write(document, words, italic=tag == "basis")

    tail = document.add_table(rows=1, cols=2)
    left = [Paragraph("to", "Nơi nhận:", bold=True), *sample.of("to")]
    fill(tail.cell(0, 0), left, centre=False)
    right = [p._replace(bold=True) for p in sample.of("sign")]
    fill(tail.cell(0, 1), [*right, Paragraph("name", ""), *(p._replace(bold=True) for p in sample.of("name"))])

    properties = document.core_properties
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 (Word's own dates have no zone)
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _with_next(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Paragraph, Paragraph | None]]:
    return zip(paragraphs, (*paragraphs[1:], None), strict=True)


def _without_clock(archive: bytes) -> bytes:
    """The same archive with each member dated 1980: python-docx stamps them with the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return out.getvalue()


# --- PDF


def build_pdf(sample: Sample) -> bytes:
    """The plan as a PDF with a text layer: letterhead in two columns, page numbers at the top from page 2 on, sentences
    that run over the page break. `invariant` keeps the clock and random identifiers out."""
    import font_roboto
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import SimpleDocTemplate, Spacer, Table

    for name, file in (
        ("Roboto", font_roboto.Roboto),
        ("RobotoBold", font_roboto.RobotoBold),
        ("RobotoItalic", font_roboto.RobotoItalic),
    ):
        pdfmetrics.registerFont(TTFont(name, file))
    plain = ParagraphStyle("plain", fontName="Roboto", fontSize=13, leading=18, spaceAfter=5, alignment=TA_JUSTIFY)
    plain.allowWidows = plain.allowOrphans = 1
    indented = ParagraphStyle("indented", plain, firstLineIndent=10 * mm)
    heading = ParagraphStyle("heading", indented, fontName="RobotoBold", keepWithNext=1)
    small = ParagraphStyle("small", plain, fontSize=11, leading=13, spaceAfter=0)
    centred = ParagraphStyle("centred", plain, alignment=TA_CENTER, spaceAfter=0)
    styles = {"left": small, "to": small, "basis": ParagraphStyle("basis", indented, fontName="RobotoItalic")}
    centred_bold = ParagraphStyle("centred bold", centred, fontName="RobotoBold")
    head = {"left": ParagraphStyle("head", centred, fontSize=12, leading=15)}
    head["bold"] = ParagraphStyle("head bold", head["left"], fontName="RobotoBold")
    head["italic"] = ParagraphStyle("head italic", head["left"], fontName="RobotoItalic")

    def column(tags: tuple[str, ...], italic: bool = False) -> list[Flowing]:
        return [Flowing(p.words, head["bold" if p.bold else "italic" if italic else "left"]) for p in sample.of(*tags)]

    width = A4[0] - 50 * mm
    story: list[Any] = [
        Table(
            [[column(("left",)), column(("right",))], [column(("number",)), column(("date",), italic=True)]],
            colWidths=[0.42 * width, 0.58 * width],
        ),
        Spacer(1, 8),
    ]
    cell = ParagraphStyle("cell", plain, fontSize=11, leading=14, spaceAfter=0, alignment=TA_LEFT)
    ruled = [("GRID", (0, 0), (-1, -1), 0.7, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    rows: list[list[Flowing]] = []
    for paragraph, after in _with_next(sample.paragraphs):
        tag, words = paragraph.tag, escape(paragraph.words)
        if tag == "row":
            rows.append([Flowing(escape(value), cell) for value in paragraph.cells])
            if after is None or after.tag != "row":
                narrow = [max(len(row.cells[i]) for row in sample.of("row")) < 8 for i in range(len(rows[0]))]
                wide = (width - 45 * sum(narrow)) / max(len(narrow) - sum(narrow), 1)
                story.append(
                    Table(rows, colWidths=[45 if each else wide for each in narrow], style=ruled, repeatRows=1)
                )
                rows = []
        elif tag == "h2run":
            label, rest = (escape(part) for part in paragraph.cells)
            story.append(Flowing(f'<font name="RobotoBold">{label}</font> {rest}', indented))
        elif tag == "title":
            story.append(Flowing(words, centred_bold))
        elif tag in HEADINGS:
            story.append(Flowing(words, heading))
        elif tag in ("basis", "body", "item"):
            story.append(Flowing(words, styles.get(tag, indented)))
    left = [Flowing("Nơi nhận:", ParagraphStyle("to", small, fontName="RobotoBold"))]
    left += [Flowing(p.words, small) for p in sample.of("to")]
    right: list[Any] = [Flowing(p.words, centred_bold) for p in sample.of("sign")]
    right += [Spacer(1, 50), *(Flowing(p.words, centred_bold) for p in sample.of("name"))]
    story += [
        Spacer(1, 8),
        Table([[left, right]], colWidths=[width / 2, width / 2], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
    ]

    def page_number(canvas: Any, document: Any) -> None:
        canvas.setFont("Roboto", 12)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * mm, str(document.page))

    out = io.BytesIO()
    SimpleDocTemplate(
        out, pagesize=A4, topMargin=20 * mm, bottomMargin=20 * mm, leftMargin=30 * mm, rightMargin=20 * mm,
        title=sample.name, author="", invariant=1,
    ).build(story, onLaterPages=page_number)  # fmt: skip
    return out.getvalue()


def build(sample: Sample) -> bytes:
    """The file that an office would publish."""
    return build_docx(sample) if sample.format == "docx" else build_pdf(sample)


def main() -> None:
    for sample in samples():
        (SAMPLES / "texts").mkdir(exist_ok=True)
        (SAMPLES / "plans" / f"{sample.name}.{sample.format}").write_bytes(build(sample))
        (SAMPLES / "texts" / f"{sample.name}.txt").write_text(render_text(sample), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
