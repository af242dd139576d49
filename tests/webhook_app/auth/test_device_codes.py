"""A forwarded link opens nothing for a stranger: a further browser needs a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model.devices import TypedCode
from core.service.settings import change_person
from tests.core.builders import ANNA, BEN
from tests.webhook_app.auth.link_office import (
    PAGE,
    SECRET,
    Office,
    Offices,
    ask,
    enter,
    known,
    press_open,
    see,
)
from webhook_app.auth.limits import Limits
from webhook_app.jobs.clock import utc_now


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=20)])
def test_a_forwarded_link_opens_nothing_for_a_stranger(office: Office, age: timedelta) -> None:
    known(office)
    stranger, token = office.browser(), office.token(age=age)

    status, text = see(stranger, token)
    assert (status, SECRET in text) == (401, False)
    assert ANNA not in text
    assert "Code schicken" in text
    assert press_open(stranger, token) == 401
    asked = ask(stranger, token)
    assert [m.to for m in office.post.got] == [ANNA]
    assert enter(stranger, token, asked, "000000" if office.post.code() != "000000" else "1") == 422
    assert see(stranger, token)[0] == 401


def test_a_code_makes_a_second_browser_known(office: Office) -> None:
    known(office)
    phone, token = office.browser(), office.token()
    asked = ask(phone, token)

    assert enter(office.browser(), token, "another browser", office.post.code()) == 422
    assert enter(phone, token, asked, office.post.code()) == 303
    assert see(phone, token)[0] == 200
    assert enter(office.browser(), token, asked, office.post.code()) == 422
    assert token not in office.post.got[0].body.text


def test_a_code_ends_after_five_wrong_ones_or_when_a_new_one_was_sent(office: Office) -> None:
    known(office)
    phone, token = office.browser(), office.token()
    asked = ask(phone, token)
    for _ in range(5):
        assert enter(phone, token, asked, "x") == 422
    assert enter(phone, token, asked, office.post.code()) == 422

    first = ask(phone, token)
    old = office.post.code()
    second = ask(phone, token)
    assert enter(phone, token, first, old) == 422
    assert enter(phone, token, second, office.post.code()) == 303


def test_a_code_ends_with_its_time_and_is_nobody_elses(office: Office) -> None:
    known(office)
    known(office, BEN)
    phone, token = office.browser(), office.token()
    asked = ask(phone, token)
    assert enter(phone, office.token(BEN), asked, office.post.code()) == 422

    asked = ask(phone, token)
    with office.world.app.store.transaction() as tx:
        (made,) = tx.nouns(TypedCode, ANNA)
        tx.put_noun(replace(made, expires_at=utc_now()))
    assert enter(phone, token, asked, office.post.code()) == 422


def test_where_nobody_can_be_reached_the_page_says_what_to_do(office: Office) -> None:
    known(office)
    office.post.is_away = True
    form = {"token": office.token(), "back": "/"}

    page = office.browser().post("/auth/device/code", data=form, headers=PAGE)

    assert "vieraugen sign-in" in page.text


def test_who_wants_no_messages_still_gets_the_code_they_asked_for(office: Office) -> None:
    known(office)
    with office.world.app.store.transaction() as tx:
        change_person(tx, ANNA, channels=(), now=utc_now())

    assert ask(office.browser(), office.token())
    assert len(office.post.got) == 1


def test_guessing_and_asking_are_slowed_down(offices: Offices) -> None:
    office = offices(limits=Limits(clock=lambda: 0.0))
    known(office)
    phone, token = office.browser(), office.token()
    asked = [
        phone.post(
            "/auth/device/code",
            data={"token": token},
            headers=PAGE,
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{n}"},
        ).status_code
        for n in range(7)
    ]

    assert asked == [200] * 5 + [429] * 2
    assert len(office.post.got) == 5
