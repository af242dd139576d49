"""Headings that are renamed, broken in two or gone, and entries in another order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from core.body import Body, ChangeKind, Copy, MergeResult, merge_copies
from core.model.agenda import Agenda
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, shown, texts


def titles(of: Agenda) -> list[str]:
    return [section.title for section in of.sections if section.title]


GOALS: Final = agenda(
    {"title": "Ziele", "points": ["Kurs", "Rad"]}, {"title": "Ideen", "points": ["Fest"]}
)


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ([("Ziele\n", "Vorhaben\n")], ["Vorhaben", "Ideen"]),
        ([("Ziele\n", ""), ("Ideen\n", "Pläne\n")], ["Ziele", "Pläne"]),
        ([("Ziele\n", "- Vorhaben\n")], ["Ziele", "Ideen"]),
        ([("Ziele\n", "[ ] Vorhaben\n")], ["Ziele", "Ideen"]),
        ([("Ziele\n", f"{'x' * 59}\n")], ["x" * 59, "Ideen"]),
        ([("Ziele\n", f"{'x' * 60}\n")], ["Ziele", "Ideen"]),
        ([("Ziele\n", ""), ("schreiben:\n -", "schreiben:\nVorhaben")], ["Ziele", "Ideen"]),
    ],
)
def test_a_plain_short_line_in_the_place_of_a_heading_is_its_new_title(
    changes: list[tuple[str, str]], left: list[str]
) -> None:
    assert titles(after(GOALS, *changes).agenda) == left


def by_title(of: Agenda) -> dict[str, list[str]]:
    """Return each section's entries by its title."""
    return {section.title: [entry.text for entry in section.entries] for section in of.sections}


def test_what_stands_below_a_new_title_is_in_its_section() -> None:
    result = after(
        GOALS,
        ("Ziele\n [ ] Kurs\n", "Vorhaben\n [ ] Kurs\n - neu\n"),
        ("Ideen\n", "Ideen\n - auch\n"),
    )
    (renamed, *_) = result.changes

    assert by_title(result.agenda) == {
        "Vorhaben": ["Kurs", "neu", "Rad"],
        "Ideen": ["Fest", "auch"],
    }
    assert (renamed.kind, renamed.entry_id) == (ChangeKind.RENAMED, "")
    assert (renamed.before, renamed.after) == ("Ziele", "Vorhaben")


def test_what_stands_below_the_prompt_is_in_no_renamed_section() -> None:
    result = after(GOALS, ("Ideen\n", "Pläne\n"), ("schreiben:\n -", "schreiben:\n - neu"))

    assert by_title(result.agenda) == {"": ["neu"], "Ziele": ["Kurs", "Rad"], "Pläne": ["Fest"]}


@pytest.mark.parametrize("base", [None, Agenda()])
def test_a_heading_that_was_seen_and_never_written_is_renamed_too(base: Agenda | None) -> None:
    body = Body(content=shown(GOALS))
    theirs = Body(content=body.content.replace("Ziele", "Vorhaben"))
    copy = Copy(name="own", base_agenda=base, base_body=body, theirs=theirs, copy_of=ANNA)
    result = merge_copies([copy], ours=GOALS, **settings_of())

    assert titles(result.agenda) == ["Vorhaben", "Ideen"]


@pytest.mark.parametrize(
    ("ours", "words", "title"),
    [
        ("Ziele", "Alte Wünsche", "Alte Wünsche"),
        ("Neue Pläne", "Alte Wünsche", "Neue Pläne / Alte Wünsche"),
        ("Neue Pläne", "Neue Pläne", "Neue Pläne"),
        ("Neue Pläne / Alte Wünsche", "alte Wünsche", "Neue Pläne / Alte Wünsche"),
        ("Neue Pläne / Alte Wünsche", "Wünsche", "Neue Pläne / Alte Wünsche / Wünsche"),
    ],
)
def test_a_heading_that_two_renamed_holds_each_wording_once(
    ours: str, words: str, title: str
) -> None:
    since = replace(GOALS, sections=(replace(GOALS.sections[0], title=ours), *GOALS.sections[1:]))
    result = after(GOALS, ("Ziele\n", f"{words}\n"), ours=since)

    assert titles(result.agenda) == [title, "Ideen"]


def test_a_heading_broken_in_two_is_whole_again_and_its_lines_are_below_it() -> None:
    of = agenda({"title": "Lange Ziele", "points": ["Kurs"]}, {"title": "Ideen", "points": []})
    result = after(of, ("Lange Ziele\n", "Lange\nZiele\nneu\n"))
    typed = after(of, ("Lange Ziele\n", ""), ("[ ] Kurs", "[ ] Kurs\n eins\n zwei"))

    assert by_title(result.agenda) == {"Lange Ziele": ["Kurs", "neu"], "Ideen": []}
    assert [change.kind for change in result.changes] == [ChangeKind.ADDED]
    assert sorted(texts(typed.agenda)) == ["Kurs", "eins", "zwei"]


def test_two_headings_that_were_broken_share_no_half() -> None:
    of = agenda({"title": "Lange Ziele", "points": ["Kurs"]}, {"title": "Ziele Ideen"})
    result = after(of, ("Ziele Ideen\n", ""), ("Lange Ziele\n", "Lange\nZiele\nIdeen\n"))

    assert by_title(result.agenda) == {"Lange Ziele": ["Kurs", "Ideen"], "Ziele Ideen": []}


def test_a_heading_in_two_languages_that_is_renamed_has_one_title() -> None:
    of = agenda({"title": {"de": "Ziele", "en": "Goals"}, "points": ["Kurs"]})
    (section,) = after(of, ("Ziele\n", "Vorhaben\n")).agenda.sections

    assert (section.title, section.titles) == ("Vorhaben", ())


def both(of: Agenda, *changes: tuple[str, str]) -> MergeResult:
    """Let both people do the same in their own copies."""
    theirs = shown(of)
    for old, new in changes:
        assert old in theirs
        theirs = theirs.replace(old, new, 1)
    copies = [
        Copy(
            name=person.name,
            base_agenda=of,
            base_body=Body(content=shown(of)),
            theirs=Body(content=theirs),
            copy_of=person,
        )
        for person in (ANNA, BEN)
    ]
    return merge_copies(copies, ours=of, **settings_of())


def test_the_same_order_in_two_copies_is_one_change() -> None:
    result = both(GOALS, (" [ ] Kurs\n [ ] Rad\n", " [ ] Rad\n [ ] Kurs\n"))

    assert texts(result.agenda) == ["Rad", "Kurs", "Fest"]
    assert [(change.kind, change.by) for change in result.changes] == [
        (ChangeKind.MOVED, BEN.address)
    ]
