"""`demo --calendar`: a person's own export as real input, each event with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.series import SeriesState, Why
from webhook_app.demo.imported import Imported, import_calendar
from webhook_app.demo.stage import Stage

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)
KIM, ANA, LEO = (f"mailto:{name}@example.com" for name in ("kim", "ana", "leo"))


def event(uid: str, title: str, start: str, *people: str, more: str = "RRULE:FREQ=WEEKLY") -> str:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SUMMARY:{title}",
        f"DTSTART{start}",
        "DURATION:PT30M",
        more,
        *([f"ORGANIZER:{people[0]}"] if people else []),
        *(f"ATTENDEE:{person}" for person in people),
        "END:VEVENT",
    ]
    return "\r\n".join(line for line in lines if line)


def export(folder: Path, *events: str) -> Path:
    path = folder / "mine.ics"
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *events, "END:VCALENDAR"]
    path.write_bytes(("\r\n".join(whole) + "\r\n").encode())
    return path


def titles(found: Imported, state: SeriesState) -> dict[str, Why]:
    return {s.title: s.reason for s in found.series if s.state is state}


@pytest.mark.server
def test_each_event_is_told_with_its_reason(stage: Stage, tmp_path: Path) -> None:
    path = export(
        tmp_path,
        event("a/1", "Kim & Ana", ":20260302T100000Z", KIM, ANA),
        event("a2", "Team", ":20260302T110000Z", KIM, ANA, LEO),
        event("a3", "Alone", ":20260302T120000Z"),
    )

    found = import_calendar(stage, path, NOW)

    assert titles(found, SeriesState.FOUND) == {"Kim & Ana": Why.TWO_PEOPLE}
    others = {s.title: s.reason for s in found.series if s.title != "Kim & Ana"}
    assert others == {"Team": Why.MORE_THAN_TWO, "Alone": Why.ALONE}
    assert found.broken == ()


@pytest.mark.server
def test_an_event_that_nobody_can_read_is_named_and_stops_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    path = export(
        tmp_path,
        event("b1", "Nowhere", ";TZID=Nowhere/Land:20260302T100000", KIM, ANA),
        event("b2", "Kim & Ana", ":20260302T100000Z", KIM, ANA),
    )

    found = import_calendar(stage, path, NOW)

    assert titles(found, SeriesState.FOUND) == {"Kim & Ana": Why.TWO_PEOPLE}
    ((title, sentence),) = found.broken
    assert title == "Nowhere"
    assert "Nowhere/Land" in sentence


@pytest.mark.server
@pytest.mark.parametrize(
    "content", [b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff"]
)
def test_a_file_without_events_is_one_clear_sentence(
    stage: Stage, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "mine.ics"
    path.write_bytes(content)

    with pytest.raises(InvalidInput, match=r"mine\.ics"):
        import_calendar(stage, path, NOW)
