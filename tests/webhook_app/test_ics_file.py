"""Calendar files as people's programs really write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidInput
from webhook_app.demo.ics_file import read_ics

GOOD = """\
BEGIN:VEVENT
UID:good
DTSTART:20260302T100000Z
SUMMARY:Gespräch
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT10M
END:VALARM
END:VEVENT
"""
# https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcical: Outlook's own zones.
OUTLOOK = """\
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:04000000
DTSTART;TZID="W. Europe Standard Time":20261116T100000
SUMMARY:Jour fixe
X-ALT-DESC;FMTTYPE=text/html:<html><body>Hallo</body></html>
END:VEVENT
"""


def written(folder: Path, *parts: str, coding: str = "utf-8", line_end: str = "\r\n") -> Path:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(parts)}END:VCALENDAR\n"
    path = folder / "mine.ics"
    path.write_bytes(text.replace("\n", line_end).encode(coding))
    return path


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_every_encoding_and_line_end_is_read(tmp_path: Path, coding: str, line_end: str) -> None:
    found = read_ics(written(tmp_path, GOOD, coding=coding, line_end=line_end))

    assert [str(parts[0]["SUMMARY"]) for parts in found.events.values()] == ["Gespräch"]
    assert found.broken == ()


def test_outlooks_zones_come_along(tmp_path: Path) -> None:
    found = read_ics(written(tmp_path, OUTLOOK))

    assert [str(zone["TZID"]) for zone in found.zones] == ["W. Europe Standard Time"]
    assert "X-ALT-DESC" in found.events["04000000"][0]


def test_a_series_and_its_exceptions_are_one(tmp_path: Path) -> None:
    moved = GOOD.replace("UID:good", "UID:good\nRECURRENCE-ID:20260309T100000Z")

    (parts,) = read_ics(written(tmp_path, GOOD, moved)).events.values()

    assert len(parts) == 2


@pytest.mark.parametrize(
    "bad",
    [
        "BEGIN:VEVENT\nUID:x\nSUMMARY:cut\n",
        "BEGIN:VEVENT\nUID:x\nSUMMARY:cut\nBEGIN:VALARM\nEND:VEVENT\n",
    ],
)
def test_a_broken_event_is_named_and_stops_no_other(tmp_path: Path, bad: str) -> None:
    found = read_ics(written(tmp_path, bad, GOOD))

    assert list(found.events) == ["good"]
    ((title, sentence),) = found.broken
    assert title == "cut"
    assert sentence.startswith("Can't be read")


def test_a_garbage_line_in_an_event_costs_that_line(tmp_path: Path) -> None:
    found = read_ics(written(tmp_path, GOOD.replace("SUMMARY", "not a line\nSUMMARY")))

    assert str(found.events["good"][0]["SUMMARY"]) == "Gespräch"


def test_a_file_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, GOOD.replace("good", "second"))
    path.write_bytes(path.read_bytes()[:-80])

    found = read_ics(path)

    assert list(found.events) == ["good"]
    assert [title for title, _ in found.broken] == ["Gespräch"]


def test_a_page_saved_instead_of_a_calendar_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.ics").write_text("<html>Sign in</html>")

    with pytest.raises(InvalidInput, match=r"page\.ics: no calendar file"):
        read_ics(tmp_path / "page.ics")
