"""Erase what we hold about a person, here and in the hosts, and say what is left (US-4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from core.errors import InvalidInput, NotFound, OneOnOneError
from core.model.access import ApiToken, Consent, Session
from core.model.actions import Happening
from core.model.agenda import ActionItem, Agenda, Entry, Visibility
from core.model.asked import QuestionRound, QuestionVote
from core.model.chat import ChatSpace
from core.model.devices import Device, FirstOpening, TypedCode
from core.model.digest import Digest
from core.model.engagement import Engagement, HrisEvent
from core.model.erasure import ErasureRequest
from core.model.first_message import FirstMessage
from core.model.handover import HandedItem, ManagerChange
from core.model.inbox import InboxPoint
from core.model.mailed import MailedTalk, ReceivedMail
from core.model.notes import PrivateNote, SharedNote, owner_key
from core.model.nouns import Noun
from core.model.people import Pair, Person, normal_address
from core.model.proposals import Proposal, SeenComments
from core.model.pulse import PulseAnswer
from core.model.received import lane_of_pair
from core.model.reminding import PlannedReminder, SentReminder
from core.model.series import Connection, ConnectionState, LinkState, SeriesState, Sheet
from core.model.settings import PersonSettings
from core.model.slack import SlackUser
from core.model.tasks import TaskRef
from core.model.teams import TeamsChat
from core.service.around import forget_calendars
from core.service.consent import say_stop
from core.service.open_agenda import with_entries
from core.service.removal import remove_blocks
from core.service.services import Services
from core.service.sights import forget_looks
from core.service.traces import clear_choices, forget_reader, traces_of
from core.store import Transaction

REMOVED = "removed person"
NO_WORDS = "(removed)"
PASSED_BY = (
    "mails and chat messages that were sent: they lie with their readers",
    "copies of events in mailboxes that we cannot write, and what a host keeps of older versions",
    "backups: until they expire as the administrator set them",
    "the address itself, where it names a pair that the other person keeps",
    "lines of what the engine did: an address, ids and counts, no words",
)


@dataclass(slots=True)
class Erasure:
    """What was, or would be, erased, in numbers; and what stays, with the reason."""

    person: str
    dry_run: bool
    done: dict[str, int] = field(default_factory=dict)
    residuals: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Count what was done."""
        if number:
            self.done[what] = self.done.get(what, 0) + number


def ask_for_erasure(tx: Transaction, address: str, *, by: str, now: datetime) -> ErasureRequest:
    """Keep the first yes. The same one again changes nothing."""
    who = _known(tx, address)
    known = tx.noun(ErasureRequest, who)
    if known is not None:
        return known
    asked = ErasureRequest(person=who, asked_by=normal_address(by), at=now)
    tx.put_noun(asked)
    tx.record(Happening(at=now, name="erasure.asked", subject="erasure", by=asked.asked_by))
    return asked


def erase(
    services: Services, address: str, *, by: str | None, now: datetime, dry_run: bool = False
) -> Erasure:
    """Erase, or say what would be. Needs a second person's yes; a repeated run changes nothing.

    First the hosts (blocks, tasks), then the engine: what cannot be reached is told, and the
    same call may be made again. The other one of a pair keeps what is theirs.
    """
    with services.store.transaction() as tx:
        who = _known(tx, address)
        asked = tx.noun(ErasureRequest, who)
        pairs = [pair for pair in tx.pairs() if pair.side(who) is not None]
    result = Erasure(person=who, dry_run=dry_run)
    alone = asked is None or by is None or normal_address(by) == asked.asked_by
    if alone and not dry_run:
        raise InvalidInput("erasure needs two people: one asks, another one carries it out")
    _clean_hosts(services, pairs, who, result, now)
    with services.store.transaction() as tx:
        _clean_engine(tx, pairs, who, result, now)
        if not dry_run and result.done:
            tx.record(Happening(at=now, name="person.erased", subject="erasure", by=by))
    result.residuals += PASSED_BY
    return result


def _known(tx: Transaction, address: str) -> str:
    who = normal_address(address)
    if tx.person(who) is None and all(pair.side(who) is None for pair in tx.pairs()):
        raise NotFound(f"nothing is kept about {address}")
    return who


# --- the hosts ---


def _clean_hosts(
    services: Services, pairs: list[Pair], who: str, result: Erasure, now: datetime
) -> None:
    for pair in pairs:
        with services.store.transaction() as tx:
            series = tx.series_of(pair.pair_id)
            written = {
                s.series_id: [
                    w for sheet in tx.sheets(s.series_id) for w in tx.written(sheet.sheet_id)
                ]
                for s in series
            }
        for one in series:
            if not written[one.series_id]:
                continue
            result.count("event blocks", len(written[one.series_id]))
            if not result.dry_run:
                act = partial(remove_blocks, services, one.series_id, now)
                _try(result, f"series {one.series_id}", act)
    _delete_tasks(services, who, result)


def _delete_tasks(services: Services, who: str, result: Erasure) -> None:
    with services.store.transaction() as tx:
        links = [
            (link, connection)
            for series in tx.all_series()
            for link in tx.task_links(series.series_id)
            if (connection := tx.connection(link.connection_id)) and connection.person == who
        ]
    for link, connection in links:
        if link.ref is None or link.state is LinkState.DELETED:
            continue
        result.count("tasks")
        if result.dry_run:
            continue
        if _try(result, f"a task of {who}", partial(_delete_task, services, connection, link.ref)):
            with services.store.transaction() as tx:
                tx.put_task_link(replace(link, state=LinkState.DELETED, seen=None, told=None))


def _delete_task(services: Services, connection: Connection, ref: TaskRef) -> None:
    tasks = services.suite_of(connection).tasks
    if tasks is not None:
        tasks.delete_task(ref)


def _try(result: Erasure, where: str, act: Callable[[], object]) -> bool:
    try:
        act()
    except OneOnOneError as err:
        result.residuals.append(f"{where}: {err}")
        return False
    return True


# --- the engine ---


def _clean_engine(
    tx: Transaction, pairs: list[Pair], who: str, result: Erasure, now: datetime
) -> None:
    for pair in pairs:
        _clean_pair(tx, pair, who, result, now)
    mine: tuple[type[Noun], ...] = (
        *(PersonSettings, Engagement, ManagerChange, ApiToken, Session),
        *(Digest, PlannedReminder, Proposal, ReceivedMail, SentReminder),
        *(TeamsChat, ChatSpace, SlackUser, MailedTalk, FirstMessage),
        *(Device, FirstOpening, TypedCode),
    )
    for kind in mine:
        found: Sequence[Noun] = tx.nouns(kind, who)
        for noun in found:
            _forget(tx, kind, noun, result)
    result.count("readers of calendars", forget_reader(tx, who, dry_run=result.dry_run))
    for event in tx.nouns(HrisEvent):
        if who in event.body:
            _forget(tx, HrisEvent, event, result)
    for connection in tx.connections():
        if connection.person == who and connection.calendars:
            result.count("connections")
            if not result.dry_run:
                forget_calendars(tx, connection.calendars)
                cut = replace(
                    connection,
                    settings=(),
                    calendars=(),
                    task_list=None,
                    shared_lists=(),
                    trouble="erased",
                )
                tx.put_connection(replace(cut, state=ConnectionState.DISCONNECTED))
    person = tx.person(who)
    if person is not None and person.name not in ("", REMOVED):
        result.count("names")
        if not result.dry_run:
            tx.put_person(Person(address=who, name=REMOVED))


def _clean_pair(tx: Transaction, pair: Pair, who: str, result: Erasure, now: datetime) -> None:
    for series in tx.series_of(pair.pair_id):
        for sheet in tx.sheets(series.series_id):
            _clean_sheet(tx, sheet, who, result)
        for seen in tx.nouns(SeenComments, series.series_id):
            _forget_said(tx, seen, who, result)
        if not result.dry_run:
            forget_looks(tx, series.series_id)
        if series.state is SeriesState.ENABLED:
            result.count("series stopped")
            if not result.dry_run:
                say_stop(tx, series.series_id, remove=True, by=None, now=now)
    if pair.ended is None and not result.dry_run:
        tx.put_pair(replace(pair, ended=now))
    if not result.dry_run:
        result.count("presses and replies", tx.forget_received(lane=lane_of_pair(pair.pair_id)))
    for note in tx.nouns(PrivateNote, owner_key(who, pair.pair_id)):
        _forget(tx, PrivateNote, note, result)
    for shared in tx.nouns(SharedNote, pair.pair_id):
        if shared.author == who:
            _forget(tx, SharedNote, shared, result)
    for waiting in tx.nouns(InboxPoint, pair.pair_id):
        if who in (waiting.by, waiting.point.owner):
            _forget(tx, InboxPoint, waiting, result)
    for handed in tx.nouns(HandedItem, pair.pair_id):
        if handed.item.owner == who:
            _forget(tx, HandedItem, handed, result)
    for vote in tx.nouns(QuestionVote, pair.pair_id):
        if vote.person == who:
            _forget(tx, QuestionVote, vote, result)
    for answer in tx.nouns(PulseAnswer, pair.pair_id):
        if answer.person == who:
            _forget(tx, PulseAnswer, answer, result)
    for asked in tx.nouns(QuestionRound, pair.pair_id):
        if asked.person == who:
            _forget(tx, QuestionRound, asked, result)
    for trace in list(traces_of(tx, pair, who)):
        _forget(tx, type(trace), trace, result)
    result.count("choices", clear_choices(tx, pair, who, dry_run=result.dry_run))
    for consent in tx.nouns(Consent, pair.pair_id):
        if consent.person == who:
            _forget(tx, Consent, consent, result)


def _forget_said(tx: Transaction, seen: SeenComments, who: str, result: Erasure) -> None:
    kept = tuple(line for line in seen.said if line.author != who)
    if kept != seen.said and not result.dry_run:
        tx.put_noun(replace(seen, said=kept))


def _forget(tx: Transaction, kind: type[Noun], noun: Noun, result: Erasure) -> None:
    result.count(kind.NOUN.replace("_", " "))
    if not result.dry_run:
        tx.remove_noun(kind, noun.key)


def _clean_sheet(tx: Transaction, sheet: Sheet, who: str, result: Erasure) -> None:
    agenda = without_words_of(sheet.agenda, who)
    if agenda == sheet.agenda:
        return
    before = {e for s in sheet.agenda.sections for e in s.entries}
    after = {e for s in agenda.sections for e in s.entries}
    result.count("points and action items", len(before - after))
    if result.dry_run:
        return
    tx.put_sheet(replace(sheet, agenda=agenda))


def without_words_of(agenda: Agenda, who: str) -> Agenda:
    """Return the agenda without what a person wrote; the other one's stays as it is.

    Their private points go; of what both know only its place stays, without a word.
    """

    def cleaned(entry: Entry) -> Entry | None:
        if entry.owner != who:
            return entry
        if isinstance(entry, ActionItem):
            return replace(entry, text=NO_WORDS, owner=None, notes=(), other_wording="")
        if entry.visibility is Visibility.PRIVATE:
            return None
        return replace(entry, text=NO_WORDS, owner=None, notes=(), other_wording="")

    return with_entries(agenda, cleaned)
