"""How well extraction does, measured against gold: plans whose facts people wrote down by hand.

A gold file (TOML) names its plan and lists what stands there: `source` (a text that its quotes are taken from), `file`
(where the plan itself is another format with the same words), `[metadata]`, and `[[sections]]`, `[[references]]`,
`[[deadlines]]`, `[[targets]]`, each item with the `quote` that it is found by (any white space matches any other), its
`nth` occurrence, the fields that are known, and `optional` where finding it is neither right nor wrong. A field may be
a list (each entry is right) or "*" (anything is).

What is measured, for each group of facts:

- *detected*: gold items and extracted ones are paired, one to one, where their spans overlap and the extracted span is
  no longer than three times the quote and 120 characters. F1 over the pairs.
- *strict*: pairs whose deciding fields (`DECIDING`) are all right. F1 again.
- *agreement*: for the other fields (`COMPARED`), how many pairs agree among those where the gold has the field.

Metadata are compared field by field; a document that can't be read counts as one without facts.

Facts state how sure they are; `Report.calibration` holds that against the share that is right: strict among those that
are not paired with an optional item, and for metadata each field with the confidence of them all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from models.plan import Plan
from pipeline.calibration import Calibration, Statement, calibrate
from pipeline.errors import KehoachError

Extract = Callable[[Path], tuple[Plan, str]]
"""Reads a file: its plan, and the text that the plan's spans point into."""
Fields = Mapping[str, Any]

GROUPS = ("references", "deadlines", "targets", "sections")
DECIDING: dict[str, tuple[str, ...]] = {
    "references": ("code", "name", "date"),
    "deadlines": ("kind", "start_date", "end_date", "rrule"),
    "targets": ("comparator", "low", "high", "unit"),
    "sections": ("path", "roles"),
}
COMPARED: dict[str, tuple[str, ...]] = {
    "references": ("issuer", "relation", "type", "provision"),
    "deadlines": ("responsible", "recipient", "bound", "anchor", "offset", "offset_unit"),
    "targets": ("indicator", "change", "period_end", "period_start", "approximate"),
    "sections": (),
}
METADATA = (
    "doc_type", "number", "symbol", "code", "issue_date", "issuer", "province", "title", "signer_name",
    "signer_position", "period_start", "period_end", "recipients",
)  # fmt: skip

LONGEST = (3, 120)
"""An extracted span may be this many times as long as the quote, and this many characters longer."""


class GoldError(ValueError):
    """A gold file that does not fit its text: a quote that is not there."""


class Miss(NamedTuple):
    """One thing that is not as the gold has it. `kind` is "missed", "wrong", "extra", "unreadable", or a field."""

    document: str
    group: str
    kind: str
    words: str
    wanted: object = None
    got: object = None

    def __str__(self) -> str:
        values = "" if self.wanted is None and self.got is None else f": wanted {self.wanted!r}, got {self.got!r}"
        return f"{self.document}: {self.group}: {self.kind}: {self.words!r}{values}"


class GroupScore(msgspec.Struct):
    """The counts of one group of facts. `gold` and `found` leave out what is optional and what was paired with it."""

    gold: int = 0
    found: int = 0
    detected: int = 0
    strict: int = 0
    agreement: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Field -> (pairs that agree, pairs compared)."""

    @property
    def detect_f1(self) -> float:
        return _f1(self.detected, self.gold + self.found)

    @property
    def strict_f1(self) -> float:
        return _f1(self.strict, self.gold + self.found)

    def count(self, field: str, agrees: bool) -> None:
        right, compared = self.agreement.get(field, (0, 0))
        self.agreement[field] = (right + agrees, compared + 1)


class Report(msgspec.Struct):
    """The measure over a folder of gold files."""

    groups: dict[str, GroupScore]
    metadata_right: int = 0
    metadata_fields: int = 0
    documents: int = 0
    misses: list[Miss] = msgspec.field(default_factory=list)
    metadata_agreement: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Field -> (plans that have it right, plans whose gold has it)."""
    statements: dict[str, list[Statement]] = msgspec.field(default_factory=dict)
    """Kind of fact -> what its facts state and whether they are right."""

    @property
    def calibration(self) -> dict[str, Calibration]:
        """Kind of fact -> stated confidence against the share that is right, for the kinds that state it."""
        found = {kind: calibrate(statements) for kind, statements in self.statements.items()}
        return {kind: calibration for kind, calibration in found.items() if calibration is not None}

    def state(self, kind: str, fact: Fields, right: bool) -> None:
        """Count what a fact states, if it does: sections don't."""
        if "confidence" in fact:
            self.statements.setdefault(kind, []).append(Statement(fact["confidence"], right))

    @property
    def metadata_score(self) -> float:
        return self.metadata_right / self.metadata_fields if self.metadata_fields else 1.0

    @property
    def worst(self) -> float:
        """The lowest of the strict F1s and the metadata score: what a threshold is held against."""
        return min(self.metadata_score, *(score.strict_f1 for score in self.groups.values()))

    def lines(self) -> Iterator[str]:
        """The figures for people, a line per group."""
        for name, score in self.groups.items():
            agreement = "".join(f"  {field} {right}/{of}" for field, (right, of) in score.agreement.items())
            yield (
                f"{name:10} gold {score.gold:4} found {score.found:4}  detect F1 {score.detect_f1:.3f}  "
                f"strict F1 {score.strict_f1:.3f}{agreement}"
            )
        yield f"{'metadata':10} {self.metadata_right}/{self.metadata_fields} right = {self.metadata_score:.3f}"


def _f1(hits: int, both: int) -> float:
    """F1 from the number of hits and the sum of what was wanted and what was found; 1 where there is nothing."""
    return 2 * hits / both if both else 1.0


# --- comparing values


def words_of(value: object) -> list[str]:
    """The words of a value without case, accents and punctuation, common abbreviations read as one: "Ủy ban nhân dân
    tỉnh" and "UBND tỉnh" are the same words. "%" and "‰" are words too."""
    text = unicodedata.normalize("NFD", str(value or "").casefold().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = " ".join(_WORD.findall(text))
    for spelling, common in _SPELLINGS:
        text = text.replace(spelling, common)
    return text.split()


_WORD = re.compile(r"[a-z0-9%‰]+")
_SPELLINGS = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("dai bieu ", ""),  # "Đại hội đại biểu toàn quốc", "Đại hội toàn quốc"
    ("lan thu ", ""),
    ("tphcm", "thanh pho ho chi minh"),
    ("tp hcm", "thanh pho ho chi minh"),
    ("tp ", "thanh pho "),
)
_NUMERAL = re.compile(r"[0-9]+|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")


def alike(one: object, other: object, *, shared: float = 0.8, part: float = 0.6, numerals: bool = True) -> bool:
    """Whether two wordings say the same.

    They do when they have `shared` of their words in common (as a multiset, Dice's coefficient), or when one stands
    within the other and makes up `part` of its words (1: never). Numerals, Roman ones too, must be the same unless
    `numerals` is off: "khóa XII" is not "khóa XIII". Two empty wordings are alike, one is like nothing.
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return left == right
    if numerals and _numerals(left) != _numerals(right):
        return False
    common = sum((Counter(left) & Counter(right)).values())
    if 2 * common / (len(left) + len(right)) >= shared:
        return True
    short, long = sorted((left, right), key=len)
    return part < 1 and len(short) >= part * len(long) and " ".join(short) in " ".join(long)


def _numerals(words: list[str]) -> set[str]:
    return {word for word in words if _NUMERAL.fullmatch(word)}


def _code(value: object) -> str:
    """A document's code for comparing: no spaces, one kind of dash and Đ, no leading zeros, capitals."""
    text = unicodedata.normalize("NFC", str(value or "")).upper().replace("Ð", "Đ")
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s+", "", text))
    return re.sub(r"^0+(?=\d)", "", text)


def _rule(value: object) -> dict[str, frozenset[str]]:
    """An RRULE's parts, whatever their order; twelve months are a year."""
    parts = {}
    for part in str(value or "").upper().removeprefix("RRULE:").split(";"):
        name, equals, values = part.partition("=")
        if equals and (name, values) != ("INTERVAL", "1"):
            parts[name] = frozenset(values.split(","))
    if parts.get("FREQ") == frozenset({"MONTHLY"}) and parts.get("INTERVAL") == frozenset({"12"}):
        del parts["INTERVAL"]
        parts["FREQ"] = frozenset({"YEARLY"})
    return parts


def _number(value: object) -> float | None:
    """A number, None where there is none; words are no number and equal to nothing."""
    if value is None or value == "":
        return None
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return float("nan")


def _same_number(gold: object, found: object) -> bool:
    one, other = _number(gold), _number(found)
    return one == other or (one is not None and other is not None and abs(one - other) < 1e-3)


def _same_text(gold: object, found: object) -> bool:
    return str(gold or "") == str(found or "")


def _same_words(gold: object, found: object) -> bool:
    return words_of(gold) == words_of(found)


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "code": lambda gold, found: _code(gold) == _code(found),
    "name": lambda gold, found: alike(gold, found, shared=0.9, part=1),
    "rrule": lambda gold, found: _rule(gold) == _rule(found),
    "low": _same_number,
    "high": _same_number,
    "roles": lambda gold, found: set(gold) == set(found or ()),
    "issuer": alike,
    "title": alike,
    "responsible": alike,
    "recipient": alike,
    "provision": alike,
    "anchor": alike,
    **dict.fromkeys(("unit", "relation", "province", "type", "change", "period_end", "bound", "doc_type"), _same_words),
}


def same(field: str, gold: object, found: object) -> bool:
    """Whether a field is right: any of the gold's values where it has several, anything where it has "*"."""
    if gold == "*":
        return True
    if isinstance(gold, list) and field != "roles":
        return any(same(field, one, found) for one in gold)
    return _SAME.get(field, _same_text)(gold, found)


def _same_indicator(gold: Fields, found: Fields) -> bool:
    """Where the indicator ends and its subject begins is a matter of taste: both together are compared, loosely."""
    one, other = (f"{fact.get('indicator') or ''} {fact.get('subject') or ''}" for fact in (gold, found))
    return alike(one, other, shared=0.6, part=0.4, numerals=False)


def is_strict(group: str, gold: Fields, found: Fields) -> bool:
    """Whether all deciding fields of a pair are right.

    A reference is decided by the code or the name that the gold gives; the date of one with a name only where the gold
    has it. A target's missing bound must be missing, except that "=" without figures takes any. A section without a
    path in the gold is decided by its roles.
    """
    return all(same(name, *values) for name, *values in _deciding(group, gold, found))


def _deciding(group: str, gold: Fields, found: Fields) -> Iterator[tuple[str, object, object]]:
    """(field, gold's value, found value) of the fields that decide this pair."""
    for name in DECIDING[group]:
        given = name in gold
        value = found.get(name)
        if name == "name":
            value = value or found.get("text")
        if given:
            yield name, gold[name], value
        elif name in ("code", "name", "path") or (name == "date" and "name" in gold):
            continue
        elif name in ("low", "high"):
            if gold.get("comparator") != "=":
                yield name, None, value
        else:
            yield name, "", value


# --- pairing


def locate(items: Sequence[dict[str, Any]], text: str, where: str) -> list[tuple[int, int]]:
    """The spans of the items' quotes in the text; a quote that is not there is a GoldError."""
    spans = []
    for item in items:
        pattern = r"\s+".join(map(re.escape, item["quote"].split()))
        places = [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]
        nth = int(item.get("nth", 1))
        if len(places) < nth:
            raise GoldError(f"{where}: occurrence {nth} of a quote is not in the text: {item['quote']!r}")
        spans.append(places[nth - 1])
    return spans


def closeness(quote: tuple[int, int], found: Sequence[int] | None) -> float:
    """The share of the longer span that both cover; 0 for a span that is missing, apart or far too long."""
    if not found:
        return 0.0
    start, end = found
    length = quote[1] - quote[0]
    if end - start > LONGEST[0] * length + LONGEST[1]:
        return 0.0
    overlap = min(quote[1], end) - max(quote[0], start)
    return max(0.0, overlap / max(length, end - start))


def pair(
    group: str, gold: Sequence[Fields], spans: Sequence[tuple[int, int]], found: Sequence[Fields]
) -> list[tuple[int, int, bool]]:
    """Pairs of gold and found items, each in one pair at most: (gold index, found index, strict).

    Strict pairs are made first, then those with items that are not optional, then the closest.
    """
    candidates = []
    for i, (item, span) in enumerate(zip(gold, spans, strict=True)):
        optional = bool(item.get("optional"))
        for j, fact in enumerate(found):
            near = closeness(span, fact.get("span"))
            if near > 0:
                strict = not optional and is_strict(group, item, fact)
                candidates.append((not strict, optional, -near, i, j))
    pairs: list[tuple[int, int, bool]] = []
    paired_gold: set[int] = set()
    paired_found: set[int] = set()
    for loose, _, _, i, j in sorted(candidates):
        if i not in paired_gold and j not in paired_found:
            paired_gold.add(i)
            paired_found.add(j)
            pairs.append((i, j, not loose))
    return pairs


# --- the measure


def evaluate(gold_dir: str | Path, root: str | Path, extract: Extract) -> Report:
    """Measure `extract` on each gold file in `gold_dir`; their `source` and `file` start at `root`.

    A KehoachError of `extract` is reported and counts as a plan without facts. Raises GoldError for a quote that is
    not in the text that `extract` returns.
    """
    report = Report(groups={group: GroupScore() for group in GROUPS})
    for path in sorted(Path(gold_dir).glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        document = Path(root) / (gold.get("file") or gold["source"])
        report.documents += 1
        try:
            plan, text = extract(document)
        except KehoachError as error:
            report.misses.append(Miss(path.stem, "document", "unreadable", str(error)))
            facts: dict[str, Any] = {}
            text = None
        else:
            facts = msgspec.to_builtins(plan)
        for group in GROUPS:
            _measure(report, path.stem, group, gold.get(group, []), facts.get(group) or [], text)
        _measure_metadata(report, path.stem, gold.get("metadata", {}), facts.get("metadata") or {})
    return report


def _measure(
    report: Report,
    document: str,
    group: str,
    gold: list[dict[str, Any]],
    found: list[dict[str, Any]],
    text: str | None,
) -> None:
    """Count one group of one document."""
    score = report.groups[group]

    def miss(kind: str, words: str, wanted: object = None, got: object = None) -> None:
        report.misses.append(Miss(document, group, kind, words, wanted, got))

    if group == "sections":  # a section is found by its heading; blocks without one are not measured
        found = [fact | {"span": fact["heading_span"]} for fact in found if fact.get("heading")]
    pairs = pair(group, gold, locate(gold, text, document), found) if text is not None else []
    required = {i for i, item in enumerate(gold) if not item.get("optional")}
    score.gold += len(required)
    score.found += len(found) - sum(i not in required for i, _, _ in pairs)
    for i in sorted(required - {i for i, _, _ in pairs}):
        miss("missed", gold[i]["quote"])
    for i, j, strict in pairs:
        if i not in required:
            continue
        item, fact = gold[i], found[j]
        score.detected += 1
        score.strict += strict
        report.state(group, fact, strict)
        if not strict:
            wrong = [(n, want, got) for n, want, got in _deciding(group, item, fact) if not same(n, want, got)]
            miss("wrong", item["quote"], {n: want for n, want, _ in wrong}, {n: got for n, _, got in wrong})
        for name in COMPARED[group]:
            if name in item:
                agrees = _same_indicator(item, fact) if name == "indicator" else same(name, item[name], fact.get(name))
                score.count(name, agrees)
                if not agrees:
                    miss(name, item["quote"], item[name], fact.get(name))
    for j in sorted(set(range(len(found))) - {j for _, j, _ in pairs}):
        miss("extra", str(found[j].get("text") or found[j].get("heading") or ""))
        report.state(group, found[j], False)


def _measure_metadata(report: Report, document: str, gold: Fields, found: Fields) -> None:
    """Count the metadata of one document; of the recipients the gold gives their number."""
    for name in METADATA:
        if name not in gold:
            continue
        got = found.get(name)
        right = len(got or ()) == gold[name] if name == "recipients" else same(name, gold[name], got)
        report.metadata_fields += 1
        report.metadata_right += right
        agree, compared = report.metadata_agreement.get(name, (0, 0))
        report.metadata_agreement[name] = (agree + right, compared + 1)
        report.state("metadata", found, right)
        if not right:
            report.misses.append(Miss(document, "metadata", name, "", gold[name], got))
