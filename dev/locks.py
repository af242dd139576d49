"""Resolve requirements/*.in into locks with hashes that fit each other."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
TOGETHER = ("base", "google", "outlook", "teams", "test", "fuzz")
"""Groups that meet in one environment: one resolution, so that no lock contradicts another."""
ALONE = ("servers", "bench", "lock")
"""Groups with an environment of their own."""


def main(arguments: Sequence[str]) -> int:
    """Write every lock; pins stay as they are unless an upgrade is asked for."""
    options = parsed(arguments)
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder) / "all.lock"
        everything.write_text("".join(lock(name).read_text() for name in TOGETHER if pinned(name)))
        resolve([source(name) for name in TOGETHER], everything, options)
        for name in TOGETHER:
            resolve([source(name)], lock(name), [*options, "--constraints", str(everything)])
        resolve([source("build")], lock("build"), [*options, "--constraints", str(everything)])
        from_source = [*options, "--constraints", str(everything), "--no-deps"]
        resolve([source("source")], lock("source"), from_source)
    for name in ALONE:
        resolve([source(name)], lock(name), options)
    return 0


def parsed(arguments: Sequence[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog="./vieraugen dev lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    parser.add_argument("--upgrade-package", action="append", default=[], metavar="NAME")
    known = parser.parse_args(arguments)
    options = ["--upgrade"] if known.upgrade else []
    for name in known.upgrade_package:
        options += ["--upgrade-package", name]
    return options


def source(name: str) -> Path:
    return FOLDER / f"{name}.in"


def lock(name: str) -> Path:
    return FOLDER / f"{name}.lock"


def pinned(name: str) -> bool:
    return lock(name).exists()


def resolve(sources: Sequence[Path], target: Path, options: Sequence[str]) -> None:
    """One resolution for all systems and each Python from 3.11; hashes yes, addresses no."""
    uv = shutil.which("uv")
    if uv is None:
        raise SystemExit("uv is missing: run this as ./vieraugen dev lock")
    print(f"locking {target.name}", flush=True)
    subprocess.run(
        [
            *(uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
            *(
                "--generate-hashes",
                "--no-annotate",
                "--custom-compile-command",
                "./vieraugen dev lock",
            ),
            *options,
            *("--output-file", str(target)),
            *(path.relative_to(FOLDER.parent).as_posix() for path in sources),
        ],
        check=True,
        cwd=FOLDER.parent,
        timeout=600,
    )
