"""What the ways of naming one document share, for those known by name: laws, resolutions of congresses and sessions."""

from __future__ import annotations

import re

from extractors.places import Province
from extractors.vietnamese import ordinal, words_key

_SESSION = re.compile(r"nghị quyết (.*?) ?khóa ([ivx]+|\d+)$")
_SESSION_FILLER = re.compile(r"\b(?:hội nghị|lần thứ|ban chấp hành|trung ương|đảng|của)\b")
_SESSION_NUMBER = re.compile(r"(\d+|[ivx]+|\w+(?: \w+)?)(?: lần (\d))?")


def name_key(name: str, home: Province | None) -> str:
    """The words of a name without case, punctuation and filler.

    A session of the Central Committee is known by its number and term alone, however it is called; a congress below
    the province ("Đảng bộ Sở Y tế") lies in the plan's own province, `home`.
    """
    key = words_key(name)
    session = _session(key)
    if session:
        return session
    if not key.startswith("nghị quyết đại hội"):
        return key
    key = key.replace(" đại biểu ", " ")
    if home and "đảng bộ" in key and words_key(home.name) not in key:
        return f"{key} {words_key(home.full)}"
    return key


def _session(key: str) -> str | None:
    """The key of a resolution of the Central Committee's session: "nghị quyết trung ương 6 lần 2 khóa 8"."""
    match = _SESSION.match(key)
    if match is None or "trung ương" not in match[1]:
        return None
    number = _SESSION_NUMBER.fullmatch(" ".join(_SESSION_FILLER.sub(" ", match[1]).split()))
    if number is None:
        return None
    at, term = (ordinal(words.upper()) or ordinal(words) for words in (number[1], match[2]))
    part = f" lần {number[2]}" if number[2] else ""
    return f"nghị quyết trung ương {at}{part} khóa {term}" if at and term else None
