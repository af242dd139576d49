"""Points moved out of their section: what belongs to them goes along and stays what it is."""

from __future__ import annotations

import pytest

from core.body import Body, BodyForm, merge
from core.model.agenda import Visibility
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas, notes, texts


def test_a_confidential_point_survives_its_placeholder_broken_and_a_half_moved_away() -> None:
    of = agenda(annas({"text": "Ärger", "visibility": "sensitive"}, "Budget"))
    result = after(
        of,
        (" – nur im Gespräch)", " –"),
        ("[ ] Budget\n", "[ ] Budget\n nur im Gespräch)\n"),
        (" [ ] (vertraulich –\n", ""),
        ("Anna\n", " [x] (vertraulich –\n neu\nAnna\n"),
    )

    assert sorted(texts(result.agenda)) == ["Budget", "neu", "Ärger"]
    assert [p.visibility for p in result.agenda.points if p.text == "Ärger"] == [
        Visibility.SENSITIVE
    ]


def test_a_note_that_reads_like_our_count_stays_a_note_where_its_point_is_moved() -> None:
    of = agenda(annas({"text": "anrufen", "notes": ["(2×)"]}))
    result = after(
        of,
        (" [ ] anrufen\n     (2×)\n", ""),
        ("Anna\n", " [ ] anrufen heute\n     (2×)\nneu\nAnna\n"),
    )

    assert notes(result.agenda) == ["(2×)"]


@pytest.mark.parametrize(("note", "drawn"), [("--", "—"), ("&nbsp", "&nbsp")])
def test_a_note_of_signs_is_one_where_its_point_is_moved(note: str, drawn: str) -> None:
    of = agenda(annas({"text": "anrufen", "notes": [note]}, "Lob", "Rad", "Urlaub"))
    line = f" [ ] anrufen\n     {note}\n"
    result = after(of, (line, ""), ("Urlaub\n", f"Urlaub\n [ ] anrufen\n     {drawn}\n -\n"))

    assert texts(result.agenda) == ["Lob", "Rad", "Urlaub", "anrufen"]
    assert notes(result.agenda) == [note]


def test_a_note_that_reads_like_a_heading_stays_below_its_point_where_that_is_moved() -> None:
    of = agenda(annas("Urlaub", {"text": "anrufen", "notes": ["Vereinbart"]}), agreed())
    fence, point = "<b>▼ 1:1-Agenda (hier schreiben)</b>", "<li>[ ] anrufen<br>Vereinbart</li>"
    base = f"{fence}<br><b>Anna</b><ul><li>[ ] Urlaub</li>{point}</ul><b>▲ Ende 1:1-Agenda</b>"
    theirs = base.replace(point, "").replace("<br><b>", f"<ul>{point}</ul><div>neu</div><b>", 1)
    result = merge(
        base_agenda=of,
        base_body=Body(form=BodyForm.HTML, content=base),
        theirs=Body(form=BodyForm.HTML, content=theirs),
        ours=of,
        copy_of=ANNA,
        **settings_of(),
    )

    assert sorted(texts(result.agenda)) == ["Urlaub", "anrufen", "neu"]
    assert notes(result.agenda) == ["Vereinbart"]
