"""What a played quarter came to: mails, requests, and words lost or doubled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.outlook.auth import EARLY
from core.budget import FREEZE
from tests.acceptance.quarter import Quarter
from tests.servers.graph.answers import GraphError

PARTS = {
    "delta": "changes of a mailbox",
    "/instan": "lists of occurrences",
    "subscriptions": "renewed subscriptions",
    "calendarPermissions": "who else reads a calendar",
}
VERBS = {"GET": "single events", "PATCH": "writes"}
TOKEN_LIFE = timedelta(hours=1) - timedelta(seconds=EARLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Reads the stand-in's logs and the store."""

    played: Quarter

    def updates(self) -> list[Any]:
        """Every mail that a write of ours caused."""
        return [m for m in self.played.graph.all_mails if m.cause == "app" and m.kind == "update"]

    def seen(self) -> list[Any]:
        """Those that somebody sees in the inbox."""
        return [m for m in self.updates() if m.visible]

    def within_freeze(self) -> list[Any]:
        """Those sent when nothing may be written any more."""
        found = []
        for mail in self.updates():
            start = self._starts(mail)
            if start is not None and mail.sent > start - FREEZE:
                found.append(mail)
        return found

    def _starts(self, mail: Any) -> datetime | None:
        if mail.original_start is None:
            return None
        try:
            day = mail.original_start.date()
            return self.played.graph.ui.view(mail.sender, mail.uid, day).start
        except GraphError:  # cancelled since
            planned: datetime = mail.original_start
            return planned

    def an_occurrence(self) -> Counter[tuple[str, Any]]:
        """How many mails each occurrence got."""
        return Counter((m.uid, m.original_start) for m in self.updates())

    def automatic(self) -> int:
        """The most writes of our own accord that one occurrence got."""
        return max(
            (s.automatic for series in self.played.series() for s in series.spent), default=0
        )

    def _counted(self) -> list[Any]:
        """Requests since everybody was connected; each part of a batch is one, as for limits."""
        played = self.played
        polls = {id(call) for call in played.polls}
        made = played.graph.calls[played.calls_before :]
        return [c for c in made if id(c) not in polls and "$batch" not in c.path]

    def calls(self) -> Counter[str]:
        """Return them by what they were for."""
        return Counter(map(_kind, self._counted()))

    def requests(self) -> int:
        """How many that was: all but the polls that brought nothing new."""
        return len(self._counted())

    def tokens(self) -> int:
        """How many tokens of Entra ID that took: one for all mailboxes, for about an hour."""
        until, count = None, 0
        for call in self.played.graph.calls[self.played.calls_before :]:
            if until is None or call.at >= until:
                until, count = call.at + TOKEN_LIFE, count + 1
        return count

    def lost_or_doubled(self) -> list[str]:
        """Lines that are not on exactly one of the pair's sheets' newest state."""
        wrong = []
        for report, words in self.played.typed.items():
            with self.played.store.transaction() as tx:
                sheets = tx.sheets(self.played.series_id(report))
            newest = sheets[-1].agenda
            for word in words:
                times = sum(p.text == word for p in newest.points)
                if times != 1:
                    wrong.append(f"{report} {word}: {times}")
        return wrong


def _kind(call: Any) -> str:
    path = call.path.partition("?")[0]
    named = next((name for part, name in PARTS.items() if part in path), None)
    return named or VERBS[call.method]
