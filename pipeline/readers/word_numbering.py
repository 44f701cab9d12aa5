"""Automatic numbering: the "I.", "1.2.", "a)" and bullets that Word prints and the file does not hold as text.

Rules: ISO/IEC 29500-1, 17.9. Lists (`w:num`) of one definition (`w:abstractNum`) count on together unless a list has
a start of its own; a level starts anew after a paragraph of a higher level.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.readers.numerals import formatted
from pipeline.readers.word_package import Element, W
from pipeline.readers.word_styles import Style, Styles, number, switch, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_SPACES = {"space": " ", "nothing": "", "tab": " "}
_PRINTED_BULLETS = "+*"  # bullets that tell levels apart in Vietnamese papers; every other sign becomes "-"


class Level(NamedTuple):
    """One level of a list. `restart`: None after any higher level, 0 never, n after level n or higher (from 1)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    suffix: str = " "
    legal: bool = False
    style: str | None = None
    bold: bool | None = None


class Label(NamedTuple):
    """What Word prints before a paragraph, its closing space included; `bold` None: as the paragraph's own mark."""

    text: str
    bold: bool | None


class _List(NamedTuple):
    definition: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


class Numbering:
    """Counts through a document; `label` must be asked once for each numbered paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._definitions = {e.get(W + "abstractNumId") or "": e for e in root.iterfind(W + "abstractNum")}
            self._instances = {e.get(W + "numId") or "": e for e in root.iterfind(W + "num")}

    def label(self, list_id: str, level: int | None, style: Style) -> Label | None:
        """Count one paragraph on; None for a list that the file does not define."""
        fresh = list_id not in self._lists
        if fresh:
            self._lists[list_id] = self._read(list_id)
        found = self._lists[list_id]
        if found is None:
            return None
        if level is None:  # a list that comes with the paragraph's style: the level that is linked to it
            linked = (i for i, one in enumerate(found.levels) if one.style == style.id)
            level = next(linked, style.numbered.level or 0)
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters.setdefault(found.definition, [None] * _LEVELS)
        if fresh:
            for own in found.starts:
                counters[own] = None
        self._count(counters, found, level)
        return Label(self._print(counters, found, level), found.levels[level].bold)

    @staticmethod
    def _count(counters: list[int | None], found: _List, level: int) -> None:
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = found.starts.get(upper, found.levels[upper].start)
        above = counters[level]
        counters[level] = found.starts.get(level, found.levels[level].start) if above is None else above + 1
        for lower in range(level + 1, _LEVELS):
            restart = found.levels[lower].restart
            if restart is None or level < restart:
                counters[lower] = None

    @staticmethod
    def _print(counters: list[int | None], found: _List, level: int) -> str:
        own = found.levels[level]
        if own.form == "bullet":
            sign = own.text.strip()
            return (sign if sign and sign in _PRINTED_BULLETS else "-") + " "

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            form = "decimal" if own.legal else found.levels[index].form
            return formatted(counters[index] or 0, form)

        text = _PLACE.sub(place, own.text)
        return text + own.suffix if text.strip() else ""

    def _read(self, list_id: str) -> _List | None:
        instance = self._instances.get(list_id)
        definition = self._definition(instance, 0)
        if instance is None or definition is None:
            return None
        levels = [Level()] * _LEVELS
        for element in definition.iterfind(W + "lvl"):
            index = number(element.get(W + "ilvl"), -1)
            if 0 <= index < _LEVELS:
                levels[index] = _level(element)
        starts: dict[int, int] = {}
        for override in instance.iterfind(W + "lvlOverride"):
            index = number(override.get(W + "ilvl"), -1)
            if not 0 <= index < _LEVELS:
                continue
            if (own := override.find(W + "lvl")) is not None:
                levels[index] = _level(own)
            if (start := value(override, "startOverride")) is not None:
                starts[index] = number(start, 1)
        return _List(definition.get(W + "abstractNumId") or "", tuple(levels), starts)

    def _definition(self, instance: Element | None, depth: int) -> Element | None:
        """The definition behind a list, over the list style that it may refer to."""
        definition = self._definitions.get(value(instance, "abstractNumId") or "")
        link = value(definition, "numStyleLink")
        if definition is None or link is None or depth > 4:
            return definition
        target = self._styles.list_of(link)
        linked = self._definition(self._instances.get(target or ""), depth + 1)
        return linked if linked is not None else definition


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        start=number(value(element, "start"), 1),
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(restart, 0) if restart is not None else None,
        suffix=_SPACES.get(value(element, "suff") or "tab", " "),
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
        bold=switch(element.find(W + "rPr"), "b"),
    )
