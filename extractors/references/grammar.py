"""The grammar of citations, read from the data files once: type words, bodies, relations, patterns made of them.

Nothing here looks at a text; every pattern is for `tone_key` text (lower case, tones in their place) unless its name
says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import ascii_key, tone_key
from extractors.words import alternation, word_starts
from models.plan import Relation

# What scans make of digits: 831 is "§31", 02 "0£", 30 "3®".
MISREAD_DIGITS = "§£®"
DIGITS_MEANT = str.maketrans(MISREAD_DIGITS, "820")

# The spaces that may stand inside a mention: a line that could not be joined may break it.
GAP = r"[ \n]"


class DocType(NamedTuple):
    """A type of document as citations need it; see data/document_types.toml and [[forms]] in data/references.toml.
    `joint`: several bodies issue it, and stand in its symbol."""

    id: str
    abbreviation: str
    name: str
    codes: tuple[str, ...]
    party_only: bool
    letter: bool
    bare: int
    scheme: bool
    parts: bool
    yearly: bool
    joint: bool


class Cue(NamedTuple):
    """What a cue word says of the mentions behind it."""

    relation: Relation
    close: bool
    passive: bool


@cache
def types() -> tuple[DocType, ...]:
    """Every type, in the order of the data file."""
    forms = {form["id"]: form for form in load("references")["forms"]}
    found = []
    for row in load("document_types")["types"]:
        form = forms.get(row["id"], {})
        found.append(
            DocType(
                id=row["id"],
                abbreviation=row["abbreviation"],
                name=row["names"][0],
                codes=tuple(row["codes"]),
                party_only=row.get("party_only", False),
                letter="letter" in row["families"],
                bare=form.get("bare", 0),
                scheme=form.get("scheme", False),
                parts=form.get("parts", False),
                yearly=form.get("yearly", False),
                joint=row["id"].endswith(("-lien-tich", "-phoi-hop")),
            )
        )
    return tuple(found)


@cache
def names() -> dict[str, tuple[DocType, ...]]:
    """Type words without accents and spaces to the types that they mean ("quydinh": of the state, of the Party)."""
    forms = {form["id"]: form for form in load("references")["forms"]}
    index: dict[str, tuple[DocType, ...]] = {}
    for row, kind in zip(load("document_types")["types"], types(), strict=True):
        for name in (*row["names"], *forms.get(row["id"], {}).get("words", ())):
            key = ascii_key(name).replace(" ", "")
            index[key] = (*index.get(key, ()), kind)
    return index


@cache
def spoken_names() -> dict[str, tuple[DocType, ...]]:
    """The same with accents, for text that is sound."""
    forms = {form["id"]: form for form in load("references")["forms"]}
    index: dict[str, tuple[DocType, ...]] = {}
    for row, kind in zip(load("document_types")["types"], types(), strict=True):
        for name in (*row["names"], *forms.get(row["id"], {}).get("words", ())):
            index[tone_key(name)] = (*index.get(tone_key(name), ()), kind)
    return index


@cache
def capitals() -> dict[str, DocType]:
    """Abbreviations that open a mention, as printed ("NĐ")."""
    by_id = {kind.id: kind for kind in types()}
    return {sign: by_id[form["id"]] for form in load("references")["forms"] for sign in form.get("capitals", ())}


@cache
def types_by_code() -> dict[str, tuple[DocType, ...]]:
    """Canonical type code in a symbol to the types that use it."""
    index: dict[str, tuple[DocType, ...]] = {}
    for kind in types():
        for code in kind.codes:
            index[code] = (*index.get(code, ()), kind)
    return index


def alternatives(words: Iterable[str], *, glued: bool = False) -> str:
    """A pattern for any of some words, the longest that fits, spaces as they may stand in a text (`glued`: or not,
    since conversion loses some)."""
    return f"(?:{alternation(map(tone_key, words), f'{GAP}?' if glued else GAP)})"


@cache
def symbol_anchor() -> re.Pattern[str]:
    """The last digit of a number with what can only follow it in a symbol. For the text as it stands."""
    codes = {code for kind in types() for code in kind.codes if len(code) > 1}
    joined = alternation(codes)
    plain = alternatives({*codes, *map(ascii_key, codes)})
    offices = alternatives(code for row in load("organisations")["organisations"] for code in row["codes"])
    return re.compile(
        rf"[\d{MISREAD_DIGITS}][a-zA-ZđĐ]?(?:"
        # a slash or hyphen, perhaps a year, then a capital
        rf"{GAP}?[-/_]{{1,2}}{GAP}?(?:\d{{2,4}}(?:{GAP}?[-/_]{{1,2}}{GAP}?|{GAP}?))?"
        rf"(?:[A-ZĐƯ][\w&]|(?:{plain}){GAP}?[-/]|(?:{offices})-)"
        # the slash is lost, or a blank stands for it
        rf"|{GAP}?(?:{joined})[-/A-ZĐ]"
        # a year without a symbol, as in "Nghị định số 42/2025 ngày"
        rf"|/(?:19|20)\d\d(?!\d))"
    )


@cache
def word_anchor() -> re.Pattern[str]:
    """A type word with a number right behind it, "số" or not, up to its first digit."""
    return re.compile(
        rf"(?:{word_starts(map(tone_key, [*spoken_names(), *capitals()]), gap=GAP)})"
        rf"{GAP}(?:số{GAP}?:?{GAP}?){{0,2}}(?=\d)"
    )


@cache
def number_head() -> re.Pattern[str]:
    """ "số" (once or doubled) right before a number; without accents, as a scan may have it."""
    return re.compile(r"(?<![a-z0-9])(?:s[o06e]\s?(?:hieu\s?)?(?!\.\n)[:.]?\s?){1,2}[(\[\"“]?$|(?<![a-z])s:\s?$")


@cache
def counters() -> re.Pattern[str]:
    """A word that counts things, right behind a number."""
    words = alternatives(load("references")["numbers"]["counters"])
    return re.compile(rf"{GAP}?(?!năm{GAP}(?:19|20)\d\d(?!\d))(?:{words})(?!\w)")  # "Đề án 06 năm 2025" counts no years


@cache
def not_heads() -> re.Pattern[str]:
    """A word before "số" that is no document ("Mẫu số 01/BC-SYT"); without accents."""
    words = "|".join(ascii_key(word) for word in load("references")["around"]["not_heads"])
    return re.compile(rf"(?<![a-z0-9])(?:{words})$")


@cache
def extra_bodies() -> dict[str, str]:
    """Codes of bodies and sections beside those of organisations.toml, by their capitals."""
    bodies = load("references")["bodies"]
    return {code.upper(): code for code in (*bodies["codes"], *bodies["units"])}


@cache
def cues() -> tuple[re.Pattern[str], dict[str, Cue]]:
    """The cue words of relations: one pattern, and what each of them says."""
    index: dict[str, Cue] = {}
    for row in load("references")["relations"]:
        for word in row["cues"]:
            index[tone_key(word)] = Cue(row["relation"], row.get("close", False), False)
        for word in row.get("passive", ()):
            index[tone_key(word)] = Cue(row["relation"], row.get("close", False), True)
    return re.compile(rf"(?<!\w)(?:{alternatives(index)})(?!\w)"), index


@cache
def after_cues() -> tuple[tuple[re.Pattern[str], Relation], ...]:
    """Cues that stand behind the mention ("hết hiệu lực")."""
    return tuple(
        (re.compile(rf"{GAP}?(?:sẽ |đã )?(?:{alternatives(row['after'])})(?!\w)"), row["relation"])
        for row in load("references")["relations"]
        if "after" in row
    )


@cache
def close_words() -> frozenset[str]:
    return frozenset(load("references")["around"]["close_words"])


@cache
def attached() -> re.Pattern[str]:
    """ "(Kèm theo ...)": all that stands on the line before the mention of one's own number."""
    return re.compile(rf"[(\[*“\" ]*(?:{alternatives(load('references')['around']['attached'])}){GAP}?")


@cache
def title_lead() -> re.Pattern[str]:
    """The words that open a cited document's title; group "dropped" those that are not part of it."""
    words = load("references")["title"]
    dropped, kept = alternatives(words["dropped"]), alternatives(words["kept"])
    return re.compile(rf" ?,? ?[“\"]?(?:(?P<dropped>(?:{dropped}) )|(?:{kept})(?!\w))")


@cache
def acts() -> re.Pattern[str]:
    """A verb behind a body that does something itself ("..., UBND tỉnh ban hành Kế hoạch")."""
    return re.compile(rf" (?:đã )?(?:{alternatives(load('references')['title']['acts'])})(?!\w)")
