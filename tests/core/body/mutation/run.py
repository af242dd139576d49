"""Plant bugs in core/body and see which no test notices: `python tests/core/body/mutation/run.py`.

Works in a temporary copy, so that nothing of it stands in the tree. Prints the survivors and what
share of all bugs they are; `--only fence` keeps to files whose name holds a word.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[4]
SETTINGS: Final = """[mutmut]
source_paths=core
only_mutate=
    {only}
pytest_add_cli_args=
    -q
    -x
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection=
    tests/core/body
also_copy=
    tests
    docs
"""
LEFT: Final = ("survived", "no tests", "timeout", "suspicious")
LINE: Final = re.compile(r"^\s*(?P<name>core\.body\.\S+): (?P<state>[\w ]+)$", re.M)


def prepare(folder: Path, only: str) -> None:
    """Copy what a run needs."""
    kept = shutil.ignore_patterns("__pycache__", "node_modules", "mutation")
    shutil.copytree(ROOT / "core", folder / "core", ignore=kept)
    shutil.copytree(ROOT / "tests/core/body", folder / "tests/core/body", ignore=kept)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=kept)
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    pattern = f"core/body/*{only}*.py" if only else "core/body/*.py"
    (folder / "setup.cfg").write_text(SETTINGS.format(only=pattern), "utf-8")


def mutmut(folder: Path, *words: str) -> str:
    """Run mutmut and return what it printed."""
    command = [sys.executable, "-m", "mutmut", *words]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def main() -> int:
    """Run, then list what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of a file's name")
    parser.add_argument("--children", default="1", help="how many at once")
    parser.add_argument("--keep", type=Path, help="work here and leave it there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "work"
        prepare(folder, options.only)
        print(mutmut(folder, "run", "--max-children", options.children)[-2000:])
        found = LINE.findall(mutmut(folder, "results", "--all", "true"))
        for name, state in found:
            if state in LEFT:
                print(f"--- {name}: {state}\n{mutmut(folder, 'show', name)}")
    counts = Counter(state for _, state in found)
    total = sum(counts.values()) or 1
    print(dict(counts), f"survived: {100 * counts['survived'] / total:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
