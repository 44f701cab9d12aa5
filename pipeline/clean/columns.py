"""Letterheads and signatures that a plain text sets in two columns with spaces.

    UBND TỈNH A          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      SỞ Y TẾ               Độc lập - Tự do - Hạnh phúc

Read line by line the two blocks would be mixed; here they come out one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# The space left for a number or a day ("Số:      /KH-SYT", "ngày     tháng") parts no columns.
# What must stand before a gap is asked for behind its first blank, which `re` looks for in a fast scan.
_GAP = re.compile(
    r"[ \t](?:(?=[ \t]{3})|(?<=\t))(?<=\S.)(?<!số:.)(?<!số :.)(?<!ngày.)(?<!tháng.)(?<!năm.)"
    r"(?:[ \t]{3,}|(?<=\t)\t* *)(?=\S)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập ?[-–]", re.IGNORECASE)
# A converter may leave one space between the columns; then the words tell where the right one starts.
_HEAD_SEAM = re.compile(
    r"[ \t](?:(?<=\S.)[ \t]*(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–])"
    r"|(?<=[A-ZĐ].)[ \t]*(?=[^\d\n]{2,30}, ?ngày[\s\d…._]{0,20}tháng))"
)
_TAIL_SEAM = re.compile(
    r"(?<=nhận:)[ \t]+(?=[A-ZĐ]{2,}[. ])"
    r"|(?<=[;.)])[ \t]+(?=(?:K/?T|T/?M|T/?L|TUQ|Q)\. ?\S)"
    r"|(?<=[;.)])[ \t]+(?=(?:PHÓ|GIÁM|CHỦ|CHÁNH|TRƯỞNG|CỤC|CHI|QUYỀN|BÍ|VIỆN|HIỆU) [^\Wa-z])"
    r"|(?<=;)[ \t]+(?=(?:[^\W\d_a-z]\w{1,7} ){1,4}[^\W\d_a-z]\w{1,7}[ \t]*$)",
    re.MULTILINE,
)
_TAIL = re.compile(r"\s*[*_]*nơi nhận\s*:?", re.IGNORECASE)
_TAIL_HINT = re.compile(r"[ơƠ][iI] [nN][hH][ậẬ][nN]")  # opens with a rare letter, so that one fast scan finds it
_TOP = 40  # lines: a letterhead stands above them
_LONGEST = 30  # lines of a block
_SLACK = 8  # characters by which a line of the right column may start left of the others

Span = tuple[int, int]


class Columns(dict[int, tuple[list[Span], list[Span]]]):
    """Blocks by the index of their first line: the source spans of the left and the right column's lines. `inner`
    holds the indices of all other lines of the blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.inner: set[int] = set()


def two_columns(text: str, lines: list[Span]) -> Columns:
    """The blocks of two columns among the lines (source spans) of a plain text: the letterhead and nơi nhận."""
    found = Columns()
    hints = (match.start() for match in _TAIL_HINT.finditer(text))
    tails = {bisect_right(lines, (hint, len(text))) - 1 for hint in hints}
    for index in sorted({*range(min(_TOP, len(lines))), *tails}):
        start, end = lines[index]
        if index in found.inner or "|" in text[start:end]:  # bars part the columns of Markdown
            continue
        tail = bool(_TAIL.match(text, start, end))
        seam = _TAIL_SEAM if tail else _HEAD_SEAM
        if tail or (index < _TOP and _gap(text, start, end, seam) and _has_state_name(text, lines, index)):
            block = _block(text, lines, index, seam)
            if block is not None:
                found[index] = block[0]
                found.inner.update(range(index + 1, block[1]))
    return found


def _gap(text: str, start: int, end: int, seam: re.Pattern[str]) -> re.Match[str] | None:
    wide = _GAP.search(text, start, end)
    if wide or (seam is _TAIL_SEAM and not (_is_item(text[start:end]) or _TAIL.match(text, start, end))):
        return wide  # "KT. GIÁM ĐỐC" alone is no pair of columns
    return seam.search(text, start, end)


def _has_state_name(text: str, lines: list[Span], index: int) -> bool:
    """Whether the state's name or motto stands on the right within three lines."""
    for start, end in lines[index : index + 3]:
        gap = _gap(text, start, end, _HEAD_SEAM)
        if gap and _HEAD.search(text, gap.end(), end):
            return True
    return False


def _block(
    text: str, lines: list[Span], first: int, seam: re.Pattern[str]
) -> tuple[tuple[list[Span], list[Span]], int] | None:
    """The two columns from line `first` on, and the index of the line after them; None where there is one column."""
    last = first
    edge = 0  # where the right column starts, in characters from the left
    for index in range(first, min(first + _LONGEST, len(lines))):
        start, end = lines[index]
        if text[start:end].strip() == "|":
            break
        gap = _gap(text, start, end, seam)
        if gap:
            last = index
            column = gap.end() - start
            edge = min(edge, column) if edge else column
        elif not text[start:end].strip() and index > first and not _goes_on(text, lines, index, edge, seam):
            break
    if not edge:
        return None
    left: list[Span] = []
    right: list[Span] = []
    stop = last + 1
    for index in range(last + 1, min(last + _LONGEST, len(lines))):  # the rest of the longer column
        start, end = lines[index]
        words = text[start:end]
        if not words.strip() or not (_is_item(words) or _indent(words) >= edge - _SLACK):
            break
        stop = index + 1
    for start, end in lines[first:stop]:
        gap = _gap(text, start, end, seam)
        if gap:
            _add(left, text, start, gap.start())
            _add(right, text, gap.end(), end)
        elif text[start:end].strip():
            _add(right if _indent(text[start:end]) >= max(edge - _SLACK, 12) else left, text, start, end)
    return (left, right), stop


def _goes_on(text: str, lines: list[Span], blank: int, edge: int, seam: re.Pattern[str]) -> bool:
    """Whether the block goes on below an empty line: with a further gap, an item or a line in the right column."""
    for start, end in lines[blank + 1 : blank + 5]:
        words = text[start:end]
        if words.strip():
            return (
                bool(_gap(text, start, end, seam))
                or _is_item(words)
                or (bool(edge) and _indent(words) >= edge - _SLACK)
            )
    return False


def _is_item(words: str) -> bool:
    return words.lstrip()[:1] in "-+"


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _add(column: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        column.append((start, end))
