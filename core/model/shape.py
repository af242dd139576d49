"""Which template a sheet has and why, and a company's own templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from core.model.people import PairId


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShape:
    """The template of one sheet: chosen for it alone, or as the rules of choice gave it."""

    NOUN: ClassVar[str] = "sheet_shape"

    sheet_id: str
    pair_id: PairId
    template: str
    level: str = "default"
    """Where the choice was made (core.templates.choice.Level)."""
    held_on: date | None = None
    """Day of the talk, once it is over."""

    @property
    def key(self) -> str:
        """One a sheet."""
        return self.sheet_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTemplate:
    """A template chosen for the next talk alone, before its sheet exists."""

    NOUN: ClassVar[str] = "next_template"

    series_id: str
    pair_id: PairId
    template: str

    @property
    def key(self) -> str:
        """One a series."""
        return self.series_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedTemplate:
    """An offered template that a pair turned down."""

    NOUN: ClassVar[str] = "declined_template"

    pair_id: PairId
    template: str
    on: date

    @property
    def key(self) -> str:
        """One a pair and template: the last time counts."""
        return f"{self.pair_id}/{self.template}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """A company's own template, as JSON that fits the published schema."""

    NOUN: ClassVar[str] = "own_template"

    template_id: str
    text: str
    since: datetime

    @property
    def key(self) -> str:
        """The template's id; one with a built-in id takes its place."""
        return self.template_id

    @property
    def belongs_to(self) -> str:
        """Nobody in particular."""
        return ""
