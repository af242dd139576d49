"""Read replies from a mailbox by IMAP."""

from __future__ import annotations

import imaplib
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from core.errors import InvalidInput, PermissionDenied, Unavailable
from core.service.mail_replies import Outcome
from webhook_app.config import Settings
from webhook_app.hooks.replies import keep_big, take_mail
from webhook_app.wiring import App

TIMEOUT = 20
AT_ONCE = 50
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mailbox."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool


def place_of(settings: Settings) -> Place | None:
    """Return the configured mailbox; None: none. Raise InvalidInput where it can't be."""
    if not settings.imap_url:
        return None
    parts = urlsplit(settings.imap_url)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or not parts.username or parts.scheme not in ("imap", "imaps"):
        raise InvalidInput("imap_url: imaps://user:password@host/INBOX, please")
    if parts.scheme == "imap" and not local:
        raise InvalidInput("imap_url: imaps, please: a password is not sent in the clear")
    return Place(
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=parts.scheme == "imaps",
    )


def poll(app: App, now: datetime) -> Counter[Outcome]:
    """Read what is unseen; return what became of it. Raise Unavailable, PermissionDenied."""
    place, counts = place_of(app.settings), Counter[Outcome]()
    if place is None:
        return counts
    with _opened(place) as box:
        for number in _unseen(box, "SMALLER", LARGEST):
            counts[take_mail(app, _mail(box, number, "[]"), now)] += 1
            # Marked after it is kept: a crash in between reads it again, and once is once.
            box.store(number, "+FLAGS", "\\Seen")
        for number in _unseen(box, "LARGER", LARGEST - 1):
            counts[keep_big(app, _mail(box, number, "[HEADER]"), now)] += 1
            box.store(number, "+FLAGS", "\\Seen")
    return counts


@contextmanager
def _opened(place: Place) -> Iterator[imaplib.IMAP4]:
    try:
        if place.encrypted:
            context = ssl.create_default_context()
            box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                place.host, place.port, timeout=TIMEOUT, ssl_context=context
            )
        else:
            box = imaplib.IMAP4(place.host, place.port, timeout=TIMEOUT)
    except (OSError, imaplib.IMAP4.error) as err:
        raise Unavailable(f"imap_url: the mailbox does not answer: {type(err).__name__}") from err
    try:
        _log_in(box, place)
        yield box
        box.logout()
    except (OSError, imaplib.IMAP4.abort) as err:
        raise Unavailable(f"imap_url: the mailbox failed: {type(err).__name__}") from err
    finally:
        with suppress(OSError):
            box.shutdown()


def _log_in(box: imaplib.IMAP4, place: Place) -> None:
    try:
        box.login(place.user, place.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as err:
        raise PermissionDenied("imap_url: the mailbox refuses user or password") from err
    if box.select(f'"{place.folder}"')[0] != "OK":
        raise InvalidInput(f"imap_url: there is no folder {place.folder!r}")


def _unseen(box: imaplib.IMAP4, than: str, size: int) -> list[str]:
    found = box.search(None, "UNSEEN", than, str(size))[1]
    numbers = found[0].decode().split() if found and found[0] else []
    return numbers[:AT_ONCE]


def _mail(box: imaplib.IMAP4, number: str, part: str) -> bytes:
    parts = box.fetch(number, f"(BODY.PEEK{part})")[1]
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
