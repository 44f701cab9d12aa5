"""Checked knowledge of the field: document types, organisations, provinces, indicators, heading words, messages.

Everything here is data that code interprets; `tests/data/` proves each record against its own examples.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed TOML file `data/<name>.toml`; read once. Callers must not change what they get."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
