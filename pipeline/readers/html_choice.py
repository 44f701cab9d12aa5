"""Which part of a web page is the paper: menus, notices, related papers and footers stand around it.

The paper is the innermost element that holds nearly all lines which only an official paper has (the state's name, the
number, headings, "Nơi nhận"). Inside it, blocks that name themselves a menu or the like, or that are links only, are
left out unless such a line stands in them. Where no such lines are found the page is kept, and a note says so.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

import lxml.etree

from data import load
from pipeline.readers.html_page import Element, Sheet

GONE = frozenset(
    (
        *("script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "applet", "svg"),
        *("canvas", "select", "option", "input", "textarea", "audio", "video", "map", "del", "datalist"),
    )
)
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "html", "li", "legend", "listing", "main", "menu", "nav", "ol", "p", "pre"),
        *("search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_CONTAINERS = BLOCKS - {"li", "ol", "ul", "p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dd", "dt", "menu"}
_NEARLY = 0.95  # of the weight of all lines that only a paper has
_LEAST = 4  # weight: fewer such lines are no sign
_MOST_TEXT = 0.8  # the share of a page's text that holds the paper where nothing else tells
_LEAST_SHARE = 0.3  # of a page's text that is no link: what holds less is a letterhead and no paper
_LINKS = 0.6  # a block is a list of links if links are this share of it
_NOTICE = 300  # characters: a notice around the paper is shorter
_HEAD_LINES = 6  # among the first lines of a paper the state's name stands
_MOST_LANDMARKS = 400
_FAR = 1 << 60
_BLANK = re.compile(r"\s+")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Choice(NamedTuple):
    """`root` holds the paper, which begins at `begin` (None: at the root's beginning); `left_out` are elements inside
    that are no part of it, `characters` how many there are around it, `sure` whether lines of a paper were found."""

    root: Element
    begin: Element | None
    left_out: frozenset[Element]
    characters: int
    sure: bool


class _Block(NamedTuple):
    element: Element
    text: str
    links: int  # characters of it that are links
    landmarks: int  # a bit for each


class _Sums(NamedTuple):
    """Of an element with all below it."""

    text: int = 0
    links: int = 0
    anchors: int = 0
    landmarks: int = 0
    first: int = _FAR  # the first and the last of its blocks
    last: int = -1

    def plus(self, other: _Sums) -> _Sums:
        return _Sums(
            self.text + other.text,
            self.links + other.links,
            self.anchors + other.anchors,
            self.landmarks | other.landmarks,
            min(self.first, other.first),
            max(self.last, other.last),
        )


def choose(root: Element, sheet: Sheet) -> Choice:
    """Choose the part of a page to read."""
    body = root.find("body")
    top = body if body is not None else root
    page = _Page(top, sheet, hidden=False)
    if page.weight(page.sums(top).landmarks) < _LEAST:  # the paper may be in a tab that a script would show
        whole = _Page(top, sheet, hidden=True)
        if whole.weight(whole.sums(top).landmarks) >= _LEAST:
            page = whole
    total = page.sums(top)
    everything = page.weight(total.landmarks)
    sure = everything >= _LEAST
    chosen = top
    while True:
        inner = None
        for child in chosen:
            sums = page.sums(child)
            if sure and page.weight(sums.landmarks) >= _NEARLY * everything:
                inner = child
                break
            if not sure and total.text and sums.text - sums.links >= _MOST_TEXT * (total.text - total.links):
                inner = child
                break
        if inner is None or inner.tag not in _CONTAINERS:
            break
        chosen = inner
    least = _LEAST_SHARE * (total.text - total.links)
    while chosen is not top and (
        chosen.tag in ("tr", "tbody", "thead", "tfoot") or page.sums(chosen).text - page.sums(chosen).links < least
    ):
        chosen = chosen.getparent()
    begin = page.letterhead(chosen) if sure else None
    left_out = page.around(chosen, begin, sure)
    first = page.sums(begin).first if begin is not None else 0
    above = page.blocks[page.sums(chosen).first : first]
    kept = page.sums(chosen).text - sum(len(block.text) for block in above)
    kept -= sum(sums.text for sums in map(page.sums, left_out) if sums.first >= first)
    return Choice(chosen, begin, frozenset(left_out), max(total.text - kept, 0), sure)


class _Page:
    """The blocks of a page in order, and sums over its elements."""

    def __init__(self, top: Element, sheet: Sheet, *, hidden: bool) -> None:
        self._names: dict[str, int] = {}
        self._weights: list[float] = []
        self._sums: dict[Element, _Sums] = {}
        self.blocks: list[_Block] = []
        self._state = 0  # bits of the state's name and the offices above it
        self._walk(top, sheet, hidden)

    def sums(self, element: Element) -> _Sums:
        return self._sums.get(element, _Sums())

    def weight(self, landmarks: int) -> float:
        return sum(weight for bit, weight in enumerate(self._weights) if landmarks >> bit & 1)

    def letterhead(self, chosen: Element) -> Element | None:
        """Where the paper's letterhead begins: the first block with the state's name, or the office beside it."""
        sums = self.sums(chosen)
        inside = (block for block in self.blocks[sums.first : sums.last + 1] if block.landmarks)
        first = list(islice(inside, _HEAD_LINES))
        if not any(block.landmarks & self._state for block in first):
            return None
        begin: Element = first[0].element
        if begin is chosen:
            return None
        for above in begin.iterancestors():
            if above is chosen:
                break
            if above.tag == "table":
                begin = above
        return begin

    def around(self, chosen: Element, begin: Element | None, sure: bool) -> list[Element]:
        """The elements below `chosen` that are no part of the paper; none of them is inside another."""
        marked = [index for index, block in enumerate(self.blocks) if block.landmarks]
        first, last = (marked[0], marked[-1]) if marked else (-1, _FAR)
        found: list[Element] = []
        walker = lxml.etree.iterwalk(chosen, events=("start",))
        limit = self.sums(chosen).text * 0.4
        for _, element in walker:
            if element is chosen or not isinstance(element.tag, str):
                continue
            sums = self.sums(element)
            if sums.landmarks or not sums.text or element is begin:
                continue
            within = sums.last > first and sums.first < last
            if self._is_around(element, sums, within, sure) and (sums.text < limit or sums.text < _NOTICE):
                found.append(element)
                walker.skip_subtree()
        return found

    def _is_around(self, element: Element, sums: _Sums, within: bool, sure: bool) -> bool:
        known = _known()
        if element.tag in known.tags or ((sure or not within) and _names_itself(element)):
            return True
        if element.tag not in BLOCKS or element.tag in ("td", "tr", "tbody"):
            return False
        lists_links = sums.anchors >= (5 if within else 1) and sums.links >= _LINKS * sums.text
        if lists_links and (not within or element.tag in ("ul", "ol", "nav", "div")):
            return True
        if sums.text > _NOTICE:
            return False
        return self.blocks[sums.first].text.startswith(known.anywhere if within else known.begins)

    def _walk(self, top: Element, sheet: Sheet, hidden: bool) -> None:
        stack: list[tuple[Element, list[str], int, _Sums]] = []  # open blocks: text, links, sums of closed ones inside
        anchors = 0
        walker = lxml.etree.iterwalk(top, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in GONE or (not hidden and element is not top and sheet.looks(element).hidden):
                    skipped = element
                    walker.skip_subtree()
                    continue
                if tag in BLOCKS or not stack:
                    self._close_text(stack)
                    stack.append((element, [], 0, _Sums()))
                anchors += tag == "a"
                if tag == "a" and stack:
                    block = stack[-1]
                    stack[-1] = (*block[:3], block[3].plus(_Sums(anchors=1)))
                if element.text:
                    self._take(stack, element.text, anchors > 0)
                continue
            if element is skipped:
                skipped = None
            else:
                anchors -= tag == "a"
                if tag == "br":
                    self._close_text(stack)
                if stack and stack[-1][0] is element:
                    self._close_text(stack)
                    sums = stack.pop()[3]
                    self._sums[element] = sums
                    if stack:
                        stack[-1] = (*stack[-1][:3], stack[-1][3].plus(sums))
            if element is not top and element.tail:
                self._take(stack, element.tail, anchors > 0)

    def _take(self, stack: list[tuple[Element, list[str], int, _Sums]], text: str, linked: bool) -> None:
        element, parts, links, sums = stack[-1]
        parts.append(text)
        stack[-1] = (element, parts, links + (len(text.strip()) if linked else 0), sums)

    def _close_text(self, stack: list[tuple[Element, list[str], int, _Sums]]) -> None:
        """The text of the innermost open block up to here is a line."""
        if not stack or not stack[-1][1]:
            return
        element, parts, links, sums = stack[-1]
        text = _BLANK.sub(" ", "".join(parts)).strip()
        landmarks = 0 if links > _LINKS * len(text) else self._landmarks(text)
        if text:
            self.blocks.append(_Block(element, text, links, landmarks))
            place = len(self.blocks) - 1
            sums = sums.plus(_Sums(len(text), links, 0, landmarks, place, place))
        stack[-1] = (element, [], 0, sums)

    def _landmarks(self, text: str) -> int:
        found = 0
        if len(self._weights) >= _MOST_LANDMARKS:
            return 0
        for name, pattern, weight in _known().landmarks:
            if pattern.match(text):
                bit = self._names.setdefault(f"{name} {text[:60]}", len(self._names))
                if bit == len(self._weights):
                    self._weights.append(weight)
                found |= 1 << bit
                if name == "state":
                    self._state |= 1 << bit
                break
        return found


def _names_itself(element: Element) -> bool:
    """Whether the class or id of an element says that it is a menu or the like."""
    if element.tag in ("body", "html", "table", "td", "tr", "tbody", "main", "article"):
        return False
    if element.tag == "div" and element.get("title") in ("header", "footer"):  # as LibreOffice writes them
        return True
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split():
        if name.startswith("Mso"):
            continue
        parts = [part.lower() for part in _PARTS.findall(name)]
        joined = "".join(parts)
        if joined in _known().names or any(part in _known().names for part in (*parts[:1], *parts[-1:])):
            return True
    return False


class _Known(NamedTuple):
    landmarks: tuple[tuple[str, re.Pattern[str], float], ...]
    names: frozenset[str]
    tags: frozenset[str]
    begins: tuple[str, ...]
    anywhere: tuple[str, ...]


@cache
def _known() -> _Known:
    known = load("web")
    around = known["around"]
    return _Known(
        tuple((one["name"], re.compile(one["pattern"]), float(one["weight"])) for one in known["landmarks"]),
        frozenset(around["names"]),
        frozenset(around["tags"]),
        tuple(around["begins"]),
        tuple(around["anywhere"]),
    )
