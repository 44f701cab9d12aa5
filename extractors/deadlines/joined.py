"""Times and rounds that stand apart in one sentence: "Hằng năm, các đơn vị báo cáo ... trước ngày 15/12"."""

from __future__ import annotations

import re
from itertools import groupby

from extractors.confidence import left
from extractors.deadlines.atoms import Atom
from extractors.deadlines.grammar import compiled
from extractors.deadlines.rounds import rule_of
from extractors.deadlines.scene import Place
from extractors.deadlines.spans import Found
from extractors.deadlines.values import Reckoning

Kept = tuple[Found, Place]
_PLAIN = ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY")
_BACK = 600  # how far before a day its round may stand


def joined(kept: list[Kept], low: str, reckoning: Reckoning) -> list[Kept]:
    """The kept expressions in the order of the text, with year-less days of a round made rules.

    A day without a year becomes a yearly rule where its sentence says "hằng năm" or "định kỳ" before it, or where a
    plan of several years asks for its half-yearly or yearly report; a day without a month becomes a monthly one. The
    round that stood apart is then said by the day and dropped.
    """
    result: list[Kept] = []
    ordered = sorted(kept, key=lambda entry: (entry[0].start, entry[0].end))
    for _, group in groupby(ordered, key=lambda entry: entry[1].sentence):
        result += _sentence(list(group), low, reckoning)
    return result


def _sentence(kept: list[Kept], low: str, reckoning: Reckoning) -> list[Kept]:
    """The same for the expressions of one sentence."""
    result: list[Kept] = []
    plain: dict[str, list[int]] = {}  # where the rounds that stand apart start, by rule
    for found, _ in kept:
        if found.when.rrule in _PLAIN and "times" not in found.kinds:
            plain.setdefault(found.when.rrule, []).append(found.start)
    spoken: set[int] = set()  # starts of rounds that a day of the sentence took over
    for at, (found, place) in enumerate(kept):
        when = found.when
        before = low[max(place.sentence[0], found.start - _BACK) : found.start]
        after = low[found.end : min(place.sentence[1], found.end + 80)]
        if found.day:
            if unit := _unit(before):
                rule = rule_of(unit, 1, [Atom("day", 0, 0, d=found.day)])[0]
                again = when._replace(rrule=rule, confidence=left("deadlines.round_near"))
                result.append((found._replace(when=again), place))
                spoken |= _plain(plain, found, "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY")
            elif round_behind := _round_behind(kept[at + 1 :], r"(.*;BYMONTHDAY=)\d+"):
                rule = f"{round_behind}{found.day}"
                result.append((found._replace(when=when._replace(rrule=rule)), place))
        elif found.weekday:
            if compiled("joined", "weekly").search(before):
                rule = f"FREQ=WEEKLY;BYDAY={found.weekday}"
                again = when._replace(rrule=rule, confidence=left("deadlines.round_near"))
                result.append((found._replace(when=again), place))
                spoken |= _plain(plain, found, "FREQ=WEEKLY")
        elif when.end is not None and (
            _yearly(found, place, low, before, after, reckoning) or _reported_yearly(found, place, kept[at + 1 :], low)
        ):
            rule = rule_of("năm", 1, [Atom("date", 0, 0, d=when.end.day, m=when.end.month)])[0]
            again = when._replace(
                kind="recurring", rrule=rule, end=None, start=None, confidence=left("deadlines.round_far")
            )
            result.append((found._replace(when=again), place))
            spoken |= _plain(plain, found, "FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6")
            spoken |= {start for start in plain.get("FREQ=YEARLY", []) if _aside(low, found.end, start)}
        else:
            result.append((found, place))
    # "định kỳ hằng tháng ..., từ ngày 05 đến ngày 10 hằng tháng"
    finer = {(place.clause, (found.when.rrule or "").partition(";BYMONTHDAY")[0]) for found, place in result
             if ";BYMONTHDAY" in (found.when.rrule or "")}  # fmt: skip
    spoken |= {found.start for found, place in result if (place.clause, found.when.rrule) in finer}
    if any("report" not in found.kinds and found.when.precision == "day" for found, _ in result):
        spoken |= {found.start for found, _ in result if "report" in found.kinds}  # the days say when
    return [(found, place) for found, place in result if found.start not in spoken]


def _round_behind(behind: list[Kept], pattern: str) -> str | None:
    """What the next rule of the sentence shares with the time before it ("các xã trước ngày 12, các huyện trước ngày 15
    hằng tháng"), by a pattern whose group it is."""
    rules = [found.when.rrule for found, _ in behind if found.when.rrule]
    match = re.fullmatch(pattern, rules[0]) if rules else None
    return match[1] if match else None


def _reported_yearly(found: Found, place: Place, behind: list[Kept], low: str) -> bool:
    """Whether a report's day is one of a row of reports whose last day says how often all come ("các trường gửi trước
    ngày 25/5; trạm y tế gửi trước ngày 31/5 hằng năm")."""
    if found.when.kind != "deadline" or found.dated or found.when.precision != "day":
        return False
    if not _round_behind(behind, r"(FREQ=YEARLY;BYMONTH=)\d+;BYMONTHDAY=\d+"):
        return False
    last = next(entry for entry in behind if entry[0].when.rrule)
    reports = compiled("accept", "hands_on")
    return bool(
        reports.search(low, place.clause[0], found.start) and reports.search(low, last[1].clause[0], last[0].start)
    )


def _aside(low: str, end: int, start: int) -> bool:
    """Whether nothing but a bracket stands between a day and its round ("trước ngày 15/12 (đợt 2) hằng năm")."""
    between = low[end:start].strip() if end < start <= end + 80 else ""
    return between[:1] == "(" and between.find(")") == len(between) - 1


def _unit(before: str) -> str | None:
    if compiled("joined", "monthly").search(before):
        return "tháng"
    return "quý" if compiled("joined", "quarterly").search(before) else None


def _yearly(found: Found, place: Place, low: str, before: str, after: str, reckoning: Reckoning) -> bool:
    """Whether a day without a year comes again each year: where the words say so, and in a plan of several years also
    the days of its reports and of "the year after"."""
    if found.when.kind != "deadline" or found.dated or found.when.precision != "day":
        return False
    if compiled("joined", "yearly").search(before) or compiled("joined", "yearly_behind").match(after):
        return True
    own = before[-(found.start - place.clause[0]) :] if found.start > place.clause[0] else ""
    lasting = reckoning.first_year is not None and not reckoning.one_year
    if compiled("joined", "periodic").search(before if lasting else own):
        return True
    if lasting and compiled("joined", "next_year").search(low, found.start, found.end):
        return True
    report_of = compiled("joined", "report_of")
    if not lasting:
        return False
    listed = compiled("joined", "report_listed").search(before[-80:])
    return bool(listed or report_of.search(before) or report_of.search(after[:60]))


def _plain(plain: dict[str, list[int]], found: Found, *rules: str) -> set[int]:
    """Where the plain rounds of a sentence start that stand before a day; each is taken once."""
    taken: set[int] = set()
    for rule in rules:
        waiting = plain.get(rule, [])
        while waiting and waiting[0] < found.start:
            taken.add(waiting.pop(0))
    return taken
