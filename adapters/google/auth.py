"""Access tokens by delegation or by consent, fetched when needed and kept in memory only."""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from typing import Any, NoReturn

import google.auth.exceptions
import google.auth.transport.requests
import requests
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from adapters.google.settings import CHAT_BOT, Consent, Credentials, Delegation, GoogleSettings
from core.errors import AccountDisconnected, PermissionDenied, Unavailable

# google-auth has types, and these two constructors have none.
_Delegated: Any = service_account.Credentials
_Consented: Any = user_credentials.Credentials


@lru_cache(maxsize=4)
def _service_account(key_file: str) -> Any:
    """Loading a key checks it for a tenth of a second: once for all people and scopes."""
    return _Delegated.from_service_account_info(json.loads(key_file))


class Tokens:
    """One account's tokens, a separate one for each scope.

    A scope that the administrator has not granted refuses the whole token it is part of:
    apart from each other, missing tasks do not break the calendar.
    """

    def __init__(self, settings: GoogleSettings, account: str, credentials: Credentials) -> None:
        self._settings = settings
        self._account = account
        self._credentials = credentials
        self._lock = threading.Lock()
        self._by_scope: dict[str, Any] = {}

    def token(self, scope: str) -> str:
        """Raise AccountDisconnected, PermissionDenied or Unavailable where there is none."""
        with self._lock:
            held = self._by_scope.get(scope)
            if held is None or not held.valid:
                held = self._by_scope[scope] = self._fetch(scope)
            return str(held.token)

    def forget(self, scope: str, token: str) -> None:
        """Google refused this token: fetch another one next time."""
        with self._lock:
            held = self._by_scope.get(scope)
            if held is not None and held.token == token:
                del self._by_scope[scope]

    def _fetch(self, scope: str) -> Any:
        made = self._made(scope)
        with requests.Session() as session:
            try:
                made.refresh(_timed(session, self._settings.time_out))
            except google.auth.exceptions.RefreshError as err:
                self._refused(err, scope)
            except google.auth.exceptions.TransportError as err:
                raise Unavailable("Google's token endpoint did not answer.") from err
        return made

    def _made(self, scope: str) -> Any:
        match self._credentials:
            case Delegation(key_file=key_file):
                info = dict(key_file) | {"token_uri": self._settings.token_uri}
                ours = _service_account(json.dumps(info, sort_keys=True)).with_scopes([scope])
                # The Chat app is nobody but itself.
                return ours if scope == CHAT_BOT else ours.with_subject(self._account)
            case Consent() as consent:
                # No scopes: a refresh token gives what was consented to, or less than asked.
                return _Consented(
                    token=None,
                    refresh_token=consent.refresh_token,
                    client_id=consent.client_id,
                    client_secret=consent.client_secret,
                    token_uri=self._settings.token_uri,
                )

    def _refused(self, err: google.auth.exceptions.RefreshError, scope: str) -> NoReturn:
        if err.retryable:
            raise Unavailable("Google's token endpoint is in trouble.") from err
        raise refusal(_answer(err), scope) from err


def _answer(err: Exception) -> dict[str, str]:
    body = err.args[1] if len(err.args) > 1 else {}
    return body if isinstance(body, dict) else {}


def refusal(answer: dict[str, str], scope: str) -> Exception:
    """Say in one sentence what the administrator or the person has to do."""
    error, text = answer.get("error", ""), answer.get("error_description", "")
    if error == "unauthorized_client":
        return PermissionDenied(
            f"The scope {scope} is not delegated to our service account: add it in the Admin"
            " console under Security > API controls > Domain-wide delegation."
        )
    if error == "invalid_client":
        return PermissionDenied("Google does not know our OAuth client: check its id and secret.")
    if "iat and exp" in text:
        return PermissionDenied(
            "This machine's clock is wrong, set it by NTP: Google refused a signed request."
        )
    if "Invalid JWT Signature" in text or "account not found" in text:
        return PermissionDenied("Google refused our key: make a new one for the service account.")
    if "Invalid email or User ID" in text:
        return AccountDisconnected(
            "Google has no such account, or it is suspended: restore it in the Admin console,"
            " or take it out with `vieraugen disconnect`."
        )
    return AccountDisconnected(
        "The consent at Google has ended: the person has to connect again"
        " (`vieraugen connect google`)."
    )


def _timed(session: requests.Session, time_out: tuple[float, float]) -> Any:
    """The token request with our time-outs: google-auth's own is two minutes."""
    plain = google.auth.transport.requests.Request(session=session)

    def send(*positional: Any, **named: Any) -> Any:
        answer = plain(*positional, **{**named, "timeout": time_out})
        if answer.status >= requests.codes.server_error:
            # Raised from within, since google-auth would sleep and repeat while others wait.
            raise Unavailable(f"Google's token endpoint is in trouble ({answer.status}).")
        return answer

    return send
