"""Days as plans write them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random


def day_words(rng: Random, day: date, *, year: bool = True) -> str:
    """A day behind the word "ngày": "05/3/2024", "5 tháng 3 năm 2024". Without its year where `year` is off."""
    form = rng.random()
    d = rng.choice((f"{day.day:02}", str(day.day)))
    m = rng.choice((f"{day.month:02}", str(day.month)))
    if form < 0.25:
        return f"{d} tháng {m}" + (f" năm {day.year}" if year else "")
    sign = "/" if form < 0.85 or not year else "-" if form < 0.93 else "."
    return f"{d}{sign}{m}" + (f"{sign}{day.year}" if year else "")


def slashed(rng: Random, day: date, *, year: bool = True) -> str:
    """A day in figures: "05/3/2024"."""
    return f"{day.day:02}/{rng.choice((f'{day.month:02}', str(day.month)))}" + (f"/{day.year}" if year else "")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def iso(day: date) -> str:
    """As JSON has it."""
    return day.isoformat()
