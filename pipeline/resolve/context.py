"""What the extractors may know of the document around a sentence."""

from __future__ import annotations

import msgspec

from models.plan import Context, Metadata
from pipeline.resolve.organisations import full_issuer


def context_of(metadata: Metadata) -> Context:
    """What extractors may know of the document: its metadata with the issuer made whole, and its year."""
    context = Context(metadata=metadata)
    if metadata.issuer:
        whole = full_issuer(metadata.issuer, context, metadata.issue_date)
        metadata = msgspec.structs.replace(metadata, issuer=whole)
    day = metadata.period_start or metadata.issue_date or metadata.period_end
    return Context(metadata=metadata, year=int(day[:4]) if day else None)
