"""Bytes -> text: which encoding a text file is in, and whether the result is Vietnamese that can be read.

Unicode and Windows-1258 are decoded. Text in the encodings of the nineties (see `legacy`) is converted to Unicode, also
where their letters were pasted into a Unicode file. A file whose UTF-8 was encoded twice is refused by name.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from data import load
from pipeline.errors import UnreadableError
from pipeline.readers.legacy import repaired, signs_of

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
    """A file's text, the encoding it was in, how many of its bytes were no characters (shown as U+FFFD), and the old
    encoding that words of it were in, "" for none."""

    text: str
    encoding: str
    broken: int = 0
    converted: str = ""


def decode(data: bytes, path: str) -> Decoded:
    """Decode a text file; raises UnreadableError (not_text, damaged_text, legacy_encoding, unknown_encoding).

    A byte order mark of UTF-8 stays in the text as U+FEFF, so that offsets are those of `data.decode("utf-8")`; UTF-16
    is decoded without its mark.
    """
    decoded = unicode_or_1258(data)
    if decoded is None:
        if len(_CONTROL.findall(data)) > len(data) // 200:
            raise UnreadableError("not_text", path)
        text = _line_by_line(data)
        refuse_twice_encoded(data[: 2 * _SAMPLE].decode("latin-1"), path, "damaged_text")
        found = repaired(text, whole=True)
        if found is None:
            raise UnreadableError("unknown_encoding", path)
        return Decoded(found.text, found.encoding, converted=found.encoding)
    if len(_CONTROL_TEXT.findall(decoded.text)) > max(len(decoded.text) // 200, 1):
        raise UnreadableError("not_text", path)
    refuse_twice_encoded(decoded.text, path)
    if found := repaired(decoded.text):
        return decoded._replace(text=found.text, converted=found.encoding)
    return decoded


def unicode_or_1258(data: bytes) -> Decoded | None:
    """Bytes as Unicode or Windows-1258; None for anything else."""
    return _unicode(data) or _windows_1258(data)


def refuse_twice_encoded(text: str, path: str, code: str = "legacy_encoding") -> None:
    """Raise UnreadableError for UTF-8 that was taken for Windows-1252 and encoded once more."""
    twice = load("readers")["twice_encoded"]
    sample = text[:_SAMPLE]
    if sum(sample.count(mark) for mark in twice["marks"]) * 100 > len(sample):
        raise UnreadableError(code, path, **({"encoding": str(twice["name"])} if code == "legacy_encoding" else {}))


def _line_by_line(data: bytes) -> str:
    """A file that is in no one encoding: lines of UTF-8 as such, all others as the signs of their bytes."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(signs_of(line))
    return "\n".join(lines)


def vietnamese_share(text: str) -> float:
    """The share of a text's words that are common Vietnamese syllables with marks: 0.2 to 0.3 in a sound text.
    Figures are no words."""
    known = _syllables()
    words = [t.strip(_OUTER).rstrip(".") for t in unicodedata.normalize("NFC", text[:_SAMPLE]).lower().split()]
    words = [word for word in words if any(map(str.isalpha, word))]
    return sum(word in known for word in words) / len(words) if words else 0.0


@cache
def _syllables() -> frozenset[str]:
    return frozenset(load("readers")["syllables"]["Unicode"])


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
