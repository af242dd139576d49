"""Standard Webhooks: signatures, when to try again, and what an answer means.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from core.errors import InvalidInput
from core.model.webhooks import Delivery, Posted, Secret

PREFIX = "whsec_"
OLD_SECRET = timedelta(hours=24)
"""How long a replaced secret still signs."""

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000)
)
"""Between attempts: together three days."""


def sign(secrets: Iterable[Secret], message_id: str, at: datetime, body: bytes) -> str:
    """Return the `webhook-signature` header: one signature for each secret that still holds."""
    stamp = int(at.timestamp())
    content = f"{message_id}.{stamp}.".encode() + body
    held = [s for s in secrets if s.until is None or s.until > at]
    return " ".join(f"v1,{_mac(secret.text, content)}" for secret in held)


def _mac(secret: str, content: bytes) -> str:
    digest = hmac.new(secret_bytes(secret), content, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def secret_bytes(secret: str) -> bytes:
    """Return the key in a secret. Raise InvalidInput where it is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as err:
        raise InvalidInput("secret: `whsec_` and 24 to 64 bytes in base64") from err
    if not secret.startswith(PREFIX) or not 24 <= len(key) <= 64:
        raise InvalidInput("secret: `whsec_` and 24 to 64 bytes in base64")
    return key


def next_attempt(delivery: Delivery, posted: Posted, now: datetime) -> datetime | None:
    """Return when to try again after a failed attempt; None: three days are over.

    `delivery.attempts` counts the failed one. What the other side asks for by Retry-After
    is granted up to a day.
    """
    if delivery.attempts > len(WAITS):
        return None
    wait = WAITS[delivery.attempts - 1]
    if posted.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(posted.retry_after, 86_400)))
    return now + wait


def is_about_the_address(posted: Posted) -> bool:
    """Tell whether everything sent there would fail now, not this one alone."""
    return posted.status == 0 or posted.status in (404, 408, 429) or posted.status >= 500


def hint(url: str, posted: Posted) -> str:
    """Say what an answer means and what to do, for the one who set the endpoint up."""
    status = posted.status
    if posted.arrived:
        return ""
    if posted.error:
        return posted.error
    if status == 404 and "/webhook-test/" in url:
        return (
            "n8n's test URL answers 404 unless somebody pressed “Listen for test event”, and "
            "listens once: press it and send again, or use the production URL of an active workflow"
        )
    if 300 <= status < 400:
        return "it answers with a redirect, which we do not follow: enter the final address"
    known = {
        400: "it did not understand the request: check what the receiver expects",
        401: "it wants a login: check the receiver's authentication, or the signature check",
        403: "it refuses: check the secret in the receiver's signature check",
        404: "nothing listens at this path: check the address, and that the workflow is active",
        405: "it does not take POST: set the receiver to POST",
        410: "it is gone for good: we send nothing there any more",
        413: "it finds the request too large",
        429: "it asks us to slow down: we wait and try again",
    }
    if status >= 500:
        return "the receiver failed by itself: we try again for three days"
    return known.get(status, f"it answers {status}, and only 200 to 299 counts as received")
