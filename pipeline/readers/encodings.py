"""Bytes -> text: which encoding a text file is in, and whether the result is Vietnamese that can be read.

Unicode and Windows-1258 are decoded. The encodings of the nineties (TCVN3, VNI, VISCII, VIQR) are recognised, also
where their letters were pasted into a Unicode file, and refused by name: their letters would pass for text and every
word of it would be wrong.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from data import load
from pipeline.errors import UnreadableError

_SAMPLE = 60_000  # characters looked at: twenty pages tell an encoding as well as two hundred
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_CONTROL_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_OUTER = ',;:()[]"“”'  # stripped from tokens; the signs that VIQR uses as marks are not among them
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A file's text, the encoding it was in, and how many of its bytes were no characters (shown as U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, path: str) -> Decoded:
    """Decode a text file; raises UnreadableError (not_text, damaged_text, legacy_encoding, unknown_encoding).

    A byte order mark of UTF-8 stays in the text as U+FEFF, so that offsets are those of `data.decode("utf-8")`; UTF-16
    is decoded without its mark.
    """
    decoded = _unicode(data)
    if decoded is None:
        if len(_CONTROL.findall(data)) > len(data) // 200:
            raise UnreadableError("not_text", path)
        decoded = _windows_1258(data)
    if decoded is None:
        guess = legacy_encoding(data[: 2 * _SAMPLE].decode("latin-1"))
        if guess == load("readers")["twice_encoded"]["name"]:  # bytes of UTF-8, but many of them are wrong
            raise UnreadableError("damaged_text", path)
        if guess:
            raise UnreadableError("legacy_encoding", path, encoding=guess)
        raise UnreadableError("unknown_encoding", path)
    if len(_CONTROL_TEXT.findall(decoded.text)) > max(len(decoded.text) // 200, 1):
        raise UnreadableError("not_text", path)
    if guess := legacy_encoding(decoded.text):
        raise UnreadableError("legacy_encoding", path, encoding=guess)
    return decoded


def legacy_encoding(text: str) -> str | None:
    """The name of the old encoding whose letters this text shows instead of Vietnamese ones, None for a sound text."""
    sample = text[:_SAMPLE]
    twice = load("readers")["twice_encoded"]
    if sum(sample.count(mark) for mark in twice["marks"]) * 100 > len(sample):
        return str(twice["name"])
    tokens = [token.strip(_OUTER) for token in sample.split()]
    hits = {name: sum(token in words for token in tokens) for name, words in _syllables().items()}
    sound = hits.pop("Unicode")
    best = max(hits, key=lambda name: hits[name])
    if hits[best] * 50 >= len(tokens) and hits[best] > 2 * sound + 2:
        return best
    return None


def vietnamese_share(text: str) -> float:
    """The share of a text's words that are common Vietnamese syllables with marks: 0.2 to 0.3 in a sound text.
    Figures are no words."""
    known = _syllables()["Unicode"]
    words = [t.strip(_OUTER).rstrip(".") for t in unicodedata.normalize("NFC", text[:_SAMPLE]).lower().split()]
    words = [word for word in words if any(map(str.isalpha, word))]
    return sum(word in known for word in words) / len(words) if words else 0.0


@cache
def _syllables() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("readers")["syllables"].items()}


def _unicode(data: bytes) -> Decoded | None:
    """UTF-32 and UTF-16 with their marks, UTF-8, UTF-16 without a mark; None for anything else."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                text = data.decode(encoding, errors="replace")
                return _patched(text, encoding)
    if b"\x00" in data[:_SAMPLE]:
        return _utf16_unmarked(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _patched(data.decode("utf-8", errors="replace"), "utf-8")


def _patched(text: str, encoding: str) -> Decoded | None:
    """A text with a few damaged characters is read; one that is damaged all over is in another encoding."""
    broken = text.count("\ufffd")
    if broken <= max(3, len(text) // 1000) and vietnamese_share(text) > 0.02:
        return Decoded(text, encoding, broken)
    return None


def _utf16_unmarked(data: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: every other byte is one of the few high bytes of Vietnamese text."""
    sample = data[: _SAMPLE & ~1]
    high = b"\x00\x01\x03\x1e\x20"  # ASCII and Latin-1, đ and ơ, combining marks, ạ to ỹ, dashes and quotes
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        column = sample[first::2]
        other = sample[1 - first :: 2]
        if sum(column.count(byte) for byte in high) * 100 >= 98 * len(column) and other.count(0) * 50 < len(other):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                return _patched(data.decode(encoding, errors="replace"), encoding)
    return None


def _windows_1258(data: bytes) -> Decoded | None:
    """Windows-1258 (letters and combining marks), if what comes out is Vietnamese."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "windows-1258") if vietnamese_share(text) > 0.05 else None
