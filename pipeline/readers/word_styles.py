"""What a Word file's styles say of a paragraph or a run: bold, capitals, hidden, heading level, numbering."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.readers.word_package import Element, W

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)  # the stored name, whatever Word's language
_CONTENTS = re.compile(r"toc [1-9]", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level that says "no heading"
_OFF = frozenset(("0", "false", "off", "none"))


class Looks(NamedTuple):
    """The properties of characters that matter; None where nothing is said."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, other: Looks) -> Looks:
        """These properties, filled from `other` where they say nothing."""
        return Looks(
            self.bold if self.bold is not None else other.bold,
            self.caps if self.caps is not None else other.caps,
            self.hidden if self.hidden is not None else other.hidden,
            self.font if self.font is not None else other.font,
        )


class Numbered(NamedTuple):
    """A paragraph's place in a numbering: the list's id ("0": none) and the level, None where nothing is said."""

    list_id: str | None = None
    level: int | None = None


class Style(NamedTuple):
    """A style with what it inherits: `outline` is 1 for the highest heading, 0 for none."""

    id: str
    name: str = ""
    looks: Looks = Looks()
    outline: int | None = None
    numbered: Numbered = Numbered()


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of a child element, None without one."""
    child = element.find(W + name) if element is not None else None
    found: str | None = child.get(W + "val") if child is not None else None
    return found


def number(text: str | None, default: int) -> int:
    """An attribute as an integer; `default` where it is missing or none, or too large to be meant."""
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


def switch(properties: Element | None, name: str) -> bool | None:
    """An on-off property: None where it is not given, True for `<w:b/>`, False for `<w:b w:val="0"/>`."""
    child = properties.find(W + name) if properties is not None else None
    if child is None:
        return None
    return (child.get(W + "val") or "1").lower() not in _OFF


def looks(properties: Element | None) -> Looks:
    """The direct properties of a run (`w:rPr`)."""
    if properties is None:
        return Looks()
    fonts = properties.find(W + "rFonts")
    return Looks(
        switch(properties, "b"),
        switch(properties, "caps"),
        switch(properties, "vanish"),
        font_of(fonts) if fonts is not None else None,
    )


def font_of(fonts: Element) -> str | None:
    """The font of the letters beyond ASCII that `w:rFonts` names; "" for the theme's, None where it names none."""
    found: str | None = fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
    return "" if fonts.get(W + "hAnsiTheme") or fonts.get(W + "asciiTheme") else found


def numbered(properties: Element | None) -> Numbered:
    """The numbering that a paragraph's properties (`w:pPr`) give."""
    child = properties.find(W + "numPr") if properties is not None else None
    if child is None:
        return Numbered()
    level = value(child, "ilvl")
    return Numbered(value(child, "numId"), number(level, 0) if level is not None else None)


def outline(properties: Element | None) -> int | None:
    """The heading level that a paragraph's properties give: 1 to 9, 0 for body text, None where nothing is said."""
    level = value(properties, "outlineLvl")
    if level is None:
        return None
    found = number(level, _BODY_LEVEL)
    return found + 1 if 0 <= found < _BODY_LEVEL else 0


class Styles:
    """The styles part, each style resolved over those it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = ""
        self.root = root
        self.defaults = Looks()
        if root is not None:
            for element in root.iterfind(W + "style"):
                identity = element.get(W + "styleId") or ""
                self._elements[identity] = element
                if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                    self._default = identity
            self.defaults = looks(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._resolve = cache(self._resolved)

    def paragraph(self, style_id: str | None) -> Style:
        """A paragraph's style, the document's default where none is given."""
        return self._resolve(style_id or self._default)

    def character(self, style_id: str | None) -> Looks:
        """What a run's character style says."""
        return self._resolve(style_id).looks if style_id else Looks()

    def list_of(self, style_id: str) -> str | None:
        """The numbering that a list style stands for."""
        return self._resolve(style_id).numbered.list_id

    def effective(self, direct: Looks, character: Looks, paragraph: Looks) -> Looks:
        """What a run looks like. Bold and capitals are toggles: a bold character style inside a bold paragraph style
        is not bold (ISO/IEC 29500-1, 17.7.3); what stands at the run itself holds."""

        def toggle(own: bool | None, default: bool | None, above: bool | None, below: bool | None) -> bool:
            return own if own is not None else bool(default) or (bool(above) != bool(below))

        defaults = self.defaults
        return Looks(
            toggle(direct.bold, defaults.bold, character.bold, paragraph.bold),
            toggle(direct.caps, defaults.caps, character.caps, paragraph.caps),
            toggle(direct.hidden, defaults.hidden, character.hidden, paragraph.hidden),
            next((f for f in (direct.font, character.font, paragraph.font) if f is not None), defaults.font),
        )

    def _resolved(self, style_id: str) -> Style:
        chain: list[Element] = []
        seen: set[str] = set()
        current: str | None = style_id
        while current and current not in seen and current in self._elements:
            seen.add(current)
            chain.append(self._elements[current])
            current = value(chain[-1], "basedOn")
        found = Style(style_id, name=(value(chain[0], "name") or "") if chain else "")
        for element in chain:
            properties = element.find(W + "pPr")
            level = outline(properties)
            if level is None and (heading := _HEADING.fullmatch(value(element, "name") or "")):
                level = int(heading[1])
            inner = numbered(properties)
            found = found._replace(
                looks=found.looks.over(looks(element.find(W + "rPr"))),
                outline=found.outline if found.outline is not None else level,
                numbered=Numbered(
                    found.numbered.list_id or inner.list_id,
                    found.numbered.level if found.numbered.level is not None else inner.level,
                ),
            )
        return found


def is_contents(style: Style) -> bool:
    """Whether a paragraph belongs to a table of contents that Word made."""
    return bool(_CONTENTS.fullmatch(style.name))
