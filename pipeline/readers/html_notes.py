"""Footnotes of a web page: the marks in the text that link to them, and the blocks that they are."""

from __future__ import annotations

import re

from pipeline.readers.html_choice import BLOCKS
from pipeline.readers.html_page import Element

_MARK = re.compile(r"[\[(]?\s{0,2}(?:\d{1,3}|\*{1,4}|[ivx]{1,5})\s{0,2}[\])]?")
_BACK = re.compile(r"ref|back", re.IGNORECASE)
_NAMED = re.compile(r"^(?:_?ftn|_?edn|fn|footnote|endnote|note|chuthich|cite_note)", re.IGNORECASE)


class Notes:
    """`marks` are the links to footnotes and the links back, neither of which is text; `blocks` the footnotes with
    their numbers, in the order in which the text refers to them."""

    def __init__(self, root: Element) -> None:
        self.marks: set[Element] = set()
        self.blocks: dict[Element, int] = {}
        links = [
            link
            for link in root.iter("a")
            if (link.get("href") or "").startswith("#") and _MARK.fullmatch("".join(link.itertext()).strip())
        ]
        if not links:
            return
        wanted = {link.get("href")[1:] for link in links}
        targets: dict[str, Element] = {}
        place: dict[Element, int] = {}
        for index, element in enumerate(root.iter()):
            place[element] = index
            for name in (element.get("id"), element.get("name")) if isinstance(element.tag, str) else ():
                if name in wanted:
                    targets.setdefault(name, element)
        for link in links:
            name = link.get("href")[1:]
            target = targets.get(name)
            if target is None:
                if _NAMED.match(name) or link.find("sup") is not None or _in_sup(link):
                    self.marks.add(link)
                continue
            if place[target] < place[link]:  # the way back, before the footnote's words
                if _BACK.search(name) or any(block in self.blocks for block in link.iterancestors()):
                    self.marks.add(link)
                continue
            block = _block_of(target, name)
            if block is None or any(above is block for above in link.iterancestors()):
                continue
            if not (_NAMED.match(name) or _in_sup(link) or link.find("sup") is not None):
                continue
            self.marks.add(link)
            self.blocks.setdefault(block, len(self.blocks) + 1)


def _in_sup(link: Element) -> bool:
    parent = link.getparent()
    return any(
        above is not None and above.tag == "sup"
        for above in (parent, parent.getparent() if parent is not None else None)
    )


def _block_of(target: Element, name: str) -> Element | None:
    """The footnote that a target opens: the division that is named so, else the paragraph or item."""
    block: Element | None = target
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    if block is None or block.tag in ("body", "html", "table", "tr"):
        return None
    above = block.getparent()
    named = above is not None and above.tag in ("div", "li") and (above.get("id") or "") == name.lstrip("_")
    return above if named else block
