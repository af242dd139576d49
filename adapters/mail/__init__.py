"""Mail, for messages only: what we say to one person, as text and HTML."""

from __future__ import annotations

from adapters.mail.messages import MailMessages
from adapters.mail.smtp import Mailer

__all__ = ["MailMessages", "Mailer"]
