"""The numbers that a plan sets for itself."""

from extractors.targets.extract import extract_targets

__all__ = ["extract_targets"]
