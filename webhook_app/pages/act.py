"""One press of a button on a page: who pressed it, where, and which fields came along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import InvalidInput
from webhook_app.pages.guest import Guest, Meeting, app


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One press of a button."""

    guest: Guest
    meeting: Meeting
    form: Mapping[str, str]

    def field(self, name: str) -> str:
        """Return a field; empty where it was not sent."""
        return self.form.get(name, "").strip()

    @property
    def entry(self) -> str:
        """Which entry it is about."""
        return self.form.get("entry", "")

    @property
    def key(self) -> str:
        """What makes the same press twice one: the page's key and what was typed."""
        key = self.field("key")
        return f"{key}|{self.field('text')}" if key else ""

    def day(self, name: str) -> date | None:
        """Return a day; None where the field is empty. Raise InvalidInput."""
        text = self.field(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as err:
            raise InvalidInput(f"{text[:20]!r} is not a day: 2026-06-12, please") from err

    def call(self, verb: Callable[..., object], *words: object, **more: object) -> None:
        """Call one function of core.service for this guest and series."""
        series_id = self.meeting.series.series_id
        verb(
            app().services,
            series_id,
            *words,
            by=self.guest.address,
            now=self.guest.now,
            **more,
        )
