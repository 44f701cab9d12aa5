"""Pieces of work, with the times they have, and who does them for whom."""

from __future__ import annotations

from tests.generator.deadlines import AGAIN, BARE, DUE, WITHIN, when
from tests.generator.piece import Piece, Words, add, capital, fill, slots_of
from tests.generator.scene import Scene
from tests.generator.vocabulary import words

TIMES = {"due": DUE, "within": WITHIN, "bare": BARE, "again": AGAIN, "offset": ("offset",)}
SHARES = {"due": 8, "within": 4, "bare": 4, "again": 4, "offset": 1}
IN_CELLS = ("day", "month_end", "quarter_end", "bare_month", "bare_quarter", "between", "again")


def task(
    scene: Scene, unit: str | None = None, times: tuple[str, ...] = ("due", "within", "bare", "again", "offset")
) -> Piece:
    """A sentence with a time in it. With `unit`, the heading above has named who does it, and the sentence does not."""
    kind = scene.rng.choices(times, [SHARES[k] for k in times])[0]
    said = [
        s["say"]
        for s in words("tasks")["sentences"]
        if s["times"] == kind and not (unit and "unit" in slots_of(s["say"]))
    ]
    template = scene.pick(said)
    slots = slots_of(template)
    unit = unit or (scene.pick(scene.units) if "unit" in slots else None)
    recipient = scene.pick([r for r in scene.recipients if r != unit])
    known = ({"responsible": unit} if unit else {}) | ({"recipient": recipient} if "to" in slots else {})
    return fill(
        template,
        unit=unit or "",
        to=recipient,
        do=scene.pick(words("tasks")["work"]),
        report=scene.pick(words("tasks")["reports"]),
        when=add(when(scene, *TIMES[kind]), "deadlines", **known),
    )


def plain(scene: Scene, unit: str | None = None) -> Piece:
    """A sentence about work, without a time of its own, whatever dates and numbers stand in it."""
    said = [s for s in words("tasks")["plain"]["sentences"] if not (unit and "unit" in slots_of(s))]
    who, other = scene.some(scene.units, 2, 2)
    return fill(
        scene.pick(said),
        unit=who,
        other=other,
        do=scene.pick(words("tasks")["work"]),
        none=scene.pick(words("deadlines")["none"]),
        hang=scene.hang,
        anniversary=str(scene.year - 1954),
        next_year=str(scene.year + 1),
        year=str(scene.year),
    )


def prose(scene: Scene, kind: str, least: int = 1, most: int = 3) -> list[Piece]:
    """Sentences for a section that has neither work nor targets."""
    said = scene.some(words("tasks")[kind]["sentences"], least, most)
    return [
        fill(
            template,
            hang=scene.hang,
            money=f"{scene.rng.randint(20, 990)}.{scene.rng.randint(0, 999):03}.000",
            past=str(scene.year - 1),
            past_past=str(scene.year - 2),
            count=str(scene.rng.randint(12, 980)),
            percent=f"{scene.rng.randint(5, 98)},{scene.rng.randint(1, 9)}",
        )
        for template in said
    ]


def rows(scene: Scene) -> list[list[Words]]:
    """A table of work: the head row, and a row for each piece of work with its unit and its time."""
    heads: list[list[Words]] = [
        ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"],
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"],
        ["STT", "Nội dung", "Đơn vị thực hiện", "Phối hợp", "Thời gian"],
    ]
    out = [scene.pick(heads)]
    for n, work in enumerate(scene.some(words("tasks")["work"], 3, 7), 1):
        unit, other = scene.some(scene.units, 2, 2)
        if scene.chance(0.12):
            time: Words = capital(scene.pick(("thường xuyên", "theo kế hoạch riêng")))
        else:
            time = capital(add(when(scene, *IN_CELLS), "deadlines", responsible=unit))
        out.append([str(n), work[0].upper() + work[1:], unit, other, time])
    return out
