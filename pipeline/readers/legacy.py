"""Letters of the encodings of the nineties (TCVN3, VNI, VPS, VISCII, VIQR) -> Unicode.

    to_unicode(text, encoding)   a text that is known to be in an encoding, by its font for instance
    repaired(text)               finds the encoding by the words, and converts what is in it and nothing else

Both keep the way back: `Converted.origins` says which sign each letter came from, so that pages, cells and places on
the page can follow (`Converted.moved`). A sound Unicode text is never touched: a word is converted if its letters are
no Vietnamese syllable and become one, or if its neighbours on the line say so.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from data import load
from models.text import CellRun, LineBox, Page, StyleRun
from pipeline.readers.syllables import is_syllable, sound

ENCODINGS = ("TCVN3", "VNI", "VPS", "VISCII", "VIQR")
_BY_SIGNS = ("VIQR",)  # in ASCII alone
_LEAST = 5  # words that are sure, before a text is taken to hold any in an old encoding
_LEAST_SURE = 2  # ... in a text of a few words
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠ-ưẠ-ỹ]")
_OUTER = ".,;:!?()[]{}<>\"'/|*_=-+…“”‘’–—«»•"
_OUTER_VIQR = ',;:!()[]{}<>"/|*_=-…“”‘’–—•'
_TOKEN = re.compile(r"[^ \t\n\r\f\v\u00a0]+")
_HIGH = "".join(map(chr, range(0x80, 0xA0)))
_WINDOWS = str.maketrans({sign: bytes([ord(sign)]).decode("cp1252", "ignore") or sign for sign in _HIGH})
_CONTROL = re.compile("[\x02-\x06\x10-\x1e]")  # capitals of VPS and VISCII stand there
_VOWELS = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")


Run = TypeVar("Run", Page, StyleRun, CellRun, LineBox)


class Converted(NamedTuple):
    """A text in Unicode. `origins[i]` is the index in the old text of the sign(s) behind letter `i`, the last one is
    the old text's length. `words` counts what was converted."""

    text: str
    origins: array[int]
    encoding: str
    words: int

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where the old text's span `[start, end)` is now."""
        return bisect_left(self.origins, start), bisect_left(self.origins, end)

    def moved_runs(self, runs: Iterable[Run]) -> tuple[Run, ...]:
        """Pages, styles, cells or boxes of the old text with their places in the new one."""
        return tuple(
            run._replace(start=start, end=end) for run in runs for start, end in (self.moved(run.start, run.end),)
        )

    def moved_edges(self, start: int, edges: Sequence[float]) -> tuple[float, ...]:
        """The edges of the characters of a run of the old text that begins at `start` (one more than characters), for
        the characters that it has now."""
        first, last = self.moved(start, start + len(edges) - 1)
        return (*(edges[self.origins[index] - start] for index in range(first, last)), edges[-1])


class LegacyFont(NamedTuple):
    """A font of an old encoding; `capitals`: it prints every letter as a capital."""

    encoding: str
    capitals: bool


@cache
def legacy_font(name: str | None) -> LegacyFont | None:
    """The encoding that a font's name stands for (".VnTimeH", "VNI-Times"); None for any other font."""
    bare = (name or "").strip().strip("\"'").lower()
    for encoding, known in load("encodings")["fonts"].items():
        if bare.startswith(tuple(known["begins"])):
            return LegacyFont(encoding, bool(known["capitals"]) and bare.endswith(known["capitals"]))
    return None


def to_unicode(text: str, encoding: str, *, capitals: bool = False) -> Converted:
    """A text whose every letter is in `encoding` (one of ENCODINGS); `capitals` as its font prints them."""
    return _joined(text, ((match.start(), match[0]) for match in _TOKEN.finditer(text)), encoding, capitals)


def signs_of(data: bytes) -> str:
    """Bytes of an old encoding as the signs that Windows-1252 shows, one for each byte."""
    return data.decode("latin-1").translate(_WINDOWS)


def encoding_of(text: str, *, whole: bool = False) -> str | None:
    """The old encoding that words of this text are in; None for a sound text. With `whole` the text is known to be in
    no Unicode, so that fewer words tell."""
    tokens = Counter(text.split())
    total = sum(tokens.values())
    bare: Counter[str] = Counter()
    for token, count in tokens.items():
        bare[token.translate(_WINDOWS).strip(_OUTER)] += count
        if "'" in token or "`" in token or "." in token:  # the marks of VIQR
            bare[token.strip(_OUTER_VIQR)] += count
    best, hits = "", 0
    for name, words in _syllables().items():
        found = sum(bare[word] for word in words)
        if found > hits:
            best, hits = name, found
    if hits >= _LEAST or (hits >= _LEAST_SURE and hits * (10 if whole else 8) >= total):
        return best
    return None


def repaired(text: str, *, whole: bool = False) -> Converted | None:
    """A text with all words of an old encoding converted; None where there are none."""
    encoding = encoding_of(text, whole=whole)
    if encoding is None:
        return None
    chosen = _in_encoding(text, encoding)
    return _joined(text, chosen, encoding, capitals=False) if chosen else None


@cache
def _syllables() -> dict[str, frozenset[str]]:
    """The commonest Vietnamese syllables as they look in each old encoding, without those that are sound as they
    look."""
    common: list[str] = load("readers")["syllables"]["Unicode"]
    spelled = {name: {shown_in(form, name) for word in common for form in (word, word.upper())} for name in ENCODINGS}
    spelled["TCVN3"] |= {re.sub("[a-z]", lambda letter: letter[0].upper(), word) for word in spelled["TCVN3"]}
    return {
        name: frozenset(word for word in words if (name in _BY_SIGNS and not word[-1:].isalpha()) or not sound(word))
        for name, words in spelled.items()
    }


@cache
def shown_in(word: str, encoding: str) -> str:
    """A Unicode word as its letters look in an old encoding: the way back, for what every encoding can spell."""
    ways = _ways(encoding)
    out = []
    for letter in unicodedata.normalize("NFC", word):
        out.append(ways.get(letter, letter))
    return "".join(out)


@cache
def _ways(encoding: str) -> dict[str, str]:
    """Each Vietnamese letter -> the signs for it."""
    singles = {letter: sign for sign, letter in reversed(_letters(encoding).items())}
    ways: dict[str, str] = {}
    for base in "aăâeêioôơuưyđ":
        for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"):
            for letter in {
                unicodedata.normalize("NFC", base + tone),
                unicodedata.normalize("NFC", base + tone).upper(),
            }:
                if len(letter) == 1 and not letter.isascii():
                    ways[letter] = singles.get(letter) or _spelled(letter, encoding)
    return ways


def _spelled(letter: str, encoding: str) -> str:
    """A letter that takes several signs."""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if encoding == "VIQR":
        known = load("encodings")["VIQR"]
        if letter in "đĐ":
            return letter.replace("đ", "dd").replace("Đ", "DD")
        signs = {mark: sign for group in ("shapes", "tones") for sign, mark in known[group].items()}
        order = [*known["shapes"].values(), *known["tones"].values()]
        return base + "".join(signs[mark] for mark in sorted(marks, key=order.index))
    if encoding == "VNI":
        for pair, made in _pairs().items():
            if made == letter and pair[1].isupper() == letter.isupper():
                return pair
        return letter
    tone = next(mark for mark in marks if mark in "\u0300\u0309\u0303\u0301\u0323")
    shape = unicodedata.normalize("NFC", base + marks.replace(tone, ""))
    return _ways_of_shape(encoding).get(shape, shape) + _tone_signs(encoding)[tone]


@cache
def _ways_of_shape(encoding: str) -> dict[str, str]:
    return {letter: sign for sign, letter in reversed(_letters(encoding).items())}


@cache
def _tone_signs(encoding: str) -> dict[str, str]:
    first = int(load("encodings")[encoding]["marks"], 16)
    return {mark: signs_of(bytes([first + i])) for i, mark in enumerate("\u0300\u0309\u0303\u0301\u0323")}


@cache
def _letters(encoding: str) -> dict[str, str]:
    """Sign -> letter, for the letters that have a sign of their own."""
    known = load("encodings")[encoding]
    found: dict[str, str] = {}
    for run in known["letters"]:
        first, letters = run.split(" ")
        for place, letter in enumerate(letters, int(first, 16)):
            if letter != "_":
                found[signs_of(bytes([place]))] = letter
    for sign, letter in known.get("alone", {}).items():
        found[sign] = letter
        found[sign.upper()] = letter.upper()
    return found


@cache
def _pairs() -> dict[str, str]:
    """VNI's pairs of a letter and a mark behind it -> letter."""
    known = load("encodings")["VNI"]
    pairs: dict[str, str] = {}
    for bases, shape, marks in (
        ("aeouyôö", "", known["plain"]),
        ("a", "\u0306", known["breve"]),
        ("aeo", "\u0302", known["circumflex"]),
    ):
        for base in bases:
            for sign, tone in marks.items():
                letter = unicodedata.normalize("NFC", known["alone"].get(base, base) + shape + tone)
                for first, made in ((base, letter), (base.upper(), letter.upper())):
                    pairs[first + sign] = pairs[first + sign.upper()] = made
    return pairs


def _pieces(word: str, encoding: str) -> list[tuple[str, int]]:
    """A word's letters in Unicode, each with how many signs it took."""
    word = word.translate(_WINDOWS)
    if encoding == "VIQR":
        return _viqr(word)
    letters = _letters(encoding)
    pairs = _pairs() if encoding == "VNI" else {}
    marks = (
        {sign: mark for mark, sign in _tone_signs(encoding).items()} if "marks" in load("encodings")[encoding] else {}
    )
    out: list[tuple[str, int]] = []
    at = 0
    while at < len(word):
        pair = pairs.get(word[at : at + 2])
        if pair is not None:
            out.append((pair, 2))
        else:
            sign = word[at]
            if out and (mark := marks.get(sign)) and out[-1][0] in _VOWELS:
                out[-1] = (unicodedata.normalize("NFC", out[-1][0] + mark), out[-1][1] + 1)
            else:
                out.append((letters.get(sign, sign), 1))
        at += out[-1][1] if pair is not None else 1
    return out


def _viqr(word: str) -> list[tuple[str, int]]:
    known = load("encodings")["VIQR"]
    shapes, tones = known["shapes"], known["tones"]
    out: list[tuple[str, int]] = []
    at = 0
    while at < len(word):
        letter = word[at]
        if word[at : at + 2].lower() == "dd":
            out.append(("Đ" if letter == "D" else "đ", 2))
        elif letter in "aeiouyAEIOUY":
            took = 1
            for signs in (shapes, tones):
                following = word[at + took : at + took + 1]
                made = unicodedata.normalize("NFC", letter + signs.get(following, ""))
                if following in signs and len(made) == 1:
                    letter, took = made, took + 1
            out.append((letter, took))
        else:
            out.append((letter, 1))
        at += out[-1][1]
    return out


def _in_encoding(text: str, encoding: str) -> list[tuple[int, str]]:
    """The words (with their places) that are in the old encoding: those that must be, and those that may be and stand
    beside them."""
    whole = not _VIETNAMESE.search(text)
    chosen: list[tuple[int, str]] = []
    state = whole
    for line in re.finditer(r"[^\n]+", text):
        words = line[0]
        if words.isascii() and encoding not in _BY_SIGNS and not _CONTROL.search(words):
            continue
        found = [(line.start() + match.start(), match[0]) for match in _TOKEN.finditer(words)]
        verdicts = [_verdict(word, encoding) for _, word in found]
        old = verdicts.count("old")
        if encoding in _BY_SIGNS:
            chosen += [each for each, verdict in zip(found, verdicts, strict=True) if verdict == "old"]
        elif whole or (old and old >= verdicts.count("new") and not _VIETNAMESE.search(words)):
            state = True
            chosen += [each for each, verdict in zip(found, verdicts, strict=True) if verdict != "plain"]
        else:
            state = next((verdict == "old" for verdict in verdicts if verdict in ("old", "new")), state)
            for each, verdict in zip(found, verdicts, strict=True):
                state = verdict == "old" if verdict in ("old", "new") else state
                if state and verdict != "plain":
                    chosen.append(each)
    return chosen


@cache
def _verdict(token: str, encoding: str) -> str:
    """What a word is: "plain" without letters of either kind, "old" in the encoding, "new" Unicode, or "either"."""
    bare = _bare(token, encoding)
    if bare.isascii() and bare.isprintable() and encoding not in _BY_SIGNS:
        return "plain"
    if _VIETNAMESE.search(bare):
        return "new"
    made = _core(bare, encoding)
    if made == bare:
        return "plain" if bare.isascii() else "either"
    if encoding in _BY_SIGNS:
        return "old" if sound(made) or "dd" in bare.lower() else "plain"
    before, after = sound(bare), sound(made)
    return "either" if before == after else "old" if after else "new"


def _bare(token: str, encoding: str) -> str:
    """A word without the signs around it; some of them are letters in some encodings."""
    token = token.translate(_WINDOWS)
    if encoding in _BY_SIGNS:
        return token.strip(_OUTER_VIQR)
    wide = token.strip(_OUTER)
    narrow = token.strip("".join(sign for sign in _OUTER if sign not in _letters(encoding)))
    return narrow if narrow != wide and sound(_core(narrow, encoding)) else wide


def _core(bare: str, encoding: str) -> str:
    return "".join(letter for letter, _ in _word(bare, encoding))


def _word(bare: str, encoding: str) -> list[tuple[str, int]]:
    """A word's letters. The ư of TCVN3 is a soft hyphen, which programs make a hyphen of."""
    if encoding == "TCVN3" and "-" in bare:
        soft = _pieces(bare.replace("-", "\u00ad"), encoding)
        if is_syllable("".join(letter for letter, _ in soft)):
            return soft
    made = _pieces(bare, encoding)
    ended = encoding in _BY_SIGNS and bare.endswith((".", "?")) and made[-1][0] != bare[-1]
    if ended and (len(made) == 1 or not sound("".join(letter for letter, _ in made))):
        # A point or question mark behind a word that has its tone, or behind a single letter, is no tone.
        return [*_pieces(bare[:-1], encoding), (bare[-1], 1)]
    return made


def _joined(text: str, chosen: Iterable[tuple[int, str]], encoding: str, capitals: bool) -> Converted:
    """The text with the chosen words converted."""
    parts: list[str] = []
    origins: array[int] = array("L")
    reach = words = 0
    one_case = bool(load("encodings")[encoding].get("one_case"))
    for at, token in chosen:
        bare = _bare(token, encoding)
        start = at + token.translate(_WINDOWS).index(bare)
        parts.append(text[reach:start])
        origins.extend(range(reach, start))
        reach = start
        made = _word(bare, encoding)
        upper = capitals or (one_case and _in_capitals(text, start, start + len(bare)))
        for letter, took in made:
            shown = letter.upper() if upper else letter
            parts.append(shown if len(shown) == 1 else letter)
            origins.append(reach)
            reach += took
        words += [letter for letter, _ in made] != list(bare)
    parts.append(text[reach:])
    origins.extend(range(reach, len(text) + 1))
    return Converted("".join(parts), origins, encoding, words)


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether a word of TCVN3, which has toned capitals by font only, is meant in capitals: its ASCII letters are, and
    where it has but one or none, those of the words beside it."""
    letters = _cases(text[start:end])
    if not letters.isupper() and letters:
        return False
    if len(letters) >= 2:
        return True
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)].split(None, 2)[:2]
    beside = " ".join(after or text[max(text.rfind("\n", 0, start), 0) : start].split()[-2:])
    near = _cases(beside)
    return len(near) >= 2 and near.isupper() and not any(sign.isdecimal() or sign == "/" for sign in beside)


def _cases(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii() and letter.isalpha())
