"""Which indicator a target means: the one that extraction found, or one that a person named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from pipeline.store.derived import IndicatorRecord, Match, as_extracted, catalogue


class Naming(NamedTuple):
    """`match` gives ids of `indicators`."""

    match: Match
    indicators: Mapping[str, IndicatorRecord]


def naming(_connection: Connection) -> Naming:
    """The indicators that the database knows."""
    return Naming(as_extracted, catalogue())
