"""What was recognised on a page's picture is kept, so that no picture is recognised twice.

One small file for each picture (`pipeline/readers/kept.py`), named by the hash of its pixels, of the engine and of the
rules that prepare pictures.
"""

from __future__ import annotations

import hashlib
import zlib

import msgspec

from pipeline.readers import kept
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
    found = kept.load("ocr", key)
    try:
        return msgspec.msgpack.decode(zlib.decompress(found), type=Kept) if found else None
    except (zlib.error, msgspec.MsgspecError):
        return None


def save(key: str, page: Kept) -> None:
    """Keep a result."""
    kept.save(zlib.compress(msgspec.msgpack.encode(page)), "ocr", key)
