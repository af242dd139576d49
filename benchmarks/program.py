"""What the program costs that does nothing: --help, and `serve` between two readings.

Run: python benchmarks/program.py [SECONDS]

`serve` reads the demo's calendars once a minute, its default; Linux only, as it reads /proc.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from webhook_app.config import Settings
from webhook_app.demo.stage import set_stage
from webhook_app.jobs.clock import utc_now

ROUNDS = 7
SETTLED = 15.0
"""Seconds after the start until the first reading and all imports are over."""
COMMAND = (sys.executable, "-m", "webhook_app.cli")


def help_seconds() -> tuple[float, float]:
    """Return the quickest wall and processor time of `--help`."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        before, begun = os.times(), time.perf_counter()
        subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)
        after = os.times()
        walls.append(time.perf_counter() - begun)
        processor.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    return min(walls), min(processor)


def processor_seconds(pid: int) -> float:
    """Return what a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    """Return how much memory a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def idle(seconds: float) -> tuple[float, float]:
    """Return the memory of an idle `serve` in MB, and its share of a core."""
    with tempfile.TemporaryDirectory() as scratch:
        stage = set_stage(Settings(data=Path(scratch)), utc_now())
        serve = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--data", scratch],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(SETTLED)
            before, begun = processor_seconds(serve.pid), time.perf_counter()
            time.sleep(seconds)
            used = processor_seconds(serve.pid) - before
            return resident_megabytes(serve.pid), used / (time.perf_counter() - begun)
        finally:
            serve.terminate()
            serve.wait(30)
            stage.close()


def main() -> None:
    """Print the table."""
    wall, processor = help_seconds()
    memory, share = idle(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
    print("| what | figure |")
    print("| --- | --- |")
    print(f"| `vieraugen --help` | {wall:.2f} s, of which {processor:.2f} s processor |")
    print(f"| idle `serve`, memory | {memory:.0f} MB |")
    print(f"| idle `serve`, share of a core | {100 * share:.1f} % |")


if __name__ == "__main__":
    main()
