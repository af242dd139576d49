"""The words of the first message: what was found, what a yes would write, and one link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.content.loading import load_words
from core.content.texts import text_for
from core.message_text import compose
from core.model.messages import Message
from core.model.people import Person
from core.model.series import Series

MOST_NAMES = 8
MOST_LINES = 14
"""Lines of the preview: the whole is one press away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands in somebody's calendars."""

    person: Person
    talks: int
    """1:1s that they organize and nobody has said yes to."""
    others: tuple[str, ...]
    """With whom, as these people are called."""
    not_talks: int
    """Series that are no 1:1, each for a reason."""
    first: Series
    """The one that is previewed."""


def first_text(found: Found, *, page: str, admin: str, block: Sequence[str]) -> Message:
    """Return the message. `block`: what a yes would write into the next talk."""
    locale = found.person.locale

    def say(name: str, **words: object) -> str:
        return text_for(load_words("first")[name], locale).format(**words)

    intro = [say("intro"), say("talks_one" if found.talks == 1 else "talks", count=found.talks)]
    if found.not_talks:
        intro.append(say("not_one" if found.not_talks == 1 else "not", count=found.not_talks))
    names = [*found.others[:MOST_NAMES], *(["…"] if len(found.others) > MOST_NAMES else [])]
    parts = [(say("with"), names)]
    if block:
        parts.append((say("preview", title=found.first.title), _cut(block)))
    small = [say("set_up_by", admin=admin)] if admin else []
    return compose(
        found.person.address,
        say("subject"),
        intro=intro,
        parts=parts,
        links=[(say("page"), page)] if page else [],
        small=[*small, say("once")],
    )


def _cut(block: Sequence[str]) -> list[str]:
    lines = [line.strip() for line in block if line.strip()]
    return lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "…"]
