"""Page numbers on lines of their own, which no sentence and no list holds."""

from __future__ import annotations

import re

# Opens with the line feed in front, so that `re` finds it in a fast scan.
_LINE = re.compile(
    r"\n[ \t]*(?P<feed>\f?)[ \t]*"
    r"(?P<words>-{0,3} ?(?:trang )?(?P<number>\d{1,3})(?: ?/ ?\d{1,3})? ?-{0,3}|-+ ?page break ?-+)"
    r"[ \t]*(?P<after>\f?)[ \t]*(?=[\r\n]|$)",
    re.IGNORECASE,
)
_FAR = 700  # characters: pages are longer, the rows of a table are shorter
_SECOND = 2  # the first page bears no number (Nghị định 30/2020/NĐ-CP, Phụ lục I)
_LONG = 40  # characters: a line that a page's end may have cut
_ENDS = (".", ";", ":", "!", "?", "…")


def page_numbers(text: str) -> frozenset[int]:
    """Where the page numbers begin (the first sign of each), in a text with plain blanks.

    A line that holds nothing else is one where empty lines or a form feed set it apart, where it is adorned ("- 3 -",
    "Trang 2/10"), where it cuts a sentence, and where it goes on with the pages' own count.
    """
    found: list[int] = []
    last, reach = _SECOND - 1, 0  # the number of the page above and where it stands
    text = "\n" + text  # the first line may be one too
    matches = list(_LINE.finditer(text))
    numbers = [int(match["number"] or 0) for match in matches]
    for place, match in enumerate(matches):
        start, number = match.start("words"), numbers[place]
        above, below = _above(text, match.start()), _below(text, match.end())
        if above == "|" or below == "|":
            continue
        is_next = number == last + 1 and start - reach >= _FAR and not _in_column(matches, numbers, place)
        if (
            match["feed"]
            or match["after"]
            or not match["number"]
            or _adorned(match["words"])
            or _alone(text, match.start(), match.end())
            or (match["words"].isdecimal() and (is_next or (number > last and _cut(above, below))))
        ):
            found.append(start - 1)
            last, reach = number or last + 1, start
    return frozenset(found)


def _above(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _below(text: str, start: int) -> str:
    begin = text.find("\n", start) + 1
    if not begin:
        return ""
    end = text.find("\n", begin)
    return text[begin : end if end >= 0 else len(text)].strip()


def _adorned(words: str) -> bool:
    return (words[-1] == "-" and words[0] == "-") or words[:1].isalpha()


def _alone(text: str, start: int, end: int) -> bool:
    """Whether empty lines (or the text's edge) part the line from those above and below."""
    before = text[max(0, start - 3) : start + 1]
    after = text[end : end + 4]
    return (start == 0 or before.count("\n") >= 2 or "\f" in before) and (not after or after.count("\n") >= 2)


def _cut(above: str, below: str) -> bool:
    """Whether the lines around are the halves of a sentence."""
    return len(above) >= _LONG and not above.endswith(_ENDS) and below[:1].islower() and below[1:2] not in ")."


def _in_column(matches: list[re.Match[str]], numbers: list[int], place: int) -> bool:
    """Whether the number before or the next one stands close by, as in a table whose cells are lines."""
    here = matches[place].start()
    return any(
        0 <= other < len(matches)
        and abs(matches[other].start() - here) < _FAR
        and abs(numbers[other] - numbers[place]) <= 1
        for other in (place - 1, place + 1)
    )
