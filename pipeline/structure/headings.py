"""Which numbered lines are headings, and the tree that they form.

By the contract a heading is a title; a numbered or lettered *sentence* is an item of its section. What tells them
apart, in this order: the mark of the format (Markdown `#`, a Word style), bold print, a title alone on its line with
something below it, a label that names a role ("1. Mục tiêu chung: ...").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import tone_key
from models.outline import Region
from models.text import Text
from pipeline.structure.markers import Marker, Rank, bullet_before
from pipeline.structure.roles import is_role_name, named_roles

_INTRODUCES = re.compile(
    r"(?:\bsau(?: đây)?|, cụ thể|\bgồm(?: có)?|\bbao gồm|\blà|\bnhư sau|\bdung|\bnày)(?: \(.{0,80}\))?\s*:$",
    re.IGNORECASE,
)
_SENTENCE_END = (".", ";", "…", "/.")
# "Nghị quyết số: 12" labels nothing; "Chi cục Dân số: Tham mưu ..." does.
_LABEL = re.compile(r"[^:;.]{2,90}(?:(?<![sS]ố):(?=\s|$)|(?<=[dD]ân [sS]ố):(?=\s|$)|:(?=\s+[^\W\d]))")
_NUMBERED_LABEL = re.compile(r"[^\d:]{3,30} \d{1,2}:")  # "Mục tiêu 4: Trong lĩnh vực y tế" is one title
_LONGEST_TITLE = 400
_SHORT_TITLE = 100
_MORE_LINES = 3  # of a title


class Heading(NamedTuple):
    """A line that is a heading: its marker, where its title begins and ends (cleaned offsets), and how deep a title
    without a number stands among its like (1 the highest, 0: unknown)."""

    line: int
    marker: Marker | None
    start: int
    end: int
    depth: int = 0


class _Candidate(NamedTuple):
    line: int
    marker: Marker
    sure: bool | None  # True a heading, False none, None: look at what stands around
    end: int


def headings_of(
    text: Text, regions: list[Region], markers: list[Marker | None], titles: Mapping[int, int]
) -> list[Heading]:
    """The headings among the lines of body and appendices, in order of the text. `markers` has one entry per line,
    `titles` the depth of those that are titles without a number."""
    candidates = [
        _judge(text, i, marker)
        for i, marker in enumerate(markers)
        if marker is not None
        and marker.rank < Rank.DASH
        and regions[i] in ("body", "appendix")
        and text.lines[i].cell is None
    ]
    found = {c.line: c for c in candidates if c.sure}
    for position, candidate in enumerate(candidates):
        if candidate.sure is None and _has_content(candidates, position, regions, markers):
            found[candidate.line] = candidate
    found |= {c.line: c for c in _closed_titles(candidates, text, regions, markers) if c.line not in found}
    for position, candidate in enumerate(candidates):
        if candidate.sure is False and _among_headings(candidates, position, found, markers, text):
            found[candidate.line] = candidate
    result = [_heading(text, candidate) for candidate in found.values()]
    result.extend(_unnumbered(text, regions, markers, titles))
    return _over_break(text, regions, markers, sorted(result, key=lambda h: h.line))


def _heading(text: Text, candidate: _Candidate) -> Heading:
    """The heading of a candidate; a bullet before its number is the converter's."""
    line, marker = text.lines[candidate.line], candidate.marker
    bullet = bullet_before(text.line_text(line))
    return Heading(candidate.line, marker._replace(end=marker.end - bullet), line.start + bullet, candidate.end)


def _judge(text: Text, index: int, marker: Marker) -> _Candidate:
    line = text.lines[index]
    words = text.line_text(line)
    title = words[marker.end :].strip()
    bold = line.bold_end - line.start  # how far the opening bold run reaches
    whole = line.end
    if marker.rank == Rank.ARTICLE:
        return _Candidate(index, marker, True, whole)
    if not title:
        return _Candidate(index, marker, marker.rank <= Rank.CHAPTER, whole)
    label = _LABEL.match(words, marker.end)
    label_end = line.start + label.end() if label else whole
    rest = words[label.end() :].strip() if label else ""
    if label and rest and not (_NUMBERED_LABEL.fullmatch(label.group()) and not rest.endswith(_SENTENCE_END)):
        if bold >= label.end() - 1 and bold < len(words.rstrip()) - 1:
            return _Candidate(index, marker, True, label_end)  # "**1.2. Cá nhân:** ..."
        if bold < len(words) - 1 and (is_role_name(label.group()) or _role_label(label.group())):
            return _Candidate(index, marker, True, label_end)  # "1. Mục tiêu chung: ..."
    if len(title) > _LONGEST_TITLE:
        return _Candidate(index, marker, False, whole)
    if line.level or bold >= len(words.rstrip(" .:;")):
        return _Candidate(index, marker, True, whole)
    if marker.rank < Rank.NUMBER:
        capitals = title.isupper() or (bold > marker.end + 2 and title[: bold - marker.end].isupper())
        return _Candidate(index, marker, capitals or not title.endswith(_SENTENCE_END) or len(title) < 90, whole)
    if title.endswith(_SENTENCE_END):
        return _Candidate(index, marker, False, whole)
    if is_role_name(title):
        return _Candidate(index, marker, True, whole)
    if title.endswith(":") and (_INTRODUCES.search(title) or len(title) > 160):
        return _Candidate(index, marker, False, whole)
    if title.endswith((",", "-", "(")) or not (title[0].isupper() or title[0] in "“\"'"):
        return _Candidate(index, marker, False, whole)
    return _Candidate(index, marker, None, whole)


def _role_label(label: str) -> bool:
    """A label that names a role as a title would: short, and a noun ("Thời gian và địa điểm tổ chức")."""
    # "Sơ kết: tháng 6" labels an event, not a section on reporting.
    return len(label) <= 50 and bool(set(named_roles(label)) - {"reporting"}) and not label[:1].islower()


def _has_content(
    candidates: list[_Candidate], position: int, regions: list[Region], markers: list[Marker | None]
) -> bool:
    """Whether a title alone on its line has something of its own below it: no marker of its own rank or above."""
    here = candidates[position]
    below = here.line + 1
    if below >= len(regions) or regions[below] != regions[here.line]:
        return False
    following = markers[below]
    if following is None:
        return True
    return following.rank > here.marker.rank


def _among_headings(
    candidates: list[_Candidate],
    position: int,
    found: dict[int, _Candidate],
    markers: list[Marker | None],
    text: Text,
) -> bool:
    """A title that ends in a full stop among siblings that are headings, with marked lines of its own below it."""
    here = candidates[position]
    if here.line + 1 >= len(markers) or here.marker.rank < Rank.NUMBER:
        return False
    below = markers[here.line + 1]
    words = text.line_text(text.lines[here.line])
    if below is None or below.rank <= here.marker.rank or not words.endswith(".") or ". " in words[here.marker.end :]:
        return False
    siblings = []
    for step in (-1, 1):
        index = position + step
        while 0 <= index < len(candidates):
            other = candidates[index]
            if other.marker.rank < here.marker.rank:
                break
            if other.marker.rank == here.marker.rank:
                siblings.append(other.line in found and other.sure is not True)
                break
            index += step
    return bool(siblings) and all(siblings)


def _closed_titles(
    candidates: list[_Candidate], text: Text, regions: list[Region], markers: list[Marker | None]
) -> list[_Candidate]:
    """Groups of titles that all end in a full stop: siblings, short, each with lines of its own below it that have no
    number. A lone one, or one of a list of sentences, is an item."""

    def named(candidate: _Candidate) -> bool:
        title = text.line_text(text.lines[candidate.line])[candidate.marker.end :]
        return candidate.sure is not None and title.endswith(".") and is_role_name(title) is not None

    titles: list[_Candidate] = []
    groups: dict[float, list[_Candidate]] = {}  # the open group of each rank
    done: list[list[_Candidate]] = []
    for candidate in candidates:
        rank = candidate.marker.rank
        done += [groups.pop(deeper) for deeper in [r for r in groups if r > rank]]
        if candidate.marker.rank >= Rank.NUMBER:
            groups.setdefault(rank, []).append(candidate)
    done += groups.values()
    # Titles of the outline that end so ("2. Mục đích, yêu cầu.") show that the document ends its titles so.
    ends_titles = any(len(group) > 1 and sum(map(named, group)) * 2 >= len(group) for group in done)
    for group in done:
        titles += _whole_group(group, text, regions, markers, ends_titles)
    return titles


def _whole_group(
    group: list[_Candidate], text: Text, regions: list[Region], markers: list[Marker | None], ends_titles: bool
) -> list[_Candidate]:
    def closed(candidate: _Candidate) -> bool:
        words = text.line_text(text.lines[candidate.line])
        title = words[candidate.marker.end :]
        below = candidate.line + 1
        if below >= len(markers) or regions[below] != regions[candidate.line]:
            return False
        following = markers[below]
        return (
            candidate.sure is False
            and title.endswith(".")
            and len(title) <= _SHORT_TITLE
            and not re.search(r"[.;:] ", title)
            and (following is None or following.rank >= (candidate.marker.rank + 1 if ends_titles else Rank.DASH))
        )

    return group if len(group) > 1 and all(map(closed, group)) else []


def _unnumbered(
    text: Text, regions: list[Region], markers: list[Marker | None], titles: Mapping[int, int]
) -> list[Heading]:
    """Titles without a number: those that the format itself marks as headings, those in bold capitals, and counted
    ones alone on their line ("Mục tiêu 1: Giảm tỷ lệ ...")."""
    result = []
    for i, region in enumerate(regions):
        line = text.lines[i]
        if markers[i] is not None or line.cell is not None or region != "body":
            continue
        words = text.line_text(line)
        if len(words) > 200 or words.endswith((".", ";", ",")):
            continue
        bold = line.bold_end == line.end > line.start
        if (
            i in titles
            or (line.level and not words.startswith(("“", '"')))
            or (bold and words.isupper() and len(words.split()) > 1)
            or (_counted().match(tone_key(words)) and i + 1 < len(markers) and markers[i + 1] is not None)
        ):
            result.append(Heading(i, None, line.start, line.end, titles.get(i, line.level)))
    return result


def _over_break(
    text: Text, regions: list[Region], markers: list[Marker | None], headings: list[Heading]
) -> list[Heading]:
    """Titles over several lines are one heading: "Phần thứ nhất" with its title below it, and a title in capitals that
    goes on in capitals right below."""
    result: list[Heading] = []
    for heading in headings:
        above = result[-1] if result else None
        if above is not None and heading.start < above.end:
            continue  # the title of the part above, which is a heading by itself too
        if heading.marker is not None and heading.end == text.lines[heading.line].end:
            heading = heading._replace(end=_title_end(text, regions, markers, heading, heading.marker))
        result.append(heading)
    return result


def _title_end(
    text: Text, regions: list[Region], markers: list[Marker | None], heading: Heading, marker: Marker
) -> int:
    """Where a heading's title ends, further lines of it included."""
    title = text.clean[heading.start + marker.end : heading.end].strip()
    bare = not title and marker.rank <= Rank.CHAPTER
    if not bare and (marker.rank >= Rank.NUMBER or not title.isupper() or title.endswith(_SENTENCE_END)):
        return heading.end
    end = heading.end
    for index in range(heading.line + 1, min(heading.line + 1 + _MORE_LINES, len(regions))):
        line = text.lines[index]
        words = text.line_text(line)
        fits = words.upper() == words or (bare and (line.bold_end == line.end > line.start or bool(line.level)))
        fits = fits or (bare and _titles_part(words, markers, index))
        if regions[index] != regions[heading.line] or markers[index] is not None or line.cell is not None or not fits:
            break
        if (line.blank_before and not bare) or len(words) > _LONGEST_TITLE or not any(c.isalnum() for c in words):
            break
        end, bare = line.end, False
    return end


def _titles_part(words: str, markers: list[Marker | None], index: int) -> bool:
    """Whether a line below a part's bare number is its title in small letters: short, and it names a role or
    numbered lines follow."""
    named = bool(named_roles(words))
    follows = index + 1 < len(markers) and markers[index + 1] is not None
    return (
        (named or follows)
        and len(words) <= _SHORT_TITLE
        and words[:1].isupper()
        and not words.endswith((*_SENTENCE_END, ","))
        and (named or not words.endswith(":"))
    )


@cache
def _counted() -> re.Pattern[str]:
    words = "|".join(load("headings")["counted"])
    return re.compile(rf"(?:{words}) (?:số )?(?:\d{{1,2}}|[ivx]{{1,4}})\s*[:.]\s*\S")
