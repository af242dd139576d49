"""What we say to one person, and where it went."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.cards import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText:
    """The same words twice: adapters send the form that their channel takes."""

    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A link that looks like a button where the channel can."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person."""

    to: str
    """The address of one person. We never write to a group."""
    subject: str
    body: RichText
    buttons: tuple[Button, ...] = ()
    thread: str | None = None
    """Messages of one thread stay together where the channel can."""
    about: str = ""
    """Id of the series it is about, for channels that show more than words."""
    is_recap: bool = False
    """Whether the talk is over."""
    card: Card | None = None
    """The same as a card, where the channel has cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """Where a sent message lives."""

    channel: str
    message_id: str
