"""Makes the warnings that travel with a plan, worded by `data/warnings.toml`."""

from __future__ import annotations

from data import load
from models.plan import PlanWarning, Span


def warn(code: str, span: tuple[int, int] | None = None, **values: str) -> PlanWarning:
    """A warning with its Vietnamese message; `code` is a key of `data/warnings.toml`, `values` fill its braces."""
    return PlanWarning(code=code, message=describe(code, values), span=Span(*span) if span else None, values=values)


def describe(code: str, values: dict[str, str], language: str = "vi") -> str:
    """The words of a warning in `language` ("vi" or "en")."""
    template: str = load("warnings")[code][language]
    return template.format(**values)
