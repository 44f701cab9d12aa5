"""Looks at the words around a time that the rules for times and for rounds share."""

from __future__ import annotations

import re
from functools import cache

from extractors.deadlines.grammar import expand, grammar
from extractors.deadlines.scene import Place, Scene
from extractors.deadlines.spans import Found

NEAR = 400  # how far around a time its rules look
TOLD = ("label", "due", "cell")  # places that ask for a time


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){expand(grammar()['reject'][name])}$")


def name_before(found: Found, place: Place, scene: Scene) -> str:
    """Words right before the time itself that make it the date of something else."""
    before = scene.low[max(place.start, found.core - 100) : found.core].rstrip(" (,")
    if _ending("before").search(before):
        return "name before"
    if not found.bounds and found.when.bound != "between" and _ending("before_free").search(before):
        return "name before"
    return ""


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match of a pattern in a short text."""
    match = None
    for found in pattern.finditer(text):
        match = found
    return match


def rest_of_heading(found: Found, place: Place, scene: Scene) -> str:
    """A heading's words besides its number, its label and the expression."""
    marker = (place.section.marker or "").lower() if place.section else ""
    before = scene.low[place.start : found.start].strip().removeprefix(marker).strip(" .):/-*")
    after = scene.low[found.end : place.end].strip(" .:;,()-*")
    return f"{before.split(':')[-1]} {after}".strip(" .:;,()-*")
