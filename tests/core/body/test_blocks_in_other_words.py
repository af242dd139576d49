"""A block that is not as we would write it: what stands in it is known all the same."""

from __future__ import annotations

from core.body import Body, BodyForm, Copy, MergeResult, merge, merge_copies, render
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE
from tests.core.body.test_lines_and_their_meaning import agenda, agreed, annas, shown, texts


def merged(of: Agenda, base: str, theirs: str) -> MergeResult:
    """Merge Anna's copy of a text."""
    return merge(
        base_agenda=of,
        base_body=Body(content=base),
        theirs=Body(content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )


def test_a_second_wording_that_stands_there_in_two_lines_is_not_taken_in_again() -> None:
    of = agenda(annas({"text": "Budget", "other_wording": "Geld / Mittel"}, "Lob"))
    base = shown(of).replace("Geld / Mittel", "Geld\n     ⇄ oder: Mittel")
    result = merged(of, base, base.replace("Lob", "Lob für alle"))

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [
        ("Budget", "Geld / Mittel"),
        ("Lob für alle", ""),
    ]


def test_a_line_in_other_words_in_the_place_of_an_entry_is_that_one_in_a_base_too() -> None:
    of = agenda(annas("Urlaub", "Budget prüfen", "Lob"))
    base = shown(of).replace("Budget", "Zahlen")
    result = merged(of, base, base.replace("Lob", "Lob für alle"))

    assert texts(result.agenda) == ["Urlaub", "Budget prüfen", "Lob für alle"]


def test_second_wordings_whose_entries_are_gone_go_to_the_line_above_them() -> None:
    kurs, lob = {"text": "Kurs", "other_wording": "Seminar"}, {"text": "Lob"}
    of = agenda(annas({"text": "Budget", "other_wording": "Geld"}, kurs, lob))
    lines = shown(of).replace(" [ ] Budget\n", "- Kantine\n").replace(" [ ] Kurs\n", "")
    result = merged(of, shown(of), lines)

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [
        ("Lob", ""),
        ("Kantine", "Geld / Seminar"),
    ]


def test_the_way_to_the_agenda_at_an_address_that_we_had_before_is_no_persons_line() -> None:
    of, before, now = agenda(annas("Urlaub")), "https://old.example/1", "https://new.example/1"
    told = {"base_agenda": of, "ours": of, "copy_of": ANNA, "link": now, **settings_of()}
    base = render(of.shared(), form=BodyForm.TEXT, locale="de", people=PEOPLE, link=before)
    theirs = base.replace("Urlaub", "Urlaub im Mai")
    result = merge(base_body=Body(content=base), theirs=Body(content=theirs), **told)

    assert result.body.content == theirs.replace(before, now)
    assert texts(result.agenda) == ["Urlaub im Mai"]


def test_the_only_line_that_is_left_of_a_block_is_found() -> None:
    of = agenda(annas("Urlaub im August"))
    result = merged(of, shown(of), " [ ] Urlaub im August")

    assert result.body.content == shown(of)


def test_a_line_in_a_persons_words_belongs_to_a_block_whose_end_is_gone() -> None:
    of = agenda(annas("Urlaub"), agreed({"text": "Foto", "due": "2026-06-12"}))
    base = shown(of).replace("[ ] Foto bis 12.06.", "Foto bis Freitag")
    result = merged(of, base, base.partition("Neue Punkte")[0] + "\nViele Grüße\nCara")

    assert result.body.content == f"{shown(of)}\n\nViele Grüße\nCara"


def test_a_heading_that_reads_like_our_prompt_does_not_break_it_in_the_other_copy() -> None:
    of = agenda(annas("Urlaub"))
    body = written(of, BodyForm.TEXT, ("en", None))
    edits = {BEN: ("below\n -", "below\nNew points:\n- Lob"), ANNA: ("Urlaub", "Urlaub neu")}
    copies = [
        Copy(
            name=person.name,
            base_agenda=of,
            base_body=body,
            theirs=Body(content=body.content.replace(*edit)),
            copy_of=person,
        )
        for person, edit in edits.items()
    ]

    result = merge_copies(copies, ours=of, **settings_of(("en", None)))

    assert texts(result.agenda) == ["Urlaub neu", "Lob"]
