"""The key file, and changing keys: nothing that was sealed is ever out of reach."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from core.errors import InvalidInput
from core.model.received import Received, ReceivedKind
from tests.webhook_app.memory_app import company_app
from webhook_app.cli.main import main
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.lock import engine_lock
from webhook_app.storage.key_file import add_key, drop_key, read_keys
from webhook_app.storage.sealing import parse_keys
from webhook_app.wiring import open_app


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a company in it, and something that came in."""
    company, app = company_app(tmp_path / "data")
    company.say_yes()
    now = utc_now()
    came = Received(
        received_id="r1",
        suite="mail",
        kind=ReceivedKind.REPLY,
        lane="l",
        source_id="s",
        received_at=now,
        due_at=now,
        digest="d",
        content="Gehalt",
    )
    with app.store.transaction() as tx:
        tx.receive(came)
    app.close()
    return tmp_path / "data"


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str, code: int = 0) -> Any:
    ended = main([*words, "--data", str(data), "--json"])
    said = capsys.readouterr()
    assert ended == code, said.err
    return json.loads(said.out) if said.out else said.err


def content(data: Path) -> tuple[object, ...]:
    app = open_app(Settings(data=data))
    with app.store.transaction() as tx:
        found = (tuple(tx.people()), tuple(tx.all_series()), tx.received("r1"))
    app.close()
    return found


def test_the_key_file_is_ours_alone_and_stays(tmp_path: Path) -> None:
    first = read_keys(tmp_path / "keys", make=True)

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert read_keys(tmp_path / "keys", make=True) == first
    assert "KeyRing(1 keys)" in repr(parse_keys(first))


def test_first_starts_at_once_make_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _: read_keys(tmp_path / "keys", make=True), range(8))

    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_lost_key_file_is_said_and_never_replaced(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "keys").unlink()

    for words in (("series", "list"), ("init",)):
        assert main([*words, "--data", str(data)]) == 1
        assert "put it back from your backup" in capsys.readouterr().err
    assert not (data / "keys").exists()


def test_all_is_sealed_with_the_new_key_and_reads_as_before(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(data)

    done = run(capsys, data, "keys", "rotate")
    listed = run(capsys, data, "keys", "list")["keys"]
    run(capsys, data, "keys", "forget", "k1")

    assert done["key"] == "k2"
    assert listed == [
        {"name": "k2", "writes": True, "values": done["resealed"], "there": True},
        {"name": "k1", "writes": False, "values": 0, "there": True},
    ]
    assert done["resealed"] > 5
    assert content(data) == before
    assert parse_keys((data / "keys").read_text()).names == ("k2",)


def test_an_end_in_the_middle_leaves_both_keys_and_is_gone_on_with(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(data)
    add_key(data / "keys")

    assert content(data) == before
    assert run(capsys, data, "keys", "reseal")["resealed"] > 5
    assert run(capsys, data, "keys", "reseal")["resealed"] == 0
    assert content(data) == before


def test_a_key_that_still_seals_something_stays(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_key(data / "keys")

    assert "still seals" in run(capsys, data, "keys", "forget", "k1", code=1)
    assert parse_keys((data / "keys").read_text()).names == ("k2", "k1")


def test_the_key_that_writes_and_unknown_ones_are_not_dropped(tmp_path: Path) -> None:
    read_keys(tmp_path / "keys", make=True)

    with pytest.raises(InvalidInput, match="the one that writes"):
        drop_key(tmp_path / "keys", "k1")
    with pytest.raises(InvalidInput, match="no key 'k7'"):
        drop_key(tmp_path / "keys", "k7")


def test_while_the_engine_runs_no_key_is_changed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with engine_lock(Settings(data=data)):
        assert "stop it first" in run(capsys, data, "keys", "rotate", code=1)
    assert parse_keys((data / "keys").read_text()).names == ("k1",)


def test_keys_in_the_environment_are_changed_there(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (data / "keys").read_text().strip()
    monkeypatch.setenv("VIERAUGEN_KEYS", f"new:{'B' * 43},{old}")

    assert "in front" in run(capsys, data, "keys", "rotate", code=1)
    assert run(capsys, data, "keys", "reseal")["key"] == "new"
    monkeypatch.setenv("VIERAUGEN_KEYS", old)
    listed = run(capsys, data, "keys", "list", code=3)["keys"]

    assert [(row["name"], row["there"]) for row in listed] == [("k1", True), ("new", False)]
