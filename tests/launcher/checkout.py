"""A checkout in small: the real launcher beside a program that only says how it was called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("vieraugen", "requirements/environment.py", "requirements/steps.py")
PARTS = ("build", "source", "base", "google", "outlook", "teams", "test", "fuzz", "servers", "lock")
PROJECT = """\
[build-system]
requires = []
build-backend = "small"
backend-path = ["backend"]

[project]
name = "small"
version = "1"
"""
BACKEND = '''\
"""Build an editable wheel with the standard library alone."""

import pathlib
import zipfile

METADATA = "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: small\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "small-1-py3-none-any.whl"
    here = str(pathlib.Path(__file__).resolve().parent.parent)
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("small.pth", here + "\\n")
        wheel.writestr("small-1.dist-info/METADATA", METADATA)
        wheel.writestr("small-1.dist-info/WHEEL", WHEEL)
        wheel.writestr("small-1.dist-info/RECORD", "")
    return name


build_wheel = build_editable
'''
PROGRAM = """\
import json, os, sys
print(json.dumps({"words": sys.argv[1:], "servers": os.environ.get("VIERAUGEN_SERVERS_VENV")}))
sys.exit(7 if "seven" in sys.argv else 0)
"""


def checked_out(folder: Path) -> Path:
    """Copy the launcher; the locks are empty, so that nothing is fetched."""
    for name in OURS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for part in PARTS:
        (folder / f"requirements/{part}.lock").write_text("# nothing\n")
    for name, text in (
        ("pyproject.toml", PROJECT),
        ("backend/small.py", BACKEND),
        ("webhook_app/__init__.py", ""),
        ("webhook_app/cli.py", PROGRAM),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


def launched(
    house: Path, *words: str, python: str = sys.executable, **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, house / "vieraugen", *words],
        cwd=house.parent,
        env={**surroundings(house), **settings},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def surroundings(house: Path) -> dict[str, str]:
    """No index answers: what is not in the house cannot come."""
    return {
        "PATH": os.defpath,
        "HOME": str(house.parent),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX" + "_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "0",
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }
