"""Which line is which entry, where words alone do not say it."""

from __future__ import annotations

from itertools import product
from typing import Final

import pytest

from core.body import ChangeKind, MergeResult
from core.body.anchors import Text, anchors
from core.body.draft import Draft, made_id
from core.model.agenda import Agenda, PointId, Section, SectionKind, TalkingPoint, entry_id
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas, texts

ALIKE: Final = [" ".join(words) for words in product(("rot", "blau"), repeat=6)]


def ids(of: Agenda) -> list[str]:
    """Return the ids of all entries, in order."""
    return [entry_id(entry) for section in of.sections for entry in section.entries]


def kinds(result: MergeResult) -> list[ChangeKind]:
    return [change.kind for change in result.changes]


def test_a_line_moved_far_among_lines_of_the_same_words_is_the_same_entry() -> None:
    of = agenda(annas(*ALIKE))
    first, last = ALIKE[0], ALIKE[-1]
    result = after(of, (f" [ ] {first}\n", ""), (f"{last}\n", f"{last}\n [ ] {first}\n"))

    assert sorted(ids(result.agenda)) == sorted(ids(of))
    assert texts(result.agenda) == [*ALIKE[1:], first]
    assert set(kinds(result)) == {ChangeKind.MOVED}


def test_a_line_moved_far_and_reworded_is_the_same_entry() -> None:
    of = agenda(annas("Einarbeitung von Ines planen", *ALIKE))
    line, last = " [ ] Einarbeitung von Ines planen\n", ALIKE[-1]
    moved = (f"{last}\n", f"{last}\n [ ] Einarbeitung von Ines genau planen\n")
    result = after(of, (line, ""), moved)

    assert sorted(ids(result.agenda)) == sorted(ids(of))
    assert texts(result.agenda)[-1] == "Einarbeitung von Ines genau planen"


def test_of_equal_lines_the_one_that_is_gone_is_told_by_its_neighbours() -> None:
    of = agenda(annas("eins", "Urlaub", "zwei", "Urlaub", "drei"))
    result = after(of, ("zwei\n [ ] Urlaub\n", "zwei\n"))

    assert ids(result.agenda) == [n for n in ids(of) if n != ids(of)[3]]
    assert kinds(result) == [ChangeKind.REMOVED]


def test_a_line_swapped_for_another_is_not_an_edit_of_it() -> None:
    of = agenda(annas("eins", "Urlaub im Mai planen", "drei"))
    result = after(of, ("[ ] Urlaub im Mai planen", "- Gehalt"))

    assert kinds(result) == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_a_short_edit_in_place_is_an_edit_where_the_box_stays() -> None:
    of = agenda(annas("eins", "Urlaub", "drei"))
    result = after(of, ("[ ] Urlaub", "[ ] Urlaub 2027 mit Ines und Ben"))

    assert kinds(result) == [ChangeKind.EDITED]


@pytest.mark.parametrize("owner", [ANNA, BEN])
def test_a_line_moved_to_the_other_section_keeps_its_id(owner: object) -> None:
    of = agenda(annas("Urlaub"), {"kind": "manager", "owner": BEN.address, "points": ["Kurs"]})
    result = after(of, (" [ ] Urlaub\n", ""), ("Kurs\n", "Kurs\n [ ] Urlaub\n"), person=owner)

    assert sorted(ids(result.agenda)) == sorted(ids(of))


def texts_of(words: str) -> Text:
    return Text(list(words), [False] * len(words))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", {}),
        ("abc", "abc", {0: 0, 1: 1, 2: 2}),
        ("abc", "axc", {0: 0, 2: 2}),
        ("abcd", "acbd", {0: 0, 2: 1, 3: 3}),
        ("abab", "ab", {0: 0, 1: 1}),
        ("xaby", "uabv", {1: 1, 2: 2}),
        ("aXbXc", "XaXcX", {1: 0, 2: 1, 3: 4}),
        ("pqaaqp", "qaap", {0: 1, 1: 2, 2: 3, 3: 5}),
    ],
)
def test_lines_that_stand_in_both_texts_in_order_are_the_frame(
    old: str, new: str, found: dict[int, int]
) -> None:
    assert anchors(texts_of(old), texts_of(new)) == found


def test_an_id_is_made_of_author_words_and_count() -> None:
    draft = Draft(Agenda())
    one = draft.new_id("ana@example.com", "Urlaub")
    draft.add(TalkingPoint(point_id=PointId(one), text="Urlaub"), draft.made_topic("Ziele"), None)

    assert one == made_id("ana@example.com", "  URLAUB ", 0)
    assert draft.new_id("ana@example.com", "Urlaub") == made_id("ana@example.com", "Urlaub", 1)
    assert draft.new_id("ben@example.com", "Urlaub") != draft.new_id("ana@example.com", "urlaub")


PLACES: Final = {
    SectionKind.REPORT: 0,
    SectionKind.MANAGER: 1,
    SectionKind.TOPIC: 2,
    SectionKind.CARRIED: 2,
    SectionKind.AGREED: 4,
}


@pytest.mark.parametrize("kind", SectionKind)
def test_a_new_section_stands_where_people_expect_it(kind: SectionKind) -> None:
    """The others stand as the enumeration has them: report, manager, carried, agreed, topic."""
    draft = Draft(Agenda(sections=tuple(Section(kind=k) for k in SectionKind if k is not kind)))
    owner = "cara@example.com" if kind is SectionKind.TOPIC else None
    draft.add(TalkingPoint(point_id=PointId("p"), text="x"), draft.section_for(owner, kind), None)
    there = [section.kind for section in draft.agenda().sections]

    assert there.index(kind) == PLACES[kind]


def test_a_bases_sections_are_found_by_what_they_hold_and_how_they_are_called() -> None:
    of = agenda({"title": "A", "points": ["x"]}, {"title": "B", "points": ["y"]}, agreed())
    swapped = Agenda(sections=(of.sections[1], of.sections[0], of.sections[2]))
    other = Agenda(
        sections=(Section(title="C", entries=of.sections[0].entries), Section(title="D"))
    )

    assert Draft(of).know(swapped) == {0: 1, 1: 0, 2: 2}
    assert Draft(of).know(other) == {0: 0, 1: 3}
    assert Draft(of).know(None) == {}
