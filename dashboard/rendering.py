"""Pages from templates. Whatever a document says is text: the template engine escapes every value, everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.asked import Asked
from dashboard.safety import THEME_COOKIE, THEMES
from dashboard.visitors import keep_token, token_of, visitor_of
from data import load
from pipeline.cli import forms
from pipeline.cli.words import LANGUAGES, language, relation, term

FOLDER = Path(__file__).parent
_NAVIGATION = ("overview", "plans", "documents", "deadlines", "targets", "review")
_PATHS = {"overview": "/"}


def say(key: str, **values: object) -> str:
    """The words `key` ("plans.title") of `data/dashboard.toml` in the visitor's language."""
    section, _, name = key.partition(".")
    entry: list[str] = load("dashboard")[section][name]
    words = entry[LANGUAGES.index(language())]
    return words.format(**values) if values else words


def word_for(kind: str, value: str | None) -> str:
    """The word for a value of a closed list: of the dashboard's own, else of the command line's."""
    if value is None:
        return ""
    own = load("dashboard").get(kind, {}).get(value)
    if own:
        return str(own[LANGUAGES.index(language())])
    return term(kind, value) if kind in load("messages")["cli"] else value


def render(request: Request, template: str, *, at: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; `at` is the entry of the navigation that it belongs to."""
    theme = request.cookies.get(THEME_COOKIE, "")
    text = (
        environment()
        .get_template(template)
        .render(
            at=at,
            asked=Asked(request),
            lang=language(),
            theme=theme if theme in THEMES else "auto",
            visitor=visitor_of(request),
            token=token_of(request),
            navigation=[(name, _PATHS.get(name, f"/{name}")) for name in _NAVIGATION],
            names_themselves=request.app.state.settings.sign_in == "local",
            signs_in=request.app.state.settings.sign_in == "oidc",
            **values,
        )
    )
    response = HTMLResponse(text, status)
    keep_token(request, response)
    return response


@cache
def environment() -> Environment:
    """The engine with what all templates may use."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions: dict[str, Callable[..., Any]] = {
        "t": say,
        "word": word_for,
        "relation": relation,
        "day": _day,
        "number": forms.number,
        "measure": forms.measure,
        "period": forms.period,
        "recurrence": forms.recurrence,
        "line": forms.line,
        "path_of": path_of,
        "asset": asset,
    }
    made.globals.update(functions)
    made.filters["zip_same"] = lambda values: [(value, str(value)) for value in values]
    made.filters["worded"] = lambda values, section: [(value, say(f"{section}.{value}")) for value in values]
    return made


def path_of(*parts: str) -> str:
    """An address from its parts: "/plans" and a key."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


@cache
def asset(name: str) -> str:
    """The address of a file that never changes: another content has another address."""
    changed = (FOLDER / "static" / name).stat().st_mtime_ns
    return f"/static/{name}?{changed:x}"


def _day(value: dt.date | str | None) -> str:
    return forms.day(value)
