"""Read a reply to one of our mails: who wrote it, to what, and which lines are theirs.

Quoted text and signatures are left out. Who sent it is believed only on the word of the mail
server that took it in (Authentication-Results, RFC 8601), by the name that was configured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from html.parser import HTMLParser

from core.model.people import normal_address

MOST = 20
LONGEST = 2000

_ENDS = re.compile(
    r"""^\s*(?:
        --\s?                                                  # signature
      | _{5,} | -{5,}
      | -{2,}\s*(?:original|urspr\w+|weitergeleitet|forwarded|antwort).*
      | (?:on|am)\s.{4,200}\b(?:wrote|schrieb)\b.*
      | (?:wrote|schrieb)\s.{1,100}:
      | (?:from|von)\s?:\s.+@.*
      | (?:sent|gesendet)\s+(?:from|von)\s.*
      | von\s+mein\w*\s.{1,40}\sgesendet.*
      | get\s+outlook\s+for\s.* | outlook\s+f.r\s.{1,40}
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_HALF = re.compile(r"^\s*(?:on|am)\s.{4,200}$", re.IGNORECASE)
_WROTE = re.compile(r"\b(?:wrote|schrieb)\b.{0,120}:\s*$", re.IGNORECASE)
_BYE = re.compile(
    r"^\s*(?:(?:viele|liebe|beste|herzliche|freundliche)\s+gr(?:ü|ue)(?:ß|ss)e|mit\s+\w+\s+gr(?:ü|ue)"
    r"(?:ß|ss)en|gru(?:ß|ss)|lg|vg|mfg|(?:best|kind|warm)(?:\s+\w+)?|regards|cheers|thanks|danke)"
    r"\b[\s,.!–-]*\w*\s*$",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^\s*(?:hallo|hi|hey|hello|dear|liebe[rs]?|guten\s+\w+|moin)\b.{0,40}[,!]?\s*$", re.I
)
_BULLET = re.compile(r"^\s*(?:[-*•–+]|\[\s?\]|\d{1,2}[.)])\s+(?P<words>\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReply:
    """What is to be known of a mail."""

    message_id: str
    sender: str
    """Address in its From, in lower case; empty where there is not exactly one."""
    answers: tuple[str, ...]
    """Message-IDs that it answers."""
    points: tuple[str, ...]
    """The writer's own lines."""
    is_automatic: bool
    """A vacation notice, a bounce or a list: never read as a point."""
    is_vouched_for: bool
    """Whether the mail server that we trust says that the sender is the sender."""


def read_reply(raw: bytes, authserv: str) -> MailReply:
    """Read a mail; what is broken in it is left out, nothing raises."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    sender = _sender(message)
    return MailReply(
        message_id=_header(message, "Message-ID"),
        sender=sender,
        answers=_answers(message),
        points=own_points(_text(message)),
        is_automatic=_is_automatic(message),
        is_vouched_for=bool(authserv) and _is_vouched_for(message, authserv, sender),
    )


def _all(message: EmailMessage, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (ValueError, IndexError, AttributeError, LookupError):
        return []  # the library fails on some broken headers


def _header(message: EmailMessage, name: str) -> str:
    found = _all(message, name)
    return " ".join(found[0].split()) if found else ""


def _sender(message: EmailMessage) -> str:
    found = _all(message, "From")
    if len(found) != 1:
        return ""
    address = normal_address(parseaddr(found[0])[1])
    return address if address.count("@") == 1 and "," not in found[0].partition("<")[2] else ""


def _answers(message: EmailMessage) -> tuple[str, ...]:
    text = " ".join((*_all(message, "In-Reply-To"), *_all(message, "References")))
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s]{1,300}>", text)))[:50]


def _is_automatic(message: EmailMessage) -> bool:
    auto = _header(message, "Auto-Submitted").lower()
    bulk = _header(message, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    empty = _header(message, "Return-Path") == "<>"
    marked = any(message[h] is not None for h in ("List-Id", "X-Autoreply", "X-Autorespond"))
    return (bool(auto) and auto != "no") or bulk or empty or marked


def _is_vouched_for(message: EmailMessage, authserv: str, sender: str) -> bool:
    """Tell by the topmost header of our server: those below may come with the mail."""
    for text in _all(message, "Authentication-Results"):
        name, _, results = text.partition(";")
        if name.split()[:1] == [authserv]:
            return _passes(results, sender)
    return False


def _passes(results: str, sender: str) -> bool:
    domain = sender.rpartition("@")[2]
    if not domain:
        return False
    for part in re.sub(r"\([^)]*\)", " ", results).split(";"):
        words = part.split()
        method = words[0].lower() if words else ""
        told = dict(word.lower().partition("=")[::2] for word in words[1:] if "=" in word)
        if method == "dmarc=pass" and told.get("header.from", domain) == domain:
            return True
        if method == "dkim=pass" and _same(told.get("header.d", ""), domain):
            return True
        if method == "spf=pass":
            mail_from = told.get("smtp.mailfrom", "").rpartition("@")[2]
            if _same(mail_from, domain):
                return True
    return False


def _same(signed: str, domain: str) -> bool:
    """Tell whether a domain speaks for another: strictly, no parent domains."""
    return bool(signed) and signed.strip('"') == domain


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        raw = part.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return _from_html(text) if part.get_content_subtype() == "html" else text


class _Plain(HTMLParser):
    """HTML as lines; what hosts mark as quoted is left out."""

    BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3"})
    HIDDEN = frozenset({"style", "script", "head", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the library's form
        if tag in self.HIDDEN:
            self.hidden += 1
        if tag in self.BREAKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        if tag in self.BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(" ".join(data.split()) if not data.isspace() else " ")


def _from_html(text: str) -> str:
    plain = _Plain()
    plain.feed(text[:200_000])
    plain.close()
    return "".join(plain.parts)


def own_points(text: str) -> tuple[str, ...]:
    """Return what its writer wants to talk about: list items, else each line."""
    own = _own_lines(text)
    bullets = [m["words"] for line in own if (m := _BULLET.match(line))]
    said = bullets or [line for line in own if not _HELLO.match(line)]
    words = (" ".join(line.split())[:LONGEST] for line in said)
    return tuple(dict.fromkeys(word for word in words if word))[:MOST]


def _own_lines(text: str) -> list[str]:
    lines = text.replace("\xa0", " ").splitlines()
    own: list[str] = []
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else ""
        if _ENDS.match(line) or _BYE.match(line):
            break
        if _HALF.match(line) and _WROTE.search(following) and not following.startswith(">"):
            break
        if line.strip() and not line.lstrip().startswith(">"):
            own.append(line)
    return own
