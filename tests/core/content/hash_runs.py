"""Hash each run of seven words: `python -m tests.core.content.hash_runs FILE > RUNS.sha256`."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

RUN = 7


def words_of(text: str) -> list[str]:
    """Return the words alone: no case, no signs, no typography."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def runs_of(text: str) -> Iterator[str]:
    """Return each seven words in a row."""
    words = words_of(text)
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def hashes_of(text: str) -> set[str]:
    """Return the hashes of all runs."""
    return {sha256(run.encode()).hexdigest() for run in runs_of(text)}


def borrowed(text: str, hashes: Iterable[str]) -> list[str]:
    """Return the runs of this text that were hashed."""
    known = frozenset(hashes)
    return [run for run in runs_of(text) if sha256(run.encode()).hexdigest() in known]


if __name__ == "__main__":
    print("\n".join(sorted(hashes_of(Path(sys.argv[1]).read_text("utf-8")))))
