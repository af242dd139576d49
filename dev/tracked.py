"""What no committed file may contain: words that the glossary replaces, paths, download hosts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from dev.steps import ROOT

TEXT = (".py", ".md", ".toml", ".html", ".js", ".css", ".json", ".yaml", ".yml", ".in", ".lock", "")
RECORDED = ("tests/*/samples/*", "tests/*/data/*", "requirements/*.lock", "LICENSE")
"""Other people's words: recordings and schema data stay as they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """Something that must not stand in a file, and what to do about it."""

    pattern: re.Pattern[str]
    advice: str
    allowed: tuple[str, ...] = RECORDED
    """Files where it may stand: they speak a host's language."""


def word(replaced: str, advice: str, *allowed: str) -> Ban:
    """A word alone or as a part of a name: instance, instance_id, GraphInstance, not isinstance."""
    pattern = re.compile(f"(?<![A-Za-z]){replaced}|{replaced.capitalize()}")
    return Ban(pattern=pattern, advice=advice, allowed=(*RECORDED, *allowed))


HOSTS_OWN_WORDS = ("adapters/google/*", "adapters/outlook/*", "tests/servers/*", "tests/adapters/*")
BANS = (
    word(
        "provider",
        "say suite (the glossary)",
        "dev/tracked.py",
        *("webhook_app/shallow_json.py", "tests/examples.py"),  # a library's own word
        *HOSTS_OWN_WORDS,
    ),
    # JavaScript has `instanceof`, as Python has isinstance.
    word("instance(?!of\\b)", "say occurrence (the glossary)", "dev/tracked.py", *HOSTS_OWN_WORDS),
    word("rollover", "say carry-over (the glossary)", "dev/tracked.py"),
    Ban(
        pattern=re.compile(r"text/" + "icalendar", re.IGNORECASE),
        advice="the media type is text/calendar",
    ),
    Ban(
        pattern=re.compile(r"(?<![\w.:])/(?:root|work|home/\w+|Users/\w+)/|C:\\Users"),
        advice="a path of one machine",
        allowed=(*RECORDED, "dev/tracked.py"),
    ),
    Ban(
        pattern=re.compile(r'index[-]url|"resolved": *"https?:|https?://[^ "]*/simple\b'),
        advice="a download address",
        allowed=(),
    ),
    Ban(
        pattern=re.compile(r"(?:pypi|pythonhosted|npmjs)[.](?:org|com)"),
        advice="a download host",
        allowed=(),
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Check the files that are named, else all that are tracked."""
    chosen = [Path(name) for name in arguments] or files()
    found = [finding for path in chosen for finding in findings(path)]
    print("\n".join(found) or f"words: {len(chosen)} files clean", flush=True)
    return 1 if found else 0


def files() -> list[Path]:
    """Tracked files that are there, seen from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def fits(path: Path, patterns: Sequence[str]) -> bool:
    return any(fnmatch(path.as_posix(), pattern) for pattern in patterns)


def findings(path: Path) -> Iterator[str]:
    if path.suffix not in TEXT:
        return
    text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
    for ban in (ban for ban in BANS if not fits(path, ban.allowed)):
        for match in ban.pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path.as_posix()}:{line}: {match.group()!r}: {ban.advice}"
