"""Bring a database's schema up to date, or say that it isn't."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.errors import InvalidInput
from webhook_app.storage.database import Database

HEAD = "0005"
"""Revision that this code needs; a test compares it with the newest migration."""

NEWER = (
    "the database is at {found}, which a newer vieraugen made: install that one, or restore the"
    " backup that you made before the upgrade"
)
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply what is missing."""
    with database.begin() as connection:
        if inspect(connection).has_table("alembic_version"):
            if _revision(connection) == HEAD:
                return
            _refuse_newer(connection)
        # Alembic costs 0.1 s to import: only those who migrate pay.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_newer(connection: Connection) -> None:
    found = _revision(connection)
    if found is not None and found not in _known():
        raise InvalidInput(NEWER.format(found=found))


def _revision(connection: Connection) -> str | None:
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def is_set_up(database: Database) -> bool:
    """Tell whether there is a schema of ours, of whatever age."""
    with database.begin() as connection:
        return inspect(connection).has_table("alembic_version")


def require_current(database: Database) -> None:
    """Raise InvalidInput, with what to do, where the schema is not this code's."""
    with database.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise InvalidInput("this data folder is not set up yet: run `vieraugen init`")
        found = _revision(connection)
        if found != HEAD:
            _refuse_newer(connection)
            raise InvalidInput(f"the database is at {found}, not {HEAD}: run `vieraugen init`")


def _known() -> list[str]:
    """Return the revisions that this code knows how to leave behind."""
    return [path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")]
