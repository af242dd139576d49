"""What people did to one agenda in words of their own, and what they want to find there then."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

import pytest

from core.body import Body, merge
from core.model.agenda import Agenda, Entry, TalkingPoint, Visibility
from core.model.people import Person
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas, shown

OF: Final = agenda(
    annas("Urlaub im August", {"text": "Kurs", "notes": ["Angebot liegt vor"]}),
    {"kind": "manager", "owner": BEN.address, "points": ["Wie war der Umzug?", "Bürotage"]},
    {"title": "Ziele", "points": ["Weniger Tickets"]},
    agreed(
        {"text": "Budget klären", "owner": BEN.address, "due": "2026-06-12"},
        {"text": "Folien schicken", "owner": ANNA.address},
    ),
)
URLAUB, KURS = "[ ] Urlaub im August", "[ ] Kurs\n     Angebot liegt vor\n"
END: Final = "schreiben:\n -"


class Story(NamedTuple):
    """What stood there, what Anna made of it, and which lines are gone and new in the agenda."""

    old: str
    new: str
    gone: str = ""
    come: tuple[str, ...] = ()


def typed(line: str, *come: str) -> Story:
    """Anna typed something at the end."""
    return Story(END, f"schreiben:\n{line}", "", come)


def ticked(line: str) -> Story:
    """Anna made something of her first line that says "done"."""
    return Story(URLAUB, line, "open Urlaub im August", ("discussed Urlaub im August",))


def above_ben(lines: str, *come: str) -> Story:
    """Anna typed something below her own points."""
    return Story("Ben\n [ ] Wie", f"{lines}\nBen\n [ ] Wie", "", come)


DONE: Final = {
    sign: ticked(sign.replace("_", "Urlaub im August"))
    for sign in (
        *("[✅] _", "[☑] _", "[✔️] _", "[√] _", "[v] _", "[ok] _", "☑️ _", "[x]_"),
        *("DONE _", "Erledigt _", "ERLEDIGT - _", "erledigt: _", "x _", "(done) _"),
        *("_ ✅", "_ (besprochen)", "_ - done", "_: erledigt", "[ ] ~~_~~"),
    )
}
DRAWN: Final = {
    line: above_ben(f"{line}\nGehalt\n{line}", "open Gehalt")
    for line in ("---", "--", "=======", "_________", "***", "* * *", "###", "…", "...", "─────")
}
HIDDEN: Final = {
    line: typed(f"- {line}", "open (hidden) Gehalt von Cara")
    for line in (
        *("‼️ Gehalt von Cara", "‼Gehalt von Cara", "Gehalt von Cara ‼️", "!! Gehalt von Cara !!"),
        *("(VERTRAULICH!) Gehalt von Cara", "Vertraulich: Gehalt von Cara"),
        *("(streng vertraulich) Gehalt von Cara", "Gehalt von Cara [Strictly confidential]"),
    )
}
SHOWN: Final = {
    line: typed(f"- {line}", f"open {line}")
    for line in (
        *("Wie vertraulich ist das Feedback?", "Super Demo!!! Danke!", "Vertrauliches im Wiki?"),
        *("Erledigt ist der Umzug noch nicht", "x ist die Unbekannte", "2 neue Stellen", "???"),
        *("12.06. Ausflug", "AI im Kundendienst", "Bug mit <div> und <b>fett</b>", "a <- b -> c"),
    )
}
OWNED: Final = {
    line: typed(f"- {line}", f"do Raum buchen <{owner}>")
    for line, owner in {
        "TODO (Ben): Raum buchen": "ben",
        "TODO [Ben] Raum buchen": "ben",
        "Aufgabe (@Ben) Raum buchen": "ben",
        "Action item: Ben: Raum buchen": "ben",
        "todo - Ben - Raum buchen": "ben",
        "To-do: Raum buchen": "anna",
        "TODO für dich: Raum buchen": "ben",
        "Todo for you: Raum buchen": "ben",
        "TODO ich: Raum buchen": "anna",
    }.items()
}
OTHERS: Final = {
    "a confidential line below a point of the other": Story(
        "Umzug?\n",
        "Umzug?\n     !! schlecht, wegen Udo\n",
        "",
        ("open (hidden) schlecht, wegen Udo",),
    ),
    "a confidential line below a confidential one": typed(
        "- !! Gehalt\n     !! von Cara", "open (hidden) Gehalt | !! von Cara"
    ),
    "a bullet behind which an editor left a sign of direction": typed(
        "-\u200f פגישה\u200f", "open פגישה"
    ),
    "Word's conditions shown as text": typed(
        "<![if !supportLists]>·        <![endif]>Sabbatical", "open Sabbatical"
    ),
    "words in front of an action item's line": Story(
        "Ben: Budget klären bis",
        "NEU Ben: Budget klären bis",
        "do Budget klären <ben> 2026-06-12",
        ("do NEU Budget klären <ben> 2026-06-12",),
    ),
    "numbers go on behind a note": Story(
        f"{URLAUB}\n {KURS}",
        "1. Urlaub im August\n2. Kurs\n     Angebot liegt vor\n3. Rad\n",
        "",
        ("open Rad",),
    ),
    "an empty item of a numbered list": typed("1."),
    "a name as a point": typed("- Ben", "open Ben"),
    "a name with points below it": typed("Ben\n- Lob", "open Lob"),
    "headings and lines of an assistant": Story(
        URLAUB, "- [ ] **Urlaub im August**\n\n## ", "", ()
    ),
    "our prompt as a heading": Story("Neue Punkte", "### Neue Punkte"),
    "the same with a box": Story(URLAUB, f"<!--[if !supportLists]-->·      <!--[endif]-->{URLAUB}"),
}


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(story, id=name)
        for table in (DONE, DRAWN, HIDDEN, SHOWN, OWNED, OTHERS)
        for name, story in table.items()
    ],
)
def test_a_story_ends_as_people_want_it(story: Story) -> None:
    result = after(OF, (story.old, story.new))
    again = merge(
        base_agenda=result.agenda,
        base_body=result.body,
        theirs=result.body,
        ours=result.agenda,
        copy_of=ANNA,
        **settings_of(),
    )

    wanted = Counter(told(OF)) - Counter([story.gone]) + Counter(story.come)
    assert sorted(told(result.agenda)) == sorted(wanted.elements())
    assert "Udo" not in result.body.content
    assert "Cara" not in result.body.content
    assert (again.agenda, again.write, again.changes) == (result.agenda, False, ())


def told(of: Agenda) -> list[str]:
    """Say of each entry where it stands and what it says."""
    return [_told(entry) for section in of.sections for entry in section.entries]


def _told(entry: Entry) -> str:
    words = " | ".join((entry.text, *entry.notes))
    if isinstance(entry, TalkingPoint):
        hidden = "(hidden) " if entry.visibility is Visibility.SENSITIVE else ""
        return f"{entry.state} {hidden}{words}"
    owner = (entry.owner or "").partition("@")[0]
    return f"do {words} <{owner}>{f' {entry.due}' if entry.due else ''}"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Ziele (Mai)", "Ziele (Mai)"),
        ("Ziele und Wünsche", "Ziele und Wünsche"),
        ("Ziele / Goals", "Ziele / Goals"),
        ("Ziele & Risiken", "Ziele & Risiken"),
        ("Unsere Ziele", "Unsere Ziele"),
        ("Ziele Kaffee reicht nicht", "Ziele"),
    ],
)
def test_a_heading_that_goes_on_is_renamed_and_what_is_typed_behind_it_is_a_point(
    heading: str, title: str
) -> None:
    result = after(OF, ("Ziele\n", f"{heading}\n"), person=None)
    (section,) = (s for s in result.agenda.sections if s.title)
    points = ["Weniger Tickets"] if title == heading else ["Kaffee reicht nicht", "Weniger Tickets"]

    assert section.title == title
    assert sorted(entry.text for entry in section.entries) == points


def test_a_rule_drawn_between_lines_alone_changes_nothing() -> None:
    result = after(OF, ("Ben\n [ ] Wie", "=====\nBen\n [ ] Wie"))

    assert (result.agenda, result.write, result.changes) == (OF, False, ())


def test_a_line_joined_to_the_one_above_is_told_with_the_line_it_went_into() -> None:
    (*_, first, second) = after(OF, ("Umzug?\n [ ] Bürotage", "Umzug? Bürotage")).changes

    assert [first.after, second.after] == ["Wie war der Umzug? Bürotage"] * 2


def test_a_line_that_a_browser_translated_is_known_by_its_place() -> None:
    english = {
        "▼ 1:1-Agenda (hier schreiben)": "▼ 1:1 agenda (write here)",
        "Ende 1:1-Agenda": "end of 1:1 agenda",
        "Urlaub im August": "Holidays in summer",
        "Kurs": "Training",
        "Angebot liegt vor": "Offer is there",
        "Wie war der Umzug?": "How did the move go?",
        "Bürotage": "Days at work",
        "Weniger Tickets": "Fewer issues",
        "Budget klären bis 12.06.": "Clarify budget by June 12",
        "Folien schicken": "Send slides",
        "Vereinbart": "Agreed",
        "Neue Punkte einfach darunter schreiben:": "Simply write new points below:",
    }
    result = after(OF, *english.items())

    assert [len(s.entries) for s in result.agenda.sections] == [2, 2, 1, 2]
    assert {e.text for s in result.agenda.sections for e in s.entries} <= set(english.values()) | {
        "Clarify budget"
    }


@pytest.mark.parametrize(
    ("person", "line", "item"),
    [
        (ANNA, "TODO für mich: Raum", ("Raum", ANNA.address)),
        (ANNA, "TODO Ben: für dich: Raum", ("für dich: Raum", BEN.address)),
        (None, "TODO für mich: Raum", ("für mich: Raum", None)),
        (None, "TODO für dich: Raum", ("für dich: Raum", None)),
    ],
)
def test_for_me_and_for_you_are_people_in_ones_own_words_alone(
    person: Person | None, line: str, item: tuple[str, str | None]
) -> None:
    result = after(agenda(annas("Lob")), (END, f"{END} {line}"), person=person)

    assert [(one.text, one.owner) for one in result.agenda.action_items] == [item]


@pytest.mark.parametrize(("line", "many"), [(" [ ] Bürotage\n", 1), (" - Bürotage\n", 2)])
def test_a_line_of_ours_in_another_section_stands_once_where_no_base_is_known(
    line: str, many: int
) -> None:
    moved = shown(OF).replace(" [ ] Bürotage\n", "").replace("Ben\n", f"{line}Ben\n", 1)
    call = {"copy_of": ANNA, **settings_of()}
    result = merge(base_agenda=None, base_body=None, theirs=Body(content=moved), ours=OF, **call)

    assert told(result.agenda).count("open Bürotage") == many
