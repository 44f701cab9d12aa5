"""Times counted from an event ("trong vòng 10 ngày làm việc kể từ ngày nhận ...") and events in a time's place."""

from __future__ import annotations

from extractors.deadlines.atoms import event_end
from extractors.deadlines.grammar import compiled, count
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found
from extractors.deadlines.values import When, iso_offset
from extractors.tasks.blocks import BODY
from models.plan import Bound, Precision

_PRECISION: dict[str, Precision] = {"tuần": "week", "tháng": "month", "năm": "year"}
_PLAN = (
    "ngày ban hành",
    "ngày ký",
    "ngày ký ban hành",
    "ngày kế hoạch này được ban hành",
    "ngày ban hành kế hoạch",
    "ngày ban hành kế hoạch này",
)


def read_offsets(low: str, clean: str) -> list[Found]:
    """Every offset of the text, those with their event first; an offset inside another is left out."""
    found: list[Found] = []
    for match in compiled("offset", "pattern").finditer(low):
        if match.start() and low[match.start() - 1].isalnum():
            continue
        lead = match["lead"] or ""
        direction = match["direction"]
        if not lead and direction not in ("kể từ", "tính từ") and not match["work"] and "làm việc" not in match["unit"]:
            continue
        if direction == "từ" and not low.startswith(("ngày", "khi", "lúc", "thời điểm"), match.start("anchor")):
            continue
        begin, end = match.start("anchor"), event_end(low, *match.span("anchor"))
        words = clean[begin:end].strip()
        if not words:
            continue
        anchor = "issue_date" if low[begin:end].strip() in _PLAN else words
        bound: Bound = "before" if direction == "trước" else ("after" if lead == "sau" else "within")
        if lead in ("chậm nhất", "muộn nhất") and direction != "trước":
            bound = "by"
        found.append(_found(match.start(), end, bound, count(match["n"]), match["unit"], bool(match["work"]), anchor))
    for match in compiled("offset", "alone").finditer(low):
        if any(each.start < match.end() and match.start() < each.end for each in found):
            continue
        if match.start() and low[match.start() - 1].isalnum():
            continue
        bound = "by" if match["lead"] in ("chậm nhất", "muộn nhất") else "within"
        found.append(
            _found(match.start(), match.end(), bound, count(match["n"]), match["unit"], bool(match["work"]), None)
        )
    return found


def _found(start: int, end: int, bound: Bound, number: int, unit: str, work: bool, anchor: str | None) -> Found:
    workdays = work or "làm việc" in unit
    unit = "ngày" if workdays else unit
    when = When(
        "relative",
        bound,
        precision=_PRECISION.get(unit, "day"),
        anchor=anchor,
        offset=iso_offset(number, unit),
        offset_unit="workday" if workdays else None,
        confidence=0.9 if anchor else 0.7,
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
                 anchor=scene.clean[slice(*match.span("anchor"))].strip(), confidence=0.8),
            ("event",), (), True, True,
        )  # fmt: skip
        place = scene.place(each)
        if place.setting in ("label", "cell") or match["label"]:
            found.append((each, place))
    return found
