"""Tokens that panes and tabs send us: genuine ones name a person, all others are refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.outlook.entra import PAUSE, EntraApi, EntraTokens
from core.errors import NotSignedIn, Unavailable
from tests.adapters.outlook.conftest import ANNA

LONG_PAST = 1_600_000_000
"""A second of 2020: workers that share the tests must name them alike, so no clock in here."""
FAR_AHEAD = 4_102_444_800
"""A second of 2100."""


def now():
    """The clock when the test runs: in a long run that is far from when this file was read."""
    return datetime.now(UTC)


class Watch:
    """Seconds that a test moves on."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def api(graph):
    return EntraApi(
        tenant_id=graph.tenant_id,
        client_id=graph.app_id,
        authority=graph.authority,
        host="talks.example.com",
        ca_file=graph.ca_file,
    )


@pytest.fixture
def tokens(api, watch):
    return EntraTokens(api, seconds=watch)


@pytest.fixture
def token(graph):
    """`token(claim=...)`: Anna's, with whatever claims a test wants otherwise."""

    def made(audience=None, **claims):
        person = {"oid": "anna-oid", "scp": "access_as_user", "preferred_username": ANNA}
        return graph.tokens.mint(audience or graph.app_id, **(person | claims))

    return made


def with_header(token, **header):
    """The same token with another header, its signature as it was."""
    parts = token.split(".")
    kept = json.loads(base64.urlsafe_b64decode(parts[0] + "=="))
    parts[0] = base64.urlsafe_b64encode(json.dumps(kept | header).encode()).decode().rstrip("=")
    return ".".join(parts)


def test_genuine_token_names_its_person(tokens, token):
    assert tokens.address(token(), now()) == ANNA
    assert tokens.address(token(preferred_username="Anna@Example.com"), now()) == ANNA


def test_every_form_of_our_own_name_is_us(tokens, token, graph):
    for name in (f"api://{graph.app_id}", f"api://talks.example.com/{graph.app_id}"):
        assert tokens.address(token(audience=name), now()) == ANNA


def test_first_endpoint_s_token_is_taken_too(tokens, token, graph):
    old = token(
        iss=f"https://sts.windows.net/{graph.tenant_id}/",
        azp=None,
        preferred_username=None,
        upn=ANNA,
    )

    assert tokens.address(old, now()) == ANNA


def test_person_is_known_by_entra_s_own_id_where_the_mailbox_has_another_name(api, token):
    known = EntraTokens(api, address_of={"anna-oid": ANNA}.get)

    assert known.address(token(preferred_username="a.muster@corp.example.com"), now()) == ANNA


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": LONG_PAST},
        {"nbf": FAR_AHEAD},
        {"tid": "another-tenant"},
        {"iss": "https://sts.windows.net/another-tenant/"},
        {"scp": "User.Read"},
        {"scp": None},
        {"scp": "access_as_user", "idtyp": "app"},
        {"azp": "another-app"},
        {"azp": None, "appid": None},
        {"oid": None},
        {"exp": None},
        {"preferred_username": "guest_gmail.com#EXT#@corp.example.com"},
        {"preferred_username": "no address"},
        {"preferred_username": None},
    ],
    ids=str,
)
def test_token_with_a_wrong_claim_is_refused(tokens, token, claims):
    with pytest.raises(NotSignedIn):
        tokens.address(token(**claims), now())


@pytest.mark.parametrize(
    "audience", ["https://graph.microsoft.com", "another-app", "api://evil.example.com/x"]
)
def test_token_for_somebody_else_is_refused(tokens, token, audience):
    with pytest.raises(NotSignedIn):
        tokens.address(token(audience=audience), now())


def test_unsigned_token_is_refused(tokens, token):
    claims = jwt.decode(token(), options={"verify_signature": False})

    with pytest.raises(NotSignedIn):
        tokens.address(jwt.encode(claims, None, algorithm="none"), now())
    with pytest.raises(NotSignedIn):
        tokens.address(with_header(token(), alg="none"), now())


def test_public_key_is_no_shared_secret(tokens, token, graph):
    """Key confusion: HS256 with the public key's text as the secret."""
    good = token()
    public = graph.tokens.keys[-1].public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = jwt.decode(good, options={"verify_signature": False})
    header = {"alg": "HS256", "kid": jwt.get_unverified_header(good)["kid"]}
    first = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in (header, claims)
    )
    digest = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = base64.urlsafe_b64encode(digest.sign(first.encode(), pem)).decode().rstrip("=")

    with pytest.raises(NotSignedIn):
        tokens.address(f"{first}.{signature}", now())


def test_own_key_under_a_known_name_and_in_the_header_is_refused(tokens, token):
    mine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    good = token()
    claims = jwt.decode(good, options={"verify_signature": False})
    kid = jwt.get_unverified_header(good)["kid"]
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(mine.public_key(), as_dict=True)
    forged = jwt.encode(claims, mine, "RS256", headers={"kid": kid, "jwk": jwk})

    with pytest.raises(NotSignedIn):
        tokens.address(forged, now())


def test_changed_word_breaks_the_signature(tokens, token):
    head, body, signature = token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["preferred_username"] = "ben@example.com"
    other = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")

    with pytest.raises(NotSignedIn):
        tokens.address(f"{head}.{other}.{signature}", now())


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "vg_1234", "x" * 100_000, "é.é.é"])
def test_what_is_no_token_of_entra_is_left_to_others(tokens, text):
    assert tokens.address(text, now()) is None


def test_another_issuer_s_token_is_left_to_others(tokens, token):
    assert tokens.address(token(iss="https://accounts.google.com"), now()) is None


def test_new_key_is_fetched_and_a_withdrawn_one_no_longer_holds(tokens, token, graph, watch):
    old = token()
    assert tokens.address(old, now()) == ANNA
    graph.tokens.rotate()
    new = token()
    with pytest.raises(NotSignedIn):
        tokens.address(new, now())  # asked a moment ago

    watch.now += PAUSE + 1
    assert tokens.address(new, now()) == ANNA
    assert tokens.address(old, now()) == ANNA
    graph.tokens.forget_old_keys()
    watch.now += 25 * 3600
    with pytest.raises(NotSignedIn):
        tokens.address(old, now())


def test_made_up_key_names_do_not_make_us_ask_each_time(tokens, token, api):
    tokens.address(token(), now())
    asked = []
    tokens._ask = lambda url: asked.append(url) or {}

    for number in range(20):
        with pytest.raises(NotSignedIn):
            tokens.address(with_header(token(), kid=f"made-up-{number}"), now())

    assert asked == []


def test_entra_down_refuses_nobody_whose_key_is_known(tokens, token, graph, watch, api):
    good = token()
    dead = EntraTokens(EntraApi(**_fields(api) | {"ca_file": None, "time_out": (0.2, 0.2)}))
    with pytest.raises(Unavailable):
        dead.address(good, now())

    assert tokens.address(good, now()) == ANNA

    def broken(_url):
        raise ValueError

    tokens._ask = broken
    watch.now += 25 * 3600
    assert tokens.address(good, now()) == ANNA


def test_an_expired_token_has_a_minute_of_clock_difference(tokens, token):
    good = token(exp=int(now().timestamp()))

    assert tokens.address(good, now() + timedelta(seconds=30)) == ANNA
    with pytest.raises(NotSignedIn):
        tokens.address(good, now() + timedelta(seconds=61))


def _fields(api):
    return {name: getattr(api, name) for name in EntraApi.__slots__}
