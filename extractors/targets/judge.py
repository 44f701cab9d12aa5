"""Decides whether a number is a target of the plan, and how sure that is.

A number says nothing of itself: "94%" is a target under "Chỉ tiêu năm 2025", a result under "Tình hình", a condition in
"xã có tỷ lệ dưới 94% thì ...", a benefit in "hỗ trợ 94% mức đóng". The words in its clause decide first, then where it
stands, then how it is said (comparator, verb, aim). Where nothing speaks for a target there is none.
"""

from __future__ import annotations

import re

import msgspec

from extractors.confidence import left, sure
from extractors.targets import wording
from extractors.targets.lexicon import Frame, lexicon
from extractors.targets.readings import Reading

# How far before a number, in characters, words of its clause still speak of it.
_REACH = 400
_DONE = re.compile(r"(?<!\w)đã (?!được phê duyệt|ban hành|đề ra|được giao|cam kết|đăng kí)")
# A saving that the clauses before tell, too.
_SAVED = re.compile(r"(?<!\w)(?:tiết kiệm|cắt giảm|tiết giảm)(?! điện| năng lượng)[^.:\n]{0,200}$")
_FREED = re.compile(r"(?<!\w)miễn(?:,| hoặc|/)? ?giảm(?: tối đa| từ)? $")
# What a clause of its own stands behind: "nâng cấp, để | đến năm 2027 có ..."
_OPENED = re.compile(r"(?:[,;:.]|^[-+* ]*|(?<!\w)(?:để|nhằm|sao cho|làm sao)) ?$")
# Frames that concern only some kinds of number.
_KINDS: dict[str, frozenset[str]] = {
    "benefit": frozenset({"share", "money", "bare", "ratio"}),
    "substance": frozenset({"share", "bare", "rate"}),
    "cost": frozenset({"money"}),
    "absence": frozenset({"count", "bare"}),
}


class Place(msgspec.Struct, frozen=True):
    """Where a number stands: what the headings, captions and labels above it say."""

    targets: bool = False
    results: bool = False
    forecast: bool = False  # tells what is expected, not what is aimed at
    criteria: bool = False
    budget: bool = False
    work: bool = False
    filters: bool = False  # says whom the plan is for


def confidence(key: str, reading: Reading, place: Place, floor: int) -> float | None:
    """0 to 1 where the reading is a target, None where it is not. `floor` is where the words that may speak about this
    number begin: behind the number before it."""
    if reading.none:
        return sure("targets.none_allowed") if place.targets and not place.results else None
    if reading.told and not (reading.aimed or reading.award):
        return None
    if _frame(key, reading, place, floor):
        return None
    if place.criteria and not (reading.sign == "<=" and reading.quantity.kind == "count"):
        return None
    if not (place.targets or reading.aimed) and (place.filters or _only_describes(key, reading)):
        return None
    if reading.quantity.kind == "count" and not reading.aimed and lexicon().filter_label.match(reading.label):
        return None  # "Thành phần: tối đa 05 người"
    how = _by_kind(key, reading, place)
    if how is None:
        return None
    stated = sure(f"targets.{how}")
    if reading.quantity.doubtful:
        stated *= left("targets.noun_unlisted")
    if reading.quantity.repaired:
        stated *= left("targets.sign_repaired")
    if reading.approximate:
        stated *= left("targets.approximate")
    if place.results:
        stated *= left("targets.among_results")
    return round(stated, 3)


def only_bounds(reading: Reading) -> bool:
    """Whether a share is bounded and nothing says that the bound is to be reached."""
    return (
        reading.quantity.kind in ("share", "rate")
        and reading.compared
        and not (reading.level or reading.aimed or reading.change)
    )


def _frame(key: str, reading: Reading, place: Place, floor: int) -> Frame | None:
    """The frame that speaks against the number, if one does."""
    quantity = reading.quantity
    start = max(reading.clause[0], quantity.start - _REACH)
    floor = max(floor, start)
    named = wording.open_phrase(key, (), start, reading.lead)
    for frame in lexicon().frames:
        if reading.award and frame.name in ("result", "score"):
            continue  # "Căn cứ kết quả đạt được, xét tặng Giấy khen cho không quá ..."
        if frame.name in _KINDS and quantity.kind not in _KINDS[frame.name]:
            continue
        if frame.name == "result" and lexicon().present.search(key, start, quantity.start):
            return frame  # ", trong khi mức hiện nay là 46"
        if frame.soft and (reading.aimed or (reading.change is not None and place.targets)):
            continue
        if frame.name == "result" and place.targets and not place.results:
            # Under "chỉ tiêu", "hiện có" and the like name who is measured, unless they stand at the very opening.
            words = wording.clean(key, start, reading.lead)
            if not words or not frame.around or not frame.around.match(words):
                continue
        if frame.name == "condition" and wording.names_a_measure(key, named.start, named.end):
            continue  # "Tỷ lệ xã có tỷ lệ tiêm chủng cao đạt ..."
        if reading.raised and frame.name == "benefit":
            continue  # "vận động đóng góp 200 triệu đồng"
        stated = reading.sign == ">=" or (
            reading.change and not _FREED.search(key, max(0, quantity.start - 30), quantity.start)
        )
        if frame.name == "benefit" and quantity.kind == "share" and stated:
            continue  # "giảm 30% chi phí tuân thủ", "hỗ trợ tối thiểu 30% mức đóng"
        if (
            frame.name == "benefit"
            and quantity.kind == "share"
            and _SAVED.search(key, max(0, start - 200), quantity.start)
        ):
            continue  # "tiết kiệm 10% chi thường xuyên; | 15% kinh phí hội nghị"
        if frame.stem and frame.stem.search(key, max(floor, quantity.start - 60), quantity.start):
            return frame
        around_from = start if frame.soft else floor
        # "không để xảy ra quá 01 vụ" is a bound, with the words of absence in it
        around_to = reading.lead if frame.name == "absence" and reading.compared else quantity.start
        if frame.name == "absence" and reading.compared and reading.sign in ("<", "<="):
            around_from = max(around_from, key.rfind(",", start, around_to) + 1)  # "hạn chế tử vong, dưới 02 ca"
        if frame.around and (
            frame.around.search(key, around_from, around_to) or (reading.label and frame.around.search(reading.label))
        ):
            return frame
        if frame.behind and frame.behind.match(key, _next_word(key, reading.end)):
            return frame
    return None


def _is_compared(key: str, reading: Reading) -> bool:
    """ "vượt mục tiêu đề ra là 12%", "đạt chỉ tiêu 50%": the goal of before, beside what came of it."""
    start = max(reading.clause[0], reading.quantity.start - _REACH)
    return lexicon().measured_by.search(key, start, reading.quantity.start) is not None


def _next_word(key: str, at: int) -> int:
    while key.startswith((" ", ","), at):
        at += 1
    return at


def _by_kind(key: str, reading: Reading, place: Place) -> str | None:
    """The reading by its name in `data/confidence.toml`."""
    kind = reading.quantity.kind
    if place.results and (not reading.aimed or _is_compared(key, reading)):
        return None
    if kind == "share":
        return _share(key, reading, place)
    if kind in ("rate", "points", "ratio"):
        stated = reading.compared or reading.level or reading.aimed or reading.change is not None
        if place.targets:
            return "rate"
        return "rate_stated" if stated and not place.budget else None
    if kind == "money":
        stated = reading.compared or reading.level or reading.change is not None or reading.approximate
        stated = stated or reading.raised
        if place.budget or not stated or not (place.targets or reading.aimed):
            return None
        return "money"
    if kind == "count":
        return _count(key, reading, place)
    if kind == "bare":
        named = reading.head is not None or reading.head_words is not None
        stated = reading.compared or reading.level or reading.inherited
        return "bare" if place.targets and named and stated else None
    if kind in ("age", "span"):
        named = reading.head is not None and lexicon().timed.match(key, *reading.head) is not None
        stated = reading.compared or reading.level or reading.approximate or reading.inherited or named
        return "span" if place.targets and stated else None
    return None


def _share(key: str, reading: Reading, place: Place) -> str | None:
    if reading.nested:
        return None
    named = bool(reading.head or reading.head_words or reading.phrase)
    if place.targets:
        return "clean" if named else "share_unnamed"
    if not named:
        return None
    if _states_composition(key, reading) and not reading.aimed:
        return None
    if reading.phrase and not reading.aimed and _DONE.search(key, *reading.phrase):
        return None
    if place.budget and not (reading.aimed or reading.compared):
        return None
    return "share_stated" if reading.compared or reading.aimed or reading.change else "share_named"


def _only_describes(key: str, reading: Reading) -> bool:
    """Whether a number outside the targets tells who is meant: "các xã có trên 30% hộ nghèo", "công suất 95%"."""
    if reading.before is None or _has_its_year(key, reading):
        return False
    if reading.quantity.kind == "count" and reading.phrase and key.startswith("phải ", reading.phrase[0]):
        return True  # "cơ sở có trên 100 giường bệnh phải có ..."
    if reading.level and lexicon().reaching.search(key, reading.lead, reading.quantity.start) is None:
        return not lexicon().each.match(key, *reading.before)
    stated = reading.compared or reading.level or reading.change is not None
    return reading.quantity.kind == "share" and not (stated or reading.phrase or reading.head_words)


def _has_its_year(key: str, reading: Reading) -> bool:
    """ "đào tạo bác sĩ, | đến năm 2030 có 90% trạm y tế ...": a clause of its own that opens with its time."""
    if (
        reading.time is None
        or not reading.time.periods
        or not reading.lead <= reading.time.start < reading.quantity.start
    ):
        return False
    return _OPENED.search(key[max(reading.clause[0], reading.lead - 12) : reading.lead]) is not None


def _states_composition(key: str, reading: Reading) -> bool:
    """ "chiếm 34%" says what is, not what shall be."""
    return (
        re.search(r"(?<!\w)chiếm(?!\w)[^;.]{0,30}$", key[max(0, reading.quantity.start - 40) : reading.quantity.start])
        is not None
    )


def _count(key: str, reading: Reading, place: Place) -> str | None:
    strong = _strong_level(key, reading)
    if reading.nested and not (reading.compared and (reading.level or reading.worked)):
        return None
    noun = reading.quantity.noun
    measures = (
        noun is not None
        and lexicon().measure.fullmatch(key, *noun) is not None
        and "/" not in (reading.quantity.unit or "")
    )
    if measures and not (place.targets or reading.aimed or lexicon().often.match(key, reading.end)):
        return None  # "giãn cách tối thiểu 02 mét"
    if reading.compared:
        if place.targets:
            return "count_nested" if reading.nested else "count_bound"
        if place.budget:
            return None
        # "trên 02 tuyến đường" outside the targets is a place more often than a bound.
        if reading.sign in (">", "<", "range") and not (reading.level or reading.aimed or reading.worked):
            return None
        return "count_nested" if reading.nested else "count_bound_elsewhere"
    if reading.change is not None or strong:
        if place.targets:
            return "count_reached"
        return "count_reached_elsewhere" if reading.aimed and not place.budget else None
    if place.targets:
        opened = reading.head is None and reading.phrase is not None
        measured = reading.head is not None and wording.names_a_measure(key, *reading.head)
        said = reading.worked or reading.level or reading.carried or reading.aimed or reading.inherited
        said = said or reading.part_of is not None or lexicon().makes.match(reading.label) is not None
        return "count_named" if said or opened or measured else None
    if place.budget or not (place.work or reading.aimed):
        return None
    made = reading.quantity.high > 1 and noun is not None and lexicon().output.match(key, noun[0]) is not None
    before = max(reading.clause[0], reading.lead - 30), reading.lead
    made = made or (noun is not None and lexicon().building.search(key, *before) is not None)
    if reading.level and _has_its_year(key, reading) and key.startswith(("đến ", "tới "), reading.lead):
        return "count_reached_elsewhere"  # "Đến năm 2030, có 15 trạm y tế đạt chuẩn"
    done = reading.worked and not reading.level
    done = done or (reading.aimed and (reading.worked or reading.level))  # "Phấn đấu có thêm 05 trạm đạt chuẩn"
    # "tập huấn cho 20 học viên" says whom, with a time it is an aim.
    given = key.endswith("cho ", *before) and not (reading.time and reading.time.periods)
    return "count_made" if done and made and not given else None


def _strong_level(key: str, reading: Reading) -> bool:
    """Whether a verb of reaching stands there, "có" and "là" not being enough."""
    if not reading.level:
        return False
    return lexicon().reaching.search(key, reading.lead, reading.quantity.start) is not None
