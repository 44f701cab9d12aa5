"""Plain text and Markdown: the text is the decoded file exactly as it stands, line ends and marks included.

Letters of an old encoding are shown in Unicode.
"""

from __future__ import annotations

from pathlib import PurePath

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import FORMATS, MARKDOWN, TEXT, Limits, check_characters, sha256
from pipeline.readers.encodings import decode


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a text file; spans of its facts point into the decoded file, in
    Unicode."""
    decoded = decode(data, path)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0\x1a"):
        raise UnreadableError("empty", path)
    check_characters(len(decoded.text), path, limits)
    markdown = PurePath(path).suffix.lower() in FORMATS[MARKDOWN].suffixes
    notes = [("bytes_replaced", str(decoded.broken))] if decoded.broken else []
    if decoded.converted:
        notes.append(("encoding_converted", decoded.converted))
    return Source(
        text=decoded.text,
        path=path,
        sha256=sha256(data),
        media_type=MARKDOWN if markdown else TEXT,
        reader=f"text ({decoded.encoding})",
        markup="text",
        notes=tuple(notes),
    )
