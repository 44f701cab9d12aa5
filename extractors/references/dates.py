"""The date right behind a document's number: "ngày 14/12/2021", ", ngày 30 tháng 4 năm 2025", "năm 2019"."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.references.grammar import GAP

# A line break only behind a comma: the next line may be a table's next cell, with a date of its own.
_OPEN = rf"(?: ?(?P<open>[,(]){GAP}?| {{0,2}})(?:(?:được )?(?:ban hành|ký|thông qua|đề) )?"
_DAY = r"(?:(?:cùng )?ngày|ngay|ngàv)"
_MONTH = r"(?:tháng|thang|thảng)"
_YEAR = r"(?:năm|nam|ndm)"
_SIGN = rf"{GAP}?[/.\-]{GAP}?"
_BLANK = r"[ .…_\n]{0,12}"

_DAY_NUMBER, _MONTH_NUMBER = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_FULL_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_SAME = r"(?P<same>(?:của )?cùng năm)"

# The first that fits counts.
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # ngày 14/12/2021; ngày 12/8 cùng năm; ngày 14/12
        rf"{_OPEN}{_DAY}{GAP}?{_DAY_NUMBER}{_SIGN}{_MONTH_NUMBER}"
        rf"(?:{_SIGN}(?P<y>\d{{2,6}})(?!\d)| {_SAME}| {_YEAR} (?P<y2>\d{{4}}))?",
        # ngày 30 tháng 4 năm 2025; ngày 12 tháng 8 cùng năm
        rf"{_OPEN}{_DAY}{GAP}?{_DAY_NUMBER},?{GAP}?{_MONTH}{GAP}?{_MONTH_NUMBER}"
        rf"(?:,?{GAP}?{_YEAR}{GAP}?(?P<y>\d{{3,6}})(?!\d)|/(?P<y2>\d{{4}})|{GAP}{_SAME})?",
        # tháng 6/2024; ngày ... tháng 6 năm 2024
        rf"{_OPEN}(?:{_DAY}{_BLANK})?{_MONTH}{GAP}?{_MONTH_NUMBER}(?:{_SIGN}|,?{GAP}(?:{_YEAR}{GAP})?){_FULL_YEAR}",
        # ngày ... tháng ... năm 2024; ngày 05 tháng năm 2024 (a lost month); ngày ../../2024
        rf"{_OPEN}{_DAY}{_BLANK}(?:\d{{1,2}}{_BLANK})?{_MONTH}{_BLANK}{_YEAR}{GAP}?{_FULL_YEAR}",
        rf"{_OPEN}{_DAY}{_BLANK}/{_BLANK}/{GAP}?{_FULL_YEAR}",
        # 14/12/2021
        rf" (?P<open>\(?){_DAY_NUMBER}{_SIGN}{_MONTH_NUMBER}{_SIGN}{_FULL_YEAR}",
        # năm 2019
        rf" (?P<open>\(?){_YEAR}{GAP}{_FULL_YEAR}(?!/|{GAP}?-{GAP}?\d)",
    )
)
# "Kế hoạch số 12/KH-UBND ngày 03/11/2025, Kế hoạch số 13/KH-UBND cùng ngày"
_SAME_DAY = re.compile(rf"{GAP}?,?{GAP}?(cùng ngày)(?!\w|{GAP}?\d)")
_BARE_YEAR = re.compile(rf" (?P<open>)(?P<y>(?:19|20)\d\d)(?![\d/]|{GAP}?-{GAP}?\d|[.,]\d)")


class Day(NamedTuple):
    """A date at `[start, end)`: `iso` as precise as the text, None where the words are no date of the calendar."""

    start: int
    end: int
    iso: str | None
    words: str


def date_after(key: str, position: int, *, year: int | None = None, before: str | None = None) -> Day | None:
    """The date at `position` of `tone_key` text.

    `year` is the number's own (it completes "ngày 14/12"), `before` the ISO date that "cùng năm" and "cùng ngày" point
    back to.
    """
    for form in _FORMS:
        match = form.match(key, position)
        if match:
            return _day(key, match, year, before)
    same = _SAME_DAY.match(key, position)
    if same and before and len(before) == len("2025-11-03"):
        return Day(same.start(1), same.end(), before, same[1])
    return None


def year_after(key: str, position: int) -> Day | None:
    """A bare year right behind a name or number: "Luật Bảo hiểm xã hội 2024"."""
    match = _BARE_YEAR.match(key, position)
    return _day(key, match, None, None) if match else None


def _day(key: str, match: re.Match[str], year: int | None, before: str | None) -> Day | None:
    values = match.groupdict()
    end = match.end()
    if values["open"] == "(":
        if key[end : end + 1] != ")":
            return None
        end += 1
    start = match.start() + len(match[0]) - len(match[0].lstrip(" ,(\n"))
    digits = values.get("y") or values.get("y2")
    if digits is None and values.get("same") and before:
        digits = before[:4]
    if digits is None and year is not None:
        digits = str(year)
    words = " ".join(key[start : match.end()].split())
    if digits is None:
        # A day without a year dates nothing that could be found again.
        return Day(start, end, None, words) if values.get("same") else None
    if len(digits) == 2:
        digits = ("20" if int(digits) < 50 else "19") + digits
    return Day(start, end, _iso(digits, values.get("m"), values.get("d")), words)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    if not (len(year) == 4 and 1900 <= int(year) <= 2100):
        return None
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02d}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
