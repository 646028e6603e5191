"""Runs migrations on the connection that `temoin.casefile.versions` gives."""

from __future__ import annotations

from alembic import context

from temoin.casefile.schema import Base


def run() -> None:
    """Run them within the transaction that is open."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    context.run_migrations()


run()
