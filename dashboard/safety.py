"""What stands around every request: only known host names, only forms of our own, no foreign script, one language."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.settings import Settings
from pipeline.cli.words import LANGUAGES, speaking

LANGUAGE_COOKIE = "kehoach_lang"
THEME_COOKIE = "kehoach_theme"
THEMES = ("light", "dark")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_READS = ("GET", "HEAD", "OPTIONS")


class Guard:
    """The outermost layer.

    A page on another host name that was made to mean this machine (DNS rebinding) asks with that name: refused. A form
    that another page posts comes with that page's origin: refused, before any token is looked at.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                made = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    made.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    made.setdefault("cache-control", "private, no-cache")
            await send(message)

        if not self._is_ours(headers.get("host", "")):
            await PlainTextResponse("unknown host name", 421)(scope, receive, guarded)
        elif scope["method"] not in _READS and not self._from_us(headers):
            await PlainTextResponse("this form was posted by another page", 403)(scope, receive, guarded)
        else:
            with speaking(self._language(headers)):
                await self.app(scope, receive, guarded)

    def _is_ours(self, host: str) -> bool:
        name = urlsplit(f"//{host}").hostname or ""
        return name in self.settings.names

    def _from_us(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return urlsplit(origin).netloc == headers.get("host")

    def _language(self, headers: Headers) -> str:
        chosen = cookie_parser(headers.get("cookie", "")).get(LANGUAGE_COOKIE, "")
        return chosen if chosen in LANGUAGES else self.settings.language
