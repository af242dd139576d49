"""Bring a database's schema up to date, or say that it isn't."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from core.errors import InvalidInput
from webhook_app.storage.database import Database

HEAD = "0004"
"""Revision that this code needs; a test compares it with the newest migration."""

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply what is missing."""
    # Alembic costs 0.1 s to import: only those who migrate pay.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(database: Database) -> None:
    """Raise InvalidInput, with what to do, where the schema is not this code's."""
    with database.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise InvalidInput("this data folder is not set up yet: run `vieraugen init`")
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != HEAD:
        raise InvalidInput(f"the database is at {found}, not {HEAD}: run `vieraugen init`")
