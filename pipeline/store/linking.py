"""Which plans go together: one that amends or replaces another, and a draft with its signed form.

All follows from what is in the database, never from the order in which plans were read.
"""

from __future__ import annotations

from sqlalchemy import Connection


def link_plans(connection: Connection) -> None:
    """Brings the links between plans up to date."""
