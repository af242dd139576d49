"""calendarView/delta: sparse rows, removals, pages, replays, links that expire."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY, NEXT

WINDOW = "startDateTime=2026-11-23T00:00:00Z&endDateTime=2026-12-22T00:00:00Z"
FIRST = f"/users/{BEN}/calendarView/delta?{WINDOW}"
IMMUTABLE = {"Prefer": 'IdType="ImmutableId", odata.maxpagesize=50'}


def round_of(api, path):
    """Follow a round to its end; return its rows and the link of the next."""
    rows = []
    while True:
        page = api.get(path, **IMMUTABLE)
        rows += page["value"]
        if "@odata.deltaLink" in page:
            return rows, page["@odata.deltaLink"]
        path = page["@odata.nextLink"]


def kinds(rows):
    return sorted("removed" if "@removed" in row else row["type"] for row in rows)


def test_first_round_has_the_master_in_full_and_its_occurrences_sparse(graph, api, series):
    graph.ui.edit_body(BEN, series, NEXT, "<p>Agenda</p>")

    rows, _ = round_of(api, FIRST)

    assert kinds(rows) == ["exception", "occurrence", "occurrence", "occurrence", "seriesMaster"]
    sparse = next(row for row in rows if row["type"] == "occurrence")
    assert set(sparse) == {
        "@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end"
    }  # fmt: skip
    assert "body" in next(row for row in rows if row["type"] == "exception")


def test_round_without_change_is_empty(graph, api, series):
    _, link = round_of(api, FIRST)

    assert round_of(api, link)[0] == []


def test_edit_of_one_occurrence_brings_that_exception_alone(graph, api, series):
    _, link = round_of(api, FIRST)
    graph.ui.edit_body(BEN, series, NEXT, "<p>Agenda</p>")

    rows, _ = round_of(api, link)

    assert [(row["type"], row["occurrenceId"][-10:]) for row in rows] == [("exception", str(NEXT))]


def test_cancelled_occurrence_comes_as_removed_under_the_id_it_had(graph, api, series):
    rows, link = round_of(api, FIRST)
    first = min((row for row in rows if row["type"] == "occurrence"), key=lambda r: str(r["start"]))
    graph.ui.cancel(BEN, series, MONDAY)

    rows, _ = round_of(api, link)

    assert rows == [{"@odata.type": "#microsoft.graph.event", "id": first["id"],
                     "@removed": {"reason": "deleted"}}]  # fmt: skip


def test_change_outside_the_window_comes_as_removed(graph, api, series):
    _, link = round_of(api, FIRST)
    graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2027, 5, 1, 9, 0))

    assert kinds(round_of(api, link)[0]) == ["removed"]


def test_occurrence_moved_out_of_the_window_comes_as_removed(graph, api, series):
    last = date(2026, 12, 21)
    _, link = round_of(api, FIRST)
    graph.ui.move(BEN, series, last, datetime(2026, 12, 23, 10, 0))

    assert kinds(round_of(api, link)[0]) == ["removed"]


def test_changed_series_comes_with_all_its_occurrences(graph, api, series):
    _, link = round_of(api, FIRST)
    graph.ui.rename(BEN, series, "New name")

    assert kinds(round_of(api, link)[0]) == [*["occurrence"] * 4, "seriesMaster"]


def test_deleted_series_comes_as_removed(graph, api, series):
    _, link = round_of(api, FIRST)
    master = graph.event_id(BEN, series)
    graph.ui.cancel(BEN, series)

    rows, _ = round_of(api, link)

    assert [row["id"] for row in rows if "@removed" in row] == [master]


def test_round_comes_in_pages_of_the_asked_size(graph, api, series):
    page = api.get(FIRST, Prefer="odata.maxpagesize=2")

    assert len(page["value"]) == 2
    assert "$skiptoken" in page["@odata.nextLink"]


def test_replays_repeat_rows_in_another_order(graph, api, series):
    plain, _ = round_of(api, FIRST)
    graph.faults.delta_replays = True

    replayed, _ = round_of(api, FIRST)

    assert len(replayed) == len(plain) + 1
    assert {row["id"] for row in replayed} == {row["id"] for row in plain}


def test_expired_link_is_gone_and_says_where_to_start(graph, api, series):
    _, link = round_of(api, FIRST)
    graph.expire_cursors()

    answer = api("GET", link)

    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "SyncStateNotFound")
    assert answer.headers["Location"].endswith("$deltatoken=")


@pytest.mark.parametrize("option", ["$select=subject", "$filter=subject eq 'x'", "$expand=a"])
def test_delta_takes_no_query_options(server, api, option):
    assert api("GET", f"{FIRST}&{option}").status_code == 400
    assert len(server.violations) == 1


def test_link_belongs_to_one_mailbox(graph, api, series):
    _, link = round_of(api, FIRST)
    other = link.replace(graph.state.tenant.mailbox(BEN).user_id, ANNA)

    assert api("GET", other).status_code == 410


def test_attendee_sees_the_organizers_write_in_her_own_delta(graph, api, series):
    _, link = round_of(api, FIRST.replace(BEN, ANNA))
    graph.ui.edit_body(BEN, series, MONDAY, "<p>Agenda</p>")

    rows, _ = round_of(api, link)

    assert ["Agenda" in row["body"]["content"] for row in rows] == [True]
