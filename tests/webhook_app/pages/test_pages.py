"""The pages as programs see them: who gets in, what every button does, what is never shown."""

from __future__ import annotations

import re

import pytest

from core.model.agenda import PointState
from core.model.suggestions import Channel, Mute, RuleId, Suggestion
from core.service.suggest import suggestions_for
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.pages.hands import Hand, link, talk
from tests.webhook_app.world import World, Worlds
from webhook_app.jobs.clock import utc_now
from webhook_app.pages.acts import ACTS

PARTS = ("", "/meet", "/walk", "/inbox", "/history", "/history?q=x", "/where", "/settings")
SCRIPT = "<script>alert(1)</script>\"'&amp;"


def test_every_page_is_for_the_two_alone(world: World) -> None:
    client, series = world.flask.test_client(), world.company.series().series_id

    for part in PARTS:
        assert client.get(talk(world, ANNA, part)).status_code == 200
        assert client.get(talk(world, CLEO, part)).status_code == 404
        assert client.get(f"/my/talk/{series}{part}").status_code == 401


def test_no_button_works_for_a_third_person(world: World, anna: Hand) -> None:
    entry, cleo = anna.add("Urlaub"), Hand(world, CLEO)
    before = world.company.agenda()

    fields = {"entry": entry, "text": "x", "question": "x", "suggestion": "x"}
    answers = {what: cleo.press(what, **fields) for what in ACTS}

    assert set(answers.values()) == {404}
    assert world.company.agenda() == before


def test_garbage_in_every_field_is_refused_or_does_nothing(world: World, anna: Hand) -> None:
    before = world.company.agenda().points
    names = ("entry", "owner", "due", "question", "suggestion", "template", "language")
    for what in sorted(set(ACTS) - {"stop", "hold-place"}):
        for words in ("\x00", "x" * 3000, "../../etc", "🧨" * 500):
            fields = dict.fromkeys(names, words)
            status = anna.press(what, **fields, visibility=words)
            assert status in (303, 404, 422), (what, words[:9])

    assert world.company.agenda().points == before


def test_no_word_that_people_type_becomes_markup(world: World, anna: Hand, ben: Hand) -> None:
    point = anna.add(SCRIPT)
    anna.press("note", entry=point, text=SCRIPT)
    anna.press("reword", entry=point, text=f"{SCRIPT}2", base="other")
    anna.press("add-item", text=SCRIPT, owner=BEN)
    anna.press("inbox-add", text=SCRIPT)
    anna.press("private", note=f"</textarea>{SCRIPT}")

    for part in (*PARTS, f"/history?q={SCRIPT}"):
        for hand in (anna, ben):
            text = hand.see(part)
            assert "<script>alert" not in text
            assert "</textarea><script" not in text
    home = anna.client.get(link(world, ANNA)).text
    assert "<script>alert" not in home


def test_a_button_leads_back_to_our_pages_only(world: World, anna: Hand) -> None:
    root, series = link(world, ANNA), world.company.series().series_id

    for back in ("https://evil.example", "//evil.example", "javascript:alert(1)", "home"):
        fields = {"what": "add", "text": "x", "back": back}
        assert anna.client.post(f"{root}do/{series}", data=fields).location == root
    fields = {"what": "add", "text": "y", "back": "meet"}
    answer = anna.client.post(f"{root}do/{series}", data=fields)
    assert answer.location == f"{root}talk/{series}/meet"


def test_an_unchanged_page_is_not_sent_twice(world: World, anna: Hand) -> None:
    url = talk(world, ANNA)
    first = anna.client.get(url)
    again = anna.client.get(url, headers={"if-none-match": first.headers["etag"]})
    anna.add("Neu")
    after = anna.client.get(url, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert after.status_code == 200
    assert after.headers["cache-control"] == "no-store"


def test_a_link_hides_confidential_words_and_a_sign_in_shows_them(world: World, anna: Hand) -> None:
    anna.add("Gehalt ansprechen", visibility="sensitive")

    assert "Gehalt" not in anna.see()
    assert "/auth/sign-in" in anna.see()
    signed_in = world.browser(ANNA).get(f"/my/talk/{world.company.series().series_id}")
    assert "Gehalt ansprechen" in signed_in.text
    assert "csrf" in signed_in.text


def test_signed_in_a_button_without_the_csrf_field_is_refused(world: World) -> None:
    browser = world.browser(ANNA)
    url = f"/my/do/{world.company.series().series_id}"
    csrf = browser.environ_base.pop("HTTP_X_CSRF_TOKEN")

    assert browser.post(url, data={"what": "add", "text": "x"}).status_code == 403
    assert browser.post(url, data={"what": "add", "text": "x", "csrf": csrf}).status_code == 303
    assert browser.get("/").location == "/my/"


def test_carry_and_take_twice_are_once(world: World, anna: Hand) -> None:
    entry = anna.add("Später")

    for what in ("carry", "carry"):
        assert anna.press(what, entry=entry) == 303
    assert world.company.agenda().points == ()
    assert "Später" in anna.see("/inbox")
    for what in ("inbox-take", "inbox-take"):
        assert anna.press(what, entry=entry) == 303

    assert [p.text for p in world.company.agenda().points] == ["Später"]


@pytest.mark.capability("C-16")
def test_own_notes_are_kept_changed_and_taken_away(world: World, anna: Hand, ben: Hand) -> None:
    anna.press("private", note="Meine Notiz\nzweite Zeile", base="")
    assert "Meine Notiz\nzweite Zeile" in anna.see()
    assert "Meine Notiz" not in ben.see()

    anna.press("private", note="Neu", base="Meine Notiz\nzweite Zeile")
    assert "zweite Zeile" not in anna.see()
    anna.press("private", note="Aus dem anderen Fenster", base="Meine Notiz\nzweite Zeile")
    text = anna.see()
    assert "Neu" in text
    assert "Aus dem anderen Fenster" in text
    anna.press("private", note="", base=_shown(text))

    assert "Neu" not in anna.see()


def _shown(text: str) -> str:
    found = re.search(r'name="base" value="(Neu[^"]*)"', text)
    assert found is not None
    return found.group(1)


def test_a_template_a_form_of_address_and_a_language_can_be_chosen(
    world: World, anna: Hand, ben: Hand
) -> None:
    assert anna.press("template", template="walk", back="settings") == 303
    assert anna.press("template", template="nothing") == 404
    assert anna.press("address-form", formal="sie", language="de") == 303
    assert anna.press("address-form", formal="sie", language="fr") == 422

    assert "Worüber möchten Sie reden?" in ben.see()


def test_settings_are_checked_before_anything_is_kept(world: World, anna: Hand) -> None:
    url = f"{link(world, ANNA)}settings"
    for wrong in (
        {"zone": "Mars/Olympus"},
        {"locale": "fr"},
        {"quiet_from": "soon"},
        {"paused_from": "soon"},
        {"region": "XX"},
        {"paused_from": "2026-05-02", "paused_until": "2026-05-01"},
    ):
        assert anna.client.post(url, data=wrong).status_code == 422
    right = {"zone": "Europe/Vienna", "locale": "en", "quiet_from": "20:00", "channel": "teams"}
    assert anna.client.post(url, data=right).status_code == 303

    page = anna.client.get(url).text
    assert 'value="Europe/Vienna"' in page
    assert 'value="20:00"' in page
    assert re.search(r'value="teams" checked', page)
    assert "What would you like to talk about?" in anna.see()


def test_a_suggestion_is_muted_by_a_click(world: World, ben: Hand) -> None:
    pair = world.company.series().pair_id
    assert pair is not None
    assert ben.press("mute", suggestion="nobody") == 404
    assert suggestions_for(world.app.services, pair, BEN, utc_now()) == ()


def test_parked_and_done_look_different_without_colour(anna: Hand, world: World) -> None:
    parked, done = anna.add("Parken"), anna.add("Abhaken")
    anna.press("park", entry=parked)
    anna.press("tick", entry=done)

    text = anna.see()
    assert [p.state for p in world.company.agenda().points] == [
        PointState.PARKED,
        PointState.DISCUSSED,
    ]
    assert ">geparkt<" in text
    assert ">besprochen<" in text


def test_a_configured_host_may_frame_the_pages_and_nobody_else(worlds: Worlds) -> None:
    closed, opened = worlds(), worlds(frame_hosts="https://portal.example.com")

    for world, frames in ((closed, "'none'"), (opened, "https://portal.example.com")):
        answer = world.flask.test_client().get(talk(world, ANNA))
        assert answer.headers["content-security-policy"].endswith(f"frame-ancestors {frames}")


def test_a_broken_link_speaks_the_readers_language(world: World) -> None:
    client = world.flask.test_client()
    german = {"accept-language": "de-AT,de;q=0.9", "accept": "text/html"}
    english = {"accept-language": "fr,en;q=0.5", "accept": "text/html"}

    assert "Dieser Link gilt nicht mehr" in client.get("/me/x/", headers=german).text
    assert "This link no longer works" in client.get("/me/x/", headers=english).text


def test_looking_changes_nothing(world: World, anna: Hand) -> None:
    entry = anna.add("Urlaub")
    before = world.company.agenda()
    series = world.company.series().series_id

    for part in PARTS:
        assert anna.client.head(talk(world, ANNA, part)).status_code == 200
    url = f"{link(world, ANNA)}do/{series}?what=tick&entry={entry}"
    assert anna.client.get(url).status_code == 405
    assert anna.client.head(url).status_code == 405

    assert world.company.agenda() == before


@pytest.mark.capability("F-12")
def test_why_is_answered_and_a_muted_rule_stays_silent(world: World, ben: Hand) -> None:
    pair = world.company.series().pair_id
    assert pair is not None
    made = Suggestion(
        rule_id=RuleId("R-28"), pair_id=pair, at=utc_now(), to=(BEN,), channel=Channel.DRAFT
    )
    with world.app.store.transaction() as tx:
        tx.put_noun(made)

    text = ben.see()
    assert "Warum sehe ich das?" in text
    assert f'value="{made.suggestion_id}"' in text
    assert "Warum sehe ich das?" not in Hand(world, ANNA).see()
    assert ben.press("mute", suggestion=made.suggestion_id) == 303

    assert "Warum sehe ich das?" not in ben.see()
    with world.app.store.transaction() as tx:
        assert tx.noun(Mute, f"{pair}|R-28") is not None
