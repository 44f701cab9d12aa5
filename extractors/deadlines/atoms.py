"""Finding time expressions: one scan for places where an atom may begin, then atoms joined into chains.

An *atom* is one time or round ("ngày 15/12", "quý II/2025", "hằng năm"). A *chain* is a run of atoms with nothing but
a connector between two of them ("từ tháng 3 | đến | tháng 10 năm 2026", "trước ngày 15/6 | và | 15/12 | hằng năm").
What a chain means is read in `spans` (times that stand still) and `rounds` (times that come again).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.deadlines.grammar import (
    anchor,
    bound_words,
    bound_words_by_last,
    compiled,
    count,
    grammar,
    opening,
    rules,
)

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LONGEST = 40  # atoms of one expression: what goes on is another one
_LEAD = 90  # how many characters before an expression its bound words may reach back
_LONGEST_CLOCK = 60  # characters of "kể từ 08 giờ 00 phút đến 11 giờ 30 phút, trong "
_TENS = {"thượng": "đầu", "trung": "giữa", "hạ": "cuối"}
_UNITS = {"quí": "quý"}
_MONTH_OF_QUARTER = {"nhất": "đầu", "1": "đầu", "hai": "giữa", "2": "giữa", "ba": "cuối", "3": "cuối"}
_FINE = ("ngày", "tuần", "tháng")  # rounds that a season holds
_CALENDAR = frozenset({"date", "month", "quarter", "half", "year", "period"})
_PERIODIC = ("periodic", "report")  # what a list of rounds hangs on


class Atom(NamedTuple):
    """One time or round with what its words say."""

    kind: str
    start: int
    end: int
    weak: bool = False  # needs a label, a column or a neighbour to count
    y: int | None = None
    m: int | None = None  # the month; of a quarter its number
    d: int | None = None  # the day; of a week of a month its number
    n: int = 1  # how many: months of a half-year, units of a round, times in `k` units; the last of several weeks
    k: int = 1
    y2: int | None = None  # the last year of a period
    unit: str = ""  # of a round; of a day of the week its name in RFC 5545
    place: str = ""  # đầu, giữa, cuối
    gap: str = ""  # how it hangs on the atom before it: "to", "and", "open" (a bracket), "of"
    bound: str = ""  # the class of the bound words in that gap
    own: int = 0  # where the atom begins with the bound words of its gap
    worded: bool = True  # "ngày 31/3" against a bare "31/3"
    closes: bool = False  # whether its gap closes the bracket that the atom before stands in


class Chain(NamedTuple):
    """Atoms of one expression with the bound words before it. `start` includes them; `first` is the first atom's own
    start; `tail` is how it ends: "open" ("trở đi"), or "event" with the span of its words ("đến khi ...")."""

    atoms: tuple[Atom, ...]
    start: int
    first: int
    end: int
    bounds: tuple[str, ...]
    tail: str = ""
    event: tuple[int, int] | None = None


def chains(low: str) -> Iterator[Chain]:
    """Every chain of the lower-case text, in order. Linear: each place is looked at a bounded number of times."""
    position = 0
    search = anchor().search
    while match := search(low, position):
        start = match.start()
        atom = read_atom(low, start)
        if atom is None:
            # The anchor's first word held no time; what follows it within the anchor may.
            position = _next_word(low, start, match.end())
            continue
        chain = _grow(low, atom)
        yield chain
        position = max(chain.end, start + 1)


def _next_word(low: str, start: int, end: int) -> int:
    space = low.find(" ", start, end)
    return space + 1 if 0 <= space < end - 1 else end


def read_atom(low: str, start: int, joined: bool = False) -> Atom | None:
    """The atom that begins at `start`; None where none does. `joined` when a connector leads to it."""
    before = low[start - 1] if start else " "
    if not joined and (before.isalnum() or (before in "/.,-" and not _opens_number(low, start))):
        return None
    match = opening().match(low, start)
    if not match or not match.lastgroup:
        return None
    for rule in rules()[int(match.lastgroup[1:]) :]:
        found = rule.pattern.match(low, start)
        if found and (atom := _atom(rule.kind, rule.weak, found)):
            return atom
    return None


def _opens_number(low: str, start: int) -> bool:
    """Whether figures behind a sign open a number of their own ("- 31/3", ", 15/12"), not the tail of one."""
    return not low[start].isdigit() or start < 2 or not low[start - 2].isalnum()


def _atom(kind: str, weak: bool, match: re.Match[str]) -> Atom | None:
    groups = match.groupdict()
    start, end = match.span()
    year = groups.get("y") or groups.get("yy")
    y = int(year) if year else None
    if y is not None and y < 100:
        y += 2000
    d = int(groups["d"]) if groups.get("d") else None
    m = int(groups["m"]) if groups.get("m") else None
    if kind == "date":
        if m is None or d is None or not 1 <= m <= 12 or not 1 <= d <= 31:
            return None
        weak = y is None and not groups.get("word") and "tháng" not in match.group()
    n = count(groups.get("n") or groups.get("n2"), 6 if kind == "half" else 1)
    if kind == "soon":
        n = {"nay": 0, "mai": 1}.get(match.group().split()[-1], 2)  # days after that of the plan
    place = groups.get("place") or ""
    unit = groups.get("unit") or ""
    if kind == "quarter":
        q = groups.get("q")
        m = (1 if place == "đầu" else 4) if not q else _ROMAN.get(q) or int(q)
        place = ""
    elif kind == "weekday":
        unit = grammar()["recurrence"]["days"].get(groups.get("weekday"), "SU")
    elif kind == "week":
        d = _week(groups["week"])
        n = _week(groups["last"]) if groups.get("last") else d
    elif kind == "part":
        place = _TENS.get(place, place)
    elif kind == "last_day":
        d = 1 if groups.get("work") else 0
    elif kind == "quarter_month":
        place, k = _MONTH_OF_QUARTER.get(place, place), 2 if groups.get("week") else 1
        return Atom(kind, start, end, weak, k=k, place=place, own=start)
    return Atom(
        kind, start, end, weak, y, m, d, n, count(groups.get("k")), int(groups["y2"]) if groups.get("y2") else None,
        _UNITS.get(unit, unit), place, own=start, worded=not weak,
    )  # fmt: skip


def _week(word: str) -> int:
    """Which week of a month its word names."""
    return int(word) if word.isdecimal() else _ROMAN.get(word) or int(grammar()["recurrence"]["weeks"][word])


# --- chains -----------------------------------------------------------------------------------------------------


def _grow(low: str, first: Atom) -> Chain:
    """The chain that begins with `first`: atoms on the right as long as connectors lead on, bound words on the left."""
    atoms = [first]
    periodic = first.kind in _PERIODIC
    while len(atoms) < _LONGEST:
        last = atoms[-1]
        cyclic = periodic or any(atom.kind == "every" for atom in atoms)
        following = _follow(low, last, periodic, cyclic, prefix=last.kind in ("part", "week"))
        if following is None or _apart(low, atoms, following):
            break
        periodic = periodic or following.kind in ("periodic", "duration")
        atoms.append(following)
    atoms = _settle(atoms)
    end = atoms[-1].end
    tail, event = "", None
    if low[end : end + 2] in (" (", ", ") and (day := compiled("tails", "weekday").match(low, end)):
        end = day.end()
    if opened := compiled("tails", "open").match(low, end):
        tail, end = "open", opened.end()
    elif until := compiled("tails", "until_event").match(low, end):
        tail, event = "event", until.span("anchor")
        event = (event[0], event_end(low, *event))
        end = event[1]
    elif low[end : end + 1] == ")" and low.find("(", atoms[0].end, end) >= 0:
        end += 1
    start, bounds = _bounds(low, atoms[0].start, any(atom.gap == "to" for atom in atoms))
    return Chain(tuple(atoms), start, atoms[0].start, end, bounds, tail, event)


def _apart(low: str, atoms: list[Atom], following: Atom) -> bool:
    """Whether a round only stands in one list with a time ("Quý IV/2025; hằng năm", "sơ kết hằng năm, tổng kết vào cuối
    năm 2025") and is no round of it."""
    if following.kind == "following_years" and following.gap != "of":
        return True  # "Quý IV năm 2025 và các năm tiếp theo" is an open end
    if following.gap == "and" and atoms[-1].kind == "every":
        if following.bound == "from" and following.kind in _CALENDAR and atoms[-1].unit in _FINE:
            return True  # "hằng tháng, từ tháng 3" is a round and where it begins
        part_of_year = following.kind == "part" and low.startswith("năm", following.end)
        quarter = following.kind == "quarter" and atoms[-1].unit in _FINE
        return bool(following.y) or part_of_year or quarter or following.kind in ("year", "period", "half")
    last = atoms[-1]
    if last.kind == "every" and last.unit in _FINE and following.kind in _CALENDAR:
        return True  # "hằng tháng từ tháng 4 đến tháng 11" is a round and its season
    if any(atom.kind in ("every", "duration", "times", "report", "periodic") for atom in atoms):
        return False
    if following.kind == "every" and following.unit in _FINE and last.kind in ("month", "quarter", "half"):
        return True  # "từ tháng 4 đến tháng 11, hằng tuần"
    if following.gap == "and" and last.kind in _CALENDAR:
        if following.kind == "periodic" or (last.kind == "date" and following.kind in ("quarter", "half", "year")):
            return True  # "trước ngày 30/4; định kỳ 02 tháng/lần", "... trước ngày 10/6, quý III trước ngày 10/9"
        if following.kind in ("every", "times") and ";" in low[last.end : following.own]:
            return True
    return (
        following.gap == "and"
        and following.kind in ("every", "periodic")
        and any(atom.y or atom.kind in ("quarter", "half", "year", "period") for atom in atoms)
    )


def _follow(low: str, last: Atom, periodic: bool, cyclic: bool, prefix: bool) -> Atom | None:
    """The atom that hangs on `last`, with the connector between; None where the expression ends."""
    if prefix:
        atom = read_atom(low, last.end, joined=True)
        return atom._replace(gap="of") if atom else None
    if last.kind in _PERIODIC:
        opening = last.end + (low[last.end : last.end + 1] == "(")
        return _duration(low, opening, "of") or _hang(low, opening, last, "of", "", last.end)
    for name in ("to", "and", "aside", "open", "of"):
        gap = compiled("gaps", name).match(low, last.end)
        if not gap or (gap.end() == last.end and name != "of"):
            continue
        if name == "aside":
            if last.kind != "date":
                continue
            name = "and"
        at = gap.end()
        words = compiled("gaps", "bound").match(low, at)
        bound_end = words.end() if words else at
        bound = _bound_class(low[at:bound_end].strip()) if bound_end > at else ""
        if name == "to" and "trước" in gap.group():
            bound = "before"
        if name == "of" and gap.end() == last.end and bound_end == at:
            continue
        listed = cyclic and name in ("and", "open")
        if listed and (found := _duration(low, at, name)) and (periodic or found.n > 1 or _coarser(low, last, found)):
            return found._replace(closes=gap.group().startswith(")"))
        if found := _hang(low, bound_end, last, name, bound, at):
            return found._replace(closes=gap.group().startswith(")"))
    return None


def _hang(low: str, at: int, last: Atom, gap: str, bound: str, own: int) -> Atom | None:
    """The atom at `at` as the follower of `last`; numbers alone go on with a list of months or quarters."""
    if gap in ("to", "and") and last.kind in ("month", "quarter") and not (last.kind == "month" and last.y):
        listed = compiled("gaps", last.kind).match(low, at)
        if listed:
            year = int(listed["y"]) if listed["y"] else None
            value = listed["m"] if last.kind == "month" else listed["q"]
            number = int(value) if value.isdecimal() else _ROMAN[value]
            return Atom(last.kind, at, listed.end(), m=number, y=year, gap=gap, bound=bound, own=own)
    if gap in ("to", "and") and last.kind in ("day", "date"):
        listed = compiled("gaps", "day").match(low, at)
        if (
            listed
            and (listed["m"] or last.kind == "day")
            and not read_atom(low, at, joined=True)
            and int(listed["m"] or 1) <= 12
        ):
            month = int(listed["m"]) if listed["m"] else None
            kind = "date" if month else "day"
            return Atom(kind, at, listed.end(), m=month, d=int(listed["d"]), gap=gap, bound=bound, own=own)
    atom = read_atom(low, at, joined=True)
    if atom is None or (gap == "of" and not _may_touch(last, atom)):
        return None
    return atom._replace(gap=gap, bound=bound, own=own)


def _may_touch(last: Atom, atom: Atom) -> bool:
    """Whether two atoms with no connector but "của" make one expression ("ngày 15/12 hằng năm")."""
    if atom.kind in (
        "every",
        "periodic",
        "times",
        "quarter_month",
        "next_month",
        "next_week",
        "next_year",
        "following_years",
    ):
        return True
    if last.kind in ("every", "periodic", "times"):
        return True
    if last.kind == "weekday" or atom.kind == "weekday":
        return True
    if atom.kind == "month":
        return last.kind == "day" and not atom.weak
    return last.kind in ("day", "date", "month", "quarter", "half") and atom.kind == "year" and not atom.weak


def _duration(low: str, at: int, gap: str) -> Atom | None:
    match = compiled("duration", "pattern").match(low, at)
    if not match:
        return None
    unit = match["unit"]
    return Atom(
        "duration", at, match.end(), n=count(match["n"]), unit=_UNITS.get(unit, unit), gap=gap, own=at, worded=True
    )


def _coarser(low: str, last: Atom, atom: Atom) -> bool:
    """Whether a unit alone goes on with "hằng quý": a longer one, with nothing behind it that it could belong to."""
    units = ("ngày", "tuần", "tháng", "quý", "năm")
    if last.kind not in ("every", "duration") or {last.unit, atom.unit} - {*units} or atom.gap != "and":
        return False
    longer = units.index(atom.unit) > units.index(last.unit)
    return longer and compiled("gaps", "listed").match(low, atom.end) is not None


def _settle(atoms: list[Atom]) -> list[Atom]:
    """Join a part or week to the month that it belongs to; drop what hangs loose at the end."""
    joined: list[Atom] = []
    for atom in atoms:
        if joined and joined[-1].kind in ("part", "week") and atom.kind in ("month", "quarter", "year"):
            part = joined.pop()
            if part.kind == "part":
                atom = atom._replace(place=part.place)
            else:
                atom = atom._replace(kind="week", d=part.d, n=part.n)
            atom = atom._replace(start=part.start, own=part.own, gap=part.gap, bound=part.bound)
        joined.append(atom)
    weekly = any(atom.kind in ("every", "next_week") for atom in joined)
    while len(joined) > 1 and (joined[-1].kind in ("part", "week") or _loose(joined, weekly)):
        joined.pop()
    return joined


def _loose(atoms: list[Atom], weekly: bool) -> bool:
    """A bare number that no list and no range before it explains, a day of the week that no round does."""
    last, before = atoms[-1], atoms[-2]
    if last.kind == "weekday":
        return not weekly
    if not last.weak:
        return False
    if last.gap == "open" and last.kind == "year":
        return True
    return last.kind == "year" and last.gap == "and" and before.kind not in ("year", "period")


def _bounds(low: str, start: int, stretch: bool) -> tuple[int, tuple[str, ...]]:
    """The bound words before `start`: where they begin, and their classes from left to right.

    "từ 8 giờ ngày 05/8" is when a day's work begins; with "kể" or an end (`stretch`) it is when a stretch of time does.
    """
    floor = max(low.rfind("\n", max(0, start - _LEAD), start) + 1, start - _LEAD, 0)
    found: list[str] = []
    position = start
    clock = compiled("clock", "pattern")
    while position > floor:
        left = low[floor:position]
        trimmed = left.rstrip(" :(") if not found else left.rstrip(" ")
        if not found and (hour := clock.search(left, max(len(left) - _LONGEST_CLOCK, 0))):
            position = floor + hour.start()
            since = hour["since"]
            if since and (stretch or since != "từ "):
                found.append("from")
            continue
        for word, name in _ending_alike(trimmed):
            if trimmed.endswith(word) and not trimmed[-len(word) - 1 : -len(word)].isalnum():
                if trimmed != left.rstrip(" ") and name != "by":
                    continue  # over a colon or bracket only "thời hạn: ...", "hạn cuối (...)"
                found.insert(0, name)
                position = floor + len(trimmed) - len(word)
                break
        else:
            break
    classes = tuple(name for name in found if name != "filler")
    if not classes and compiled("limit", "pattern").search(low, floor, start):
        return start, ("by",)
    return (position, classes) if classes else (start, ())


def _ending_alike(words: str) -> Sequence[tuple[str, str]]:
    """The bound words that may end some words: those with the same last one. They all end with a letter."""
    at = len(words)
    while at and words[at - 1].isalnum():
        at -= 1
    return bound_words_by_last().get(words[at:], ())


def _bound_class(words: str) -> str:
    """The class of the last bound word in a run ("chậm nhất là" -> "by")."""
    for word, name in bound_words():
        if words == word or words.endswith(" " + word) or words.startswith(word + " "):
            return name
    return ""


def event_end(low: str, start: int, end: int) -> int:
    """Where the words of an event end."""
    match = compiled("offset", "stop").search(low, start, end)
    stop = match.start() if match else end
    comma = low.find(",", start, stop)
    return comma if comma > 0 else stop
