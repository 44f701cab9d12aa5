"""Numbers with their units: "từ 40 đến 50%", "13,5 bác sĩ/vạn dân", "05 tập thể", "2/3 số xã", "50 tỷ đồng".

Everything works on folded text (`extractors.vietnamese.fold`); the words of a unit are taken from the text as printed.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from msgspec.structs import replace

from extractors.targets.lexicon import lexicon
from extractors.vietnamese import cardinal, number

# share: of a whole; points: difference of shares; rate: per so many; ratio: a fraction; money; count: a noun is
# counted; bare: no unit stands there; age and span: a filter or a duration, seldom a target;
# name: a motto such as 95-95-95.
Kind = Literal["share", "points", "rate", "ratio", "money", "count", "bare", "age", "span", "name"]


class Quantity(msgspec.Struct, frozen=True):
    """A number as it stands: `low == high` for a single number. `end` is behind the unit, `noun` the counted noun's
    span where one stands. `repaired` names a sign that was read as another ("%0" as ‰)."""

    start: int
    end: int
    low: float
    high: float
    kind: Kind
    unit: str | None = None
    noun: tuple[int, int] | None = None
    repaired: str | None = None
    doubtful: bool = False

    @property
    def is_range(self) -> bool:
        return self.low != self.high


_NUMBER = r"\d+(?:[.,]\d+)*"
OPENING = re.compile(r"\d(?<![\w/].)(?<!\d[.,].)\d*(?:[.,]\d+)*")  # a `_NUMBER`, its first digit found in a fast scan
_SECOND = re.compile(
    rf"(?P<first>\s?(?:%0?|‰))?\s?(?:-|÷|đến|tới)\s?(?P<number>{_NUMBER})"
    r"(?![.,]?\d|\s?/\s?(?!10{2,5}(?!\d)|10{0,2}[ .]000)\d|\s?-\s?\d)"
)
# "1,5 cm - 2 cm", "03 lớp đến 05 lớp": a range whose unit is said twice.
_TWICE = re.compile(
    rf"\s?(?P<unit>[^\W\d_]{{1,12}}(?: [^\W\d_]{{1,12}})?)\s?(?:-|÷|đến|tới)\s?(?P<number>{_NUMBER})"
    r"(?=\s?(?P=unit)(?!\w))"
)
_TRIPLE = re.compile(rf"\s?%?\s?-\s?{_NUMBER}%?\s?-\s?{_NUMBER}%?")
_IN_ONE = re.compile(r"\s?trong\s?(?:1|một)(?!\w)")  # "vắc xin 5 trong 1"
_FRACTION = re.compile(r"\s?/\s?(\d{1,4})(?![\d.,/]|\s?-)\s+(?=[^\W\d_])")
_SLASHED = re.compile(r"\s?/\s?\d")
_PERMILLE = re.compile(r"\s?(?:‰|%0(?!\d)|%o(?!\w)|%₀|0/000?(?!\d)|o/oo|phần (?:nghìn|ngàn)(?!\w))")
_POINTS = re.compile(r"\s?điểm (?:phần trăm|%)")
# Digits glued to the sign, or in square brackets, are a footnote's ("24%1", "42,5%[1]").
_PERCENT = re.compile(r"\s?(?:%|phần trăm(?!\w))(?:\d{1,2}(?![\d.,%])|\s?\[\d{1,3}\])?")
_TIMED = re.compile(r"(?:năm|quí|tháng|tuần|ngày)$")
_MONEY = re.compile(
    r"\s?(?:đồng(?! (?:chí|bộ|bằng|bào|thời|nghiệp|thuận|ý|nai|tháp|hới|đẳng))"
    r"|đ|vnđ|vnd|việt nam đồng|usd|đô la(?: mĩ)?)(?!\w)"
)
_NOUN_JOINT = re.compile(r",\s?|\s(?:và|hoặc)\s")
_AGE = re.compile(r"\s?(?:tháng\s)?tuổi(?!\w)(?:\s?trở (?:lên|xuống))?")
_BASE = (
    r"(?:(?:mỗi |một |1 |01 )?(?:vạn|triệu|nghìn|ngàn)(?!\w)|(?:100|10)[ .]?(?:000|nghìn|ngàn)(?!\d)"
    r"|1[ .]?000(?:[ .]000)?(?!\d)|100(?![\d.,%]))"
)
# At most six words between the number and the sign; the words hold no digit, so the search can't run far.
_RATE = re.compile(
    rf"\s?(?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,5}})?\s?(?P<by>/\s?(?:trên\s)?|trên |cho )(?P<base>{_BASE})"
)
_BASES = {"vạn": "10.000", "triệu": "1.000.000", "nghìn": "1.000", "ngàn": "1.000"}
_YOUNG = re.compile(r" (?:dưới|từ|trên) (?:\d{1,2}\s?-\s?)?\d{1,2} tuổi(?: trở lên)?")
_NAMED_SHARE = re.compile(r"^\s*%(?![0o])|\((?:%|‰|%0|%o|0/00)\)|(?<!\w)tỉ lệ (?:%(?![0o])|‰|%0|%o)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_DENOMINATOR = re.compile(
    rf"(?:/\s?(?:trên )?|(?<!\w)(?:trên|tính trên|bình quân(?: trên)?|cho) (?:mỗi )?)(?P<base>{_BASE})\s"
)
# "Cứ 10.000 dân có 12 bác sĩ"
_EACH_BASE = re.compile(
    r"\s*(?:phấn đấu |bảo đảm |đạt )?(?:cứ|mỗi|bình quân|trung bình|tính trên|trên)(?: (?:cứ|mỗi|trên))? "
    rf"(?P<base>{_BASE})\s"
)


def read_quantity(text: str, key: str, match: re.Match[str], end: int) -> Quantity | None:
    """The quantity that `match` (of `OPENING`) begins in `key`, up to `end`; None where the digits are no number of
    their own (a date without its year)."""
    start, at = match.span()
    first, second = match.group(), None
    triple = _TRIPLE.match(key, at, end) or _IN_ONE.match(key, at, end)
    if triple:
        return Quantity(start, triple.end(), 0, 0, "name")
    fraction = _FRACTION.match(key, at, end)
    if fraction:
        return _ratio(text, key, start, first, fraction, end)
    if _SLASHED.match(key, at, end) and not _is_base(key, at, end):
        return None  # a date, a rank of so many
    between = _SECOND.match(key, at, end) or _TWICE.match(key, at, end)
    if between:
        second, at = between["number"], between.end()
    share = _share(key, at, end)
    values = [number(n, share=share is not None) for n in (first, second) if n is not None]
    if None in values or (second is not None and (values[1] or 0) <= (values[0] or 0)):
        second, at, values = None, match.end(), values[:1]
        share = _share(key, at, end)
    low = values[0]
    if low is None:
        return None
    high = values[-1] if values[-1] is not None else low
    if share is not None:
        kind, unit, behind, repaired = share
        per = lexicon().per.match(key, behind, end)
        if per:  # "95%/xã" is a share in each of them
            unit = unit + _plain(text[behind : per.end()]) if _TIMED.search(per.group()) else unit
            behind = per.end()
        return Quantity(start, behind, low, high, kind, unit, repaired=repaired)
    scaled = _scaled(key, at, end)
    if scaled:
        low, high, at = low * scaled[0], high * scaled[0], scaled[1]
    return _with_noun(text, key, Quantity(start, at, low, high, "bare"), end)


def read_fraction(key: str, start: int, end: int) -> Quantity:
    """A share in words ("hai phần ba") that stands at `[start, end)`."""
    above, below = lexicon().fractions[key[start:end]]
    return Quantity(start, end, above / below, above / below, "ratio", "ratio")


def read_words(text: str, key: str, start: int, at: int, end: int) -> Quantity | None:
    """A number in words with the noun that it counts ("một cơ sở y tế"); `at` is behind the number."""
    value = cardinal(key[start:at])
    if value is None or key.startswith((" số ", " phần "), at):
        return None
    member = re.compile(r"\s?trong (?:các |những |số )?").match(key, at, end)
    counted = _with_noun(text, key, Quantity(start, member.end() - 1 if member else at, value, value, "bare"), end)
    return counted if counted.kind in ("count", "rate") else None


def _share(key: str, at: int, end: int) -> tuple[Kind, str, int, str | None] | None:
    """Kind, unit, where it ends and what was repaired, if a sign of share follows."""
    if found := _PERMILLE.match(key, at, end):
        sign = found.group().strip()
        return "share", "‰", found.end(), None if sign == "‰" or sign.startswith("phần") else sign
    if found := _POINTS.match(key, at, end):
        return "points", "điểm phần trăm", found.end(), None
    if found := _PERCENT.match(key, at, end):
        return "share", "%", found.end(), None
    return None


def _scaled(key: str, at: int, end: int) -> tuple[int, int] | None:
    """The product of the scale words that follow ("nghìn tỷ"), and where they end."""
    lex = lexicon()
    factor, found = 1, lex.scale.match(key, at, end)
    while found:
        factor, at = factor * lex.scales[found.group().strip()], found.end()
        found = lex.scale.match(key, at, end)
    return (factor, at) if factor > 1 else None


def _ratio(text: str, key: str, start: int, above: str, below: re.Match[str], end: int) -> Quantity | None:
    """ "2/3 số xã" is a ratio; "130/191 xã" counts 130 of them; "15/12 hằng năm" is neither."""
    lex = lexicon()
    top, bottom = number(above), float(below[1])
    if top is None or not bottom:
        return None
    if bottom in (100, 1000) and lex.population.match(key, below.end(), end):
        return _with_noun(text, key, Quantity(start, start + len(above), top, top, "bare"), end)
    if top > bottom:
        return None
    whole = re.compile(r"(?:tổng )?số |các |tỉ (?:lệ|suất|số) ").match(key, below.end(), end)
    counted = lex.counted.match(key, whole.end() if whole else below.end(), end)
    if not whole and not counted:
        return None
    if bottom <= 10 or whole:
        share = top / bottom
        return Quantity(start, below.end() - 1, share, share, "ratio", "ratio")
    noun = counted.span() if counted else (below.end(), below.end())
    return Quantity(start, noun[1], top, top, "count", text[slice(*noun)], noun)


def _with_noun(text: str, key: str, bare: Quantity, end: int) -> Quantity:
    """`bare` with what follows it as its unit: a rate, money, an age, a duration, or a counted noun."""
    at = bare.end
    if age := _AGE.match(key, at, end):
        return replace(bare, end=age.end(), kind="age", unit="tuổi")
    if span := lexicon().span.match(key, at, end):
        return replace(bare, end=span.end(), kind="span", unit=span.group().split()[0])
    rate = _RATE.match(key, at, end)
    if rate and _is_rate(key, rate, end):
        return _rate(text, key, bare, rate, end)
    money = _MONEY.match(key, at, end)
    if money:
        sign = money.group().strip()
        unit = "USD" if sign in ("usd", "đô la", "đô la mĩ") else "đồng"
        return _per(text, key, replace(bare, end=money.end(), kind="money", unit=unit), end)
    lex = lexicon()
    behind = at + 1 if key.startswith(" ", at) else at
    if counted := lex.counted.match(key, behind, end):
        noun = counted.start(), _list_end(key, *counted.span(), end)
        return _per(text, key, replace(bare, end=noun[1], kind="count", unit=text[slice(*noun)], noun=noun), end)
    if behind == at:
        return bare
    return _per(text, key, _unlisted(text, key, bare, behind, end), end)


def _list_end(key: str, start: int, end: int, line_end: int) -> int:
    """Where the list ends that the counted noun `key[start:end]` opens: "15 xã, thị trấn", "24 tin, bài"."""
    lex = lexicon()
    while joint := _NOUN_JOINT.match(key, end, line_end):
        same = (n for n, tail in lex.listed_end.items() if tail.search(key, start, end))
        found = next((f for n in same if (f := lex.listed[n].match(key, joint.end(), line_end))), None)
        if found is None:
            break
        start, end = found.span()
    return end


def _unlisted(text: str, key: str, bare: Quantity, at: int, end: int) -> Quantity:
    """A noun that is not in the list: one or two lower-case words, up to a word that no noun holds."""
    stops = lexicon().stops
    last = at
    for _ in range(2):
        word = _WORD.match(key, last if last == at else last + 1, end)
        if not word or word.group() in stops or text[word.start()].isupper():
            break
        if last != at and key[last] != " ":
            break
        last = word.end()
    if last == at:
        return bare
    return replace(bare, end=last, kind="count", unit=text[at:last], noun=(at, last), doubtful=True)


def _is_rate(key: str, rate: re.Match[str], end: int) -> bool:
    """ "bác sĩ trên 1 vạn dân" is a rate; "trên 100 người" only where a noun stands before it."""
    if rate["by"].startswith("/"):
        return True
    return rate["noun"] is not None and lexicon().population.match(key, _behind(key, rate.end()), end) is not None


def _is_base(key: str, at: int, end: int) -> bool:
    """Whether "/100.000" follows rather than the rest of a date."""
    rate = _RATE.match(key, at, end)
    return rate is not None and rate["noun"] is None and base_of(rate["base"]) != "100"


def _behind(key: str, at: int) -> int:
    return at + 1 if key.startswith(" ", at) else at


def _rate(text: str, key: str, bare: Quantity, rate: re.Match[str], end: int) -> Quantity:
    base = base_of(rate["base"])
    unit, last = "/" + base, rate.end()
    people = lexicon().population.match(key, _behind(key, last), end)
    if people:
        last = people.end()
        if age := _YOUNG.match(key, last, end):
            last = age.end()
        plain = people.group() in lexicon().people and last == people.end()
        words = "dân" if plain else text[people.start() : last]
        unit = f"{unit} {words}"
    noun = rate.span("noun") if rate["noun"] else None
    return _per(text, key, replace(bare, end=last, kind="rate", unit=unit, noun=noun), end)


def named_share(key: str) -> str | None:
    """The sign of share that a name carries: "Tỷ lệ % trẻ được tiêm", "Tỷ suất chết (%0)"."""
    found = _NAMED_SHARE.search(key)
    if found is None:
        return None
    return "%" if found.group().strip("() ").endswith("%") else "‰"


def base_of(words: str) -> str:
    """The base of a rate as digits: "1 vạn" -> "10.000", "1000" -> "1.000"."""
    digits = re.sub(r"[ .]", "", words)
    for word, base in _BASES.items():
        if digits.endswith(word):
            lead = re.sub(r"\D", "", digits).lstrip("0")
            return base if lead in ("", "1") else f"{int(lead) * int(base.replace('.', '')):,}".replace(",", ".")
    return f"{int(digits):,}".replace(",", ".")


def denominator(text: str, key: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The unit that the name of a rate carries ("Số bác sĩ trên 10.000 dân": "/10.000 dân") and its span."""
    lex = lexicon()
    for found in _DENOMINATOR.finditer(key, start, end):
        people = lex.population.match(key, found.end(), end)
        if people:
            words = "dân" if people.group() in lex.people else text[people.start() : people.end()]
            return f"/{base_of(found['base'])} {words}", found.start(), people.end()
        if found.group().startswith("/"):
            return "/" + base_of(found["base"]), found.start(), found.end() - 1
    return None


def base_in_front(text: str, key: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The unit that opens a clause ("Cứ 10.000 dân có ..." is "/10.000 dân") and its span."""
    found = _EACH_BASE.match(key, start, end)
    people = lexicon().population.match(key, found.end(), end) if found else None
    if found is None or people is None:
        return None
    words = "dân" if people.group() in lexicon().people else text[people.start() : people.end()]
    return f"/{base_of(found['base'])} {words}", found.start("base"), people.end()


def _per(text: str, key: str, quantity: Quantity, end: int) -> Quantity:
    """With the "/năm", "/người/ngày" that follows."""
    per = lexicon().per.match(key, quantity.end, end)
    if not per:
        return quantity
    return replace(quantity, end=per.end(), unit=(quantity.unit or "") + _plain(text[quantity.end : per.end()]))


def _plain(per: str) -> str:
    return re.sub(r"\s?/\s?(?:0?1 )?", "/", per)
