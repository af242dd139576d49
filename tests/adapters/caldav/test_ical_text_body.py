"""The text of a body: escapes, line endings, HTML beside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from adapters.caldav.ical_text import Resource, description_of, with_description
from core.errors import InvalidInput
from core.model.calendar import Body, BodyForm
from tests.adapters.caldav.ics import (
    MASTER,
    NOW,
    SECOND,
    SINGLE,
    calendar,
    component,
    lines_but,
    series,
)

CHANGED = ("DESCRIPTION", "DTSTAMP", "LAST-MODIFIED")


def write(data: bytes, text: str, original_start: datetime | None = None) -> bytes:
    return with_description(data, original_start=original_start, body=Body(content=text), now=NOW)


def read(data: bytes, original_start: datetime | None = None) -> str:
    return description_of(Resource.parse(data), original_start).content


def test_html_beside_the_text_goes_when_we_write() -> None:
    rich = MASTER.replace(
        "DESCRIPTION;LANGUAGE=en:Bring coffee",
        "X-ALT-DESC;FMTTYPE=text/html:<b>Bring</b>\nSTYLED-DESCRIPTION;FMTTYPE=text/html:x\n"
        'DESCRIPTION;ALTREP="data:text/html,%3Cb%3EBring";LANGUAGE=en:Bring coffee',
    )

    master = component(write(calendar(rich), "Tea"), "RRULE")

    assert "DESCRIPTION;LANGUAGE=en:Tea" in master
    assert not [line for line in master if line.startswith(("X-ALT-DESC", "STYLED"))]


@pytest.mark.parametrize(
    "line",
    [
        'DESCRIPTION;ALTREP="data:text/html,%3Cb%3EGr%C3%BC%C3%9Fe%3C/b%3E":Grüße',
        'DESCRIPTION;ALTREP="data:text/html;charset=utf-8;base64,PGI+R3LDvMOfZTwvYj4=":Grüße',
        "DESCRIPTION:Grüße\nX-ALT-DESC;FMTTYPE=text/html:<b>Grüße</b>",
        "DESCRIPTION:Grüße\nSTYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<b>Grüße</b>",
    ],
)
def test_html_beside_the_text_is_read(line: str) -> None:
    data = calendar(SINGLE.replace("SUMMARY", f"{line}\nSUMMARY"))

    assert description_of(Resource.parse(data), None) == Body(content="Grüße", rich="<b>Grüße</b>")


@pytest.mark.parametrize("altrep", ["cid:part1@example.com", "data:text/html;base64,!", "CID"])
def test_html_that_is_elsewhere_counts_as_none(altrep: str) -> None:
    data = calendar(SINGLE.replace("SUMMARY", f'DESCRIPTION;ALTREP="{altrep}":Hi\nSUMMARY'))

    assert description_of(Resource.parse(data), None) == Body(content="Hi")


def test_an_event_without_description_gets_one() -> None:
    before = calendar(SINGLE)

    after = write(before, "Agenda")

    assert read(after) == "Agenda"
    assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)


def test_an_empty_body_removes_the_property() -> None:
    assert write(write(calendar(SINGLE), "Agenda"), "").count(b"DESCRIPTION") == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_endings_stay_as_they_are(end: str) -> None:
    text = "a long line " * 20

    after = write(series(end=end), text, SECOND)

    assert read(after, SECOND) == text
    assert not set(after.decode().replace(end, "")) & {"\r", "\n"}


def test_a_byte_order_mark_stays() -> None:
    after = write(b"\xef\xbb\xbf" + calendar(SINGLE), "Agenda")

    assert after.startswith(b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n")
    assert read(after) == "Agenda"


def test_text_whose_line_breaks_were_never_escaped_is_read_whole() -> None:
    data = calendar(SINGLE.replace("SUMMARY", "DESCRIPTION:One\nTwo\n\nThree\nSUMMARY"))

    assert read(data) == "One\nTwo\n\nThree"
    assert read(write(data, "New")) == "New"
    assert Resource.parse(write(data, "New")).master


def test_two_descriptions_lose_no_text() -> None:
    data = calendar(SINGLE.replace("SUMMARY", "DESCRIPTION:One\nDESCRIPTION:Two\nSUMMARY"))

    assert read(data) == "One\nTwo"
    assert write(data, "New").count(b"DESCRIPTION") == 1


def test_bytes_that_are_not_utf_8_are_read_as_latin_1() -> None:
    data = calendar(SINGLE.replace("SUMMARY", "DESCRIPTION:Gruesse\nSUMMARY"))

    assert read(data.replace(b"Gruesse", b"Gr\xfc\xdfe an \xc3\xbc")) == "Grüße an ü"


def test_html_is_no_body_for_a_calendar_server() -> None:
    with pytest.raises(InvalidInput, match="plain text"):
        with_description(
            calendar(SINGLE),
            original_start=None,
            body=Body(form=BodyForm.HTML, content="<p>"),
            now=NOW,
        )
