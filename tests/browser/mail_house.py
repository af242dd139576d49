"""A house in which nobody has said yes yet, with mail on loopback and a clock of the test's own.

Links open as they do behind https: by a press in the first browser, by a code in another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Browser, Page

from core.model.series import Series
from tests.browser.house import House, address, open_house
from tests.servers.smtp import running_smtp
from tests.webhook_app.imap import Mailbox, running_mailbox
from webhook_app.demo.people import ACTORS, BEN, weekly
from webhook_app.jobs.clock import utc_now
from webhook_app.mailbox import poll

PHONE = {"width": 390, "height": 844}
GOOD = "Authentication-Results: mx.example.com; dkim=pass header.d=example.com"
DORA = "ATTENDEE;CN=Dora Dorn:mailto:dora@example.com\r\n"


@dataclass(slots=True)
class MailHouse:
    """The house, its post, and what time its engine thinks it is."""

    house: House
    sent: list[str]
    box: Mailbox
    now: datetime = field(default_factory=utc_now)

    def sync(self, until: datetime | None = None) -> None:
        """Let the engine do a whole pass, a second later or at a time that lies ahead."""
        self.now = max(self.now + timedelta(seconds=1), until or self.now)
        self.house.sync(self.now)

    def mails(self, to: str) -> list[EmailMessage]:
        """Return what somebody got, the oldest first."""
        read = [message_from_string(text, policy=policy.default) for text in self.sent]
        return [mail for mail in read if address(to) in str(mail["To"])]

    def reply(self, to: EmailMessage, body: str, sender: str = "anna") -> None:
        """Let somebody answer a mail, and the mailbox be read."""
        lines = [
            f"From: {address(sender)}",
            f"Message-ID: <r{len(self.box.mails)}@example.com>",
            f"In-Reply-To: {to['Message-ID']}",
            GOOD,
        ]
        quoted = "\r\n".join(f"> {line}" for line in words(to).splitlines())
        self.box.mails.append("\r\n".join([*lines, "", body, "", quoted]).encode())
        poll(self.house.app, self.now)
        self.sync()

    def put(self, pair: str, uid: str, title: str, first: datetime, *, more: str = "") -> str:
        """Put a weekly event of Ben's into the calendar of a pair; return its address."""
        url = f"{self.house.stage.calendars[pair]}{uid}.ics"
        report = next(a.person for a in ACTORS if a.login == pair)
        ics = weekly(uid, title, first, notes="Raum Linde", organizer=BEN, attendee=report)
        text = ics.decode().replace("BEGIN:VALARM", f"{more}BEGIN:VALARM")
        self.house.phone("ben").put(url, text.encode())
        return url

    def series(self, uid: str) -> Series:
        """Return a series by its UID."""
        with self.house.app.store.transaction() as tx:
            found = tx.series_by_uid(uid)
        assert found is not None
        return found


def words(mail: EmailMessage) -> str:
    """Return what a mail says as text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def links(mail: EmailMessage) -> list[str]:
    """Return the addresses that a mail's text leads to."""
    return re.findall(r"https?://[^\s>)]+", words(mail))


@contextmanager
def open_mail_house(folder: Path) -> Iterator[MailHouse]:
    """Open it; the engine runs when the test says so."""
    with (
        running_smtp() as (smtp, sent),
        running_mailbox() as box,
        open_house(
            folder,
            timedelta(0),
            smtp_url=smtp,
            imap_url=box.url,
            imap_authserv="mx.example.com",
            admins="root@example.com",
            new_devices="first",
        ) as house,
    ):
        yield MailHouse(house=house, sent=sent, box=box)


def signed_in(browser: Browser, house: House, login: str, series_id: str) -> Page:
    """Open a 1:1 as the other one, who signed in long ago."""
    page = browser.new_page(viewport=PHONE, locale="de-DE")  # type: ignore[arg-type]
    cookie = {"name": "vieraugen", "value": house.cookie(login), "url": house.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright has it
    page.goto(f"{house.url}/my/talk/{series_id}")
    return page


def body(house: House, url: str, series_id: str) -> str:
    """Return the text of the occurrence that holds a series' agenda, as a client shows it."""
    with house.app.store.transaction() as tx:
        sheet = tx.open_sheet(series_id)  # type: ignore[arg-type]
    assert sheet is not None
    assert sheet.place is not None
    return house.phone("ben").notes(url, sheet.place.original_start)
