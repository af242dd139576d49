"""`vieraugen budget`: what is written into events of its own accord, and when the next time."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from core.reasons import sentence
from core.service.account import Account, accounts
from webhook_app.cli.opening import opened, show


def run(args: Namespace) -> int:
    """Print the account of each series that keeps an agenda."""
    with opened(args) as app:
        found = accounts(app.services)
    text = "\n".join(_line(each) for each in found)
    show(args, {"series": [_data(each) for each in found]}, text or "No series keeps an agenda.")
    return 0


def _data(account: Account) -> dict[str, Any]:
    return {
        "series": account.series_id,
        "title": account.title,
        "mails_attendees": not account.quiet,
        "start": _iso(account.start),
        "automatic": account.automatic,
        "most": None if account.quiet else account.most,
        "asked": account.asked,
        "frozen_from": _iso(account.freeze),
        "next_write": _iso(account.due),
        "state": account.why.value,
    }


def _line(account: Account) -> str:
    head = f"{account.series_id}  {account.title}: "
    if account.quiet:
        return head + "no limit, this calendar mails nobody"
    if account.start is None:
        return head + sentence(account.why, "en")
    parts = [
        f"meeting {_iso(account.start)}",
        f"{account.automatic} of {account.most} writes used",
        f"{account.asked} asked for by people",
        f"none from {_iso(account.freeze)} on",
    ]
    if account.due is not None:
        parts.append(f"next write {_iso(account.due)}")
    return head + ", ".join(parts) + f". {sentence(account.why, 'en')}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None
