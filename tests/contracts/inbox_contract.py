"""What every store promises about what came in (core.store_inbox)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.model.received import Received, ReceivedKind, ReceivedState
from core.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DONE, WAITING = ReceivedState.DONE, ReceivedState.WAITING


def row(name: str, lane: str = "a", at: datetime = NOW, **how: object) -> Received:
    made = Received(
        received_id=name,
        suite="google",
        kind=ReceivedKind.CALENDAR,
        lane=lane,
        source_id=f"source {name}",
        received_at=at,
        due_at=at,
    )
    return replace(made, **how)  # type: ignore[arg-type]


def keep(store: Store, *rows: Received) -> list[bool]:
    with store.transaction() as tx:
        return [tx.receive(one) for one in rows]


def names(rows: object) -> str:
    return "".join(one.received_id for one in rows)  # type: ignore[attr-defined]


class InboxContract:
    """Subclass it with a `store` fixture that returns an empty store."""

    def test_the_same_id_is_kept_once_and_comes_back_whole(self, store: Store) -> None:
        first = row("x", content='{"text": "Grüße ☂"}', digest="d", kind=ReceivedKind.PRESS)

        assert keep(store, first, replace(first, content="other")) == [True, False]

        with store.transaction() as tx:
            (known,) = tx.all_received()
            assert known == replace(first, number=known.number)
            assert tx.received("x") == known
            assert tx.received("y") is None

    def test_several_are_kept_at_once_and_known_ones_stay(self, store: Store) -> None:
        keep(store, row("2", digest="first"))

        with store.transaction() as tx:
            tx.receive_all([])
            tx.receive_all([row("1", content="{}"), row("2", digest="other"), row("1")])
            assert sorted(names(tx.all_received())) == ["1", "2"]
            assert tx.received("2").digest == "first"  # type: ignore[union-attr]
            assert tx.received("1").content == "{}"  # type: ignore[union-attr]

    def test_the_first_waiting_one_of_each_lane_comes_in_order(self, store: Store) -> None:
        keep(store, row("1", "b"), row("2"), row("3", "b"), row("4", "c", NOW + MINUTE))

        with store.transaction() as tx:
            assert names(tx.heads(NOW)) == "12"
            assert names(tx.heads(NOW + MINUTE)) == "124"
            assert names(tx.heads(NOW + MINUTE, limit=2)) == "12"

    def test_the_head_of_one_lane_is_found_before_its_time(self, store: Store) -> None:
        keep(store, row("1", "b"), row("2", "a", NOW + MINUTE), row("3", "a"))

        with store.transaction() as tx:
            assert names([tx.head_of("a"), tx.head_of("b")]) == "21"
            assert tx.head_of("c") is None
            last = tx.last_waiting("a")
            tx.mark_received("a", ReceivedState.DONE, first=1, last=last)
            assert tx.head_of("a") is None

    def test_nothing_overtakes_a_head_that_waits_for_its_time(self, store: Store) -> None:
        keep(store, row("1"), row("2"))
        with store.transaction() as tx:
            first = tx.heads(NOW)[0].number
            tx.mark_received(
                "a", WAITING, first=first, last=first, trouble="no", due_at=NOW + MINUTE
            )

        with store.transaction() as tx:
            assert names(tx.heads(NOW)) == ""
            (head,) = tx.heads(NOW + MINUTE)
            assert (head.received_id, head.attempts, head.trouble) == ("1", 1, "no")

    def test_marking_takes_what_waited_up_to_a_number(self, store: Store) -> None:
        keep(store, row("1"), row("2"), row("3", "b"))
        with store.transaction() as tx:
            last = tx.last_waiting("a")
            assert tx.waiting_in("a") == 2
        keep(store, row("4"))

        with store.transaction() as tx:
            tx.mark_received("a", DONE, first=tx.heads(NOW)[0].number, last=last)

            assert names(tx.heads(NOW)) == "34"
            assert [r.state for r in tx.all_received()] == [DONE, DONE, WAITING, WAITING]
            assert tx.last_waiting("nobody") == 0
            assert tx.waiting_in("nobody") == 0

    def test_what_is_replayed_waits_as_if_it_had_just_come(self, store: Store) -> None:
        keep(store, row("1", state=ReceivedState.FAILED, attempts=6, trouble="gone"))

        with store.transaction() as tx:
            assert names(tx.heads(NOW)) == ""
            tx.replay_received("1", NOW + MINUTE)
            (head,) = tx.heads(NOW + MINUTE)

        assert (head.attempts, head.trouble, head.state) == (0, "", WAITING)

    def test_rows_are_found_by_time_suite_and_kind_and_in_pages(self, store: Store) -> None:
        press = ReceivedKind.PRESS
        keep(store, row("1"), row("2", at=NOW + MINUTE), row("3", suite="teams", kind=press))

        with store.transaction() as tx:
            assert names(tx.all_received(since=NOW + MINUTE)) == "2"
            assert names(tx.all_received(suite="teams")) == "3"
            assert names(tx.all_received(kind=press)) == "3"
            (one,) = tx.all_received(limit=1)
            assert names(tx.all_received(after=one.number)) == "23"

    def test_old_rows_go_and_those_that_wait_stay(self, store: Store) -> None:
        keep(store, row("1"), row("2", state=DONE), row("3", state=DONE, at=NOW + MINUTE))

        with store.transaction() as tx:
            assert tx.forget_received(before=NOW + MINUTE) == 1
            assert names(tx.all_received()) == "13"
            assert tx.forget_received(lane="a") == 2
