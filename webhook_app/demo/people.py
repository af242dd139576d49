"""Made-up people and their recurring 1:1s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.people import Person
from webhook_app.demo.phone import Phone

ZONE = "Europe/Berlin"
PASSWORD = "vier-augen"  # noqa: S105 - of made-up people on a server that lives with the demo

BEN = Person(address="ben@example.com", name="Ben Behrens", locale="de", zone=ZONE)
ANNA = Person(address="anna@example.com", name="Anna Ahrens", locale="de", zone=ZONE)
CLEO = Person(address="cleo@example.com", name="Cleo Clarke", locale="en", zone="Europe/London")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person of the demo."""

    person: Person
    role: str
    login: str

    @property
    def phone(self) -> Phone:
        """Their calendar client."""
        return Phone(login=self.login, password=PASSWORD)


ACTORS = (
    Actor(person=BEN, role="manager", login="ben"),
    Actor(person=ANNA, role="report", login="anna"),
    Actor(person=CLEO, role="report", login="cleo"),
)


def actor(login: str) -> Actor:
    """Return a person of the demo by login."""
    return next(a for a in ACTORS if a.login == login)


EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
DTSTART;TZID={zone}:{start}
DTEND;TZID={zone}:{end}
RRULE:FREQ=WEEKLY
SUMMARY:{title}
DESCRIPTION:{notes}
ORGANIZER;CN={organizer.name}:mailto:{organizer.address}
ATTENDEE;CN={organizer.name};PARTSTAT=ACCEPTED:mailto:{organizer.address}
ATTENDEE;CN={attendee.name};PARTSTAT=ACCEPTED:mailto:{attendee.address}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:{title}
TRIGGER:-PT10M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def weekly(
    uid: str, title: str, first: datetime, *, notes: str, organizer: Person, attendee: Person
) -> bytes:
    """Return a weekly 30-minute event as a calendar client would send it."""
    local = first.astimezone(ZoneInfo(ZONE))
    text = EVENT.format(
        uid=uid,
        stamp="20260101T080000Z",
        zone=ZONE,
        start=f"{local:%Y%m%dT%H%M%S}",
        end=f"{local + timedelta(minutes=30):%Y%m%dT%H%M%S}",
        title=title,
        notes=notes.replace(",", "\\,").replace("\n", "\\n"),
        organizer=organizer,
        attendee=attendee,
    )
    return text.replace("\n", "\r\n").encode()


def first_start(now: datetime, *, hour: int = 10) -> datetime:
    """Return 10:00 in Berlin on a day about a week ago, so that the next one is tomorrow."""
    local = now.astimezone(ZoneInfo(ZONE)) - timedelta(days=6)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)
