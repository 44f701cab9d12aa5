"""Tables of targets: one target per row and column of a year (or of a unit that the target is given to).

A column is known by its name: the indicator, its unit, what was reached (a baseline, never a target), what is planned.
Rows without a value are headings of the rows below them; a blank unit is the one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import msgspec

from data import load
from extractors.confidence import left, sure
from extractors.targets import wording
from extractors.targets.clauses import read_line
from extractors.targets.judge import Place
from extractors.targets.lexicon import anywhere, lexicon, opening
from extractors.targets.periods import Period, named_period, times
from extractors.targets.quantities import base_of, denominator, named_share
from extractors.targets.readings import Reading
from extractors.vietnamese import fold
from models.outline import CellText, Table
from models.plan import Baseline, Change, Span, Target

Use = Literal["ordinal", "indicator", "unit", "place", "baseline", "value", "other"]

# A row's span holds the indicator with the value while it is this short; else the value alone.
_LONGEST_SPAN = 100
_LONGEST_VALUE = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BULLET = re.compile(r"^[-+*•\s]+")
_ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s*(?=[^\W\d_])")
_PART = re.compile(r"^[-+*•\s]*trong đó\s?:\s*(?=\S)", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zđ])\)?(?:\s?=.*)?$")
# "Đơn vị tính: %" above the table
_TABLE_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s?:?\s?([^\n().;|]{1,20})[).;]?\s*(?:\||$)")
_REFERENCE = re.compile(r"kèm theo[^\n]*|(?:quyết định|kế hoạch|nghị quyết|công văn)(?: này)? số[^\n]*")
_BRACKET = re.compile(r"\(([^()]{1,20})\)")
_NUMBERING = re.compile(
    r"^(?:(?:biểu|bảng|phụ lục|mẫu)(?: số)? )?(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.):]\s*", re.IGNORECASE
)
_OWN_MEASURE = re.compile(r"(?:tỉ lệ|tỉ suất|tỉ số|tổng|số|mức|chỉ số|tốc độ|dân số|thu nhập|tuổi thọ)(?!\w)")
_TITLE = re.compile(
    r"^(?:(?:bảng|biểu)\s)?(?:giao\s|phân bổ\s)?(?:các\s)?chỉ tiêu\s(?:giao\s)?(?:về\s)?", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:tổng cộng|cộng|tổng số|toàn tỉnh)\W*$")


@dataclass(frozen=True, slots=True)
class _Column:
    use: Use
    name: str  # as printed
    period: Period | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    ordinal: re.Pattern[str]
    indicator: re.Pattern[str]
    unit: re.Pattern[str]
    baseline: re.Pattern[str]
    other: re.Pattern[str]
    value: re.Pattern[str]
    money: re.Pattern[str]
    score: re.Pattern[str]
    place: re.Pattern[str]
    places: re.Pattern[str]
    same: frozenset[str]


@cache
def _words() -> _Words:
    data = load("targets")["tables"]
    return _Words(
        ordinal=opening(data["ordinal"]),
        indicator=opening(data["indicator"]),
        unit=opening(data["unit"]),
        baseline=opening(data["baseline"]),
        other=opening(data["other"]),
        value=opening(data["value"]),
        money=anywhere(data["money"]),
        score=anywhere(data["score"]),
        place=opening(data["place"]),
        places=opening(data["places"]),
        same=frozenset(fold(w) for w in data["same_unit"]),
    )


@cache
def _value() -> re.Pattern[str]:
    """What a value cell begins with: a number, words of comparing before it allowed."""
    return re.compile(rf"(?:(?:{lexicon().cues}|từ|\+)\s*){{0,4}}\d")


def read_table(
    text: str, table: Table, above: str, place: Place, period: Period | None, year: int | None
) -> tuple[Target, ...] | None:
    """The targets of a table; empty where it is one of money or marks, None where it is no table of numbers at all and
    its cells are better read as lines.

    `above` are the folded words over the table, `place` and `period` those of the headings, `year` the plan's own.
    """
    if not table.header or len(table.rows) <= table.header:
        return None
    lex = lexicon()
    if place.forecast or (table.caption and lex.forecast.match(fold(table.caption).strip(" *"))):
        return ()
    words = _words()
    names = _names(table)
    head = above + " | " + " | ".join(fold(" ".join(n)) for n in names)
    about = lexicon().target_words.search(head) is not None
    columns = _columns(table, names, named_period(_without_references(above), year) or period)
    uses = [column.use for column in columns]
    if words.score.search(head):
        return ()
    unit = _TABLE_UNIT.search(above)
    common = unit[1].strip() if unit else None
    if "indicator" not in uses and "place" in uses and (about or place.targets) and not words.money.search(head):
        return tuple(_rows_of_places(text, table, columns, year, common))
    if "indicator" not in uses or "value" not in uses:
        return None
    if (words.money.search(head) and not about) or (unit and "đồng" in unit[1]):
        return ()
    if not (about or place.targets or "unit" in uses) or place.criteria or place.budget:
        return None
    if place.results and not about:
        return ()
    how = "table" if about or place.targets else "table_untitled"
    return tuple(_rows(text, table, columns, year, how, common))


def _without_references(above: str) -> str:
    return _REFERENCE.sub(" ", above)


def _names(table: Table) -> list[tuple[str, ...]]:
    """The header cells above each column, top down, each once; rows that only number the columns left out."""
    rows = [[cell.text.strip() for cell in row] for row in table.rows[: table.header]]
    rows = [row for row in rows if not all(_COLUMN_NUMBER.match(fold(words)) for words in row if words)]
    rows = _realigned(rows)
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


def _may_span(words: str) -> bool:
    """Whether a header cell may stand over several columns."""
    known, key = _words(), fold(words)
    return not any(p.match(key) for p in (known.ordinal, known.unit, known.indicator))


def _columns(table: Table, names: Sequence[tuple[str, ...]], period: Period | None) -> list[_Column]:
    columns: list[_Column] = []
    indicator = unit = False
    for c, cells in enumerate(names):
        use: Use = "place" if _holds_places(table, c, cells) else _use(cells, indicator, unit, _is_numeric(table, c))
        indicator, unit = indicator or use == "indicator", unit or use == "unit"
        words = " ".join(cells)
        own = _period_of(words)
        subject = None
        if (
            use == "value"
            and len(cells) > 1
            and not _YEAR.search(cells[-1])
            and not _words().value.match(fold(cells[-1]))
        ):
            subject = cells[-1]  # "Chỉ tiêu giao | Trung tâm Y tế A"
        columns.append(_Column(use, words, own or period, subject))
    return columns


def _use(cells: tuple[str, ...], indicator: bool, unit: bool, numeric: bool) -> Use:
    """What a column is for, by its name, the lowest header cell first."""
    words = _words()
    if not cells:
        return "other"
    keys = [fold(cell).strip(" .:") for cell in reversed(cells)]
    if any(words.ordinal.fullmatch(key) for key in keys):
        return "ordinal"
    if not unit and any(words.unit.fullmatch(key) for key in keys):
        return "unit"
    for key in keys:
        if words.baseline.match(key) or re.search(r"(?<!\w)(?:ước|thực hiện năm|th \d)", key):
            return "baseline"
    if not indicator and not numeric and any(words.indicator.match(key) for key in keys):
        return "indicator"
    for key in keys:
        if words.value.match(key) or re.fullmatch(r"(?:đến )?(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?", key):
            return "value" if numeric else "other"
        if words.other.match(key):
            return "other"
    return "other"


def _holds_places(table: Table, column: int, cells: tuple[str, ...]) -> bool:
    """Whether a column names those who are given a target each."""
    words = _words()
    if not any(words.place.fullmatch(fold(cell).strip(" .:")) for cell in cells):
        return False
    filled = [row[column].text.strip() for row in table.rows[table.header :] if row[column].text.strip()]
    return 2 * sum(words.places.match(fold(cell)) is not None for cell in filled) >= len(filled) > 0


def _is_numeric(table: Table, column: int) -> bool:
    """Whether most of the column's filled cells are values."""
    filled = [row[column].text.strip() for row in table.rows[table.header :] if row[column].text.strip()]
    values = [c for c in filled if len(c) <= _LONGEST_VALUE and _value().match(fold(c)) and not _ORDINAL.match(c)]
    return bool(filled) and 2 * len(values) >= len(filled)


def _period_of(name: str) -> Period | None:
    key = fold(name)
    found = named_period(key)
    if found:
        return found
    years = sorted(set(_YEAR.findall(key)))
    if len(years) == 1:
        return Period(None if "đến" in key else f"{years[0]}-01-01", f"{years[0]}-12-31")
    return Period(f"{years[0]}-01-01", f"{years[-1]}-12-31") if len(years) == 2 and "-" in key else None


@dataclass(slots=True)
class _Row:
    """Where the rows stand: the heading rows above and the unit in force."""

    group: str | None = None
    parent: str | None = None
    unit: str | None = None


def _rows(
    text: str, table: Table, columns: Sequence[_Column], year: int | None, how: str, common: str | None
) -> Iterable[Target]:
    """The targets row by row; `common` is the unit that holds for the whole table."""
    at = {use: c for c, use in reversed(list(enumerate(column.use for column in columns)))}
    state = _Row()
    for cells in table.rows[table.header :]:
        name = cells[at["indicator"]]
        if _numbers_columns(cells) or not name.text.strip():
            continue
        words = name.text.strip()
        bulleted = _BULLET.match(words) is not None
        part = _PART.match(words)
        bulleted = bulleted or part is not None
        words = _ORDINAL.sub("", _BULLET.sub("", words[part.end() :] if part else words)).strip(" :;.")
        values = _values(cells, columns, name)
        unit = _unit(cells[at["unit"]].text if "unit" in at else "", state, bool(values)) or common
        if not values:
            if fold(words) not in ("trong đó", "bao gồm", "gồm"):
                state.group, state.parent = words, None
            continue
        if _TOTAL.match(fold(words)) and not unit:
            continue
        indicator = _indicator(words, bulleted, state)
        if not bulleted:
            state.parent = words
            if "ordinal" in at and not cells[at["ordinal"]].text.strip():
                state.parent = None
        baseline = _baseline(cells, columns, _scaled(unit)[0])
        for column, cell in values:
            target = _target(text, name, cell, column, indicator, unit, how)
            if target and not _is_over(column.period, year):
                yield msgspec.structs.replace(target, baseline=baseline)


def _rows_of_places(
    text: str, table: Table, columns: Sequence[_Column], year: int | None, common: str | None
) -> Iterable[Target]:
    """A table that gives each unit its own number: the columns are the indicators, the rows whom they are for."""
    at = next(c for c, column in enumerate(columns) if column.use == "place")
    named: dict[int, tuple[str, str | None]] = {}
    for c, column in enumerate(columns):
        measured = _measured(column.name, table.caption)
        if column.use in ("value", "other") and measured and _is_numeric(table, c):
            named[c] = measured
    for cells in table.rows[table.header :]:
        name = cells[at]
        if _numbers_columns(cells) or not name.text.strip():
            continue
        for c, (indicator, unit) in named.items():
            words = cells[c].text.strip()
            if not words or len(words) > _LONGEST_VALUE or not _value().match(fold(words)):
                continue
            target = _target(text, name, cells[c], columns[c], indicator, unit or common, "table_places")
            if target and not _is_over(columns[c].period, year):
                total = _TOTAL.match(fold(name.text.strip()))
                yield msgspec.structs.replace(target, subject=None if total else name.text.strip())


def _measured(name: str, caption: str | None) -> tuple[str, str | None] | None:
    """What a column measures and its unit: "Tỷ lệ bao phủ năm 2025 (%)"; a column that only says "Chỉ tiêu giao" takes
    the table's title."""
    unit = _BRACKET.search(name)
    words = _BRACKET.sub(" ", name)
    words = _without_times(words)
    if not wording.names_a_measure(fold(words), 0, len(words)) or lexicon().target_words.match(fold(words)):
        if not _words().value.match(fold(words or "năm")):
            return None
        words = _without_times(_NUMBERING.sub("", caption or ""))
        words = _TITLE.sub("", words) or words
    return (words, unit[1].strip() if unit else None) if words else None


def _without_times(words: str) -> str:
    key = fold(words)
    for time in reversed(times(key, 0, len(key), None)):
        words = words[: time.start] + words[time.end :]
    return " ".join(words.split()).strip(" .,;:")


def _numbers_columns(cells: Sequence[CellText]) -> bool:
    """Whether the row only numbers the columns ("A", "B", "1", "2=3/4")."""
    filled = [fold(cell.text.strip()) for cell in cells if cell.text.strip()]
    return len(filled) > 2 and all(_COLUMN_NUMBER.match(cell) for cell in filled)


def _values(cells: Sequence[CellText], columns: Sequence[_Column], name: CellText) -> list[tuple[_Column, CellText]]:
    """The filled cells of value columns; a cell merged over several years comes once, for all of them."""
    values: list[tuple[_Column, CellText]] = []
    for column, cell in zip(columns, cells, strict=True):
        words = cell.text.strip()
        if column.use != "value" or not words or len(words) > _LONGEST_VALUE or not _value().match(fold(words)):
            continue
        if (cell.start, cell.end) == (name.start, name.end):
            continue  # a heading row merged over the whole table
        if values and (values[-1][1].start, values[-1][1].end) == (cell.start, cell.end):
            former = values[-1][0]
            if former.period and column.period:
                values[-1] = (replace(former, period=Period(former.period.start, column.period.end)), cell)
            continue
        values.append((column, cell))
    return values


def _unit(cell: str, state: _Row, filled: bool) -> str | None:
    words = cell.strip(" ()")
    if words and fold(words) not in _words().same:
        state.unit = words
    return state.unit if filled else None


def _indicator(words: str, bulleted: bool, state: _Row) -> str:
    """The row's own words; with those of the row that it is part of where they name no measure."""
    if _OWN_MEASURE.match(fold(words)):
        return words
    above = state.parent if bulleted and state.parent else state.group if bulleted else None
    return f"{above}: {words}" if above else words


def _baseline(cells: Sequence[CellText], columns: Sequence[_Column], scale: int) -> Baseline | None:
    """The last filled column of what was reached; `scale` is the unit's ("Tỷ đồng")."""
    for column, cell in reversed(list(zip(columns, cells, strict=True))):
        words = cell.text.strip()
        if column.use == "baseline" and words and len(words) <= _LONGEST_VALUE and _value().match(fold(words)):
            reading = _reading(words)
            year = column.period.end if column.period and _YEAR.search(column.name) else None
            return Baseline(
                words=f"{column.name}: {words}",
                value=reading.quantity.low * scale if reading else None,
                year=int(year[:4]) if year else None,
            )
    return None


def _reading(words: str, share: bool = False) -> Reading | None:
    """A value cell read as a line of its own; a share's dot is decimal, so its sign is put behind it."""
    line = f"{words}%" if share and "%" not in words and "‰" not in words else words
    readings = read_line(line, fold(line), 0, len(line)).readings
    return readings[0] if readings else None


def _target(
    text: str, name: CellText, cell: CellText, column: _Column, indicator: str, unit: str | None, how: str
) -> Target | None:
    words = cell.text.strip()
    scale, unit = _scaled(unit)
    key = fold(indicator)
    unit = unit or named_share(key)
    rate = denominator(f"{indicator} ", f"{key} ", 0, len(key) + 1)
    if rate and unit not in ("%", "‰"):
        unit = rate[0]
    reading = _reading(words, share=unit in ("%", "‰"))
    if reading is None or reading.quantity.kind in ("age", "name"):
        return None
    quantity = reading.quantity
    own = quantity.unit if quantity.kind not in ("bare", "span") and not quantity.doubtful else None
    if unit in ("%", "‰"):
        own = None
    low = None if reading.sign in ("<", "<=") else quantity.low * scale
    high = None if reading.sign in (">", ">=") else quantity.high * scale
    change = reading.change or _change(key)
    stated = sure(f"targets.{how}")
    start, end = (name.start, cell.end) if 0 < cell.end - name.start <= _LONGEST_SPAN else (cell.start, cell.end)
    return Target(
        text=text[start:end],
        span=Span(start, end),
        comparator=reading.sign,
        indicator=indicator,
        subject=column.subject,
        low=low,
        high=high,
        unit=own or unit,
        approximate=reading.approximate,
        change=change,
        period_start=column.period.start if column.period else None,
        period_end=column.period.end if column.period else None,
        confidence=stated if own or unit else round(stated * left("targets.no_unit"), 3),
    )


def _scaled(unit: str | None) -> tuple[int, str | None]:
    """ "Triệu đồng" is 1,000,000 of "đồng"; "bác sĩ/vạn dân" is the rate "/10.000 dân"."""
    if not unit:
        return 1, None
    lex = lexicon()
    key = fold(unit)
    scale, at = 1, 0
    while at < len(unit) and (found := lex.scale.match(key, at)):
        scale, at = scale * lex.scales[found.group().strip()], found.end()
    rest = unit[at:].strip() or unit
    if at:
        return scale, rest
    if re.fullmatch(r"\(?(?:%|phần trăm|tỉ lệ %)\)?", key):
        return 1, "%"
    if re.fullmatch(r"\(?(?:‰|%o|%0|0/00|phần nghìn)\)?", key):
        return 1, "‰"
    rate = re.search(r"/\s?((?:1 |01 )?(?:vạn|nghìn)|\d[\d. ]*0)\s*(?:dân|người dân|dân số)$", key)
    if rate:
        return 1, f"/{base_of(rate[1])} dân"
    return 1, unit[0].lower() + unit[1:] if unit[1:2].islower() else unit


def _change(key: str) -> Change | None:
    if re.match(r"(?:mức |tỉ lệ )?giảm(?!\w)", key):
        return "decrease"
    return "increase" if re.match(r"mức tăng(?!\w)", key) else None


def _is_over(period: Period | None, year: int | None) -> bool:
    return bool(period and period.end and year and int(period.end[:4]) < year)
