"""One scan over a line: its numbers, times, cue words and signs, in order. All else is words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Time, read_time, time_pattern
from extractors.targets.quantities import OPENING, Quantity, read_quantity, read_words

Sort = Literal["time", "number", "cue", "stop", "colon", "open", "close", "comma"]


@dataclass(frozen=True, slots=True)
class Token:
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


_NUMBER_WORDS_AFTER = ("cmp:>=", "cmp:<=")


@cache
def _scanner() -> re.Pattern[str]:
    number = OPENING.pattern
    return re.compile(
        rf"(?P<token_time>{time_pattern().pattern})|(?P<token_number>{number})|(?P<token_cue>{lexicon().cues})"
        r"|(?P<token_sign>[;:(),\[\]]|[.!?…](?=\s|$|[\"”])|\n)"
    )


def scan(text: str, key: str, start: int, end: int, year: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`; `key` is the folded text, `year` the plan's own."""
    tokens: list[Token] = []
    depth, at = 0, start
    search = _scanner().search
    names = lexicon().names
    while found := search(key, at, end):
        at = found.end()
        first = found.start()
        if found["token_time"]:
            time = time_pattern().match(key, first, end)
            if time:
                tokens.append(Token("time", first, at, depth, time=read_time(time, year)))
            continue
        if found["token_number"]:
            digits = OPENING.match(key, first, end)
            quantity = read_quantity(text, key, digits, end) if digits else None
            if quantity is None:
                continue
            at = quantity.end
            if quantity.kind == "name" or (
                quantity.kind in ("bare", "count") and _is_name(names, key, start, quantity)
            ):
                continue
            tokens.append(Token("number", first, at, depth, quantity=quantity))
            continue
        if found["token_cue"]:
            kinds = lexicon().kinds[found.group()]
            tokens.append(Token("cue", first, at, depth, kinds=kinds))
            if any(kind in kinds for kind in _NUMBER_WORDS_AFTER) and (word := lexicon().spelled.match(key, at, end)):
                spelled = read_words(text, key, word.start() + 1, word.end(), end)
                if spelled:
                    tokens.append(Token("number", spelled.start, spelled.end, depth, quantity=spelled))
                    at = spelled.end
            continue
        sign = found.group()
        if sign in "([":
            depth += 1
            tokens.append(Token("open", first, at, depth))
        elif sign in ")]":
            if depth:
                tokens.append(Token("close", first, at, depth))
                depth -= 1
        elif sign == ",":
            tokens.append(Token("comma", first, at, depth))
        elif sign == ":":
            tokens.append(Token("colon", first, at, depth))
        elif sign == ";" or not lexicon().abbreviation.search(key, max(start, first - 5), first):
            depth = depth if sign == ";" else 0
            tokens.append(Token("stop", first, at, depth))
    return tokens


def _is_name(names: re.Pattern[str], key: str, start: int, quantity: Quantity) -> bool:
    """Whether the number is part of a name ("Chỉ thị 19", "mức độ 3"): a word of `names` stands right before it and no
    noun of the list behind it."""
    if not (quantity.kind == "bare" or (quantity.kind == "count" and quantity.doubtful)):
        return False
    return names.search(key, max(start, quantity.start - 25), quantity.start) is not None
