"""Tables of targets: one target per row and column of a year (or of a unit that the target is given to).

A column is known by its name: the indicator, its unit, what was reached (a baseline, never a target), what is planned.
Rows without a value are headings of the rows below them; a blank unit is the one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from extractors.confidence import left, sure
from extractors.targets import wording
from extractors.targets.clauses import read_line
from extractors.targets.columns import (
    COLUMN_NUMBER,
    LONGEST_VALUE,
    ORDINAL,
    TOTAL,
    Column,
    column_words,
    columns_of,
    is_numeric,
    names_of,
    period_of,
    value,
)
from extractors.targets.judge import Place
from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Period, named_period, times
from extractors.targets.quantities import denominator
from extractors.targets.readings import Reading
from extractors.targets.units import scaled, unit_above, unit_in_brackets, unit_of_name
from extractors.vietnamese import fold
from models.outline import CellText, Table
from models.plan import Baseline, Change, Span, Target

# A row's span holds the indicator with the value while it is this short; else the value alone.
_LONGEST_SPAN = 100
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SIGNS = "≤≥<>"
_BULLET = re.compile(r"^[-+*•\s]+")
_PART = re.compile(r"^[-+*•\s]*trong đó\s?:\s*(?=\S)", re.IGNORECASE)
_REFERENCE = re.compile(r"kèm theo[^\n]*|(?:quyết định|kế hoạch|nghị quyết|công văn)(?: này)? số[^\n]*")
_NUMBERING = re.compile(
    r"^(?:(?:biểu|bảng|phụ lục|mẫu)(?: số)? )?(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.):]\s*", re.IGNORECASE
)
_OWN_MEASURE = re.compile(r"(?:tỉ lệ|tỉ suất|tỉ số|tổng|số|mức|chỉ số|tốc độ|dân số|thu nhập|tuổi thọ)(?!\w)")
# What says that a column is planned, and no more; and what says no more than that it counts or measures.
_PLANNED = re.compile(
    r"^(?:các )?(?:chỉ tiêu|kế hoạch|mục tiêu|phấn đấu)(?: (?:kế hoạch|phấn đấu))?(?: được)?(?: giao)?(?!\w)"
)
_AMOUNT = re.compile(r"(?:số lượng|tỉ lệ|tỉ lệ %|số|%|tổng số|kết quả)")
# Those whom a table is about, none of whom is said to be reached.
_POPULATION = re.compile(
    r"(?:tổng )?số (?:trẻ(?: em)?|phụ nữ(?: (?:có|mang) thai)?|pn[cm]t|hộ(?: gia đình| dân)?|học sinh|người cao tuổi"
    r"|nct|đối tượng|dân)(?:(?: |-|<|dưới|từ|trên|đến|\d|tuổi|tháng)*)"
)
_TITLE = re.compile(
    r"^(?:(?:bảng|biểu)\s)?(?:giao\s|phân bổ\s)?(?:các\s)?chỉ tiêu\s(?:giao\s)?(?:về\s)?", re.IGNORECASE
)


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
    words = column_words()
    names = names_of(table)
    head = above + " | " + " | ".join(fold(" ".join(n)) for n in names)
    about = lexicon().target_words.search(head) is not None
    columns = columns_of(table, names, named_period(_without_references(above), year) or period)
    uses = [column.use for column in columns]
    if words.score.search(head):
        return ()
    common = unit_above(above)
    by_row = "place" in uses or "years" in uses
    if "indicator" not in uses and by_row and (about or place.targets) and not words.money.search(above):
        return tuple(_rows_of_places(text, table, columns, year, common))
    if "indicator" not in uses or "value" not in uses:
        return None
    if (words.money.search(head) and not about) or (common and "đồng" in common):
        return ()
    if not (about or place.targets or "unit" in uses) or place.criteria or place.budget:
        return None
    if place.results and not about:
        return ()
    how = "table" if about or place.targets else "table_untitled"
    return tuple(_rows(text, table, columns, year, how, common))


def _without_references(above: str) -> str:
    return _REFERENCE.sub(" ", above)


class _Row(msgspec.Struct):
    """Where the rows stand: the heading rows above and the unit in force."""

    group: str | None = None
    parent: str | None = None
    unit: str | None = None


def _rows(
    text: str, table: Table, columns: Sequence[Column], year: int | None, how: str, common: str | None
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
        words = ORDINAL.sub("", _BULLET.sub("", words[part.end() :] if part else words)).strip(" :;.")
        values = _values(cells, columns, name)
        unit = _unit(cells[at["unit"]].text if "unit" in at else "", state, bool(values)) or common
        if not values:
            if fold(words) not in ("trong đó", "bao gồm", "gồm"):
                state.group, state.parent = words, None
            continue
        if TOTAL.match(fold(words)) and not unit:
            continue
        indicator = _indicator(words, bulleted, state)
        if not bulleted:
            state.parent = words
            if "ordinal" in at and not cells[at["ordinal"]].text.strip():
                state.parent = None
        baseline = _baseline(cells, columns, scaled(unit)[0])
        for column, cell in values:
            target = _target(text, name, cell, column, indicator, unit or column.unit, how)
            if target and not _is_over(column.period, year):
                yield msgspec.structs.replace(target, baseline=baseline)


def _rows_of_places(
    text: str, table: Table, columns: Sequence[Column], year: int | None, common: str | None
) -> Iterable[Target]:
    """A table that gives each unit, or each year, its own number: the columns are the indicators, the rows whom or
    when they are for."""
    at = next(c for c, column in enumerate(columns) if column.use in ("place", "years"))
    named: dict[int, tuple[str, str | None]] = {}
    planned = any(column_words().planned.search(fold(column.name)) for column in columns)
    shared = any("%" in column.name for column in columns)
    for c, column in enumerate(columns):
        if column.use not in ("value", "other") or not column.cells or not is_numeric(table, c):
            continue
        bounded = any(row[c].text.strip()[:1] in _SIGNS for row in table.rows[table.header :] if row[c].text.strip())
        if shared and len(column.cells) == 1 and _POPULATION.fullmatch(fold(column.name)):
            continue  # "Số trẻ < 1 tuổi" beside the shares of them
        if measured := _measured(column, table.caption, planned, bounded):
            named[c] = measured
    for cells in table.rows[table.header :]:
        name = cells[at]
        if not name.text.strip() and at and TOTAL.match(fold(cells[0].text.strip())):
            name = cells[0]  # "Tổng cộng", merged over the first columns
        if _numbers_columns(cells) or not name.text.strip():
            continue
        words = name.text.strip()
        subject = None if columns[at].use == "years" or TOTAL.match(fold(words)) else words
        for c, (indicator, unit) in named.items():
            cell, column = cells[c], columns[c]
            if columns[at].use == "years":
                column = replace(column, period=period_of(words))
            printed = cell.text.strip()
            if not printed or len(printed) > LONGEST_VALUE or not value().match(fold(printed)):
                continue
            target = _target(text, name, cell, column, indicator, unit or common, "table_places")
            if target and not _is_over(column.period, year):
                yield msgspec.structs.replace(target, subject=subject)


def _measured(
    column: Column, caption: str | None, planned: bool, bounded: bool = False
) -> tuple[str, str | None] | None:
    """What a column measures and its unit: "Tỷ lệ bao phủ năm 2025 (%)"; a column that only says "Chỉ tiêu giao" takes
    the table's title. None for a column that describes those who are given targets; where others are `planned`, a
    plain count does. In a `bounded` one some value carries a sign ("≤ 20"): it is set, whatever its name."""
    known = column_words()
    own, unit = unit_in_brackets(column.cells[-1])
    own, above = _without_times(own), [_without_times(unit_in_brackets(cell)[0]) for cell in column.cells[:-1]]
    unit = unit or column.unit or unit_of_name(own)
    key = fold(own)
    if known.describing.search(key) or known.money.search(fold(column.name)) or known.baseline.match(key):
        return None
    says = known.planned.search(fold(column.name)) is not None
    if planned and not (says or bounded) and unit not in ("%", "‰") and not lexicon().of_whole.match(key):
        return None
    rest = _PLANNED.sub("", key).strip()
    title = _without_times(_NUMBERING.sub("", caption or ""))
    title = _TITLE.sub("", title) or title
    if not rest or _AMOUNT.fullmatch(rest):
        words = next((cell for cell in reversed(above) if _PLANNED.sub("", fold(cell)).strip()), title)
        return (words, unit) if words and (says or rest or known.value.match(key or "năm")) else None
    if not says and not wording.names_a_measure(key, 0, len(key)) and unit is None and known.other.match(key):
        return None
    if not (says or bounded or unit or wording.names_a_measure(key, 0, len(key)) or lexicon().makes.match(key)):
        return None
    group = next((cell for cell in above if cell and not _PLANNED.fullmatch(fold(cell))), None)
    return f"{group}: {own}" if group else own, unit


def _without_times(words: str) -> str:
    key = fold(words)
    for time in reversed(list(times(key, 0, len(key), None))):
        words = words[: time.start] + words[time.end :]
    return " ".join(words.split()).strip(" .,;:")


def _numbers_columns(cells: Sequence[CellText]) -> bool:
    """Whether the row only numbers the columns ("A", "B", "1", "2=3/4")."""
    filled = [fold(cell.text.strip()) for cell in cells if cell.text.strip()]
    return len(filled) > 2 and all(COLUMN_NUMBER.match(cell) for cell in filled)


def _values(cells: Sequence[CellText], columns: Sequence[Column], name: CellText) -> list[tuple[Column, CellText]]:
    """The filled cells of value columns; a cell merged over several years comes once, for all of them."""
    values: list[tuple[Column, CellText]] = []
    for column, cell in zip(columns, cells, strict=True):
        words = cell.text.strip()
        if column.use != "value" or not words or len(words) > LONGEST_VALUE or not value().match(fold(words)):
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
    if words and fold(words) not in column_words().same:
        state.unit = words
    return state.unit if filled else None


def _indicator(words: str, bulleted: bool, state: _Row) -> str:
    """The row's own words; with those of the row that it is part of where they name no measure."""
    if _OWN_MEASURE.match(fold(words)):
        return words
    above = state.parent if bulleted and state.parent else state.group if bulleted else None
    return f"{above}: {words}" if above else words


def _baseline(cells: Sequence[CellText], columns: Sequence[Column], scale: int) -> Baseline | None:
    """The last filled column of what was reached; `scale` is the unit's ("Tỷ đồng")."""
    for column, cell in reversed(list(zip(columns, cells, strict=True))):
        words = cell.text.strip()
        if column.use == "baseline" and words and len(words) <= LONGEST_VALUE and value().match(fold(words)):
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
    text: str, name: CellText, cell: CellText, column: Column, indicator: str, unit: str | None, how: str
) -> Target | None:
    words = cell.text.strip()
    scale, unit = scaled(unit)
    key = fold(indicator)
    unit = unit or scaled(unit_of_name(indicator))[1]
    rate = denominator(f"{indicator} ", f"{key} ", 0, len(key) + 1)
    if rate and unit not in ("%", "‰"):
        unit = rate[0]
    reading = _reading(words, share=unit in ("%", "‰"))
    # A duration counts where the row's name says that one is measured ("Thời gian chờ khám | ≤ 60 phút").
    timed = reading is None and lexicon().timed.search(key) is not None
    if timed:
        reading = _reading(f"{indicator} {words}")
    if reading is None or reading.quantity.kind in ("age", "name"):
        return None
    quantity = reading.quantity
    own = quantity.unit if (timed or quantity.kind not in ("bare", "span")) and not quantity.doubtful else None
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


def _change(key: str) -> Change | None:
    if re.match(r"(?:mức |tỉ lệ )?giảm(?!\w)", key):
        return "decrease"
    return "increase" if re.match(r"mức tăng(?!\w)", key) else None


def _is_over(period: Period | None, year: int | None) -> bool:
    return bool(period and period.end and year and int(period.end[:4]) < year)
