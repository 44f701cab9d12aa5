"""What only looks like a deadline: cited papers, names, anniversaries, the past, conditions, targets, adjectives.

`reason` gives the name of the rule that speaks against an expression, "" where none does. The rules are tried from
the sure to the doubtful; a label, a time column or a heading that is a time outweighs most of them. The words that
they look for stand in `data/deadlines.toml`, sections `reject` and `accept`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from extractors.deadlines.around import NEAR, TOLD, last_match, name_before, rest_of_heading
from extractors.deadlines.filters_ends import bracketed, ends_work
from extractors.deadlines.filters_rounds import against_round
from extractors.deadlines.grammar import compiled, grammar
from extractors.deadlines.rounds import ROUNDS
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found
from extractors.deadlines.values import Reckoning
from extractors.tasks.actors import opens_work
from models.outline import Section

_FINE = frozenset({"month", "quarter", "half", "week"})
_COARSE = frozenset({"year", "period"})
_HEAD = re.compile(r"(?:tháng|qu[ýí]|tuần|t|q)\.? ?(?:\d|[ivx]+(?!\w))[\d/ ]*$")  # the head of a column for one time
_BOUND = frozenset({"before", "by", "from", "after", "done"})


def reason(found: Found, place: Place, scene: Scene, reckoning: Reckoning) -> str:
    """Why an expression is no deadline; "" when it is one."""
    if place.setting == "outside":
        return "outside"
    if scene.in_reference(found.core, found.end):
        return "reference"
    cut_off = place.setting in ("text", "timeline") and compiled("reject", "cutoff").search(
        scene.low, max(place.clause[0], found.start - 160), found.core
    )
    if place.setting == "none" or cut_off:
        return "span of figures"
    if place.setting == "text" and scene.described(place.section):
        return "description"
    if "offset" in found.kinds and _measured_in_row(place, scene):
        return "target"
    if compiled("reject", "called").match(scene.low, found.end):
        return "named day"
    if set(found.kinds) == {"year"} and not found.bounds and _names_feast(found, scene):
        return "named day"
    if found.when.rrule is not None or set(found.kinds) & ROUNDS:
        return against_round(found, place, scene)
    if place.setting == "heading":
        return _against_heading(found, place, scene)
    if why := _against_column(found, place, scene):
        return why
    unbound = set(found.kinds) <= _FINE | {"year"} and not _binding(found)
    if unbound and compiled("reject", "due_behind").match(scene.low, found.end):
        return "name of a report"
    if unbound and compiled("bounds_of_label", "end").search(place.label):
        day = compiled("reject", "day_behind").match(scene.low, found.end)
        return "name of a report" if day else ""
    if scene.quoted(place, found.core):
        return "quoted"
    if place.setting in TOLD:
        return ""
    clause = scene.low[max(place.clause[0], found.start - 160) : found.start]
    if why := name_before(found, place, scene) or _condition(found, clause, scene):
        return why
    if found.kinds == ("year",) and not found.worded and (found.start, found.end) == (place.start, place.end):
        return "bare"  # "2025" alone on its line: a cell of a table that lost its bars
    if place.setting == "timeline" and _tells(found, place, scene):
        return ""
    return _against_text(found, place, scene, reckoning, clause)


def _binding(found: Found) -> bool:
    """Whether a word binds the time to something that is done, or it runs from one day to another."""
    return bool(_BOUND & set(found.bounds)) or found.when.bound == "between"


# --- rules for every place ------------------------------------------------------------------------------------------


def _against_column(found: Found, place: Place, scene: Scene) -> str:
    """The head of a column, and years beside figures, in tables that have no column of times there."""
    if place.item is None or place.item.table is None or place.setting != "text":
        return ""
    table, row = scene.tables.get(place.item.table), place.item.row or 0
    if place.columns is not None and row < place.columns.header:
        return "column head"
    if table is not None and row == 0 and sum(bool(_HEAD.match(cell.text.lower())) for cell in table.rows[0]) > 1:
        return "column head"  # "| Hoạt động | Quý I | Quý II |" over crosses or figures
    return "column of figures" if set(found.kinds) <= _COARSE else ""


def _names_feast(found: Found, scene: Scene) -> bool:
    """Whether a year ends the name of a feast or school year whose days stand in brackets behind it."""
    before = scene.low[max(0, found.start - 60) : found.start].rstrip()
    return bool(compiled("reject", "feast").search(before)) and scene.low.startswith(" (", found.end)


def _measured_in_row(place: Place, scene: Scene) -> bool:
    """Whether the expression stands in a row of a table that sets a number: it belongs to what is measured."""
    if place.setting != "text" or place.item is None or place.item.table is None or place.item.row is None:
        return False
    table = scene.tables.get(place.item.table)
    cells = table.rows[place.item.row] if table is not None and place.item.row < len(table.rows) else ()
    return bool(cells) and scene.target_in(cells[0].start, cells[-1].end) is not None


def _condition(found: Found, clause: str, scene: Scene) -> str:
    """People and papers that the time describes, and days that have a name ("Ngày Quốc tế ... (25/11)")."""
    if compiled("reject", "condition").search(clause):
        return "condition"
    when = found.when
    if when.precision == "day" and when.start and when.end and when.end.year - when.start.year > 4:
        return "anniversary"  # "(27/02/1955 - 27/02/2025)"
    if found.kinds == ("date",) and not _binding(found):
        named = last_match(compiled("reject", "named_day"), clause)
        if named is not None and not re.search(r"[;.]", clause[named.end() :]):
            held = scene.low.startswith("vào ", found.start) or compiled("reject", "own_day").search(
                clause, named.end()
            )
            return "" if held else "named day"
    return ""


def _opens(found: Found, place: Place, scene: Scene) -> bool:
    """Whether the expression opens its sentence, a short label before it not counted."""
    before = scene.low[max(place.sentence[0], found.start - 60) : found.start]
    return len(before) <= 40 and bool(re.fullmatch(r"[\s\-+*(]*(?:[^.;,]{0,36}: ?)?(?:dự kiến |thực hiện )?", before))


def _tells(found: Found, place: Place, scene: Scene) -> bool:
    """Whether an expression of a section that tells times is its answer, not the year in a name."""
    if _opens(found, place, scene) or _opens_clause(found, place, scene):
        return True
    past = compiled("reject", "past").search(scene.low, max(place.clause[0], found.start - NEAR), found.start)
    return found.worded and bool(found.bounds) and not past


# --- headings -------------------------------------------------------------------------------------------------------


def _against_heading(found: Found, place: Place, scene: Scene) -> str:
    """A heading counts where it is the time, or a label with the time; a month or quarter also where little else is."""
    section = place.section
    if section is not None and ("targets" in section.roles or _below_targets(found, section, scene)):
        return "target period"
    rest = rest_of_heading(found, place, scene)
    head = scene.low[place.start : place.end]
    if not rest or (":" in head and compiled("accept", "heading_label").search(head)):
        return ""
    if compiled("accept", "heading_stage").fullmatch(rest):
        return ""
    opens = found.start - place.start < 12 and scene.low[found.end : place.end].lstrip().startswith((":", "-"))
    fine = set(found.kinds) <= _FINE | {"date", "now"}
    return "" if fine and (opens or compiled("accept", "heading_rest").match(rest)) else "in a title"


def _below_targets(found: Found, section: Section, scene: Scene) -> bool:
    """Whether a heading is the years that the targets below it are for ("2. Giai đoạn 2026 - 2030:" under targets)."""
    above = scene.outline.sections[section.parent] if section.parent is not None else None
    return set(found.kinds) <= _COARSE and above is not None and "targets" in above.roles


# --- running text ---------------------------------------------------------------------------------------------------


def _against_text(found: Found, place: Place, scene: Scene, reckoning: Reckoning, clause: str) -> str:
    low = scene.low
    around = max(place.clause[0], found.start - 40), min(found.end + 40, place.end)
    if compiled("reject", "vision").search(low, *around):
        return "vision"
    if compiled("reject", "until_now").match(low, found.end) or _is_reported(found, clause, reckoning):
        return "past"
    if _is_past(found, reckoning) or (not _binding(found) and compiled("reject", "past").search(clause)):
        return "past"
    if not found.worded and (not _binding(found) or compiled("reject", "counted").match(low, found.end)):
        return "bare"
    if _of_review(found, scene, reckoning):
        return ""
    if compiled("reject", "happens").search(clause):
        return "description"
    if _dates_a_target(found, place, scene):
        return "target"
    kinds = set(found.kinds)
    if "year" in kinds and found.when.approximate and "now" not in kinds:
        return "" if found.bounds or _opens_clause(found, place, scene) else "attribute"  # "vào cuối năm 2025"
    if kinds & {"lunar", "soon"}:
        return "" if found.bounds or found.when.bound == "between" else "attribute"
    if kinds & {"date", "day", "now", "issue", "offset"}:
        about_effect = "issue" in kinds and compiled("reject", "effect").search(
            clause + low[found.end : found.end + 20]
        )
        return "effect" if about_effect else ""
    return (
        _against_year(found, place, scene, clause) if kinds & _COARSE else _against_month(found, place, scene, clause)
    )


def _of_review(found: Found, scene: Scene, reckoning: Reckoning) -> bool:
    """Whether a year says when the plan itself is reviewed ("sơ kết: năm 2028", "tổng kết năm 2030")."""
    when = found.when
    if found.kinds != ("year",) or when.start is None:
        return False
    told = compiled("accept", "review_year").search(scene.low, max(0, found.start - NEAR), found.start)
    if told is None or told["sign"]:
        return told is not None
    later = reckoning.issue_year is not None and when.start.year > reckoning.issue_year
    return later and not reckoning.one_year


def _is_past(found: Found, reckoning: Reckoning) -> bool:
    """Whether a time that names its year was over when the plan was signed."""
    when = found.when
    late = when.end or (when.start if when.bound == "within" and not when.anchor else None)
    if when.bound == "from" and when.precision == "day" and when.start and reckoning.issued and found.dated:
        return when.start < reckoning.issued - timedelta(days=31)  # "... quan ngại quốc tế từ ngày 14/8/2024"
    if late is None or not found.dated:
        return False
    if reckoning.issued is not None:
        return late < reckoning.issued
    return reckoning.year is not None and late.year < reckoning.year - 1


def _is_reported(found: Found, clause: str, reckoning: Reckoning) -> bool:
    """Whether a stretch that began before the plan is what results are reported of."""
    start = found.when.start if found.when.bound == "between" and found.dated else None
    began = start is not None and reckoning.issued is not None and start < reckoning.issued
    return began and bool(compiled("reject", "reported_span").search(clause))


def _dates_a_target(found: Found, place: Place, scene: Scene) -> bool:
    """Whether the clause sets a number that the time is for: any number for a year, a share for what is finer."""
    start, end = place.clause
    rated = scene.says("accept", "rated", place.clause)
    if "offset" in found.kinds and found.when.anchor:
        return rated and scene.says("accept", "measured", place.clause)
    if "offset" in found.kinds and scene.target_in(found.start, found.end):
        return True
    aims = set(found.kinds) & _COARSE and compiled("accept", "aims").match(scene.low, found.end)
    if not aims and _opens_clause(found, place, scene) and _work_follows(found, scene, signed=True):
        return False  # "Từ năm 2022 đến năm 2025: Đào tạo ..."
    works = found.when.bound == "between" or opens_work(scene.low, _word_at(scene, start))
    if not rated and works and not set(found.kinds) & _COARSE and not scene.low.startswith("hoàn thành", start):
        return False  # "Kiểm tra 10% số cơ sở, từ tháng 4 đến tháng 10"
    measured = scene.says("accept", "measured", place.clause)
    if not measured and set(found.kinds) & _COARSE:
        measured = scene.target_in(start, end) is not None
    if not measured:
        return False
    return found.when.precision != "day" or not scene.says("accept", "reports", place.clause)


def _word_at(scene: Scene, start: int) -> int:
    """Where the first word of a clause begins, its bullet left out."""
    while start < len(scene.low) and scene.low[start] in " -+*":
        start += 1
    return start


@cache
def _verbs(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, grammar()['accept'][name]))})$")


def _after_verb(found: Found, place: Place, scene: Scene) -> bool:
    """Whether a verb that takes a time stands right before; a coarse bare time needs a verb of ending."""
    before = scene.low[max(place.start, found.start - 60) : found.start].rstrip(" (:")
    kinds = set(found.kinds)
    if set(found.bounds) - {"about"} or not kinds & {"quarter", "half", *_COARSE}:
        return bool(_verbs("verbs").search(before))
    if kinds & _COARSE:
        return bool(_verbs("finishing").search(before))
    return bool(_verbs("verbs").search(before)) and not _verbs("naming").search(before)


def _opens_clause(found: Found, place: Place, scene: Scene) -> bool:
    before = scene.low[max(place.clause[0], found.start - 60) : found.start].strip(" -+*(")
    return not before or before.endswith(":")


def _against_month(found: Found, place: Place, scene: Scene, clause: str) -> str:
    """A month, quarter or half-year needs a word that binds it, a verb before it, or the head of its clause."""
    opens = _opens_clause(found, place, scene)
    if not _binding(found):
        if "half" in found.kinds and compiled("accept", "figures").search(clause):
            return "past"
        if opens and compiled("accept", "results").match(scene.low, found.end, min(place.clause[1], found.end + NEAR)):
            return "past"
    if "half" in found.kinds and _of_life(found, scene, clause):
        return "age"
    if set(found.bounds) - {"about"} or found.when.bound == "between" or opens:
        return ""
    held = _after_verb(found, place, scene) or bracketed(found, scene) or ends_work(found, place, scene)
    held = held or bool(compiled("accept", "campaign").search(clause))
    return "" if held else "attribute"


def _against_year(found: Found, place: Place, scene: Scene, clause: str) -> str:
    """A year or period in running text is a name's or a target's more often than not."""
    if compiled("reject", "narrowed").search(clause):
        return "condition"
    if found.when.anchor or "done" in found.bounds or scene.low[found.start : found.end].endswith("trở đi"):
        return ""  # no name ends so
    opens = _opens_clause(found, place, scene)
    after_verb = _after_verb(found, place, scene)
    if "period" in found.kinds:
        told = ("within" in found.bounds and (opens or after_verb)) or (opens and _work_follows(found, scene))
        return "" if told else "period of a name"
    if {"before", "by", "from"} & set(found.bounds) or found.when.bound in ("between", "from"):
        named = compiled("reject", "name").search(clause)
        return "" if opens or after_verb or not named else "year of a name"
    if after_verb or (opens and ("within" in found.bounds or _work_follows(found, scene))):
        return ""
    if "within" in found.bounds:
        ends = scene.low[found.end : found.end + 1] in ("", ",", ";", ".", "\n", ")")
        if (ends and compiled("accept", "closed").search(clause)) or ends_work(found, place, scene):
            return ""
        at_last = scene.low.startswith("vào", found.start) and compiled("accept", "review").search(clause)
        if at_last and "targets" not in scene.roles(place.item.section if place.item else None):
            return ""
    return "year"


def _of_life(found: Found, scene: Scene, clause: str) -> bool:
    """Whether a half-year without its year is one of a life ("bú mẹ hoàn toàn trong 6 tháng đầu")."""
    if "năm" in scene.low[found.start : found.end]:
        return False
    behind = compiled("reject", "of_life_behind").match(scene.low, found.end)
    return bool(behind or compiled("reject", "of_life").search(clause))


def _work_follows(found: Found, scene: Scene, *, signed: bool = False) -> bool:
    """Whether a verb of work follows a year that heads its sentence ("Năm 2026: xây dựng ..."), with `signed` only
    behind a colon or comma."""
    sign = re.match(r" ?(?P<sign>[:,] )?", scene.low[found.end : found.end + 4])
    if sign is None or not opens_work(scene.low, found.end + sign.end()):
        return False
    if signed or sign["sign"]:
        return bool(sign["sign"])
    return not compiled("reject", "sum").match(scene.low, found.end)  # "năm 2025 bố trí 320 triệu đồng"
