"""What one person does in a copy, and what becomes of it: the outcomes stand in merged.txt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from core.body import MergeResult
from core.model.agenda import ActionItem, Agenda, Entry
from core.model.people import Person
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas

CARA: Final = Person(address="cara@example.com", name="Cara Cruz")
FILE: Final = Path(__file__).parent / "merged.txt"


def said(text: str, **more: Any) -> dict[str, Any]:
    """Return a point or an action item with more than its words."""
    return {"text": text, **more}


OPEN: Final = agenda(
    annas("Urlaub", "Budget"),
    {"kind": "manager", "owner": BEN.address, "points": ["Kurs"]},
    agreed(said("Raum", owner=BEN.address, due="2026-06-12"), "Saal"),
)
MARKED: Final = agenda(
    annas("Join the team", "Urlaub"), agreed(said("AI: Budget", owner=BEN.address))
)
DONE: Final = agenda(
    annas(
        said("Urlaub", state="discussed", notes=["a", "b"]),
        said("Budget", state="parked", other_wording="Geld"),
        said("geheim", sensitive=True),
    ),
    agreed(said("Raum", owner=BEN.address, state="done")),
)


def each(of: Agenda, rule: Callable[[Entry], Entry]) -> Agenda:
    """Change each entry of an agenda."""
    return replace(
        of,
        sections=tuple(replace(s, entries=tuple(map(rule, s.entries))) for s in of.sections),
    )


def reworded(entry: Entry) -> Entry:
    return replace(entry, text=f"{entry.text} neu") if entry.text in ("Urlaub", "Raum") else entry


EDITED: Final = each(OPEN, reworded)
CLASHED: Final = each(
    EDITED, lambda e: replace(e, other_wording="schon") if e.text == "Urlaub neu" else e
)
REMOVED: Final = replace(
    OPEN,
    sections=(replace(OPEN.sections[0], entries=OPEN.sections[0].entries[1:]), *OPEN.sections[1:]),
)
GONE: Final = (" [ ] Urlaub\n", "")
URLAUB: Final = ("Urlaub", "Urlaub im Mai")
NEW: Final = (("[ ] Kurs", "[ ] Kurs\n - Neu"), GONE, ("[ ] Saal", "[ ] Saal\n - Mehr"))


def anna(*changes: tuple[str, str], of: Agenda = OPEN, ours: Agenda | None = None) -> MergeResult:
    """Let Anna change her copy."""
    return after(of, *changes, ours=ours, person=ANNA)


def other(person: Person | None, *changes: tuple[str, str]) -> MergeResult:
    """Let somebody else do it."""
    return after(OPEN, *changes, person=person)


CASES: Final[dict[str, Callable[[], MergeResult]]] = {
    "a point gets an owner and a day": lambda: anna(("[ ] Urlaub", "[ ] @Ben Urlaub bis Freitag")),
    "a point becomes a ticked to-do": lambda: anna(("[ ] Urlaub", "[x] TODO Urlaub")),
    "a parked to-do": lambda: anna(("[ ] Urlaub", "[~] AI: Urlaub")),
    "ticks": lambda: anna(("[ ] Urlaub", "[x] Urlaub"), ("[ ] Ben: Raum", "[x] Ben: Raum")),
    "parked": lambda: anna(("[ ] Urlaub", "[~] Urlaub"), ("[ ] Saal", "[~] Saal")),
    "done in words": lambda: anna(("Urlaub", "Urlaub ist erledigt"), ("Saal", "Saal done.")),
    "another owner": lambda: anna(("Ben: Raum", "Anna: Raum")),
    "no owner": lambda: anna(("Ben: Raum", "Raum")),
    "another day": lambda: anna(("bis 12.06.", "bis 13.06.")),
    "no day": lambda: anna((" bis 12.06.", "")),
    "all of it": lambda: anna(("Ben: Raum bis 12.06.", "Anna: Raum groß bis 13.06.")),
    "hidden": lambda: anna(("[ ] Urlaub", "[ ] !! Urlaub"), ("[ ] Saal", "[ ] Saal !!")),
    "a hidden item with owner": lambda: anna(("[ ] Ben: Raum", "[ ] !! Ben: Raum")),
    "notes": lambda: anna(("[ ] Urlaub", "[ ] Urlaub\n     eine Notiz\n     zwei")),
    "removed": lambda: anna(GONE),
    "the other's removed": lambda: anna((" [ ] Kurs\n", "")),
    "an item removed": lambda: anna((" [ ] Saal\n", "")),
    "moved": lambda: anna(GONE, ("Ben\n", "Ben\n [ ] Urlaub\n")),
    "moved to what is agreed": lambda: anna(GONE, ("Vereinbart\n", "Vereinbart\n [ ] Urlaub\n")),
    "another order": lambda: anna(("[ ] Urlaub\n [ ] Budget", "[ ] Budget\n [ ] Urlaub")),
    "renamed": lambda: anna(("\nBen\n", "\nChefsache\n")),
    "a new line": lambda: anna(("[ ] Budget", "[ ] Budget\n [x] Neu")),
    "a new line between": lambda: anna(("[ ] Urlaub", "[ ] Urlaub\n - Neu\n     dazu")),
    "a new line below the other's": lambda: anna(("[ ] Kurs", "[ ] Kurs\n - ~ Neu")),
    "below the prompt": lambda: anna(
        ("schreiben:\n -", "schreiben:\n - Neu\n - @Anna Rat bis Freitag")
    ),
    "a new hidden line": lambda: anna(("[ ] Budget", "[ ] Budget\n - !! Neu")),
    "a topic": lambda: anna(("[ ] Kurs", "[ ] Kurs\nZiele 2027:\n - eins\n - zwei")),
    "reworded": lambda: anna(URLAUB, ("Raum", "Großer Raum")),
    "the owner of words that look like a mark": lambda: anna(("Ben: AI", "Anna: AI"), of=MARKED),
    "a plain twin above a ticked line": lambda: anna(
        (" [ ] Urlaub", " - Urlaub\n [x] Urlaub"), of=MARKED
    ),
    "by Ben": lambda: other(BEN, *NEW),
    "by either": lambda: other(None, *NEW),
    "below the prompt by Ben": lambda: other(BEN, ("schreiben:\n -", "schreiben:\n - Neu")),
    "below the prompt by either": lambda: other(None, ("schreiben:\n -", "schreiben:\n - Neu")),
    "below the prompt by somebody else": lambda: other(
        CARA, ("schreiben:\n -", "schreiben:\n - Neu")
    ),
    "unticked": lambda: anna(("[x] Urlaub", "[ ] Urlaub"), ("[x] Ben", "[ ] Ben"), of=DONE),
    "taken up again": lambda: anna(("[~] Budget", "[ ] Budget"), of=DONE),
    "from ticked to parked": lambda: anna(("[x] Urlaub", "[~] Urlaub"), of=DONE),
    "from parked to ticked": lambda: anna(("[~] Budget", "[x] Budget"), of=DONE),
    "without its box": lambda: anna(("[x] Urlaub", "- Urlaub"), of=DONE),
    "a note gone": lambda: anna(("     a\n", ""), of=DONE),
    "a note reworded": lambda: anna(("     a\n", "     c\n"), of=DONE),
    "notes the other way round": lambda: anna(("     a\n     b\n", "     b\n     a\n"), of=DONE),
    "a clash settled": lambda: anna(("     ⇄ oder: Geld\n", ""), of=DONE),
    "the second wording reworded": lambda: anna(("oder: Geld", "oder: Geld 2"), of=DONE),
    "words behind what is hidden": lambda: anna(("Gespräch)", "Gespräch): morgen"), of=DONE),
    "what is hidden overwritten": lambda: anna(
        ("(vertraulich – nur im Gespräch)", "offen"), of=DONE
    ),
    "nothing taken back without the end": lambda: anna(
        ("▲ Ende 1:1-Agenda", ""),
        ("     a\n", ""),
        ("[x] Urlaub", "[ ] Urlaub"),
        of=DONE,
    ),
    "a clash": lambda: anna(URLAUB, ("Raum", "Raum 2"), ours=EDITED),
    "the same twice": lambda: anna(("Urlaub", "Urlaub neu"), ours=EDITED),
    "a second clash": lambda: anna(URLAUB, ours=CLASHED),
    "removed here and reworded there": lambda: anna(GONE, ours=EDITED),
    "reworded here and removed there": lambda: anna(URLAUB, ours=REMOVED),
    "ticked here and removed there": lambda: anna(("[ ] Urlaub", "[x] Urlaub"), ours=REMOVED),
    "removed there": lambda: anna(ours=REMOVED),
    "reworded there": lambda: anna(ours=EDITED),
}


def row(entry: Entry) -> str:
    """Tell everything about an entry in a line."""
    words = [f"[{entry.state.value}]"]
    if isinstance(entry, ActionItem):
        words += ["item", entry.text, f"by {entry.due}" if entry.due else ""]
    else:
        words += [entry.visibility.value, entry.text]
    words += [f"<{entry.owner}>" if entry.owner else "", *(f"| {note}" for note in entry.notes)]
    words.append(f"⇄ {entry.other_wording}" if entry.other_wording else "")
    return " ".join(word for word in words if word)


def outcome(result: MergeResult) -> str:
    """Tell everything about a merge."""
    rows = []
    for section in result.agenda.sections:
        rows.append(f"{section.kind.value} {section.title} {section.owner or ''}".rstrip())
        rows += [f"  {row(entry)}" for entry in section.entries]
    rows += [
        f"{c.kind.value}: {c.before} -> {c.after} ({c.by or 'either'})" for c in result.changes
    ]
    rows += [f"damage: {damage.kind.value}" for damage in result.damage]
    return "\n".join([*rows, f"write: {result.write}"])


def known() -> dict[str, str]:
    """Return the outcomes that are wanted."""
    parts = FILE.read_text("utf-8").strip().split("\n\n")
    return dict(part.split("\n", 1) for part in parts)


@pytest.mark.parametrize("name", CASES)
def test_a_change_has_its_outcome(name: str) -> None:
    assert outcome(CASES[name]()) == known()[name]


def test_each_outcome_belongs_to_a_case() -> None:
    assert list(known()) == list(CASES)
