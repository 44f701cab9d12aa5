"""Vietnamese spelling and numbers: the keys that names are compared by, and what number words and digits are worth.

`tone_key`, `fold` and `ascii_key` give one character for each character of NFC text, so an offset found in a key is
an offset in the text. In order of what they forgive:

- `tone_key`: letter case and the two habits of placing the tone ("Uỷ ban", "ỦY BAN" -> "ủy ban").
- `fold`: also i for y where both are written ("chiến sỹ", "chiến sĩ" -> "chiến sĩ").
- `ascii_key`: also every accent, as in file names and poor scans ("Quyết định" -> "quyet dinh").

`words_key` drops punctuation and spare spaces on top of `fold`; it is for comparing whole names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from data import load
from models.text import Text

# The five tones of a, e, o, u, y without a circumflex or horn: the only vowels whose tone moves.
_TONES = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_PLAIN = {marked: (base, tone) for base, row in _TONES.items() for tone, marked in enumerate(row)}
_MISPLACED = re.compile(
    r"[ouòóỏõọ](?=[àáảãạèéẻẽẹỳýỷỹỵae])(?:"  # what all of them open with, which `re` looks for in one fast scan
    r"(?<=o)[àáảãạèéẻẽẹ](?!\w)"  # hoà, khoẻ
    r"|(?<=u)(?<!qu)[ỳýỷỹỵ](?!\w)"  # uỷ, thuý; in "quý" the u belongs to the consonant
    r"|(?<=[òóỏõọ])[ae](?=\w))"  # tòan, họat: a tone typed on the glide before a closing letter
)
_I_FOR_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_FINAL_Y = re.compile(r"[yỳýỷỹỵ](?!\w)(?:(?<=[hklmst].)|(?<=qu.))")
_WORDS = re.compile(r"[\w%‰]+")


def tone_key(text: str) -> str:
    """Lower case with the tone on the first vowel of oa, oe, uy and on the second where a letter follows."""
    # İ is the one capital whose lower case is longer than itself.
    lower = text.replace("İ", "I").lower()
    return lower if lower.isascii() else _MISPLACED.sub(_move_tone, lower)


def key_of(text: Text) -> str:
    """The `tone_key` of a whole cleaned text, which several steps ask for and which is made once."""
    if text.key is None:
        text.key = tone_key(text.clean)
    return text.key


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.group()[0], match.group()[1]
    if second in _PLAIN:
        base, tone = _PLAIN[second]
        return _TONES[first][tone] + base
    base, tone = _PLAIN[first]
    return base + _TONES[second][tone]


def fold(text: str) -> str:
    """`tone_key` with i for a closing y after h, k, l, m, s, t, qu ("kỹ" -> "kĩ", "quý" -> "quí")."""
    return folded(tone_key(text))


def folded(key: str) -> str:
    """`fold` of a text whose `tone_key` is known."""
    return _FINAL_Y.sub(_i_for_y, key)


def _i_for_y(match: re.Match[str]) -> str:
    return match.group().translate(_I_FOR_Y)


def ascii_key(text: str) -> str:
    """Lower case without accents, đ as d. Letters of other alphabets stay."""
    lower = text.replace("İ", "I").lower()
    return lower if lower.isascii() else lower.translate(_bare_letters())


@cache
def _bare_letters() -> dict[int, str]:
    """Every accented Latin letter of the first blocks (all that Vietnamese NFC text uses) to its base letter."""
    table = {ord("đ"): "d", ord("ð"): "d"}
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(point))[0]
        if base.isascii() and base.isalpha():
            table[point] = base
    return table


def words_key(text: str) -> str:
    """The folded words of a name joined by one space: "Luật Phòng,  chống..." -> "luật phòng chống"."""
    return " ".join(_WORDS.findall(fold(unicodedata.normalize("NFC", text))))


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
"""The Roman numbers of a plan's parts, each at its value; no plan has more."""


def number(text: str, *, share: bool = False) -> float | None:
    """The value of digits written the Vietnamese way; None where the text is anything else.

    A comma is the decimal sign and dots part the thousands ("1.249.396,5"); a dot that can't part thousands is a
    decimal sign ("18.5", "0.125", "3.60"), as is any single dot in a share (`share`: a unit of %, ‰ follows), since
    no share is in the thousands. "05" is 5. Two commas or more part thousands ("1,249,396").
    """
    text = text.strip()
    if not _DIGITS.fullmatch(text):
        return None
    if _THOUSANDS_COMMA.fullmatch(text):
        return float(text.replace(",", ""))
    if _THOUSANDS_DOT.fullmatch(text) and not (share and text.count(".") == 1 and "," not in text):
        return float(text.replace(".", "").replace(",", "."))
    text = text.replace(",", ".")
    return float(text) if text.count(".") <= 1 else None


def cardinal(words: str) -> int | None:
    """Number words up to ninety-nine: "sáu" -> 6, "mười lăm" -> 15, "hai mươi mốt" -> 21, "ba chục" -> 30."""
    ones: dict[str, int] = load("units")["number_words"]
    tens: dict[str, int] = load("units")["tens_words"]
    parts = tone_key(words).split()
    match parts:
        case [one]:
            # "tư", "năm" alone and the like are words of their own more often than not: the caller knows the context.
            return ones.get(one)
        case ["mười", one] if 0 < ones.get(one, 0) < 10:
            return 10 + ones[one]
        case [ten, sign] if sign in tens and 1 < ones.get(ten, 0) < 10:
            return ones[ten] * 10
        case [ten, sign, one] if sign in tens and 1 < ones.get(ten, 0) < 10 and 0 < ones.get(one, 0) < 10:
            return ones[ten] * 10 + ones[one]
        case [ten, one] if one in ("mốt", "tư", "lăm", "nhăm") and 1 < ones.get(ten, 0) < 10:
            return ones[ten] * 10 + ones[one]  # "hai lăm"
    return None


def ordinal(words: str) -> int | None:
    """The place that "thứ nhất", "lần thứ sáu", "thứ 11", "XIII", "lần thứ XIII", "4", "lần 2" name; None else."""
    parts = words.split()
    while parts and tone_key(parts[0]) in ("lần", "thứ"):
        parts = parts[1:]
    if not parts:
        return None
    if len(parts) == 1 and parts[0].isascii():
        return int(parts[0]) if parts[0].isdecimal() else roman(parts[0])
    return cardinal(" ".join(parts))


def roman(text: str) -> int | None:
    """The value of a Roman number in capitals, as it is written in headings and terms ("XIV" -> 14); None else."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
