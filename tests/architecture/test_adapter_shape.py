"""Every suite's adapter has the same files, so that who knows one finds the way in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, shown

FILES = (
    *("__init__.py", "auth.py", "wire.py", "mapping.py", "calendar.py", "tasks.py"),
    *("messages.py", "push.py", "quirks.py", "README.md"),
)
SUITES = tuple(sorted(path.parent for path in (ROOT / "adapters").glob("*/calendar.py")))


@pytest.mark.parametrize("folder", SUITES, ids=shown)
def test_adapter_has_the_files_that_every_adapter_has(folder: Path) -> None:
    assert missing(folder) == []


@pytest.mark.parametrize("folder", SUITES, ids=shown)
def test_adapter_is_in_the_registry(folder: Path) -> None:
    assert f'"{folder.name}"' in (ROOT / "adapters/registry.py").read_text(encoding="utf-8")


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    for name in FILES[1:]:
        (tmp_path / name).touch()

    assert missing(tmp_path) == ["__init__.py"]


def missing(folder: Path) -> list[str]:
    return [name for name in FILES if not (folder / name).is_file()]
