"""What a heading is about: the roles that its own words name, by `data/headings.toml`.

Rules of the contract: only words that head the title count, not its complement; a heading whose words name none has its
parent's roles; below tasks or implementation a child keeps the parent's role unless its whole title is a role's name; a
heading that is a time is `timeline`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import ascii_key, tone_key
from extractors.words import alternation
from models.plan import Role

_KEEPING = {"tasks", "implementation"}
_PART = re.compile(r"\s*(?:[,;&/]| - | và | - |\. )\s*")
_NUMBERED = re.compile(r"(?:\s+(?:\d+|[ivx]+))?\s*[:.]?\s*$")
_TAIL_YEAR = re.compile(
    r"\s*(?:(?:đến|trong|của)?\s*(?:năm|giai đoạn|hết năm)\s*\d{4}(?:\s*-\s*\d{4})?|\(.*\))?\s*[:.;]?\s*$"
)
_STOPS = " \n.:;"


class _Roles(NamedTuple):
    heads: re.Pattern[str]  # one group per phrase is not needed: the matched phrase keys `role_of`
    role_of: dict[str, Role]
    names: dict[str, Role]
    times: re.Pattern[str]
    skip: re.Pattern[str]
    tails: re.Pattern[str]
    nouns: re.Pattern[str]
    neutral: re.Pattern[str]
    exact: frozenset[str]
    plain: dict[str, Role]  # the heads without accents
    plain_heads: re.Pattern[str]
    opening: re.Pattern[str]  # what any name or head begins with


@cache
def _roles() -> _Roles:
    data = load("headings")
    role_of = {tone_key(head): record["role"] for record in data["roles"] for head in record["heads"]}
    names = {tone_key(name): record["role"] for record in data["roles"] for name in record["names"]}
    longest_first = sorted(role_of, key=len, reverse=True)
    tails = "|".join(re.escape(tone_key(t)) for t in sorted(data["tails"], key=len, reverse=True))
    plain = {ascii_key(head): role for head, role in role_of.items()}
    return _Roles(
        heads=re.compile(r"(?:" + "|".join(map(re.escape, longest_first)) + r")\b"),
        role_of=role_of,
        names=names,
        times=re.compile(r"(?:" + "|".join(data["times"]) + r")\s*[:.]?"),
        skip=re.compile(r"(?:(?:" + "|".join(map(re.escape, data["skip"])) + r") )+"),
        tails=re.compile(r"(?: (?:" + tails + r"))+$"),
        plain=plain,
        plain_heads=re.compile(r"(?:" + "|".join(map(re.escape, sorted(plain, key=len, reverse=True))) + r")\b"),
        opening=re.compile(alternation([*role_of, *names])),
        exact=frozenset(data["exact"]),
        neutral=re.compile(r"(?:" + "|".join(map(re.escape, data["neutral"])) + r")\b"),
        nouns=re.compile(r"(?:" + "|".join(map(re.escape, data["nouns"])) + r")\b"),
    )


def named_roles(title: str) -> tuple[Role, ...]:
    """The roles that a title's words name, in the order of its words; empty where they name none."""
    roles = _roles()
    key = tone_key(title).strip(' .:;"“”')
    if roles.times.fullmatch(key):
        return ("timeline",)
    shouted = title.isupper()
    found: list[Role] = []
    bare = True  # the parts so far are roles' names without a complement
    for index, part in enumerate(_parts(key)):
        match = roles.heads.match(part) or (shouted and _misread(part)) or None
        rest = roles.tails.sub("", part[match.end() :]).strip() if match else ""
        if match and not roles.neutral.match(part) and not (rest and match.group() in roles.exact):
            role = roles.role_of.get(match.group()) or roles.plain[match.group()]
            # "Nội dung giám sát, đánh giá": the second verb goes on with the first part's complement.
            if role not in found and (bare or role != "reporting"):
                found.append(role)
            bare = bare and not rest
        elif index == 0 and not roles.nouns.match(part):
            return ()
    return tuple(found)


def _misread(part: str) -> re.Match[str] | None:
    """A role's word with wrong accents, as scans leave titles in capitals ("YÊU CÂU"). "Chi tiêu" (spending) is a word
    of its own and never read as "chỉ tiêu"."""
    roles = _roles()
    match = roles.plain_heads.match(ascii_key(part))
    return match if match and not part.startswith("chi tiêu") else None


def _parts(key: str) -> list[str]:
    skip = _roles().skip
    return [skip.sub("", part, count=1) if skip.match(part) else part for part in _PART.split(key) if part]


def is_role_name(title: str) -> Role | None:
    """The role whose bare name the whole title is ("Kinh phí thực hiện", "Chế độ báo cáo:"), else None."""
    roles = _roles()
    key = tone_key(title)
    end = key.rstrip(_STOPS)[-1:]
    if end == ")" or end.isdecimal():  # what a tail ends with
        key = _TAIL_YEAR.sub("", key)
    key = " ".join(key.strip(' .:;"“”').split())
    if roles.times.fullmatch(key):
        return "timeline"
    bare = roles.skip.sub("", key, count=1) if roles.skip.match(key) else key
    if bare[:1].isalpha() and not roles.opening.match(bare):
        return None  # most titles: no name, and no list of names, begins so
    for candidate in (bare, roles.tails.sub("", bare), _NUMBERED.sub("", bare)):
        if candidate in roles.names:
            return roles.names[candidate]
    # "Giám sát, kiểm tra": several names of one role are its name too.
    parts = [roles.tails.sub("", part) for part in _parts(bare)]
    found = {roles.role_of.get(part) for part in parts}
    return found.pop() if len(parts) > 1 and len(found) == 1 else None


def roles_of(title: str, parent: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles of a heading below one with the roles `parent` (empty at the top)."""
    if _KEEPING & set(parent):
        name = is_role_name(title)
        if name is None:
            return parent
        named = named_roles(title)
        return named or (name,)
    named = named_roles(title)
    if not named and (name := is_role_name(title)):
        return (name,)  # "Thông tin, báo cáo": no part of it heads a title, the whole is a name
    return named or parent or ("other",)
