"""A body that a host keeps as text and as HTML: which of the two is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from core.body import MergeResult, merge
from core.body.rich import forms_of
from core.model.agenda import Agenda
from core.model.calendar import Body, BodyForm
from tests.core.body.manglers.strategies import settings_of, written
from tests.core.body.samples.cases import ANNA
from tests.core.body.test_lines_and_their_meaning import agenda, annas, shown

TEXT, RICH = "Hallo\nBudget", "<p>Hallo</p><p>Budget</p>"
EDITED, RICH_EDITED = "Hallo\nBudget 2", "<p>Hallo</p><p>Budget 3</p>"


@pytest.mark.parametrize(
    ("text", "rich", "base", "read"),
    [
        (TEXT, None, None, [TEXT]),
        (TEXT, RICH, None, [TEXT]),
        (TEXT, RICH, EDITED, [TEXT]),
        (EDITED, RICH, TEXT, [EDITED]),
        (TEXT, RICH_EDITED, TEXT, [TEXT, RICH_EDITED]),
        (EDITED, RICH_EDITED, TEXT, [EDITED, RICH_EDITED]),
        (EDITED, RICH_EDITED, None, [EDITED, RICH_EDITED]),
        (" \n", RICH, "", ["Hallo\nBudget"]),
        (" \n", RICH, None, [" \n", RICH]),
    ],
)
def test_what_somebody_edited_is_read_in_either_form(
    text: str, rich: str | None, base: str | None, read: list[str]
) -> None:
    known = None if base is None else Body(content=base)
    forms = forms_of(Body(content=text, rich=rich), known)

    assert [form.content for form in forms] == read
    assert [form.form for form in forms] == [BodyForm.TEXT, BodyForm.HTML][: len(forms)]
    assert all(form.rich is None for form in forms)


def test_where_the_text_was_always_blank_the_other_form_is_the_text() -> None:
    (form,) = forms_of(Body(content=" ", rich=RICH), Body(content="", rich=RICH))

    assert form == Body(content=TEXT)


OF: Final = agenda(annas("Urlaub"))


def merged(base: str, text: str, rich: str) -> Body:
    """Merge Anna's copy."""
    result = merge(
        base_agenda=OF,
        base_body=Body(content=base),
        theirs=Body(content=text, rich=rich),
        ours=OF,
        copy_of=ANNA,
        **settings_of(),
    )
    return result.body


def test_what_stands_around_the_block_in_one_form_alone_is_kept_below_it() -> None:
    phone, words = "Von meinem iPhone gesendet", "Bitte pünktlich"
    text = shown(OF).replace("\n▲", f"\n{phone}\n▲")
    rich = f"<p>{words}</p>{written(OF, BodyForm.HTML).content}"

    assert merged(shown(OF), text, rich) == Body(content=f"{shown(OF)}\n{phone}\n{words}")


def test_what_stands_around_the_block_in_a_form_that_nobody_edited_is_not_kept() -> None:
    base = f"Hallo\n{shown(OF)}"
    text = f"Guten Tag\n{shown(OF).replace('[ ] Urlaub', 'Urlaub neu')}"
    body = merged(base, text, base.replace("\n", "<br>"))

    assert body.content == text


TWO: Final = agenda(annas("Urlaub", "Lob"))
BEFORE: Final = Body(content=shown(TWO), rich=written(TWO, BodyForm.HTML).content)


def two(base: Body, theirs: Body, of: Agenda = TWO) -> MergeResult:
    """Merge Anna's copy of two points in two forms."""
    call = {"copy_of": ANNA, **settings_of()}
    return merge(base_agenda=of, base_body=base, theirs=theirs, ours=of, **call)


def test_a_form_that_shows_what_is_no_longer_so_is_dropped_and_never_read_back() -> None:
    ticked = replace(BEFORE, content=BEFORE.content.replace("[ ] Lob", "[x] Lob"))
    first = two(BEFORE, ticked)
    again = two(ticked, ticked, first.agenda)

    assert (first.write, first.body) == (True, replace(ticked, rich=None))
    assert (again.agenda, again.changes) == (first.agenda, ())


def test_a_form_that_its_host_always_makes_otherwise_is_not_written_for_ever() -> None:
    made = replace(BEFORE, rich=f"{BEFORE.rich}<hr>{BEFORE.rich}")
    written_once = replace(BEFORE, rich=None)

    for base in (written_once, made):
        result = two(base, made)
        assert (result.agenda, result.write) == (TWO, False)


def test_an_edit_of_a_form_that_was_old_already_takes_nothing_back() -> None:
    ticked = replace(BEFORE, content=BEFORE.content.replace("[ ] Lob", "[x] Lob"))
    of = two(BEFORE, ticked).agenda
    rich = (BEFORE.rich or "").replace("<li>[ ] Lob</li>", "<li>[ ] Lob</li><li>Rad</li>")
    result = two(ticked, replace(ticked, rich=rich), of)

    assert [(p.text, p.state.value) for p in result.agenda.points] == [
        ("Urlaub", "open"),
        ("Lob", "discussed"),
        ("Rad", "open"),
    ]


def test_another_order_in_one_form_alone_is_seen() -> None:
    lines = "<li>[ ] Urlaub</li><li>[ ] Lob</li>"
    rich = (BEFORE.rich or "").replace(lines, "<li>[ ] Lob</li><li>[ ] Urlaub</li>")
    result = two(BEFORE, replace(BEFORE, rich=rich))

    assert [point.text for point in result.agenda.points] == ["Lob", "Urlaub"]


def test_a_form_whose_host_dropped_all_boxes_shows_the_same_still() -> None:
    base = replace(BEFORE, rich=(BEFORE.rich or "").replace("[ ] ", ""))
    theirs = replace(base, content=f"{BEFORE.content}\n\nHallo")

    assert not two(base, theirs).write


def test_an_old_form_is_dropped_where_only_what_stands_beside_the_block_has_changed() -> None:
    base = replace(BEFORE, content=BEFORE.content.replace("[ ] Lob", "[x] Lob"))
    of = two(BEFORE, base).agenda
    theirs = replace(base, content=f"{base.content}\n\nHallo")
    call = {"base_agenda": of, "ours": of, "copy_of": ANNA, **settings_of()}

    assert merge(base_body=base, theirs=theirs, **call).body == replace(theirs, rich=None)
