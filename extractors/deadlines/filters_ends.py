"""Times that hold by where they stand: in brackets of their own, or at the end of what is to be done.

Behind these places no list of verbs is needed: "Lau buồng bệnh (thực hiện quý III).", "Trạm Y tế lau buồng bệnh cuối
tháng 9/2025." tell when, whatever the work is.
"""

from __future__ import annotations

import re

from extractors.deadlines.grammar import compiled
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found
from extractors.tasks.actors import has_work, opens_work

_CUT = re.compile(r"[,;:(]")
_BULLET = re.compile(r"[ \-+*]*(?:\d{1,2} (?=[^\W\d]))?")  # the number of a table's row that lost its table, too
_NEXT_ROW = re.compile(r" \d{1,2} (?=[A-ZĐÀ-ỸƯƠĂÂÊÔ])")
_WORDS = 9  # how many words before a time its own noun may stand


def bracketed(found: Found, scene: Scene) -> bool:
    """Whether the expression stands in brackets of its own or opens them; a word of doing may stand before it."""
    low = scene.low
    opening = low.rfind("(", max(0, found.start - 36), found.start)
    if opening < 0 or not compiled("accept", "bracket").fullmatch(low, opening + 1, found.start):
        return False
    end = _end(found)
    return low[end : end + 1] in (")", ",", ";", ":") or low[end - 1] == ")"


def ends_work(found: Found, place: Place, scene: Scene) -> bool:
    """Whether the expression ends a clause that tells work and is no part of the name of a thing ("kết quả quý I")."""
    if not _ends(found, place, scene):
        return False
    start = place.clause[0]
    own = _CUT.split(scene.low[max(start, found.start - 200) : found.start])[-1]
    if not own.strip():  # "Báo cáo quý I, 6 tháng, | quý III": what the list belongs to stands before its first comma
        own = scene.low[max(start, found.start - 200) : found.start].rstrip(", ")
    tail = " ".join(own.split()[-_WORDS:])
    coarse = "year" in found.kinds
    placed = found.when.approximate and not coarse  # "cuối tháng 9" is no part of a name
    if not placed and compiled("accept", "named" if coarse else "named_round").search(tail):
        return False
    if coarse and compiled("accept", "hoped").search(scene.low, start, found.start):
        return False
    if bullet := _BULLET.match(scene.low, start, found.start):
        start = bullet.end()
    if opens_work(scene.low, start):
        return True
    name = scene.subject(start, place.clause[1])
    behind = scene.clean.find(name, start, found.start) + len(name) if name else -1
    if name and behind >= len(name):
        return placed or has_work(scene.clean[behind : found.start])
    return placed and has_work(scene.clean[start : found.start])


def _ends(found: Found, place: Place, scene: Scene) -> bool:
    """Whether nothing of the clause follows the expression."""
    end = _end(found)
    return not scene.low[end : place.clause[1]].strip(" .,;)") or bool(_NEXT_ROW.match(scene.clean, end))


def _end(found: Found) -> int:
    """Where the expression ends, with the other members of its list: they stand or fall together."""
    return max(found.end, found.listed)
