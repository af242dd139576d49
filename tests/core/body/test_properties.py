"""Whatever people type and clients do to one copy, no word is lost or doubled."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.body import BodyForm, has_block
from core.model.agenda import Agenda, Entry, TalkingPoint, Visibility
from core.model.people import Person
from tests.core.body.manglers.agendas import agendas, odd_texts
from tests.core.body.manglers.clients import ALL_MANGLERS, ansi
from tests.core.body.manglers.edits import ALL, CALM
from tests.core.body.manglers.lines import Page
from tests.core.body.manglers.strategies import (
    BASE_WORDS,
    LANGUAGES,
    OWNERS,
    Edited,
    agenda_words,
    all_words,
    by_id,
    edited_copies,
    looks,
    only,
    written,
)
from tests.core.body.words import count_words, plain

SIGNS = frozenset(count_words("TODO AI @Anna Ben: bis Freitag by 12 June bis 12.06."))
"""Words that become an owner or a due day where a point is moved below what is agreed."""
GENTLE = tuple(mangler for mangler in ALL_MANGLERS if mangler is not ansi)


@given(edited_copies(ALL))
@pytest.mark.capability("F-02")
def test_every_typed_word_is_there_as_often_as_typed(edited: Edited) -> None:
    result = edited.merged()

    assert only(all_words(result), set(edited.page.typed)) == edited.page.typed


@given(edited_copies(CALM))
def test_words_of_ours_are_neither_lost_nor_doubled(edited: Edited) -> None:
    result = edited.merged()

    assert only(all_words(result), BASE_WORDS) == only(agenda_words(edited.agenda), BASE_WORDS)


@given(edited_copies(ALL))
def test_split_and_joined_lines_keep_all_their_words(edited: Edited) -> None:
    result = edited.merged()
    before = only(agenda_words(edited.agenda), BASE_WORDS)
    after = only(all_words(result), BASE_WORDS)

    assert after <= before
    if not edited.page.deleted:
        assert after == before


@given(edited_copies(ALL))
def test_every_item_of_ours_that_nobody_deleted_is_there(edited: Edited) -> None:
    lost = set(by_id(edited.agenda)) - set(by_id(edited.merged().agenda))
    touched = edited.page.deleted | edited.page.changed

    assert looks(edited.agenda, lost) <= looks(edited.agenda, touched)


@given(edited_copies(CALM))
def test_untouched_items_keep_their_words_owner_and_secrecy(edited: Edited) -> None:
    before, after = by_id(edited.agenda), by_id(edited.merged().agenda)

    unclear = {_line(before[name]) for name in edited.page.changed}
    for name in set(before) - edited.page.changed:
        if _line(before[name]) in unclear:
            continue  # of several equal lines nobody can say which one was edited
        assert plain(after[name].text) == plain(before[name].text)
        assert after[name].owner == before[name].owner
        if isinstance(entry := before[name], TalkingPoint):
            assert entry.visibility is Visibility.SHARED or _hidden(after[name])


@given(edited_copies(CALM))
def test_a_tick_is_read_and_none_is_invented(edited: Edited) -> None:
    before, after = by_id(edited.agenda), by_id(edited.merged().agenda)

    # Of lines that read alike nobody can say which one was ticked: they are counted together.
    wanted, found = Counter[str](), Counter[str]()
    for name in set(before) - edited.page.changed:
        wanted[_line(before[name])] += name in edited.page.ticked or _is_done(before[name])
        found[_line(before[name])] += _is_done(after[name])
    assert found == wanted


@given(edited_copies(ALL))
def test_merging_the_result_again_changes_nothing(edited: Edited) -> None:
    first = edited.merged()
    base = first.body if first.write else edited.theirs
    again = Edited(
        agenda=first.agenda,
        base=base,
        page=edited.page,
        theirs=base,
        person=edited.person,
        language=edited.language,
    ).merged()

    assert again.agenda == first.agenda
    assert again.changes == ()
    assert again.write is False


@given(edited_copies(ALL))
def test_a_crash_between_write_and_record_doubles_nothing(edited: Edited) -> None:
    first = edited.merged()
    echo = edited.merged(ours=first.agenda, theirs=first.body if first.write else edited.theirs)

    assert agenda_words(echo.agenda) == agenda_words(first.agenda)
    assert set(by_id(echo.agenda)) == set(by_id(first.agenda))


@given(edited_copies((), manglers=GENTLE))
def test_what_a_client_alone_does_is_never_written_back(edited: Edited) -> None:
    result = edited.merged()

    assert result.agenda == edited.agenda
    assert result.changes == ()
    assert result.write is False


@given(
    agendas() | agendas(words=odd_texts()),
    st.sampled_from(list(BodyForm)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(OWNERS),
)
def test_what_was_rendered_is_read_as_it_was(
    agenda: Agenda, form: BodyForm, language: tuple[str, str | None], person: Person | None
) -> None:
    body = written(agenda, form, language)
    edited = Edited(
        agenda=agenda,
        base=body,
        page=Page(lines=()),
        theirs=body,
        person=person,
        language=language,
    )
    result = edited.merged()

    assert has_block(body)
    assert result.agenda == agenda
    assert result.body == body
    assert result.write is False


@given(st.data(), agendas(words=odd_texts()))
def test_words_typed_among_odd_items_are_there_as_often_as_typed(
    data: st.DataObject, agenda: Agenda
) -> None:
    edited = data.draw(edited_copies(CALM, agenda=agenda))
    result = edited.merged()

    assert only(all_words(result), set(edited.page.typed)) == edited.page.typed
    assert set(agenda_words(agenda) - all_words(result)) <= SIGNS
    assert set(by_id(agenda)) - set(by_id(result.agenda)) - edited.page.changed == set()


@given(st.data(), agendas(words=odd_texts()))
def test_odd_items_survive_every_client(data: st.DataObject, agenda: Agenda) -> None:
    edited = data.draw(edited_copies((), manglers=GENTLE, agenda=agenda))
    result = edited.merged()

    assert result.agenda == agenda
    assert result.write is False


@given(edited_copies(ALL))
def test_secret_words_never_stand_in_a_written_body(edited: Edited) -> None:
    result = edited.merged()
    secret = [
        entry.text
        for entry in by_id(result.agenda).values()
        if isinstance(entry, TalkingPoint) and entry.visibility is not Visibility.SHARED
    ]
    typed = set(edited.page.typed)
    shown = plain(result.body.content).casefold()

    if result.write:
        words = {word for text in secret for word in plain(text).casefold().split()}
        assert [word for word in words & typed if word in shown] == []


def _line(entry: Entry) -> str:
    """What an entry's line reads like, but for its box."""
    what = "(hidden)" if _hidden(entry) else plain(entry.text).casefold()
    return what if isinstance(entry, TalkingPoint) else f"{entry.owner}: {what}"


def _hidden(entry: object) -> bool:
    return isinstance(entry, TalkingPoint) and entry.visibility is not Visibility.SHARED


def _is_done(entry: object) -> bool:
    return str(getattr(entry, "state", "")) in ("discussed", "done")
