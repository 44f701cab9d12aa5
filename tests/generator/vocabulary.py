"""The wordings in `wordings/*.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "wordings"


@cache
def words(name: str) -> dict[str, Any]:
    """One file of wordings. Treat it as read-only."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
