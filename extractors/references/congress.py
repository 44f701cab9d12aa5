"""Resolutions known by the congress or plenum that passed them: "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX".

Such a resolution has no number in common use; its name is put into one form. A congress is identified by its body and
ordinal (or term of years), a plenum (hội nghị Trung ương) by its ordinal and the term (khóa) of the committee.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from data import load
from extractors.places import version_of
from extractors.references.grammar import GAP
from extractors.references.issuers import body_end
from extractors.vietnamese import ordinal, roman

_TENS = rf"mười{GAP}(?:một|hai|ba|bốn|tư|lăm)"
_LEAD = re.compile(
    rf"nghị quyết{GAP}(?:(?:của|tại|các){GAP})?"
    r"(?=đại hội|đhđb|đh đảng|đh toàn|hội nghị|trung ương|tw|ban chấp hành|bch)"
)
_SHARED = re.compile(rf"{GAP}?(?:,|;|và){GAP}(?:nghị quyết{GAP})?(?=đại hội{GAP})")
_CONGRESS = re.compile(rf"(?:đại hội|đhđb|đh)(?:{GAP}đại{GAP}biểu)?(?={GAP})")
_ORDINAL = re.compile(
    rf"{GAP}(?:(?:lần{GAP}?(?:thứ{GAP}?)?|khóa{GAP}|khoá{GAP}|thứ{GAP})(?P<said>[ivx]{{1,6}}|\d{{1,2}}|{_TENS}|\w+)"
    rf"|(?P<plain>[ivx]{{1,6}}|\d{{1,2}}(?={GAP}(?:của{GAP})?đảng)))(?!\w)"
)
_PARTY = re.compile(rf"{GAP}(?:của{GAP})?(?:đảng{GAP}cộng{GAP}sản{GAP}việt{GAP}nam|đảng(?!{GAP}bộ|{GAP}ủy))")
_YEARS = re.compile(rf"{GAP}?[,(]?{GAP}?nhiệm{GAP}kỳ{GAP}(\d{{4}}){GAP}?-{GAP}?(\d{{4}})\)?")
# The year of a congress right behind its name: a term, a day, or a year in brackets.
_BESIDE = re.compile(
    rf",?{GAP}?(?:\(?nhiệm{GAP}kỳ{GAP}|\(?(?:từ{GAP})?ngày{GAP}\d{{1,2}}[/-]\d{{1,2}}[/-]|\((?:năm{GAP})?)(\d{{4}})(?!\d)"
)
_STOP = re.compile(
    rf"[.;:()“”\"\n\[\]]|,{GAP}(?!nhiệm{GAP}kỳ)|{GAP}và{GAP}(?=nghị quyết|đại hội|các|kế hoạch|chương trình)"
    rf"|{GAP}nghị quyết{GAP}|{GAP}các cấp"
)
_NATIONAL = re.compile(
    r"(?:toàn quốc )?(?:của )?(?:đảng )?cộng sản việt nam|(?:toàn quốc )?(?:của )?đảng|(?:đảng )?toàn quốc|"
)
_LOCAL = re.compile(r"(?:toàn quốc )?(?:đảng bộ|đảng ủy|chi bộ|công đoàn|đoàn|hội|liên)(?!\w)")
_PLENUM = re.compile(
    rf"(?:hội{GAP}nghị{GAP})?(?:lần{GAP}thứ{GAP}(?P<first>{_TENS}|\w+),?{GAP}(?:của{GAP})?)?"
    rf"(?:(?:ban{GAP}chấp{GAP}hành|bch){GAP}?(?:trung{GAP}ương|tw)|bchtw|trung{GAP}ương|tw){GAP}?(?:đảng{GAP}?)?"
    rf"(?:lần{GAP}(?:thứ{GAP})?)?"
    rf"(?P<second>\d{{1,2}}|{_TENS}|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|[ivx]{{1,4}}(?!\w))?"
    rf"(?:{GAP}đảng)?(?P<again>{GAP}?\(lần{GAP}(?:thứ )?\d\))?"
)
_TERM = re.compile(rf"{GAP}?[-,]?{GAP}?\(?(?:đảng{GAP})?(?:khóa|khoá){GAP}(?P<term>[ivx]{{1,5}}|\d{{1,2}})(?!\w)")
_MORE_TERMS = re.compile(rf"{GAP}?(?:,|và){GAP}(?:(?:khóa|khoá){GAP})?(?P<term>[ivx]{{1,5}})(?!\w)")


class Resolution(NamedTuple):
    """A resolution named at `[start, end)`; `doubt` is why it may be another, None where it is plain;
    `told` a warning's code with its values."""

    start: int
    end: int
    name: str
    doubt: str | None = None
    told: tuple[str, dict[str, str]] | None = None


def resolutions_at(text: str, key: str, position: int, province: str | None) -> list[Resolution]:
    """The resolutions that the "nghị quyết" at `position` names: none, one, or several that share the word.

    `province` completes "Đảng bộ tỉnh"; it is the document's own.
    """
    lead = _LEAD.match(key, position)
    if lead is None:
        return []
    if key.startswith(("đại hội", "đh"), lead.end()):
        first = _congress(text, key, position, lead.end(), province)
        found = [first] if first else []
        while found and (shared := _SHARED.match(key, found[-1].end)) and not shared[0].rstrip().endswith("quyết"):
            further = _congress(text, key, shared.end(), shared.end(), province)
            if further is None:
                break
            found.append(further)
        return found
    return _plenum(key, position, lead.end())


def _congress(text: str, key: str, start: int, cursor: int, province: str | None) -> Resolution | None:
    head = _CONGRESS.match(key, cursor)
    if head is None:
        return None
    stop = _STOP.search(key, head.end(), head.end() + 170)
    limit = stop.start() if stop else min(len(key), head.end() + 170)
    place, number = _ordinal_in(text, key, head.end(), limit)
    years = _YEARS.search(key, head.end(), limit + 40)
    if place is None:
        if years is None or years.start() > limit + 1:
            return None
        body = _body(text, head.end(), years.start())
        if not body.lower().startswith("đảng bộ"):
            return None
        name = f"Nghị quyết Đại hội đại biểu {_with_province(body, province)} nhiệm kỳ {years[1]}-{years[2]}"
        return Resolution(start, years.end(), name, "congress_by_years")
    body = _body(text, head.end(), place.start())
    end = place.end()
    national = _NATIONAL.fullmatch(body.lower()) is not None
    # "đại biu toàn quc lần thứ XIII của Đảng"
    damaged = not national and not _LOCAL.match(body.lower()) and _PARTY.match(key, end) is not None
    if national or damaged:
        party = _PARTY.match(key, end)
        if party:
            end = party.end()
        elif not body:
            # "Đại hội XX Đảng bộ tỉnh": whose congress it is stands behind the ordinal.
            behind = _behind(text, key, end)
            if behind:
                return _finish(start, behind[1], key, behind[0], number, province)
        # Provinces count higher than the Party's fourteen congresses and rarely go without their name.
        doubt = "congress_repaired" if damaged else None if party or body else "body_untold"
        right, told = _checked(number, " ".join(text[place.start() : place.end()].split()), key, end)
        if told:
            doubt = "ordinal_repaired" if right != number else "ordinal_conflict"
        name = f"Nghị quyết Đại hội đại biểu toàn quốc lần thứ {right} của Đảng"
        return Resolution(start, end, name, doubt, told)
    if body.lower().endswith((" toàn quốc", " các cấp")) and body.lower().startswith("đảng bộ"):
        return None
    return _finish(start, end, key, body, number, province)


def _checked(number: str, words: str, key: str, end: int) -> tuple[str, tuple[str, dict[str, str]] | None]:
    """The ordinal of a national congress that the year right behind its name bears out, and a warning where it is not
    the printed one ("lần thứ XII (nhiệm kỳ 2021 - 2026)"): another where one stroke was lost, else as printed."""
    beside = _BESIDE.match(key, end)
    years: dict[str, int] = load("slips")["congresses"]
    met = next((ordinal for ordinal, year in years.items() if beside and year == int(beside[1])), None)
    if beside is None or met is None or met == number:
        return number, None
    short, long = sorted((number, met), key=len)
    if long == f"{short}I":
        return met, ("ocr_slip", {"words": words, "read": words.replace(number, met)})
    return number, ("congress_conflict", {"words": words, "year": beside[1]})


def _finish(start: int, end: int, key: str, body: str, number: str, province: str | None) -> Resolution:
    years = _YEARS.match(key, end)
    name = f"Nghị quyết Đại hội đại biểu {_with_province(body, province)} lần thứ {number}"
    return Resolution(start, years.end() if years else end, name)


def _ordinal_in(text: str, key: str, start: int, limit: int) -> tuple[re.Match[str] | None, str]:
    """The first ordinal between two places, as a Roman number."""
    for match in _ORDINAL.finditer(key, start, limit):
        if match["plain"]:
            if match["plain"].isdigit():
                return match, _roman(int(match["plain"]))
            if text[match.start("plain") : match.end("plain")].isupper() and roman(match["plain"].upper()):
                return match, match["plain"].upper()
            continue
        value = ordinal(match["said"]) or roman(match["said"].upper())
        if value:
            return match, _roman(value)
    return None, ""


def _body(text: str, start: int, end: int) -> str:
    """The words between "Đại hội (đại biểu)" and the ordinal."""
    return " ".join(text[start:end].split()).strip(" ,")


def _behind(text: str, key: str, end: int) -> tuple[str, int] | None:
    """The body named behind the ordinal, and its end."""
    begin = end + 1
    if not key.startswith(("đảng bộ", "công đoàn", "đoàn", "hội"), begin):
        return None
    stop = body_end(text, key, begin)
    return (" ".join(text[begin:stop].split()), stop) if stop else None


def _with_province(body: str, province: str | None) -> str:
    """A body's name with its province, its first letters as usual."""
    words = body if not body.isupper() else body.capitalize()
    if not words.lower().startswith("toàn quốc"):
        words = words[:1].upper() + words[1:]
    low = words.lower()
    if province and low.endswith((" tỉnh", " thành phố")):
        version = version_of(province)
        city = low.endswith(" thành phố")
        # "Đảng bộ thành phố" of a province is the party of its town, unless the province is a city itself.
        if version is None or not city or version.kind == "thành phố":
            return f"{words} {province}"
    return words


def _plenum(key: str, start: int, cursor: int) -> list[Resolution]:
    match = _PLENUM.match(key, cursor)
    if match is None or not (match["first"] or match["second"]):
        return []
    said = match["second"] or match["first"]
    value = ordinal(said.replace("\n", " ")) or roman(said.upper())
    if value is None:
        return []
    again = " ".join((match["again"] or "").split())
    term = _TERM.match(key, match.end())
    if match["first"]:
        base = f"Nghị quyết Hội nghị lần thứ {' '.join(match['first'].split())} Ban Chấp hành Trung ương Đảng"
    else:
        base = f"Nghị quyết Hội nghị Trung ương {value}"
    base += f" {again}" if again else ""
    if term is None:
        return [Resolution(start, match.end() - (key[match.end() - 1] == " "), base, "body_untold")]
    end = term.end()
    found = [Resolution(start, end, f"{base} khóa {_roman_of(term['term'])}")]
    while more := _MORE_TERMS.match(key, end):
        begin = more.start("term")
        end = more.end()
        found.append(Resolution(begin, end, f"{base} khóa {_roman_of(more['term'])}"))
    if "(" in term[0] and key[end : end + 1] == ")":
        found[-1] = found[-1]._replace(end=end + 1)
    return found


def _roman_of(words: str) -> str:
    return _roman(int(words)) if words.isdigit() else words.upper()


def _roman(value: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for worth, sign in parts:
        count, value = divmod(value, worth)
        out += sign * count
    return out
