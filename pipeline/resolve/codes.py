"""The canonical form of a document's number and symbol, for those who resolve: the extractor of references makes it."""

from __future__ import annotations

from extractors.references.codes import Code, canonical_code, organisation_of_code, split_code, type_codes

__all__ = ["Code", "canonical_code", "organisation_of_code", "split_code", "type_codes"]
