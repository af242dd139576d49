"""A backup made while work goes on, put back elsewhere: everything is there and opens."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.core.builders import ANNA
from tests.webhook_app.memory_app import company_app
from webhook_app.backup import copy_database
from webhook_app.cli.main import main
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """A living installation."""
    company, app = company_app(tmp_path / "data")
    company.say_yes()
    (tmp_path / "data" / "vieraugen.toml").write_text('locale = "de"\n')
    yield app
    app.close()


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    ended = main([*words, "--json"])
    said = capsys.readouterr()
    assert ended == code, said.err
    return json.loads(said.out) if code == 0 else said.err


def people(app: App) -> dict[str, str]:
    with app.store.transaction() as tx:
        return {person.address: person.name for person in tx.people()}


def archive(file: Path, **members: bytes) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return file


def test_what_was_there_is_there_again(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, before = tmp_path / "night.tar.gz", people(app)
    made = run(capsys, "backup", str(file), "--data", str(app.settings.data))
    with app.store.transaction() as tx:
        tx.put_person(replace(tx.person(ANNA), name="Later"))  # type: ignore[type-var]

    run(capsys, "restore", str(file), "--data", str(tmp_path / "new"))
    restored = open_app(Settings(data=tmp_path / "new"))

    assert made["holds"] == ["about.json", "vieraugen.db", "keys", "vieraugen.toml"]
    assert people(restored) == before
    assert (tmp_path / "new" / "vieraugen.toml").read_text() == 'locale = "de"\n'
    assert [p.stat().st_mode & 0o777 for p in (file, tmp_path / "new" / "keys")] == [0o600, 0o600]
    restored.close()


def test_a_transaction_under_way_is_in_it_whole_or_not_at_all(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.store.transaction() as tx:
        tx.put_person(replace(tx.person(ANNA), name="Half"))  # type: ignore[type-var]
        # A reader of its own: the writer above has not ended.
        copy_database(app.settings.data / "vieraugen.db", tmp_path / "copy.db")

    (tmp_path / "other").mkdir()
    (tmp_path / "copy.db").replace(tmp_path / "other" / "vieraugen.db")
    (tmp_path / "other" / "keys").write_text((app.settings.data / "keys").read_text())
    copied = open_app(Settings(data=tmp_path / "other"))
    assert people(copied)[ANNA] != "Half"
    copied.close()


def test_nothing_is_written_over(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = str(app.settings.data), tmp_path / "night.tar.gz"
    run(capsys, "backup", str(file), "--data", data)

    assert "choose another name" in run(capsys, "backup", str(file), "--data", data, code=1)
    assert "an empty folder" in run(capsys, "restore", str(file), "--data", data, code=1)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"about_json": b'{"format": 9}'}, "another version"),
        ({"about_json": b"[", "keys": b""}, "can't be read"),
        ({"keys": b"k1:x"}, "no backup"),
        ({"about_json": b'{"format": 1}', "__evil": b""}, "it holds /evil"),
        ({"about_json": b'{"format": 1}', "vieraugen_db": b"no database" * 99}, "is damaged"),
    ],
)
def test_what_is_no_backup_is_refused_and_leaves_nothing(
    members: dict[str, bytes], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = archive(tmp_path / "x.tar.gz", **members)

    assert sentence in run(capsys, "restore", str(file), "--data", str(tmp_path / "n"), code=1)
    assert list((tmp_path / "n").iterdir()) == []


def test_half_a_file_is_no_backup(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "night.tar.gz"
    run(capsys, "backup", str(file), "--data", str(app.settings.data))
    file.write_bytes(file.read_bytes()[:2000])

    said = run(capsys, "restore", str(file), "--data", str(tmp_path / "n"), code=1)

    assert "can't be read as a backup" in said
    assert list((tmp_path / "n").iterdir()) == []


def test_where_nothing_is_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(tmp_path / "data")

    assert "is not there" in run(capsys, "restore", str(tmp_path / "x"), "--data", data, code=1)
    assert "vieraugen init" in run(capsys, "backup", str(tmp_path / "x"), "--data", data, code=1)
