"""How one dashboard is set up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

SignIn = Literal["local", "header", "oidc"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Oidc:
    """The identity provider that people sign in with: its address, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """What a dashboard needs to know.

    `names` are the host names by which browsers may ask for it. `sign_in`: "local", who reaches it is a reviewer and
    says their name; "header", a reverse proxy at one of `proxies` names the user in `header`; "oidc". Beyond "local",
    `reviewers` are those who may decide, all others read. `secure`: browsers reach it by HTTPS.
    """

    db: str
    names: tuple[str, ...] = LOOPBACK
    sign_in: SignIn = "local"
    header: str = "x-forwarded-user"
    proxies: tuple[str, ...] = LOOPBACK
    reviewers: frozenset[str] = frozenset()
    oidc: Oidc | None = None
    secure: bool = False
    language: str = "vi"
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
