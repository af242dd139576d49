"""Mail by SMTP: one message to one person (RFC 5321, RFC 5322)."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from core.errors import InvalidInput, PermissionDenied, Unavailable

TIMEOUT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Sends one message to one person."""

    url: str
    sender: str

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str = "",
        *,
        name: str = "",
        unsubscribe: str = "",
    ) -> str:
        """Send it; return its Message-ID. Raise Unavailable, PermissionDenied, InvalidInput.

        The same `name` gives the same Message-ID, so that a mailbox shows one mail where a
        crash has sent it twice. `unsubscribe` is where messages of this kind are switched off.
        """
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self.sender, to, subject
        except ValueError as err:
            raise InvalidInput(f"this cannot be a mail's header: {err}") from err
        message["Date"] = formatdate()
        domain = self.sender.rpartition("@")[2] or "localhost"
        named = hashlib.sha256(name.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{named}@{domain}>" if name else make_msgid(domain=domain)
        if unsubscribe:
            message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        self._deliver(message)
        return str(message["Message-ID"])

    def _deliver(self, message: EmailMessage) -> None:
        parts = urlsplit(self.url)
        try:
            with _connected(parts) as server:
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(message)
        except smtplib.SMTPAuthenticationError as err:
            raise PermissionDenied("smtp_url: the mail server refuses user or password") from err
        except smtplib.SMTPRecipientsRefused as err:
            raise InvalidInput("the mail server refuses this recipient") from err
        except (OSError, smtplib.SMTPException) as err:
            raise Unavailable(f"the mail server failed: {type(err).__name__}") from err


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif parts.username:
        server.close()
        raise PermissionDenied("smtp_url: the mail server offers no TLS, so no password is sent")
    return server
