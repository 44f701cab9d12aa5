"""Which numbers of a clause may state something: not those that only describe, name or measure something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.targets import wording
from extractors.targets.leads import Lead, after_of, lead_of
from extractors.targets.lexicon import lexicon
from extractors.targets.quantities import Quantity, denominator
from extractors.targets.readings import Line
from extractors.targets.tokens import Token, within
from extractors.vietnamese import fold

_BASES = (100, 1_000, 10_000, 100_000, 1_000_000)
_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)\s*$")
_NEXT_GROUP = re.compile(r"\s*(?:,|và|;)\s*[^\W\d_]+(?: [^\W\d_]+){0,3}\s*:?\s*")
_JOINED = re.compile(r"\s*(?:,|và|hoặc|;|/)\s*")

Anchor = tuple[int, Quantity, Lead]


def anchors(line: Line, start: int, end: int, tokens: Sequence[Token], numbers: Sequence[int]) -> list[Anchor]:
    """The numbers of a clause `[start, end)` that may be statements, each with its lead; `numbers` are their places in
    `tokens`. Shares and rates always are, counts only where a word says that they are something to reach."""
    kept: list[Anchor] = []
    for i in numbers:
        quantity = tokens[i].quantity
        if quantity is None or _is_base(line, tokens, i, end):
            continue
        lead = lead_of(line.key, tokens, i, start)
        if quantity.kind in ("age", "span") and not _is_timed(line, start, lead):
            continue
        plain = quantity.kind in ("count", "bare", "money", "span", "age")
        joined = bool(kept) and _is_joined(line, kept[-1][1], quantity)
        if plain and not joined and not _is_stated(line, start, tokens, i, quantity, lead):
            continue
        kept.append((i, quantity, lead))
    return _without_names(line, start, end, tokens, kept)


def _is_joined(line: Line, former: Quantity, quantity: Quantity) -> bool:
    """Whether a count goes on where one ended: "05 tập thể và 10 cá nhân", "nam đạt 168 cm, nữ 157 cm"."""
    if _JOINED.fullmatch(line.key, former.end, quantity.start):
        return True
    same = former.unit is not None and former.unit == quantity.unit
    return same and _NEXT_GROUP.fullmatch(line.key, former.end, quantity.start) is not None


def _is_stated(line: Line, start: int, tokens: Sequence[Token], i: int, quantity: Quantity, lead: Lead) -> bool:
    if lead.states() or (lead.risen and quantity.is_range) or after_of(line.key, tokens, i):
        return True
    if _AVERAGE.search(line.key, max(start, lead.start - 20), lead.start) or works(line.key, start, lead):
        return True
    # An aim and a time before the number don't take more room.
    if lead.start - start < 160 and wording.open_phrase(line.key, tokens, start, lead.start).empty:
        return True
    label = fold(line.context.head or "")  # "Chiều cao trung bình: nam 168 cm"
    return wording.names_a_measure(label, 0, len(label)) and not line.context.part


def works(key: str, start: int, lead: Lead) -> bool:
    """Whether a verb of work stands right before the lead."""
    return lexicon().work_lead.search(key, max(start, lead.start - 40), lead.start) is not None


def _is_timed(line: Line, start: int, lead: Lead) -> bool:
    """Whether a duration or an age is what is measured ("thời gian chờ", "tuổi thọ")."""
    words = f"{line.key[start : lead.start]} {fold(line.context.head or '')}"
    return bool(lead.cues or line.context.head) and lexicon().timed.search(words) is not None


def _is_base(line: Line, tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether the number is the base in a rate's name ("trên 1.000 trẻ đẻ sống dưới 9,5")."""
    quantity = tokens[i].quantity
    if quantity is None or quantity.low not in _BASES or not any(t.sort == "number" for t in tokens[i + 1 : i + 9]):
        return False
    found = denominator(line.text, line.key, max(0, quantity.start - 25), end)
    return found is not None and found[1] < quantity.start < found[2]


def _without_names(line: Line, start: int, end: int, tokens: Sequence[Token], kept: list[Anchor]) -> list[Anchor]:
    """Without the counts that belong to a measure's name: "Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 80%"."""
    share = next((i for i, quantity, _ in kept if quantity.kind != "count"), None)
    opening = wording.open_phrase(line.key, tokens, start, end)
    if share is None or not wording.names_a_measure(line.key, opening.start, end):
        return kept
    lead = lead_of(line.key, tokens, share, start)
    return [a for a in kept if a[0] >= share or _parts(tokens, tokens[a[0]].end, lead.start)]


def _parts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a comma or conjunction parts two numbers."""
    return any(
        t.depth == 0 and (t.sort == "comma" or t.has("and") or t.has("part")) for t in within(tokens, start, end)
    )
