"""What was recognised on a page's picture is kept, so that no picture is recognised twice.

One small file for each picture, named by the hash of its pixels, of the engine and of the rules that prepare pictures.
The folder is `KEHOACH_CACHE`, else the user's own cache folder; where it can't be written nothing is kept, which costs
time and nothing else. Any file in it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from pathlib import Path

import msgspec
import platformdirs

from pipeline.readers.ocr.engine import Recognised

_RULES = "6"  # changes with whatever changes the words that a picture gives


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What one picture gave: its words, its ruling lines (at, low, high), how it was turned (see `page`)."""

    words: list[Recognised]
    horizontal: list[tuple[float, float, float]]
    vertical: list[tuple[float, float, float]]
    width: int
    height: int
    turn: int
    skew: float
    coloured: float


def key_of(pixels: bytes, size: tuple[int, int], mode: str, engine: str) -> str:
    """The name of a picture's results: a hexadecimal hash."""
    digest = hashlib.sha256(f"{_RULES} {engine} {mode} {size}".encode())
    digest.update(pixels)
    return digest.hexdigest()


def load(key: str) -> Kept | None:
    """What is kept under `key`; None where nothing sound is."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(_place(key).read_bytes()), type=Kept)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None


def save(key: str, kept: Kept) -> None:
    """Keep a result: the file is there whole or not at all."""
    place = _place(key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(msgspec.msgpack.encode(kept)))
            Path(name).replace(place)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return


def _place(key: str) -> Path:
    root = os.environ.get("KEHOACH_CACHE") or platformdirs.user_cache_dir("kehoach", appauthor=False)
    return Path(root) / "ocr" / key[:2] / key[2:]
