"""The company's switches: an append-only log in which each line seals the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import ClassVar

TEXT_RULES = "text_rules"
"""Rules that read words may run."""
AGGREGATES = "aggregates"
"""Figures of departments may be made."""
FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchEntry:
    """One turn of one switch."""

    NOUN: ClassVar[str] = "switch"

    number: int
    at: datetime
    by: str
    """Address, or the name of the account that ran the command."""
    name: str
    """TEXT_RULES, AGGREGATES, or a rule's id."""
    on: bool
    before: str = FIRST
    """Hash of the line before."""
    seal: str = field(default="")
    """Hash of this line."""

    @property
    def key(self) -> str:
        """Its number, so that keys sort as lines do."""
        return f"{self.number:09d}"

    @property
    def belongs_to(self) -> str:
        """The company."""
        return "company"

    def sealed(self) -> str:
        """Return what the seal has to be."""
        line = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "by": self.by,
            "name": self.name,
            "on": self.on,
            "before": self.before,
        }
        return hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()


def next_entry(
    log: Iterable[SwitchEntry], *, name: str, on: bool, by: str, now: datetime
) -> SwitchEntry:
    """Return the line that follows in a log."""
    last = max(log, key=lambda entry: entry.number, default=None)
    entry = SwitchEntry(
        number=last.number + 1 if last else 1,
        at=now,
        by=by,
        name=name,
        on=on,
        before=last.seal if last else FIRST,
    )
    return replace(entry, seal=entry.sealed())


def broken_line(log: Iterable[SwitchEntry], head: str = "") -> int | None:
    """Return the number of the first line that does not fit the one before it; None: all fit.

    `head` is a seal that somebody wrote down earlier: where it stands nowhere in the log, lines
    were taken off its end, and the number behind the last line is returned.
    """
    before, number = FIRST, 0
    seals = {FIRST}
    for entry in sorted(log, key=lambda e: e.number):
        number += 1
        if (entry.number, entry.before, entry.seal) != (number, before, entry.sealed()):
            return number
        before = entry.seal
        seals.add(entry.seal)
    return number + 1 if head and head not in seals else None


def positions(log: Iterable[SwitchEntry]) -> Mapping[str, bool]:
    """Return how each switch that was ever turned stands now."""
    return {entry.name: entry.on for entry in sorted(log, key=lambda e: e.number)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRules:
    """The company's own rules, as it wrote them."""

    NOUN: ClassVar[str] = "company_rules"

    text: str
    """TOML."""
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """There is one such text."""
        return "company"

    @property
    def belongs_to(self) -> str:
        """The company."""
        return "company"
