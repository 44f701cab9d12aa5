"""Reads one line (an item, a heading, a cell) into readings: each number with its comparator, change, words and time.

Whether a reading is a target is not decided here (see `judge`). The line is cut into clauses at ";" and full stops;
within a clause the numbers form a chain in which head, comparator, time and unit may be said once for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.targets import wording
from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Period, Time
from extractors.targets.quantities import Quantity, denominator
from extractors.targets.tokens import Token, scan
from models.plan import Baseline, Change, Comparator

Extent = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """A number as its clause states it.

    `lead` is where its comparator or verb begins, `end` where its unit (and "trở lên") ends; `head` and `phrase` are
    the words before and behind it that say what is measured, `borrowed` a predicate that stands with a later number.
    """

    quantity: Quantity
    clause: Extent
    lead: int
    end: int
    sign: Comparator = "="
    compared: bool = False
    level: bool = False
    worked: bool = False
    aimed: bool = False
    approximate: bool = False
    change: Change | None = None
    head: Extent | None = None
    head_words: str | None = None
    phrase: Extent | None = None
    borrowed: Extent | None = None
    subject: str | None = None
    time: Time | None = None
    nested: bool = False
    inherited: bool = False
    part_of: Reading | None = None
    baseline: Baseline | None = None


@dataclass(slots=True)
class Context:
    """What a line says once for what follows it in it, or for the lines below it."""

    head: str | None = None
    subject: str | None = None
    time: Time | None = None
    part: bool = False


@dataclass(slots=True)
class Line:
    """A line with its readings; `context` is what it leaves for the lines that hang below it."""

    readings: list[Reading] = field(default_factory=list)
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class _Lead:
    start: int
    cues: tuple[Token, ...]  # the nearest first
    time: Time | None
    risen: bool  # "từ" stands right before the number

    def has(self, kind: str) -> bool:
        return any(kind in cue.kinds for cue in self.cues)

    def states(self) -> bool:
        """Whether any word of comparing, reaching or changing stands there."""
        return any(
            kind in ("level", "reached", "down", "up", "about") or kind.startswith("cmp:")
            for cue in self.cues
            for kind in cue.kinds
        )

    def sign(self) -> Comparator | None:
        for cue in self.cues:
            for kind in cue.kinds:
                if kind.startswith("cmp:"):
                    return kind.removeprefix("cmp:")  # type: ignore[return-value]
        return None


_FROM = re.compile(r"(?<!\w)từ\s*(?:mức\s|khoảng\s|ít nhất\s)?$")
_TO = frozenset({"xuống", "xuống còn", "còn", "lên", "lên đến", "lên tới", "xuống mức", "lên mức", "chỉ còn", "đạt"})
_OLDER = re.compile(r"(?:từ|so với|cùng kì|trung bình|của|mức)\s")


def read_line(text: str, key: str, start: int, end: int, year: int | None = None, above: Context | None = None) -> Line:
    """The readings of `text[start:end]`. `key` is the whole folded text, `year` the plan's own, `above` what the
    lines above say for this one."""
    tokens = scan(text, key, start, end, year)
    reader = _Reader(text, key, tokens, replace(above) if above else Context())
    for first, last, part in _clauses(tokens, start, end):
        reader.clause(first, last, part)
    return Line(reader.readings, reader.context)


def _clauses(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int, list[Token]]]:
    """The line cut at its stops, and at a colon that follows a number."""
    clauses: list[tuple[int, int, list[Token]]] = []
    part: list[Token] = []
    numbered = False
    for token in tokens:
        if token.depth == 0 and (token.sort == "stop" or (token.sort == "colon" and numbered)):
            clauses.append((start, token.start, part))
            start, part, numbered = token.end, [], False
            continue
        numbered = numbered or (token.sort == "number" and token.depth == 0)
        part.append(token)
    clauses.append((start, end, part))
    return clauses


class _Reader:
    """Reads the clauses of one line in order."""

    def __init__(self, text: str, key: str, tokens: Sequence[Token], context: Context) -> None:
        self.text = text
        self.key = key
        self.tokens = tokens
        self.context = context
        self.readings: list[Reading] = []

    # --- one clause ---------------------------------------------------------------------------------------------------

    def clause(self, start: int, end: int, tokens: list[Token]) -> None:
        start = self._labels(start, end, tokens)
        numbers = [i for i, t in enumerate(tokens) if t.sort == "number" and t.start >= start]
        if not numbers:
            opening = wording.open_phrase(self.key, tokens, start, end)
            self.context.time = opening.time or self.context.time
            return
        outer = [i for i in numbers if tokens[i].depth == 0]
        inner = [i for i in numbers if tokens[i].depth > 0]
        chain = self._chain(start, end, tokens, outer)
        if not chain and inner:
            self._brackets_alone(tokens, inner)
            return
        self._share_times(chain)
        bracketed = [self._bracket(tokens, i, chain, end) for i in inner]
        chain += [reading for reading in bracketed if reading]
        self.readings += sorted(chain, key=lambda r: r.quantity.start)

    def _brackets_alone(self, tokens: Sequence[Token], numbers: Sequence[int]) -> None:
        """The statements of brackets whose clause has none outside: "mục tiêu 95-95-95 (95% ...; 95% ...)"."""
        for opened in (t for t in tokens if t.sort == "open" and t.depth == 1):
            closed = next((t for t in tokens if t.sort == "close" and t.depth == 1 and t.start > opened.start), None)
            if closed and any(opened.end <= tokens[i].start < closed.start for i in numbers):
                inside = scan(self.text, self.key, opened.end, closed.start)
                reader = _Reader(self.text, self.key, inside, replace(self.context, head=None))
                for first, last, part in _clauses(inside, opened.end, closed.start):
                    reader.clause(first, last, part)
                self.readings += reader.readings

    def _labels(self, start: int, end: int, tokens: Sequence[Token]) -> int:
        """Takes the labels that open the clause ("Chỉ tiêu 3: ", "Tại đô thị: ") and returns where they end."""
        number = next((t.start for t in tokens if t.sort == "number" and t.depth == 0), end)
        for token in tokens:
            if token.sort == "colon" and token.depth == 0 and token.start < number:
                self._label(start, token.start, tokens)
                start = token.end
        return start

    def _label(self, start: int, end: int, tokens: Sequence[Token]) -> None:
        key = self.key
        inner = wording.within(tokens, start, end)
        if any(t.has("part") for t in inner):
            self.context.part = True
        if wording.is_label_name(key, start, end):
            return
        opening = wording.open_phrase(key, inner, start, end)
        self.context.time = opening.time or next(
            (t.time for t in inner if t.time and t.time.periods), self.context.time
        )
        if opening.empty or wording.is_label_name(key, opening.start, opening.end):
            return
        words = wording.clean(self.text, opening.start, opening.end)
        if wording.is_subject(key, opening.start, opening.end):
            self.context.subject = words
        elif self.context.head and not wording.names_a_measure(key, opening.start, opening.end):
            self.context.subject = words  # "Tỷ lệ bao phủ: trẻ em: 95%"
        else:
            self.context.head, self.context.subject = words, None

    # --- the chain of numbers outside brackets ------------------------------------------------------------------------

    def _chain(self, start: int, end: int, tokens: list[Token], numbers: list[int]) -> list[Reading]:
        chain: list[Reading] = []
        anchors = [(i, self._lead(tokens, i, start)) for i in numbers]
        anchors = self._anchors(start, end, tokens, anchors)
        floor = start
        pending: Baseline | None = None
        pending_lead: _Lead | None = None
        for place, (i, lead) in enumerate(anchors):
            quantity = tokens[i].quantity
            assert quantity is not None
            last = chain[-1] if chain else None
            following = anchors[place + 1] if place + 1 < len(anchors) else None
            if following and self._is_start(lead, quantity, tokens, following):
                pending = self._baseline(quantity, wording.within(tokens, quantity.end, following[1].start))
                pending_lead = lead
                continue
            reading = Reading(quantity=quantity, clause=(start, end), lead=lead.start, end=quantity.end)
            head_start, linked = floor, True
            before = pending_lead or lead
            if last is not None:
                head_start, linked = self._split(tokens, last, before, quantity, floor)
                self._close(last, tokens, head_start if linked else end)
                self._choose(last)
                reading.nested = not linked
            self._state(reading, lead, tokens, i)
            self._words(reading, before, tokens, head_start, last)
            if pending:
                reading.baseline, reading.change = pending, None
                pending = pending_lead = None
            chain.append(reading)
            floor = reading.end
        if chain:
            self._close(chain[-1], tokens, end)
            self._choose(chain[-1])
        self._spread(chain)
        return chain

    def _anchors(
        self, start: int, end: int, tokens: list[Token], numbers: list[tuple[int, _Lead]]
    ) -> list[tuple[int, _Lead]]:
        """The numbers that may state something: not the counts that only describe, nor a rate's base."""
        kept: list[tuple[int, _Lead]] = []
        for i, lead in numbers:
            quantity = tokens[i].quantity
            assert quantity is not None
            if quantity.kind in ("age", "span") and not self._is_timed(start, lead):
                continue
            if quantity.kind in ("count", "bare", "money", "span", "age") and not (
                lead.states() or self._opens(start, lead, tokens) or self._works(start, lead)
                or _after(self.key, tokens, i) or (kept and self._joins(tokens, kept[-1][0], i))
            ):  # fmt: skip
                continue
            if self._is_base(tokens, i, end):
                continue
            kept.append((i, lead))
        shares = [i for i, _ in kept if tokens[i].quantity and tokens[i].quantity.kind != "count"]  # type: ignore[union-attr]
        opening = wording.open_phrase(self.key, tokens, start, end)
        if shares and wording.names_a_measure(self.key, opening.start, end):
            # In "Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 80%" the count belongs to the name.
            first = shares[0]
            kept = [
                (i, lead)
                for i, lead in kept
                if i >= first or self._splits(tokens, tokens[i].end, self._lead(tokens, first, start).start)
            ]
        return kept

    def _joins(self, tokens: Sequence[Token], former: int, i: int) -> bool:
        """Whether nothing but "và" or a comma stands between two counts."""
        between = self.key[tokens[former].end : tokens[i].start]
        return re.fullmatch(r"\s*(?:,|và|hoặc|;|/)\s*", between) is not None

    def _is_timed(self, start: int, lead: _Lead) -> bool:
        """Whether a duration or an age is what is measured ("thời gian chờ", "tuổi thọ")."""
        words = self.key[start : lead.start] + (self.context.head or "").lower()
        return bool(lead.cues) and any(w in words for w in ("thời gian", "tuổi thọ", "số năm", "số ngày", "thời hạn"))

    def _opens(self, start: int, lead: _Lead, tokens: Sequence[Token]) -> bool:
        """Whether nothing but an aim, a time and a label stands before the number."""
        return wording.open_phrase(self.key, tokens, start, lead.start).empty

    def _works(self, start: int, lead: _Lead) -> bool:
        return lexicon().work_lead.search(self.key, max(start, lead.start - 40), lead.start) is not None

    def _is_base(self, tokens: list[Token], i: int, end: int) -> bool:
        """Whether the number is the base in a rate's name ("trên 1.000 trẻ đẻ sống dưới 9,5")."""
        quantity = tokens[i].quantity
        later = any(t.sort == "number" and t.start >= tokens[i].end for t in tokens)
        if quantity is None or not later or quantity.low not in (100, 1_000, 10_000, 100_000, 1_000_000):
            return False
        found = denominator(self.text, self.key, max(0, quantity.start - 25), end)
        return found is not None and found[1] < quantity.start < found[2]

    def _lead(self, tokens: Sequence[Token], i: int, floor: int) -> _Lead:
        """The comparator, verb and time that stand directly before number `i`, fillers between them allowed."""
        number = tokens[i]
        filler = lexicon().filler_gap
        at, cues, time, comma = number.start, [], None, False
        for j in range(i - 1, -1, -1):
            token = tokens[j]
            if token.start < floor or token.depth != number.depth or not filler.fullmatch(self.key, token.end, at):
                break
            if token.sort == "comma":
                comma = True
                continue
            if token.sort == "time":
                if comma and any(t.sort == "number" for t in tokens[:j]):
                    break  # the time of the number before
                if j and tokens[j - 1].has("base"):
                    break
                time, at = token.time, token.start
                continue
            if token.sort != "cue" or token.has("part") or token.has("base") or token.has("and"):
                break
            if any(kind.startswith("after:") for kind in token.kinds):
                break
            cues.append(token)
            at = token.start
        risen = _FROM.search(self.key, max(floor, number.start - 14), number.start) is not None
        if risen and not cues:
            at = number.start - (number.start - self.key.rfind("từ", floor, number.start))
        return _Lead(at, tuple(cues), time, risen)

    def _is_start(self, lead: _Lead, quantity: Quantity, tokens: Sequence[Token], following: tuple[int, _Lead]) -> bool:
        """Whether the number is where a change starts: "từ 23 ca xuống 18 ca"."""
        after = following[1]
        if not lead.risen or not any(self.key[c.start : c.end] in _TO for c in after.cues):
            return False
        between = wording.within(tokens, quantity.end, after.start)
        return all(t.sort in ("time", "open", "close") or t.has("level") for t in between if t.depth == 0)

    def _baseline(self, quantity: Quantity, tokens: Sequence[Token]) -> Baseline:
        time = next((t.time for t in tokens if t.time and t.time.periods), None)
        end = time.end if time else quantity.end
        return Baseline(words=self.text[quantity.start : end], value=quantity.low, year=_year_of(time))

    # --- where one statement ends and the next begins -----------------------------------------------------------------

    def _splits(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        return any(
            t.depth == 0 and (t.sort == "comma" or t.has("and") or t.has("part"))
            for t in wording.within(tokens, start, end)
        )

    def _split(
        self, tokens: Sequence[Token], last: Reading, lead: _Lead, quantity: Quantity, floor: int
    ) -> tuple[int, bool]:
        """Where the words of the next number begin, and whether there is such a place: without one the number is
        nested in the statement before."""
        key, lex = self.key, lexicon()
        fallback: int | None = None
        for token in wording.within(tokens, floor, lead.start):
            if token.depth or not (token.sort == "comma" or token.has("and") or token.has("part")):
                continue
            if token.has("part"):
                return token.start, True
            opening = wording.open_phrase(key, tokens, token.end, lead.start)
            if opening.empty or wording.names_a_measure(key, opening.start, opening.end) or opening.change:
                return token.end, True
            words = key[token.end : lead.start]
            if lex.aim_strong.match(key, token.end + 1) or wording.is_subject(key, opening.start, opening.end):
                return token.end, True
            if quantity.kind == "count" and (lex.work_lead.search(key, token.end, lead.start)):
                return token.end, True
            # A short new subject with its own verb: "trẻ em đạt 95%, phụ nữ đạt 90%".
            if last.head and quantity.kind == last.quantity.kind and len(words.split()) <= 12:
                fallback = token.end if fallback is None else fallback
        if fallback is not None:
            return fallback, True
        if not wording.open_phrase(key, tokens, floor, lead.start).end > floor:
            return floor, True
        opening = wording.open_phrase(key, tokens, floor, lead.start)
        if opening.empty or (
            quantity.kind == last.quantity.kind and wording.is_subject(key, opening.start, opening.end)
        ):
            return floor, True
        return floor, False

    def _close(self, reading: Reading, tokens: Sequence[Token], end: int) -> None:
        """Reads what stands behind a number, up to `end`."""
        tail = wording.read_tail(self.key, tokens, reading.end, end)
        reading.phrase = tail.phrase
        if tail.subject and not reading.subject:
            reading.subject = wording.clean(self.text, *tail.subject)
        if tail.times and not reading.time:
            reading.time = next((time for time in tail.times if time.periods), tail.times[0])
        base = next((t for t in wording.within(tokens, reading.end, end) if t.has("base") and t.depth == 0), None)
        if base and not reading.baseline:
            reading.baseline = self._compared_with(tokens, base, end)

    def _compared_with(self, tokens: Sequence[Token], base: Token, end: int) -> Baseline | None:
        """ "so với năm 2023": what the change is measured from."""
        rest = wording.within(tokens, base.end, end)
        stop = next((t.start for t in rest if t.sort in ("comma", "open", "close", "number") or t.has("and")), end)
        time = next((t for t in rest if t.sort == "time" and t.start < stop), None)
        if time and time.time:
            stop = time.end
        words = wording.clean(self.text, base.end, stop)
        return Baseline(words=words, year=_year_of(time.time if time else None)) if words else None

    # --- comparator, change, words ------------------------------------------------------------------------------------

    def _state(self, reading: Reading, lead: _Lead, tokens: Sequence[Token], i: int) -> None:
        """Comparator, verbs and change of a number."""
        quantity = reading.quantity
        own = lead.sign()
        after = _after(self.key, tokens, i)
        if after and (lead.risen or after.start <= quantity.end + 1):
            own = own or after.kinds_sign
            if after.start <= quantity.end + 1:
                reading.end = after.end
        down, up = lead.has("down"), lead.has("up")
        reading.compared = own is not None
        reading.level = lead.has("level") or lead.has("reached")
        reading.aimed = lead.has("aim")
        reading.approximate = lead.has("about")
        reading.time = lead.time
        if quantity.is_range:
            reading.sign = "range"
        elif own:
            reading.sign = own
        elif lead.risen and not down and not up and not quantity.is_range:
            reading.sign, reading.compared = ">=", True
        verb = next((c for c in lead.cues if c.has("down") or c.has("up")), None)
        if verb and not self._is_reached(lead, verb) and not wording.is_rate_of_change(self.key, verb.start):
            lowered = verb.has("down")
            if not (lowered and reading.sign in ("<", "<=")):
                reading.change = "decrease" if lowered else "increase"

    def _is_reached(self, lead: _Lead, verb: Token) -> bool:
        """Whether a word such as "xuống" stands between the verb of change and the number."""
        return any(c.has("reached") and c.start >= verb.end for c in lead.cues)

    def _words(self, reading: Reading, lead: _Lead, tokens: Sequence[Token], start: int, last: Reading | None) -> None:
        """Head, subject and time from the words before a number."""
        key = self.key
        context = self.context
        inner = wording.within(tokens, start, lead.start)
        part = next((t for t in inner if t.has("part") and t.depth == 0), None)
        if part and last:
            start = part.end
            reading.part_of = last.part_of or last
        elif last and last.part_of and not reading.nested:
            reading.part_of = last.part_of
        elif context.part and self.readings and not last:
            top = self.readings[-1]
            reading.part_of = top.part_of or top
        opening = wording.open_phrase(key, tokens, start, lead.start)
        reading.worked = self._works(start, lead)
        if lexicon().aim_strong.search(key, start, reading.lead):
            reading.aimed = True
        if opening.time:
            reading.time = reading.time or opening.time
            if not reading.nested:
                context.time = opening.time
        elif lead.time and lead.time.periods and opening.empty and not last:
            context.time = lead.time
        if reading.nested:
            reading.head = None
            return
        inside = [t for t in inner if t.time and t.time.periods and t.start >= opening.start]
        if inside and not reading.time and not any(t.has("base") for t in inner):
            reading.time = inside[-1].time
        if opening.change and not reading.change and not reading.level and not reading.compared:
            reading.change = "decrease" if opening.change == "decrease" else "increase"
        if opening.empty:
            self._inherit(reading, last)
        elif self._restricts(reading, opening, last):
            reading.subject = wording.clean(self.text, opening.start, opening.end)
            self._inherit(reading, last)
        else:
            reading.head = (wording.last_statement(key, inner, opening.start, opening.end), opening.end)
            reading.subject = None if context.head else context.subject
        self._carry(reading, last, opening)

    def _restricts(self, reading: Reading, opening: wording.Opening, last: Reading | None) -> bool:
        """Whether the words before the number only name a place or group of what was said before."""
        former = last or (self.readings[-1] if self.readings else None)
        known = (former is not None and (former.head or former.head_words)) or self.context.head
        if wording.is_subject(self.key, opening.start, opening.end):
            return bool(known) or not reading.level
        if wording.names_a_measure(self.key, opening.start, opening.end) or not known:
            return False
        if reading.worked:
            return False
        words = len(self.key[opening.start : opening.end].split())
        if self.context.head:
            return words <= 10  # the label before the colon names what is measured
        return words <= (8 if lexicon().group.match(self.key, opening.start, opening.end) else 4)

    def _inherit(self, reading: Reading, last: Reading | None) -> None:
        """The head of the number before, else the label's."""
        former = last or (self.readings[-1] if self.readings else None)
        if last is None and self.context.head:
            reading.head_words, reading.inherited = self.context.head, True
        elif former is not None:
            reading.head, reading.head_words, reading.inherited = former.head, former.head_words, True
            if not former.head and not former.head_words:
                reading.head = former.phrase
        reading.subject = reading.subject or self.context.subject

    def _carry(self, reading: Reading, last: Reading | None, opening: wording.Opening) -> None:
        """A bound that is said once holds for the numbers joined to it: "không quá 05 tập thể và 10 cá nhân"."""
        if last is None or reading.compared or reading.level or not opening.empty or reading.change:
            return
        if last.change and reading.quantity.kind == last.quantity.kind:
            reading.change = last.change
        if not last.compared:
            return
        if reading.quantity.is_range or last.sign == "range" or reading.part_of is not last.part_of:
            return
        between = self.key[last.quantity.end : reading.quantity.start]
        if reading.quantity.kind == "share" and reading.quantity.low == 100:
            return
        if len(between.split()) <= 8 and reading.quantity.kind == last.quantity.kind:
            reading.sign, reading.compared = last.sign, True

    def _choose(self, reading: Reading) -> None:
        """Whether the words before the number or those behind it say what is measured."""
        if reading.nested or not reading.phrase or not (reading.head or reading.head_words):
            if not reading.phrase and reading.nested:
                reading.head = None
            return
        if reading.inherited:
            # An own phrase beats a head that was only taken over ("100% ...; 80% ...").
            if wording.has_predicate(self.key, *reading.phrase) or not reading.level:
                reading.head = reading.head_words = None
            return
        if reading.head is None:
            return
        if wording.names_a_measure(self.key, *reading.head):
            reading.phrase = None
        elif reading.quantity.kind == "share" and not reading.level:
            if not wording.needs_object(self.key[slice(*reading.head)]):
                self._as_subject(reading)
        elif wording.has_predicate(self.key, *reading.phrase) or reading.quantity.kind == "count":
            self._as_subject(reading)
        else:
            reading.phrase = None

    def _as_subject(self, reading: Reading) -> None:
        """The words before the number name who, not what."""
        if reading.head and not reading.worked:
            reading.subject = reading.subject or wording.clean(self.text, *reading.head)
        reading.head = None

    def _spread(self, chain: list[Reading]) -> None:
        """What is said once at the end: "35 giường bệnh và 19 bác sĩ trên 1 vạn dân", "... so với năm 2020"."""
        for former, later in zip(chain[-2::-1], chain[:0:-1], strict=True):
            unit = later.quantity.unit
            if later.quantity.kind == "rate" and former.quantity.kind == "count" and later.quantity.noun and unit:
                former.quantity = replace(former.quantity, kind="rate", unit=unit)
            if former.change and later.change and not former.baseline:
                former.baseline = later.baseline
            if former.phrase and later.phrase and not (later.nested or later.level or later.change):
                if former.quantity.kind != later.quantity.kind or len(self.key[slice(*former.phrase)].split()) > 4:
                    continue
                verb = wording.predicate_start(self.key, *later.phrase)
                if verb and not wording.has_predicate(self.key, *former.phrase):
                    former.borrowed = (verb, later.phrase[1])

    # --- times and brackets -------------------------------------------------------------------------------------------

    def _share_times(self, chain: list[Reading]) -> None:
        """A number without a time takes that of the chain's later ones, else what the line said."""
        later: Time | None = None
        for reading in reversed(chain):
            if reading.time and reading.time.periods:
                later = reading.time
            elif later and not self.context.time:
                reading.time = later
        for reading in chain:
            if reading.time is None or not reading.time.periods:
                reading.time = self.context.time or reading.time

    def _bracket(self, tokens: list[Token], i: int, chain: list[Reading], end: int) -> Reading | None:
        """A number in brackets: another group's value, or where the number before them started."""
        token = tokens[i]
        host = next((r for r in reversed(chain) if r.quantity.end <= token.start and not r.nested), None)
        if host is None or token.quantity is None:
            return None
        opened = next((t for t in reversed(tokens[:i]) if t.sort == "open" and t.depth == token.depth), None)
        start = opened.end if opened else host.end
        lead = self._lead(tokens, i, start)
        words = self.key[start : token.start]
        time = next((t.time for t in wording.within(tokens, start, token.start) if t.time), None) or lead.time
        if token.quantity.kind != host.quantity.kind or "tương" in words or lead.has("up") or lead.has("down"):
            return None
        if _is_past(time, host) or re.search(r"thực hiện|hiện|đã|kết quả|ước|cùng kì", words):
            host.baseline = host.baseline or Baseline(
                words=self.text[start : token.end].strip(), value=token.quantity.low, year=_year_of(time)
            )
            return None
        reading = Reading(quantity=token.quantity, clause=(start, end), lead=lead.start, end=token.quantity.end)
        self._state(reading, lead, tokens, i)
        opening = wording.open_phrase(self.key, tokens, start, lead.start)
        reading.head, reading.head_words, reading.inherited = host.head, host.head_words, True
        if reading.head is None and host.phrase:
            reading.head = host.phrase
        reading.subject = None if opening.empty else wording.clean(self.text, opening.start, opening.end)
        reading.change = reading.change or (host.change if not reading.level else None)
        if not reading.compared and not reading.quantity.is_range and not reading.level:
            reading.sign, reading.compared = host.sign, host.compared
        reading.time = reading.time or time or host.time
        if any(t.has("part") for t in wording.within(tokens, start, token.start)):
            reading.part_of = host.part_of or host
        return reading


@dataclass(frozen=True, slots=True)
class _After:
    start: int
    end: int
    kinds_sign: Comparator


def _after(key: str, tokens: Sequence[Token], i: int) -> _After | None:
    """The "trở lên" that belongs to number `i`: right behind it, or a few words on with no other number between."""
    for token in tokens[i + 1 :]:
        if token.sort in ("number", "stop", "colon", "comma") or len(key[tokens[i].end : token.start].split()) > 5:
            return None
        for kind in token.kinds:
            if kind.startswith("after:"):
                sign: Comparator = kind.removeprefix("after:")  # type: ignore[assignment]
                return _After(token.start, token.end, sign)
    return None


def _year_of(time: Time | None) -> int | None:
    if time is None or not time.periods:
        return None
    period = time.periods[0]
    return int((period.end or period.start or "0")[:4]) or None


def _is_past(time: Time | None, host: Reading) -> bool:
    """Whether the time lies before the host's own."""
    own, other = _year_of(host.time), _year_of(time)
    return own is not None and other is not None and other < own


def periods_of(reading: Reading) -> tuple[Period | None, ...]:
    """The periods that a reading holds for: one target each."""
    return reading.time.periods if reading.time and reading.time.periods else (None,)
