"""Who invites in whose name, and who is in a mailing group, as far as is known here."""

from __future__ import annotations

from collections.abc import Sequence

from core.detect import BossOf, Resolve
from core.errors import InvalidInput
from core.model.groups import Group
from core.model.people import normal_address, pair_id
from core.model.readers import SeenReaders
from core.model.settings import PersonSettings
from core.store import Transaction

MOST = 500
"""Members of a group: a company's whole list is no 1:1 either way."""


def boss_of(tx: Transaction) -> BossOf:
    """Return what tells for whom of two people somebody keeps the calendar.

    An assistant is who the person named. Who only was found to read the person's own calendar is
    one for a pair that already holds an agenda, and never who has 1:1s with one of the two.
    """

    def found(assistant: str, two: tuple[str, ...]) -> str | None:
        named = next((boss for boss in two if _named(tx, assistant, boss)), None)
        if named is not None or not _hold_an_agenda(tx, two):
            return named
        if any(tx.pair(pair_id(assistant, one)) is not None for one in two):
            return None
        return next((boss for boss in two if _reads(tx, assistant, boss)), None)

    return found


def _named(tx: Transaction, assistant: str, boss: str) -> bool:
    chosen = tx.noun(PersonSettings, boss)
    return chosen is not None and assistant in chosen.assistants


def _hold_an_agenda(tx: Transaction, two: tuple[str, ...]) -> bool:
    return bool(tx.open_sheets_of(pair_id(*two)))


def _reads(tx: Transaction, assistant: str, boss: str) -> bool:
    own = (c for c in tx.connections() if c.person == boss)
    seen = (tx.noun(SeenReaders, calendar) for c in own for calendar in c.calendars)
    return any(s is not None and s.told and assistant in s.readers.people for s in seen)


def keeps_calendar_of(tx: Transaction, assistant: str, boss: str) -> bool:
    """Tell whether somebody is named as an assistant, or was found to read the calendar."""
    return _named(tx, assistant, boss) or _reads(tx, assistant, boss)


def members_of(tx: Transaction) -> Resolve:
    """Return what tells who is in a group: those that the company named."""

    def found(address: str) -> Sequence[str] | None:
        group = tx.noun(Group, normal_address(address))
        return group.members if group is not None and group.members else None

    return found


def set_group(tx: Transaction, address: str, members: Sequence[str]) -> Group:
    """Say who is in a group; nobody: it is unknown again. Raise InvalidInput."""
    found = tuple(sorted({normal_address(m) for m in members}))
    wrong = next((m for m in (address, *found) if "@" not in m), None)
    if wrong is not None or len(found) > MOST:
        raise InvalidInput(f"{wrong or len(found)}: addresses, {MOST} at most, please")
    group = Group(address=normal_address(address), members=found)
    if found:
        tx.put_noun(group)
    else:
        tx.remove_noun(Group, group.address)
    return group
