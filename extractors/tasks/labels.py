"""What the words before a colon, or the head of a column, say: the time, who leads, who supports, the work itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from data import load
from extractors.vietnamese import tone_key


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["role"], re.compile(entry["pattern"])) for entry in load("tasks")["labels"])


@lru_cache(maxsize=2048)
def label_role(words: str) -> str:
    """The role of a label: "time", "lead", "support", "task", "other", "none" (a time that is none), "" if unknown.

    >>> label_role("Thời gian thực hiện"), label_role("Đơn vị phối hợp"), label_role("Mục tiêu 1")
    ('time', 'support', '')
    """
    key = " ".join(tone_key(words).split()).strip(" .:;-*()")
    for role, pattern in _patterns():
        if pattern.search(key):
            return role
    return ""
