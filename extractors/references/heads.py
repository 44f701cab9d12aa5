"""What stands right before a number: the type word, "số", the sign of a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.references import grammar
from extractors.references.grammar import DocType
from extractors.vietnamese import ascii_key

_REACH = 110  # characters to look back: a type word, the body between it and "số", "số"
_MARK = 24  # characters of the longest "số" with its signs
_WORDS = 6  # of the longest type name
_WORD = re.compile(r"[^\s,.;:()\"“”\[\]*]+")
_LIST_SIGN = re.compile(r"(?:\s?(?:nhu )?(?:sau)? ?:\s?)$")
_GLUED_MARK = re.compile(r"(?<=[a-z])so\s?[:.]?\s?$")  # "Kế hoạchsố 12"
_OF = re.compile(r"\s(?:cua|do)\s")
_PLURAL = re.compile(r"(?:^|[^a-z])(?:cac|nhung|hai|ba|0?[2-9]|\d\d)(?: van ban)?\s$")
_LETTERS = re.compile(r"[^\W\d_]")


class Head(NamedTuple):
    """The words before a number. `start` is where the mention begins: at its type word, else at the number.

    `types` are what the type word can mean (none: no such word); `marked` says that "số" stands there, `plural` that
    the word heads a list, `body` where a body stands between the type word and "số" ("Chỉ thị của Thủ tướng số ...").
    `refused` says that another noun owns the number ("Mẫu số 01/BC-SYT").
    """

    start: int
    types: tuple[DocType, ...] = ()
    marked: bool = False
    plural: bool = False
    body: tuple[int, int] | None = None
    refused: bool = False


def head_before(text: str, number_start: int, limit: int) -> Head:
    """The head of the number at `number_start`; nothing before `limit` counts."""
    begin = max(limit, number_start - _REACH)
    key = ascii_key(text[begin:number_start])
    mark = grammar.number_head().search(key)
    if mark is None and (joined := _GLUED_MARK.search(key)) and _named(text, begin, key[: joined.start()]):
        mark = joined
    marked = mark is not None
    rest = key[: mark.start()] if mark else key
    if mark is not None:
        single = key.rfind("so", mark.start(), mark.end())  # "hồ sơ số", "Kế hoạch liên sở số": no doubled "số"
        if single > mark.start() and _named(text, begin, key[:single].rstrip()):
            rest = key[:single]
        noun = grammar.not_heads().search(rest.rstrip()) or grammar.not_heads().search(key[: max(single, 0)].rstrip())
        if noun and not _named(text, begin, rest.rstrip()):  # "Nghị quyết chuyên đề số" is a type
            return Head(number_start, marked=True, refused=True)
    sign = _LIST_SIGN.search(rest) if ":" in rest[-3:] else None
    bare = (rest[: sign.start()] if sign else rest).rstrip(' \n(“"[*')
    glued = bool(rest and not sign and not marked and _LETTERS.match(rest[-1]))  # "Quyết định12/QĐ-UBND"
    # Without "số" a line break parts the words: the number opens a line, or a cell, of its own.
    apart = not marked and "\n" in rest[len(bare) :]
    found = None if apart else _name_at_end(text[begin : begin + len(bare)], bare)
    own_line = "\n" in rest[len(bare) :]  # "TỈNH ĐIỆN BIÊN⏎Số: 12/KH-UBND" is a letterhead
    if found is None and marked and not own_line:
        found_apart = _name_apart(bare)
        if found_apart:
            start, types, body = found_apart
            span = (begin + body[0], begin + body[1]) if body else None
            return Head(begin + start, types, True, bool(_PLURAL.search(bare[:start])), span)
    if found is None:
        return Head(number_start, marked=marked, refused=glued and not marked)
    start, types = found
    plural = bool(_PLURAL.search(bare[:start]))
    return Head(begin + start, types, marked or bool(sign), plural)


def _named(text: str, begin: int, key: str) -> bool:
    """Whether the words from `begin` on, whose key is given, end with a type word."""
    return _name_at_end(text[begin : begin + len(key)], key) is not None


def _name_at_end(original: str, key: str) -> tuple[int, tuple[DocType, ...]] | None:
    """The longest type word that `key` ends with: where it begins and what it can mean."""
    starts = [m.start() for m in _WORD.finditer(key, max(0, len(key) - 60))]
    for start in starts[-_WORDS:]:
        types = grammar.names().get("".join(key[start:].split()))
        if types and _bounded(key, start) and not _other_word(key, start):
            return start, types
    if starts:
        sign = grammar.capitals().get(original[starts[-1] :].strip())
        if sign and _bounded(key, starts[-1]):
            return starts[-1], (sign,)
    return None


def _bounded(key: str, start: int) -> bool:
    return start == 0 or not key[start - 1].isalnum()


def _other_word(key: str, start: int) -> bool:
    """ "pháp luật", "kỷ luật" end with a type word and name no paper."""
    return key.startswith("luat", start) and key[:start].rstrip().endswith(("phap", "ky"))


def _name_apart(key: str) -> tuple[int, tuple[DocType, ...], tuple[int, int] | None] | None:
    """A type word a few words before "số": with the issuer between ("Thông báo của Tỉnh ủy số"), or its own object
    ("Kế hoạch triển khai năm 2024 số")."""
    starts = [m.start() for m in _WORD.finditer(key)]
    for index in range(len(starts) - 1, -1, -1):
        for count in range(min(_WORDS, len(starts) - index), 0, -1):
            stop = starts[index + count] if index + count < len(starts) else len(key)
            types = grammar.names().get("".join(key[starts[index] : stop].split()))
            if types is None or not _bounded(key, starts[index]):
                continue
            between = key[stop - 1 :] if stop < len(key) else ""
            if any(sign in between for sign in ',;:()\n"“”') or key.startswith("luat", starts[index]):
                return None
            of = _OF.match(between)
            if of:
                body = (stop - 1 + of.end(), len(key.rstrip()))
                return starts[index], types, body
            return (starts[index], types, None) if len(between.split()) <= 4 else None
    return None
