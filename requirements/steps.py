"""Run a step of the installation with a sign of life, and say plainly why it failed.

Syntax of Python 3.8: an old interpreter must come far enough to say that it is too old.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, NoReturn

FAILED = 4
OFFLINE = "the package index cannot be reached: is this machine offline?"
TAMPERED = "a package that came is not the one that the lock names"
REASONS = {
    "do not match the hashes": TAMPERED,
    "hash mismatch": TAMPERED,
    "hashes are required": "the lock names a package without its hash",
    "no space left": "the disk is full",
    "certificate": "the package index shows a certificate that this machine does not trust",
    "name resolution": OFFLINE,
    "establish a new connection": OFFLINE,
    "connection refused": OFFLINE,
    "error sending request": OFFLINE,
    # No list of versions came at all; which of both it is, pip does not tell.
    "from versions: none": "no package index answers, or it has no such package: is it offline?",
    "no matching distribution": "there is no fitting package for this Python and system",
    "permission denied": "a folder cannot be written",
}

SETTINGS = {
    "URLLIB3_NO_OVERRIDE": "1",
    "PYTHONUTF8": "1",
    # uv trusts its own list of authorities unless told to trust the system's, as pip does.
    "UV_SYSTEM_CERTS": "1",
    "UV_NATIVE_TLS": "1",
}


def say(text: str) -> None:
    print(f"vieraugen: {text}", file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    say(text)
    sys.exit(FAILED)


def works(*command: str) -> bool:
    """Run it before believing it: a shim on the PATH or a copied environment can be dead."""
    quiet = subprocess.DEVNULL
    try:
        return subprocess.call(command, stdout=quiet, stderr=quiet, timeout=60) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def run(doing: str, command: list[str], *, held: IO[str], folder: Path) -> None:
    """Run a step to its end; the installer holds the lock file too, should we be killed."""
    say(doing)
    settings = dict(os.environ, **SETTINGS)
    inherited = () if os.name == "nt" else (held.fileno(),)
    with tempfile.TemporaryFile("a+b") as log:
        began = time.time()
        process = subprocess.Popen(
            command, cwd=folder, env=settings, stdout=log, stderr=log, pass_fds=inherited
        )
        while still_running(process):
            say(f"  ... {progress(said(log))}, {time.time() - began:.0f} s")
        if process.returncode:
            explain(doing, said(log))


def still_running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return True
    return False


def said(log: IO[bytes]) -> list[str]:
    log.seek(0)
    return [line for line in log.read().decode("utf-8", "replace").splitlines() if line.strip()]


def progress(lines: list[str]) -> str:
    fetched = sum(line.startswith("Collecting ") for line in lines)
    if any(line.startswith("Installing collected") for line in lines):
        return f"unpacking {fetched} packages"
    return f"{fetched} packages fetched" if fetched else "working"


def explain(doing: str, lines: list[str]) -> NoReturn:
    for line in lines[-8:]:
        print(f"    {line}", file=sys.stderr)
    spoken = "\n".join(lines).lower()
    reason = next((REASONS[sign] for sign in REASONS if sign in spoken), "see the lines above")
    fail(f"{doing} did not work: {reason}")
