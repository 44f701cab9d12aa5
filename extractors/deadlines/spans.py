"""Reading a chain as times that stand still: days, months, quarters, years, and stretches from one to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from extractors.confidence import left
from extractors.deadlines.atoms import Atom, Chain
from extractors.deadlines.values import (
    Days,
    Reckoning,
    When,
    day_of,
    month_days,
    months_days,
    quarter_days,
    week_days,
    year_days,
)
from models.plan import Bound

# Kinds that name a place in the calendar; the others only say how often.
CALENDAR = frozenset(
    {"date", "day", "month", "quarter", "half", "year", "period", "week", "now", "issue", "soon", "lunar"}
)


class Found(NamedTuple):
    """A time expression `[start, end)` with its value. `core` is where its first atom starts, `kinds` the kinds of
    its atoms, `bounds` the classes of the words before it; `worded` is False for bare figures ("31/3", "2025");
    `dated` says whether its own words name the year."""

    start: int
    end: int
    core: int
    when: When
    kinds: tuple[str, ...]
    bounds: tuple[str, ...]
    worded: bool
    dated: bool
    chain: int = -1  # where its chain starts: members of one list stand or fall together
    day: int = 0  # of a month that the sentence names elsewhere ("Hằng tháng ... trước ngày 25")
    weekday: str = ""  # of a week that it names elsewhere ("Báo cáo tuần trước 14 giờ ngày thứ Ba"), as in RFC 5545
    listed: int = 0  # where the list ends that it is the first member of ("quý II và quý IV/2025")


def read_spans(chain: Chain, clean: str, reckoning: Reckoning) -> list[Found]:
    """The expressions of a chain without rounds: one for each member of a list, one for each stretch."""
    atoms = _years(_merge(list(chain.atoms)))
    dated = any(atom.kind == "date" for atom in atoms)  # "vào thứ Tư, ngày 20/7" is that day
    if atoms[0].kind == "weekday" and not dated and {"before", "by", "within"} & set(chain.bounds):
        days = ",".join(dict.fromkeys(atom.unit for atom in atoms if atom.kind == "weekday"))
        when = When("recurring", _due(chain.bounds), precision="day")
        return [
            Found(
                chain.start, chain.end, chain.first, when, ("weekday",), chain.bounds, True, False, chain.start, 0, days
            )
        ]
    segments: list[list[Atom]] = []
    for atom in atoms:
        if atom.kind not in CALENDAR:
            continue
        if segments and atom.gap == "to" and len(segments[-1]) == 1:
            segments[-1].append(atom)
        elif segments and _goes_on(segments[-1], atom, chain.bounds, clean):
            segments[-1] = [segments[-1][0], atom]  # "tháng 7, 8/2026" is one time
        else:
            segments.append([atom])
    found: list[Found] = []
    bounds, group = chain.bounds, chain.start
    for at, segment in enumerate(segments):
        first, last = segment[0], segment[-1]
        own = (first.bound,) if first.bound else ()
        if at:
            bounds = own or bounds
        if first.gap == "open":
            bounds, group = own, first.start  # "năm 2026: trong tháng 01/2027" are two
        if first.kind == "day" and first.m is None:
            told = set(bounds) & {"before", "by", "within", "done"} or _bracketed(chain, clean)
            if len(atoms) == 1 and told:
                when = When("recurring", _due(bounds), precision="day")
                found.append(
                    Found(
                        chain.start,
                        chain.end,
                        first.start,
                        when,
                        ("day",),
                        bounds,
                        True,
                        False,
                        chain.start,
                        first.d or 0,
                    )
                )
            continue
        if first.kind == "lunar" and first.gap == "open":
            continue  # the same day again: "ngày 25/01/2025 (26 tháng Chạp)"
        is_last = at == len(segments) - 1
        end = chain.end if is_last else last.end
        begin = chain.start if at == 0 else first.own
        if clean[end - 1] == ")" and "(" not in clean[begin:end]:
            end -= 1  # the bracket opens before this one
        when = _when(segment, bounds, chain if is_last else chain._replace(tail="", event=None), clean, reckoning)
        found.append(
            Found(
                chain.start if at == 0 else first.own,
                end,
                first.start,
                when,
                tuple(atom.kind for atom in segment),
                bounds,
                any(atom.worded for atom in segment),
                any(atom.y is not None for atom in segment),
                group,
                listed=chain.end if group == chain.start else 0,
            )
        )
    return found


def _bracketed(chain: Chain, clean: str) -> bool:
    """Whether a bare day stands alone in brackets ("báo cáo tháng (ngày 25)")."""
    return clean[chain.start - 1 : chain.start] == "(" and clean[chain.end : chain.end + 1] == ")"


def _due(bounds: tuple[str, ...]) -> Bound | None:
    return "before" if "before" in bounds else "by" if "by" in bounds else None


def _goes_on(segment: list[Atom], atom: Atom, bounds: tuple[str, ...], clean: str) -> bool:
    """Whether a month or quarter follows right upon those before it in one list ("trong tháng 5 và tháng 6/2026")."""
    last = segment[-1]
    if atom.kind != last.kind or atom.kind not in ("month", "quarter") or atom.gap != "and" or atom.bound:
        return False
    between = clean[last.end : atom.start]
    if "," in between and clean[atom.start].isalpha() and clean[atom.start].lower() in "tq":
        return False  # "Quý II, quý III/2026": each named for itself
    if last.place or atom.place or (len(segment) == 2 and last.gap == "to") or ";" in between:
        return False
    if {"before", "by", "from", "after"} & set(bounds) or last.m is None or atom.m is None:
        return False
    if last.y == atom.y:
        return atom.m == last.m + 1
    whole = 12 if atom.kind == "month" else 4
    return last.y is not None and atom.y == last.y + 1 and (last.m, atom.m) == (whole, 1)


def _merge(atoms: list[Atom]) -> list[Atom]:
    """A year that stands apart joins the day, month or quarter before it ("15/12 năm 2025"), a month its day."""
    merged: list[Atom] = []
    for atom in atoms:
        before = merged[-1] if merged else None
        if before and atom.kind == "next_year" and before.kind in ("date", "month", "quarter"):
            merged[-1] = before._replace(k=2, end=atom.end)  # "trước ngày 31/01 năm sau"
            continue
        if before and atom.gap == "of" and before.end <= atom.start:
            if atom.kind == "year" and atom.y and before.kind in ("date", "month", "quarter", "half") and not before.y:
                merged[-1] = before._replace(y=atom.y, end=atom.end)
                continue
            if atom.kind == "month" and before.kind == "day":
                merged[-1] = before._replace(kind="date", m=atom.m, y=atom.y, end=atom.end)
                continue
        merged.append(atom)
    return merged


def _years(atoms: list[Atom]) -> list[Atom]:
    """Lend years (and for bare days the month) along a list or stretch: backwards first, then forwards."""
    filled = atoms[:]
    for at in range(len(filled) - 2, -1, -1):
        atom, after = filled[at], filled[at + 1]
        if after.gap not in ("to", "and"):
            continue
        if atom.kind == "day" and (after.kind in ("date", "month") or (after.kind == "day" and after.m)):
            atom = atom._replace(kind="date", m=after.m)
        if atom.y is None and after.y is not None and atom.kind in ("date", "month", "quarter", "half"):
            year = after.y
            if after.gap == "to" and (atom.m or 0, atom.d or 0) > (after.m or 12, after.d or 31):
                year -= 1
            same = {atom.kind, after.kind}
            if same <= {"date", "month"} or atom.kind == after.kind:
                atom = atom._replace(y=year)
        filled[at] = atom
    for at in range(1, len(filled)):
        atom, before = filled[at], filled[at - 1]
        if atom.gap in ("to", "and") and atom.y is None and before.y and atom.kind in ("date", "month", "quarter"):
            year = before.y
            if atom.gap == "to" and (atom.m or 12, atom.d or 31) < (before.m or 1, before.d or 1):
                year += 1
            filled[at] = atom._replace(y=year)
    return filled


def _days(atom: Atom, reckoning: Reckoning) -> tuple[Days, float, bool]:
    """The days of an atom, how sure they are, and whether its day is one that no calendar has."""
    nothing = Days(None, None, "day")
    sure = 1.0
    if atom.kind == "soon":
        day = reckoning.issued + timedelta(days=atom.n) if reckoning.issued else None
        return Days(day, day, "day"), left("deadlines.year_of_issue"), False
    year = atom.y
    if year is None and atom.kind in ("date", "month", "quarter", "half", "week", "year"):
        month = {"quarter": (atom.m or 1) * 3, "half": 6 if atom.place == "đầu" else 12, "year": 12}.get(
            atom.kind, atom.m or 12
        )
        year, sure = reckoning.year_of(month, atom.d or 28)
        if year is not None and atom.k == 2:
            year, sure = (reckoning.first_year or reckoning.issue_year or year) + 1, left("deadlines.year_after")
        if atom.kind == "year" and not atom.place and reckoning.one_year:
            sure = left("deadlines.year_of_plan")
    if year is None:
        return nothing, sure, False
    match atom.kind:
        case "date":
            day = day_of(year, atom.m or 0, atom.d or 0)
            return Days(day, day, "day"), sure, day is None
        case "month":
            return month_days(year, atom.m or 1, atom.place), sure, False
        case "quarter":
            return quarter_days(year, atom.m or 1, atom.place), sure, False
        case "week":
            return week_days(year, atom.m or 1, min(max(atom.d or 1, 1), 4), min(atom.n, 4)), sure, False
        case "half":
            return months_days(year, atom.n, atom.place), sure, False
        case "year":
            return year_days(year, atom.place), sure, False
        case "period":
            last = atom.y2 or year
            return Days(date(year, 1, 1), date(last, 12, 31), "period"), sure, last < year
        case _:
            return nothing, sure, False


def _when(segment: list[Atom], bounds: tuple[str, ...], chain: Chain, clean: str, reckoning: Reckoning) -> When:
    first, last = segment[0], segment[-1]
    anchored = first.kind in ("now", "issue")
    if first.kind == "lunar" or last.kind == "lunar":
        return _lunar(first, last, bounds, clean, reckoning)
    days, sure, impossible = _days(first, reckoning)
    if len(segment) == 2:
        until, sure_end, broken = _days(last, reckoning)
        began, ends = days.first, until.last
        if began and ends and ends < began and not (first.y or last.y or anchored):
            # Neither names its year: the one that was rolled to the next drags the other along.
            if (first.m or 1, first.d or 1) <= (last.m or 12, last.d or 31):
                days = _days(first._replace(y=ends.year), reckoning)[0]
            else:
                until = _days(last._replace(y=began.year + 1), reckoning)[0]
        start = reckoning.issued if anchored else days.first
        backwards = bool(start and until.last and until.last < start)
        return When(
            "interval",
            "within" if last.gap == "and" else "between",
            start,
            None if chain.tail == "open" else until.last,
            "period" if anchored or until.precision != days.precision else until.precision,
            anchor="issue_date" if anchored else None,
            approximate=days.approximate or until.approximate,
            confidence=_confidence(min(sure, sure_end), until.approximate or anchored, backwards or broken),
            impossible=impossible or broken or backwards,
        )
    if anchored:
        event = clean[slice(*chain.event)].strip() if chain.event else None
        return When(
            "interval", "between" if event else "from", reckoning.issued, None, "event",
            anchor="issue_date", confidence=left("deadlines.event_only"),
        )  # fmt: skip
    if chain.event:
        return When(
            "interval", "between", days.first, None, days.precision, anchor=clean[slice(*chain.event)].strip(),
            confidence=sure * left("deadlines.event_end"), impossible=impossible,
        )  # fmt: skip
    return _single(first, days, bounds, chain.tail == "open", sure, impossible)


def _lunar(first: Atom, last: Atom, bounds: tuple[str, ...], clean: str, reckoning: Reckoning) -> When:
    """Days of the lunar year have no date here: their words are the anchor."""
    due = None if first is not last else _due(bounds)
    start = None if first.kind == "lunar" else _days(first, reckoning)[0].first
    end = None if last.kind == "lunar" else _days(last, reckoning)[0].last
    words = clean[(last if start else first).start : (first if end else last).end]
    if due:
        return When("deadline", due, precision="event", anchor=words, confidence=left("deadlines.event_only"))
    bound: Bound = "between" if first is not last else "from" if "from" in bounds else "within"
    return When("interval", bound, start, end, "event", anchor=words, confidence=left("deadlines.event_only"))


def _single(atom: Atom, days: Days, bounds: tuple[str, ...], opened: bool, sure: float, impossible: bool) -> When:
    """One time with the words before it."""
    classes = set(bounds)
    bound: Bound
    confidence = _confidence(sure, days.approximate, impossible)
    approximate = days.approximate or "about" in classes
    day = days.precision == "day"
    if "before" in classes or "by" in classes or ("done" in classes and day):
        bound = "before" if "before" in classes and "by" not in classes else "by"
        end = days.last
        if "before" in classes and not day and not atom.place and days.first:
            end = days.first - timedelta(days=1)  # "trước năm 2030" is over when 2030 begins
        return When(
            "deadline", bound, None, end, days.precision,
            approximate=approximate, confidence=confidence, impossible=impossible,
        )  # fmt: skip
    start, end = days.first, days.last
    bound = "within"
    if "after" in classes and "from" not in classes:
        bound, end = "after", None
        start = days.last + timedelta(days=1) if days.last else None
    elif "from" in classes:
        bound, end = "from", None
    elif opened:
        end = None
    return When(
        "interval", bound, start, end, days.precision,
        approximate=approximate, confidence=confidence, impossible=impossible,
    )  # fmt: skip


def _confidence(sure: float, approximate: bool, doubtful: bool) -> float:
    near = left("deadlines.approximate") if approximate else 1.0
    return sure * near * (left("deadlines.no_day") if doubtful else 1.0)
