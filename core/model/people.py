"""People and the pair of two that a 1:1 belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

PairId = NewType("PairId", str)


def normal_address(address: str) -> str:
    """Return the address as we compare it: no `mailto:`, no blanks, lower case."""
    bare = address.strip()
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    return bare.strip().lower()


class Side(StrEnum):
    """Which of the two: the report's points always come first."""

    REPORT = "report"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a calendar."""

    address: str
    """E-mail address in lower case: the one identity that all suites share."""
    name: str = ""
    locale: str = "en"
    """Language of their own pages and messages: "de", "de-Sie" or "en"."""
    zone: str = "UTC"
    """IANA name."""

    def __post_init__(self) -> None:
        if self.address != normal_address(self.address) or "@" not in self.address:
            raise ValueError(f"not a normal e-mail address: {self.address!r}")

    @property
    def called(self) -> str:
        """The name people use in a heading: the given name, else the address's local part."""
        return self.name.split()[0] if self.name.split() else self.address.partition("@")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people who hold 1:1s; history belongs to them and not to any event."""

    pair_id: PairId
    manager: str
    """Address. In a pair of peers simply the one who organizes."""
    report: str
    roles_confirmed: bool = False
    """False: the organizer counts as manager until somebody says otherwise."""
    ended: datetime | None = None
    """Since when they hold no 1:1s any more: both keep what was said until then."""

    def __post_init__(self) -> None:
        if self.manager == self.report:
            raise ValueError("a pair is two different people")

    @property
    def addresses(self) -> tuple[str, str]:
        """Report first, as everywhere."""
        return (self.report, self.manager)

    def side(self, address: str) -> Side | None:
        """Tell which of the two that is; None for anybody else."""
        if address == self.report:
            return Side.REPORT
        return Side.MANAGER if address == self.manager else None

    def other(self, address: str) -> str:
        """Return the other one's address."""
        return self.manager if address == self.report else self.report


def pair_id(one: str, other: str) -> PairId:
    """Name a pair by its two people, whoever manages whom."""
    return PairId("+".join(sorted((normal_address(one), normal_address(other)))))
