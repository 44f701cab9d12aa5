"""The canonical form of a document's number and symbol.

State papers write `12/KH-SYT` or `12/2024/TT-BYT`, the Party `12-KH/TU`, letters `525/SYT-TCCB`. Typing, scanning and
conversion lose hyphens and accents and mix the forms; what stands there is put right by the dictionary of type codes
(`data/document_types.toml`) and agency codes (`data/organisations.toml`), and where no entry fits it stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from data import load


class Code(NamedTuple):
    """A canonical code with what its symbol says.

    `type` is the type's abbreviation ("CV" for letters), None where the symbol has none (06/2022/QH15) or an unknown
    one. `agency` is the issuing body's code. `repaired` says that letters or signs were changed, beyond spaces, letter
    case, leading zeros and the Party's way of placing "-" and "/".
    """

    value: str
    type: str | None = None
    agency: str | None = None
    year: int | None = None
    party: bool = False
    repaired: bool = False


_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES = re.compile(r"\s+")
_SEPARATOR = re.compile(r"[-/]+")
_NUMBER = re.compile(r"(\d+)([a-dA-DđĐ]?)")
_ASSEMBLY = re.compile(r"(UBTVQH|QH)(\d{1,2}|[IVX]{1,5})?", re.IGNORECASE)
_PARTY = re.compile(r"(?:TW|TƯ|TU)$|^ĐU(?!BND)|^ĐH(?:ĐB)?$")
_WHOLE = re.compile(r"(\d+(?:[a-dA-DđĐ](?=[-/]))?)(?:[-/](\d{4})(?=[-/]))?[-/]*(.*)", re.DOTALL)
# Letters that scans and keyboards without Vietnamese letters mix up.
_CONFUSED = str.maketrans("0QĐÐ1158ƯÔƠ", "OODDIISBUOO")


def split_code(text: str) -> tuple[str, int | None, str] | None:
    """Number, year and symbol of a code as printed: "98/2023/NĐ-CP" -> ("98", 2023, "NĐ-CP"); None without a number."""
    match = _WHOLE.fullmatch(_tidy(text))
    if not match or not match[3]:
        return None
    return match[1], int(match[2]) if match[2] else None, match[3]


def canonical_code(number: str, year: int | None, symbol: str, type_hint: str | None = None) -> Code:
    """The canonical code of a number, a year (where the symbol has one) and a symbol, all as printed.

    `type_hint` is the abbreviation that the type word in front gives; it decides between codes that damage makes alike
    (TT for tờ trình). A number below 10 gets two digits and leading zeros beyond that go.
    """
    tidy = _tidy(symbol).strip("-/.,;:")
    head = _number(number)
    assembly = _ASSEMBLY.fullmatch(tidy)
    if assembly:
        return Code(_join(head, year, tidy.upper()), agency=assembly[1].upper(), year=year)
    parts = [part for part in _SEPARATOR.split(tidy) if part]
    if not parts:
        return Code(_join(head, year, ""), year=year)
    repaired = False
    if len(parts) == 1:
        halves = split_glued(parts[0])
        if halves:
            parts, repaired = [*halves], True
    kind = type_code(parts[0]) if len(parts) > 1 else None
    if kind is None:
        return _letter(head, year, tidy, parts)
    code, abbreviation, changed = kind
    repaired |= changed
    agencies = []
    for part in parts[1:]:
        agency, changed = agency_code(part)
        agencies.append(agency)
        repaired |= changed
    party = _is_party(agencies[0]) or _is_party(agencies[-1])
    # A body that no entry tells apart numbers the way it is printed: "45-TB/TGV".
    party |= year is None and tidy[len(parts[0]) :].startswith("/") and _is_open(agencies[0])
    if agencies[0] == "TƯ":
        agencies[0] = "TW"
    if code == "TT" and not party and (type_hint == "TTr" or _is_local(agencies[0])):
        # No local office issues a thông tư: the r of TTr is lost.
        code, abbreviation, repaired = "TTr", "TTr", True
    if party and year is None:
        value = f"{head}-{code}/{'-'.join(agencies)}"
    else:
        value = _join(head, year, "-".join((code, *agencies)))
    return Code(value, abbreviation, agencies[0], year, party, repaired)


def type_codes() -> dict[str, str]:
    """Type code as written in symbols ("KHLN") to the type's abbreviation ("KHPH")."""
    return {code: row["abbreviation"] for row in load("document_types")["types"] for code in row["codes"]}


def organisation_of_code(agency: str) -> dict[str, Any] | None:
    """The record of `data/organisations.toml` that an agency's code names ("SYT", "QH15"); None for an unknown one."""
    assembly = _ASSEMBLY.fullmatch(agency)
    found = _agencies().get(assembly[1].upper() if assembly else agency)
    if found is None:
        return next((record for code, record in _open_codes().items() if agency.startswith(code)), None)
    return found


def _tidy(text: str) -> str:
    text = _DASHES.sub("-", unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ"))
    return _SPACES.sub("", text)


def _number(text: str) -> str:
    """ "0124" -> "124", "7" -> "07", "15a" -> "15a"; what is no number stays."""
    match = _NUMBER.fullmatch(_tidy(text))
    return f"{int(match[1]):02d}{match[2]}" if match else _tidy(text)


def _join(head: str, year: int | None, symbol: str) -> str:
    return "/".join(part for part in (head, str(year) if year else "", symbol) if part)


def _letter(head: str, year: int | None, symbol: str, parts: list[str]) -> Code:
    """A letter (công văn), whose symbol opens with its agency, or a symbol that no entry fits: kept as printed."""
    agency, changed = agency_code(parts[0])
    known = organisation_of_code(agency) is not None
    if known:
        section = symbol[len(parts[0]) :]
        symbol = agency + (section.upper() if section.islower() else section)
    # A year stands only in numbers of types, so a known agency behind one ("12/2007/CP") is no letter.
    kind = "CV" if known and len(parts) > 1 and year is None else None
    return Code(_join(head, year, symbol), kind, agency, year, False, changed)


def split_glued(symbol: str) -> tuple[str, str] | None:
    """A type code and a known agency's code whose hyphen was lost: "NĐCP" -> ("NĐ", "CP")."""
    folded = symbol.upper()
    if folded in _agencies_by_case():
        return None
    for size in range(min(5, len(folded) - 1), 0, -1):
        rest = folded[size:]
        if type_code(symbol[:size]) and (rest in _agencies_by_case() or _confused(rest) in _agencies_by_confusion()):
            return symbol[:size], symbol[size:]
    return None


def type_code(part: str) -> tuple[str, str, bool] | None:
    """The canonical code that a symbol's first part means, its type's abbreviation, and whether it was misprinted."""
    exact, confused = _types()
    found = exact.get(part.upper())
    if found:
        return found
    found = confused.get(_confused(part))
    return (found[0], found[1], True) if found else None


@cache
def _types() -> tuple[dict[str, tuple[str, str, bool]], dict[str, tuple[str, str, bool]]]:
    """Type codes by upper case, and by confusable letters where those leave one choice."""
    exact: dict[str, tuple[str, str, bool]] = {}
    confused: dict[str, set[tuple[str, str, bool]]] = {}
    for row in load("document_types")["types"]:
        for code in row["codes"]:
            entry = (code, row["abbreviation"], False)
            # Of types that share a code (QĐ: quyết định, quy định of the Party) all have it as abbreviation first.
            exact.setdefault(code.upper(), entry)
            confused.setdefault(_confused(code), set()).add(entry)
        for misprint in row.get("misprints", ()):
            exact.setdefault(misprint.upper(), (row["codes"][0], row["abbreviation"], True))
    unique = {key: next(iter(entries)) for key, entries in confused.items() if len({e[0] for e in entries}) == 1}
    return exact, unique


def agency_code(part: str) -> tuple[str, bool]:
    """An agency's code in its own letter case, and whether confusable letters were put right; unknown ones stay."""
    assembly = _ASSEMBLY.fullmatch(part)
    if assembly:
        return part.upper(), False
    if part in _agencies():
        return part, False
    by_case = _agencies_by_case().get(part.upper())
    if by_case:
        return by_case, False
    by_confusion = _agencies_by_confusion().get(_confused(part))
    return (by_confusion, True) if by_confusion else (part, False)


def _confused(part: str) -> str:
    return part.replace("l", "I").upper().translate(_CONFUSED)


@cache
def _agencies() -> dict[str, dict[str, Any]]:
    return {code: row for row in load("organisations")["organisations"] for code in row["codes"]}


@cache
def _open_codes() -> dict[str, dict[str, Any]]:
    return {code: row for code, row in _agencies().items() if row.get("open_code")}


@cache
def _agencies_by_case() -> dict[str, str]:
    return {code.upper(): code for code in _agencies()}


@cache
def _agencies_by_confusion() -> dict[str, str]:
    """Codes by confusable letters. Those of two letters are left out (TU and TW are one stroke apart from much else),
    and those of three with a Đ: a school's DCT is not the women's union's ĐCT."""
    keys: dict[str, set[str]] = {}
    for code in _agencies():
        if len(code) > (3 if "Đ" in code else 2):
            keys.setdefault(_confused(code), set()).add(code)
    return {key: next(iter(codes)) for key, codes in keys.items() if len(codes) == 1}


def _is_party(agency: str) -> bool:
    record = organisation_of_code(agency)
    if record is None:
        return bool(_PARTY.search(agency))
    return record["branch"] == "party" or "party_form" in record


def _is_open(agency: str) -> bool:
    """Whether the code may be a Party body's or a state one's: unknown, or a steering committee's."""
    record = organisation_of_code(agency)
    return record is None or bool(record.get("open_code"))


def _is_local(agency: str) -> bool:
    record = organisation_of_code(agency)
    return record is not None and record["scope"] == "province"
