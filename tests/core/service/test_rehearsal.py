"""A rehearsal says what the next pass writes, and does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.errors import Unavailable
from core.memory.store import MemoryStore
from core.model.series import Connection
from core.ports import Suite
from core.service.consent import say_stop, say_yes
from core.service.rehearsal import Rehearsal, rehearse
from core.service.run import observe_connection
from core.store import Store, Transaction
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import FIRST, UID, WEEK, Company


def observed(company: Company) -> Rehearsal:
    """Read the calendars as a pass does first, then rehearse the rest."""
    with company.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        observe_connection(company.services, connection, company.now)
    return rehearse(company.services, company.now)


def kept(store: MemoryStore) -> str:
    return repr(store._tables)


def rehearsed_as_done(company: Company) -> Rehearsal:
    """Rehearse twice, then do the pass: the same texts in the same places."""
    noted = observed(company)
    before, writes = kept(company.store), len(company.server.writes)
    assert rehearse(company.services, company.now).bodies == noted.bodies
    assert kept(company.store) == before
    assert len(company.server.writes) == writes

    company.sync()

    assert len(company.server.writes) - writes == len(noted.bodies)
    for body in noted.bodies:
        assert company.clients.body(BEN, UID, body.start) == body.after.content
    return noted


def test_the_first_text_is_shown_and_where(company: Company) -> None:
    company.sync()
    with company.store.transaction() as tx:
        say_yes(tx, company.series().series_id, by=BEN, now=company.now)

    (write,) = rehearsed_as_done(company).bodies

    assert write.start == FIRST
    assert write.before.content == "Raum Linde"
    assert write.after.content == company.clients.body(BEN, UID, FIRST)


def test_nothing_to_write_is_nothing(company: Company) -> None:
    company.say_yes()

    noted = rehearsed_as_done(company)

    assert (noted.bodies, noted.tasks, noted.troubles) == ([], [], [])


def test_before_a_yes_nothing_would_be_written(company: Company) -> None:
    company.sync()

    assert observed(company).bodies == []


def test_a_promise_shows_the_task_that_it_becomes(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget klären")

    noted = rehearsed_as_done(company)

    assert [(t.person, t.draft and t.draft.title) for t in noted.tasks] == [(BEN, "Budget klären")]


def test_after_a_meeting_the_text_of_the_next_is_shown(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- bleibt offen")
    company.add_line(ANNA, "[x] ist getan")
    company.sync()
    company.now = FIRST + timedelta(hours=2)

    (write,) = rehearsed_as_done(company).bodies

    assert write.start == FIRST + WEEK
    assert "bleibt offen" in write.after.content
    assert "ist getan" not in write.after.content


def test_a_removal_shows_the_body_that_stays(company: Company) -> None:
    company.say_yes()
    with company.store.transaction() as tx:
        say_stop(tx, company.series().series_id, remove=True, by=BEN, now=company.now)

    (write,) = rehearsed_as_done(company).bodies

    assert write.after.content == "Raum Linde"


def test_a_server_that_is_down_is_said(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- neu")
    observed(company)
    company.server.fail("occurrences", Unavailable("down"))

    noted = rehearse(company.services, company.now)

    assert [t.text for t in noted.troubles] != []
    assert noted.bodies == []


@dataclass
class Watched:
    """A store that knows whether a transaction is open."""

    store: Store
    is_open: bool = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self.is_open = True
        try:
            with self.store.transaction() as tx:
                yield tx
        finally:
            self.is_open = False


@dataclass
class Asked:
    """A port that notes what is asked of it, and whether a transaction was open then."""

    port: Any
    store: Watched
    asked: list[tuple[str, bool]]

    def __getattr__(self, verb: str) -> Any:
        found = getattr(self.port, verb)
        if callable(found):
            self.asked.append((verb, self.store.is_open))
        return found


def test_no_transaction_is_open_while_a_server_is_asked(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget klären")
    observed(company)
    store, asked = Watched(company.services.store), list[tuple[str, bool]]()

    def suite_of(connection: Connection) -> Suite:
        suite = company.services.suite_of(connection)
        calendar: Any = Asked(suite.calendar, store, asked)
        tasks: Any = Asked(suite.tasks, store, asked)
        return replace(suite, calendar=calendar, tasks=tasks)

    noted = rehearse(replace(company.services, store=store, suite_of=suite_of), company.now)

    assert (len(noted.bodies), len(noted.tasks)) == (1, 1)
    assert {verb for verb, _ in asked} >= {"occurrences", "get_event"}
    assert [verb for verb, is_open in asked if is_open] == []
