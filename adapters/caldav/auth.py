"""How a request says who is asking: Basic (app passwords too), Digest or Bearer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from adapters.caldav.settings import AuthKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest

    Signature = Callable[[PreparedRequest], PreparedRequest]


@dataclass(frozen=True, slots=True)
class Bearer:
    """RFC 6750."""

    token: str = field(repr=False)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign one request."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


def auth_of(kind: AuthKind, login: str, secret: str) -> Signature:
    """Return what signs a session's requests. The secret is a password or a token."""
    # Loaded with the first request: most commands never make one.
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth

    match kind:
        case AuthKind.BASIC:
            # As text the library would send Latin-1; RFC 7617 section 2.1 wants UTF-8.
            return HTTPBasicAuth(login.encode(), secret.encode())
        case AuthKind.DIGEST:
            return HTTPDigestAuth(login, secret)
        case AuthKind.BEARER:
            return Bearer(secret)
        case _:
            assert_never(kind)


def kinds_offered(challenge: str) -> tuple[AuthKind, ...]:
    """Return what a WWW-Authenticate header offers, the safest that we can do first."""
    words = {word.strip(",").lower() for word in challenge.split()}
    return tuple(kind for kind in (AuthKind.DIGEST, AuthKind.BASIC) if kind.value in words)
