"""Run the migrations on the connection that storage.schema hands over."""

from __future__ import annotations

from alembic import context

from webhook_app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # Another library keeps its own tables beside ours in SQLite.
    include_name=lambda name, kind, _parents: kind != "table" or name in metadata.tables,
)
with context.begin_transaction():
    context.run_migrations()
