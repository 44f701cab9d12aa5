"""What running `kehoach` gives, and the environment of a child process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def environment(**extra: str) -> dict[str, str]:
    """The environment of a child process that finds the project without being installed."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("KEHOACH_", "PREFECT_"))}
    return {**known, "PYTHONPATH": str(ROOT), **extra}
