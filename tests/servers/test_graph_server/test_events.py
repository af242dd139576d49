"""Events over HTTP: shapes, ids, zones, windows, writes, refusals."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.servers.graph import GraphServer
from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY, NEXT, Api

WINDOW = "startDateTime=2026-11-23T00:00:00Z&endDateTime=2026-12-31T00:00:00Z"
IMMUTABLE = {"Prefer": 'IdType="ImmutableId", outlook.timezone="UTC"'}


def instances(api: Api, graph: GraphServer, address: str, uid: str) -> list[dict]:
    master = graph.event_id(address, uid)
    path = f"/users/{address}/events/{master}/instances?{WINDOW}&$top=50"
    return api.get(path, **IMMUTABLE)["value"]


def test_list_shows_the_master_and_the_view_its_occurrences(graph, api, series):
    masters = api.get(f"/users/{ANNA}/events")["value"]
    rows = api.get(f"/users/{ANNA}/calendarView?{WINDOW}")["value"]

    assert [row["type"] for row in masters] == ["seriesMaster"]
    assert {row["type"] for row in rows} == {"occurrence"}
    assert rows[0]["start"]["dateTime"] == "2026-11-30T09:00:00.0000000"
    assert rows[0]["recurrence"] is None


def test_view_without_a_window_is_refused(graph, api):
    answer = api("GET", f"/users/{ANNA}/calendarView")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ErrorInvalidParameter")


def test_weekly_meeting_keeps_its_local_hour_over_a_clock_change(graph, api):
    graph.ui.create_series(BEN, [ANNA], subject="x", first=datetime(2026, 3, 23, 10, 0))
    path = f"/users/{BEN}/calendarView?startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-02"

    rows = api.get(path)["value"]

    assert [row["start"]["dateTime"][11:16] for row in rows] == ["09:00", "08:00"]


def test_each_mailbox_has_ids_of_its_own_and_the_uid_in_common(graph, api, series):
    ben = api.get(f"/users/{BEN}/events")["value"][0]
    anna = api.get(f"/users/{ANNA}/events")["value"][0]

    assert ben["id"] != anna["id"]
    assert ben["iCalUId"] == anna["iCalUId"] == ben["uid"]
    assert (ben["isOrganizer"], anna["isOrganizer"]) == (True, False)


def test_occurrence_has_an_icaluid_with_its_day_in_it(graph, api, series):
    row = instances(api, graph, BEN, series)[0]
    plain = bytearray.fromhex(row["iCalUId"])

    assert bytes(plain[16:20]) == b"\x07\xea\x0b\x1e"  # 2026-11-30
    plain[16:20] = b"\0\0\0\0"
    assert plain.hex().upper() == series


def test_occurrence_id_names_the_original_day(graph, api, series):
    graph.ui.move(BEN, series, MONDAY, datetime(2026, 12, 1, 15, 0))
    row = instances(api, graph, BEN, series)[0]

    assert row["start"]["dateTime"].startswith("2026-12-01T14:00")
    assert row["occurrenceId"].endswith(".2026-11-30")
    assert "originalStart" not in row
    assert api.get(f"/users/{BEN}/events/{row['id']}")["originalStart"] == "2026-11-30T09:00:00Z"


def test_default_id_changes_with_the_folder_and_the_immutable_one_does_not(graph, api, series):
    plain = graph.event_id(BEN, series, immutable=False)
    immutable = graph.event_id(BEN, series)

    graph.ui.move_to_folder(BEN, series)

    assert api("GET", f"/users/{BEN}/events/{plain}").status_code == 404
    assert api("GET", f"/users/{BEN}/events/{immutable}").status_code == 200


def test_ids_can_be_translated(graph, api, series):
    plain = graph.event_id(BEN, series, immutable=False)
    body = {"inputIds": [plain], "sourceIdType": "restId", "targetIdType": "restImmutableEntryId"}

    rows = api("POST", f"/users/{BEN}/translateExchangeIds", json=body).json()["value"]

    assert rows == [{"sourceId": plain, "targetId": graph.event_id(BEN, series)}]


def test_patch_makes_an_exception_and_the_etag_belongs_to_the_whole_series(graph, api, series):
    first, second = instances(api, graph, BEN, series)[:2]
    body = {"body": {"contentType": "html", "content": "<p>Agenda</p>"}}

    changed = api("PATCH", f"/users/{BEN}/events/{first['id']}", json=body, headers=IMMUTABLE)
    after = instances(api, graph, BEN, series)

    assert changed.json()["type"] == "exception"
    assert changed.json()["id"] == first["id"]
    assert after[1]["@odata.etag"] == after[0]["@odata.etag"] != second["@odata.etag"]


def test_if_match_fails_when_anybody_touched_another_occurrence(graph, api, series):
    first, second = instances(api, graph, BEN, series)[:2]
    graph.ui.edit_body(BEN, series, NEXT, "<p>other week</p>")

    answer = api(
        "PATCH", f"/users/{BEN}/events/{first['id']}", json={"subject": "x"},
        headers={"If-Match": first["@odata.etag"]},
    )  # fmt: skip

    assert answer.status_code == 412
    assert answer.json()["error"]["code"] == "ErrorIrresolvableConflict"
    assert second["subject"] == graph.ui.view(BEN, series, NEXT).props["subject"]


def test_occurrence_may_not_pass_its_neighbour(graph, api, series):
    first = instances(api, graph, BEN, series)[0]
    times = {
        "start": {"dateTime": "2026-12-08T10:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-12-08T10:30:00", "timeZone": "UTC"},
    }

    answer = api("PATCH", f"/users/{BEN}/events/{first['id']}", json=times)

    assert answer.json()["error"]["code"] == "ErrorOccurrenceCrossingBoundary"


def test_new_pattern_discards_exceptions_in_both_copies(graph, api, series):
    graph.ui.edit_body(BEN, series, MONDAY, "<p>Agenda</p>")
    assert "Agenda" in graph.ui.body(ANNA, series, MONDAY)

    graph.ui.change_pattern(BEN, series, first=datetime(2026, 11, 30, 11, 0))

    for person in (ANNA, BEN):
        assert "Agenda" not in graph.ui.body(person, series, MONDAY)
        assert graph.ui.view(person, series).item.exceptions == {}


def test_ending_a_series_keeps_the_exceptions_before_the_end(graph, api, series):
    graph.ui.edit_body(BEN, series, MONDAY, "<p>Agenda</p>")

    new = graph.ui.split(BEN, series, NEXT, datetime(2026, 12, 9, 14, 0))

    assert "Agenda" in graph.ui.body(BEN, series, MONDAY)
    assert graph.ui.days(ANNA, series, date(2027, 1, 31)) == [MONDAY]
    assert new != series
    assert graph.ui.days(ANNA, new, date(2026, 12, 10)) == [date(2026, 12, 9)]


def test_cancelled_occurrence_leaves_the_organizer_and_stays_marked_with_the_attendee(
    graph, api, series
):
    graph.ui.cancel(BEN, series, MONDAY)

    assert instances(api, graph, BEN, series)[0]["occurrenceId"][-10:] == "2026-12-07"
    theirs = instances(api, graph, ANNA, series)[0]
    assert (theirs["isCancelled"], theirs["subject"][:10]) == (True, "Canceled: ")


def test_master_tells_exceptions_and_cancelled_days_when_asked(graph, api, series):
    graph.ui.cancel(BEN, series, MONDAY)
    graph.ui.edit_body(BEN, series, NEXT, "<p>Agenda</p>")
    master = graph.event_id(BEN, series, immutable=False)
    fields = "subject,occurrenceId,exceptionOccurrences,cancelledOccurrences"

    shown = api.get(f"/users/{BEN}/events/{master}?$select={fields}&$expand=exceptionOccurrences")

    assert shown["cancelledOccurrences"] == [f"OID.{master}.2026-11-30"]
    assert [row["occurrenceId"][-10:] for row in shown["exceptionOccurrences"]] == ["2026-12-07"]
    assert "body" not in shown


@pytest.mark.parametrize("zone", ["tzone://Microsoft/Utc", "W. Europe Standard Time", "Asia/Tokyo"])
def test_zone_names_of_all_three_kinds_are_kept(graph, api, zone):
    graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2026, 12, 1, 9, 0), zone=zone)

    kept = api.get(f"/users/{BEN}/events")["value"][0]["originalStartTimeZone"]
    assert kept == {"Asia/Tokyo": "Tokyo Standard Time"}.get(zone, zone)


def test_unknown_zone_is_refused(graph, api):
    when = {"dateTime": "2026-12-01T09:00:00", "timeZone": "Mars/Olympus"}

    answer = api("POST", f"/users/{BEN}/events", json={"subject": "x", "start": when, "end": when})

    assert answer.json()["error"]["code"] == "TimeZoneNotSupportedException"


def test_times_come_in_the_preferred_zone(graph, api, series):
    prefer = {"Prefer": 'outlook.timezone="Eastern Standard Time"'}

    row = api.get(f"/users/{BEN}/calendarView?{WINDOW}", **prefer)["value"][0]

    assert row["start"] == {"dateTime": "2026-11-30T04:00:00.0000000",
                            "timeZone": "Eastern Standard Time"}  # fmt: skip


def test_same_transaction_id_creates_no_second_event(graph, api):
    when = {"dateTime": "2026-12-01T09:00:00", "timeZone": "UTC"}
    wanted = {"subject": "x", "start": when, "end": when, "transactionId": "t-1"}

    statuses = [api("POST", f"/users/{BEN}/events", json=wanted).status_code for _ in range(2)]

    assert statuses == [201, 409]
    assert len(api.get(f"/users/{BEN}/events")["value"]) == 1


def test_lists_come_in_pages(graph, api, series):
    page = api.get(f"/users/{BEN}/calendarView?{WINDOW}", Prefer="odata.maxpagesize=3")
    rest = api.get(page["@odata.nextLink"], Prefer="odata.maxpagesize=3")

    assert [len(page["value"]), len(rest["value"])] == [3, 2]
    assert "@odata.nextLink" not in rest


def test_filter_finds_the_master_by_its_uid(graph, api, series):
    graph.ui.create_event(BEN, [ANNA], subject="other", start=datetime(2026, 12, 2, 9, 0))

    rows = api.get(f"/users/{ANNA}/events?$filter=iCalUId eq '{series}'&$select=subject")["value"]

    assert [set(row) for row in rows] == [{"@odata.etag", "id", "subject"}]


def test_filter_that_makes_no_sense_is_refused(graph, api):
    answer = api("GET", f"/users/{ANNA}/events?$filter=subject like 'x'")

    assert answer.json()["error"]["code"] == "ErrorInvalidFilter"


def test_extended_property_is_kept_and_only_shown_when_expanded(graph, api, series):
    name = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name vieraugen"
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series)}"
    body = {"singleValueExtendedProperties": [{"id": name, "value": "v"}]}

    changed = api("PATCH", path, json=body).json()
    expanded = api.get(f"{path}?$expand=singleValueExtendedProperties($filter=id eq '{name}')")

    assert "singleValueExtendedProperties" not in changed
    assert expanded["singleValueExtendedProperties"] == [{"id": name, "value": "v"}]
    assert graph.all_mails[1:] == []


def test_free_and_busy_of_everybody(graph, api, series):
    body = {
        "schedules": [ANNA, "nobody@example.org"],
        "startTime": {"dateTime": "2026-11-30T00:00:00", "timeZone": "UTC"},
        "endTime": {"dateTime": "2026-12-01T00:00:00", "timeZone": "UTC"},
    }

    rows = api("POST", f"/users/{BEN}/calendar/getSchedule", json=body).json()["value"]

    assert [item["start"]["dateTime"][:16] for item in rows[0]["scheduleItems"]] == [
        "2026-11-30T09:00"
    ]
    assert rows[1]["error"]["responseCode"] == "ErrorMailRecipientNotFound"


def test_answering_changes_the_organizers_etag(graph, api, series):
    before = api.get(f"/users/{BEN}/events")["value"][0]["@odata.etag"]
    mine = graph.event_id(ANNA, series)

    answer = api("POST", f"/users/{ANNA}/events/{mine}/accept", json={"sendResponse": True})

    after = api.get(f"/users/{BEN}/events")["value"][0]
    assert answer.status_code == 202
    assert after["@odata.etag"] != before
    assert after["attendees"][0]["status"]["response"] == "accepted"


def test_foreign_meeting_keeps_its_uid(graph, api):
    graph.ui.receive_invitation(
        ANNA, "abc123@mail.example.org", organizer="cleo@example.org", attendees=[ANNA],
        subject="1:1", first=datetime(2026, 11, 30, 12, 0),
    )  # fmt: skip

    rows = api.get(f"/users/{ANNA}/calendarView?{WINDOW}")["value"]

    assert {row["iCalUId"] for row in rows} == {"abc123@mail.example.org"}
    assert rows[0]["organizer"]["emailAddress"]["address"] == "cleo@example.org"


def test_only_the_organizer_cancels(graph, api, series):
    mine = graph.event_id(ANNA, series)

    assert api("POST", f"/users/{ANNA}/events/{mine}/cancel", json={}).status_code == 400
    assert api("DELETE", f"/users/{ANNA}/events/{mine}").status_code == 204
    assert api.get(f"/users/{ANNA}/events")["value"] == []
    assert len(api.get(f"/users/{BEN}/events")["value"]) == 1
