"""What stands directly before a number and behind it: comparator, verb, time; "từ", "trở lên"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extractors.targets import wording
from extractors.targets.lexicon import lexicon
from extractors.targets.periods import Time
from extractors.targets.quantities import Quantity
from extractors.targets.readings import Reading
from extractors.targets.tokens import Token, within
from models.plan import Comparator

# "Ít nhất mỗi xã có 01 tổ"
_LEAST_EACH = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu) (?:mỗi|từng|hằng|hàng)(?: [^\W\d_]+){1,8}\s*$")
_FROM = re.compile(r"(?<!\w)từ\s*(?:mức\s|khoảng\s|ít nhất\s)?$")


# "Mức sinh: -0,1‰"; apart from its number a plus is a bullet, unless the number can only be a change.
_SIGNED = re.compile(r"(?:[:(]|(?<!\w)(?:giảm|tăng|mức|là)) ?(?P<sign>-|\+ ?)$")


class Lead(msgspec.Struct, frozen=True):
    """The cue words before a number, the nearest first, with where they begin; `risen` where "từ" stands right before
    the number."""

    start: int
    cues: tuple[Token, ...]
    time: Time | None
    risen: bool

    def has(self, kind: str) -> bool:
        return any(kind in cue.kinds for cue in self.cues)

    def states(self) -> bool:
        """Whether any word of comparing, reaching or changing stands there."""
        return self.sign() is not None or any(self.has(k) for k in ("level", "reached", "down", "up", "about"))

    def sign(self) -> Comparator | None:
        return next((sign for cue in self.cues if (sign := _sign(cue, "cmp:"))), None)


class After(msgspec.Struct, frozen=True):
    """A "trở lên" that belongs to a number."""

    start: int
    end: int
    sign: Comparator


def _sign(cue: Token, side: str) -> Comparator | None:
    for kind in cue.kinds:
        if kind.startswith(side):
            return kind.removeprefix(side)  # type: ignore[return-value]
    return None


def lead_of(key: str, tokens: Sequence[Token], i: int, floor: int) -> Lead:
    """The lead of number `i`, fillers between its words allowed; nothing before `floor` is looked at."""
    number = tokens[i]
    noun = number.quantity.noun if number.quantity else None
    filler = lexicon().filler_gap
    at = number.start
    cues: list[Token] = []
    time: Time | None = None
    comma = False
    for j in range(i - 1, -1, -1):
        token = tokens[j]
        if token.start < floor or token.depth != number.depth or not filler.fullmatch(key, token.end, at):
            break
        if token.sort == "comma":
            comma = True
            continue
        if token.sort == "time":
            if comma and any(t.sort == "number" for t in tokens[max(0, j - 30) : j]):
                break  # the time of the number before
            if j and tokens[j - 1].has("base"):
                break
            if time is None or not time.periods:
                time = token.time  # "giảm hằng năm, đến năm 2030 dưới ..." keeps the year
            at = token.start
            continue
        if (token.has("up") or token.has("down")) and wording.is_rate_of_change(key, token.start):
            break  # "tốc độ tăng bình quân 12%"
        if token.sort != "cue" or any(token.has(kind) for kind in ("part", "base", "and")) or _sign(token, "after:"):
            break
        cues.append(token)
        at = token.start
    if noun and lexicon().carrier.match(key, *noun) and not any(cue.has("level") for cue in cues):
        cues = [cue for cue in cues if key[cue.start : cue.end] != "trên"]  # "đăng trên 02 kênh thông tin"
    risen = _FROM.search(key, max(floor, number.start - 14), number.start) is not None
    if risen and not cues:
        at = min(at, key.rfind("từ", floor, number.start))
    return Lead(at, tuple(cues), time, risen)


def after_of(key: str, tokens: Sequence[Token], i: int) -> After | None:
    """The "trở lên" of number `i`: right behind it, or a few words on with neither number nor grade between."""
    for token in tokens[i + 1 : i + 9]:
        if token.sort in ("number", "stop", "colon", "comma"):
            return None
        words = key[tokens[i].end : token.start]
        if words.strip() and (len(words.split()) > 4 or lexicon().grade.search(words)):
            return None
        if sign := _sign(token, "after:"):
            return After(token.start, token.end, sign)
    return None


def state(key: str, reading: Reading, lead: Lead, tokens: Sequence[Token], i: int) -> None:
    """Fills in comparator, verbs and change of number `i`."""
    quantity = reading.quantity
    own = lead.sign()
    after = after_of(key, tokens, i)
    if after:
        own = own or after.sign
        if after.start <= quantity.end + 1:
            reading.end = after.end
        else:
            reading.loose = (after.start, after.end)
    changes = lead.has("down") or lead.has("up")
    reading.level = lead.has("level") or lead.has("reached")
    reading.aimed = reading.urged = lead.has("aim")
    reading.approximate = lead.has("about")
    reading.time = lead.time
    if quantity.is_range:
        reading.sign, reading.compared = "range", own is not None or lead.risen
    elif own:
        reading.sign, reading.compared = own, True
    elif _LEAST_EACH.search(key, max(0, lead.start - 60), lead.start) or (lead.risen and not changes):
        reading.sign, reading.compared = ">=", True
    signed = _SIGNED.search(key, max(0, quantity.start - 8), quantity.start)
    if signed and (len(signed["sign"]) == 1 or quantity.kind == "points" or quantity.unit == "‰"):
        reading.change = "increase" if signed["sign"][0] == "+" else "decrease"
    verb = next((cue for cue in lead.cues if cue.has("down") or cue.has("up")), None)
    if verb is None or wording.is_rate_of_change(key, verb.start):
        return
    reached = any(cue.has("reached") and cue.start >= verb.end for cue in lead.cues)
    lowered = verb.has("down")
    # "giảm dưới 15%" names the level, "tăng dưới 3%" the change.
    if not reached and not (lowered and reading.sign in ("<", "<=")):
        reading.change = "decrease" if lowered else "increase"


def starts_change(key: str, quantity: Quantity, lead: Lead, tokens: Sequence[Token], following: Lead) -> bool:
    """Whether the number is where a change starts: "từ 23 ca xuống 18 ca"."""
    changed_to = lexicon().changed_to
    if not lead.risen or not any(key[cue.start : cue.end] in changed_to for cue in following.cues):
        return False
    between = within(tokens, quantity.end, following.start)
    return all(t.sort in ("time", "open", "close") or t.has("level") for t in between if t.depth == 0)
