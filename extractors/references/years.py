"""Years behind a number that are the work's and not the paper's: "triển khai Đề án 06 năm 2026"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.references.mention import Mention

# Papers that are carried out for years: no plan carries one out in the year that it is from.
_LASTING = frozenset({"NQ", "CT", "KL", "CTr", "QĐ"})
_YEAR_AT_END = re.compile(r"[ ,(]+(?:[Nn]ăm )?(?:19|20)\d\d\)?$")


def drop_years_of_work(text: str, mentions: Sequence[Mention], year: int | None) -> None:
    """Takes the year off mentions that it does not date. `year` is the plan's own: a lasting paper that the plan
    carries out is older, unless its issuer stands behind the year. Where the paper's day is told elsewhere, or its
    symbol has a year, that decides."""
    days = {mention.code: mention.date for mention in mentions if mention.code and len(mention.date or "") > 4}
    for mention in mentions:
        told = mention.date
        if told is None or len(told) > 4 or mention.number is None:
            continue
        tail = _YEAR_AT_END.search(text, mention.start, mention.end)
        if tail is None:
            continue
        known = str(mention.year) if mention.year else (days.get(mention.code) or "")[:4] if mention.code else ""
        lasting = mention.type == "ĐA" or (mention.type in _LASTING and year is not None and int(told) >= year)
        if known != told if known else lasting:
            mention.date, mention.end = None, tail.start()
