"""Every word stands as often as it was typed: what a search over whole rounds of edits found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.body import (
    Body,
    BodyForm,
    Copy,
    DamageKind,
    Exposure,
    MergeResult,
    merge,
    merge_copies,
    render,
)
from core.model.agenda import Agenda, PointState
from core.model.people import Person
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
)

BOTH = ("en", "de")
WRAPPED = "https%3A%2F%2Fintern.example%2Fplan"


def found(of: Agenda, base: Body, theirs: str) -> MergeResult:
    """Merge Anna's copy of a body in two languages, found in that state."""
    return merge(
        base_agenda=of,
        base_body=base,
        theirs=Body(form=base.form, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(BOTH),
    )


def test_a_second_wording_stays_below_a_line_that_was_typed_in_place_of_its_own() -> None:
    of = agenda(annas("Lob", {"text": "Budget", "other_wording": "Geld"}))
    result = after(of, ("Budget", "Kantine und Küche"))

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [
        ("Lob", ""),
        ("Kantine und Küche", "Geld"),
    ]


def test_a_second_wording_stays_where_only_its_line_was_deleted() -> None:
    of = agenda(annas("Lob", {"text": "Budget", "other_wording": "Geld"}))
    result = after(of, (" [ ] Budget\n", ""))

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [("Lob", "Geld")]


def test_a_second_wording_of_a_point_that_is_kept_stands_once() -> None:
    of = agenda(annas("Lob", {"text": "Budget", "other_wording": "Geld", "owner": None}))
    result = after(of, (" [ ] Budget\n", ""), ("▼ 1:1-Agenda (hier schreiben)\n", ""))

    assert [(p.text, p.other_wording) for p in result.agenda.points] == [
        ("Lob", ""),
        ("Budget", "Geld"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "https://intern.example/plan<https://intern.example/plan>",
        "https://intern.example/plan <https://intern.example/plan>",
        f"https://eur01.safelinks.protection.outlook.com/?url={WRAPPED}&data=05&reserved=0",
    ],
)
def test_a_link_that_a_client_wrote_twice_or_wrapped_is_kept_as_it_was_typed(typed: str) -> None:
    of = agenda(annas("Lob"))
    result = after(of, ("Lob\n", f"Lob {typed} lesen\n     Notiz {typed}\n [ ] Neu {typed}\n"))

    assert texts(result.agenda) == [
        "Lob https://intern.example/plan lesen",
        "Neu https://intern.example/plan",
    ]
    assert notes(result.agenda) == ["Notiz https://intern.example/plan"]


def test_a_note_joined_to_the_placeholder_below_it_belongs_to_one_of_them() -> None:
    of = agenda(annas({"text": "Lob", "notes": ["Kantine"]}, {"text": "Ärger", "sensitive": True}))
    result = after(of, ("Kantine\n [ ] (vertr", "Kantine (vertr"))

    assert " ".join([*texts(result.agenda), *notes(result.agenda)]).count("Kantine") == 1


def test_a_placeholder_glued_to_another_line_keeps_what_it_hides() -> None:
    of = agenda(annas("Kantine und Küche", {"text": "Ärger im Team", "sensitive": True}, "Lob"))
    result = after(of, ("Küche\n [ ] (vertr", "Küche(vertr"))

    words = " ".join(texts(result.agenda))
    assert (words.count("Ärger im Team"), words.count("Kantine und Küche")) == (1, 1)


def test_an_action_item_whose_name_was_broken_off_and_to_which_words_were_added_stays_one() -> None:
    of = agenda(annas(), agreed({"text": "Kantine prüfen", "owner": ANNA.address}))
    result = after(of, ("Anna: Kantine prüfen", "Anna:\n - Kantine prüfen und Küche"))

    assert texts(result.agenda) == ["Kantine prüfen und Küche"]


def test_what_is_struck_through_is_written_with_its_tick() -> None:
    of = agenda(annas("Lob"))
    base = written(of, BodyForm.HTML, BOTH)
    result = found(of, base, base.content.replace("[ ] Lob", "<s>[ ] Lob</s>"))

    assert result.agenda.points[0].state is PointState.DISCUSSED
    assert "[x] Lob" in result.body.content


def test_blank_lines_in_a_block_without_fences_leave_nothing_of_it_outside() -> None:
    of = agenda(annas("Urlaub im August", "Kantine und Küche", "Budget für Graz"))
    theirs = shown(of).split("(hier schreiben)\n")[1].replace("\n", "\n\n")
    result = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=theirs[: theirs.index("für Gr") + 6]),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )

    assert result.agenda == of
    assert result.body.content == shown(of)


def test_a_list_pasted_below_the_block_without_its_opening_line_is_taken_whole() -> None:
    of = agenda(annas("Urlaub im August", "Kantine und Küche"))
    lines = shown(of).replace("Urlaub im August", "Urlaub\n- im August").split("\n")
    theirs = "\n".join([*lines, *lines[3:]])
    result = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )

    assert texts(result.agenda) == ["Urlaub", "im August", "Kantine und Küche"]
    assert result.body.content.count("im August") == 1


def test_a_line_typed_once_more_in_both_of_two_blocks_is_one_more() -> None:
    of = agenda(annas("Urlaub", "Budget"), agreed({"text": "Raum", "owner": ANNA.address}))
    block = shown(of).replace(" [ ] Urlaub\n", " [ ] Urlaub\n [ ] Urlaub\n")
    result = merge(
        base_agenda=of,
        base_body=Body(content=shown(of)),
        theirs=Body(content=f"{block}\n\n{block}"),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )

    assert sorted(texts(result.agenda)) == ["Budget", "Raum", "Urlaub", "Urlaub"]
    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("▼ Ordre du jour 1:1 (écrire ici)", "▲ Fin de l'ordre du jour 1:1"),
        ("▼ 1:1议程（在此处书写）", "▲ 1:1议程结束"),
        ("▼ Agenda 1:1 (aquí) / 1:1-Agenda (hier schreiben)", "▲ Fin 1:1 / Ende 1:1-Agenda"),
        ("▼ 1:1-Agenda (hier schreiben)", "▲ Einde 1:1-agenda / end of 1:1 agenda"),
        ("▼ 1:1-Agenda (hier schreiben)", "▲ Fine della 1:1-Agenda / Ende 1:1-Agenda"),
    ],
)
def test_translated_border_lines_are_the_block_still(opening: str, closing: str) -> None:
    of = agenda(annas("Urlaub im August"))
    base = written(of, BodyForm.TEXT, BOTH)
    lines = base.content.split("\n")
    theirs = "\n".join([opening, *lines[1:-1], closing])
    result = found(of, base, f"Hallo\n{theirs}\nGruß 1:1".replace("August", "August neu\n Lob"))

    assert texts(result.agenda) == ["Urlaub im August neu", "Lob"]
    assert result.damage == ()
    assert result.body.content == f"Hallo\n{base.content}\nGruß 1:1".replace(
        "August", "August neu\n [ ] Lob"
    )


def test_a_fence_that_the_source_breaks_in_two_counts_no_more_than_a_whole_one() -> None:
    of = agenda(annas("Lob für die Kantine", "Urlaub im August"))
    base = written(of, BodyForm.HTML, BOTH)
    theirs = f"<div>{base.content}</div>"
    for whole in ("agenda / Ende", "below / Neue", "für die", "im August"):
        assert whole in theirs
        theirs = theirs.replace(whole, whole.replace(" ", "\r\n"))
    result = found(of, base, theirs.replace("Kantine", "Kantine planen"))

    assert texts(result.agenda) == ["Lob für die Kantine planen", "Urlaub im August"]


LINK = "https://vieraugen.example/p/1"


def linked(of: Agenda, before: str, after: str, **told: object) -> MergeResult:
    """Merge a copy that shows the way to the agenda, with one change."""
    known = {"link": LINK, **told}
    block = render(of.shared(), form=BodyForm.TEXT, locale="en", people=PEOPLE, **known)
    assert before in block
    return merge(
        base_agenda=of,
        base_body=Body(content=block),
        theirs=Body(content=block.replace(before, after, 1)),
        ours=of,
        copy_of=ANNA,
        **settings_of(("en", str(known.get("other_locale") or "") or None)),
        **{name: value for name, value in known.items() if name != "other_locale"},
    )


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        (f"More: {LINK} Canteen", "Canteen"),
        (f"More: {LINK}Canteen", "Canteen"),
        (f"More: {LINK} !! Canteen", "Canteen"),
        (f"More: {LINK}\nMore: https://wiki.example/1", "More: https://wiki.example/1"),
    ],
)
def test_words_typed_behind_the_way_to_the_agenda_are_a_point(typed: str, point: str) -> None:
    result = linked(agenda(annas("Lob")), f"More: {LINK}", typed)

    assert texts(result.agenda) == ["Lob", point]
    assert result.body.content.count(LINK) == 1


@pytest.mark.parametrize("person", [ANNA, BEN, None])
@pytest.mark.parametrize("form", list(BodyForm))
@pytest.mark.parametrize(
    "words", ["here)", "(write", "1:1", "end", "New", "below", "More:", "confidential", "only)"]
)
def test_a_word_typed_anywhere_into_our_own_lines_stands_once(
    words: str, form: BodyForm, person: Person | None
) -> None:
    of = agenda(annas("Lob", {"text": "Zank", "sensitive": True}))
    base = written(of, form, BOTH)
    newline = "<br>" if form is BodyForm.HTML else "\n"
    base = replace(base, content=base.content.replace("▲", f"More: {LINK}{newline}▲"))
    for typed in (f"{words} Canteen", f"{words}Canteen", f"Canteen {words}"):
        copy = Copy(
            name="a",
            base_agenda=of,
            base_body=base,
            theirs=replace(base, content=base.content.replace(words, typed, 1)),
            copy_of=person,
        )
        result = merge_copies([copy], ours=of, link=LINK, **settings_of(BOTH))

        assert " ".join(texts(result.agenda)).count("Canteen") == 1
        assert {"Lob"} < set(texts(result.agenda))
        assert any("Zank" in text for text in texts(result.agenda))


def test_words_typed_behind_what_does_not_fit_are_a_point() -> None:
    of = agenda(annas(*(f"Lob {n}" for n in range(20))))
    result = linked(of, f"more: {LINK}", f"more: {LINK} Canteen", budget=300)

    assert [text for text in texts(result.agenda) if "Lob" not in text] == ["Canteen"]


def test_the_way_to_the_agenda_is_nobodys_point_in_two_languages() -> None:
    of, told = agenda(annas("Lob")), {"exposure": Exposure.LINK, "link": None}
    result = linked(of, "▲", "- Canteen\n▲", other_locale="de", **told)

    assert texts(result.agenda) == ["Lob", "Canteen"]
