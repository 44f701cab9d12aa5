"""Text -> Outline: blocks, headings, items and tables, without reading what they say."""

from __future__ import annotations

from extractors.vietnamese import roman
from models.outline import Outline
from models.text import Text
from pipeline.structure.content import items_of, tables_of
from pipeline.structure.headings import headings_of
from pipeline.structure.markers import LETTERS_BELOW, Marker, Rank, marker_of, misread_numeral
from pipeline.structure.numerals import is_capital_title, with_numerals
from pipeline.structure.regions import line_keys, regions_of
from pipeline.structure.tree import sections_of
from pipeline.structure.unnumbered import unnumbered_titles

_DOUBTFUL = (Rank.CAPITAL, Rank.LETTER, Rank.BRACKET)


def outline_of(text: Text) -> Outline:
    """The outline of a cleaned text. Never fails: a text without form is one body of items."""
    markers = with_numerals(text, _markers(text))
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
        elif marker is not None and not numeral and is_capital_title(line, words, marker):
            numeral = "I"  # misread as "1.", as what stands below will tell
        markers.append(marker)
    _lower_letters(text, markers)
    return markers


def _lower_letters(text: Text, markers: list[Marker | None]) -> None:
    """Hangs the letters A, B, ... below a Roman number where the Roman ones go on behind them ("II. A. B. III."). They
    stand above them where those start again ("A. I. II. B. I.")."""
    outer = [
        (i, marker)
        for i, marker in enumerate(markers)
        if marker is not None and marker.rank in (Rank.CAPITAL, Rank.ROMAN) and text.lines[i].cell is None
    ]
    above = 0  # the last Roman number
    run: list[tuple[int, Marker]] = []
    for i, marker in [*outer, (-1, None)]:
        if marker is not None and marker.rank == Rank.CAPITAL:
            run.append((i, marker))
            continue
        number = (roman(marker.words) or 0) if marker is not None else 0
        opens = len(run) > 1 and [m.words for _, m in run[:2]] == ["A", "B"]
        if opens and above and number in (0, above + 1):
            for line, letter in run:
                markers[line] = letter._replace(rank=LETTERS_BELOW)
        run, above = [], number
