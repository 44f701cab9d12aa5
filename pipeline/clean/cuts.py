"""Words that a PDF's fonts cut in two: "Quy ết đ ịnh", "tr ước ng ày 15 th áng 6".

Letters with a sign come from another font than those before them, and the tool took the change for a blank. Whether a
text is cut so is told by onsets that stand alone before a vowel, which no word does; then every blank is one of them
that stands before a vowel with a sign with which no word begins, or behind an onset alone.
"""

from __future__ import annotations

import re
from functools import cache

from data import load

_SIGNED = "ăâêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_ALONE = (
    r"(?<![\w.,/&-])(?<!\d )(?i:ngh|ng|nh|th|tr|ch|ph|kh|gh|gi|qu|[bcdđghklmnpqrstvx])"
    rf" (?=[{_SIGNED}{_SIGNED.upper()}])"
)
_FEWEST = 10  # cut words that make a text a cut one
_SHARE = 1500  # ... and as many as one in so many characters


@cache
def _cut() -> re.Pattern[str]:
    words = "|".join(load("slips")["cuts"]["vowel_words"])
    behind = rf"(?<=[^\W\d_]) (?=[{_SIGNED}{_SIGNED.upper()}])(?!(?i:{words})(?!\w))"
    return re.compile(rf"{_ALONE}|{behind}")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(_ALONE)


def cut_blanks(text: str) -> list[tuple[int, int]]:
    """The blanks inside words, in order; none in a text that is not cut."""
    found = sum(1 for _ in _alone().finditer(text))
    if found < _FEWEST or found * _SHARE < len(text):
        return []
    return [(match.end() - 1, match.end()) for match in _cut().finditer(text)]
