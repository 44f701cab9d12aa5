"""The scan: every mention of a document in a text, with what its own words say (number, name, date, issuer).

Three patterns find the places where a mention can be (a digit with a symbol behind it, a type word with a number behind
it, a word such as "luật" or "nghị quyết"); local rules read each place, from left to right. What mentions mean for one
another (titles, relations, provisions) is left to the other modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.confidence import sure
from extractors.references import grammar
from extractors.references.codes import canonical_code
from extractors.references.congress import resolutions_at
from extractors.references.dates import date_after, year_after
from extractors.references.grammar import GAP, MISREAD_DIGITS, DocType
from extractors.references.heads import Head, head_before
from extractors.references.issuers import body_end, issuer_after, issuer_before, printed
from extractors.references.laws import Law, after_name, law_at
from extractors.references.mention import Mention
from extractors.references.symbols import Sound, Symbol, read_symbol
from extractors.vietnamese import tone_key

# What is known by name: a word to find, what may stand before it in the same name, and what it is.
_WORDS = (
    ("luật", "bộ ", "law"),
    ("pháp lệnh", "", "law"),
    ("hiến pháp", "", "law"),
    ("nghị quyết", "", "resolution"),
)
_LIST_GAP = re.compile(r"\s?(?:,|;|và|hoặc|,\s?và|,? ?đến|,?\s?từ|-)\s?(?:từ )?(?:số\s?:?\s?)?$")
_NEXT_NUMBER = re.compile(rf"{GAP}?(?:,|và|;|,{GAP}và){GAP}?(?:số{GAP})?(\d{{1,4}})(?![\d/%]|[.,]\d|{GAP}?[-/])")
_NUMBER_IN_LAW = re.compile(rf"{GAP}?,?{GAP}?\(?(?:luật{GAP})?(?:số{GAP}?:?{GAP}?)(?=\d)")
_RANGE = re.compile(rf"{GAP}?đến{GAP}\d")  # "Kế hoạch 120 đến 150 giường"
_ORDINAL = re.compile(r"\d{1,2}/[ \t]")
_COUNT_ONLY = re.compile(r"\d{1,4}(?:[a-c](?!\w))?")
_LIST_END = re.compile(rf"{GAP}?(?:$|[,;.:)\]/]|và{GAP}|của{GAP}|về{GAP}|ngày{GAP}|\n)")
_FILE = re.compile(r"[._-]?\w{0,12}\.(?:pdf|docx?|xlsx?|pptx?|html?|aspx|signed|rar|zip)(?!\w)")
# "So sánh KH 2023/TH 2022": a year's plan over what another year came to
_YEARS_COMPARED = re.compile(r"(?:19|20)?\d\d\s?/\s?(?:ƯTH|UTH|Ước TH|TH|KH|CT|DT)\s?(?:năm )?(?:19|20)\d\d(?!\d)")
_LOST_ONE = re.compile(r"s[ốôo][\s:]{1,3}(?P<one>[\]|il]) ?$")  # "số ] 39/NQ-CP" is 139
_OWN_LINE = re.compile(r"\nsố\s?:?\s?$")
_OWN_REACH = 12
_DECLARED = re.compile(r"(?:gọi|viết|dẫn) (?:tắt|chung|ngắn gọn)?[^.;:()\n]{0,12}(?:là|:)[ \n]*[“\"'*]*$")
_DECLARED_REACH = 40
_SOUND = {
    Sound.INCOMPLETE: "symbol_incomplete",
    Sound.REPAIRED: "repaired",
    Sound.SPACED: "spaced",
    Sound.WHOLE: "clean",
}


def find_mentions(text: str, province: str | None = None, key: str | None = None) -> list[Mention]:
    """The mentions of a cleaned text in its order; those inside a law's own name follow it and overlap it.

    `province` (bare name) is the document's own, for "Đảng bộ tỉnh"; `key` the text's `tone_key` where it is known.
    """
    return _Scan(text, province, tone_key(text) if key is None else key).run()


class _Scan:
    def __init__(self, text: str, province: str | None, key: str) -> None:
        self.text = text
        self.key = key
        self.province = province
        self.found: list[Mention] = []
        self.reach = 0  # where the last mention ends: nothing before it is read again
        self.dated: str | None = None  # the last date, which "cùng năm" points back to
        self.numbers: set[str] | None = None

    def run(self) -> list[Mention]:
        for position, kind in self._places():
            if position < self.reach:
                continue
            if kind == "law":
                self._law(position)
            elif kind == "resolution":
                self._resolution(position)
            else:
                self._number(position)
        self._share_symbols()
        self._share_issuers()
        return self.found

    def _places(self) -> list[tuple[int, str]]:
        """Where a mention can be, in order: the first digit of a number, or the word itself."""
        places: dict[int, str] = {}
        for match in grammar.word_anchor().finditer(self.key):
            places[match.end()] = "number"
        for match in grammar.symbol_anchor().finditer(self.text):
            places[self._number_start(match.start())] = "number"
        for word, longer, kind in _WORDS:
            for position in self._words(word, longer):
                places.setdefault(position, kind)
        return sorted(places.items())

    def _words(self, word: str, longer: str) -> Iterator[int]:
        """Where a whole word stands, or begins with the longer one that ends with it ("bộ luật")."""
        key = self.key
        position = key.find(word)
        while position >= 0:
            start = position - len(longer) if longer and key.endswith(longer, 0, position) else position
            if not (start and key[start - 1].isalnum()):
                yield start
            position = key.find(word, position + len(word))

    def _number_start(self, last: int) -> int:
        start = last
        while start and (self.text[start - 1].isdigit() or self.text[start - 1] in MISREAD_DIGITS) and last - start < 8:
            start -= 1
        return start

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _number(self, position: int) -> None:
        text = self.text
        if _YEARS_COMPARED.match(text, position):
            return
        if position and text[position - 1] in ".," and text[position - 2 : position - 1].isdigit():
            return  # 13,5/10.000
        if position > 1 and text[position - 1] in "/-_" and not text[position - 2].isspace():
            return  # a date, a range, the name of a file
        head = head_before(text, position, self.reach)
        lost = (
            None
            if head.marked or head.types
            else _LOST_ONE.search(self.key, max(self.reach, position - _OWN_REACH), position)
        )
        if lost:
            head = head_before(text, lost.start("one"), self.reach)
        if head.refused:
            return
        previous = self.found[-1] if self.found else None
        shared = self._shares_head(position, previous)
        types = head.types or (self._types_of(previous) if shared and previous else ())
        symbol = read_symbol(text, position, types, head.marked or shared)
        if symbol is None:
            if head.types:
                self._bare_number(position, head)
            return
        if self._is_own_line(symbol, head) or _FILE.match(self.key, symbol.end):
            return
        if not head.types and "-" not in symbol.raw and self._counts_line(position):
            return
        if lost and symbol.code:
            one = lost.start("one")
            raw = text[one : symbol.end]
            symbol = symbol._replace(
                start=one,
                number=raw[: len(symbol.number) + position - one],
                code=f"1{symbol.code}",
                raw=raw,
                sound=Sound.REPAIRED,
            )
        letter = text[position - 1].isalpha() if position and not lost else False
        if letter and not head.marked and not head.types:
            return
        if symbol.letter and not types and not head.marked and not self._alone_in_line(symbol):
            return
        self._numbered(symbol, head, types, shared and not head.types)

    def _numbered(self, symbol: Symbol, head: Head, types: tuple[DocType, ...], listed: bool) -> None:
        kind, certain = _type_of(symbol, types, bool(head.types))
        if head.body and symbol.kind and types and symbol.kind not in {c for t in types for c in t.codes}:
            head, types = Head(symbol.start, marked=head.marked), ()
            kind, certain = _type_of(symbol, (), False)
        mention = Mention(
            start=head.start if head.types else symbol.start,
            end=symbol.end,
            number_start=symbol.start,
            type=kind.abbreviation if kind else None,
            number=symbol.number,
            year=symbol.year,
            symbol=symbol.symbol,
            code=symbol.code,
            head=bool(head.types),
            plural=head.plural,
            listed=listed,
        )
        mention.lower(_SOUND[symbol.sound])
        if symbol.sound <= Sound.REPAIRED and symbol.code and symbol.code != symbol.raw:
            mention.doubt("reference_repaired", _SOUND[symbol.sound], printed=symbol.raw, read=symbol.code)
        if not certain and kind:
            mention.doubt("reference_type_conflict", "type_conflict", word=kind.name, symbol=symbol.symbol or "")
        if kind and kind.scheme and symbol.kind is None and symbol.letter:
            # "Đề án 06/CP": the scheme's number, and whose it is.
            mention.name, mention.code = f"{kind.name} {symbol.number}", None
        if head.body:
            end = body_end(self.text, self.key, head.body[0])
            if end:
                mention.issuer = printed(self.text, head.body[0], min(end, head.body[1]))
        elif kind is None and symbol.symbol and symbol.symbol.startswith(("QH", "UBTVQH")):
            mention.lower("assembly_bare")
        self._tail(mention, joint="-" in (symbol.symbol or "").partition("-")[2])
        if mention.issuer is None and (before := issuer_before(self.text, self.key, mention.start)):
            mention.issuer = printed(self.text, *before)
        self._keep(mention)

    def _bare_number(self, position: int, head: Head) -> None:
        """ "Nghị quyết 57", "Chỉ thị số 21", "các Nghị quyết 57, 59, 66": a number without a symbol."""
        match = _COUNT_ONLY.match(self.text, position)
        kind = head.types[0]
        if match is None or not self._names_document(match, kind, head):
            return
        mention = self._short(head.start, match, kind, head.plural)
        self._declare(mention)
        many = [mention]
        end = match.end()
        if head.plural or _NEXT_NUMBER.match(self.key, end):
            while following := _NEXT_NUMBER.match(self.key, end):
                if not _LIST_END.match(self.key, following.end()) or grammar.counters().match(
                    self.key, following.end()
                ):
                    break
                again = _COUNT_ONLY.match(self.text, following.start(1))
                if again is None:
                    break
                item = self._short(again.start(), again, kind, False)
                item.head, item.listed = False, True
                item.name = f"{kind.name} {item.number}"
                many.append(item)
                end = again.end()
        many[0].plural = head.plural or len(many) > 1
        self._tail(many[-1], joint=False)
        for one in many:
            self._keep(one)

    def _declare(self, mention: Mention) -> None:
        """ "(sau đây gọi tắt là Quyết định số 15)": the short name of the paper before it."""
        begin = max(0, mention.start - _DECLARED_REACH)
        if not _DECLARED.search(self.key, begin, mention.start):
            return
        full = next((m for m in reversed(self.found) if m.code and m.host is None), None)
        if full and full.type == mention.type and (full.number or "").lstrip("0") == (mention.number or "").lstrip("0"):
            mention.code, mention.symbol, mention.name = full.code, full.symbol, None

    def _short(self, start: int, match: re.Match[str], kind: DocType, plural: bool) -> Mention:
        return Mention(
            start=start,
            end=match.end(),
            number_start=match.start(),
            type=kind.abbreviation,
            number=match[0],
            name=f"{kind.name} {match[0]}" if kind.scheme else None,
            plural=plural,
            confidence=sure("references.number_only"),
        )

    def _names_document(self, match: re.Match[str], kind: DocType, head: Head) -> bool:
        """Whether a number without a symbol is a document's, not a count, a year or a part's number."""
        text, end, digits = self.text, match.end(), match[0]
        after = text[end : end + 2]
        if kind.parts or after[:1].isdigit() or after[:1] == "%" or (after[:1] in ".,/-" and after[1:].isdigit()):
            return False
        stops_line = text[end + 1 : end + 2] in ("", "\n")
        if after[:1].isalpha() or (after[:1] == "." and len(digits) < 2 and not head.marked and not stops_line):
            return False  # "Nghị quyết 1. Nội dung": more often a heading's number
        if kind.abbreviation in ("Luật", "Bộ luật", "PL"):
            return False
        in_range = text[end : end + 4].lstrip().startswith("-") and not head.marked
        if head.marked:
            return not in_range
        if grammar.counters().match(self.key, end) or in_range or _RANGE.match(self.key, end):
            return False
        if head.start and self.text[head.start].islower() and not kind.scheme and kind.abbreviation in ("QĐ", "KL"):
            return digits in self._full_numbers()  # "quyết định 12 ..." is more often a verb
        year = len(digits) == 4 and digits[:2] in ("19", "20")
        if digits in self._full_numbers() and not (year and kind.yearly):
            return True
        if not kind.bare or year:
            return False
        # "Kế hoạch 01 của Ban Chỉ đạo": with its issuer any number will do.
        return len(digits) >= kind.bare or issuer_after(self.text, self.key, end) is not None

    def _full_numbers(self) -> set[str]:
        """The numbers of every symbol in the text: what a short mention can point back (or ahead) to."""
        if self.numbers is None:
            starts = (self._number_start(m.start()) for m in grammar.symbol_anchor().finditer(self.text))
            self.numbers = {m[0] for s in starts if (m := _COUNT_ONLY.match(self.text, s))}
        return self.numbers

    def _shares_head(self, position: int, previous: Mention | None) -> bool:
        """Whether the number goes on with the list that the mention before it opened."""
        if previous is None or previous.number is None or position - previous.end > 20:
            return False
        return bool(_LIST_GAP.fullmatch(self.key[previous.end : position]))

    def _types_of(self, mention: Mention) -> tuple[DocType, ...]:
        return tuple(kind for kind in grammar.types() if kind.abbreviation == mention.type)

    def _is_own_line(self, symbol: Symbol, head: Head) -> bool:
        """ "Số: 463/KH-SYT" alone on its line is a letterhead's number, wherever it stands."""
        if head.types:
            return False
        before = "\n" + self.key[max(0, symbol.start - _OWN_REACH) : symbol.start]
        return bool(_OWN_LINE.search(before)) and self.text[symbol.end : symbol.end + 1] in ("", "\n")

    def _counts_line(self, position: int) -> bool:
        """Whether a number is its line's own ("2/ UBND các xã ...")."""
        opens = position == 0 or self.text[position - 1] == "\n"
        return opens and _ORDINAL.match(self.text, position) is not None

    def _alone_in_line(self, symbol: Symbol) -> bool:
        """A letter's number without words of its own counts only where a table's cell or a line opens with it."""
        return symbol.start == 0 or self.text[symbol.start - 1] == "\n"

    # --- names ------------------------------------------------------------------------------------------------------

    def _law(self, position: int) -> None:
        law = law_at(self.text, self.key, position)
        if law is None:
            return
        mention = self._statute(law)
        end = after_name(self.key, law.end)
        mention.end = max(mention.end, end)
        number = _NUMBER_IN_LAW.match(self.key, end)
        if number:
            kinds = tuple(kind for kind in grammar.types() if kind.abbreviation == law.type)
            symbol = read_symbol(self.text, number.end(), kinds, True)
            bracket = "(" in number[0]
            if symbol and symbol.year and not (bracket and "luật" in number[0]):
                mention.number, mention.year = symbol.number, symbol.year
                mention.symbol, mention.code = symbol.symbol, symbol.code
                mention.number_start = symbol.start
                mention.end = symbol.end + (bracket and self.text[symbol.end : symbol.end + 1] == ")")
        self._tail(mention, joint=False)
        self._keep(mention)
        self._inside(law, len(self.found) - 1)

    def _inside(self, law: Law, host: int) -> None:
        """The laws that a law's own name names."""
        for inner in law.inner:
            mention = self._statute(inner)
            mention.host = host
            self.found.append(mention)
            self._inside(inner, len(self.found) - 1)

    def _statute(self, law: Law) -> Mention:
        mention = Mention(start=law.start, end=law.end, number_start=law.start, type=law.type, name=law.name)
        if law.misread:
            printed_name = " ".join(self.text[law.start : law.end].split())
            mention.doubt("reference_repaired", "repaired", printed=printed_name, read=law.name)
        elif not law.known:
            mention.doubt("law_name_unknown", "law_unknown", name=law.name)
        return mention

    def _resolution(self, position: int) -> None:
        for found in resolutions_at(self.text, self.key, position, self.province):
            mention = Mention(
                start=found.start,
                end=found.end,
                number_start=found.start,
                type="NQ",
                name=found.name,
                listed=found.start != position,
            )
            if found.told and found.doubt:
                mention.doubt(found.told[0], found.doubt, **found.told[1])
            elif found.doubt:
                mention.lower(found.doubt)
            self._keep(mention)

    # --- what stands behind -------------------------------------------------------------------------------------------

    def _tail(self, mention: Mention, joint: bool) -> None:
        """Date and issuer right behind a number or name, in either order; the mention ends with them."""
        for _ in range(2):
            if mention.date is None:
                self._date(mention)
            if mention.issuer is None:
                issuer = issuer_after(self.text, self.key, mention.end, joint=joint)
                if issuer:
                    mention.issuer = printed(self.text, *issuer)
                    mention.end = issuer[1]

    def _date(self, mention: Mention) -> None:
        day = date_after(self.key, mention.end, year=mention.year, before=self.dated)
        if day is None and (mention.year is None or mention.name):
            day = year_after(self.key, mention.end)
        if day is None:
            return
        mention.date, mention.end = day.iso, day.end
        self.dated = day.iso or self.dated
        if day.iso is None:
            mention.doubt("reference_date_invalid", "date_invalid", date=self.text[day.start : day.end])

    def _keep(self, mention: Mention) -> None:
        self.found.append(mention)
        self.reach = max(self.reach, mention.end)

    def _share_symbols(self) -> None:
        """ "Kế hoạch số 15, 16, 17/KH-UBND ngày 10/01/2024": symbol and day of the last one are the others' too."""
        for last, mention in zip(reversed(self.found), reversed(self.found[:-1]), strict=False):
            bare = mention.code is None and mention.symbol is None and (mention.number or "").isdecimal()
            if not (bare and last.listed and not last.head and last.type == mention.type and last.code and last.symbol):
                continue
            code = canonical_code(mention.number or "", last.year, last.symbol, last.type)
            mention.code, mention.symbol, mention.year, mention.name = code.value, last.symbol, last.year, None
            mention.date, mention.issuer = mention.date or last.date, mention.issuer or last.issuer

    def _share_issuers(self) -> None:
        """ "các Nghị quyết 57, 59 của Bộ Chính trị": the body named at a list's end is the whole list's."""
        for run in _runs(self.found):
            last = run[-1]
            if not (run[0].plural and len(run) > 1):
                continue
            for mention in run[:-1]:
                if mention.issuer is None and mention.type == last.type:
                    mention.issuer = last.issuer
                if mention.date is None and last.date and mention.code and mention.year is None:
                    mention.doubt("reference_list_date", "list_date", date=last.date)


def _runs(mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions that share one head, list by list."""
    run: list[Mention] = []
    for mention in mentions:
        if run and not mention.listed:
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _type_of(symbol: Symbol, types: tuple[DocType, ...], own_head: bool) -> tuple[DocType | None, bool]:
    """The type of a numbered paper, and whether its word and its symbol agree."""
    if types:
        fitting = [kind for kind in types if kind.party_only == symbol.party] or list(types)
        by_code = [kind for kind in fitting if symbol.kind in kind.codes]
        if by_code:
            return by_code[0], True
        head = fitting[0]
        if symbol.kind is None:
            return head, True
        said = grammar.types_by_code().get(symbol.kind, ())
        if not own_head or (head.letter and said):
            return _pick(said, symbol.party), True  # "Văn bản số 12/KH-UBND"
        related = any(head.name.split()[0] == kind.name.split()[0] for kind in said)
        return head, related
    if symbol.kind is None:
        letters = [kind for kind in grammar.types() if kind.letter]
        return (letters[0], True) if symbol.letter else (None, True)
    return _pick(grammar.types_by_code().get(symbol.kind, ()), symbol.party), True


def _pick(kinds: tuple[DocType, ...], party: bool) -> DocType | None:
    """Of types with one code: in the Party TT is a thông tri, QĐ first of all a quyết định."""
    usual = [kind for kind in kinds if not kind.party_only]
    special = [kind for kind in kinds if kind.party_only]
    if party and special and usual and usual[0].id == "thong-tu":
        return special[0]
    return next(iter(usual or special), None)
