"""Deadlines: when work of a plan is due or done, whose it is and whom it goes to."""

from extractors.deadlines.extract import extract_deadlines

__all__ = ["extract_deadlines"]
