"""Units of tables: of a column, in brackets in a name, the noun that a name counts, or said above the table."""

from __future__ import annotations

import re

from extractors.targets.lexicon import lexicon
from extractors.targets.quantities import base_of, named_share
from extractors.vietnamese import fold

# "Đơn vị tính: %" above the table; "đơn vị" alone names those who are given targets, unless a colon follows
_TABLE_UNIT = re.compile(r"(?:(?:đơn vị tính|đvt)\s?:?|đơn vị\s?:)\s?([^\n().;:|]{1,20})[).;]?\s*(?:\||$)")
_BRACKET = re.compile(
    r"\((?:(?:đơn vị tính|đvt|tính theo|tính)\s?:?\s?|đơn vị\s?:\s?)?"
    r"([^()\d]{1,20}|[^()\d/]{0,15}/ ?1[\d.]{2,8} [^()\d]{2,20})\)",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"(?:tổng )?số(?: lượng)? |tổng ")
_PERCENT = re.compile(r"\(?(?:%|phần trăm|tỉ lệ %)\)?")
_PERMILLE = re.compile(r"\(?(?:‰|%o|%0|0/00|phần nghìn)\)?")
_RATE = re.compile(r"/\s?((?:1 |01 )?(?:vạn|nghìn)|\d[\d. ]*0)\s*(?:dân|người dân|dân số)$")


def unit_above(above: str) -> str | None:
    """The unit that folded words over a table give to all its cells."""
    found = _TABLE_UNIT.search(above)
    return found[1].strip() if found else None


def is_unit(words: str) -> bool:
    """Whether the words are a unit by themselves: "%", "Lượt", "triệu đồng", "bác sĩ/vạn dân"."""
    lex = lexicon()
    key = fold(scaled(words.strip())[1] or "")
    if not key or key == "%" or key == "‰" or key == "đồng" or _RATE.search(key):
        return True
    noun = key.split("/", 1)[0].strip()
    return lex.counted.fullmatch(noun) is not None or lex.span.fullmatch(noun) is not None


def unit_in_brackets(name: str) -> tuple[str, str | None]:
    """A name without the unit that stands in brackets in it, and that unit: "Số trẻ (trẻ)", "Kết quả (ĐVT: %)"."""
    for found in _BRACKET.finditer(name):
        if is_unit(found[1]):
            rest = name[: found.start()].rstrip() + name[found.end() :]
            return " ".join(rest.split()), found[1].strip()
    return name, None


def unit_of_name(name: str) -> str | None:
    """The unit that an indicator's own words tell: a sign of share, brackets, or the noun that it counts ("Số người
    được khám" counts "người", "Kiểm tra cơ sở" counts "cơ sở")."""
    key = fold(name)
    share = named_share(key)
    if share:
        return share
    unit = unit_in_brackets(name)[1]
    if unit:
        return unit
    lex = lexicon()
    counts = _NUMBER_OF.match(key)
    made = lex.makes.match(key) if counts is None else None  # "Kiểm tra cơ sở"
    if made and key.startswith(" ", made.end()):
        noun = lex.counted.match(key, made.end() + 1)
        return name[slice(*noun.span())] if noun else None
    if counts is None:
        return None
    noun = lex.counted.match(key, counts.end()) or lex.span.match(key, counts.end())
    return name[noun.start() : noun.end()].strip() if noun else None


def scaled(unit: str | None) -> tuple[int, str | None]:
    """ "Triệu đồng" is 1,000,000 of "đồng"; "bác sĩ/vạn dân" is the rate "/10.000 dân"."""
    if not unit:
        return 1, None
    lex = lexicon()
    key = fold(unit)
    scale, at = 1, 0
    while at < len(unit) and (found := lex.scale.match(key, at)):
        scale, at = scale * lex.scales[found.group().strip()], found.end()
    rest = unit[at:].strip() or unit
    if at:
        return scale, rest
    if _PERCENT.fullmatch(key):
        return 1, "%"
    if _PERMILLE.fullmatch(key):
        return 1, "‰"
    rate = _RATE.search(key)
    if rate:
        return 1, f"/{base_of(rate[1])} dân"
    return 1, unit[0].lower() + unit[1:] if unit[1:2].islower() else unit
