"""What a refusal of Entra ID or of Graph means, and what an administrator does about it.

Numbers: learn.microsoft.com/entra/identity-platform/reference-error-codes; codes of Exchange:
learn.microsoft.com/graph/errors. Their own texts may name people and are not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from core.errors import (
    AccountDisconnected,
    CursorExpired,
    InvalidInput,
    NotFound,
    OneOnOneError,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    SuiteError,
    Unavailable,
    UnexpectedResponse,
)

FORGOTTEN = frozenset({"syncstatenotfound", "resyncrequired", "syncstateinvalid"})
NO_MAILBOX = frozenset({"mailboxnotenabledforrestapi", "mailboxnotsupportedforrestapi"})
NOBODY = frozenset({"errorinvaliduser", "request_resourcenotfound", "resourcenotfound"})
DISCONNECTED = frozenset({"invalid_grant", "interaction_required", "login_required"})
DENIED = frozenset({"invalid_client", "unauthorized_client", "invalid_scope", "invalid_resource"})
PASSING = frozenset({"temporarily_unavailable", "server_error"})
LATER = frozenset({90033, 90055, 50196})
"""Entra ID is busy, or says that it has been asked too often."""

_KEY = "make a new one (Certificates & secrets), and `vieraugen connect outlook` with it"
_TENANT = "check --tenant, the directory (tenant) ID of the app's overview"
_ANEW = "`vieraugen connect outlook --sign-in` for this person"
_ASK = "an administrator allows it once (API permissions, Grant admin consent)"
ADVICE: Final[Mapping[int, str]] = {
    7000215: f"the client secret is wrong (its value counts, not its ID): {_KEY}",
    7000222: f"the client secret has ended: {_KEY}",
    700016: "the directory has no such app: check --client (application ID) and --tenant",
    700027: "the certificate is not one of the app's, or has ended: upload it (Certificates & "
            "secrets), and connect with it and its key",
    700024: "our clock is wrong: Entra ID takes a certificate's proof for minutes only",
    700021: "the app's certificate says nothing that Entra ID takes: make a new one",
    7000112: "the app is switched off in the directory: Enterprise applications, Properties",
    7000218: "the app has to prove itself: give --secret-file too, or allow public client flows "
             "(Authentication)",
    7000229: "the app is not set up in this directory yet: an administrator consents once",
    90002: f"there is no such directory: {_TENANT}",
    900023: f"there is no such directory: {_TENANT}",
    50194: f"the app is for one directory, and that is not named: {_TENANT}",
    70011: "a permission is asked for that the app does not have: compare API permissions with "
           "adapters/outlook/README.md",
    500011: "the directory does not know the service that is asked for: check graph_root",
    50011: "the app lacks this way back: add http://localhost (Mobile and desktop applications)",
    500113: "the app has no way back: add http://localhost (Mobile and desktop applications)",
    65001: f"nobody has consented yet: {_ASK}, or the person signs in: {_ANEW}",
    65004: f"the person said no to what the app asks for: {_ANEW}",
    90094: f"this directory lets nobody consent for themselves: {_ASK}",
    90093: f"this directory lets nobody consent for themselves: {_ASK}",
    50105: "the person is not assigned to the app: Enterprise applications, Users and groups",
    50020: "the account is not one of this directory: sign in with the work account",
    50034: "the directory knows no such account: check --person",
    50053: "the account is locked: an administrator unlocks it",
    50055: f"the password has ended: the person renews it, then {_ANEW}",
    50057: "the account is switched off: take the person out, or an administrator switches it on",
    50058: f"nobody is signed in: {_ANEW}",
    50076: f"a second factor is asked for: {_ANEW}",
    50079: f"a second factor has to be set up first: the person does, then {_ANEW}",
    50173: f"the consent was withdrawn or the password changed: {_ANEW}",
    50133: f"the password was changed: {_ANEW}",
    50132: f"the sign-in was withdrawn: {_ANEW}",
    70008: f"the consent has ended: {_ANEW}",
    700082: f"the consent was not used for 90 days and has ended: {_ANEW}",
    70043: f"a rule asks for a new sign-in: {_ANEW}",
    53003: "a Conditional Access rule forbids it: an administrator looks at the sign-in log and "
           "lets the app in",
    53000: "a Conditional Access rule wants a managed device: an administrator lets the app in",
    530003: "a Conditional Access rule wants a managed device: an administrator lets the app in",
    50158: f"a Conditional Access rule asks for more: {_ANEW}",
}  # fmt: skip
_NUMBER = re.compile(r"AADSTS(\d+)")


def advice_on(description: str) -> str:
    """Return what to do about a refusal in Entra ID's words: its number and our advice."""
    found = _NUMBER.search(description)
    advice = ADVICE.get(int(found[1])) if found else None
    return f"{found[0] if found else 'no number'}: {advice or 'look the number up'}"


class AlreadyThere(SuiteError):
    """The same was asked for before: a transactionId or a subscription that exists."""


def no_token(error: str, description: str) -> OneOnOneError:
    """What it means that Entra ID gave no token."""
    found = _NUMBER.search(description)
    number = int(found[1]) if found else 0
    code = found[0] if found else error or "no reason"
    advice = ADVICE.get(number)
    if number in LATER or error in PASSING:
        return Unavailable(f"Entra ID gives no token now ({code}): it is asked again by itself.")
    if error in DISCONNECTED:
        text = advice or f"{_ANEW}; where the app comes as itself, look the number up"
        return AccountDisconnected(f"Microsoft no longer accepts the consent ({code}): {text}.")
    if advice or error in DENIED:
        text = advice or "check its id, its secret or certificate, and its permissions"
        return PermissionDenied(f"Entra ID refused the app ({code}): {text}.")
    return Unavailable(f"Entra ID gave no token ({code}): look the code up, and check tenant and "
                       "entra_authority; it is asked again.")  # fmt: skip


def refusal(status: int, code: str, headers: Mapping[str, str], path: str = "") -> OneOnOneError:
    """What one of Graph's refusals is in our words; `path` says what was asked for."""
    if code.lower() in FORGOTTEN:
        return CursorExpired("Graph has forgotten where we were: start over.")
    match status:
        case 400 if code in ("ErrorOccurrenceCrossingBoundary",):
            return InvalidInput("The meeting may not pass or overlap its neighbour in the series.")
        case 400 if code == "ErrorDuplicateTransactionId":
            return AlreadyThere(f"Graph has this already ({code}).")
        case 401:
            return AccountDisconnected(
                "Microsoft no longer accepts our sign-in: `vieraugen connect outlook` for this "
                "person makes a new one."
            )
        case 403:
            return PermissionDenied(f"Microsoft does not allow this ({code}): {_right(path)}.")
        case 404 if code.lower() in NO_MAILBOX:
            return PermissionDenied("This person has no mailbox in Exchange Online (none yet, or "
                                    "one on your own servers, which we cannot reach): give a "
                                    "licence, or take the person out.")  # fmt: skip
        case 404 if code.lower() in NOBODY:
            return NotFound("Microsoft 365 knows no such person: check the address (the sign-in "
                            "name, or the main address of the mailbox).")  # fmt: skip
        case 404:
            return NotFound("Outlook has no such thing, or not for this account.")
        case 409:
            return AlreadyThere(f"Graph has this already ({code}).")
        case 410:
            return CursorExpired("Graph has forgotten where we were: start over.")
        case 412:
            return RevisionConflict("It has changed since we read it.")
        case 429:
            return RateLimited("Graph asks us to slow down; it goes on by itself.",
                               retry_after=_retry_after(headers))  # fmt: skip
        case _ if status >= 500:
            return Unavailable(f"Graph is in trouble ({status}); it is asked again by itself.")
        case _:
            return UnexpectedResponse(f"Graph refused the request ({status} {code}): please "
                                      "report it, with these two words.")  # fmt: skip


def _right(path: str) -> str:
    """Say which right is missing for what was asked for."""
    if "/planner/" in path:
        return "the app needs Tasks.ReadWrite.All, consented, and the person a place in the group"
    if "/todo/" in path:
        return "To Do needs Tasks.ReadWrite.All, consented by an administrator (README, step 4)"
    if path.endswith("/sendMail"):
        return "mail needs Application Mail.Send for the mailbox that sends"
    return (
        "is the person in the group of the app's management scope (README, step 3; a new "
        "assignment takes up to two hours)? Test-ServicePrincipalAuthorization says it"
    )


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """Seconds, which Graph also writes as a decimal: the SDK ignores those."""
    found = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return timedelta(seconds=max(0.0, float(found)))
    except ValueError:
        return None
