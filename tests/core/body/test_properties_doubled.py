"""A block that was pasted, or its lines once more, stands in the agenda once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.body import BodyForm, DamageKind
from core.model.agenda import Agenda
from tests.core.body.manglers.agendas import agendas
from tests.core.body.manglers.clients import cut_at, quoted
from tests.core.body.manglers.edits import add_note, add_words_to_note, tick
from tests.core.body.manglers.lines import page_of
from tests.core.body.manglers.strategies import (
    BASE_WORDS,
    Edited,
    agenda_words,
    all_words,
    by_id,
    edited_copies,
    flavours_for,
    only,
    pages,
    written,
)
from tests.core.body.samples.cases import ANNA

FORMS = st.sampled_from(list(BodyForm))


@given(st.data(), agendas(), FORMS)
def test_words_typed_into_a_block_pasted_into_itself_are_there_once(
    data: st.DataObject, agenda: Agenda, form: BodyForm
) -> None:
    base = written(agenda, form)
    start = page_of(base, agenda)
    typed = data.draw(pages((add_note, add_words_to_note, tick), start=start, most=3))
    page = typed.with_lines([*typed.lines[:-1], *start.lines[1:]])
    flavour = data.draw(st.sampled_from(flavours_for(form)))
    edited = Edited(agenda=agenda, base=base, page=page, theirs=flavour(page), person=ANNA)
    result = edited.merged()

    assert set(by_id(result.agenda)) >= set(by_id(agenda))
    assert only(all_words(result), set(page.typed)) == page.typed
    assert only(agenda_words(result.agenda), BASE_WORDS) == only(agenda_words(agenda), BASE_WORDS)
    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}


@given(edited_copies((), manglers=(quoted,)))
def test_a_quoted_block_is_the_block(edited: Edited) -> None:
    result = edited.merged()

    assert result.agenda == edited.agenda
    assert result.changes == ()


@given(edited_copies((), manglers=()), st.integers(0, 600))
def test_what_a_cut_leaves_of_our_lines_is_never_new(edited: Edited, length: int) -> None:
    result = edited.merged(theirs=cut_at(length)(edited.theirs))

    assert only(agenda_words(result.agenda), BASE_WORDS) == only(
        agenda_words(edited.agenda), BASE_WORDS
    )
    assert set(by_id(result.agenda)) == set(by_id(edited.agenda))
