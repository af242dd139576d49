"""Action items in people's words: who does what by when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from core.body.due_words import Due, find_due
from core.body.headings import called
from core.model.people import Person

_MARK: Final = re.compile(
    r"(?:(?:\*\*|[(\[#])?"
    r"(?P<sure>to[- ]?do|action[- ]items?|next step|nächster schritt)\b(?:\*\*|[)\]])?\s*[:–—-]?"
    r"|(?:aufgabe|action|aktion|task|ai|ap)\b(?P<colon>\s*[:–—-])?)\s*",
    re.IGNORECASE,
)
_AT_START: Final = re.compile(r"@\s?")
_BEFORE_NAME: Final = re.compile(r"[(\[]\s*@?\s?")
_BEHIND_NAME: Final = re.compile(r"\s*[:,–—-]\s*|\s+|$")
_BRACKET_BEHIND: Final = re.compile(r"\s*[)\]]\s*[:,–—-]?\s*")
_APART: Final = re.compile(r"\s*[:：]\s*|\s+[-–—]\s+")
_NAME_BEHIND: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]$|\s@([\w.+@-]{1,60})$")
_ABOUT: Final = frozenset(
    "mit von für an bei zu über gegen ohne durch um auf nach und oder with from for to by at about "
    "of on and or like via cc wie als than ask frag danke dank lob thanks kudos hallo hi".split()
)
"""Behind these a name with @ at a line's end says whom it is about, not who does it."""
_MARKS: Final = ("!", "?", ".")
_SPACES: Final = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A line understood as an action item, or not."""

    text: str
    owner: str | None = None
    due: date | None = None
    marked: bool = False
    """Whether the line itself says that it is an action item."""


class Names:
    """How a line can name somebody: given name, full name, address."""

    def __init__(self, people: Sequence[Person], others: Iterable[str | None] = ()) -> None:
        self.by_key: dict[str, str] = {}
        for person in people:
            for name in (called(person.address, people), person.name, person.address):
                self._know(name, person.address)
        for address in others:
            if address and address not in self.by_key.values():
                self._know(called(address, people), address)
                self._know(address, address)
        self.aliases: dict[str, str] = {}
        """What else a person may be called in front of a line, by what we call them."""
        for person in people:
            self._also(called(person.address, ()), called(person.address, people), person.address)
            self._also(person.name, called(person.address, people), person.address)
        self.longest = sorted(self.by_key, reverse=True)
        """Of two names that a line begins with, the longer one first."""

    def _also(self, alias: str, name: str, address: str) -> None:
        if alias and self.by_key.setdefault(alias.casefold(), address) == address:
            self.aliases[alias.casefold()] = name

    def _know(self, name: str, address: str) -> None:
        if name:
            self.by_key.setdefault(name.casefold(), address)

    def at_start(self, text: str) -> tuple[str, int] | None:
        """Return whose name the text begins with, and where it ends."""
        low = text.casefold()
        for name in self.longest:
            if low.startswith(name) and not low[len(name) : len(name) + 1].isalnum():
                return self.by_key[name], _place(text, len(name))
        return None

    def of(self, text: str) -> str | None:
        """Return whose name the text is."""
        return self.by_key.get(text.strip().lstrip("@").casefold())


def _place(text: str, folded: int) -> int:
    """Return where in a text so much of it folded ends: one letter may fold to two."""
    return next(n for n in range(folded + 1) if len(text[:n].casefold()) >= folded)


@lru_cache(maxsize=512)
def names_of(people: tuple[Person, ...], others: tuple[str | None, ...] = ()) -> Names:
    """Return how lines can name these people: the same two meet again and again."""
    return Names(people, others)


def promise_of(text: str, names: Names, on: date, *, agreed: bool) -> Promise:
    """Understand a line's words; `agreed`: it stands where action items stand."""
    found = _promise(text, names, on, agreed)
    if found.owner is None and not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        # A Mac's letters come in parts; names are known in one.
        whole = _promise(unicodedata.normalize("NFC", text), names, on, agreed)
        return found if whole.owner is None else whole
    return found


def _promise(text: str, names: Names, on: date, agreed: bool) -> Promise:
    rest, owner, marked = _who(text, names, agreed)
    if not (marked or agreed):
        rest, owner = _at_end(text, names)
        marked = owner is not None
    if not (marked or agreed or "@" in text):
        return Promise(text=text)
    due = find_due(rest, on)
    if not (marked or agreed):
        owner = _mention(text, names)
        if owner is None or due is None:
            return Promise(text=text)
    found = _cut(rest, owner, due)
    return found if due is None else _named_before_due(found, names)


def _named_before_due(found: Promise, names: Names) -> Promise:
    """Take the name off that stood before the day: "buchen (Ben, bis Freitag)"."""
    words, owner = _at_end(found.text, names)
    if owner is None and found.owner is None:
        words, owner = _name_behind(found.text, names)
    known = owner is not None and found.owner in (None, owner)
    return replace(found, text=words, owner=owner) if known else found


def _cut(rest: str, owner: str | None, due: Due | None) -> Promise:
    start, end, day = (due.start, due.end, due.day) if due else (0, 0, None)
    before, behind = rest[:start].rstrip(" ,;–-").removesuffix("->"), rest[end:].lstrip(" ,;")
    words = f"{before.rstrip()}{'' if behind[:1] in _MARKS else ' '}{behind}"
    words = _SPACES.sub(" ", words).strip(" ,;")
    if not any(c.isalnum() for c in words):
        return Promise(text=rest, owner=owner, due=day, marked=True)
    return Promise(text=words, owner=owner, due=day, marked=True)


def _who(text: str, names: Names, agreed: bool) -> tuple[str, str | None, bool]:
    """Take marker words and a name off the front, or a name off the end."""
    rest, marked, owner = text, False, None
    found = _MARK.match(rest)
    if found is not None and found.end() < len(rest):
        tail = rest[found.end() :]
        if found["sure"] or found["colon"] or _named(tail, names, free=True):
            rest, marked = tail, True
    named = _named(rest, names, free=marked)
    if named is not None:
        owner, rest, marked = named[0], named[1], marked or named[2]
        again = _MARK.match(rest)
        if again is not None and (again["sure"] or again["colon"]) and again.end() < len(rest):
            rest, marked = rest[again.end() :], True
        if not marked and not agreed:
            return text, None, False
    elif marked or agreed:
        rest, owner = _at_end(rest, names)
        if owner is None:
            rest, owner = _name_behind(rest, names)
    return rest, owner, marked


def _named(text: str, names: Names, *, free: bool) -> tuple[str, str, bool] | None:
    """Return the owner named in front, the words behind, and whether an @ made it sure."""
    bracket = _BEFORE_NAME.match(text) if free else None
    at = bracket or _AT_START.match(text)
    start = at.end() if at else 0
    found = names.at_start(text[start:])
    if found is None:
        return None
    address, length = found
    behind = text[start + length :]
    if bracket is not None:
        stop = _BRACKET_BEHIND.match(behind)
    else:
        stop = _BEHIND_NAME.match(behind) if at or free else _APART.match(behind)
    if stop is None or stop.end() == len(behind):
        return None
    return address, behind[stop.end() :], at is not None


def _name_behind(text: str, names: Names) -> tuple[str, str | None]:
    found = _NAME_BEHIND.search(text[-64:])
    if found is not None:
        owner = names.of(found[1] or found[2])
        if owner is not None:
            return text[: -len(found[0])], owner
    return text, None


def _at_end(text: str, names: Names) -> tuple[str, str | None]:
    """Take a name with @ off the end of what is to be done.

    Of a question it is no owner, and one word with a name is a subject.
    """
    words, sign, name = text.partition("@")
    owner = names.of(sign + name.rstrip(" .!")) if words[-1:].isspace() else None
    words = words.rstrip(" ,;:–—-")
    last = words.rpartition(" ")[2].casefold()
    if owner is None or " " not in words or words.endswith("?") or last in _ABOUT:
        return text, None
    return words, owner


def _mention(text: str, names: Names) -> str | None:
    for part in text.split("@")[1:9]:
        found = names.at_start(part)
        if found is not None:
            return found[0]
    return None
