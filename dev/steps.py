"""What a command is, and how a program is run from one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One word after ./vieraugen dev."""

    name: str
    meaning: str
    run: Callable[[Sequence[str]], int]


def tool(module: str, *arguments: str) -> int:
    """Run a module of our own environment at the root; return its exit code."""
    return spoken([module, *arguments], [sys.executable, "-m", module, *arguments])


def program(name: str, *arguments: str) -> int:
    """The same for what our environment has as a program only."""
    return spoken([name, *arguments], [str(Path(sys.executable).with_name(name)), *arguments])


def spoken(words: Sequence[str], command: Sequence[str]) -> int:
    """Run to the end; an interrupt reaches the program as well, which closes in its own way."""
    print("$", " ".join(words)[:160], flush=True)
    process = subprocess.Popen(command, cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def script(path: str, *arguments: str) -> int:
    """Run one of our scripts as a module, so that it can import tests and packages."""
    return tool(path.removesuffix(".py").replace("/", "."), *arguments)
