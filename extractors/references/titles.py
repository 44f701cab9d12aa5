"""The title of a cited document: the words behind its mention, to the end of their clause."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.references import grammar
from extractors.references.issuers import body_end
from extractors.references.mention import Mention

# What may stand between a mention and its title: a body's new name, the session of a council.
_ASIDE = re.compile(
    r" ?\((?:nay là|trước đây là|sau đây|gọi tắt|được)[^()\n]{0,160}\)"
    r"|,? (?:tại )?kỳ họp (?:thứ )?\w+(?: \w+)?(?= về| ban| phê| quy| thông)"
)
_NEW_CLAUSE = re.compile(r"(?:xét|theo|trên cơ sở) đề nghị|(?:hướng dẫn|chỉ đạo|ý kiến|đề nghị) của")
_QUOTED = re.compile(r" ?,? ?[“\"]")
_SIGN = re.compile(r"[;\n“”\"()\[\]]|\.(?=\s|$)|, |\svà\s")
_SHORTEST, _LONGEST = 10, 700


_SHORT_NAME = re.compile(r"[(\[] ?(?:sau đây |dưới đây )?(?:viết tắt|(?:được )?gọi (?:tắt|chung)?) ?(?:là|:)?")


def add_titles(text: str, key: str, mentions: list[Mention]) -> None:
    """Fill `title` and its span for each mention that has one, and `host` for those that stand inside a title."""
    starts = [mention.start for mention in mentions]
    for index, mention in enumerate(mentions):
        if mention.host is not None and mentions[mention.host].end >= mention.end:
            continue  # inside a law's name
        mention.title_end = mention.end
        if mention.number is None and mention.type != "NQ":
            continue  # a statute's name is its title
        span = _title(text, key, mention, starts)
        if span is None:
            continue
        begin, end = span
        if end - begin < _SHORTEST:
            continue
        mention.title_end = end
        mention.title = " ".join(text[begin:end].split()).strip(" ,.“”\"'*")
        for later in range(index + 1, len(mentions)):
            if mentions[later].start >= end:
                break
            if mentions[later].host is None:
                mentions[later].host = index
    for index in range(1, len(mentions)):
        _add_bracket(text, mentions, index)


def _add_bracket(text: str, mentions: list[Mention], index: int) -> None:
    """A mention in brackets behind another one belongs to it: "Thông tư A (được sửa đổi bởi Thông tư B)"."""
    mention, before = mentions[index], mentions[index - 1]
    between = text[max(before.title_end, before.end) : mention.start].lstrip()
    if mention.host is None and between.startswith("(") and ")" not in between and "\n" not in between:
        mention.host = index - 1


def _title(text: str, key: str, mention: Mention, starts: list[int]) -> tuple[int, int] | None:
    """Where the title begins and where it ends."""
    position = mention.end
    aside = _ASIDE.match(key, position)
    if aside:
        position = aside.end()
    lead = grammar.title_lead().match(key, position)
    if lead is not None and _is_start(starts, lead.end() - len(lead[0].lstrip(' ,“"'))):
        return None  # the next paper of a list
    if lead is not None and key.startswith(":", lead.end()):
        return None  # "..., QUYẾT ĐỊNH:"
    if lead is None:
        quoted = _QUOTED.match(text, position)
        if quoted is None:
            return None
        return quoted.end(), _end(text, key, quoted.end() - 1, starts)
    begin = lead.end("dropped") if lead["dropped"] else lead.end() - len(lead[0].lstrip(' ,\n“"'))
    return begin, _end(text, key, begin, starts)


def _end(text: str, key: str, begin: int, starts: list[int]) -> int:
    """The end of the clause: a semicolon, a full stop, a closing bracket, the next item of a list, another subject."""
    depth = quotes = 0
    limit = min(len(text), begin + _LONGEST)
    first = bisect_left(starts, begin)
    inner = starts[first] if first < len(starts) else limit  # behind a mention in the title "và" may join another one
    for sign in _SIGN.finditer(text, begin, limit):
        at, what = sign.start(), sign[0]
        if what == "\n":
            return at
        if what == "“" or (what == '"' and not quotes):
            quotes += 1
        elif what in ("”", '"'):
            if quotes == 0:
                return at
            quotes -= 1
        elif what in "([":
            if depth == quotes == 0 and _SHORT_NAME.match(key, at):
                return at  # "(sau đây gọi tắt là Chỉ thị 52)" is no part of the title
            depth += 1
        elif what in ")]":
            if depth == 0:
                return at
            depth -= 1
        elif depth or quotes:
            continue
        elif what == ";":
            return at
        elif what == ".":
            if _full_stop(text, at):
                return at
        elif _closes(text, key, what, sign.end(), starts, joined=at >= inner):
            return at
    return limit if limit < len(text) else len(text.rstrip())


def _closes(text: str, key: str, sign: str, position: int, starts: list[int], *, joined: bool) -> bool:
    """Whether a comma or "và" before `position` ends the clause: the next item of the list (unless it is `joined` to a
    mention in the title), or another subject."""
    if not joined and (_is_start(starts, position) or _NEW_CLAUSE.match(key, position)):
        return True
    return sign == ", " and _new_subject(text, key, position)


def _is_start(starts: list[int], position: int) -> bool:
    at = bisect_left(starts, position)
    return at < len(starts) and starts[at] == position


def _full_stop(text: str, at: int) -> bool:
    """A dot that ends a sentence, not "TP. Hồ Chí Minh"."""
    before = text[max(0, at - 4) : at].rsplit(maxsplit=1)
    return not (before and before[-1].lower() in ("tp", "tx", "q", "h", "st", "vs"))


def _new_subject(text: str, key: str, position: int) -> bool:
    """Whether a body that does something stands behind a comma: "..., UBND tỉnh ban hành Kế hoạch"."""
    end = body_end(text, key, position)
    return end is not None and bool(grammar.acts().match(key, end))
