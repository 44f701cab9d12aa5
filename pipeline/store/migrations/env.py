"""Runs by alembic's rules: it looks for this file by its name."""

from __future__ import annotations

from alembic import context

from models.tables import Base
from pipeline.store.database import HEAD, VERSION_TABLE
from pipeline.store.objects import drop_objects, is_ours, make_objects

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_name=is_ours,
    render_as_batch=True,  # SQLite can't alter a table in place
)
with context.begin_transaction():
    # Views and triggers would stand in the way of tables that are made anew.
    drop_objects(connection)
    context.run_migrations()
    if context.get_context().get_current_revision() == HEAD:
        make_objects(connection)
