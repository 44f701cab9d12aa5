"""What a number measures: the words before it or behind it, its own or those of the number, label or line above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from extractors.targets import wording
from extractors.targets.anchors import opens_raising, works
from extractors.targets.leads import Lead
from extractors.targets.lexicon import lexicon
from extractors.targets.quantities import denominator
from extractors.targets.readings import Context, Line, Reading
from extractors.targets.tokens import Token, within
from extractors.vietnamese import fold

# Over how many words a bound is carried to the next number.
_CARRIED = 16
# A predicate that stands once holds for phrases of up to so many words before it.
_SHARING = 12
_DEED = 120  # how far before a count what is done to those counted is looked for
_GROUP = 30  # characters of a group's name


def read_words(
    line: Line, reading: Reading, lead: Lead, tokens: Sequence[Token], start: int, last: Reading | None
) -> None:
    """Fills in head, subject, time and `part_of` from the words between `start` and the lead; `last` is the number
    before in the same chain."""
    key, context = line.key, line.context
    inner = within(tokens, start, lead.start)
    start = _set_part(line, reading, inner, start, last)
    opening = wording.open_phrase(key, tokens, start, lead.start)
    carried = last is not None and opening.empty and last.quantity.kind == "count"
    reading.carried = carried and last is not None and (last.level or last.carried or last.inherited)
    reading.worked = works(key, start, lead) or (carried and last is not None and last.worked)
    if reading.compared and lexicon().work_for.search(key, start, lead.start):
        reading.worked = True  # "truyền thông cho trên 500 lượt người"
    if reading.quantity.kind == "money":
        reading.raised = _is_raised(line, reading, start)
    reading.aimed = reading.aimed or lexicon().aim_strong.search(key, start, reading.lead) is not None
    reading.aimed = reading.aimed or (last is not None and last.aimed)
    _set_time(line, reading, lead, opening, inner, last)
    if reading.nested:
        return
    reading.verb = opening.change
    reading.before = None if opening.empty else (opening.start, opening.end)
    if opening.change and not (reading.change or reading.level) and reading.sign in ("=", "range"):
        reading.change = opening.change
    if opening.empty:
        _inherit(line, reading, last)
    elif (last_start := wording.last_statement(key, inner, opening.start, opening.end)) == opening.start and _restricts(
        line, reading, opening, last
    ):
        reading.subject = wording.clean(line.text, opening.start, opening.end)
        _inherit(line, reading, last)
    else:
        reading.head = (last_start, opening.end)
        reading.subject = topic(context) or context.subject
    if reading.inherited and context.change and reading.head_words == context.head:
        reading.verb = reading.verb or context.change
    named = lexicon().change_name.match(head_key(line, reading))
    if named:
        reading.change = reading.change or ("decrease" if named[1] == "giảm" else "increase")
    _set_award(line, reading, start, last)
    _carry(line, reading, last, opening)


def _is_raised(line: Line, reading: Reading, start: int) -> bool:
    """Whether a sum of money is to come in: "huy động | 12 tỷ đồng", "vận động đơn vị ủng hộ | 50 triệu đồng"."""
    lex, key = lexicon(), line.key
    if lex.raises.match(key, reading.lead) or lex.raising.search(key, max(0, reading.lead - 20), reading.lead):
        return True
    return opens_raising(key, start, reading.lead)


def _set_award(line: Line, reading: Reading, start: int, last: Reading | None) -> None:
    """Reads what is done to those counted: "đề nghị Giám đốc Sở tặng Giấy khen cho | 05 tập thể"; it holds for the
    counts joined to it, and may stand in the label."""
    lex, key, noun = lexicon(), line.key, reading.quantity.noun
    if reading.quantity.kind != "count" or noun is None or not lex.given_to.match(key, *noun):
        return
    if last is not None and last.award and _is_empty(line, last, reading):
        reading.award = last.award
        return
    text, words, begin = line.text, key, max(start, reading.lead - _DEED)
    deed = lex.award.search(key, begin, reading.lead)
    if deed is None and line.context.head and wording.clean(text, start, reading.lead) is None:
        text, words, begin = line.context.head, fold(line.context.head), 0
        deed = lex.award.search(words)
    if deed is not None:
        giver = wording.clean(text, begin, next((f.start() for f in lex.asked.finditer(words, begin)), deed.start()))
        if giver and lex.each.match(fold(giver)):
            reading.subject = giver  # "Mỗi đơn vị | đề nghị khen thưởng ..."
        asked = [found.group() for found in lex.asked.finditer(words, begin, deed.start())]
        said = text[slice(*deed.span("deed"))]
        reading.award = " ".join(("được", *asked[-1:], said[0].lower() + said[1:]))


def _is_empty(line: Line, last: Reading, reading: Reading) -> bool:
    return line.key[last.end : reading.lead].strip(" ,") in ("", "và", "hoặc", "cho", "và cho")


def topic(context: Context) -> str | None:
    """The label of a line whose numbers have names of their own: "Sốt rét: tỷ lệ mắc dưới ..."."""
    words = context.head or ""
    key = fold(words)
    return words if words and len(key.split()) <= 6 and not wording.names_a_measure(key, 0, len(key)) else None


def head_key(line: Line, reading: Reading) -> str:
    """The folded words of the head, wherever they stand."""
    return line.key[slice(*reading.head)] if reading.head else fold(reading.head_words or "")


def _set_part(line: Line, reading: Reading, inner: Sequence[Token], start: int, last: Reading | None) -> int:
    """Links a number to the one that it is part of ("trong đó"), and returns where its own words begin."""
    part = next((t for t in inner if t.has("part") and t.depth == 0), None)
    opens = part is not None and not line.key[reading.clause[0] : part.start].strip(" ,;.:-")
    whole = last or (line.readings[-1] if line.readings and opens else None)
    if part:
        reading.part_of = (whole.part_of or whole) if whole else None
        return part.end
    if last and last.part_of and not reading.nested:
        reading.part_of = last.part_of
    elif line.context.part and line.readings and not last:
        top = line.readings[-1]
        reading.part_of = top.part_of or top
    return start


def _set_time(
    line: Line, reading: Reading, lead: Lead, opening: wording.Opening, inner: Sequence[Token], last: Reading | None
) -> None:
    """The time before the number; one that opens the clause holds for the rest of the line."""
    if opening.time:
        reading.time = reading.time or opening.time
        if not last:
            line.context.time = opening.time
    elif lead.time and lead.time.periods and opening.empty and not last:
        line.context.time = lead.time
    inside = [t for t in inner if t.time and t.time.periods and t.start >= opening.start and not t.depth]
    if inside and not last and line.key.startswith(",", inside[0].end):
        behind = wording.open_phrase(line.key, inner, inside[0].end, lead.start)
        if wording.names_a_measure(line.key, behind.start, behind.end):
            line.context.time = inside[0].time  # "Mục tiêu của chương trình là đến năm 2030, tỷ lệ ..."
    if inside and not (reading.time or reading.nested or any(t.has("base") for t in inner)):
        reading.time = inside[-1].time


def _restricts(line: Line, reading: Reading, opening: wording.Opening, last: Reading | None) -> bool:
    """Whether the words before the number only name a place or group of what was said before."""
    works_alone = lexicon().work_lead.match(line.key, opening.start, reading.lead) is not None
    if reading.worked and (works_alone or reading.quantity.kind != "share"):
        return False  # "Công nghiệp - xây dựng 41%" names a branch
    former = last or next((r for r in line.readings[:-4:-1] if not r.nested), None)
    differs = former is not None and former.quantity.kind != reading.quantity.kind
    if former and former.head and differs and wording.needs_object(line.key[slice(*former.head)]):
        return False  # "Điều trị cho 650 khách hàng, trong đó nam giới chiếm 70%"
    headed = former is not None and bool(former.head_words or (former.head and not _acts(line, former.head)))
    known = bool(line.context.head or headed)
    if former and not known and reading.quantity.kind == "share" == former.quantity.kind:
        # "100% cơ sở tuyến tỉnh được kiểm tra; tuyến huyện đạt 80%"
        grouped = lexicon().group.match(line.key, opening.start, opening.end) is not None
        told = reading.level or reading.part_of is not None
        return grouped and told and former.phrase is not None and opening.end - opening.start <= _GROUP
    if wording.is_subject(line.key, opening.start, opening.end):
        return known or not reading.level
    if not known or wording.names_a_measure(line.key, opening.start, opening.end):
        return False
    words = len(line.key[opening.start : opening.end].split())
    if line.context.head:
        return words <= 10  # the label before the colon names what is measured
    return words <= (8 if lexicon().group.match(line.key, opening.start, opening.end) else 4)


def _inherit(line: Line, reading: Reading, last: Reading | None) -> None:
    """Takes the head of the number before, else the label's."""
    former = last or next((r for r in line.readings[:-4:-1] if not r.nested), None)
    if last is None and line.context.head:
        reading.head_words, reading.inherited = line.context.head, True
    elif former is not None and _shares_head(line, reading, former, last):
        reading.head, reading.head_words, reading.inherited = former.head, former.head_words, True
        if not former.head and not former.head_words:
            reading.head = former.phrase
    reading.subject = reading.subject or line.context.subject
    subject = fold(reading.subject or "")
    place = lexicon().place.match(subject)
    if reading.head_words and not place and lexicon().group.match(subject):
        # "Tỷ lệ hài lòng của người bệnh ngoại trú: 92%; nội trú: 94%"
        words = fold(reading.head_words)
        ends = lexicon().group_end.search(words)
        if ends and ends.start():
            reading.head_words = reading.head_words[: _without_object(words, 0, ends.start())]
    if reading.head and place:
        # "tỷ lệ hút thuốc tại nhà dưới 48%, tại quán ăn dưới 70%": the new place stands for the old one.
        at = line.key.rfind(f" {place.group()} ", *reading.head)
        if at > reading.head[0]:
            reading.head = (reading.head[0], at)
    elif reading.head and (former_name := _replaced(line, reading.head, subject)):
        reading.head = (reading.head[0], former_name)
    elif reading.head and (group := lexicon().group.match(subject)):
        # "chiều cao đối với nam đạt 168 cm, nữ 157 cm"
        former_group = lexicon().group_end.search(line.key, *reading.head)
        if former_group is None or not former_group["place"]:
            same = line.key.rfind(f" {group.group()} ", *reading.head)  # "nhóm nam từ 15 tuổi ..., nhóm nữ từ ..."
            if same > reading.head[0] and not wording.has_predicate(line.key, same, reading.head[1]):
                reading.head = (reading.head[0], _without_place(line, reading.head[0], same))
                return
        if former_group and former_group.start() > reading.head[0]:
            reading.head = (reading.head[0], former_group.start())


def _replaced(line: Line, head: tuple[int, int], subject: str) -> int | None:
    """Where a disease or an age ends the head that another one now stands for: "tỷ lệ mắc sởi dưới 5, ho gà dưới 1"."""
    lex = lexicon()
    found = lex.disease_end.search(line.key, *head) if lex.disease_end.fullmatch(f" {subject}") else None
    if found:
        return found.start() if found.start() > head[0] else None
    own = lex.age_end.fullmatch(f" {subject}")
    former = lex.age_end.search(line.key, *head) if own else None
    if own is None or former is None or former.start() <= head[0]:
        return None
    return former.end("who") - 1 if former["who"] and not own["who"] else former.start()


def _without_place(line: Line, start: int, end: int) -> int:
    """Where the words `[start, end)` end without a preposition left over."""
    return _without_object(line.key, start, end)


def _without_object(key: str, start: int, end: int) -> int:
    trailing = lexicon().needs_object.search(key[start:end].rstrip())
    return start + trailing.start() if trailing and trailing.start() else end


def _shares_head(line: Line, reading: Reading, former: Reading, last: Reading | None) -> bool:
    """Whether a number without words before it is of what the former measures: not where it counts something else."""
    noun, other = reading.quantity.noun, former.quantity.noun
    if noun is None:
        return True
    if former.head and (_acts(line, former.head) or wording.needs_object(line.key[slice(*former.head)])):
        return False
    if other is not None and line.key[slice(*noun)] == line.key[slice(*other)]:
        return True
    return last is not None and former.head is not None and not wording.names_a_measure(line.key, *former.head)


def _carry(line: Line, reading: Reading, last: Reading | None, opening: wording.Opening) -> None:
    """A bound that is said once holds for the numbers joined to it: "không quá 05 tập thể và 10 cá nhân"."""
    if last is None or reading.compared or reading.level or reading.change or not opening.empty:
        return
    quantity = reading.quantity
    if quantity.kind != last.quantity.kind:
        return
    reading.change = last.change
    if last.subject and quantity.kind == "count" and lexicon().each.match(fold(last.subject)):
        reading.subject = reading.subject or last.subject  # "Mỗi trạm có 01 bác sĩ, 02 điều dưỡng"
    if not last.compared or quantity.is_range or last.sign == "range" or reading.part_of is not last.part_of:
        return
    if lexicon().aim_strong.search(line.key, last.end, quantity.start):
        return  # "tối thiểu 90%, phấn đấu 95%"
    whole = quantity.kind == "share" and quantity.low == 100  # "trên 90% A và 100% B"
    if not whole and len(line.key[last.quantity.end : quantity.start].split()) <= _CARRIED:
        reading.sign, reading.compared = last.sign, True


def choose(line: Line, reading: Reading) -> None:
    """Decides between the words before the number and those behind it, once both are known."""
    if reading.nested:
        return
    if reading.award:
        reading.head = reading.head_words = reading.phrase = None
        return
    if reading.raised:
        return
    if reading.inherited and reading.head_words and _names_doer(line, reading):
        reading.subject, reading.head_words = reading.subject or reading.head_words, None
    if reading.verb and not (reading.level or reading.change) and _is_by_how_much(line, reading):
        reading.change = reading.verb  # "Giảm số ca mắc ít nhất 5% so với năm 2023"
    if reading.head and _only_has(line, reading):
        if not _acts(line, reading.head):
            _as_subject(line, reading)
        return
    if not reading.phrase or not (reading.head or reading.head_words):
        return
    if reading.urged and reading.head and _restarts(line, reading):
        if reading.change == reading.verb and not reading.baseline:
            reading.change = None  # "giảm tỷ lệ ..., bảo đảm 90% ..."
        if "," in line.key[slice(*reading.head)] or wording.names_a_measure(line.key, *reading.head):
            reading.head = None
        else:
            _as_subject(line, reading)
        return
    if reading.inherited and line.key.startswith(("trên ", "tổng số "), reading.phrase[0]):
        reading.phrase = None  # "tuyến xã đạt 30% trên tổng số lượt khám"
        return
    if reading.inherited:
        # An own phrase beats a head that was only taken over ("100% ...; 80% ...").
        if wording.has_predicate(line.key, *reading.phrase) or not reading.level:
            reading.head = reading.head_words = None
        return
    if reading.head is None:
        return
    if wording.names_a_measure(line.key, *reading.head):
        reading.phrase = None
    elif reading.quantity.kind == "share" and not reading.level:
        if not wording.needs_object(line.key[slice(*reading.head)]):
            _as_subject(line, reading)
    elif reading.quantity.kind == "share" and line.key.startswith(("số ", "tổng số "), reading.phrase[0]):
        if lexicon().who.match(line.key, *reading.head):
            _as_subject(line, reading)
        else:
            reading.phrase = None  # "Hậu kiểm hồ sơ đạt 30% số hồ sơ đã tiếp nhận"
    elif wording.has_predicate(line.key, *reading.phrase):
        _as_subject(line, reading)
    elif reading.quantity.kind != "count":
        reading.phrase = None


def _is_by_how_much(line: Line, reading: Reading) -> bool:
    """Whether a number that stands with a verb of change can only be a change: it has a baseline, is a difference of
    shares, or measures what a label names ("Tăng chiều cao: nam từ 2-3 cm")."""
    noun = reading.quantity.noun
    if reading.baseline or reading.quantity.kind == "points":
        return True
    if not reading.inherited:
        return False
    if noun is None or "/" in (reading.quantity.unit or ""):
        return False
    return lexicon().measure.fullmatch(line.key, *noun) is not None


def _restarts(line: Line, reading: Reading) -> bool:
    """Whether the words behind a share that an aim opens say all themselves: "Tăng cường ..., bảo đảm | 90% trẻ em được
    sàng lọc"."""
    if reading.quantity.kind != "share" or reading.phrase is None:
        return False
    return wording.has_predicate(line.key, *reading.phrase)


def _only_has(line: Line, reading: Reading) -> bool:
    """Whether a count hangs on "có" or a verb of work alone: "Mỗi huyện có ít nhất 02 phòng khám"."""
    quantity, head = reading.quantity, reading.head
    if reading.part_of or quantity.kind != "count" or head is None or reading.inherited or quantity.noun is None:
        return False
    if lexicon().measure.fullmatch(line.key, *quantity.noun) or wording.names_a_measure(line.key, *head):
        return False
    if wording.needs_object(line.key[slice(*head)]):
        return False
    between = line.key[reading.lead : quantity.start]
    each = reading.compared and lexicon().each.match(line.key, *head) is not None  # "mỗi xã ít nhất 01 câu lạc bộ"
    return reading.worked or each or (reading.level and lexicon().reaching.search(between) is None)


def _names_doer(line: Line, reading: Reading) -> bool:
    """Whether the label of a line only says who has to do it: "UBND các xã: mỗi thôn có ít nhất | 01 buổi"."""
    noun, label = reading.quantity.noun, reading.head_words or ""
    if reading.quantity.kind != "count" or noun is None or lexicon().measure.fullmatch(line.key, *noun):
        return False
    return label == line.context.head and lexicon().who.match(fold(label)) is not None


def _acts(line: Line, head: tuple[int, int]) -> bool:
    """Whether the words before a count tell what is done: "thanh tra, kiểm tra | 60 cơ sở"."""
    return lexicon().acts.match(line.key, *head) is not None and len(line.key[slice(*head)].split()) <= 6


def _as_subject(line: Line, reading: Reading) -> None:
    """The words before the number name who, not what."""
    if reading.head and lexicon().who.match(line.key, *reading.head):
        reading.subject = reading.subject or wording.clean(line.text, *reading.head)
    reading.head = None


def name_series(readings: Sequence[Reading]) -> None:
    """Gives the numbers of a series of times what only its last one names: "năm 2026: 40%; năm 2027: 60% số xã ..."."""
    for former, later in zip(readings[-2::-1], readings[:0:-1], strict=True):
        named = former.phrase or former.head or former.head_words or former.quantity.noun
        if named or not later.phrase or later.head or later.head_words or former.quantity.kind != later.quantity.kind:
            continue
        if former.time and later.time and former.time.periods and later.time.periods and former.time != later.time:
            former.phrase = later.phrase


def _name_groups(line: Line, chain: Sequence[Reading]) -> None:
    """ "Tuyến tỉnh đạt 20%, tuyến huyện đạt 25% tỷ lệ người bệnh được ...": what is measured stands behind the last."""
    last = chain[-1] if len(chain) > 1 else None
    if last is None or not last.phrase or not wording.names_a_measure(line.key, *last.phrase):
        return
    first = chain[0]
    if not first.head or wording.names_a_measure(line.key, *first.head) or first.phrase:
        return
    if not lexicon().group.match(line.key, *first.head):
        return
    first.subject = wording.clean(line.text, *first.head)
    for reading in chain:
        reading.head, reading.head_words, reading.phrase = None, wording.clean(line.text, *last.phrase), None


def _share_base(line: Line, former: Reading, later: Reading) -> None:
    """ "Số bác sĩ và giường bệnh trên 10.000 dân đạt 12 bác sĩ và 30 giường": the base holds for both counts."""
    noun, other = former.quantity.noun, later.quantity.noun
    if former.quantity.kind == later.quantity.kind == "rate" and noun and other and former.inherited:
        if line.key[slice(*noun)] == line.key[slice(*other)]:
            return
        former.head_words = None  # a label for all: "Tỷ lệ bác sĩ, giường bệnh: 12 bác sĩ/vạn dân và 30 giường/vạn dân"
        return
    if not former.head or not later.carried or former.quantity.kind != "count" or later.quantity.kind != "count":
        return
    base = denominator(line.text, line.key, former.head[0], former.head[1] + 1)
    if base and former.quantity.noun:  # the nouns say what each is
        former.quantity = replace(former.quantity, kind="rate", unit=base[0])
        later.quantity = replace(later.quantity, kind="rate", unit=base[0])
        former.head = None
        former.phrase = former.quantity.noun


def _share_deed(line: Line, former: Reading, later: Reading) -> bool:
    """Whether what two joined counts do is said behind the second: "05 bác sĩ và 10 kỹ thuật viên được đào tạo"."""
    if former.quantity.kind != "count" or later.quantity.kind != "count" or not former.quantity.noun:
        return False
    if former.phrase or former.head or not later.phrase or later.head or later.nested:
        return False
    joined = line.key[former.end : later.lead].strip(" ,") in ("", "và", "hoặc")
    return joined and lexicon().predicate.match(line.key, *later.phrase) is not None


def spread(line: Line, chain: Sequence[Reading]) -> None:
    """What is said once holds for the whole chain: "35 giường bệnh và 19 bác sĩ trên 1 vạn dân", "90% trạm có máy siêu
    âm, 80% có máy điện tim"."""
    for former, later in pairwise(chain):
        if not (former.phrase and later.phrase) or later.head or later.head_words or later.nested:
            continue
        if not lexicon().predicate.match(line.key, *later.phrase) or later.quantity.kind != former.quantity.kind:
            continue
        verb = wording.predicate_start(line.key, *former.phrase)
        named = wording.clean(line.text, former.phrase[0], verb) if verb else None
        later.head_words = former.head_words or named
    _name_groups(line, chain)
    for former, later in zip(chain[-2::-1], chain[:0:-1], strict=True):
        quantity = later.quantity
        _share_base(line, former, later)
        if _share_deed(line, former, later):
            former.phrase = later.phrase
        if quantity.kind == "rate" and former.quantity.kind == "count" and quantity.noun and quantity.unit:
            former.quantity = replace(former.quantity, kind="rate", unit=quantity.unit)
        if former.change and later.change and not former.baseline:
            former.baseline = later.baseline
        nameless = not (former.phrase or former.head or former.head_words or former.quantity.noun)
        if later.phrase and nameless and former.quantity.kind == quantity.kind:
            former.phrase = later.phrase  # "95% năm 2026 và 98% năm 2030 số xã ..."
            continue
        if not former.phrase or not later.phrase or later.nested or later.level or later.change:
            continue
        if former.quantity.kind != quantity.kind or len(line.key[slice(*former.phrase)].split()) > _SHARING:
            continue
        verb = wording.predicate_start(line.key, *later.phrase)
        if not wording.has_predicate(line.key, *former.phrase):
            former.borrowed = (verb, later.phrase[1]) if verb else later.borrowed
