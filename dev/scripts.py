"""The types in our scripts, as JSDoc says them: TypeScript reads them and makes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from dev.steps import ROOT, spoken

FOLDER = ROOT / "dev" / "tsc"
COMPILER = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"


def types(arguments: Sequence[str]) -> int:
    """Check the scripts; without Node that is left out with a hint, unless all must be there."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        print("types of scripts: left out, Node with npm is not installed", flush=True)
        return 1 if os.environ.get("VIERAUGEN_REQUIRE_ALL") == "1" else 0
    if not is_installed():
        asked = [npm, "ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(FOLDER)]
        if subprocess.run(asked, check=False, timeout=300).returncode != 0:
            return 1
    return spoken(["tsc", *arguments], [node, str(COMPILER), "-p", str(FOLDER), *arguments])


def is_installed() -> bool:
    """Whether the compiler that the lock names is there."""
    stamp = FOLDER / "node_modules" / ".package-lock.json"
    lock = FOLDER / "package-lock.json"
    return stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime
