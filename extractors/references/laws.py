"""Laws, codes, ordinances and the constitution cited by name: where the name ends and what it is.

Known names (data/laws.toml) end a citation exactly, whatever stands behind them; others end at a sign or a word that no
name goes on with, and are doubtful.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from data import load
from extractors.references.grammar import GAP, alternatives
from extractors.vietnamese import ascii_key, tone_key

_LAW_WORD = re.compile(r"(?<!\w)(?:bộ luật|luật|pháp lệnh|hiến pháp)(?!\w)")

_KINDS = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh"}
_ABBREVIATIONS = {"Luật": "Luật", "Bộ luật": "Bộ luật", "Pháp lệnh": "PL"}
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"(?P<bracket> \()|(?P<sign>[/&]| - |-|,(?! ))|(?P<comma>,)?[ \n]")
_AMENDING = re.compile(
    rf"{GAP}sửa đổi(?:,?{GAP}bổ sung)?(?P<some>{GAP}một số điều|(?P<article>{GAP}(?:khoản \d+ )?điều{GAP}\d+[a-z]?))?"
    rf"(?P<of>{GAP}của)?(?P<all>{GAP}các)?(?={GAP})"
)
_OWN_NUMBER = re.compile(rf"{GAP}(?:\(?(?:luật )?số|năm|ngày){GAP}\d")
_MANY = re.compile(rf"{GAP}(?:\d+{GAP})?luật(?:{GAP}(?:có )?liên quan(?: đến [^.,;:()\n]{{3,80}})?)?")
_NEXT_LAW = re.compile(rf"(?:{GAP}?[,;]{GAP}|{GAP}và{GAP})(?=bộ luật |luật |pháp lệnh )")
_REVISED = re.compile(
    rf"{GAP}?\((?:sửa đổi(?:,? bổ sung)?|bổ sung|hợp nhất|mới|đã (?:được )?sửa đổi[^()\n]{{0,30}})\)"
    rf"|,?{GAP}(?:đã )?(?:được )?sửa đổi(?:,? bổ sung)?(?:,)?(?={GAP}(?:năm|số|ngày))"
)
_CONSTITUTION = re.compile(
    rf"hiến pháp(?P<state>{GAP}(?:của )?(?:nước )?(?:cộng hòa xã hội chủ nghĩa|chxhcn) việt nam)?"
    rf"(?=(?P<year>{GAP}(?:năm )?(?:19|20)\d\d(?!\d)))?"
)
_DEEPEST = 3
_PLAIN_SPACES = 2  # at least, of a name that is known without its accents
_FARTHEST = 220  # characters of the longest known name
_MARKS = ",-/&(;"
_I_FOR_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_PAIR = 2
_LONGEST = 18  # words of a name that no list knows


class Law(NamedTuple):
    """A statute named at `[start, end)`; `inner` are those that its own name names ("Luật sửa đổi ... Luật A")."""

    start: int
    end: int
    type: str
    name: str
    known: bool
    inner: tuple[Law, ...] = ()
    misread: bool = False  # known by its letters without accents alone


def law_at(text: str, key: str, position: int, depth: int = 0) -> Law | None:
    """The statute whose type word stands at `position` of a text and its `tone_key`; None where it is another word.

    `depth` counts the names that this one stands in: a law amends a law that amended a law, no further.
    """
    head = _LAW_WORD.match(key, position)
    if head is None:
        return None
    if head[0] == "hiến pháp":
        return _constitution(key, position)
    kind = _KINDS[head[0]]
    if _not_after().search(key, max(0, position - 16), position):
        return None
    amending = _AMENDING.match(key, head.end())
    if amending and kind != "Bộ luật":
        return _amending(text, key, position, kind, amending, depth) if depth < _DEEPEST else None
    found = _known(key, head.end(), kind)
    if found:
        end, name = found
        capitals = text[position].isupper() or text[head.end() + 1].isupper()
        return Law(position, end, _ABBREVIATIONS[kind], f"{kind} {name}", capitals) if capitals or " " in name else None
    plain = _known_plain(key, head.end(), kind)
    if plain:
        return Law(position, plain[0], _ABBREVIATIONS[kind], f"{kind} {plain[1]}", True, misread=True)
    return _unknown(text, key, position, head.end(), kind)


def after_name(key: str, position: int) -> int:
    """The end of "(sửa đổi)" and the like behind a statute's name."""
    match = _REVISED.match(key, position)
    return match.end() if match else position


def _constitution(key: str, position: int) -> Law | None:
    match = _CONSTITUTION.match(key, position)
    if match is None or not (match["state"] or match["year"]):
        return None
    name = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam" if match["state"] else "Hiến pháp"
    return Law(position, match.end(), "HP", name, True)


def _amending(text: str, key: str, position: int, kind: str, amending: re.Match[str], depth: int) -> Law | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B"."""
    inner = _amended(text, key, amending, depth)
    end = inner[-1].end if inner else amending.end()
    opening = "sửa đổi, bổ sung" if "bổ sung" in amending[0] else "sửa đổi"
    article = f" Đ{' '.join(amending['article'].split())[1:]}" if amending["article"] else ""
    some = (article or (" một số điều" if amending["some"] else "")) + (" của" if amending["of"] else "")
    if inner:
        names = [law.name for law in inner]
        listed = ", ".join(names[:-1]) + (" và " if len(names) > 1 else "") + names[-1]
        return Law(
            position,
            end,
            _ABBREVIATIONS[kind],
            f"{kind} {opening}{some}{' các' if amending['all'] else ''} {listed}",
            all(law.known for law in inner),
            tuple(inner),
        )
    many = _MANY.match(key, amending.end())
    if many:
        words = " ".join(text[position + len(kind) : many.end()].split())
        return Law(position, many.end(), _ABBREVIATIONS[kind], f"{kind} {words}", False)
    # "Luật sửa đổi, bổ sung một số điều Bảo hiểm y tế": the second "Luật" is left out.
    found = _known(key, amending.end(), kind)
    if found and text[amending.end() + 1].isupper():
        return Law(position, found[0], _ABBREVIATIONS[kind], f"{kind} {opening}{some} {kind} {found[1]}", True)
    return None


def _amended(text: str, key: str, amending: re.Match[str], depth: int) -> list[Law]:
    """The statutes that one law amends.

    A comma alone may lead on to another basis of the plan ("Luật sửa đổi Luật A, Luật B"): "và" or "các" make one law
    of the list, and so do three names and more before one number, date or "và".
    """
    inner: list[Law] = []
    sure, link = 0, ""
    commas = amending["some"] and not amending["article"]
    cursor = amending.end() + 1
    while law := law_at(text, key, cursor, depth + 1):
        if sure == len(inner) and (not link or "và" in link or amending["all"]):
            sure += 1
        inner.append(law)
        more = _NEXT_LAW.match(key, law.end)
        if more is None:
            if len(inner) > _PAIR and ("và" in link or _OWN_NUMBER.match(key, law.end)):
                sure = len(inner)
            break
        link = more[0]
        if not ("và" in link or amending["all"] or (commas and "," in link)):
            break
        cursor = more.end()
    return inner[:sure]


def _unknown(text: str, key: str, position: int, cursor: int, kind: str) -> Law | None:
    """A statute of no list: a capital opens its name, and a sign or a stop word ends it."""
    first = _WORD.match(text, cursor + 1)
    if text[cursor : cursor + 1] == "\n":
        return None  # "Luật" closes its line; a sentence is never parted
    if first is None or not first[0][0].isupper() or not text[position].isupper():
        return None
    # In capitals nothing but a list tells where a name ends.
    if first[0].isdigit() or text[position : first.end()].isupper() or _not_before().match(key, cursor + 1):
        return None
    end = first.end()
    for _ in range(_LONGEST):
        gap = _BETWEEN.match(text, end)
        if gap is None or gap["bracket"]:
            break
        word = _WORD.match(text, gap.end())
        if word is None or word[0].isdigit() or _stops().match(key, gap.end()):
            break
        if gap["comma"] and (not word[0][0].islower() or not _after_comma().match(key, gap.end())):
            break
        end = word.end()
    name = " ".join(text[cursor + 1 : end].split())
    if name.endswith(" và"):
        name, end = name[:-3], end - 3
    return Law(position, end, _ABBREVIATIONS[kind], f"{kind} {name}", False)


class _Node:
    __slots__ = ("marked", "name", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.marked = False  # whether a comma, hyphen or bracket may follow
        self.name: str | None = None


@cache
def _names(kind: str, plain: bool) -> _Node:
    """The names of one kind of statute as a tree of letters (`plain`: without accents): conversion glues words
    ("Hội đồngnhân dân")."""
    data = load("laws")
    canonical = {"Luật": data["laws"], "Bộ luật": data["codes"], "Pháp lệnh": data["ordinances"]}[kind]
    root = _Node()
    spellings = [(name, name) for name in canonical]
    spellings += [(alias, name) for alias, name in data["aliases"].items() if name in canonical]
    for spelling, name in spellings:
        node = root
        letters = tone_key(spelling).translate(_I_FOR_Y)
        for sign in ascii_key(letters) if plain else letters:
            if sign.isalnum():
                node = node.next.setdefault(sign, _Node())
            elif sign != " ":
                node.marked = True
        node.name = name
    return root


def _known_plain(key: str, position: int, kind: str) -> tuple[int, str] | None:
    """A known name of three words and more whose accents are lost or wrong ("phòng, chổng tác hại của thuôc lá")."""
    found = _known(ascii_key(key[position : position + _FARTHEST]), 0, kind, plain=True)
    if found is None or found[1].count(" ") < _PLAIN_SPACES:
        return None
    return position + found[0], found[1]


def _known(key: str, position: int, kind: str, *, plain: bool = False) -> tuple[int, str] | None:
    """The longest known name that begins behind `position` (a space): its end and its name."""
    node = _names(kind, plain)
    found: tuple[int, str] | None = None
    for at in range(position, min(len(key), position + _FARTHEST)):
        sign = key[at].translate(_I_FOR_Y)
        if sign.isalnum():
            following = node.next.get(sign)
            if following is None:
                return found
            node = following
            if node.name and not key[at + 1 : at + 2].isalnum():
                closed = node.name.endswith(")") and key[at + 1 : at + 2] == ")"  # "... ở người (HIV/AIDS)"
                found = at + 1 + closed, node.name
        elif not sign.isspace() and not (node.marked and sign in _MARKS):
            return found
    return found


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(load('laws')['grammar']['not_after'])}){GAP}$")


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('laws')['grammar']['not_before'])})(?!\w)")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(map(tone_key, load('laws')['grammar']['stops']))})(?!\w)")


@cache
def _after_comma() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('laws')['grammar']['after_comma'])})(?!\w)")
