"""Words looked for in all sections and facts: with or without accents, whole phrases, words that must not occur.

The database finds (`passages`, whose words have no accents), and this module ranks what it found by the original words,
so that both databases give the same hits in the same order. Of the passages that hold the words at most `CANDIDATES`
are ranked, those that were stored last: a search that finds more is better asked with another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import reduce
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, and_, column, func, literal_column, select, table, tuple_, union_all

from extractors.vietnamese import ascii_key, tone_key
from models import tables as t
from models.plan import Span
from pipeline.errors import KehoachError
from pipeline.store.derived import SEARCHED_FIELDS, search_words, uncovered
from pipeline.store.finding import PlanRef, plan_refs, province_ids
from pipeline.store.objects import SEARCHED
from pipeline.store.shared import chunks

CANDIDATES = 1_000
AROUND = 80
"""Characters that a snippet shows on each side of what was found."""

_TERM = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')
_WORD = re.compile(r"[^\W_]+")
_JOIN = " · "  # between the parts of a fact that its passage is made of
_USUAL = 60  # words of a passage; a longer one needs a word more often
_TABLES: dict[t.PassageKind, Any] = {
    "reference": t.Citation,
    "deadline": t.Deadline,
    "target": t.Target,
    "task": t.Task,
}


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A section or fact (`kind`, `id`; of a plan's title None) that holds the words.

    `span` is the fact's place in the plan's text, in a section that of what was found, None for a plan. `snippet` is
    the original text around it, `marks` what was found in it, as places of the snippet.
    """

    plan: PlanRef
    kind: t.PassageKind
    id: str | None
    section: str | None
    heading: str | None
    page: int | None
    span: Span | None
    snippet: str
    marks: tuple[Span, ...]

    @property
    def marked(self) -> str:
        """The snippet with what was found between « and »."""
        at, parts = 0, []
        for start, end in self.marks:
            parts += [self.snippet[at:start], "«", self.snippet[start:end], "»"]
            at = end
        return "".join([*parts, self.snippet[at:]])


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The best hits, how many there are, and whether there may be more than were ranked."""

    hits: tuple[SearchHit, ...]
    count: int
    more: bool


class Query(NamedTuple):
    """What a person looks for: phrases of one word or more as they were typed, and phrases that must not occur."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def read_query(words: str) -> Query:
    """Reads `bệnh dại "tiêm phòng" -chó`: all words, a phrase, a word to leave out. A code ("12/QĐ-UBND") is a phrase.

    Raises KehoachError `search_empty` where nothing is left to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in _TERM.finditer(words):
        said = term["phrase"] if term["phrase"] is not None else term["word"]
        if search_words(said):
            (unwanted if term["not"] else wanted).append(said)
    if not wanted:
        raise KehoachError("search_empty", words=words)
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def search(
    connection: Connection,
    words: str,
    *,
    kind: t.PassageKind | None = None,
    province: str | None = None,
    year: int | None = None,
    limit: int = 20,
) -> Found:
    """What holds the words (see `read_query`): first what has the accents that were typed, then where the words stand
    together, often and in a short text; of equals the newest plan's. `year` is the plan's own."""
    query = read_query(words)
    rows = _matching(connection, query, kind, province, year)
    more = len(rows) > CANDIDATES
    # A long section has several passages.
    asked = {(row.plan_id, row.kind, row.fact_id): row for row in rows[:CANDIDATES]}
    terms = [_Term(phrase) for phrase in query.wanted]
    judged = [
        (_score(original, terms), asked[key], original) for key, original in _originals(connection, asked).items()
    ]
    judged.sort(key=lambda found: (_descending(found[1].issue_date), found[1].key, found[2].start, found[1].kind))
    judged.sort(key=lambda found: found[0], reverse=True)
    best = judged[:limit]
    refs = plan_refs(connection, {row.plan_id for _, row, _ in best})
    hits = (_hit(connection, refs[row.plan_id], row, original, terms) for _, row, original in best)
    return Found(hits=tuple(hits), count=len(judged), more=more)


# --- finding ------------------------------------------------------------------------------------------------------


def _matching(
    connection: Connection, query: Query, kind: t.PassageKind | None, province: str | None, year: int | None
) -> Sequence[Any]:
    """The passages that hold the words, with what is known of their plans; one more than are ranked, if there are."""
    passage, plan = t.Passage, t.Plan
    found = select(passage.id, passage.plan_id, passage.kind, passage.fact_id).add_columns(
        plan.key, plan.issue_date, plan.pages
    )
    found = found.join(plan, plan.id == passage.plan_id)
    if connection.dialect.name == "sqlite":
        index = table(SEARCHED, column("rowid"))
        found = found.join(index, index.c.rowid == passage.id).where(
            literal_column(SEARCHED).op("MATCH")(_fts(query))
        ).order_by(index.c.rowid.desc())  # fmt: skip
    else:
        document = func.to_tsvector(literal_column("'simple'"), passage.words)
        found = found.where(document.op("@@")(_tsquery(query))).order_by(passage.id.desc())
    if kind is not None:
        found = found.where(passage.kind == kind)
    if year is not None:
        found = found.where(plan.year == year)
    if province is not None:
        found = found.where(plan.province_id.in_(province_ids(connection, province)))
    return connection.execute(found.limit(CANDIDATES + 1)).all()


def _fts(query: Query) -> str:
    """The query for FTS5: every phrase in quotation marks, and in it nothing but letters and digits."""
    wanted = " AND ".join(f'"{search_words(phrase)}"' for phrase in query.wanted)
    return "".join([f"({wanted})", *(f' NOT "{search_words(phrase)}"' for phrase in query.unwanted)])


def _tsquery(query: Query) -> Any:
    """The query for PostgreSQL, which reads no operators in a phrase."""

    def phrase(words: str) -> Any:
        return func.phraseto_tsquery(literal_column("'simple'"), search_words(words))

    parts = [*map(phrase, query.wanted), *(func.tsquery_not(phrase(words)) for words in query.unwanted)]
    return reduce(func.tsquery_and, parts)


# --- the original words -------------------------------------------------------------------------------------------


class _Original(NamedTuple):
    """The text that a passage was made of, as it stands: its parts with where each begins in the plan's text (None for
    what stands elsewhere), the fact's own place, and where it is."""

    parts: tuple[tuple[int | None, str], ...]
    start: int
    span: Span | None
    page: int | None
    section: str | None
    heading: str | None

    @property
    def text(self) -> str:
        return _JOIN.join(words for _, words in self.parts)


def _originals(
    connection: Connection, asked: Collection[tuple[int, t.PassageKind, str | None]]
) -> dict[Any, _Original]:
    """The original of each passage, by plan, kind and id of the fact."""
    of_kind: defaultdict[t.PassageKind, list[Any]] = defaultdict(list)
    for plan_id, kind, fact_id in asked:
        of_kind[kind].append(plan_id if kind == "plan" else (plan_id, fact_id))
    found: dict[Any, _Original] = {}
    for kind, keys in of_kind.items():
        for chunk in chunks(keys):
            read = {"plan": _plans, "section": _sections}.get(kind)
            found |= read(connection, chunk) if read else _facts(connection, kind, chunk)
    return {key: found[key] for key in asked}


def _plans(connection: Connection, keys: list[Any]) -> dict[Any, _Original]:
    columns = [getattr(t.Plan, name) for name in SEARCHED_FIELDS["plan"]]
    rows = connection.execute(select(t.Plan.id, *columns).where(t.Plan.id.in_(keys)))
    return {(i, "plan", None): _Original(_parts(None, fields), 0, None, None, None, None) for i, *fields in rows}


def _facts(connection: Connection, kind: t.PassageKind, keys: list[Any]) -> dict[Any, _Original]:
    fact, section = _TABLES[kind], t.Section
    page = literal_column("NULL") if kind == "task" else fact.page
    columns = [getattr(fact, name).label(f"field_{n}") for n, name in enumerate(SEARCHED_FIELDS[kind])]
    query = (
        select(
            fact.plan_id, fact.fact_id, fact.span_start, fact.span_end, page, section.path, section.heading, *columns
        )
        .outerjoin(section, and_(section.plan_id == fact.plan_id, section.fact_id == fact.section_id))
        .where(tuple_(fact.plan_id, fact.fact_id).in_(keys))
    )
    return {
        (plan_id, kind, fact_id): _Original(_parts(start, fields), start, Span(start, end), on_page, path, heading)
        for plan_id, fact_id, start, end, on_page, path, heading, *fields in connection.execute(query)
    }


def _sections(connection: Connection, keys: list[Any]) -> dict[Any, _Original]:
    section, inner = t.Section, defaultdict(list)
    below = select(section.plan_id, section.parent_id, section.span_start, section.span_end).where(
        tuple_(section.plan_id, section.parent_id).in_(keys)
    )
    for plan_id, parent, start, end in connection.execute(below):
        inner[plan_id, parent].append(Span(start, end))
    words = func.substr(t.PlanText.text, section.span_start + 1, section.span_end - section.span_start)
    query = (
        select(section.plan_id, section.fact_id, section.span_start, section.path, section.heading, words)
        .join(t.PlanText, t.PlanText.plan_id == section.plan_id)
        .where(tuple_(section.plan_id, section.fact_id).in_(keys))
    )
    found = {}
    for plan_id, fact_id, start, path, heading, own in connection.execute(query):
        spans = uncovered(Span(start, start + len(own)), inner[plan_id, fact_id])
        parts = tuple((span.start, own[span.start - start : span.end - start]) for span in spans)
        found[plan_id, "section", fact_id] = _Original(parts, start, None, None, path, heading)
    return found


def _parts(start: int | None, fields: Sequence[str | None]) -> tuple[tuple[int | None, str], ...]:
    """The fact's own words, and those of the other fields that they lack."""
    own, *more = fields
    others = ((None, words) for words in more if words and words not in (own or ""))
    return ((start, own or ""), *others)


# --- ranking ------------------------------------------------------------------------------------------------------


class _Term:
    """A phrase as it was typed: its words without accents, and with them."""

    def __init__(self, phrase: str) -> None:
        typed = unicodedata.normalize("NFC", phrase)
        self.bare = search_words(typed).split()
        spelled = _WORD.findall(tone_key(typed))
        self.spelled = spelled if spelled != self.bare else None


class _Place(NamedTuple):
    """Where a term was found, by words and by characters, and whether it has the accents that were typed."""

    first: int
    start: int
    end: int
    exact: bool


def _places(original: str, terms: Sequence[_Term]) -> tuple[list[list[_Place]], int]:
    """Where each term is found in a text, and how many words that has."""
    folded, offsets = _folded(original)
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(ascii_key(folded))]
    at: defaultdict[str, list[int]] = defaultdict(list)
    wanted = {term.bare[0] for term in terms}
    for n, (word, _, _) in enumerate(words):
        if word in wanted:
            at[word].append(n)
    found = []
    for term in terms:
        size, places = len(term.bare), []
        for n in at[term.bare[0]]:
            if [word for word, _, _ in words[n : n + size]] == term.bare:
                start, end = words[n][1], words[n + size - 1][2]
                exact = term.spelled is None or _WORD.findall(tone_key(folded[start:end])) == term.spelled
                places.append(_Place(n, offsets[start], offsets[end - 1] + 1, exact))
        found.append([place for place in places if place.exact] or places)
    return found, len(words)


def _folded(original: str) -> tuple[str, Sequence[int]]:
    """The text in NFC, and for each of its characters where that stands in the original."""
    if unicodedata.is_normalized("NFC", original):
        return original, range(len(original))
    folded, offsets = [], []
    for match in re.finditer(r".[\u0300-\u036f]*", original, re.DOTALL):
        letter = unicodedata.normalize("NFC", match.group())
        folded.append(letter)
        offsets += [match.start()] * (len(letter) - 1) + [match.end() - 1]
    return "".join(folded), offsets


def _score(original: _Original, terms: Sequence[_Term]) -> tuple[int, float]:
    """How many terms stand there with their accents, then BM25 without the rarity of words (each hit holds all of
    them) and how close together they stand."""
    places, length = _places(original.text, terms)
    exact = sum(any(place.exact for place in found) for found in places)
    room = 1.2 * (0.25 + 0.75 * length / _USUAL)
    weight = sum(len(found) / (len(found) + room) for found in places)
    return exact, round(weight + _closeness(places, terms), 9)


def _closeness(places: Sequence[Sequence[_Place]], terms: Sequence[_Term]) -> float:
    """1 where the terms follow each other, less the more words lie between them."""
    if len(terms) == 1 or not all(places):
        return 0.0
    ordered = sorted((place.first, n) for n, found in enumerate(places) for place in found)
    last: dict[int, int] = {}
    least = None
    for first, n in ordered:
        last[n] = first
        if len(last) == len(terms):
            width = first - min(last.values()) + 1
            least = width if least is None else min(least, width)
    return len(terms) / max(least or 1, len(terms))


def _descending(date: str | None) -> tuple[int, ...]:
    return tuple(-ord(c) for c in date or "")


# --- showing ------------------------------------------------------------------------------------------------------


def _hit(connection: Connection, plan: PlanRef, row: Any, original: _Original, terms: Sequence[_Term]) -> SearchHit:
    places, _ = _places(original.text, terms)
    found = sorted({(place.start, place.end) for each in places for place in each})
    best = _densest(found)
    span, page = original.span, original.page
    if row.kind == "section" and best:
        span = Span(*(_in_plan(original, place) for place in best))
        page = _page(connection, row.plan_id, row.pages, span.start)
    snippet, marks = _snippet(original.text, found, best)
    return SearchHit(
        plan=plan,
        kind=row.kind,
        id=row.fact_id,
        section=original.section,
        heading=original.heading,
        page=page,
        span=span,
        snippet=snippet,
        marks=marks,
    )


def _densest(found: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first stretch that a snippet can show with the most places in it."""
    best, most = None, 0
    for n, (start, _) in enumerate(found):
        inside = [end for first, end in found[n:] if first < start + AROUND]
        if len(inside) > most:
            best, most = (start, max(inside)), len(inside)
    return best


def _in_plan(original: _Original, place: int) -> int:
    """Where a place of the original's text is in the plan's."""
    for start, words in original.parts:
        if place <= len(words) and start is not None:
            return start + place
        place -= len(words) + len(_JOIN)
    return original.start


def _page(connection: Connection, plan_id: int, pages: int | None, at: int) -> int | None:
    """The page of a place in a section, where the facts before and behind it are on one: only facts keep theirs."""
    if pages is None:
        return None
    kinds = (t.Citation, t.Deadline, t.Target)
    query = union_all(*(select(k.span_start, k.page).where(k.plan_id == plan_id, k.page.is_not(None)) for k in kinds))
    known: list[Any] = [tuple(row) for row in connection.execute(query)]
    before = max((page for start, page in known if start <= at), default=1)
    behind = min((page for start, page in known if start >= at), default=pages)
    return before if before == behind else None


def _snippet(
    original: str, found: Sequence[tuple[int, int]], best: tuple[int, int] | None
) -> tuple[str, tuple[Span, ...]]:
    """The original around the best place, whole words on one line, and where in it something was found."""
    first, last = best or (0, 0)
    start, end = max(first - AROUND, 0), min(last + AROUND, len(original))
    while 0 < start < first and not original[start - 1].isspace():
        start += 1
    while last < end < len(original) and not original[end].isspace():
        end -= 1
    shown = "".join(" " if c.isspace() else c for c in original[start:end])
    front, back = "… " if start else "", " …" if end < len(original) else ""
    moved = len(front) - start
    marks: list[Span] = []
    for a, b in found:
        if marks and not _WORD.search(original, marks[-1].end - moved, a):
            marks[-1] = Span(marks[-1].start, max(b + moved, marks[-1].end))  # words side by side are one mark
        elif start <= a and b <= end:
            marks.append(Span(a + moved, b + moved))
    return f"{front}{shown}{back}", tuple(mark for mark in marks if mark.end <= len(front) + len(shown))
