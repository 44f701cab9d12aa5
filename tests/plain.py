"""Outlines of plain texts, for tests."""

from __future__ import annotations

from models.outline import Outline
from models.text import Source
from pipeline.clean import clean
from pipeline.structure import outline_of


def outline(text: str) -> Outline:
    """The outline of a text as `pipeline.extract` would make it."""
    return outline_of(clean(Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="t")))
