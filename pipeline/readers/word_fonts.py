"""The fonts that a Word file names, and what it writes in each."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.readers.legacy_fonts import Fonts
from pipeline.readers.word_package import Element, W
from pipeline.readers.word_styles import Styles, font_of, looks, value


def fonts_of(roots: list[Element | None], styles: Styles) -> Fonts:
    """The fonts of old encodings in these parts of a file."""
    parts = [root for root in roots if root is not None]
    named = [*parts, *([styles.root] if styles.root is not None else [])]
    names = (name for root in named for fonts in root.iter(W + "rFonts") if (name := font_of(fonts)))
    return Fonts(names, lambda: _written(parts, styles))


def _written(parts: list[Element], styles: Styles) -> Iterator[tuple[str, str]]:
    for paragraph in (paragraph for root in parts for paragraph in root.iter(W + "p")):
        style = styles.paragraph(value(paragraph.find(W + "pPr"), "pStyle")).looks
        for run in paragraph.iter(W + "r"):
            properties = run.find(W + "rPr")
            character = styles.character(value(properties, "rStyle"))
            name = styles.effective(looks(properties), character, style).font
            if name:
                yield name, "".join(t.text or "" for t in run.iter(W + "t"))
