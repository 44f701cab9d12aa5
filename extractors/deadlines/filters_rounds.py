"""What only looks like a round of work: adjectives ("dự toán hằng năm"), rates, habits of nature, names of reports."""

from __future__ import annotations

import re
from functools import cache

from extractors.deadlines.around import NEAR, TOLD, last_match, name_before, rest_of_heading
from extractors.deadlines.filters_ends import ends_work
from extractors.deadlines.grammar import compiled, grammar
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found
from extractors.tasks.actors import opens_unit, opens_work, unit_at
from extractors.vietnamese import tone_key


def against_round(found: Found, place: Place, scene: Scene) -> str:
    if set(found.kinds) == {"following_years"}:
        return "years of others"  # "các năm sau" alone
    if place.setting == "heading":
        return "in a title" if rest_of_heading(found, place, scene) else ""
    if place.setting in TOLD:
        return ""
    if scene.quoted(place, found.core):
        return "quoted"
    if "following_years" in found.kinds and name_before(found, place, scene):
        return "name before"  # "số liệu tính từ ngày 15/12 năm trước"
    if re.match(r" (?:mà )?chưa(?!\w)", scene.low[found.end : found.end + 12]):
        return "condition"
    if "report" in found.kinds:
        return "" if scene.says("accept", "sends", place.clause) else "name of a report"
    before = scene.low[max(place.sentence[0], found.start - NEAR) : found.start]
    if compiled("reject", "happens").search(before, max(0, len(before) - 100)):
        return "description"
    limit = scene.low[max(place.start, found.start - 20) : found.end]
    if "times" in found.kinds and compiled("reject", "at_most").search(limit):
        return "limit"  # "không kiểm tra quá 01 lần/năm" asks for no round
    if set(found.kinds) == {"every"} and compiled("reject", "judged_by").search(before):
        return "basis"
    if compiled("reject", "paired").search(before):
        return "adjective"
    if scene.low.startswith("định k", found.start):
        return ""
    after = scene.low[found.end : min(place.sentence[1], found.end + NEAR)]
    cell = place.item if place.item and place.item.table is not None else None
    if "times" in found.kinds and cell and compiled("accept", "cell_share").match(scene.low, cell.start):
        return "rate"  # "Tỷ lệ người cao tuổi được khám ít nhất 1 lần/năm" in a table of targets
    if set(found.kinds) != {"every"}:
        reached = compiled("accept", "reached").match(after) and scene.says("accept", "rated", place.clause)
        return "rate" if "times" in found.kinds and reached else ""
    rated = compiled("accept", "rate_before").search(before) and compiled("accept", "rate_behind").match(after)
    if scene.low.startswith("mỗi", found.core) and rated:
        return "rate"  # "bình quân mỗi năm tăng 7,5%"
    if scene.low.startswith("mỗi", found.core) and not compiled("accept", "each").match(after):
        works = opens_work(before.lstrip(" -+*")) and not after.strip(" .;,")
        works = works or bool(compiled("accept", "counted").search(before[-120:].rstrip()))
        return "" if works or _habit(before) or opens_work(after.lstrip(" ,")) else "description"
    if compiled("accept", "rate_before").search(before) or compiled("accept", "rate_behind").match(after):
        return (
            "rate"
            if "targets" in scene.roles(place.item.section if place.item else None)
            else _adjective(before, after)
        )
    if found.when.rrule == "FREQ=DAILY" and not scene.says("accept", "daily", place.clause):
        habit = compiled("accept", "own_daily").search(before, max(0, len(before) - 120))
        return "daily life" if habit or not ends_work(found, place, scene) else ""
    if {"before", "by"} & set(found.bounds) or compiled("accept", "by_hour").match(after):
        return ""
    if _handed(scene.clean[found.start - len(before) : found.start]):
        return ""
    if not before.strip(" -+*(") and compiled("accept", "results").match(after):
        return "description"
    if not before.strip(" -+*(") or before.rstrip().endswith(("định kỳ", ",", ";", ":", "(", "và")):
        return ""
    own = re.split(r"[,;:.(]", before)[-1].rstrip()
    sent = own.strip(" -+*") in ("báo cáo nhanh", "thực hiện báo cáo nhanh") and after.startswith(
        (" trong ", " về ", " cho ")
    )
    reports = compiled("accept", "reporting").search(own) and (sent or not compiled("accept", "planned").search(own))
    if reports and found.when.rrule != "FREQ=YEARLY" and not after.startswith((" của ", " được ")):
        return ""
    return "" if _habit(before) and not after.startswith(" của ") else _adjective(before, after)


def _handed(before: str) -> bool:
    """Whether the words end in the unit that a report goes to: what follows tells how often it is sent."""
    text = re.sub(r" ?\([^()]{0,90}\)$", "", before.rstrip())
    key = tone_key(text)
    to = last_match(compiled("accept", "handed"), key)
    if to is None or not opens_unit(key, to.end()):
        return False
    name = unit_at(text, key, to.end(), len(key))
    return name is not None and name.end == len(key)


@cache
def _habits() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!chi )(?:{'|'.join(map(re.escape, grammar()['accept']['habits']))})$")


def _habit(before: str) -> bool:
    return bool(_habits().search(before.rstrip(" (")))


def _adjective(before: str, after: str) -> str:
    """ "adjective" where "hằng năm" qualifies the noun before it ("dự toán kinh phí hằng năm") and not the work."""
    if after.startswith((" của ", " được giao", " được cấp", " theo phân cấp")):
        return "adjective"
    tail = " ".join(re.split(r"[,;:.(]", before)[-1].split()[-9:])
    match = last_match(compiled("reject", "adjective"), tail)
    if match is None:
        return ""
    if match.group() == "báo cáo" and opens_unit(tone_key(tail[match.end() :].lstrip())):
        return ""  # "báo cáo UBND tỉnh hằng quý" is what is done
    between = len(tail[match.end() :].split())
    if tail[: match.start()].split()[-2:] == ["báo", "cáo"] and match.group() in ("kết quả", "công tác"):
        return "adjective" if between > 3 else ""  # "báo cáo kết quả thực hiện hằng năm": how often it is reported
    return "adjective" if between <= 5 else ""
