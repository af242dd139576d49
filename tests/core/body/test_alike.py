"""Which of our sections a copy's base means: by heading and entries, by one of them, by kind."""

from __future__ import annotations

import pytest

from core.body.alike import Alike
from core.model.agenda import PointId, Section, SectionKind, TalkingPoint
from tests.core.body.samples.cases import ANNA, BEN

KINDS = {
    "own": (SectionKind.REPORT, ANNA.address),
    "ben": (SectionKind.MANAGER, BEN.address),
    "agreed": (SectionKind.AGREED, None),
}


def section(told: str) -> Section:
    """Return a section of these words: its kind or "topic", its heading, its entries' letters."""
    name, title, letters = told.split()
    kind, owner = KINDS.get(name, (SectionKind.TOPIC, None))
    entries = tuple(TalkingPoint(point_id=PointId(n), text=n) for n in letters.strip("-"))
    return Section(kind=kind, owner=owner, title=title.strip("-"), entries=entries)


@pytest.mark.parametrize(
    ("base", "ours", "found"),
    [
        # Heading and entries: the first that has the heading and any of them.
        (["topic Ziele a", "topic Ziele b"], ["topic Ziele b", "topic Ziele a"], {0: 1, 1: 0}),
        (["topic Ziele abc"], ["topic Ziele -", "topic Ziele c", "topic Ziele ab"], {0: 1}),
        # Heading alone: the first that is not taken by a section with entries of its own.
        (["topic Ziele -", "topic Ziele a"], ["topic Ziele a", "topic Ziele -"], {0: 1, 1: 0}),
        (["topic Ziele -", "topic Ziele -"], ["topic Ziele -", "topic Ziele -"], {0: 0, 1: 1}),
        (["topic Ziele -", "topic Ziele -"], ["topic Ziele -"], {0: 0}),
        # Entries alone: where most of them are; of two the first.
        (["topic Alt abc"], ["topic X a", "topic Y bc"], {0: 1}),
        (["topic Alt ab"], ["topic X b", "topic Y a"], {0: 0}),
        (["topic Alt a", "topic Old b"], ["topic X ab"], {0: 0}),
        # Kind and owner alone; of topics there may be any number.
        (["own Alt -"], ["ben X -", "own Neu -"], {0: 1}),
        (["own Alt -"], ["topic X -", "agreed Y -"], {}),
        (["own A -", "own B -"], ["own X -", "own Y -"], {0: 0, 1: 1}),
        (["topic Alt -"], ["topic Neu -"], {}),
        # An entry that went to a section of another kind says nothing about the section.
        (["topic Alt ab"], ["agreed Neu ab"], {}),
        (["topic Alt abc"], ["agreed Neu ab", "topic X c"], {0: 1}),
        (["topic Alt a"], [], {}),
    ],
)
def test_a_bases_section_is_found_among_ours(
    base: list[str], ours: list[str], found: dict[int, int]
) -> None:
    there = [(one, [str(p.point_id) for p in one.points]) for one in map(section, ours)]

    assert Alike(there).places([section(told) for told in base]) == found


def test_headings_in_two_languages_are_another_heading() -> None:
    both = Section(titles=(("de", "Ziele"), ("en", "Goals")))
    ours = [(Section(title="Ziele"), []), (both, [])]

    assert Alike(ours).places([both, Section(title="Ziele")]) == {0: 1, 1: 0}
