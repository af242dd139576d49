"""The agenda while it is being merged: sections and entries that can be changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from core.body.alike import Alike
from core.body.words import key
from core.model.agenda import (
    Agenda,
    Entry,
    Section,
    SectionKind,
    entry_id,
)


@dataclass(slots=True)
class Place:
    """A section and the ids of its entries, in order."""

    section: Section
    ids: list[str]
    made: bool = False
    """Not among ours: known from a base, or made for a new line."""
    ghost: bool = False
    """Falls away where nothing is written in it."""
    last: int = 0
    """Where the last entry was put in: the next one mostly goes right below it."""

    def insert(self, name: str, after: str) -> None:
        """Put an entry below another one."""
        try:
            at = self.ids.index(after, self.last)
        except ValueError:
            at = self.ids.index(after)
        self.last = at + 1
        self.ids.insert(self.last, name)


class Draft:
    """What `ours` becomes."""

    def __init__(self, ours: Agenda) -> None:
        self.places = [Place(s, [entry_id(e) for e in s.entries]) for s in ours.sections]
        self.entries: dict[str, Entry] = {entry_id(e): e for s in ours.sections for e in s.entries}
        self.home: dict[str, int] = {
            name: n for n, place in enumerate(self.places) for name in place.ids
        }
        self.typed: dict[str, int] = {}
        """Where new lines of this merge were typed, by their ids."""
        self.removed: dict[str, Entry] = {}
        self.joined: set[str] = set()
        """What was taken out because its words stand in another entry now."""
        self.used_ids: set[str] = set(self.entries)
        self.counted: Counter[tuple[str, str]] = Counter()

    @property
    def sections(self) -> list[Section]:
        """All sections, without their entries' present state."""
        return [place.section for place in self.places]

    def know(self, agenda: Agenda | None) -> dict[int, int]:
        """Make room for a base's sections; return where each of them is here."""
        sections = agenda.sections if agenda else ()
        found = Alike([(p.section, p.ids) for p in self.places]).places(sections)
        for n, section in enumerate(sections):
            if n not in found:
                found[n] = len(self.places)
                self.places.append(Place(replace(section, entries=()), [], True, True))
            self.used_ids.update(entry_id(e) for e in section.entries)
        return found

    def section_for(self, owner: str | None, kind: SectionKind) -> int:
        """Return the section of that kind and owner; make it where it should stand."""
        for n, place in enumerate(self.places):
            section = place.section
            if section.kind is kind and section.owner == owner and not _titled(section):
                return self._real(n)
        if kind is not SectionKind.TOPIC:
            for n, place in enumerate(self.places):
                if place.section.kind is kind and (owner is None or place.section.owner == owner):
                    return self._real(n)
        return self._made(Section(kind=kind, owner=owner))

    def owned_section(self, owner: str) -> int | None:
        """Return the first section that belongs to a person."""
        return next((n for n, p in enumerate(self.places) if p.section.owner == owner), None)

    def _real(self, n: int) -> int:
        self.places[n].ghost = False
        return n

    def _made(self, section: Section) -> int:
        self.places.append(Place(section, [], True))
        return len(self.places) - 1

    def made_topic(self, title: str) -> int:
        """Return a new section with a person's own title; one that is there already serves."""
        for n, place in enumerate(self.places):
            if place.section.kind is SectionKind.TOPIC and key(place.section.title) == key(title):
                return self._real(n)
        return self._made(Section(title=title))

    def add(self, entry: Entry, section: int, after: str | None) -> None:
        """Put an entry into a section, behind another or at the end."""
        name = entry_id(entry)
        self.entries[name] = entry
        self.used_ids.add(name)
        self._insert(name, self._real(section), after)

    def _insert(self, name: str, section: int, after: str | None) -> None:
        place = self.places[section]
        if after is not None and self.home.get(after) == section:
            place.insert(name, after)
        else:
            place.ids.append(name)
        self.home[name] = section

    def move(self, name: str, section: int, after: str | None) -> None:
        """Put an entry into another section."""
        self.places[self.home[name]].ids.remove(name)
        self._insert(name, self._real(section), after)

    def drop(self, name: str) -> None:
        """Take an entry out."""
        self.places[self.home.pop(name)].ids.remove(name)
        self.removed[name] = self.entries.pop(name)

    def reorder(self, section: int, wanted: Sequence[str]) -> None:
        """Bring those entries of a section into an order; all others keep their neighbours."""
        place = self.places[section]
        order = [name for name in wanted if self.home.get(name) == section]
        chosen = set(order)
        nth = iter(order)
        place.ids = [next(nth) if name in chosen else name for name in place.ids]

    def new_id(self, author: str, text: str) -> str:
        """Return the id of a new entry: by author, words and a counter, never by chance."""
        words = author, key(text)
        for nth in count(self.counted[words]):
            self.counted[words] = nth  # whoever types the same a thousand times waits but once
            if (name := made_id(author, text, nth)) not in self.used_ids:
                break
        return name

    def agenda(self) -> Agenda:
        """Return what it has become; the report's section always stands first."""
        sections = [
            replace(p.section, entries=tuple(self.entries[name] for name in p.ids))
            for p in self._in_order()
        ]
        return Agenda(sections=tuple(sections))

    def _in_order(self) -> list[Place]:
        """Put sections that we made where people expect them; all others stay."""
        order = [p for p in self.places if not p.made]
        for place in self.places:
            if place.made and (place.ids or not place.ghost):
                order.insert(_spot(order, place.section.kind), place)
        return order


def made_id(author: str, text: str, count: int) -> str:
    """Return the id of the entry that an author typed in these words for the `count`th time."""
    letters = f"{author}|{key(text)}|{count}".encode("utf-8", "replace")
    return hashlib.sha256(letters).hexdigest()[:16]


def _titled(section: Section) -> bool:
    return bool(section.title or section.titles)


_BEFORE = {
    SectionKind.REPORT: frozenset(SectionKind),
    SectionKind.MANAGER: frozenset(SectionKind) - {SectionKind.REPORT},
    SectionKind.TOPIC: frozenset((SectionKind.CARRIED, SectionKind.AGREED)),
    SectionKind.CARRIED: frozenset((SectionKind.AGREED,)),
    SectionKind.AGREED: frozenset[SectionKind](),
}


def _spot(order: Sequence[Place], kind: SectionKind) -> int:
    later = _BEFORE[kind]
    return next((n for n, p in enumerate(order) if p.section.kind in later), len(order))
