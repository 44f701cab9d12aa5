"""The time that a target is for: "đến năm 2030", "giai đoạn 2021 - 2025", "từ năm 2025 trở đi", "quý III/2025"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractors.vietnamese import roman
from extractors.words import word_starts


class Period(NamedTuple):
    """Whole days in ISO 8601; None where the side is open."""

    start: str | None
    end: str | None


class Time(NamedTuple):
    """A time in the text: `periods` has one entry per year that is named ("năm 2025 và năm 2030" has two), none where
    the words name no date of their own ("hằng năm", "năm học 2024-2025")."""

    start: int
    end: int
    periods: tuple[Period, ...]


# Folded text: i stands for a closing y ("quí", "kì"). Each alternative begins with a fixed word or a digit.
_YEAR = r"(?:19|20)\d\d"
_UNTIL = r"(?:đến|tới|trước|chậm nhất|muộn nhất)(?: (?:là|vào|trước|hết|cuối|thời điểm|mốc|đến|thời hạn)){0,3} "
_DURING = r"(?:trong|vào|cuối|hết) "
_ALTERNATIVES = (
    r"(?P<annual>(?:bình quân |trung bình |định kì )?(?:hằng|hàng|mỗi|môi|mổi) (?:năm|quí|tháng|tuần)(?!\w))",
    rf"(?P<school>năm học {_YEAR}\s?-\s?{_YEAR})",
    rf"(?P<day>(?:{_UNTIL}|vào |từ )?(?:ngày )?"
    rf"(?P<d>\d\d?)(?:\s?[/.-]\s?| tháng )(?P<dm>\d\d?)(?:\s?[/.-]\s?| năm )(?P<dy>{_YEAR}))(?!\d)",
    r"(?P<range>(?:(?:trong |cả |vào )?(?:giai đoạn|thời kì|nhiệm kì|các năm|những năm|năm) )?(?:từ )?(?:năm )?"
    rf"(?P<r1>{_YEAR})\s?(?:-|đến|tới|÷)\s?(?:hết |cuối )?(?:năm )?(?P<r2>{_YEAR}))(?!\d)",
    rf"(?P<quarter>(?:{_UNTIL}|{_DURING})?quí (?P<q>iv|i{{1,3}}|[1-4])(?:(?:\s?[-/]\s?|,? năm )(?P<qy>{_YEAR}))?)"
    r"(?!\w|\s?[/-]\s?\d)",
    rf"(?P<half>(?:(?:trong|hết|đến) )?(?:0?6|sáu) tháng (?P<h>đầu|cuối) năm(?: (?P<hy>{_YEAR}))?)(?! ?\d)",
    rf"(?P<month>(?:{_UNTIL}|{_DURING})?tháng (?P<m>\d\d?)(?:\s?[-/]\s?| năm )(?P<my>{_YEAR}))(?!\d)",
    rf"(?P<since>(?:(?:kể |bắt đầu )?từ (?:đầu )?(?:năm )?(?P<s1>{_YEAR})(?!\s?-)(?: trở (?:đi|về sau))?"
    rf"|năm (?P<s2>{_YEAR}) trở (?:đi|về sau)|sau năm (?P<s3>{_YEAR})))(?!\d)",
    rf"(?P<until>{_UNTIL}(?:năm )?(?P<u>{_YEAR})(?:(?:,| và) (?:(?:đến )?năm )?(?P<u2>{_YEAR}))?)(?!\d)",
    rf"(?P<close>(?:vào )?(?:cuối|hết) năm (?P<c>{_YEAR}))(?!\d)",
    r"(?P<year>(?:(?:vào|trong|riêng|cả|bước sang) )?(?:các )?năm "
    rf"(?P<y>{_YEAR}(?:(?:, ?| và )(?:năm )?{_YEAR}){{0,4}}))(?!\d)",
    rf"(?P<alone>(?<=[%‰\d] \(){_YEAR}(?=\)))",  # "đạt 95% (2026)"
    r"(?P<own>(?:đến|tới|trước) (?:khi )?(?:hết|cuối) năm(?: nay)?(?! (?:\d|học))(?!\w)|trong năm nay)",
)


# Without one of these a line names no time, and most lines don't.
_DATED = re.compile(
    r"19\d\d|20\d\d|h(?:ằng|àng) (?:năm|quí|tháng|tuần)|m(?:ỗ|ô|ổ)i (?:năm|quí|tháng|tuần)"
    r"|hết năm|cuối năm|đầu năm|năm nay|quí [i1-4]"
)
_BEFORE_YEAR = 80  # characters of a time that may stand before what makes it one
# The words and figures that the alternatives begin with.
_FIRST_WORDS = (
    "bình trung định hằng hàng mỗi môi mổi năm đến tới trước chậm muộn vào từ ngày trong cả giai thời nhiệm các những "
    "cuối hết quí sáu tháng kể bắt sau riêng bước"
)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(word_starts([*_FIRST_WORDS.split(), *"0123456789"]))


@cache
def _time() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.,-])(?:{'|'.join(_ALTERNATIVES)})")


def times(key: str, start: int, end: int, year: int | None) -> Iterator[Time]:
    """Every time in `key[start:end]` (folded text), in order. `year` is the plan's own, for "đến cuối năm"."""
    at = start
    while dated := _DATED.search(key, at, end):
        found = _first(key, max(at, dated.start() - _BEFORE_YEAR), end)
        if found is None:
            return
        yield _read(found, year)
        at = found.end()


def _first(key: str, start: int, end: int) -> re.Match[str] | None:
    """The first time in `key[start:end]`: tried only where a word stands that opens one."""
    for opening in _opening().finditer(key, start, end):
        if found := _time().match(key, opening.start(), end):
            return found
    return None


def _read(match: re.Match[str], year: int | None) -> Time:
    """The value of one match of `_time`."""
    kind = match.lastgroup
    # The last group that closed is the outermost one of the alternative that matched.
    return Time(match.start(), match.end(), _periods(match, kind or "", year))


def _periods(match: re.Match[str], kind: str, year: int | None) -> tuple[Period, ...]:
    days: tuple[str, str] | None = None
    until = re.match(_UNTIL, match.group()) is not None
    before = match.group().startswith("trước")
    match kind:
        case "day":
            day = _iso(int(match["dy"]), int(match["dm"]), int(match["d"]))
            if day is None:
                return ()
            return (Period(day, None),) if match.group().startswith("từ") else (Period(None if until else day, day),)
        case "range":
            if match["r1"] > match["r2"]:
                return ()
            return (Period(f"{match['r1']}-01-01", f"{match['r2']}-12-31"),)
        case "quarter":
            quarter = int(match["q"]) if match["q"].isdecimal() else roman(match["q"].upper()) or 1
            own = int(match["qy"] or year or 0)
            days = _months(own, 3 * quarter - 2, 3 * quarter) if own else None
        case "half":
            own = int(match["hy"] or year or 0)
            days = _months(own, *((1, 6) if match["h"] == "đầu" else (7, 12))) if own else None
        case "month":
            if not 1 <= int(match["m"]) <= 12:
                return ()
            days = _months(int(match["my"]), int(match["m"]), int(match["m"]))
        case "since":
            since = int(match["s1"] or match["s2"] or int(match["s3"]) + 1)
            return (Period(f"{since}-01-01", None),)
        case "until":
            more = (Period(None, f"{match['u2']}-12-31"),) if match["u2"] else ()
            return (Period(None, f"{int(match['u']) - before}-12-31"), *more)
        case "close":
            return (Period(None, f"{match['c']}-12-31"),)
        case "year":
            return tuple(Period(f"{y}-01-01", f"{y}-12-31") for y in re.findall(_YEAR, match["y"]))
        case "alone":
            return (Period(f"{match.group()}-01-01", f"{match.group()}-12-31"),)
        case "own":
            return (Period(None, f"{year}-12-31"),) if year else ()
        case _:
            return ()
    if before or days is None:
        return ()  # "trước quý II" is a deadline's way of speaking; which day it means is not said
    closing = until or match.group().startswith(("cuối", "hết"))
    return (Period(None if closing else days[0], days[1]),)


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{calendar.monthrange(year, last)[1]:02}"


def _iso(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}"


def named_period(key: str, year: int | None = None) -> Period | None:
    """The one time that a heading or a caption names ("Mục tiêu cụ thể đến năm 2035"); None where it names none or
    several. Times of other documents are the caller's to leave out."""
    found = [time for time in times(key, 0, len(key), year) if time.periods]
    if not found:
        return None
    periods = {period for time in found for period in time.periods}
    return periods.pop() if len(periods) == 1 else None
