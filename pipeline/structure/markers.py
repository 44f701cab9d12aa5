"""The signs that open headings and items: "I.", "1.2.", "a)", "Điều 3.", "-", "+".

Levels by Nghị định 30/2020/NĐ-CP (Phụ lục I, mục II.5): phần, chương, mục, điều, khoản, điểm; plans use
I. / 1. / a) / - / +.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple


class Rank(IntEnum):
    """How deep a marker stands: a marker hangs below the nearest one above it with a smaller rank."""

    PART = 0
    CHAPTER = 1
    GROUP = 2  # Mục, Tiểu mục
    ARTICLE = 3
    CAPITAL = 4
    ROMAN = 5
    NUMBER = 6  # 1., 1.1., 1.1.1.: up to four places, told apart by `Marker.places`
    LETTER = 11
    BRACKET = 12  # (1), 1), i)
    DASH = 20
    PLUS = 21
    STAR = 22


# Of capital letters below a Roman number ("II. A. 1.").
LETTERS_BELOW = Rank.ROMAN + 0.5


class Marker(NamedTuple):
    """A marker at the start of a line: its words as printed without the closing sign, and where the text goes on."""

    rank: float  # a `Rank`, or LETTERS_BELOW
    words: str
    end: int  # offset in the line
    places: tuple[str, ...] = ()  # of a number: "1.2" is ("1", "2")


_WORDED = re.compile(
    r"(?P<word>PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều|Điếu|Điêu|ĐIÈU)\s+(?P<number>(?:thứ|THỨ)\s+\w+|[IVXLC]+|\d{1,3})(?P<sign>\s*[.:)-])?(?=\s|$)"
)
_WORD_RANK = {"phần": Rank.PART, "chương": Rank.CHAPTER, "mục": Rank.GROUP, "điều": Rank.ARTICLE}
_MISREAD = {"Điếu": "Điều", "Điêu": "Điều", "ĐIÈU": "Điều"}  # by scans
_ROMAN = re.compile(r"(?!V/v\b)(?P<number>[IVXLC]{1,7})(?:\s?[.)/:]\s*(?:-\s*)?|\s?-\s+)(?=[^\s\d])")
_ROMAN_NUMERAL = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_NUMBER = re.compile(
    r"[IVX]{1,5}\.(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})(?:[.:)]\s*|\s+)(?=\D)"
)  # "II.1. Nội dung"
# Scans read "III." as "IIL" and "I." as "L" or "l".
_ROMAN_MISREAD = re.compile(r"(?P<number>[IVX]{1,4}[Ll1]\.?|[Ll]\.)\s+(?=(?P<word>\w{2,}))")
# ... and "II." as "lI.", "1I." or "ll.", before titles in small letters too.
_ROMAN_OF_STROKES = re.compile(r"(?=\w{0,3}[l1])(?=\w{0,3}[IVXl])(?P<number>[IVXl1]{2,4})\.\s*(?=[^\W\d_])")
_STROKES = str.maketrans("Ll1", "III")
# What scans leave of a numeral as a whole: certain only behind the numeral before it and before a title in capitals.
_MISREAD_NUMERALS = {
    "H": "II",
    "U": "II",
    "m": "III",
    "m1": "III",
    "ml": "III",
    "in": "III",
    "rv": "IV",
    "v": "V",
    "vi": "VI",
    **dict.fromkeys(("TI", "1L"), "II"),
    **dict.fromkeys(("HI", "IH", "TH", "HL", "LH"), "III"),
    "TV": "IV",
    **dict.fromkeys(("Y", "Ý"), "V"),
    **dict.fromkeys(("VỊ", "VỈ", "VĨ"), "VI"),
}
_NUMERAL_WORD = re.compile(r"(?P<number>\w{1,2})\s?[.:]\s*(?=(?P<title>[^\W\d_]{2,}))")
_BEFORE = {"II": "I", "III": "II", "IV": "III", "V": "IV", "VI": "V"}
_ROMAN_BARE = re.compile(r"(?P<number>[IVX]{1,5})\s+(?=(?P<word>\w{2,}))")
_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?!/[A-ZĐ]{2,4}[-/])(?:\s?[./:]\s*(?:-\s*(?=[^\W\d_]))?|\s?\)\s*|\s?-\s+)(?=\D|$)"
)
_NUMBER_BARE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\D)")
_CAPITAL = re.compile(
    r"(?P<number>[A-HĐK])(?:[.)]|\s?/(?:-?\s|-|(?=[^\W\d_]{2,} ))|\s?-\s(?=(?P<title>[^\W\d_]{2,})))\s*(?=\S)"
)
_LETTER = re.compile(r"(?P<number>[a-zđ])(?:\s?\)\s*|\.\s+|/\s*)(?=\S|$)")
_LETTER_NUMBER = re.compile(r"(?P<number>[a-zđ]\.?\d{1,2})(?:\)|\.)\s*(?=\S)")
_BRACKET = re.compile(r"\((?P<number>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)|(?P<roman>[ivx]{1,4})[.)]\s+(?=\S)")
_BULLET = re.compile(r"(?P<sign>[-+*•●▪])\s*(?=\S)")
# Converters make list items of what is numbered by hand: "- 1. Mục đích", "- a) Đối với tập thể", "- - Chủ trì ...".
_BULLETED = re.compile(
    r"[-+*•●▪] (?=[-+] \S|(?:\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)]|[IVX]{1,5}\.|[a-zđ]\)|\(\d{1,2}\)) \S)"
)
_BULLET_RANK = {"-": Rank.DASH, "+": Rank.PLUS, "*": Rank.STAR}


def _roman(number: str) -> str:
    """A Roman numeral as it was meant: scans read "I" as "L" ("IIL.", "LI."), and no paper has fifty parts."""
    read = number.replace("L", "I")
    return read if _ROMAN_NUMERAL.fullmatch(read) else number


def marker_of(line: str, romans: bool = True, behind: bool = False) -> Marker | None:
    """The marker that opens a line, if one does. `romans` is False where single capitals count as letters A, B, C;
    `behind` is True behind a bullet, where none but the next one is looked for."""
    first = line[:1]
    if not first:
        return None
    if (match := _BULLET.match(line)) and first in "-+*•●▪":
        bulleted = None if behind else _BULLETED.match(line)
        if bulleted and (inner := marker_of(line[bulleted.end() :], romans, behind=True)):
            return inner._replace(end=inner.end + bulleted.end())
        return Marker(_BULLET_RANK.get(first, Rank.DASH), first, match.end())
    if first.isdigit():
        match = _NUMBER.match(line) or _NUMBER_BARE.match(line)
        if match is None:
            return _of_strokes(line) if romans else None
        places = tuple(match["number"].split("."))
        closing = line[match.end("number") : match.end()].strip()
        if closing == ")" and len(places) == 1:
            return Marker(Rank.BRACKET, match["number"], match.end())
        return Marker(Rank.NUMBER + len(places) - 1, match["number"], match.end(), places)
    if first in "PCMĐpcmđ" and (match := _WORDED.match(line)):
        word = _MISREAD.get(match["word"], match["word"])
        rank = _WORD_RANK[word.lower()]
        number = " ".join(match["number"].split())
        return Marker(rank, f"{word.capitalize()} {number.lower() if 'thứ' in number.lower() else number}", match.end())
    if romans and (match := _ROMAN.match(line)):
        return Marker(Rank.ROMAN, _roman(match["number"]), match.end())
    if romans and (match := _ROMAN_BARE.match(line)) and match["word"].isupper():
        return Marker(Rank.ROMAN, match["number"], match.end())
    if romans and (match := _ROMAN_MISREAD.match(line)) and match["word"].isupper():
        return Marker(Rank.ROMAN, re.sub("[Ll1]", "I", match["number"].rstrip(".")), match.end())
    if romans and first in "IVXl" and (marker := _of_strokes(line)):
        return marker
    if match := _ROMAN_NUMBER.match(line):
        places = tuple(match["number"].split("."))
        return Marker(Rank.NUMBER + len(places) - 1, match["number"], match.end(), places)
    if (match := _CAPITAL.match(line)) and (match["title"] or "A").isupper():
        return Marker(Rank.CAPITAL, match["number"], match.end())
    if first in "(ivx" and (match := _BRACKET.match(line)):
        number = match["number"] or match["roman"]
        if match["number"] or len(number) > 1:
            return Marker(Rank.BRACKET, number, match.end())
    if match := _LETTER_NUMBER.match(line):
        return Marker(Rank.BRACKET, match["number"], match.end())
    if match := _LETTER.match(line):
        return Marker(Rank.LETTER, match["number"], match.end())
    return None


def bullet_before(line: str) -> int:
    """How many characters of a converter's bullet stand before the number that opens a line."""
    match = _BULLETED.match(line)
    return match.end() if match else 0


def _of_strokes(line: str) -> Marker | None:
    """A Roman numeral some of whose strokes were read as "l" or "1"."""
    match = _ROMAN_OF_STROKES.match(line)
    if match is None or not line[match.end()].isupper():
        return None
    number = match["number"].translate(_STROKES)
    return Marker(Rank.ROMAN, number, match.end()) if _ROMAN_NUMERAL.fullmatch(number) else None


def misread_numeral(line: str, above: str) -> Marker | None:
    """The marker of a line whose Roman numeral was misread as a whole ("H. NỘI DUNG" for "II."), where the last numeral
    `above` is the one before it."""
    match = _NUMERAL_WORD.match(line)
    if match is None or not match["title"].isupper():
        return None
    number = _MISREAD_NUMERALS.get(match["number"])
    return Marker(Rank.ROMAN, number, match.end()) if number and _BEFORE.get(number) == above else None
