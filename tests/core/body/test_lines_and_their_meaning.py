"""A line keeps the meaning that it had: what a search over random edits found, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from core.body import Body, BodyForm, Copy, DamageKind, MergeResult, merge, merge_copies, render
from core.model.agenda import ActionItem, Agenda, TalkingPoint, Visibility
from core.model.people import Person
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE

FENCE = "▼ 1:1-Agenda (hier schreiben)\n"


def agenda(*sections: dict[str, Any]) -> Agenda:
    """Return an agenda of such sections."""
    return Agenda.from_dict({"sections": list(sections)})


def annas(*points: Any, **more: Any) -> dict[str, Any]:
    """Return Anna's section."""
    return {"kind": "report", "owner": ANNA.address, "points": list(points), **more}


def agreed(*items: Any) -> dict[str, Any]:
    """Return the section of action items."""
    return {"kind": "agreed", "action_items": list(items)}


def shown(of: Agenda) -> str:
    """Return the text block of an agenda."""
    return render(of.shared(), form=Body().form, locale="de", people=PEOPLE)


def after(
    of: Agenda,
    *changes: tuple[str, str],
    ours: Agenda | None = None,
    person: Person | None = ANNA,
) -> MergeResult:
    """Merge a copy in which texts were replaced by others."""
    theirs = shown(of)
    for old, new in changes:
        assert old in theirs
        theirs = theirs.replace(old, new, 1)
    return merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=theirs),
        ours=of if ours is None else ours,
        copy_of=person,
        **settings_of(),
    )


def texts(of: Agenda) -> list[str]:
    """Return the words of all entries, in order."""
    return [entry.text for section in of.sections for entry in section.entries]


def notes(of: Agenda) -> list[str]:
    """Return all notes, in order."""
    return [note for section in of.sections for entry in section.entries for note in entry.notes]


ODD = ("TODO Ben: anrufen", "(2×) zählen", "Kaffee bis 12.06. oder später", "[x] schon")


@pytest.mark.parametrize("odd", ODD)
def test_words_that_look_like_signs_stay_words_when_more_is_typed(odd: str) -> None:
    of = agenda(annas(), agreed({"text": odd, "owner": ANNA.address}))
    (item,) = after(of, (odd, f"{odd} neu")).agenda.action_items

    assert (item.text, item.owner) == (f"{odd} neu", ANNA.address)


def test_a_day_typed_behind_an_action_item_is_its_due_day() -> None:
    (item,) = after(
        agenda(agreed({"text": "Budget klären", "owner": ANNA.address})),
        ("klären", "klären bis Freitag"),
    ).agenda.action_items

    assert (item.text, str(item.due)) == ("Budget klären", "2026-06-12")


def test_words_behind_the_count_of_meetings_join_the_point_once() -> None:
    result = after(agenda(annas({"text": "Urlaub", "carried": 3})), ("(3×)", "(3×) im Mai"))

    assert texts(result.agenda) == ["Urlaub im Mai"]
    assert result.body.content.count("(3×)") == 1


def test_a_note_that_reads_like_an_entry_stays_a_note_without_its_indent() -> None:
    of = agenda(annas({"text": "Lob", "notes": ["Urlaub"]}, "Urlaub"))

    assert after(of, ("     Urlaub", "Urlaub")).agenda == of


def test_a_note_below_a_split_line_stands_there_once() -> None:
    of = agenda(annas({"text": "Budget und Urlaub", "notes": ["!! bis Mai"]}))
    result = after(of, ("Budget und Urlaub", "Budget\n – und Urlaub"))

    assert texts(result.agenda) == ["Budget", "und Urlaub"]
    assert notes(result.agenda) == ["!! bis Mai"]


def secret() -> Agenda:
    return agenda(annas({"text": "Ärger", "sensitive": True}, "Urlaub"))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("Gespräch)", "Gespräch) morgen", "Ärger morgen"),
        ("(vertraulich –", "(vertraulich morgen –", "Ärger morgen"),
        ("– nur im", "– nur\n im", "Ärger"),
        ("nur im Gespräch)\n [ ] Urlaub", "nur im Gespräch) [ ] Urlaub", "Ärger"),
    ],
)
def test_a_confidential_point_survives_edits_of_its_placeholder(
    old: str, new: str, text: str
) -> None:
    result = after(secret(), (old, new))
    point = result.agenda.points[0]

    assert texts(result.agenda) == [text, "Urlaub"]
    assert point.visibility is Visibility.SENSITIVE


def test_a_name_cut_off_an_action_item_is_no_line_of_its_own() -> None:
    of = agenda(agreed({"text": "Budget", "owner": BEN.address}))
    result = after(of, ("Ben: Budget", "Ben:\n - Budget"))

    assert texts(result.agenda) == ["Budget"]


def test_two_action_items_joined_and_written_are_not_doubled_after_a_crash() -> None:
    items = ({"text": n, "owner": BEN.address, "due": "2026-06-12"} for n in ("eins", "zwei"))
    of = agenda(annas(), agreed(*items))
    first = after(of, ("12.06.\n [ ] Ben: zwei", "12.06. zwei"))
    echo = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=first.body,
        ours=first.agenda,
        copy_of=ANNA,
        **settings_of(),
    )

    assert echo.agenda == first.agenda
    assert echo.write is False


def test_a_typed_line_that_became_an_action_item_is_known_again_after_a_crash() -> None:
    of = agenda(annas("Urlaub"), agreed())
    line = (" [ ] Urlaub", " [ ] Urlaub\nAction: Raum buchen")
    first = after(of, line)

    assert after(of, line, ours=first.agenda).agenda == first.agenda


def test_a_doubled_opening_fence_loses_nothing() -> None:
    of = agenda(annas("Urlaub", "Budget"), agreed())
    result = after(of, (FENCE, f"{FENCE}{FENCE} ☐ Action: Raum buchen\n"))

    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}
    assert sorted(texts(result.agenda)) == ["Budget", "Raum buchen", "Urlaub"]


def test_an_edited_line_above_the_first_known_one_is_not_left_outside() -> None:
    of = agenda(annas("Urlaub im Mai", "Budget"))
    result = after(of, (f"{FENCE}Anna\n [ ] Urlaub im Mai", "Anna: \n [ ] Urlaub ab Ende im Mai"))

    assert texts(result.agenda) == ["Urlaub ab Ende im Mai", "Budget"]
    assert result.body.content.count("ab Ende") == 1


def two(one: tuple[str, str], other: tuple[str, str], of: Agenda) -> MergeResult:
    """Merge Anna's and Ben's copy, each with one change."""
    base = Body(content=shown(of))
    copies = [
        Copy(
            name=person.called,
            base_agenda=of,
            base_body=base,
            theirs=Body(content=base.content.replace(*change)),
            copy_of=person,
        )
        for person, change in ((ANNA, one), (BEN, other))
    ]
    return merge_copies(copies, ours=of, **settings_of())


def test_a_tick_does_not_bring_back_what_the_other_joined_to_a_line() -> None:
    of = agenda({"title": "Ziele", "points": ["Urlaub", "Budget"]})
    result = two(("[ ] Budget", "[x] Budget"), ("Urlaub\n [ ] Budget", "Urlaub Budget"), of)

    assert texts(result.agenda) == ["Urlaub Budget"]


def test_what_one_hides_the_other_cannot_have_deleted() -> None:
    of = agenda({"title": "Ziele", "points": ["Urlaub", "Budget"]})
    result = two(("Budget", "Budget !!"), (" [ ] Budget\n", ""), of)
    hidden = [p for p in result.agenda.points if p.visibility is Visibility.SENSITIVE]

    assert [point.text for point in hidden] == ["Budget"]


def test_a_section_renamed_by_one_is_the_same_for_the_other() -> None:
    of = agenda({"title": "Notes", "points": ["Urlaub"]}, {"title": "Notes", "points": ["Budget"]})
    result = two(("Notes\n [ ] Urlaub", "Notes neu\n [ ] Urlaub"), ("Budget", "Budget 2"), of)

    assert [section.title for section in result.agenda.sections] == ["Notes neu", "Notes"]
    assert texts(result.agenda) == ["Urlaub", "Budget 2"]


def test_an_action_item_hidden_by_one_and_split_by_the_other_keeps_all_words() -> None:
    of = agenda(annas(), agreed({"text": "Budget und Urlaub", "owner": BEN.address}))
    result = two(("Ben: Budget", "!! Ben: Budget"), ("Budget und", "Budget\n - und"), of)
    words = " ".join(texts(result.agenda)).split()

    assert words.count("Budget") == words.count("Urlaub") == 1


def test_entries_of_both_kinds_are_told_apart() -> None:
    of = agenda(annas("Urlaub", action_items=["Budget"]))

    assert [type(e) for e in of.sections[0].entries] == [TalkingPoint, ActionItem]


def test_a_block_rendered_without_the_peoples_names_is_not_written_again() -> None:
    of = agenda(annas("Urlaub"), agreed({"text": "Budget", "owner": ANNA.address}))
    annika = Person(address=ANNA.address, name="Annika Ahrens")
    body = Body(content=render(of.shared(), form=Body().form, locale="de"))
    told = {**settings_of(), "people": (BEN, annika)}
    result = merge(base_agenda=of, base_body=body, theirs=body, ours=of, copy_of=annika, **told)

    assert result.agenda == of
    assert result.write is False


def test_words_typed_behind_an_empty_sections_heading_go_below_it() -> None:
    of = agenda(annas("Urlaub"), {"title": "Ziele im Mai"})
    result = after(of, ("Ziele im Mai", "Ziele im Mai Lob"))

    assert [s.title for s in result.agenda.sections] == ["", "Ziele im Mai"]
    assert texts(result.agenda) == ["Urlaub", "Lob"]


@pytest.mark.parametrize("words", ["\\,", "C:\\;temp", "a\\,b"])
def test_a_backslash_of_a_persons_own_is_not_written_again_and_again(words: str) -> None:
    of = agenda(annas(words), agreed({"text": words, "owner": ANNA.address}))
    body = written(of, BodyForm.HTML)
    told = {"base_agenda": of, "ours": of, "copy_of": ANNA, **settings_of()}
    results = after(of), merge(base_body=body, theirs=body, **told)

    assert [result.agenda for result in results] == [of, of]
    assert not any(result.write for result in results)


def test_words_that_read_like_a_day_stay_words_where_a_client_adds_a_bullet() -> None:
    of = agenda(annas(), agreed({"text": "by 12 June", "owner": ANNA.address}))
    result = after(of, ("[ ] Anna", "· [ ] Anna"))

    assert result.agenda == of
    assert result.write is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4. Stock", "4. Stock"), ("3) Stock", "3. Stock"), ("Stock", "3. Stock")],
)
def test_another_number_in_front_of_a_note_is_another_note(typed: str, kept: str) -> None:
    of = agenda(annas({"text": "Saal", "notes": ["3. Stock"]}, "Lob"))
    result = two(("3. Stock", typed), ("", ""), of)

    assert notes(result.agenda) == [kept]
    assert dict(result.writes) == {"Anna": False, "Ben": kept != "3. Stock"}


def test_a_list_that_a_client_makes_of_notes_numbers_them_and_says_nothing_new() -> None:
    of = agenda(annas({"text": "Saal", "notes": ["a", "b"]}))

    assert after(of, ("     a\n     b", "     1. a\n     2. b")).agenda == of
