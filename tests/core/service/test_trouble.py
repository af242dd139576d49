"""What happens to the agenda when a calendar or task tool fails."""

from __future__ import annotations

from datetime import timedelta

from core.errors import (
    AccountDisconnected,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    Unavailable,
)
from core.model.actions import ActionState
from core.model.series import Why
from core.service.run import retry_at, sync_once
from tests.core.builders import ANNA, BEN, NOW, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company


def test_a_read_only_calendar_is_said_and_nothing_is_lost(company: Company) -> None:
    company.sync()
    company.server.fail("write_body", PermissionDenied("read-only"))

    company.say_yes()

    assert company.series().agenda_reason is Why.READ_ONLY


def test_a_server_that_is_down_is_asked_again_later(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: offen")
    company.server.fail("write_body", Unavailable("down"))

    failed = sync_once(company.services, company.now)
    assert [t.text for t in failed.troubles] != []
    company.now += timedelta(minutes=1)
    company.sync()

    assert company.clients.body(BEN, UID, FIRST).count("offen") == 1


def test_a_write_whose_answer_was_lost_is_not_doubled(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "[x] erledigt")
    company.add_line(ANNA, "- nur einmal")
    company.server.fail("write_body", Unavailable("time-out"), done=True)

    sync_once(company.services, company.now)
    company.now += timedelta(minutes=1)
    company.sync()
    company.sync()

    assert company.open_points() == ["nur einmal"]
    assert company.clients.body(BEN, UID, FIRST).count("nur einmal") == 1


def test_a_revoked_account_is_said_and_comes_back(company: Company) -> None:
    company.say_yes()
    company.server.fail("changes", AccountDisconnected("401"))
    sync_once(company.services, company.now)
    with company.store.transaction() as tx:
        down = [c.state.value for c in tx.connections()]
    assert "disconnected" in down

    company.sync()

    with company.store.transaction() as tx:
        assert {c.state.value for c in tx.connections()} == {"active"}


def test_expired_cursors_start_over_without_a_loss(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.server.expire_cursors()
    company.tasks.expire_cursors()

    company.sync()

    assert company.open_points() == ["offen"]


def test_waits_double_up_to_an_hour_and_end() -> None:
    down = Unavailable("down")

    waits = [retry_at(down, n, NOW) for n in (1, 2, 3, 30)]

    assert [w - NOW for w in waits if w] == [
        timedelta(seconds=5),
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(hours=1),
    ]
    assert retry_at(down, 40, NOW) is None
    assert retry_at(PermissionDenied("no"), 1, NOW) is None
    told = RateLimited("slow", retry_after=timedelta(seconds=90))
    assert retry_at(told, 7, NOW) == NOW + timedelta(seconds=90)


def test_an_action_that_can_never_work_fails_and_the_rest_goes_on(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget")
    company.tasks.fail("create_task", PermissionDenied("no"))

    done = sync_once(company.services, company.now)

    assert [a.kind.value for a in done.ran if a.state is ActionState.FAILED] == ["mirror"]
    assert "Budget" in company.clients.body(BEN, UID, FIRST)


def test_a_line_typed_while_the_block_moves_along_is_not_lost(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- bleibt")
    company.sync()
    company.clients.move(BEN, UID, FIRST, slot(FIRST + timedelta(days=9)))
    company.server.fail("write_body", RevisionConflict("somebody typed"))

    company.sync()

    assert company.open_points() == ["bleibt"]
    assert "bleibt" not in company.clients.body(BEN, UID, FIRST)
    assert company.clients.body(BEN, UID, FIRST + WEEK).count("bleibt") == 1
