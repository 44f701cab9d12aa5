"""Commands about the documents that plans cite: the catalogue, one document, what is left to decide, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli import forms
from pipeline.cli.base import (
    BY,
    DB,
    FORMS,
    JSON_FLAG,
    LIMIT,
    NOTE,
    Argument,
    Choice,
    Day,
    Option,
    Since,
    command,
    decider,
)
from pipeline.cli.forms import join
from pipeline.cli.output import Column, answer, print_json, print_table, print_text
from pipeline.cli.words import relation, say, term
from pipeline.moments import VIETNAM

if TYPE_CHECKING:
    from models.tables import Status
    from pipeline.store.deciding import ConflictRow, Side
    from pipeline.store.documents import (
        BecameRow,
        CitedRow,
        DecisionRow,
        DocumentPage,
        DocumentRow,
        StillCitedRow,
    )
    from pipeline.store.finding import PlanRef

T = TypeVar("T")
FIELDS = (
    "key", "type", "code", "name", "issuer", "date", "title", "mentions", "plans", "provinces", "first_cited",
    "last_cited", "relations", "plan", "status", "status_since", "status_by", "still_cited", "warnings",
)  # fmt: skip
STILL_CITED_FIELDS = (
    "plan.key", "plan.code", "plan.issue_date", "plan.issuer", "plan.province", "plan.title", "plan.path", "document",
    "code", "title", "status", "status_since", "status_by", "relation", "text", "place.section", "place.heading",
    "place.page", "place.span",
)  # fmt: skip


@command(
    "catalogue",
    Option(["--search"], metavar="words", key="search_documents"),
    Option(["--type"], metavar="type"),
    Option(["--issuer"], metavar="issuer"),
    Option(["--status"], type=Choice(["amended", "replaced", "repealed"])),
    Option(["--cited-since"], type=Since(), metavar="since"),
    Option(["--conflicts"], is_flag=True),
    Option(["--read"], is_flag=True),
    Option(["--still-cited"], is_flag=True),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach catalogue --limit 20",
        'kehoach catalogue --search "bảo hiểm y tế" --type NQ',
        "kehoach catalogue --status repealed --cited-since 2024",
        "kehoach catalogue --still-cited",
        "kehoach catalogue --csv > van-ban.csv",
    ),
)
def catalogue(
    search: str | None,
    type: str | None,
    issuer: str | None,
    status: Status | None,
    cited_since: str | None,
    conflicts: bool,
    read: bool,
    still_cited: bool,
    db: str,
    limit: int | None,
    form: str | None,
) -> None:
    """List the documents that the plans cite, or the plans that rest on what is no longer in force."""
    from pipeline.store import documents, open_store

    wanted = documents.Wanted(
        search=search, type=type, issuer=issuer, status=status, cited_since=cited_since, conflicts=conflicts, read=read
    )
    if still_cited and wanted != documents.Wanted():
        raise click.UsageError(say("usage.alone", name="--still-cited"))
    with open_store(db, create=False) as store, store.reading() as connection:
        if still_cited:
            _still_cited(documents.still_cited(connection), limit, form)
            return
        rows = documents.catalogue(connection, wanted, limit)
        found = documents.catalogue_size(connection, wanted)
    columns: Sequence[Column[DocumentRow]] = (
        Column("document", _called, share=2),
        Column("issued", lambda row: forms.day(row.date)),
        Column("issuer", lambda row: row.issuer or "", share=3),
        Column("about", lambda row: row.title or (row.name if row.code else "") or "", share=8),
        Column("plans_short", lambda row: forms.number(len(row.plans)), right=True),
        Column("mentions_short", lambda row: forms.number(row.mentions), right=True),
        Column("status", lambda row: term("status", row.status) if row.status else "", share=1),
    )
    none = say("say.no_such_document" if wanted != documents.Wanted() else "say.no_documents")
    answer(rows, columns, FIELDS, form, title=say("label.catalogue"), none=none, found=found)


def _still_cited(rows: list[StillCitedRow], limit: int | None, form: str | None) -> None:
    columns: Sequence[Column[StillCitedRow]] = (
        Column("plan", lambda row: join(" · ", _plan(row.plan), row.plan.province), share=3),
        Column("issued", lambda row: forms.day(row.plan.issue_date)),
        Column("document", lambda row: join(" · ", row.code or row.document, row.title), share=5),
        Column("status", lambda row: _became(row.status, row.status_since, row.status_by), share=4),
        Column("words", lambda row: row.text, share=4),
    )
    none = say("say.none_still_cited")
    answer(rows, columns, STILL_CITED_FIELDS, form, limit=limit, title=say("label.still_cited"), none=none)


@command(
    "document",
    Argument("document"),
    JSON_FLAG,
    DB,
    examples=("kehoach document 72-NQ/TW", "kehoach document 15/2019/TT-BYT --json"),
)
def document(document: str, as_json: bool, db: str) -> None:
    """Print one document of the catalogue with all that is said of it."""
    from pipeline.store import open_store
    from pipeline.store.documents import document_page

    with open_store(db, create=False) as store, store.reading() as connection:
        page = document_page(connection, document)
    if as_json:
        print_json(page)
    else:
        _print(page)


def _print(page: DocumentPage) -> None:
    row = page.document
    print_text(join(" · ", _called(row), forms.day(row.date), row.issuer))
    numbers = {"mentions": row.mentions, "plans": len(row.plans), "provinces": row.provinces}
    cited = say("say.cited", **{name: forms.counted(name, n) for name, n in numbers.items()})
    between = forms.join(" – ", *dict.fromkeys((forms.day(row.first_cited), forms.day(row.last_cited))))
    ways = Counter(map(_how, sorted(page.citations, key=lambda each: each.relation)))
    kinds = ", ".join(f"{how} {forms.number(count)}" for how, count in ways.most_common())
    lines = (
        ("title", row.title or row.name),
        ("key", row.key),
        ("cited", join("; ", cited, between, kinds)),
        ("plan_read", row.plan),
        ("status", _became(row.status, row.status_since, row.status_by) if row.status else None),
        ("still_cited", forms.counted("plans", row.still_cited) if row.still_cited else None),
        ("meant_by", "; ".join(page.meant_by)),
        ("warnings", "; ".join(note.message for note in row.warnings)),
        ("decisions", "; ".join(map(_decided, page.decisions))),
    )
    for label, said in lines:
        if said:
            print_text(f"{say(f'label.{label}')}: {forms.line(said)}")
    _print_facts("became", page.became, _BECAME)
    _print_facts("changed", page.changed, _BECAME)
    _print_facts("citations", page.citations, _CITED)


def _print_facts(label: str, rows: Sequence[T], columns: Sequence[Column[T]]) -> None:
    if rows:
        print_text("")
        print_table(rows, columns, f"{say(f'label.{label}')} ({len(rows)})")


def _citing(fact: CitedRow | BecameRow) -> str:
    return join(" · ", _plan(fact.plan), fact.plan.province)


def _how(cited: CitedRow) -> str:
    return relation(cited.relation, happened=cited.happened)


_CITED: Sequence[Column[CitedRow]] = (
    Column("plan", _citing, share=3),
    Column("relation", _how),
    Column("issued", lambda cited: forms.day(cited.date) or "–"),
    Column("words", lambda cited: cited.text, share=6),
    Column("section", lambda cited: _where(cited), share=2),
)
_BECAME: Sequence[Column[BecameRow]] = (
    Column("document", lambda said: said.document, share=4),
    Column("relation", lambda said: relation(said.relation, happened=True)),
    Column("by", lambda said: said.by or say("say.by_plan"), share=4),
    Column("plan", _citing, share=3),
    Column("words", lambda said: said.text, share=6),
)


DECIDED_FIELDS = ("kind", "subject", "code", "title", "day", "others", "decision", "by", "at", "note")


@command(
    "conflicts",
    Option(["--decided"], is_flag=True),
    DB,
    LIMIT,
    *FORMS,
    examples=(
        "kehoach conflicts",
        "kehoach conflicts --csv > mau-thuan.csv",
        "kehoach conflicts --decided",
    ),
)
def conflicts(decided: bool, db: str, limit: int | None, form: str | None) -> None:
    """List what a person has to decide about documents, or what people decided."""
    from pipeline.store import open_store
    from pipeline.store.deciding import conflicts as find

    with open_store(db, create=False) as store, store.reading() as connection:
        if decided:
            _print_decided(connection, limit, form)
            return
        rows = find(connection)
    if form == "json":
        print_json(rows[:limit])
        return
    sides = [(row, side) for row in rows[:limit] for side in row.sides]
    if form:
        from pipeline.cli.output import print_csv

        fields = ("kind", "key", "code", "name", "issuer", "date", "title", "plan_key", "plan_code", "relation", "text")
        print_csv(fields, _lines(sides), excel=form == "excel")
        return
    columns: Sequence[Column[tuple[ConflictRow, Side]]] = (
        Column("conflict", lambda each: term("conflict", each[0].kind), share=2),
        Column("key", lambda each: each[1].key, share=4),
        Column("issued", lambda each: forms.day(each[1].date)),
        Column("plans", _who_says, share=6),
        Column("title", lambda each: each[1].title or each[0].name or "", share=4),
    )
    if not sides:
        print_text(say("say.no_conflicts"))
        return
    shown = f"{len(rows[:limit])}/{len(rows)}" if limit and limit < len(rows) else f"{len(rows)}"
    print_table(sides, columns, f"{say('label.conflicts')} ({shown})")
    print_text(say("say.decide"))


@dataclass(frozen=True)
class _Decided:
    """What was decided about the document `subject`: its `day`, or what it is to the `others`."""

    kind: str
    subject: str
    code: str | None
    title: str | None
    day: str | None
    others: tuple[str, ...]
    by: str
    at: datetime
    note: str | None

    @property
    def decision(self) -> str:
        return _decision(self.kind, self.subject, self.day, self.others)


def _print_decided(connection: Any, limit: int | None, form: str | None) -> None:
    from pipeline.store.lists.conflicts import decided_list
    from pipeline.store.lists.cut import ALL, Window

    found = decided_list(connection, window=Window(size=limit or ALL))
    columns: Sequence[Column[_Decided]] = (
        Column("document", lambda row: join(" · ", row.code or row.subject, row.title), share=4),
        Column("decision", lambda row: row.decision, share=5),
        Column("decided_by", lambda row: row.by, share=2),
        Column("time", lambda row: forms.day(row.at.astimezone(VIETNAM).date())),
        Column("note", lambda row: row.note or "", share=3),
    )
    rows = [_Decided(**row) for row in found.rows]
    title, none = say("label.document_decisions"), say("say.no_document_decisions")
    answer(rows, columns, DECIDED_FIELDS, form, title=title, none=none, found=found.total)


def _lines(sides: Sequence[tuple[ConflictRow, Side]]) -> Iterator[list[Any]]:
    """A line for each mention of each side."""
    for row, side in sides:
        for cited in side.citations:
            yield [
                row.kind, side.key, row.code, row.name, row.issuer, side.date, side.title,
                cited.plan.key, cited.plan.code, cited.relation, cited.text,
            ]  # fmt: skip


def _who_says(each: tuple[ConflictRow, Side]) -> str:
    return "; ".join(f"{_plan(cited.plan)}: “{cited.text}”" for cited in each[1].citations)


@command(
    "decide",
    Argument("document"),
    Option(["--date", "day"], type=Day(), metavar="day", key="decided_date"),
    Option(["--same-as"], metavar="document"),
    Option(["--apart-from"], metavar="document"),
    Option(["--withdraw"], is_flag=True),
    BY,
    NOTE,
    DB,
    examples=(
        "kehoach decide 15/2019/TT-BYT --date 11/07/2019",
        "kehoach decide 25/TT-BYT --same-as 15/2019/TT-BYT",
        "kehoach decide 15/2019/TT-BYT --withdraw",
    ),
)
def decide(
    document: str,
    day: date | None,
    same_as: str | None,
    apart_from: str | None,
    withdraw: bool,
    by: str | None,
    note: str | None,
    db: str,
) -> None:
    """Keep a person's decision about a document, or take it back."""
    from pipeline.store import open_store

    if sum((day is not None, same_as is not None, apart_from is not None, withdraw)) != 1:
        raise click.UsageError(say("usage.one_of", names="--date, --same-as, --apart-from, --withdraw"))
    who = decider(by)
    with open_store(db, create=False) as store:
        if day is not None:
            key = store.decide_date(document, day, by=who, note=note)
            print_text(say("say.decided_date", subject=key, date=forms.day(day), who=who))
        elif same_as is not None:
            key = store.decide_same(document, same_as, by=who, note=note)
            print_text(say("say.decided_same", subject=key, other=same_as, who=who))
        elif apart_from is not None:
            key = store.decide_apart(document, apart_from, by=who, note=note)
            print_text(say("say.decided_apart", subject=key, other=apart_from, who=who))
        else:
            print_text(say("say.withdrawn", subject=store.withdraw(document)))


def _called(row: DocumentRow) -> str:
    return row.code or row.name or row.key


def _plan(plan: PlanRef) -> str:
    return plan.code or plan.title or plan.key


def _became(status: str, since: str | None, by: str | None) -> str:
    """ "replaced since 05/01/2022 by ..."."""
    when = say("when.from", day=forms.day(since)) if since else None
    return join(" ", term("status", status), when, say("say.by", who=by) if by else None)


def _decided(decision: DecisionRow) -> str:
    others = [decision.same_as] if decision.same_as else decision.apart_from
    kind = "document_same" if decision.same_as else "document_apart"
    what = _decision(kind, decision.subject, decision.date, others)
    note = f"“{decision.note}”" if decision.note else None
    return f"{what} ({join(', ', decision.by, forms.day(decision.at.date()), note)})"


def _decision(kind: str, subject: str, day: str | None, others: Sequence[str]) -> str:
    """What was decided, in words."""
    if day:
        return say("say.is_of", subject=subject, date=forms.day(day))
    said = "say.is_same" if kind == "document_same" else "say.is_apart"
    return say(said, subject=subject, other=", ".join(others))


def _where(fact: CitedRow | BecameRow) -> str:
    page = say("say.page", page=fact.place.page) if fact.place.page else None
    return join(", ", fact.place.section, page)
