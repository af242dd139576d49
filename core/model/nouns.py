"""What a noun of its own must say so that every store can keep it without a table for each."""

from __future__ import annotations

from typing import ClassVar, Protocol


class Noun(Protocol):
    """A frozen value that is kept by its key and found by what it belongs to."""

    NOUN: ClassVar[str]
    """Name in the database: it stays when the class is renamed."""

    @property
    def key(self) -> str:
        """What tells it from all others of its kind; kept in the clear, so never words."""
        ...

    @property
    def belongs_to(self) -> str:
        """Id of what it is found by, such as a pair's or person's; kept in the clear."""
        ...
