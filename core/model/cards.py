"""A card as any host can draw it: lines, fields and buttons, and what a press asks for.

The words on it come from a SharedAgenda; hosts add their own look and escape every text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.errors import InvalidInput


class Verb(StrEnum):
    """What a press asks for."""

    HOME = "home"
    """Show all of one's own 1:1s."""
    SHOW = "show"
    """Show one agenda."""
    ADD_POINT = "add_point"
    TICK = "tick"
    UNTICK = "untick"
    CARRY = "carry"
    """Keep a point for the next meeting, or fetch it back."""
    FETCH = "fetch"
    ADD_ITEM = "add_item"
    ADD_NOTE = "add_note"
    """A private note: its author alone ever sees it."""
    SAY_YES = "say_yes"
    TAKE = "take"
    """Do what a suggestion offers."""
    DISMISS = "dismiss"
    MUTE = "mute"


FORMS = frozenset({Verb.ADD_POINT, Verb.ADD_ITEM, Verb.ADD_NOTE})
"""Without their fields filled in these show a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What one press means, as a host hands it back to us."""

    verb: Verb
    series: str = ""
    entry: str = ""
    """Id of a point, action item or suggestion."""
    mark: str = ""
    """Which drawing of the card it stood on: the same press again does nothing more."""

    def parameters(self) -> dict[str, str]:
        """Return it as the flat strings that every host carries; `deed_of` is the way back."""
        given = {"v": self.verb.value, "s": self.series, "e": self.entry, "m": self.mark}
        return {name: value for name, value in given.items() if value}


def deed_of(parameters: Mapping[str, str]) -> Deed:
    """Read what a host hands back. Raise InvalidInput where it is no press of ours."""
    try:
        verb = Verb(parameters.get("v", Verb.HOME))
    except ValueError as err:
        raise InvalidInput("this card is too old: please open it anew") from err
    texts = [str(parameters.get(name, ""))[:200] for name in ("s", "e", "m")]
    return Deed(verb=verb, series=texts[0], entry=texts[1], mark=texts[2])


class FieldKind(StrEnum):
    """How something is filled in."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to fill in."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and words."""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button: it asks for a deed, or opens an address."""

    label: str
    deed: Deed | None = None
    url: str = ""
    in_dialog: bool = False
    """Whether what it shows belongs into a dialog, where the host has one."""
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line, with a box to tick where it can be done."""

    text: str
    detail: str = ""
    done: bool = False
    tick: Deed | None = None
    """What ticking (or unticking) it asks for."""
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSection:
    """A heading, then rows, fields and buttons in this order."""

    title: str = ""
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card."""

    card_id: str
    title: str
    subtitle: str = ""
    sections: tuple[CardSection, ...] = ()
    is_form: bool = False
    """Whether it belongs into a dialog, where the host has one."""

    @property
    def text(self) -> str:
        """The card in words, for notifications and for hosts that show none."""
        lines = [self.title, self.subtitle]
        for section in self.sections:
            lines += [section.title, *(_line(row) for row in section.rows)]
        return "\n".join(line for line in lines if line)


def _line(row: Row) -> str:
    box = ("[x] " if row.done else "[ ] ") if row.tick else ""
    return f"{box}{row.text}" + (f" ({row.detail})" if row.detail else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press that has been carried out: the same one again is not."""

    NOUN: ClassVar[str] = "pressed"

    press_id: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """Its id."""
        return self.press_id

    @property
    def belongs_to(self) -> str:
        """Who pressed."""
        return self.person
