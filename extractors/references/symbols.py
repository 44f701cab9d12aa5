"""Where a number with its symbol begins and ends in a text, damaged or not: "72- NQ/TW", "255/2025-NĐ-CP", "20NQ/TW".

`extractors.references.codes` puts the pieces right; this module decides which characters they are.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from data import load
from extractors.references.codes import agency_code, canonical_code, organisation_of_code, split_glued, type_code
from extractors.references.grammar import DIGITS_MEANT, GAP, MISREAD_DIGITS, DocType, extra_bodies, types
from extractors.vietnamese import ascii_key

_NUMBER = re.compile(rf"([\d{MISREAD_DIGITS}]{{1,6}})((?:[a-zA-ZđĐ](?=[ \n]?[-/_]))?)")
_SEPARATOR = re.compile(rf"{GAP}?[-/_]{{1,2}}{GAP}?")
_PARTY_PRINT = re.compile(r"\d+[ \n]?-[ \n]?[^\W\d_]+[ \n]?/[ \n]?[^/\s-]+$")  # "45-TB/TGV"
_YEAR = re.compile(r"((?:19|20)\d\d|[089]\d)(?!\d|[.,]\d)")
_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|&)*(?:\.[A-ZĐ]{2}(?:[^\W_]|&)*)*")
_SPACE_TOKEN = re.compile(rf"{GAP}([^\W\d_](?:[^\W_]|&)*)")
_TERM = re.compile(rf"{GAP}(\d{{1,2}})(?![\w/])")
_ASSEMBLY = re.compile(r"(?:UBTVQH|QH)(?:\d{1,2}|[IVX]{1,5})?", re.IGNORECASE)
_SMALL = re.compile(r"[a-zđ]{2,5}|[b-df-hj-np-tv-zđ]{6,8}")
_ENDS = re.compile(rf"{GAP}(?:ngày|của|năm|về){GAP}|{GAP}?(?:$|[,;.)])|\n")
_FOOTNOTE = re.compile(r"(\D+)\d{1,2}")


class Sound(IntEnum):
    """How well the pieces of a symbol stand there, the worst first."""

    INCOMPLETE = 0
    REPAIRED = 1
    SPACED = 2
    WHOLE = 3


class Symbol(NamedTuple):
    """A number as it stands at `[start, end)`. `kind` is its type's code ("QĐ"; None for letters and papers of the
    National Assembly), `sound` says how well the pieces stand there."""

    start: int
    end: int
    number: str
    year: int | None
    symbol: str | None
    code: str | None
    kind: str | None
    letter: bool
    party: bool
    sound: Sound
    raw: str


def read_symbol(text: str, start: int, heads: tuple[DocType, ...], marked: bool) -> Symbol | None:
    """The number that begins at `text[start]`, None where it is no document's.

    `heads` are the types that the words in front mean, `marked` whether "số" stands before it; both let a weaker
    symbol count. A number with a year and no symbol ("42/2025") has `symbol` None.
    """
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    position = match.end()
    year: int | None = None
    separator = _SEPARATOR.match(text, position)
    if separator and (found := _YEAR.match(text, separator.end())):
        after = _SEPARATOR.match(text, found.end())
        if len(found[1]) == 4 or (after and _opens_symbol(text, after.end(), heads)):
            year, position = _whole_year(found[1]), found.end()
            separator = after
    sound = Sound.WHOLE
    if separator is None:
        glued = _TOKEN.match(text, position) or (_SPACE_TOKEN.match(text, position) if marked or year else None)
        if glued is None or not _opens_symbol(text, glued.start(glued.lastindex or 0), heads):
            return _bare_year(text, start, position, match[1], year, heads)
        position, sound = glued.start(glued.lastindex or 0), Sound.REPAIRED
    else:
        position = separator.end()
    tokens = _tokens(text, position, heads, marked, year)
    if tokens is None:
        return _bare_year(text, start, found.end(), match[1], year, heads) if year and found else None
    pieces, end, doubt = tokens
    hint = heads[0].abbreviation if heads else None
    first = type_code(pieces[0]) or type_code((split_glued(pieces[0]) or ("?",))[0])
    meant, letter = match[1].translate(DIGITS_MEANT), match[2]
    if not meant.strip("0") and letter in ("A", "a"):
        meant, letter = "1", ""  # no number is "0A": a scan's 01
    raw = text[start:end]
    printed = "/".join if _PARTY_PRINT.match(raw) else "-".join
    code = canonical_code(meant + letter, year, printed(pieces), hint)
    if code.repaired or meant + letter != match[1] + match[2] or _letters(raw) != _letters(code.value):
        sound = min(sound, Sound.REPAIRED)
    elif raw.upper() != f"{raw[: match.end() - start]}{code.value[len(_lead(code.value)) :]}".upper():
        sound = min(sound, Sound.SPACED)
    kind = first[0] if first and code.type != "CV" else None
    if kind == "TT" and code.type == "TTr":
        kind = "TTr"
    return Symbol(
        start=start,
        end=end,
        number=match[1] + match[2],
        year=code.year,
        symbol=code.value[len(_lead(code.value)) :].lstrip("-/").removeprefix(f"{year}/"),
        code=code.value,
        kind=kind,
        letter=code.type == "CV" or (kind is None and not _ASSEMBLY.fullmatch(pieces[0])),
        party=code.party,
        sound=min(sound, doubt),
        raw=raw,
    )


def _lead(code: str) -> str:
    return re.match(r"\d+[a-zA-ZđĐ]?(?=[-/]|$)|", code).group()  # type: ignore[union-attr]


def _letters(text: str) -> str:
    return re.sub(r"[^\w&]", "", text).lstrip("0").upper()


def _whole_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if digits[0] == "0" else 1900 + int(digits)


def _bare_year(
    text: str, start: int, end: int, number: str, year: int | None, heads: tuple[DocType, ...]
) -> Symbol | None:
    """A number with its year alone: "Nghị định số 42/2025 ngày"; only a decree's symbol is certain."""
    if year is None or not heads:
        return None
    decree = heads[0].id == "nghi-dinh"
    symbol = "NĐ-CP" if decree else None
    code = canonical_code(number, year, "NĐ-CP").value if decree else None
    kind = "NĐ" if decree else None
    return Symbol(start, end, number, year, symbol, code, kind, False, False, Sound.INCOMPLETE, text[start:end])


def _opens_symbol(text: str, position: int, heads: tuple[DocType, ...]) -> bool:
    """Whether a token that can only open a symbol stands at `position`: a type's code, alone or glued to a body's."""
    token = _TOKEN.match(text, position)
    if token is None or not token[0][0].isupper():
        return False
    return bool(_as_type(token[0], heads)) or split_glued(token[0]) is not None


def _as_type(token: str, heads: tuple[DocType, ...]) -> str | None:
    """The type's code that a token means; with a type word in front one wrong or lost letter is forgiven."""
    found = type_code(token)
    if found and (len(token) > 1 or found[0] == token):
        return found[0]
    if not (_in_capitals(token) or (len(token) == 1 and token.isupper())) or is_body(token):
        return None
    for head in heads:
        for code in head.codes:
            if len(code) > 1 and _one_apart(ascii_key(token), ascii_key(code)):
                return code
    return None


def _one_apart(left: str, right: str) -> bool:
    """Whether one letter more, less or changed makes `left` into `right`."""
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def is_body(token: str) -> bool:
    """Whether a token is the code of a body or of an office's section."""
    agency, _ = agency_code(token)
    return organisation_of_code(agency) is not None or token.upper() in extra_bodies()


def is_listed(token: str) -> bool:
    """Whether a code stands in the lists just so."""
    return token.upper() in extra_bodies() or any(
        token in row["codes"] for row in load("organisations")["organisations"]
    )


def _in_capitals(token: str) -> bool:
    """Looks like an unknown body's code: at least two letters, most of them capitals."""
    letters = [c for c in token if c.isalpha()]
    return len(letters) >= 2 and token[0].isupper() and 2 * sum(c.isupper() for c in letters) > len(letters)


def _tokens(
    text: str, position: int, heads: tuple[DocType, ...], marked: bool, year: int | None
) -> tuple[list[str], int, Sound] | None:
    """The pieces of the symbol that begins at `position`, where it ends, and how sure that is."""
    token = _TOKEN.match(text, position)
    if token is None:
        return None
    first, end = token[0], token.end()
    doubt = Sound.WHOLE
    letters_only = bool(heads) and all(head.letter for head in heads)
    if _ASSEMBLY.fullmatch(first):
        term = _TERM.match(text, end) if not first[-1].isdigit() and year else None
        return ([first + term[1]], term.end(), Sound.SPACED) if term else ([first], end, Sound.WHOLE)
    kind = _as_type(first, heads)
    alone = _SEPARATOR.match(text, end) is None  # in "BCTĐ-STP" nothing is lost
    glued = split_glued(first) if kind is None and alone else None
    if kind is not None:
        pieces = [first if type_code(first) else kind]
        doubt = Sound.WHOLE if type_code(first) else Sound.REPAIRED
    elif glued:
        pieces, doubt = [*glued], Sound.REPAIRED
    elif is_body(first) and (first[0].isupper() or letters_only):
        pieces = [first]
    elif _in_capitals(first) and (letters_only or (heads and marked)):
        pieces, doubt = [first], Sound.INCOMPLETE
    else:
        return None
    typed = kind is not None or glued is not None
    whole = len(pieces) > 1
    while separator := _SEPARATOR.match(text, end):
        token = _TOKEN.match(text, separator.end())
        if token is None:
            break
        spaces = sum(sign.isspace() for sign in separator[0])
        known = is_body(token[0]) and (token[0][0].isupper() or text[position].islower())
        small = text[position].islower() and not spaces and _SMALL.fullmatch(token[0])
        loose = known or _ends_broken(text, separator[0], token) or small
        # After a whole symbol a dash between spaces parts words: "12/KH-SYT - Về việc".
        parted = whole and spaces > 1 and not (known and kind in _joint_codes())
        if parted or not (loose or (_in_capitals(token[0]) and not (whole and spaces))):
            break
        pieces.append(_without_footnote(token[0]))
        end = token.start() + len(pieces[-1]) if pieces[-1] != token[0] else token.end()
        whole = True
        if pieces[-1].upper() in ("QH", "UBTVQH") and (term := _TERM.match(text, end)):
            pieces[-1] += term[1]
            end = term.end()
    if not whole and typed:
        lost = _SPACE_TOKEN.match(text, end)  # "927/QĐ TTg"
        if lost and is_body(lost[1]) and _in_capitals(lost[1]):
            return [*pieces, lost[1]], lost.end(), Sound.REPAIRED
        return (pieces, end, Sound.INCOMPLETE) if heads and year is None else None
    if not typed:
        # A letter's number: a body with its section, or a word that says so.
        if len(pieces) < 2 and not (marked or heads):
            return None
        if year is not None and not heads:
            return None
    if len(pieces) == 1:
        pieces[0] = _without_footnote(pieces[0])
    return pieces, end, doubt


def _ends_broken(text: str, separator: str, token: re.Match[str]) -> bool:
    """Whether a symbol's last part stands behind its hyphen and a blank ("1622/BYT-KH- TC ngày")."""
    return separator[0] in "-/" and token[0].isupper() and len(token[0]) <= 6 and bool(_ENDS.match(text, token.end()))


@cache
def _joint_codes() -> frozenset[str]:
    """The codes of papers of several bodies ("TTLT")."""
    return frozenset(code for kind in types() if kind.joint for code in kind.codes)


def _without_footnote(token: str) -> str:
    """ "QĐ-TTg1" ends with a note's number; "UBTVQH15", "BCĐ389" and a section's "NC1" do not."""
    match = _FOOTNOTE.fullmatch(token)
    if match is None or _ASSEMBLY.fullmatch(token) or match[1].upper() in extra_bodies():
        return token
    record = organisation_of_code(agency_code(match[1])[0])
    return match[1] if record and not record.get("open_code") and not is_listed(token) else token
