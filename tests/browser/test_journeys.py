"""Steps of JOURNEYS 3.1 and 3.2 that no other test plays (docs/journeys.md names each)."""

from __future__ import annotations

from datetime import timedelta

from icalendar.cal.component import Component
from playwright.sync_api import expect

from core.model.agenda import TalkingPoint
from tests.browser.conftest import Visit
from tests.browser.house import House, address
from tests.browser.test_side_by_side import row, until


def found_url(house: House) -> str:
    return f"{house.stage.calendars['cleo']}found-cleo-ben.ics"


def described(calendar: bytes) -> list[bytes]:
    """Return the lines of a calendar that are a description, folded ones joined."""
    lines = calendar.replace(b"\r\n ", b"").split(b"\r\n")
    return [line for line in lines if line.startswith(b"DESCRIPTION")]


def test_preview_writes_nothing_yes_writes_that_and_stop_leaves_it_as_it_was(
    visit: Visit, house: House
) -> None:
    cleo, phone = visit("cleo", pair=""), house.phone("ben")
    before = phone.raw(found_url(house))

    cleo.get_by_role("link", name="Look first: Lunch Ben & Cleo").click()
    shown = cleo.locator("pre").inner_text()
    assert phone.raw(found_url(house)) == before
    cleo.get_by_role("button", name="Yes, keep an agenda").click()

    until(lambda: b"RECURRENCE-ID" in phone.raw(found_url(house)))
    series = house.other_series("found", "cleo")
    with house.app.store.transaction() as tx:
        sheet = tx.open_sheet(series.series_id)
    assert sheet is not None
    assert sheet.place is not None
    written = phone.notes(found_url(house), sheet.place.original_start)
    assert written.strip() == shown.strip()

    cleo.goto(f"{house.link('cleo')}talk/{series.series_id}/settings")
    cleo.get_by_role("button", name="Switch off and remove the text").click()
    until(lambda: "1:1" not in phone.notes(found_url(house), sheet.place.original_start))
    after = phone.raw(found_url(house))
    assert set(described(after)) == set(described(before))


def test_a_moved_meeting_takes_its_points_along_on_the_open_page(
    visit: Visit, house: House
) -> None:
    cleo = visit("cleo", pair="cleo")
    when, start = cleo.locator(".when").inner_text(), house.start("cleo")
    points = texts(house.agenda("cleo").points)

    to = start + timedelta(days=2)
    house.phone("ben").move(house.stage.event_url("cleo"), start, to, to + timedelta(minutes=30))

    expect(cleo.locator(".when")).not_to_have_text(when)
    expect(row(cleo, "Cover during my August leave")).to_have_count(1)
    assert texts(house.agenda("cleo").points) == points
    house.phone("ben").move(
        house.stage.event_url("cleo"), start, start, start + timedelta(minutes=30)
    )
    expect(cleo.locator(".when")).to_have_text(when)


def texts(points: tuple[TalkingPoint, ...]) -> list[str]:
    return [point.text for point in points]


def with_room(calendar: Component) -> None:
    """Invite a room."""
    for event in calendar.walk("VEVENT"):
        event.add("ATTENDEE", "mailto:room-lime@example.com", {"CUTYPE": "ROOM"})


def test_who_can_read_it_follows_the_event(visit: Visit, house: House) -> None:
    cleo = visit("cleo", pair="cleo", part="/where")
    expect(cleo.get_by_text("room-lime@example.com")).to_have_count(0)

    house.phone("ben").change(house.stage.event_url("cleo"), with_room)

    expect(cleo.get_by_text("room-lime@example.com")).to_be_visible()


def test_settings_of_one_are_unknown_to_the_other(visit: Visit) -> None:
    cleo = visit("cleo", pair="", part="settings")
    cleo.get_by_label("Remind me before and after a meeting").uncheck()
    cleo.get_by_label("from", exact=True).first.fill("21:43")
    cleo.get_by_role("button", name="Save").click()
    expect(cleo.get_by_label("Remind me before and after a meeting")).not_to_be_checked()

    ben = visit("ben", pair="cleo")

    for part in ("", "/settings", "/where"):
        ben.goto(ben.url.split("?")[0].removesuffix("/settings") + part)
        assert "21:43" not in ben.content()


def test_every_found_event_says_why_and_what_a_yes_would_write(visit: Visit, house: House) -> None:
    """JOURNEYS 3.1, step 3 (F-44, F-45): a sentence for each, and the text before the yes."""
    anna = visit("anna", pair="")
    found = anna.get_by_role("listitem").filter(has_text="Mittagessen Anna & Ben")
    expect(found).to_contain_text("Bisher hat niemand Ja gesagt")
    anna.locator("#others summary").click()
    expect(anna.get_by_role("listitem").filter(has_text="Teamrunde")).to_contain_text(
        "mehr als zwei Menschen"
    )
    with house.app.store.transaction() as tx:
        mine = [s for s in tx.all_series() if address("anna") in s.humans]
    for series in mine:
        expect(anna.get_by_text(series.title).first).to_be_visible()

    anna.get_by_role("link", name="Erst ansehen: Mittagessen Anna & Ben").click()
    expect(anna.locator("pre")).to_contain_text("Neue Punkte einfach darunter schreiben")


def test_what_she_wrote_beside_her_answer_is_hers_until_she_says_so(
    visit: Visit, house: House
) -> None:
    """JOURNEYS 3.2, step 6 (F-46), on the calendar server of the demo."""
    anna, ben = visit("anna"), visit("ben")
    words = "Gehalt ansprechen?"
    house.phone("anna").comment(
        house.stage.event_url("anna"), address("anna"), words, house.start("anna")
    )

    card = anna.get_by_role("region", name="Aus deiner Antwort auf die Einladung")
    expect(card).to_contain_text(words)
    ben.reload()
    assert words not in ben.content()
    assert words not in house.event()
    card.get_by_role("button", name="Als Punkt aufnehmen").click()

    expect(row(anna, words)).to_be_visible()
    expect(card).to_have_count(0)
    expect(row(ben, words)).to_be_visible()
    until(lambda: house.event().count(words) == 1)
