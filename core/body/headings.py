"""The block's own words in German and English: fences, headings, prompt, placeholder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.model.agenda import Section, SectionKind
from core.model.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What we say in one language."""

    opening: str
    closing: str
    carried: str
    agreed: str
    both: str
    report: str
    manager: str
    prompt: str
    hidden: str
    rest: str
    elsewhere: str
    more: str
    either: str
    due: str


GERMAN: Final = Words(
    opening="1:1-Agenda (hier schreiben)",
    closing="Ende 1:1-Agenda",
    carried="Offen vom letzten Mal",
    agreed="Vereinbart",
    both="Für uns beide",
    report="Mitarbeitende",
    manager="Führungskraft",
    prompt="Neue Punkte einfach darunter schreiben:",
    hidden="(vertraulich – nur im Gespräch)",
    rest="… und {n} weitere:",
    elsewhere="Die Agenda steht hier:",
    more="Mehr dazu:",
    either="oder:",
    due="bis",
)
ENGLISH: Final = Words(
    opening="1:1 agenda (write here)",
    closing="end of 1:1 agenda",
    carried="Open from last time",
    agreed="Agreed",
    both="For both of us",
    report="Report",
    manager="Manager",
    prompt="New points: just write below",
    hidden="(confidential – in person only)",
    rest="… and {n} more:",
    elsewhere="The agenda is here:",
    more="More:",
    either="or:",
    due="by",
)
ALL: Final = (GERMAN, ENGLISH)
OPEN_SIGN: Final = "▼"
CLOSE_SIGN: Final = "▲"
EITHER_SIGN: Final = "⇄"


def words_of(locale: str) -> Words:
    """Return our words in a language; English where we have none."""
    return GERMAN if locale.casefold().startswith("de") else ENGLISH


def both(one: str, other: str | None) -> str:
    """Say it in both languages where they differ."""
    return one if other is None or other == one else f"{one} / {other}"


def said(name: str, locale: str, other_locale: str | None = None) -> str:
    """Return one of our words in the reader's language, bilingual where the two differ."""
    other = words_of(other_locale) if other_locale else None
    return both(getattr(words_of(locale), name), getattr(other, name) if other else None)


def called(address: str, people: Sequence[Person]) -> str:
    """Return what a person is called in a line: the given name where it is clear."""
    person = next((p for p in people if p.address == address), None)
    if person is None:
        local = address.partition("@")[0].split(".")[0].split("+")[0]
        return local[:1].upper() + local[1:]
    twins = [p for p in people if p.called.casefold() == person.called.casefold()]
    return person.name if len(twins) > 1 and person.name else _capital(person)


def _capital(person: Person) -> str:
    return person.called if person.name else person.called[:1].upper() + person.called[1:]


def heading(
    section: Section,
    locale: str,
    people: Sequence[Person] = (),
    other_locale: str | None = None,
) -> str:
    """Return a section's heading as a reader of that language sees it."""
    if section.title:
        return section.title
    if section.titles:
        return both(
            _title(section, locale), _title(section, other_locale) if other_locale else None
        )
    if section.kind is SectionKind.CARRIED:
        return said("carried", locale, other_locale)
    if section.kind is SectionKind.AGREED:
        return said("agreed", locale, other_locale)
    if section.owner:
        return called(section.owner, people)
    name = {SectionKind.REPORT: "report", SectionKind.MANAGER: "manager"}.get(section.kind, "both")
    return said(name, locale, other_locale)


def _title(section: Section, locale: str) -> str:
    by_locale = dict(section.titles)
    short = locale.split("-")[0]
    known = by_locale.get(locale) or by_locale.get(short) or by_locale.get("en")
    return known or section.titles[0][1]


def known_headings(section: Section, people: Sequence[Person]) -> tuple[str, ...]:
    """Return all the words under which this section may stand in a body."""
    head = (section.kind, section.title, section.titles, section.owner)
    return _known_headings(*head, tuple(people))


@lru_cache(maxsize=512)
def _known_headings(
    kind: SectionKind,
    title: str,
    titles: tuple[tuple[str, str], ...],
    owner: str | None,
    people: tuple[Person, ...],
) -> tuple[str, ...]:
    section = Section(kind=kind, title=title, titles=titles, owner=owner)
    return tuple(dict.fromkeys(_headings(section, people)))


def _headings(section: Section, people: Sequence[Person]) -> Iterator[str]:
    for locale, other in (("de", None), ("en", None), ("de", "en"), ("en", "de")):
        yield heading(section, locale, people, other)
    yield from (title for _, title in section.titles)
    if section.kind in (SectionKind.CARRIED, SectionKind.AGREED):
        yield from (getattr(words, section.kind.value) for words in ALL)
    elif section.kind is not SectionKind.TOPIC and section.owner:
        yield called(section.owner, people)
        yield called(section.owner, ())
        yield from (p.name for p in people if p.address == section.owner and p.name)
