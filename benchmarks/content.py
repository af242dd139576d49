"""How long the built-in content takes to be read: templates, questions, one guide.

Run: python benchmarks/content.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.guides import load_guide
from core.questions import load_questions, load_topic
from core.templates import load_templates

ROUNDS = 5


def cold(read: Callable[[], object], *caches: Any) -> float:
    """Return the quickest of a few cold reads in milliseconds of processor time."""
    times = []
    for _ in range(ROUNDS):
        for cached in caches:
            cached.cache_clear()
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def main() -> None:
    """Print the table; 50 ms for all of a kind is what a command can bear."""
    print("| what | milliseconds |")
    print("| --- | --- |")
    print(f"| all templates | {cold(load_templates, load_templates):.1f} |")
    print(f"| all questions | {cold(load_questions, load_questions, load_topic):.1f} |")
    print(f"| one guide | {cold(lambda: load_guide('walk'), load_guide):.1f} |")


if __name__ == "__main__":
    main()
