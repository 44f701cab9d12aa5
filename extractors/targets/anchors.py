"""Which numbers of a clause may state something: not those that only describe, name or measure something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.targets import wording
from extractors.targets.leads import Lead, after_of, lead_of
from extractors.targets.lexicon import lexicon
from extractors.targets.quantities import Quantity, denominator
from extractors.targets.readings import Line
from extractors.targets.tokens import Token, within
from extractors.vietnamese import fold

_BASES = (100, 1_000, 10_000, 100_000, 1_000_000)
_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)\s*$")
_NEXT_GROUP = re.compile(r"\s*(?:trở (?:lên|xuống))?(?:,|và|;)\s*[^\W\d_]+(?: [^\W\d_]+){0,5}\s*:?\s*")
_JOINED = re.compile(r"\s*(?:,|và|hoặc|;|/)\s*")
_SEPARATED = re.compile(r"(?:,|(?<!\w)(?:và|hoặc))\s*$")
# "được thanh tra, kiểm tra 02 lần": what is done to somebody is no work of the plan.
_PASSIVE = re.compile(r"(?<!\w)(?:được|bị|không)(?: [^\W\d_]+,?){0,4}\s*$")
# "từ 9,5 (năm 2024) lên"
_CHANGES = re.compile(r"(?:\s?\([^()]{1,30}\)|\s(?:vào |của )?năm (?:19|20)\d\d)?\s?(?:lên|xuống|còn)(?!\w)")
_OPENS = re.compile(r"[,;:.]\s|(?<!\w)và ")
_COMPARED = re.compile(r"(?<!\w)so với [^,;.:()\d]{0,40}$")
# What stands between a condition and its share: further words of the same subject.
_SAME_SUBJECT = re.compile(
    r"[^,;:()]{0,120}?(?:(?:\s?,| và|, và) (?:được|có|do) [^,;:()]{2,120}| hoặc [^,;:()]{2,120}){0,3}\s?,?\s*"
)
_VERBS = 70  # how far before a number the verb of work that makes it is looked for
_LONGEST_LABEL = 120
_MARKER = re.compile(r"[\s*+-]*(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/]\s*)?")
_GIVEN = 160  # how long the words may be that lead from such a verb to whom it serves
_FAR = 12  # words between two counts of one chain

Anchor = tuple[int, Quantity, Lead]


def anchors(line: Line, start: int, end: int, tokens: Sequence[Token], numbers: Sequence[int]) -> list[Anchor]:
    """The numbers of a clause `[start, end)` that may be statements, each with its lead; `numbers` are their places in
    `tokens`. Shares and rates always are, counts only where a word says that they are something to reach."""
    kept: list[Anchor] = []
    for i in numbers:
        quantity = tokens[i].quantity
        if quantity is None or _is_base(line, tokens, i, end):
            continue
        lead = lead_of(line.key, tokens, i, start)
        if quantity.kind in ("age", "span") and not _is_timed(line, start, lead):
            continue
        if quantity.kind == "bare" and _counts_years(line.key, start, quantity):
            continue
        plain = quantity.kind in ("count", "bare", "money", "span", "age")
        joined = bool(kept) and _is_joined(line, tokens, kept[-1][1], quantity)
        measured = joined and _measures_next(line, kept[-1][1], quantity)
        if plain and not measured and _is_grade(line, start, tokens, i, lead, bool(kept)):
            continue
        if plain and not joined and not _is_stated(line, start, tokens, i, quantity, lead):
            continue
        kept.append((i, quantity, lead))
    return _without_names(line, start, end, tokens, kept)


def _is_joined(line: Line, tokens: Sequence[Token], former: Quantity, quantity: Quantity) -> bool:
    """Whether a count goes on where one ended: "05 tập thể và 10 cá nhân", "nam đạt 168 cm, nữ 157 cm", "100 người bệnh
    nội trú, 80 người bệnh ngoại trú", "15 bác sĩ, trong đó 05 bác sĩ nội trú"."""
    if _JOINED.fullmatch(line.key, former.end, quantity.start):
        return True
    same = former.unit is not None and former.unit == quantity.unit
    if same and _NEXT_GROUP.fullmatch(line.key, former.end, quantity.start):
        return True
    if quantity.kind != "count" or former.kind not in ("count", "money"):
        return False
    between = line.key[former.end : quantity.start]
    if len(between) > 120 or len(between.split()) > _FAR:
        return False
    parted = any(t.has("part") and not t.depth for t in within(tokens, former.end, quantity.start))
    return parted or (former.kind == "count" and _SEPARATED.search(between) is not None)


def _counts_years(key: str, start: int, quantity: Quantity) -> bool:
    """Whether a number tells over how many years something is compared: "so với trung bình | 5 năm 2018 - 2022"."""
    if not key.startswith(" năm", quantity.end):
        return False
    return _COMPARED.search(key, max(start, quantity.start - 50), quantity.start) is not None


def _measures_next(line: Line, former: Quantity, quantity: Quantity) -> bool:
    """Whether a measure goes on with the next group: "nam từ 168 cm trở lên, nữ từ 157 cm trở lên"."""
    noun = quantity.noun
    if noun is None or former.unit != quantity.unit or not lexicon().measure.fullmatch(line.key, *noun):
        return False
    return _NEXT_GROUP.fullmatch(line.key, former.end, quantity.start) is not None


def _is_grade(line: Line, start: int, tokens: Sequence[Token], i: int, lead: Lead, chained: bool) -> bool:
    """Whether "từ N trở lên" tells a kind of what stands before it: "phòng từ 4 sao trở lên", "vụ có từ 30 người mắc
    trở lên", "thể tích từ 350 ml trở lên"; not "thành lập từ 05 tổ trở lên"."""
    if not lead.risen or lead.sign() or after_of(line.key, tokens, i) is None:
        return False
    having = all(line.key[cue.start : cue.end] == "có" for cue in lead.cues)
    if not having or works(line.key, start, lead):
        return False
    floor = max((t.end for t in tokens[max(0, i - 8) : i] if t.sort == "comma" or t.has("part")), default=start)
    opening = wording.open_phrase(line.key, tokens, max(start, floor), lead.start)
    if opening.empty:
        return False
    if wording.names_a_measure(line.key, opening.start, opening.end):
        return _is_followed(tokens, i)
    return chained if lead.cues else True


def _is_followed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb of reaching stands behind number `i`, so that a later number is the value."""
    for token in tokens[i + 1 : i + 8]:
        if token.sort in ("comma", "stop", "colon", "number"):
            return False
        if token.has("level"):
            return True
    return False


def _is_stated(line: Line, start: int, tokens: Sequence[Token], i: int, quantity: Quantity, lead: Lead) -> bool:
    if (
        quantity.kind in ("age", "span")
        or lead.states()
        or (lead.risen and (quantity.is_range or _CHANGES.match(line.key, quantity.end)))
    ):
        return True
    if after_of(line.key, tokens, i):
        return True
    if quantity.kind == "money" and opens_raising(line.key, start, lead.start):
        return True
    if _AVERAGE.search(line.key, max(start, lead.start - 20), lead.start) or works(line.key, start, lead):
        return True
    if line.context.part and line.readings and lead.start - start < _VERBS:
        return True  # "..., trong đó: đặt vòng 1.200 người"
    comma = line.key.rfind(",", start, lead.start)
    if lexicon().head.fullmatch(line.key[max(start, comma + 1) : lead.start].strip()):
        return True  # "..., quy mô 320 giường bệnh"
    # An aim and a time before the number don't take more room.
    if lead.start - start < 160:
        opening = wording.open_phrase(line.key, tokens, start, lead.start)
        if opening.empty:
            return True
        if "/" in (quantity.unit or "") and wording.names_a_measure(line.key, opening.start, opening.end):
            return True  # "Mức sinh thay thế 2,1 con/phụ nữ"
    label = fold(line.context.head or "")  # "Chiều cao trung bình: nam 168 cm"
    if quantity.kind == "count" and lexicon().makes.match(label) and len(line.key[start : lead.start].split()) <= 6:
        return True  # "Phát hiện bệnh mới: động kinh 50 bệnh nhân"
    return wording.names_a_measure(label, 0, len(label)) and not line.context.part


def opens_raising(key: str, start: int, end: int) -> bool:
    """Whether a verb by which money comes in opens `key[start:end]`: "Vận động các doanh nghiệp ủng hộ"."""
    while start < end and not key[start].isalpha():
        start += 1
    return lexicon().raises.match(key, wording.skip_aim(key, start, end)) is not None


def works(key: str, start: int, lead: Lead) -> bool:
    """Whether a verb of work stands right before the lead, or opens the words before it: "Lấy 350 mẫu", "Đóng cửa, cải
    tạo môi trường 03 bãi chôn lấp", "Đào tạo kỹ năng số cho 200 viên chức"."""
    lex = lexicon()
    begin = max(start, lead.start - _VERBS)
    if found := lex.work_lead.search(key, begin, lead.start):
        return _PASSIVE.search(key, max(start, found.start() - 30), found.start()) is None
    if key.endswith((":", ": "), 0, lead.start) and lex.work_label.match(key, _line_start(key, lead.start), lead.start):
        return True  # "Cử đi đào tạo sau đại học: 15 bác sĩ"
    openings = [start, *(sign.end() for sign in _OPENS.finditer(key, begin, lead.start))]
    if any(lex.work_object.fullmatch(key, at, lead.start) for at in openings if lead.start - at <= _VERBS):
        return True
    # "Điều trị dự phòng ... cho | 650 khách hàng"
    return lead.start - start <= _GIVEN and lex.work_given.fullmatch(key, start, lead.start) is not None


def _line_start(key: str, at: int) -> int:
    """Where the words of a line, or those behind its last semicolon, begin, its bullet or number left out; no further
    back than a label is long."""
    start = max(key.rfind("\n", 0, at) + 1, at - _LONGEST_LABEL)
    start = max(start, key.rfind("; ", start, at) + 2)
    marker = _MARKER.match(key, start, at)
    return marker.end() if marker else start


def _is_timed(line: Line, start: int, lead: Lead) -> bool:
    """Whether a duration or an age is what is measured ("thời gian chờ", "tuổi thọ")."""
    own = line.key[start : lead.start]
    if lead.cues or line.context.head:
        return lexicon().timed.search(f"{own} {fold(line.context.head or '')}") is not None
    return lexicon().timed.match(own[own.rfind(",") + 1 :].strip()) is not None  # "Tuổi thọ trung bình 73 tuổi"


def _is_base(line: Line, tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether the number is the base in a rate's name, a value behind it ("trên 1.000 trẻ đẻ sống dưới 9,5")."""
    quantity = tokens[i].quantity
    valued = any(t.sort == "number" for t in tokens[i + 1 : i + 9])
    return quantity is not None and valued and is_base(line.key, quantity, end)


def is_base(key: str, quantity: Quantity, end: int | None = None) -> bool:
    """Whether a number up to `end` is what a rate's name is per: "Số bác sĩ trên | 10.000 dân"."""
    if quantity.low not in _BASES:
        return False
    end = quantity.start + 60 if end is None else min(end, quantity.start + 60)
    found = denominator(key, key, max(0, quantity.start - 25), end)
    return found is not None and found[1] < quantity.start < found[2]


def _without_names(line: Line, start: int, end: int, tokens: Sequence[Token], kept: list[Anchor]) -> list[Anchor]:
    """Without the counts that belong to a measure's name: "Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 80%"."""
    kept = [anchor for n, anchor in enumerate(kept) if not _in_name(line, start, tokens, anchor, kept[n + 1 :])]
    share = next((i for i, quantity, _ in kept if quantity.kind != "count"), None)
    opening = wording.open_phrase(line.key, tokens, start, end)
    if share is None or not wording.names_a_measure(line.key, opening.start, end):
        return kept
    lead = lead_of(line.key, tokens, share, start)
    of_whole = lexicon().of_whole.match(line.key, opening.start, end) is not None
    return [
        (i, quantity, lead_before)
        for i, quantity, lead_before in kept
        if i >= share or (_parts(tokens, tokens[i].end, lead.start) and not (of_whole and not lead_before.has("level")))
    ]


def _in_name(line: Line, start: int, tokens: Sequence[Token], anchor: Anchor, later: Sequence[Anchor]) -> bool:
    """Whether a count runs on into the verb of the share behind it: "khám định kỳ ít nhất 01 lần/năm đạt 70%"."""
    _, quantity, lead = anchor
    if quantity.kind == "share" and later and _filters(tokens, anchor, later[0]):
        return True
    following = next((other for other in later if other[1].kind not in ("count", "bare", "span", "age")), None)
    if quantity.kind not in ("count", "bare") or following is None:
        return False
    if following[1].kind == "share" and ":" in line.key[quantity.end : following[1].start]:
        return True  # a colon that ends no clause stands between a name and its share
    if later[0] is not following:
        return False
    if lead.risen or not (following[2].has("level") or following[2].has("reached")):
        return False
    if lead.has("level"):
        having = all(
            line.key[cue.start : cue.end] in ("có", "có ít nhất", "có tối thiểu")
            for cue in lead.cues
            if cue.has("level")
        )
        return having and not works(line.key, start, lead) and _is_condition(line, start, tokens, anchor, following)
    if works(line.key, start, lead):
        return False
    return not _parts(tokens, quantity.end, following[2].start) or _is_condition(line, start, tokens, anchor, following)


def _is_condition(line: Line, start: int, tokens: Sequence[Token], anchor: Anchor, following: Anchor) -> bool:
    """Whether what a count bounds goes on over a comma to the share of those that meet it: "Người cao tuổi được khám ít
    nhất 1 lần/năm, được lập hồ sơ theo dõi đạt 80%", "Xã có ít nhất 01 mô hình, đạt 90%"."""
    _, quantity, lead = anchor
    if lead.sign() is None or wording.open_phrase(line.key, tokens, start, lead.start).empty:
        return False
    if any(t.has("part") for t in within(tokens, quantity.end, following[2].start)):
        return False
    return _SAME_SUBJECT.fullmatch(line.key, quantity.end, following[2].start) is not None


def _filters(tokens: Sequence[Token], anchor: Anchor, following: Anchor) -> bool:
    """Whether a bounded share only tells which ones another share is of: "xã có tỷ lệ hộ nghèo trên 25% giảm 4%"."""
    _, quantity, lead = anchor
    if following[1].kind != "share" or lead.sign() is None or any(lead.has(k) for k in ("level", "reached", "aim")):
        return False
    moved = any(following[2].has(kind) for kind in ("level", "reached", "down", "up"))
    return (
        moved and not any(lead.has(k) for k in ("down", "up")) and not _parts(tokens, quantity.end, following[2].start)
    )


def _parts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a comma or conjunction parts two numbers."""
    return any(
        t.depth == 0 and (t.sort == "comma" or t.has("and") or t.has("part")) for t in within(tokens, start, end)
    )
