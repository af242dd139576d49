"""An environment of its own for vieraugen, made from the hash-checked locks beside this file.

Syntax of Python 3.8: an old interpreter must come far enough to say that it is too old.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import IO

from steps import fail, run, say, works

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
WHOLE = (
    "import os, sys, sysconfig;"
    "sys.exit(sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path('purelib')))"
)
QUIET = ["--disable-pip-version-check", "--no-input", "--no-warn-script-location"]
# A lock is whole, so nothing is left to resolve; asked to, an older pip takes the newest release
# of what another package wants with an extra (coverage[toml]) and not the one that the lock names.
HASHED = ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
# The wheel of urllib3-future puts itself in the place of urllib3; a build with the setting
# URLLIB3_NO_OVERRIDE does not. One cached under the other setting must not be taken: no cache.
FROM_SOURCE = ["--no-binary", "urllib3-future", "--no-build-isolation"]
# msgraph-sdk has 18,000 modules: the few that a process imports are compiled when it does.
UNCOMPILED = {"outlook"}


class Environment:
    """A folder with a Python of its own, and the parts that belong into it."""

    def __init__(self, folder: Path, parts: list[str]) -> None:
        self.folder = folder.absolute()
        self.parts = parts
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.lock = self.folder.with_name(f"{self.folder.name}.lock")

    def stamp(self, part: str) -> Path:
        return self.folder / f".installed-{part}"

    def wanted(self, part: str) -> str:
        """The hash of what the part is made from; the interpreter and the place count too."""
        made_from = hashlib.sha256(os.fsencode(self.python.resolve()))
        made_from.update(os.fsencode(ROOT) if part == "editable" else b"")
        made_from.update(source_of(part).read_bytes())
        return made_from.hexdigest()

    def missing(self) -> list[str]:
        if content(self.lock) or not self.python.exists():
            return self.parts
        return self.unstamped()

    def unstamped(self) -> list[str]:
        return [part for part in self.parts if content(self.stamp(part)) != self.wanted(part)]


def source_of(part: str) -> Path:
    return ROOT / "pyproject.toml" if part == "editable" else LOCKS / f"{part}.lock"


def content(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def ensure(environment: Environment) -> None:
    """Bring the environment to what its locks say; only one start at a time does so."""
    if not environment.missing():
        return
    environment.folder.parent.mkdir(parents=True, exist_ok=True)
    with environment.lock.open("a+", encoding="utf-8") as held:
        if not taken(held):
            say(f"another start is preparing {environment.folder}: waiting for it")
            while not taken(held):
                time.sleep(0.2)
        missing = environment.missing()
        if missing:
            began = time.time()
            say(f"preparing {environment.folder}, once: {', '.join(missing)}")
            prepare(environment, held)
            say(f"ready after {time.time() - began:.0f} s")


def taken(held: IO[str]) -> bool:
    """The system frees the file when its holder and the holder's installer are gone."""
    try:
        if sys.platform == "win32":
            import msvcrt

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def prepare(environment: Environment, held: IO[str]) -> None:
    """The lock file says "unfinished" for as long as the folder cannot be trusted."""
    if content(environment.lock) or not works(str(environment.python), "-c", WHOLE):
        clear(environment.folder)
        mark(held, "unfinished")
        make(environment.folder, held)
    mark(held, "unfinished")
    try:
        install(environment, held)
    except SystemExit:  # the installer gave up in good order: what was there still works
        mark(held, "")
        raise
    mark(held, "")


def mark(held: IO[str], text: str) -> None:
    held.truncate(0)
    held.write(text)
    held.flush()


def clear(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / "pyvenv.cfg").exists():
            fail(f"{folder} is no Python environment: name another folder")
        say(f"removing what an earlier start left in {folder}")
        shutil.rmtree(folder)


def make(folder: Path, held: IO[str]) -> None:
    base, uv = interpreter(), shutil.which("uv")
    if base and works(base, "-c", "import ensurepip, venv"):
        command = [base, "-m", "venv", str(folder)]
    elif uv:
        command = [uv, "venv", "--python", base or ">=3.11", str(folder)]
    elif base is None:
        version = sys.version.split()[0]
        fail(f"needs Python 3.11 or newer, this is {version}: install a newer one, or uv")
    elif works(base, "-m", "pip", "--python", base, "--version"):
        command = [base, "-m", "venv", "--without-pip", str(folder)]
    else:
        fail(
            "this Python cannot make an environment: install the package python3-venv "
            "(Debian and Ubuntu: apt install python3-venv) and run this again"
        )
    run("making the environment", command, held=held, folder=ROOT)


def interpreter() -> str | None:
    """This Python where it is new enough, else the newest living one on the PATH."""
    if sys.version_info >= (3, 11):
        return str(getattr(sys, "_base_executable", None) or sys.executable)
    for name in [*(f"python3.{minor}" for minor in range(20, 10, -1)), "python3", "python"]:
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
            found = shutil.which(name, path=folder)
            if found and works(found, "-c", NEW_ENOUGH):
                return found
    return None


def install(environment: Environment, held: IO[str]) -> None:
    """Part by part; a stamp is the only proof that its part is there."""
    command, without_cache = installer(str(environment.python))
    for part in environment.unstamped():
        source = source_of(part)
        if part == "editable":
            what = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        else:
            what = [*HASHED, "--requirement", str(source)]
        if part == "source":
            what = [*what, *FROM_SOURCE, without_cache]
        if part in UNCOMPILED and command[1] == "-m":  # uv compiles nothing anyway
            what = [*what, "--no-compile"]
        packages = len(re.findall(r"^[\w.\[\],-]+==", content(source), re.MULTILINE)) or 1
        run(f"installing {part}: {packages} packages", [*command, *what], held=held, folder=ROOT)
        environment.stamp(part).write_text(environment.wanted(part), encoding="utf-8")


def installer(python: str) -> tuple[list[str], str]:
    """The environment's own pip, else uv, else the system's pip from outside; its no-cache."""
    if works(python, "-m", "pip", "--version"):
        return [python, "-m", "pip", "install", *QUIET], "--no-cache-dir"
    uv, base = shutil.which("uv"), interpreter()
    if uv:
        return [uv, "pip", "install", "--python", python], "--no-cache"
    if base and works(base, "-m", "pip", "--python", python, "--version"):
        return [base, "-m", "pip", "--python", python, "install", *QUIET], "--no-cache-dir"
    fail(f"{python} has no pip: install python3-venv, python3-pip or uv")
