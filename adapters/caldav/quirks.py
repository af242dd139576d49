"""Known deviations of servers: name, where it is described, what we do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """One deviation. `always` ones are met by how we ask; the others are found on connecting."""

    name: str
    server: str
    link: str
    what: str
    we: str
    always: bool = True


COARSE_TOKENS = "coarse-tokens"
FULL_LIST = "full-list"
MAILS_TEXT = "mails-text"

QUIRKS = (
    Quirk(
        name=COARSE_TOKENS,
        server="SOGo",
        link="https://www.rfc-editor.org/rfc/rfc6578#section-3.2",
        what="Its sync tokens count whole seconds: a change in the same second is passed over.",
        we="We ask with the token before the last one; what comes twice is known by its content.",
        always=False,
    ),
    Quirk(
        name=FULL_LIST,
        server="DAViCal, SOGo",
        link="https://www.rfc-editor.org/rfc/rfc6578#section-3.2",
        what="To a token that it does not know it sends everything there is, as if all had "
        "changed, and says nothing of what was removed.",
        we="An answer to a cursor that has no fewer entries than the calendar counts as an "
        "expired cursor.",
        always=False,
    ),
    Quirk(
        name=MAILS_TEXT,
        server="Cyrus",
        link="https://www.rfc-editor.org/rfc/rfc6047#section-2",
        what="Each changed text of an occurrence is mailed to attendees elsewhere.",
        we="Where one of a pair is elsewhere, such a series has a write budget, as in Outlook.",
        always=False,
    ),
    Quirk(
        name="report-limit",
        server="Radicale",
        link="https://github.com/Kozea/Radicale/blob/master/DOCUMENTATION.md#reporting",
        what="A REPORT that would return more than 10,000 events is refused with 400.",
        we="We fetch at most 100 entries in a request, and half as many where that is refused.",
    ),
    Quirk(
        name="expand-fails",
        server="Radicale",
        link="https://www.rfc-editor.org/rfc/rfc4791#section-9.6.5",
        what="One override without its series lets every server-side expansion fail.",
        we="We never ask a server to expand a series.",
    ),
    Quirk(
        name="attendee-allowed",
        server="Xandikos",
        link="https://www.rfc-editor.org/rfc/rfc6638#section-3.2.2.1",
        what="An attendee's change of the DESCRIPTION is refused with 412.",
        we="That is a PermissionDenied and no conflict: it is not tried again.",
    ),
    Quirk(
        name="token-errors",
        server="Radicale, Xandikos, Cyrus",
        link="https://www.rfc-editor.org/rfc/rfc6578#section-3.2",
        what="A token that is too old is answered with 403, 412 or 409.",
        we="The precondition valid-sync-token in the body decides, not the status.",
    ),
    Quirk(
        name="no-etag-after-put",
        server="Cyrus, DAViCal, sabre/dav",
        link="https://www.rfc-editor.org/rfc/rfc6638#section-3.2.10",
        what="A PUT that lets the server send invitations is answered without an ETag.",
        we="We read the event once more for its ETag.",
    ),
    Quirk(
        name="missing-from-multiget",
        server="DAViCal, sabre/dav",
        link="https://www.rfc-editor.org/rfc/rfc4791#section-7.9",
        what="An entry that is gone is left out of a multiget's answer.",
        we="What we asked for and did not get counts as removed.",
    ),
    Quirk(
        name="blind-create",
        server="SOGo",
        link="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2",
        what="If-None-Match: * is ignored, and an entry that is there is overwritten.",
        we="We look for the entry before we create it.",
    ),
    Quirk(
        name="blind-delete",
        server="SOGo",
        link="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1",
        what="If-Match is ignored when something is deleted.",
        we="We delete only tasks that we made ourselves.",
    ),
    Quirk(
        name="master-must-change",
        server="SOGo",
        link="https://www.rfc-editor.org/rfc/rfc6638#section-3.2.1",
        what="A changed override reaches the attendees only where the master has changed too.",
        we="LAST-MODIFIED of the master is written in the same PUT.",
    ),
    Quirk(
        name="past-not-delivered",
        server="Cyrus",
        link="https://www.rfc-editor.org/rfc/rfc6638#section-3.2.1",
        what="Events that are over are not delivered to attendees.",
        we="We never write into the past; a copy may be missing there.",
    ),
    Quirk(
        name="compressed-etag",
        server="Apache before any server",
        link="https://httpd.apache.org/docs/2.4/mod/mod_deflate.html#deflatealteretag",
        what="Answers that are compressed on the way carry a changed ETag.",
        we="We ask for answers without compression.",
    ),
)


SIGNS = {
    "sogo": frozenset({COARSE_TOKENS, FULL_LIST}),
    "davical": frozenset({FULL_LIST}),
    "cyrus": frozenset({MAILS_TEXT}),
}


def found_on_connect(headers: Mapping[str, str]) -> frozenset[str]:
    """Return the quirks that a server's answer headers give away."""
    words = " ".join(f"{name}: {value}" for name, value in headers.items()).lower()
    found = (quirks for sign, quirks in SIGNS.items() if sign in words)
    return next(found, frozenset())
