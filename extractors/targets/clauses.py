"""Reads one line (an item, a heading, a cell) into readings: each number with its comparator, change, words and time.

Whether a reading is a target is not decided here (see `judge`). The line is cut into clauses at ";" and full stops;
within a clause the numbers form a chain in which head, comparator, time and unit may be said once for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractors.targets import naming, wording
from extractors.targets.anchors import anchors, is_base, works
from extractors.targets.baselines import compared_with, started_from
from extractors.targets.leads import Lead, lead_of, starts_change, state
from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Time
from extractors.targets.quantities import Quantity, base_in_front, denominator
from extractors.targets.readings import Context, Line, Reading, year_of
from extractors.targets.tokens import Token, scan, within
from extractors.vietnamese import fold
from models.plan import Baseline

# Tokens and characters of one clause at most: what a rule does for each number, looking at its whole clause, stays
# linear in the line.
_LONGEST_CLAUSE = 120
_LONGEST_WORDS = 4_000
_LONGEST_LABEL = 300

# "..., ít nhất 4 lần: năm 2025 đạt 70%": the share behind a colon
_SHARE_BEHIND = re.compile(
    r"\s?(?:(?:đến |vào |trong )?(?:hết )?năm (?:19|20)\d\d\s?[:,]?\s?)?"
    r"(?:(?:đạt|từ|trên|dưới|tối thiểu|ít nhất|[<>≥≤]=?|khoảng) ?){0,3}\d[\d.,]*\s?[%‰]"
)
_NOTHING_BEHIND = re.compile(r"\s?(?:trở lên)?\s?(?=[;.,(|\n]|$)")
# "1-Tuổi thọ trung bình": the line's own number
_ORDINAL = re.compile(r"\s*\d{1,2}\s?[-.)]\s?(?=[^\W\d_]{2})")

_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|sao cho) $")

Clause = tuple[int, int, list[Token]]


def read_line(text: str, key: str, start: int, end: int, year: int | None = None, above: Context | None = None) -> Line:
    """The readings of `text[start:end]`. `key` is the whole folded text, `year` the plan's own, `above` what the
    lines above say for this one."""
    if ordinal := _ORDINAL.match(key, start, end):
        start = ordinal.end()
    line = Line(text, key, year, replace(above, own=False) if above else Context())
    told = False
    for first, last, tokens in clauses_of(key, scan(text, key, start, end, year), start, end):
        known = len(line.readings)
        told = told or _opens_told(key, first, last)
        _read_clause(line, first, last, tokens)
        told = told and not any(reading.aimed for reading in line.readings[known:])
        for reading in line.readings[known:]:
            reading.told = told and not _lies_ahead(reading, year)
        told = told and not key.startswith((".", "!", "?"), last)
        if line.context.own and key.startswith((".", "!", "?"), last):
            line.context.head, line.context.own = None, False  # a label holds to the end of its sentence
    naming.name_series(line.readings)
    return line


def _opens_told(key: str, start: int, end: int) -> bool:
    """Whether a clause opens with the present state, which all clauses of its sentence then tell of."""
    while start < end and key[start] in ' -+*•"“':
        start += 1
    return lexicon().told.match(key, start, end) is not None


def _lies_ahead(reading: Reading, year: int | None) -> bool:
    ends = year_of(reading.time)
    return ends is not None and year is not None and ends >= year


def clauses_of(key: str, tokens: Sequence[Token], start: int, end: int) -> list[Clause]:
    """A line's tokens by clause: the line `[start, end)` cut at its stops, at a colon that follows a number, and where
    it goes on for longer than any sentence."""
    clauses: list[Clause] = []
    part: list[Token] = []
    numbered = False
    for token in tokens:
        if token.depth == 0 and token.sort == "colon" and numbered and (label := _label_before(part)) is not None:
            # "tỷ lệ A: 15%, | tỷ lệ B: 20%"
            clauses.append((start, part[label].start, part[:label]))
            start, part, numbered = part[label].end, [*part[label + 1 :], token], False
            continue
        if token.sort == "colon" and numbered and (_names_share(key, start, part, token) or _names_rate(key, part)):
            numbered = False  # "Tỷ lệ phụ nữ được khám ít nhất 4 lần: 70%", "Số bác sĩ trên 10.000 dân: 12"
        if token.depth == 0 and (token.sort == "stop" or (token.sort == "colon" and numbered)):
            clauses.append((start, token.start, part))
            start, part, numbered = token.end, [], False
            continue
        if part and (len(part) >= _LONGEST_CLAUSE or token.end - start > _LONGEST_WORDS):
            clauses.append((start, part[-1].end, part))
            start, part, numbered = part[-1].end, [], False
        numbered = numbered or (token.measures and token.depth == 0)
        part.append(token)
    clauses.append((start, end, part))
    return clauses


def _names_share(key: str, start: int, part: Sequence[Token], colon: Token) -> bool:
    """Whether the colon only stands between a measure, in whose name there are counts, and its share."""
    counts = [t for t in part if t.measures and t.quantity]
    share = _SHARE_BEHIND.match(key, colon.end)
    if (
        colon.depth
        or share is None
        or any(t.quantity.kind not in ("count", "age", "span") for t in counts if t.quantity)
    ):
        return False
    while key.startswith(" ", start):
        start += 1
    if wording.names_a_measure(key, start, counts[0].start):
        return True
    # "Phụ nữ đẻ được khám thai ít nhất 4 lần: 85%", and no share of others behind it
    often = [t for t in counts if t.quantity and t.quantity.kind == "count"]
    alone = _NOTHING_BEHIND.match(key, share.end()) is not None
    return alone and any(t.quantity and (t.quantity.unit or "").startswith("lần") for t in often)


def _names_rate(key: str, part: Sequence[Token]) -> bool:
    """Whether the only numbers before a colon are the bases of rates, as their names have them."""
    return all(is_base(key, t.quantity) for t in part if t.measures and t.quantity and not t.depth)


def _label_before(part: Sequence[Token]) -> int | None:
    """Where the comma or conjunction stands that opens a label behind the last number of `part`."""
    for i in range(len(part) - 1, -1, -1):
        token = part[i]
        if token.depth == 0 and (token.measures or token.has("part")):
            return None
        if token.depth == 0 and (token.sort == "comma" or token.has("and")):
            return i
    return None


def _read_clause(line: Line, start: int, end: int, tokens: list[Token]) -> None:
    start = _read_labels(line, start, end, tokens)
    _count_none(line, start, end, tokens)
    front = base_in_front(line.text, line.key, start, end)
    if front:
        start = front[2]
    numbers = [i for i, t in enumerate(tokens) if t.sort == "number" and t.start >= start]
    if not numbers:
        opening = wording.open_phrase(line.key, tokens, start, end)
        line.context.time = opening.time or line.context.time
        return
    chain = _read_chain(line, start, end, tokens, [i for i in numbers if tokens[i].depth == 0])
    inner = [i for i in numbers if tokens[i].depth > 0]
    if inner and (not chain or _only_names(line, start, tokens, inner, chain)):
        _read_brackets(line, start, tokens, inner, end)
        return
    label = f"{line.context.head or ''} "
    named = denominator(label, fold(label), 0, len(label)) if "0" in label or "vạn" in label else None
    if front or named:
        _rate_by((front or named or ("",))[0], [r for r in chain if front or r.head is None])
    _share_times(line, chain)
    bracketed = [_read_aside(line, tokens, i, chain, end) for i in inner]
    chain += [reading for reading in bracketed if reading]
    line.readings += sorted(chain, key=lambda r: r.quantity.start)
    counted = [i for i in numbers if (quantity := tokens[i].quantity) is None or quantity.kind != "age"]
    if any(t.has("part") and t.start > tokens[(counted or numbers)[-1]].start for t in tokens):
        line.context.part = True  # "..., trong đó:"


def _rate_by(unit: str, chain: Sequence[Reading]) -> None:
    """Makes rates of the counts behind "Cứ 10.000 dân có" and "Cán bộ y tế trên 10.000 dân:"."""
    for reading in chain:
        if reading.quantity.kind in ("count", "bare") and "/" not in (reading.quantity.unit or ""):
            reading.quantity = replace(reading.quantity, kind="rate", unit=unit)


# --- labels -----------------------------------------------------------------------------------------------------------


def _read_labels(line: Line, start: int, end: int, tokens: Sequence[Token]) -> int:
    """Takes the labels that open the clause ("Chỉ tiêu 3: ", "Tại đô thị: ") and returns where they end."""
    measured = (t for t in tokens if t.measures and t.quantity and not t.depth)
    number = next((t.start for t in measured if t.quantity and not is_base(line.key, t.quantity)), end)
    for token in tokens:
        if token.sort == "colon" and token.depth == 0 and token.start < number:
            _read_label(line, start, token.start, tokens)
            start = token.end
    return start


def _read_label(line: Line, start: int, end: int, tokens: Sequence[Token]) -> None:
    key, context = line.key, line.context
    inner = within(tokens, start, end)
    context.label = f"{context.label} {key[start:end].strip()}".strip()[-_LONGEST_LABEL:]
    if any(t.has("part") and not t.depth for t in inner):
        context.part = True  # but not of "(không bao gồm giường trạm y tế)"
    if wording.is_label_name(key, start, end):
        return
    opening = wording.open_phrase(key, inner, start, end)
    context.change = opening.change
    named = next((t.time for t in inner if t.time and t.time.periods), None)
    context.time = opening.time or named or context.time
    if opening.empty or wording.is_label_name(key, opening.start, opening.end):
        return
    words = wording.clean(line.text, opening.start, opening.end)
    measure = wording.names_a_measure(key, opening.start, opening.end)
    former = fold(context.head or "")
    holds = bool(former) and (not context.own or wording.names_a_measure(former, 0, len(former)))
    if wording.is_subject(key, opening.start, opening.end) or (holds and not measure):
        context.subject = words  # "Tại đô thị:", or the group in "Tỷ lệ bao phủ: trẻ em: 95%"
    else:
        context.head, context.own, context.subject = words, True, None


def _count_none(line: Line, start: int, end: int, tokens: Sequence[Token]) -> None:
    """ "Không có ca tử vong do dại" is a target of none."""
    found = lexicon().none.search(line.key, start, end)
    behind = next((t for t in tokens if t.sort in ("number", "comma") and found and t.start > found.start()), None)
    if not found or (behind and behind.sort == "number"):
        return  # "không có vụ ngộ độc trên 30 người" bounds something else
    noun = found.span("noun")
    counted = lexicon().counted.match(line.key, *noun)  # "ca" of "ca tử vong"
    unit = line.text[slice(*(counted.span() if counted else noun))]
    quantity = Quantity(found.start(), noun[1], 0, 0, "count", unit, noun)
    reading = Reading(quantity=quantity, clause=(start, end), lead=found.start(), end=noun[1], level=True, none=True)
    _close(line, reading, tokens, end)
    reading.time = reading.time or line.context.time
    reading.subject = line.context.subject or naming.topic(line.context)
    line.readings.append(reading)


# --- the chain of numbers outside brackets ----------------------------------------------------------------------------


def _read_chain(line: Line, start: int, end: int, tokens: list[Token], numbers: list[int]) -> list[Reading]:
    chain: list[Reading] = []
    kept = anchors(line, start, end, tokens, numbers)
    unclosed: list[Reading] = []
    floor = start
    former: tuple[Lead, Baseline] | None = None
    for place, (i, quantity, lead) in enumerate(kept):
        following = kept[place + 1][2] if place + 1 < len(kept) else None
        if following and starts_change(line.key, quantity, lead, tokens, following):
            former = lead, started_from(line, quantity, within(tokens, quantity.end, kept[place + 1][1].start))
            if following.time and following.start == following.time.start:
                # "từ 81% năm 2024 lên 85%": the year is the start's
                kept[place + 1] = (*kept[place + 1][:2], replace(following, start=following.time.end + 1, time=None))
            continue
        reading = Reading(quantity, (start, end), lead.start, quantity.end, label=line.context.label)
        before = former[0] if former else lead
        last = chain[-1] if chain else None
        begin = floor
        if last is not None:
            split = _split(line, tokens, last, before, quantity, floor)
            if split is None:
                reading.nested = True
            else:
                unclosed = _close_all(line, unclosed, tokens, split)
                begin = split
                if _serves(line.key, floor, before):
                    begin, last = before.start, None
        state(line.key, reading, lead, tokens, i)
        naming.read_words(line, reading, before, tokens, begin, last)
        if former:
            reading.baseline, reading.change = former[1], None
            former = None
        chain.append(reading)
        unclosed.append(reading)
        floor = reading.end
    _close_all(line, unclosed, tokens, end)
    naming.spread(line, chain)
    return chain


def _close_all(line: Line, readings: Sequence[Reading], tokens: Sequence[Token], end: int) -> list[Reading]:
    """Closes a number and those nested in its statement, which ends at `end`; returns the numbers still open: none."""
    for reading in readings:
        _close(line, reading, tokens, end)
        naming.choose(line, reading)
    return []


def _split(
    line: Line, tokens: Sequence[Token], last: Reading, lead: Lead, quantity: Quantity, floor: int
) -> int | None:
    """Where the words of the next number begin; None where it is nested in the statement before."""
    key, lex = line.key, lexicon()
    if _serves(key, floor, lead):
        commas = [t.end for t in within(tokens, floor, lead.start) if t.sort == "comma" and not t.depth]
        return commas[-1] if commas else lead.start  # "..., | bổ sung ... để đến năm 2030 có 90%"
    fallback: int | None = None
    right_before = _joint(line, tokens, floor, lead.start)
    for token in within(tokens, floor, lead.start):
        if token.depth or not (token.sort == "comma" or token.has("and") or token.has("part")):
            continue
        if token.has("part"):
            return token.start
        opening = wording.open_phrase(key, tokens, token.end, lead.start)
        if opening.empty or opening.change or wording.names_a_measure(key, opening.start, opening.end):
            return token.end
        if lex.aim_strong.match(key, token.end + 1) or wording.is_subject(key, opening.start, opening.end):
            return token.end
        if quantity.kind == "count" and works(key, token.end, lead):
            return token.end
        short = len(key[token.end : lead.start].split()) <= 4
        if token.sort == "comma" and short and quantity.kind == "share" and lead.sign():
            return right_before or token.end  # "..., sai sót không quá 2%"
        # A short new subject with its own verb: "trẻ em đạt 95%, phụ nữ đạt 90%".
        headed = bool(last.head or last.head_words) and quantity.kind == last.quantity.kind
        if headed and fallback is None and len(key[token.end : lead.start].split()) <= 12:
            fallback = token.end
    if fallback is not None:
        return right_before or fallback
    opening = wording.open_phrase(key, tokens, floor, lead.start)
    placed = quantity.kind == last.quantity.kind and wording.is_subject(key, opening.start, opening.end)
    return floor if opening.empty or placed else None


def _serves(key: str, floor: int, lead: Lead) -> bool:
    """Whether a number is what the words before it are for: "bổ sung bác sĩ để | đến năm 2030 có 90% ..."."""
    return lead.time is not None and _PURPOSE.search(key, max(floor, lead.start - 9), lead.start) is not None


def _joint(line: Line, tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Where the last comma or conjunction before `end` ends, if nothing is said behind it: "người sản xuất, kinh doanh
    thực phẩm, | trên 97% ..."."""
    for token in reversed(within(tokens, start, end)):
        if not token.depth and (token.sort == "comma" or token.has("and")):
            return token.end if wording.open_phrase(line.key, tokens, token.end, end).empty else None
    return None


def _close(line: Line, reading: Reading, tokens: Sequence[Token], end: int) -> None:
    """Reads what stands behind a number, up to `end`."""
    tail = wording.read_tail(line.key, tokens, reading.end, end, reading.quantity.kind == "count")
    reading.phrase = tail.phrase
    if tail.subject and not reading.subject:
        reading.subject = wording.clean(line.text, *tail.subject)
    if tail.times and not reading.time:
        reading.time = next((time for time in tail.times if time.periods), tail.times[0])
    base = next((t for t in within(tokens, reading.end, end) if t.has("base") and t.depth == 0), None)
    if base and not reading.baseline:
        reading.baseline = compared_with(line, tokens, base, end)


# --- times ------------------------------------------------------------------------------------------------------------


def _share_times(line: Line, chain: list[Reading]) -> None:
    """A number without a time takes that of the chain's later ones, else what the line said."""
    later: Time | None = None
    follower = 0  # where the number behind begins
    for reading in reversed(chain):
        if reading.time and reading.time.periods:
            later = reading.time if reading.inherited or not line.context.time else None
        elif later and not (_is_past(later, line.year) and later.start > reading.end and later.end <= follower):
            reading.time = later  # not in "95%, năm 2024 đạt 90%"
        if not reading.inherited and line.context.time:
            later = None  # another statement: the line's own time holds
        follower = reading.quantity.start
    for reading in chain:
        whole = reading.part_of.time if reading.part_of else None
        if reading.time is None or not reading.time.periods:
            reading.time = (whole if whole and whole.periods else line.context.time) or reading.time
    _distribute(line, chain)


def _is_past(time: Time, year: int | None) -> bool:
    """Whether a time lies before the plan's year."""
    named = year_of(time)
    return named is not None and year is not None and named < year


def _distribute(line: Line, chain: list[Reading]) -> None:
    """One year each for "10% và 15% vào năm 2025 và 2030"; "5% ở nông thôn, 10% ở đô thị vào ..." keep both."""
    for time in {r.time for r in chain if r.time and len(r.time.periods) > 1}:
        sharing = [r for r in chain if r.time == time]
        plain = all(r.subject is None or r.subject == line.context.subject for r in sharing)
        if len(sharing) == len(time.periods) and plain and all(r.inherited for r in sharing[1:]):
            for reading, period in zip(sharing, time.periods, strict=True):
                reading.time = time._replace(periods=(period,))


# --- brackets ---------------------------------------------------------------------------------------------------------


def _only_names(
    line: Line, start: int, tokens: Sequence[Token], inner: Sequence[int], chain: Sequence[Reading]
) -> bool:
    """Whether the counts outside the brackets only tell of whom the shares inside are: "Tỷ lệ người cao tuổi được khám
    ít nhất 1 lần/năm (năm 2025: 70%, năm 2030: 90%)"."""
    opening = wording.open_phrase(line.key, tokens, start, chain[0].lead)
    return (
        lexicon().of_whole.match(line.key, opening.start, opening.end) is not None
        and all(reading.quantity.kind in ("count", "span", "age") and reading.compared for reading in chain)
        and all((quantity := tokens[i].quantity) is not None and quantity.kind == "share" for i in inner)
    )


def _read_brackets(line: Line, start: int, tokens: Sequence[Token], numbers: Sequence[int], end: int) -> None:
    """The statements of brackets whose clause has none outside: "mục tiêu 95-95-95 (95% ...; 95% ...)", "Tỷ lệ bao phủ
    (năm 2026: 93%; năm 2030: 96%)"."""
    time = next((t.time for t in tokens if t.time and t.time.periods and not t.depth), line.context.time)
    starts = {tokens[i].start for i in numbers}
    opened: Token | None = None
    for token in tokens:
        if token.depth != 1 or token.sort not in ("open", "close"):
            continue
        if token.sort == "open":
            opened = token
        elif opened and any(t.start in starts for t in within(tokens, opened.end, token.start)):
            above = Context(subject=line.context.subject, time=time, label=line.context.label)
            opening = wording.open_phrase(line.key, tokens, start, opened.start)
            dated = any(t.time and t.time.periods for t in within(tokens, opened.end, token.start))
            if dated and wording.names_a_measure(line.key, opening.start, opening.end):
                above.head = wording.clean(line.text, opening.start, opening.end)
            inner = read_line(line.text, line.key, opened.end, token.start, line.year, above).readings
            if len(inner) == 1 and not (inner[0].head or inner[0].phrase or inner[0].quantity.noun):
                inner[0].phrase = wording.read_tail(
                    line.key, tokens, token.end, end
                ).phrase  # "Tất cả (100%) cơ sở ..."
            line.readings += inner


def _read_aside(line: Line, tokens: list[Token], i: int, chain: list[Reading], end: int) -> Reading | None:
    """A number in brackets behind another: another group's value, or what the first started from."""
    token = tokens[i]
    host = next((r for r in reversed(chain) if r.quantity.end <= token.start and not r.nested), None)
    quantity = token.quantity
    if host is None or quantity is None:
        return None
    near = tokens[max(0, i - 30) : i]
    opened = next((t for t in reversed(near) if t.sort == "open" and t.depth == token.depth), None)
    start = max(
        opened.end if opened else host.end,
        *(t.end for t in near if t.sort == "number" and t.depth == token.depth),
        0,
    )
    lead = lead_of(line.key, tokens, i, start)
    former = next((j for j in range(i - 1, max(0, i - 6), -1) if tokens[j].sort in ("number", "open")), None)
    changed = next((c.start for c in lead.cues if line.key[c.start : c.end] in lexicon().changed_to), None)
    if changed and former and tokens[former].quantity and lead_of(line.key, tokens, former, host.end).risen:
        start, lead = changed, replace(lead, start=changed, time=None)  # "(từ 26% năm 2021 | xuống 22%)"
    words = line.key[start : token.start]
    inner = within(tokens, start, token.start)
    time = next((t.time for t in inner if t.time), None) or lead.time
    compared = host.baseline is not None and host.baseline.value is None
    if compared and host.baseline and not words.strip():  # "tăng 2% so với năm 2024 (93%)"
        host.baseline = Baseline(words=host.baseline.words, value=quantity.low, year=host.baseline.year)
        return None
    opening = wording.open_phrase(line.key, tokens, start, lead.start)
    measured = wording.names_a_measure(line.key, opening.start, opening.end) and lead.states()
    part = next((t for t in inner if t.has("part")), None)
    if part and quantity.kind == "share" != host.quantity.kind and lead.states():
        opening = wording.open_phrase(line.key, tokens, part.end, lead.start)
        measured = not opening.empty  # "30 giường bệnh/10.000 dân (trong đó giường bệnh tư nhân chiếm 10%)"
    if (quantity.kind != host.quantity.kind and not measured) or lead.has("up") or lead.has("down"):
        return None
    if lexicon().same.search(words) or lexicon().given.search(words):
        return None
    values = (quantity.low, quantity.high) == (host.quantity.low, host.quantity.high)
    if values and quantity.unit == host.quantity.unit and lexicon().again.search(words):
        return None
    behind = next((j for j in range(i + 1, min(i + 6, len(tokens))) if tokens[j].sort in ("number", "close")), None)
    if behind is not None and tokens[behind].sort == "number":
        following = lead_of(line.key, tokens, behind, quantity.end)
        if starts_change(line.key, quantity, lead, tokens, following):  # "giảm 15% (từ 26% xuống 22%)"
            begun = started_from(line, quantity, within(tokens, quantity.end, tokens[behind].start))
            year = begun.year or (host.baseline.year if host.baseline else None)
            host.baseline = Baseline(words=begun.words, value=quantity.low, year=year)
            return None
    own, other = year_of(host.time) or line.year, year_of(time)
    if lexicon().past.search(words) or (own and other and other < own):
        told = line.text[start : token.end].strip()
        host.baseline = host.baseline or Baseline(words=told, value=quantity.low, year=other)
        return None
    reading = Reading(quantity, (start, end), lead.start, quantity.end, label=line.context.label)
    state(line.key, reading, lead, tokens, i)
    if quantity.kind != host.quantity.kind:  # "Tuổi thọ trung bình đạt 75 tuổi (số năm sống khỏe đạt 67 năm)"
        reading.head, reading.time = (opening.start, opening.end), reading.time or time or host.time
        reading.part_of = (host.part_of or host) if part else None
        return reading
    reading.head, reading.head_words, reading.inherited = host.head or host.phrase, host.head_words, True
    reading.subject = None if opening.empty else wording.clean(line.text, opening.start, opening.end)
    reading.change = reading.change or (host.change if not reading.level else None)
    if not reading.compared and not quantity.is_range and not reading.level:
        reading.sign, reading.compared = host.sign, host.compared
    reading.time = reading.time or time or host.time
    alone = opening.empty or words.rstrip().endswith(",")
    if quantity.kind == "count" and alone and quantity.unit == host.quantity.unit:
        # "02 cuộc diễn tập (01 cuộc cấp tỉnh, 01 cuộc cấp xã)"
        tail = wording.read_tail(line.key, tokens, quantity.end, end, counted=True)
        comma = next((t.start for t in tokens[i + 1 :] if t.sort in ("comma", "close")), end)
        if tail.phrase and tail.phrase[0] < comma:
            reading.head, reading.head_words, reading.subject = None, None, None
            reading.phrase, reading.part_of = (tail.phrase[0], min(tail.phrase[1], comma)), host.part_of or host
            reading.sign, reading.compared = lead.sign() or "=", host.compared
    elif part:
        reading.part_of = host.part_of or host
        tail = wording.read_tail(line.key, tokens, quantity.end, end)
        if tail.phrase and not lead.sign():
            # "(trong đó 80% bác sĩ ...)" says itself what it is of
            reading.head, reading.head_words, reading.phrase, reading.sign = None, None, tail.phrase, "="
    return reading
