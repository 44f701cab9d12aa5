"""Times counted from an event ("trong vòng 10 ngày làm việc kể từ ngày nhận ...") and events in a time's place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractors.confidence import left
from extractors.deadlines.atoms import event_end, read_atom
from extractors.deadlines.grammar import compiled, count
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found
from extractors.deadlines.values import When, iso_offset
from extractors.tasks.blocks import BODY
from models.plan import Bound, Precision

_PRECISION: dict[str, Precision] = {"tuần": "week", "tháng": "month", "năm": "year"}
_DAY = re.compile(r"\d/\d|tháng \d|ngày \d")
_BEFORE = 160  # how many characters before a time the words that it needs may reach
_LATEST = ("chậm nhất", "muộn nhất")


def read_offsets(low: str, clean: str) -> list[Found]:
    """Every offset of the text, those with their event first; an offset inside another is left out."""
    found: list[Found] = []
    for name, read in _READERS:
        taken = Taken(found)
        more: list[Found] = []
        for match in _matches(low, name):
            inside_word = match.start() and low[match.start() - 1].isalnum()
            if not inside_word and not taken.touch(*match.span()) and (each := read(match, low, clean)):
                more.append(each)
        found = sorted([*found, *more], key=lambda each: each.start)
    return found


def _told_before(name: str, match: re.Match[str], low: str) -> bool:
    """Whether the words that a time needs stand before it, in its own part of the sentence."""
    start = match.start()
    return bool(compiled("offset", name).search(low, max(0, start - _BEFORE), start))


def _matches(low: str, name: str) -> Iterator[re.Match[str]]:
    """Every match of one pattern; the one that may begin anywhere is tried in lines only that its hint is in."""
    if name != "pattern":
        yield from compiled("offset", name).finditer(low)
        return
    end = 0
    for hint in compiled("offset", "hint").finditer(low):
        if hint.start() >= end:
            start = low.rfind("\n", 0, hint.start()) + 1
            end = low.find("\n", hint.end())
            end = len(low) if end < 0 else end
            yield from compiled("offset", name).finditer(low, start, end)


class Taken:
    """Which parts of the text expressions hold already. `found` is in order and does not overlap."""

    def __init__(self, found: list[Found]) -> None:
        self._starts = [each.start for each in found]
        self._ends = [each.end for each in found]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with `[start, end)`."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start


def _from_event(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "trong vòng 10 ngày làm việc kể từ ngày nhận ...", "chậm nhất 48 giờ trước khi ..."."""
    lead, direction = match["lead"] or "", match["direction"]
    counted = lead or direction in ("kể từ", "tính từ") or match["work"] or "làm việc" in match["unit"]
    counted = counted or (direction == "sau" and low[match.start() - 1 : match.start()] in ("", "\n"))  # a cell's words
    if not counted or (lead in ("", "ít nhất") and _told_before("lasting", match, low)):
        return None
    if direction == "từ":
        if not low.startswith(("ngày", "khi", "lúc", "thời điểm"), match.start("anchor")):
            return None
        dated = read_atom(low, match.start("anchor"))
        if dated and dated.kind == "date":
            return None  # "trong thời gian 15 ngày, từ ngày 01/8/2025 đến ...": the days themselves stand there
    begin, end = match.start("anchor"), event_end(low, *match.span("anchor"))
    words = clean[begin:end].strip()
    if not words:
        return None
    bound: Bound = "before" if "trước" in (direction, lead) else ("after" if lead == "sau" else "within")
    if lead in _LATEST and direction != "trước":
        bound = "by"
    return _found(
        match, end, bound, "issue_date" if compiled("offset", "issued").fullmatch(low[begin:end].strip()) else words
    )


def _alone(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "trong vòng 05 ngày": the event is told elsewhere or not at all."""
    del low, clean
    return _found(match, match.end(), "by" if match["lead"] in _LATEST else "within", None)


def _ahead(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "trước ít nhất 03 ngày làm việc", "trước 05 ngày tổ chức Hội nghị"."""
    del low
    if not (match["anchor"] or match["least"] or match["work"] or "làm việc" in match["unit"]):
        return None
    anchor = clean[slice(*match.span("anchor"))].strip() if match["anchor"] else None
    return _found(match, match.end(), "before", anchor)


def _until(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "hoàn thành trước khi bắt đầu năm học", "xong trước mùa mưa": due, but no calendar tells when."""
    start, end = match.start("anchor"), event_end(low, *match.span("anchor"))
    words = clean[start:end].strip()
    if not words or _DAY.search(words):
        return None
    when = When("deadline", "before", precision="event", anchor=words, confidence=left("deadlines.event_only"))
    return Found(match.start(), start + len(words), match.start(), when, ("offset",), ("done", "before"), True, True)


def _object_until(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "hoàn thành việc rà soát trước khi bắt đầu năm học": the words of the time begin at "trước"."""
    return _until(match, low, clean) if _told_before("finished", match, low) else None


def _event_ahead(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "trước khi khai giảng 10 ngày": so long before an event that is told first."""
    del low
    return _found(match, match.end(), "before", clean[slice(*match.span("anchor"))].strip())


def _within(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "khắc phục trong 05 ngày.": a limit behind work that has an end; "họp trong 02 ngày" is how long it takes."""
    del clean
    return _found(match, match.end(), "within", None) if _told_before("answered", match, low) else None


def _listed(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "trong vòng 24 giờ đối với bệnh nhóm A, 48 giờ (đối với bệnh nhóm B) kể từ khi ...": a second limit."""
    if not _told_before("limited", match, low):
        return None
    since = compiled("offset", "since").match(low, match.end())
    begin, end = (since.start("anchor"), event_end(low, *since.span("anchor"))) if since else (0, 0)
    return _found(match, match.end(), "within", clean[begin:end].strip() or None)


def _done(match: re.Match[str], low: str, clean: str) -> Found | None:
    """ "sau 05 ngày kết thúc đợt", "sau khi kết thúc chiến dịch 05 ngày"."""
    begin, end = match.start("anchor"), event_end(low, *match.span("anchor"))
    last = match.end() if match.start("n") > begin else end
    return _found(match, last, "after", clean[begin:end].strip())


_READERS = (
    ("pattern", _from_event), ("alone", _alone), ("ahead", _ahead), ("event_ahead", _event_ahead),
    ("eve", _until), ("until", _until), ("object_until", _object_until),
    ("within", _within), ("listed", _listed), ("done_in", _done), ("done_before", _done),
)  # fmt: skip


def _found(match: re.Match[str], end: int, bound: Bound, anchor: str | None) -> Found:
    workdays = bool(match["work"]) or "làm việc" in match["unit"]
    unit, number, start = "ngày" if workdays else match["unit"], count(match["n"]), match.start()
    when = When(
        "relative",
        bound,
        precision=_PRECISION.get(unit, "day"),
        anchor=anchor,
        offset=iso_offset(number, unit),
        offset_unit="workday" if workdays else None,
        confidence=left("deadlines.event_end" if anchor else "deadlines.event_untold"),
    )
    return Found(start, end, start, when, ("offset",), (bound,), True, True)


def read_events(scene: Scene, timed: set[int]) -> list[tuple[Found, Place]]:
    """Events where a time is asked for: "Thời gian thực hiện: Sau khi Nghị định ban hành", a cell of a time column.

    `timed` are the items (by index) that hold a time already; they are left alone.
    """
    found: list[tuple[Found, Place]] = []
    for item in scene.items:
        if item.index in timed or item.region not in BODY:
            continue
        start = item.label_end if item.label else item.start
        match = compiled("offset", "event").match(scene.low, start, item.end)
        if not match:
            continue
        each = Found(
            match.start("event"), match.end("anchor"), match.start("event"),
            When("relative", "after" if "sau" in match["event"] else "within", precision="event",
                 anchor=scene.clean[slice(*match.span("anchor"))].strip(), confidence=left("deadlines.event_only")),
            ("event",), (), True, True,
        )  # fmt: skip
        place = scene.place(each)
        if place.setting in ("label", "cell") or match["label"]:
            found.append((each, place))
    return found
