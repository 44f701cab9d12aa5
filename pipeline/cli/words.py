"""What the command line says, in the language of the user: section `cli` of `data/messages.toml`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import click

from data import load

LANGUAGES = ("vi", "en")
VARIABLE = "KEHOACH_LANG"
_META = "kehoach.language"
_spoken: ContextVar[str | None] = ContextVar("kehoach_language", default=None)


def choose(context: click.Context, language: str) -> None:
    """Make `language` that of the running command."""
    context.meta[_META] = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, this thread (or task) speaks `language`, whatever the command line says."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language of the running command: as chosen with `--lang`, else by the environment, else Vietnamese."""
    if (spoken := _spoken.get()) is not None:
        return spoken
    context = click.get_current_context(silent=True)
    chosen: str | None = context.meta.get(_META) if context else None
    if chosen is None:
        chosen = os.environ.get(VARIABLE)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def say(key: str, **values: object) -> str:
    """The message `key` ("label.plans") with its braces filled in."""
    return _entry(key)[language()].format(**values)


def term(kind: str, value: str) -> str:
    """The word for `value`, one of a closed list of the contract (a role, a relation), or the value itself."""
    entry = load("messages")["cli"][kind].get(value)
    return entry[language()] if entry else value


def relation(value: str, *, happened: bool) -> str:
    """How a document is cited; `happened` where the mention says that this was done to the document itself."""
    return term("happened" if happened else "relation", value)


def _entry(key: str) -> dict[str, str]:
    entry: Any = load("messages")["cli"]
    for part in key.split("."):
        entry = entry[part]
    return dict(entry)
