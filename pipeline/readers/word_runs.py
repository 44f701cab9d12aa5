"""One paragraph of a Word file -> its printed text in pieces, bold or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from data import load
from pipeline.readers.legacy_fonts import Fonts
from pipeline.readers.styled import PAGE, Piece, merged
from pipeline.readers.word_package import Element, W
from pipeline.readers.word_styles import Looks, Styles, looks, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLANK = re.compile(r"[\t\r\n]+")
# Elements whose children are read as if they stood in their place. An insertion is accepted, a deletion too.
THROUGH = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
GONE = frozenset((W + "del", W + "moveFrom"))


_LINE_END = Piece("\n", bold=False)
_PAGE_TURN = Piece(PAGE, bold=False)


class Inline:
    """Reads the runs of paragraphs. Fields and the count of changes and footnotes go on from one to the next."""

    def __init__(self, styles: Styles, fonts: Fonts) -> None:
        self._styles = styles
        self._fonts = fonts
        self._fields: list[bool] = []  # the open fields; True while their instruction is read
        self.changes = 0
        self.paged = False  # whether Word left marks of where its pages began
        self.notes: list[tuple[str, str]] = []  # footnotes referred to: ("footnote" or "endnote", id)
        self.boxes: list[Element] = []  # text boxes met in the paragraph that was read last

    def pieces(self, paragraph: Element, style: Looks, tab: str) -> list[Piece]:
        """The pieces of a paragraph, neighbours of one look merged; a blank between two bold pieces is bold. `tab`
        stands for each tab."""
        self.boxes = []
        found = [Piece(text.replace("\t", tab), bold) for text, bold in self._children(paragraph, style)]
        self._fields = [False] * len(self._fields)  # an instruction does not go beyond its paragraph
        return merged(found)

    def _children(self, parent: Element, style: Looks) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                yield from self._run(child, style)
            elif tag in THROUGH:
                self.changes += tag == W + "ins"
                yield from self._children(child, style)
            elif tag in GONE:
                self.changes += 1
            elif tag == _COMPATIBILITY + "AlternateContent":
                yield from self._children(_alternative(child), style)
            elif isinstance(tag, str) and tag.startswith(_MATH):
                yield Piece("".join(t.text or "" for t in child.iter(_MATH + "t")), bold=False)

    def _run(self, run: Element, style: Looks) -> Iterator[Piece]:
        properties = run.find(W + "rPr")
        seen = self._styles.effective(looks(properties), self._styles.character(value(properties, "rStyle")), style)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
                continue
            if tag == _COMPATIBILITY + "AlternateContent":
                self.boxes.extend(_boxes(_alternative(child)))
                continue
            if tag in (W + "drawing", W + "pict"):
                self.boxes.extend(_boxes(child))
                continue
            if tag in (W + "footnoteReference", W + "endnoteReference"):
                self.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id") or ""))
                continue
            if tag == W + "lastRenderedPageBreak" or (tag == W + "br" and child.get(W + "type") == "page"):
                self.paged |= tag != W + "br"
                yield from (_LINE_END, _PAGE_TURN) if tag == W + "br" else (_PAGE_TURN,)
                continue
            text = "" if seen.hidden or any(self._fields) else _text(child)
            if text:
                text = self._fonts.read(text, seen.font)
                yield Piece(text.upper() if seen.caps else text, bool(seen.bold))

    def _field(self, kind: str | None) -> None:
        """Follow a field's begin, separate and end: its instruction is no text, its result is."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _alternative(element: Element) -> Element:
    """The first alternative; its fallback says the same for old programs."""
    for name in ("Choice", "Fallback"):
        child = element.find(_COMPATIBILITY + name)
        if child is not None:
            return child
    return element


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of the text boxes below a drawing; boxes inside them come with their own paragraphs."""
    for child in element:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == _COMPATIBILITY + "AlternateContent":
            yield from _boxes(_alternative(child))
        else:
            yield from _boxes(child)


def _text(element: Element) -> str:
    """What one child of a run prints."""
    tag = element.tag
    if tag == W + "t":
        return _BLANK.sub(" ", element.text or "").translate(_signs())
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag in (W + "br", W + "cr"):
        return "\n"
    if tag == W + "noBreakHyphen":
        return "-"
    if tag == W + "sym":
        try:
            sign = chr(int(element.get(W + "char") or "", 16))
        except (ValueError, OverflowError):
            return ""
        return sign.translate(_signs()) if sign >= " " and not "\ud800" <= sign <= "\udfff" else ""
    return ""


@cache
def _signs() -> dict[int, str]:
    """The bullets and ticks of Word's symbol fonts as plain signs."""
    return {ord(sign): plain for sign, plain in load("readers")["signs"].items()}
