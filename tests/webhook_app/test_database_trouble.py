"""A database that fails: one sentence, nothing half done, and work goes on when it is back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from core.errors import Unavailable
from core.model.people import Person
from tests.webhook_app.world import World
from webhook_app.cli.main import main
from webhook_app.logs import log_to_stderr
from webhook_app.storage.database import Database

ROOT = Path(__file__).parents[2]
LONG = Person(address="zoe@example.com", name="Z" * 2_000_000)


def test_a_full_disk_is_said_and_loses_nothing(world: World) -> None:
    def fill() -> None:
        with world.app.store.transaction() as tx:
            tx._c.exec_driver_sql("PRAGMA max_page_count=1")
            tx.put_person(LONG)

    with pytest.raises(Unavailable, match="disk is full"):
        fill()
    world.app.store.database.engine.dispose()

    with world.app.store.transaction() as tx:
        assert tx.person(LONG.address) is None
        tx.put_person(LONG)
    assert world.browser().get("/readyz").status_code == 200


def test_who_asks_while_it_is_gone_is_told_to_come_again(world: World) -> None:
    data = world.app.settings.data
    world.app.store.database.engine.dispose()
    aside = data.rename(data.with_name("aside"))

    answer = world.browser().get("/readyz")
    aside.rename(data)

    assert answer.status_code == 503
    assert "the database does not work" in answer.text
    assert world.browser().get("/readyz").status_code == 200


def test_a_postgresql_that_is_down_is_one_sentence() -> None:
    database = Database("postgresql+psycopg://nobody:secret@127.0.0.1:9/none?connect_timeout=2")

    with pytest.raises(Unavailable, match="does not work") as failed, database.begin():
        pass
    database.close()

    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("words", [("series", "list"), ("init",), ("doctor",), ("serve",)])
def test_a_command_says_what_is_wrong_and_shows_no_traceback(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vieraugen.db").write_text("no database at all" * 1000)
    (tmp_path / "keys").write_text(f"k1:{'A' * 43}\n")

    assert main([*words, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == "vieraugen: the database does not work: file is not a database\n"


@pytest.mark.server
def test_a_queue_whose_database_is_broken_is_one_sentence(tmp_path: Path) -> None:
    assert main(["init", "--data", str(tmp_path)]) == 0
    (tmp_path / "jobs.db").write_text("no database at all" * 1000)

    # A process of its own: the queue's library keeps global state.
    command = [sys.executable, "-m", "webhook_app.cli", "serve", "--data", str(tmp_path)]
    ended = subprocess.run(
        [*command, "--port", "0"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "vieraugen: the queue's database does not work: file is not a database\n"
    )


def test_logs_are_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        log_to_stderr()
        structlog.get_logger().error("round_broke", error="Unavailable")
        said = capsys.readouterr().err
    finally:
        structlog.reset_defaults()

    line = json.loads(said)
    assert (line["event"], line["level"], line["error"]) == ("round_broke", "error", "Unavailable")
