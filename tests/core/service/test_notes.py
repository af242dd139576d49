"""Notes: shared ones for both, private ones for their author alone, and what search finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import Visibility
from core.model.notes import NoteKind, PrivateNote
from core.service import notes
from core.service.edit import add_point
from core.service.search import HitKind, search
from core.service.wording import add_line
from tests.core.builders import ANNA, BEN, CLEO
from tests.core.service.conftest import UID, Company

SECRET = "Zaubertrank"


@pytest.fixture
def talk(company: Company) -> Company:
    company.say_yes()
    return company


def test_both_read_a_shared_note_and_the_author_alone_changes_it(talk: Company) -> None:
    sheet = talk.sheet()
    with talk.store.transaction() as tx:
        kind = NoteKind.DECISION
        note = notes.write_shared(tx, sheet, "a\nb", kind=kind, by=ANNA, now=talk.now)

        assert notes.shared_notes(tx, sheet.series_id) == [note]
        with pytest.raises(InvalidInput):
            notes.change_shared(tx, note, "x", by=BEN, now=talk.now)
        with pytest.raises(InvalidInput):
            notes.remove_shared(tx, note, by=BEN)
        notes.remove_shared(tx, note, by=ANNA)
        assert notes.shared_notes(tx, sheet.series_id) == []


def test_the_same_key_is_the_same_note(talk: Company) -> None:
    later = talk.now + timedelta(minutes=1)
    with talk.store.transaction() as tx:
        for now in (talk.now, later):
            notes.write_shared(tx, talk.sheet(), "x", kind=NoteKind.NOTE, by=ANNA, now=now, key="k")
            notes.write_private(tx, talk.sheet(), "x", by=ANNA, now=now, key="k")

        assert len(notes.shared_notes(tx, talk.sheet().series_id)) == 1
        assert len(tx.nouns(PrivateNote)) == 1


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_a_note_has_words_and_an_end(talk: Company, text: str) -> None:
    with talk.store.transaction() as tx, pytest.raises(InvalidInput):
        notes.write_private(tx, talk.sheet(), text, by=ANNA, now=talk.now)


def test_a_third_person_writes_no_note(talk: Company) -> None:
    with talk.store.transaction() as tx, pytest.raises(NotFound):
        notes.write_shared(tx, talk.sheet(), "spy", kind=NoteKind.NOTE, by=CLEO, now=talk.now)


def test_nobody_notes_below_anothers_draft(talk: Company) -> None:
    series = talk.series().series_id
    draft = add_point(
        talk.services, series, SECRET, by=ANNA, now=talk.now, visibility=Visibility.PRIVATE
    )
    with talk.store.transaction() as tx:
        sheet = tx.open_sheet(series)
        assert sheet is not None
        with pytest.raises(NotFound):
            notes.write_private(tx, sheet, "x", entry=draft.point_id, by=BEN, now=talk.now)


@pytest.mark.capability("F-14")
def test_a_private_note_is_its_authors_alone(talk: Company) -> None:
    with talk.store.transaction() as tx:
        note = notes.write_private(tx, talk.sheet(), SECRET, by=ANNA, now=talk.now)
        pair = tx.pair(talk.sheet().pair_id)
        assert pair is not None

        assert notes.private_notes(tx, pair, ANNA) == [note]
        assert notes.private_notes(tx, pair, BEN) == []
        with pytest.raises(NotFound):
            notes.change_private(tx, note.note_id, "x", by=BEN, now=talk.now)
        with pytest.raises(NotFound):
            notes.remove_private(tx, note.note_id, by=BEN)


def test_drafts_and_private_notes_reach_no_body_and_no_happening(talk: Company) -> None:
    series = talk.series().series_id
    add_point(talk.services, series, SECRET, by=ANNA, now=talk.now, visibility=Visibility.PRIVATE)
    with talk.store.transaction() as tx:
        before = len(tx.happenings())
        notes.write_private(tx, talk.sheet(), SECRET, by=BEN, now=talk.now)
        assert len(tx.happenings()) == before
    talk.sync()

    for person in (ANNA, BEN):
        assert SECRET not in talk.clients.body(person, UID, talk.start())


@pytest.mark.capability("F-22")
def test_search_finds_own_words_and_no_others_secrets(talk: Company) -> None:
    series, services = talk.series().series_id, talk.services
    kinds = {Visibility.SHARED: "eins", Visibility.SENSITIVE: "zwei", Visibility.PRIVATE: "drei"}
    for visibility, mark in kinds.items():
        text = f"{SECRET} {mark}"
        point = add_point(services, series, text, by=ANNA, now=talk.now, visibility=visibility)
        add_line(services, series, point.point_id, f"Zeile {mark}", by=ANNA, now=talk.now)
    with talk.store.transaction() as tx:
        sheet = tx.open_sheet(series)
        assert sheet is not None
        notes.write_private(tx, sheet, f"{SECRET} p", by=ANNA, now=talk.now)
        notes.write_shared(tx, sheet, f"{SECRET} n", kind=NoteKind.NOTE, by=BEN, now=talk.now)
        pair = tx.pair(sheet.pair_id)
        assert pair is not None

        def found(by: str | None, query: str = SECRET.lower()) -> set[HitKind]:
            return {h.kind for h in search(tx, [pair], query, by=by, private=True)}

        shared = {HitKind.POINT, HitKind.NOTE}
        assert found(ANNA) == shared | {HitKind.DRAFT, HitKind.PRIVATE_NOTE}
        assert found(BEN) == shared
        assert found(None) == shared
        assert found(ANNA, "zeile ZWEI") == set()
        assert found(BEN, "zeile eins trank") == {HitKind.POINT}


def test_after_the_end_of_a_pair_search_stays_before_it(talk: Company) -> None:
    add_point(talk.services, talk.series().series_id, SECRET, by=ANNA, now=talk.now)
    with talk.store.transaction() as tx:
        pair = tx.pair(talk.sheet().pair_id)
        assert pair is not None
        ended = replace(pair, ended=talk.start())

        assert search(tx, [ended], SECRET, by=BEN, private=True) == []


@pytest.mark.parametrize("query", ["", "  ", "x" * 201])
def test_an_empty_or_giant_search_is_refused(talk: Company, query: str) -> None:
    with talk.store.transaction() as tx, pytest.raises(InvalidInput):
        search(tx, [], query, by=ANNA, private=True)
