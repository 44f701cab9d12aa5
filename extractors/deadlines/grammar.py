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
# stands there decides the rest. Words by their first letter, each with its second as such, so that `re` finds the
# places in a fast scan.
_OPENING_WORDS = {
    "b": (
        r"áo cáo[ :]", r"ắt đầu từ (?:nay|bây|thời|ngày|khi|ban|ký)", r"a (?:lần|tháng|năm)",
        r"ốn (?:lần|tháng|năm)",
    ),
    "c": (
        r"hủ nhật", r"hín (?:lần|tháng|năm)", r"ả năm", r"ác năm", r"uối (?:của )?(?:tháng|qu[ýí]|năm)",
        r"ủa (?:tháng|năm|tuần|các năm|những năm)",
    ),
    "đ": (r"ịnh k[ỳì]", r"ầu (?:của )?(?:tháng|qu[ýí]|năm)"),
    "g": (r"iai đoạn", r"iữa (?:của )?(?:tháng|qu[ýí]|năm)"),
    "h": (r"ạ tuần", r"àng ", r"ằng ", r"ôm nay", r"ết (?:ngày )?hôm nay", r"ai (?:lần|tháng|năm)"),
    "k": (r"ể từ (?:nay|bây|thời|ngày|khi|ban|ký)",),
    "m": (r"ùng", r"ồng", r"ỗi ", r"ôi ", r"ột (?:lần|tháng|năm)"),
    "n": (r"gày", r"ăm", r"ửa ", r"hững năm"),
    "q": (r"u[ýí] ?[ivđc1-4]", "1", "2", "3", "4", "i", r". ?[i1-4]"),
    "r": (r"ằm ",),
    "s": (r"áu (?:lần|tháng|năm)", r"au khi (?:kế hoạch|ban hành|ký)"),
    "t": (
        r"rung tuần", r"hượng tuần",
        r"háng", r"uần", r"hời k[ỳì]", r"hứ ", r"rong (?:cả )?năm", r"ính từ (?:nay|bây|thời|ngày|khi|ban|ký)",
        r"ừ (?:nay|bây|thời|ngày|khi|ban|ký)", *"0123456789", r". ?\d",
    ),
}  # fmt: skip
_OPENING_FIGURES = (
    r"\d{0,2}(?= ?[/.-] ?\d|,? (?:tháng|lần|đợt|kỳ|buổi|cuộc|phiên|số|tin|bài|phóng sự|chuyên|tết|năm|quý|quí|tuần|ngày"
    r"|h[àằ]ng|mỗi|đến \d))"
)
_OPENING_YEAR = {"1": r"|9\d\d", "2": r"|0\d\d"}


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
    """Where an atom may begin."""
    openings = []
    for first, words in _OPENING_WORDS.items():
        rest = "|".join(rf"{re.escape(word[0])}(?<![^\W_]..){word[1:]}" for word in words)
        openings.append(f"{first}(?:{rest})")
    for digit in "0123456789":
        openings.append(rf"{digit}(?<![^\W_].)(?:{_OPENING_FIGURES}{_OPENING_YEAR.get(digit, '')})")
    return re.compile("|".join(openings))


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
