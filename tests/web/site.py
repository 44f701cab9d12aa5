"""A dashboard that is served."""

from __future__ import annotations

from pipeline.store import open_store


class Site:
    """A dashboard that is served, and its database."""

    def __init__(self, address: str, db: str) -> None:
        self.address = address
        self.db = db

    def key(self, code: str) -> str:
        with open_store(self.db) as store:
            return store.find(code).key
