"""What a visitor sees when something goes wrong: a page like the others, with the reason in their language."""

from __future__ import annotations

import logging

from fastapi import HTTPException, Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.rendering import render, say

_log = logging.getLogger(__name__)


def error_page(request: Request, reason: str, status: int) -> Response:
    """The page that says why there is no other."""
    try:
        return render(request, "error.html", at="", status=status, reason=reason)
    except HTTPException:  # who may see no page at all
        return Response(reason, status, media_type="text/plain; charset=utf-8")


class Caught:
    """Within all other layers, so that the page has its language and its headers. What went wrong stands in the log of
    the server and on no page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception:
            if begun:
                raise
            _log.exception("%s %s", scope["method"], scope["path"])
            await error_page(Request(scope, receive), say("error.unexpected"), 500)(scope, receive, send)
