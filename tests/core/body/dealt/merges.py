"""Merges dealt by number: who edited what in which copy, and everything that came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from core.body import (
    Body,
    BodyForm,
    Copy,
    Exposure,
    MergeResult,
    explain,
    merge_copies,
    readable,
    remove,
    render,
)
from core.model.agenda import Agenda
from core.model.people import Person
from tests.core.body.dealt import agendas, edits
from tests.core.body.dealt.agendas import Hand
from tests.core.body.manglers.clients import MANGLERS
from tests.core.body.manglers.flavours import HTML_FLAVOURS, TEXT_FLAVOURS
from tests.core.body.manglers.lines import page_of
from tests.core.body.samples.cases import ANNA, BEN, NOW, PEOPLE, ZONE

_CARA: Final = Person(address="cara@example.com", name="Cara Cruz")
_LINE: Final = "_" * 50
_TEAMS: Final = (
    f"{_LINE}\nMicrosoft Teams meeting\nJoin: https://teams.microsoft.com/l/meetup-join/19%3am\n"
    f"Meeting ID: 123 456\nPasscode: xyz\n{_LINE}"
)
_ZOOM: Final = "Ben lädt ein.\n\nJoin Zoom Meeting\nhttps://zoom.us/j/123?pwd=1\n\nMeeting ID: 1"
_LONG: Final = "Bitte lest vorher die Unterlagen, sie liegen im Ordner. " * 12
_AROUND: Final = (
    *(("", ""), ("", ""), ("", ""), ("Hallo Anna,", ""), ("", "LG Ben"), ("", _TEAMS)),
    *((_TEAMS, ""), ("Hallo", _ZOOM), (_LONG, ""), ("Agenda:\n- Ankommen", f"{_TEAMS}\n\nBen")),
)
_LANGUAGES: Final = (("de", None), ("de", None), ("de", None), ("en", None), ("de", "en"))
_LINK: Final = "https://vieraugen.example/p/1"


class Merge:
    """One merge of one or two copies."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.hand = hand = Hand(number)
        self.form = hand.one((BodyForm.TEXT, BodyForm.HTML))
        locale, other = hand.one(_LANGUAGES)
        self.told: dict[str, Any] = {"people": PEOPLE, "now": NOW, "zone": ZONE}
        self.shown: dict[str, Any] = {"locale": locale, "other_locale": other}
        if hand.may(0.2):
            self.shown["link"] = _LINK
        if hand.may(0.1):
            self.shown["exposure"] = hand.one((Exposure.TITLES, Exposure.LINK))
        if hand.may(0.1):
            self.shown["budget"] = hand.one((250, 400, 600))
        self.base = agendas.agenda(hand)
        self.ours = agendas.since(hand, self.base)
        self.around = hand.one(_AROUND)
        people = (ANNA, BEN) if hand.may(0.3) else (hand.one((ANNA, ANNA, BEN, None, _CARA)),)
        leads = hand.one((None, True, False))
        self.copies = [replace(self._copy(person), organizer=leads) for person in people]
        if len(people) > 1 and hand.may(0.3):
            # The host puts what stands in one copy in the place of the other.
            self.copies[1] = replace(self.copies[1], theirs=self.copies[0].theirs)

    def _copy(self, person: Person | None) -> Copy:
        hand = self.hand
        if hand.may(0.04):
            return Copy(name=_name(person), theirs=self._first(), copy_of=person)
        body = self._body(self.base)
        seen = self.ours if hand.may(0.1) else self.base
        page = page_of(body if seen is self.base else self._body(seen), seen)
        lines = edits.edited(hand, list(page.lines))
        flavour = hand.one(TEXT_FLAVOURS if self.form is BodyForm.TEXT else HTML_FLAVOURS)
        if hand.may(0.5) and self.form is BodyForm.TEXT:
            flavour = TEXT_FLAVOURS[0]
        theirs = self._placed(flavour(page.with_lines(lines)))
        for _ in range(hand.below(2)):
            theirs = hand.one(MANGLERS)(theirs)
        if hand.may(0.04):
            theirs = replace(theirs, content=theirs.content[: hand.below(len(theirs.content))])
        if hand.may(0.04):
            theirs = replace(body, rich=theirs.content)
        base = self._placed(body)
        known = None if hand.may(0.03) else self.base
        return Copy(
            name=_name(person), base_agenda=known, base_body=base, theirs=theirs, copy_of=person
        )

    def _first(self) -> Body:
        """Return a body in which we never wrote."""
        empty = Body(form=self.form)
        return self._placed(empty if self.hand.may(0.5) else self._body(self.base))

    def _body(self, of: Agenda) -> Body:
        block = render(of.shared(), form=self.form, people=PEOPLE, **self.shown)
        return Body(form=self.form, content=block)

    def _placed(self, body: Body) -> Body:
        """Put the host's own text around a body."""
        above, below = self.around
        if body.form is BodyForm.TEXT:
            return replace(body, content="\n\n".join(p for p in (above, body.content, below) if p))
        above, below = (
            "".join(f"<p>{line}</p>" for line in part.split("\n")) if part else ""
            for part in (above, below)
        )
        head, body_tag, rest = body.content.rpartition("<body>")
        inner, end, tail = rest.partition("</body>")
        return replace(body, content=f"{head}{body_tag}{above}{inner}{below}{end}{tail}")

    def outcome(self) -> str:
        """Return everything that comes of it, to be read by people."""
        result = merge_copies(self.copies, ours=self.ours, **self.told, **self.shown)
        return "\n".join((*self._parts(result), *self._asides()))

    def _parts(self, result: MergeResult) -> Iterator[str]:
        yield repr(result.agenda.to_dict())
        for change in result.changes:
            told = (change.kind, change.entry_id, change.by, change.before, change.after)
            yield " | ".join(map(str, (*told, change.elsewhere)))
        yield from (f"{damage.kind} in {damage.copy}" for damage in result.damage)
        yield f"may write: {result.may_write}"
        for name, body in result.bodies.items():
            yield f"{name}: {result.writes[name]} {body.form} {body.content!r} {body.rich!r}"

    def _asides(self) -> Iterator[str]:
        """What else is asked about the first copy's body."""
        copy = self.copies[0]
        yield f"without our block: {remove(copy.theirs, original=copy.base_body).content!r}"
        yield f"readable: {readable(copy.theirs)!r}"
        if self.number % 4 == 0:
            told = {**self.told, "locale": self.shown["locale"], "copy_of": copy.copy_of}
            agenda = self.base if self.number % 8 else None
            yield explain(copy.theirs, base=copy.base_body, agenda=agenda, **told)


def _name(person: Person | None) -> str:
    return person.called if person else "both"


def digest(outcome: str) -> str:
    """Return what an outcome is known by."""
    return hashlib.sha256(outcome.encode("utf-8", "replace")).hexdigest()[:12]
