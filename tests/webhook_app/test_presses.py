"""Presses on cards are kept, carried out in order and once, and no private word stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import OneOnOneError
from core.model.agenda import PointState
from core.model.cards import Deed, Verb
from core.model.people import Person
from core.model.received import ReceivedKind, ReceivedState
from tests.webhook_app.cards_app import ANNA, BEN, CLEO, NOW, SERIES
from tests.webhook_app.test_inbox import app, push, rows, states
from webhook_app.hooks import presses
from webhook_app.hooks.inbox import forget_old, work_off
from webhook_app.hooks.presses import LOST, take_press
from webhook_app.hooks.rows import KEPT
from webhook_app.wiring import App

__all__ = ["app"]


def press(app: App, verb: Verb, entry: str = "p1", person: Person = ANNA, **form: str) -> None:
    deed = Deed(verb=verb, series=SERIES, entry=entry, mark="m")
    take_press(app, "teams", deed, person, form, NOW)


def state_of(app: App, point: str = "p1") -> PointState:
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
    assert sheet is not None
    return next(p.state for p in sheet.agenda.points if p.point_id == point)


def test_a_press_is_a_row_that_is_done(app: App) -> None:
    press(app, Verb.TICK)

    (row,) = rows(app)
    assert (row.suite, row.kind, row.state) == ("teams", ReceivedKind.PRESS, ReceivedState.DONE)
    assert state_of(app) is PointState.DISCUSSED


def test_a_press_that_lost_its_process_is_carried_out_in_its_order(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(presses, "press", killed)
        with pytest.raises(KeyboardInterrupt):
            press(app, Verb.TICK)
    assert states(app) == ["waiting"]
    assert state_of(app) is PointState.OPEN
    take_press(
        app,
        "teams",
        Deed(verb=Verb.UNTICK, series=SERIES, entry="p1", mark="n"),
        ANNA,
        {},
        NOW + LOST,
    )

    assert states(app) == ["done", "done"]
    assert state_of(app) is PointState.OPEN
    work_off(app, NOW + 2 * LOST)
    assert state_of(app) is PointState.OPEN


def test_replaying_a_press_does_it_once_only(app: App) -> None:
    press(app, Verb.ADD_POINT, text="Budget")
    with app.store.transaction() as tx:
        tx.replay_received(rows_id := tx.all_received()[0].received_id, NOW)

    work_off(app, NOW)

    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
        assert tx.received(rows_id).state is ReceivedState.DONE  # type: ignore[union-attr]
    assert sheet is not None
    assert [p.text for p in sheet.agenda.points].count("Budget") == 1


def test_no_word_of_a_private_note_is_kept(app: App, tmp_path: Path) -> None:
    press(app, Verb.ADD_NOTE, entry="", text="he seems tired")

    (row,) = rows(app)
    assert row.content == ""
    assert row.state is ReceivedState.DONE
    with app.store.transaction() as tx:
        tx.replay_received(row.received_id, NOW)
    work_off(app, NOW)
    assert rows(app)[0].state is ReceivedState.FAILED
    assert "write it again" in rows(app)[0].trouble


def test_words_of_a_press_are_sealed(app: App, tmp_path: Path) -> None:
    press(app, Verb.ADD_POINT, text="Xylophonsteuer")

    assert "Xylophonsteuer" in rows(app)[0].content
    raw = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("*.db*"))
    assert b"Xylophonsteuer" not in raw


def test_a_third_person_s_press_fails_and_is_seen(app: App) -> None:
    with pytest.raises(OneOnOneError):
        press(app, Verb.TICK, person=CLEO)

    assert states(app) == ["failed"]
    assert state_of(app) is PointState.OPEN


def test_rows_go_after_their_time_and_waiting_ones_stay(app: App) -> None:
    press(app, Verb.TICK, person=BEN)
    push(app)

    forget_old(app, NOW + KEPT + timedelta(seconds=1))

    assert states(app) == ["waiting"]
