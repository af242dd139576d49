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
    notes,
    shown,
    texts,
)
from tests.core.body.test_recognised import kinds

BELOW: Final = "schreiben:\n -"
TYPED: Final = (BELOW, f"{BELOW} Reise")
EIGHT: Final = agenda(annas(*"abcdefgh"))


def test_words_of_two_letters_that_were_joined_to_a_line_are_not_deleted() -> None:
    of = agenda(annas("Urlaub", "Lob", "Ok"))
    result = after(of, ("Urlaub", "Urlaub Ok"), (" [ ] Ok\n", ""))

    assert texts(result.agenda) == ["Urlaub Ok", "Lob"]
    assert ChangeKind.REMOVED not in kinds(result)


def test_words_joined_to_a_line_are_not_deleted_though_another_has_them_too() -> None:
    of = agenda(annas("Urlaub", "Mai planen", "Lob", "Mai"))
    result = after(of, ("Urlaub", "Urlaub Mai"), (" [ ] Mai\n", ""))

    assert set(kinds(result)) == {ChangeKind.EDITED}


def test_a_line_whose_halves_were_joined_to_its_neighbours_is_not_deleted() -> None:
    of = agenda(annas("Urlaub", "im Mai", "Budget"))
    before, now = "Urlaub\n [ ] im Mai\n [ ] Budget", "Urlaub im\n [ ] Mai Budget"
    result = after(of, (before, now))

    assert texts(result.agenda) == ["Urlaub im", "Mai Budget"]
    assert set(kinds(result)) == {ChangeKind.EDITED}


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        (("im Mai", "Urlaub im", "Mai planen"), ("Lob", "Lob")),
        (
            ("im Mai", {"text": "Kurs", "notes": ["Urlaub im", "Mai planen"]}),
            ("Mai planen", "Mai planen und buchen"),
        ),
    ],
)
def test_words_that_begin_in_one_line_and_end_in_the_next_as_before_are_joined_to_none(
    lines: tuple[Any, ...], change: tuple[str, str]
) -> None:
    result = after(agenda(annas(*lines, "Lob")), (" [ ] im Mai\n", ""), change)

    assert kinds(result)[0] is ChangeKind.REMOVED


FOUR: Final = ("Angebot für Wien", "Kantine und Küche", "Werkstatt im Mai", "Reise nach Linz")


@pytest.mark.parametrize("in_front", [True, False])
@pytest.mark.parametrize(
    ("line", "other", "joined"),
    [(0, 1, True), (1, 0, True), (0, 2, False), (2, 0, False), (1, 3, False)],
)
def test_words_that_were_joined_and_changed_are_looked_for_next_to_their_line(
    line: int, other: int, *, in_front: bool, joined: bool
) -> None:
    """Farther away they may as well be words of one's own."""
    changed, words = FOUR[line].replace("i", "y"), FOUR[other]
    now = f"{changed} {words}" if in_front else f"{words} {changed}"
    result = after(agenda(annas(*FOUR)), (f" [ ] {FOUR[line]}\n", ""), (words, now))

    assert (ChangeKind.REMOVED not in kinds(result)) is joined


OPEN: Final = ("▼ 1:1-Agenda (hier schreiben)\n", "")
"""Without this line nothing is believed that is taken back."""


@pytest.mark.parametrize("points", [("Lob", "Urlaub"), ("Urlaub", "Lob")])
def test_a_note_astray_that_reads_like_a_line_is_no_second_one(points: tuple[str, ...]) -> None:
    of = agenda(annas(*({"text": p, "notes": ["Urlaub"] if p == "Lob" else []} for p in points)))
    astray = ("Neue", " [ ] Urlaub\nNeue")
    result = after(of, OPEN, ("     Urlaub\n", ""), astray)

    assert result.agenda == of


def test_what_is_typed_below_a_note_astray_stands_behind_the_line_above_it() -> None:
    of = agenda(annas({"text": "Lob", "notes": ["Zahlen"]}, "Urlaub", "Kurs"))
    astray = ("[ ] Urlaub\n", "[ ] Urlaub\n [ ] Zahlen\n - Rad\n")
    result = after(of, OPEN, ("     Zahlen\n", ""), astray)

    assert texts(result.agenda) == ["Lob", "Urlaub", "Rad", "Kurs"]


@pytest.mark.parametrize(("since", "there", "left"), [(1, 2, 1), (2, 2, 0)])
def test_a_line_typed_above_notes_that_came_since_has_only_what_is_more(
    since: int, there: int, left: int
) -> None:
    of = agenda(annas({"id": "e1", "text": "Lob"}))
    ours = agenda(annas({"id": "e1", "text": "Lob", "notes": ["Zahlen"] * since}))
    below = "[ ] Lob\n - Rad\n" + "     Zahlen\n" * there
    result = after(of, ("[ ] Lob\n", below), ours=ours)

    assert [len(point.notes) for point in result.agenda.points] == [since, left]


def test_a_note_that_came_since_may_be_typed_below_the_next_line_too() -> None:
    lob, kurs = {"id": "e1", "text": "Lob"}, {"id": "e2", "text": "Kurs"}
    of, ours = agenda(annas(lob, kurs)), agenda(annas({**lob, "notes": ["Zahlen"]}, kurs))
    result = after(of, ("[ ] Kurs\n", "[ ] Kurs\n     Zahlen\n"), ours=ours)

    assert notes(result.agenda) == ["Zahlen", "Zahlen"]


@pytest.mark.parametrize(
    ("points", "sure"),
    [
        (("Urlaub", "?", "Lob", "?"), True),
        (("Urlaub", "?", "?", "Lob"), False),
        (("Urlaub", "Lob", "?", "?"), False),
        (("Urlaub", "?", "Lob"), True),
        (("?", "?", "Urlaub"), False),
    ],
)
def test_which_of_two_placeholders_is_gone_is_sure_where_a_line_parts_them(
    points: tuple[str, ...], *, sure: bool
) -> None:
    hidden = [{"text": p, "sensitive": True} if p == "?" else p for p in points]
    result = after(agenda(annas(*hidden)), (" [ ] (vertraulich – nur im Gespräch)\n", ""))

    assert kinds(result) == [ChangeKind.REMOVED if sure else ChangeKind.REMOVAL_ASKED]


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
    [
        *(("Ziele:", True), ("- Ziele:", False), ("[ ] Ziele:", False), ("Ziele", False)),
        *((f"{'Ziele'.ljust(58, 'x')}:", True), (f"{'Ziele'.ljust(59, 'x')}:", False)),
    ],
)
@pytest.mark.parametrize("listed", ["- eins", "[ ] eins"])
def test_a_plain_line_with_a_colon_and_a_list_below_is_a_title(
    title: str, listed: str, *, titled: bool
) -> None:
    result = after(agenda(annas("Lob")), (BELOW, f"schreiben:\n{title}\n{listed}\n"))

    assert (title.lstrip("-[] ") in by_title(result.agenda)) == titled
    last = after(agenda(annas("Lob")), ("[ ] Lob", "[ ] Lob\nZiele:\n - eins"))
    assert by_title(last.agenda)["Ziele:"] == ["eins"]


def test_below_the_prompt_a_new_line_lands_in_its_authors_own_section() -> None:
    own = {"title": "Annas Ziele", "owner": ANNA.address, "points": ["Kurs"]}
    of = agenda(own, agreed("Saal"))

    assert by_title(after(of, TYPED).agenda)["Annas Ziele"] == ["Kurs", "Reise"]


@pytest.mark.parametrize("first", [{"points": ["Saal"]}, agreed("Saal")])
def test_below_the_prompt_of_a_shared_event_a_new_line_is_nobodys(first: dict[str, Any]) -> None:
    points = after(agenda(first, annas("Lob")), TYPED, person=None).agenda.points

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


def test_half_a_placeholder_whose_other_half_was_deleted_is_nobodys_words() -> None:
    of = agenda(annas({"text": "Zank", "sensitive": True, "owner": BEN.address}, "Lob"))
    half = after(of, (" [ ] (vertraulich – nur im Gespräch)", " – nur im Gespräch)"))
    own = after(of, ("[ ] Lob", "[ ] Lob\n (nur im Gespräch)"))

    assert half.agenda == of
    assert sorted(texts(own.agenda)) == ["(nur im Gespräch)", "Lob", "Zank"]


def test_a_count_broken_off_its_line_is_none_that_fell_and_parts_no_note_from_its_point() -> None:
    noted = {"text": "Budget", "carried": 1, "notes": ["Bericht lesen"]}
    of = agenda(annas({"text": "Zank", "sensitive": True}, noted))
    result = after(
        of,
        (" [ ] (vertraulich – nur im Gespräch)\n", ""),
        (" (1×)\n     Bericht lesen", "\n (1×)\n     Bericht lesen heute"),
    )

    assert texts(result.agenda) == ["Budget"]
    assert notes(result.agenda) == ["Bericht lesen heute"]
    assert result.damage == ()


@pytest.mark.parametrize(
    "parts", ["(vertraulich –\n nur im\n Gespräch)", "(vertraulich\n–\nnur\nim Gespräch)"]
)
def test_a_placeholder_broken_in_many_lines_is_whole_again(parts: str) -> None:
    of = agenda(annas({"text": "Zank", "sensitive": True}, "Lob"))
    result = after(of, ("(vertraulich – nur im Gespräch)", parts), ("Lob", "Lob neu"))

    assert texts(result.agenda) == ["Zank", "Lob neu"]
