"""Tasks: pieces of work with who leads, who supports and by when."""

from extractors.tasks.extract import extract_tasks

__all__ = ["extract_tasks"]
