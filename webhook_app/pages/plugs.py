"""What other parts bring to a page, where they are there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plug:
    """A piece of a page with its own template."""

    template: str
    data: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugs:
    """All of them."""

    before: tuple[Plug, ...] = ()
    """Beside the agenda, above the questions."""
    after: tuple[Plug, ...] = ()
    settings: Plug | None = None
    talk_settings: Plug | None = None
    inbox: bool = False
    private_count: int = 0


NONE = Plugs()
