"""Names of units and people in office: where one begins, where it ends, and who is asked to do something.

A name begins with a head ("Sở", "Ủy ban", "Các đơn vị") and runs until a verb of work, a sign, or a word that can't
be part of it. Heads, verbs and such words stand in `data/tasks.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from data import load
from extractors.vietnamese import tone_key
from extractors.words import alternation

_REACH = 600  # characters before a subject: what stands further behind names nobody
_LONGEST = 260  # characters of a name: lists of units are long
_SIGN = re.compile(r"[:;.!?\n“”\"]| \(|\)")
_LEADING = re.compile(r"[\s\-+*•–.:,]*(?:\(?[a-zđ\d]{1,3}[).](?:\d{1,2}[.)]?)*\s+)?")
_LABEL = re.compile(r"[^:;.\n]{3,50}: ")
_PIECE = re.compile(r"[^;.\n]{0,120}?, ")
_AGAIN = re.compile(r" (?:trân trọng )?(?:giao(?! ban| lưu)|yêu cầu|đề nghị|phân công)(?: cho)? ")
_CALL = re.compile(r"(?<!\w)(?:giao(?! ban| lưu)(?: cho)?|đề nghị|yêu cầu|phân công) ")
_DUTY = re.compile(r"(?:trách nhiệm|nhiệm vụ) của (?:các )?(?!kế hoạch|đề án|chương trình)")
_LIST_CUT = re.compile(r"; ?|, ?| và ")
_CHAIR = re.compile(r",? (?:là (?:cơ quan|đơn vị|đầu mối) )?(?:chủ trì|làm đầu mối|chịu trách nhiệm)(?!\w)")
_TOGETHER = re.compile(r"(?:^|[ ,;])(?:phối hợp(?: chặt chẽ)?(?: với| cùng)?|cùng với) ")
_MUST = re.compile(r" (?:phải|có trách nhiệm|chịu trách nhiệm)(?!\w)")
_CUT = re.compile(r"[,;:.]")
_COMMA = re.compile(r",|;| và ")


class Name(NamedTuple):
    """The name of a unit (or of several in one breath) as `[start, end)` of the text that it was looked for in."""

    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    return load("tasks")


@cache
def _head() -> re.Pattern[str]:
    units = _data()["units"]
    heads = alternation(units["heads"])
    return re.compile(rf"{units['determiners']}(?!{units['not_heads']}(?!\w))(?:{heads})(?!\w)")


@cache
def _verb() -> re.Pattern[str]:
    """Words that end a subject: a verb of work or another word that can't be part of a name. Group `inside` is
    set where they stand within a qualifier ("được phân công") and end nothing."""
    data = _data()["verbs"]
    words = alternation([*data["words"], *data["adverbs"], *data["others"]])
    return re.compile(rf" (?:(?P<inside>{data['inside']})|(?:{words})(?!\w))")


@cache
def _work() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(_data()['verbs']['words'])})(?!\w)")


@cache
def _predicate() -> re.Pattern[str]:
    """What a clause without a subject opens with: a verb of work or an adverb before it."""
    data = _data()["verbs"]
    return re.compile(rf"(?:{alternation([*data['words'], *data['adverbs']])})(?!\w)")


@cache
def _service() -> re.Pattern[str]:
    return re.compile(_data()["verbs"]["service"])


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"{_data()['units']['openers']}(?!\w)[^;.\n]{{0,240}}?, ")


@cache
def _unit_pattern(name: str) -> re.Pattern[str]:
    """One of the plain patterns for the names of units ("share", "apposition")."""
    return re.compile(_data()["units"][name])


def opens_unit(key: str, at: int = 0) -> bool:
    """Whether a unit's name begins at `at` of a tone key."""
    return bool(_head().match(key, at))


def opens_work(key: str, at: int = 0) -> bool:
    """Whether a verb of work stands at `at` of a tone key."""
    return bool(_work().match(key, at))


def has_work(text: str) -> bool:
    """Whether a verb of work stands anywhere in a text, written small."""
    key = " " + tone_key(text)
    found = (match for match in _verb().finditer(key) if match.lastgroup != "inside")
    return any(_work().match(key, match.start() + 1) for match in found)


def subject(text: str) -> Name | None:
    """Who does what a sentence says: "Sở Tư pháp tham mưu ...", "Giao Phòng X theo dõi ...", "Trước ngày ..., các đơn
    vị gửi ..."; None where the sentence names nobody at its beginning."""
    key = tone_key(text)
    leading = _LEADING.match(key)
    at = leading.end() if leading else 0
    asked = _unit_pattern("asked").match(key, at)
    if asked and _unit_pattern("own_people").match(key, asked.end()):
        return None
    if asked and _head().match(key, asked.end()):
        at = asked.end()
    elif (label := _LABEL.match(key, at)) and _head().match(key, label.end()):
        at = label.end()  # "Báo cáo tháng: Các trạm y tế gửi ..."
    elif not _head().match(key, at):
        # "Từ năm 2025 trở đi 100% các trạm y tế ...": whom a share counts, before any comma inside its name.
        share = _unit_pattern("share").search(key, at, at + 100) if "%" in key[at : at + 100] else None
        if share and _head().match(key, share.end()) and "," not in key[at : share.start()]:
            return _until_verb(text, key, share.end())
        at = _past_openers(text, key, at)
        if at < 0:
            return None
        if (asked := _unit_pattern("asked").match(key, at)) and _head().match(key, asked.end()):
            at = asked.end()
        if not _head().match(key, at):
            return None
    name = _until_verb(text, key, at)
    if name is None:
        return None
    # "Ủy ban nhân dân tỉnh giao Sở Y tế ...": who is asked, not who asks.
    again = _AGAIN.match(key, name.end)
    own = again and _unit_pattern("own_people").match(key, again.end())
    if again and not own and _head().match(key, again.end()):
        return _until_verb(text, key, again.end()) or name
    return name


def _past_openers(text: str, key: str, at: int) -> int:
    """Where the subject begins behind the clauses that open a sentence ("Căn cứ ..., trên cơ sở ..., các đơn vị ...");
    -1 where a verb of work comes first: then nobody is named."""
    clause = _opener().match(key, at)
    first, reach = at, at + _REACH
    while clause and clause.start() < reach:
        at = clause.end()
        if _unit_pattern("time_openers").match(key, clause.start()) and has_work(text[clause.start() : at]):
            return -1
        named = _head().match(key, at) or _unit_pattern("asked").match(key, at)
        if named and key.rfind("(", first, at) <= key.rfind(")", first, at):
            return at  # in brackets nobody is told to do something
        following = _opener().match(key, at)
        if following is None and _predicate().match(key, at) and text[at].islower():
            return -1
        clause = following or _PIECE.match(key, at)
    return -1


def shared_subject(text: str) -> str | None:
    """Whom a share counts: "Từ năm 2025 trở đi 100% xã, phường, thị trấn" -> "xã, phường, thị trấn"."""
    key = tone_key(text)
    for share in reversed([*_unit_pattern("share").finditer(key)]):
        if _head().match(key, share.end()) and (found := _until_verb(text, key, share.end())):
            return text[found.start : found.end]
    return None


def _stop(pattern: re.Pattern[str], text: str, key: str, at: int, limit: int, name: int = -1) -> int:
    """Where the first match stands that ends a name: capitals belong to names, and so do qualifiers, and the services
    ("Phòng Kế hoạch tổng hợp") of the name that begins at `name`."""
    for match in pattern.finditer(key, at, limit):
        start = match.start()
        if match.lastgroup == "inside" or (key[start] == " " and text[start + 1].isupper()):
            continue
        if name < 0 or not _service().search(key, name, match.end()):
            return start
    return limit


def _verb_stop(text: str, key: str, at: int, limit: int) -> int:
    """Where a verb of work ends the name that begins at `at`, its head and services ("cơ sở tiêm chủng") aside."""
    head = _head().match(key, at)
    for match in _verb().finditer(key, head.end() if head else at, limit):
        small = match.lastgroup != "inside" and text[match.start() + 1].islower()
        if small and not _service().search(key, at, match.end()):
            limit = match.start()
            break
    for seat in _unit_pattern("seat").finditer(key, at, limit):
        if text[seat.end() + 1].islower() and seat.end() < limit:
            return seat.end()
    return limit


def _until_verb(text: str, key: str, at: int) -> Name | None:
    """The name that begins at `at` and ends at a verb that is written small, a sign or the end; None if too long."""
    limit = min(len(key), at + _LONGEST + 20)
    stop = _verb_stop(text, key, at, limit)
    if which := _unit_pattern("qualified").match(key, stop, limit):
        stop = which.end()
    elif key.startswith(" có ", stop) and (must := _MUST.search(key, stop + 3, min(limit, stop + 70))):
        stop = must.start() if not _CUT.search(key, stop, must.start()) else stop
    duty = key.find(" có trách nhiệm", stop, limit)
    if duty > stop and not _CUT.search(key, stop, duty):
        stop = duty  # "Các đơn vị sử dụng ngân sách có trách nhiệm ..."
    for sign in _SIGN.finditer(key, at, stop):
        if sign.group() == " (" and (close := key.find(")", sign.end(), stop)) > 0 and close - sign.end() < 60:
            continue  # a short remark in brackets is part of the name's line, not its end
        if sign.group() == ")" and key.rfind("(", at, sign.start()) >= 0:
            continue
        stop = sign.start()
        break
    if stop - at > _LONGEST:
        return None
    if apposition := _unit_pattern("apposition").search(key, at, stop):
        stop = apposition.start()
    name = text[at:stop].rstrip(" ,;:-")
    return Name(at, at + len(name)) if name else None


def called(text: str) -> str | None:
    """Who is asked last in a text: "Trên đây là Kế hoạch ..., đề nghị các đơn vị báo cáo ..." -> "các đơn vị"."""
    key = tone_key(text)
    for call in reversed([*_CALL.finditer(key)]):
        named = _head().match(key, call.end()) and not _unit_pattern("own_people").match(key, call.end())
        if named and (found := _until_verb(text, key, call.end())):
            return text[found.start : found.end]
    return None


def cut_apposition(words: str) -> str:
    """A name without what it is besides: "Sở Nội vụ - Cơ quan thường trực ..." -> "Sở Nội vụ"."""
    match = _unit_pattern("apposition").search(tone_key(words))
    return words[: match.start()] if match else words


def named_behind(words: str) -> str | None:
    """Whose duty a heading tells: "Trách nhiệm của đối tượng kiểm kê" -> "đối tượng kiểm kê"."""
    match = _DUTY.match(tone_key(words))
    return words[match.end() :].strip(" .,:;") or None if match else None


def unit_at(text: str, key: str, at: int, limit: int) -> Name | None:
    """The name of the unit to whom something goes, beginning at `at`: up to a sign or a word that ends it.

    Members of a list are taken while each begins with a head ("UBND tỉnh, Bộ Y tế").
    """
    if not _head().match(key, at):
        return None
    stop = _stop(_unit_pattern("ends"), text, key, at, _verb_stop(text, key, at, limit), at)
    stop = _stop(_SIGN, text, key, at, stop)
    if apposition := _unit_pattern("apposition").search(key, at, stop):
        stop = apposition.start()
    for match in _COMMA.finditer(key, at, stop):
        if opens_unit(key, match.end() + (match.group() in ",;")) or _inside_name(key[match.end() : match.end() + 30]):
            continue
        stop = match.start()
        break
    name = text[at:stop].rstrip(" ,;:-")
    return Name(at, at + len(name)) if name else None


def _inside_name(after: str) -> bool:
    """Whether what follows a comma or "và" goes on with one name ("Sở Văn hóa, Thể thao và Du lịch")."""
    return after.lstrip().startswith(tuple(_data()["units"]["parts"]))


def units_in(words: str) -> tuple[str, ...]:
    """The units that a label's words list: "Sở Tư pháp; các cơ quan, đơn vị liên quan" -> two."""
    key = tone_key(words)
    cuts = [0]
    for match in _LIST_CUT.finditer(key):
        after = match.end()
        own = words[after : after + 1].isupper() and opens_unit(key, after)
        if match.group().startswith(";") or own or key.startswith(("các ", "ubnd ", "ủy ban "), after):
            cuts += [match.start(), after]
    cuts.append(len(words))
    pieces = [words[a:b].strip(" .,;:-") for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return tuple(piece for piece in pieces if piece)


def split_lead(words: str) -> tuple[str, str]:
    """Who leads and who supports: "Sở Y tế chủ trì, phối hợp với các sở" -> ("Sở Y tế", "các sở")."""
    key = tone_key(words)
    lead_end, support_start = len(words), len(words)
    if match := _CHAIR.search(key):
        lead_end = match.start()
    if match := _TOGETHER.search(key):
        lead_end = min(lead_end, match.start())
        support_start = match.end()
    stop = len(words)
    for pattern in (_verb(), _unit_pattern("ends"), _SIGN):
        stop = _stop(pattern, words, key, support_start, stop)
    return words[:lead_end].strip(" .,;:-"), words[support_start:stop].strip(" .,;:-")


def supporters(words: str) -> tuple[str, ...]:
    """The units behind "phối hợp với" in a sentence; what is no unit ("phối hợp huy động ...") is left out."""
    support = split_lead(words)[1]
    return tuple(unit for unit in units_in(support) if opens_unit(tone_key(unit))) if support else ()
