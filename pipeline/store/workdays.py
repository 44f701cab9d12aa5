"""Working days in Viet Nam: no Saturday, Sunday, public holiday or day that was made free by moving a working day.

The package `holidays` knows them: fixed and lunar holidays of every year, and the days moved by decisions of the
government as far as they are published.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

_ONE = dt.timedelta(days=1)


@lru_cache(maxsize=10_000)
def working_day(day: dt.date) -> dt.date:
    """The day, or the next one on which offices work: a time that ends on a day off ends with the next working day
    (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
    while not _of_year(day.year).is_working_day(day):
        day += _ONE
    return day


@lru_cache(maxsize=200)
def _of_year(year: int) -> Any:
    from holidays import country_holidays  # a tenth of a second, for who saves plans

    return country_holidays("VN", years=year)
