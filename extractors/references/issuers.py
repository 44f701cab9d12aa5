"""Whose document it is: the body named behind (or before) a number, and where its name ends.

Bodies of data/organisations.toml are known whole; what follows them may still belong to the name (a level, a place, a
term: "UBND tỉnh Lai Châu", "Bộ Chính trị khóa XIII"). Other bodies begin with one of a few words ("Bệnh viện", "Ban")
and go on until a verb or a sign ends them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from data import load
from extractors.places import versions
from extractors.references.grammar import GAP, alternatives, spoken_names
from extractors.vietnamese import ascii_key, tone_key

_OF = re.compile(rf"(?: ?,{GAP}| )(?:do|của|cua|(?P<joint>giữa)){GAP}")
_WHOSE = re.compile(r"(?<!\w)(?:của|do) ")
_ABOUT = re.compile(
    r"(?:(?! về )[^.;:()\n“”\"]){0,50} về (?!việc )"
    r"(?:(?! về | số \d| ngày \d)[^.;:()\n“”\"]){5,150}(?P<end> (?:về|v/v|ban hành) )"
)
_ABOUT_REACH = 220
_REACH = 130  # characters to look back for whose paper it is
_LONGEST = 24  # words of a name that no list knows
_LONGEST_NAME = 90  # characters of one that a list knows
_TERM = re.compile(
    rf"{GAP}(?:đảng{GAP})?\(?(?:khóa|khoá|nhiệm kỳ|lần thứ){GAP}(?:[ivx]{{1,5}}|\d{{1,2}})(?!\w)"
    rf"(?:{GAP}?,{GAP}?nhiệm kỳ \d{{4}} ?- ?\d{{4}})?\)?"
)
_CHAIR = re.compile(r"(?:phó )?trưởng (?=ban )")
_WORD = re.compile(r"[^\s,.;:()\"“”\[\]/]+(?:\.(?=\s?[A-ZĐ]))?")
_NO_NAME = re.compile(
    r"(?:tại|về|ngày|số|theo|đã|sẽ) "
)  # right behind the kind of body: "của Giám đốc Sở tại Tờ trình"
_PLENUM = re.compile(rf"hội nghị{GAP}(?:lần{GAP}thứ|trung{GAP}ương)")
_ABBREVIATION = re.compile(r" \([A-ZĐ][A-ZĐ&-]{1,10}\)")
# What lies in what.
_RANKS = {"huyện": 1, "quận": 1, "thị xã": 1, "tx": 1, "thành phố": 2, "tp.": 2, "tp": 2, "tỉnh": 3, "thủ đô": 3}
# Such a body says what it is about.
_SECTORAL = (" liên ngành", " quốc gia", " liên ngành trung ương", " chỉ đạo trung ương")
_JOINT = re.compile(rf"{GAP}?(?:-|,|và|&){GAP}")


def issuer_after(text: str, key: str, position: int, *, joint: bool = False) -> tuple[int, int] | None:
    """The span of the body that "của" names at `position`; `joint` where several may sign (thông tư liên tịch).

    Without "của" a known body counts only where a title follows ("... ngày 3/4/2023 UBND tỉnh về việc").
    """
    match = _OF.match(key, position)
    if match is None:
        return _unsaid(text, key, position)
    end = body_end(text, key, match.end())
    if end is None:
        return None
    while joint or match["joint"]:
        more = _JOINT.match(key, end)
        further = body_end(text, key, more.end()) if more else None
        if further is None or further <= end:
            break
        end = further
    return match.end(), end


def _unsaid(text: str, key: str, position: int) -> tuple[int, int] | None:
    """A body without "của": a plenum, or a known body with a title behind it."""
    start = position + (key[position : position + 1] in (" ", "\n"))
    plenum = _PLENUM.match(key, start)
    if start == position or not (plenum or _known().match(key, start)):
        return None
    end = body_end(text, key, start)
    if end is None or not (plenum or key.startswith((" về ", " v/v "), end)):
        return None
    return start, end


def issuer_before(text: str, key: str, position: int) -> tuple[int, int] | None:
    """The span of the body whose paper begins at `position`: "theo đề nghị của Sở Nội vụ tại Tờ trình số ..."."""
    if not key.endswith("tại ", 0, position):
        return None
    end = position - len(" tại ")
    begin = max(0, end - _REACH)
    begin = max(key.rfind("\n", begin, end) + 1, begin)
    for of in reversed([*_WHOSE.finditer(key, begin, end)]):
        stop = body_end(text, key, of.end())
        if stop == end:
            return of.end(), end
    return None


def body_end(text: str, key: str, position: int) -> int | None:
    """Where the name of the body that begins at `position` ends; None where none begins."""
    start = position
    chair = _CHAIR.match(key, position)
    if chair and _known().match(key, chair.end()):
        position = chair.end()
    for _ in range(4):  # "Chủ tịch", "Ban Thường vụ" may stand before a body, even glued to it
        known = _known_at(key, position)
        head = _heads().match(key, position)
        if known is not None and not (head and head.end() > known):
            return _tail(text, key, known, key[position:known])
        if head is None:
            break
        position = head.end() + (key[head.end() : head.end() + 1] in (" ", "\n"))
    opening = _openings().match(key, position)
    if opening:
        end = _walk(text, key, opening.end(), key[opening.start() : opening.end() + 20], fresh=True)
        term = _TERM.match(key, end) if _PLENUM.match(key, opening.start()) else None
        if term or end > opening.end():
            return term.end() if term else end
        return end if position != start else None  # "Chánh Văn phòng Sở"
    if position == start:
        return None
    # A title alone ("của Giám đốc"), or with a level ("Chủ tịch tỉnh").
    stripped = position - (key[position - 1].isspace())
    return _tail(text, key, stripped, "")


def printed(text: str, start: int, end: int) -> str:
    """A body's name as printed, with the space that conversion lost ("Bộ trưởngBộ Y tế") and no line breaks."""
    words = _ABBREVIATION.sub("", text[start:end])
    parts = [
        " " + sign if i and sign.isupper() and words[i - 1].islower() and words[i + 1 : i + 2].islower() else sign
        for i, sign in enumerate(words)
    ]
    return " ".join("".join(parts).split())


def _tail(text: str, key: str, position: int, name: str) -> int:
    """Where a known name really ends: level and place, "Trung ương", a term, a second body that it belongs to."""
    start = end = position
    if _is_open(name):
        return _walk(text, key, end, name)
    for _ in range(6):
        short = _ABBREVIATION.match(text, end)
        if short and _levels().match(key, short.end()):
            end = short.end()  # "Ủy ban nhân dân (UBND) tỉnh"
        level = _levels().match(key, end)
        if level:
            end = _place(text, key, level.end())
            continue
        above = _above().match(key, end)
        if above and _is_higher(key, start, end, above[1]) and _place(text, key, above.end()) > above.end():
            end = _place(text, key, above.end())  # "UBND xã Trà Giang, huyện Trà Bồng"
            continue
        closing = _closings().match(key, end) or _TERM.match(key, end)
        if closing:
            end = closing.end()
            continue
        if _holds_bodies(name) and key[end : end + 1] == " " and (inner := _inner(text, key, end + 1)):
            end = inner
            continue
        place = _place(text, key, end)
        if place == end:
            return end
        end = place
    return end


def _is_higher(key: str, start: int, end: int, level: str) -> bool:
    """Whether the unit behind a comma may be the one that the last unit of a name belongs to: no "tỉnh" lies in another
    one ("UBND tỉnh A, tỉnh B")."""
    if any(found.end() == end for found in _provinces().finditer(key, start, end)):
        return False
    last = None
    for found in _levels().finditer(key, start, end):
        last = found[0].strip()
    return last is None or _RANKS.get(last, 0) < _RANKS.get(level, 3)


def _inner(text: str, key: str, position: int) -> int | None:
    """A body that another one belongs to: "Đảng ủy Sở Y tế", "Văn phòng UBND tỉnh"."""
    if text[position : position + 1].islower():
        return None
    match = _known().match(key, position)
    if match:
        return _tail(text, key, match.end(), match[0])
    opening = _openings().match(key, position)
    return _walk(text, key, opening.end(), opening[0], fresh=True) if opening else None


def _place(text: str, key: str, position: int) -> int:
    """The end of the proper name that begins at `position` (after a space): capitals, until something else begins."""
    province = _provinces().match(key, position)
    if province and text[province.start() + 1].isupper():
        return province.end()
    end = position
    for count in range(5):
        if key[end : end + 3] == " - " and count:
            following = end + 3
        elif key[end : end + 1] == " " or (key[end : end + 1] == "-" and count):
            following = end + 1
        else:
            break
        word = _WORD.match(text, following)
        if word is None or not word[0][0].isupper() or word[0] == "VÀ" or _ends_name(text, key, following):
            break
        if _levels().match(key, following - 1) or _known().match(key, following):
            break
        end = word.end()
        if key[end : end + 1] == "," or (text[end - 1] == "." and len(word[0]) > 3):
            break
    return end


def _walk(text: str, key: str, position: int, name: str, *, fresh: bool = False) -> int:
    """The end of an unknown body's name whose first words end at `position`; `fresh` where the name needs another."""
    end, first, free = position, fresh, _is_open(name)
    if free and not name.startswith("hội nghị") and (about := _ABOUT.match(key, position, position + _ABOUT_REACH)):
        # "Ban Chỉ đạo Trung ương về phát triển khoa học ... về thúc đẩy ...": the first "về" is the name's.
        return about.start("end")
    for _ in range(_LONGEST):
        following = _next_word(text, key, end)
        word = _WORD.match(text, following) if following else None
        if following is None or word is None:
            break
        names_object = free and key.startswith("về ", following) and not key.startswith("về việc", following)
        if names_object and key.endswith(_SECTORAL, 0, end):
            end, first = following + 2, True  # "Ban Chỉ đạo liên ngành về an toàn thực phẩm"
            continue
        if key.startswith("và ", following):
            after = following + 3
            goes_on = free or text[after : after + 1].isupper()
            if _ends_name(text, key, after) or _openings().match(key, after) or not goes_on:
                break
        elif first:
            if _paper().match(key, following) or _NO_NAME.match(key, following):
                break
        elif _ends_name(text, key, following) and not (free and word[0][0].isupper()):
            break
        elif _levels().match(key, following - 1):
            return _tail(text, key, following - 1, "")
        end, first = word.end(), False
        if text[end - 1] == "." and not text[end : end + 2].strip().isupper():
            return end - 1
    return end


def _next_word(text: str, key: str, end: int) -> int | None:
    """Where the next word of a name begins; None where a sign ends the name."""
    if key.startswith(", ", end) and _goes_on(key, end + 2):
        return end + 2
    if key.startswith(" - ", end) and text[end + 3 : end + 4].isupper():
        return end + 3
    if key.startswith("/", end) and text[end + 1 : end + 2].isupper():  # HIV/AIDS
        return end + 1
    return end + 1 if key.startswith(" ", end) else None


def _goes_on(key: str, position: int) -> bool:
    """Whether a comma stands inside a name: "phòng, chống dịch", "Văn hóa, Thể thao và Du lịch"."""
    return key.startswith(tuple(load("references")["issuer"]["after_comma"]), position)


def _ends_name(text: str, key: str, position: int) -> bool:
    """Whether a word stands at `position` that no name goes on with."""
    if key.startswith("số", position) and key.endswith(
        tuple(load("references")["issuer"]["before_digit"]), 0, position
    ):
        return False  # "Ban Chỉ đạo Công tác dân số", "Ban Chỉ đạo chuyển đổi số tỉnh"
    stop = _stops().match(key, position)
    # A capital makes a name of a single small word ("Cần Thơ"), but not of "Về" or "Giao" that open a title.
    if stop and " " not in stop[0] and text[position].isupper() and text[position + 1 : position + 2].islower():
        return stop[0] in load("references")["issuer"]["capital_stops"]
    return bool(stop or _paper().match(key, position))


def _is_open(name: str) -> bool:
    return name.startswith(tuple(load("references")["issuer"]["open_names"]))


def _holds_bodies(name: str) -> bool:
    return name.startswith(tuple(load("references")["issuer"]["within"]))


@cache
def _known() -> re.Pattern[str]:
    """Every name of a body, the longest that fits."""
    found: list[str] = [*load("references")["issuer"]["names"]]
    for row in load("organisations")["organisations"]:
        found += _spellings(row)
    return re.compile(rf"(?:{_flexible(found)})(?!\w)")


def _known_at(key: str, position: int) -> int | None:
    """Where the known body at a place ends; where accents are lost or wrong the longer name without them counts."""
    exact = _known().match(key, position)
    end = exact.end() if exact else None
    plain = _known_plain().match(ascii_key(key[position : position + _LONGEST_NAME]))
    return position + plain.end() if plain and position + plain.end() > (end or 0) else end


@cache
def _known_plain() -> re.Pattern[str]:
    """The names of three words and more without accents."""
    names = {row["name"] for row in load("organisations")["organisations"]} | set(load("references")["issuer"]["names"])
    plain = sorted({ascii_key(tone_key(name)) for name in names if name.count(" ") > 1}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, plain))})(?!\w)")


def _spellings(row: dict[str, Any]) -> list[str]:
    single = [row[field] for field in ("name", "printed", "city_name") if field in row]
    return [*single, *row.get("variants", ()), *row.get("short", ())]


def _flexible(words: list[str]) -> str:
    """Names with their commas and hyphens as loose as texts have them."""
    keys = {tone_key(word) for word in words}
    keys |= {key.replace(" - ", "-") for key in keys} | {key.replace(",", "") for key in keys}
    keys |= {key.replace(" - ", ", ") for key in keys} | {key.replace(" - ", " ") for key in keys}
    keys |= {key.replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd") for key in keys}
    return alternatives(keys, glued=True)


@cache
def _heads() -> re.Pattern[str]:
    found = [row["name"] for row in load("organisations")["heads"]] + load("references")["issuer"]["heads"]
    return re.compile(rf"(?:{_flexible(found)})(?:(?!\w)|(?=bộ |sở |ubnd|ủy ban))")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('references')['issuer']['openings'])})(?!\w)")


@cache
def _levels() -> re.Pattern[str]:
    levels = alternatives(load("references")["issuer"]["levels"])
    return re.compile(rf"(?<!liên){GAP}(?:{levels})(?!\w| ủy| đoàn)")


@cache
def _above() -> re.Pattern[str]:
    return re.compile(rf",{GAP}(huyện|quận|thị xã|thành phố|tp\.?|tỉnh)(?!\w)")


@cache
def _provinces() -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:{alternatives({p.name for p in versions()})})(?!\w)")


@cache
def _closings() -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:{alternatives(load('references')['issuer']['closings'])})(?!\w)")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('references')['issuer']['stops'])})(?!\w)")


@cache
def _paper() -> re.Pattern[str]:
    """A type word in its usual sense, which no body's name has past its first word."""
    names = alternatives(name for name in spoken_names() if " " in name and name != "kế hoạch")
    return re.compile(rf"(?:{names})(?!\w)|kế hoạch (?:số|\d)|luật |v/v")
