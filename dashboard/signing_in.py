"""Sign-in through OpenID Connect: the provider says who somebody is, the settings what they may do."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from dashboard.settings import Settings

CLAIMS = ("email", "preferred_username", "sub")
"""What names a person, the first that the provider gives. An address that it does not vouch for is none."""


def add_sign_in(app: FastAPI, settings: Settings) -> None:
    """Adds /sign-in, /signed-in (where the provider sends people back to) and /sign-out."""
    from authlib.integrations.starlette_client import OAuth, OAuthError

    assert settings.oidc is not None
    providers: Any = OAuth()
    providers.register(
        "provider",
        client_id=settings.oidc.client_id,
        client_secret=settings.oidc.client_secret,
        server_metadata_url=f"{settings.oidc.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )

    @app.get("/sign-in")
    async def sign_in(request: Request) -> Response:
        back = request.url_for("signed_in")
        if settings.secure:
            back = back.replace(scheme="https")
        found: Response = await providers.provider.authorize_redirect(request, str(back))
        return found

    @app.get("/signed-in", name="signed_in")
    async def signed_in(request: Request) -> Response:
        try:
            token = await providers.provider.authorize_access_token(request)
        except OAuthError as error:
            raise HTTPException(403) from error
        name = name_in(token.get("userinfo") or {})
        if name is None:
            raise HTTPException(403)
        request.session.clear()
        request.session["user"] = name
        return RedirectResponse("/", 303)

    @app.get("/sign-out")
    def sign_out(request: Request) -> Response:
        request.session.clear()
        return Response("signed out", media_type="text/plain")


def name_in(claims: dict[str, Any]) -> str | None:
    """Who the claims of a token name."""
    for claim in CLAIMS:
        if claim == "email" and claims.get("email_verified") is False:
            continue
        if claims.get(claim):
            return str(claims[claim])
    return None
