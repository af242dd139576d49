"""Signed links to a pair's page: opaque, for one person, with an end."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.errors import InvalidInput
from webhook_app.storage.sealing import KeyRing

LIFE = timedelta(days=90)
PROVEN_LIFE = timedelta(hours=24)
"""Of a link that a host's pane is given after it has proved who looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who comes by a link."""

    person: str
    issued_at: datetime
    is_proven: bool = False
    """Given to a pane in which a host has just proved who it is: cookies do not reach there."""


class Links:
    """Makes and reads links. A link is sealed, so it shows nobody's address."""

    def __init__(self, keys: KeyRing, public_url: str) -> None:
        self._keys = keys
        self.root = public_url.rstrip("/")
        """Where people's browsers reach us."""

    def page_of(self, person: str, now: datetime) -> str:
        """Return the address of somebody's own page."""
        return f"{self.root}/me/{self.token_of(person, now)}"

    def token_of(self, person: str, now: datetime, *, proven: bool = False) -> str:
        """Return what makes a link somebody's own: `/auth/link/<token>` begins a session."""
        data: dict[str, object] = {"p": person, "e": int((now + _life(proven)).timestamp())}
        text = json.dumps(data | ({"v": 1} if proven else {})).encode()
        sealed = self._keys.seal(text, "link")
        return base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")

    def read(self, token: str, now: datetime) -> Visit:
        """Return who comes. Raise InvalidInput where the link is broken or too old."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
            data = json.loads(self._keys.open(sealed, "link"))
            person, ends, proven = str(data["p"]), int(data["e"]), bool(data.get("v"))
            issued_at = datetime.fromtimestamp(ends, UTC) - _life(proven)
        except (ValueError, KeyError, InvalidInput) as err:
            raise InvalidInput("this link is broken: please ask for a new one") from err
        if now.timestamp() > ends:
            raise InvalidInput("this link is too old: please ask for a new one")
        return Visit(person=person, issued_at=issued_at, is_proven=proven)


def _life(proven: bool) -> timedelta:
    return PROVEN_LIFE if proven else LIFE
