"""Which province words name: "tỉnh Lai Châu", "TP.HCM", "SỞ Y TẾ TỈNH ĐĂK LĂK", the "Nha Trang" of a place line.

The names come from `data/provinces.toml`. A province is one *version*: its name and kind with the days between which it
was called so, since 63 provinces became 34 on 1 July 2025 and some changed name or kind on other days.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day_of
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from data import load
from extractors.vietnamese import ascii_key, fold, words_key

Kind = Literal["tỉnh", "thành phố"]
Scheme = Literal["63", "34"]

NEW_LIST = "2025-07-01"  # the first day of the 34 provinces


@dataclass(frozen=True, slots=True)
class Province:
    """A province as it was between `since` and `until` (ISO days, both included; None: open).

    `scheme` says which list `code` belongs to; `successor` is the name in the newer list (its own there).
    """

    name: str
    kind: Kind
    code: str
    scheme: Scheme
    region: str
    successor: str
    since: str | None
    until: str | None

    @property
    def full(self) -> str:
        """The name with its kind as an issuer's name carries it: "tỉnh Lai Châu", "Thành phố Cần Thơ"."""
        return f"{'tỉnh' if self.kind == 'tỉnh' else 'Thành phố'} {self.name}"

    def held(self, date: str) -> bool:
        """Whether this version was in force on a date; one without month or day counts as its first day."""
        day = date + "-01-01"[len(date) - 4 :]
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def versions() -> tuple[Province, ...]:
    """Every version of every province, oldest first."""
    data = load("provinces")
    old = [v for record in data["until_2025"] for v in _versions(record, "63", None, _day_before(NEW_LIST))]
    new = [v for record in data["since_2025"] for v in _versions(record, "34", NEW_LIST, None)]
    return tuple(sorted((*old, *new), key=lambda p: p.since or ""))


def _versions(record: dict[str, Any], scheme: Scheme, since: str | None, until: str | None) -> Iterator[Province]:
    """A record's first version and one for each of its `changes`."""
    steps = [{"since": since, "name": record["name"], "kind": record["kind"]}, *record.get("changes", ())]
    ends = [*(_day_before(step["since"]) for step in steps[1:]), until]
    for step, end in zip(steps, ends, strict=True):
        yield Province(
            name=step["name"],
            kind=step["kind"],
            code=record["code"],
            scheme=scheme,
            region=record["region"],
            successor=record.get("successor", record["name"]),
            since=step["since"],
            until=end,
        )


def _day_before(day: str) -> str:
    return (day_of.fromisoformat(day) - timedelta(days=1)).isoformat()


def version_of(name: str, date: str | None = None) -> Province | None:
    """The version of a province by its exact name: the one in force on `date`, else what the same province was called
    then ("Huế" in 2020 was Thừa Thiên Huế), else the latest that bore the name."""
    found = [p for p in versions() if p.name == name]
    if date and found:
        current = [p for p in found if p.held(date)]
        codes = {(p.scheme, p.code) for p in found}
        current = current or [p for p in versions() if (p.scheme, p.code) in codes and p.held(date)]
        found = current or found
    return found[-1] if found else None


def name_of(words: str) -> str | None:
    """The province's name that these words spell and nothing else ("Đăk Lăk" -> "Đắk Lắk"), in any letter case."""
    return _names().get(words_key(words)) or None


def is_lesser_unit(words: str) -> bool:
    """Whether the words open with the word for a unit below the province ("huyện Bình Sơn")."""
    return bool(_lesser_unit().match(fold(words)))


_UNIT = re.compile(
    r"(?<!\w)(huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu) ((?:\d{1,2}|[^\W\d_]+)(?: [^\W\d_]+){0,3})$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"(?<!\w)(huyện|quận|thị|thành) (?:ủy|uỷ) ([^\W\d_]+(?: [^\W\d_]+){0,3})$", re.IGNORECASE)


def lesser_unit_of(body: str) -> str | None:
    """The unit below the province that a body's name ends with, as it is written: "huyện Bình Sơn" of "UBND huyện Bình
    Sơn" and of "Huyện ủy Bình Sơn"; in small letters the word for it. None for a province's body or none."""
    words = unicodedata.normalize("NFC", body).strip(" .,")
    match = _UNIT.search(words) or _COMMITTEE.search(words)
    if match is None or (match[1].lower().startswith("thành") and name_of(match[2]) in _cities()):
        return None
    kind = {"thị": "thị xã", "thành": "thành phố"}.get(match[1].lower(), match[1].lower())
    return f"{kind} {match[2]}"


def province_of(words: str, date: str | None = None) -> Province | None:
    """The one province that a name or a phrase with a name in it means, as it was on `date` (ISO; None: lately).

    A name counts with capital letters only, and never behind the word for a smaller unit ("huyện Hòa Bình") or, for a
    province that never was a city, behind "thành phố". Two different names give None.
    """
    name = _name_in(unicodedata.normalize("NFC", words))
    return version_of(name, date) if name else None


def province_of_place(place: str, date: str | None = None) -> Province | None:
    """The province whose offices write this place line: its own name or the town where they sit.

    A name that was no more on `date` gives the province that took it over.
    """
    name = _names().get(words_key(place)) or _seats().get(words_key(place)) or _name_in(place)
    if name is None:
        return None
    found = version_of(name, date)
    if found and date and not found.held(date) and found.scheme == "63":
        return version_of(found.successor, date)
    return found


_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.\-–]*")
_LONGEST_NAME = 4  # syllables: "Bà Rịa - Vũng Tàu"
_LETTERHEAD_WORDS = 8  # a line in capitals longer than this is a title, where "HÒA BÌNH" may be peace


class _Mention(NamedTuple):
    name: str
    with_kind: bool


def _name_in(words: str) -> str | None:
    """The one name in `words` (NFC); those with their kind in front go before bare ones."""
    found = list(_mentions(words))
    names = {m.name for m in found if m.with_kind} or {m.name for m in found}
    return names.pop() if len(names) == 1 else None


def _mentions(words: str) -> Iterator[_Mention]:
    key = fold(words)
    tokens = [m.span() for m in _TOKEN.finditer(words)]
    first = 0
    while first < len(tokens):
        step = 1
        for count in range(min(_LONGEST_NAME, len(tokens) - first), 0, -1):
            run = tokens[first : first + count]
            if any(not _GAP.fullmatch(words, a[1], b[0]) for a, b in pairwise(run)):
                continue
            joined = " ".join(key[a:b] for a, b in run)
            name = _names().get(joined)
            if name is None:
                continue
            step = count
            if name and all(not words[a].islower() for a, _ in run):
                mention = _judge(name, words, key, tokens, first, count)
                if mention:
                    yield mention
            break
        first += step


def _judge(name: str, words: str, key: str, tokens: list[tuple[int, int]], first: int, count: int) -> _Mention | None:
    """Whether a name that stands at `tokens[first]` is the province, by what stands before it."""
    before = " ".join(key[a:b] for a, b in tokens[max(0, first - 3) : first])
    if re.search(r"(?:^|\s)(?:tỉnh|thủ đô)$", before):
        return _Mention(name, True)
    if re.search(r"(?:^|\s)(?:thành phố|tp|t p)$", before):
        # The town of a province's name ("thành phố Lai Châu") is a smaller unit.
        return _Mention(name, True) if name in _cities() else None
    if _lesser().search(before):
        return None
    alone = count == len(tokens)
    if not alone and name in _ambiguous() and not (words.isupper() and len(tokens) <= _LETTERHEAD_WORDS):
        return None
    if words.isupper() and len(tokens) > _LETTERHEAD_WORDS:
        return None
    return _Mention(name, False)


@cache
def _records() -> tuple[dict[str, Any], ...]:
    data = load("provinces")
    return (*data["until_2025"], *data["since_2025"])


@cache
def _names() -> dict[str, str]:
    """Key of every spelling to the province's name; to "" for phrases that hold a name and mean none."""
    spellings = [(v.name, v.name) for v in versions()]
    spellings += [(alias, record["name"]) for record in _records() for alias in record.get("aliases", ())]
    spellings += [(phrase, "") for phrase in load("provinces")["not_provinces"]]
    index = {ascii_key(words_key(alias)): name for alias, name in spellings}
    return index | {words_key(alias): name for alias, name in spellings}


@cache
def _seats() -> dict[str, str]:
    return {words_key(seat): record["name"] for record in _records() for seat in record.get("seats", ())}


@cache
def _cities() -> frozenset[str]:
    return frozenset(v.name for v in versions() if v.kind == "thành phố")


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(record["name"] for record in _records() if record.get("ambiguous"))


@cache
def _lesser() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in load("provinces")["lesser_units"])
    return re.compile(rf"(?:^|\s)(?:{words})$")


@cache
def _lesser_unit() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in load("provinces")["lesser_units"])
    return re.compile(rf"(?:các\s+)?(?:{words})(?!\w)")
