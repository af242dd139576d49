"""What a connection to a CalDAV server keeps beside its secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import InvalidInput


class AuthKind(StrEnum):
    """How the server wants to know who is asking."""

    BASIC = "basic"
    """Also for app passwords."""
    DIGEST = "digest"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaldavSettings:
    """Everything is found once, when the account is connected."""

    home: str
    """URL of the account's calendar home. Hrefs are read against it, and no request leaves its
    host."""
    login: str
    auth: AuthKind = AuthKind.BASIC
    copies: bool = False
    """Whether the server delivers events to attendees (RFC 6638)."""
    quirks: frozenset[str] = frozenset()
    """Names in adapters.caldav.quirks."""
    time_out: tuple[float, float] = (5.0, 30.0)
    """Seconds to connect, and to wait for an answer."""

    def to_dict(self) -> dict[str, str]:
        """Return it as the store keeps it; `read_settings` is the way back."""
        return {
            "home": self.home,
            "login": self.login,
            "auth": self.auth.value,
            "copies": "yes" if self.copies else "no",
            "quirks": ",".join(sorted(self.quirks)),
            "time_out": ",".join(map(str, self.time_out)),
        }


def read_settings(kept: Mapping[str, str]) -> CaldavSettings:
    """Read what the store keeps. Raise InvalidInput where something is missing or unknown."""
    if not kept.get("home") or not kept.get("login"):
        raise InvalidInput("A CalDAV connection needs `home` and `login`: connect again.")
    try:
        connect, answer = map(float, kept.get("time_out", "5,30").split(","))
        auth = AuthKind(kept.get("auth", "basic"))
    except ValueError as err:
        raise InvalidInput(f"The CalDAV connection's settings are not readable: {err}") from err
    return CaldavSettings(
        home=kept["home"],
        login=kept["login"],
        auth=auth,
        copies=kept.get("copies") == "yes",
        quirks=frozenset(name for name in kept.get("quirks", "").split(",") if name),
        time_out=(connect, answer),
    )
