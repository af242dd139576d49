"""Sign-in, tokens, permissions, people, and the Teams connector."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import msal
import pytest
import requests
from azure.identity import ClientSecretCredential

from tests.servers.graph.bot_connector import AUDIENCE
from tests.servers.graph.tokens import challenge_of
from tests.servers.test_graph_server.conftest import ANNA, BEN, Api

GRAPH_SCOPE = "https://graph.microsoft.com/.default"
REDIRECT = "http://127.0.0.1/back"


def token_request(graph, **form):
    url = f"{graph.authority}/oauth2/v2.0/token"
    full = {"client_id": graph.app_id, "client_secret": graph.secret} | form
    return requests.post(url, data=full, verify=graph.ca_file, timeout=10)


def sign_in(graph, person, verifier="v" * 50, scope="Calendars.ReadWrite offline_access"):
    """Go through the browser's part; return the code."""
    query = {
        "client_id": graph.app_id, "response_type": "code", "redirect_uri": REDIRECT,
        "scope": scope, "state": "s", "login_hint": person,
        "code_challenge": challenge_of(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    url = f"{graph.authority}/oauth2/v2.0/authorize"
    answer = requests.get(
        url, params=query, verify=graph.ca_file, timeout=10, allow_redirects=False
    )
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["s"]
    return back["code"][0]


def test_azure_identity_gets_an_app_token_over_https(graph):
    tenant, authority = graph.tenant_id, graph.authority.rpartition("/")[0]
    with ClientSecretCredential(
        tenant, graph.app_id, graph.secret, authority=authority, disable_instance_discovery=True,
        connection_verify=graph.ca_file,
    ) as credential:  # fmt: skip
        token = credential.get_token(GRAPH_SCOPE).token

    made = Api(graph, token)
    assert made.get(f"/users/{BEN}")["displayName"] == "Ben Beispiel"
    made.close()


def test_msal_signs_a_person_in_with_pkce_and_refreshes(graph):
    session = requests.Session()
    session.verify, session.trust_env = graph.ca_file, False  # REQUESTS_CA_BUNDLE would win
    app = msal.ConfidentialClientApplication(
        graph.app_id, client_credential=graph.secret, authority=graph.authority,
        instance_discovery=False, http_client=session,
    )  # fmt: skip
    flow = app.initiate_auth_code_flow(
        ["Calendars.ReadWrite"], REDIRECT, login_hint=ANNA, response_mode="form_post"
    )
    page = session.get(flow["auth_uri"], timeout=10).text
    back = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))

    got = app.acquire_token_by_auth_code_flow(flow, back)

    assert got["id_token_claims"]["preferred_username"] == ANNA
    again = app.acquire_token_by_refresh_token(got["refresh_token"], ["Calendars.ReadWrite"])
    assert again["access_token"]
    session.close()


def test_authority_is_not_trusted_without_the_ca(graph):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{graph.authority}/v2.0/.well-known/openid-configuration", timeout=10)


def test_wrong_secret_wrong_verifier_and_used_code_are_refused(graph):
    app = {"grant_type": "client_credentials", "scope": GRAPH_SCOPE}
    assert token_request(graph, **app, client_secret="x").json()["error"] == "invalid_client"
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT}
    code = sign_in(graph, ANNA)
    bad = token_request(graph, **form, code=code, code_verifier="w" * 50)
    assert bad.json()["error"] == "invalid_grant"
    code = sign_in(graph, ANNA)
    good = [token_request(graph, **form, code=code, code_verifier="v" * 50) for _ in range(2)]
    assert [one.status_code for one in good] == [200, 400]


def test_on_behalf_of_turns_our_token_into_one_for_graph(graph):
    user = graph.state.tenant.mailbox(ANNA).user_id
    ours = graph.tokens.user_token(user, "access_as_user", graph.app_id)
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": ours,
            "requested_token_use": "on_behalf_of",
            "scope": "Calendars.ReadWrite User.Read"}  # fmt: skip

    got = token_request(graph, **form)
    forged = token_request(graph, **form | {"assertion": ours[:-4] + "AAAA"})

    made = Api(graph, got.json()["access_token"])
    assert made.get("/me")["mail"] == ANNA
    made.close()
    assert forged.json()["error"] == "invalid_grant"


def test_revoked_consent_fails_in_api_and_refresh(graph):
    code = sign_in(graph, ANNA)
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}
    got = token_request(graph, **form, code_verifier="v" * 50).json()
    graph.tokens.revoked.add(graph.state.tenant.mailbox(ANNA).user_id)

    made = Api(graph, got["access_token"])
    assert made("GET", "/me").status_code == 401
    made.close()
    again = token_request(graph, grant_type="refresh_token", refresh_token=got["refresh_token"])
    assert again.json()["error"] == "invalid_grant"


def test_keys_rotate(graph):
    old = graph.token()
    graph.tokens.rotate()
    keys = requests.get(
        f"{graph.authority}/discovery/v2.0/keys", verify=graph.ca_file, timeout=10
    ).json()["keys"]

    assert len(keys) == 2
    assert jwt.get_unverified_header(graph.token())["kid"] == keys[1]["kid"]
    assert jwt.get_unverified_header(old)["kid"] == keys[0]["kid"]


@pytest.mark.parametrize(
    "claims",
    [{"exp": 1}, {"tid": "other"}, {"aud": "https://other.example"}],
)
def test_token_that_does_not_hold_is_refused(graph, claims):
    audience = claims.pop("aud", "https://graph.microsoft.com")
    made = Api(graph, graph.tokens.mint(audience, roles=["Calendars.ReadWrite"], **claims))

    assert made("GET", f"/users/{BEN}/events").status_code == 401
    made.close()


def test_app_needs_the_role_and_the_mailbox_must_be_in_scope(graph, api):
    graph.add_mailbox("outside@example.com", "Outside", reachable=False)
    reader = Api(graph, graph.tokens.app_token(roles=("Calendars.Read",)))

    assert reader("GET", f"/users/{BEN}/events").status_code == 200
    assert reader("POST", f"/users/{BEN}/events", json={}).status_code == 403
    assert api("GET", "/users/outside@example.com/events").status_code == 403
    reader.close()


def test_person_reaches_no_other_mailbox_and_the_app_has_no_me(graph, api):
    anna = Api(graph, graph.token(ANNA))

    assert anna("GET", "/me/events").status_code == 200
    assert anna("GET", f"/users/{BEN}/events").status_code == 403
    assert api("GET", "/me/events").status_code == 400
    anna.close()


def test_manager_and_reports(graph, api):
    assert api.get(f"/users/{ANNA}/manager")["mail"] == BEN
    assert [row["mail"] for row in api.get(f"/users/{BEN}/directReports")["value"]] == [ANNA]
    assert api("GET", f"/users/{BEN}/manager").status_code == 404
    assert api("GET", "/users/nobody@example.com").status_code == 404
    assert api.get(f"/users/{BEN}/mailboxSettings")["timeZone"] == "W. Europe Standard Time"
    assert api.get(f"/users/{BEN}/calendars")["value"][0]["isDefaultCalendar"] is True


# --- Teams --------------------------------------------------------------------------------


def say(graph, conversation, activity, method="POST", suffix="", **claims):
    token = graph.tokens.mint(claims.pop("aud", AUDIENCE), **claims)
    url = f"{graph.service_url}/v3/conversations/{conversation}/activities{suffix}"
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, url, json=activity, headers=headers, timeout=10)


def test_bot_is_installed_and_finds_its_conversation(graph, api):
    app = graph.bot.publish("vieraugen-bot")
    found = api.get("/appCatalogs/teamsApps?$filter=externalId eq 'vieraugen-bot'")["value"]
    body = {"teamsApp@odata.bind": f"{graph.root}/appCatalogs/teamsApps/{app}"}
    path = f"/users/{ANNA}/teamwork/installedApps"

    assert [row["id"] for row in found] == [app]
    assert [api("POST", path, json=body).status_code for _ in range(2)] == [201, 409]
    installation = api.get(path)["value"][0]["id"]
    chat = api.get(f"{path}/{installation}/chat")
    assert chat["id"] == graph.bot.conversation_of(graph.state.tenant.mailbox(ANNA).user_id)


def test_bot_says_edits_and_takes_back(graph):
    where = graph.bot.install(graph.state.tenant.mailbox(ANNA).user_id)
    made = say(graph, where, {"type": "message", "text": "one"}).json()["id"]
    say(graph, where, {"type": "message", "text": "two"}, "PUT", f"/{made}")

    assert graph.bot.activities[made]["text"] == "two"
    say(graph, where, None, "DELETE", f"/{made}")
    assert [method for method, _ in graph.bot.log] == ["POST", "PUT", "DELETE"]


def test_connector_refuses_strangers_big_messages_and_people_without_the_app(graph):
    where = graph.bot.install(graph.state.tenant.mailbox(ANNA).user_id)
    text = {"type": "message", "text": "x"}

    assert say(graph, where, text, aud="https://graph.microsoft.com").status_code == 401
    assert say(graph, "a:nobody", text).status_code == 403
    assert say(graph, where, {"type": "message", "text": "x" * 103_000}).status_code == 413
    assert graph.bot.log == []


@contextmanager
def bot_endpoint(graph):
    """What our bot must do: check the token against the published keys, then answer."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            token = self.headers["Authorization"].removeprefix("Bearer ")
            keys = jwt.PyJWKClient(f"{graph.service_url}/v1/.well-known/keys")
            try:
                key = keys.get_signing_key_from_jwt(token)
                claims = jwt.decode(token, key, ["RS256"], audience=graph.app_id, issuer=AUDIENCE)
                seen.append(claims)
                status = 200
            except jwt.PyJWTError:
                status = 401
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=lambda: running.serve_forever(0.02), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/api/messages", seen
    running.shutdown()
    running.server_close()
    thread.join(5)


def test_press_of_a_button_comes_with_a_token_that_can_be_checked(graph):
    with bot_endpoint(graph) as (url, seen):
        status, _ = graph.bot.press(graph.state, url, ANNA, "done", {"item": "42"})
        refused, _ = graph.bot.press(graph.state, url, ANNA, "done", {}, aud="other-app")

    assert (status, refused) == (200, 401)
    assert seen[0]["serviceurl"] == graph.service_url


def test_tokens_go_by_real_time_and_not_by_the_set_clock(graph, api):
    graph.clock.advance(timedelta(days=90))

    assert api("GET", f"/users/{BEN}").status_code == 200
