"""Imports go webhook_app -> adapters -> core and never back; adapters do not know each other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PACKAGES = ("core", "adapters", "adapters/caldav", "adapters/google", "webhook_app")


def test_import_rules_are_kept(tmp_path: Path) -> None:
    checked = linted(ROOT, tmp_path)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core/service.py", "import adapters.caldav"),
        ("adapters/caldav/wire.py", "import webhook_app"),
        ("core/detect.py", "import requests"),
        ("adapters/caldav/calendar.py", "from flask import request"),
        ("adapters/caldav/tasks.py", "from adapters.google import wire"),
    ],
)
def test_a_wrong_import_is_found(module: str, line: str, tmp_path: Path) -> None:
    house = built(tmp_path)
    (house / "adapters/google/wire.py").touch()
    (house / module).write_text(f"{line}\n")

    assert "BROKEN" in linted(house, tmp_path).stdout


def test_the_registry_may_know_every_adapter(tmp_path: Path) -> None:
    house = built(tmp_path)
    (house / "adapters/registry.py").write_text("import adapters.caldav\nimport adapters.google\n")

    assert "BROKEN" not in linted(house, tmp_path).stdout


def built(folder: Path) -> Path:
    house = folder / "house"
    for package in PACKAGES:
        (house / package).mkdir(parents=True)
        (house / package / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", house)
    return house


def linted(house: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [lint, "--cache-dir", cache / "cache"],
        cwd=house,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
