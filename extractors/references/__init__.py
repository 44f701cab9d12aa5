"""Mentions of documents in a plan: decisions, laws, resolutions, letters, each time one is cited.

`extract_references` gives them in the order of the text. The work is done in steps, each in a module of its own:

- `find`: where a mention is and what its own words say; with `symbols` (numbers), `heads` (type words), `dates`,
  `issuers`, `laws` and `congress` (papers known by name).
- `titles`: the cited document's title, and which mentions stand inside it; `tables`: what other columns say of it.
- `relations`: what the mention is to the plan, and which provision is cited.

The grammar is in data/references.toml, data/laws.toml and the types and bodies of data/document_types.toml and
data/organisations.toml; `grammar` compiles it, `codes` writes codes in their canonical form.
"""

from __future__ import annotations

from bisect import bisect_right

from extractors.notes import warn
from extractors.references import grammar
from extractors.references.find import find_mentions
from extractors.references.mention import Mention
from extractors.references.relations import add_relations
from extractors.references.tables import add_columns
from extractors.references.titles import add_titles
from extractors.references.years import drop_years_of_work
from extractors.vietnamese import key_of
from models.outline import Outline, Region
from models.plan import Context, Metadata, PlanWarning, Reference, Span

_ATTACHED_REACH = 60  # characters of "(Ban hành kèm theo"
_UNREAD: frozenset[Region] = frozenset({"junk", "recipients", "signature"})


def extract_references(outline: Outline, context: Context) -> tuple[tuple[Reference, ...], tuple[PlanWarning, ...]]:
    """Every mention of an identifiable document, with spans in the cleaned text, and what is doubtful about them.

    `object` of a reference that amends, replaces or repeals (or that such a verb governs) is the index, as text, of the
    reference that is changed, in what is returned. `code` is canonical; `issuer` and `title` are as printed.
    """
    text = outline.text.clean
    key = key_of(outline.text)
    mentions = find_mentions(text, context.metadata.province, key)
    mentions = _in_regions(outline, mentions)
    drop_years_of_work(text, mentions, context.year)
    add_titles(text, key, mentions)
    add_columns(outline, mentions)
    add_relations(outline, key, mentions)
    for mention in mentions:
        if _is_self(text, key, mention, context.metadata):
            mention.relation, mention.object = "self", None
    references = tuple(_reference(text, mention) for mention in mentions)
    warnings = tuple(
        warn(code, (mention.start, mention.end), **values) for mention in mentions for code, values in mention.doubts
    )
    return references, warnings


def _in_regions(outline: Outline, mentions: list[Mention]) -> list[Mention]:
    """Leave out what stands where nothing is cited: page junk, recipients, signatures, the letterhead's own number."""
    starts = [line.start for line in outline.text.lines]
    kept: list[Mention] = []
    places: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        region = outline.regions[bisect_right(starts, mention.start) - 1]
        if region in _UNREAD or (region == "letterhead" and not mention.head):
            continue
        if mention.host is not None:
            if mention.host not in places:
                continue
            mention.host = places[mention.host]
        places[index] = len(kept)
        kept.append(mention)
    return kept


def _is_self(text: str, key: str, mention: Mention, metadata: Metadata) -> bool:
    """Whether a mention is the document's own number: the same code (and year), or what an appendix is attached to."""
    if mention.code is None:
        return False
    issued = metadata.issue_date
    if metadata.code is not None:
        same_year = not (issued and mention.date) or issued[:4] == mention.date[:4]
        return mention.code == metadata.code and same_year
    begin = max(0, mention.start - _ATTACHED_REACH)
    line = text.rfind("\n", begin, mention.start) + 1 or begin
    attached = grammar.attached().fullmatch(key, line, mention.start)
    fits = metadata.doc_type in (None, mention.type) and (metadata.symbol or mention.symbol) == mention.symbol
    return bool(attached and fits and mention.type in ("KH", "QĐ"))


def _reference(text: str, mention: Mention) -> Reference:
    return Reference(
        text=text[mention.start : mention.end],
        span=Span(mention.start, mention.end),
        type=mention.type,
        number=mention.number,
        year=mention.year,
        symbol=mention.symbol,
        code=mention.code,
        name=mention.name,
        date=mention.date,
        issuer=mention.issuer,
        title=mention.title,
        relation=mention.relation,
        object=str(mention.object) if mention.object is not None else None,
        provision=mention.provision,
        confidence=mention.confidence,
    )
