"""Web pages (.html, archives .mht, pages named .doc): the paper that the page shows, without what stands around it.

Portals and departments publish their papers so: letterhead and signature in tables, lines broken inside paragraphs,
menus and notices around. Styles inside the page count; nothing outside it is ever loaded, and no script is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import HTML, MHTML, Limits, check_characters, sha256
from pipeline.readers.encodings import refuse_twice_encoded
from pipeline.readers.html_choice import GONE, choose
from pipeline.readers.html_page import Element, Looks, Sheet, decode_page, parse_page, unpack_mail
from pipeline.readers.html_text import PageText
from pipeline.readers.legacy_fonts import Fonts
from pipeline.readers.sniff import is_mail

_FONT_NAMES = re.compile(r"""(?:face\s?=\s?|font-family\s?:\s?)["']?(\.?[\w. -]{2,40})""", re.IGNORECASE)


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a web page. Raises UnreadableError (damaged_html, empty, too_large, nested_too_deep, ...)."""
    mail = is_mail(data)
    page, charset = unpack_mail(data, path) if mail else (data, "")
    decoded = decode_page(page, path, charset)
    root = parse_page(decoded.text, path, limits)
    sheet = Sheet(root)
    choice = choose(root, sheet)
    fonts = Fonts({name.strip() for name in _FONT_NAMES.findall(decoded.text)}, lambda: _written(choice.root, sheet))
    walk = PageText(choice, sheet, fonts, path, limits)
    made = walk.out.made(fonts.used)
    if not made.text.strip():
        raise UnreadableError("empty", path)
    check_characters(len(made.text), path, limits)
    refuse_twice_encoded(made.text, path)
    notes = [("bytes_replaced", str(decoded.broken))] if decoded.broken else []
    if made.encodings:
        notes.append(("encoding_converted", ", ".join(made.encodings)))
    if choice.characters:
        notes.append(("page_around_left_out", str(choice.characters)))
    if not choice.sure:
        notes.append(("page_unsure", ""))
    if walk.footnotes:
        notes.append(("footnotes_at_end", str(walk.footnotes)))
    return Source(
        text=made.text,
        path=path,
        sha256=sha256(data),
        media_type=MHTML if mail else HTML,
        reader=f"html ({decoded.encoding})",
        markup="styled",
        styles=made.styles,
        cells=made.cells,
        notes=tuple(notes),
    )


def _written(root: Element, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What a page writes in each font."""
    fonts: list[str | None] = [None]
    walker = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if not isinstance(element.tag, str) or element.tag in GONE:
                fonts.append(None)
                walker.skip_subtree()
                continue
            looks: Looks = sheet.looks(element)
            fonts.append(looks.font or fonts[-1])
            if element.text and (name := fonts[-1]):
                yield name, element.text
        else:
            fonts.pop()
            if element.tail and fonts and (name := fonts[-1]):
                yield name, element.tail
