"""Which body issued a document: an issuer's words made whole, and the body that a symbol implies.

"UBND tỉnh" in a paper of Quảng Ngãi is "UBND tỉnh Quảng Ngãi", "Sở Y tế" there "Sở Y tế tỉnh Quảng Ngãi"; central
bodies and names that are whole already stay. What can't be told (the "UBND thành phố" of a province's town) stays too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from data import load
from extractors.places import Kind, Province, is_lesser_unit, lesser_unit_of, name_of, version_of, versions
from extractors.references.codes import Code, organisation_of_code
from extractors.vietnamese import ascii_key, fold
from models.plan import Context

Record = dict[str, Any]

_UNIT_KINDS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")


class Issuer(NamedTuple):
    """An issuer made whole (`name`) and the body behind it (`body`): without the person or committee that signs, and
    for a body below the province with the province behind a comma. `record` is its entry in the data, if it has one."""

    name: str
    body: str
    record: Record | None


def full_issuer(words: str, context: Context, date: str | None = None) -> str | None:
    """The issuer with its province; None for no words. `date` is the document's (ISO), as precise as it is known."""
    issuer = read_issuer(words, context, date)
    return issuer.name if issuer else None


def read_issuer(words: str, context: Context, date: str | None = None) -> Issuer | None:
    """What an issuer's words mean in a plan of this context, on the document's date."""
    tokens = _tokens(words)
    if not tokens:
        return None
    own = context.metadata.issuer or ""
    tokens = _in_small_letters(tokens)
    if _key(tokens[-1]) == "sở" and _key(own[:2]) == "sở":
        tokens[-1:] = own.split()  # "Giám đốc Sở" in a department's own paper
    tokens = _with_own_unit(tokens, own)
    keys, home, day = [_key(t) for t in tokens], _home(context, date), date or context.metadata.issue_date
    for at, token in enumerate(tokens):
        if at and token == "-" and _body_at(keys, at + 1):  # "Sở Y tế - Sở Nội vụ": both issue
            first, second = (
                _whole(tokens[:at], keys[:at], home, day),
                _whole(tokens[at + 1 :], keys[at + 1 :], home, day),
            )
            return first._replace(name=f"{first.name} - {second.name}")
    return _whole(tokens, keys, home, day)


def _with_own_unit(tokens: list[str], own: str) -> list[str]:
    """ "UBND huyện", "Huyện ủy" in a paper of a district's office mean that district's: its name goes behind them."""
    unit = lesser_unit_of(own)
    if unit is None:
        return tokens
    kind = next(k for k in _UNIT_KINDS if unit.startswith(f"{k} "))
    name = unit[len(kind) + 1 :]
    ends = (kind.split(), [kind.split()[0], "ủy"])
    keys = [_key(token) for token in tokens]
    bare = any(keys[-len(end) :] == end for end in ends) and keys[-len(kind.split()) - 1 : -len(kind.split())] != [
        "các"
    ]
    return [*tokens, *name.split()] if bare else tokens


def issuer_from_symbol(code: Code, context: Context, date: str | None = None) -> str | None:
    """The body that a code's symbol implies where no issuer is printed; None where several might have issued it."""
    record = organisation_of_code(code.agency) if code.agency else None
    if record is None or code.type in ("TTLT", "NQLT") or record["id"] == "trung-uong-dang":
        return None
    if record["scope"] == "none":
        return _written(record)
    home = _home(context, date)
    if record["level"] != "provincial" or "open_code" in record or "shared_code" in record or home is None:
        return None
    return _placed(None, record, home)


def is_local(code: Code) -> bool | None:
    """Whether every province has a body that numbers with this code; None for a code that is not known."""
    record = organisation_of_code(code.agency) if code.agency else None
    return None if record is None else record["scope"] == "province"


def _home(context: Context, date: str | None) -> Province | None:
    """The plan's own province as it was on the document's date, else on the plan's."""
    name = context.metadata.province
    return version_of(name, date or context.metadata.issue_date) if name else None


# --- reading ------------------------------------------------------------------------------------------------------


def _whole(tokens: list[str], keys: list[str], home: Province | None, date: str | None) -> Issuer:
    heads, first = _heads_of(keys)
    found = _body_at(keys, first)
    if found:
        last, name, record = found
        placed, body = _in_place(name, _closing(tokens[:last]), record, tokens[last:], keys[last:], home, date)
        return Issuer(_join(*heads, placed), body, record)
    if keys[first : first + 1] == ["sở"]:
        department = " ".join(tokens[first:])
        if home and not any(name_of(" ".join(tokens[at:])) for at in range(first + 1, len(tokens))):
            department = f"{department} {home.full}"
        return Issuer(_join(*heads, department), department, None)
    for at in range(first + 1, len(keys)):
        inner = _body_at(keys, at)
        if inner and inner[2]["scope"] == "province":
            # A part of a body ("Hội đồng sáng kiến Sở Y tế") is a body of its own.
            part = _join(*heads, *tokens[first:at], _whole(tokens[at:], keys[at:], home, date).name)
            return Issuer(part, part, None)
    whole = _join(*heads, _completed(tokens[first:], keys[first:], home))
    return Issuer(whole, whole, None)


def _in_place(
    name: str,
    closing: str,
    record: Record,
    tail: list[str],
    keys: list[str],
    home: Province | None,
    date: str | None,
) -> tuple[str, str]:
    """A body with the words behind its name, its province written out: as an issuer, and as an identity."""
    if "trung ương" in " ".join(keys[:4]):
        home = None  # "Ban Chỉ đạo liên ngành Trung ương về ...": no province's
    if record["scope"] == "none":
        whole = _join(name + closing, _rest(tail, keys, home, date))
        return whole, whole
    as_printed = _join(name + closing, *tail)
    kind, size = _kind(keys)
    wanted = _kind_of_name(name) or kind
    named, length = _named(tail[size:])
    province = _version(named, kind, date) if named else None
    if province:
        behind = size + length
        placed = _placed(name, record, province) + _closing(tail[:behind])
        return _join(placed, _rest(tail[behind:], keys[behind:], home, date)), _placed(None, record, province)
    inside_home = f"{as_printed}, {home.full}" if home else as_printed
    if home is None or (tail and is_lesser_unit(" ".join(tail))) or (wanted and wanted != home.kind):
        return as_printed, inside_home
    if record["level"] != "provincial":
        whole = _join(name + closing, _whole(tail, keys, home, date).name) if tail else name
        return (whole, whole) if whole != as_printed else (as_printed, inside_home)
    rest = " ".join(tail[size:])
    closing = _closing(tail[:size]) if size else closing
    if wanted or ("open_code" not in record and (not rest or rest.startswith("(") or closing)):
        placed = _placed(name, record, home) + closing
        return _join(placed, _rest(tail[size:], keys[size:], home, date)), _placed(None, record, home)
    completed = _completed(tail, keys, home)
    return _join(name + closing, completed), _join(name, completed) if completed != rest else inside_home


def _rest(tokens: list[str], keys: list[str], home: Province | None, date: str | None) -> str:
    """What follows a body with its place: other bodies of a joint paper are made whole too."""
    return _whole(tokens, keys, home, date).name if tokens and _body_at(keys, _heads_of(keys)[1]) else " ".join(tokens)


def _closing(tokens: list[str]) -> str:
    """The sign that closes the last word ("Bộ Chính trị, Ban Bí thư")."""
    return tokens[-1][len(tokens[-1].rstrip(",;")) :] if tokens else ""


def _completed(tokens: list[str], keys: list[str], home: Province | None) -> str:
    """Words that end in "tỉnh", "thành phố", "Tỉnh ủy", "Thành ủy" with the province's name behind them."""
    words = " ".join(tokens)
    if home is None:
        return words
    if home.kind == "tỉnh" and (keys[-1:] == ["tỉnh"] or keys[-2:] == ["tỉnh", "ủy"]):
        return f"{words} {home.name}"
    if home.kind == "thành phố" and keys[-2:] == ["thành", "phố"]:
        return _join(*tokens[:-2], home.full)
    if home.kind == "thành phố" and keys[-2:] == ["thành", "ủy"]:
        return f"{words} {_bare(home)}"
    return words


def _placed(name: str | None, record: Record, province: Province) -> str:
    """A body's name (None: its usual one) with a province: "Sở Y tế tỉnh Lai Châu", "Tỉnh ủy Lai Châu"."""
    if "city_name" not in record:
        return f"{name or _written(record)} {province.full}"
    base = str(record["city_name"] if province.kind == "thành phố" else record["name"])
    return f"{base} {province.name if base.endswith((' tỉnh', ' Thành phố')) else _bare(province)}"


def _bare(province: Province) -> str:
    """How a Party committee is called: "Thành ủy Hà Nội", but "Thành ủy Thành phố Hồ Chí Minh" (a person's name)."""
    return province.full if province.name == "Hồ Chí Minh" else province.name


def _version(name: str, kind: Kind | None, date: str | None) -> Province | None:
    """A province as it was when it was of the printed kind, else on the date; None for a town of its name."""
    province = version_of(name, date)
    if province is None or kind is None or province.kind == kind:
        return province
    of_kind = [p for p in versions() if p.name == name and p.kind == kind]
    return of_kind[-1] if of_kind else None if kind == "thành phố" else province


def _kind_of_name(name: str) -> Kind | None:
    """The kind of place that a body's own name speaks of."""
    key = fold(name)
    if key.endswith((" tỉnh", "tỉnh ủy", "tỉnh đoàn")):
        return "tỉnh"
    return (
        "thành phố"
        if key.endswith((" thành phố", "thành ủy", "thành đoàn"))
        else "tỉnh"
        if key == "tỉnh đoàn"
        else None
    )


def _kind(keys: list[str]) -> tuple[Kind | None, int]:
    """The kind of place that the words open with, and of how many words."""
    match keys:
        case ["tỉnh" | "thành", "ủy", *_]:
            return None, 0
        case ["tỉnh", *_]:
            return "tỉnh", 1
        case ["thành", "phố", *_]:
            return "thành phố", 2
        case ["tp", *_]:
            return "thành phố", 1
    return None, 0


def _named(tokens: list[str]) -> tuple[str | None, int]:
    """The province that the words open with, and of how many words its name is; closing dashes stand for themselves."""
    for size in range(min(6, len(tokens)), 0, -1):
        if tokens[0][:1].isupper() and (name := name_of(" ".join(tokens[:size]))):
            return name, size
    return None, 0


# --- words --------------------------------------------------------------------------------------------------------

_LONGEST_NAME = 16  # words
_BODY_GLUED = re.compile(r"\b(UBND|HĐND)(?=[^\W\d_A-ZĐ])")
_CITY_GLUED = re.compile(r"\b(TP|Tp|tp)\s*\.\s*")
_SYLLABLE = re.compile(r"[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
_LEADING = re.compile(r"^(?:của|do)\s+", re.IGNORECASE)


def _tokens(words: str) -> list[str]:
    """Words of an issuer as printed, those that conversion glued together parted ("trưởngBộ", "UBNDtỉnh")."""
    text = " ".join(unicodedata.normalize("NFC", words).split()).strip(" .,;:-–\"'“”")
    text = text.replace(" ,", ",").replace(" ;", ";")
    text = _CITY_GLUED.sub(r"\1 ", _BODY_GLUED.sub(r"\1 ", _LEADING.sub("", text)))
    return "".join(f" {c}" if _is_seam(text, i) else c for i, c in enumerate(text)).split()


def _in_small_letters(tokens: list[str]) -> list[str]:
    """A name in capitals as it is written in a sentence: proper names stand behind the word for their unit, and the
    first word behind the kind of body is a capital one ("Trung tâm Y tế huyện Sông Hinh"). Abbreviations stay."""
    if len(tokens) < 3 or not " ".join(tokens).isupper():
        return tokens
    units, kinds, kept = _capital_words()
    out: list[str] = []
    proper, opens = False, True
    for at, token in enumerate(tokens):
        key = _key(token)
        before = f"{_key(tokens[at - 1])} {key}" if at else key
        after = f"{key} {_key(tokens[at + 1])}" if at + 1 < len(tokens) else key
        if not _SYLLABLE.search(token) or not token.strip(".,;()").isalpha() or key in kept:
            out.append(token)
            opens = False
            continue
        proper = proper and token not in ("-", "VÀ") and not units & {key, before, after}
        out.append(token.capitalize() if opens or proper else token.lower())
        proper = proper or bool(units & {key, before})
        opens = at < 3 and " ".join(map(_key, tokens[: at + 1])) in kinds
    for at in range(max(1, len(tokens) - 5), len(tokens)):
        if name_of(" ".join(tokens[at:])):  # "SỞ Y TẾ KHÁNH HÒA": no word for the unit before it
            out[at:] = [token.capitalize() for token in tokens[at:]]
            break
    words = " ".join(out)
    for name in load("organisations")["capitals"]["proper"]:
        words = words.replace(name.lower(), name)
    return words.split()


@cache
def _capital_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words before proper names, kinds of bodies whose next word is a capital one, abbreviations that stay."""
    words = load("organisations")["capitals"]
    return (
        frozenset(map(fold, words["units"])),
        frozenset(map(fold, words["kinds"])),
        frozenset(map(fold, words["kept"])),
    )


def _is_seam(text: str, at: int) -> bool:
    """Whether a word begins inside another: a capital behind two small letters."""
    return at > 1 and text[at].isupper() and text[at - 1].islower() and text[at - 2].islower()


def _key(token: str) -> str:
    return fold(token).strip(".,;:()")


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _written(record: Record) -> str:
    return str(record.get("printed", record["name"]))


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(_key(token) for token in text.split())


@cache
def _bodies() -> dict[str, list[tuple[tuple[str, ...], str, Record]]]:
    """Names of bodies by their first word, the longest first: (keys, the name to write, the record)."""
    index: dict[str, list[tuple[tuple[str, ...], str, Record]]] = {}
    for record in load("organisations")["organisations"]:
        names = [(record["name"], _written(record)), *((v, v) for v in record.get("variants", ()))]
        names += [(short, _written(record)) for short in record.get("short", ())]
        if "city_name" in record:
            names.append((record["city_name"], record["city_name"]))
            names += [
                (short.removesuffix("tỉnh") + "thành phố", record["city_name"])
                for short in record.get("short", ())
                if short.endswith("tỉnh")
            ]
        for spelling, name in names:
            keys = _phrase(spelling)
            index.setdefault(keys[0], []).append((keys, name, record))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


@cache
def _plain_bodies() -> dict[str, list[tuple[tuple[str, ...], str, Record]]]:
    """The full names of three words and more without accents, by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str, Record]]] = {}
    for record in load("organisations")["organisations"]:
        phrase = tuple(map(ascii_key, _phrase(record["name"])))
        if len(phrase) > 2:
            index.setdefault(phrase[0], []).append((phrase, _written(record), record))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


@cache
def _titles() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Titles and collective heads by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for head in load("organisations")["heads"]:
        keys = _phrase(head["name"])
        index.setdefault(keys[0], []).append((keys, head["name"]))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _body_at(keys: list[str], first: int) -> tuple[int, str, Record] | None:
    """The body whose name stands at `first`: where it ends, how it is written, its record."""
    if first >= len(keys):
        return None
    found: tuple[int, str, Record] | None = None
    for phrase, name, record in _bodies().get(keys[first], ()):
        last = first + len(phrase)
        if tuple(keys[first:last]) == phrase:
            found = last, name, record
            break
    plain = [ascii_key(key) for key in keys[first : first + _LONGEST_NAME]]
    for phrase, name, record in _plain_bodies().get(plain[0], ()):  # accents lost or wrong: "Thủ tướng Chỉnh phủ"
        last = first + len(phrase)
        if tuple(plain[: len(phrase)]) == phrase and (found is None or last > found[0]):
            return last, name, record
    return found


def _heads_of(keys: list[str]) -> tuple[list[str], int]:
    """The titles that open the words, as the data writes them, and where they end. A body's name is no title."""
    heads: list[str] = []
    first = 0
    while first < len(keys) and not _body_at(keys, first):
        title = next(
            (t for t in _titles().get(keys[first], ()) if tuple(keys[first : first + len(t[0])]) == t[0]), None
        )
        if title is None:
            break
        heads.append(title[1])
        first += len(title[0])
        if keys[first : first + 1] == ["của"]:
            first += 1
    return heads, first
