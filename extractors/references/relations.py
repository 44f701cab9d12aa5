"""How a mention's document bears on the plan: it follows the nearest verb, whoever acts.

The members of a list share the verb of its first; a mention inside another document's title has the verb of that title.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from extractors.references import grammar
from extractors.references.grammar import GAP, Cue
from extractors.references.mention import Mention
from models.outline import Outline

_SENTENCE = re.compile(r"[\n.!?…](?:(?<=\n)|(?=\s+([^\W\d_])))")
_JOINED = re.compile(
    r"\s?(?:[,;]|và|hoặc|cùng với|cũng như)?\s?(?:và\s)?"
    r"(?:(?:các|những)\s[^.;:\n]{3,90}(?:gồm|sau|sau đây|như)\s?:\s?)?(?:các\s|những\s)?(?:văn bản\s)?"
    r"(?:(?:hướng dẫn|chỉ đạo|ý kiến|đề nghị|yêu cầu)[^.;:\n]{0,80}\stại\s)?(?:số\s?:?\s?)?[“\"*(]?$"
)
_LIST_SIGN = re.compile(r"(?:[,;]\s?(?:và\s)?|\svà\s)(?:các\s)?(?:số\s?:?\s?)?[“\"*]?$")
_OPENING = re.compile(r"[\s\-+*•.\dA-Za-zđĐ()“\"]{0,8}$")
_UNIT = r"(?:điểm|khoản|điều|mục|tiểu mục|chương|phần|tiết|đoạn|phụ lục)"
_VALUE = r"(?:số )?(?:thứ )?(?:[ivx]{1,5}|\d{1,3}[a-zđ]?(?:\.\d{1,2}){0,3}|[a-zđ]{1,2})(?!\w)"
_GROUP = rf"{_UNIT}{GAP}{_VALUE}(?:(?:,|;|{GAP}và|{GAP}hoặc|{GAP}đến|{GAP}?-){GAP}?{_VALUE}){{0,8}}"
_PROVISION = re.compile(
    rf"(?<!\w)(?P<all>{_GROUP}(?:,?{GAP}?(?:và{GAP}|của{GAP}|tại{GAP}|hoặc{GAP})?(?:các{GAP})?{_GROUP}){{0,6}})"
    rf",?{GAP}(?:của{GAP}|tại{GAP}|ban hành kèm theo{GAP}|kèm theo{GAP})?$"
)
_PROVISION_REACH = 160
_ENDS_LIST_HEAD = ("văn bản sau", "văn bản sau đây", "các văn bản")  # a heading above the papers that it means
_CHANGES = ("amends", "replaces", "repeals")
_INTRO_LINES = 40
_TITLE_REACH = 500  # characters of a heading with the lines between it and its table
_VERB_REACH = 160
_ADVERBS = 7  # words between the last comma and the mention
_BY = re.compile(r"(?<!\w)(?:theo|tại|trong)(?!\w)")
_WHOSE_PAPER = re.compile(r"(?<!\w)(?:của|đề nghị)\s[^;:\n]{0,100}\stại\s?$")


def add_relations(outline: Outline, key: str, mentions: list[Mention]) -> None:
    """Fill `relation`, `object` and `provision` of mentions in their order (titles are known)."""
    text = outline.text.clean
    pattern, index = grammar.cues()
    sentence_ends = _sentence_ends(outline)
    above_tables: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        mention.provision = _provision(text, key, mention)
        host = mentions[mention.host] if mention.host is not None else None
        if host is not None and host.end >= mention.end:
            mention.relation, mention.object = "amends", number  # a law that another law's name changes
            continue
        at = bisect_right(sentence_ends, mention.start)
        sentence = sentence_ends[at - 1] if at else 0
        before = _before(mentions, number, sentence)
        start = sentence
        if before is not None:
            start = mentions[before].end
            if host is None:
                start = max(start, mentions[_root(mentions, before)].title_end)
        start = min(start, mention.start)
        gap = key[start : mention.start]
        if mention.provision:
            gap = gap[: max(0, len(gap) - len(mention.provision) - 1)]
        cue = _cue(gap, pattern, index)
        if cue is not None:
            mention.relation = cue.relation
            if cue.relation in _CHANGES:
                mention.object = before if cue.passive and before is not None else number
        elif before is not None:
            _inherit(mentions, mention, number, before, gap)
        else:
            found = _from_above(outline, key, mention, sentence, above_tables)
            if found is not None:
                mention.relation = found.relation
                mention.object = number if found.relation in _CHANGES else None
        _by_what_follows(key, mention, number)


def _sentence_ends(outline: Outline) -> list[int]:
    """Where sentences end. The lines of a document's title are one sentence."""
    text = outline.text.clean
    lines, regions = outline.text.lines, outline.regions
    inside = {lines[i].end for i in outline.lines_of("title") if regions[i + 1 : i + 2] == ("title",)}
    ends = (match for match in _SENTENCE.finditer(text) if match.start() not in inside)
    return [match.end() for match in ends if match[1] is None or match[1].isupper()]


def _before(mentions: list[Mention], number: int, sentence: int) -> int | None:
    """The mention before in the same sentence; those inside a law's name don't count."""
    for index in range(number - 1, -1, -1):
        other = mentions[index]
        if other.end <= sentence:
            return None
        if other.host is None or mentions[other.host].end < other.end:
            return index
    return None


def _root(mentions: list[Mention], index: int) -> int:
    while (host := mentions[index].host) is not None:
        index = host
    return index


def _cue(gap: str, pattern: re.Pattern[str], index: dict[str, Cue]) -> Cue | None:
    """The cue nearest to the end of the words before a mention; a close one only with small words in between."""
    found: Cue | None = None
    end = 0
    for match in pattern.finditer(gap):
        cue = index[" ".join(match[0].split())]
        if cue.close and not all(_small(word) for word in gap[match.end() :].replace(",", " ").split()):
            continue
        directly = not gap[end : match.start()].strip()
        if cue.relation == "mentions" and found is not None and directly and not match[0].startswith("theo"):
            continue  # "Thực hiện quy định tại ..."
        if cue.close and found is not None and found.passive and not gap[end : match.start()].strip(" ,"):
            continue  # "được sửa đổi, bổ sung bởi"
        found, end = cue, match.end()
    if found is not None and not found.close and not _governs(found, gap[end:]):
        return None
    return found


def _governs(cue: Cue, between: str) -> bool:
    """Whether a verb reaches over the words behind it: a comma may part its adverbs ("kịp thời, đồng bộ"), not another
    clause."""
    if cue.relation == "mentions":
        return True
    clause, comma, rest = between.rpartition(", ")
    if not comma or _WHOSE_PAPER.search(between):
        return len(between) <= _VERB_REACH
    if cue.relation == "basis":
        return False
    return len(rest.split()) <= _ADVERBS and not _BY.search(rest) and len(clause) <= _VERB_REACH


def _small(word: str) -> bool:
    return word in grammar.close_words() or len(word) <= 2 or word[0].isdigit()


def _inherit(mentions: list[Mention], mention: Mention, number: int, before: int, gap: str) -> None:
    """Take over the relation of the list that the mention goes on with."""
    other = mentions[before]
    joined = bool(_JOINED.match(gap))
    if mention.host is None:
        changed = mentions[other.object] if other.object is not None and other.object < before else None
        if joined and ";" in gap and changed is not None:
            source = changed  # "Luật A, được sửa đổi bởi Luật B; Luật C": C stands beside A
        elif joined and (";" not in gap or other.host is None):
            source = other if other.host is None else mentions[_root(mentions, before)]
        elif joined or _LIST_SIGN.search(gap):
            source = mentions[_root(mentions, before)]
        else:
            return
    elif joined and other.host == mention.host:
        source = other
    else:
        return
    mention.relation = source.relation
    if source.object is not None:
        mention.object = number if mentions[source.object] is source else source.object


def _from_above(
    outline: Outline, key: str, mention: Mention, sentence: int, above_tables: dict[int, str]
) -> Cue | None:
    """For a mention that opens its line: the verb of the line above that ends in a colon; for one that opens a cell:
    that of the words above the table (kept in `above_tables`), if they say more than that something is to be done."""
    lines = outline.text.lines
    at = bisect_right(lines, mention.start, key=lambda line: line.start) - 1
    if outline.regions[at] == "preamble" and key[sentence : mention.start].strip() == "theo":
        return Cue("basis", False, False)  # "Theo Kế hoạch số ..., Sở Y tế xây dựng": the ground of the plan
    if not _OPENING.fullmatch(key, sentence, mention.start):
        return None
    cell = lines[at].cell
    if cell is not None:
        if cell.table not in above_tables:
            above_tables[cell.table] = _above_table(outline, key, at)
        found = _last(above_tables[cell.table])
        return found if found and found.relation != "implements" else None
    for above in range(at - 1, max(-1, at - _INTRO_LINES), -1):
        end = key[lines[above].end - 1]
        if end == ":" or (end not in ";,." and key.endswith(_ENDS_LIST_HEAD, 0, lines[above].end)):
            return _last(key[lines[above].start : lines[above].end])
        if end not in ";,.":
            break
    return None


def _above_table(outline: Outline, key: str, at: int) -> str:
    """The heading and title above the table that line `at` is a cell of; empty where other text stands between."""
    lines = outline.text.lines
    while at >= 0 and lines[at].cell is not None:
        at -= 1
    section = bisect_right(outline.sections, lines[at].start, key=lambda section: section.start) - 1
    if at < 0 or section < 0:
        return ""
    start, end = outline.sections[section].start, lines[at].end
    return key[start:end] if end - start <= _TITLE_REACH else ""


def _last(words: str) -> Cue | None:
    pattern, index = grammar.cues()
    cues = [index[" ".join(match[0].split())] for match in pattern.finditer(words)]
    return cues[-1] if cues else None


def _by_what_follows(key: str, mention: Mention, number: int) -> None:
    """ "Quyết định số 7/QĐ-SYT hết hiệu lực kể từ ngày ..."."""
    for end in {mention.end, mention.title_end or mention.end}:
        for pattern, relation in grammar.after_cues():
            if pattern.match(key, end):
                mention.relation, mention.object = relation, number


def _provision(text: str, key: str, mention: Mention) -> str | None:
    """ "điểm a khoản 2 Điều 5" right before a mention."""
    begin = max(0, mention.start - _PROVISION_REACH)
    begin = max(key.rfind("\n", begin, mention.start) + 1, begin)
    match = _PROVISION.search(key[begin : mention.start])
    if match is None:
        return None
    return " ".join(text[begin + match.start("all") : begin + match.end("all")].split())
