"""The top of the form: type, number and symbol, place and date, issuing body, title."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import regex

from data import load
from extractors.places import province_of_place, versions
from extractors.references.codes import Code, canonical_code, type_codes
from extractors.vietnamese import ascii_key, tone_key
from models.outline import Outline

# "Số: 15/KH-SYT", "Số:      /KH-SYT", "Số 05-KH/TU", "Số: 08/2024/QĐ-UBND", "Số: …/KH-SYT".
_NUMBER = re.compile(
    r"số\s*:?\s*(?P<number>[\d\s]{0,8}[a-zđ]?|[\s….·_]*)\s*(?:/\s*(?P<year>20\d\d|19\d\d))?\s*[/-]\s*(?P<symbol>[A-ZĐa-zđ][\w\s&/+.-]{0,28})",
    re.IGNORECASE,
)
# The same without its word, on a line of its own: "7360/KH-UBND".
_BARE_NUMBER = re.compile(
    r"(?P<number>\d{1,5})\s*(?:/\s*(?P<year>(?:19|20)\d\d))?\s*[/-]\s*(?P<symbol>[A-ZĐ][\w&/ -]{2,24})"
)
_SYMBOL = re.compile(r"[^\W\d_][\w&]*(?:\s?[-/+]\s?[\w&]+)*(?:\.[A-ZĐ]\w*)?")
_PLACE = re.compile(
    r"(?P<place>[^\d,;:|/]{2,40}?)\s*,?\s*ngày\s*(?P<day>\d{0,2})[\s….·:_-]*\s*tháng\s*(?P<month>\d{0,2})[\s….·:_-]*\s*năm\s*"
    r"(?P<year>\d{4})?",
    re.IGNORECASE,
)
# "Hà Nam, ngày 05/02/2024"
_SHORT_PLACE = re.compile(
    r"(?P<place>[^\d,;:|/]{2,40}?)\s*,\s*ngày\s*(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\W*$",
    re.IGNORECASE,
)
# A draft says so beside its type: "DỰ THẢO KẾ HOẠCH", "KẾ HOẠCH (Dự thảo lần 2)".
_DRAFT = re.compile(
    r"\(\s*(?:bản )?dự thảo\b[^)]{0,20}\)|^\W*(?:bản )?dự thảo\b(?:\s+lần)?(?:\s+\d{1,2}(?!\w))?", re.IGNORECASE
)
_STATE = re.compile(
    r"cộng h(?:òa|oà) xã hội.*|chủ nghĩa việt nam.*|độc lập\s*-\s*tự.*|đảng cộng sản việt nam.*|-{3,}.*|\*"
)
_FRAME = re.compile(
    r"số\s*:|ngày.*tháng|v/v|\(?(?:bản )?dự thảo\b|đơn vị|mật$|hỏa tốc|khẩn$|thượng khẩn", re.IGNORECASE
)
_BRACKETED = re.compile(r"^\(.*\)$")
# What a page's table of contents has in capitals above the letterhead.
_CONTENTS = re.compile(r"MỤC LỤC\b|(?:[IVX]{1,5}|[A-H])\s?[.)/]\s?\S")
# The state's name over several lines; it stands beside or between the issuer's.
_STATE_NAME = re.compile(r"cộng[\s|]+hòa[\s|]+xã[\s|]+hội[\s|]+chủ[\s|]+nghĩa[\s|]+việt[\s|]+nam")
_OTHER_COLUMN = re.compile(
    r"\s{2,}|\s-{3,}|\s*\||\s+(?=Số\s*:)|\s(?=Độc lập\s*-)|\s(?=\(?DỰ THẢO\b)|CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN"
)
_BESIDE_PLACE = re.compile(r"việt nam|hạnh phúc|-{2,}", re.IGNORECASE)
_ABOUT = re.compile(r"v/v\s*:?\s*(?=\S)", re.IGNORECASE)
_UNITS = ("tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "xã ", "phường ", "thị trấn ", "đặc khu ")
_WHOLE_STATE_NAME = "cộng hòa xã hội chủ nghĩa việt nam"
_DAMAGE = 7  # letters of it that may be wrong


class Head(NamedTuple):
    """What stands in the letterhead, as printed; `number_line`: there was one at all (a draft's is blank)."""

    doc_type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    code: Code | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    bodies: str | None = None  # all that stands in the issuer's column: "UBND TỈNH X SỞ Y TẾ"
    title: str | None = None
    number_line: bool = False
    mended: tuple[tuple[str, str], ...] = ()  # names of provinces with wrong accents: as printed, as read


def head_of(outline: Outline) -> Head:
    """Read the regions "letterhead" and "title" of an outline; the first ones where a decision has a plan attached."""
    lines = [outline.text.line_text(outline.text.lines[i]) for i in _first_run(outline, "letterhead")]
    head = _number_of(lines)
    place, date = _place_of(lines)
    numbered = head.code.type if head.code else _type_of_symbol(head.symbol) if head.symbol else None
    doc_type, title = _title_of(outline, numbered)
    doc_type = doc_type or numbered
    bodies, mended = _mended(_bodies_of(lines))
    title = _without_speaker(title, bodies) if title and bodies else title or _subject_of(lines)
    issuer = _issuer_of(bodies) if bodies else None
    return head._replace(
        date=date, place=place, issuer=issuer, bodies=bodies, doc_type=doc_type, title=title, mended=mended
    )


def _first_run(outline: Outline, region: str) -> list[int]:
    """The lines of a region up to the first body."""
    found = []
    for i, r in enumerate(outline.regions):
        if r == region:
            found.append(i)
        elif r in ("body", "recipients") and found:
            break
    return found


def _number_of(lines: list[str]) -> Head:
    found = [_NUMBER.search(line) or _BARE_NUMBER.fullmatch(line.strip()) for line in lines]
    # "CHI CỤC DÂN SỐ - KHHGĐ" is no blank number where a real one follows.
    for match in sorted(filter(None, found), key=lambda match: not match["number"].strip()):
        symbol_match = _SYMBOL.match(match["symbol"].strip())
        if not symbol_match:
            continue
        symbol = re.sub(r"\s+", "", symbol_match.group())
        number = re.sub(r"[\s….·_]", "", match["number"]) or None
        year = int(match["year"]) if match["year"] else None
        code = canonical_code(number, year, symbol) if number else None
        bare = canonical_code("1", None, symbol).value.removeprefix("01").lstrip("/-")
        return Head(number=number, year=year, symbol=bare or symbol, code=code, number_line=True)
    return Head()


def _place_of(lines: list[str]) -> tuple[str | None, str | None]:
    for index, line in enumerate(lines):
        if match := _PLACE.search(line) or _SHORT_PLACE.search(line):
            place = _BESIDE_PLACE.split(match["place"])[-1].strip(" ,.*-")
            broken = f"{lines[index - 1].strip(' ,.*|')} {place}" if index else ""
            if place and province_of_place(place) is None and len(broken) < 30 and province_of_place(broken):
                place = broken  # "Ninh" / "Thuận, ngày ..."
            return place or None, partial_date(match["year"], match["month"], match["day"])
    return None, None


def partial_date(year: str | None, month: str | None, day: str | None) -> str | None:
    """ISO, as precise as what is there and as the calendar allows: ("2021", "01", "") and ("2021", "01", "32") both
    give "2021-01"."""
    if not year or not 1 <= int(year) <= 9999:
        return None
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _bodies_of(lines: list[str]) -> str | None:
    """The names in the issuer's column, in capitals, from the top."""
    block = "\n".join(lines)
    names: list[str] = []
    block = _cut(block, _STATE_NAME.finditer(tone_key(block)))
    for line in block.split("\n"):
        words = _OTHER_COLUMN.split(line)[0].strip(" -*_")
        if not words or _STATE.match(tone_key(words)) or _FRAME.search(words) or _PLACE.search(words):
            continue
        if is_damaged_state_name(words) or _CONTENTS.match(words):
            continue
        if words.isupper() and not _BRACKETED.match(words) and not words[0].isdigit():
            names.append(words)
    return " ".join(names) or None


def _mended(bodies: str | None) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The issuer's column with names of provinces put right whose accents a scan got wrong ("TỈNH QUẢNG NGÁI", "THÀNH
    PHÓ HÒ CHÍ MINH"), and what was changed; only behind the word for a province, where it can be no other name."""
    if bodies is None:
        return None, ()
    changed: list[tuple[str, str]] = []
    for match in _plain_provinces().finditer(ascii_key(bodies)):
        printed = bodies[match.start() : match.end()]
        level = "TỈNH" if match["level"] == "tinh" else "THÀNH PHỐ"
        read = f"{level} {_plain_names()[match['name']].upper()}"
        if tone_key(printed) != tone_key(read):
            bodies = bodies[: match.start()] + read + bodies[match.end() :]
            changed.append((printed, read))
    return bodies, tuple(changed)


@cache
def _plain_names() -> dict[str, str]:
    """The names of provinces by their letters without accents."""
    return {ascii_key(version.name): version.name for version in versions()}


@cache
def _plain_provinces() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_plain_names(), key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?P<level>tinh|thanh pho) (?P<name>{names})(?!\w)")


def _cut(text: str, matches: Iterable[re.Match[str]]) -> str:
    """A text without what was found in it, a line break in its place."""
    kept, end = [], 0
    for match in matches:
        kept.append(text[end : match.start()])
        end = match.end()
    return "\n".join([*kept, text[end:]])


def _issuer_of(bodies: str) -> str:
    """The body that issues: the last one named on the left. "UBND TỈNH X / SỞ Y TẾ" is the latter; the resolver adds
    the province that stands above it. Of "SỞ Y TẾ - SỞ NỘI VỤ" both issue."""
    starts = _starts(bodies)
    while len(starts) > 1 and bodies[: starts[-1]].endswith(" - "):
        starts.pop()
    return bodies[starts[-1] :] if starts else bodies


def bodies_in(bodies: str) -> list[str]:
    """The bodies of the issuer's column one by one, from the top."""
    starts = sorted({0, *_starts(bodies)})
    return [bodies[start:end].strip() for start, end in zip(starts, [*starts[1:], len(bodies)], strict=True)]


def _starts(bodies: str) -> list[int]:
    """Where the names of bodies begin; not in a place's own ("XÃ TRƯỜNG SINH")."""
    key = tone_key(bodies)
    return [match.start() for match in _bodies().finditer(key) if not key.endswith(_UNITS, 0, match.start())]


def is_damaged_state_name(words: str) -> bool:
    """Whether a line in capitals is the state's name with up to seven letters wrong, as poor scans and lost fonts leave
    it ("CQNG HOA XA HÔI ..."). Fuzzy matching is what `regex` has and `re` lacks; only lines of about as many letters,
    and about the same ones, come to it."""
    if abs(len(words) - len(_WHOLE_STATE_NAME)) > _DAMAGE or not words.isupper():
        return False
    key = tone_key(words)
    if (Counter(_WHOLE_STATE_NAME) - Counter(key)).total() > _DAMAGE:
        return False
    return bool(_damaged_state_name().fullmatch(key))


@cache
def _damaged_state_name() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_WHOLE_STATE_NAME}){{e<={_DAMAGE}}}")


@cache
def _bodies() -> re.Pattern[str]:
    words = "|".join(load("headings")["frame"]["bodies"])
    return re.compile(rf"(?:^|(?<=\s))(?:{words})(?=\s)(?! nhân dân)")


@cache
def type_names() -> dict[str, str]:
    """The types' names as `tone_key`, each with its abbreviation ("kế hoạch": "KH")."""
    return {tone_key(n): t["abbreviation"] for t in load("document_types")["types"] for n in t["names"]}


def _without_speaker(title: str, bodies: str) -> str:
    """A title without the body that speaks on the line below it, where both were joined."""
    cut = len(title) - len(bodies) - 1
    if cut < len(bodies) // 2 or not ascii_key(title).endswith(f" {ascii_key(bodies)}"):
        return title
    whose = title[:cut].rsplit(maxsplit=1)[-1].lower()
    return title if whose in ("của", "tại", "thuộc", "do", "với", "và", "cho", "-") else title[:cut]


def _subject_of(lines: list[str]) -> str | None:
    """What a letter is about: "V/v ..." below its number, to the next part of the letterhead."""
    for index, line in enumerate(lines):
        if about := _ABOUT.match(line):
            words = [line[about.end() :]]
            for below in lines[index + 1 :]:
                if below.isupper() or _FRAME.search(below) or _STATE.match(tone_key(below)):
                    break
                words.append(below)
            return " ".join(words).strip(" .|")
    return None


def _title_of(outline: Outline, numbered: str | None) -> tuple[str | None, str | None]:
    """Type and title as the title's lines have them; `numbered` is the type that the number names."""
    lines = [outline.text.line_text(outline.text.lines[i]) for i in _first_run(outline, "title")]
    if not lines:
        return None, None
    names = type_names()
    lines[0] = _DRAFT.sub("", lines[0]).strip() or lines[0]
    first = tone_key(lines[0]).strip(" :.")
    if lines[0].isupper() and first not in names:
        plain = {ascii_key(name): name for name in names}
        if len(lines) > 1 and (parted := f"{ascii_key(first)} {ascii_key(lines[1])}".strip(" :.")) in plain:
            lines[:2] = [f"{lines[0]} {lines[1]}"]  # "KẾ" / "HOẠCH"
            first = parted
        first = plain.get(ascii_key(first), first)  # accents wrong: "KÉ HOẠCH"
    doc_type, title = None, []
    for size in range(min(5, len(first.split())), 0, -1):
        head = " ".join(first.split()[:size])
        if head in names:
            doc_type = names[head]
            rest = " ".join(lines[0].split()[size:]).strip(" :")
            if rest and numbered not in (None, doc_type):
                doc_type, rest = None, lines[0]  # "CHƯƠNG TRÌNH SỮA HỌC ĐƯỜNG" of a plan without "KẾ HOẠCH"
            title = [rest] if rest else []
            break
    else:
        title = [lines[0]]
    title += [line for line in lines[1:] if not _BRACKETED.match(line.strip())]
    return doc_type, " ".join(title).strip() or None


def _type_of_symbol(symbol: str) -> str | None:
    return type_codes().get(re.split(r"[-/]", symbol)[0])
