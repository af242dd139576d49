"""What is known and found while one copy is merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.body.base import Base
from core.body.draft import Draft
from core.body.lexicon import Lexicon
from core.body.rows import Row
from core.body.values import Change, ChangeKind, Copy, DamageKind
from core.model.agenda import Entry


@dataclass(slots=True)
class Work:
    """One copy, its base and the draft; changes and damage come in as they are found."""

    copy: Copy
    draft: Draft
    lexicon: Lexicon
    base: Base
    changes: list[Change] = field(default_factory=list)
    blocks: int = 1
    """How often the block stands there."""
    broken: list[DamageKind] = field(default_factory=list)
    translated: bool = False
    """Whether our words stand there in another language: none of them was renamed by anybody."""

    @property
    def by(self) -> str | None:
        """Address of the one whose copy it is; None: both share it."""
        return self.copy.copy_of.address if self.copy.copy_of else None

    @property
    def known(self) -> dict[str, Entry]:
        """All entries that a line of this copy may show."""
        return {**self.base.entries, **self.draft.entries}

    def seen(self, rows: Sequence[Row]) -> set[str | None]:
        """Return the entries that have a line."""
        return {row.entry for row in rows}

    def note(self, kind: ChangeKind, name: str, before: str = "", after: str = "") -> None:
        """Write a change down."""
        self.changes.append(
            Change(kind=kind, entry_id=name, by=self.by, before=before, after=after)
        )
