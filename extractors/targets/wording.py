"""Cuts the words of a clause: what is measured, whom it is restricted to, and the time, without the rest.

All positions are offsets into the folded text, which are offsets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Time
from extractors.targets.tokens import Token, within
from models.plan import Change

_LONGEST_NAME = 220
_TAIL = 80  # how far back the words that close a phrase are looked for
# "100% (145/145) trạm y tế": a few words in brackets between the number and its noun.
_ASIDE = re.compile(r"\s?\([^()]{1,40}\)(?=\s[^\W\d_])")
_PARENTHESIS = re.compile(r"\([^()]{1,250}\)\s")
# "thủ tục hành chính (TTHC) đủ điều kiện"
_SHORT_NAME = re.compile(r"\([^\W\d_]{2,12}\)\s(?=[^\W\d_])")
_EDGE = " \t,;:.-+*"
_CLOSING_SIGNS = " \n,:;-"  # what may stand behind a phrase


class Opening(msgspec.Struct, frozen=True):
    """What stands before a lead once its opening words are off: the phrase, the time that opened it, and whether a
    verb of change did ("Giảm tỷ lệ ...")."""

    start: int
    end: int
    time: Time | None
    change: Change | None

    @property
    def empty(self) -> bool:
        return self.end <= self.start


_AVERAGE = re.compile(r"[\s,]*(?:bình quân|trung bình)[\s,]*")


def skip_aim(key: str, start: int, end: int) -> int:
    """`start` behind an aim ("Phấn đấu") that says nothing of the number itself."""
    skipped = lexicon().aim_skip.match(key, start, end)
    return skipped.end() if skipped and skipped.end() < end else start


def needs_object(head: str) -> bool:
    """Whether the words lack what follows the number: "Tổ chức tập huấn cho | 90% cán bộ"."""
    return lexicon().needs_object.search(head) is not None


def open_phrase(key: str, tokens: Sequence[Token], start: int, end: int) -> Opening:
    """`key[start:end]` without the aim, the time and the verb of change that open it, and what trails at its end."""
    lex = lexicon()
    time: Time | None = None
    change: Change | None = None
    times = [t for t in within(tokens, start, end) if t.sort == "time"]
    starts = {t.start: t for t in times}
    at = start
    while at < end:
        # "trong năm" opens an aim, "trong năm 2025" is a time
        skipped = lex.aim_lead.match(key, at, next((s for s in starts if s >= at), end) if starts else end)
        if skipped and skipped.end() > at:
            at = skipped.end()
            continue
        if at in starts and starts[at].end <= end:
            time = starts[at].time or time
            at = starts[at].end
            continue
        verb = lex.change_lead.match(key, at, end)
        if verb and not (change and not lex.head.match(key, at, end)):
            kinds = lex.kinds.get(verb.group(), frozenset())
            change = "decrease" if "down" in kinds else "increase"
            at = verb.end()
            continue
        held = lex.hold_lead.match(key, at, end)
        if held and lex.head.match(key, held.end() + 1, end):
            at = held.end()
            continue
        break
    last = close_phrase(key, times, at, end)
    if _AVERAGE.fullmatch(key, at, last):
        last = at  # "..., bình quân | giảm 0,6%/năm"
    return Opening(at, last, time, change)


def close_phrase(key: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Where `key[start:end]` ends without a trailing time, conjunction or adverb."""
    ends = {t.end: t.start for t in within(tokens, start, end) if t.sort == "time"}
    lex = lexicon()
    while end > start:
        floor = max(start, end - _TAIL)
        words = key[floor:end].rstrip(_CLOSING_SIGNS)
        last = words[words.rfind(" ") + 1 :]
        trailing = None
        if not (last.isalnum() and last not in lex.closing_ends):
            trailing = lex.closing.search(key, floor, end)
        elif floor + len(words) < end:
            end = floor + len(words)  # most phrases end so: nothing but signs and spaces behind a plain word
            continue
        if trailing and trailing.end() == end and trailing.start() < end:
            end = trailing.start()
        elif end in ends and ends[end] >= start:
            end = ends[end]
        else:
            break
    return max(end, start)


def last_statement(key: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the last statement of a head begins: "xóa bỏ tảo hôn, duy trì | mức giảm số cặp ..."."""
    for token in reversed(tokens):
        if token.depth == 0 and token.sort == "comma" and start < token.start < end:
            opening = open_phrase(key, tokens, token.end, end)
            if names_a_measure(key, opening.start, opening.end):
                return opening.start
    return start


def names_a_measure(key: str, start: int, end: int) -> bool:
    """Whether the phrase opens with a word such as "tỷ lệ", "số"."""
    return lexicon().head.match(key, start, end) is not None


def is_subject(key: str, start: int, end: int) -> bool:
    return lexicon().subject.match(key, start, end) is not None


def has_predicate(key: str, start: int, end: int) -> bool:
    """Whether a verb stands in the phrase behind its first word."""
    return predicate_start(key, start, end) is not None


def predicate_start(key: str, start: int, end: int) -> int | None:
    """Where the first verb behind the phrase's first word begins."""
    space = key.find(" ", start, end)
    found = lexicon().predicate.search(key, space, end) if space != -1 else None
    return found.start() if found else None


def is_rate_of_change(key: str, start: int) -> bool:
    """Whether the verb at `start` is part of a noun ("tốc độ tăng")."""
    return lexicon().change_noun.search(key, max(0, start - 12), start) is not None


def is_label_name(key: str, start: int, end: int) -> bool:
    """Whether a label only numbers what follows ("Chỉ tiêu 3")."""
    return lexicon().label_name.match(key[start:end].strip(_EDGE)) is not None


class Tail(msgspec.Struct, frozen=True):
    """What stands behind a number: the phrase that it is a share or a count of, the subject that restricts it, and
    the times, each as a span or a value."""

    phrase: tuple[int, int] | None
    subject: tuple[int, int] | None
    times: tuple[Time, ...]


def read_tail(key: str, tokens: Sequence[Token], start: int, end: int, counted: bool = False) -> Tail:
    """Reads `key[start:end]`, the words from a unit to the next number's own or to the clause's end. What follows a
    noun that is `counted` may begin with a preposition."""
    inner = within(tokens, start, end)
    if _is_time_alone(key, inner, start) and inner[1].time:
        rest = read_tail(key, tokens, inner[2].end, end, counted)  # "75% (năm 2026) ..."
        return Tail(rest.phrase, rest.subject, (inner[1].time, *rest.times))
    aside = _ASIDE.match(key, start, end)
    if aside:
        start = aside.end()
        inner = [t for t in inner if t.start >= start]
    base = next((t.start for t in inner if t.has("base")), end)
    times = tuple(t.time for t in inner if t.time and t.depth == 0 and t.start < base)
    stop = base
    skipped, at = start, start
    for token in inner:
        if token.start >= stop:
            break
        if token.start < skipped:
            continue
        behind = _PARENTHESIS.match(key, token.start, stop) if token.sort == "open" else None
        if behind and (lexicon().predicate.match(key, behind.end()) or _SHORT_NAME.match(key, token.start, stop)):
            skipped = behind.end()  # "85% người cao tuổi (từ 60 tuổi) được khám"
            continue
        ends = token.sort in ("open", "close", "stop") or token.has("part")
        ends = ends or (token.sort == "comma" and _starts_anew(key, token.end, stop))
        dated = token.sort == "time" and (_closes(key, token, stop) or token.start <= start + 1)
        if ends or dated:
            stop = token.start
    while at < stop and key[at] in " ,":
        at += 1
    purpose = lexicon().purpose.search(key, at, stop)  # "95% trẻ em được tiêm | nhằm nâng cao miễn dịch"
    stop = close_phrase(key, inner, at, purpose.start() if purpose else stop)
    if stop <= at:
        return Tail(None, None, times)
    if start < end and key[start] == "," and not lexicon().subject.match(key, at, stop):
        # Behind a comma a new statement begins; only a time right there is still the number's.
        return Tail(None, None, tuple(time for time in times if time.start <= at))
    if not counted and is_subject(key, at, stop) and not _is_grouped(key, at, stop):
        comma = next((t.start for t in inner if t.sort == "comma" and t.start > at), stop)
        return Tail(None, (at, min(stop, comma) if _restarts(key, comma, stop) else stop), times)
    if (lexicon().no_object if counted else lexicon().no_phrase).match(key, at, stop) or not key[at].isalpha():
        return Tail(None, None, times)
    return Tail((at, stop), None, times)


def _starts_anew(key: str, start: int, end: int) -> bool:
    """Whether a new statement begins behind a comma: ", giảm tỷ lệ ...", ", mỗi đợt 10 ngày", ", hoàn thành ..."."""
    if lexicon().aside.match(key, start + 1, end):
        return True
    verb = lexicon().change_lead.match(key, start + 1, end)
    return verb is not None and lexicon().head.match(key, verb.end() + 1, end) is not None


def _is_grouped(key: str, start: int, end: int) -> bool:
    """Whether a group does something: "90% | nhóm nguy cơ cao được xét nghiệm", unlike "90% | khu vực nông thôn"."""
    return lexicon().group.match(key, start, end) is not None and has_predicate(key, start, end)


def _is_time_alone(key: str, tokens: Sequence[Token], start: int) -> bool:
    """Whether a bracket with nothing but a time in it opens the tail."""
    if [t.sort for t in tokens[:3]] != ["open", "time", "close"]:
        return False
    opened, time, closed = tokens[:3]
    return not (key[start : opened.start] + key[opened.end : time.start] + key[time.end : closed.start]).strip()


def _restarts(key: str, comma: int, stop: int) -> bool:
    """Whether a new statement begins behind the comma rather than the list going on."""
    return comma < stop and lexicon().predicate.match(key, min(comma + 2, stop), stop) is not None


def _closes(key: str, token: Token, stop: int) -> bool:
    """Whether a time ends its phrase: nothing but signs follows it, or a preposition opens it."""
    if re.match(r"(?:vào|đến|trong|hết|cuối|trước|tới|chậm|từ)(?!\w)", key[token.start : token.end]):
        return True
    return not key[token.end : stop].strip(_EDGE + ")")


def clean(text: str, start: int, end: int) -> str | None:
    """The words of a span without signs at their ends and brackets left open, cut at a comma where they go on and on;
    None where none is left."""
    if end - start > _LONGEST_NAME:
        comma = text.rfind(",", start + _LONGEST_NAME // 2, start + _LONGEST_NAME)
        end = comma if comma != -1 else text.rfind(" ", start, start + _LONGEST_NAME)
    words = text[start:end].strip(_EDGE + "\n").replace("\n", " ")
    if words.count("(") != words.count(")"):
        words = words.strip("()").strip(_EDGE)
    if words.count("“") != words.count("”") or words.count('"') % 2:
        words = words.strip("“”\"'").strip(_EDGE)
    return words or None
