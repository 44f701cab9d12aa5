"""Headings to sections: parents, paths, roles, spans."""

from __future__ import annotations

import msgspec

from extractors.vietnamese import tone_key
from models.outline import Region, Section
from models.plan import Role
from models.text import Text
from pipeline.structure.headings import Heading
from pipeline.structure.markers import Marker, Rank
from pipeline.structure.regions import opens_appendix
from pipeline.structure.roles import roles_of

_BLOCKS: dict[Region, Role] = {
    "preamble": "preamble",
    "recipients": "recipients",
    "signature": "signature",
}


class _Open(msgspec.Struct):
    """A section that is still open while the lines go by."""

    section: Section
    rank: float
    places: tuple[str, ...]
    depth: int  # of a title without a number (see `Heading`), else 0


def sections_of(text: Text, regions: list[Region], headings: list[Heading]) -> tuple[Section, ...]:
    """The sections in order of the text: blocks without a number, and the tree of headings of body and appendices."""
    by_line = {h.line: h for h in headings}
    sections: list[Section] = []
    stack: list[_Open] = []
    previous: Region | None = None
    blocks: dict[Region, int] = {}  # those of the form's own that this foot has so far

    def close(end: int, down_to: float = -1) -> None:
        while stack and stack[-1].rank >= down_to:
            done = stack.pop().section
            sections[done.index] = msgspec.structs.replace(done, end=end)

    for i, region in enumerate(regions):
        line = text.lines[i]
        limit = text.lines[i - 1].end if i else line.start
        if region != previous:
            if region != "body" or previous not in (None, "body", "preamble", "title"):
                close(limit)
            if region in blocks:  # two columns whose lines were read alternately
                end = text.lines[_last(regions, i)].end
                sections[blocks[region]] = msgspec.structs.replace(sections[blocks[region]], end=end)
            elif region in _BLOCKS:
                if region != "preamble":
                    blocks[region] = len(sections)
                sections.append(_block(text, regions, i, region, len(sections)))
            else:
                blocks = {}
        previous = region
        if region == "appendix" and i not in by_line and _titles_appendix(text, regions, i):
            close(limit)
            section = Section(
                index=len(sections), parent=None, path=None, marker=None, level=1, heading=text.line_text(line),
                heading_start=line.start, heading_end=line.end, start=line.start, end=line.end, roles=("appendix",),
                region=region,
            )  # fmt: skip
            sections.append(section)
            stack.append(_Open(section=section, rank=-1, places=(), depth=0))
            continue
        heading = by_line.get(i)
        if heading is None or region not in ("body", "appendix"):
            continue
        marker = heading.marker
        rank = marker.rank if marker else _rank_unnumbered(heading.depth, stack)
        close(limit, rank)
        parent = stack[-1] if stack else None
        title = text.clean[heading.start + (marker.end if marker else 0) : heading.end].strip()
        section = Section(
            index=len(sections),
            parent=parent.section.index if parent else None,
            path=_path(marker, stack),
            marker=marker.words if marker else None,
            level=sum(1 for o in stack if o.rank >= 0) + 1,
            heading=text.clean[heading.start : heading.end],
            heading_start=heading.start,
            heading_end=heading.end,
            start=line.start,
            end=line.end,
            roles=roles_of(title, parent.section.roles if parent else ()),
            region=region,
        )
        sections.append(section)
        stack.append(_Open(section=section, rank=rank, places=marker.places if marker else (), depth=heading.depth))
    close(text.lines[-1].end if text.lines else 0)
    return tuple(sections)


def _rank_unnumbered(depth: int, stack: list[_Open]) -> float:
    """Where a title without a number stands: beside the open one of its depth, below those that stand higher, below the
    numbered one above it."""
    if not stack:
        return Rank.CAPITAL
    if depth:
        rank: float | None = None
        for above in reversed(stack):
            if above.depth and above.depth >= depth:
                rank = above.rank
            elif above.depth:
                return above.rank + 0.1 if rank is None else rank
        if rank is not None:
            return rank
    if stack[-1].section.marker is not None:
        return stack[-1].rank + 1
    return min(Rank.LETTER, stack[-1].rank) if stack[-1].rank >= 0 else Rank.CAPITAL


def _block(text: Text, regions: list[Region], start: int, region: Region, index: int) -> Section:
    """A block that needs no number: căn cứ, nơi nhận (its first line is its heading), signature."""
    first, last = text.lines[start], text.lines[_last(regions, start)]
    heading_end = first.start
    if region == "recipients":
        words = text.line_text(first)
        colon = words.find(":")
        heading_end = first.start + (colon + 1 if 0 <= colon < 14 else min(len(words), 9))
    return Section(
        index=index, parent=None, path=None, marker=None, level=1,
        heading=text.clean[first.start : heading_end] if region == "recipients" else None,
        heading_start=first.start, heading_end=heading_end, start=first.start, end=last.end,
        roles=(_BLOCKS[region],), region=region,
    )  # fmt: skip


def _last(regions: list[Region], start: int) -> int:
    """The last line of the run of one region that begins here."""
    end = start
    while end + 1 < len(regions) and regions[end + 1] == regions[start]:
        end += 1
    return end


def _titles_appendix(text: Text, regions: list[Region], index: int) -> bool:
    """Whether a line opens an appendix. "DANH MỤC ..." right below "PHỤ LỤC" is the title of the same one."""

    def opens(i: int) -> bool:
        words = text.line_text(text.lines[i])
        return opens_appendix(words, tone_key(words), text.lines[i])

    above = index - 1
    return opens(index) and not (above >= 0 and regions[above] == "appendix" and opens(above))


def _path(marker: Marker | None, stack: list[_Open]) -> str | None:
    """Joins the numbering: "II.1.2" for "1.2" below "II", "II.2.b" for "b)" below "2." below "II"."""
    if marker is None:
        return None
    if marker.rank == Rank.ARTICLE:
        return marker.words
    words = marker.words
    above = [o for o in stack if o.section.path is not None]
    if marker.places:
        # "1.2" carries its parents' numbers itself: join it to what stands above all numbers.
        anchors = [o for o in above if not o.places or len(o.places) >= len(marker.places)]
        shared = [o for o in above if o.places and o.places == marker.places[: len(o.places)]]
        if shared:
            anchor = shared[0].section.path or ""
            return f"{anchor}.{'.'.join(marker.places[len(shared[0].places) :])}"
        return ".".join([p for p in (anchors[-1].section.path if anchors else None, words) if p])
    return ".".join([p for p in (above[-1].section.path if above else None, words) if p])
