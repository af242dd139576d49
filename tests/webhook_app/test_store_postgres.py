"""The store in PostgreSQL keeps the same promises as in SQLite and in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.contracts.inbox_contract import InboxContract
from tests.contracts.noun_contract import NounContract
from tests.contracts.store_contract import StoreContract
from tests.servers.postgres import Postgres
from webhook_app.storage.database import Database
from webhook_app.storage.schema import migrate
from webhook_app.storage.sealing import parse_keys
from webhook_app.storage.store import SqlStore
from webhook_app.storage.tables import metadata

KEYS = parse_keys("k1:" + "A" * 43)
pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[Database]:
    made = Database(postgres.new_database())
    migrate(made)
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> SqlStore:
    with database.begin() as connection:
        for table in metadata.tables.values():
            connection.execute(table.delete())
        connection.exec_driver_sql("ALTER SEQUENCE happenings_number_seq RESTART WITH 1")
    return SqlStore(database, KEYS)


class TestPostgresStore(StoreContract, NounContract, InboxContract):
    @pytest.fixture
    def store(self, store: SqlStore) -> SqlStore:
        return store


def test_of_two_at_once_the_second_sees_what_the_first_wrote(store: SqlStore) -> None:
    inside, seen = threading.Event(), list[str | None]()

    def second() -> None:
        inside.wait(10)
        with store.transaction() as tx:
            seen.append(tx.cursor("engine", "x"))  # type: ignore[arg-type]

    thread = threading.Thread(target=second)
    thread.start()
    with store.transaction() as tx:
        assert tx.cursor("engine", "x") is None  # type: ignore[arg-type]
        inside.set()
        thread.join(0.2)
        tx.put_cursor("engine", "x", "first")  # type: ignore[arg-type]
    thread.join(10)

    assert seen == ["first"]
