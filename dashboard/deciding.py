"""What every form of a decision goes through: the visitor's own token, the role of a reviewer, and a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dashboard.access import database, reviewer_of
from dashboard.asked import way_back
from dashboard.visitors import check_token, keep_name, settings_of
from pipeline.errors import KehoachError

Decide = Callable[[Any, FormData, str], None]
"""Does what the form says, in the name of whoever sent it; "" only where a decision is withdrawn."""


async def decided_by(request: Request, decide: Decide) -> Response:
    """Carries a form out in one transaction and goes back to where it was. Raises HTTPException (403) for a form that
    is not this visitor's, and for a reader; KehoachError (review_nameless), and what `decide` raises."""
    form = await request.form()
    check_token(request, word_of(form, "token"))
    visitor = reviewer_of(request)
    name = visitor.name or " ".join(word_of(form, "name").split())
    if not name and not withdraws(form):
        raise KehoachError("review_nameless")

    def work() -> None:
        with database(request).decide() as connection:
            decide(connection, form, name)

    response = RedirectResponse(way_back(word_of(form, "back")), 303)
    await run_in_threadpool(work)
    if visitor.name is None and name:
        keep_name(response, name, secure=settings_of(request).secure)
    return response


def withdraws(form: FormData) -> bool:
    """Whether the form takes a decision back, for which nobody is named."""
    return word_of(form, "verdict") == "withdraw"


def word_of(form: FormData, name: str) -> str:
    """What a field of a form says; "" where it has none."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
