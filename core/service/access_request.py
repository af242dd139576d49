"""Everything we hold about one person, for that person: data that JSON takes (US-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

from core.errors import NotFound
from core.model.agenda import Agenda
from core.model.asked import QuestionVote
from core.model.cover import CoverOffer
from core.model.devices import Device
from core.model.digest import Digest
from core.model.engagement import Engagement
from core.model.first_message import FirstMessage
from core.model.goals import Goal
from core.model.handover import ManagerChange
from core.model.inbox import InboxPoint
from core.model.marks import ReadMark
from core.model.notes import PrivateNote, SharedNote, owner_key
from core.model.people import Pair, normal_address
from core.model.proposals import Proposal
from core.model.reflection import Reflection
from core.model.series import Sheet
from core.model.suggestions import Suggestion
from core.service.open_agenda import is_hidden_from
from core.service.pulse import pulses_of
from core.service.settings import pair_settings, person_settings
from core.store import Transaction

RETENTION: Final = (
    "Kept until the pair or the person asks for erasure; backups as the administrator set them."
)
OTHERS: Final = (
    "Private notes and private points of other people, should there be any, are theirs and are "
    "not part of this export."
)


def person_export(tx: Transaction, address: str, now: datetime) -> dict[str, Any]:
    """Return it. Raise NotFound where nobody of that address is known.

    It holds what the person wrote, what both of a pair see, and what is kept about the person;
    another one's private words are named as a category and never as words.
    """
    who = normal_address(address)
    person = tx.person(who)
    pairs = [pair for pair in tx.pairs() if pair.side(who) is not None]
    if person is None and not pairs:
        raise NotFound(f"nothing is kept about {address}")
    return {
        "made_at": now.isoformat(),
        "person": plain(person) if person else {"address": who},
        "settings": plain(person_settings(tx, who)),
        "personnel_system": plain(tx.noun(Engagement, who) or Engagement(address=who)),
        "connections": [
            {"suite": c.suite, "calendars": list(c.calendars), "task_list": c.task_list}
            for c in tx.connections()
            if c.person == who
        ],
        "browsers": [
            {"since": d.since.isoformat(), "until": d.expires_at.isoformat()}
            for d in tx.nouns(Device, who)
        ],
        "first_message": plain(tx.noun(FirstMessage, who)),
        "manager_changes": [plain(c) for c in tx.nouns(ManagerChange, who)],
        "cover_offers": [
            plain(o) for o in tx.nouns(CoverOffer) if who in (o.absent, o.to, o.manager)
        ],
        "pairs": [pair_export(tx, pair, who) for pair in pairs],
        "recipients": sorted({pair.other(who) for pair in pairs}),
        "retention": RETENTION,
        "others": OTHERS,
    }


def pair_export(tx: Transaction, pair: Pair, reader: str) -> dict[str, Any]:
    """Return what one of the two may take along of a pair, also when it has ended."""
    if pair.side(reader) is None:
        raise NotFound("there is no such pair of yours")
    name = pair.pair_id
    chosen = pair_settings(tx, name)
    if reader != pair.report:
        chosen = replace(chosen, unwanted=())
    inbox = [w for w in tx.nouns(InboxPoint, name) if not is_hidden_from(w.point, reader)]
    votes = [v for v in tx.nouns(QuestionVote, name) if v.person == reader]
    private = tx.nouns(PrivateNote, owner_key(reader, name))
    return {
        "pair": name,
        "manager": pair.manager,
        "report": pair.report,
        "ended": pair.ended.isoformat() if pair.ended else None,
        "settings": plain(chosen),
        "series": [
            {
                "title": series.title,
                "state": series.state.value,
                "meetings": [_meeting(sheet, reader) for sheet in tx.sheets(series.series_id)],
            }
            for series in tx.series_of(name)
        ],
        "shared_notes": [plain(note) for note in tx.nouns(SharedNote, name)],
        "own_reflections": [plain(r) for r in tx.nouns(Reflection, owner_key(reader, name))],
        "own_private_notes": [plain(note) for note in private],
        "inbox": [plain(waiting) for waiting in inbox],
        "proposals": [plain(p) for p in tx.nouns(Proposal, reader) if p.pair_id == name],
        "pulse": [plain(answer) for answer in pulses_of(tx, name, reader=reader)],
        "digests": [plain(d) for d in tx.nouns(Digest, reader) if d.pair_id == name],
        "goals": [plain(goal) for goal in tx.nouns(Goal, name)],
        "votes": [plain(vote) for vote in votes],
        "read_marks": [plain(mark) for mark in tx.nouns(ReadMark, name)],
        "suggestions": [plain(s) for s in tx.nouns(Suggestion, name) if reader in s.to],
    }


def _meeting(sheet: Sheet, reader: str) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "start": sheet.place.slot.start.isoformat() if sheet.place else None,
        "state": sheet.state.value,
        "sections": _sections(sheet.agenda, reader),
    }


def _sections(agenda: Agenda, reader: str) -> list[dict[str, Any]]:
    found = []
    for section in agenda.sections:
        entries = [plain(e) for e in section.entries if not is_hidden_from(e, reader)]
        if entries:
            title = section.title or dict(section.titles).get("en", section.kind.value)
            found.append({"title": title, "entries": entries})
    return found


def plain(value: object) -> Any:
    """Return a value as JSON takes it."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(field) for name, field in asdict(value).items()}  # type: ignore[call-overload]
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case _:
            return value
