"""Reading a chain as rounds: times that come again, as the rules of RFC 5545 (no UNTIL, COUNT, DTSTART or time).

Fixed days and months are `FREQ=YEARLY;BYMONTH=...` with the months in ascending order, every quarter is
`FREQ=MONTHLY;INTERVAL=3`. A list of rounds ("định kỳ 6 tháng, 01 năm") gives one rule for each member.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.confidence import left
from extractors.deadlines.atoms import Atom, Chain
from extractors.deadlines.spans import Found
from extractors.deadlines.values import When
from models.plan import Bound, Precision

ROUNDS = frozenset(
    {
        "every",
        "periodic",
        "duration",
        "times",
        "quarter_month",
        "last_day",
        "next_month",
        "next_week",
        "following_years",
    }
)
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
_PRECISION: dict[str, Precision] = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}


@dataclass
class _Round:
    """One period with the times within it that it names."""

    atom: Atom
    unit: str
    every: int  # how many units one round takes
    times: list[Atom] = field(default_factory=list)
    before: bool = False  # its times stand before it ("ngày 15/12 hằng năm")
    bounds: tuple[str, ...] = ()
    shared: bool = False  # its times are those of the round before it


def has_rounds(chain: Chain) -> bool:
    return any(atom.kind in ROUNDS for atom in chain.atoms)


def parts(chain: Chain) -> list[Chain]:
    """A chain parted where times with a year of their own end and a round begins: "trước ngày 15/02/2026 và trước 31/01
    của các năm tiếp theo" is a day and a round."""
    for at in range(len(chain.atoms) - 1, 0, -1):
        before, atom = chain.atoms[at - 1], chain.atoms[at]
        if before.y and atom.gap == "and" and before.kind not in ROUNDS and atom.kind not in ROUNDS and not atom.y:
            bounds = (atom.bound,) if atom.bound else chain.bounds
            first = chain._replace(atoms=chain.atoms[:at], end=before.end, tail="", event=None)
            return [first, chain._replace(atoms=chain.atoms[at:], start=atom.own, first=atom.start, bounds=bounds)]
    return [chain]


def read_rounds(chain: Chain) -> list[Found]:
    """The rules of a chain with rounds, one for each. A time that belongs to no round is left out."""
    rounds = _collect(chain)
    found: list[Found] = []
    for index, each in enumerate(rounds):
        bound = _bound(each, chain if index == 0 or each.shared else None)
        kinds = (each.atom.kind, *(time.kind for time in each.times), *_reported(chain))
        core = min([each.atom.start, *(time.start for time in each.times)])
        start, end = _extent(chain, rounds, index)
        rules = _rules(each)
        for number, (rule, precision, approximate) in enumerate(rules):
            first, last = _share(each, start, end, number, len(rules))
            when = When(
                "recurring",
                bound,
                precision=precision,
                rrule=rule,
                approximate=approximate,
                confidence=left("deadlines.approximate") if approximate else 1.0,
            )
            found.append(Found(first, last, max(core, first), when, kinds, chain.bounds, True, True, chain.start))
    return found


def _reported(chain: Chain) -> tuple[str, ...]:
    """Marks rounds that only a report's name tells ("báo cáo 6 tháng, năm")."""
    return ("report",) if chain.atoms[0].kind == "report" else ()


def _share(each: _Round, start: int, end: int, number: int, total: int) -> tuple[int, int]:
    """The words of one of several rules of a round: each begins at the first date of its day."""
    if total == 1:
        return start, end
    firsts = list({time.d: time for time in reversed(each.times) if time.kind == "date"}.values())
    firsts.sort(key=lambda time: time.start)
    begin = start if number == 0 else firsts[number].own
    return begin, end if number == total - 1 else firsts[number].end


def rule_of(unit: str, every: int, times: list[Atom]) -> list[str]:
    """The rules of one period with its times; [] where they make no sense together.

    `unit` is ngày, tuần, tháng, quý or năm; `times` are dates, days, months, quarters or weekdays.
    """
    dates = [time for time in times if time.kind == "date" and time.m]
    days = _days(times)
    months = _months(times)
    months_apart = _MONTHS.get(unit, 0) * every
    if any(time.gap == "to" for time in dates):
        months = _months([time._replace(kind="month") for time in dates])
        return ["FREQ=YEARLY" if len(months) == 12 else f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"]
    if dates:
        return _dated(dates)
    if months and unit in _MONTHS:
        day = f";BYMONTHDAY={','.join(map(str, days))}" if days else ""
        return [f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{day}"]
    weekdays = [time.unit for time in times if time.kind == "weekday"]
    if unit == "tuần":
        by_day = f";BYDAY={','.join(weekdays)}" if weekdays else ""
        return [f"FREQ=WEEKLY{_interval(every)}{by_day}"]
    if unit == "ngày":
        return [f"FREQ=DAILY{_interval(every)}"]
    day = f";BYMONTHDAY={','.join(map(str, days))}" if days else ""
    if months_apart == 9:  # a report on nine months comes once a year
        return ["FREQ=YEARLY"]
    if months_apart % 12 == 0 and not days:
        return [f"FREQ=YEARLY{_interval(months_apart // 12)}"]
    return [f"FREQ=MONTHLY{_interval(months_apart)}{day}"]


def _days(times: list[Atom]) -> list[int]:
    """The days of a month that bare days and stretches of them name ("từ ngày 05 đến ngày 10 hằng tháng")."""
    named: set[int] = set()
    for at, time in enumerate(times):
        if time.kind != "day" or not time.d:
            continue
        first = times[at - 1].d if at and time.gap == "to" and times[at - 1].kind == "day" else time.d
        named.update(range(first or time.d, time.d + 1) if (first or 0) <= time.d else {time.d})
    return sorted(named)


def _interval(count: int) -> str:
    return f";INTERVAL={count}" if count > 1 else ""


def _dated(dates: list[Atom]) -> list[str]:
    """Dates that come each year: one rule for all months that share their day."""
    shared: dict[int, list[int]] = {}
    for time in dates:
        shared.setdefault(time.d or 1, []).append(time.m or 1)
    return [
        f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY={day}"
        for day, months in shared.items()
    ]


def _months(times: list[Atom]) -> list[int]:
    """All months that months, quarters and stretches of months name."""
    named: set[int] = set()
    for at, time in enumerate(times):
        if time.kind == "quarter_month":
            named.update({"cuối": (3, 6, 9, 12), "giữa": (2, 5, 8, 11)}.get(time.place, (1, 4, 7, 10)))
        elif time.kind == "quarter" and time.m:
            named.update(range(time.m * 3 - 2, time.m * 3 + 1))
        elif time.kind == "month" and time.m:
            first = times[at - 1].m if at and time.gap == "to" and times[at - 1].kind == "month" else time.m
            named.update(range(first, time.m + 1) if first and first <= time.m else {time.m})
    return sorted(named)


def _rules(each: _Round) -> list[tuple[str, Precision, bool]]:
    """Each rule with its precision, and whether it is only near to what the words say."""
    atom = each.atom
    if atom.kind == "times":
        if each.times:  # "02 lần/năm (tháng 4 và tháng 8)"
            return [(rule, "month", False) for rule in rule_of(atom.unit, atom.k, each.times)]
        rule, approximate = times_rule(atom.n, atom.k, atom.unit)
        return [(rule, _PRECISION[atom.unit], approximate)]
    if atom.kind == "last_day":
        return [(_last_day(atom), "day", False)]
    times = [*each.times, atom] if atom.kind == "quarter_month" else each.times
    precise: Precision = "day" if any(time.kind in ("date", "day", "weekday") for time in times) else (
        "month" if any(time.kind in ("month", "quarter_month") for time in times) else _PRECISION[each.unit]
    )  # fmt: skip
    if each.unit == "tháng" and each.every == 6 and precise == "month" and not times:
        precise = "half"
    near = atom.kind == "quarter_month" and atom.k > 1  # "tuần cuối của tháng cuối quý"
    return [(rule, "week" if near else precise, near) for rule in rule_of(each.unit, each.every, times)]


def times_rule(times: int, spread: int, unit: str) -> tuple[str, bool]:
    """So many times in a stretch of `spread` units: 2 a year -> every 6 months. True where that is only near."""
    months = _MONTHS.get(unit, 0) * spread
    if times <= 1:
        return rule_of(unit, spread, [])[0], False
    if months and months % times == 0:
        return rule_of("tháng", months // times, [])[0], False
    if months == 1 and times in (2, 3, 4):
        return rule_of("tuần", {2: 2, 3: 1, 4: 1}[times], [])[0], True  # no rule says "twice a month"
    return rule_of(unit, spread, [])[0], True


def _last_day(atom: Atom) -> str:
    position = -1 if atom.place == "cuối" else 1
    work = f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={position}" if atom.d else f"BYMONTHDAY={position}"
    if atom.unit == "tháng":
        return f"FREQ=MONTHLY;{work}"
    months = {"quý": ("3,6,9,12", "1,4,7,10"), "năm": ("12", "1")}[atom.unit][0 if position < 0 else 1]
    return f"FREQ=YEARLY;BYMONTH={months};{work}"


# --- which times belong to which round ------------------------------------------------------------------------------


def _collect(chain: Chain) -> list[_Round]:
    rounds: list[_Round] = []
    pending: list[Atom] = []
    for atom in chain.atoms:
        if atom.kind in ("periodic", "report"):
            continue
        if atom.kind == "quarter_month" and rounds and rounds[-1].unit == "quý" and rounds[-1].times:
            rounds[-1].times.append(atom)  # "hằng quý (trước ngày 05 của tháng cuối quý)"
        elif atom.kind == "following_years" and rounds and rounds[-1].times:
            continue  # "hằng năm, chậm nhất ngày 15/12 của năm trước"
        elif atom.kind in ROUNDS:
            each = _Round(atom, *_unit(atom))
            if pending:
                each.times, each.before, pending = pending, True, []
            elif rounds and rounds[-1].before and atom.gap == "and" and _days_only(rounds[-1].times):
                each.times, each.shared = rounds[-1].times, True  # "trước ngày 03 hằng tháng, hằng quý"
            rounds.append(each)
        elif atom.kind == "next_year" or (atom.kind in ("year", "period") and rounds):
            continue
        elif rounds and not rounds[-1].before and _belongs(atom, rounds[-1]):
            rounds[-1].times.append(atom)
            if atom.bound:
                rounds[-1].bounds = (*rounds[-1].bounds, atom.bound)
        else:
            pending.append(atom)
    return rounds


def _belongs(atom: Atom, each: _Round) -> bool:
    """Whether a time that stands behind a round is within it: in brackets, bound, or going on with its times."""
    return bool(each.times) or atom.gap in ("open", "of") or bool(atom.bound)


def _unit(atom: Atom) -> tuple[str, int]:
    if atom.kind in ("quarter_month", "following_years"):
        return "năm", 1
    if atom.kind in ("next_month", "next_week"):
        return ("tháng" if atom.kind == "next_month" else "tuần"), 1
    if atom.kind == "last_day":
        return atom.unit, 1
    return atom.unit, atom.k if atom.kind == "times" else atom.n


def _days_only(times: list[Atom]) -> bool:
    return bool(times) and all(time.kind == "day" for time in times)


def _bound(each: _Round, chain: Chain | None) -> Bound | None:
    classes = [*each.bounds]
    if chain is not None and (each.before or each.shared or not each.times):
        classes = [*chain.bounds, *classes]
    for time in each.times:
        if time.bound:
            classes.append(time.bound)
    if "before" in classes and "by" not in classes:
        return "before"
    if "by" in classes:
        return "by"
    if "from" in classes and "to" in [time.gap for time in each.times]:
        return "between"
    return "within" if "within" in classes else None


def _extent(chain: Chain, rounds: list[_Round], index: int) -> tuple[int, int]:
    """Where the words of one round begin and end: its share of the chain."""
    each = rounds[index]
    own = [each.atom] if each.shared else [each.atom, *each.times]
    start = chain.start if index == 0 else min(atom.own for atom in own)
    if index == len(rounds) - 1:
        return start, chain.end
    following = rounds[index + 1]
    closes = any(atom.closes for atom in (following.atom, *following.times))
    return start, max(atom.end for atom in own) + closes
