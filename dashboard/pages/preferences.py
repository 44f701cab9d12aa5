"""Language, theme and the name that somebody gave, remembered by the browser."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from dashboard.asked import way_back
from dashboard.safety import LANGUAGE_COOKIE, THEME_COOKIE, THEMES
from dashboard.visitors import NAME_COOKIE, settings_of
from pipeline.cli.words import LANGUAGES

router = APIRouter()
_YEAR = 366 * 24 * 3600


@router.get("/prefer")
def prefer(request: Request) -> Response:
    """Keeps `lang` or `theme`, or forgets the visitor's `name`, so that the next decision asks for it; and goes back.

    Who makes somebody follow this changes how their page looks or has them asked for their name, no more.
    """
    given = request.query_params
    response = RedirectResponse(way_back(given.get("back", "/")), 303)
    kept = ((LANGUAGE_COOKIE, given.get("lang"), LANGUAGES), (THEME_COOKIE, given.get("theme"), (*THEMES, "auto")))
    for name, value, choices in kept:
        if value in choices:
            response.set_cookie(
                name, str(value), max_age=_YEAR, httponly=True, samesite="lax", secure=settings_of(request).secure
            )
    if given.get("name") == "":
        response.delete_cookie(NAME_COOKIE, samesite="strict", secure=settings_of(request).secure)
    return response
