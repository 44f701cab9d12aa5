"""Who is looking, what they may do, and the token that their forms carry."""

from __future__ import annotations

import hmac
import secrets
from typing import NamedTuple
from urllib.parse import quote, unquote

from fastapi import HTTPException, Request
from starlette.responses import Response

from dashboard.settings import Settings

NAME_COOKIE = "kehoach_name"
TOKEN_COOKIE = "kehoach_token"
_YEAR = 366 * 24 * 3600
_LONGEST = 80


class Visitor(NamedTuple):
    """`name` is None for somebody who has not said it (or not signed in) yet; only a `reviewer` decides."""

    name: str | None
    reviewer: bool


def settings_of(request: Request) -> Settings:
    """The settings of the app that serves the request."""
    found = request.app.state.settings
    assert isinstance(found, Settings)
    return found


def visitor_of(request: Request) -> Visitor:
    """Who asks. Raises HTTPException: 403 for a request that did not come through the proxy which names users, 401 for
    one that names none."""
    settings = settings_of(request)
    if settings.sign_in == "local":
        return Visitor(_plain(unquote(request.cookies.get(NAME_COOKIE, ""))), True)
    if settings.sign_in == "header":
        if request.client is None or request.client.host not in settings.proxies:
            raise HTTPException(403, "not through the proxy")
        name = _plain(request.headers.get(settings.header, ""))
        if name is None:
            raise HTTPException(401, "no user")
    else:
        name = _plain(request.session.get("user", ""))
        if name is None:
            raise HTTPException(401, "not signed in")
    return Visitor(name, name is not None and name in settings.reviewers)


def token_of(request: Request) -> str:
    """The token of this visitor's forms, made where there is none; `keep_token` sends it along."""
    if not hasattr(request.state, "token"):
        request.state.token = request.cookies.get(TOKEN_COOKIE) or secrets.token_urlsafe(24)
    found: str = request.state.token
    return found


def keep_token(request: Request, response: Response) -> None:
    """Leaves the token with the browser, which shows it to nobody else."""
    if hasattr(request.state, "token") and TOKEN_COOKIE not in request.cookies:
        secure = settings_of(request).secure
        response.set_cookie(TOKEN_COOKIE, request.state.token, httponly=True, samesite="strict", secure=secure)


def check_token(request: Request, given: str) -> None:
    """Raises HTTPException (403) for a form that was not made for this visitor."""
    known = request.cookies.get(TOKEN_COOKIE, "")
    if not known or not hmac.compare_digest(known.encode(), given.encode()):
        raise HTTPException(403, "this form is too old; load the page again")


def keep_name(response: Response, name: str, *, secure: bool) -> None:
    """Remembers the name that somebody gave, where nobody signs in."""
    response.set_cookie(NAME_COOKIE, quote(name.strip()[:_LONGEST]), max_age=_YEAR, samesite="strict", secure=secure)


def _plain(name: str) -> str | None:
    return " ".join(name.split())[:_LONGEST] or None
