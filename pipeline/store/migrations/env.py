"""Runs by alembic's rules: it looks for this file by its name."""

from __future__ import annotations

from alembic import context

from models.tables import Base
from pipeline.store.database import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite can't alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
