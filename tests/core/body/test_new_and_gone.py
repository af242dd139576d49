"""New lines land where they belong, and what is gone is gone only where somebody meant it."""

from __future__ import annotations

from typing import Any, Final

import pytest

from core.body import Body, BodyForm, ChangeKind, Copy, DamageKind, merge, merge_copies
from core.model.agenda import ActionItem, Agenda, ItemState
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN, NOW, ZONE
from tests.core.body.test_headings_and_orders import by_title
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    shown,
    texts,
)
from tests.core.body.test_recognised import kinds

BELOW: Final = "schreiben:\n -"
TYPED: Final = (BELOW, f"{BELOW} Reise")
EIGHT: Final = agenda(annas(*"abcdefgh"))


def test_words_of_two_letters_that_were_joined_to_a_line_are_not_deleted() -> None:
    result = after(agenda(annas("Urlaub", "Ok", "Lob")), ("Urlaub\n [ ] Ok", "Urlaub Ok"))

    assert texts(result.agenda) == ["Urlaub Ok", "Lob"]
    assert ChangeKind.REMOVED not in kinds(result)


def test_a_line_whose_halves_were_joined_to_its_neighbours_is_not_deleted() -> None:
    of = agenda(annas("Urlaub", "im Mai", "Budget"))
    before, now = "Urlaub\n [ ] im Mai\n [ ] Budget", "Urlaub im\n [ ] Mai Budget"
    result = after(of, (before, now))

    assert texts(result.agenda) == ["Urlaub im", "Mai Budget"]
    assert set(kinds(result)) == {ChangeKind.EDITED}


@pytest.mark.parametrize(("gone", "believed"), [("abcd", True), ("abcde", False)])
def test_more_than_half_of_the_lines_is_more_than_anybody_deletes(
    gone: str, *, believed: bool
) -> None:
    result = after(EIGHT, *((f" [ ] {letter}\n", "") for letter in gone))

    assert len(texts(result.agenda)) == (8 - len(gone) if believed else 8)
    assert (DamageKind.LINES_GONE in {d.kind for d in result.damage}) != believed


def test_three_lines_are_deleted_whatever_is_left() -> None:
    result = after(agenda(annas("eins", "zwei", "drei", "vier")), *GONE)

    assert texts(result.agenda) == ["vier"]


GONE: Final = [(f" [ ] {word}\n", "") for word in ("eins", "zwei", "drei")]


def test_a_point_that_was_discussed_and_is_moved_to_what_is_agreed_is_done() -> None:
    point = {"text": "Raum bis Freitag", "state": "discussed", "notes": ["a"]}
    of = agenda(annas({**point, "other_wording": "Saal"}, "Lob"), agreed("Kurs"))
    lines = " [x] Raum bis Freitag\n     ⇄ oder: Saal\n     a\n"
    result = after(of, (lines, ""), ("Vereinbart\n", f"Vereinbart\n{lines}"))
    (item,) = [e for e in result.agenda.action_items if e.text == "Raum"]

    assert isinstance(item, ActionItem)
    assert (item.state, str(item.due)) == (ItemState.DONE, "2026-06-12")
    assert (item.notes, item.other_wording) == (("a",), "Saal")


@pytest.mark.parametrize(
    ("title", "titled"),
    [("Ziele:", True), ("- Ziele:", False), ("[ ] Ziele:", False), ("Ziele", False)],
)
@pytest.mark.parametrize("listed", ["- eins", "[ ] eins"])
def test_a_plain_line_with_a_colon_and_a_list_below_is_a_title(
    title: str, listed: str, *, titled: bool
) -> None:
    result = after(agenda(annas("Lob")), (BELOW, f"schreiben:\n{title}\n{listed}\n"))

    assert ("Ziele:" in by_title(result.agenda)) == titled
    last = after(agenda(annas("Lob")), ("[ ] Lob", "[ ] Lob\nZiele:\n - eins"))
    assert by_title(last.agenda)["Ziele:"] == ["eins"]


def test_below_the_prompt_a_new_line_lands_in_its_authors_own_section() -> None:
    own = {"title": "Annas Ziele", "owner": ANNA.address, "points": ["Kurs"]}
    of = agenda(own, agreed("Saal"))

    assert by_title(after(of, TYPED).agenda)["Annas Ziele"] == ["Kurs", "Reise"]


def test_below_the_prompt_of_a_shared_event_a_new_line_is_nobodys() -> None:
    of = agenda(annas("Lob"), {"kind": "manager", "owner": BEN.address, "points": ["Kurs"]})
    points = after(of, TYPED, person=None).agenda.points

    assert [(p.text, p.owner) for p in points if p.text == "Reise"] == [("Reise", None)]


def test_a_manager_alone_has_a_section_of_their_own() -> None:
    of = agenda(agreed("Saal"))
    theirs = Body(content=shown(of).replace(*TYPED))
    told: dict[str, Any] = {"people": (BEN,), "now": NOW, "zone": ZONE, "locale": "de"}
    result = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=theirs,
        ours=of,
        copy_of=BEN,
        **told,
    )

    assert [section.owner for section in result.agenda.sections] == [BEN.address, None]


@pytest.mark.parametrize("organizer", [ANNA, BEN])
def test_the_organizers_copy_is_read_first(organizer: object) -> None:
    body = Body(content=shown(EIGHT))
    copies = [
        Copy(
            name=person.name,
            base_agenda=EIGHT,
            base_body=body,
            theirs=Body(content=body.content.replace("[ ] a", f"[ ] a {person.name}")),
            copy_of=person,
            organizer=person is organizer,
        )
        for person in (ANNA, BEN)
    ]
    first = merge_copies(copies, ours=EIGHT, **settings_of()).changes[0]

    assert first.by == getattr(organizer, "address", "")


def test_a_signature_that_goes_below_the_block_keeps_its_quotes() -> None:
    of: Agenda = agenda(annas("Lob"))
    base = written(of, BodyForm.HTML)
    line = 'Von meinem "iPhone" gesendet'
    theirs = base.content.replace("[ ] Lob</li>", f"[x] Lob</li><li>{line}</li>")
    result = merge(
        base_agenda=of,
        base_body=base,
        theirs=Body(form=BodyForm.HTML, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )

    assert texts(result.agenda) == ["Lob"]
    assert result.body.content.endswith(f"<br>{line}")
