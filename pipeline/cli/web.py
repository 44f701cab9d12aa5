"""`kehoach dashboard`: the web page over the database."""

from __future__ import annotations

import os
from importlib.util import find_spec

from pipeline.cli.base import DB, Count, Option, command
from pipeline.cli.output import print_text
from pipeline.cli.words import language, say
from pipeline.errors import KehoachError

_NEEDED = ("fastapi", "jinja2", "uvicorn", "multipart")


@command(
    "dashboard",
    DB,
    Option(["--port"], type=Count(), default=8765, metavar="port", key="web_port"),
    Option(["--open", "open_browser"], is_flag=True, key="open"),
    Option(["--host"], default="127.0.0.1", metavar="host"),
    Option(["--name", "names"], multiple=True, metavar="host", key="host_name"),
    Option(["--https"], is_flag=True),
    Option(["--user-header"], metavar="header"),
    Option(["--proxy", "proxies"], multiple=True, metavar="host", key="proxy"),
    Option(["--oidc"], metavar="url"),
    Option(["--reviewer", "reviewers"], multiple=True, metavar="user", key="reviewer"),
    examples=(
        "kehoach dashboard",
        "kehoach dashboard --db postgresql://localhost/plans --open",
        "kehoach dashboard --user-header X-Forwarded-User --reviewer lan",
        "kehoach dashboard --oidc https://id.example.vn --name plans.example.vn",
    ),
)
def dashboard(
    db: str,
    port: int,
    open_browser: bool,
    host: str,
    names: tuple[str, ...],
    https: bool,
    user_header: str | None,
    proxies: tuple[str, ...],
    oidc: str | None,
    reviewers: tuple[str, ...],
) -> None:
    """Serve the web page until it is stopped."""
    if any(find_spec(name) is None for name in _NEEDED):
        raise KehoachError("dashboard_missing")
    from dashboard.serving import serve
    from dashboard.settings import LOOPBACK, Oidc, Settings

    if user_header and oidc:
        raise KehoachError("dashboard_sign_in")
    if host not in LOOPBACK and not (user_header or oidc):
        raise KehoachError("dashboard_open", host=host)
    settings = Settings(
        db=db,
        names=(*LOOPBACK, *names),
        sign_in="header" if user_header else "oidc" if oidc else "local",
        header=(user_header or "x-forwarded-user").lower(),
        proxies=proxies or LOOPBACK,
        reviewers=frozenset(reviewers),
        oidc=Oidc(oidc, _secret("KEHOACH_OIDC_CLIENT_ID"), _secret("KEHOACH_OIDC_CLIENT_SECRET")) if oidc else None,
        secure=https,
        language=language(),
    )
    print_text(say("say.dashboard", address=f"http://{host}:{port}/"))
    serve(settings, host, port, open_browser=open_browser)


def _secret(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise KehoachError("dashboard_secret", name=name)
    return value
