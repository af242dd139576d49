"""The packages as they are installed here, and the locks that they come from."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import caldav
import pytest
import requests
import responses
import urllib3
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dev.locks import ALONE, FOLDER, TOGETHER
from tests.architecture.sources import ROOT
from webhook_app.cli.main import main

LOCKS = tuple(sorted(FOLDER.glob("*.lock")))
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)


def test_urllib3_is_the_real_one_beside_python_caldav() -> None:
    assert caldav.__version__
    # urllib3 has __version__, but does not export it for type checkers.
    running = urllib3.__version__  # type: ignore[attr-defined]
    assert running == importlib.metadata.version("urllib3")


@responses.activate
def test_requests_is_faked_beside_python_caldav() -> None:
    responses.get("https://graph.example.com/me", json={"name": "Anna"})

    assert requests.get("https://graph.example.com/me", timeout=1).json() == {"name": "Anna"}


def test_vobject_is_not_in_our_environment() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("vobject")


@pytest.mark.parametrize("name", [*TOGETHER, *ALONE, "build", "source"])
def test_lock_has_all_that_is_asked_for(name: str) -> None:
    wanted = [Requirement(line) for line in lines(FOLDER / f"{name}.in")]
    text = (FOLDER / f"{name}.lock").read_text(encoding="utf-8")
    # One package may be locked twice, for different versions of Python.
    locked = [(canonicalize_name(package), version) for package, version in PIN.findall(text)]

    unmet = [
        str(need)
        for need in wanted
        if not any(n == canonicalize_name(need.name) and is_met(need, v) for n, v in locked)
    ]
    assert unmet == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_pin_has_a_hash_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_locks_that_meet_in_one_environment_agree() -> None:
    versions: dict[str, set[str]] = {}
    for name in (*TOGETHER, "build", "source"):
        for package, version in pins(FOLDER / f"{name}.lock").items():
            versions.setdefault(package, set()).add(version)

    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_what_is_built_from_source_is_what_the_base_needs() -> None:
    built, base = pins(FOLDER / "source.lock"), pins(FOLDER / "base.lock")

    assert built.items() <= base.items()


def test_extras_read_what_the_locks_are_made_from() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert [name for name in TOGETHER if f'"requirements/{name}.in"' not in settings] == []


@pytest.mark.parametrize(
    ("package", "extra"),
    [
        ("msgraph-sdk", "outlook"),
        ("msal", "outlook"),
        ("microsoft-teams-apps", "teams"),
        ("google-api-python-client", "google"),
    ],
)
def test_a_suite_s_libraries_come_with_its_own_extra_alone(package: str, extra: str) -> None:
    """What 392 MB of Graph's SDK cost, nobody pays who has no Outlook."""
    assert package in pins(FOLDER / f"{extra}.lock")
    assert package not in pins(FOLDER / "base.lock")


def is_met(need: Requirement, version: str | None) -> bool:
    return version is not None and need.specifier.contains(version, prereleases=True)


def lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(path: Path) -> dict[str, str]:
    found = PIN.findall(path.read_text(encoding="utf-8"))
    return {str(canonicalize_name(name)): version for name, version in found}


def test_the_command_that_is_installed_is_the_command_line() -> None:
    (command,) = importlib.metadata.distribution("vieraugen").entry_points.select(name="vieraugen")

    assert command.load() is main
