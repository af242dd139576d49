"""What was noted about one person beside the agenda: what rules said, what they tapped or chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.model.cover import CoverOffer
from core.model.groups import Group
from core.model.handover import ReleasedHistory
from core.model.marks import LineAuthor, ReadMark
from core.model.notes import owner_key
from core.model.nouns import Noun
from core.model.people import Pair
from core.model.readers import SeenReaders
from core.model.reflection import Reflection
from core.model.settings import PairSettings, PersonSettings
from core.model.suggestions import Mute, Suggestion, Tap
from core.store import Transaction


def traces_of(tx: Transaction, pair: Pair, who: str) -> Iterator[Noun]:
    """Yield what names or quotes one of the two, and goes with them.

    A suggestion names the report in its facts, whoever saw it: all of the pair's go. What the
    other one tapped or muted is theirs.
    """
    yield from tx.nouns(Suggestion, pair.pair_id)
    yield from (mute for mute in tx.nouns(Mute, pair.pair_id) if mute.by == who)
    yield from (tap for tap in tx.nouns(Tap, pair.pair_id) if tap.by == who)
    yield from (line for line in tx.nouns(LineAuthor, pair.pair_id) if line.person == who)
    yield from (mark for mark in tx.nouns(ReadMark, pair.pair_id) if mark.person == who)
    yield from tx.nouns(Reflection, owner_key(who, pair.pair_id))
    offers = (o for o in tx.nouns(CoverOffer) if who in (o.absent, o.to, o.manager))
    yield from (offer for offer in offers if offer.pair_id == pair.pair_id or offer.to == who)
    yield from tx.nouns(ReleasedHistory, pair.pair_id) if who == pair.report else ()


def clear_choices(tx: Transaction, pair: Pair, who: str, *, dry_run: bool) -> int:
    """Take back what only this person chose for the pair; return how many choices that are."""
    known = tx.noun(PairSettings, pair.pair_id)
    if known is None or who != pair.report or not known.unwanted:
        return 0
    if not dry_run:
        tx.put_noun(replace(known, unwanted=()))
    return 1


def forget_reader(tx: Transaction, who: str, *, dry_run: bool) -> int:
    """Take a person out of who reads calendars, keeps them or is in a group.

    Return out of how many calendars' readers.
    """
    for group in tx.nouns(Group) if not dry_run else ():
        if who in group.members:
            tx.put_noun(replace(group, members=tuple(m for m in group.members if m != who)))
    for chosen in tx.nouns(PersonSettings) if not dry_run else ():
        if who in chosen.assistants:
            tx.put_noun(replace(chosen, assistants=tuple(a for a in chosen.assistants if a != who)))
    for pair in tx.nouns(PairSettings) if not dry_run else ():
        if who in pair.may_read:
            tx.put_noun(replace(pair, may_read=tuple(a for a in pair.may_read if a != who)))
    found = [seen for seen in tx.nouns(SeenReaders) if who in seen.readers.people]
    for seen in found if not dry_run else ():
        others = tuple(name for name in seen.readers.people if name != who)
        tx.put_noun(replace(seen, readers=replace(seen.readers, people=others)))
    return len(found)
