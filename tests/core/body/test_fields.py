"""One entry and its line: what the line said, what it says now, and what becomes of the entry."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from core.body.fields import EntryMerge
from core.body.lexicon import Lexicon
from core.body.lines import Line
from core.body.rows import Row, RowKind
from core.body.said import Said, as_shown, said_by, said_since
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemId,
    ItemState,
    PointId,
    PointState,
    Section,
    TalkingPoint,
    Visibility,
)
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_sight import SETTING

FRIDAY: Final = date(2026, 6, 12)
HIDDEN: Final = "(vertraulich – nur im Gespräch)"


def point(text: str, **more: Any) -> TalkingPoint:
    """Return a point."""
    return TalkingPoint(point_id=PointId("e1"), text=text, **more)


def secret(text: str) -> TalkingPoint:
    """Return a confidential point."""
    return point(text, visibility=Visibility.SENSITIVE)


def item(text: str, **more: Any) -> ActionItem:
    """Return an action item."""
    return ActionItem(item_id=ItemId("e1"), text=text, **more)


def lexicon_for(*entries: Entry) -> Lexicon:
    """Return what reads lines about these entries."""
    return Lexicon(SETTING, [Agenda(sections=(Section(title="Ziele", entries=entries),))])


def said(line: str, entry: Entry, lexicon: Lexicon) -> Said:
    """Return what a line of ours says about an entry."""
    marks = lexicon.marks_of_line(line)
    action = isinstance(entry, ActionItem)
    return as_shown(said_by(marks.words, marks, lexicon, action=action), entry, lexicon)


def merged(
    was: str, now: str, ours: Entry, base: Entry | None = None, *, believed: bool = True
) -> EntryMerge:
    """Merge a line that said one thing and says another."""
    lexicon = lexicon_for(ours)
    marks = lexicon.marks_of_line(now)
    row = Row(RowKind.WORDS, Line(now, now, 0, len(now)), marks.words, marks)
    merge = EntryMerge(ours, base, lexicon, ANNA.address, believed)
    merge.line(row, said(was, base or ours, lexicon))
    return merge


def kinds(merge: EntryMerge) -> list[str]:
    """Name the changes."""
    return [change.kind.value for change in merge.changes]


def test_a_point_that_the_base_did_not_show_becomes_an_action_item_too() -> None:
    merge = merged("[ ] Urlaub", "[ ] @Ben Urlaub", point("Urlaub"))

    assert merge.entry == item("Urlaub", owner=BEN.address)
    assert kinds(merge) == ["assigned"]


def test_who_is_named_with_a_day_does_it_and_not_who_typed_it() -> None:
    now = "[ ] Urlaub mit @Ben klären bis Freitag"
    merge = merged("[ ] Urlaub", now, point("Urlaub"), point("Urlaub"))

    assert merge.entry == item("Urlaub mit @Ben klären", owner=BEN.address, due=FRIDAY)


def test_two_wordings_of_a_point_that_becomes_an_action_item_stand_beside_each_other() -> None:
    ours = point("Urlaub neu", other_wording="schon")
    merge = merged("[ ] Urlaub", "[ ] @Ben Urlaub im Mai", ours, point("Urlaub"))

    assert merge.entry == item(
        "Urlaub neu", owner=BEN.address, other_wording="schon / Urlaub im Mai"
    )


def test_done_behind_words_that_the_other_one_changed_is_a_tick_and_no_clash() -> None:
    merge = merged("[ ] Urlaub", "[ ] Urlaub ist erledigt", point("Urlaub neu"), point("Urlaub"))

    assert merge.entry == point("Urlaub neu", state=PointState.DISCUSSED)


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ("[ ] Urlaub im Mai bis Freitag", item("Urlaub im Mai", due=FRIDAY)),
        ("[ ] Urlaub bis Freitag", item("Urlaub", due=FRIDAY)),
        ("[ ] @Ben Urlaub", item("Urlaub", owner=BEN.address)),
        ("[ ] Urlaub im Mai", item("Urlaub im Mai")),
    ],
)
def test_a_day_and_an_owner_typed_while_a_point_became_an_action_item_count(
    now: str, after: ActionItem
) -> None:
    assert merged("[ ] Urlaub", now, item("Urlaub"), point("Urlaub")).entry == after


def test_what_an_action_item_has_since_is_not_overwritten_by_the_line_of_the_point() -> None:
    ours = item("Urlaub", owner=ANNA.address, due=date(2026, 6, 30))

    assert merged("[ ] Urlaub", "[ ] @Ben Urlaub bis Freitag", ours, point("Urlaub")).entry == ours


@pytest.mark.parametrize(
    ("now", "hidden", "text"),
    [
        (
            "Ben: Budget neu bis 12.06.",
            "Ben: Budget bis 12.06.",
            "Ben: Budget neu bis 12.06.",
        ),
        ("Ben: Budget bis 12.06. neu", "Ben: Budget neu bis 12.06.", "Ben: Budget neu bis 12.06."),
    ],
)
def test_an_action_item_hidden_since_keeps_all_that_its_line_says(
    now: str, hidden: str, text: str
) -> None:
    base = item("Budget", owner=BEN.address, due=FRIDAY)
    merge = merged("[ ] Ben: Budget bis 12.06.", f"[ ] {now}", secret(hidden), base)

    assert merge.entry == secret(text)


@pytest.mark.parametrize(
    ("text", "now", "after"),
    [
        ("[x] schon", "[ ] [x] schon neu", "[x] schon neu"),
        ("!!", "[ ] !! neu", "neu"),
        ("Urlaub !!", "[ ] Mein Urlaub !!", "Mein Urlaub"),
        ("Urlaub", "[ ] Mein Urlaub", "Mein Urlaub"),
    ],
)
def test_signs_that_words_begin_with_stay_in_front_of_them(text: str, now: str, after: str) -> None:
    assert merged(f"[ ] {text}", now, point(text), point(text)).entry.text == after


@pytest.mark.parametrize(
    ("ours", "base", "typed", "text"),
    [
        ("Ärger", "Ärger", " morgen", "Ärger morgen"),
        ("Ärger", "Ärger", "morgen", "Ärger morgen"),
        ("Ärger", "Ärger", ": Xaver", "Ärger Xaver"),
        ("Ärger", "Ärger", " mit (Ben)", "Ärger mit (Ben)"),
        ("Ärger", "Ärger", " –", "Ärger"),
        ("Ärger", "Ärger", " Ärger", "Ärger"),
        ("Ärger morgen", "Ärger", " morgen", "Ärger morgen"),
        ("Ärger morgen", None, " morgen", "Ärger morgen"),
        ("Ärger morgen", "Ärger morgen", " morgen", "Ärger morgen morgen"),
    ],
)
def test_words_behind_a_placeholder_join_what_it_hides_once(
    ours: str, base: str | None, typed: str, text: str
) -> None:
    known = None if base is None else secret(base)
    merge = merged(f"[ ] {HIDDEN}", f"[ ] {HIDDEN}{typed}", secret(ours), known)

    assert merge.entry == secret(text)
    assert kinds(merge) == ([] if text == ours else ["edited"])


def test_words_in_place_of_a_placeholder_join_what_it_hid() -> None:
    merge = merged(f"[ ] {HIDDEN}", "[ ] (neu) morgen", secret("Ärger"), secret("Ärger"))

    assert merge.entry == secret("Ärger (neu) morgen")


@pytest.mark.parametrize(
    ("now", "before", "shown", "kept"),
    [
        (["neu"], ["alt"], False, ("alt", "neu")),
        (["neu"], ["alt"], True, ("neu",)),
        ([], ["anders", "alt"], True, ()),
        (["alt", "alt"], ["alt"], False, ("alt",)),
        (["alt", "alt"], ["alt"], True, ("alt", "alt")),
    ],
)
def test_notes_are_taken_away_where_they_were_shown(
    now: list[str], before: list[str], shown: bool, kept: tuple[str, ...]
) -> None:
    merge = EntryMerge(point("Lob", notes=("alt",)), None, lexicon_for(), None, True)
    merge.notes(now, before, shown=shown)

    assert merge.entry == point("Lob", notes=kept)


def test_a_second_wording_that_was_not_shown_is_not_touched() -> None:
    ours = point("Lob", other_wording="Dank")
    merge = EntryMerge(ours, None, lexicon_for(), None, True)
    merge.either("Geld", None, elsewhere=False)

    assert merge.entry == ours


def test_what_is_gone_from_a_broken_copy_is_not_taken_back() -> None:
    ours = item("Budget", owner=BEN.address, due=FRIDAY, state=ItemState.DONE)
    was = "[x] Ben: Budget bis 12.06."

    assert merged(was, "[ ] Budget", ours, ours, believed=False).entry == ours
    assert merged(was, "[ ] Budget", ours, ours).entry == item("Budget")


def test_a_line_of_ours_says_what_its_entry_says() -> None:
    entry = item("Ben: anrufen")

    assert said("[ ] Ben: anrufen", entry, lexicon_for()).owner is None


SAID: Final = (
    # Words that look like signs stay words; who does it and when is around them.
    (item("TODO Saal"), "Ben: TODO Saal", ("TODO Saal", BEN.address, None)),
    (item("TODO Saal", owner=ANNA.address, due=FRIDAY), "Anna: TODO Saal", ("TODO Saal", 0, None)),
    (
        item("TODO Saal", owner=ANNA.address, due=FRIDAY),
        "Anna: TODO Saal bis 12.06. neu",
        ("TODO Saal neu", 0, FRIDAY),
    ),
    (
        item("TODO Saal", owner=ANNA.address, due=FRIDAY),
        "Anna: TODO Saal bis 13.06.",
        ("TODO Saal", 0, date(2026, 6, 13)),
    ),
    (
        item("TODO Saal", owner=ANNA.address, due=FRIDAY),
        "Ben: TODO Saal bis 12.06.",
        ("TODO Saal", BEN.address, FRIDAY),
    ),
    (
        item("Kaffee bis 12.06. oder so"),
        "Kaffee bis 12.06. oder so bis 13.06.",
        ("Kaffee bis 12.06. oder so", None, date(2026, 6, 13)),
    ),
    (
        item("Kaffee bis 12.06. oder so"),
        "Tee bis 12.06. oder so",
        ("Tee bis 12.06. oder so", None, None),
    ),
    (
        item("TODO Saal", owner=ANNA.address, due=FRIDAY),
        "@Ben TODO Saal bis 12.06.",
        ("TODO Saal", BEN.address, FRIDAY),
    ),
    (
        item("bis 12.06.", owner=ANNA.address, due=FRIDAY),
        "Anna: bis 12.06. neu bis 12.06.",
        ("bis 12.06. neu", 0, FRIDAY),
    ),
    (item("Saal"), "bis Freitag Saal neu", ("Saal neu", None, FRIDAY)),
    (item("Saal"), "Saal neu", ("Saal neu", None, None)),
    # Signs that nobody sees are looked past.
    (item("TODO A", owner=ANNA.address), "\u200b" * 13 + "Anna: TODO B", ("TODO B", 0, None)),
    (
        item("TODO A", owner=ANNA.address, due=FRIDAY),
        "Anna: TODO B bis" + "\u200b" * 18 + " 12.06.",
        ("TODO B", 0, FRIDAY),
    ),
)


@pytest.mark.parametrize(("entry", "now", "wanted"), SAID)
def test_what_we_wrote_around_words_is_still_around_them(
    entry: ActionItem, now: str, wanted: tuple[str, str | int | None, date | None]
) -> None:
    lexicon = lexicon_for(entry)
    before = said(f"[ ] {lexicon.line_words(entry)}", entry, lexicon)
    read = said_by(now, lexicon.marks_of_line(now), lexicon, action=True)
    found = said_since(read, before, lexicon)
    text, owner, due = wanted

    assert (found.text, found.owner, found.due) == (
        text,
        ANNA.address if owner == 0 else owner,
        due,
    )
