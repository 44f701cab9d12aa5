"""Writes the next migration: `python -m pipeline.store.migrations "what changes"`."""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from pipeline.store.database import HEAD
from pipeline.store.migrations import config, upgrade


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with create_engine("sqlite://").connect() as connection:
        upgrade(connection)
        command.revision(config(connection), sys.argv[1], autogenerate=True, rev_id=f"{int(HEAD) + 1:04}")


if __name__ == "__main__":
    main()
