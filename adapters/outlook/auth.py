"""Tokens of Entra ID: the app's own, a person's by consent, and a person's by our pane's token.

msal and not azure-identity, since only msal takes a refresh token that we have kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol
from weakref import WeakValueDictionary

import jwt
import msal  # type: ignore[import-untyped] # no stubs
import requests

from adapters.outlook.refusals import no_token
from adapters.outlook.settings import (
    CONSENT_SCOPES,
    AppCertificate,
    AppSecret,
    Consent,
    Credentials,
    OutlookSettings,
)
from core.errors import InvalidInput, PermissionDenied, Unavailable

EARLY = 120
"""Seconds before its end at which a token is no longer used."""
UNREADABLE = (
    "The certificate or its key cannot be read: check the files of --certificate and --key."
)
READING = ("Calendars.Read",)
"""What the pane needs of a person whose mailbox is not connected."""


class Bearer(Protocol):
    """Whatever gives access tokens."""

    def token(self) -> str:
        """Raise AccountDisconnected, PermissionDenied or Unavailable where there is none."""
        ...

    def forget(self, token: str) -> None:
        """Graph refused this token: fetch another one next time."""
        ...


class OnBehalf:
    """A person's own token for Graph, in exchange for the one that our pane has sent."""

    def __init__(
        self, settings: OutlookSettings, client: AppSecret | AppCertificate, assertion: str
    ) -> None:
        self._settings = settings
        self._client = client
        self._assertion = assertion
        self._held = ""

    def token(self) -> str:
        if not self._held:
            self._held = on_behalf_of(self._settings, self._client, self._assertion, scopes=READING)
        return self._held

    def forget(self, token: str) -> None:
        if self._held == token:
            self._held = ""


class Tokens:
    """Access tokens of one account, fetched when needed and kept in memory only."""

    def __init__(
        self,
        settings: OutlookSettings,
        credentials: Credentials,
        *,
        keep: Callable[[str], None] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`keep` gets each new refresh token: Entra ID replaces the old one."""
        self._settings = settings
        self._credentials = credentials
        self._refresh = credentials.refresh_token if isinstance(credentials, Consent) else ""
        self._keep = keep
        self._seconds = seconds
        self._lock = threading.Lock()
        self._held: tuple[str, float] | None = None

    def token(self) -> str:
        """Raise AccountDisconnected, PermissionDenied or Unavailable where there is none."""
        with self._lock:
            if self._held is None or self._held[1] <= self._seconds():
                got = self._fetch()
                until = self._seconds() + float(got.get("expires_in", 0)) - EARLY
                self._held = (str(got["access_token"]), until)
            return self._held[0]

    def forget(self, token: str) -> None:
        """Graph refused this token: fetch another one next time."""
        with self._lock:
            if self._held is not None and self._held[0] == token:
                self._held = None

    def _fetch(self) -> dict[str, Any]:
        with _session(self._settings) as session:
            return _granted(lambda: self._ask(session))

    def _ask(self, session: requests.Session) -> dict[str, Any]:
        if isinstance(self._credentials, Consent):
            app = _client(self._settings, self._credentials.client, session)
            got = dict(app.acquire_token_by_refresh_token(self._refresh, list(CONSENT_SCOPES)))
            self._remember(str(got.get("refresh_token") or ""))
            return got
        app = _client(self._settings, self._credentials, session)
        return dict(app.acquire_token_for_client([self._settings.app_scope]))

    def _remember(self, refresh: str) -> None:
        if refresh and refresh != self._refresh:
            self._refresh = refresh
            if self._keep is not None:
                self._keep(refresh)


_SHARED: WeakValueDictionary[tuple[object, ...], Tokens] = WeakValueDictionary()
_SHARING = threading.Lock()


def app_tokens(settings: OutlookSettings, credentials: AppSecret | AppCertificate) -> Tokens:
    """Return the app's tokens: one for all mailboxes, not one for each."""
    who = (settings.tenant_authority, settings.client_id, settings.app_scope, credentials)
    with _SHARING:
        tokens = _SHARED.get(who)
        if tokens is None:
            tokens = _SHARED[who] = Tokens(settings, credentials)
        return tokens


BOT_SCOPE = "https://api.botframework.com/.default"


def bot_token(settings: OutlookSettings, credentials: AppSecret | AppCertificate) -> str:
    """Return the bot's token for the Teams connector; msal keeps it until it ends."""
    with _session(settings) as session:
        app = _client(settings, credentials, session)
        got = _granted(lambda: dict(app.acquire_token_for_client([BOT_SCOPE])))
    return str(got["access_token"])


def begin_consent(
    settings: OutlookSettings,
    client: AppSecret | AppCertificate | None,
    redirect_uri: str,
    login_hint: str,
) -> dict[str, Any]:
    """Start a sign-in with PKCE; the value's `auth_uri` is for the browser, all of it for later.

    The value holds the verifier: keep it on the server, with the person's session.
    """
    with _session(settings) as session:
        app = _client(settings, client, session)
        flow: dict[str, Any] = app.initiate_auth_code_flow(
            list(CONSENT_SCOPES), redirect_uri, login_hint=login_hint, response_mode="form_post"
        )
    return flow


def finish_consent(
    settings: OutlookSettings,
    client: AppSecret | AppCertificate | None,
    flow: dict[str, Any],
    answer: dict[str, str],
) -> tuple[Consent, str]:
    """Return the consent and the address of whoever gave it; raise InvalidInput on a forgery."""
    with _session(settings) as session:
        app = _client(settings, client, session)
        try:
            got = _granted(lambda: dict(app.acquire_token_by_auth_code_flow(flow, answer)))
        except ValueError as err:  # state or nonce differ
            raise InvalidInput("This sign-in was not begun here: start it again.") from err
    address = str(got.get("id_token_claims", {}).get("preferred_username", "")).lower()
    if not got.get("refresh_token"):
        raise PermissionDenied("Entra ID gave no lasting consent: allow offline_access to the app.")
    return Consent(refresh_token=str(got["refresh_token"]), client=client), address


def on_behalf_of(
    settings: OutlookSettings,
    client: AppSecret | AppCertificate,
    assertion: str,
    *,
    scopes: Sequence[str] = CONSENT_SCOPES,
) -> str:
    """Return a Graph token for the person whose token for our own API the pane has sent."""
    with _session(settings) as session:
        app = _client(settings, client, session)
        got = _granted(lambda: dict(app.acquire_token_on_behalf_of(assertion, list(scopes))))
    return str(got["access_token"])


def _client(
    settings: OutlookSettings, client: AppSecret | AppCertificate | None, session: requests.Session
) -> Any:
    common = {
        "authority": settings.tenant_authority,
        "http_client": session,
        # The authority is configuration; asking the public cloud about it would leave the site.
        "instance_discovery": False,
    }
    try:
        match client:
            case None:
                return msal.PublicClientApplication(settings.client_id, **common)
            case AppSecret(secret=secret):
                return msal.ConfidentialClientApplication(
                    settings.client_id, client_credential=secret, **common
                )
            case AppCertificate(private_key=key, certificate=certificate):
                proof = {"private_key": key, "public_certificate": certificate}
                return msal.ConfidentialClientApplication(
                    settings.client_id, client_credential=proof, **common
                )
    except requests.RequestException as err:
        raise silent(err) from err
    except ValueError as err:
        if "authority" in str(err):  # msal's words where the directory does not describe itself
            raise PermissionDenied("Entra ID knows no such directory: check --tenant (and "
                                   "entra_authority, where it is set).") from err  # fmt: skip
        raise PermissionDenied(UNREADABLE) from err
    except jwt.PyJWTError as err:
        raise PermissionDenied(UNREADABLE) from err


def silent(err: requests.RequestException) -> Unavailable:
    """Say why Entra ID was not reached."""
    if isinstance(err, requests.exceptions.SSLError):
        return Unavailable("Entra ID's certificate is not trusted here: a gateway in between? "
                           "ca_file names the one who signs for it.")  # fmt: skip
    return Unavailable("Entra ID did not answer: is the internet reachable from here, and "
                       "entra_authority right? It is asked again.")  # fmt: skip


def _granted(ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Ask for a token and turn every refusal into one of core's errors."""
    try:
        got = ask()
    except requests.RequestException as err:
        raise silent(err) from err
    except jwt.PyJWTError as err:
        raise PermissionDenied(UNREADABLE) from err
    if "access_token" in got:
        return got
    raise no_token(str(got.get("error", "")), str(got.get("error_description", "")))


class _Timed(requests.Session):
    """A session whose every request has a time-out: msal sets none."""

    time_out: tuple[float, float] = (5, 30)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", self.time_out)
        return super().request(*args, **kwargs)


def _session(settings: OutlookSettings) -> requests.Session:
    session = _Timed()
    session.time_out = settings.time_out
    if settings.ca_file is not None:
        session.verify = settings.ca_file
        session.trust_env = False  # REQUESTS_CA_BUNDLE would win over ours
    return session
