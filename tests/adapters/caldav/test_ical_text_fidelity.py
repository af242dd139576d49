"""Byte fidelity: on the calendars that other projects collected, and with any text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.caldav.ical_lines import folded, logical_lines, raw_lines
from adapters.caldav.ical_text import Resource, description_of, resources_of, with_description
from adapters.caldav.recurrence import occurrences
from core.errors import UnexpectedResponse
from core.model.calendar import Body
from tests.adapters.caldav.ics import NOW, SECOND, SINGLE, calendar, lines_but, series

CHANGED = ("DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "DTSTAMP", "LAST-MODIFIED")
SAMPLES = sorted(
    path
    for package in (icalendar, recurring_ical_events)
    for path in Path(package.__file__).parent.rglob("*.ics")
)
EARLY = datetime(1900, 1, 1, tzinfo=UTC)
TEXT = "Agenda – ✓ 1:1, see C:\\new; done\nsecond line"

texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\\;,:\n\r\t"ä€😀\u202eאب\u0300'),
    max_size=400,
)


def entries(path: Path) -> list[bytes]:
    try:
        return list(resources_of(path.read_bytes()))
    except UnexpectedResponse:
        return []


def write(data: bytes, text: str, original_start: datetime | None = None) -> bytes:
    return with_description(data, original_start=original_start, body=Body(content=text), now=NOW)


def test_the_samples_are_there() -> None:
    assert len(SAMPLES) >= 258
    assert sum(len(entries(path)) for path in SAMPLES) > 900


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_cut_into_lines_and_put_together_again(path: Path) -> None:
    data = path.read_bytes()

    raw = raw_lines(data)

    assert b"".join(raw) == data
    assert [logical_lines(line)[0][0] for line in raw] == logical_lines(data)[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_samples_entries_keep_every_byte_but_the_body(path: Path) -> None:
    for before in readable(path):
        after = write(before, TEXT)

        assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)
        assert description_of(Resource.parse(after), None).content == TEXT


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_samples_occurrence_gets_an_override_and_gives_it_back(path: Path) -> None:
    for before in readable(path):
        resource = Resource.parse(before)
        try:
            found = occurrences(resource, EARLY, 1)
        except UnexpectedResponse:
            continue
        original = next((f.original_start for f in found if not f.exception), None)
        if resource.component != "VEVENT" or original is None:
            continue
        body = description_of(resource, original).content

        after = write(before, TEXT, original)
        again = write(after, body, original)

        assert description_of(Resource.parse(after), original).content == TEXT
        assert lines_but(again, "LAST-MODIFIED") == lines_but(before, "LAST-MODIFIED")


def bare(line: bytes) -> bytes:
    return re.sub(rb"\s|\\\\n", b"", line)


def readable(path: Path) -> list[bytes]:
    found = []
    for data in entries(path):
        try:
            resource = Resource.parse(data)
        except UnexpectedResponse:
            continue
        if resource.master is not None:
            found.append(data)
    return found


@given(texts)
@example("")
@example("\r")
@example(" starts and ends with a blank ")
@example("one\r\ntwo\rthree")
@example("👩‍👩‍👧‍👦 " * 500)
@example("عربي " * 300)
@example("x" * 50_000)
@example("\\n is no line break, \\\\n neither, \\; \\,")
def test_any_text_comes_back(text: str) -> None:
    expected = re.sub("\r\n|\r", "\n", text)
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", expected)

    after = write(series(), text, SECOND)

    assert description_of(Resource.parse(after), SECOND).content == expected


@given(texts.filter(lambda text: text.strip()))
def test_another_reader_reads_the_same_text(text: str) -> None:
    after = write(calendar(SINGLE), text)

    event = icalendar.Calendar.from_ical(after).walk("VEVENT")[0]
    ours = description_of(Resource.parse(after), None).content
    # icalendar takes some rare separators for line breaks; people do not type them.
    if not set(text) & set("\x1c\x1d\x1e\x85\u2028\u2029"):
        assert str(event.get("DESCRIPTION", "")) == ours


@given(texts, st.sampled_from([b"\r\n", b"\n"]))
def test_a_folded_line_is_short_and_cuts_no_character(text: str, end: bytes) -> None:
    line = b"X-TEXT:" + text.translate({10: None, 13: None}).encode()

    wrapped = folded(line, end)

    pieces = wrapped.removesuffix(end).split(end)
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.decode() is not None for piece in pieces)
    assert wrapped == line + end or wrapped.replace(end + b" ", b"") == line + end


@given(texts)
def test_what_people_wrote_elsewhere_stays_whatever_we_write(text: str) -> None:
    before = series()

    after = write(before, text)

    assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)


@given(st.lists(st.sampled_from([b"A:x", b"B-C", b";D=e:", b"\r\n", b"\n", b"\r", b" ", b"\t"])))
def test_raw_and_unfolded_lines_have_the_same_numbers(pieces: list[bytes]) -> None:
    data = b"BEGIN:X" + b"".join(pieces)

    raw, (lines, _) = raw_lines(data), logical_lines(data)

    assert b"".join(raw) == data
    assert len(raw) == len(lines)
    assert all(bare(a)[:3] == bare(b)[:3] for a, b in zip(raw, lines, strict=True))


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda junk: calendar(SINGLE) + junk))
@example(b"")
@example(b"\n")
@example(b"\xef\xbb\xbf\r\n ")
def test_garbage_is_kept_and_read_or_refused(data: bytes) -> None:
    assert b"".join(raw_lines(data)) == data
    try:
        uid = Resource.parse(data).uid
    except UnexpectedResponse:
        uid = "once-1@example.com"
    assert uid == "once-1@example.com"
