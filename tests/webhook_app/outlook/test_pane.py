"""The pane's door: signed in by the host's token, on to one's own pages, in foreign frames."""

from __future__ import annotations

import pytest

from tests.webhook_app.cards_app import fill
from tests.webhook_app.outlook.conftest import ANNA
from webhook_app.web import create_app


@pytest.fixture
def client(app):
    fill(app)
    return create_app(app).test_client()


@pytest.fixture
def bearer(graph):
    """`bearer(claim=...)`: Anna's token for our API."""

    def made(**claims):
        person = {"oid": "anna-oid", "scp": "access_as_user", "preferred_username": ANNA}
        return graph.tokens.mint(graph.app_id, **(person | claims))

    return made


def test_genuine_token_opens_one_s_own_pages(client, bearer):
    answer = client.post("/pane/open", headers={"Authorization": f"Bearer {bearer()}"})

    assert answer.status_code == 200
    page = client.get(answer.json["url"])
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("claims", "status"),
    [({"tid": "another"}, 401), ({"scp": "User.Read"}, 401), ({"azp": "another"}, 401),
     ({"exp": 1}, 401), ({"preferred_username": "nobody@example.com"}, 404)],
)  # fmt: skip
def test_other_tokens_do_not(client, bearer, claims, status):
    answer = client.post("/pane/open", headers={"Authorization": f"Bearer {bearer(**claims)}"})

    assert answer.status_code == status


def test_without_a_token_there_is_no_way_in(client):
    assert client.post("/pane/open").status_code == 401


def test_door_may_stand_in_microsoft_s_frames_and_load_their_library(client):
    for path in ("/pane/outlook", "/pane/teams", "/pane/teams/config"):
        answer = client.get(path)
        csp = answer.headers["Content-Security-Policy"]
        assert answer.status_code == 200
        assert "frame-ancestors https://outlook.office.com" in csp
        assert "script-src 'self' https://appsforoffice.microsoft.com" in csp


def test_window_that_signs_in_may_ask_entra_id_and_speak_to_who_opened_it(client, graph):
    answer = client.get("/pane/dialog")
    headers = answer.headers

    assert answer.status_code == 200
    origin = graph.authority.rpartition("/")[0]
    assert f" {origin}; img-src" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert origin not in client.get("/pane/outlook").headers["Content-Security-Policy"]


def test_there_is_no_other_pane_and_no_other_icon(client):
    for path in ("/pane/slack", "/pane/icon-17.png", "/pane/icon-x.png"):
        assert client.get(path).status_code == 404
    icon = client.get("/pane/icon-64.png")
    assert (icon.status_code, icon.mimetype) == (200, "image/png")
