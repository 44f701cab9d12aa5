"""One scan over a line: its numbers, times, cue words and signs, in order. All else is words between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Time, times
from extractors.targets.quantities import OPENING, Quantity, read_fraction, read_quantity, read_words

Sort = Literal["time", "number", "cue", "stop", "colon", "open", "close", "comma"]


class Token(msgspec.Struct, frozen=True):
    """`kinds` are a cue's (see `lexicon.Lexicon`); `depth` counts the brackets around it."""

    sort: Sort
    start: int
    end: int
    depth: int = 0
    kinds: frozenset[str] = frozenset()
    time: Time | None = None
    quantity: Quantity | None = None

    @property
    def measures(self) -> bool:
        """Whether it is a number that is no age and no duration."""
        return self.quantity is not None and self.quantity.kind not in ("age", "span")

    def has(self, kind: str) -> bool:
        return kind in self.kinds


def within(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """The tokens that lie in `[start, end)`, of tokens in order."""
    found: list[Token] = []
    for i in range(bisect_left(tokens, start, key=_start), len(tokens)):
        token = tokens[i]
        if token.start >= end:
            break
        if token.end <= end:
            found.append(token)
    return found


def joins_nouns(key: str, floor: int, start: int, end: int) -> bool:
    """Whether the comma or conjunction `key[start:end]` stands inside one list of places or offices: "xã, phường"."""
    at = end + 1 if key.startswith(" ", end) else end
    lex = lexicon()
    for name, behind in lex.listed.items():
        if behind.match(key, at) and lex.listed_end[name].search(key, max(floor, start - _LONGEST_NOUN), start):
            return True
    return False


def _start(token: Token) -> int:
    return token.start


_LONGEST_NOUN = 24
_DIGIT = re.compile(r"\s?(?:(?:mức|ngưỡng|tỉ lệ) )?\d")
_BOUNDS = ("cmp:>=", "cmp:<=")
_BRACKETS = {"(": "open", "[": "open", ")": "close", "]": "close"}
_SIGNS = frozenset(";:(),[].!?…\n")
_SORTS: dict[str, Sort] = {",": "comma", ":": "colon"}


@cache
def _scanner() -> re.Pattern[str]:
    """Digits, fractions in words, cue words, signs. Each alternative opens with a character as such, so that `re` finds
    the next place to try in a fast scan; groups would hide it."""
    numbers = "|".join(rf"{digit}(?<![\w/].)(?<!\d[.,].)" for digit in "0123456789")  # where `OPENING` matches
    signs = "|".join(map(re.escape, ";:(),[]\n"))
    stops = "|".join(rf"{re.escape(stop)}(?=\s|$|[\"”])" for stop in ".!?…")
    return re.compile(rf"{numbers}|{lexicon().fraction}|{lexicon().cues}|{signs}|{stops}")


def scan(text: str, key: str, start: int, end: int, year: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`; `key` is the folded text, `year` the plan's own."""
    scanner = _Scanner(text, key, start)
    at = start
    for time in times(key, start, end, year):
        scanner.run(at, time.start)
        at = time.end
        scanner.tokens.append(Token("time", time.start, at, scanner.depth, time=time))
    scanner.run(at, end)
    return scanner.tokens


class _Scanner:
    """Collects the tokens between the times of one line; `depth` counts the brackets that are open."""

    def __init__(self, text: str, key: str, start: int) -> None:
        self.text = text
        self.key = key
        self.start = start
        self.depth = 0
        self.tokens: list[Token] = []

    def run(self, at: int, end: int) -> None:
        search = _scanner().search
        while found := search(self.key, at, end):
            words = found.group()
            if words[0].isdigit():
                at = self._number(found.start(), end)
            elif words in _SIGNS:
                self._sign(words, found.start())
                at = found.end()
            elif words in lexicon().kinds:
                at = self._cue(found, end)
            else:
                at = found.end()
                quantity = read_fraction(self.key, found.start(), at)
                self.tokens.append(Token("number", found.start(), at, self.depth, quantity=quantity))

    def _number(self, first: int, end: int) -> int:
        """Reads the number at `first`, and returns where the search goes on."""
        digits = OPENING.match(self.key, first, end)
        if digits is None:
            return first + 1
        quantity = read_quantity(self.text, self.key, digits, end)
        if quantity is None:
            return digits.end()
        if quantity.kind != "name" and not _is_name(self.key, self.start, quantity):
            self.tokens.append(Token("number", first, quantity.end, self.depth, quantity=quantity))
        return quantity.end

    def _cue(self, found: re.Match[str], end: int) -> int:
        """Takes a cue word, with the number in words that may follow a bound ("ít nhất một")."""
        kinds = lexicon().kinds[found.group()]
        if "word" in kinds:
            return self._within_compound(found, end)
        if "and" in kinds and joins_nouns(self.key, self.start, found.start(), found.end()):
            return found.end()
        self.tokens.append(Token("cue", found.start(), found.end(), self.depth, kinds=kinds))
        word = lexicon().spelled.match(self.key, found.end(), end) if any(k in kinds for k in _BOUNDS) else None
        spelled = read_words(self.text, self.key, word.start() + 1, word.end(), end) if word else None
        if spelled is None:
            return found.end()
        self.tokens.append(Token("number", spelled.start, spelled.end, self.depth, quantity=spelled))
        return spelled.end

    def _within_compound(self, found: re.Match[str], end: int) -> int:
        """Where the search goes on behind a compound; at its last word where that compares the number right behind it:
        "tỷ lệ chuyển tuyến | dưới 9%"."""
        last = found.group().rsplit(" ", 1)[-1]
        compares = any(kind.startswith("cmp:") for kind in lexicon().kinds.get(last, ()))
        if compares and _DIGIT.match(self.key, found.end(), end):
            return found.end() - len(last)
        return found.end()

    def _sign(self, sign: str, at: int) -> None:
        bracket = _BRACKETS.get(sign)
        if bracket == "open":
            self.depth += 1
            self.tokens.append(Token("open", at, at + 1, self.depth))
        elif bracket:
            if self.depth:
                self.tokens.append(Token("close", at, at + 1, self.depth))
                self.depth -= 1
        elif sign == "," and joins_nouns(self.key, self.start, at, at + 1):
            return
        elif sign in _SORTS:
            self.tokens.append(Token(_SORTS[sign], at, at + 1, self.depth))
        elif sign == ";" or not lexicon().abbreviation.search(self.key, max(self.start, at - 5), at):
            if sign != ";":
                self.depth = 0  # a bracket that a full stop leaves open was never closed
            self.tokens.append(Token("stop", at, at + 1, self.depth))


_GRADES = (1, 2, 3, 4, 5)
_GRADE = re.compile(r"(?<!\w)(?<!ở )(?<!xuống )(?<!lên )(?<!giữ )mức\s$")


def _is_name(key: str, start: int, quantity: Quantity) -> bool:
    """Whether the number is part of a name ("Chỉ thị 19", "mức độ 3"): a word of `names` stands right before it and no
    noun of the list behind it."""
    if not (quantity.kind == "bare" or (quantity.kind == "count" and quantity.doubtful)):
        return False
    if lexicon().names.search(key, max(start, quantity.start - 25), quantity.start):
        return True
    # "tiêu chí đạt mức 4", where five is the highest
    graded = _GRADE.search(key, max(start, quantity.start - 12), quantity.start)
    return graded is not None and quantity.low in _GRADES
