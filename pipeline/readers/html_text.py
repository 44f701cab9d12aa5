"""The chosen part of a web page -> its text, as it is printed: a line for each paragraph, a line for each row.

White space follows the rules of HTML, so that lines which a portal breaks inside a paragraph are whole again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import lxml.etree

from data import load
from pipeline.errors import UnreadableError
from pipeline.readers.base import Limits
from pipeline.readers.html_choice import BLOCKS, GONE, Choice
from pipeline.readers.html_notes import Notes
from pipeline.readers.html_page import Element, Looks, Sheet
from pipeline.readers.html_tables import Layouts, Place, places_of
from pipeline.readers.legacy_fonts import Fonts
from pipeline.readers.numerals import formatted
from pipeline.readers.styled import Piece, StyledText, merged, trimmed

_BLANK = re.compile(r"[ \t\n\r\f]+")
_HEADING = re.compile(r"h([1-6])")
_LONGEST_HEADING = 400  # characters; a longer one is text in large letters
_TAB = "    "
_FORMS = {
    **dict.fromkeys(("1", "decimal"), "decimal"),
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), "upperLetter"),
    **dict.fromkeys(("i", "lower-roman"), "lowerRoman"),
    **dict.fromkeys(("I", "upper-roman"), "upperRoman"),
    "decimal-leading-zero": "decimalZero",
}
_SPACED = ("p", "h1", "h2", "h3", "h4", "h5", "h6")  # an empty one prints an empty line


class _List:
    """An open list: its form ("" for bullets, None for nothing) and the number that comes next."""

    def __init__(self, element: Element, form: str | None) -> None:
        self.form = form
        self.step = 1
        self.next = _number(element.get("start"), 1)
        if element.tag == "ol" and element.get("reversed") is not None:
            self.step = -1
            self.next = _number(element.get("start"), sum(child.tag == "li" for child in element))

    def label(self, item: Element, form: str | None) -> str:
        self.next = _number(item.get("value"), self.next)
        number, self.next = self.next, self.next + self.step
        if form is None:
            return ""
        return f"{formatted(number, form)}. " if form else "- "


class _Table(NamedTuple):
    number: int
    places: dict[Element, Place]


class PageText:
    """Goes through the chosen part once; `out` holds what is printed."""

    def __init__(self, choice: Choice, sheet: Sheet, fonts: Fonts, path: str, limits: Limits) -> None:
        self.out = StyledText()
        self.footnotes = 0
        self._sheet = sheet
        self._fonts = fonts
        self._path = path
        self._limits = limits
        self._left_out = choice.left_out
        self._notes = Notes(choice.root)
        self._begin = choice.begin
        self._layouts = Layouts(choice.root)
        self._line: list[Piece] = []
        self._open = ""  # the last character of the line
        self._level = 0
        self._label: Piece | None = None
        self._lists: list[_List] = []
        self._tables: list[_Table | None] = []  # None: one that lays out the page, or stands inside a cell
        self._count = 0
        self._in_cell = 0  # how many cells of tables are open
        self._cell_empty = True
        self._row_empty = True
        self._blank = True  # whether an empty line (or nothing) stands above
        self._walk(choice.root)
        self._flush()
        for block, number in self._notes.blocks.items():
            self._footnote(block, number)

    def _walk(self, root: Element) -> None:
        looks: list[Looks] = [Looks()]
        walker = lxml.etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        hidden_root = root
        for event, element in walker:
            if event == "start":
                own = self._sheet.looks(element)
                if self._is_left_out(element, own, hidden_root):
                    skipped = element
                    walker.skip_subtree()
                    continue
                if element is self._begin:
                    self._begin = None
                looks.append(own._replace(hidden=None).over(looks[-1]._replace(list_form=None)))
                self._start(element, looks[-1])
                if element.text:
                    self._text(element.text, looks[-1])
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                    looks.pop()
                if element is not root and element.tail:
                    self._text(element.tail, looks[-1])

    def _is_left_out(self, element: Element, own: Looks, root: Element) -> bool:
        return (
            not isinstance(element.tag, str)
            or element.tag in GONE
            or element in self._left_out
            or element in self._notes.marks
            or element in self._notes.blocks
            or (bool(own.hidden) and element is not root)
        )

    def _start(self, element: Element, looks: Looks) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag in BLOCKS:
            self._flush()
            if tag in ("ol", "ul", "menu", "dir"):
                self._lists.append(_List(element, self._form(element, looks)))
            elif tag == "li":
                form = self._form(element, looks) if looks.list_form or element.get("type") else None
                self._item(element, form)
            elif tag == "table":
                self._start_table(element)
            elif tag in ("td", "th"):
                self._start_cell(element)
            elif heading := _HEADING.fullmatch(tag):
                self._level = int(heading[1])

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        empty = not self._has_text()
        self._flush()
        if tag in _SPACED:
            self._level = 0
            if empty and not self._in_cell and not len(element):
                self._empty_line()
        elif tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = None
        elif tag in ("td", "th") and self._place(element) is not None:
            self._end_cell()
        elif tag == "tr" and self._tables and self._tables[-1] is not None:
            self._write("\n")
            self._row_empty = True
            self._blank = False
        elif tag == "table" and self._tables:
            self._tables.pop()

    # --- text ---

    def _text(self, text: str, looks: Looks) -> None:
        if self._begin is not None:
            return
        text = self._fonts.read(text, looks.font)
        if looks.kept:
            first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._add(first.replace("\t", _TAB), looks)
            for line in rest:
                self._break()
                self._add(line.replace("\t", _TAB), looks)
            return
        text = _BLANK.sub(" ", text)
        if text.startswith(" ") and (not self._line or self._open == " "):
            text = text[1:]
        self._add(text, looks)

    def _add(self, text: str, looks: Looks) -> None:
        if text:
            self._line.append(Piece(text.upper() if looks.upper else text, bool(looks.bold)))
            self._open = text[-1]

    def _has_text(self) -> bool:
        return any(text.strip() for text, _ in self._line)

    def _break(self) -> None:
        """A line end inside a paragraph; a second one prints an empty line."""
        if self._has_text():
            level = self._level
            self._flush()
            self._level = level
        else:
            self._line = []
            if not self._in_cell:
                self._empty_line()

    def _empty_line(self) -> None:
        if not self._blank and self._begin is None:
            self._write("\n")
            self._blank = True

    def _flush(self) -> None:
        """Write what is collected as a line."""
        line, self._line, self._open = trimmed(merged(self._line)), [], ""
        if not any(text.strip() for text, _ in line) or self._begin is not None:
            return
        if self._label is not None:
            words = "".join(text for text, _ in line)
            bullet = self._label.text == "- " and words[0] in load("web")["lists"]["bullets"]
            if not bullet and not words.startswith(self._label.text.strip()):
                line = merged([self._label, *line])
            self._label = None
        if self._in_cell and not self._cell_empty:
            self._write("\n")
        self._cell_empty = False
        level = self._level if sum(len(text) for text, _ in line) <= _LONGEST_HEADING else 0
        self.out.write(line, level, 1)
        if not self._in_cell:
            self._write("\n")
        self._blank = False

    def _write(self, text: str) -> None:
        self.out.add(text)
        if self.out.length > self._limits.characters + 1:
            shown = f"{self.out.length:,}"
            raise UnreadableError("too_much_text", self._path, characters=shown, limit=f"{self._limits.characters:,}")

    # --- lists ---

    def _form(self, element: Element, looks: Looks) -> str | None:
        said = looks.list_form or element.get("type") or ""
        if said == "none":
            return None
        ordered = element.tag == "ol" or (element.tag == "li" and bool(self._lists and self._lists[-1].form))
        return _FORMS.get(said if said in _FORMS else said.lower(), "decimal" if ordered else "")

    def _item(self, element: Element, form: str | None) -> None:
        if not self._lists:
            self._label = None
            return
        current = self._lists[-1]
        label = current.label(element, form if form is not None else current.form)
        self._label = Piece(label, bold=False) if label else None

    # --- tables ---

    def _start_table(self, table: Element) -> None:
        if self._begin is not None or self._in_cell or self._layouts.lays_out(table):
            self._tables.append(None)
            return
        self._tables.append(_Table(self._count, places_of(table)))
        self._count += 1

    def _place(self, cell: Element) -> Place | None:
        table = self._tables[-1] if self._tables else None
        return table.places.get(cell) if table is not None else None

    def _start_cell(self, cell: Element) -> None:
        place = self._place(cell)
        table = self._tables[-1] if self._tables else None
        if place is None or table is None:
            return
        if len(self.out.cells) >= self._limits.cells:
            raise UnreadableError("too_many_cells", self._path, limit=f"{self._limits.cells:,}")
        if not self._row_empty:
            self._write("\t")
        self._row_empty = False
        self._in_cell += 1
        self._cell_empty = True
        start = self.out.length
        self.out.cells.append([start, start, table.number, place.row, place.column, place.width, place.height])

    def _end_cell(self) -> None:
        self._in_cell -= 1
        self.out.cells[-1][1] = self.out.length

    # --- footnotes ---

    def _footnote(self, block: Element, number: int) -> None:
        words = _BLANK.sub(" ", "".join(_words(block, self._notes.marks))).strip()
        if words:
            self._write(f"{'' if self.footnotes else chr(10)}[{number}] {words}\n")
            self.footnotes += 1


def _words(block: Element, marks: set[Element]) -> list[str]:
    """The words of a footnote, without the link back."""
    out: list[str] = []
    walker = lxml.etree.iterwalk(block, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in marks or not isinstance(element.tag, str) or element.tag in GONE:
                walker.skip_subtree()
            elif element.text:
                out.append(element.text)
        elif element is not block:
            out.append(" " if element.tag in BLOCKS or element.tag == "br" else "")
            out.append(element.tail or "")
    return out


def _number(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    sound = digits.lstrip("-").isascii() and digits.lstrip("-").isdecimal() and len(digits) < 8
    return int(digits) if sound else default
