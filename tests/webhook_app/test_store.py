"""The store in SQL keeps the store's contract, and seals what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from core.errors import InvalidInput
from core.model.series import ConnectionId
from tests.contracts.inbox_contract import InboxContract
from tests.contracts.noun_contract import NounContract
from tests.contracts.store_contract import ANNA, SERIES, StoreContract, sheet
from webhook_app.storage.database import Database
from webhook_app.storage.schema import HEAD, MIGRATIONS, migrate, require_current
from webhook_app.storage.sealing import parse_keys
from webhook_app.storage.store import SqlStore
from webhook_app.storage.tables import metadata

KEYS = parse_keys("k1:" + "A" * 43)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    migrate(database)
    yield database
    database.close()


class TestSqliteStore(StoreContract, NounContract, InboxContract):
    @pytest.fixture
    def store(self, database: Database) -> SqlStore:
        return SqlStore(database, KEYS)


def test_no_word_of_an_agenda_stands_in_the_file(database: Database, tmp_path: Path) -> None:
    with SqlStore(database, KEYS).transaction() as tx:
        tx.put_sheet(sheet(1))
        tx.put_person(ANNA)
        tx.put_secret(ConnectionId("c1"), "hunter2")
    database.close()

    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Gehalt" not in raw
    assert "Ähre".encode() not in raw
    assert b"hunter2" not in raw


def test_a_sealed_value_moved_to_another_row_does_not_open(database: Database) -> None:
    store = SqlStore(database, KEYS)
    with store.transaction() as tx:
        tx.put_secret(ConnectionId("mine"), "hunter2")
    with database.begin() as connection:
        connection.execute(text("UPDATE secrets SET connection_id = 'other'"))

    with pytest.raises(InvalidInput, match="does not open"), store.transaction() as tx:
        tx.secret(ConnectionId("other"))


def test_an_old_key_still_reads_after_a_new_one_writes(database: Database) -> None:
    with SqlStore(database, KEYS).transaction() as tx:
        tx.put_series(SERIES)

    rotated = parse_keys("k2:" + "B" * 43 + "\nk1:" + "A" * 43)
    with SqlStore(database, rotated).transaction() as tx:
        assert tx.series(SERIES.series_id) == SERIES


def test_an_unknown_key_is_named(database: Database) -> None:
    with SqlStore(database, KEYS).transaction() as tx:
        tx.put_series(SERIES)

    other = SqlStore(database, parse_keys("k9:" + "B" * 43))
    with pytest.raises(InvalidInput, match="'k1'"), other.transaction() as tx:
        tx.series(SERIES.series_id)


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    found = inspect(database.engine)

    assert set(found.get_table_names()) - {"alembic_version"} == set(metadata.tables)
    for name, table in metadata.tables.items():
        columns = {column["name"] for column in found.get_columns(name)}
        assert columns == {column.name for column in table.columns}


def test_the_code_needs_the_newest_migration() -> None:
    newest = max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

    assert newest.startswith(HEAD)


def test_a_database_that_is_not_set_up_says_what_to_do(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")

    with pytest.raises(InvalidInput, match="vieraugen init"):
        require_current(database)
    database.close()


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)

    require_current(database)


@pytest.mark.parametrize("keys", ["", "k1", "k1:short", "k 1:" + "A" * 43])
def test_a_bad_key_is_refused_with_its_form(keys: str) -> None:
    with pytest.raises(InvalidInput, match="32 bytes"):
        parse_keys(keys)
