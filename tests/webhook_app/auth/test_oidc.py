"""Sign-in with company accounts: the whole way, and each way to forge it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from core.errors import InvalidInput
from tests.core.builders import ANNA
from tests.webhook_app.auth.issuer import CLIENT, OTHER, Issuer, running_issuer
from tests.webhook_app.world import World, Worlds
from webhook_app.auth.oidc import is_safe, oidc
from webhook_app.config import Settings

LONG_PAST = 1_600_000_000
"""A second of 2020: workers that share the tests must name them alike, so no clock in here."""


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture
def firm(worlds: Worlds, issuer: Issuer) -> World:
    return worlds(oidc_issuer=issuer.root, oidc_client_id=CLIENT)


def come_back(client: FlaskClient, issuer: Issuer, *, to: str = "/api/v1/me") -> tuple[int, str]:
    """Go there, sign in, come back; return status and where it leads."""
    there = client.get("/auth/oidc/start", query_string={"to": to})
    assert there.status_code == 303
    code, state = issuer.authorize(there.location)
    back = client.get("/auth/oidc/callback", query_string={"code": code, "state": state})
    return back.status_code, back.location or back.text


def test_somebody_comes_in_with_the_company_account(firm: World, issuer: Issuer) -> None:
    client = firm.browser()

    assert come_back(client, issuer) == (303, "/api/v1/me")
    seen = client.get("/api/v1/me").json
    assert (seen["person"], seen["via"]) == (ANNA, "oidc")  # type: ignore[index]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": LONG_PAST},
        {"email": None},
        {"email_verified": False},
    ],
)
def test_a_token_that_is_not_for_us_opens_nothing(
    firm: World, issuer: Issuer, claims: dict[str, object]
) -> None:
    issuer.claims = claims

    assert come_back(firm.browser(), issuer)[0] == 401


def test_a_token_with_another_signature_opens_nothing(firm: World, issuer: Issuer) -> None:
    issuer.key = OTHER

    assert come_back(firm.browser(), issuer)[0] == 401


def test_a_sign_in_begun_in_another_browser_opens_nothing(firm: World, issuer: Issuer) -> None:
    code, state = issuer.authorize(firm.browser().get("/auth/oidc/start").location)

    victim = firm.browser().get("/auth/oidc/callback", query_string={"code": code, "state": state})

    assert victim.status_code == 401


def test_coming_back_twice_opens_nothing(firm: World, issuer: Issuer) -> None:
    client = firm.browser()
    code, state = issuer.authorize(client.get("/auth/oidc/start").location)
    query = {"code": code, "state": state}
    client.get("/auth/oidc/callback", query_string=query)
    client.set_cookie("vieraugen_oidc", state, path="/auth/oidc")

    assert client.get("/auth/oidc/callback", query_string=query).status_code == 422


@pytest.mark.parametrize("query", [{}, {"error": "access_denied"}, {"code": "x"}])
def test_a_stopped_sign_in_says_so(firm: World, query: dict[str, str]) -> None:
    assert firm.browser().get("/auth/oidc/callback", query_string=query).status_code == 401


def test_an_issuer_that_fails_is_a_503(firm: World, issuer: Issuer) -> None:
    issuer.token_status = 500

    assert come_back(firm.browser(), issuer)[0] == 503


def test_an_issuer_by_another_name_is_refused(firm: World, issuer: Issuer) -> None:
    issuer.name = "https://evil.example"

    assert firm.browser().get("/auth/oidc/start").status_code == 502


def test_it_leads_to_no_other_site(firm: World, issuer: Issuer) -> None:
    assert come_back(firm.browser(), issuer, to="//evil.example")[1] == "/"


def test_an_issuer_needs_encryption_and_a_client(worlds: Worlds) -> None:
    assert is_safe("https://login.example.com")
    assert not is_safe("http://login.example.com")
    world = worlds()
    for wrong in (
        {"oidc_issuer": "http://login.example.com"},
        {"oidc_issuer": "https://x.example"},
    ):
        with pytest.raises(InvalidInput, match="oidc_client_id"):
            oidc(Settings(data=world.app.settings.data, **wrong))
