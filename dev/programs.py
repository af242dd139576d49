"""Programs that take their time: benchmarks, fuzzing, planted faults, known weaknesses."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from dev.steps import ROOT, script, tool


def bench(arguments: Sequence[str]) -> int:
    """Run one benchmark, or each of them."""
    known = sorted(
        path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith("_")
    )
    if arguments and arguments[0] not in known:
        print(f"no benchmark {arguments[0]}; there are {', '.join(known)}")
        return 2
    chosen, rest = arguments[:1] or known, arguments[1:]
    return max(script(f"benchmarks/{name}.py", *rest) for name in chosen)


def fuzz(arguments: Sequence[str]) -> int:
    return script("fuzz/run.py", *arguments)


def mutants(arguments: Sequence[str]) -> int:
    """Plant faults in core/body and list those that no test noticed."""
    return script("tests/core/body/mutation/run.py", *arguments)


def screenshots(arguments: Sequence[str]) -> int:
    """Photograph every state of the pages into docs/screenshots."""
    return script("tests/browser/screenshots.py", *arguments)


def audit(arguments: Sequence[str]) -> int:
    """Ask the vulnerability database about each pin."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text(
            "".join(map(Path.read_text, sorted((ROOT / "requirements").glob("*.lock"))))
        )
        return tool("pip_audit", "--disable-pip", "--no-deps", "-r", str(pins), *arguments)
