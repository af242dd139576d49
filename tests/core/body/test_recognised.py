"""Which line is which entry, where words alone do not say it."""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import pytest

from core.body import Body, ChangeKind, DamageKind, MergeResult, merge
from core.body.anchors import Text, anchors
from core.body.draft import Draft, made_id
from core.body.lines import Line
from core.body.near import Near, Slot
from core.body.rows import Row, RowKind
from core.model.agenda import Agenda, PointId, Section, SectionKind, TalkingPoint, entry_id
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    shown,
    texts,
)

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


def test_of_two_lines_in_the_place_of_one_only_one_is_its_edit() -> None:
    of = agenda(annas("eins", "Urlaub", "drei"))
    both = "[ ] Urlaub 2027 mit Ines und Ben\n [ ] Urlaub 2028 mit Anna und Cara"
    result = after(of, ("[ ] Urlaub", both))

    assert kinds(result) == [ChangeKind.EDITED, ChangeKind.ADDED]
    assert ids(result.agenda)[:2] == ids(of)[:2]


def test_two_edited_lines_in_one_gap_keep_their_order() -> None:
    of = agenda(annas("eins", "Kurs", "Urlaub", "drei"))
    both = "[ ] Kurs 2027 mit Ines\n - neu\n [ ] Urlaub 2028 mit Cara"
    result = after(of, ("[ ] Kurs\n [ ] Urlaub", both))

    assert kinds(result) == [ChangeKind.EDITED, ChangeKind.EDITED, ChangeKind.ADDED]
    assert ids(result.agenda)[1] == ids(of)[1]
    assert ids(result.agenda)[3] == ids(of)[2]


def test_a_line_typed_behind_a_heading_is_the_sections_first() -> None:
    of = agenda(annas("Urlaub"), {"title": "Ziele", "points": ["Kurs"]})
    result = after(of, ("Ziele\n", "Ziele Lob\n"))

    assert [s.title for s in result.agenda.sections] == ["", "Ziele"]
    assert sorted(texts(result.agenda)) == ["Kurs", "Lob", "Urlaub"]


@pytest.mark.parametrize("owner", [ANNA, BEN])
def test_a_line_moved_to_the_other_section_keeps_its_id(owner: object) -> None:
    of = agenda(annas("Urlaub"), {"kind": "manager", "owner": BEN.address, "points": ["Kurs"]})
    result = after(of, (" [ ] Urlaub\n", ""), ("Kurs\n", "Kurs\n [ ] Urlaub\n"), person=owner)

    assert sorted(ids(result.agenda)) == sorted(ids(of))


def row(words: str, entry: str | None = None) -> Row:
    return Row(RowKind.WORDS, Line(words, words, 0, 0), words, entry=entry)


def test_an_entry_is_looked_for_behind_the_last_that_was_found() -> None:
    rows = [row(f"Zeile {n}") for n in range(40)]
    rows[20].entry = "a"
    slots = [Slot(name, (), 0, "Plan", place) for place, name in enumerate("abcx")]
    near = Near(rows, slots)

    assert [near.expected(slot) for slot in slots] == [20, 21, 22, 23]
    assert near.candidates(slots[1]) == [*range(14, 20), *range(21, 31)]


def test_lines_that_share_a_rare_word_are_looked_at_wherever_they_stand() -> None:
    rows = [row(f"Zeile {n} Plan" if n in (35, 39) else f"Zeile {n}") for n in range(40)]
    slot = Slot("a", (), 0, "PLAN der Zeile", 0)
    near = Near(rows, [slot])

    assert near.candidates(slot) == [*range(16), 35, 39]


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


def named(name: str, text: str, **more: Any) -> dict[str, Any]:
    """Return an entry with an id of its own."""
    return {"id": name, "text": text, **more}


OURS_BEFORE: Final = agenda(
    annas(named("u", "Urlaub"), named("b", "Budget"), named("l", "Lob")),
    {"title": "Ziele", "points": [named("k", "Kurs"), named("r", "Rad")]},
    agreed(named("m", "Raum", owner=BEN.address)),
)
OURS: Final = agenda(
    annas(
        named("b", "Budget"),
        named("u", "Urlaub", state="discussed", notes=["im Mai"]),
        named("r", "Rad"),
    ),
    {"title": "Vorhaben", "points": [named("k", "Kurs 2027")]},
    agreed(
        named("m", "Raum", owner=ANNA.address, due="2026-06-12"),
        named("n", "Neu", notes=["dazu"]),
    ),
)


def written(theirs: str) -> MergeResult:
    """Merge a copy that we wrote OURS to, though its base is the one before."""
    return merge(
        base_agenda=OURS_BEFORE,
        base_body=Body(content=shown(OURS_BEFORE)),
        theirs=Body(content=theirs),
        ours=OURS,
        copy_of=ANNA,
        **settings_of(),
    )


def test_our_own_write_that_was_not_recorded_is_no_persons_doing() -> None:
    result = written(shown(OURS))

    assert (result.agenda, result.changes, result.write) == (OURS, (), False)


def test_a_line_typed_into_our_own_write_doubles_no_note() -> None:
    result = written(shown(OURS).replace(" [ ] Budget\n", " [ ] Budget\n - Gehalt\n"))
    notes = [n for s in result.agenda.sections for e in s.entries for n in e.notes]

    assert sorted(notes) == ["dazu", "im Mai"]
    assert sorted(texts(result.agenda)) == sorted([*texts(OURS), "Gehalt"])


def test_a_line_moved_far_with_another_count_is_the_same_entry() -> None:
    first, last = ALIKE[0], ALIKE[-1]
    of = agenda(annas({"text": first, "carried": 3}, *ALIKE[1:]))
    moved = (f"{last}\n", f"{last}\n [ ] {first} (4×)\n")
    result = after(of, (f" [ ] {first} (3×)\n", ""), moved)

    assert sorted(ids(result.agenda)) == sorted(ids(of))


def test_without_both_fences_the_block_is_what_stands_between_known_lines() -> None:
    of = agenda(annas("Urlaub", "Budget", "Lob"))
    opening, closing = "▼ 1:1-Agenda (hier schreiben)\n", "\n▲ Ende 1:1-Agenda"
    result = after(of, (opening, "Hallo\n"), (closing, ""), ("[ ] Budget", "[x] Budget"))

    assert [entry.state.value for entry in result.agenda.points] == ["open", "discussed", "open"]
    assert result.body.content.count("Budget") == 1
    assert {damage.kind for damage in result.damage} >= {
        DamageKind.START_MISSING,
        DamageKind.END_MISSING,
    }


def test_a_title_without_lines_below_is_a_point_like_any_other() -> None:
    result = after(agenda(annas("Urlaub")), ("schreiben:\n -", "schreiben:\n Ziele:"))

    assert texts(result.agenda) == ["Urlaub", "Ziele:"]


def test_a_renamed_heading_is_a_change_of_no_entry() -> None:
    of = agenda({"title": "Ziele", "points": ["Urlaub"]})
    (change,) = after(of, ("Ziele\n", "Vorhaben\n")).changes

    assert (change.kind, change.entry_id) == (ChangeKind.RENAMED, "")
