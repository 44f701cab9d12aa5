"""Other tools on the same text. Each is given the plain text and asked for what it knows; none is given the network.

None of them reads Vietnamese plans, so speed is compared and not what is found: the number of findings stands beside
each figure. Only a tool whose chain has comparable parts counts for the goal.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

Finder = Callable[[str], int]  # a text in, the number of findings out


class Peer(NamedTuple):
    """A tool: the package it needs, what it does, whether its chain is comparable with ours, and how to load it."""

    name: str
    package: str
    does: str
    comparable: bool
    load: Callable[[], Finder]


def _edsnlp() -> Finder:
    """Rule-based components for French clinical notes, of the same kinds as ours: sections, tables, times with
    durations, quantities with units, and what weighs a statement (negation, hypothesis, history)."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    parts = (
        "normalizer",
        "sentences",
        "sections",
        "tables",
        "dates",
        "quantities",
        "negation",
        "hypothesis",
        "history",
    )
    for part in parts:
        nlp.add_pipe(f"eds.{part}")

    def find(text: str) -> int:
        spans = nlp(text).spans
        return sum(len(spans[name]) for name in ("sections", "dates", "durations", "quantities") if name in spans)

    return find


def _dateparser() -> Finder:
    from dateparser.search import search_dates

    return lambda text: len(search_dates(text, languages=["vi"]) or ())


def _spacy() -> Finder:
    import spacy

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    return lambda text: len(nlp(text))


PEERS = (
    Peer("edsnlp", "edsnlp", "sections, tables, times, quantities, qualifiers (French clinical)", True, _edsnlp),
    Peer("dateparser", "dateparser", "dates only (Vietnamese)", False, _dateparser),
    Peer("spaCy tokenizer", "spacy", "splits words at spaces, finds nothing", False, _spacy),
)


def installed() -> tuple[dict[Peer, Finder], list[str]]:
    """The tools that are there, loaded, and the names of those that are not."""
    warnings.simplefilter("ignore")
    if find_spec("loguru"):
        from loguru import logger

        logger.remove()
    logging.disable(logging.WARNING)
    missing = [peer.name for peer in PEERS if find_spec(peer.package) is None]
    return {peer: peer.load() for peer in PEERS if peer.name not in missing}, missing
