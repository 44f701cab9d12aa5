"""Which part of the form each line belongs to: letterhead, title, căn cứ, body, nơi nhận, signature, appendix.

The form is that of Nghị định 30/2020/NĐ-CP, Phụ lục I; what real files lose of it (a letterhead, a title) is simply
not found here, and `extractors.letterhead` recovers what it can from the rest. A decision with a plan attached runs
through the form twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from data import load
from extractors.letterhead.head import is_damaged_state_name
from extractors.letterhead.tail import is_stamp, without_titles
from extractors.vietnamese import ascii_key, key_of, tone_key
from models.outline import Region
from models.text import Cell, Line, Text
from pipeline.structure.markers import Marker, Rank
from pipeline.structure.roles import named_roles

_NUMBER_LINE = re.compile(r"số\s*:?\s*[\d …._]*/?[\w&-]*/[\w&đ-]+|số\s*:\s*(?:\d|[….\s_]*/)", re.IGNORECASE)
_PLACE_LINE = re.compile(
    r"[^\d,.;:]{2,40},?\s*ngày\s*[\d….:\s_-]*\s*tháng\s*[\d….:\s_-]*\s*năm\s*(?:\d{4}|[….\s_]*)\s*", re.IGNORECASE
)
_RECIPIENTS = re.compile(r"n[ơo]i\s*nh[ậâaạ]n\s*(?:[:;]|$)", re.IGNORECASE)
_LONGEST_ROW = 12  # cells of a table's row
_SAVE_LINE = re.compile(r"-?\s*lưu\s*[:v]", re.IGNORECASE)
_FIRST_NOTE = re.compile(r"\[1\](?:\s|$)")
_CLOSING = re.compile(r"\./\.?\s*$")
_NAME = re.compile(r"(?:[^\W\d_]['’.]?[^\W\d_]*\.? ){1,5}[^\W\d_]+")
_BEFORE_NUMBER = re.compile(r"\s+(?=số\s*:)", re.IGNORECASE)
_GROUND = re.compile(r"căn cứ|theo đề nghị|xét ")
_BARE_APPENDIX = re.compile(r"phụ (?:lục|biểu)(?: số)?(?: \d{1,2}| [ivx]{1,4})?\s*[:.]?")
_LONGEST_TITLE = 6  # lines
_LONGEST_LETTERHEAD = 14
_LONGEST_SIGNATURE = 10
_LONGEST_TAIL = 30  # recipients among the lines of the signature counted


class Frame(NamedTuple):
    """The compiled words of `data/headings.toml`, section `frame`, and of the types of documents."""

    types: re.Pattern[str]
    letterhead: re.Pattern[str]
    preamble: re.Pattern[str]
    authority: re.Pattern[str]
    position: re.Pattern[str]
    appendix: re.Pattern[str]
    boilerplate: re.Pattern[str]
    plain_types: frozenset[str]  # the types' names without accents
    unnumbered: re.Pattern[str]  # what opens a part of the body without a number
    plain_position: re.Pattern[str]


@cache
def frame() -> Frame:
    """The words of the form, compiled once; they are matched on `tone_key` of a line."""
    data = load("headings")["frame"]
    names = {tone_key(n) for t in load("document_types")["types"] for n in t["names"] if not t.get("by_name")}
    types = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    marks = "|".join(data["authority_marks"])

    def any_of(key: str) -> str:
        return "(?:" + "|".join(data[key]) + ")"

    position = rf"(?:(?:{marks})\.?\s*/?\s*)?{any_of('positions')}(?=\s|$|,)|(?:t/?m|k/?t|t/?l|tuq)\.\s*\S"
    return Frame(
        types=re.compile(rf"(?:(?:bản )?dự thảo )?(?:{types})(?=\s*:?\s*$|\s+\S)"),
        letterhead=re.compile(any_of("letterhead")),
        preamble=re.compile(any_of("preamble")),
        authority=re.compile(any_of("authority")),
        position=re.compile(position),
        appendix=re.compile(any_of("appendix") + r"(?=\s|:|\.|$|\d)"),
        boilerplate=re.compile(any_of("boilerplate")),
        plain_types=frozenset(ascii_key(n) for n in names),
        unnumbered=re.compile(any_of("unnumbered")),
        plain_position=re.compile(ascii_key(position)),
    )


def line_keys(text: Text) -> list[str]:
    """The `tone_key` of each line."""
    keys = key_of(text).split("\n") if text.lines else []
    return keys if len(keys) == len(text.lines) else [tone_key(text.line_text(line)) for line in text.lines]


def regions_of(text: Text, keys: list[str], markers: list[Marker | None], titles: Mapping[int, int]) -> list[Region]:
    """One region per line of `text.lines`; `titles` are the lines that are titles without a number."""
    return _Reader(text, keys, markers, titles).read()


def opens_appendix(words: str, key: str, line: Line) -> bool:
    """Whether a line is the title of an appendix ("PHỤ LỤC 01:", "Biểu số 2"); `key` is its `tone_key`."""
    if not frame().appendix.match(key) or line.cell is not None or len(words) > 200:
        return False
    return words[:2].isupper() or line.bold_end == line.end or bool(line.level) or len(words) < 30


class _Reader:
    def __init__(self, text: Text, keys: list[str], markers: list[Marker | None], titles: Mapping[int, int]) -> None:
        self.text = text
        self.lines = text.lines
        self.words = [text.line_text(line) for line in text.lines]
        self.keys = keys
        self.markers = markers
        self.titles = titles
        self.out: list[Region] = ["body"] * len(self.words)
        self.frame = frame()

    def read(self) -> list[Region]:
        start = self._head(0, first=True)
        while start < len(self.words):
            tail = self._find_recipients(start)
            if tail is None:
                tail = self._find_signature_alone(start)
            if tail is None:
                self._appendices(start)
                break
            after = self._tail(tail)
            again = self._title_at(after, min(after + 8, len(self.words)))
            if again is not None:
                for i in range(after, again):
                    self.out[i] = "letterhead"
                start = self._head(after, first=False)
                continue
            self._after_tail(after)
            break
        return self.out

    # --- the top ---------------------------------------------------------------------------------------------------

    def _is_letterhead(self, index: int) -> bool:
        words, key = self.words[index], self.keys[index]
        if is_damaged_state_name(words):
            return True
        if self.frame.letterhead.search(key) or ("tháng" in key and _PLACE_LINE.fullmatch(words.strip(" *|"))):
            return True
        return len(words) < 80 and bool(_NUMBER_LINE.match(words))

    def _title_at(self, start: int, stop: int) -> int | None:
        """The line that holds the type of the document in capitals ("KẾ HOẠCH"), between two lines; where the type is
        broken over two, the first. "QUYẾT ĐỊNH:" below the căn cứ is no title."""
        grounds = False
        for i in range(start, stop):
            match = self.frame.types.match(self.keys[i])
            words = self.words[i]
            if not match:
                if words.isupper() and self._misread_type(i):
                    return i
                grounds = grounds or bool(_GROUND.match(self.keys[i]))
                continue
            if grounds and words.endswith(":") and words.isupper():
                return None
            rest = words[match.end() :].strip(" :.")
            if not words[: match.end()].isupper() and not (self.lines[i].level and not rest):
                continue
            if not rest or (len(words) > len(rest) and not rest.startswith("SỐ ")):
                return i
        return None

    def _misread_type(self, index: int) -> bool:
        """Whether a line in capitals is a type with wrong accents ("KÉ HOẠCH"), or the first part of one that is broken
        over two lines."""
        key = ascii_key(self.words[index]).strip(" .:")
        if key in self.frame.plain_types:
            return True
        below = self.words[index + 1] if index + 1 < len(self.words) else ""
        return (
            len(below) < 12 and below.isupper() and f"{key} {ascii_key(below).strip(' .:')}" in self.frame.plain_types
        )

    def _head(self, start: int, first: bool) -> int:
        """Letterhead, title and căn cứ from line `start` on; returns the first line of the body."""
        limit = min(start + (120 if first else 20), len(self.words))
        heads = [i for i in range(start, limit) if self._is_letterhead(i)]
        if first and not heads:
            limit = min(start + 12, limit)
        anchor = self._title_at(heads[0] if heads and first else start, limit)
        body = self._first_heading(start)
        if anchor is not None and (heads or body is None or body >= anchor):
            body = self._first_heading(anchor + 1)
        else:
            anchor = None  # none, or the title of an attachment further down
        heads = self._own_heads(heads, anchor, body)
        top = self._letterhead_top(heads[0], start) if heads else (anchor if anchor is not None else start)
        for i in range(start, top):
            self.out[i] = "junk" if first else "letterhead"
        after = anchor if anchor is not None else (heads[-1] + 1 if heads else start)
        for i in range(top, after):
            self.out[i] = "letterhead"
        end = len(self.words) if body is None else body
        if anchor is not None:
            after = self._title(anchor, end)
        elif heads:
            after = self._bare_title(after, end)
        body = next((i for i in range(after, end) if self._opens_body(i)), body)
        if body is None:
            body = self._no_heading(after)
        for i in range(after, body):
            self.out[i] = "preamble"
        return body

    def _own_heads(self, heads: list[int], anchor: int | None, body: int | None) -> list[int]:
        """The lines of the letterhead among those that look like one: above the title, else above the body. Without
        either it takes two of them close together."""
        end = anchor if anchor is not None else body
        if end is not None:
            return [i for i in heads if i < end]
        close = [i for i in heads if i - heads[0] < _LONGEST_LETTERHEAD]
        return close if len(close) > 1 else []

    def _letterhead_top(self, found: int, start: int) -> int:
        """The line where the letterhead begins: the issuer's name may stand above the state's."""
        top = found
        while top > start and found - top < 4:
            words = _BEFORE_NUMBER.split(self.words[top - 1])[0]
            if not words.isupper() or len(words) > 80:
                break
            top -= 1
        return top

    def _title(self, anchor: int, body: int) -> int:
        self.out[anchor] = "title"
        index = anchor + 1
        while index < body and index - anchor <= _LONGEST_TITLE:
            words, key = self.words[index], self.keys[index]
            if self.frame.authority.match(key) and words.isupper():
                break
            if key.startswith("("):
                self.out[index] = "title"
                index += 1
                continue
            if not self._is_title_line(index, anchor) or (index > anchor + 1 and self._opens_body(index)):
                break
            self.out[index] = "title"
            index += 1
        return index

    def _bare_title(self, start: int, end: int) -> int:
        """The title in capitals right below the letterhead where the line with the type is lost; returns the line
        behind it."""
        index = start
        while index < min(end, start + _LONGEST_TITLE):
            words, key = self.words[index], self.keys[index]
            if not words.isupper() or self.lines[index].cell is not None or self.frame.authority.match(key):
                break
            if (
                self.markers[index] is not None
                or (index > start and self._opens_body(index))
                or (self.frame.unnumbered.match(key) if index > start else " " not in words)
            ):
                break
            self.out[index] = "title"
            index += 1
        return index

    def _is_title_line(self, index: int, anchor: int) -> bool:
        words, key = self.words[index], self.keys[index]
        line, above = self.lines[index], self.lines[index - 1]
        if (words.endswith((".", ":", ";")) and not words.isupper()) or len(words) > 700:
            return False
        if words.isupper() or (line.bold_end == line.end > line.start) or line.level:
            return True
        if self.frame.preamble.match(key) and (index > anchor + 1 or line.blank_before):
            # "Thực hiện ..." may open a title too: then it is short and no citation.
            return (
                index == anchor + 1
                and not re.search(r"\d/|căn cứ|\bsố \d", key)
                and not words.endswith((".", ":", ";"))
            )
        if index == anchor + 1:
            return True
        return not line.blank_before and above.bold_end != above.end and words[:1].islower()

    def _first_heading(self, start: int) -> int | None:
        """The first numbered heading of the body: "I.", "Phần I", "Điều 1", else "1."."""
        number: int | None = None
        for i in range(start, len(self.words)):
            if self.lines[i].cell is not None and self.keys[i].startswith("nơi nhận") and not self._heads_column(i):
                return i if number is None else number
            marker = self.markers[i]
            if marker is None or self.lines[i].cell is not None:
                continue
            if marker.rank <= Rank.ROMAN:
                return i
            if marker.rank == Rank.NUMBER and number is None and marker.words == "1":
                number = i
            if number is not None and i - number > 30:
                return number
        return number

    def _opens_body(self, index: int) -> bool:
        """Whether a line is a title without a number that a body begins with: it names a role or another usual part, or
        stands below a whole sentence."""
        if index not in self.titles:
            return False
        return (
            bool(named_roles(self.words[index]))
            or bool(self.frame.unnumbered.match(self.keys[index]))
            or self.words[index - 1].endswith((":", ".", ";"))
        )

    def _no_heading(self, start: int) -> int:
        """Without any heading the căn cứ still end somewhere: after the last line that opens like one."""
        index = start
        for i in range(start, min(start + 30, len(self.words))):
            if _GROUND.match(self.keys[i]):
                index = i + 1
        return index

    # --- the end ---------------------------------------------------------------------------------------------------

    def _find_recipients(self, start: int) -> int | None:
        for i in range(start, len(self.words)):
            if _RECIPIENTS.match(self.words[i]) and not self._heads_column(i):
                return i
        return None

    def _heads_column(self, index: int) -> bool:
        """Whether "Nơi nhận" heads a column of a table of reports ("| Báo cáo | Nơi nhận | Thời hạn |"): it stands
        among two more short heads, none of them who signs."""
        cell = self.lines[index].cell
        if cell is None or self.keys[index].strip(" *") != "nơi nhận":
            return False
        near = range(max(0, index - _LONGEST_ROW), min(index + _LONGEST_ROW, len(self.lines)))
        row = [i for i in near if (other := self.lines[i].cell) and other[:2] == cell[:2] and self.words[i].strip(" *")]
        heads = {self.lines[i].cell for i in row}
        return len(heads) == len(row) > 2 and not any(len(self.words[i]) > 60 or self._is_position(i) for i in row)

    def _is_position(self, index: int) -> bool:
        words = self.words[index].strip(" *")
        match = self.frame.position.match(self.keys[index])
        if match is None and len(words) < 60 and words.isupper():
            match = self.frame.plain_position.match(ascii_key(words))  # accents wrong: "PHÓ GIÁM ĐÓC"
        return (
            bool(match)
            and len(words) < 120
            and words[: match.end() if match else 0].upper() == words[: match.end() if match else 0]
        )

    def _find_signature_alone(self, start: int) -> int | None:
        """A signature without nơi nhận: a position in capitals near the end with a name below it."""
        for i in range(len(self.words) - 1, max(start, len(self.words) - 200) - 1, -1):
            if self._is_position(i) and self._named_below(i):
                while i > start and self._is_position(i - 1):
                    i -= 1
                return i
        return None

    def _named_below(self, position: int) -> bool:
        """Whether a name stands below a position, with what a stamp leaves between them."""
        index = position + 1
        while index < min(position + _LONGEST_SIGNATURE, len(self.words)) and is_stamp(self.words[index]):
            index += 1
        return index < len(self.words) and self._is_name(index)

    def _below_position(self, index: int) -> bool:
        """Whether a line stands below a position, with what a stamp leaves between them."""
        above = index - 1
        while above > max(index - _LONGEST_SIGNATURE, 0) and is_stamp(self.words[above]):
            above -= 1
        return above >= 0 and self._is_position(above)

    def _is_name(self, index: int) -> bool:
        words = without_titles(self.words[index].strip(" *.")).strip()
        capital = bool(_NAME.fullmatch(words)) and all(w[0].isupper() for w in words.split()) and len(words) < 60
        return capital and not is_stamp(words)

    def _tail(self, start: int) -> int:
        """Nơi nhận and signature from line `start` on; returns the line after them."""
        above = start - 1
        while (
            above >= 0
            and start - above <= 6
            and (
                self._is_position(above)
                or ((self._is_name(above) or is_stamp(self.words[above])) and self._below_position(above))
            )
        ):
            self.out[above] = "signature"
            above -= 1
        index = start
        cell = self.lines[start].cell
        saved = False
        if _RECIPIENTS.match(self.words[start]):
            self.out[start] = "recipients"
            index += 1
            while index < len(self.words):
                words = self.words[index]
                if cell is not None and self.lines[index].cell != cell:
                    break
                if words.isupper() and self._title_at(index, index + 1) is not None:
                    break  # the plan that a decision is about
                if self._is_position(index) or (self.frame.appendix.match(self.keys[index]) and words[:1].isupper()):
                    break
                if cell is None and saved and not words.startswith(("-", "+", "(")):
                    break
                if cell is None and not saved and not self._like_recipient(index):
                    break
                self.out[index] = "recipients"
                saved = saved or bool(_SAVE_LINE.match(words))
                index += 1
        first_signature, signed = index, 0  # where the signature begins, and its lines
        seen_position = any(self.out[i] == "signature" for i in range(max(0, start - 6), start))
        stop = min(index + _LONGEST_TAIL, len(self.words))
        while index < stop and signed < _LONGEST_SIGNATURE:
            line, words = self.lines[index], self.words[index]
            if self._is_position(index):
                seen_position = True
            elif self.out[start] == "recipients" and _below(line.cell, cell):
                self.out[index] = "recipients"  # the heads stand in a row of their own
                index += 1
                continue
            elif words.isupper() and self._title_at(index, index + 1) is not None:
                break  # "KẾ HOẠCH" right below the name: what a decision is about
            elif self.frame.appendix.match(self.keys[index]):
                break
            elif line.cell is None and cell is not None and self._signs_below(first_signature, index, seen_position):
                cell = None  # the name stands below the two columns, at the left edge
            elif line.cell is None and cell is not None:
                below = self._items_below(index) if self.out[start] == "recipients" else index
                if below == index or any(self.out[i] == "recipients" for i in range(start + 1, index)):
                    break
                # Of the two columns only their heads stand in a table: "| Nơi nhận: | GIÁM ĐỐC |".
                self.out[index:below] = ["recipients"] * (below - index)
                index, first_signature, signed = below, below, 0
                cell = None
                continue
            elif not self._signs(index, seen_position) and not (cell and line.cell and line.cell.table == cell.table):
                if not words.startswith("-") and not (seen_position and _SAVE_LINE.match(words)):
                    break
                self.out[index] = "recipients"  # two columns whose lines were read alternately
                index += 1
                continue
            below_head = cell and line.cell and line.cell.table == cell.table and line.cell.column == cell.column
            if below_head and (words[:1] in ("-", "+") or _SAVE_LINE.match(words)):
                self.out[index] = "recipients"  # a table with a row for each line of both columns
                index += 1
                continue
            self.out[index] = "signature"
            index, signed = index + 1, signed + 1
        return index

    def _items_below(self, start: int) -> int:
        """The line behind the items, each with its dash, that begin at a line outside tables."""
        index = start
        while index < len(self.words) and self.lines[index].cell is None and self.words[index][:1] in ("-", "+"):
            index += 1
        return index

    def _signs(self, index: int, seen_position: bool) -> bool:
        """A name below a position, or a note such as "(Đã ký)"."""
        words = self.words[index]
        return (
            (self._is_name(index) and seen_position)
            or (words.startswith("(") and len(words) < 60)
            or (seen_position and is_stamp(words))
        )

    def _signs_below(self, first: int, index: int, seen_position: bool) -> bool:
        """Whether a line is the name that the signature from line `first` on still lacks."""
        named = any(self._is_name(i) and not self._is_position(i) for i in range(first, index))
        return seen_position and not named and self._is_name(index)

    def _like_recipient(self, index: int) -> bool:
        words = self.words[index]
        return (
            words[:1] in "-+*"
            or _SAVE_LINE.match(words) is not None
            or (len(words) < 120 and (words.endswith((";", ".")) or not self.lines[index].blank_before))
        )

    def _after_tail(self, start: int) -> None:
        """Appendices, and what a web page left below them."""
        region: Region = "junk"
        start = self._footnotes(start)
        for i in range(start, len(self.words)):
            if region == "junk" and self._opens_appendix(i):
                region = "appendix"
            elif region == "appendix" and self.frame.boilerplate.match(self.keys[i]) and not self._opens_appendix(i):
                region = "junk"
            self.out[i] = region
        if region == "junk" and not any(self.frame.boilerplate.match(k) for k in self.keys[start : start + 12]):
            for i in range(start, len(self.words)):  # an untitled attachment: better kept than lost
                if self.out[i] == "junk" and not self.frame.boilerplate.match(self.keys[i]):
                    self.out[i] = "appendix"
                else:
                    break

    def _footnotes(self, start: int) -> int:
        """The notes "[1] ..." that stand right below the signature, before what the page has below them; returns the
        line behind them."""
        index = start
        if index < len(self.words) and _FIRST_NOTE.match(self.words[index]):
            while index < len(self.words) and not (
                self.frame.boilerplate.match(self.keys[index]) or self._opens_appendix(index)
            ):
                self.out[index] = "appendix"
                index += 1
        return index

    def _opens_appendix(self, index: int) -> bool:
        return opens_appendix(self.words[index], self.keys[index], self.lines[index])

    def _appendices(self, start: int) -> None:
        """No tail was found: appendices may still follow the body."""
        for i in range(start, len(self.words)):
            titled = self.words[i][:2].isupper() or _BARE_APPENDIX.fullmatch(self.keys[i])
            if titled and self._opens_appendix(i) and not self.frame.preamble.match(self.keys[i]):
                for k in range(i, len(self.words)):
                    self.out[k] = "appendix"
                return


def _below(cell: Cell | None, head: Cell | None) -> bool:
    """Whether a cell stands below another one in the same column."""
    if cell is None or head is None or cell.table != head.table:
        return False
    return cell.row > head.row and cell.column == head.column
