"""Letterheads and signatures that a plain text sets in two columns with spaces.

    UBND TỈNH A          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      SỞ Y TẾ               Độc lập - Tự do - Hạnh phúc

Read line by line the two blocks would be mixed; here they come out one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from data import load
from extractors.vietnamese import tone_key

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
    r"[ \t](?:(?<=\S.)[ \t]*(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|(?:CHỦ )?(?:NGHĨA )?VIỆT NAM[ \t]*$|Độc lập ?[-–])"
    r"|(?<=[A-ZĐ].)[ \t]*(?=[^\d\n]{2,30}, ?ngày[\s\d…._]{0,20}tháng))"
)
_POSITION = r"(?:PHÓ|GIÁM|CHỦ|CHÁNH|TRƯỞNG|CỤC|CHI|QUYỀN|BÍ|VIỆN|HIỆU) [^\Wa-z]"
_TAIL_SEAM = re.compile(
    r"(?<=nhận[:;.])[*_]{0,3}[ \t]+(?=[*_]{0,3}(?:[^\W\d_a-z]{2,}[. ] ?[^\W\d_a-z]{2}|Q\. ?[^\W\d_a-z]{2}"
    rf"|{_POSITION}))"
    r"|(?<=[;.)])[ \t]+(?=(?:K/?T|T/?M|T/?L|TUQ|Q)\. ?\S)"
    rf"|(?<=[;.)])[ \t]+(?={_POSITION})"
    r"|(?<=;)[ \t]+(?=(?:[^\W\d_a-z]\w{0,7} ){1,4}[^\W\d_a-z]\w{1,7}[ \t]*$)"
    # "- Lưu: VT, VP. Nguyễn Văn Bình": the last line of both columns
    r"|(?<=[A-ZĐ]\.)[ \t]+(?=(?:[^\W\d_a-z]\w{1,7} ){2,4}[^\W\d_a-z]\w{1,7}[ \t]*$)",
    re.MULTILINE,
)
_TAIL = re.compile(r"\s*[*_]*n[ơo]i\s*nh[âậạa]n\s*[:;]?", re.IGNORECASE)
_TAIL_HINT = re.compile(
    r"[ơƠ][iI]\s{1,4}[nN][hH][âậạaÂẬẠA][nN]"
)  # opens with a rare letter, so that one fast scan finds it
_SAVED = re.compile(r"\s*[-+]?\s*lưu\s*[:v]", re.IGNORECASE)
_SIGNER_SEAM = re.compile(r"(?<=\S)[ \t]+(?=(?:[^\W\d_a-z]\w{0,7} ){1,4}\w{2,8}[ \t]*(?:\n|$))")
_TAB = 8  # characters that a tab at a line's beginning stands for
# Further text, which no column of a letterhead or of nơi nhận goes on into.
_FURTHER = re.compile(
    r"[*#\s]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|PHỤ LỤC|Phụ lục|CHƯƠNG TRÌNH|ĐỀ ÁN|DANH MỤC|BIỂU|BẢNG|THÔNG BÁO|CHỈ THỊ|Kính gửi"
    r"|[IVX]{1,4}[.-] ?[^\W\d])"
)
_TOP = 40  # lines: a letterhead stands above them
_LONGEST = 30  # lines of a block
_LONGEST_END = 40  # characters of a recipient's name on a line of its own
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
    hints = [match.start() for match in _TAIL_HINT.finditer(text)] or [text.rfind("Noi nh")]  # by scans
    tails = {bisect_right(lines, (hint, len(text))) - 1 for hint in hints if hint >= 0}
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
    return seam.search(text, start, end) or (_signer_seam(text, start, end) if seam is _TAIL_SEAM else None)


def _signer_seam(text: str, start: int, end: int) -> re.Match[str] | None:
    """What parts a recipient from the signer's name: "- Lưu: VT. Hồ Văn Bình", "- UBND các huyện (phối Lê Văn An"."""
    if not _is_item(text[start:end]):
        return None
    for seam in _SIGNER_SEAM.finditer(text, start, end):
        words = text[seam.end() : end].strip()
        saved = text[seam.start() - 1] in ".)" and _SAVED.match(text, start, end)
        family = tone_key(words.split(" ", 1)[0]) in load("people")["family_names"]
        if words.istitle() and (saved or (family and 1 < words.count(" ") < 4)):
            return seam
    return None


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
    saved = False
    for index in range(first, min(first + _LONGEST, len(lines))):
        start, end = lines[index]
        if index > first and _is_further(text[start:end]):
            break
        if saved and _below_recipients(text[start:end]):
            break  # an appendix, whose tables may have tabs of their own
        saved = saved or (seam is _TAIL_SEAM and bool(_SAVED.match(text, start, end)))
        gap = _gap(text, start, end, seam)
        if gap:
            last = index
            column = gap.end() - start
            edge = min(edge, column) if edge else column
        elif not text[start:end].strip():
            if index > first and not _goes_on(text, lines, index, edge, seam):
                break
        elif seam is _TAIL_SEAM and edge and _indent(text[start:end]) >= edge - _SLACK:
            last = index  # the signer's name, far below
    if not edge:
        return None
    left: list[Span] = []
    right: list[Span] = []
    stop = last + 1
    for index in range(last + 1, min(last + _LONGEST, len(lines))):  # the rest of the longer column
        start, end = lines[index]
        words = text[start:end]
        if not words.strip() and seam is _TAIL_SEAM and _item_follows(text, lines, index):
            continue
        aside = _is_item(words) or _indent(words) >= edge - _SLACK
        if not words.strip() or _is_further(words) or not (aside or _is_unfinished(text, lines, first, index, edge)):
            break
        stop = index + 1
    for start, end in lines[first:stop]:
        gap = _gap(text, start, end, seam)
        if gap:
            _add(left, text, start, gap.start())
            _add(right, text, gap.end(), end)
        elif text[start:end].strip():
            _add(right if _on_right(text[start:end], edge) else left, text, start, end)
    return (left, right), stop


def _goes_on(text: str, lines: list[Span], blank: int, edge: int, seam: re.Pattern[str]) -> bool:
    """Whether the block goes on below an empty line: with a further gap, an item or a line in the right column."""
    for start, end in lines[blank + 1 : blank + 5]:
        words = text[start:end]
        if words.strip():
            return (
                bool(_gap(text, start, end, seam))
                or _is_item(words)
                or (seam is _TAIL_SEAM and _ends_item(words))
                or (bool(edge) and _indent(words) >= edge - _SLACK)
            )
    return False


def _item_follows(text: str, lines: list[Span], blank: int) -> bool:
    """Whether an item, or the end of the one above, stands below an empty line or a few."""
    following = (text[start:end] for start, end in lines[blank + 1 : blank + 5])
    return next((_is_item(words) or _ends_item(words) for words in following if words.strip()), False)


def _ends_item(words: str) -> bool:
    """Whether a line is the end of a recipient's name: "phố;"."""
    bare = words.strip()
    return bare[:1].islower() and bare.endswith(";") and len(bare) < _LONGEST_END


def _is_further(words: str) -> bool:
    """Whether a line belongs to no column: the title of what follows, a bar, a table's row of three cells and more."""
    bare = words.strip()
    return bare == "|" or bool(_FURTHER.match(bare)) or sum(map(bool, map(str.strip, bare.split("\t")))) > 2


def _is_unfinished(text: str, lines: list[Span], first: int, index: int, edge: int) -> bool:
    """Whether a line goes on with the recipient above it in the left column: "- Sở Văn hóa, Thể thao và Du lịch -"."""
    here = text[slice(*lines[index])].strip()
    for start, end in reversed(lines[max(first, index - 6) : index]):
        words = text[start : min(end, start + edge)]
        if words.strip() and _indent(words) < edge - _SLACK:
            above = words.strip()
            open_end = not above.endswith((";", ".", ","))
            return open_end and len(here) < edge + _SLACK and (here[:1].islower() or above.endswith("-"))
    return False


def _is_item(words: str) -> bool:
    return words.lstrip()[:1] in "-+"


def _below_recipients(words: str) -> bool:
    """Whether a line behind "Lưu: ..." belongs to neither column: words at the left edge that are no item."""
    return bool(words.strip()) and not _is_item(words) and _indent(words) < _SLACK


def _on_right(words: str, edge: int) -> bool:
    """Whether a line without a gap belongs to the right column: by its indent, or by the tab before its words."""
    return _indent(words) >= max(edge - _SLACK, 12) or (words[:1] == "\t" and not _is_item(words))


def _indent(words: str) -> int:
    lead = words[: len(words) - len(words.lstrip())]
    return len(lead) + (_TAB - 1) * lead.count("\t")


def _add(column: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        column.append((start, end))
