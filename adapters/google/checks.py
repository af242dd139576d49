"""What may be missing between us and one account, each found by trying it, in one sentence."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

from adapters.google.auth import Tokens
from adapters.google.scopes import CONSENT, SCOPES
from adapters.google.settings import EVENTS, TASKS, Credentials, Delegation, GoogleSettings
from adapters.google.wire import Transport, Wire, api
from core.errors import OneOnOneError, PermissionDenied

SKEW = timedelta(seconds=60)
"""By which clocks may differ: Google refuses requests that are signed in its future."""
APIS = {EVENTS: "Google Calendar API", TASKS: "Google Tasks API"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one try came to."""

    what: str
    ok: bool
    text: str
    needed: bool = True


def clock_check(settings: GoogleSettings, now: datetime) -> Check:
    """Compare our clock with Google's, which stands in every answer."""
    try:
        answer = requests.post(settings.token_uri, timeout=settings.time_out, allow_redirects=False)
    except requests.RequestException as err:
        text = f"Google's token endpoint does not answer ({type(err).__name__}): check the network."
        return Check(what="clock", ok=False, text=text)
    try:
        off = now - parsedate_to_datetime(answer.headers["Date"])
    except (KeyError, ValueError, TypeError):
        return Check(what="clock", ok=True, text="not compared: the answer says no time")
    if abs(off) > SKEW:
        text = (f"This machine's clock is off by {round(abs(off).total_seconds())} seconds:"
                " Google refuses requests signed at a wrong time; switch NTP on.")  # fmt: skip
        return Check(what="clock", ok=False, text=text)
    return Check(what="clock", ok=True, text="agrees with Google's")


def account_checks(
    settings: GoogleSettings, account: str, credentials: Credentials
) -> Iterator[Check]:
    """Try a token for each scope, then each API."""
    tokens = Tokens(settings, account, credentials)
    refused = yield from _scope_checks(tokens, credentials)
    for scope, name in APIS.items():
        if scope not in refused:
            yield _api_check(settings, account, tokens, scope, name)


def _scope_checks(
    tokens: Tokens, credentials: Credentials
) -> Generator[Check, None, dict[str, OneOnOneError]]:
    """Yield what is wrong; return the scopes that were refused."""
    delegated = isinstance(credentials, Delegation)
    wanted = [s for s in (SCOPES if delegated else CONSENT) if s.delegated]
    refused: dict[str, OneOnOneError] = {}
    for each in wanted:
        try:
            tokens.token(each.scope)
        except OneOnOneError as err:
            refused[each.scope] = err
    if len(refused) == len(wanted):
        yield Check(what="sign-in", ok=False, text=_all_refused(refused[EVENTS], credentials))
        return refused
    yield Check(what="sign-in", ok=True, text="tokens are given")
    for each in wanted:
        if each.scope in refused:
            text = f"{refused[each.scope]} Without it nobody can {each.why}."
            yield Check(what=_name(each.scope), ok=False, text=text, needed=each.needed)
    return refused


def _name(scope: str) -> str:
    return f"scope {scope.rpartition('/')[2]}"


def _all_refused(first: OneOnOneError, credentials: Credentials) -> str:
    undelegated = isinstance(first, PermissionDenied) and "not delegated" in str(first)
    if not (undelegated and isinstance(credentials, Delegation)):
        return str(first)
    ours = credentials.key_file.get("client_id", "?")
    return (f"Nothing is delegated to client id {ours}: add it with the scopes in the Admin"
            " console under Security > API controls > Domain-wide delegation; where an"
            " entry is there already, its client id is another one.")  # fmt: skip


def _api_check(
    settings: GoogleSettings, account: str, tokens: Tokens, scope: str, name: str
) -> Check:
    wire = Wire(Transport(tokens, scope, settings.time_out))
    needed = scope == EVENTS
    if needed:
        request = api("calendar", settings.api_root).events().list(calendarId=account, maxResults=1)
    else:
        request = api("tasks", settings.api_root).tasklists().list(maxResults=1)
    try:
        wire.send(request)
    except OneOnOneError as err:
        text = str(err)
        if "switched off: enable" in text:
            text = (f"The {name} is switched off: in the Cloud project of the service account"
                    " open APIs & Services > Library and enable it.")  # fmt: skip
        return Check(what=name, ok=False, text=text, needed=needed)
    return Check(what=name, ok=True, text="answers")
