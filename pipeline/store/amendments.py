"""What a plan says became of documents: which of them was amended, replaced or repealed, and by which.

A mention's relation follows the nearest verb, whoever acts and whether or not it was done. Here the words of the same
sentence before the verb tell what was done: what is asked for ("tham mưu ... thay thế"), waited for ("khi có ... thay
thế") or drafted changed nothing. The words are in `data/amendments.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from data import load
from extractors.references import grammar
from extractors.vietnamese import tone_key, words_key
from extractors.words import alternation
from models.plan import Metadata, Plan, Reference

_CHANGES = ("amends", "replaces", "repeals")
_REACH = 400
"""How many characters before a mention are looked at, and behind it."""
_SENTENCE = re.compile(r"[.;:]\s|\n\s*(?:\n|[+•|]|\d{1,2}[.)]\s)|\n\s*-\s(?=[^\W\d_])")
"""Where who does something in the source text changes; a line's end alone may be that of a line that was broken."""
_PART = re.compile(r"[.;!?](?=\s|$)|(?<!:)\n\s*(?:\n|[-+•]\s)|\|")
_FULL_STOP = re.compile(r"[.!?](?=\s|$)|(?<!;)\n\s*(?:\n|[-+•]\s)|\|")
_JOINS = frozenset({"và", "hoặc", "hay", "đồng", "thời", "cùng", "với"})
_GAP = r"\s"
_BLANKS = re.compile(r"[ \t\xa0]+")
_UNMARKED = {ord("*"): None, ord("_"): None, ord("\r"): None}
_SIGNS = " \n,;:()[]\"“”'-"


class Change(NamedTuple):
    """A document that was changed: `citation_id` is the mention that says so, `by` the key of the document that did it,
    None for the plan itself."""

    citation_id: str
    relation: str
    document: str
    by: str | None


class _Said(NamedTuple):
    """What a sentence says of a change: whether it was made, by which mention (None: the plan), and whether the plan
    says so of itself in so many words."""

    done: bool
    by: Reference | None = None
    itself: bool = False


def changes(plan: Plan, text: str) -> Iterator[Change]:
    """The changes that the plan's mentions tell, in their order; `text` is what their spans point into.

    What is itself changed in a sentence is not who changes the next one ("Nghị định A thay thế Nghị định B và C").
    """
    known = {mention.document_key: mention for mention in plan.references}
    before: Reference | None = None  # laws that another law's name changes stand inside it and are none
    said: _Said | None = None  # of the mention before, if that was changed
    doer: Reference | None = None
    for mention in plan.references:
        inner = before is not None and mention.span.start < before.span.end
        if before is not None and not inner and _SENTENCE.search(text[before.span.end : mention.span.start]):
            doer = None
        changed = mention.object if mention.relation in _CHANGES else None
        now: _Said | None = None
        if changed is not None:
            if inner or mention.document_key != changed:
                by = mention if mention.document_key != changed else before
                now = _by_document(text, by, changed)
            else:
                now = _told(plan, text, mention, before, said, doer)
            if now.done and _may_be(plan.metadata, known.get(changed, mention), now):
                key = now.by.document_key if now.by else None
                yield Change(mention.id, mention.relation, changed, key)
        if inner:
            continue
        if changed is None or mention.document_key != changed:
            doer, said = mention, None
        else:
            said = now
        before = mention


def _told(
    plan: Plan, text: str, mention: Reference, before: Reference | None, said: _Said | None, doer: Reference | None
) -> _Said:
    """What is said of a mention that is changed itself. `said` is what was said of the mention before, which shares its
    verb and who acts with what follows it."""
    lists = _words()
    if lists.behind.search(_key(text[mention.span.end : mention.span.end + _REACH])):
        return _Said(True, itself=True)
    start = before.span.end if before else 0
    words = _key(text[max(start, mention.span.start - _REACH) : mention.span.start])
    verb = _verb(words)
    if verb is None and said is not None and before is not None and before.relation == mention.relation:
        return said
    words = words[: lists.row.search(words[:verb]).start() if verb is not None else len(words)]  # type: ignore[union-attr]
    if _says_itself(words):
        return _Said(True, itself=True)
    parts = [match.end() for match in _PART.finditer(words)]
    lead = words[parts[-1] :] if parts else words
    _, comma, clause = lead.rpartition(",")
    if _asked(clause if doer else lead) or lists.awaited.search(clause):
        return _Said(False)
    beside = (
        verb is None and bool(words.strip(_SIGNS)) and _only(_JOINS, words)
    )  # "Kế hoạch A và Kế hoạch B hết hiệu lực"
    if beside or (comma and lists.office.match(clause.lstrip())):
        doer = None
    elif said is not None and not _FULL_STOP.search(words) and (not parts or _only(_JOINS, lead)):
        return said
    if doer is not None and doer.relation == "self":
        return _Said(True, itself=True)
    if doer is not None and doer.document_key != mention.object:
        return _by_document(text, doer, mention.object)
    title = words_key(plan.metadata.title or "")
    return _Said(True, itself=words_key(mention.text) in title)


def _by_document(text: str, by: Reference | None, changed: str | None) -> _Said:
    """That a mentioned document changes another one, which it does unless it is a draft."""
    if by is None or by.document_key in (None, changed):
        return _Said(False)
    return _Said(_words().draft.search(_key(text[max(0, by.span.start - _REACH) : by.span.start])) is None, by)


def _may_be(plan: Metadata, changed: Reference, said: _Said) -> bool:
    """Whether it can have been changed so: not by what is older, and by the plan itself only another plan of its kind
    of office, or what it says so of itself: a province's plan replaces no ministry's circular."""
    by = (said.by.date or _year(said.by)) if said.by else plan.issue_date
    if not not_after(changed.date or _year(changed), by):
        return False
    if said.by is not None or said.itself:
        return True
    offices = {re.split("[-/]", symbol)[-1].casefold() for symbol in (plan.symbol, changed.symbol) if symbol}
    return changed.type in ("KH", plan.doc_type) and len(offices) < 2


def _year(mention: Reference) -> str | None:
    return str(mention.year) if mention.year else None


def not_after(first: str | None, second: str | None) -> bool:
    """Whether a date may be as early as another, as far as both are known."""
    return not (first and second) or first[: len(second)] <= second[: len(first)]


# --- words --------------------------------------------------------------------------------------------------------


class _Words(NamedTuple):
    """The lists of `data/amendments.toml` as patterns of `tone_key` text."""

    asked: re.Pattern[str]
    grounds: re.Pattern[str]
    awaited: re.Pattern[str]
    draft: re.Pattern[str]
    row: re.Pattern[str]
    itself: re.Pattern[str]
    between: frozenset[str]
    behind: re.Pattern[str]
    office: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load("amendments")

    def one_of(words: Iterable[str]) -> str:
        return rf"(?<!\w)(?:{alternation(map(tone_key, words), _GAP)})(?!\w)"

    verbs = [cue for cue, means in grammar.cues()[1].items() if means.relation in _CHANGES]
    itself = one_of(data["itself"]["cues"])
    return _Words(
        asked=re.compile(one_of(data["asked"]["cues"])),
        grounds=re.compile(rf"{one_of(data['asked']['grounds'])}\s+$"),
        awaited=re.compile(one_of(data["awaited"]["cues"])),
        draft=re.compile(rf"{one_of(data['draft']['cues'])}[\s“\"]*$"),
        row=re.compile(rf"(?:{one_of([*verbs, *data['row']['words']])}[\s,/]+(?:(?:và|hoặc|hay)\s+)?){{0,8}}$"),
        itself=re.compile(itself),
        between=frozenset(data["itself"]["between"]),
        behind=re.compile(rf"^[^.;\n]{{0,200}}?{one_of(verbs)}\s+{one_of(data['itself']['after'])}\s+{itself}"),
        office=re.compile(one_of(data["office"]["names"])),
    )


def _key(words: str) -> str:
    """Source text as `tone_key` text, without the marks of Markdown; its lines stay."""
    return _BLANKS.sub(" ", tone_key(unicodedata.normalize("NFC", words).translate(_UNMARKED)))


def _verb(words: str) -> int | None:
    """Where the verb that governs the mention behind the words begins: the last one of a change, with nothing but small
    words behind it, or with the colon of a list."""
    pattern, index = grammar.cues()
    last = None
    for match in pattern.finditer(words):
        if index[" ".join(match[0].split())].relation in _CHANGES:
            last = match
    if last is None:
        return None
    behind = words[last.end() :]
    return last.start() if ":" in behind or all(map(_small, behind.split())) else None


def _small(word: str) -> bool:
    word = word.strip(_SIGNS)
    return len(word) <= 2 or word[0].isdigit() or word in grammar.close_words()


def _says_itself(words: str) -> bool:
    """Whether the plan names itself as who does what follows ("Kế hoạch này có hiệu lực từ ngày ký và ...")."""
    lists = _words()
    return any(_only(lists.between, words[match.end() :]) for match in lists.itself.finditer(words))


def _only(allowed: frozenset[str], words: str) -> bool:
    return all(word.strip(_SIGNS) in allowed or not word.strip(_SIGNS) for word in words.split())


def _asked(words: str) -> bool:
    lists = _words()
    return any(not lists.grounds.search(words[: match.start()]) for match in lists.asked.finditer(words))
