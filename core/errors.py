"""Every error this project raises on purpose.

A caller decides by class, never by reading the message. The message is for
people: what happened, and what they can do.
"""

from __future__ import annotations

from datetime import timedelta


class OneOnOneError(Exception):
    """Base of all of them."""

    retryable = False
    """Whether the same call may succeed later without anyone changing anything."""


class InvalidInput(OneOnOneError):
    """A person or a client sent something we can't use; the text is for them."""


class NotSignedIn(OneOnOneError):
    """We do not know who asks, or no longer."""


class NotAllowed(OneOnOneError):
    """We know who asks; they may not do this."""


class NotFound(OneOnOneError):
    """No such event, task, list or calendar, or not for this account."""


class NotSupported(OneOnOneError):
    """This suite can't do that; the port's features said so beforehand."""


class RevisionConflict(OneOnOneError):
    """It changed since we read it: read again, decide again."""


class SuiteError(OneOnOneError):
    """The other system refused or failed."""


class AccountDisconnected(SuiteError):
    """The stored consent no longer works: a person has to connect again."""


class PermissionDenied(SuiteError):
    """Connected, but this scope, calendar or mailbox isn't ours to touch."""


class CursorExpired(SuiteError):
    """The change cursor is too old: start again with since=None."""


class UnexpectedResponse(SuiteError):
    """The answer doesn't have the documented shape: our bug or theirs."""


class Unavailable(SuiteError):
    """Time-out, refused connection or 5xx."""

    retryable = True


class RateLimited(Unavailable):
    """Told to slow down."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
