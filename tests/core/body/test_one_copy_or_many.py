"""One copy merged by itself is merged as among many, with all that a merge is told."""

from __future__ import annotations

from typing import Any, Final

import pytest

from core.body import Body, Copy, DamageKind, Exposure, MergeResult, merge, merge_copies, remove
from core.model.agenda import Agenda, PointState
from tests.core.body.samples.cases import ANNA, BEN, NOW, PEOPLE, ZONE
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
)

OF: Final = agenda(annas("Urlaub", {"text": "Budget", "notes": ["Zahlen"]}), agreed("Raum"))
TOLD: Final[dict[str, dict[str, Any]]] = {
    "nothing more": {},
    "another language too": {"other_locale": "en"},
    "a link": {"link": "https://vieraugen.example/1"},
    "titles alone": {"exposure": Exposure.TITLES},
    "a small budget": {"budget": 150},
    "nobody": {"people": ()},
}


@pytest.mark.parametrize("name", TOLD)
def test_one_copy_is_merged_as_among_many(name: str) -> None:
    told = {"people": PEOPLE, "now": NOW, "zone": ZONE, "locale": "de", **TOLD[name]}
    base = Body(content=shown(OF))
    theirs = Body(content=base.content.replace("Raum", "Raum bis Freitag"))
    copy = Copy(name="theirs", base_agenda=OF, base_body=base, theirs=theirs, copy_of=ANNA)
    alone = merge(base_agenda=OF, base_body=base, theirs=theirs, ours=OF, copy_of=ANNA, **told)

    assert alone == merge_copies([copy], ours=OF, **told)
    assert alone.write


def test_no_copy_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="needs a copy"):
        merge_copies([], ours=OF, now=NOW, zone=ZONE, locale="de")


def test_words_added_to_an_item_that_was_hidden_since_are_kept_once() -> None:
    hidden = after(OF, ("[ ] Raum", "[ ] !! Raum")).agenda
    same = after(OF, ours=hidden).agenda
    more = after(OF, ("Raum", "Raum mit Fenster"), ours=hidden).agenda

    assert texts(same) == ["Urlaub", "Budget", "Raum"]
    assert [point.text for point in more.points][-1] == "Raum mit Fenster"


def test_a_promise_that_came_another_way_meanwhile_is_not_added_again() -> None:
    ours = agenda(annas("Urlaub", {"text": "Budget", "notes": ["Zahlen"]}), agreed("Raum", "Anruf"))
    result = after(OF, ("[ ] Budget", "[ ] Budget\n - TODO Anruf"), ours=ours)

    assert texts(result.agenda).count("Anruf") == 1


def test_what_a_host_put_in_place_of_a_copy_is_said_to_be_overwritten() -> None:
    other = agenda(annas("Kurs", "Lob", "Reise"), agreed("Saal"))
    theirs = Body(content=shown(OF).replace("Urlaub", "Urlaub im Mai"))
    annas_copy = Copy(
        name="anna",
        base_agenda=OF,
        base_body=Body(content=shown(OF)),
        theirs=theirs,
        copy_of=ANNA,
        organizer=True,
    )
    bens_copy = Copy(
        name="ben",
        base_agenda=other,
        base_body=Body(content=shown(other)),
        theirs=theirs,
        copy_of=BEN,
    )
    ours = agenda(annas("Urlaub", {"text": "Budget", "notes": ["Zahlen"]}), agreed("Raum"))
    told: dict[str, Any] = {"people": PEOPLE, "now": NOW, "zone": ZONE, "locale": "de"}
    result = merge_copies([annas_copy, bens_copy], ours=ours, **told)

    assert ("ben", DamageKind.OVERWRITTEN) in [(d.copy, d.kind) for d in result.damage]


def put_in_place(of: Agenda, *, ticked: bool = False, fresh: bool = False) -> MergeResult:
    """Each has typed one line and nothing was written since; then a mail brings Anna's to Ben.

    `fresh`: her line was not read before.
    """
    empty = shown(agenda(annas("Urlaub")))
    here = empty.replace("Urlaub\n", "Urlaub\n - TODO Ben: Folien schicken\n")
    gone = Body(content=empty.replace("Urlaub\n", "Urlaub\n - TODO Anna: Budget klären\n"))
    seen = Body(content=here.replace("[ ] Urlaub", "[x] Urlaub") if ticked else here)
    told: dict[str, Any] = {"people": PEOPLE, "now": NOW, "zone": ZONE, "locale": "de"}
    hers = Body(content=here)
    known = Body(content=empty) if fresh else hers
    copies = [
        Copy(
            name="anna",
            base_agenda=of,
            base_body=known,
            theirs=hers,
            copy_of=ANNA,
            organizer=True,
        ),
        Copy(
            name="ben",
            base_agenda=of,
            base_body=gone,
            theirs=seen,
            copy_of=BEN,
            organizer=False,
        ),
    ]
    return merge_copies(copies, ours=of, **told)


def test_what_a_host_put_in_place_of_a_typed_line_is_no_new_wording_of_it() -> None:
    of = agenda(annas("Urlaub"), agreed("Folien schicken", "Budget klären"))
    result = put_in_place(of)

    assert result.agenda.action_items == of.action_items
    assert result.changes == ()
    assert [d.kind for d in result.damage] == [DamageKind.OVERWRITTEN]


def test_what_is_new_in_both_is_new_and_no_mail_has_brought_all_of_it() -> None:
    of = agenda(annas("Urlaub"), agreed("Budget klären"))
    items = put_in_place(of, fresh=True).agenda.action_items

    assert [(i.text, i.owner) for i in items] == [
        ("Budget klären", of.action_items[0].owner),
        ("Folien schicken", BEN.address),
    ]


def test_a_tick_in_what_a_host_put_there_counts() -> None:
    of = agenda(annas("Urlaub"), agreed("Folien schicken", "Budget klären"))
    (point,) = put_in_place(of, ticked=True).agenda.points

    assert point.state is PointState.DISCUSSED


@pytest.mark.parametrize("joined", ["Urlaub Budget", "Budget Urlaub"])
def test_notes_that_nobody_sees_go_along_with_a_line_that_is_joined(joined: str) -> None:
    told: dict[str, Any] = {"people": PEOPLE, "now": NOW, "zone": ZONE, "locale": "de"}
    base = Body(content=shown(OF).replace("     Zahlen\n", ""))
    lines = " [ ] Urlaub\n [ ] Budget\n"
    assert lines in base.content
    result = merge(
        base_agenda=OF,
        base_body=base,
        theirs=Body(content=base.content.replace(lines, f" [ ] {joined}\n")),
        ours=OF,
        copy_of=ANNA,
        exposure=Exposure.TITLES,
        **told,
    )

    assert texts(result.agenda) == [joined, "Raum"]
    assert notes(result.agenda) == ["Zahlen"]


@pytest.mark.parametrize(
    ("around", "left"),
    [("FAX\n\n@\n\nXAVER", "FAX\n\nXAVER"), ("FAX\n\n@\n", "FAX\n"), ("\n@\n\nXAVER", "\nXAVER")],
)
def test_words_beside_a_block_that_is_taken_out_are_left_to_the_letter(
    around: str, left: str
) -> None:
    assert remove(Body(content=around.replace("@", shown(OF)))).content == left
