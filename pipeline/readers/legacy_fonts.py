"""Fonts of old encodings: what is written in .VnTime or VNI-Times is converted by its font's name.

A font's name says what its letters should be; a text that was converted long ago may bear the old name still. So a font
counts only if what the document writes in it is no Unicode already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from pipeline.readers.legacy import LegacyFont, legacy_font, to_unicode

_UNICODE = re.compile("[ĂăĐđĨĩŨũƠ-ưẠ-ỹ]")


class Fonts:
    """The fonts of old encodings that a document uses. `used` names the encodings that were met.

    `names` are the fonts named anywhere in it; `written` gives its runs as (font, text), and is asked only if one of
    them is of an old encoding.
    """

    def __init__(self, names: Iterable[str], written: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self.used: dict[str, None] = {}
        self._known: dict[str, LegacyFont] = {}
        legacy = {name: font for name in set(names) if (font := legacy_font(name))}
        if not legacy:
            return
        sound: Counter[str] = Counter()
        other: Counter[str] = Counter()
        for name, text in written():
            if _UNICODE.search(text):
                sound[name] += len(text)
            elif not text.isascii():
                other[name] += len(text)
        self._known = {name: font for name, font in legacy.items() if sound[name] <= other[name]}

    def read(self, text: str, name: str | None) -> str:
        """Text that is written in the font `name`, in Unicode."""
        font = self._known.get(name or "")
        if font is None or not text.strip() or _UNICODE.search(text):
            return text
        made = to_unicode(text, font.encoding, capitals=font.capitals)
        if made.words:
            self.used[font.encoding] = None
        return made.text
