"""Two people change one line in different ways at once: the words of both are kept."""

from __future__ import annotations

import pytest

from core.body import Body, Copy
from core.model.agenda import ActionItem
from core.model.people import Person
from tests.core.body.manglers.strategies import merge_all
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    shown,
    texts,
    two,
)


@pytest.mark.parametrize("ben", ["Budget für Graz", "Budget bis Freitag"])
def test_a_point_made_an_action_item_keeps_the_words_that_the_other_adds(ben: str) -> None:
    of = agenda(annas("Budget"))
    result = two(("Budget", "TODO Ben: Budget"), ("Budget", ben), of)
    (item,) = result.agenda.action_items

    assert (item.text, item.owner, item.other_wording) == (ben, BEN.address, "")


def test_both_wordings_of_a_point_made_an_action_item_are_kept() -> None:
    of = agenda(annas("Budget"))
    result = two(("Budget", "TODO Ben: Budget planen"), ("Budget", "Budget für Graz"), of)
    (item,) = result.agenda.action_items

    assert (item.text, item.other_wording) == ("Budget für Graz", "Budget planen")


def test_a_day_typed_behind_a_point_stays_its_words() -> None:
    result = after(agenda(annas("Budget")), ("Budget", "Budget bis Freitag"))

    assert texts(result.agenda) == ["Budget bis Freitag"]


def test_a_day_is_not_lost_where_the_other_breaks_the_line() -> None:
    of = agenda(annas("Budget für Graz"))
    result = two(("für Graz", "für Graz bis Freitag"), ("Budget für", "Budget\n [ ] für"), of)
    words = " ".join(f"{e.text} {e.other_wording}" for e in result.agenda.points)

    assert "bis Freitag" in words
    assert not any(isinstance(e, ActionItem) for e in result.agenda.sections[0].entries)
    assert ANNA.address in {point.owner for point in result.agenda.points}


def test_a_line_joined_to_another_keeps_the_words_that_the_other_added_to_it() -> None:
    of = agenda(annas("Urlaub", "Budget"))
    result = two(("Urlaub\n [ ] Budget", "Urlaub Budget"), ("Budget", "Budget für Graz"), of)

    assert "Budget für Graz" in texts(result.agenda)


@pytest.mark.parametrize(
    ("anna", "ben", "other"),
    [
        ("Geld für Graz", "Geld im Mai", "Geld im Mai / Geld für Graz"),
        ("Geld für Graz", "Geld für Graz", "Geld für Graz"),
        ("", "Geld im Mai", "Geld im Mai"),
        ("Geld für Graz", "", "Geld für Graz"),
        ("", "", ""),
    ],
)
def test_a_second_wording_that_one_changes_stays_whatever_the_other_did_to_it(
    anna: str, ben: str, other: str
) -> None:
    of = agenda(annas({"text": "Budget", "other_wording": "Geld"}))
    line = "     ⇄ oder: Geld\n"
    changes = [(line, line.replace("Geld", new) if new else "") for new in (anna, ben)]
    result = two(changes[0], changes[1], of)
    again = after(of, changes[0], ours=result.agenda)

    assert [point.other_wording for point in result.agenda.points] == [other]
    assert again.agenda == result.agenda


@pytest.mark.parametrize(
    ("anna", "ben", "line", "other"),
    [
        ("Ben: Budget bis 19.06.", "Ben: Budget bis 26.06.", "2026-06-26", "bis 19.06."),
        ("Ben: Budget bis 19.06.", "Ben: Budget", "2026-06-19", ""),
        ("Ben: Budget", "Ben: Budget bis 26.06.", "2026-06-26", ""),
        ("Ben: Budget bis 19.06.", "Anna: Budget bis 12.06.", "2026-06-19", ""),
        ("Ina: Budget bis 12.06.", "Anna: Budget bis 12.06.", "2026-06-12", "Ina:"),
    ],
)
def test_who_does_it_and_when_are_not_lost_where_both_say_something_else(
    anna: str, ben: str, line: str, other: str
) -> None:
    was = "Ben: Budget bis 12.06."
    of = agenda(
        agreed(
            {"text": "Budget", "owner": BEN.address, "due": "2026-06-12"},
            {"text": "Saal", "owner": "ina@example.com"},
        )
    )
    result = two((was, anna), (was, ben), of)
    item = result.agenda.action_items[0]

    assert str(item.due) == line
    assert other in item.other_wording if other else not item.other_wording


@pytest.mark.parametrize("place", ["Urlaub\n", "schreiben:\n"])
def test_a_line_that_did_not_fit_and_is_typed_is_new_though_the_other_takes_it_out(
    place: str,
) -> None:
    bens = {"kind": "manager", "owner": BEN.address, "points": ["Kurs", "Reise"]}
    of = agenda(annas("Urlaub"), bens)
    short = shown(of).replace(" [ ] Reise\n", "")
    copies = [
        Copy(
            name=person.name,
            base_agenda=of,
            base_body=Body(content=base),
            theirs=Body(content=theirs),
            copy_of=person,
        )
        for person, base, theirs in (
            (BEN, shown(of), short),
            (ANNA, short, short.replace(place, f"{place} - Reise\n")),
        )
    ]

    assert texts(merge_all(copies, of).agenda) == ["Urlaub", "Reise", "Kurs"]


def test_what_went_below_a_line_typed_instead_does_not_come_back_with_the_old_one() -> None:
    kept = {"text": "Budget", "notes": ["für Graz"], "other_wording": "Geld", "owner": None}
    of = agenda(annas(kept, "Lob"))
    anna, ben = "[ ] Budget\n     bis Mai", "[ ] Kantine und Küche"
    result = two(("[ ] Budget", anna), ("[ ] Budget", ben), of)
    said = [note for point in result.agenda.points for note in point.notes]

    assert sorted(texts(result.agenda)) == ["Budget", "Kantine und Küche", "Lob"]
    assert sorted(said) == ["bis Mai", "für Graz"]
    assert [point.other_wording for point in result.agenda.points if point.other_wording] == [
        "Geld"
    ]


@pytest.mark.parametrize(
    ("note", "new"), [("Zahlen", "Zahlen bis Mai"), ("⇄ oder: Geld", "⇄ oder: Geld im Mai")]
)
def test_a_note_reworded_below_a_line_typed_over_the_others_point_stands_once(
    note: str, new: str
) -> None:
    point = {"text": "Budget", "notes": ["Alt", "Zahlen", "Neu"], "other_wording": "Geld"}
    of = agenda(annas("Lob"), {"kind": "manager", "owner": BEN.address, "points": [point, "Saal"]})
    result = after(of, ("[ ] Budget", "[ ] Kantine und Küche"), (note, new))
    noted = [(c.entry_id, c.before, c.after) for c in result.changes if c.kind.value == "noted"]
    budget = next(point for point in result.agenda.points if point.text == "Budget")

    assert sorted(texts(result.agenda)) == ["Budget", "Kantine und Küche", "Lob", "Saal"]
    assert (*budget.notes, f"⇄ oder: {budget.other_wording}").count(new) == 1
    assert len(budget.notes) == len([n for p in result.agenda.points for n in p.notes]) == 3
    assert noted == [(budget.point_id, *(text.removeprefix("⇄ oder: ") for text in (note, new)))]
    assert result.body.content.count("Zahlen") == result.body.content.count("Geld") == 1


def test_a_point_that_one_deletes_and_the_other_edits_keeps_its_second_wording() -> None:
    of = agenda(annas({"text": "Budget", "other_wording": "Geld"}, "Lob"))
    edits = {ANNA: (" [ ] Budget\n     ⇄ oder: Geld\n", ""), BEN: ("Budget", "Budget neu")}
    copies = [
        Copy(
            name=person.name,
            base_agenda=of,
            base_body=Body(content=shown(of)),
            theirs=Body(content=shown(of).replace(*edit)),
            copy_of=person,
            organizer=person is ANNA,
        )
        for person, edit in edits.items()
    ]

    points = merge_all(copies, of).agenda.points

    assert {(p.text, p.other_wording) for p in points} == {("Budget neu", "Geld"), ("Lob", "")}


def test_a_note_reworded_below_a_line_typed_over_ones_own_point_goes_to_that_line() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["Zahlen"]}, "Lob"))
    result = after(of, ("[ ] Budget", "[ ] Kantine und Küche"), ("Zahlen", "Zahlen bis Mai"))

    assert {p.text: p.notes for p in result.agenda.points} == {
        "Kantine und Küche": ("Zahlen bis Mai",),
        "Lob": (),
    }


def test_a_note_reworded_below_a_line_typed_in_between_goes_to_that_line() -> None:
    of = agenda(annas({"text": "Lob", "notes": ["Zahlen"]}, "Saal"))
    result = after(of, ("     Zahlen\n", " [ ] Kantine und Küche\n     Zahlen bis Mai\n"))

    assert {p.text: p.notes for p in result.agenda.points} == {
        "Lob": (),
        "Kantine und Küche": ("Zahlen bis Mai",),
        "Saal": (),
    }


@pytest.mark.parametrize(
    ("note", "new"), [("Zahlen", "Zahlen bis Mai"), ("⇄ oder: Geld", "⇄ oder: Geld im Mai")]
)
def test_a_note_that_both_reworded_is_kept_in_both_words(note: str, new: str) -> None:
    point = {"id": "e1", "text": "Budget", "notes": ["Zahlen"], "other_wording": "Geld"}
    since = {**point, "notes": ["Kosten"], "other_wording": "Euro"}
    of, ours = (
        agenda(annas("Lob"), {"kind": "manager", "owner": BEN.address, "points": [p]})
        for p in (point, since)
    )
    typed = ("[ ] Budget", "[ ] Kantine und Küche")
    content = after(of, typed, (note, f"{new}\n     ganz neu"), ours=ours).body.content

    assert all(content.count(words) == 1 for words in (new, "ganz neu", "Kosten", "Euro"))


@pytest.mark.parametrize(
    ("below", "kept", "typed"),
    [
        ("Graz", "Zahlen zum Budget", (("Graz",), "")),
        ("Zahlen zum Budgets", "Zahlen zum Budgets", ((), "")),
        # A second wording is no note in other words.
        ("⇄ oder: Zahlen zum Budgets", "Zahlen zum Budget", ((), "Zahlen zum Budgets")),
    ],
)
def test_what_is_typed_below_a_line_in_place_of_a_kept_one_is_the_new_lines_or_its_note_reworded(
    below: str, kept: str, typed: tuple[tuple[str, ...], str]
) -> None:
    lob = {"id": "lob", "text": "Lob", "notes": ["Zahlen zum Budget"]}
    of, ours = agenda(annas(lob)), agenda(annas({**lob, "text": "Dank an alle"}))
    change = ("[ ] Lob\n     Zahlen zum Budget\n", f"- neu\n     {below}\n")
    dank, neu = after(of, change, ours=ours).agenda.points

    assert (dank.text, dank.notes) == ("Dank an alle", (kept,))
    assert (neu.notes, neu.other_wording) == typed


@pytest.mark.parametrize(("first", "second"), [(ANNA, BEN), (BEN, ANNA)])
def test_a_point_that_was_gone_before_comes_back_with_its_own_note(
    first: Person, second: Person
) -> None:
    of = agenda(annas({"text": "Lob", "notes": ["Zahlen"]}, "Rad"))
    base = Body(content=shown(of))
    edits = {first: ("[ ] Rad", "[ ] Rad\n - neu\n     Zahlen"), second: ("Lob", "Lob heute")}
    copies = [
        Copy(
            name=person.name,
            base_agenda=of,
            base_body=base,
            theirs=Body(content=base.content.replace(*edit)),
            copy_of=person,
        )
        for person, edit in edits.items()
    ]
    result = merge_all(copies, agenda(annas("Rad")))

    assert {p.text: p.notes for p in result.agenda.points} == {
        "Rad": (),
        "neu": ("Zahlen",),
        "Lob heute": ("Zahlen",),
    }
