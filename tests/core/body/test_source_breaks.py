"""Line breaks in an HTML source: Outlook wraps where it likes, other programs mean them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.body import Copy, merge_copies
from core.body.lines import scan
from core.model.agenda import (
    Agenda,
    PointId,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
)
from core.model.calendar import Body, BodyForm
from core.model.people import Person

ANNA = Person(address="anna@example.com", name="Anna")
BEN = Person(address="ben@example.com", name="Ben")
BLANK = Agenda(
    sections=(
        Section(kind=SectionKind.REPORT, owner=ANNA.address),
        Section(kind=SectionKind.MANAGER, owner=BEN.address),
        Section(kind=SectionKind.AGREED),
    )
)
LINES = ("[ ] Büro danach prüfen", "[ ] Quartal im August übergeben")


def test_a_heading_that_is_wrapped_between_its_languages_does_not_tear_the_boxes_apart() -> None:
    first = merged(BLANK, None, page(*LINES))
    written = next(iter(first.bodies.values()))
    wrapped = page(f"{LINES[0]} neu", LINES[1]).content.replace("[ ]", "[\r\n ]")
    wrapped = wrapped.replace("Agreed / ", "Agreed\r\n / ")

    result = merged(first.agenda, written, Body(content=wrapped, form=BodyForm.HTML))

    assert [p.text for p in result.agenda.points] == [
        "Büro danach prüfen neu",
        "Quartal im August übergeben",
    ]


@pytest.mark.parametrize(
    ("old", "new", "typed"),
    [("@Anna", "@Anna\r\n", "ruft an"), ("<div>Anna", "<div>Anna\r\n (neu)", "(neu)")],
)
def test_a_line_that_is_wrapped_behind_a_name_tears_no_box_apart(
    old: str, new: str, typed: str
) -> None:
    hidden = TalkingPoint(point_id=PointId("h"), text="Lob", visibility=Visibility.SENSITIVE)
    agenda = Agenda(sections=(replace(BLANK.sections[0], entries=(hidden,)), *BLANK.sections[1:]))
    line = "[ ] (vertraulich – nur im Gespräch)"
    lines = ("@Anna ruft an", line) if "@" in old else (line,)
    wrapped = page(*lines).content.replace("[ ]", "[\r\n ]").replace(old, new)
    theirs = Body(content=f"<html><body>{wrapped}</body></html>", form=BodyForm.HTML)

    result = merged(agenda, page(line), theirs)

    texts = [entry.text for s in result.agenda.sections for entry in s.entries]
    assert sorted(texts) == sorted(["Lob", typed])


def page(*lines: str) -> Body:
    points = "".join(f"<li><span>{line}</span></li>" for line in lines)
    return Body(
        content=(
            "<div>▼ 1:1 agenda (write here) / 1:1-Agenda (hier schreiben)</div><div>Anna</div>"
            f"<ul>{points}</ul><div>Ben</div><div>Agreed / Vereinbart</div>"
            "<div>▲ end of 1:1 agenda / Ende 1:1-Agenda</div>"
        ),
        form=BodyForm.HTML,
    )


def merged(agenda, base, theirs):  # type: ignore[no-untyped-def]
    return merge_copies(
        [Copy(name="x", base_agenda=agenda, base_body=base, theirs=theirs, copy_of=None)],
        ours=agenda,
        people=(BEN, ANNA),
        now=datetime(2026, 6, 8, 8, tzinfo=UTC),
        zone="Europe/Berlin",
        locale="en",
        other_locale="de",
    )


def test_a_drawn_bullet_that_is_never_closed_hides_no_line_below_it() -> None:
    drawn = "<p><span style='mso-list:Ignore'>·<span>&nbsp; </span>"
    content = f"<html><body>{drawn}</p><p>Urlaub</p></body></html>"

    assert [line.text for line in scan(Body(form=BodyForm.HTML, content=content)).lines] == [
        "Urlaub"
    ]
