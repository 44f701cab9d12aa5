"""Outline -> deadlines: each expression that says when work of the plan is due or done, and whose it is.

1. `atoms.chains` finds time expressions in the whole text in one scan, `offsets` those counted from an event.
2. `spans` and `rounds` say what each is worth.
3. `filters.reason` drops what only looks like a deadline.
4. `joined` lends a round to the days of its sentence ("Hằng năm, ... trước ngày 15/12").
5. `people` says who has to do it and whom it goes to.
"""

from __future__ import annotations

from datetime import date

from extractors.confidence import sure
from extractors.deadlines.atoms import chains
from extractors.deadlines.filters import reason
from extractors.deadlines.grammar import compiled
from extractors.deadlines.joined import Kept, joined
from extractors.deadlines.offsets import Taken, read_events, read_offsets
from extractors.deadlines.people import handed_on, own_part, recipient, responsible
from extractors.deadlines.rounds import has_rounds, parts, read_rounds
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found, read_spans
from extractors.deadlines.values import Reckoning, When
from extractors.notes import warn
from models.outline import Outline
from models.plan import Context, Deadline, PlanWarning, Reference, Span, Target


def extract_deadlines(
    outline: Outline,
    context: Context,
    references: tuple[Reference, ...] = (),
    targets: tuple[Target, ...] = (),
) -> tuple[tuple[Deadline, ...], tuple[PlanWarning, ...]]:
    """Deadlines in the order of the text, with spans in cleaned offsets, and what is doubtful about them.

    `references` keep the dates of cited papers out, `targets` the times that only date a target. `Deadline.tasks` stays
    empty here: `extractors.tasks` says which task hangs on which deadline, and the pipeline fills both sides.
    """
    clean = outline.text.clean
    low = clean.replace("İ", "I").lower()
    reckoning = Reckoning.of(context)
    scene = Scene(outline, low, references, targets)
    kept: list[Kept] = []
    chain, verdict = -1, ""
    for found in _candidates(low, clean, reckoning):
        place = scene.place(found)
        if found.chain < 0 or found.chain != chain:
            chain, verdict = found.chain, reason(found, place, scene, reckoning)
        if not verdict:
            kept.append((_as_asked(found, place, low), place))
    kept += read_events(scene, {place.item.index for _, place in kept if place.item is not None})
    deadlines: list[Deadline] = []
    warnings: list[PlanWarning] = []
    entries = joined(kept, low, reckoning)
    for index, (found, place) in enumerate(entries):
        when = found.when
        following = entries[index + 1][0].start if index + 1 < len(entries) else None
        by = responsible(place, found.core, found.end, scene)
        if deadlines and (own := own_part(place, deadlines[-1], found.start, scene)):
            by = own
        to = recipient(place, found.start, found.end, scene, following)
        if deadlines and (handed := handed_on(place, deadlines[-1], found.start, scene)):
            by, to = handed
        start, end = (None, None) if _backwards(when) else (when.start, when.end)
        deadlines.append(
            Deadline(
                text=outline.text.printed(found.start, found.end),
                span=Span(found.start, found.end),
                kind=when.kind,
                bound=when.bound,
                start_date=start.isoformat() if start else None,
                end_date=end.isoformat() if end else None,
                precision=when.precision,
                rrule=when.rrule,
                anchor=when.anchor,
                offset=when.offset,
                offset_unit=when.offset_unit,
                approximate=when.approximate,
                responsible=by,
                recipient=to,
                confidence=round(sure("deadlines.clean") * when.confidence, 3),
            )
        )
        warnings += _doubts(found, clean, reckoning)
    return tuple(deadlines), tuple(warnings)


def _candidates(low: str, clean: str, reckoning: Reckoning) -> list[Found]:
    """Every time expression of the text; an offset ("trong vòng 10 ngày ...") covers what stands inside it."""
    found = read_offsets(low, clean)
    taken = Taken(found)
    for chain in chains(low):
        if taken.touch(chain.first, chain.end):
            continue
        for part in parts(chain) if has_rounds(chain) else (chain,):
            found += read_rounds(part) if has_rounds(part) else read_spans(part, clean, reckoning)
    return sorted(found, key=lambda each: (each.start, each.end))


def _as_asked(found: Found, place: Place, low: str) -> Found:
    """A bare day takes its bound from what asks for it: due where the label says "hoàn thành" or "là hạn cuối" follows,
    a start at "bắt đầu"."""
    when = found.when
    if found.bounds or when.kind != "interval" or when.precision != "day" or when.start != when.end:
        return found
    limit = compiled("tails", "limit").match(low, found.end)
    if limit or (place.label and compiled("bounds_of_label", "end").search(place.label)):
        return found._replace(when=when._replace(kind="deadline", bound="by", start=None))
    if place.label and compiled("bounds_of_label", "start").search(place.label):
        return found._replace(when=when._replace(bound="from", end=None))
    return found


def _backwards(when: When) -> bool:
    """Whether it ends before it starts: which of the two days is wrong nobody knows, and `_doubts` says so."""
    return when.start is not None and when.end is not None and when.end < when.start


def _doubts(found: Found, clean: str, reckoning: Reckoning) -> list[PlanWarning]:
    span = (found.start, found.end)
    words = clean[found.start : found.end]
    when = found.when
    if when.impossible:
        return [warn("impossible_date", span, words=words)]
    late = when.end or (when.start if when.kind == "deadline" else None)
    if late is not None and reckoning.issued is not None and late < reckoning.issued:
        return [warn("deadline_before_issue", span, words=words, issued=_vietnamese(reckoning.issued))]
    return []


def _vietnamese(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
