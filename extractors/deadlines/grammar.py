"""The grammar of time expressions, read from `data/deadlines.toml` and compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from data import load
from extractors.vietnamese import cardinal

_SLOT = re.compile(r"\{([a-z_]+)\}")
_NAMED = re.compile(r"\(\?P<\w+>")

# Where an atom may begin: its first word or figure, at the beginning of a word. Looked for in lower-case text; what
# stands there decides the rest. The first character comes first, since `re` looks for it in a fast scan.
_ANCHOR = (
    r"[\dbcđghkmnqrst](?<![^\W_].)(?:"
    r"(?<=n)(?:gày|ăm|ửa )|(?<=r)ằm |(?<=m)(?:ùng|ồng|[ỗô]i |ột (?:lần|tháng|năm))"
    r"|(?<=t)(?:háng|uần|hời k[ỳì]|hứ |rong (?:cả )?năm|(?:ính t)?ừ (?:nay|bây|thời|ngày|khi|ban|ký))"
    r"|(?<=q)u[ýí] ?[ivđc1-4]|(?<=h)(?:[àằ]ng |ôm nay|ết (?:ngày )?hôm nay|ai (?:lần|tháng|năm))"
    r"|(?<=g)i(?:ai đoạn|ữa (?:của )?(?:tháng|qu[ýí]|năm))"
    r"|(?<=đ)(?:ịnh k[ỳì]|ầu (?:của )?(?:tháng|qu[ýí]|năm))"
    r"|(?<=c)(?:hủ nhật|ả năm|ác năm|uối (?:của )?(?:tháng|qu[ýí]|năm)|ủa (?:tháng|năm|tuần|các năm|những năm)"
    r"|hín (?:lần|tháng|năm))"
    r"|(?<=k)ể từ (?:nay|bây|thời|ngày|khi|ban|ký)|(?<=n)hững năm"
    r"|(?<=b)(?:áo cáo[ :]|ắt đầu từ (?:nay|bây|thời|ngày|khi|ban|ký)|(?:a|ốn) (?:lần|tháng|năm))"
    r"|(?<=s)áu (?:lần|tháng|năm)"
    r"|(?<=\d)(?:\d{0,2}(?= ?[/.-] ?\d|,? (?:tháng|lần|đợt|kỳ|buổi|cuộc|phiên|tết|năm|quý|quí|tuần|ngày|h[àằ]ng|mỗi"
    r"|đến \d))"
    r"|(?:(?<=1)9|(?<=2)0)\d\d))"
)


class Rule(NamedTuple):
    """One kind of atom: its pattern and whether it needs a label or a neighbour to count."""

    kind: str
    pattern: re.Pattern[str]
    weak: bool


@cache
def grammar() -> dict[str, Any]:
    """The data file as it stands."""
    return load("deadlines")


def expand(pattern: str) -> str:
    """The pattern with its `{fragment}` slots filled."""
    fragments: dict[str, str] = grammar()["fragments"]
    while slot := _SLOT.search(pattern):
        pattern = pattern[: slot.start()] + fragments[slot[1]] + pattern[slot.end() :]
    return pattern


@cache
def anchor() -> re.Pattern[str]:
    return re.compile(_ANCHOR)


@cache
def rules() -> tuple[Rule, ...]:
    """The atoms in the order in which they are tried."""
    return tuple(
        Rule(atom["kind"], re.compile(expand(atom["pattern"])), atom.get("weak", False)) for atom in grammar()["atoms"]
    )


@cache
def opening() -> re.Pattern[str]:
    """All atoms in one pattern: `lastgroup` of a match says which rule to read ("r7")."""
    return re.compile(
        "|".join(f"(?P<r{i}>{_NAMED.sub('(?:', rule.pattern.pattern)})" for i, rule in enumerate(rules()))
    )


@cache
def compiled(section: str, name: str, flags: int = 0) -> re.Pattern[str]:
    """One pattern of a section of the data file, compiled ("gaps", "to")."""
    return re.compile(expand(grammar()[section][name]), flags)


@cache
def bound_words() -> tuple[tuple[str, str], ...]:
    """The words that bind an expression with their class ("trước", "before"), longest first."""
    words: list[tuple[str, str]] = []
    for name, listed in grammar()["bounds"].items():
        words += [(word, name) for word in listed]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


@cache
def bound_words_by_last() -> dict[str, list[tuple[str, str]]]:
    """The same by their last word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in bound_words():
        found.setdefault(pair[0].split()[-1], []).append(pair)
    return found


def count(words: str | None, default: int = 1) -> int:
    """The value of "6", "06", "sáu"; `default` where nothing stands."""
    if not words:
        return default
    if words.isdecimal():
        return int(words)
    value = cardinal(words)
    return default if value is None else value
