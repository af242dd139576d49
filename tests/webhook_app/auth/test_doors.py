"""Coming in by link, by mail and by token, and what is refused at the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from core.errors import InvalidInput
from core.model.access import ApiToken, Scope, Via
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import ADMIN, World, Worlds
from webhook_app.auth import codes, sessions, tokens
from webhook_app.auth.limits import Limits
from webhook_app.auth.visitor import Visitor, require_scope
from webhook_app.auth.who import known_visitor
from webhook_app.jobs.clock import utc_now
from webhook_app.links import LIFE


@pytest.fixture
def asked(world: World) -> World:
    """A world with a path that says who asks."""
    probe = Blueprint("probe", __name__)

    @probe.route("/probe", methods=["GET", "POST"])
    def who() -> dict[str, object]:
        found = known_visitor()
        return {"person": found.person, "via": found.via, "admin": found.is_admin}

    world.flask.register_blueprint(probe)
    return world


def test_nobody_is_refused_and_told_how_to_come_in(asked: World) -> None:
    answer = asked.browser().get("/probe")

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_person_at_a_browser_is_sent_to_the_sign_in_page(asked: World) -> None:
    answer = asked.browser().get("/probe", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.location) == (303, "/auth/sign-in")


def test_a_signed_link_begins_a_session_that_knows_it_came_by_link(asked: World) -> None:
    client = asked.browser()
    token = asked.app.links.token_of(ANNA, utc_now())

    answer = client.get(f"/auth/link/{token}?to=/probe")

    assert answer.location == "/probe"
    assert client.get("/probe").json == {"person": ANNA, "via": "link", "admin": False}
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_link_does_not_weaken_the_session_of_who_is_signed_in(asked: World) -> None:
    client = asked.browser(ANNA)

    client.get(f"/auth/link/{asked.app.links.token_of(ANNA, utc_now())}")

    assert client.get("/probe").json["via"] == "mail"  # type: ignore[index]


def test_an_old_link_opens_nothing(world: World) -> None:
    old = world.app.links.token_of(ANNA, utc_now() - LIFE - timedelta(seconds=1))

    assert world.browser().get(f"/auth/link/{old}").status_code == 422


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "x"])
def test_no_door_leads_to_another_site(world: World, to: str) -> None:
    token = world.app.links.token_of(ANNA, utc_now())

    answer = world.browser().get(f"/auth/link/{token}", query_string={"to": to})

    assert answer.location == "/"


def enter(client: FlaskClient, code: str) -> int:
    return client.post(f"/auth/mail/{code}").status_code


def test_a_mailed_link_works_once_and_only_by_a_click(asked: World) -> None:
    with asked.app.store.transaction() as tx:
        code = codes.sign_in_link(tx, "", BEN, utc_now(), "/probe").rpartition("/")[2]
    client = asked.browser()

    assert client.get(f"/auth/mail/{code}").status_code == 200
    assert client.get("/probe").status_code == 401
    assert enter(client, code) == 303
    assert client.get("/probe").json["person"] == BEN  # type: ignore[index]
    assert enter(asked.browser(), code) == 422


def test_a_mailed_link_ends_after_a_quarter_of_an_hour(world: World) -> None:
    with world.app.store.transaction() as tx:
        past = utc_now() - codes.MAIL_LIFE
        code = codes.sign_in_link(tx, "", BEN, past).rpartition("/")[2]

    assert enter(world.browser(), code) == 422


def test_a_code_of_another_purpose_opens_no_door(world: World) -> None:
    with world.app.store.transaction() as tx:
        code = codes.make_code(tx, codes.OIDC, utc_now(), person=BEN)

    assert enter(world.browser(), code) == 422


def test_without_a_mail_server_the_page_says_what_to_do(world: World) -> None:
    assert "vieraugen sign-in" in world.browser().get("/auth/sign-in").text
    assert world.browser().post("/auth/mail", data={"address": ANNA}).status_code == 404


def test_a_form_of_another_site_is_refused(asked: World) -> None:
    client = asked.browser(ANNA)

    assert client.post("/probe").status_code == 200
    assert client.post("/probe", headers={"X-CSRF-Token": "wrong"}).status_code == 403
    assert client.post("/probe", headers={"X-CSRF-Token": "é"}).status_code == 403
    assert client.post("/probe", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_signing_out_ends_the_session_for_whoever_has_the_cookie(asked: World) -> None:
    client = asked.browser(ANNA)
    stolen = client.get_cookie("vieraugen")
    assert stolen is not None

    assert client.post("/auth/sign-out").status_code == 303
    thief = asked.browser()
    thief.set_cookie("vieraugen", stolen.value)

    assert thief.get("/probe").status_code == 401


def test_a_session_ends_by_itself(asked: World) -> None:
    with asked.app.store.transaction() as tx:
        cookie = sessions.start(tx, ANNA, Via.MAIL, utc_now() - sessions.LIFE)
    client = asked.browser()
    client.set_cookie("vieraugen", cookie)

    assert client.get("/probe").status_code == 401


def test_an_administrator_is_known_but_not_by_link(asked: World) -> None:
    assert asked.browser(ADMIN).get("/probe").json["admin"]  # type: ignore[index]
    assert not asked.browser(ADMIN, Via.LINK).get("/probe").json["admin"]  # type: ignore[index]


def test_a_token_acts_as_its_person_until_it_is_revoked(asked: World) -> None:
    client = asked.program(ANNA)
    assert client.get("/probe").json == {"person": ANNA, "via": "token", "admin": False}

    with asked.app.store.transaction() as tx:
        tokens.revoke(tx, tx.nouns(ApiToken)[0].token_id, utc_now())

    assert client.get("/probe").status_code == 401


def test_a_token_ends_with_its_days(asked: World) -> None:
    with asked.app.store.transaction() as tx:
        _, text = tokens.issue(
            tx,
            person=ANNA,
            name="x",
            scopes=["search"],
            now=utc_now() - timedelta(days=2),
            days=1,
        )

    answer = asked.browser().get("/probe", headers={"Authorization": f"Bearer {text}"})

    assert answer.status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Basic YTpi", "Bearer ve_", "Bearer x.y.z", "é"])
def test_a_wrong_proof_is_refused_even_beside_a_good_session(asked: World, header: str) -> None:
    client = asked.browser(ANNA)

    answer = client.get("/probe", headers={"Authorization": header})

    assert answer.status_code == 401


def test_the_database_holds_no_token(asked: World) -> None:
    with asked.app.store.transaction() as tx:
        token, text = tokens.issue(tx, person=ANNA, name="x", scopes=["search"], now=utc_now())

    assert text.rpartition("_")[2] not in repr(token)


def test_a_missing_scope_is_named_in_words() -> None:
    visitor = Visitor(person=ANNA, via=Via.TOKEN, scopes=frozenset({Scope.SEARCH}))

    with pytest.raises(Exception, match=r"agenda:write \(add, change"):
        require_scope(visitor, Scope.AGENDA_WRITE)


@pytest.mark.parametrize("bad", [{"scopes": ["all"]}, {"scopes": []}, {"name": " "}])
def test_a_token_needs_a_name_and_known_scopes(world: World, bad: dict[str, object]) -> None:
    given = {"person": ANNA, "name": "x", "scopes": ["search"], "now": utc_now(), **bad}

    with world.app.store.transaction() as tx, pytest.raises(InvalidInput):
        tokens.issue(tx, **given)  # type: ignore[arg-type]


def test_guessing_tokens_is_slowed_down(worlds: Worlds) -> None:
    still = Limits(clock=lambda: 0.0)
    client = worlds(limits=still).browser()

    seen = [
        client.get("/auth/oidc/start", headers={"Authorization": "Bearer x"}).status_code
        for _ in range(12)
    ]

    assert seen[0] == 404
    assert seen[-1] == 429


def test_what_a_suite_vouches_for_is_believed(asked: World) -> None:
    door = asked.flask.extensions["vieraugen-door"]
    door.verifiers[Via.ENTRA] = lambda text, _now: "Anna@example.com" if text == "good" else None
    client = asked.browser()

    good = client.get("/probe", headers={"Authorization": "Bearer good"})

    assert good.json == {"person": ANNA, "via": "entra", "admin": False}
    assert client.get("/probe", headers={"Authorization": "Bearer bad"}).status_code == 401


def test_every_answer_has_the_headers_and_no_inline_script(world: World) -> None:
    answer = world.browser().get("/auth/sign-in")

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=", answer.text)
