"""Which lines go on: a sentence that a converter wrapped at eighty columns, or that a page's end cut."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from data import load
from pipeline.clean.characters import Physical

_MARKER = re.compile(
    r"[-+*•] ?(?=\S)|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ]{1,2})[.)](?:\s|$|- ?[^\W\d_])"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ])/(?:\s(?=[^\W\d_])|(?=[A-ZĐ]))"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|Biểu|BIỂU|Mẫu|MẪU) (?:số )?(?:\d|[IVXL]+\b|thứ )"
    r"|Căn cứ |Thực hiện (?:Quyết định|Kế hoạch|Chỉ thị|Nghị (?:quyết|định)|Thông tư|Công văn|Chương trình|Kết luận) "
    r"|Nơi nhận ?:|Kính gửi ?:|Số ?: ?\d{0,5} ?/[A-ZĐ]"
)
_OPEN_END = re.compile(
    r"(?:,|\(|-|/|\b(?:và|hoặc|của|các|những|với|theo|tại|số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|về|cho|từ|đến|do))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|khóa|khoá|thứ|phụ lục|biểu|bảng|mẫu)$", re.IGNORECASE
)
# What a figure follows, and no other word that opens a line.
_MEASURED = re.compile(
    r"\b(?:trong vòng|giai đoạn|nhiệm kỳ|ít nhất|tối thiểu|tối đa|không quá|không dưới|trên|dưới|hơn|gần|khoảng|đạt"
    r"|thêm|còn|quá)$",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"Số ?:?[ .…_]*", re.IGNORECASE)
_HALF_DATE = re.compile(r"[^\d\n,]{2,30}, ?ngày[\s\d…._]{0,12}(?:tháng[\s\d…._]{0,12}(?:năm)?)?\s*")
_DATED = re.compile(r"(?:tháng[\s\d…._]{0,12})?(?:năm[\s…._]{0,6})?(?:20\d\d)?")
_CODE = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐ]{2,4}[-/][A-ZĐ]")
_LONGEST_END = 10  # characters, of the words above
# What opens a line of the form that never goes on with the one above it.
_FORM = re.compile(
    r"(?:K/?T|T/?M|T/?L|TUQ)\. ?\S"
    r"|(?:PHÓ |QUYỀN )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|(?:CHI )?CỤC TRƯỞNG|TRƯỞNG (?:BAN|PHÒNG)|BÍ THƯ)\b"
    r"|CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?-|[^\d\n]{2,30}, ?ngày[\s\d…._]{0,20}tháng"
)
_NUMBERED = re.compile(r"\d{1,2}[.)] ?[^\W\d_a-z]")
_RANGE_TAIL = re.compile(r"- ?\d{4}\b")
_RANGE_START = re.compile(r"\b(?:từ|khoảng|giảm|tăng|đạt|dưới|trên) \d{1,3}(?:,\d+)? ?%?$", re.IGNORECASE)
_RANGE_END = re.compile(r"- ?\d{1,3}(?:,\d+)? ?(?:%|‰|/)")
_CLOSING = re.compile(r"(?:\d{1,2}|[A-ZĐ]|[a-zđ]{1,2})\) [a-zà-ỹđ]")
# A label behind a sentence on one line with it.
_ASKED = re.compile(
    r"[.;] (?:Thời gian|Thời hạn|Tiến độ|Địa điểm|(?:Đơn vị|Cơ quan) (?:chủ trì|phối hợp|thực hiện))"
    r"(?: (?:thực hiện|hoàn thành|tổ chức|triển khai))? ?:$"
)
_VALUE = re.compile(r"\d[\d.,]*(?:\s?[%‰])?;|(?:\d+,\d+|\d+(?:,\d+)?\s?[%‰])\.?$")  # "1,8; tỷ lệ ...", "95%."
_VALUE_IN_BRACKET = re.compile(r"[^()\n]{1,60}\)")  # "8,1 gam) ..."
_LEADING_MARKS = " \t*#\\|>_“\"'("
_LONG = 40  # characters: a line that may have been cut
_FIRST_LINE = 12  # blanks: a paragraph's first line stands no further right
_SPREAD = 1.15  # how much the lengths of full lines differ
_TERMINAL = (".", ";", ":", "!", "?", "…", "./.")


class Habit(NamedTuple):
    """How the document breaks its lines: `wrapped` in mid-sentence, at `width` characters or so; `spaced` when
    paragraphs are set apart by empty lines. `reach` is how far lines reach that end within a sentence, in a text with
    hardly a longer line; 0 elsewhere. `indented` when blanks open each paragraph, and no line that goes on."""

    wrapped: bool
    spaced: bool
    width: int
    reach: int
    indented: bool = False


def habit_of(text: str) -> Habit:
    """Look at neighbouring lines: how often does one go on in lower case, and do empty lines part the items?"""
    low = pairs = items = parted = 0
    widths: list[int] = []
    cut: list[int] = []  # lengths of long lines that the next one goes on with
    above = ""
    inner = marked = 0  # lines that go on, and items, with blanks before them
    for raw in text.split("\n"):
        line = raw.strip()
        if not line or line == "|" or "\t" in line:
            above = ""
            continue
        widths.append(len(line))
        bare = line.lstrip(_LEADING_MARKS)
        if _MARKER.match(bare) or line[0] in "-+":
            items += 1
            parted += not above
            marked += raw[:2] == "  "
        elif above:
            pairs += 1
            if bare[:1].islower():
                low += 1
                inner += raw[:2] == "  "
                if len(above) >= _LONG and not above.endswith(_TERMINAL):
                    cut.append(len(above))
        above = line
    width = sorted(widths)[int(len(widths) * 0.9)] if widths else 0
    reach = sorted(cut)[int(len(cut) * 0.9)] if len(cut) > 1 else 0
    if sum(wide > reach * _SPREAD for wide in widths) * 5 > sum(wide * _SPREAD >= reach for wide in widths):
        reach = 0
    indented = low >= 5 and inner * 10 <= low and items >= 3 and marked * 10 >= items * 8
    return Habit(low >= 3 and low * 4 >= pairs, items == 0 or parted * 5 >= items * 3, width, reach, indented)


def opens_paragraph(text: str, start: int, end: int, habit: Habit) -> bool:
    """Whether the line `text[start:end]` opens a paragraph by the blanks before it; more of them set a title in the
    middle."""
    if not habit.indented or text[start : start + 2] != "  ":
        return False
    line = text[start:end]
    return len(line) - len(line.lstrip()) <= _FIRST_LINE


def goes_on(previous: Physical, opening: str, line: Physical, gap: bool, habit: Habit) -> bool:
    """Whether `line` goes on with the sentence (or title) that `previous` left open."""
    if line.level or (previous.level and gap) or previous.cell != line.cell:
        return False
    above, here = previous.text, line.text
    first = here[0]
    if first == "/" and _NO_NUMBER.fullmatch(above):
        return True  # "Số:⏎/KH-SYT": the number is still to come
    if first.isdigit() and not gap and _CODE.match(here) and not above.endswith(_TERMINAL) and above[-1].isalpha():
        return True  # "theo mẫu tại Chỉ thị⏎08/CT-BYT"
    if first in "tnTN2" and not gap and _is_half_date(opening, above) and _DATED.fullmatch(here):
        return True  # "Hà Nam, ngày⏎tháng 10 năm⏎2023": so is the day
    if first == "-" and _RANGE_TAIL.match(here) and above[-1:].isdigit():
        return True  # "giai đoạn 2021⏎- 2030": a dash between years is no bullet
    if first == "-" and not gap and _RANGE_END.match(here) and _RANGE_START.search(above, max(len(above) - 20, 0)):
        return True  # "giảm từ 5⏎- 10%"
    if _CLOSING.match(here) and not gap and _leaves_bracket_open(above):
        return True  # "(bệnh nhóm B,⏎C) kể từ ..."
    if above.endswith(":") and habit.wrapped and not gap and _begins_with_value(above, here):
        return True  # "số dược sĩ/10.000 dân:⏎1,8; ...", "(năm 2021:⏎8,1 gam)"
    if _MARKER.match(here):
        # A title in capitals may end in such a word too ("THỜI GIAN, ĐỊA ĐIỂM").
        counted = _is_counted(above) and not above.isupper()
        bullet = first in "-+*" and not (here[1:].lstrip()[:1].islower() and habit.wrapped and not gap)
        if counted and not habit.wrapped and not habit.reach and _NUMBERED.match(here):
            return False  # "1. Công việc trong năm⏎2. Kinh phí"
        if not (counted and first.isdigit()) and not (counted and first in "IVXL") and (bullet or first not in "-+*"):
            return False
    if gap:
        return _over_gap(previous, opening, line)
    if habit.wrapped and line.cell is None and _ASKED.search(above, max(len(above) - 40, 0)):
        return True  # "... các cấp. Thời gian:⏎Hoàn thành trong tháng 02"
    if previous.open_mark:
        return True
    if _stands_alone(above, here):
        return False
    if first in "([" and not above.endswith(_TERMINAL) and habit.wrapped:
        return (not here.endswith(")") and not above.isupper()) or len(above) >= 60 or opening[:1] in "-+"
    if line.cell is not None or not habit.wrapped:
        return _in_column(previous, opening, line, habit)
    if not (first.islower() or above.endswith(",")) and (
        _other_case(above, here) or (_whole_bold(previous) and not line.bold)
    ):
        return False
    if habit.spaced and not _plain_caps(above):
        return True
    if above.endswith(_TERMINAL):
        return first.islower() and not above.endswith((";", ":"))
    if first.islower() or _is_open(above):
        return True
    if above == opening and habit.reach and _NUMBERED.match(above) and not _is_full(above, here, habit):
        return False  # a numbered title, and the text below it
    return len(above) * 10 >= habit.width * 7


def _is_half_date(opening: str, above: str) -> bool:
    return _HALF_DATE.fullmatch(opening) is not None and (above == opening or _DATED.fullmatch(above) is not None)


def _leaves_bracket_open(line: str) -> bool:
    """Whether a line long enough to have been cut ends inside a bracket."""
    return len(line) >= _LONG and line.rfind("(") > line.rfind(")") and not line.endswith((".", ";", ":"))


def _begins_with_value(above: str, here: str) -> bool:
    """Whether a line begins with nothing but the number that a label at the end of the cut line above names."""
    if len(above) < _LONG:
        return False
    return bool(_VALUE.match(here) or (above.rfind("(") > above.rfind(")") and _VALUE_IN_BRACKET.match(here)))


def _is_open(line: str) -> bool:
    """Whether a line ends in a sign or word that something has to follow."""
    return _OPEN_END.search(line, max(len(line) - _LONGEST_END, 0)) is not None


def _is_counted(line: str) -> bool:
    """Whether a line ends in a word that a number has to follow."""
    return _COUNTED.search(line, max(len(line) - _LONGEST_END, 0)) is not None


def _stands_alone(above: str, here: str) -> bool:
    """Whether the form sets the lines apart: those of a letterhead and a signature."""
    if above.endswith(("Hạnh phúc", "VIỆT NAM")) and (len(above) < _LONG):
        return True
    return bool(_FORM.match(here)) and not _is_open(above)


def _is_full(above: str, here: str, habit: Habit) -> bool:
    """Whether the first word of the next line would not have fitted at the end of this one."""
    whole = len(above) + 1 + len(here.split(" ", 1)[0])
    return habit.reach > 0 and habit.reach * 0.92 <= whole and len(above) <= habit.reach * _SPREAD


def _wants(above: str, here: str) -> bool:
    """Whether the words around a line's end belong together: a bound and its figure, the halves of a name."""
    if here[0].isdigit() and _MEASURED.search(above, max(len(above) - _LONGEST_END, 0)):
        return True
    last, first = above.rsplit(" ", 1)[-1].lstrip("(“"), here.split(" ", 1)[0].rstrip(".,;:)”")
    return here[0].isupper() and (last, first) in _halves()


@cache
def _halves() -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words with capitals in the names of provinces and bodies ("Thừa Thiên|Huế", "Sở|Y tế")."""
    provinces, bodies = load("provinces"), load("organisations")["organisations"]
    names = [record["name"] for key in ("until_2025", "since_2025") for record in provinces[key]]
    pairs: set[tuple[str, str]] = {("Việt", "Nam")}
    for name in [*names, *(body["name"] for body in bodies)]:
        words = name.split(" ")
        pairs.update((a, b) for a, b in pairwise(words) if a[:1].isupper() and b[:1].isupper())
    return frozenset(pairs)


def _over_gap(previous: Physical, opening: str, line: Physical) -> bool:
    """An empty line between: only a sentence cut by a page break goes on (or a bold title cut by a converter)."""
    above, here = previous.text, line.text
    if above.endswith(_TERMINAL) or previous.cell is not None:
        return False
    if _whole_bold(previous) and _whole_bold(line):
        return bool(_MARKER.match(opening)) and len(above) >= 40 and not here.isupper() and here[0].isalpha()
    if _whole_bold(previous):
        return False  # a title, not an open sentence
    if here[0].islower():
        return len(above) >= 40 or opening[:1] in "-+"
    return _is_open(above) and len(above) >= 40 and here[0].isalpha()


def _in_column(previous: Physical, opening: str, line: Physical, habit: Habit) -> bool:
    """Inside a cell, or in a text whose lines are paragraphs: join what clearly belongs together."""
    above, here = previous.text, line.text
    if above.endswith(_TERMINAL):
        return False
    if line.cell is None:
        return _in_prose(previous, line, habit)
    if here[0].islower() or _is_open(above):
        return True
    if opening[:1] in "-+":
        return True
    same_style = bool(previous.bold) == bool(line.bold)
    return habit.wrapped and same_style and not (_plain_caps(above) or _plain_caps(here)) and len(above) >= 8


def _in_prose(previous: Physical, line: Physical, habit: Habit) -> bool:
    """In a text whose lines are paragraphs, with a few that are cut."""
    above, here = previous.text, line.text
    if len(above) < _LONG:
        return _is_counted(above) and len(above) >= 25
    if here[0].islower() or _is_counted(above):
        return True
    if _other_case(above, here) or (_whole_bold(previous) and not line.bold):
        return False
    return _is_open(above) or _wants(above, here) or _is_full(above, here, habit)


_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain_caps(text: str) -> bool:
    """Whether a line is set in capitals: words, not a mere abbreviation or number ("UBND", "III/2025")."""
    return text.isupper() and len(_WORD.findall(text)) > 1


def _other_case(above: str, here: str) -> bool:
    """Whether only one of two lines is set in capitals; figures and abbreviations go with both."""
    return here.upper() != here if _plain_caps(above) else _plain_caps(here)


def _whole_bold(line: Physical) -> bool:
    return bool(line.bold) and line.bold[0][0] == 0 and line.bold[-1][1] >= len(line.text)
