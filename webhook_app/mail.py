"""Mail as the settings say; without them nothing is sent and the caller knows."""

from __future__ import annotations

from urllib.parse import urlsplit

from adapters.mail import Mailer
from core.errors import InvalidInput
from webhook_app.config import Settings


def mailer(settings: Settings) -> Mailer | None:
    """Return what sends mail; None: not set up. Raise InvalidInput where it can't be."""
    if not settings.smtp_url:
        return None
    parts = urlsplit(settings.smtp_url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise InvalidInput("smtp_url: smtp://user:password@host:587 or smtps://…, please")
    host = urlsplit(settings.public_url).hostname or "localhost"
    return Mailer(url=settings.smtp_url, sender=settings.mail_from or f"vieraugen@{host}")
