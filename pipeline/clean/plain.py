"""The text as its lines are looked for: letters composed, odd spaces plain, each character tied to its source.

Lines, columns and page numbers are told by words and blanks; so what files write in other ways is made one before.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache

import msgspec

from models.text import Source
from pipeline.clean.cuts import cut_blanks

_ODD_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"  # each one blank
)
_MARKS = re.compile(r"[\u0300-\u036f][\u0300-\u036f]*")
_LARGE = 1 << 20  # characters: a longer text is rare, and its numbers are not kept
_WRITTEN_BREAK = "\\r\\n"  # a line end as programs write it, left by a scraper


def plain(source: Source) -> tuple[Source, array[int]]:
    """The source with plain letters, blanks and line ends, and the place of each of its characters in the old text.

    Cells are moved along; pages and styles still speak of the old text, into which the places lead.
    """
    text = source.text
    for sign in _ODD_SPACES:
        if sign in text:
            text = text.replace(sign, " ")
    cuts = cut_blanks(text)
    if cuts:
        notes = (*source.notes, ("words_joined", str(len(cuts))))
        source = msgspec.structs.replace(source, notes=notes)
    edits = _edits(text, cuts)
    if not edits:
        same = source if text is source.text else msgspec.structs.replace(source, text=text)
        return same, _identity(len(text))
    parts: list[str] = []
    places: array[int] = array("I")
    end = 0
    for begin, stop, piece in edits:
        parts += (text[end:begin], piece)
        places.extend(range(end, begin))
        places.extend([begin] * len(piece))
        end = stop
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    cells = tuple(
        cell._replace(start=bisect_left(places, cell.start), end=bisect_left(places, cell.end)) for cell in source.cells
    )
    return msgspec.structs.replace(source, text="".join(parts), cells=cells), places


def _identity(size: int) -> array[int]:
    """The numbers from 0 up to `size`."""
    return _numbers(max(size.bit_length(), 16))[:size] if size < _LARGE else array("I", range(size))


@lru_cache(maxsize=2)
def _numbers(bits: int) -> array[int]:
    """Numbers to copy, which is much faster than to count."""
    return array("I", range(1 << bits))


def _edits(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """What does not stay as it is, `cuts` (the blanks that cut words) among it, in order: source characters `[start,
    end)` and what stands for them."""
    edits = []
    for match in _MARKS.finditer(text):
        begin, stop = match.start() - 1, match.end()
        if begin >= 0 and text[begin].isalpha():
            edits.append((begin, stop, unicodedata.normalize("NFC", text[begin:stop])))
    at = text.find(_WRITTEN_BREAK)
    while at >= 0:
        edits.append((at, at + len(_WRITTEN_BREAK), "\n"))
        at = text.find(_WRITTEN_BREAK, at + 1)
    edits += [(begin, stop, "") for begin, stop in cuts]
    return sorted(edits)
