"""The columns of a table: which one names the indicator, which its unit, what was reached, what is planned.

A column is known by its name, and by what stands in it where the name alone may mean two things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from data import load
from extractors.targets.lexicon import anywhere, lexicon, opening
from extractors.targets.periods import Period, named_period
from extractors.targets.units import is_unit, unit_in_brackets
from extractors.vietnamese import fold
from models.outline import Table

# "place": those who are given a target each; "years": a time for each row, the indicators in the other columns
Use = Literal["ordinal", "indicator", "unit", "place", "years", "baseline", "value", "other"]

LONGEST_VALUE = 40
_LONGEST_PLACE = 80
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLACE_JOINT = re.compile(r"\s?[/,-]\s?|\s(?:và|hoặc)\s")
# "TH2024" and "KH2025", set together
_DONE_YEAR = re.compile(r"(?:ước )?(?:u|ư)?th ?(?:năm )?20\d\d(?!\d)")
_SET_YEAR = re.compile(r"(?:kh|ct) ?(?:năm )?20\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s*(?=[^\W\d_])")
COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zđ])\)?(?:\s?=.*)?$")
TOTAL = re.compile(r"(?:tổng cộng|cộng|tổng số|toàn tỉnh|toàn thành phố|tổng)\W*$")


class Column(msgspec.Struct, frozen=True):
    use: Use
    name: str  # as printed
    period: Period | None = None
    subject: str | None = None
    unit: str | None = None  # in brackets in its name
    cells: tuple[str, ...] = ()  # the header cells above it, top down


class Words(msgspec.Struct, frozen=True):
    ordinal: re.Pattern[str]
    indicator: re.Pattern[str]
    indicator_alone: re.Pattern[str]
    unit: re.Pattern[str]
    baseline: re.Pattern[str]
    other: re.Pattern[str]
    value: re.Pattern[str]
    money: re.Pattern[str]
    score: re.Pattern[str]
    place: re.Pattern[str]
    places: re.Pattern[str]
    years: re.Pattern[str]
    describing: re.Pattern[str]
    planned: re.Pattern[str]
    same: frozenset[str]


@cache
def column_words() -> Words:
    data = load("targets")["tables"]
    return Words(
        ordinal=opening(data["ordinal"]),
        indicator=opening(data["indicator"]),
        indicator_alone=opening(data["indicator_alone"]),
        unit=opening(data["unit"]),
        baseline=opening(data["baseline"]),
        other=opening(data["other"]),
        value=opening(data["value"]),
        money=anywhere(data["money"]),
        score=anywhere(data["score"]),
        place=opening(data["place"]),
        places=opening(data["places"]),
        years=opening(data["years"]),
        describing=anywhere(data["describing"]),
        planned=anywhere(data["planned"]),
        same=frozenset(fold(w) for w in data["same_unit"]),
    )


@cache
def value() -> re.Pattern[str]:
    """What a value cell begins with: a number, words of comparing before it allowed."""
    return re.compile(rf"(?:(?:{lexicon().cues}|từ|\+)\s*){{0,4}}\d")


def names_of(table: Table) -> list[tuple[str, ...]]:
    """The header cells above each column, top down, each once; rows that only number the columns left out."""
    rows = [[cell.text.strip() for cell in row] for row in table.rows[: table.header]]
    rows = [row for row in rows if not all(COLUMN_NUMBER.match(fold(words)) for words in row if words)]
    rows = _spread(_realigned(rows))
    return [tuple(dict.fromkeys(row[c] for row in rows if row[c])) for c in range(len(table.rows[0]))]


def _realigned(rows: list[list[str]]) -> list[list[str]]:
    """Header rows whose merged cells lost their widths, as in tables copied as plain rows: the cells of the second row
    then stand at the left, and the first row is too short. They go below the names that span them."""
    if len(rows) < 2:
        return rows
    width = len(rows[0])
    upper = [words for words in rows[0] if words]
    lower = [words for words in rows[1] if words]
    spanning = len(upper) + len(lower) - width
    aligned = rows[0][: len(upper)] == upper and rows[1][: len(lower)] == lower
    if not aligned or len(upper) == width or spanning < 1 or len(lower) % spanning:
        return rows
    parents = [i for i, words in enumerate(upper) if _may_span(words)]
    parents = parents[:1] if spanning == 1 else parents[-spanning:]
    if len(parents) != spanning:
        return rows
    each = len(lower) // spanning
    first: list[str] = []
    second: list[str] = []
    for i, words in enumerate(upper):
        first += [words] * (each if i in parents else 1)
        second += [lower.pop(0) for _ in range(each)] if i in parents else [""]
    return [first, second, *rows[2:]]


def _spread(rows: list[list[str]]) -> list[list[str]]:
    """Names that span columns, set above each of them: where such a cell is blank and a name stands below it, the one
    on its left goes on."""
    if len(rows) < 2:
        return rows
    first = rows[0][:]
    for c in range(1, len(first)):
        if not first[c] and rows[1][c] and rows[1][c - 1] and first[c - 1]:
            first[c] = first[c - 1]
    return [first, *rows[1:]]


def _may_span(words: str) -> bool:
    """Whether a header cell may stand over several columns."""
    known, key = column_words(), fold(words)
    return not any(p.match(key) for p in (known.ordinal, known.unit, known.indicator))


def columns_of(table: Table, names: Sequence[tuple[str, ...]], period: Period | None) -> list[Column]:
    columns: list[Column] = []
    indicator = measured = False
    for c, cells in enumerate(names):
        use: Use
        if _holds_places(table, c, cells):
            use = "place"
        elif not indicator and _holds_years(table, c, cells):
            use = "years"
        else:
            use = _use(cells, indicator, measured, is_numeric(table, c))
        indicator, measured = indicator or use == "indicator", measured or use == "unit"
        words = " ".join(cells)
        own = next((time for cell in reversed(cells) if (time := period_of(cell))), None) or period_of(words)
        subject = None
        if (
            use == "value"
            and len(cells) > 1
            and not _YEAR.search(cells[-1])
            and not column_words().value.match(fold(cells[-1]))
        ):
            subject = cells[-1]  # "Chỉ tiêu giao | Trung tâm Y tế A"
        unit = next((own_unit for cell in reversed(cells) if (own_unit := unit_in_brackets(cell)[1])), None)
        columns.append(Column(use, words, own or period, subject, unit, cells))
    return _with_places(table, columns) if indicator else columns


def _with_places(table: Table, columns: list[Column]) -> list[Column]:
    """Columns that are headed by those who are given a target each ("Chỉ tiêu | Huyện A | Huyện B | Toàn tỉnh") as
    columns of values; names alone ("Bắc Hà") only where no column is one of a plan's values."""
    words = column_words()
    planned = any(column.use == "value" for column in columns)
    names = [fold(column.cells[-1]) if column.cells else "" for column in columns]
    listed = sum(words.places.match(name) is not None for name in names)
    found: list[Column] = []
    for c, (column, name) in enumerate(zip(columns, names, strict=True)):
        if column.use != "other" or not name or not is_numeric(table, c) or words.other.match(name):
            found.append(column)
            continue
        printed = column.cells[-1]
        total = TOTAL.match(name) is not None
        named = printed[0].isupper() and not any(sign.isdigit() for sign in printed) and not planned
        if words.places.match(name) or (total and (listed or not planned)) or named:
            found.append(replace(column, use="value", subject=None if total else printed))
        else:
            found.append(column)
    return found


def _use(cells: tuple[str, ...], indicator: bool, unit: bool, numeric: bool) -> Use:
    """What a column is for, by its name, the lowest header cell first."""
    words = column_words()
    if not cells:
        return "other"
    keys = [fold(cell).strip(" .:") for cell in reversed(cells)]
    if any(words.ordinal.fullmatch(key) for key in keys):
        return "ordinal"
    if not unit and any(words.unit.fullmatch(key) for key in keys):
        return "unit"
    for key in keys:
        if words.baseline.match(key) or _DONE_YEAR.match(key) or re.search(r"(?<!\w)(?:ước|thực hiện năm|th \d)", key):
            return "baseline"
    named = any(words.indicator.match(key) or words.indicator_alone.fullmatch(key) for key in keys)
    if named and not indicator and not numeric:
        return "indicator"
    for key in keys:
        if (
            words.value.match(key)
            or _SET_YEAR.match(key)
            or re.fullmatch(r"(?:đến )?(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?", key)
        ):
            return "value" if numeric else "other"
        if words.other.match(key):
            return "other"
    return "other"


def _holds_places(table: Table, column: int, cells: tuple[str, ...]) -> bool:
    """Whether a column names those who are given a target each."""
    words = column_words()
    heads = [fold(cell).strip(" .:") for cell in cells]
    if not any(words.place.fullmatch(head) or _lists_places(head) for head in heads):
        return False
    filled = _filled(table, column)
    if 2 * sum(words.places.match(fold(cell)) is not None for cell in filled) >= len(filled) > 0:
        return True
    if any(words.unit.fullmatch(head) for head in heads):
        return False  # "Đơn vị" may as well be the unit of measure
    named = [c for c in filled if c[0].isupper() and len(c) <= _LONGEST_PLACE and not is_unit(c)]
    return 4 * len(named) >= 3 * len(filled) > 0


def _lists_places(head: str) -> bool:
    """Whether a name lists kinds of places: "Huyện/TX/TP", "Địa phương, đơn vị", "Xã và thị trấn"."""
    parts = [part.strip() for part in _PLACE_JOINT.split(head)]
    words = column_words()
    return len(parts) > 1 and all(words.place.fullmatch(part) or words.places.fullmatch(part) for part in parts)


def _holds_years(table: Table, column: int, cells: tuple[str, ...]) -> bool:
    """Whether a column names the time of each row: "Năm | Tỷ lệ bao phủ | Số giường"."""
    if not any(column_words().years.fullmatch(fold(cell).strip(" .:")) for cell in cells):
        return False
    filled = _filled(table, column)
    return bool(filled) and all(len(cell) <= LONGEST_VALUE and period_of(cell) is not None for cell in filled)


def _filled(table: Table, column: int) -> list[str]:
    """The filled cells of a column below the header."""
    return [row[column].text.strip() for row in table.rows[table.header :] if row[column].text.strip()]


def is_numeric(table: Table, column: int) -> bool:
    """Whether most of the column's filled cells are values."""
    filled = _filled(table, column)
    short = [c for c in filled if len(c) <= LONGEST_VALUE and _DIGIT.search(c)]  # most cells are words
    values = [c for c in short if value().match(fold(c)) and not ORDINAL.match(c)]
    return bool(filled) and 2 * len(values) >= len(filled)


def period_of(name: str) -> Period | None:
    key = fold(name)
    found = named_period(key)
    if found:
        return found
    years = sorted(set(_YEAR.findall(key)))
    if len(years) == 1:
        return Period(None if "đến" in key else f"{years[0]}-01-01", f"{years[0]}-12-31")
    return Period(f"{years[0]}-01-01", f"{years[-1]}-12-31") if len(years) == 2 and "-" in key else None
