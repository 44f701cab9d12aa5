"""Fonts of old encodings in a Word file: what is written in .VnTime or VNI-Times is converted by its font's name.

A font's name says what its letters should be; a text that was converted long ago may bear the old name still. So a font
counts only if what the file writes in it is no Unicode already.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.readers.legacy import LegacyFont, legacy_font, to_unicode
from pipeline.readers.word_package import Element, W
from pipeline.readers.word_styles import Looks, Styles, font_of, looks, value

_UNICODE = re.compile("[ĂăĐđĨĩŨũƠ-ưẠ-ỹ]")


class Fonts:
    """The fonts of old encodings that a file's parts are written in; `used` names the encodings that were met."""

    def __init__(self, roots: list[Element], styles: Styles) -> None:
        self.used: dict[str, None] = {}
        self._known: dict[str, LegacyFont] = {}
        names = {name for root in [*roots, styles.root] if root is not None for name in _names(root)}
        legacy = {name: font for name in names if (font := legacy_font(name))}
        if legacy:
            sound = _sound(roots, styles, set(legacy))
            self._known = {name: font for name, font in legacy.items() if name not in sound}

    def read(self, text: str, seen: Looks) -> str:
        """A run's text in Unicode."""
        font = self._known.get(seen.font or "")
        if font is None or not text.strip() or _UNICODE.search(text):
            return text
        made = to_unicode(text, font.encoding, capitals=font.capitals)
        if made.words:
            self.used[font.encoding] = None
        return made.text


def _names(root: Element) -> list[str]:
    return [found for fonts in root.iter(W + "rFonts") if (found := font_of(fonts))]


def _sound(roots: list[Element], styles: Styles, names: set[str]) -> set[str]:
    """Which of these fonts the file writes Unicode in."""
    sound: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for paragraph in (p for root in roots if root is not None for p in root.iter(W + "p")):
        style = styles.paragraph(value(paragraph.find(W + "pPr"), "pStyle")).looks
        for run in paragraph.iter(W + "r"):
            properties = run.find(W + "rPr")
            character = styles.character(value(properties, "rStyle"))
            name = styles.effective(looks(properties), character, style).font
            if name in names:
                text = "".join(t.text or "" for t in run.iter(W + "t"))
                if _UNICODE.search(text):
                    sound[name] += len(text)
                elif not text.isascii():
                    other[name] += len(text)
    return {name for name in names if sound[name] > other[name]}
