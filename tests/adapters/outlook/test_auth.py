"""Tokens for the app and for people, and what refusals become."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from adapters.outlook import AppCertificate, AppSecret, Consent, OutlookSettings
from adapters.outlook.auth import Tokens, begin_consent, finish_consent, on_behalf_of
from core.errors import AccountDisconnected, InvalidInput, PermissionDenied, Unavailable
from tests.adapters.outlook.conftest import ANNA

REDIRECT = "http://127.0.0.1/connect/outlook"


def token_calls(graph, token):
    return graph.tokens.claims(token, "https://graph.microsoft.com")


def consent_of(graph, settings, client):
    """Walk through the browser's part of a sign-in."""
    flow = begin_consent(settings, client, REDIRECT, ANNA)
    page = requests.get(flow["auth_uri"], verify=graph.ca_file, timeout=10).text
    return flow, dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def test_secret_gives_the_apps_own_token(graph, settings):
    token = Tokens(settings, AppSecret(secret=graph.secret)).token()

    assert "Calendars.ReadWrite" in token_calls(graph, token)["roles"]


def test_certificate_gives_the_apps_own_token(graph, settings):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vieraugen")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    proof = AppCertificate(private_key=private.decode(), certificate=certificate.decode())

    with pytest.raises(PermissionDenied):
        Tokens(settings, proof).token()
    graph.tokens.register_certificate(certificate)
    assert token_calls(graph, Tokens(settings, proof).token())["appid"] == graph.app_id


def test_token_is_kept_until_shortly_before_its_end(graph, settings):
    now = [0.0]
    tokens = Tokens(settings, AppSecret(secret=graph.secret), seconds=lambda: now[0])
    first = tokens.token()
    graph.tokens.rotate()

    assert tokens.token() == first
    now[0] = 3600 - 119
    assert tokens.token() != first


def test_forgotten_token_is_fetched_anew(graph, settings):
    tokens = Tokens(settings, AppSecret(secret=graph.secret))
    first = tokens.token()
    graph.tokens.rotate()

    tokens.forget("another")
    assert tokens.token() == first
    tokens.forget(first)
    assert tokens.token() != first


@pytest.mark.parametrize("public", [True, False])
def test_person_consents_and_the_new_refresh_token_is_kept(graph, settings, public):
    client = None if public else AppSecret(secret=graph.secret)
    flow, answer = consent_of(graph, settings, client)

    consent, address = finish_consent(settings, client, flow, answer)
    kept = []
    token = Tokens(settings, consent, keep=kept.append).token()

    assert address == ANNA
    assert token_calls(graph, token)["oid"] == graph.state.tenant.mailbox(ANNA).user_id
    assert len(kept) == 1
    assert kept != [consent.refresh_token]


def test_sign_in_that_was_not_begun_here_is_refused(graph, settings):
    flow, answer = consent_of(graph, settings, None)

    with pytest.raises(InvalidInput):
        finish_consent(settings, None, flow, answer | {"state": "forged"})


def test_withdrawn_consent_is_a_disconnected_account(graph, settings):
    flow, answer = consent_of(graph, settings, None)
    consent, _ = finish_consent(settings, None, flow, answer)
    graph.tokens.revoked.add(graph.state.tenant.mailbox(ANNA).user_id)

    with pytest.raises(AccountDisconnected, match="AADSTS50173"):
        Tokens(settings, consent).token()


def test_wrong_secret_is_denied_and_never_shown(graph, settings):
    with pytest.raises(PermissionDenied, match="AADSTS7000215") as refused:
        Tokens(settings, AppSecret(secret="wrong-one")).token()

    assert "wrong-one" not in str(refused.value)
    assert "wrong-one" not in repr(AppSecret(secret="wrong-one"))
    assert "r-token" not in repr(Consent(refresh_token="r-token"))


def test_panes_token_becomes_one_for_graph(graph, settings):
    user = graph.state.tenant.mailbox(ANNA).user_id
    ours = graph.tokens.user_token(user, "access_as_user", graph.app_id)
    secret = AppSecret(secret=graph.secret)

    assert token_calls(graph, on_behalf_of(settings, secret, ours))["oid"] == user
    with pytest.raises(AccountDisconnected):
        on_behalf_of(settings, secret, graph.token(ANNA))


def test_silent_authority_is_unavailable():
    nowhere = OutlookSettings(
        tenant_id="t", client_id="c", authority="https://127.0.0.1:9/t", time_out=(1, 1)
    )

    with pytest.raises(Unavailable):
        Tokens(nowhere, AppSecret(secret="s")).token()


def test_national_cloud_has_a_scope_of_its_own():
    plain = OutlookSettings(tenant_id="t", client_id="c")
    china = OutlookSettings(
        tenant_id="t", client_id="c", graph_root="https://microsoftgraph.chinacloudapi.cn/v1.0"
    )

    assert plain.app_scope == "https://graph.microsoft.com/.default"
    assert china.app_scope == "https://microsoftgraph.chinacloudapi.cn/.default"
    assert plain.tenant_authority == "https://login.microsoftonline.com/t"
