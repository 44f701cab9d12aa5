"""Text -> Outline: blocks, headings, items and tables, without reading what they say."""

from __future__ import annotations

from models.outline import Outline
from models.text import Text
from pipeline.structure.content import items_of, tables_of
from pipeline.structure.headings import headings_of
from pipeline.structure.markers import Marker, Rank, marker_of, misread_numeral
from pipeline.structure.regions import line_keys, regions_of
from pipeline.structure.tree import sections_of
from pipeline.structure.unnumbered import unnumbered_titles

_DOUBTFUL = (Rank.CAPITAL, Rank.LETTER, Rank.BRACKET)


def outline_of(text: Text) -> Outline:
    """The outline of a cleaned text. Never fails: a text without form is one body of items."""
    markers = _markers(text)
    keys = line_keys(text)
    titles = unnumbered_titles(text, markers)
    regions = regions_of(text, keys, markers, titles)
    headings = headings_of(text, regions, markers, titles)
    sections = sections_of(text, regions, headings)
    items = items_of(text, regions, markers, headings, sections)
    tables = tables_of(text, regions, items)
    return Outline(text=text, regions=tuple(regions), sections=sections, items=items, tables=tables)


def _markers(text: Text) -> list[Marker | None]:
    """One marker per line. Capitals that are Roman numerals too (C, D) are letters where A and B came."""
    markers: list[Marker | None] = []
    letters = False
    numeral = ""  # the last Roman one
    for line in text.lines:
        words = text.line_text(line)
        marker = marker_of(words)
        if marker is not None and marker.rank == Rank.CAPITAL and marker.words in "AB":
            letters = True
        if marker is not None and marker.rank == Rank.ROMAN and letters and marker.words in "CD":
            marker = marker_of(words, romans=False)
        if numeral and not letters and (marker is None or marker.rank in _DOUBTFUL):
            marker = misread_numeral(words, numeral) or marker
        if marker is not None and marker.rank == Rank.ROMAN:
            numeral = marker.words
        markers.append(marker)
    return markers
