"""Presses at one moment are done in the order in which they came in, on either database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.agenda import PointState
from core.model.cards import Deed, Verb
from core.model.people import Person
from core.model.received import ReceivedState
from core.model.series import Sheet
from core.service.edit import add_point, set_done
from tests.webhook_app.cards_app import ANNA, BEN, NOW, SERIES, fill
from webhook_app.config import Settings
from webhook_app.hooks import presses
from webhook_app.hooks.presses import take_press
from webhook_app.wiring import App, open_app

MANY = 6


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[App]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = open_app(Settings(data=tmp_path / "data", database_url=url), make=True)
    fill(opened)
    yield opened
    opened.close()


def press(app: App, verb: Verb, mark: str, person: Person = ANNA, **form: str) -> None:
    entry = "" if form else "p1"
    deed = Deed(verb=verb, series=SERIES, entry=entry, mark=mark)
    take_press(app, "teams", deed, person, form, NOW)


def sheet(app: App) -> Sheet:
    with app.store.transaction() as tx:
        found = tx.open_sheet(SERIES)
    assert found is not None
    return found


def state_of_p1(app: App) -> PointState:
    return next(p.state for p in sheet(app).agenda.points if p.point_id == "p1")


def rows(app: App) -> int:
    with app.store.transaction() as tx:
        return len(tx.all_received())


def start(*work: threading.Thread) -> None:
    for thread in work:
        thread.start()


def test_a_slow_press_is_not_overtaken_by_the_next(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anna's phone is slow with "done"; Ben says "not done" right after her: he is the last."""
    real, begun = presses.press, threading.Event()

    def slow(app: App, deed: Deed, *rest: object) -> object:
        if deed.verb is Verb.TICK:
            begun.set()
            time.sleep(0.2)
        return real(app, deed, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(presses, "press", slow)
    first = threading.Thread(target=press, args=(app, Verb.TICK, "m1", ANNA))
    start(first)
    assert begun.wait(10)
    press(app, Verb.UNTICK, "m1", BEN)
    first.join()

    assert state_of_p1(app) is PointState.OPEN
    with app.store.transaction() as tx:
        assert [r.state for r in tx.all_received()] == [ReceivedState.DONE] * 2


def test_of_many_at_once_the_last_received_wins_and_each_is_done(app: App) -> None:
    barrier = threading.Barrier(MANY)

    def one(number: int) -> None:
        barrier.wait(10)
        press(app, Verb.TICK if number % 2 else Verb.UNTICK, f"m{number}", ANNA)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(MANY)]
    start(*threads)
    for thread in threads:
        thread.join()

    with app.store.transaction() as tx:
        kept = tx.all_received()
    assert [r.state for r in kept] == [ReceivedState.DONE] * MANY
    last = PointState.DISCUSSED if '"v": "tick"' in kept[-1].content else PointState.OPEN
    assert state_of_p1(app) is last


def test_of_many_that_add_all_are_kept_in_their_order(app: App) -> None:
    barrier = threading.Barrier(MANY)

    def one(number: int) -> None:
        barrier.wait(10)
        press(app, Verb.ADD_POINT, "m", ANNA, text=f"Punkt {number}")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(MANY)]
    start(*threads)
    for thread in threads:
        thread.join()

    added = [p.text for p in sheet(app).agenda.points if p.text.startswith("Punkt")]
    with app.store.transaction() as tx:
        order = [text for r in tx.all_received() for text in added if f'"{text}"' in r.content]
    assert added == order
    assert len(set(added)) == MANY


def test_the_same_press_that_arrives_twice_at_once_is_done_once(app: App) -> None:
    barrier = threading.Barrier(MANY)

    def one() -> None:
        barrier.wait(10)
        press(app, Verb.ADD_POINT, "m", ANNA, text="Budget")

    threads = [threading.Thread(target=one) for _ in range(MANY)]
    start(*threads)
    for thread in threads:
        thread.join()

    assert [p.text for p in sheet(app).agenda.points].count("Budget") == 1
    assert rows(app) == 1


def test_on_a_page_and_on_a_card_at_once_both_are_kept(app: App) -> None:
    barrier = threading.Barrier(2 * MANY)

    def on_page(number: int) -> None:
        barrier.wait(10)
        add_point(app.services, SERIES, f"Seite {number}", by=BEN.address, now=NOW)
        set_done(app.services, SERIES, "a1", True, by=BEN.address, now=NOW)

    def on_card(number: int) -> None:
        barrier.wait(10)
        press(app, Verb.ADD_POINT, "m", ANNA, text=f"Karte {number}")

    threads = [threading.Thread(target=on_page, args=(n,)) for n in range(MANY)]
    threads += [threading.Thread(target=on_card, args=(n,)) for n in range(MANY)]
    start(*threads)
    for thread in threads:
        thread.join()

    texts = [p.text for p in sheet(app).agenda.points]
    wanted = {f"{where} {n}" for where in ("Seite", "Karte") for n in range(MANY)}
    assert wanted <= set(texts)
    assert len(texts) == len(set(texts))
