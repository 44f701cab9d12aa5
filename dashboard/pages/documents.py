"""Danh mục văn bản: the catalogue, and one document with who cites it and what it rests on."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from dashboard.access import database
from dashboard.asked import Asked
from dashboard.downloads import ALL, Form, download
from dashboard.rendering import path_of, render
from pipeline.cli.words import relation
from pipeline.store.lists import documents
from pipeline.store.lists.conflicts import conflict_list, decided_list
from pipeline.store.lists.cut import SIZE, Window

router = APIRouter()
COLUMNS = (
    "code", "type", "name", "title", "date", "issuer", "mentions", "plans", "provinces", "first_cited", "last_cited",
    "as_basis", "as_implemented", "as_assigning", "as_mentioned", "as_changed", "status", "status_since", "status_by",
    "checked_by", "document",
)  # fmt: skip
CITED = ("plan", "code", "title", "province", "issue_date", "relation", "text", "provision")
_ON_PAGE = 30


def _filters(asked: Asked) -> dict[str, Any]:
    return {
        "words": asked.text("q"),
        "kind": asked.text("type"),
        "status": asked.one_of("status", documents.STATUSES),
        "sort": asked.choice("sort", documents.SORTS, "plans"),
    }


@router.get("/documents")
def listed(request: Request) -> Response:
    asked = Asked(request)
    filters = _filters(asked)
    with database(request).read() as connection:
        found = documents.document_list(connection, **filters, window=asked.window(SIZE))
        kinds = documents.kinds_of_documents(connection)
    return render(
        request,
        "documents.html",
        at="documents",
        found=found,
        filters=filters,
        kinds=kinds,
        statuses=documents.STATUSES,
        sorts=list(documents.SORTS),
    )


@router.get("/documents.{form}")
def downloaded(request: Request, form: Form) -> Response:
    with database(request).read() as connection:
        found = documents.document_list(connection, **_filters(Asked(request)), window=ALL)
    return download(form, "documents", COLUMNS, found.rows)


@router.get("/document.{form}")
def cited(request: Request, form: Form) -> Response:
    with database(request).read() as connection:
        found = documents.citation_list(connection, Asked(request).text("key") or "", ALL)
    return download(form, "citations", CITED, found.rows)


@router.get("/document")
def shown(request: Request) -> Response:
    asked = Asked(request)
    with database(request).read() as connection:
        row = documents.document_row(connection, asked.text("key") or "")
        if row is None:
            raise HTTPException(404)
        key = row["document"]
        citations = documents.citation_list(connection, key, asked.window(_ON_PAGE))
        below, above = documents.rests_on(connection, key), documents.rested_on_by(connection, key)
        changes = documents.changes_of(connection, key)
        waiting = conflict_list(connection, document=key, window=Window(1, 3))
        decided = decided_list(connection, documents=documents.keys_of(connection, key)).rows
    return render(
        request,
        "document.html",
        at="documents",
        row=row,
        citations=citations,
        below=below,
        above=above,
        changes=changes,
        conflicts=waiting,
        decided=decided,
        graph=_graph(row, below, above),
    )


def _graph(row: Any, below: list[documents.Neighbour], above: list[documents.Neighbour]) -> dict[str, Any]:
    """What the script draws: the document in the middle, what it rests on below, who rests on it above."""
    own = row["code"] or row["name"] or row["document"]
    return {
        "own": own,
        "below": [_node(each) for each in below],
        "above": [_node(each) for each in above],
    }


def _node(neighbour: documents.Neighbour) -> dict[str, Any]:
    href = path_of("plans", neighbour.plan) if neighbour.plan else f"/document?key={path_of(neighbour.key)[1:]}"
    return {
        "label": neighbour.label,
        "relation": relation(neighbour.relation, happened=neighbour.happened),
        "href": href,
    }
