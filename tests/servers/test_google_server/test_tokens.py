"""Sign-in: delegation, consent, scopes and how they end."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account

from tests.servers.google import GoogleServer
from tests.servers.google.keys import signing_key

from .conftest import ANNA, BEN, CALENDAR, TASKS, Api, reason


def token_for(key_file: dict[str, Any], subject: str | None, *scopes: str) -> str:
    credentials = service_account.Credentials.from_service_account_info(
        key_file, scopes=list(scopes), subject=subject
    )
    credentials.refresh(Request())
    return str(credentials.token)


def test_scope_that_is_not_delegated_refuses_all(server: GoogleServer) -> None:
    key_file = server.service_account(CALENDAR)

    assert token_for(key_file, BEN, CALENDAR)
    with pytest.raises(RefreshError, match="unauthorized_client"):
        token_for(key_file, BEN, CALENDAR, TASKS)


def test_revoked_delegation_ends_tokens_at_once(server: GoogleServer) -> None:
    key_file = server.service_account(CALENDAR)
    head = {"Authorization": f"Bearer {token_for(key_file, BEN, CALENDAR)}"}
    url = f"{server.url}calendar/v3/calendars/primary/events"
    before = requests.get(url, headers=head, timeout=5).status_code
    server.delegate(key_file)

    assert (before, requests.get(url, headers=head, timeout=5).status_code) == (200, 401)
    with pytest.raises(RefreshError, match="unauthorized_client"):
        token_for(key_file, BEN, CALENDAR)


def test_unknown_person_is_an_invalid_grant(server: GoogleServer) -> None:
    with pytest.raises(RefreshError, match="Invalid email or User ID"):
        token_for(server.service_account(CALENDAR), "nobody@example.com", CALENDAR)


def test_suspended_person_has_no_calendar(server: GoogleServer, api: Api) -> None:
    service = api("calendar", BEN)
    service.events().list(calendarId=BEN).execute()
    server.suspend(BEN)

    assert reason(service.events().list(calendarId=BEN)) == (403, "notACalendarUser")
    with pytest.raises(RefreshError, match="Invalid email or User ID"):
        token_for(server.service_account(CALENDAR), BEN, CALENDAR)


def test_key_of_somebody_else_is_refused(server: GoogleServer) -> None:
    key_file, other = server.service_account(CALENDAR), server.service_account(CALENDAR)
    with pytest.raises(RefreshError, match="Invalid JWT Signature"):
        token_for(key_file | {"private_key": other["private_key"]}, BEN, CALENDAR)


def test_token_lives_an_hour_and_the_client_fetches_another(server: GoogleServer, api: Api) -> None:
    service = api("calendar", BEN)
    service.events().list(calendarId=BEN).execute()
    server.clock.advance(timedelta(minutes=61))
    service.events().list(calendarId=BEN).execute()

    assert server.calls.count("token") == 2
    assert [made.status for made in server.calls.of("calendar.events.list")] == [200, 401, 200]


def test_scope_of_the_method_is_needed(server: GoogleServer, api: Api) -> None:
    request = api("calendar", BEN, scope=TASKS).events().list(calendarId=BEN)

    assert reason(request) == (403, "insufficientPermissions")


def test_app_without_a_person_has_no_calendar(server: GoogleServer, api: Api) -> None:
    request = api("calendar", None, scope=CALENDAR).events().list(calendarId="primary")

    assert reason(request)[0] == 403


def consented(server: GoogleServer, **more: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A client and the tokens that Anna's consent gives it."""
    client = server.oauth_client()["web"]
    asked = {
        "client_id": client["client_id"],
        "redirect_uri": "http://127.0.0.1/back",
        "response_type": "code",
        "scope": f"openid {CALENDAR}",
        "state": "s1",
    } | more
    url = requests.Request("GET", client["auth_uri"], params=asked).prepare().url or ""
    back = parse_qs(urlsplit(server.consent(ANNA, url)).query)
    assert back["state"] == ["s1"]
    form = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": asked["redirect_uri"],
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }
    answer = requests.post(client["token_uri"], data=form, timeout=5)
    assert answer.status_code == 200
    return client, answer.json()


def test_consent_gives_tokens_and_says_who(server: GoogleServer) -> None:
    client, tokens = consented(server, access_type="offline")

    def certificates(url: str, **_: Any) -> Any:
        answer = requests.get(f"{server.url}oauth2/v1/certs", timeout=5)
        return type("Answer", (), {"status": answer.status_code, "data": answer.content})

    claims = id_token.verify_oauth2_token(
        tokens["id_token"], certificates, client["client_id"], clock_skew_in_seconds=10
    )
    assert claims["email"] == ANNA
    assert tokens["refresh_token"]


def test_refresh_token_comes_for_offline_access_only(server: GoogleServer) -> None:
    assert "refresh_token" not in consented(server)[1]


def test_withdrawn_consent_is_an_invalid_grant(server: GoogleServer) -> None:
    client, tokens = consented(server, access_type="offline")
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }
    before = requests.post(server.token_uri, data=form, timeout=5)
    server.withdraw_consent(ANNA)
    after = requests.post(server.token_uri, data=form, timeout=5)

    assert before.status_code == 200
    assert (after.status_code, after.json()["error"]) == (400, "invalid_grant")


def test_revoked_token_is_dead(server: GoogleServer) -> None:
    _, tokens = consented(server, access_type="offline")
    form = {"token": tokens["refresh_token"]}

    assert requests.post(f"{server.url}revoke", data=form, timeout=5).status_code == 200
    assert requests.post(f"{server.url}revoke", data=form, timeout=5).status_code == 400
    head = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (
        requests.get(f"{server.url}oauth2/v3/userinfo", headers=head, timeout=5).status_code == 401
    )


def test_consent_page_offers_each_person(server: GoogleServer) -> None:
    client = server.oauth_client()["web"]
    page = requests.get(client["auth_uri"], params={"client_id": "x"}, timeout=5).text

    assert 'value="anna@example.com"' in page


def test_add_on_tokens_are_signed_by_the_published_key(server: GoogleServer) -> None:
    def certificates(url: str, **_: Any) -> Any:
        answer = requests.get(f"{server.url}oauth2/v1/certs", timeout=5)
        return type("Answer", (), {"status": answer.status_code, "data": answer.content})

    claims = id_token.verify_oauth2_token(
        server.addon.system_token(),
        certificates,
        server.addon.endpoint,
        clock_skew_in_seconds=10,
    )
    assert claims["email"] == server.addon.account
    assert signing_key()
