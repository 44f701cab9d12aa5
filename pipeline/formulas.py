"""Words that a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""

from __future__ import annotations

from typing import Any

_BEGINNINGS = frozenset("=+-@\t\r\n＝＋－＠")


def runs(words: str) -> bool:
    """Whether a spreadsheet may take these words for a formula."""
    return words[:1] in _BEGINNINGS and bool(words)


def harmless(cell: Any) -> Any:
    """A cell of CSV: words that would run as a formula get an apostrophe in front, all else stays."""
    return f"'{cell}" if isinstance(cell, str) and runs(cell) else cell
