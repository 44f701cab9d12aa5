"""The web application: its pages, what stands around them, and what they say when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware import Middleware

from dashboard.access import Access
from dashboard.failing import Caught, error_page
from dashboard.pages import conflicts, deadlines, documents, overview, plans, preferences, review, targets
from dashboard.rendering import FOLDER, say
from dashboard.safety import Guard
from dashboard.settings import Settings
from dashboard.visitors import visitor_of
from pipeline.cli.words import language
from pipeline.errors import DatabaseError, KehoachError

_UNKNOWN = {"plan_unknown", "fact_unknown", "document_unknown"}


def make_app(settings: Settings) -> FastAPI:
    """The dashboard over the database of the settings. Raises DatabaseError."""
    access = Access(settings.db)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        access.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan, middleware=_around(settings))
    app.state.settings = settings
    app.state.access = access
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    for module in (overview, plans, documents, deadlines, targets, review, conflicts, preferences):
        app.include_router(module.router, dependencies=[Depends(visitor_of)])
    if settings.sign_in == "oidc":
        from dashboard.signing_in import add_sign_in

        add_sign_in(app, settings)
    app.add_exception_handler(KehoachError, _failed)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misspelt)
    return app


def _around(settings: Settings) -> list[Middleware]:
    layers = [Middleware(Guard, settings=settings)]
    if settings.sign_in == "oidc":
        from starlette.middleware.sessions import SessionMiddleware

        layers.append(
            Middleware(
                SessionMiddleware,
                secret_key=settings.secret,
                session_cookie="kehoach_session",
                same_site="lax",  # the provider sends people back from its own site
                https_only=settings.secure,
            )
        )
    return [*layers, Middleware(Caught)]


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, KehoachError)
    status = 503 if isinstance(error, DatabaseError) else 404 if error.code in _UNKNOWN else 400
    return error_page(request, error.message(language()), status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    if error.status_code == 401 and request.app.state.settings.sign_in == "oidc":
        return Response(status_code=303, headers={"location": "/sign-in"})
    reasons = {401: "error.unknown_user", 403: "error.forbidden", 404: "error.not_found"}
    return error_page(request, say(reasons.get(error.status_code, "error.other")), error.status_code)


def _misspelt(request: Request, _: Exception) -> Response:
    """An address that no page or file has, such as that of a table in a form that is not offered."""
    return error_page(request, say("error.not_found"), 404)
