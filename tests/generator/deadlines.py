"""Times of work: when it is due or done, in the words of `wordings/deadlines.toml`, with what they mean by the contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.generator.dates import day_words, iso, last_day, slashed
from tests.generator.piece import Piece, fill, join, mark, slots_of
from tests.generator.scene import Scene
from tests.generator.vocabulary import words

QUARTERS = ("I", "II", "III", "IV")
DUE = ("day", "month_end", "quarter_end")
WITHIN = ("month", "quarter", "half", "year", "late", "between", "years", "open", "issued")
BARE = ("bare_month", "bare_quarter", "half", "year", "late", "between", "years", "open", "issued")
"""As `WITHIN`, where the sentence leaves no doubt that a time follows."""
AGAIN = ("again", "again_due", "lists")
SHARES = {
    "day": 12, "month_end": 2, "quarter_end": 2,
    "month": 5, "quarter": 5, "bare_month": 5, "bare_quarter": 5, "half": 2, "year": 2, "late": 2,
    "between": 6, "years": 2, "open": 1, "issued": 1,
    "again": 5, "again_due": 6, "lists": 1, "offset": 3,
}  # fmt: skip
"""How often each kind of time is drawn, beside the others that a sentence takes."""


def when(scene: Scene, *kinds: str) -> Piece:
    """A time of one of the kinds, in small letters, marked as a deadline (several for a list)."""
    kind = scene.rng.choices(kinds, [SHARES[k] for k in kinds])[0]
    if kind in ("year", "years") and scene.one_year:  # the plan's own year says nothing of a single work
        kind = "quarter"
    return _KINDS[kind](scene)


def _day(scene: Scene) -> date:
    """A day of the plan's time, after its date of issue where that lies in the first year."""
    start = max(date(scene.year, 1, 10), scene.issued + timedelta(days=5))
    return start + timedelta(days=scene.rng.randrange(max(30, (date(scene.last_year, 12, 20) - start).days)))


def _told(scene: Scene, day: date) -> bool:
    """Whether the year of a day is told: always where the plan is for several years."""
    return not scene.one_year or day.year != scene.year or scene.chance(0.75)


def _month_words(scene: Scene, day: date) -> str:
    """ "tháng 3 năm 2024", "tháng 03/2024", or "tháng 3" in a plan for that year."""
    m = scene.pick((str(day.month), f"{day.month:02}"))
    return f"tháng {m}" + (scene.pick((f" năm {day.year}", f"/{day.year}")) if _told(scene, day) else "")


def _quarter_words(scene: Scene, day: date) -> str:
    """ "quý II năm 2024", "quý II/2024", "quý 2/2024", or "quý II" in a plan for that year."""
    number = (day.month - 1) // 3
    q = scene.pick((QUARTERS[number], QUARTERS[number], str(number + 1)))
    return f"quý {q}" + (scene.pick((f" năm {day.year}", f"/{day.year}")) if _told(scene, day) else "")


def _quarter_end(day: date) -> date:
    return last_day(day.year, (day.month - 1) // 3 * 3 + 3)


def _due(words_: str, end: date, bound: str) -> Piece:
    """`bound` is empty where the words say both "before" and "by"."""
    known = {"bound": bound} if bound else {}
    return mark(words_, "deadlines", kind="deadline", end_date=iso(end), **known)


def _interval(words_: str, start: date | None, end: date | None, **more: Any) -> Piece:
    fields = {"kind": "interval", "start_date": iso(start) if start else "", "end_date": iso(end) if end else ""}
    return mark(words_, "deadlines", **fields, **more)


def _by_day(scene: Scene) -> Piece:
    template, bound = scene.pick(words("deadlines")["day"])
    day = _day(scene)
    year = _told(scene, day)
    said = template.format(day=day_words(scene.rng, day, year=year), figures=slashed(scene.rng, day, year=year))
    return _due(said, day, bound)


def _by_month(scene: Scene) -> Piece:
    day = _day(scene)
    template = scene.pick(words("deadlines")["month_end"])
    return _due(template.format(month=_month_words(scene, day)), last_day(day.year, day.month), "by")


def _by_quarter(scene: Scene) -> Piece:
    day = _day(scene)
    template = scene.pick(words("deadlines")["quarter_end"])
    return _due(template.format(quarter=_quarter_words(scene, day)), _quarter_end(day), "by")


def _in_month(scene: Scene, how: str = "month") -> Piece:
    day = _day(scene)
    said = scene.pick(words("deadlines")[how]).format(month=_month_words(scene, day))
    return _interval(said, day.replace(day=1), last_day(day.year, day.month))


def _in_quarter(scene: Scene, how: str = "quarter") -> Piece:
    day = _day(scene)
    said = scene.pick(words("deadlines")[how]).format(quarter=_quarter_words(scene, day))
    end = _quarter_end(day)
    return _interval(said, date(day.year, end.month - 2, 1), end)


def _in_half(scene: Scene) -> Piece:
    year = _day(scene).year
    said = scene.pick(words("deadlines")["half"])
    first, last = (7, 12) if "cuối" in said else (1, 9) if "9" in said else (1, 6)
    return _interval(said.format(year=year), date(year, first, 1), last_day(year, last))


def _in_year(scene: Scene) -> Piece:
    year = _day(scene).year
    said = scene.pick(words("deadlines")["year"]).format(year=year)
    return _interval(said, date(year, 1, 1), date(year, 12, 31))


def _late(scene: Scene) -> Piece:
    day = _day(scene)
    said = scene.pick(words("deadlines")["late"]).format(month=_month_words(scene, day))
    return _interval(said, day.replace(day=21), last_day(day.year, day.month), approximate=True)


def _between(scene: Scene) -> Piece:
    template = scene.pick(words("deadlines")["between"])
    slots = slots_of(template)
    first = _day(scene).replace(day=scene.rng.randint(1, 14))
    month_only = "month" in slots or "m" in slots
    start = first.replace(day=1) if month_only else first
    if "same_month_day" in slots:
        end = first + timedelta(days=scene.rng.randint(3, 13))
    else:
        if first.month == 12:
            first, start = first.replace(month=6), start.replace(month=6)
        months = scene.rng.randint(1, 12 - first.month)
        other = first.replace(month=first.month + months)
        end = last_day(other.year, other.month) if month_only else other + timedelta(days=scene.rng.randint(0, 12))
    year = _told(scene, first)
    said = template.format(
        day=day_words(scene.rng, start, year=year),
        next_day=day_words(scene.rng, end, year=year),
        figures=slashed(scene.rng, start, year=False),
        next_figures=slashed(scene.rng, end, year=True),
        month=f"tháng {start.month}" + (f"/{start.year}" if year else ""),
        next_month=f"tháng {end.month}" + (f"/{end.year}" if year else ""),
        next_month_last=slashed(scene.rng, end),
        m=start.month,
        next_m=end.month,
        year=start.year,
        d=start.day,
        same_month_day=slashed(scene.rng, end),
    )
    return _interval(said, start, end)


def _years(scene: Scene) -> Piece:
    said = scene.pick(words("deadlines")["years"]).format(year=scene.year, last_year=scene.last_year)
    return _interval(said, date(scene.year, 1, 1), date(scene.last_year, 12, 31))


def _open(scene: Scene) -> Piece:
    day = _day(scene)
    template = scene.pick(words("deadlines")["open"])
    said = template.format(figures=slashed(scene.rng, day), month=f"tháng {day.month} năm {day.year}")
    start = day if "figures" in slots_of(template) else day.replace(day=1)
    return _interval(said, start, None, anchor=template.split("đến khi ")[1])


def _from_issue(scene: Scene) -> Piece:
    day = _day(scene)
    template = scene.pick(words("deadlines")["issued"])
    said = template.format(day=day_words(scene.rng, day), month=f"tháng {day.month} năm {day.year}")
    end = day if "day" in slots_of(template) else last_day(day.year, day.month)
    known = scene.issued if scene.day_known else None
    return _interval(said, known, end, anchor="issue_date")


def _again(scene: Scene) -> Piece:
    said, rule = scene.pick(words("deadlines")["again"])
    return mark(said.format(hang=scene.hang), "deadlines", kind="recurring", rrule=rule)


def _again_due(scene: Scene) -> Piece:
    template, rule, bound = scene.pick(words("deadlines")["again_due"])
    n, m = scene.rng.randint(5, 28), scene.rng.randint(1, 12)
    said = template.format(n=f"{n:02}", n_m=f"{n:02}/{m}", m=m, hang=scene.hang)
    known = {"bound": bound} if bound else {}
    return mark(said, "deadlines", kind="recurring", rrule=rule.format(n=n, m=m), **known)


def _listed(scene: Scene) -> Piece:
    parts: list[Piece | str] = []
    for said, rule in scene.pick(words("deadlines")["lists"]):
        glue, phrase = said[: len(said) - len(said.lstrip(" ,"))], said.lstrip(" ,")
        if phrase.startswith("và "):
            glue, phrase = glue + "và ", phrase.removeprefix("và ")
        parts += [glue, mark(phrase.format(hang=scene.hang), "deadlines", kind="recurring", rrule=rule)]
    return join(parts)


def _offset(scene: Scene) -> Piece:
    template, offset, unit = scene.pick(words("deadlines")["offset"])
    event = scene.pick(words("deadlines")["events"])
    n = scene.pick((3, 5, 7, 10, 15, 30))
    said = fill(template, n=f"{n:02}", event=event)
    known = {"offset_unit": unit} if unit else {}
    return mark(said, "deadlines", kind="relative", offset=offset.format(int=n), anchor=event, **known)


_KINDS = {
    "day": _by_day,
    "month_end": _by_month,
    "quarter_end": _by_quarter,
    "month": _in_month,
    "bare_month": lambda scene: _in_month(scene, "bare_month"),
    "quarter": _in_quarter,
    "bare_quarter": lambda scene: _in_quarter(scene, "bare_quarter"),
    "half": _in_half,
    "year": _in_year,
    "late": _late,
    "between": _between,
    "years": _years,
    "open": _open,
    "issued": _from_issue,
    "again": _again,
    "again_due": _again_due,
    "lists": _listed,
    "offset": _offset,
}
