"""The PostgreSQL of the tests: real, empty, and gone afterwards."""

from __future__ import annotations

import psycopg
import pytest

from tests.servers import postgres as cluster
from tests.servers.postgres import Postgres


def test_each_test_gets_an_empty_database(postgres: Postgres) -> None:
    first, second = postgres.new_database(), postgres.new_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE pairs (id int)")

    with psycopg.connect(second) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()
    assert tables == (0,)


def test_it_listens_on_loopback_only(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url("postgres")) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()

    assert listening == ("127.0.0.1",)


def test_where_it_is_missing_the_test_is_skipped_with_a_hint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("VIERAUGEN_REQUIRE_ALL", raising=False)
    monkeypatch.setattr(cluster, "DEBIAN", cluster.DEBIAN / "nowhere")
    monkeypatch.setenv("PATH", "")

    with pytest.raises(pytest.skip.Exception, match="apt install postgresql"):
        cluster.installed()


def test_where_all_is_required_the_missing_server_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIERAUGEN_REQUIRE_ALL", "1")
    monkeypatch.setattr(cluster, "DEBIAN", cluster.DEBIAN / "nowhere")
    monkeypatch.setenv("PATH", "")

    with pytest.raises(pytest.fail.Exception, match="apt install postgresql"):
        cluster.installed()
