"""iCloud: its calendar speaks CalDAV, its reminders do not; what a person can do instead.

Since iOS 13 lists of reminders that were upgraded live outside of CalDAV, so that a task put
there would never be seen.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

DOMAINS: Final = ("icloud.com", "me.com", "mac.com")
CHOICES: Final = {
    "de": (
        "Erinnerungen in iCloud sind von außen nicht erreichbar: Aufgaben kommen dort nicht an.",
        "Antworte auf die Mail mit der Agenda: Jede eigene Zeile wird ein Punkt von dir.",
        "Oder nimm deine Seite: Der Link in der Mail öffnet sie, ein Konto braucht es nicht.",
        "Oder verbinde eine Aufgabenliste auf einem anderen CalDAV-Server, etwa Nextcloud.",
    ),
    "de-Sie": (
        "Erinnerungen in iCloud sind von außen nicht erreichbar: Aufgaben kommen dort nicht an.",
        "Antworten Sie auf die Mail mit der Agenda: Jede eigene Zeile wird ein Punkt von Ihnen.",
        "Oder nehmen Sie Ihre Seite: Der Link in der Mail öffnet sie, ein Konto braucht es nicht.",
        "Oder verbinden Sie eine Aufgabenliste auf einem anderen CalDAV-Server, etwa Nextcloud.",
    ),
    "en": (
        "Reminders in iCloud cannot be reached from outside: tasks do not arrive there.",
        "Reply to the mail with the agenda: each line of your own becomes a point of yours.",
        "Or use your page: the link in the mail opens it, no account is needed.",
        "Or connect a task list on another CalDAV server, Nextcloud say.",
    ),
}
"""What is so, and then what one can do about it."""


def is_icloud(address_or_url: str) -> bool:
    """Tell whether an e-mail address or a server's address belongs to iCloud."""
    if "://" in address_or_url:
        host = (urlsplit(address_or_url).hostname or "").lower()
    else:
        host = address_or_url.rpartition("@")[2].partition("/")[0].strip().lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in DOMAINS)


def choices(locale: str) -> tuple[str, ...]:
    """Return what to say to somebody in their language; one that we lack reads English."""
    return CHOICES.get(locale) or CHOICES["de" if locale.startswith("de") else "en"]
