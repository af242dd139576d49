"""Somebody's own link opens where they are, and there it stays open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from core.errors import InvalidInput
from core.model.access import Session, Via
from core.model.devices import Device
from tests.core.builders import ANNA, BEN
from tests.webhook_app.auth.link_office import (
    PAGE,
    ROOT,
    SECRET,
    Office,
    Offices,
    ask,
    enter,
    known,
    press_open,
    see,
)
from webhook_app.auth import sessions
from webhook_app.auth.devices import FIRST_LIFE, LIFE, rule
from webhook_app.config import Settings, load
from webhook_app.jobs.clock import utc_now


def test_the_first_browser_opens_it_by_a_press_and_stays_known(office: Office) -> None:
    client, token = office.browser(), office.token()

    status, text = see(client, token)
    assert (status, SECRET in text) == (401, False)
    assert "Meine Seite öffnen" in text
    assert press_open(client, token) == 303
    status, text = see(client, token)
    assert (status, SECRET in text) == (200, True)
    assert see(client, office.token())[0] == 200


def test_looking_alone_makes_no_browser_known(office: Office) -> None:
    scanner, token = office.browser(), office.token()
    for _ in range(2):
        assert see(scanner, token)[0] == 401
        scanner.head(f"/me/{token}/")
    assert scanner.get("/auth/device/open", headers=PAGE).status_code == 405

    assert press_open(office.browser(), token) == 303


def test_an_old_or_broken_link_opens_no_door(office: Office) -> None:
    old = office.token(age=FIRST_LIFE + timedelta(seconds=1))

    assert press_open(office.browser(), old) == 401
    assert press_open(office.browser(), "nonsense") == 422
    assert ask(office.browser(), "nonsense") == ""
    assert office.post.got == []


def test_who_signed_in_needs_no_code(office: Office) -> None:
    known(office)
    client = office.browser()
    with office.world.app.store.transaction() as tx:
        cookie = sessions.start(tx, ANNA, Via.MAIL, utc_now())
    client.set_cookie("__Host-vieraugen", cookie)

    assert see(client, office.token())[0] == 200
    assert see(client, office.token(BEN))[0] == 401


def test_the_event_s_link_opens_on_a_known_browser_without_sign_in(office: Office) -> None:
    client, series = known(office), office.world.company.series().series_id

    answer = client.get(f"/my/talk/{series}", headers=PAGE)
    assert (answer.status_code, SECRET in answer.text) == (200, True)
    assert client.get("/api/v1/me").get_json()["via"] == "link"
    assert office.browser().get(f"/my/talk/{series}", headers=PAGE).location == "/auth/sign-in"
    forged = client.post(f"/my/do/{series}", data={"what": "add", "text": "x"}, headers=PAGE)
    assert forged.status_code == 403


def test_two_people_may_share_a_browser_and_neither_is_taken_for_the_other(office: Office) -> None:
    client = known(office)
    assert press_open(client, office.token(BEN)) == 303

    assert see(client, office.token(ANNA))[0] == 200
    assert see(client, office.token(BEN))[0] == 200
    assert client.get("/my/", headers=PAGE).location == "/auth/sign-in"


def test_the_cookie_is_pinned_to_this_host_and_no_script_reads_it(office: Office) -> None:
    form = {"token": office.token(), "back": "//evil.example"}

    answer = office.browser().post("/auth/device/open", data=form)

    assert answer.location == "/"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-vieraugen-device=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    with office.world.app.store.transaction() as tx:
        (device,) = tx.nouns(Device, ANNA)
    assert device.device_id not in cookie


def test_a_known_browser_is_forgotten_after_half_a_year(office: Office) -> None:
    client = known(office)
    with office.world.app.store.transaction() as tx:
        (device,) = tx.nouns(Device, ANNA)
        tx.put_noun(replace(device, expires_at=device.expires_at - LIFE))

    assert see(client, office.token())[0] == 401


def test_other_browsers_are_forgotten_at_a_press(office: Office) -> None:
    first, phone, token = known(office), office.browser(), office.token()
    assert enter(phone, token, ask(phone, token), office.post.code()) == 303
    with office.world.app.store.transaction() as tx:
        sessions.start(tx, ANNA, Via.MAIL, utc_now())

    assert phone.post(f"/me/{token}/forget-browsers", headers=PAGE).status_code == 303

    assert see(phone, token)[0] == 200
    assert see(first, token)[0] == 401
    with office.world.app.store.transaction() as tx:
        assert list(tx.nouns(Session, ANNA)) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_path_below_a_link_opens_in_an_unknown_browser(office: Office, method: str) -> None:
    """Every page, script's question and button: the access matrix of a forwarded link."""
    known(office)
    stranger, token = office.browser(), office.token()
    series = office.world.company.series().series_id
    tried = 0
    for path_rule in office.world.flask.url_map.iter_rules():
        if not path_rule.rule.startswith("/me/<token>") or method not in (path_rule.methods or ()):
            continue
        path = path_rule.rule.replace("<token>", token).replace("<series_id>", series)
        path = re.sub(r"<[^>]+>", "x", path)
        for headers in (PAGE, {}):
            answer = stranger.open(path, method=method, headers=headers, data={"what": "add"})
            tried += 1
            assert answer.status_code in (401, 308), path
            assert SECRET not in answer.text
    assert tried > 10


def test_a_link_begins_no_session_in_an_unknown_browser(office: Office) -> None:
    known(office)
    answer = office.browser().get(f"/auth/link/{office.token()}?to=/api/v1/me", headers=PAGE)

    assert answer.status_code == 401
    assert "vieraugen=" not in str(answer.headers)
    assert known_session(known_again(office)) == 303


def known_again(office: Office) -> FlaskClient:
    phone, token = office.browser(), office.token()
    assert enter(phone, token, ask(phone, token), office.post.code()) == 303
    phone.environ_base["vieraugen.token"] = token
    return phone


def known_session(client: FlaskClient) -> int:
    token = client.environ_base["vieraugen.token"]
    return client.get(f"/auth/link/{token}?to=/api/v1/me", headers=PAGE).status_code


def test_a_pane_that_a_host_has_proved_needs_no_cookie(office: Office) -> None:
    known(office)
    proven = office.world.app.links.token_of(ANNA, utc_now(), proven=True)
    stale = office.world.app.links.token_of(ANNA, utc_now() - timedelta(hours=25), proven=True)

    assert see(office.browser(), proven)[0] == 200
    assert see(office.browser(), stale)[0] == 422


def test_with_code_alone_no_press_opens_and_with_open_every_link_does(offices: Offices) -> None:
    strict, lax = offices(new_devices="code"), offices(new_devices="open")

    assert "Code schicken" in see(strict.browser(), strict.token())[1]
    assert press_open(strict.browser(), strict.token()) == 401
    assert see(lax.browser(), lax.token())[0] == 200


def test_a_link_to_this_very_machine_reaches_no_other(tmp_path: Path) -> None:
    assert rule(Settings(data=tmp_path)) == "open"
    assert rule(Settings(data=tmp_path, public_url=ROOT)) == "first"
    with pytest.raises(InvalidInput, match="new_devices"):
        load(str(tmp_path), {"VIERAUGEN_NEW_DEVICES": "never"})


def test_english_readers_read_english(office: Office) -> None:
    answer = office.browser().get(
        f"/me/{office.token()}/", headers={**PAGE, "Accept-Language": "en"}
    )

    assert "Open my page" in answer.text
    assert 'lang="en"' in answer.text
