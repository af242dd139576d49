"""The Teams join block at the end of an online meeting's body, and what its loss does."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from tests.servers.graph import ids

RULE = "_" * 80


def join_url(tenant_id: str, organizer_id: str, seed: str) -> str:
    """Mint the link of a meeting."""
    thread = quote(f"19:meeting_{ids.guid('thread', seed).replace('-', '')}@thread.v2", safe="")
    context = quote(f'{{"Tid":"{tenant_id}","Oid":"{organizer_id}"}}', safe="")
    return f"https://teams.microsoft.com/l/meetup-join/{thread}/0?context={context}"


def block(url: str, seed: str) -> str:
    """Draw the block in the form of 2024: rules inside one div with fixed ids."""
    digits = str(int(ids.guid("digits", seed).replace("-", ""), 16))[:12]
    number = " ".join((digits[:3], digits[3:6], digits[6:9], digits[9:]))
    rule = (
        '<div style="margin-bottom:24px; overflow:hidden; white-space:nowrap" aria-hidden="true">'
        f"{RULE}</div>"
    )
    return "\r\n".join(
        (
            '<div class="me-email-text" lang="en-US" style="max-width:1024px; color:#242424">',
            rule,
            (
                '<div style="margin-bottom:12px"><span style="font-size:24px; font-weight:bold">'
                'Microsoft Teams</span> <a href="https://aka.ms/JoinTeamsMeeting?omkt=en-US" '
                'class="me-email-link" id="meet_invite_block.action.help">Need help?</a></div>'
            ),
            (
                f'<div style="margin-bottom:6px"><a href="{escape(url)}" class="me-email-headline" '
                'id="meet_invite_block.action.join_link" title="Meeting join link">'
                "Join the meeting now</a></div>"
            ),
            f"<div><span>Meeting ID: </span><span>{number}</span></div>",
            f"<div><span>Passcode: </span><span>{ids.guid('pass', seed)[:8]}</span></div>",
            (
                '<div>For organizers: <a href="https://teams.microsoft.com/meetingOptions/?language='
                'en-US" class="me-email-link" '
                'id="meet_invite_block.action.organizer_meet_options">Meeting options</a></div>'
            ),
            rule,
            "</div>",
        )
    )


def with_block(stored: str, url: str, seed: str) -> str:
    """Put the block at the end of a stored body."""
    head, end, tail = stored.rpartition("\r\n</body>")
    return f"{head}\r\n{block(url, seed)}{end}{tail}"


def has_block(stored: str, url: str) -> bool:
    """Tell whether the meeting's join link still stands in the body."""
    thread = url.partition("meetup-join/")[2].partition("/")[0].lower()
    return thread in stored.lower()
