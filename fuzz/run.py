"""Fuzz the agenda text, starting from the samples: `python fuzz/run.py --seconds 60`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
SAMPLES: Final = HERE.parent / "tests" / "core" / "body" / "samples"
TARGETS: Final = ("read", "merge", "splice")
SPLIT: Final = b"\xff\xfe\xff"


def seed(raw: dict[str, Any], bases: dict[str, dict[str, Any]]) -> bytes:
    """Return one sample as the targets read it."""
    base = bases.get(raw.get("base", ""), {"form": "text", "body": ""})
    theirs = raw["theirs"].replace("⟦", "").replace("⟧", "")
    html = ((base["form"] == "html") * 1) | ((raw.get("form", base["form"]) == "html") * 2)
    flags = html | (("rich" in raw) * 4)
    parts = [base["body"], theirs, raw.get("rich", "")]
    return bytes([flags]) + SPLIT.join(part.encode("utf-8", "surrogateescape") for part in parts)


def write_seeds(folder: Path) -> int:
    """Write each sample as a seed; return how many there are."""
    loaded = {path: tomllib.loads(path.read_text("utf-8")) for path in SAMPLES.rglob("*.toml")}
    bases = {path.stem: raw for path, raw in loaded.items() if path.parent.name == "bases"}
    seeds = [seed(raw, bases) for raw in loaded.values() if "theirs" in raw]
    for number, data in enumerate(seeds):
        (folder / f"{number:04}").write_bytes(data)
    return len(seeds)


def run(target: str, seconds: int, seeds: Path, crashes: Path) -> bool:
    """Fuzz one target; True where nothing broke."""
    with tempfile.TemporaryDirectory() as found:
        command = [
            *(sys.executable, str(HERE / "body.py"), target, found, str(seeds)),
            *(f"-max_total_time={seconds}", "-timeout=5", "-max_len=20000", "-rss_limit_mb=2048"),
            *(f"-artifact_prefix={crashes}/{target}-", "-print_final_stats=1", "-verbosity=0"),
        ]
        return subprocess.run(command, timeout=seconds + 180, check=False).returncode == 0


def main() -> int:
    """Fuzz all targets, one after the other, in equal shares of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--crashes", type=Path, default=HERE / "crashes")
    options = parser.parse_args()
    targets = options.target or list(TARGETS)
    options.crashes.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        print(f"{write_seeds(Path(folder))} seeds")
        share = max(options.seconds // len(targets), 1)
        good = {t: run(t, share, Path(folder), options.crashes) for t in targets}
    for target, fine in good.items():
        print(f"{target}: {'nothing broke' if fine else f'broke, see {options.crashes}'}")
    return 0 if all(good.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
