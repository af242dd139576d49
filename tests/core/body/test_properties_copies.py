"""Two people's copies merge to one agenda, whatever the order, and none of their words is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from core.body import Body, Copy, MergeResult
from core.model.agenda import Agenda
from tests.core.body.manglers.agendas import agendas
from tests.core.body.manglers.clients import ALL_MANGLERS, ansi, emptied
from tests.core.body.manglers.edits import CALM, delete
from tests.core.body.manglers.strategies import (
    LANGUAGES,
    Edited,
    agenda_words,
    all_words,
    by_id,
    edited_copies,
    looks,
    merge_all,
    only,
)
from tests.core.body.samples.cases import ANNA, BEN

GENTLE = tuple(mangler for mangler in ALL_MANGLERS if mangler is not ansi)
MIXED = (*CALM, delete)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Two:
    """Anna's and Ben's copies of one occurrence."""

    agenda: Agenda
    language: tuple[str, str | None]
    anna: Edited
    ben: Edited

    def __repr__(self) -> str:
        return f"<Two {self.language}>"

    @property
    def typed(self) -> Counter[str]:
        return self.anna.page.typed + self.ben.page.typed

    def merge(self, copies: Sequence[Copy], ours: Agenda) -> MergeResult:
        return merge_all(copies, ours, self.language)

    def merged(self, *, turned: bool = False) -> MergeResult:
        copies = [self.anna.copy("anna"), self.ben.copy("ben")]
        return self.merge(copies[::-1] if turned else copies, self.agenda)


@st.composite
def twos(draw: st.DrawFn, quiet: bool = False) -> Two:
    agenda = draw(agendas())
    language = draw(st.sampled_from(LANGUAGES))
    found = [
        draw(
            edited_copies(
                () if quiet else MIXED,
                manglers=GENTLE,
                agenda=agenda,
                person=person,
                any_person=False,
                first_word=first,
                language=language,
            )
        )
        for person, first in ((ANNA, 0), (BEN, 500))
    ]
    return Two(agenda=agenda, language=language, anna=found[0], ben=found[1])


@given(twos())
def test_the_order_of_copies_does_not_matter(two: Two) -> None:
    one, other = two.merged(), two.merged(turned=True)

    assert one.agenda == other.agenda
    assert one.bodies == other.bodies
    assert one.writes == other.writes


@given(twos())
def test_words_of_both_people_are_there_as_often_as_typed(two: Two) -> None:
    result = two.merged()

    assert only(all_words(result), set(two.typed)) == two.typed


@given(twos())
def test_no_item_is_lost_that_nobody_deleted(two: Two) -> None:
    gone = set(by_id(two.agenda)) - set(by_id(two.merged().agenda))
    deleted = two.anna.page.deleted | two.ben.page.deleted

    assert looks(two.agenda, gone) <= looks(two.agenda, deleted)


@given(twos())
def test_nobody_drops_the_others_points(two: Two) -> None:
    before, shown = by_id(two.agenda), looks(two.agenda, by_id(two.agenda))
    for name in set(before) - set(by_id(two.merged().agenda)):
        entry = before[name]
        if shown[entry.text] == 1:  # of twins nobody can say which was deleted
            mine = two.anna if entry.owner == ANNA.address else two.ben
            assert entry.owner is None or name in mine.page.deleted


@given(twos(quiet=True))
def test_two_copies_that_nobody_edited_are_left_alone(two: Two) -> None:
    result = two.merged()

    assert result.agenda == two.agenda
    assert result.changes == ()
    assert not any(result.writes.values())


@given(twos())
def test_merging_all_copies_again_changes_nothing(two: Two) -> None:
    first = two.merged()
    again = two.merge(
        [_after(edited, name, first) for name, edited in (("anna", two.anna), ("ben", two.ben))],
        first.agenda,
    )

    assert again.agenda == first.agenda
    assert again.changes == ()
    assert not any(again.writes.values())


@given(twos())
def test_a_crash_after_one_of_two_writes_doubles_nothing(two: Two) -> None:
    first = two.merged()
    echo = two.merge(
        [
            replace(two.anna.copy("anna"), theirs=_found(two.anna, "anna", first)),
            two.ben.copy("ben"),
        ],
        first.agenda,
    )

    assert only(agenda_words(echo.agenda), set(two.typed)) == only(
        agenda_words(first.agenda), set(two.typed)
    )
    assert set(by_id(echo.agenda)) == set(by_id(first.agenda))


@given(twos())
def test_the_organizers_text_copied_over_the_attendees_doubles_nothing(two: Two) -> None:
    """A server that implements scheduling carries the organizer's text over (RFC 6638 3.2.1)."""
    first = two.merged()
    carried = _found(two.anna, "anna", first)
    again = two.merge(
        [
            _after(two.anna, "anna", first),
            replace(_after(two.ben, "ben", first), theirs=carried),
        ],
        first.agenda,
    )

    assert agenda_words(again.agenda) == agenda_words(first.agenda)
    assert set(by_id(again.agenda)) == set(by_id(first.agenda))


@given(twos())
def test_one_emptied_copy_takes_nothing_from_the_other(two: Two) -> None:
    gone = replace(two, ben=replace(two.ben, theirs=emptied(two.ben.theirs)))
    result = gone.merged()
    lost = set(by_id(two.agenda)) - set(by_id(result.agenda))
    typed = two.anna.page.typed

    assert only(all_words(result), set(typed)) == typed
    assert looks(two.agenda, lost) <= looks(two.agenda, two.anna.page.deleted)
    assert result.damage != ()


def _found(edited: Edited, name: str, result: MergeResult) -> Body:
    return result.bodies[name] if result.writes[name] else edited.theirs


def _after(edited: Edited, name: str, result: MergeResult) -> Copy:
    """Return the copy with what was just written as its base."""
    body = _found(edited, name, result)
    return replace(edited.copy(name), base_agenda=result.agenda, base_body=body, theirs=body)
