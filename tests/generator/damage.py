"""What files, converters and typists do to a text, with the facts kept: each is a list of edits of a piece.

Only damage is here after which the contract still says what is true: canonical codes without stray spaces, one dash for all, NFC, words over a line
break.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from random import Random

from tests.generator.piece import Edit, Piece, decompose, edit

DASHES = "‐‑‒–—−"
ODD_SPACES = "\u00a0\u2009\u202f\u2007"
CODE = re.compile(r"\d[\d/]*[/-][A-ZĐa-z&-]{2,}(?:[/-][A-ZĐa-z0-9]+)*")
"""A document's number with its symbol."""
RANGE = re.compile(r"(?<=\d) - (?=\d)|(?<=\d)-(?=\d)")


def damaged(rng: Random, words: Piece) -> tuple[Piece, tuple[str, ...]]:
    """The words with some kinds of damage, mostly none or one, and the names of the kinds."""
    count = rng.choices((0, 1, 2, 3), (4, 4, 2, 1))[0]
    names = rng.sample(sorted(KINDS), count)
    if "nfd" in names:  # the others look for whole letters
        names.remove("nfd")
        names.append("nfd")
    for name in names:
        words = KINDS[name](rng, words)
    return words, tuple(names)


def _in_codes(rng: Random, words: Piece, share: float, change: Callable[[str], list[Edit]]) -> Piece:
    """Edits inside the codes of the plan's references, in this share of them."""
    edits: list[Edit] = []
    for fact in sorted(words.facts, key=lambda f: f.start):
        if fact.group != "references" or "code" not in fact.fields or rng.random() > share:
            continue
        found = CODE.search(words.text, fact.start, fact.end)
        if found and (not edits or edits[-1][1] <= found.start()):
            edits += [(found.start() + a, found.start() + b, new) for a, b, new in change(found.group())]
    return edit(words, edits)


def dashes(rng: Random, words: Piece) -> Piece:
    """Hyphens in codes and ranges become other dashes."""
    dash = rng.choice(DASHES)
    found = _in_codes(rng, words, 0.7, lambda code: [(m.start(), m.end(), dash) for m in re.finditer("-", code)])
    return edit(found, [(m.start(), m.end(), m.group().replace("-", dash)) for m in RANGE.finditer(found.text)])


def spaces_in_codes(rng: Random, words: Piece) -> Piece:
    """ "1274 /QĐ-UBND", "72- NQ/TW", "38/2021/NĐ - CP"."""

    def change(code: str) -> list[Edit]:
        places = list(re.finditer(r"[/-]", code))
        place = rng.choice(places)
        at = place.start() if rng.random() < 0.5 and place.group() == "/" else place.end()
        if rng.random() < 0.3 and place.group() == "-":
            return [(place.start(), place.end(), " - ")]
        return [(at, at, " ")]

    return _in_codes(rng, words, 0.5, change)


def broken_codes(rng: Random, words: Piece) -> Piece:
    """A line ends behind a hyphen: "568/QĐ-⏎TTg"."""
    return _in_codes(
        rng, words, 0.3, lambda code: [(m.end(), m.end(), "\n") for m in list(re.finditer("-", code))[-1:]]
    )


def lost_hyphens(rng: Random, words: Piece) -> Piece:
    """ "568/QĐTTg", as converters leave it that drop Word's own hyphens."""

    def change(code: str) -> list[Edit]:
        return [
            (m.start(), m.end(), "")
            for m in re.finditer(r"(?<=/QĐ)-(?=TTg|UBND|BYT)|(?<=/NĐ)-(?=CP)|(?<=/TT)-(?=BYT)", code)
        ]

    return _in_codes(rng, words, 0.5, change)


def small_codes(rng: Random, words: Piece) -> Piece:
    """ "568/qđ-ttg"."""
    return _in_codes(rng, words, 0.4, lambda code: [(0, len(code), code.lower())])


def party_slashes(rng: Random, words: Piece) -> Piece:
    """Party papers in the form of the state's: "28/TT/TU", "28/TT-TU" for 28-TT/TU."""

    def change(code: str) -> list[Edit]:
        found = re.fullmatch(r"(\d+)-(\w+)/(TW|TU)", code)
        if not found:
            return []
        first, second = rng.choice((("/", "/"), ("/", "-"), ("-", "-")))
        return [(found.end(1), found.end(1) + 1, first), (found.end(2), found.end(2) + 1, second)]

    return _in_codes(rng, words, 0.6, change)


def crossed_d(rng: Random, words: Piece) -> Piece:
    """Đ becomes the Icelandic letter that looks the same."""
    return Piece(words.text.replace("Đ", "Ð"), words.facts)


def odd_spaces(rng: Random, words: Piece) -> Piece:
    """No-break and thin spaces, and runs of spaces."""
    edits: list[Edit] = []
    for m in re.finditer(r"(?<=\S) (?=\S)", words.text):
        if rng.random() < 0.06:
            edits.append((m.start(), m.end(), rng.choice((*ODD_SPACES, "  ", "   "))))
    return edit(words, edits)


def wrapped(rng: Random, words: Piece) -> Piece:
    """Lines of at most some 80 characters, as old converters made them; never before a word that would begin an item."""
    width = rng.choice((72, 80, 88))
    edits: list[Edit] = []
    at = 0
    for line in words.text.split("\n"):
        if "\t" not in line and "|" not in line:
            start = 0
            while len(line) - start > width:
                cut = line.rfind(" ", start, start + width)
                while cut > start and not (line[cut - 1] not in ".;:" and _goes_on(line[cut + 1 : cut + 12])):
                    cut = line.rfind(" ", start, cut)
                if cut <= start:
                    break
                edits.append((at + cut, at + cut + 1, "\n"))
                start = cut + 1
        at += len(line) + 1
    return edit(words, edits)


def _goes_on(words: str) -> bool:
    """Whether a line that begins with these words plainly goes on the one before."""
    return not re.match(r"[-–+*•(]|\d+[.)]|[A-Za-zđĐ][.)]|[IVX]+[.\- ]", words)


def page_numbers(rng: Random, words: Piece) -> Piece:
    """Page numbers on lines of their own, between paragraphs and behind full lines within them, never within a fact
    that a number could change."""
    text = words.text
    kept = sorted((f.start, f.end) for f in words.facts if f.group in ("deadlines", "targets"))
    page, since = 1, 0
    edits: list[Edit] = []
    for m in re.finditer(r"\n+|(?<=[a-zà-ỹ,]) (?=[a-zà-ỹ])", text):
        if m.start() - since < 1800 or re.search(r"[\t|]", text[m.start() - 60 : m.end() + 60]):
            continue
        if m.group() == " ":
            full = m.start() - text.rfind("\n", 0, m.start()) > 65
            at = bisect_right(kept, (m.start(), len(text)))
            if not full or any(end > m.start() for _, end in kept[max(0, at - 4) : at]):
                continue
        page += 1
        since = m.start()
        shown = rng.choice((f"\n{page}\n", f"\n\n{page}\n\n", f"\n\f{page}\n"))
        edits.append((m.start(), m.end(), shown))
    return edit(words, edits)


def bold_times(rng: Random, words: Piece) -> Piece:
    """Bold marks around a time: "trước ngày **31/3/2022**"."""
    edits: list[Edit] = []
    for fact in sorted(words.facts, key=lambda f: f.start):
        if fact.group == "deadlines" and rng.random() < 0.4:
            line = words.text.rfind("\n", 0, fact.start) + 1
            if "**" not in words.text[line : fact.end] and "\t" not in words.text[line : fact.end]:
                at = fact.start
                edits += [(at, at, "**"), (fact.end, fact.end, "**")]
    return edit(words, edits)


def old_tones(rng: Random, words: Piece) -> Piece:
    """The older place of the tone mark: "hoà", "khoẻ", "uỷ"."""
    pairs = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "ọa": "oạ",
        "óe": "oé",
        "ỏe": "oẻ",
        "ủy": "uỷ",
        "ụy": "uỵ",
        "úy": "uý",
        "ỦY": "UỶ",
        "ÒA": "OÀ",
        "ÓA": "OÁ",
        "Ủy": "Uỷ",
    }
    text = re.sub("|".join(rf"{old}\b" for old in pairs), lambda m: pairs[m.group()], words.text)
    return Piece(text, words.facts)


def decomposed(rng: Random, words: Piece) -> Piece:
    """Letters and their marks apart (NFD), as some systems write text."""
    return decompose(words)


KINDS: dict[str, Callable[[Random, Piece], Piece]] = {
    "bold": bold_times,
    "broken_codes": broken_codes,
    "crossed_d": crossed_d,
    "dashes": dashes,
    "lost_hyphens": lost_hyphens,
    "nfd": decomposed,
    "odd_spaces": odd_spaces,
    "old_tones": old_tones,
    "pages": page_numbers,
    "party_slashes": party_slashes,
    "small_codes": small_codes,
    "spaces_in_codes": spaces_in_codes,
    "wrapped": wrapped,
}
