"""What took long to make is kept between runs: recognised pages, converted office files.

One small file for each thing, below `KEHOACH_CACHE`, else the user's own cache folder. Any of them may be deleted at
any time; where nothing can be written nothing is kept, which costs time and nothing else.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from pipeline.atomic import replacing


def load(*name: str) -> bytes | None:
    """What is kept under a name (folders, then a hash); None where nothing is."""
    try:
        return _place(name).read_bytes()
    except OSError:
        return None


def save(content: bytes, *name: str) -> None:
    """Keep something: its file is there whole or not at all."""
    place = _place(name)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place, 0o600) as beside:
            beside.write_bytes(content)


def _place(name: tuple[str, ...]) -> Path:
    root = os.environ.get("KEHOACH_CACHE") or platformdirs.user_cache_dir("kehoach", appauthor=False)
    *folders, digest = name
    return Path(root, *folders, digest[:2], digest[2:])
