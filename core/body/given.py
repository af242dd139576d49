"""What callers hand in: where it is of another kind, the error says what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import UnionType
from typing import Final

from core.body.values import Copy
from core.model.agenda import Agenda, SharedAgenda
from core.model.calendar import Body
from core.model.people import Person

_BODY: Final = "a Body, such as Body(form=BodyForm.TEXT, content=...)"
_AGENDA: Final = "an Agenda, such as Agenda.from_dict(...)"
_PERSON: Final = "a Person, such as Person(address=...)"


def want(value: object, kind: type | UnionType, name: str, wanted: str) -> None:
    """Raise TypeError where a value is of another kind than wanted."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected {wanted}, not {type(value).__name__}")


def want_shared(value: object) -> None:
    """Raise TypeError where something else than a shared agenda would be shown."""
    want(value, SharedAgenda, "render", "what both may see, such as agenda.shared()")


def want_merge(
    copies: Sequence[Copy], ours: Agenda, people: Sequence[Person], now: datetime
) -> None:
    """Raise TypeError or ValueError where a merge can't be made of this."""
    if not copies:
        raise ValueError("merge_copies needs a copy")
    want(ours, Agenda, "ours", _AGENDA)
    want(now, datetime, "now", "a datetime with a time zone")
    if now.tzinfo is None:
        raise ValueError("now: needs a time zone, such as datetime.now(UTC)")
    for person in people:
        want(person, Person, "people", _PERSON)
    for copy in copies:
        want(copy, Copy, "copies", "a Copy, such as Copy(name=..., theirs=...)")
        want(copy.theirs, Body, "theirs", _BODY)
        want(copy.base_body, Body | None, "base_body", f"{_BODY} or None")
        want(copy.base_agenda, Agenda | None, "base_agenda", f"{_AGENDA} or None")
        want(copy.copy_of, Person | None, "copy_of", f"{_PERSON} or None")
    if len({copy.name for copy in copies}) < len(copies):
        raise ValueError("copies: each needs a name of its own")
