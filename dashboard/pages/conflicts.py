"""Mâu thuẫn: what the catalogue leaves to a person about documents, the decision, and what was decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.deciding import decided_by, withdraws, word_of
from dashboard.rendering import render, say
from pipeline.errors import KehoachError
from pipeline.store import deciding
from pipeline.store.decisions import DOCUMENT_KINDS
from pipeline.store.lists.conflicts import KINDS, conflict_list, count_decided, decided_list
from pipeline.store.lists.documents import keys_of

router = APIRouter()
ON_PAGE = 10


@router.get("/review/conflicts")
def waiting(request: Request) -> Response:
    asked = Asked(request)
    kind, document = asked.one_of("kind", KINDS), asked.text("document")
    with database(request).read() as connection:
        found = conflict_list(connection, kind=kind, document=document, window=asked.window(ON_PAGE))
        about = decided_list(connection, documents={document, *keys_of(connection, document)}).rows if document else []
        decided = count_decided(connection)
    return render(
        request,
        "conflicts.html",
        at="review",
        found=found,
        kinds=KINDS,
        filters={"kind": kind, "document": document},
        about=about,
        decided=decided,
    )


@router.get("/review/conflicts/decided")
def decided(request: Request) -> Response:
    asked = Asked(request)
    with database(request).read() as connection:
        found = decided_list(connection, window=asked.window(ON_PAGE))
    return render(request, "conflicts_decided.html", at="review", found=found)


@router.post("/review/conflicts")
async def decide(request: Request) -> Response:
    return await decided_by(request, _decide)


def _decide(connection: Any, form: FormData, name: str) -> None:
    """As `kehoach decide` does: exactly one of a day, another document that it is or is not, or nothing any more."""
    document, other, verdict = (word_of(form, key) for key in ("document", "other", "verdict"))
    note = word_of(form, "note").strip() or None
    if withdraws(form):
        kinds = [kind for kind in DOCUMENT_KINDS if kind == word_of(form, "kind")]
        deciding.withdraw(connection, document, kinds or DOCUMENT_KINDS)
        return
    what, _, value = verdict.partition(" ")
    if what == "date":
        deciding.decide_date(connection, document, _day(value or word_of(form, "day")), by=name, note=note)
    elif what == "same" and value in (document, other):
        deciding.decide_same(connection, other if value == document else document, value, by=name, note=note)
    elif what == "apart":
        deciding.decide_apart(connection, document, other, by=name, note=note)
    else:
        raise KehoachError("review_field", field="verdict", reason=verdict)


def _day(words: str) -> dt.date:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise KehoachError("review_field", field=say("field.date"), reason=words) from None
