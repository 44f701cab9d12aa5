"""How the tables came to be, step by step, from an empty database to `pipeline.store.database.HEAD`.

Users need nothing of this: opening a database migrates it. After a change of `models/tables.py`,

    python -m pipeline.store.migrations "what changes"

writes the next step into `versions/`; read it, then set HEAD to its number.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from pipeline.store.renewal import renew


def config(connection: Connection) -> Config:
    """Alembic's settings, without a file."""
    settings = Config()
    # A percent sign in the path would be read as the beginning of a variable.
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Brings the tables to the newest version, with all that follows from the facts, within the connection's
    transaction."""
    command.upgrade(config(connection), "head")
    renew(connection)
