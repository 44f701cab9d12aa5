"""Word files (.docx): body in reading order, headings, bold, tables, automatic numbers, text boxes, footnotes.

The text is what a reader of the printed paper sees: tracked changes as accepted, hidden text left out, numbers that
Word generates written out. Each paragraph is one line; each table row is one line with its cells set apart by tabs,
paragraphs inside a cell by line feeds. A table of contents is left out, since it says every heading twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import DOCX, Limits, check_characters, sha256
from pipeline.readers.encodings import refuse_twice_encoded
from pipeline.readers.styled import PAGE, Piece, StyledText, merged, trimmed
from pipeline.readers.word_fonts import fonts_of
from pipeline.readers.word_numbering import Numbering
from pipeline.readers.word_package import Element, Parts, W, open_package
from pipeline.readers.word_runs import GONE, THROUGH, Inline
from pipeline.readers.word_styles import Style, Styles, is_contents, looks, number, numbered, outline, value

_TAB = "    "  # a tab in running text: tabs part cells, and the width shows two columns that are typed with them
_WIDEST = 200  # columns; a cell that claims more was damaged


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a Word file. Raises UnreadableError (damaged_docx, empty, legacy_encoding, unpacks_too_large)."""
    parts = open_package(data, path, limits)
    body = parts.document.find(W + "body")
    if body is None:
        raise UnreadableError("damaged_docx", path)
    walk = _Walk(parts)
    walk.blocks(body)
    walk.footnotes(parts)
    out = walk.out
    text = out.text()
    if not text.strip():
        raise UnreadableError("empty", path)
    check_characters(len(text), path, limits)
    refuse_twice_encoded(text, path)
    made = out.made(walk.fonts.used)
    notes = list(walk.notes())
    if made.encodings:
        notes.append(("encoding_converted", ", ".join(made.encodings)))
    if parts.lost:
        notes.append(("parts_lost", ", ".join(parts.lost)))
    return Source(
        text=made.text,
        path=path,
        sha256=sha256(data),
        media_type=DOCX,
        reader="docx",
        markup="styled",
        pages=made.pages if walk.inline.paged else (),
        styles=made.styles,
        cells=made.cells,
        notes=tuple(notes),
    )


class _Walk:
    """Goes through the body once."""

    def __init__(self, parts: Parts) -> None:
        self.out = StyledText()
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self.fonts = fonts_of([parts.document, parts.footnotes, parts.endnotes], self._styles)
        self.inline = Inline(self._styles, self.fonts)
        self._tables = 0
        self._contents = 0  # paragraphs of a table of contents, left out
        self._footnotes = 0
        self._joined: list[Piece] = []  # text whose paragraph mark was deleted: it opens the next paragraph

    def notes(self) -> Iterator[tuple[str, str]]:
        """What was repaired or left out: (warning code, detail)."""
        if self.inline.changes:
            yield "changes_accepted", str(self.inline.changes)
        if self._contents:
            yield "contents_left_out", str(self._contents)
        if self._footnotes:
            yield "footnotes_at_end", str(self._footnotes)

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables below `parent`, each closed by a line feed."""
        for element in _blocks(parent):
            if element.tag == W + "tbl":
                self._table(element)
                continue
            pieces, level, boxes = self._paragraph(element, in_cell=False)
            if pieces is None:
                continue
            self.out.write(pieces, level, self.out.page)
            self.out.add("\n")
            for box in boxes:
                self.blocks(box)
        if self._joined:  # the last paragraph's mark was deleted and no other follows
            pieces, self._joined = trimmed(self._joined), []
            self.out.write(pieces, 0, self.out.page)
            self.out.add("\n")

    def footnotes(self, parts: Parts) -> None:
        """Write the footnotes referred to at the end, one line each: "[1] ..."."""
        roots = {"footnote": parts.footnotes, "endnote": parts.endnotes}
        found = {
            (kind, note.get(W + "id")): note
            for kind, root in roots.items()
            if root is not None
            for note in root.iterfind(W + kind)
        }
        referred = [found[key] for key in self.inline.notes if key in found]
        for note in referred:
            lines = [self._paragraph(p, in_cell=True)[0] or [] for p in _blocks(note) if p.tag == W + "p"]
            text = " ".join("".join(piece.text for piece in line if piece.text != PAGE).strip() for line in lines)
            if text.strip():
                self._footnotes += 1
                self.out.add(f"{'' if self._footnotes > 1 else chr(10)}[{self._footnotes}] {text.strip()}\n")

    def _paragraph(self, element: Element, in_cell: bool) -> tuple[list[Piece] | None, int, list[Element]]:
        """A paragraph's pieces with its number in front, its heading level and its text boxes; no pieces (None) where
        it is left out or joined to the next."""
        properties = element.find(W + "pPr")
        style = self._styles.paragraph(value(properties, "pStyle"))
        mark = properties.find(W + "rPr") if properties is not None else None
        pieces = self._joined + self.inline.pieces(element, style.looks, " " if in_cell else _TAB)
        boxes = self.inline.boxes
        printed = any(text.strip() for text, _ in pieces)
        self._joined = []
        if mark is not None and mark.find(W + "del") is not None:
            self.inline.changes += 1
            self._joined = pieces
            return None, 0, boxes
        if is_contents(style):
            self._contents += 1
            return None, 0, []
        label = self._label(properties, style, mark)
        # An empty numbered paragraph prints its number too: in a table that is the column of running numbers.
        if label is not None and (printed or in_cell):
            turns = [piece for piece in pieces if piece.text == PAGE] if pieces and pieces[0].text == PAGE else []
            pieces = merged([*turns[:1], label, *pieces[len(turns[:1]) :]])
        level = outline(properties)
        return trimmed(pieces), style.outline or 0 if level is None else level, boxes

    def _label(self, properties: Element | None, style: Style, mark: Element | None) -> Piece | None:
        """The number or bullet that Word prints before a paragraph."""
        own = numbered(properties)
        list_id = own.list_id or style.numbered.list_id
        if not list_id or list_id == "0":
            return None
        level = own.level if own.list_id or own.level is not None else None
        if own.list_id and level is None:
            level = 0
        label = self._numbering.label(list_id, level, style)
        if label is None or not label.text:
            return None
        bold = label.bold
        if bold is None:
            bold = self._styles.effective(looks(mark), looks(None), style.looks).bold
        return Piece(label.text, bool(bold))

    def _table(self, table: Element) -> None:
        """Write a table, one line a row. A table of one cell is a frame around paragraphs and no table."""
        rows = [row for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if len(rows) == 1 and len(cells := list(_children(rows[0], "tc"))) == 1:
            self.blocks(cells[0])
            return
        index, self._tables = self._tables, self._tables + 1
        open_merges: dict[int, list[int]] = {}  # by column: the cell above that goes on downwards
        for row_index, row in enumerate(rows):
            column = number(value(row.find(W + "trPr"), "gridBefore"), 0)
            page = self.out.page
            first = True
            for cell in _children(row, "tc"):
                properties = cell.find(W + "tcPr")
                width = min(max(number(value(properties, "gridSpan"), 1), 1), _WIDEST)
                merge = properties.find(W + "vMerge") if properties is not None else None
                if merge is not None and merge.get(W + "val") != "restart" and column in open_merges:
                    open_merges[column][-1] += 1
                    column += width
                    continue
                if not first:
                    self.out.add("\t")
                first = False
                start = self.out.length
                if properties is None or properties.find(W + "cellDel") is None:
                    self._cell(cell, page)
                run = [start, self.out.length, index, row_index, column, width, 1]
                self.out.cells.append(run)
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = run
                column += width
            self.out.add("\n")

    def _cell(self, cell: Element, page: int) -> None:
        """Write a cell's paragraphs, those of tables inside it too, with line feeds between; it starts on `page`."""
        empty = True
        for paragraph in _paragraphs(cell):
            pieces, level, boxes = self._paragraph(paragraph, in_cell=True)
            inner = [p for box in boxes for p in _paragraphs(box)]
            texts = [(pieces or [], level)] + [(self._paragraph(p, in_cell=True)[0] or [], 0) for p in inner]
            for part, part_level in texts:
                if any(text.strip() for text, _ in part):
                    if not empty:
                        self.out.add("\n")
                    empty = False
                page = self.out.write(part, part_level, page)


def _blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables below an element, through content controls and accepted insertions."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in THROUGH:
            yield from _blocks(child)
        elif child.tag not in GONE and isinstance(child.tag, str) and child.tag.endswith("}AlternateContent"):
            yield from (block for choice in list(child)[:1] for block in _blocks(choice))


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in THROUGH:
            yield from _children(child, name)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs of a cell or a text box, those of tables inside it too."""
    for block in _blocks(parent):
        if block.tag == W + "p":
            yield block
        else:
            for row in _children(block, "tr"):
                for cell in _children(row, "tc"):
                    yield from _paragraphs(cell)
