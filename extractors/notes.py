"""Makes the warnings that travel with a plan, worded by `data/warnings.toml`."""

from __future__ import annotations

from data import load
from models.plan import PlanWarning, Span


def warn(code: str, span: tuple[int, int] | None = None, **values: str) -> PlanWarning:
    """A warning with its Vietnamese message; `code` is a key of `data/warnings.toml`, `values` fill its braces."""
    return PlanWarning(code=code, message=describe(code, values), span=Span(*span) if span else None, values=values)


def describe(code: str, values: dict[str, str], language: str = "vi") -> str:
    """The words of a warning in `language` ("vi" or "en"); `terms` of its record word the values that are names."""
    record = load("warnings")[code]
    terms = record.get("terms", {})
    words = {name: terms[value][language] if value in terms else value for name, value in values.items()}
    template: str = record[language]
    return template.format(**words)
