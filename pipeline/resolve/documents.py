"""Which documents a plan's references mean: whole issuers, canonical codes, and one key for all mentions of a document.

A key has up to three parts, joined by " | ": the code (or the name, for a law or a congress's resolution), the issuing
body where every province has one that numbers so, and the year where the number itself has none. Mentions that leave a
part out take it from the one mention of the plan that has it; where two could be meant, none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from extractors.confidence import left
from extractors.notes import warn
from extractors.places import Province, province_of, version_of
from extractors.references.codes import Code, canonical_code, split_code
from extractors.vietnamese import words_key
from models.plan import Context, Metadata, PlanWarning, Reference, Span
from pipeline.resolve.names import name_key
from pipeline.resolve.organisations import Issuer, is_local, issuer_from_symbol, read_issuer
from pipeline.resolve.places import predecessors

_LAWS = ("Luật", "Bộ luật", "PL", "HP")
_CENTRAL_PARTY = ("bo-chinh-tri", "ban-bi-thu", "ban-chap-hanh-trung-uong-dang")
_CHANGES = ("amends", "replaces", "repeals")
_TERM_YEARS = 5  # the Party's numbers go on through a term of office


@dataclass(slots=True)
class _Mention:
    """A reference on its way, with what is known of its document so far; `name` is the key of its name."""

    reference: Reference
    code: Code | None
    issuer: Issuer | None
    date: str | None
    name: str | None
    year: int | None
    guessed: bool = False

    @property
    def type(self) -> str | None:
        return self.reference.type or (self.code.type if self.code else None)

    @property
    def is_law(self) -> bool:
        return self.name is not None and self.type in _LAWS

    @property
    def local(self) -> bool:
        """Whether the number means nothing without its issuer. The issuer decides where central and local bodies share
        a code or the code is unknown."""
        by_code = is_local(self.code) if self.code else None
        record = self.issuer.record if self.issuer else None
        if record:
            return record["scope"] == "province" and by_code is not False
        return by_code is not False and self.issuer is not None

    @property
    def identity(self) -> str | None:
        """What stands for the document but for its year; None for one that has neither code nor number."""
        if self.code:
            head = self.code.value.replace("&", "")  # SGD&ĐT and SGDĐT are one code
        elif self.reference.number:
            head = f"{self.type or ''} {self.reference.number}".strip()
        else:
            return None
        return f"{head} | {self.issuer.body}" if self.issuer and self.local else head


def resolve_references(
    references: Sequence[Reference], context: Context
) -> tuple[tuple[Reference, ...], tuple[PlanWarning, ...]]:
    """The references with whole issuers, codes and keys, in their order, and what does not fit together.

    A reference's `object` may come as the index (as text) of the reference that is changed; it goes as that one's key.
    Without one, what an amending, replacing or repealing verb governs is its own object.
    """
    home = _home(context)
    mentions = [_read(reference, context, home) for reference in references]
    own = _plan_itself(context)
    everything = [*mentions, own] if own else mentions
    _complete_short(mentions, everything)
    _share(everything, lambda m: m.code.value if m.code else None, _lend_issuer_and_name)
    for mention in mentions:
        if mention.issuer is None and mention.code:
            implied = issuer_from_symbol(mention.code, context, mention.date)
            mention.issuer = read_issuer(implied, context, mention.date) if implied else None
    warnings = [*_conflicts(mentions)]
    _share(everything, lambda m: m.identity, _lend_date)
    _share(mentions, lambda m: m.name, _lend_year)
    keys = [_key(mention) for mention in mentions]
    own_key = _key(own) if own else None
    resolved = []
    for mention, key in zip(mentions, keys, strict=True):
        reference = _written(mention, key, is_plan=key == own_key and key is not None)
        resolved.append(_with_object(reference, keys))
        warnings += _doubts(reference, mention.code, context)
    return tuple(resolved), tuple(warnings)


def key_of_plan(metadata: Metadata) -> str | None:
    """The key by which others mention the plan itself; None where its code is not known."""
    own = _plan_itself(Context(metadata=metadata))
    return _key(own) if own else None


# --- one mention --------------------------------------------------------------------------------------------------


def _home(context: Context) -> Province | None:
    name = context.metadata.province
    return version_of(name, context.metadata.issue_date) if name else None


def _read(reference: Reference, context: Context, home: Province | None) -> _Mention:
    code = _code_of(reference)
    issuer = read_issuer(reference.issuer, context, reference.date) if reference.issuer else None
    if issuer and code:
        code = _party_level(code, issuer)
    name = name_key(reference.name, home) if reference.name else None
    year = reference.year or (code.year if code else None) or (int(reference.date[:4]) if reference.date else None)
    return _Mention(reference, code, issuer, reference.date, name, year)


def _code_of(reference: Reference) -> Code | None:
    parts = split_code(reference.code) if reference.code else None
    if parts:
        return canonical_code(*parts, type_hint=reference.type)
    if reference.number and reference.symbol:
        return canonical_code(reference.number, reference.year, reference.symbol, reference.type)
    return None


def _party_level(code: Code, issuer: Issuer) -> Code:
    """TW and TU are one stroke apart: the issuer's words tell which of them a Party paper's code has."""
    who = issuer.record["id"] if issuer.record else None
    if code.agency == "TU" and who in _CENTRAL_PARTY:
        return code._replace(value=f"{code.value.removesuffix('/TU')}/TW", agency="TW", repaired=True)
    if code.agency == "TW" and who == "tinh-uy":
        return code._replace(value=f"{code.value.removesuffix('/TW')}/TU", agency="TU", repaired=True)
    return code


def _plan_itself(context: Context) -> _Mention | None:
    """The plan as if it were mentioned, so that mentions of its own number find it; None without a number."""
    meta = context.metadata
    parts = split_code(meta.code) if meta.code else None
    if parts is None:
        return None
    reference = Reference(text="", span=Span(0, 0), type=meta.doc_type, number=meta.number)
    issuer = read_issuer(meta.issuer, context, meta.issue_date) if meta.issuer else None
    return _Mention(reference, canonical_code(*parts), issuer, meta.issue_date, None, None)


# --- what mentions give each other --------------------------------------------------------------------------------


def _share(
    mentions: Iterable[_Mention], key: Callable[[_Mention], str | None], lend: Callable[[list[_Mention]], None]
) -> None:
    groups: defaultdict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        if (found := key(mention)) is not None:
            groups[found].append(mention)
    for group in groups.values():
        lend(group)


def _complete_short(mentions: Sequence[_Mention], everything: Sequence[_Mention]) -> None:
    """Gives a number without its symbol ("Chỉ thị số 21") the code of the one full mention of that type and number, or
    of the one that it was declared the short name of. A scheme ("Chương trình 08") is one where no paper bears it."""
    by_number: defaultdict[tuple[str | None, int], list[_Mention]] = defaultdict(list)
    for mention in everything:
        if mention.code and (count := _count(mention.code.value)) is not None:
            by_number[mention.type, count].append(mention)
    declared: dict[tuple[str | None, int], _Mention] = {}
    for mention in mentions:
        number = mention.reference.number or ""
        count = _count(number)
        if count is None:
            continue
        place = mention.type, count
        if mention.code:
            if mention.reference.text.endswith(number):
                declared[place] = mention  # "(sau đây gọi tắt là Quyết định số 15)"
            continue
        full = [m for m in by_number[place] if _agree(mention, m)]
        if not _is_one(full) and place in declared:
            full = [m for m in full if m.code == declared[place].code]
        if _is_one(full):
            mention.code, mention.name = full[0].code, None
            mention.issuer = mention.issuer or next((m.issuer for m in full if m.issuer), None)
        elif not full and mention.name is None:
            mention.code = _built(mention)
            mention.guessed = mention.code is not None


def _is_one(mentions: Sequence[_Mention]) -> bool:
    """Whether mentions are of one document: one code, and one issuer among those that name any."""
    issuers = {m.issuer.body for m in mentions if m.issuer}
    return len({m.code.value for m in mentions if m.code}) == 1 and len(issuers) < 2


def _count(number: str) -> int | None:
    digits = number.split("/")[0].split("-")[0]
    return int(digits) if digits.isdecimal() else None


def _agree(short: _Mention, full: _Mention) -> bool:
    """Whether a short mention's issuer, date and year do not speak against the full one."""
    if short.issuer and full.issuer and short.issuer.body != full.issuer.body:
        return False
    if short.reference.year and full.code and short.reference.year != full.code.year:
        return False
    return not (short.date and full.date) or short.date.startswith(full.date) or full.date.startswith(short.date)


def _built(mention: _Mention) -> Code | None:
    """The code that type, number and issuer alone determine: a central Party paper's, a decree's with its year."""
    number, year = mention.reference.number or "", mention.reference.year
    who = mention.issuer.record["id"] if mention.issuer and mention.issuer.record else None
    if who in _CENTRAL_PARTY and mention.type and year is None:
        return canonical_code(number, None, f"{mention.type}/TW")
    if mention.type == "NĐ" and year and who in (None, "chinh-phu"):
        return canonical_code(number, year, "NĐ-CP")
    return None


def _lend_issuer_and_name(group: list[_Mention]) -> None:
    """Mentions of one code: who names no issuer means the one that the others name; so with a law's name.

    The dated mention's words go first, being the fullest.
    """
    issuers = {m.issuer.body: m.issuer for m in sorted(group, key=lambda m: m.date is not None) if m.issuer}
    names = {m.name for m in group if m.name}
    for mention in group:
        if mention.issuer is None and len(issuers) == 1:
            mention.issuer = next(iter(issuers.values()))
        if mention.name is None and len(names) == 1:
            mention.name = next(iter(names))


def _lend_date(group: list[_Mention]) -> None:
    dates = _distinct(m.date for m in group if m.date)
    if len(dates) == 1:
        for mention in group:
            mention.date = mention.date or dates[0]


def _lend_year(group: list[_Mention]) -> None:
    years = {m.year for m in group if m.year}
    if len(years) == 1:
        for mention in group:
            mention.year = mention.year or next(iter(years))


def _distinct(dates: Iterable[str]) -> list[str]:
    """The dates that contradict each other: those that are the start of a fuller one go with it."""
    found = sorted(set(dates))
    return [d for d in found if not any(other != d and other.startswith(d) for other in found)]


# --- keys ---------------------------------------------------------------------------------------------------------


def _key(mention: _Mention) -> str | None:
    """The document's key; None for a mention with nothing to know it by."""
    if mention.name and (mention.is_law or mention.code is None):
        return " | ".join(filter(None, (mention.name, str(mention.year or "") if mention.is_law else "")))
    identity = mention.identity
    if identity is None:
        return words_key(mention.reference.text) or None
    if mention.code and mention.code.year:
        return identity
    return " | ".join(filter(None, (identity, _series(mention))))


def _series(mention: _Mention) -> str | None:
    """The year whose numbers the document's belongs to. A province made of several began anew in July 2025."""
    if not mention.date:
        return None
    year = mention.date[:4]
    if mention.local and mention.issuer and year == "2025" and len(mention.date) > len("2025"):
        province = province_of(mention.issuer.body, mention.date)
        if province and len(predecessors(province)) > 1:
            return f"{year}-07"
    return year


def _written(mention: _Mention, key: str | None, *, is_plan: bool) -> Reference:
    reference = mention.reference
    return replace(
        reference,
        type=mention.type,
        name=reference.name if mention.name else None,
        code=mention.code.value if mention.code else reference.code,
        date=mention.date,
        issuer=mention.issuer.name if mention.issuer else None,
        relation="self" if is_plan else reference.relation,
        document_key=key,
        confidence=_stated(mention),
    )


def _stated(mention: _Mention) -> float:
    """The mention's confidence, less where its code was put together or nothing tells it."""
    stated = mention.reference.confidence
    if mention.guessed:
        return round(stated * left("references.code_built"), 3)
    if mention.code is None and mention.reference.code is None and mention.name is None:
        return round(stated * left("references.code_open"), 3)
    return stated


def _with_object(reference: Reference, keys: Sequence[str | None]) -> Reference:
    if reference.relation not in _CHANGES:
        return replace(reference, object=None) if reference.object is not None else reference
    changed = reference.object
    if changed is None:
        return replace(reference, object=reference.document_key)
    return replace(reference, object=keys[int(changed)] if changed.isdecimal() and int(changed) < len(keys) else None)


# --- what does not fit --------------------------------------------------------------------------------------------


def _conflicts(mentions: Sequence[_Mention]) -> Iterator[PlanWarning]:
    """One document cited with two dates: its number can't be given twice in a year, nor a Party one in a term."""
    groups: defaultdict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.code and mention.date and (identity := mention.identity):
            groups[identity].append(mention)
    for group in groups.values():
        dates = _distinct(m.date for m in group if m.date)
        code = group[0].code
        if code is None or len(dates) < 2:
            continue
        years = [int(date[:4]) for date in dates]
        apart = code.year is None and len({_series(m) for m in group if m.date in dates}) == len(dates)
        if apart and not (code.party and years[-1] - years[0] < _TERM_YEARS):
            continue
        last = next(m for m in reversed(group) if m.date == dates[-1])
        yield warn("date_conflict", last.reference.span, document=code.value, dates=", ".join(map(_day, dates)))


def _doubts(reference: Reference, code: Code | None, context: Context) -> Iterator[PlanWarning]:
    """A cited date that the number or the plan's own date speaks against; it stays as it is written."""
    date, issued = reference.date, context.metadata.issue_date
    if not date or not reference.code or reference.relation == "self":
        return
    if code and code.year and str(code.year) != date[:4]:
        yield warn("year_conflict", reference.span, document=reference.code, date=_day(date))
    if issued and date > issued and not date.startswith(issued):
        yield warn("cited_too_early", reference.span, document=reference.code, date=_day(date), issued=_day(issued))


def _day(date: str) -> str:
    return "/".join(reversed(date.split("-")))
