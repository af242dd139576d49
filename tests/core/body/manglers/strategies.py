"""Hypothesis strategies: what we wrote, what became of it, and how its words are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from hypothesis import note
from hypothesis import strategies as st

from core.body import Body, BodyForm, Copy, MergeResult, merge, merge_copies, place, remove, render
from core.model.agenda import Agenda, Entry, entry_id
from core.model.people import Person
from tests.core.body.manglers.agendas import DETAILS, SUBJECTS, VERBS, agendas, typed_words
from tests.core.body.manglers.clients import ALL_MANGLERS, Mangler
from tests.core.body.manglers.edits import Edit
from tests.core.body.manglers.flavours import HTML_FLAVOURS, TEXT_FLAVOURS, Flavour
from tests.core.body.manglers.lines import Page, page_of
from tests.core.body.samples.cases import ANNA, BEN, NOW, PEOPLE, ZONE, rows_of
from tests.core.body.words import count_words, seen_in_html

BASE_WORDS: Final = frozenset(count_words(" ".join((*SUBJECTS, *VERBS, *DETAILS))))
LANGUAGES: Final = (("de", None), ("en", None), ("de", "en"), ("en", "de"))
OWNERS: Final[tuple[Person | None, ...]] = (ANNA, BEN, None)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Edited:
    """One copy: what we wrote there and how it was found."""

    agenda: Agenda
    base: Body
    page: Page
    theirs: Body
    person: Person | None
    language: tuple[str, str | None] = ("de", None)
    """The reader's, and the other one's where it differs."""

    def __repr__(self) -> str:
        return f"<Edited {self.language}>"

    def account(self) -> str:
        """Say what a finding needs: agenda, base and body."""
        rows = "\n    ".join(rows_of(self.agenda).elements())
        person = self.person.address if self.person else None
        return (
            f"Edited of {person}\n    {rows}\n  base {self.base.content!r}\n"
            f"  theirs ({self.theirs.form}) {self.theirs.content!r}"
        )

    def copy(self, name: str) -> Copy:
        """Return it as the engine takes it."""
        note(self.account())
        return Copy(
            name=name,
            base_agenda=self.agenda,
            base_body=self.base,
            theirs=self.theirs,
            copy_of=self.person,
        )

    def merged(self, ours: Agenda | None = None, theirs: Body | None = None) -> MergeResult:
        """Merge this copy alone."""
        note(self.account())
        return merge(
            base_agenda=self.agenda,
            base_body=self.base,
            theirs=self.theirs if theirs is None else theirs,
            ours=self.agenda if ours is None else ours,
            copy_of=self.person,
            **settings_of(self.language),
        )


def settings_of(language: tuple[str, str | None] = ("de", None)) -> dict[str, Any]:
    """Return what every merge here is told."""
    locale, other = language
    told = {"people": PEOPLE, "now": NOW, "zone": ZONE}
    return {**told, "locale": locale, "other_locale": other}


def merge_all(
    copies: Sequence[Copy], ours: Agenda, language: tuple[str, str | None] = ("de", None)
) -> MergeResult:
    """Merge copies with what every merge here is told."""
    return merge_copies(copies, ours=ours, **settings_of(language))


def written(
    agenda: Agenda, form: BodyForm, language: tuple[str, str | None] = ("de", None)
) -> Body:
    """Return a body that holds our block alone."""
    locale, other = language
    block = render(agenda.shared(), form=form, locale=locale, other_locale=other, people=PEOPLE)
    return place(Body(form=form), block)


@st.composite
def pages(
    draw: st.DrawFn,
    edits: Sequence[Edit],
    *,
    start: Page,
    first_word: int = 0,
    most: int = 5,
) -> Page:
    """Return a page after some edits."""
    page, words = start, typed_words(first_word)
    for edit in draw(st.lists(st.sampled_from(edits), max_size=most) if edits else st.just([])):
        page = edit(draw, page, words)
    return page


@st.composite
def edited_copies(
    draw: st.DrawFn,
    edits: Sequence[Edit],
    *,
    manglers: Sequence[Mangler] = ALL_MANGLERS,
    agenda: Agenda | None = None,
    person: Person | None = None,
    any_person: bool = True,
    first_word: int = 0,
    language: tuple[str, str | None] | None = None,
) -> Edited:
    """Return a copy that a person edited and clients mangled."""
    agenda = draw(agendas()) if agenda is None else agenda
    form = draw(st.sampled_from(list(BodyForm)))
    language = draw(st.sampled_from(LANGUAGES)) if language is None else language
    base = written(agenda, form, language)
    page = draw(pages(edits, start=page_of(base, agenda), first_word=first_word))
    flavour = draw(st.sampled_from(flavours_for(form)))
    theirs = flavour(page)
    for mangler in draw(_some(manglers)):
        theirs = mangler(theirs)
    owner = draw(st.sampled_from(OWNERS)) if any_person else person
    return Edited(
        agenda=agenda, base=base, page=page, theirs=theirs, person=owner, language=language
    )


def _some(manglers: Sequence[Mangler]) -> st.SearchStrategy[list[Mangler]]:
    if not manglers:
        return st.just([])
    return st.lists(st.sampled_from(manglers), max_size=3, unique=True)


def flavours_for(form: BodyForm) -> tuple[Flavour, ...]:
    """Return how a host may write a body that we handed over in this form."""
    return TEXT_FLAVOURS if form is BodyForm.TEXT else HTML_FLAVOURS


def agenda_words(agenda: Agenda) -> Counter[str]:
    """Count every word that the agenda holds for two people."""
    parts: list[str] = []
    for section in agenda.sections:
        parts.append(section.title)
        for entry in section.entries:
            parts += [entry.text, entry.other_wording, *entry.notes]
    return count_words("\n".join(parts))


def outside_words(body: Body) -> Counter[str]:
    """Count the words around our block."""
    bare = remove(body, original=None).content
    return count_words(seen_in_html(bare) if body.form is BodyForm.HTML else bare)


def all_words(result: MergeResult) -> Counter[str]:
    """Count the words that are left after a merge, wherever they went."""
    total = agenda_words(result.agenda)
    for body in result.bodies.values():
        total += outside_words(body)
    return total


def by_id(agenda: Agenda) -> dict[str, Entry]:
    """Return an agenda's entries by id."""
    return {entry_id(entry): entry for section in agenda.sections for entry in section.entries}


def looks(agenda: Agenda, names: Iterable[str]) -> Counter[str]:
    """Count entries by what a reader can tell apart: their words, where they are shown."""
    entries = by_id(agenda)
    hidden = {entry_id(e) for s in agenda.shared().sections for e in s.entries if not e.text}
    return Counter("" if name in hidden else entries[name].text for name in names)


def only(words: Counter[str], keep: frozenset[str] | set[str]) -> Counter[str]:
    """Count some words alone."""
    return Counter({word: n for word, n in words.items() if word in keep})


def as_found(edited: Edited, body: Body) -> Edited:
    """Return the same copy, found in another state."""
    return replace(edited, theirs=body)
