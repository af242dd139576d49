"""From the first release's database to today's: refused until `init`, then all there and in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, text

from core.errors import InvalidInput
from core.model.agenda import ItemState
from core.model.series import ConnectionId, SeriesState
from core.service.edit import add_point
from tests.servers.postgres import Postgres
from webhook_app.cli.main import main
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.storage.database import Database
from webhook_app.storage.schema import HEAD, MIGRATIONS, require_current
from webhook_app.wiring import App, open_app

SAMPLE = Path(__file__).parent / "samples" / "first_release.sql"
KEY = "k1:viE6yRr21bsRKnRNHfdnnOAyEGUk-uIptATPVll_E-4=\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder as the first release left it."""
    (tmp_path / "keys").write_text(KEY)
    with sqlite3.connect(tmp_path / "vieraugen.db") as old:
        old.executescript(SAMPLE.read_text(encoding="utf-8"))
    old.close()
    return tmp_path


def on_postgres(data: Path, url: str) -> Settings:
    """Move the old rows into PostgreSQL, into the tables of the first migration."""
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = MetaData()
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        known.reflect(connection)
        sqlite = create_engine(f"sqlite:///{data / 'vieraugen.db'}")
        old = MetaData()
        old.reflect(sqlite)
        with sqlite.connect() as source:
            for name, table in old.tables.items():
                rows: list[Any] = [dict(row._mapping) for row in source.execute(table.select())]
                if name != "alembic_version" and rows:
                    connection.execute(known.tables[name].insert(), rows)
        sqlite.dispose()
        connection.execute(text("SELECT setval('happenings_number_seq', 13)"))
    database.close()
    return Settings(data=data, database_url=url)


def check_all_is_there(app: App) -> None:
    require_current(app.store.database)
    with app.store.transaction() as tx:
        (series,) = [s for s in tx.all_series(SeriesState.ENABLED) if "Anna" in s.title]
        sheet = tx.open_sheet(series.series_id)
        assert sheet is not None
        assert {person.called for person in tx.people()} == {"Anna", "Ben", "Cleo"}
        assert tx.secret(ConnectionId("caldav:ben@example.com")) == "vier-augen"
        assert [point.text for point in sheet.agenda.points] == ["Konzept gegenlesen"]
        assert len(tx.happenings(0)) == 13
        assert tx.last_happening() == 13
        (held,) = [one for one in tx.sheets(series.series_id) if one.sheet_id != sheet.sheet_id]
        assert [item.state for item in held.agenda.action_items] == [ItemState.DONE]
    added = add_point(app.services, series.series_id, "Neu", by="anna@example.com", now=utc_now())
    with app.store.transaction() as tx:
        now = tx.open_sheet(series.series_id)
        assert now is not None
        assert added.point_id in [point.point_id for point in now.agenda.points]
        assert tx.last_happening() == 14


def test_an_old_folder_is_refused_until_it_is_brought_up_to_date(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["series", "list", "--data", str(data)]) == 1
    assert f"the database is at 0001, not {HEAD}: run `vieraugen init`" in capsys.readouterr().err

    assert main(["init", "--data", str(data)]) == 0
    app = open_app(Settings(data=data))
    check_all_is_there(app)
    app.close()


def test_before_an_upgrade_a_backup_can_be_made_and_put_back(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = str(tmp_path / "before.tar.gz"), tmp_path / "new"

    assert main(["backup", file, "--data", str(data)]) == 0
    assert main(["restore", file, "--data", str(new)]) == 0
    app = open_app(Settings(data=new))
    check_all_is_there(app)
    app.close()


@pytest.mark.server
def test_an_old_database_in_postgresql_is_brought_up_to_date(
    data: Path, postgres: Postgres
) -> None:
    settings = on_postgres(data, postgres.new_database())
    with pytest.raises(InvalidInput, match="run `vieraugen init`"):
        open_app(settings)

    app = open_app(settings, make=True)
    check_all_is_there(app)
    app.close()


def test_a_database_of_a_newer_release_is_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(data / "vieraugen.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()

    for words in (["init"], ["series", "list"], ["doctor"]):
        assert main([*words, "--data", str(data)]) == 1
        assert "a newer vieraugen made: install that one" in capsys.readouterr().err
